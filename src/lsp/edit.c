/* SPDX-License-Identifier: MIT */
/* edit.c - the protocol's WorkspaceEdit, as this editor takes it. */
#include "lsp/edit.h"

#include <string.h>

static void put_list(struct server *s, const struct pl_lines *lines,
    const struct pl_edit *edits, size_t count)
{
    struct json_out *o = &s->json;
    json_open_list(o);
    for (size_t i = 0; i < count; i++) {
        json_open_map(o);
        json_key(o, "range");
        put_range(
            o, lines, s->client.unit, edits[i].byte_beg, edits[i].byte_end);
        json_key(o, "newText");
        json_put_text(o, str_of(edits[i].text));
        json_close_map(o);
    }
    json_close_list(o);
}

/* With a version where the editor knows it, so that a text that has changed since
   is left alone. */
void put_edits(struct server *s, const struct draft *d,
    const struct pl_lines *lines, const struct pl_edit *edits, size_t count)
{
    struct json_out *o = &s->json;
    json_open_map(o);
    if (s->client.versioned) {
        json_key(o, "documentChanges");
        json_open_list(o);
        json_open_map(o);
        json_key(o, "textDocument");
        json_open_map(o);
        json_key(o, "uri");
        json_put_text(o, buf_str(&d->uri));
        json_key(o, "version");
        json_put_int(o, d->version);
        json_close_map(o);
        json_key(o, "edits");
        put_list(s, lines, edits, count);
        json_close_map(o);
        json_close_list(o);
    } else {
        json_key(o, "changes");
        json_open_map(o);
        json_key(o, arena_copy(s->a, buf_str(&d->uri)).ptr);
        put_list(s, lines, edits, count);
        json_close_map(o);
    }
    json_close_map(o);
}

bool fix_is_here(const struct pl_fix *fix)
{
    for (size_t i = 0; i < fix->edit_count; i++)
        if (strcmp(fix->edits[i].field, "text") != 0)
            return false;
    return fix->edit_count > 0;
}
