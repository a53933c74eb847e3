/* SPDX-License-Identifier: MIT */
/*
 * fuzz_token.c - tokens against an array with one entry per byte: whose byte is
 * it? Each letter and digit belongs to just one token, tags and inner words
 * agree with the tokens they name.
 */
#include "fuzz_text.h"
#include "text/norm.h"
#include "text/token.h"

/* One of the two digits of %20, which belong to nobody in a file name. */
static bool is_escaped(const struct norm *n, struct span part, uint32_t i)
{
    return (i > part.beg && n->folded[i - 1] == '%') ||
           (i > part.beg + 1 && n->folded[i - 2] == '%');
}

static void check_cover(const struct norm *n, struct span part,
    const struct token_list *tokens, const struct tag_list *tags)
{
    uint8_t *owners = calloc(n->len, 1);
    uint32_t last = part.beg;

    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *t = &tokens->items[i];
        demand(t->at.beg >= last && t->at.end > t->at.beg);
        demand(t->at.end <= part.end);
        last = t->at.end;
        for (uint32_t k = t->at.beg; k < t->at.end; k++)
            owners[k]++;
        demand(t->word.len > 0 && t->hash == str_hash(t->word));
        demand(t->kind < TOKEN_KIND_COUNT && t->tag <= tags->count);
    }
    for (uint32_t i = part.beg; i < part.end; i++)
        demand(
            owners[i] <= 1 && (owners[i] == 1 || !byte_is_alnum(n->folded[i]) ||
                                  is_escaped(n, part, i)));
    free(owners);
}

static void check_tags(
    const struct token_list *tokens, const struct tag_list *tags)
{
    uint32_t tagged = 0;
    for (size_t i = 0; i < tags->count; i++) {
        const struct tag *tag = &tags->items[i];
        demand(tag->tok_beg < tag->tok_end && tag->tok_end <= tokens->count);
        for (uint32_t k = tag->tok_beg; k < tag->tok_end; k++) {
            demand(tokens->items[k].tag == i + 1);
            demand(span_holds(tag->at, tokens->items[k].at));
            tagged++;
        }
    }
    for (size_t i = 0; i < tokens->count; i++)
        tagged -= tokens->items[i].tag != 0;
    demand(tagged == 0);
}

static void check_inner(
    const struct token_list *tokens, const struct token_list *inner)
{
    for (size_t i = 0; i < inner->count; i++) {
        const struct token *t = &inner->items[i];
        demand(t->sentence < tokens->count);
        demand(i == 0 || t->sentence >= t[-1].sentence);
        const struct token *outer = &tokens->items[t->sentence];
        demand(outer->kind == TOKEN_MENTION || outer->kind == TOKEN_LINK ||
               outer->kind == TOKEN_EMAIL);
        demand(span_holds(outer->at, t->at) && t->word.len > 0);
    }
}

static void split(struct fuzz_post *p, const struct norm *n, uint16_t zone,
    const struct vocab *vocab)
{
    struct token_list tokens = {0}, inner = {0};
    struct tag_list tags = {0};
    token_split(
        p->arena, n, n->parts[0].at, zone, vocab, &tokens, &tags, &inner);
    check_cover(n, n->parts[0].at, &tokens, &tags);
    check_tags(&tokens, &tags);
    check_inner(&tokens, &inner);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct vocab vocab = {fuzz_has, NULL};
    struct fuzz_post p;
    struct norm n;
    struct err err;

    fuzz_open(&p, data, size);
    if (norm_doc(p.arena, &p.doc, &n, &err)) {
        split(&p, &n, ZONE_BIT(ZONE_BODY), &vocab);
        split(&p, &n, ZONE_BIT(ZONE_BODY), NULL);
        split(&p, &n, ZONE_BIT(ZONE_FILE), &vocab);
    }
    fuzz_close(&p);
    return 0;
}
