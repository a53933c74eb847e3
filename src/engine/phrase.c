/* SPDX-License-Identifier: MIT */
/*
 * phrase.c - all phrases of all lexicons, found in one pass over the tokens.
 *
 * Every word of a phrase has a number; a phrase is a path in a trie (words.h).
 * From each token the longest path is walked and every phrase on it is noted, since the longest entry is
 * chosen later, lexicon by lexicon: "heart" may be an entry of one and "heart
 * attack" of another.
 */
#include "engine/state.h"
#include "engine/words.h"

#include <string.h>

struct phrase_list {
    struct phrase_hit *items;
    size_t count, cap;
};

static void note(
    struct scratch *s, struct phrase_list *out, struct phrase_hit hit)
{
    if (s->pack->foreign && !pack_phrase_fits(s->pack, hit.phrase)) {
        scan_fail(s, ERR_PACK, (struct pack_where){0}, "the pack is damaged");
        return;
    }
    *VEC_PUSH(s->arena, out) = hit;
}

/* A word behind a comma continues a phrase only where the entry has one too. */
static bool step(
    const struct pack *p, uint32_t word, bool hard, struct trie_at *at)
{
    struct trie_at soft = *at;
    if (!hard && trie_step(p, word << 1, &soft)) {
        *at = soft;
        return true;
    }
    return trie_step(p, word << 1 | 1, at);
}

static void walk(struct scratch *s, const uint32_t *ids, uint32_t beg,
    struct phrase_list *out)
{
    const struct text *t = &s->text;
    struct trie_at now = {0};
    uint32_t at = beg;
    bool on = trie_step(s->pack, ids[beg] << 1, &now);

    while (on) {
        at++;
        if (now.phrase != PACK_NONE)
            note(s, out, (struct phrase_hit){now.phrase, beg, at});
        on = at < t->token_count && ids[at] != 0 &&
            t->tokens[at].sentence == t->tokens[beg].sentence &&
            step(s->pack, ids[at], t->tokens[at].flags & TOKEN_HARD, &now);
    }
}

static void scan_tags(struct scratch *s, struct phrase_list *out)
{
    for (uint32_t i = 0; i < s->text.tag_count; i++) {
        const struct tag *tag = &s->text.tags[i];
        uint32_t id = word_find(s->pack, tag->hash).id;
        struct trie_at now = {0};
        if (id && trie_step(s->pack, id << 1, &now) && now.phrase != PACK_NONE)
            note(s, out,
                (struct phrase_hit){now.phrase, tag->tok_beg, tag->tok_end});
    }
}

/* Each phrase to the lists of the lexicons that have it; backwards, so that the
   lists are in the order of the text. */
static void share_out(struct scratch *s)
{
    const struct pack *p = s->pack;
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->phrase_count; i++) {
        struct pack_list m = p->phrases[s->phrases[i].phrase].members;
        count += m.end - m.beg;
    }
    s->lexicon_hits = ARENA_NEW(s->arena, struct lexicon_hit, count + 1);
    for (uint32_t i = s->phrase_count; i-- > 0;) {
        struct pack_list m = p->phrases[s->phrases[i].phrase].members;
        for (uint32_t k = m.end; k-- > m.beg;) {
            uint32_t *first = &s->lexicon_first[p->members[k].lexicon];
            s->lexicon_hits[s->lexicon_hit_count++] =
                (struct lexicon_hit){i, k, *first};
            *first = s->lexicon_hit_count;
        }
    }
}

void phrase_scan(struct scratch *s)
{
    const struct text *t = &s->text;
    uint32_t *ids = ARENA_NEW(s->arena, uint32_t, t->token_count + 1);
    struct phrase_list out = {0};

    for (uint32_t i = 0; i < t->token_count; i++)
        ids[i] = word_find(s->pack, t->tokens[i].hash).id;
    for (uint32_t i = 0; i < t->token_count; i++)
        if (ids[i] != 0)
            walk(s, ids, i, &out);
    scan_tags(s, &out);
    s->phrases = out.items;
    s->phrase_count = (uint32_t)out.count;
    share_out(s);
}

void phrase_forget(struct scratch *s)
{
    for (uint32_t i = 0; i < s->lexicon_hit_count; i++)
        s->lexicon_first[s->pack->members[s->lexicon_hits[i].member].lexicon] =
            0;
    s->lexicon_hit_count = 0;
}

/* As author/compile.c computes it for an entry of `case: exact`. */
static uint32_t exact_hash(const struct scratch *s, struct phrase_hit hit)
{
    uint64_t sum = 0;
    for (uint32_t i = hit.beg; i < hit.end; i++) {
        const struct token *tok = &s->text.tokens[i];
        size_t len = tok->word.len;
        if (len > tok->at.end - tok->at.beg)
            len = tok->at.end - tok->at.beg;
        sum = sum * 31 +
              str_hash((struct str){s->text.cased.ptr + tok->at.beg, len});
    }
    return pack_exact(sum);
}

static void add_member(struct scratch *s, struct hits *out,
    struct phrase_hit ph, uint32_t member)
{
    const struct token *tokens = s->text.tokens;
    struct span at = {tokens[ph.beg].at.beg, tokens[ph.end - 1].at.end};

    at.beg = hit_beg(s, ph.beg, ph.end, at.beg);
    struct hit *hit = hits_push(s->arena, out);
    *hit = (struct hit){
        .at = at,
        .tok_beg = ph.beg,
        .tok_end = ph.end,
        .head = ph.beg,
        .entry = member_entry(s->pack, member) + 1,
    };
    uint32_t tags = member_note(s->pack, member).tags;
    hit->facts = (const void *)(s->pack->facts + (tags >> 5));
    hit->fact_count = tags & PACK_TAGS_MAX;
}

const struct hits *lexicon_hits(struct scratch *s, uint32_t lexicon)
{
    static const struct hits none;
    const struct hits *known = s->lexicons.hits[lexicon];
    uint32_t last = PACK_NONE;
    if (known)
        return known;
    if (s->lexicon_first[lexicon] == 0)
        return &none;
    struct hits *out = ARENA_NEW(s->arena, struct hits, 1);
    for (uint32_t i = s->lexicon_first[lexicon]; i != 0;
         i = s->lexicon_hits[i - 1].next) {
        const struct lexicon_hit *h = &s->lexicon_hits[i - 1];
        uint32_t exact = member_note(s->pack, h->member).exact;
        struct phrase_hit ph = s->phrases[h->phrase];
        /* Of several entries with one spelling the first. */
        if (h->phrase == last ||
            (exact != 0 && exact != exact_hash(s, ph)))
            continue;
        add_member(s, out, ph, h->member);
        last = h->phrase;
    }
    hits_longest(s->arena, out);
    slots_set(&s->lexicons, lexicon, out);
    return out;
}

const struct hits *running_hits(struct scratch *s, uint32_t lexicon)
{
    const struct hits *known = s->running.hits[lexicon];
    if (known)
        return known;
    const struct hits *all = lexicon_hits(s, lexicon);
    if (all->count == 0)
        return all;
    struct hits *out = ARENA_NEW(s->arena, struct hits, 1);
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].tok_beg < s->text.main_count)
            *hits_push(s->arena, out) = all->items[i];
    slots_set(&s->running, lexicon, out);
    return out;
}
