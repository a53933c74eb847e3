/* SPDX-License-Identifier: MIT */
/* scan.c - one document through the pipeline. */
#include "engine/scan.h"

#include <stdlib.h>
#include <string.h>

#include "engine/state.h"
#include "engine/words.h"

/* ---- arrays as long as the pack's sections --------------------------------- */

/* All lie in one block, which the system hands out zeroed and page by page: a
   draft touches few of them. base null: only the size is asked for. */
struct layout {
    char *base;
    size_t used;
};

static void *place(struct layout *l, uint32_t count, size_t size)
{
    size_t at = l->used;
    l->used = (at + (count + (size_t)1) * size + 7) & ~(size_t)7;
    return l->base ? l->base + at : NULL;
}

static void place_slots(struct layout *l, struct slots *slots, uint32_t count)
{
    slots->hits = place(l, count, sizeof *slots->hits);
    slots->used = place(l, count, sizeof *slots->used);
}

static void place_marks(struct layout *l, struct marks *marks, uint32_t count)
{
    marks->answer = place(l, count, sizeof *marks->answer);
    marks->used = place(l, count, sizeof *marks->used);
}

static size_t lay_out(struct scratch *s, char *base)
{
    const struct pack *p = s->pack;
    struct layout l = {.base = base};
    s->regexes = place(&l, p->regexes_count, sizeof *s->regexes);
    s->lexicon_first = place(&l, p->lexicons_count, sizeof *s->lexicon_first);
    s->applied.rules = place(&l, p->rules_count / 64, sizeof(uint64_t));
    s->applied.always = place(&l, p->rules_count / 64, sizeof(uint64_t));
    s->proposed = place(&l, p->rules_count / 64, sizeof(uint64_t));
    s->traits = place(&l, p->evids_count, sizeof *s->traits);
    s->regex_traits = place(&l, p->regexes_count, sizeof *s->regex_traits);
    s->regex_sents = place(&l, p->regexes_count, sizeof *s->regex_sents);
    for (int i = 0; i < SENTS_PRICES; i++) {
        s->evid_sents[i] =
            place(&l, p->evids_count, sizeof *s->evid_sents[i]);
        s->guard_sents[i] =
            place(&l, p->guards_count, sizeof *s->guard_sents[i]);
    }
    place_slots(&l, &s->lexicons, p->lexicons_count);
    place_slots(&l, &s->running, p->lexicons_count);
    place_slots(&l, &s->evids, p->evids_count);
    place_marks(&l, &s->needs, p->regexes_count);
    return l.used;
}

static void marks_forget(struct marks *marks)
{
    for (uint32_t i = 0; i < marks->used_count; i++)
        marks->answer[marks->used[i]] = 0;
    marks->used_count = 0;
}

static void slots_forget(struct slots *slots)
{
    for (uint32_t i = 0; i < slots->used_count; i++)
        slots->hits[slots->used[i]] = NULL;
    slots->used_count = 0;
}

void slots_set(struct slots *slots, uint32_t index, const struct hits *hits)
{
    slots->hits[index] = hits;
    slots->used[slots->used_count++] = index;
}

struct scratch *scratch_new(const struct ruleset *rules)
{
    struct scratch *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->rules = rules;
    s->pack = rules->pack;
    s->arena = arena_new(0);
    s->room = regex_room_new();
    s->detect_in.index = s->known = detect_index_new();
    s->memory = calloc(1, lay_out(s, NULL));
    if (!s->arena || !s->room || !s->known || !s->memory) {
        scratch_free(s);
        return NULL;
    }
    (void)lay_out(s, s->memory);
    return s;
}

void scratch_free(struct scratch *s)
{
    if (!s)
        return;
    for (uint32_t i = 0; s->regexes && i < s->pack->regexes_count; i++)
        regex_free(s->regexes[i]);
    free(s->known);
    free(s->memory);
    regex_room_free(s->room);
    arena_free(s->arena);
    free(s);
}

struct arena *scratch_arena(struct scratch *s)
{
    return s->arena;
}

struct regex_room *scratch_room(struct scratch *s)
{
    return s->room;
}

const struct text *scan_text(const struct scratch *s)
{
    return &s->text;
}

void scan_fail(struct scratch *s, enum err_code code, struct pack_where at,
    const char *what)
{
    struct str file = pack_text(s->pack, at.file);
    if (s->failed)
        return;
    s->failed = true;
    if (file.len == 0)
        (void)err_set(s->err, code, (struct where){0}, "%s", what);
    else
        (void)err_set(s->err, code, (struct where){0},
            "%s (rule file " STR_FMT ":%u)", what, STR_ARG(file),
            (unsigned)at.line);
}

static bool vocab_has(const void *ctx, uint64_t hash)
{
    return (word_find(ctx, hash).flags & WORD_LEXICON) != 0;
}

static bool is_english(const void *ctx, uint64_t hash)
{
    return (word_find(ctx, hash).flags & WORD_ENGLISH) != 0;
}

enum { ENGLISH_LEAST = 8 };

/* Most of eight or more words are in no list of ours. */
static bool seems_foreign(struct scratch *s)
{
    struct text *t = &s->text;
    for (uint32_t i = 0; i < t->main_count; i++) {
        if (t->tokens[i].kind != TOKEN_WORD || t->tokens[i].tag != 0)
            continue;
        t->words++;
        t->english += word_find(s->pack, t->tokens[i].hash).flags != 0;
    }
    return t->words >= ENGLISH_LEAST && t->english * 2 < t->words;
}

static void start(struct scratch *s, const struct profile *profile,
    const struct scan_options *options, struct err *err)
{
    phrase_forget(s);
    slots_forget(&s->lexicons);
    slots_forget(&s->running);
    slots_forget(&s->evids);
    marks_forget(&s->needs);
    s->trigrams.ready = s->sieve.ready = s->digits.ready = false;
    s->post++;
    memset(s->lookups, 0, sizeof s->lookups);
    arena_reset(s->arena);
    s->profile = profile;
    s->options = options;
    s->err = err;
    s->failed = false;
    s->facts = (struct post_facts){0};
    s->weighed = NULL;
    s->detect_ready = false;
    s->english = (struct vocab){is_english, s->pack};
    s->text = (struct text){0};
    s->detect_hits =
        ARENA_NEW(s->arena, const struct hits *, detect_count() + 1);
}

/* False if the profile is too long to be remembered. */
static bool profile_key(const struct profile *profile, char *key, size_t *len)
{
    *len = 0;
    for (int i = 0; i < PROFILE_COUNT; i++) {
        struct str value = profile->value[i];
        if (value.len + 1 > sizeof(((struct applied *)0)->key) - *len)
            return false;
        if (value.len)
            memcpy(key + *len, value.ptr, value.len);
        *len += value.len;
        key[(*len)++] = '\0';
    }
    return true;
}

/* Rules that are on and speak to the profile. */
static void apply_rules(struct scratch *s)
{
    const struct pack *p = s->pack;
    struct applied *a = &s->applied;
    bool guides = s->options->guides;
    char key[sizeof a->key];
    size_t len;
    bool known = profile_key(s->profile, key, &len);

    if (known && len == a->key_len && guides == a->guides &&
        a->edition == s->rules->edition && memcmp(key, a->key, len) == 0)
        return;
    memset(a->rules, 0, (p->rules_count / 64 + (size_t)1) * sizeof *a->rules);
    memset(a->always, 0, (p->rules_count / 64 + (size_t)1) * sizeof *a->always);
    a->count = 0;
    a->guides = guides;
    a->edition = s->rules->edition;
    a->key_len = known ? len : 0;
    if (known)
        memcpy(a->key, key, len);
    for (uint32_t i = 0; i < p->rules_count; i++) {
        const struct pack_rule *r = &p->rules[i];
        uint64_t bit = UINT64_C(1) << i % 64;
        if (!s->rules->on[i] || (r->kind == RULE_GUIDE && !guides) ||
            !rule_applies(p, r, s->profile))
            continue;
        a->rules[i / 64] |= bit;
        a->always[i / 64] |= r->always ? bit : 0;
        a->count++;
    }
}

static bool analyse(
    struct scratch *s, const struct doc *doc, struct err *err)
{
    const struct vocab vocab = {vocab_has, s->pack};
    if (!text_analyse(s->arena, doc, &vocab, &s->text, err))
        return false;
    phrase_scan(s);
    context_clauses(s);
    return true;
}

/* The clock is the caller's: below the front ends nobody reads one. What the
   gate asks on behalf of a rule is part of what the rule costs. */
static void judge_timed(
    struct scratch *s, uint32_t rule, struct verdicts *verdicts)
{
    struct scan_cost *costs = s->options->costs;
    uint64_t from = costs ? s->options->clock() : 0;
    bool confirmed = gate_confirm(s, rule);
    /* Whoever traces wants to see why not. */
    if (confirmed || s->options->trace_rule == rule)
        judge_rule(s, rule, verdicts);
    if (!costs)
        return;
    costs[rule].time += s->options->clock() - from;
    costs[rule].posts += confirmed;
}

static void judge_all(struct scratch *s, struct verdicts *verdicts)
{
    for (uint32_t i = 0; i <= s->pack->rules_count / 64; i++)
        for (uint64_t left = s->proposed[i]; left; left &= left - 1)
            judge_timed(
                s, i * 64 + (uint32_t)__builtin_ctzll(left), verdicts);
}

static bool has_bit(const uint64_t *bits, uint32_t i)
{
    return (bits[i / 64] >> i % 64 & 1) != 0;
}

static void trace_gate(struct scratch *s)
{
    struct trial t = {.s = s, .rule = s->options->trace_rule};
    if (t.rule == PACK_NONE)
        return;
    if (!has_bit(s->applied.rules, t.rule))
        trace(&t, "applies", STR(""), false, NULL);
    else
        trace(&t, "gate", STR(""),
            has_bit(s->proposed, t.rule) && gate_confirm(s, t.rule), NULL);
}

bool scan(struct scratch *s, const struct doc *doc,
    const struct profile *profile, const struct scan_options *options,
    struct findings *found, struct err *err)
{
    struct verdicts verdicts = {0};

    start(s, profile, options, err);
    *found = (struct findings){0};
    if (!analyse(s, doc, err))
        return false;
    apply_rules(s);
    found->rules_run = (uint32_t)s->applied.count;
    gate_propose(s);
    trace_gate(s);
    judge_all(s, &verdicts);
    judge_settle(s, &verdicts, found);
    found->not_english = seems_foreign(s);
    return !s->failed;
}

/* ---- for authors ---------------------------------------------------------- */

/* A hit of no evidence, over the tokens that the span touches. */
static struct hit anchor_at(const struct scratch *s, struct span at)
{
    const struct text *t = &s->text;
    struct hit h = {0};
    uint32_t beg = t->main_count, end = 0;
    for (uint32_t i = 0; i < t->main_count; i++) {
        uint32_t field;
        struct span source = text_source(t, t->tokens[i].at, &field);
        if (field != 0 || source.end <= at.beg || source.beg >= at.end)
            continue;
        beg = i < beg ? i : beg;
        end = i + 1;
    }
    if (beg >= end)
        return h;
    h.at = (struct span){t->tokens[beg].at.beg, t->tokens[end - 1].at.end};
    h.tok_beg = h.head = beg;
    h.tok_end = end;
    return h;
}

bool scan_guard(struct scratch *s, const struct doc *doc,
    const struct profile *profile, const struct scan_options *options,
    uint32_t guard, struct span at, bool *holds, struct err *err)
{
    const struct pack_guard *g = &s->pack->guards[guard];
    start(s, profile, options, err);
    if (!analyse(s, doc, err))
        return false;
    struct hit anchor = anchor_at(s, at);
    struct trial t = {
        .s = s,
        .rule = PACK_NONE,
        .anchor = &anchor,
        .window = window_span(s, g->within, anchor.at),
    };
    *holds = cond_holds(&t, g->when);
    return !s->failed;
}

void scan_evidence(const struct scratch *s, uint8_t *bits)
{
    for (uint32_t i = 0; i < s->evids.used_count; i++) {
        uint32_t evid = s->evids.used[i];
        if (s->evids.hits[evid]->count > 0)
            bits[evid / 8] |= (uint8_t)(1u << evid % 8);
    }
}
