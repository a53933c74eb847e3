/* SPDX-License-Identifier: MIT */
/*
 * judge.c - from hits to findings: rule-language, section 7, in its order.
 *
 *  1. `when` for each hit of the anchor; `allow` and `unless` drop it.
 *  2. The level: the rule's, the scale's cell or the crowd's; then `adjust`.
 *  3. Of one rule's overlapping anchors one stays.
 *  4. Of overlapping findings of one group/name one stays; rules yield.
 *  5. What settings say. Only then is anything put into words.
 */
#include "engine/state.h"

#include <string.h>

#include "base/limits.h"

static void trace_step(const struct trial *t, const char *what,
    struct str name, int value, uint32_t cond, const struct hit *hit)
{
    const struct scan_options *o = t->s->options;
    if (o->trace_rule != t->rule || !o->trace)
        return;
    struct scan_trace step = {.depth = t->depth,
        .what = what,
        .name = name,
        .value = value,
        .cond = cond};
    if (hit) {
        step.has_place = true;
        step.place = place_of(t->s, hit->at);
    }
    o->trace(o->trace_ctx, &step);
}

void trace(const struct trial *t, const char *what, struct str name, int value,
    const struct hit *hit)
{
    trace_step(t, what, name, value, PACK_NONE, hit);
}

void trace_test(const struct trial *t, uint32_t cond, bool truth,
    const struct hit *hit)
{
    trace_step(t, "test", STR(""), truth, cond, hit);
}

/* ---- one anchor --------------------------------------------------------------- */

static bool is_allowed(struct trial *t, const struct pack_rule *r)
{
    if (r->allow == PACK_NONE)
        return false;
    const struct hits *hits = evid_hits(t->s, r->allow);
    for (size_t i = 0; i < hits->count; i++)
        if (span_overlaps(hits->items[i].at, t->anchor->at)) {
            trace(t, "allow", STR(""), true, &hits->items[i]);
            return true;
        }
    trace(t, "allow", STR(""), false, NULL);
    return false;
}

static bool is_excused(struct trial *t, const struct pack_rule *r)
{
    for (uint32_t i = r->unless.beg; i < r->unless.end; i++) {
        bool holds = cond_holds(t, t->s->pack->index[i]);
        trace(t, "unless", STR(""), holds, NULL);
        if (holds)
            return true;
    }
    return false;
}

static bool column_holds(struct trial *t, uint32_t cond)
{
    bool holds = cond == PACK_NONE || cond_holds(t, cond);
    trace(t, "column", cond == PACK_NONE ? STR("else") : STR(""), holds, NULL);
    return holds;
}

static enum level scale_level(struct trial *t, uint32_t scale)
{
    const struct pack *p = t->s->pack;
    const struct pack_scale *sc = &p->scales[scale];
    const struct pack_cond *lookup = &p->conds[sc->lookup];
    uint32_t columns = sc->columns.end - sc->columns.beg;
    uint32_t answer = lookup_answer(t, lookup);

    trace(t, "row",
        pack_text(p, p->strs[p->tables[lookup->a].answers.beg + answer]), -1,
        NULL);
    for (uint32_t i = 0; i < columns; i++) {
        if (!column_holds(t, p->index[sc->columns.beg + i]))
            continue;
        enum level level =
            (enum level)p->index[sc->cells.beg + answer * columns + i];
        trace(t, "cell", str_of(level_word(level)), -1, NULL);
        return level;
    }
    return LEVEL_SILENT;
}

static enum level adjusted(enum level level, enum adjust_to to)
{
    switch (to) {
    case ADJUST_NOTE:
        return LEVEL_NOTE;
    case ADJUST_WARNING:
        return LEVEL_WARNING;
    case ADJUST_ERROR:
        return LEVEL_ERROR;
    case ADJUST_SILENT:
        return LEVEL_SILENT;
    case ADJUST_UP:
        return level < LEVEL_ERROR ? (enum level)(level + 1) : level;
    case ADJUST_DOWN:
        return level > LEVEL_SILENT ? (enum level)(level - 1) : level;
    }
    return level;
}

static void adjust_level(
    struct trial *t, const struct pack_rule *r, struct verdict *v)
{
    uint32_t count = r->adjust.end - r->adjust.beg;
    struct str *because = NULL;

    for (uint32_t i = 0; i < count && t->level != LEVEL_SILENT; i++) {
        const struct pack_adjust *a = &t->s->pack->adjusts[r->adjust.beg + i];
        if (!cond_holds(t, a->cond)) {
            trace(t, "adjust", STR(""), false, NULL);
            continue;
        }
        t->level = adjusted(t->level, (enum adjust_to)a->to);
        trace(t, "adjust", str_of(level_word(t->level)), true, NULL);
        if (a->because.len == 0)
            continue;
        if (!because)
            because = ARENA_NEW(t->s->arena, struct str, count);
        because[v->finding.because_count++] =
            pack_text(t->s->pack, a->because);
    }
    v->finding.because = because;
}

static bool when_holds(struct trial *t, const struct pack_rule *r)
{
    bool holds = r->when == PACK_NONE || cond_holds(t, r->when);
    if (r->when != PACK_NONE)
        trace(t, "when", STR(""), holds, NULL);
    return holds;
}

static bool judge_anchor(
    struct scratch *s, uint32_t rule, const struct hit *anchor,
    struct verdict *v)
{
    const struct pack_rule *r = &s->pack->rules[rule];
    struct trial t = {
        .s = s,
        .rule = rule,
        .anchor = anchor,
        .window = window_span(s, r->within, anchor->at),
    };

    trace(&t, "anchor", pack_text(s->pack, s->pack->evids[r->anchor].name), -1,
        anchor);
    if (!when_holds(&t, r) || is_allowed(&t, r) || is_excused(&t, r))
        return false;
    *v = (struct verdict){.trial = t};
    t.level = (enum level)r->level;
    if (r->crowd != PACK_NONE) {
        v->crowd = ARENA_NEW(s->arena, struct crowd_result, 1);
        bool enough = crowd_judge(&t, &s->pack->crowds[r->crowd], v->crowd);
        trace(&t, "crowd", str_of(level_word(v->crowd->level)), -1, NULL);
        if (!enough)
            return false;
        t.level = v->crowd->level;
    } else if (r->scale != PACK_NONE) {
        t.level = scale_level(&t, r->scale);
    }
    adjust_level(&t, r, v);
    v->trial = t;
    v->finding.rule = rule;
    v->finding.level = t.level;
    return t.level != LEVEL_SILENT;
}

/* ---- one rule -------------------------------------------------------------------- */

/* The one to keep of two findings of one rule. Of two that begin together the
   shorter says it all: "try 20mg" in "try 20mg of omeprazole". */
static bool is_stronger(const struct verdict *a, const struct verdict *b)
{
    struct span x = a->trial.anchor->at, y = b->trial.anchor->at;
    if (a->finding.level != b->finding.level)
        return a->finding.level > b->finding.level;
    if (a->crowd && b->crowd)
        return a->crowd->points != b->crowd->points
            ? a->crowd->points > b->crowd->points
            : x.beg < y.beg;
    if (x.beg == y.beg)
        return x.end < y.end;
    if (x.end - x.beg != y.end - y.beg)
        return x.end - x.beg > y.end - y.beg;
    return x.beg < y.beg;
}

static bool excludes(const struct pack_rule *r, const struct verdict *a,
    const struct verdict *b)
{
    struct span x = a->trial.anchor->at, y = b->trial.anchor->at;
    if (r->once)
        return true;
    if (r->crowd != PACK_NONE)
        return span_overlaps(a->trial.window, b->trial.window);
    return span_overlaps(x, y);
}

static bool beats(const struct pack_rule *r, const struct verdict *a,
    const struct verdict *b)
{
    /* One a post: the strongest level, and of these the first. */
    if (r->once && !a->crowd)
        return a->finding.level != b->finding.level
            ? a->finding.level > b->finding.level
            : a->trial.anchor->at.beg < b->trial.anchor->at.beg;
    return is_stronger(a, b);
}

/* The strongest stays and drops what it excludes, then the next strongest. */
static void keep_strongest(struct scratch *s, const struct pack_rule *r,
    struct verdicts *v, size_t first)
{
    size_t count = v->count - first, kept = 0;
    if (count == 0)
        return;
    struct verdict *from = v->items + first;
    struct verdict *to = ARENA_NEW(s->arena, struct verdict, count);

    for (;;) {
        struct verdict *best = NULL;
        for (size_t i = 0; i < count; i++)
            if (!from[i].dropped && (!best || beats(r, &from[i], best)))
                best = &from[i];
        if (!best)
            break;
        to[kept++] = *best;
        for (size_t i = 0; i < count; i++)
            if (&from[i] != best && excludes(r, best, &from[i]))
                from[i].dropped = true;
        best->dropped = true;
    }
    if (kept)
        memcpy(from, to, kept * sizeof *from);
    v->count = first + kept;
}

static void trace_hits(struct scratch *s, uint32_t rule)
{
    const struct pack_rule *r = &s->pack->rules[rule];
    struct trial t = {.s = s, .rule = rule};
    if (s->options->trace_rule != rule)
        return;
    for (uint32_t i = r->names.beg; i < r->names.end; i++) {
        const struct hits *hits = evid_hits(s, s->pack->names[i].evid);
        struct str name = pack_text(s->pack, s->pack->names[i].name);
        for (size_t k = 0; k < hits->count; k++)
            trace(&t, "hit", name, -1, &hits->items[k]);
        if (hits->count == 0)
            trace(&t, "no hit", name, -1, NULL);
    }
}

void judge_rule(struct scratch *s, uint32_t rule, struct verdicts *out)
{
    const struct pack_rule *r = &s->pack->rules[rule];
    size_t first = out->count;

    trace_hits(s, rule);
    const struct hits *anchors = evid_hits(s, r->anchor);
    for (size_t i = 0; i < anchors->count; i++) {
        struct verdict v;
        if (!judge_anchor(s, rule, &anchors->items[i], &v))
            continue;
        if (out->count - first >= LIMIT_FINDINGS) {
            scan_fail(s, ERR_LIMIT, r->at, "too many findings in one post");
            break;
        }
        *VEC_PUSH(s->arena, out) = v;
    }
    keep_strongest(s, r, out, first);
}

/* ---- between rules ------------------------------------------------------------------ */

static struct str group_name(const struct scratch *s, const struct verdict *v)
{
    return pack_text(
        s->pack, s->pack->rules[v->finding.rule].group_name);
}

static bool is_weighed(const struct scratch *s, const struct verdict *v)
{
    const struct pack *p = s->pack;
    return p->evids[p->rules[v->finding.rule].anchor].kind == PACK_WEIGH;
}

/* What was only weighed gives way to what was found, if that is of its group and no
   milder; nothing gives way to it. */
static bool is_outdone(const struct scratch *s, const struct verdict *loser,
    const struct verdict *winner)
{
    struct str group = str_cut(group_name(s, loser), '/').head;
    return is_weighed(s, loser) && !is_weighed(s, winner) &&
        winner->finding.level >= loser->finding.level &&
        rule_id_under(group_name(s, winner), group);
}

static bool yields_to(const struct scratch *s, const struct verdict *loser,
    const struct verdict *winner)
{
    const struct pack *p = s->pack;
    const struct pack_rule *r = &p->rules[loser->finding.rule];
    struct str id = pack_text(p, p->rules[winner->finding.rule].id);
    uint32_t at = winner->trial.anchor->at.beg;

    if (is_outdone(s, loser, winner))
        return true;
    if (is_weighed(s, winner))
        return false;
    if (!span_overlaps(loser->trial.anchor->at, winner->trial.anchor->at) &&
        (at < loser->trial.window.beg || at >= loser->trial.window.end))
        return false;
    for (uint32_t i = r->yields.beg; i < r->yields.end; i++)
        if (rule_id_under(id, pack_text(p, p->strs[i])))
            return true;
    return false;
}

static bool loses_overlap(const struct scratch *s, const struct verdict *a,
    const struct verdict *b)
{
    struct span x = a->trial.anchor->at, y = b->trial.anchor->at;
    if (a->finding.rule == b->finding.rule || !span_overlaps(x, y) ||
        !str_eq(group_name(s, a), group_name(s, b)))
        return false;
    if (a->finding.level != b->finding.level)
        return a->finding.level < b->finding.level;
    if (x.end - x.beg != y.end - y.beg)
        return x.end - x.beg < y.end - y.beg;
    return a->finding.rule > b->finding.rule;
}

static void note_also(
    struct scratch *s, struct verdict *winner, uint32_t rule, size_t most)
{
    if (!winner->also)
        winner->also = ARENA_NEW(s->arena, uint32_t, most);
    for (uint32_t i = 0; i < winner->finding.also_count; i++)
        if (winner->also[i] == rule)
            return;
    winner->also[winner->finding.also_count++] = rule;
}

static void drop(struct scratch *s, struct verdicts *v, size_t loser,
    size_t winner)
{
    v->items[loser].dropped = true;
    trace(&v->items[loser].trial, "gives way to",
        pack_text(s->pack, s->pack->rules[v->items[winner].finding.rule].id),
        -1, v->items[winner].trial.anchor);
    if (!is_weighed(s, &v->items[loser]))
        note_also(s, &v->items[winner], v->items[loser].finding.rule, v->count);
}

/* Yields first: a rule that gave way still wins over those that yield to it,
   but no longer over its own name. */
static void settle_between(struct scratch *s, struct verdicts *v)
{
    for (size_t i = 0; i < v->count; i++)
        for (size_t j = 0; j < v->count; j++)
            if (v->items[i].finding.rule != v->items[j].finding.rule &&
                yields_to(s, &v->items[i], &v->items[j]))
                drop(s, v, i, j);
    for (size_t i = 0; i < v->count; i++)
        for (size_t j = 0; j < v->count; j++)
            if (!v->items[i].dropped && !v->items[j].dropped &&
                loses_overlap(s, &v->items[i], &v->items[j]))
                drop(s, v, i, j);
}

static void apply_settings(struct scratch *s, struct verdict *v)
{
    uint8_t set = s->rules->level[v->finding.rule];
    if (set == 0)
        return;
    v->finding.level = (enum level)(set - 1);
    if (v->finding.level == LEVEL_SILENT)
        v->dropped = true;
}

/* A guide shows only where nothing at warning or above was found and nobody is in
   danger, and then one a post. */
static void settle_guides(const struct scratch *s, struct verdicts *v)
{
    bool serious = false, shown = false;
    for (size_t i = 0; i < v->count; i++)
        serious |= !v->items[i].dropped &&
            (v->items[i].finding.level >= LEVEL_WARNING ||
                s->pack->rules[v->items[i].finding.rule].kind ==
                    RULE_SUPPORT);
    for (size_t i = 0; i < v->count; i++) {
        uint32_t kind = s->pack->rules[v->items[i].finding.rule].kind;
        if (kind != RULE_GUIDE || v->items[i].dropped)
            continue;
        v->items[i].dropped = serious || shown;
        shown = true;
    }
}

/* ---- into words ------------------------------------------------------------------------ */

static bool proof_before(const struct proof *a, const struct proof *b)
{
    if (a->place.field != b->place.field)
        return a->place.field < b->place.field;
    return a->place.at.beg < b->place.at.beg;
}

struct proofs {
    struct proof *items;
    size_t count, cap;
};

static void add_proof(struct scratch *s, struct proofs *out, struct proof p)
{
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].place.at.beg == p.place.at.beg &&
            out->items[i].place.at.end == p.place.at.end &&
            out->items[i].place.field == p.place.field)
            return;
    (void)*VEC_PUSH(s->arena, out);
    size_t at = out->count - 1;
    for (; at > 0 && proof_before(&p, &out->items[at - 1]); at--)
        out->items[at] = out->items[at - 1];
    out->items[at] = p;
}

/* What identifies is the anchor, or found by its form (a number, a name); words
   of a list beside it ("her", "ward") say nothing of one person. */
static bool is_telling(
    const struct trial *t, const struct pack_name *n, const struct hit *h)
{
    const struct pack_rule *r = &t->s->pack->rules[t->rule];
    return n->evid == r->anchor || r->mask ||
        (h->entry == 0 && evid_secret(t->s, n->evid, t->rule));
}

/* The anchor, and the nearest hit of every name the rule speaks of. */
static void set_proofs(struct verdict *v)
{
    struct trial *t = &v->trial;
    struct scratch *s = t->s;
    const struct pack_rule *r = &s->pack->rules[t->rule];
    struct proofs out = {0};

    add_proof(s, &out,
        (struct proof){v->finding.place, evid_name(s, PACK_NONE, t->rule),
            evid_secret(s, PACK_NONE, t->rule), true});
    for (uint32_t i = r->names.beg; i < r->names.end; i++) {
        const struct pack_name *n = &s->pack->names[i];
        const struct hit *h = trial_hit(t, n->evid);
        if (h)
            add_proof(s, &out,
                (struct proof){place_of(s, h->at),
                    pack_text(s->pack, n->name),
                    is_telling(t, n, h), false});
    }
    const struct pack_crowd *c =
        r->crowd != PACK_NONE ? &s->pack->crowds[r->crowd] : NULL;
    for (uint32_t i = 0; c && i < c->axes.end - c->axes.beg; i++)
        if (v->crowd->axis_hits[i])
            add_proof(s, &out,
                (struct proof){place_of(s, v->crowd->axis_hits[i]->at),
                    pack_text(s->pack, s->pack->axes[c->axes.beg + i].name),
                    true, false});
    v->finding.proofs = out.items;
    v->finding.proof_count = (uint32_t)out.count;
}

enum { WORDS_TOLD = 3 };

/* The words that weighed most. */
static void set_words(struct verdict *v, const struct pack_evid *e)
{
    struct axis_found *axes =
        ARENA_NEW(v->trial.s->arena, struct axis_found, WORDS_TOLD);
    v->finding.axes = axes;
    v->finding.axis_count = weigh_words(v->trial.s, e, axes, WORDS_TOLD);
}

static void set_axes(struct verdict *v)
{
    struct scratch *s = v->trial.s;
    const struct pack_rule *r = &s->pack->rules[v->trial.rule];
    const struct pack_evid *anchor = &s->pack->evids[r->anchor];
    if (anchor->kind == PACK_WEIGH && anchor->list.beg != PACK_NONE)
        set_words(v, anchor);
    if (r->crowd == PACK_NONE)
        return;
    const struct pack_crowd *c = &s->pack->crowds[r->crowd];
    uint32_t count = c->axes.end - c->axes.beg, told = 0;
    struct axis_found *axes = ARENA_NEW(s->arena, struct axis_found, count);
    for (uint32_t i = 0; i < count; i++)
        if (v->crowd->axis_hits[i])
            axes[told++] = (struct axis_found){
                .name = pack_text(s->pack, s->pack->axes[c->axes.beg + i].name),
                .points = v->crowd->axis_points[i],
                .place = place_of(s, v->crowd->axis_hits[i]->at),
                .removable = (v->crowd->removable & (1u << i)) != 0,
            };
    v->finding.axes = axes;
    v->finding.axis_count = told;
    v->finding.points = v->crowd->points;
}

static void set_tries(struct verdict *v)
{
    struct scratch *s = v->trial.s;
    const struct pack_rule *r = &s->pack->rules[v->trial.rule];
    struct words *tries =
        ARENA_NEW(s->arena, struct words, r->tries.end - r->tries.beg);
    uint32_t count = 0;
    for (uint32_t i = r->tries.beg; i < r->tries.end; i++) {
        if (!message_words(&v->trial, i, v->crowd, &tries[count]))
            continue;
        uint32_t fits = r->wordings >> (i - r->tries.beg) & 1u;
        v->finding.wordings |= fits << count++;
    }
    v->finding.tries = tries;
    v->finding.try_count = count;
}

static void set_edits(struct verdict *v)
{
    struct scratch *s = v->trial.s;
    const struct pack_rule *r = &s->pack->rules[v->trial.rule];
    struct replacement *edits =
        ARENA_NEW(s->arena, struct replacement, r->edits.end - r->edits.beg);
    uint32_t count = 0;
    for (uint32_t i = r->edits.beg; i < r->edits.end; i++) {
        const struct pack_edit *e = &s->pack->edits[i];
        const struct hit *h = trial_hit(&v->trial, e->evid);
        if (h &&
            message_words(
                &v->trial, e->replacement, v->crowd, &edits[count].text) &&
            edits[count].text.count > 0)
            edits[count++].place = place_of(s, h->at);
    }
    v->finding.edits = edits;
    v->finding.edit_count = count;
}

/* Which row of which table decided, for `explain` and curious readers. */
static void set_row(struct verdict *v)
{
    struct trial *t = &v->trial;
    const struct pack *p = t->s->pack;
    uint32_t scale = p->rules[t->rule].scale;
    if (scale == PACK_NONE)
        return;
    const struct pack_cond *lookup = &p->conds[p->scales[scale].lookup];
    uint32_t row = lookup_row(t, lookup);
    if (row == PACK_NONE)
        return;
    v->finding.table = pack_text(p, p->tables[lookup->a].name);
    v->finding.table_line = p->rows[row].line;
}

static void put_into_words(struct verdict *v)
{
    struct scratch *s = v->trial.s;
    const struct pack_rule *r = &s->pack->rules[v->trial.rule];
    struct window sentence = {WINDOW_SENTENCES, 1};

    v->finding.place = place_of(s, v->trial.anchor->at);
    v->finding.window = window_span(s, sentence, v->trial.anchor->at);
    v->finding.sentence = place_of(s, v->finding.window);
    (void)message_words(&v->trial, r->message, v->crowd, &v->finding.message);
    v->finding.also = v->also;
    set_tries(v);
    set_edits(v);
    set_axes(v);
    set_proofs(v);
    set_row(v);
}

static bool finding_before(const struct pack *p, const struct finding *a,
    const struct finding *b)
{
    if (a->place.field != b->place.field)
        return a->place.field < b->place.field;
    if (a->place.at.beg != b->place.at.beg)
        return a->place.at.beg < b->place.at.beg;
    if (a->level != b->level)
        return a->level > b->level;
    return str_cmp(pack_text(p, p->rules[a->rule].id),
               pack_text(p, p->rules[b->rule].id)) < 0;
}

static void insert_finding(const struct pack *p, struct finding *items,
    uint32_t count, const struct finding *f)
{
    uint32_t at = count;
    for (; at > 0 && finding_before(p, f, &items[at - 1]); at--)
        items[at] = items[at - 1];
    items[at] = *f;
}

void judge_settle(
    struct scratch *s, struct verdicts *v, struct findings *out)
{
    struct finding *items = ARENA_NEW(s->arena, struct finding, v->count);
    uint32_t count = 0;

    if (!s->options->keep_yielded)
        settle_between(s, v);
    for (size_t i = 0; i < v->count; i++)
        apply_settings(s, &v->items[i]);
    settle_guides(s, v);
    for (size_t i = 0; i < v->count; i++) {
        if (v->items[i].dropped)
            continue;
        put_into_words(&v->items[i]);
        trace(&v->items[i].trial, "finding",
            str_of(level_word(v->items[i].finding.level)), -1,
            v->items[i].trial.anchor);
        insert_finding(s->pack, items, count++, &v->items[i].finding);
    }
    fingerprint_set(s, items, count);
    out->items = items;
    out->count = count;
}
