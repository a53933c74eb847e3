/* SPDX-License-Identifier: MIT */
/* draft.c - the texts that are open in the editor. */
#include "lsp/draft.h"

#include <stdlib.h>

struct draft *draft_find(const struct drafts *all, struct str uri)
{
    for (struct draft *d = all->first; d; d = d->next)
        if (str_eq(buf_str(&d->uri), uri))
            return d;
    return NULL;
}

struct draft *draft_open(struct drafts *all, struct str uri)
{
    struct draft *d = draft_find(all, uri);
    if (d)
        return d;
    d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    buf_add(&d->uri, uri);
    if (d->uri.failed) {
        free(d);
        return NULL;
    }
    d->next = all->first;
    all->first = d;
    return d;
}

void draft_close(struct drafts *all, struct draft *d)
{
    struct draft **at = &all->first;
    while (*at && *at != d)
        at = &(*at)->next;
    if (*at)
        *at = d->next;
    buf_free(&d->uri);
    buf_free(&d->path);
    buf_free(&d->language);
    buf_free(&d->text);
    buf_free(&d->told);
    free(d);
}

void draft_close_all(struct drafts *all)
{
    while (all->first)
        draft_close(all, all->first);
}

bool draft_set(struct buf *to, struct str text)
{
    struct buf fresh = {0};
    buf_add(&fresh, text);
    if (fresh.failed)
        return false;
    buf_free(to);
    *to = fresh;
    return true;
}

bool draft_splice(struct draft *d, size_t beg, size_t end, struct str text)
{
    struct str old = buf_str(&d->text);
    struct buf fresh = {0};
    buf_add(&fresh, str_part(old, 0, beg));
    buf_add(&fresh, text);
    buf_add(&fresh, str_from(old, end));
    if (fresh.failed) {
        buf_free(&fresh);
        return false;
    }
    buf_free(&d->text);
    d->text = fresh;
    return true;
}

/* ---- places ------------------------------------------------------------------------ */

static void put_position(struct json_out *o, const struct pl_lines *lines,
    enum pl_unit unit, size_t byte)
{
    uint32_t line, column;
    pl_lines_place(lines, byte, unit, &line, &column);
    json_open_map(o);
    json_key(o, "line");
    json_put_int(o, line - 1);
    json_key(o, "character");
    json_put_int(o, column - 1);
    json_close_map(o);
}

void put_range(struct json_out *o, const struct pl_lines *lines,
    enum pl_unit unit, size_t beg, size_t end)
{
    json_open_map(o);
    json_key(o, "start");
    put_position(o, lines, unit, beg);
    json_key(o, "end");
    put_position(o, lines, unit, end);
    json_close_map(o);
}

static bool read_count(const struct json *from, uint32_t *count)
{
    int64_t number;
    if (!json_int(from, &number) || number < 0)
        return false;
    *count = number < UINT32_MAX - 1 ? (uint32_t)number : UINT32_MAX - 1;
    return true;
}

bool read_position(const struct json *from, const struct pl_lines *lines,
    enum pl_unit unit, size_t *byte)
{
    uint32_t line, column;
    if (!read_count(json_get(from, "line"), &line) ||
        !read_count(json_get(from, "character"), &column))
        return false;
    *byte = pl_lines_byte(lines, line + 1, column + 1, unit);
    return true;
}

bool read_range(const struct json *from, const struct pl_lines *lines,
    enum pl_unit unit, size_t *beg, size_t *end)
{
    return read_position(json_get(from, "start"), lines, unit, beg) &&
           read_position(json_get(from, "end"), lines, unit, end) &&
           *beg <= *end;
}
