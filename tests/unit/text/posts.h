/* SPDX-License-Identifier: MIT */
/* posts.h - short posts for the tests of this layer, and how they read. */
#ifndef TESTS_POSTS_H
#define TESTS_POSTS_H

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "text/text.h"

/* A list of words parted by blanks, as the words of a pack. */
static inline bool post_has(const void *words, uint64_t hash)
{
    struct str_cut cut = {.tail = str_of(words)};
    do {
        cut = str_cut(cut.tail, ' ');
        if (cut.head.len && str_hash(cut.head) == hash)
            return true;
    } while (cut.found);
    return false;
}

struct post {
    struct arena *arena;
    struct doc_run run;
    struct doc_part part;
    struct doc_field field;
    struct doc doc;
    struct vocab vocab;
    struct text text;
    struct err err;
};

/* A document of one part; p must stay where it is. */
static inline void post_set(struct post *p, struct str bytes)
{
    *p = (struct post){.arena = arena_new(0)};
    p->run.source = (struct span){0, (uint32_t)bytes.len};
    p->part = (struct doc_part){.runs = &p->run, .run_count = 1};
    p->field = (struct doc_field){.name = "text", .bytes = bytes};
    p->doc = (struct doc){.fields = &p->field,
        .field_count = 1,
        .parts = &p->part,
        .part_count = 1};
}

static inline void post_analyse(struct post *p, const char *words)
{
    p->vocab = (struct vocab){post_has, words ? words : ""};
    assert_true(text_analyse(p->arena, &p->doc, &p->vocab, &p->text, &p->err));
}

static inline void post_read(
    struct post *p, const char *bytes, const char *words)
{
    post_set(p, str_of(bytes));
    post_analyse(p, words);
}

static inline void post_free(struct post *p)
{
    arena_free(p->arena);
}

/* The author's bytes behind a span. */
static inline struct str post_source(const struct post *p, struct span at)
{
    uint32_t field;
    struct span source = text_source(&p->text, at, &field);
    return str_part(p->doc.fields[field].bytes, source.beg, source.end);
}

static inline struct str post_piece(const struct post *p, struct span at)
{
    return str_part(p->text.cased, at.beg, at.end);
}

/* "dr|shah|n:10|c:34yo": words, other tokens with a letter for their kind. */
static inline void post_put_tokens(
    const struct post *p, uint32_t beg, uint32_t end, struct buf *out)
{
    static const char *const kinds[TOKEN_KIND_COUNT] = {
        "", "n:", "c:", "m:", "l:", "e:", "j:"};
    for (uint32_t i = beg; i < end; i++) {
        const struct token *t = &p->text.tokens[i];
        buf_add(out, str_of(i > beg ? "|" : ""));
        buf_add(out, str_of(kinds[t->kind]));
        buf_add(out, t->word);
    }
}

static inline void assert_reads(struct str got, const char *want)
{
    char z[2048];
    assert_true(got.len < sizeof z);
    if (got.len)
        memcpy(z, got.ptr, got.len);
    z[got.len] = '\0';
    assert_string_equal(z, want);
}

/* One row: a post, the words that are known, what comes out. */
struct row {
    const char *post, *words, *want;
};

static inline void check_tokens(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct post p;
        struct buf out PL_DEFER(buf_free) = {0};
        post_read(&p, rows[i].post, rows[i].words);
        post_put_tokens(&p, 0, p.text.main_count, &out);
        assert_reads(buf_str(&out), rows[i].want);
        post_free(&p);
    }
}

/* Main sentences parted by " / ", with the author's blanks at their ends cut.
   */
static inline void check_sentences(
    const struct row *rows, size_t count, bool flowing)
{
    for (size_t i = 0; i < count; i++) {
        struct post p;
        struct buf out PL_DEFER(buf_free) = {0};
        post_set(&p, str_of(rows[i].post));
        p.part.flowing = flowing;
        post_analyse(&p, rows[i].words);
        for (uint32_t s = 0; s < p.text.main_sentences; s++) {
            buf_add(&out, str_of(s ? " / " : ""));
            buf_add(&out, str_trim(post_piece(&p, p.text.sentences[s].at)));
        }
        assert_reads(buf_str(&out), rows[i].want);
        post_free(&p);
    }
}

/* Rows of a test: {post, known words, what comes out}. */
#define ROWS(name)         static const struct row name[]
#define CHECK(check, rows) check((rows), PL_COUNT(rows))

/* TAP, as meson reads it. */
#define RUN_TESTS(tests)                                                       \
    (cmocka_set_message_output(CM_OUTPUT_TAP),                                 \
        cmocka_run_group_tests((tests), NULL, NULL))

#endif
