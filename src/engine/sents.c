/* SPDX-License-Identifier: MIT */
/*
 * sents.c - in which sentences of the post could it stand?
 *
 * One bit for each sentence; in a post of more than 64 several share one, so
 * that neighbours stay neighbours. The answer may name too many sentences,
 * never too few. It is given at three prices:
 *
 *     SENTS_CHEAP  which phrases of which lists were found, what the detectors'
 *                  features and the literals of regexes say of the whole post
 *     SENTS_WORDS  detectors run, and sequences of words are matched
 *     SENTS_FULL   literals of regexes are looked for sentence by sentence too;
 *                  still no regex runs
 *
 * Parts joined by `and` must meet in a window, so their bits are intersected:
 * "her" in the first sentence and a medicine in the third are no candidate for
 * a rule that judges sentences. A hit that reaches over several sentences is
 * told as wide; what hangs on such an anchor is asked of the whole post.
 */
#include "engine/state.h"

#include <string.h>

static const uint64_t everywhere = UINT64_MAX;

uint64_t sentence_bit(const struct text *t, uint32_t sentence)
{
    if (t->sentence_count > 64)
        sentence = (uint32_t)((uint64_t)sentence * 64 / t->sentence_count);
    return UINT64_C(1) << sentence;
}

static uint64_t sentence_bits(const struct text *t)
{
    return t->sentence_count >= 64 ? everywhere
                                   : (UINT64_C(1) << t->sentence_count) - 1;
}

/* Words of links and mentions stand in a sentence of their own and, by their
   bytes, in the one around it. */
static uint64_t token_bits(const struct text *t, uint32_t token)
{
    const struct token *tok = &t->tokens[token];
    uint64_t bits = sentence_bit(t, tok->sentence);
    if (token >= t->main_count)
        bits |= sentence_bit(t, text_sentence_at(t, tok->at.beg));
    return bits;
}

static struct sents both(struct sents a, struct sents b)
{
    return (struct sents){a.bits & b.bits, a.wide || b.wide};
}

static struct sents either(struct sents a, struct sents b)
{
    return (struct sents){a.bits | b.bits, a.wide || b.wide};
}

/* ---- hits and phrases ------------------------------------------------------ */

static struct sents hit_sents(const struct scratch *s, const struct hit *h)
{
    const struct text *t = &s->text;
    uint64_t bytes = sentence_bit(t, text_sentence_at(t, h->at.beg));
    struct sents out = {bytes, false};
    if (h->tok_beg >= h->tok_end) {
        /* Signs alone count as the token behind them. */
        if (h->tok_beg >= t->token_count)
            return (struct sents){everywhere, true};
        out.bits |= token_bits(t, h->tok_beg);
        out.wide = out.bits != bytes;
        return out;
    }
    out.bits |= token_bits(t, h->tok_beg) | token_bits(t, h->tok_end - 1);
    out.wide = t->tokens[h->tok_beg].sentence !=
        t->tokens[h->tok_end - 1].sentence;
    return out;
}

static struct sents hits_sents(const struct scratch *s, const struct hits *hits)
{
    struct sents out = {0, false};
    for (size_t i = 0; i < hits->count; i++)
        out = either(out, hit_sents(s, &hits->items[i]));
    return out;
}

static struct sents lexicon_sents(const struct scratch *s, uint32_t lexicon)
{
    struct sents out = {0, false};
    for (uint32_t i = s->lexicon_first[lexicon]; i != 0;
         i = s->lexicon_hits[i - 1].next)
        out.bits |= token_bits(
            &s->text, s->phrases[s->lexicon_hits[i - 1].phrase].beg);
    return out;
}

/* ---- regexes ----------------------------------------------------------------- */

/* What is learned once of an evidence or a regex. */
enum trait { TRAIT_KNOWN = 1, TRAIT_REGEX = 2, TRAIT_WORDED = 4 };

static bool has_word(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (byte_is_alnum(s.ptr[i]))
            return true;
    return false;
}

static bool all_worded(const struct pack *p, const struct pack_regex *r)
{
    if (memmem(p->text + r->pattern.off, r->pattern.len, "\\K", 2))
        return false;
    for (uint32_t i = r->literals.beg; i < r->literals.end; i++)
        if (!has_word(pack_text(p, p->strs[i])))
            return false;
    return r->features != 0 || r->literals.beg < r->literals.end;
}

/* Does every match hold a letter or digit? Then it has a token, in the sentence
   that it was found in. */
static bool is_worded(struct scratch *s, uint32_t regex)
{
    uint8_t *traits = &s->regex_traits[regex];
    if (*traits == 0)
        *traits = all_worded(s->pack, &s->pack->regexes[regex])
            ? TRAIT_KNOWN | TRAIT_WORDED
            : TRAIT_KNOWN;
    return (*traits & TRAIT_WORDED) != 0;
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (byte_is_digit(s.ptr[i]) ||
            ((unsigned char)s.ptr[i] >= 0x80 &&
                sieve_digit(s.ptr + i, s.len - i)))
            return true;
    return false;
}

uint64_t digit_bits(struct scratch *s)
{
    const struct text *t = &s->text;
    if (s->digits.ready)
        return s->digits.bits;
    s->digits.ready = true;
    s->digits.bits = 0;
    for (uint32_t i = 0; i < t->main_sentences; i++)
        if (has_digit(str_part(
                t->folded, t->sentences[i].at.beg, t->sentences[i].at.end)))
            s->digits.bits |= sentence_bit(t, i);
    return s->digits.bits;
}

/* Links and mentions are read apart too: those that stand in a sentence with
   what was found. */
static uint64_t pseudo_bits(const struct scratch *s, uint64_t bits)
{
    const struct text *t = &s->text;
    uint64_t out = 0;
    for (uint32_t i = t->main_sentences; i < t->sentence_count; i++)
        if (bits &
            sentence_bit(t, text_sentence_at(t, t->sentences[i].at.beg)))
            out |= sentence_bit(t, i);
    return out;
}

static void add_place(const struct scratch *s, uint32_t at, uint64_t *bits)
{
    const struct text *t = &s->text;
    *bits |= sentence_bit(t, text_sentence_at(t, at));
}

static uint64_t needs_bits(struct scratch *s, const struct pack_regex *r)
{
    uint64_t bits = r->features ? digit_bits(s) : 0;
    if (r->features == 0 && r->literals.beg == r->literals.end)
        return sentence_bits(&s->text);
    for (uint32_t i = r->literals.beg; i < r->literals.end; i++) {
        uint32_t at = UINT32_MAX;
        while (literal_before(s, pack_text(s->pack, s->pack->strs[i]), &at))
            add_place(s, at, &bits);
    }
    return bits | pseudo_bits(s, bits);
}

uint64_t regex_bits(struct scratch *s, uint32_t regex)
{
    const struct pack_regex *r = &s->pack->regexes[regex];
    const struct text *t = &s->text;
    struct sents_known *known = &s->regex_sents[regex];
    if (known->post == s->post)
        return known->sents.bits;
    uint64_t bits = needs_bits(s, r);
    for (uint64_t left = bits; left && t->sentence_count <= 64;
         left &= left - 1)
        if (!sieve_passes(
                s, r, t->sentences[__builtin_ctzll(left)].at))
            bits &= ~(left & -left);
    *known = (struct sents_known){{bits, false}, s->post};
    return bits;
}

static struct sents regex_sents(
    struct scratch *s, uint32_t regex, enum sents_price price)
{
    if (!regex_possible(s, regex))
        return (struct sents){0, false};
    if (price < SENTS_FULL)
        return (struct sents){everywhere, !is_worded(s, regex)};
    uint64_t bits = regex_bits(s, regex);
    return bits && !is_worded(s, regex) ? (struct sents){everywhere, true}
                                        : (struct sents){bits, false};
}

/* ---- evidence ------------------------------------------------------------------ */

static bool has_regex(struct scratch *s, uint32_t evid);

static bool list_has_regex(
    struct scratch *s, const struct pack_evid *e)
{
    const struct pack *p = s->pack;
    for (uint32_t i = e->list.beg; i < e->list.end; i++) {
        if (e->kind == PACK_ANY && has_regex(s, p->index[i]))
            return true;
        if (e->kind == PACK_ANY)
            continue;
        if (has_regex(s, p->steps[i].evid))
            return true;
        for (uint32_t k = p->steps[i].without.beg;
             k < p->steps[i].without.end; k++)
            if (has_regex(s, p->index[k]))
                return true;
    }
    return false;
}

/* Is a regex among what the evidence is made of? */
static bool has_regex(struct scratch *s, uint32_t evid)
{
    const struct pack_evid *e = &s->pack->evids[evid];
    if (s->traits[evid] & TRAIT_KNOWN)
        return (s->traits[evid] & TRAIT_REGEX) != 0;
    s->traits[evid] = TRAIT_KNOWN;
    bool has = e->kind == PACK_REGEX ||
        ((e->kind == PACK_SEQUENCE || e->kind == PACK_ANY) &&
            list_has_regex(s, e));
    s->traits[evid] = (uint8_t)(TRAIT_KNOWN | (has ? TRAIT_REGEX : 0));
    return has;
}

static struct sents sequence_sents(
    struct scratch *s, uint32_t evid, enum sents_price price)
{
    const struct pack_evid *e = &s->pack->evids[evid];
    struct sents out = {everywhere, false};
    for (uint32_t i = e->list.beg; i < e->list.end && out.bits; i++)
        out = both(out, evid_sents(s, s->pack->steps[i].evid, price));
    if (out.bits && price >= SENTS_WORDS && !has_regex(s, evid))
        return hits_sents(s, evid_hits(s, evid));
    return out;
}

static struct sents any_sents(
    struct scratch *s, const struct pack_evid *e, enum sents_price price)
{
    struct sents out = {0, false};
    for (uint32_t i = e->list.beg; i < e->list.end; i++)
        out = either(out, evid_sents(s, s->pack->index[i], price));
    return out;
}

static struct sents find_sents(
    struct scratch *s, uint32_t evid, enum sents_price price)
{
    const struct pack_evid *e = &s->pack->evids[evid];
    switch ((enum pack_evid_kind)e->kind) {
    case PACK_LEXICON:
        return price >= SENTS_WORDS ? hits_sents(s, evid_hits(s, evid))
                                    : lexicon_sents(s, e->a);
    case PACK_DETECT:
        if (price >= SENTS_WORDS)
            return hits_sents(s, evid_hits(s, evid));
        return detect_possible(s, e->a) ? (struct sents){everywhere, true}
                                        : (struct sents){0, false};
    case PACK_WEIGH: /* what the rule asks of other weights is asked first */
        return price >= SENTS_FULL && evid_hits(s, evid)->count == 0
            ? (struct sents){0, false}
            : (struct sents){everywhere, true};
    case PACK_REGEX:
        return regex_sents(s, e->a, price);
    case PACK_SEQUENCE:
        return sequence_sents(s, evid, price);
    case PACK_ANY:
        return any_sents(s, e, price);
    }
    return (struct sents){everywhere, true};
}

struct sents evid_sents(
    struct scratch *s, uint32_t evid, enum sents_price price)
{
    struct sents_known *known = &s->evid_sents[price][evid];
    if (known->post == s->post)
        return known->sents;
    const struct pack_evid *e = &s->pack->evids[evid];
    if (e->kind == PACK_LEXICON && s->lexicon_first[e->a] == 0)
        return (struct sents){0, false};
    /* Should a circle have slipped through. */
    *known = (struct sents_known){{everywhere, true}, s->post};
    struct sents out = {0, false};
    /* What is told to be nowhere at a lower price costs no more. */
    if (price == SENTS_CHEAP ||
        evid_sents(s, evid, (enum sents_price)(price - 1)).bits != 0)
        out = find_sents(s, evid, price);
    *known = (struct sents_known){out, s->post};
    return out;
}

/* ---- conditions ------------------------------------------------------------------ */

/* Where an anchor could stand so that a condition holds for it. */
struct asked {
    struct scratch *s;
    enum sents_price price;
    struct window window;
    bool forced; /* the window is an entry's own: guards keep it */
    bool wide;   /* of the whole post, not of sentences */
};

static uint64_t cond_bits(const struct asked *q, uint32_t cond);

/* Sentences whose window reaches one of these. */
static uint64_t in_reach(const struct asked *q, uint64_t bits)
{
    if (bits == 0 || q->wide || q->window.unit == WINDOW_POST ||
        q->window.unit == WINDOW_TOKENS)
        return bits ? everywhere : 0;
    if (q->window.unit == WINDOW_SENTENCES)
        for (uint32_t i = 1; i < q->window.count; i++)
            bits |= bits << 1 | bits >> 1;
    return bits;
}

static uint64_t name_bits(const struct asked *q, uint32_t evid)
{
    if (evid == PACK_NONE)
        return everywhere;
    return in_reach(q, evid_sents(q->s, evid, q->price).bits);
}

static uint64_t fact_bits(const struct asked *q, const struct pack_cond *c)
{
    uint64_t bits = 0;
    double number = 0;
    if (c->a == PACK_NONE || q->price == SENTS_CHEAP ||
        has_regex(q->s, c->a) || evid_sents(q->s, c->a, q->price).bits == 0)
        return name_bits(q, c->a);
    const struct hits *hits = evid_hits(q->s, c->a);
    for (size_t i = 0; i < hits->count; i++)
        if (hit_fact(q->s, &hits->items[i], c->b, &number) &&
            number_fits(number, c->cmp, c->number))
            bits |= hit_sents(q->s, &hits->items[i]).bits;
    return in_reach(q, bits);
}

static uint64_t any_bits(const struct asked *q, struct pack_list list)
{
    uint64_t bits = 0;
    for (uint32_t i = list.beg; i < list.end && bits != everywhere; i++)
        bits |= cond_bits(q, q->s->pack->index[i]);
    return bits;
}

static uint64_t all_bits(const struct asked *q, struct pack_list list)
{
    uint64_t bits = everywhere;
    for (uint32_t i = list.beg; i < list.end && bits; i++)
        bits &= cond_bits(q, q->s->pack->index[i]);
    return bits;
}

/* What a guard says in its own window is the same for every rule. */
static uint64_t guard_bits(const struct asked *q, uint32_t guard)
{
    const struct pack_guard *g = &q->s->pack->guards[guard];
    struct sents_known *known = &q->s->guard_sents[q->price][guard];
    if (q->forced || q->wide)
        return cond_bits(q, g->when);
    if (known->post != q->s->post) {
        struct asked own = {q->s, q->price, g->within, false, false};
        uint64_t bits = cond_bits(&own, g->when);
        *known = (struct sents_known){{bits, false}, q->s->post};
    }
    return known->sents.bits;
}

static uint64_t within_bits(const struct asked *q, const struct pack_cond *c)
{
    struct asked own = *q;
    own.window = c->window;
    own.forced = true;
    return cond_bits(&own, c->a);
}

static uint64_t cond_bits(const struct asked *q, uint32_t cond)
{
    const struct pack_cond *c = &q->s->pack->conds[cond];
    switch (c->op) {
    case OP_OR:
        return any_bits(q, c->list);
    case OP_AND:
        return all_bits(q, c->list);
    case OP_OF:
        return c->number >= c->list.end - c->list.beg ? all_bits(q, c->list)
            : c->number > 0                           ? any_bits(q, c->list)
                                                      : everywhere;
    case OP_NAME:
        return name_bits(q, c->a);
    case OP_FACT:
        return fact_bits(q, c);
    case OP_COUNT:
        return number_fits(0, c->cmp, c->number) ? everywhere
                                                 : name_bits(q, c->a);
    case OP_NEAR:
    case OP_BEFORE:
        return name_bits(q, c->a) & name_bits(q, c->b);
    case OP_CONTEXT:
        return context_possible(q->s, (enum context)c->a)
            ? name_bits(q, c->b)
            : 0;
    case OP_GUARD:
        return guard_bits(q, c->a);
    case OP_WITHIN:
        return within_bits(q, c);
    case OP_TERM:
        return cond_bits(q, c->a);
    case OP_PROFILE:
        return profile_is(q->s, c) ? everywhere : 0;
    default:
        return everywhere; /* not, look-ups, levels promise nothing */
    }
}

/* ---- crowds ------------------------------------------------------------------------ */

/* The most that the axes could come to for an anchor in one sentence. */
struct most {
    uint32_t axis[CROWD_AXES], points, narrow;
};

static bool level_possible(const struct asked *q, uint32_t cond,
    const struct most *most, uint64_t bit)
{
    const struct pack_cond *c = &q->s->pack->conds[cond];
    bool all = c->op == OP_AND;
    switch (c->op) {
    case OP_AND:
    case OP_OR:
        for (uint32_t i = c->list.beg; i < c->list.end; i++)
            if (level_possible(q, q->s->pack->index[i], most, bit) != all)
                return !all;
        return all;
    case OP_TERM:
        return level_possible(q, c->a, most, bit);
    case OP_AXIS:
        return c->cmp == CMP_LT || c->cmp == CMP_LE ||
            number_fits(c->a == AXIS_POINTS ? most->points
                    : c->a == AXIS_NARROW   ? most->narrow
                                            : most->axis[c->a],
                c->cmp == CMP_EQ ? CMP_GE : c->cmp, c->number);
    default:
        return (cond_bits(q, cond) & bit) != 0;
    }
}

static struct most most_at(
    const struct asked *q, const struct pack_crowd *crowd, uint64_t bit)
{
    const struct pack *p = q->s->pack;
    struct most out = {0};
    for (uint32_t i = crowd->axes.beg; i < crowd->axes.end; i++) {
        uint32_t *own = &out.axis[i - crowd->axes.beg];
        struct pack_list points = p->axes[i].points;
        for (uint32_t k = points.beg; k < points.end; k++)
            if (p->points[k].points > *own &&
                (name_bits(q, p->points[k].evid) & bit))
                *own = p->points[k].points;
        out.points += *own;
        out.narrow += *own >= 2;
    }
    return out;
}

static uint64_t crowd_bits(
    const struct asked *q, const struct pack_crowd *crowd, uint64_t bits)
{
    uint64_t out = 0;
    for (uint64_t left = bits; left; left &= left - 1) {
        uint64_t bit = left & -left;
        struct most most = most_at(q, crowd, bit);
        for (int level = LEVEL_NOTE; level <= LEVEL_ERROR && !(out & bit);
             level++)
            if (crowd->levels[level] != PACK_NONE &&
                level_possible(q, crowd->levels[level], &most, bit))
                out |= bit;
    }
    return out;
}

/* ---- rules -------------------------------------------------------------------------- */

static bool possible_at(
    struct scratch *s, const struct pack_rule *r, enum sents_price price)
{
    struct sents anchor = evid_sents(s, r->anchor, price);
    struct asked q = {s, price, r->within, false, anchor.wide};
    /* Of a wide anchor all sentences are the same: one stands for them. */
    uint64_t bits = !anchor.wide ? anchor.bits & sentence_bits(&s->text)
        : anchor.bits            ? 1
                                 : 0;
    if (bits && r->when != PACK_NONE)
        bits &= cond_bits(&q, r->when);
    if (bits && r->crowd != PACK_NONE)
        bits = crowd_bits(&q, &s->pack->crowds[r->crowd], bits);
    return bits != 0;
}

bool rule_possible(struct scratch *s, uint32_t rule)
{
    const struct pack_rule *r = &s->pack->rules[rule];
    return possible_at(s, r, SENTS_CHEAP) && possible_at(s, r, SENTS_WORDS) &&
        possible_at(s, r, SENTS_FULL);
}
