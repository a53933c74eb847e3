/* SPDX-License-Identifier: MIT */
/*
 * limits.h - every hard limit and its reason.
 *
 * Hitting one is an error with a place, never a silent cut.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_POST = 1 << 20,       /* bytes; default of --max-size */
    LIMIT_POST_MAX = 1 << 28,   /* bytes; --max-size cannot go above: spans
                                   are 32 bits wide and text may grow */
    LIMIT_SOURCE = 16 << 20,    /* bytes of one rule file or word list */
    LIMIT_YAML_DEPTH = 32,      /* nesting of a rule file */
    LIMIT_YAML_NODES = 1 << 20, /* nodes of one file */
    LIMIT_JSON_DEPTH = 128,     /* nesting of a JSON text */
    LIMIT_ERRORS = 20,          /* errors printed of one rule file */
    LIMIT_FINDINGS = 1000,      /* per post; more helps nobody */
    LIMIT_HITS = 20000,         /* of one evidence in one post */
    LIMIT_GAP = 12,             /* tokens between members of a sequence */
    LIMIT_DISTANCE = 20,        /* tokens in near() and before() */
    LIMIT_WINDOW = 40,          /* tokens of a window */
    LIMIT_SENTENCES = 5,        /* sentences of a window */
    LIMIT_PIECES = 64,          /* names in one rule's find */
    LIMIT_WAYS = 64,            /* ways of making a condition true */
    LIMIT_COND_DEPTH = 64,      /* nesting of a condition */
    LIMIT_COLUMNS = 256,        /* of one table of weights */
    LIMIT_TRIES = 32,           /* texts of `try` in one rule: a bit each */
    LIMIT_PHRASE = 12,          /* words of one lexicon entry */
    LIMIT_MATCH_STEPS = 200000, /* PCRE2 match limit for one sentence */
    LIMIT_MATCH_DEPTH = 5000,   /* PCRE2 depth (backtracking) limit */
    LIMIT_SENTENCE = 8000,      /* bytes; a longer one is cut in windows at a
                                   blank, so that cost stays linear */
};

#endif
