/* SPDX-License-Identifier: MIT */
/* example.h - one example of a rule or guard, judged. */
#ifndef AUTHOR_EXAMPLE_H
#define AUTHOR_EXAMPLE_H

#include "engine/scan.h"

/* Who judges: a scratch of a ruleset, and the arena of the document in hand,
   which is emptied for every example. */
struct examiner {
    struct ruleset *rules;
    struct scratch *scratch;
    struct arena *arena;
    struct doc doc; /* of the last example */
    bool limit;     /* it hit one, say of a regex; findings are those so far */
    struct str limit_text;
};

/* False, with err set, when out of memory. Every rule is off. */
bool examiner_new(struct examiner *x, const struct pack *pack,
    struct arena *owner, struct err *err) PL_MUST_USE;
void examiner_free(struct examiner *x);
/* Turns one rule on and all others off; PACK_NONE: every stable rule. */
void examiner_only(struct examiner *x, uint32_t rule);

/* Judges a text under an example's profile; *found lasts until the next. A limit
   that is hit is no failure, but x->limit. */
bool example_scan(struct examiner *x, const struct pack_example *e,
    struct str text, const struct scan_options *options,
    struct findings *found, struct err *err) PL_MUST_USE;
/* Does the guard hold at the example's mark (or for its whole text)? */
bool example_guard(struct examiner *x, uint32_t guard,
    const struct pack_example *e, const struct scan_options *options,
    bool *holds, struct err *err) PL_MUST_USE;

enum level example_level(
    const struct pack_rule *r, const struct pack_example *e);
/* Null if the findings are what the example says, else what is wrong; *at: the
   finding that is, or null. */
const char *example_verdict(const struct pack *p, const struct pack_rule *r,
    const struct pack_example *e, const struct findings *found,
    const struct finding **at);

#endif
