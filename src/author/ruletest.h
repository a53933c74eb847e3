/* SPDX-License-Identifier: MIT */
/*
 * ruletest.h - what rule files say of themselves, put to the test.
 *
 * Errors make the run fail: an example that is not judged as it says, a guard
 * likewise, a regex that can be made to explode. The rest is reported and
 * counted by group, so that a number committed beside the rules can hold it
 * down: the untested, what slips through in disguise, what other rules say of
 * examples that should be silent, advice that is found fault with itself, and
 * numbers that may be somebody's own.
 */
#ifndef AUTHOR_RULETEST_H
#define AUTHOR_RULETEST_H

#include "author/example.h"
#include "base/buf.h"

/* X(name, word, is an error) */
#define RULETEST_LIST(X)                                                       \
    X(EXAMPLE, "example", true)   /* spans and levels */                       \
    X(COST, "cost", true)         /* a regex that explodes */                  \
    X(UNTESTED, "untested", false) /* no example changes without it */         \
    X(EVASION, "evasion", false)  /* slips through in disguise */              \
    X(NOISE, "noise", false)      /* another rule flags a `passes` */          \
    X(DEAD_END, "dead-end", false) /* a `try` that is found fault with */      \
    X(REAL, "real", false)        /* a number that may be somebody's */

enum ruletest_kind {
#define X(name, word, error) RULETEST_##name,
    RULETEST_LIST(X)
#undef X
        RULETEST_COUNT
};

struct ruletest_group { /* "privacy", or "shared" */
    struct str name;
    size_t count[RULETEST_COUNT];
};

struct ruletest_fail { /* an error; strings end with a NUL */
    struct str file, message;
    uint32_t line, col;
};

struct ruletest {
    /* what is asked */
    const struct pack *pack;
    struct str prefix;     /* only these rules; empty: all */
    uint32_t folder;       /* only rules and guards of this folder of the pack
                              or a later one */
    struct str file;       /* only rules of this file; empty: all */
    bool examples_only;    /* nothing but the examples */
    bool list;             /* tell each report, not only errors */
    struct str known;      /* "group kind count" a line: more is an error;
                              null: reports are no errors */
    void (*tell)(void *ctx, const char *text, size_t len); /* may be null */
    void *tell_ctx;
    void (*fail)(void *ctx, const struct ruletest_fail *fail); /* may be null */
    void *fail_ctx;
    /* what came of it */
    size_t passed, failed;
    VEC(struct ruletest_group) groups;
    /* private */
    struct arena *arena;
    struct examiner examiner;
    struct buf line;
    bool *failing; /* examples, by their number */
};

/* False if the engine failed; t->failed says whether the rules did. */
bool ruletest_run(struct ruletest *t, struct err *err) PL_MUST_USE;

/* ---- for the parts of a run -------------------------------------------------- */

bool ruletest_wants(const struct ruletest *t, uint32_t rule);
bool ruletest_wants_guard(const struct ruletest *t, uint32_t guard);
/* Counts a problem of a rule (PACK_NONE: of shared parts) and tells it. */
void ruletest_tell(struct ruletest *t, enum ruletest_kind kind, uint32_t rule,
    struct pack_where at, const char *format, ...) PL_PRINTF(5, 6);

bool pin_run(struct ruletest *t, struct err *err) PL_MUST_USE;
bool evade_run(struct ruletest *t, struct err *err) PL_MUST_USE;
bool pump_run(struct ruletest *t, struct err *err) PL_MUST_USE;
void people_check(struct ruletest *t, uint32_t rule,
    const struct pack_example *e);

#endif
