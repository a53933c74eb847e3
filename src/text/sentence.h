/* SPDX-License-Identifier: MIT */
/* sentence.h - quotes, sentences, and where clauses begin. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "text/token.h"

struct quote_list {
    struct quote *items;
    size_t count, cap;
};

struct sentence_list {
    struct sentence *items;
    size_t count, cap;
};

void quote_find(struct arena *a, const struct norm *n, struct span part,
    struct quote_list *quotes);

/*
 * Divides a part into sentences and sets flags and sentence of its tokens
 * [tok_beg, tok_end). A part always gives at least one sentence.
 */
void sentence_split(struct arena *a, const struct norm *n, struct span part,
    uint32_t part_index, const struct doc_part *doc_part,
    const struct quote_list *quotes, struct token *tokens, uint32_t tok_beg,
    uint32_t tok_end, struct sentence_list *sentences);

#endif
