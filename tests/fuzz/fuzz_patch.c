/* SPDX-License-Identifier: MIT */
/*
 * fuzz_patch.c - any bytes as a patch, and a patch made from them.
 *
 * The model goes the other way: the bytes are an old and a new text, line by
 * line; the patch that is written from them must be read as that new text with
 * those lines added.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "input/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_any(struct str bytes)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct patch patch;
    struct err err = {0};
    if (!patch_parse(a, bytes, &patch, &err)) {
        demand(err.msg[0] != '\0' && err.at.line > 0);
        return;
    }
    for (size_t i = 0; i < patch.count; i++) {
        const struct patch_file *f = &patch.items[i];
        uint32_t last = 0;
        demand(f->text.len <= bytes.len && f->name.len <= bytes.len);
        for (size_t k = 0; k < f->added_count; k++) {
            demand(f->added[k].beg < f->added[k].end || f->text.len == 0);
            demand(k == 0 || f->added[k].beg > last);
            last = f->added[k].end;
        }
        demand(last <= f->text.len);
    }
}

/* What a patch is written from, and what must be read from it. */
struct model {
    struct buf hunk, text, added; /* added: one byte for each of text */
    unsigned old_lines, new_lines;
};

/* The first byte of a line says what it is. */
static void add_line(struct model *m, struct str line)
{
    char kind = line.len ? "+- "[(unsigned char)line.ptr[0] % 3] : ' ';
    struct str rest = str_from(line, 1);
    buf_addf(&m->hunk, "%c", kind);
    buf_add(&m->hunk, rest);
    buf_addc(&m->hunk, '\n');
    m->old_lines += kind != '+';
    m->new_lines += kind != '-';
    if (kind == '-')
        return;
    buf_add(&m->text, rest);
    buf_addc(&m->text, '\n');
    while (m->added.len < m->text.len)
        buf_addc(&m->added, kind);
}

static void check_made(const struct model *m)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct buf b PL_DEFER(buf_free) = {0};
    struct patch patch;
    struct err err = {0};

    buf_addf(&b, "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -%u,%u +%u,%u @@\n",
        m->old_lines > 0, m->old_lines, m->new_lines > 0, m->new_lines);
    buf_add(&b, buf_str(&m->hunk));
    demand(patch_parse(a, buf_str(&b), &patch, &err));
    demand(patch.count == 1);
    const struct patch_file *f = &patch.items[0];
    demand(str_eq(f->text, buf_str(&m->text)));
    for (size_t i = 0, k = 0; i < m->added.len; i++) {
        while (k < f->added_count && f->added[k].end <= i)
            k++;
        bool in = k < f->added_count && f->added[k].beg <= i;
        demand(in == (m->added.ptr[i] == '+'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size}, rest = bytes;
    struct model m = {0};

    check_any(bytes);
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        add_line(&m, cut.head);
        rest = cut.tail;
    }
    check_made(&m);
    buf_free(&m.hunk);
    buf_free(&m.text);
    buf_free(&m.added);
    return 0;
}
