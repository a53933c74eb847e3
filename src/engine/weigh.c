/* SPDX-License-Identifier: MIT */
/* weigh.c - what the words of a post weigh, column by column. */
#include "engine/weigh.h"

#include <math.h>
#include <string.h>

#include "engine/state.h"
#include "engine/words.h"

/* ---- terms ---------------------------------------------------------------- */

static const char *sign_of(uint8_t kind)
{
    switch (kind) {
    case TOKEN_MENTION:
        return "@";
    case TOKEN_LINK:
        return "http";
    case TOKEN_EMAIL:
        return "e@";
    default:
        return NULL;
    }
}

static bool opens_letter(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t weigh_stem(const struct token *token, char stem[STEM_BYTES])
{
    const char *sign = sign_of(token->kind);
    struct str word = sign ? str_of(sign) : token->word;
    size_t len = 0, letters = 0;

    for (; len < word.len && len < STEM_BYTES; len++) {
        letters += opens_letter(word.ptr[len]);
        if (letters > STEM_LETTERS)
            break;
        stem[len] = word.ptr[len];
        if (byte_is_digit(stem[len]))
            stem[len] = '0';
    }
    return len;
}

/* True the first time. */
static bool first_seen(uint64_t *seen, size_t mask, uint64_t hash)
{
    size_t at = (size_t)hash & mask;
    while (seen[at] != 0) {
        if (seen[at] == hash)
            return false;
        at = (at + 1) & mask;
    }
    seen[at] = hash;
    return true;
}

struct terms weigh_terms(struct arena *a, const struct text *text)
{
    uint32_t count = text->main_count;
    size_t slots = 4;
    while (slots < (size_t)count * 4)
        slots *= 2;
    uint64_t *seen = ARENA_NEW(a, uint64_t, slots);
    struct terms out = {ARENA_NEW(a, struct term, (size_t)count * 2 + 1), 0};
    uint64_t before = 0;

    for (uint32_t i = 0; i < count; i++) {
        char stem[STEM_BYTES];
        size_t len = weigh_stem(&text->tokens[i], stem);
        uint64_t hash = str_hash((struct str){stem, len});
        uint64_t pair = weigh_pair(before, hash);
        if (i > 0 && first_seen(seen, slots - 1, pair))
            out.items[out.count++] = (struct term){pair, i - 1, i + 1};
        if (first_seen(seen, slots - 1, hash))
            out.items[out.count++] = (struct term){hash, i, i + 1};
        before = hash;
    }
    return out;
}

/* ---- totals ----------------------------------------------------------------- */

struct weighed {
    struct terms terms;
    const struct pack_list *found; /* weights of each term */
    double *totals;                /* of each column */
    struct fact *facts;
    uint32_t columns;
};

static struct pack_list term_weights(
    const struct pack *p, const struct pack_weigher *w, uint64_t hash)
{
    uint32_t mask = w->terms.end - w->terms.beg - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        const struct pack_term *t = &p->terms[w->terms.beg + i];
        if (t->weights.beg == t->weights.end || t->hash == hash)
            return t->weights;
    }
}

static void add_weights(
    const struct pack *p, struct pack_list list, double by, double *totals)
{
    for (uint32_t i = list.beg; i < list.end; i++)
        totals[p->weights[i].column] += p->weights[i].value * by;
}

static const struct weighed *weighed_of(struct scratch *s, uint32_t weigher)
{
    const struct pack *p = s->pack;
    const struct pack_weigher *w = &p->weighers[weigher];
    struct arena *a = s->arena;

    if (!s->weighed) {
        s->weighed = ARENA_NEW(a, const struct weighed *, p->weighers_count);
        s->terms = weigh_terms(a, &s->text);
    }
    if (s->weighed[weigher])
        return s->weighed[weigher];
    struct weighed *out = ARENA_NEW(a, struct weighed, 1);
    struct pack_list *found =
        ARENA_NEW(a, struct pack_list, s->terms.count + (size_t)1);
    double by =
        0.01 / sqrt(s->terms.count > FEW_TERMS ? s->terms.count : FEW_TERMS);
    out->terms = s->terms;
    out->columns = w->columns.end - w->columns.beg;
    out->totals = ARENA_NEW(a, double, out->columns);
    out->facts = ARENA_NEW(a, struct fact, out->columns);
    add_weights(p, w->always, 0.01, out->totals);
    for (uint32_t i = 0; i < s->terms.count; i++) {
        found[i] = term_weights(p, w, s->terms.items[i].hash);
        add_weights(p, found[i], by, out->totals);
    }
    for (uint32_t i = 0; i < out->columns; i++)
        out->facts[i] =
            (struct fact){p->index[w->columns.beg + i], out->totals[i]};
    out->found = found;
    s->weighed[weigher] = out;
    return out;
}

static int value_in(
    const struct pack *p, struct pack_list list, uint32_t column)
{
    for (uint32_t i = list.beg; i < list.end; i++)
        if (p->weights[i].column == column)
            return p->weights[i].value;
    return 0;
}

/* ---- hits --------------------------------------------------------------------- */

static struct hit hit_over(
    const struct scratch *s, uint32_t tok_beg, uint32_t tok_end)
{
    const struct token *tokens = s->text.tokens;
    return (struct hit){
        .at = {tokens[tok_beg].at.beg, tokens[tok_end - 1].at.end},
        .tok_beg = tok_beg,
        .tok_end = tok_end,
        .head = tok_beg,
    };
}

/* The sentence whose terms weigh most in the column. */
static struct hit heaviest(
    struct scratch *s, const struct weighed *w, uint32_t column)
{
    const struct token *tokens = s->text.tokens;
    uint32_t best = 0;
    int most = INT32_MIN;
    for (uint32_t i = 0; i < w->terms.count;) {
        uint32_t sentence = tokens[w->terms.items[i].tok_beg].sentence;
        int sum = 0;
        for (; i < w->terms.count &&
             tokens[w->terms.items[i].tok_beg].sentence == sentence;
             i++)
            sum += value_in(s->pack, w->found[i], column);
        if (sum > most) {
            most = sum;
            best = sentence;
        }
    }
    const struct sentence *sent = &s->text.sentences[best];
    uint32_t end = sent->tok_end < s->text.main_count ? sent->tok_end
                                                       : s->text.main_count;
    return hit_over(s, sent->tok_beg, end);
}

void weigh_all(
    struct scratch *s, const struct pack_evid *e, struct hits *out)
{
    if (s->text.main_count == 0)
        return;
    const struct weighed *w = weighed_of(s, e->a);
    uint32_t column = e->list.beg;
    if (w->terms.count < LEAST_TERMS)
        return;
    struct hit h = {.facts = w->facts, .fact_count = w->columns};
    if (e->where != PACK_NONE && !hit_where(s, &h, e->where))
        return;
    h = column == PACK_NONE ? hit_over(s, 0, s->text.main_count)
                            : heaviest(s, w, column);
    h.facts = w->facts;
    h.fact_count = w->columns;
    *hits_push(s->arena, out) = h;
}

/* ---- in words ------------------------------------------------------------------- */

/* "my" may weigh much among others, but tells a reader nothing. */
static bool is_telling(const struct scratch *s, const struct term *t)
{
    for (uint32_t i = t->tok_beg; i < t->tok_end; i++)
        if (!(word_find(s->pack, s->text.tokens[i].hash).flags & WORD_COMMON))
            return true;
    return false;
}

/* The most telling terms of a column, heaviest first. */
uint32_t weigh_words(struct scratch *s, const struct pack_evid *e,
    struct axis_found *axes, uint32_t most)
{
    const struct weighed *w = weighed_of(s, e->a);
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->terms.count; i++) {
        const struct term *t = &w->terms.items[i];
        int value = value_in(s->pack, w->found[i], e->list.beg);
        if (value < 10 || !is_telling(s, t))
            continue;
        uint32_t points = (uint32_t)value / 10, at = count;
        if (count == most && axes[most - 1].points >= points)
            continue;
        if (count < most)
            count++;
        else
            at--;
        for (; at > 0 && axes[at - 1].points < points; at--)
            axes[at] = axes[at - 1];
        axes[at] = (struct axis_found){
            .name = STR("word"),
            .points = points,
            .place = place_of(s, hit_over(s, t->tok_beg, t->tok_end).at),
        };
    }
    return count;
}
