/* SPDX-License-Identifier: MIT */
/*
 * ruletest.c - a run over the rules: examples, guards, noise, dead ends, and
 * the counts; pin.c, evade.c, pump.c and people.c have a part each.
 */
#include "author/ruletest.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/map.h"

static const struct {
    const char *word;
    bool error;
} kinds[] = {
#define X(name, word, error) {word, error},
    RULETEST_LIST(X)
#undef X
};

bool ruletest_wants(const struct ruletest *t, uint32_t rule)
{
    const struct pack_rule *r = &t->pack->rules[rule];
    return r->folder >= t->folder &&
        (t->file.len == 0 ||
            str_eq(pack_text(t->pack, r->at.file), t->file)) &&
        (t->prefix.len == 0 ||
            rule_id_under(pack_text(t->pack, r->id), t->prefix));
}

bool ruletest_wants_guard(const struct ruletest *t, uint32_t guard)
{
    const struct pack_guard *g = &t->pack->guards[guard];
    return t->prefix.len == 0 && g->folder >= t->folder &&
        (t->file.len == 0 ||
            str_eq(pack_text(t->pack, g->at.file), t->file));
}

/* ---- telling --------------------------------------------------------------- */

static struct ruletest_group *group_of(struct ruletest *t, uint32_t rule)
{
    struct str name = STR("shared");
    if (rule != PACK_NONE)
        name = str_cut(
            pack_text(t->pack, t->pack->rules[rule].id), '/').head;
    for (size_t i = 0; i < t->groups.count; i++)
        if (str_eq(t->groups.items[i].name, name))
            return &t->groups.items[i];
    struct ruletest_group *g = VEC_PUSH(t->arena, &t->groups);
    g->name = name;
    return g;
}

static void flush(struct ruletest *t)
{
    if (t->line.len && t->tell)
        t->tell(t->tell_ctx, t->line.ptr, t->line.len);
    buf_clear(&t->line);
}

/* For an editor: the example itself stands there already. */
static void tell_fail(
    struct ruletest *t, struct str id, struct pack_where at, struct str text)
{
    struct str message = arena_printf(t->arena, STR_FMT ": " STR_FMT,
        STR_ARG(id), STR_ARG(str_cut(text, '\n').head));
    struct ruletest_fail fail = {.file = pack_text(t->pack, at.file),
        .message = message,
        .line = at.line,
        .col = at.col};
    t->fail(t->fail_ctx, &fail);
}

void ruletest_tell(struct ruletest *t, enum ruletest_kind kind, uint32_t rule,
    struct pack_where at, const char *format, ...)
{
    char text[1024];
    va_list args;
    group_of(t, rule)->count[kind]++;
    t->failed += kinds[kind].error;
    if (!kinds[kind].error && !t->list)
        return;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct str id = rule == PACK_NONE
        ? STR("shared")
        : pack_text(t->pack, t->pack->rules[rule].id);
    if (t->fail && kinds[kind].error)
        tell_fail(t, id, at, str_of(text));
    buf_addf(&t->line, STR_FMT ":%u: " STR_FMT ": %s: %s\n",
        STR_ARG(pack_text(t->pack, at.file)), (unsigned)at.line, STR_ARG(id),
        kinds[kind].word, text);
    flush(t);
}

/* ---- examples ---------------------------------------------------------------- */

static void tell_example(struct ruletest *t, uint32_t rule,
    const struct pack_example *e, const char *what, const struct finding *f)
{
    struct str text = pack_text(t->pack, e->text), detail = STR("");
    if (f && str_starts(str_of(what), STR("another level")))
        detail = str_of(level_word(f->level));
    else if (f)
        detail = str_part(text, f->place.at.beg, f->place.at.end);
    ruletest_tell(t, RULETEST_EXAMPLE, rule, e->at,
        "%s" STR_FMT "\n    " STR_FMT, what, STR_ARG(detail), STR_ARG(text));
}

static bool test_rule(struct ruletest *t, uint32_t rule, struct err *err)
{
    const struct pack *p = t->pack;
    const struct pack_rule *r = &p->rules[rule];
    const struct scan_options options = {
        .trace_rule = PACK_NONE, .guides = true, .keep_yielded = true};
    examiner_only(&t->examiner, rule);
    for (uint32_t i = r->examples.beg; i < r->examples.end; i++) {
        const struct pack_example *e = &p->examples[i];
        const struct finding *at;
        struct findings found;
        if (!example_scan(&t->examiner, e, pack_text(p, e->text), &options,
                &found, err))
            return false;
        if (t->examiner.limit)
            ruletest_tell(t, RULETEST_COST, rule, e->at,
                STR_FMT "\n    " STR_FMT, STR_ARG(t->examiner.limit_text),
                STR_ARG(pack_text(p, e->text)));
        const char *what = example_verdict(p, r, e, &found, &at);
        t->failing[i] = what != NULL;
        if (what)
            tell_example(t, rule, e, what, at);
        else
            t->passed++;
        people_check(t, rule, e);
    }
    return true;
}

static bool test_guard(struct ruletest *t, uint32_t guard, struct err *err)
{
    const struct pack *p = t->pack;
    const struct pack_guard *g = &p->guards[guard];
    const struct scan_options options = {.trace_rule = PACK_NONE};
    for (uint32_t i = g->examples.beg; i < g->examples.end; i++) {
        const struct pack_example *e = &p->examples[i];
        bool holds;
        if (!example_guard(&t->examiner, guard, e, &options, &holds, err))
            return false;
        t->failing[i] = holds != (e->flags != 0);
        if (t->failing[i])
            ruletest_tell(t, RULETEST_EXAMPLE, PACK_NONE, e->at,
                "the guard " STR_FMT " should %s here\n    " STR_FMT,
                STR_ARG(pack_text(p, g->name)), e->flags ? "hold" : "fail",
                STR_ARG(pack_text(p, e->text)));
        else
            t->passed++;
    }
    return true;
}

static bool test_examples(struct ruletest *t, struct err *err)
{
    for (uint32_t i = 0; i < t->pack->rules_count; i++)
        if (ruletest_wants(t, i) && !test_rule(t, i, err))
            return false;
    for (uint32_t i = 0; i < t->pack->guards_count; i++)
        if (ruletest_wants_guard(t, i) && !test_guard(t, i, err))
            return false;
    return true;
}

/* ---- noise ------------------------------------------------------------------ */

/* What every stable rule but its own says of an example that should pass. */
static bool noise_of(struct ruletest *t, uint32_t rule,
    const struct pack_example *e, struct err *err)
{
    const struct pack *p = t->pack;
    const struct scan_options options = {.trace_rule = PACK_NONE};
    struct str text = pack_text(p, e->text);
    struct findings found;
    if (!example_scan(&t->examiner, e, text, &options, &found, err))
        return false;
    for (uint32_t i = 0; i < found.count; i++) {
        const struct finding *f = &found.items[i];
        if (f->rule == rule || f->level < LEVEL_WARNING)
            continue;
        ruletest_tell(t, RULETEST_NOISE, rule, e->at,
            STR_FMT " finds '" STR_FMT "'\n    " STR_FMT,
            STR_ARG(pack_text(p, p->rules[f->rule].id)),
            STR_ARG(str_part(text, f->place.at.beg, f->place.at.end)),
            STR_ARG(text));
    }
    return true;
}

static bool test_noise(struct ruletest *t, struct err *err)
{
    const struct pack *p = t->pack;
    examiner_only(&t->examiner, PACK_NONE);
    for (uint32_t i = 0; i < p->rules_count; i++)
        for (uint32_t k = p->rules[i].examples.beg;
             ruletest_wants(t, i) && k < p->rules[i].examples.end; k++)
            if (!p->examples[k].flags && !noise_of(t, i, &p->examples[k], err))
                return false;
    return true;
}

/* ---- dead ends ---------------------------------------------------------------- */

static struct str joined(struct arena *a, struct words words)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < words.count; i++)
        buf_add(&b, words.bits[i].text);
    return buf_keep(&b, a);
}

struct advice {
    struct str *items;
    size_t count, cap;
};

/* Every `try` of the rule, filled in from its flags; each text once. */
static bool gather_advice(struct ruletest *t, uint32_t rule,
    struct advice *out, struct err *err)
{
    const struct pack *p = t->pack;
    const struct pack_rule *r = &p->rules[rule];
    const struct scan_options options = {
        .trace_rule = PACK_NONE, .guides = true, .keep_yielded = true};
    struct map known = {0};
    bool is_new;
    examiner_only(&t->examiner, rule);
    for (uint32_t i = r->examples.beg; i < r->examples.end; i++) {
        struct findings found;
        if (!p->examples[i].flags)
            continue;
        if (!example_scan(&t->examiner, &p->examples[i],
                pack_text(p, p->examples[i].text), &options, &found, err))
            return false;
        for (uint32_t k = 0; k < found.count; k++)
            for (uint32_t n = 0; n < found.items[k].try_count; n++) {
                struct str text =
                    joined(t->arena, found.items[k].tries[n]);
                (void)map_put(t->arena, &known, text, &is_new);
                if (is_new)
                    *VEC_PUSH(t->arena, out) = text;
            }
    }
    return true;
}

static bool advice_is_clean(
    struct ruletest *t, uint32_t rule, struct str text, struct err *err)
{
    const struct pack *p = t->pack;
    const struct scan_options options = {.trace_rule = PACK_NONE};
    const struct pack_example none = {0};
    struct findings found;
    if (!example_scan(&t->examiner, &none, text, &options, &found, err))
        return false;
    if (found.count)
        ruletest_tell(t, RULETEST_DEAD_END, rule, p->rules[rule].at,
            STR_FMT " finds fault with its advice\n    " STR_FMT,
            STR_ARG(pack_text(p, p->rules[found.items[0].rule].id)),
            STR_ARG(text));
    return true;
}

static bool test_dead_ends(struct ruletest *t, struct err *err)
{
    for (uint32_t i = 0; i < t->pack->rules_count; i++) {
        struct advice advice = {0};
        if (!ruletest_wants(t, i))
            continue;
        if (!gather_advice(t, i, &advice, err))
            return false;
        examiner_only(&t->examiner, PACK_NONE);
        for (size_t k = 0; k < advice.count; k++)
            if (!advice_is_clean(t, i, advice.items[k], err))
                return false;
    }
    return true;
}

/* ---- counts --------------------------------------------------------------------- */

/* How many of a kind a group may have; SIZE_MAX where nothing is said at all. */
static size_t known_count(
    const struct ruletest *t, struct str group, const char *kind)
{
    struct str rest = t->known;
    if (!rest.ptr)
        return SIZE_MAX;
    while (rest.len > 0) {
        struct str_cut line = str_cut(rest, '\n');
        struct str_cut one = str_cut(str_trim(line.head), ' ');
        struct str_cut two = str_cut(str_trim(one.tail), ' ');
        uint64_t count;
        rest = line.tail;
        if (str_eq(one.head, group) && str_eqz(two.head, kind) &&
            str_uint(str_trim(two.tail), SIZE_MAX, &count))
            return (size_t)count;
    }
    return 0;
}

static void tell_count(struct ruletest *t, const struct ruletest_group *g,
    enum ruletest_kind kind)
{
    size_t known = known_count(t, g->name, kinds[kind].word);
    if (g->count[kind] == 0 || kinds[kind].error)
        return;
    buf_addf(&t->line, STR_FMT " %s %zu", STR_ARG(g->name), kinds[kind].word,
        g->count[kind]);
    if (t->known.ptr && g->count[kind] > known) {
        buf_addf(&t->line, " (only %zu are known)", known);
        t->failed++;
    }
    buf_addc(&t->line, '\n');
}

static void tell_counts(struct ruletest *t)
{
    for (size_t i = 0; i < t->groups.count; i++)
        for (int kind = 0; kind < RULETEST_COUNT; kind++)
            tell_count(t, &t->groups.items[i], (enum ruletest_kind)kind);
    flush(t);
}

/* ---- all -------------------------------------------------------------------------- */

bool ruletest_run(struct ruletest *t, struct err *err)
{
    t->arena = arena_new(0);
    if (!t->arena)
        return err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
    t->failing = ARENA_NEW(t->arena, bool, t->pack->examples_count + 1u);
    *err = (struct err){0};
    bool good = examiner_new(&t->examiner, t->pack, t->arena, err) &&
        test_examples(t, err);
    if (!t->examples_only)
        good = good && pin_run(t, err) && evade_run(t, err) &&
            test_noise(t, err) && pump_run(t, err) && test_dead_ends(t, err);
    if (good)
        tell_counts(t);
    examiner_free(&t->examiner);
    buf_free(&t->line);
    arena_free(t->arena);
    t->arena = NULL;
    return good;
}
