/* SPDX-License-Identifier: MIT */
/*
 * eval.c - conditions to true or false, for one anchor in its window.
 *
 * One small function for each kind of test. The gate asks the same questions of
 * whole sentences and errs on the side of yes (sents.c).
 */
#include "engine/state.h"

#include <string.h>

static bool in_window(const struct trial *t, const struct hit *h)
{
    return t->window.beg <= h->at.beg && h->at.beg < t->window.end;
}

/* ---- windows --------------------------------------------------------------- */

static uint32_t clamp_token(const struct scratch *s, uint32_t token)
{
    uint32_t last = s->text.main_count ? s->text.main_count - 1 : 0;
    return token > last ? last : token;
}

static struct span around_tokens(
    const struct scratch *s, struct span around, uint32_t count)
{
    uint32_t beg, end;
    text_tokens(&s->text, around, &beg, &end);
    if (s->text.main_count == 0)
        return around;
    if (beg >= s->text.main_count)
        beg = end = s->text.main_count;
    uint32_t first = beg > count ? beg - count : 0;
    uint32_t last = clamp_token(s, end + count - (end > 0));
    struct span w = {
        s->text.tokens[clamp_token(s, first)].at.beg,
        s->text.tokens[last].at.end,
    };
    if (around.beg < w.beg)
        w.beg = around.beg;
    if (around.end > w.end)
        w.end = around.end;
    return w;
}

static struct span around_sentences(
    const struct scratch *s, struct span around, uint32_t more)
{
    const struct text *t = &s->text;
    uint32_t first = text_sentence_at(t, around.beg);
    uint32_t last = first;
    while (last + 1 < t->main_sentences &&
        t->sentences[last + 1].at.beg < around.end)
        last++;
    first = first > more ? first - more : 0;
    last = last + more < t->main_sentences ? last + more
                                           : t->main_sentences - 1;
    return (struct span){t->sentences[first].at.beg, t->sentences[last].at.end};
}

static struct span around_clause(const struct scratch *s, struct span around)
{
    const struct text *t = &s->text;
    uint32_t beg, end;
    text_tokens(t, around, &beg, &end);
    if (beg >= t->token_count)
        return around_sentences(s, around, 0);
    uint32_t last = end > beg ? end - 1 : beg;
    while (beg > 0 && s->clause_of[beg - 1] == s->clause_of[beg])
        beg--;
    while (last + 1 < t->token_count &&
        s->clause_of[last + 1] == s->clause_of[last])
        last++;
    struct span w = {t->tokens[beg].at.beg, t->tokens[last].at.end};
    if (around.beg < w.beg)
        w.beg = around.beg;
    if (around.end > w.end)
        w.end = around.end;
    return w;
}

struct span window_span(
    const struct scratch *s, struct window w, struct span around)
{
    struct span all = {0, (uint32_t)s->text.folded.len + 1};
    if (s->text.main_sentences == 0)
        return all;
    switch (w.unit) {
    case WINDOW_POST:
        return all;
    case WINDOW_CLAUSE:
        return around_clause(s, around);
    case WINDOW_TOKENS:
        return around_tokens(s, around, w.count);
    case WINDOW_NONE:
    case WINDOW_SENTENCES:
        break;
    }
    return around_sentences(s, around, w.count > 1 ? w.count - 1 : 0);
}

/* ---- what a name stands for -------------------------------------------------- */

static const struct hit *member_of(const struct hit *h, uint32_t evid)
{
    for (uint32_t i = 0; i < h->member_count; i++) {
        if (h->members[i].evidence == evid)
            return h->members[i].hit;
        const struct hit *inner = member_of(h->members[i].hit, evid);
        if (inner)
            return inner;
    }
    return NULL;
}

static bool is_anchor(const struct trial *t, uint32_t evid)
{
    return evid == PACK_NONE ||
        (t->rule != PACK_NONE && evid == t->s->pack->rules[t->rule].anchor);
}

/* The very hit, where the name is the anchor or a member of it. */
static const struct hit *own_hit(const struct trial *t, uint32_t evid)
{
    if (is_anchor(t, evid))
        return t->anchor;
    return member_of(t->anchor, evid);
}

static bool is_removed(const struct trial *t, uint32_t evid)
{
    if (t->removed == 0)
        return false;
    const struct pack *p = t->s->pack;
    const struct pack_crowd *c = &p->crowds[p->rules[t->rule].crowd];
    for (uint32_t i = c->axes.beg; i < c->axes.end; i++)
        for (uint32_t j = p->axes[i].points.beg; j < p->axes[i].points.end; j++)
            if (p->points[j].evid == evid &&
                (t->removed & (1u << (i - c->axes.beg))))
                return true;
    return false;
}

/* Hits of a name that count here, one after the other: *state is 0 at first. */
static const struct hit *next_hit(
    const struct trial *t, uint32_t evid, uint32_t *state)
{
    const struct hit *own = own_hit(t, evid);
    if (own)
        return (*state)++ == 0 ? own : NULL;
    if (is_removed(t, evid))
        return NULL;
    const struct hits *hits = evid_hits(t->s, evid);
    if (*state == 0)
        *state = hits_from(hits, t->window.beg) + 1;
    if (*state - 1 >= hits->count || !in_window(t, &hits->items[*state - 1]))
        return NULL;
    return &hits->items[(*state)++ - 1];
}

static uint32_t span_distance(struct span a, struct span b)
{
    if (a.end <= b.beg)
        return b.beg - a.end;
    return b.end <= a.beg ? a.beg - b.end : 0;
}

const struct hit *trial_hit(const struct trial *t, uint32_t evid)
{
    const struct hit *best = NULL, *h;
    uint32_t state = 0;
    while ((h = next_hit(t, evid, &state)) != NULL)
        if (!best ||
            span_distance(h->at, t->anchor->at) <
                span_distance(best->at, t->anchor->at))
            best = h;
    return best;
}

/* ---- tests --------------------------------------------------------------------- */

static bool any_fact(const struct trial *t, const struct pack_cond *c)
{
    const struct hit *h;
    uint32_t state = 0;
    double number = 0;
    while ((h = next_hit(t, c->a, &state)) != NULL)
        if (hit_fact(t->s, h, c->b, &number) &&
            number_fits(number, c->cmp, c->number))
            return true;
    return false;
}

static bool any_context(const struct trial *t, const struct pack_cond *c)
{
    enum context context = (enum context)c->a;
    const struct hit *h;
    uint32_t state = 0;

    if (c->b == PACK_NONE)
        return context_holds(t->s, context, t->anchor, t->anchor);
    while ((h = next_hit(t, c->b, &state)) != NULL)
        if (context_holds(t->s, context, h, t->anchor))
            return true;
    return false;
}

/* Tokens between two hits; 0 if they touch or overlap. */
static uint32_t token_distance(const struct hit *a, const struct hit *b)
{
    if (a->tok_end <= b->tok_beg)
        return b->tok_beg - a->tok_end;
    return b->tok_end <= a->tok_beg ? a->tok_beg - b->tok_end : 0;
}

static bool any_near(const struct trial *t, const struct pack_cond *c)
{
    const struct hit *a, *b;
    uint32_t a_state = 0;
    while ((a = next_hit(t, c->a, &a_state)) != NULL) {
        uint32_t b_state = 0;
        while ((b = next_hit(t, c->b, &b_state)) != NULL)
            if (a != b && token_distance(a, b) <= c->number)
                return true;
    }
    return false;
}

static bool any_before(const struct trial *t, const struct pack_cond *c)
{
    const struct hit *a, *b;
    uint32_t a_state = 0;
    while ((a = next_hit(t, c->a, &a_state)) != NULL) {
        uint32_t b_state = 0;
        while ((b = next_hit(t, c->b, &b_state)) != NULL)
            if (a->at.end <= b->at.beg &&
                (c->number < 0 || token_distance(a, b) <= c->number))
                return true;
    }
    return false;
}

static bool same_words(const struct scratch *s, const struct hit *a,
    const struct hit *b)
{
    if (a->entry != 0 || b->entry != 0)
        return a->entry == b->entry;
    return str_eq(str_part(s->text.folded, a->at.beg, a->at.end),
        str_part(s->text.folded, b->at.beg, b->at.end));
}

static double count_different(const struct trial *t, uint32_t evid)
{
    enum { COUNT_MAX = 64 };
    const struct hit *seen[COUNT_MAX], *h;
    uint32_t count = 0;
    /* Speaks of the window even where the name is the anchor. */
    if (evid == PACK_NONE && t->rule == PACK_NONE)
        return 1;
    if (evid == PACK_NONE)
        evid = t->s->pack->rules[t->rule].anchor;
    if (is_removed(t, evid))
        return 0;
    const struct hits *hits = evid_hits(t->s, evid);
    for (size_t i = hits_from(hits, t->window.beg);
         i < hits->count && count < COUNT_MAX; i++) {
        bool is_new = true;
        h = &hits->items[i];
        if (!in_window(t, h))
            break;
        for (uint32_t j = 0; j < count && is_new; j++)
            is_new = !same_words(t->s, seen[j], h);
        if (is_new)
            seen[count++] = h;
    }
    return count;
}

/* ---- look-ups -------------------------------------------------------------------- */

static bool key_fits(uint32_t kind, uint32_t value, const struct hit *h)
{
    if (kind == KEY_ANY)
        return true;
    if (!h || h->entry == 0)
        return false;
    if (kind == KEY_ENTRY)
        return h->entry == value + 1;
    /* The entry's tags are facts of the hit. */
    for (uint32_t i = 0; i < h->fact_count; i++)
        if (h->facts[i].id == value)
            return true;
    return false;
}

enum { LOOKUP_NEAR = 6 };

static uint32_t row_for(const struct pack *p, const struct pack_table *table,
    const struct hit *const *args)
{
    uint32_t keys = table->keys.end - table->keys.beg;
    for (uint32_t r = table->rows.beg; r < table->rows.end; r++) {
        const uint32_t *key = &p->index[p->rows[r].keys.beg];
        bool fits = true;
        for (uint32_t k = 0; k < keys && fits; k++)
            fits = key_fits(key[2 * k], key[2 * k + 1], args[k]);
        if (fits)
            return r;
    }
    return PACK_NONE;
}

/* args: LOOKUP_KEYS of them, null past those of the table. */
static uint32_t row_once(struct scratch *s, const struct pack_table *table,
    const struct hit *const args[LOOKUP_KEYS])
{
    for (size_t i = 0; i < LOOKUP_MEMOS; i++)
        if (s->lookups[i].table == table &&
            memcmp(s->lookups[i].args, args, sizeof s->lookups[i].args) == 0)
            return s->lookups[i].row;
    struct lookup_memo *m = &s->lookups[s->lookup_next++ % LOOKUP_MEMOS];
    m->table = table;
    memcpy(m->args, args, sizeof m->args);
    m->row = row_for(s->pack, table, args);
    return m->row;
}

struct lookup {
    const struct hit *near[LOOKUP_KEYS][LOOKUP_NEAR];
    uint32_t count[LOOKUP_KEYS];
    uint32_t keys;
};

/* The nearest hits of each argument, nearest first. */
static void lookup_prepare(
    struct trial *t, const struct pack_cond *c, struct lookup *l)
{
    l->keys = c->list.end - c->list.beg;
    for (uint32_t k = 0; k < l->keys; k++) {
        uint32_t evid = t->s->pack->index[c->list.beg + k], state = 0;
        const struct hit *h;
        l->count[k] = 0;
        while ((h = next_hit(t, evid, &state)) != NULL) {
            uint32_t at = l->count[k];
            if (at < LOOKUP_NEAR)
                l->count[k]++;
            else if (span_distance(h->at, t->anchor->at) >=
                span_distance(l->near[k][--at]->at, t->anchor->at))
                continue;
            while (at > 0 &&
                span_distance(l->near[k][at - 1]->at, t->anchor->at) >
                    span_distance(h->at, t->anchor->at)) {
                l->near[k][at] = l->near[k][at - 1];
                at--;
            }
            l->near[k][at] = h;
        }
        if (l->count[k] == 0)
            l->near[k][l->count[k]++] = NULL;
    }
}

/* Tries all combinations, the nearest hits first. */
uint32_t lookup_row(struct trial *t, const struct pack_cond *c)
{
    const struct pack_table *table = &t->s->pack->tables[c->a];
    struct lookup l;
    lookup_prepare(t, c, &l);
    uint32_t at[LOOKUP_KEYS] = {0};
    for (;;) {
        const struct hit *args[LOOKUP_KEYS] = {NULL};
        uint32_t k = l.keys;
        for (uint32_t i = 0; i < l.keys; i++)
            args[i] = l.near[i][at[i]];
        uint32_t row = row_once(t->s, table, args);
        if (row != PACK_NONE)
            return row;
        while (k > 0 && ++at[k - 1] == l.count[k - 1])
            at[--k] = 0;
        if (k == 0)
            return PACK_NONE;
    }
}

uint32_t lookup_answer(struct trial *t, const struct pack_cond *lookup)
{
    const struct pack_table *table = &t->s->pack->tables[lookup->a];
    uint32_t row = lookup_row(t, lookup);
    if (row == PACK_NONE)
        return table->answers.end - table->answers.beg - 1;
    return t->s->pack->rows[row].answer;
}

/* ---- profile ------------------------------------------------------------------------ */

bool profile_is(const struct scratch *s, const struct pack_cond *c)
{
    const struct str *value = &s->profile->value[c->a];
    if (c->b == PACK_NONE)
        return value->len == 0;
    return value->len != 0 &&
        profile_fits(*value, pack_text(s->pack, s->pack->strs[c->b]),
            (enum profile_key)c->a);
}

/* ---- conditions ----------------------------------------------------------------------- */

static bool any_name(const struct trial *t, uint32_t evid)
{
    uint32_t state = 0;
    return next_hit(t, evid, &state) != NULL;
}

static bool holds_of(struct trial *t, const struct pack_cond *c)
{
    double count = 0;
    for (uint32_t i = c->list.beg; i < c->list.end; i++)
        count += cond_holds(t, t->s->pack->index[i]) ? 1 : 0;
    return count >= c->number;
}

static bool holds_guard(struct trial *t, const struct pack_cond *c)
{
    const struct pack_guard *g = &t->s->pack->guards[c->a];
    struct trial inner = *t;
    if (!t->forced)
        inner.window = window_span(t->s, g->within, t->anchor->at);
    return cond_holds(&inner, g->when);
}

static bool holds_within(struct trial *t, const struct pack_cond *c)
{
    struct trial inner = *t;
    inner.window = window_span(t->s, c->window, t->anchor->at);
    inner.forced = true;
    return cond_holds(&inner, c->a);
}

static bool holds_axis(const struct trial *t, const struct pack_cond *c)
{
    double value = c->a == AXIS_POINTS ? t->points
        : c->a == AXIS_NARROW          ? t->narrow
                                       : t->axis_points[c->a];
    return number_fits(value, c->cmp, c->number);
}

static bool holds_list(struct trial *t, const struct pack_cond *c, bool all)
{
    for (uint32_t i = c->list.beg; i < c->list.end; i++)
        if (cond_holds(t, t->s->pack->index[i]) != all)
            return !all;
    return all;
}

static bool holds(struct trial *t, const struct pack_cond *c)
{
    switch (c->op) {
    case OP_OR:
        return holds_list(t, c, false);
    case OP_AND:
        return holds_list(t, c, true);
    case OP_NOT:
        return !cond_holds(t, c->a);
    case OP_OF:
        return holds_of(t, c);
    case OP_NAME:
        return any_name(t, c->a);
    case OP_ANCHOR:
        return true;
    case OP_FACT:
        return any_fact(t, c);
    case OP_OWN:
        return hit_where(t->s, t->anchor, (uint32_t)(c - t->s->pack->conds));
    case OP_GUARD:
        return holds_guard(t, c);
    case OP_CONTEXT:
        return any_context(t, c);
    case OP_NEAR:
        return any_near(t, c);
    case OP_BEFORE:
        return any_before(t, c);
    case OP_COUNT:
        return number_fits(count_different(t, c->a), c->cmp, c->number);
    case OP_LOOKUP:
        return lookup_answer(t, c) == c->b;
    case OP_PROFILE:
        return profile_is(t->s, c);
    case OP_LEVEL:
        return t->level == (enum level)c->a;
    case OP_AXIS:
        return holds_axis(t, c);
    case OP_TERM:
        return cond_holds(t, c->a);
    case OP_WITHIN:
        return holds_within(t, c);
    default:
        return false;
    }
}

bool cond_holds(struct trial *t, uint32_t cond)
{
    const struct pack_cond *c = &t->s->pack->conds[cond];
    /* What a crowd would be without some of its details is not told. */
    if (t->s->options->trace_rule != t->rule || t->removed)
        return holds(t, c);
    t->depth++;
    bool truth = holds(t, c);
    trace_test(t, cond, truth,
        c->op == OP_NAME ? trial_hit(t, c->a) : NULL);
    t->depth--;
    return truth;
}
