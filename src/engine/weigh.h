/* SPDX-License-Identifier: MIT */
/*
 * weigh.h - the words of a post on the scales of a pack.
 *
 * A term is the stem of a token (its first letters), or the stems of two
 * neighbours. A total is what the post's different terms weigh together, over the
 * square root of their number, so that long posts weigh no more than short ones.
 */
#ifndef ENGINE_WEIGH_H
#define ENGINE_WEIGH_H

#include "text/text.h"

/* Little can be told from a few words: a post of less than LEAST_TERMS, about a dozen
   words, is not weighed, and one of less than FEW_TERMS as if it had so many. */
enum {
    STEM_LETTERS = 5,
    STEM_BYTES = STEM_LETTERS * 4,
    LEAST_TERMS = 24,
    FEW_TERMS = 64
};

/* Writes the stem of a token's word: its first letters, digits as 0, one
   sign for any mention, link or address. Returns its length in bytes. */
size_t weigh_stem(const struct token *token, char stem[STEM_BYTES]);

static inline uint64_t weigh_pair(uint64_t first, uint64_t second)
{
    return (first << 23 | first >> 41) * UINT64_C(0x9E3779B97F4A7C15) ^ second;
}

/* The different terms of a text, in its order. */
struct terms {
    struct term {
        uint64_t hash;
        uint32_t tok_beg, tok_end;
    } *items;
    uint32_t count;
};
struct terms weigh_terms(struct arena *a, const struct text *text);

#endif
