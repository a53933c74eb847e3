/* SPDX-License-Identifier: MIT */
/* detect_text.c - what the text layer already knows: tags, quotes, emoji. */
#include "match/detector.h"

void detect_hashtag(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->tag_count; i++) {
        const struct tag *tag = &in->text->tags[i];
        struct hit *h = hit_bytes(in, out, tag->at);
        hit_add_fact(in, h, FACT_WORDS, tag->tok_end - tag->tok_beg);
        hit_add_fact(in, h, FACT_RUN, tag->run);
        hit_add_fact(in, h, FACT_POSITION, tag->place);
    }
}

void detect_quote(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->quote_count; i++) {
        if (!in->text->quotes[i].doubled)
            continue;
        struct hit *h = hit_bytes(in, out, in->text->quotes[i].at);
        hit_add_fact(in, h, FACT_WORDS, h->tok_end - h->tok_beg);
    }
}

void detect_emoji(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++)
        if (in->text->tokens[i].kind == TOKEN_EMOJI)
            (void)hit_tokens(in, out, i, i + 1);
}

void detect_hidden(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->hidden_count; i++)
        (void)hit_bytes(in, out, in->text->hidden[i].at);
}
