/* SPDX-License-Identifier: MIT */
/* ruletest.h - the examples that stand in rule files, run. */
#ifndef AUTHOR_RULETEST_H
#define AUTHOR_RULETEST_H

#include "base/buf.h"
#include "engine/scan.h"

struct ruletest_fail { /* of one example; strings end with a NUL */
    struct str file, message;
    uint32_t line, col;
};

struct ruletest {
    struct ruleset *rules;
    struct scratch *scratch;
    struct buf *out; /* a line for each example that does not agree */
    struct str file; /* only rules of this file; empty: of all */
    /* Told of each example that does not agree, too; may be null. */
    void (*fail)(void *ctx, const struct ruletest_fail *fail);
    void *fail_ctx;
    size_t passed, failed;
};

/* Runs the examples of all rules under the prefix (empty: all), each against
   its own rule alone. False if the engine failed. */
bool ruletest_run(
    struct ruletest *t, struct str prefix, struct err *err) PL_MUST_USE;

#endif
