/* SPDX-License-Identifier: MIT */
/* parts.c - what readers gather a document in. */
#include "input/parts.h"

void parts_add_source(
    struct parts *p, struct runs *runs, uint32_t beg, uint32_t end)
{
    if (beg < end)
        *VEC_PUSH(p->a, runs) = (struct doc_run){.source = {beg, end}};
}

void parts_add_text(
    struct parts *p, struct runs *runs, struct span source, struct str text)
{
    *VEC_PUSH(p->a, runs) =
        (struct doc_run){.source = source, .text = arena_copy(p->a, text)};
}

bool parts_span(
    const struct parts *p, const char *ptr, size_t len, struct span *span)
{
    if (!ptr || ptr < p->text.ptr || ptr + len > p->text.ptr + p->text.len)
        return false;
    span->beg = (uint32_t)(ptr - p->text.ptr);
    span->end = span->beg + (uint32_t)len;
    return true;
}

void parts_add_pointer(struct parts *p, struct runs *runs, const char *ptr,
    size_t len, uint32_t *last)
{
    struct span at;
    if (parts_span(p, ptr, len, &at)) {
        parts_add_source(p, runs, at.beg, at.end);
        *last = at.end;
    } else {
        parts_add_text(p, runs, (struct span){*last, *last},
            (struct str){ptr, len});
    }
}

void parts_end(
    struct parts *p, struct runs *runs, enum zone zone, bool flowing)
{
    if (runs->count)
        *VEC_PUSH(p->a, &p->list) = (struct doc_part){
            .zone = zone,
            .runs = runs->items,
            .run_count = (uint32_t)runs->count,
            .flowing = flowing,
        };
    *runs = (struct runs){0};
}

bool parts_comment(struct parts *p, struct span at, struct span inside)
{
    struct str text = str_trim(str_part(p->text, inside.beg, inside.end));
    struct runs runs = {0};
    if (str_starts(text, STR("postlint"))) {
        *VEC_PUSH(p->a, &p->directives) =
            (struct doc_directive){.text = text, .at = at};
        return true;
    }
    parts_add_source(p, &runs, inside.beg, inside.end);
    parts_end(p, &runs, ZONE_BODY, true);
    return false;
}

void parts_finish(struct parts *p, bool has_comments, struct doc *doc)
{
    struct doc_field *field = ARENA_NEW(p->a, struct doc_field, 1);
    *field = (struct doc_field){.name = "text", .bytes = p->text};
    *doc = (struct doc){
        .fields = field,
        .field_count = 1,
        .parts = p->list.items,
        .part_count = (uint32_t)p->list.count,
        .directives = p->directives.items,
        .directive_count = (uint32_t)p->directives.count,
        .has_comments = has_comments,
        .has_media = p->has_media,
    };
}
