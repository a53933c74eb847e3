/* SPDX-License-Identifier: MIT */
/*
 * scan.h - one document through the pipeline.
 *
 *     struct ruleset   what to judge by: a pack and what settings make of it;
 *                      never changes, shared by threads
 *     struct scratch   what one thread needs: arena, patterns compiled so far
 *
 * Findings live in the scratch's arena until the next scan.
 */
#ifndef ENGINE_SCAN_H
#define ENGINE_SCAN_H

#include "engine/finding.h"
#include "engine/pack.h"
#include "rules/config.h"
#include "text/doc.h"
#include "text/text.h"

struct scratch;

/* Each value folded, empty when unset. A profession may be several words. */
struct profile {
    struct str value[PROFILE_COUNT];
    bool reply; /* reply_to is set and is not "none" */
    struct str reply_to;
};

/* What of a pack is on; one byte a rule, RULE_* below. */
struct ruleset {
    const struct pack *pack;
    uint8_t *on;          /* 1: judged; a rule of status trial only when asked */
    uint8_t *level;       /* 0: as the rule says; 1 + enum level: settings say
                             so (LEVEL_SILENT: off) */
    uint32_t edition;     /* counted up by whoever changes the above between
                             two scans of one scratch */
    uint8_t *locked;      /* 0, or by which settings file (its owner): nothing
                             but these may silence it; LOCKED_BY_SEVERAL:
                             nothing at all */
    size_t *reach;        /* length + 1 of the prefix that `level` is from */
};

/* One step of judging a rule, for `rules trace`. What a step rests on is told
   before it, with a greater depth. */
struct scan_trace {
    uint32_t depth;
    const char *what;    /* "gate", "applies", "hit", "anchor", "when", "test",
                            "allow", "unless", "column", "cell", "crowd",
                            "adjust", "finding", "gives way" */
    struct str name;     /* of a piece, a level, the rule that won */
    int value;           /* 1 true, 0 false, -1 not a truth value */
    uint32_t cond;       /* "test": the condition, else PACK_NONE */
    bool has_place;
    struct place place;  /* of a hit */
};

/* What judging a rule cost, for `rules bench`. */
struct scan_cost {
    uint64_t posts; /* that the gate proposed it for */
    uint64_t time;  /* spent on them, in ticks of the clock */
};

struct scan_options {
    bool no_gate; /* judge every rule on every post */
    bool guides;  /* guides too */
    bool keep_yielded; /* tests: findings that gave way stay */
    void (*trace)(void *ctx, const struct scan_trace *t);
    void *trace_ctx;
    uint32_t trace_rule; /* PACK_NONE: none */
    struct scan_cost *costs; /* one for each rule, added to; null: none */
    uint64_t (*clock)(void); /* with costs */
};

/* All rules of status stable on. Memory is the arena's. */
bool ruleset_new(struct arena *a, const struct pack *pack,
    struct ruleset *rules, struct err *err) PL_MUST_USE;

/* select/ignore: the most specific prefix wins; an unknown prefix is an error
   with a suggestion. */
/* Settings of one file, the later over the earlier. Problems are told at their
   places: an unknown rule, with a suggestion. */
struct ruleset_layer {
    const struct config *config;
    uint8_t owner; /* from 1; of what it locks */
    bool heard;    /* else only what it locks counts */
};
enum { LOCKED_BY_SEVERAL = 255 };
bool ruleset_configure(struct ruleset *rules,
    const struct ruleset_layer *layers, size_t layer_count,
    struct problems *problems) PL_MUST_USE;
/* Is there a rule with this prefix? Else *near may be what was meant. */
bool ruleset_knows(const struct pack *p, struct str prefix, struct str *near);
/* select and ignore do not silence what is locked, and a select that is no less
   specific than what settings silence wakes it. */
bool ruleset_select(struct ruleset *rules, struct arena *a,
    const struct str *select, size_t select_count, const struct str *ignore,
    size_t ignore_count, struct err *err) PL_MUST_USE;

struct scratch *scratch_new(const struct ruleset *rules);
void scratch_free(struct scratch *s);

/* False: not everything could be judged (bad text, a limit hit); *found then
   holds the findings so far. */
bool scan(struct scratch *s, const struct doc *doc,
    const struct profile *profile, const struct scan_options *options,
    struct findings *found, struct err *err) PL_MUST_USE;

/* Does a guard hold for an anchor at these bytes of the first field? For its
   own tests. False: the text could not be read, or a limit was hit. */
bool scan_guard(struct scratch *s, const struct doc *doc,
    const struct profile *profile, const struct scan_options *options,
    uint32_t guard, struct span at, bool *holds, struct err *err) PL_MUST_USE;
/* Sets a bit for each evidence of the pack that was looked for in the last scan
   and found: (evids_count + 7) / 8 bytes. */
void scan_evidence(const struct scratch *s, uint8_t *bits);

/* For whoever must survive out of memory: sets the arena's handler. */
struct arena *scratch_arena(struct scratch *s);
/* For tests of both regex engines. */
struct regex_room;
struct regex_room *scratch_room(struct scratch *s);

/* The analysed text of the last scan, for reporters and tests. */
const struct text *scan_text(const struct scratch *s);

#endif
