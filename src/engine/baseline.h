/* SPDX-License-Identifier: MIT */
/*
 * baseline.h - findings on record, without a word of text.
 *
 * A line holds the rule's group and name, the fingerprint, a tag of the value, the level, the day
 * and the reason, parted by tabs, and nothing else. The fingerprint is of the
 * sentence without its values and of no file or line, so that moving a line keeps
 * it; the tag (engine/fingerprint.c) tells most changes of a value and gives none
 * away; no more does the rule, since variants of it are not told apart (one may be
 * for infants alone).
 */
#ifndef ENGINE_BASELINE_H
#define ENGINE_BASELINE_H

#include "base/buf.h"
#include "engine/finding.h"

struct baseline_line {
    struct str rule; /* group/name */
    uint64_t fingerprint;
    uint8_t tag, bits;
    enum level level;
    struct str date, reason;
    bool seen; /* a finding fits it, since it was read */
};

struct baseline {
    struct arena *a;
    struct baseline_line *items; /* by rule, then fingerprint */
    size_t count, cap;
};

/* On failure err has the line. */
bool baseline_parse(struct arena *a, struct str text, struct baseline *b,
    struct err *err) PL_MUST_USE;
/* Is the finding on record, at this level or a higher one? Marks the line. */
bool baseline_knows(
    struct baseline *b, struct str rule, const struct finding *f);
/* Puts it on record unless it is; a line that is there keeps its day and
   reason. The strings are copied. */
void baseline_add(struct baseline *b, struct str rule, const struct finding *f,
    struct str date, struct str reason);
/* Drops the lines that no finding has fitted; how many. */
size_t baseline_prune(struct baseline *b);
void baseline_print(const struct baseline *b, struct buf *out);

#endif
