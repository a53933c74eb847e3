/* SPDX-License-Identifier: MIT */
/*
 * valid.h - check digits and other tests of form, one row each.
 *
 * Pure functions on the characters that count (blanks, dots, slashes and
 * hyphens removed, letters in upper case): no state, no memory.
 */
#ifndef MATCH_VALID_H
#define MATCH_VALID_H

#include "base/str.h"

struct validator {
    const char *name; /* rules say "check: mod11-nhs" */
    const char *about; /* the algorithm and its source */
    bool (*accepts)(struct str s);
};

const struct validator *valid_find(struct str name, uint32_t *index);
const struct validator *valid_at(uint32_t index); /* null past the end */
size_t valid_count(void);

/* Squeezes raw text (upper case, separators gone; "double oh seven" to digits)
   and asks the validator; false if it does not fit. */
bool valid_accepts(uint32_t index, struct str raw);

/* Digits and words for digits from the start of s on, parted by blanks, commas,
   dots or hyphens: how many it wrote to out[cap]; *end is where the last one
   ends. */
size_t valid_spelled(struct str s, char *out, size_t cap, size_t *end);

#endif
