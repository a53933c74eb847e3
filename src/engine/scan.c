/* SPDX-License-Identifier: MIT */
/* scan.c - one document through the pipeline. */
#include "engine/scan.h"

#include <stdlib.h>

#include "engine/state.h"

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
    if (!s->arena || !s->room || !s->regexes) {
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
    arena_reset(s->arena);
    s->profile = profile;
    s->options = options;
    s->err = err;
    s->failed = false;
    s->facts = (struct post_facts){0};
    s->detect_ready = false;
    s->english = (struct vocab){is_english, s->pack};
    s->text = (struct text){0};
    s->lexicon_hits = ARENA_NEW(
        s->arena, const struct hits *, s->pack->lexicons_count + (size_t)1);
    s->running_hits = ARENA_NEW(
        s->arena, const struct hits *, s->pack->lexicons_count + (size_t)1);
    s->evid_hits = ARENA_NEW(
        s->arena, const struct hits *, s->pack->evids_count + (size_t)1);
    s->detect_hits =
        ARENA_NEW(s->arena, const struct hits *, detect_count() + 1);
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
    gate_propose(s);
    for (uint32_t i = 0; i < s->pack->rules_count; i++) {
        const struct pack_rule *r = &s->pack->rules[i];
        if (!s->rules->on[i] || (r->kind == RULE_GUIDE && !options->guides) ||
            !rule_applies(s->pack, r, profile))
            continue;
        found->rules_run++;
        if (s->proposed[i])
            judge_rule(s, i, &verdicts);
    }
    judge_settle(s, &verdicts, found);
    found->not_english = seems_foreign(s);
    return !s->failed;
}
