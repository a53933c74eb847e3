/* SPDX-License-Identifier: MIT */
/*
 * pin.c - is every part of a rule held by an example?
 *
 * Each part is taken out in turn, in a copy of the compiled pack: a clause of
 * `and` becomes true, one of `or`, an `unless` and an adjustment false; an
 * alternative, an allow entry, a `where`, a `without` is struck out; a cell of a
 * scale becomes silent. Then the examples of every rule that reaches the part
 * are judged again, until one changes. If none does, nobody would notice if the
 * part went wrong.
 *
 * Most judging is saved by what the first run saw: a test that never was false
 * in an example cannot change it by becoming true, and an alternative that was
 * not found there cannot change it by going away.
 */
#include <string.h>

#include "author/condtext.h"
#include "author/reach.h"
#include "author/ruletest.h"
#include "base/map.h"

enum target_kind {
    TARGET_TRUE,    /* a: condition that becomes true */
    TARGET_FALSE,   /* a: condition that becomes false */
    TARGET_KID,     /* a: evidence of kind PACK_ANY; b: which of its list */
    TARGET_WITHOUT, /* a: step; b: which of its list */
    TARGET_WHERE,   /* a: evidence */
    TARGET_ENTRY,   /* a: lexicon; b: entry */
    TARGET_POINT,   /* a: point of a crowd's axis */
    TARGET_CELL     /* a: place in the index; b: scale */
};

struct target {
    enum target_kind kind;
    uint32_t a, b;
    struct pack_where at;
};

/* A rule, or a guard: GUARD_BIT | its number. */
#define GUARD_BIT (1u << 31)

struct claim {
    uint32_t target, owner;
};

struct pins {
    struct ruletest *t;
    const struct pack *pack; /* the copy */
    struct arena *arena;
    struct examiner examiner;
    struct map target_of;
    VEC(struct target) targets;
    VEC(struct claim) claims; /* owner by owner */
    uint32_t owner;           /* whose claims are being made */
    /* what the first run saw of each example */
    uint8_t **found, **held, **missed;
    uint32_t watched; /* example */
    struct err *err;
};

/* ---- what there is to take out ------------------------------------------------ */

static void add_target(struct pins *x, enum target_kind kind, uint32_t a,
    uint32_t b, struct pack_where at)
{
    uint32_t key[3] = {kind, a, b};
    struct str bytes = arena_copy(
        x->arena, (struct str){(const char *)key, sizeof key});
    bool is_new;
    uint32_t *index = map_put(x->arena, &x->target_of, bytes, &is_new);
    if (is_new) {
        *index = (uint32_t)x->targets.count;
        *VEC_PUSH(x->arena, &x->targets) = (struct target){kind, a, b, at};
    }
    *VEC_PUSH(x->arena, &x->claims) = (struct claim){*index, x->owner};
}

static void add_clause(struct pins *x, uint32_t cond, enum target_kind kind)
{
    /* The anchor may be named for the reader's sake; it always holds. */
    if (x->pack->conds[cond].op != OP_ANCHOR)
        add_target(x, kind, cond, 0, x->pack->conds[cond].at);
}

static void add_parts_of_cond(struct pins *x, uint32_t cond)
{
    const struct pack_cond *c = &x->pack->conds[cond];
    if (c->op != OP_AND && c->op != OP_OR && c->op != OP_OF)
        return;
    for (uint32_t i = c->list.beg; i < c->list.end; i++)
        add_clause(x, x->pack->index[i],
            c->op == OP_AND ? TARGET_TRUE : TARGET_FALSE);
}

static void add_parts_of_evid(struct pins *x, uint32_t evid)
{
    const struct pack *p = x->pack;
    const struct pack_evid *e = &p->evids[evid];
    if (e->where != PACK_NONE)
        add_target(x, TARGET_WHERE, evid, 0, e->at);
    for (uint32_t i = 0; e->kind == PACK_ANY && i < e->list.end - e->list.beg;
         i++)
        if (e->list.end - e->list.beg > 1)
            add_target(x, TARGET_KID, evid, i,
                p->evids[p->index[e->list.beg + i]].at);
    for (uint32_t i = e->list.beg;
         e->kind == PACK_SEQUENCE && i < e->list.end; i++)
        for (uint32_t k = 0;
             k < p->steps[i].without.end - p->steps[i].without.beg; k++)
            add_target(x, TARGET_WITHOUT, i, k, e->at);
}

/* The words of an `allow` are few, and each excuses something of its own. */
static void add_allow(struct pins *x, uint32_t evid)
{
    const struct pack *p = x->pack;
    if (evid == PACK_NONE)
        return;
    const struct pack_evid *e = &p->evids[evid];
    for (uint32_t i = e->list.beg; e->kind == PACK_ANY && i < e->list.end; i++)
        add_allow(x, p->index[i]);
    if (e->kind != PACK_LEXICON || p->lexicons[e->a].name.len > 0)
        return;
    for (uint32_t i = 0; i < p->members_count; i++)
        if (p->members[i].lexicon == e->a)
            add_target(x, TARGET_ENTRY, e->a, member_entry(p, i), e->at);
}

static void add_scale(struct pins *x, uint32_t scale, struct pack_where at)
{
    const struct pack *p = x->pack;
    const struct pack_scale *s = &p->scales[scale];
    for (uint32_t i = s->columns.beg; i < s->columns.end; i++)
        if (p->index[i] != PACK_NONE)
            add_clause(x, p->index[i], TARGET_FALSE);
    for (uint32_t i = s->cells.beg; i < s->cells.end; i++)
        if (p->index[i] != LEVEL_SILENT)
            add_target(x, TARGET_CELL, i, scale, at);
}

static void add_crowd(struct pins *x, const struct pack_crowd *c)
{
    const struct pack *p = x->pack;
    for (uint32_t i = c->axes.beg; i < c->axes.end; i++)
        for (uint32_t k = p->axes[i].points.beg; k < p->axes[i].points.end; k++)
            add_target(x, TARGET_POINT, k, 0, p->evids[p->points[k].evid].at);
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (c->levels[level] != PACK_NONE)
            add_clause(x, c->levels[level], TARGET_FALSE);
}

static void add_rule(struct pins *x, uint32_t rule)
{
    const struct pack *p = x->pack;
    const struct pack_rule *r = &p->rules[rule];
    if (r->when != PACK_NONE && p->conds[r->when].op != OP_AND)
        add_clause(x, r->when, TARGET_TRUE);
    for (uint32_t i = r->unless.beg; i < r->unless.end; i++)
        add_clause(x, p->index[i], TARGET_FALSE);
    add_allow(x, r->allow);
    for (uint32_t i = r->adjust.beg; i < r->adjust.end; i++)
        add_clause(x, p->adjusts[i].cond, TARGET_FALSE);
    if (r->scale != PACK_NONE)
        add_scale(x, r->scale, r->at);
    if (r->crowd != PACK_NONE)
        add_crowd(x, &p->crowds[r->crowd]);
}

static void add_reached(struct pins *x, const struct reach *reach)
{
    for (uint32_t i = 0; i < x->pack->conds_count; i++)
        if (reach->conds[i])
            add_parts_of_cond(x, i);
    for (uint32_t i = 0; i < x->pack->evids_count; i++)
        if (reach->evids[i])
            add_parts_of_evid(x, i);
}

static void add_all(struct pins *x)
{
    const struct pack *p = x->pack;
    struct reach reach = reach_new(x->arena, p);
    for (uint32_t i = 0; i < p->rules_count + p->guards_count; i++) {
        bool is_rule = i < p->rules_count;
        x->owner = is_rule ? i : GUARD_BIT | (i - p->rules_count);
        reach_reset(&reach);
        if (is_rule) {
            add_rule(x, i);
            reach_rule(&reach, i);
        } else {
            reach_guard(&reach, i - p->rules_count);
        }
        add_reached(x, &reach);
    }
}

/* ---- the first run ------------------------------------------------------------- */

static void set_bit(uint8_t *bits, uint32_t i)
{
    bits[i / 8] |= (uint8_t)(1u << i % 8);
}

static bool has_bit(const uint8_t *bits, uint32_t i)
{
    return (bits[i / 8] >> i % 8 & 1) != 0;
}

static void note_step(void *ctx, const struct scan_trace *step)
{
    struct pins *x = ctx;
    if (step->cond == PACK_NONE)
        return;
    set_bit(step->value ? x->held[x->watched] : x->missed[x->watched],
        step->cond);
}

static struct pack_list examples_of(const struct pins *x, uint32_t owner)
{
    if (owner & GUARD_BIT)
        return x->pack->guards[owner & ~GUARD_BIT].examples;
    return x->pack->rules[owner].examples;
}

/* Is the example judged as it says? */
static bool judge(struct pins *x, uint32_t owner, uint32_t example,
    bool watch, bool *good)
{
    const struct pack *p = x->pack;
    const struct pack_example *e = &p->examples[example];
    /* The gate knows nothing of parts that are taken out. */
    struct scan_options options = {.no_gate = true,
        .guides = true,
        .keep_yielded = true,
        .trace_rule = PACK_NONE};
    struct findings found;
    const struct finding *at;

    if (watch) {
        options.trace = note_step;
        options.trace_ctx = x;
    }
    if (owner & GUARD_BIT) {
        bool holds;
        if (!example_guard(&x->examiner, owner & ~GUARD_BIT, e, &options,
                &holds, x->err))
            return false;
        *good = holds == (e->flags != 0);
        return true;
    }
    if (watch)
        options.trace_rule = owner;
    examiner_only(&x->examiner, owner);
    if (!example_scan(&x->examiner, e, pack_text(p, e->text), &options, &found,
            x->err))
        return false;
    *good =
        example_verdict(p, &p->rules[owner], e, &found, &at) == NULL;
    return true;
}

static bool watch_owner(struct pins *x, uint32_t owner)
{
    const struct pack *p = x->pack;
    struct pack_list list = examples_of(x, owner);
    for (uint32_t i = list.beg; i < list.end; i++) {
        bool good;
        x->found[i] = ARENA_NEW(x->arena, uint8_t, p->evids_count / 8 + 1);
        x->held[i] = ARENA_NEW(x->arena, uint8_t, p->conds_count / 8 + 1);
        x->missed[i] = ARENA_NEW(x->arena, uint8_t, p->conds_count / 8 + 1);
        x->watched = i;
        if (!judge(x, owner, i, true, &good))
            return false;
        x->t->failing[i] |= !good;
        scan_evidence(x->examiner.scratch, x->found[i]);
    }
    return true;
}

/* ---- taking out -------------------------------------------------------------------- */

/* The copy is ours: its records are changed in place and put back. */
static void put(const void *record, const void *bytes, size_t size)
{
    memcpy((void *)(uintptr_t)record, bytes, size);
}

static void strike(struct pins *x, struct pack_list *list, uint32_t which)
{
    const uint32_t *at = &x->pack->index[list->beg + which];
    size_t behind = list->end - list->beg - which - 1;
    memmove((void *)(uintptr_t)at, at + 1, behind * sizeof *at);
    list->end--;
}

static void unstrike(
    struct pins *x, const struct pack_list *list, uint32_t which, uint32_t was)
{
    const uint32_t *at = &x->pack->index[list->beg + which];
    size_t behind = list->end - list->beg - which - 1;
    memmove((void *)(uintptr_t)(at + 1), at, behind * sizeof *at);
    put(at, &was, sizeof was);
}

static void hide_entry(struct pins *x, const struct target *g, bool back,
    uint32_t *was)
{
    const struct pack *p = x->pack;
    size_t n = 0;
    for (uint32_t i = 0; i < p->members_count; i++) {
        if (p->members[i].lexicon != g->a || member_entry(p, i) != g->b)
            continue;
        struct pack_member m = p->members[i];
        struct pack_note note = p->notes[i];
        if (!back)
            was[n] = note.exact;
        note.exact = back ? was[n] : PACK_NEVER_EXACT;
        m.entry |= PACK_NOTED; /* which says no more than to look */
        put(&p->members[i], &m, sizeof m);
        put(&p->notes[i], &note, sizeof note);
        n++;
    }
}

struct undo {
    struct pack_cond cond;
    struct pack_evid evid;
    struct pack_step step;
    struct pack_point point;
    uint32_t was;
    uint32_t *exact;
};

static void take_out(struct pins *x, const struct target *g, struct undo *u)
{
    const struct pack *p = x->pack;
    switch (g->kind) {
    case TARGET_TRUE:
    case TARGET_FALSE: {
        u->cond = p->conds[g->a];
        struct pack_cond c = u->cond;
        c.op = g->kind == TARGET_TRUE ? OP_AND : OP_OR;
        c.list = (struct pack_list){0, 0};
        put(&p->conds[g->a], &c, sizeof c);
        break;
    }
    case TARGET_KID: {
        u->evid = p->evids[g->a];
        struct pack_evid e = u->evid;
        u->was = p->index[e.list.beg + g->b];
        strike(x, &e.list, g->b);
        put(&p->evids[g->a], &e, sizeof e);
        break;
    }
    case TARGET_WITHOUT: {
        u->step = p->steps[g->a];
        struct pack_step s = u->step;
        u->was = p->index[s.without.beg + g->b];
        strike(x, &s.without, g->b);
        put(&p->steps[g->a], &s, sizeof s);
        break;
    }
    case TARGET_WHERE: {
        u->evid = p->evids[g->a];
        struct pack_evid e = u->evid;
        e.where = PACK_NONE;
        put(&p->evids[g->a], &e, sizeof e);
        break;
    }
    case TARGET_ENTRY:
        u->exact = ARENA_NEW(x->arena, uint32_t, p->members_count);
        hide_entry(x, g, false, u->exact);
        break;
    case TARGET_POINT: {
        u->point = p->points[g->a];
        struct pack_point point = {0, u->point.evid};
        put(&p->points[g->a], &point, sizeof point);
        break;
    }
    case TARGET_CELL: {
        uint32_t silent = LEVEL_SILENT;
        u->was = p->index[g->a];
        put(&p->index[g->a], &silent, sizeof silent);
        break;
    }
    }
}

static void put_back(
    struct pins *x, const struct target *g, const struct undo *u)
{
    const struct pack *p = x->pack;
    switch (g->kind) {
    case TARGET_TRUE:
    case TARGET_FALSE:
        put(&p->conds[g->a], &u->cond, sizeof u->cond);
        break;
    case TARGET_KID:
        unstrike(x, &u->evid.list, g->b, u->was);
        put(&p->evids[g->a], &u->evid, sizeof u->evid);
        break;
    case TARGET_WITHOUT:
        unstrike(x, &u->step.without, g->b, u->was);
        put(&p->steps[g->a], &u->step, sizeof u->step);
        break;
    case TARGET_WHERE:
        put(&p->evids[g->a], &u->evid, sizeof u->evid);
        break;
    case TARGET_ENTRY:
        hide_entry(x, g, true, u->exact);
        break;
    case TARGET_POINT:
        put(&p->points[g->a], &u->point, sizeof u->point);
        break;
    case TARGET_CELL:
        put(&p->index[g->a], &u->was, sizeof u->was);
        break;
    }
}

/* False only if the example cannot change, by what the first run saw. */
static bool may_change(const struct pins *x, const struct target *g,
    const struct undo *u, uint32_t example)
{
    if (x->t->failing[example])
        return false;
    switch (g->kind) {
    case TARGET_TRUE:
        /* Conditions of `where` are not traced. */
        return has_bit(x->missed[example], g->a) ||
            u->cond.op == OP_OWN || u->cond.op == OP_NOT ||
            u->cond.op == OP_OR;
    case TARGET_FALSE:
        return has_bit(x->held[example], g->a) ||
            u->cond.op == OP_OWN || u->cond.op == OP_NOT ||
            u->cond.op == OP_AND;
    case TARGET_KID:
        return has_bit(x->found[example], u->was);
    case TARGET_WITHOUT:
    case TARGET_WHERE:
    case TARGET_ENTRY:
    case TARGET_POINT:
    case TARGET_CELL:
        break;
    }
    return true;
}

/* ---- telling ----------------------------------------------------------------------- */

/* What an alternative is, for people: its name, first word or pattern. */
static struct str kid_text(const struct pack *p, uint32_t evid)
{
    const struct pack_evid *e = &p->evids[evid];
    if (e->name.len)
        return pack_text(p, e->name);
    if (e->kind == PACK_REGEX)
        return pack_text(p, p->regexes[e->a].pattern);
    for (uint32_t i = 0; e->kind == PACK_LEXICON && i < p->members_count; i++)
        if (p->members[i].lexicon == e->a)
            return pack_text(p, p->entries[member_entry(p, i)].text);
    if (e->kind == PACK_SEQUENCE)
        return kid_text(p, p->steps[e->list.beg].evid);
    return evid_text(p, evid);
}

static void target_text(struct pins *x, const struct target *g, struct buf *b)
{
    const struct pack *p = x->pack;
    switch (g->kind) {
    case TARGET_TRUE:
    case TARGET_FALSE:
        cond_text(b, p, g->a);
        break;
    case TARGET_KID:
        buf_addf(b, "the alternative " STR_FMT,
            STR_ARG(kid_text(p, p->index[p->evids[g->a].list.beg + g->b])));
        break;
    case TARGET_WITHOUT:
        buf_addf(b, "without: " STR_FMT,
            STR_ARG(evid_text(
                p, p->index[p->steps[g->a].without.beg + g->b])));
        break;
    case TARGET_WHERE:
        buf_add(b, STR("where: "));
        cond_text(b, p, p->evids[g->a].where);
        break;
    case TARGET_ENTRY:
        buf_addf(b, "allow: " STR_FMT,
            STR_ARG(pack_text(p, p->entries[g->b].text)));
        break;
    case TARGET_POINT:
        buf_addf(b, "%u points for " STR_FMT,
            (unsigned)p->points[g->a].points,
            STR_ARG(kid_text(p, p->points[g->a].evid)));
        break;
    case TARGET_CELL: {
        const struct pack_scale *s = &p->scales[g->b];
        uint32_t columns = s->columns.end - s->columns.beg;
        uint32_t cell = g->a - s->cells.beg;
        const struct pack_table *t = &p->tables[p->conds[s->lookup].a];
        buf_addf(b, "the cell " STR_FMT ", column %u of " STR_FMT,
            STR_ARG(pack_text(
                p, p->strs[t->answers.beg + cell / columns])),
            (unsigned)(cell % columns + 1), STR_ARG(pack_text(p, s->name)));
        break;
    }
    }
}

static void tell(struct pins *x, const struct target *g, uint32_t rule)
{
    struct buf b PL_DEFER(buf_free) = {0};
    target_text(x, g, &b);
    ruletest_tell(x->t, RULETEST_UNTESTED, rule, g->at,
        "no example changes without '" STR_FMT "'", STR_ARG(buf_str(&b)));
}

/* ---- all ------------------------------------------------------------------------------ */

/* Claims of one target, in a row. */
struct claims {
    const struct claim *items;
    size_t count;
};

static bool is_pinned(struct pins *x, const struct target *g,
    struct claims claims, bool *pinned)
{
    struct undo undo = {0};
    bool good = true, engine = true;
    take_out(x, g, &undo);
    for (size_t i = 0; i < claims.count && good && engine; i++) {
        uint32_t owner = claims.items[i].owner;
        struct pack_list list = examples_of(x, owner);
        for (uint32_t k = list.beg; k < list.end && good && engine; k++)
            if (may_change(x, g, &undo, k))
                engine = judge(x, owner, k, false, &good);
    }
    put_back(x, g, &undo);
    *pinned = !good;
    return engine;
}

/* Parts that rules outside of what is asked for use as well are not judged. */
static bool is_wanted(const struct pins *x, struct claims claims)
{
    for (size_t i = 0; i < claims.count; i++) {
        uint32_t owner = claims.items[i].owner;
        if (owner & GUARD_BIT
                ? !ruletest_wants_guard(x->t, owner & ~GUARD_BIT)
                : !ruletest_wants(x->t, owner))
            return false;
    }
    return true;
}

/* Claims by target, each target's in the order of its owners. */
static struct claims *by_target(struct pins *x)
{
    size_t count = x->targets.count;
    struct claims *out = ARENA_NEW(x->arena, struct claims, count + 1);
    struct claim *sorted =
        ARENA_NEW(x->arena, struct claim, x->claims.count + 1);
    size_t *at = ARENA_NEW(x->arena, size_t, count + 2);
    for (size_t i = 0; i < x->claims.count; i++)
        at[x->claims.items[i].target + 1]++;
    for (size_t i = 0; i < count; i++) {
        at[i + 1] += at[i];
        out[i].items = sorted + at[i];
    }
    for (size_t i = 0; i < x->claims.count; i++) {
        struct claim c = x->claims.items[i];
        struct claims *of = &out[c.target];
        if (of->count == 0 || of->items[of->count - 1].owner != c.owner)
            sorted[at[c.target] + of->count++] = c;
    }
    return out;
}

static bool pin_all(struct pins *x)
{
    const struct pack *p = x->pack;
    for (uint32_t i = 0; i < p->rules_count; i++)
        if (ruletest_wants(x->t, i) && !watch_owner(x, i))
            return false;
    for (uint32_t i = 0; i < p->guards_count; i++)
        if (ruletest_wants_guard(x->t, i) && !watch_owner(x, GUARD_BIT | i))
            return false;
    struct claims *claims = by_target(x);
    for (size_t i = 0; i < x->targets.count; i++) {
        const struct target *g = &x->targets.items[i];
        bool pinned;
        if (!is_wanted(x, claims[i]))
            continue;
        if (!is_pinned(x, g, claims[i], &pinned))
            return false;
        uint32_t owner = claims[i].items[0].owner;
        if (!pinned)
            tell(x, g,
                claims[i].count == 1 && !(owner & GUARD_BIT) ? owner
                                                             : PACK_NONE);
    }
    return true;
}

bool pin_run(struct ruletest *t, struct err *err)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct pack copy;
    struct pins x = {.t = t, .pack = &copy, .arena = a, .err = err};
    if (!a)
        return err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
    size_t size = t->pack->bytes.len;
    uint64_t *bytes = ARENA_NEW(a, uint64_t, size / 8 + 1);
    memcpy(bytes, t->pack->bytes.ptr, size);
    if (!pack_open(
            (struct str){(const char *)bytes, size}, true, &copy, err) ||
        !examiner_new(&x.examiner, &copy, a, err))
        return false;
    x.found = ARENA_NEW(a, uint8_t *, copy.examples_count + 1u);
    x.held = ARENA_NEW(a, uint8_t *, copy.examples_count + 1u);
    x.missed = ARENA_NEW(a, uint8_t *, copy.examples_count + 1u);
    add_all(&x);
    bool good = pin_all(&x);
    examiner_free(&x.examiner);
    return good;
}
