/* SPDX-License-Identifier: MIT */
/* ruletest.h - the examples that stand in rule files, run. */
#ifndef AUTHOR_RULETEST_H
#define AUTHOR_RULETEST_H

#include "base/buf.h"
#include "engine/scan.h"

struct ruletest {
    const struct ruleset *rules;
    struct scratch *scratch;
    struct buf *out; /* a line for each example that does not agree */
    size_t passed, failed;
};

/* Runs the examples of all rules under the prefix (empty: all), each against
   its own rule alone. False if the engine failed. */
bool ruletest_run(
    struct ruletest *t, struct str prefix, struct err *err) PL_MUST_USE;

#endif
