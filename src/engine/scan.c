/* SPDX-License-Identifier: MIT */
/* scan.c - one document through the pipeline. */
#include "engine/scan.h"

#include <stdlib.h>
#include <string.h>

#include "engine/state.h"

static bool slots_init(struct slots *slots, uint32_t count)
{
    slots->hits = calloc(count + (size_t)1, sizeof *slots->hits);
    slots->used = calloc(count + (size_t)1, sizeof *slots->used);
    return slots->hits && slots->used;
}

static bool marks_init(struct marks *marks, uint32_t count)
{
    marks->answer = calloc(count + (size_t)1, sizeof *marks->answer);
    marks->used = calloc(count + (size_t)1, sizeof *marks->used);
    return marks->answer && marks->used;
}

static void marks_free(struct marks *marks)
{
    free(marks->answer);
    free(marks->used);
}

static void marks_forget(struct marks *marks)
{
    for (uint32_t i = 0; i < marks->used_count; i++)
        marks->answer[marks->used[i]] = 0;
    marks->used_count = 0;
}

static void slots_free(struct slots *slots)
{
    free(slots->hits);
    free(slots->used);
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
    s->regexes =
        calloc(s->pack->regexes_count + (size_t)1, sizeof(struct regex *));
    s->lexicon_first =
        calloc(s->pack->lexicons_count + (size_t)1, sizeof(uint32_t));
    s->applied.rules = calloc(s->pack->rules_count + (size_t)1, 1);
    if (!s->arena || !s->room || !s->regexes || !s->lexicon_first ||
        !s->applied.rules ||
        !slots_init(&s->lexicons, s->pack->lexicons_count) ||
        !slots_init(&s->running, s->pack->lexicons_count) ||
        !slots_init(&s->evids, s->pack->evids_count) ||
        !marks_init(&s->possible, s->pack->evids_count) ||
        !marks_init(&s->needs, s->pack->regexes_count)) {
        scratch_free(s);
        return NULL;
    }
    return s;
}

void scratch_free(struct scratch *s)
{
    if (!s)
        return;
    for (uint32_t i = 0; s->regexes && i < s->pack->regexes_count; i++)
        regex_free(s->regexes[i]);
    free(s->regexes);
    free(s->lexicon_first);
    free(s->applied.rules);
    slots_free(&s->lexicons);
    slots_free(&s->running);
    slots_free(&s->evids);
    marks_free(&s->possible);
    marks_free(&s->needs);
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
    (void)err_set(s->err, code, (struct where){0},
        "%s (rule file " STR_FMT ":%u)", what, STR_ARG(file),
        (unsigned)at.line);
}

static uint32_t word_flags(const struct pack *p, uint64_t hash)
{
    uint32_t mask = p->words_count - 1;
    for (uint32_t i = (uint32_t)hash & mask; p->words[i].id != 0;
         i = (i + 1) & mask)
        if (p->words[i].hash == hash)
            return p->words[i].flags;
    return 0;
}

static bool vocab_has(const void *ctx, uint64_t hash)
{
    return (word_flags(ctx, hash) & WORD_LEXICON) != 0;
}

static bool is_english(const void *ctx, uint64_t hash)
{
    return (word_flags(ctx, hash) & WORD_ENGLISH) != 0;
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
        t->english += word_flags(s->pack, t->tokens[i].hash) != 0;
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
    marks_forget(&s->possible);
    marks_forget(&s->needs);
    s->trigrams.ready = false;
    arena_reset(s->arena);
    s->profile = profile;
    s->options = options;
    s->err = err;
    s->failed = false;
    s->facts = (struct post_facts){0};
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
    a->count = 0;
    a->guides = guides;
    a->edition = s->rules->edition;
    a->key_len = known ? len : 0;
    if (known)
        memcpy(a->key, key, len);
    for (uint32_t i = 0; i < p->rules_count; i++) {
        const struct pack_rule *r = &p->rules[i];
        a->rules[i] = s->rules->on[i] && (r->kind != RULE_GUIDE || guides) &&
                      rule_applies(p, r, s->profile);
        a->count += a->rules[i];
    }
}

bool scan(struct scratch *s, const struct doc *doc,
    const struct profile *profile, const struct scan_options *options,
    struct findings *found, struct err *err)
{
    const struct vocab vocab = {vocab_has, s->pack};
    struct verdicts verdicts = {0};

    start(s, profile, options, err);
    *found = (struct findings){0};
    if (!text_analyse(s->arena, doc, &vocab, &s->text, err))
        return false;
    phrase_scan(s);
    context_clauses(s);
    apply_rules(s);
    found->rules_run = (uint32_t)s->applied.count;
    gate_propose(s);
    for (uint32_t i = 0; i < s->pack->rules_count; i++)
        if (s->proposed[i] && s->applied.rules[i])
            judge_rule(s, i, &verdicts);
    judge_settle(s, &verdicts, found);
    found->not_english = seems_foreign(s);
    return !s->failed;
}
