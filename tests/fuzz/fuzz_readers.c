/* SPDX-License-Identifier: MIT */
/*
 * fuzz_readers.c - any text by every reader, and a text through JSON and CSV.
 *
 * Whatever a reader makes of a text, its runs and directives lie in it and a run
 * without words of its own stands on whole characters. The model goes the other
 * way: the bytes are a post; written as JSON (every other character escaped) and
 * as CSV (quotes doubled) they must be read as that post, and each run must
 * stand for the bytes that the writer put there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "input/reader.h"
#include "text/line.h"
#include "text/norm.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static bool in_character(struct str s, uint32_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80;
}

static void check_doc(const struct doc *doc, size_t len)
{
    for (uint32_t i = 0; i < doc->part_count; i++) {
        const struct doc_part *part = &doc->parts[i];
        demand(part->field < doc->field_count && part->run_count > 0);
        for (uint32_t k = 0; k < part->run_count; k++) {
            struct span s = part->runs[k].source;
            struct str bytes = doc->fields[part->field].bytes;
            demand(s.beg <= s.end && s.end <= len);
            demand(part->runs[k].text.ptr ||
                (!in_character(bytes, s.beg) && !in_character(bytes, s.end)));
        }
    }
    for (uint32_t i = 0; i < doc->directive_count; i++) {
        const struct doc_directive *d = &doc->directives[i];
        demand(d->at.beg <= d->at.end && d->at.end <= len);
        demand(d->scope.beg <= d->scope.end && d->scope.end <= len);
    }
}

static struct items split(struct arena *a, const struct reader *r,
    struct str text, struct err *err)
{
    static const struct record_names names = {STR_INIT("text"),
        STR_INIT("id")};
    struct line_index *lines = ARENA_NEW(a, struct line_index, 1);
    struct doc_field *field = ARENA_NEW(a, struct doc_field, 1);
    struct items items = {0};
    *lines = line_index_counted(a, text);
    *field = (struct doc_field){"text", text, lines};
    demand(r->split(a, field, &names, &items, err) == (err->code == ERR_NONE));
    return items;
}

static void check_any(struct arena *a, struct str text)
{
    const struct reader *r;
    for (size_t i = 0; (r = reader_at(i)) != NULL; i++) {
        struct post post = {.name = "x", .text = text};
        struct err err = {0};
        struct doc doc;
        if (r->read && r->read(a, &post, &doc, &err))
            check_doc(&doc, text.len);
        if (!r->split)
            continue;
        struct items items = split(a, r, text, &err);
        demand(items.texts <= items.records + 1);
        for (size_t k = 0; k < items.count; k++) {
            if (items.items[k].bad)
                demand(items.items[k].err.msg[0] != '\0');
            else
                check_doc(&items.items[k].doc, text.len);
        }
    }
}

/* What a post was written as, and which bytes stand for which of its own. */
struct written {
    struct buf out;
    uint32_t *from; /* of each byte of the post: where it begins in out */
    uint32_t *to;   /* ... and ends */
};

static void put(struct written *w, size_t beg, size_t end, struct str bytes)
{
    uint32_t from = (uint32_t)w->out.len;
    buf_add(&w->out, bytes);
    for (size_t i = beg; i < end; i++) {
        w->from[i] = from;
        w->to[i] = (uint32_t)w->out.len;
    }
}

static void put_json(struct written *w, struct str post)
{
    buf_add(&w->out, STR("[{\"id\": 1, \"text\": \""));
    for (size_t at = 0, n = 0; at < post.len; n++) {
        uint32_t point = 0;
        size_t size = utf8_decode(str_from(post, at), &point);
        char text[16];
        int len = 0;
        if (point >= 0x10000)
            len = snprintf(text, sizeof text, "\\u%04x\\u%04x",
                (unsigned)(0xD800 + ((point - 0x10000) >> 10)),
                (unsigned)(0xDC00 + ((point - 0x10000) & 0x3FF)));
        else if (n % 2 || point < ' ' || point == '"' || point == '\\')
            len = snprintf(text, sizeof text, "\\u%04X", (unsigned)point);
        if (len > 0)
            put(w, at, at + size, (struct str){text, (size_t)len});
        else
            for (size_t i = at; i < at + size; i++)
                put(w, i, i + 1, str_part(post, i, i + 1));
        at += size;
    }
    buf_add(&w->out, STR("\"}]"));
}

static void put_csv(struct written *w, struct str post)
{
    buf_add(&w->out, STR("id,text\n1,\""));
    for (size_t at = 0; at < post.len; at++)
        put(w, at, at + 1,
            post.ptr[at] == '"' ? STR("\"\"") : str_part(post, at, at + 1));
    buf_add(&w->out, STR("\"\n"));
}

/* A line end written as two escapes is one piece. */
static bool is_line_end(struct str post, size_t at)
{
    return at > 0 && post.ptr[at - 1] == '\r' && post.ptr[at] == '\n';
}

static void check_run(const struct written *w, struct str post, size_t *at,
    const struct doc_run *run)
{
    struct str out = buf_str(&w->out);
    struct str text = run->text.ptr
        ? run->text
        : str_part(out, run->source.beg, run->source.end);
    demand(text.len > 0 && *at + text.len <= post.len);
    demand(memcmp(post.ptr + *at, text.ptr, text.len) == 0);
    for (size_t i = 0; i < text.len; i++) {
        size_t k = *at + i;
        if (run->text.ptr)
            demand((w->from[k] == run->source.beg || is_line_end(post, k)) &&
                w->to[k] <= run->source.end);
        else
            demand(w->from[k] == run->source.beg + i);
    }
    *at += text.len;
}

static void check_written(struct arena *a, const char *format,
    const struct written *w, struct str post)
{
    struct err err = {0};
    struct items items =
        split(a, reader_find(str_of(format)), buf_str(&w->out), &err);
    size_t at = 0;
    demand(err.code == ERR_NONE && items.count == 1 && !items.items[0].bad);
    const struct doc *doc = &items.items[0].doc;
    /* A plain text loses its byte order mark. */
    at = str_starts(post, STR("\xEF\xBB\xBF")) ? 3 : 0;
    demand(doc->part_count == (at < post.len));
    for (uint32_t k = 0; doc->part_count && k < doc->parts[0].run_count; k++)
        check_run(w, post, &at, &doc->parts[0].runs[k]);
    demand(at == post.len);
}

static void check_through(struct arena *a, const char *format,
    void (*write)(struct written *w, struct str post), struct str post)
{
    struct written w = {
        .from = ARENA_NEW(a, uint32_t, post.len + 1),
        .to = ARENA_NEW(a, uint32_t, post.len + 1),
    };
    write(&w, post);
    check_written(a, format, &w, post);
    buf_free(&w.out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct str text = {(const char *)data, size};
    struct err err = {0};
    if (!norm_check(text, &err))
        return 0; /* readers are given UTF-8 without NUL only */
    check_any(a, text);
    check_through(a, "json", put_json, text);
    check_through(a, "csv", put_csv, text);
    return 0;
}
