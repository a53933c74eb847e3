/* SPDX-License-Identifier: MIT */
/*
 * token.h - words, numbers, hashtags, mentions, links and emoji of a buffer.
 */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "base/vec.h"
#include "text/norm.h"
#include "text/text.h"

struct token_list {
    struct token *items;
    size_t count, cap;
};

struct tag_list {
    struct tag *items;
    size_t count, cap;
};

/* Splits bytes [at.beg, at.end) of the buffer. vocab may be null: then nothing
   is joined, unmasked or looked up. Words inside mentions and links go to
   inner, each with `sentence` set to the index of its mention or link among
   the tokens. */
void token_split(struct arena *a, const struct norm *n, struct span at,
    uint16_t zone, const struct vocab *vocab, struct token_list *tokens,
    struct tag_list *tags, struct token_list *inner);

#endif
