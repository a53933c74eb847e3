/* SPDX-License-Identifier: MIT */
/* decode.c - a document of decoded text, moved to the file that holds it. */
#include "input/decode.h"

#include "input/parts.h"
#include "text/line.h"

/* Index of the piece that holds a decoded byte. */
static size_t piece_at(const struct decoded *d, uint32_t at)
{
    size_t low = 0, high = d->count;
    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;
        if (d->items[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static uint32_t piece_end(const struct decoded *d, size_t i)
{
    return i + 1 < d->count ? d->items[i + 1].at : (uint32_t)d->text.len;
}

struct span decoded_origin(const struct decoded *d, struct span at)
{
    if (d->count == 0)
        return (struct span){d->source.beg, d->source.beg};
    const struct decoded_piece *beg = &d->items[piece_at(d, at.beg)];
    struct span out = beg->source;
    if (beg->plain)
        out.beg += at.beg - beg->at;
    if (at.end <= at.beg)
        return (struct span){out.beg, out.beg};
    const struct decoded_piece *end = &d->items[piece_at(d, at.end - 1)];
    out.end = end->plain ? end->source.beg + (at.end - end->at)
                         : end->source.end;
    return out;
}

/* A run of decoded bytes is as many as the pieces it lies in. */
static void move_run(struct parts *p, const struct decoded *d,
    const struct doc_run *run, struct runs *out)
{
    struct span at = run->source;
    if (run->text.ptr) {
        parts_add_text(p, out, decoded_origin(d, at), run->text);
        return;
    }
    while (at.beg < at.end) {
        size_t i = piece_at(d, at.beg);
        const struct decoded_piece *piece = &d->items[i];
        uint32_t end = piece_end(d, i) < at.end ? piece_end(d, i) : at.end;
        struct span source = decoded_origin(d, (struct span){at.beg, end});
        if (piece->plain)
            parts_add_source(p, out, source.beg, source.end);
        else
            parts_add_text(p, out, source, str_part(d->text, at.beg, end));
        at.beg = end;
    }
}

static void move_doc(
    struct parts *p, const struct decoded *d, const struct doc *from)
{
    for (uint32_t i = 0; i < from->part_count; i++) {
        const struct doc_part *part = &from->parts[i];
        struct runs runs = {0};
        for (uint32_t k = 0; k < part->run_count; k++)
            move_run(p, d, &part->runs[k], &runs);
        parts_end(p, &runs, part->zone, part->flowing);
    }
    for (uint32_t i = 0; i < from->directive_count; i++) {
        struct doc_directive directive = from->directives[i];
        directive.at = decoded_origin(d, directive.at);
        if (directive.scope.end > directive.scope.beg)
            directive.scope = decoded_origin(d, directive.scope);
        *VEC_PUSH(p->a, &p->directives) = directive;
    }
}

static void add_alt(struct parts *p, const struct decoded *alt)
{
    struct doc_run run = {.source = {0, (uint32_t)alt->text.len}};
    struct runs runs = {0};
    move_run(p, alt, &run, &runs);
    parts_end(p, &runs, ZONE_ALT, false);
}

bool decoded_doc(struct arena *a, const struct doc_field *file,
    const struct record_texts *texts, struct doc *doc, struct err *err)
{
    const struct reader *reader =
        reader_find(texts->input.len ? texts->input : STR("text"));
    struct parts p = {.a = a, .text = file->bytes};
    struct post post = {.text = texts->text.text};
    struct doc inner;

    if (!reader || !reader->read)
        return err_set(err, ERR_INPUT, (struct where){0},
            "a post is in none of the formats text, markdown, html, thread");
    if (!reader->read(a, &post, &inner, err))
        return false;
    move_doc(&p, &texts->text, &inner);
    if (texts->has_alt)
        add_alt(&p, &texts->alt);
    p.has_media = inner.has_media || texts->has_alt;
    parts_finish(&p, inner.has_comments, doc);
    doc->fields = file;
    doc->gathered = true;
    return true;
}
