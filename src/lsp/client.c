/* SPDX-License-Identifier: MIT */
/* client.c - what the editor said it can do. */
#include "lsp/client.h"

#include <stddef.h>

#include "base/attr.h"

/* By a path such as "window.showMessage"; null if a step is missing. */
static const struct json *at(const struct json *value, struct str path)
{
    char key[64];
    while (value && path.len > 0) {
        struct str_cut cut = str_cut(path, '.');
        if (cut.head.len >= sizeof key)
            return NULL;
        for (size_t i = 0; i < cut.head.len; i++)
            key[i] = cut.head.ptr[i];
        key[cut.head.len] = '\0';
        value = json_get(value, key);
        path = cut.tail;
    }
    return value;
}

static bool lists(const struct json *list, struct str word)
{
    for (size_t i = 0; list && list->kind == JSON_KIND_LIST && i < list->count;
         i++)
        if (str_eq(json_text(&list->items[i]), word))
            return true;
    return false;
}

static bool is_true(const struct json *value)
{
    return json_bool(value, false);
}

static bool is_map(const struct json *value)
{
    return value && value->kind == JSON_KIND_MAP;
}

#define PUBLISH "textDocument.publishDiagnostics."
#define ACTION  "textDocument.codeAction."

static const struct {
    const char *path;
    bool (*holds)(const struct json *value);
    size_t to; /* offset of a bool */
} rows[] = {
    {"textDocument.diagnostic", is_map, offsetof(struct client, pulls)},
    {"workspace.diagnostics.refreshSupport", is_true,
        offsetof(struct client, refreshes)},
    {PUBLISH "relatedInformation", is_true, offsetof(struct client, related)},
    {PUBLISH "codeDescriptionSupport", is_true, offsetof(struct client, hrefs)},
    {PUBLISH "dataSupport", is_true, offsetof(struct client, data)},
    {ACTION "codeActionLiteralSupport", is_map,
        offsetof(struct client, literals)},
    {ACTION "isPreferredSupport", is_true, offsetof(struct client, preferred)},
    {"workspace.workspaceEdit.documentChanges", is_true,
        offsetof(struct client, versioned)},
    {"workspace.applyEdit", is_true, offsetof(struct client, applies)},
    {"window.showMessage", is_map, offsetof(struct client, asks)},
    {"workspace.configuration", is_true, offsetof(struct client, configures)},
    {"workspace.didChangeWatchedFiles.dynamicRegistration", is_true,
        offsetof(struct client, watches)},
};

void client_read(struct client *c, const struct json *capabilities)
{
    *c = (struct client){.unit = PL_UTF16};
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        *(bool *)((char *)c + rows[i].to) =
            rows[i].holds(at(capabilities, str_of(rows[i].path)));
    const struct json *list =
        at(capabilities, STR("general.positionEncodings"));
    c->encodings = list != NULL;
    if (lists(list, STR("utf-8")))
        c->unit = PL_BYTES;
    c->creates = lists(
        at(capabilities, STR("workspace.workspaceEdit.resourceOperations")),
        STR("create"));
    c->markdown =
        lists(at(capabilities, STR("textDocument.hover.contentFormat")),
            STR("markdown"));
}
