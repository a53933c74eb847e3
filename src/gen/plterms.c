/* SPDX-License-Identifier: MIT */
/*
 * plterms.c - the terms of posts, as the weights of a pack see them.
 *
 *     plterms PACK < posts.jsonl > terms.tsv
 *
 * A line for each post: its different terms, parted by tabs. rules/weights/fit.py
 * learns weights from them, so that what is learned is what will be weighed.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "engine/scan.h"
#include "engine/weigh.h"
#include "host/file.h"
#include "input/reader.h"

enum { PACK_MAX = 256 << 20, POSTS_MAX = 1 << 28 };

static void put_stem(struct buf *out, const struct token *token)
{
    char stem[STEM_BYTES];
    buf_add(out, (struct str){stem, weigh_stem(token, stem)});
}

static void put_terms(struct buf *out, struct arena *a, const struct text *text)
{
    struct terms terms = weigh_terms(a, text);
    for (uint32_t i = 0; i < terms.count; i++) {
        const struct term *t = &terms.items[i];
        if (i > 0)
            buf_addc(out, '\t');
        put_stem(out, &text->tokens[t->tok_beg]);
        if (t->tok_end - t->tok_beg < 2)
            continue;
        buf_addc(out, ' ');
        put_stem(out, &text->tokens[t->tok_beg + 1]);
    }
    buf_addc(out, '\n');
}

static bool put_post(struct buf *out, struct scratch *s, struct str line,
    struct err *err)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    const struct scan_options options = {.trace_rule = PACK_NONE};
    const struct profile profile = {0};
    struct findings found;
    struct json value;
    struct post post = {0};
    struct doc doc;

    if (!a || !json_parse(a, "stdin", line, &value, err))
        return false;
    post.text = json_text(json_get(&value, "text"));
    if (!plain_read(a, &post, &doc, err) ||
        !scan(s, &doc, &profile, &options, &found, err))
        return false;
    put_terms(out, a, scan_text(s));
    return true;
}

static bool put_all(struct scratch *s, struct str posts, struct err *err)
{
    struct buf out PL_DEFER(buf_free) = {0};
    while (posts.len > 0) {
        struct str_cut cut = str_cut(posts, '\n');
        posts = cut.tail;
        if (cut.head.len > 0 && !put_post(&out, s, cut.head, err))
            return false;
    }
    return fwrite(out.ptr, 1, out.len, stdout) == out.len;
}

int main(int argc, char **argv)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct buf bytes PL_DEFER(buf_free) = {0}, posts PL_DEFER(buf_free) = {0};
    struct ruleset rules;
    struct pack pack;
    struct err err = {0};

    if (argc != 2 || !a) {
        (void)fprintf(stderr, "usage: plterms PACK < POSTS\n");
        return 2;
    }
    bool good = file_read(argv[1], PACK_MAX, &bytes, &err) &&
        file_read("/dev/stdin", POSTS_MAX, &posts, &err);
    if (good)
        good = pack_open((struct str){(char *)memcpy(ARENA_NEW(a, uint64_t, bytes.len / 8 + 1), bytes.ptr, bytes.len), bytes.len}, true, &pack, &err) &&
            ruleset_new(a, &pack, &rules, &err);
    struct scratch *s = good ? scratch_new(&rules) : NULL;
    good = s && put_all(s, buf_str(&posts), &err);
    scratch_free(s);
    if (!good)
        (void)fprintf(stderr, "plterms: %s\n", err.msg);
    return good ? 0 : 2;
}
