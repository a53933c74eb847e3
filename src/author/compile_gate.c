/* SPDX-License-Identifier: MIT */
/*
 * compile_gate.c - what must stand in a post before a rule can fire.
 *
 * For each rule the cheapest set of atoms is chosen such that a finding needs
 * one of them: of parts joined by `and` (members of a sequence, the anchor and
 * `when`) the cheapest part, of parts joined by `or` all parts. An atom is a
 * lexicon (one of its phrases), a detector or a regex with a required literal.
 * `not`, contexts, facts and look-ups promise nothing.
 */
#include <string.h>

#include "author/compiler.h"
#include "match/detect.h"

enum atom_kind { ATOM_LEXICON, ATOM_DETECT, ATOM_REGEX };

struct atom {
    enum atom_kind kind;
    uint32_t a;
};

struct atoms {
    struct atom *items;
    size_t count, cap;
    double cost;  /* how often they stand in a post, roughly */
    bool none;    /* nothing is promised */
    bool common;  /* a phrase of common words is among them */
};

static const struct atoms nothing = {.none = true, .cost = 1e9};

/* In shares of posts, as phrases are rated. The literals of a regex are looked
   for in every post, which costs as much as some proposals for nothing do;
   cost_digit: any digit of a post lets it in. */
static const double cost_detect = 0.3, cost_regex = 0.2, cost_digit = 0.6;

static struct atoms of_lexicon(struct compiler *c, uint32_t lexicon)
{
    const struct made_lexicon *l = &c->lexicons.items[lexicon];
    struct atoms out = {0};
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->items[i]->count; k++) {
            uint32_t phrase = l->items[i]->spellings[k].phrase;
            out.cost += (double)c->phrase_rate.items[phrase];
            out.common |= c->phrase_rank.items[phrase] == 2;
        }
    *VEC_PUSH(c->a, &out) = (struct atom){ATOM_LEXICON, lexicon};
    return out;
}

static struct atoms of_one(
    struct compiler *c, enum atom_kind kind, uint32_t a, double cost)
{
    struct atoms out = {.cost = cost};
    *VEC_PUSH(c->a, &out) = (struct atom){kind, a};
    return out;
}

static struct atoms either(
    struct compiler *c, struct atoms a, struct atoms b)
{
    if (a.none || b.none)
        return nothing;
    for (size_t i = 0; i < b.count; i++)
        *VEC_PUSH(c->a, &a) = b.items[i];
    a.cost += b.cost;
    a.common |= b.common;
    return a;
}

static struct atoms cheaper(struct atoms a, struct atoms b)
{
    return b.cost < a.cost ? b : a;
}

static struct atoms of_evid(struct compiler *c, uint32_t evid)
{
    struct pack_evid e = c->out.evids.items[evid];
    struct atoms out = {0};

    switch ((enum pack_evid_kind)e.kind) {
    case PACK_LEXICON:
        return of_lexicon(c, e.a);
    case PACK_DETECT:
        return of_one(c, ATOM_DETECT, e.a, cost_detect);
    case PACK_REGEX:
        if (c->out.regexes.items[e.a].features == 0 &&
            c->out.regexes.items[e.a].literals.beg ==
                c->out.regexes.items[e.a].literals.end)
            return nothing;
        return of_one(c, ATOM_REGEX, e.a,
            c->out.regexes.items[e.a].features ? cost_digit : cost_regex);
    case PACK_WEIGH: /* every post has a weight */
        return nothing;
    case PACK_SEQUENCE:
        out = nothing;
        for (uint32_t i = e.list.beg; i < e.list.end; i++)
            out = cheaper(out, of_evid(c, c->out.steps.items[i].evid));
        return out;
    case PACK_ANY:
        for (uint32_t i = e.list.beg; i < e.list.end; i++)
            out = either(c, out, of_evid(c, c->out.index.items[i]));
        return out;
    }
    return nothing;
}

static struct atoms of_name(
    struct compiler *c, uint32_t evid, uint32_t anchor)
{
    return of_evid(c, evid == PACK_NONE ? anchor : evid);
}

static struct atoms of_cond(
    struct compiler *c, uint32_t cond, uint32_t anchor)
{
    struct pack_cond n = c->out.conds.items[cond];
    struct atoms out = {0};

    switch (n.op) {
    case OP_OR:
        for (uint32_t i = n.list.beg; i < n.list.end; i++)
            out = either(c, out, of_cond(c, c->out.index.items[i], anchor));
        return out;
    case OP_AND:
        out = nothing;
        for (uint32_t i = n.list.beg; i < n.list.end; i++)
            out = cheaper(out, of_cond(c, c->out.index.items[i], anchor));
        return out;
    case OP_NAME:
    case OP_FACT:
        return of_name(c, n.a, anchor);
    case OP_NEAR:
    case OP_BEFORE:
        return cheaper(of_name(c, n.a, anchor), of_name(c, n.b, anchor));
    case OP_GUARD:
        return of_cond(c, c->out.guards.items[n.a].when, anchor);
    case OP_WITHIN:
    case OP_TERM:
        return of_cond(c, n.a, anchor);
    default:
        return nothing;
    }
}

/* ---- into the pack -------------------------------------------------------------- */

struct rule_atoms {
    struct rule_atom {
        struct atom atom;
        uint32_t rule;
    } *items;
    size_t count, cap;
};

static void put_trigger(struct compiler *c, const struct rule_atoms *all,
    struct atom atom, uint32_t kind)
{
    uint32_t *rules = ARENA_NEW(c->a, uint32_t, all->count);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].atom.kind == atom.kind &&
            all->items[i].atom.a == atom.a)
            rules[count++] = all->items[i].rule;
    *VEC_PUSH(c->a, &c->out.triggers) =
        (struct pack_trigger){kind, atom.a, put_index(c, rules, count)};
}

static bool is_first(const struct rule_atoms *all, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (all->items[k].atom.kind == all->items[i].atom.kind &&
            all->items[k].atom.a == all->items[i].atom.a)
            return false;
    return true;
}

/* Rules that each lexicon proposes. */
static struct pack_list *lexicon_rules(
    struct compiler *c, const struct rule_atoms *all)
{
    struct pack_list *lists =
        ARENA_NEW(c->a, struct pack_list, c->lexicons.count + 1);
    uint32_t *rules = ARENA_NEW(c->a, uint32_t, all->count);
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].atom.kind != ATOM_LEXICON || !is_first(all, i))
            continue;
        size_t count = 0;
        for (size_t k = i; k < all->count; k++)
            if (all->items[k].atom.kind == ATOM_LEXICON &&
                all->items[k].atom.a == all->items[i].atom.a)
                rules[count++] = all->items[k].rule;
        lists[all->items[i].atom.a] = put_index(c, rules, count);
    }
    return lists;
}

/* Phrases of one lexicon propose the same rules: their list stands once. */
static struct pack_list put_shared(
    struct compiler *c, struct map *known, const uint32_t *rules, size_t count)
{
    struct str key = {(const char *)rules, count * sizeof *rules};
    if (count == 0)
        return (struct pack_list){0, 0};
    uint32_t *at = map_find(known, key);
    if (at)
        return (struct pack_list){*at, *at + (uint32_t)count};
    struct pack_list list = put_index(c, rules, count);
    *map_put(c->a, known, arena_copy(c->a, key), NULL) = list.beg;
    return list;
}

static void put_phrase_triggers(
    struct compiler *c, const struct pack_list *lists)
{
    uint32_t *rules = ARENA_NEW(c->a, uint32_t, c->out.rules.count + 1);
    uint8_t *told = ARENA_NEW(c->a, uint8_t, c->out.rules.count + 1);
    struct map known = {0};
    for (size_t p = 0; p < c->out.phrases.count; p++) {
        struct pack_list members = c->out.phrases.items[p].members;
        size_t count = 0;
        for (uint32_t m = members.beg; m < members.end; m++) {
            struct pack_list from = lists[c->out.members.items[m].lexicon];
            for (uint32_t i = from.beg; i < from.end; i++) {
                uint32_t rule = c->out.index.items[i];
                if (!told[rule]) {
                    told[rule] = 1;
                    rules[count++] = rule;
                }
            }
        }
        c->out.phrases.items[p].triggers = put_shared(c, &known, rules, count);
        for (size_t i = 0; i < count; i++)
            told[rules[i]] = 0;
    }
}

/* A rule without any trigger is judged on every post. One whose words are all
   common may still be rare by their combination. */
static void tell_no_trigger(
    struct compiler *c, const struct pack_rule *r, const struct atoms *best)
{
    const double limit = 0.02;
    struct str id = {c->out.text.items + r->id.off, r->id.len};
    struct str file = {c->out.text.items + r->at.file.off, r->at.file.len};
    struct where at = {arena_copy(c->a, file).ptr, r->at.line, r->at.col,
        (uint32_t)id.len};
    if (r->exempt.len > 0 || (!best->none && !best->common) ||
        c->out.evids.items[r->anchor].kind == PACK_WEIGH)
        return;
    double rate = rate_of_rule(c, r);
    if (best->none && rate > limit)
        problem_add(c->problems, at, "no-trigger",
            "ask for a word, a number or a sign beside it, or give the reason "
            "under `exempt` in pack.yaml",
            "nothing says which posts the rule " STR_FMT " need not read",
            STR_ARG(id));
    else if (rate > limit)
        problem_warn(c->problems, at, "common-words",
            "ask for a rarer word, a phrase of three words, a number or a sign "
            "beside it, or give the reason under `exempt` in pack.yaml",
            "by its words the rule " STR_FMT
            " would read about %.0f of a hundred posts",
            STR_ARG(id), rate * 100);
}

void gate_compile(struct compiler *c)
{
    struct rule_atoms all = {0};

    for (uint32_t i = 0; i < c->out.rules.count; i++) {
        struct pack_rule *r = &c->out.rules.items[i];
        struct atoms best = of_evid(c, r->anchor);
        if (r->when != PACK_NONE)
            best = cheaper(best, of_cond(c, r->when, r->anchor));
        tell_no_trigger(c, r, &best);
        r->always = best.none;
        for (size_t k = 0; !best.none && k < best.count; k++)
            *VEC_PUSH(c->a, &all) = (struct rule_atom){best.items[k], i};
    }
    put_phrase_triggers(c, lexicon_rules(c, &all));
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].atom.kind == ATOM_LEXICON || !is_first(&all, i))
            continue;
        put_trigger(c, &all, all.items[i].atom,
            all.items[i].atom.kind == ATOM_DETECT ? 0 : 1);
    }
}
