/* SPDX-License-Identifier: MIT */
/*
 * regex.h - PCRE2 with limits, compiled at first use, JIT when it pays.
 *
 * A slot belongs to one thread. A limit counts only when the interpreter and
 * the JIT have both hit it, so that the answer never depends on how often a
 * pattern ran before.
 */
#ifndef MATCH_REGEX_H
#define MATCH_REGEX_H

#include "base/err.h"
#include "text/span.h"

struct regex; /* one compiled pattern of one thread */
struct regex_room; /* match data, limits and JIT stack of one thread */

enum { REGEX_CASELESS = 1 };
enum { REGEX_CAPTURES = 16 }; /* groups told, the whole match included */

struct regex_match {
    struct span at; /* in the subject */
    struct span group[REGEX_CAPTURES]; /* beg > end: not set */
    uint32_t group_count;
};

enum regex_result { REGEX_NONE, REGEX_HIT, REGEX_FAILED };

struct regex_room *regex_room_new(void); /* null when out of memory */
void regex_room_free(struct regex_room *room);

/* Compiles; *error_at is the offset in the pattern and err->msg the reason on
   failure (null result). UTF, UCP, no \C, no callouts, \K refused when it makes
   a match end before it starts. */
struct regex *regex_new(
    struct str pattern, unsigned flags, size_t *error_at, struct err *err);
void regex_free(struct regex *r); /* null is fine */

/* Next match in the subject at or after start; an empty match is never told.
   The subject is well-formed UTF-8. err tells of a limit (both engines). */
enum regex_result regex_next(struct regex *r, struct regex_room *room,
    struct str subject, size_t start, struct regex_match *m, struct err *err);

/* Named groups: number and name of the i-th; false past the end. */
bool regex_capture(
    const struct regex *r, uint32_t i, uint32_t *group, struct str *name);

/* For tests: always JIT from now on, or never. */
enum regex_engine { REGEX_AUTO, REGEX_INTERPRETER, REGEX_JIT };
void regex_room_engine(struct regex_room *room, enum regex_engine engine);

/*
 * What every match must hold, read off the pattern (conservative): one of the
 * literals (folded, three bytes or more, or with a digit), or one of the
 * features (enum feature of detect.h: DIGIT). Both empty: nothing is known, and
 * the pattern is no trigger.
 * sieve: more than that, for whoever is about to run it. Sets one after the
 * other, each ended by a zero byte: strings of folded text, each behind a byte that
 * is its length, one of which must be there. 0 in them stands for any digit, and
 * SIEVE_EDGE at the begin or end for no letter, digit or _ beside it.
 */
enum { SIEVE_EDGE = 2 };

struct regex_needs {
    struct str *literals;
    size_t literal_count;
    uint32_t features;
    struct str sieve;
};
struct regex_needs regex_needs(struct arena *a, struct str pattern);

#endif
