/* SPDX-License-Identifier: MIT */
/*
 * compile_rate.c - of how many posts is a rule a candidate, by its words?
 *
 * An estimate from the common-word list, for authors: a rule may ask for a word
 * as common as "seen" and still be cheap where it asks for "scan" beside it. Of
 * parts joined by `and` (the anchor, `when`, members of a sequence) the shares
 * are multiplied, as if they stood by themselves; of alternatives they are added.
 * Detectors and regexes that need some literal or digit are triggers in
 * themselves: how often those are met is measured (rules bench), not guessed.
 */
#include "author/compiler.h"

static const double trigger_rate = 0.01;

struct rater {
    struct compiler *c;
    uint32_t anchor;
    bool *counted; /* evidence that the anchor is made of */
};

static double at_most_one(double sum)
{
    return sum < 1 ? sum : 1;
}

static double rate_lexicon(const struct compiler *c, uint32_t lexicon)
{
    const struct made_lexicon *l = &c->lexicons.items[lexicon];
    double sum = 0;
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->items[i]->count; k++)
            sum += (double)c->phrase_rate.items[l->items[i]->spellings[k].phrase];
    return at_most_one(sum);
}

static double rate_regex(const struct compiler *c, uint32_t regex)
{
    const struct pack_regex *r = &c->out.regexes.items[regex];
    bool asks = r->features != 0 || r->literals.beg != r->literals.end;
    return asks ? trigger_rate : 1;
}

/* Zones where posts seldom have text. */
static bool is_rare_zone(uint32_t zones)
{
    return (zones &
               (ZONE_BIT(ZONE_BODY) | ZONE_BIT(ZONE_ALT) | ZONE_BIT(ZONE_PROSE) |
                   ZONE_BIT(ZONE_HEAD))) == 0;
}

/* mark: notes what it is made of, so that nothing is counted twice. */
static double rate_evid(struct rater *x, uint32_t evid, bool mark)
{
    const struct pack_evid e = x->c->out.evids.items[evid];
    double rate = 1;
    if (mark)
        x->counted[evid] = true;
    else if (x->counted[evid])
        return 1;
    if (is_rare_zone(e.zones))
        return trigger_rate;
    switch ((enum pack_evid_kind)e.kind) {
    case PACK_LEXICON:
        return rate_lexicon(x->c, e.a);
    case PACK_DETECT:
        return trigger_rate;
    case PACK_REGEX:
        return rate_regex(x->c, e.a);
    case PACK_WEIGH:
        return trigger_rate;
    case PACK_SEQUENCE:
        for (uint32_t i = e.list.beg; i < e.list.end; i++)
            rate *= rate_evid(x, x->c->out.steps.items[i].evid, mark);
        return rate;
    case PACK_ANY:
        rate = 0;
        for (uint32_t i = e.list.beg; i < e.list.end; i++)
            rate += rate_evid(x, x->c->out.index.items[i], mark);
        return at_most_one(rate);
    }
    return 1;
}

static double rate_name(struct rater *x, uint32_t evid)
{
    return evid == PACK_NONE || evid == x->anchor ? 1
                                                  : rate_evid(x, evid, false);
}

static double rate_cond(struct rater *x, uint32_t cond)
{
    const struct pack_cond n = x->c->out.conds.items[cond];
    double rate = n.op == OP_OR ? 0 : 1;
    switch (n.op) {
    case OP_OR:
        for (uint32_t i = n.list.beg; i < n.list.end; i++)
            rate += rate_cond(x, x->c->out.index.items[i]);
        return at_most_one(rate);
    case OP_AND:
        for (uint32_t i = n.list.beg; i < n.list.end; i++)
            rate *= rate_cond(x, x->c->out.index.items[i]);
        return rate;
    case OP_NAME:
    case OP_FACT:
        return rate_name(x, n.a);
    case OP_NEAR:
    case OP_BEFORE:
        return rate_name(x, n.a) * rate_name(x, n.b);
    case OP_GUARD:
        return rate_cond(x, x->c->out.guards.items[n.a].when);
    case OP_WITHIN:
    case OP_TERM:
        return rate_cond(x, n.a);
    default:
        return 1;
    }
}

double rate_of_rule(struct compiler *c, const struct pack_rule *r)
{
    struct rater x = {
        .c = c,
        .anchor = r->anchor,
        .counted = ARENA_NEW(c->a, bool, c->out.evids.count + 1),
    };
    double rate = rate_evid(&x, r->anchor, true);
    if (r->when != PACK_NONE)
        rate *= rate_cond(&x, r->when);
    return rate;
}
