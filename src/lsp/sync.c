/* SPDX-License-Identifier: MIT */
/* sync.c - texts are opened, changed, saved and closed; files change beside them. */
#include "base/attr.h"
#include "lsp/handlers.h"
#include "lsp/rulefile.h"
#include "lsp/uri.h"

static void lines_freep(struct pl_lines **lines)
{
    pl_lines_free(*lines);
}

static enum draft_kind kind_of(struct server *s, const struct draft *d)
{
    struct str path = buf_str(&d->path);
    if (str_eq(path_name(path), STR(".postlint.yaml")))
        return DRAFT_SETTINGS;
    if (rulefile_is(s->a, path, buf_str(&d->text)))
        return DRAFT_RULES;
    return str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml")) ||
                   str_eq(buf_str(&d->language), STR("yaml"))
               ? DRAFT_OTHER
               : DRAFT_POST;
}

/* Editors that watch no files: what lies on the disk is asked for now and then. */
static void look_at_files(struct server *s)
{
    s->lenses.root = s->root;
    if (lens_any_old(&s->lenses, s->a))
        server_reload(s);
}

/* Files of a pack are judged together. */
static void touch(struct server *s, struct draft *d)
{
    d->dirty = true;
    d->told_for = 0;
    for (struct draft *o = s->drafts.first; o; o = o->next)
        if (d->kind == DRAFT_RULES && o->kind == DRAFT_RULES) {
            o->told_for = 0;
            o->dirty = true;
        }
}

void on_open(struct server *s, const struct json *id, const struct json *params)
{
    const struct json *from = json_get(params, "textDocument");
    struct str uri = json_text(json_get(from, "uri"));
    struct draft *d = uri.len ? draft_open(&s->drafts, uri) : NULL;
    (void)id;
    if (!d)
        return;
    (void)json_int(json_get(from, "version"), &d->version);
    if (!draft_set(&d->path, uri_path(s->a, uri)) ||
        !draft_set(&d->language, json_text(json_get(from, "languageId"))) ||
        !draft_set(&d->text, json_text(json_get(from, "text")))) {
        draft_close(&s->drafts, d);
        arena_fail(s->a);
    }
    d->kind = kind_of(s, d);
    touch(s, d);
    look_at_files(s);
}

static bool change_one(
    struct server *s, struct draft *d, const struct json *change)
{
    const struct json *text = json_get(change, "text");
    const struct json *range = json_get(change, "range");
    size_t beg, end;
    if (!text || text->kind != JSON_KIND_TEXT)
        return false;
    if (!range || range->kind == JSON_KIND_NULL)
        return draft_set(&d->text, text->text);
    struct pl_lines *lines PL_DEFER(lines_freep) = server_lines(s, d);
    return read_range(range, lines, s->client.unit, &beg, &end) &&
           draft_splice(d, beg, end, text->text);
}

void on_change(
    struct server *s, const struct json *id, const struct json *params)
{
    struct draft *d = server_draft(s, id, params);
    const struct json *changes = json_get(params, "contentChanges");
    if (!d || !changes || changes->kind != JSON_KIND_LIST)
        return;
    (void)json_int(
        json_get(json_get(params, "textDocument"), "version"), &d->version);
    for (size_t i = 0; i < changes->count; i++)
        if (!change_one(s, d, &changes->items[i])) {
            server_show(s, 1,
                STR("a change could not be read: close the text "
                    "and open it again"));
            break;
        }
    touch(s, d);
}

void on_save(struct server *s, const struct json *id, const struct json *params)
{
    struct draft *d = server_draft(s, id, params);
    if (!d)
        return;
    d->kind = kind_of(s, d);
    d->dirty = true;
    look_at_files(s);
}

static void push_nothing(struct server *s, struct str uri)
{
    server_notify(s, "textDocument/publishDiagnostics");
    json_open_map(&s->json);
    json_key(&s->json, "uri");
    json_put_text(&s->json, uri);
    json_key(&s->json, "diagnostics");
    json_open_list(&s->json);
    json_close_list(&s->json);
    json_close_map(&s->json);
    server_end(s);
}

void on_close(
    struct server *s, const struct json *id, const struct json *params)
{
    struct draft *d = server_draft(s, id, params);
    if (!d)
        return;
    struct str uri = arena_copy(s->a, buf_str(&d->uri));
    draft_close(&s->drafts, d);
    if (!s->client.pulls)
        push_nothing(s, uri);
}

void on_watched(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)id;
    (void)params;
    look_at_files(s);
}

/* The root, where paths of the settings begin, stays as long as it can. */
void on_folders(
    struct server *s, const struct json *id, const struct json *params)
{
    const struct json *added = json_get(json_get(params, "event"), "added");
    (void)id;
    if (s->root || !added || added->kind != JSON_KIND_LIST || added->count == 0)
        return;
    struct str uri = json_text(json_get(&added->items[0], "uri"));
    struct str path = uri_path(s->a, uri);
    if (path.len == 0)
        return;
    s->root = arena_copy(s->kept, path).ptr;
    server_reload(s);
}
