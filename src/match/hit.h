/* SPDX-License-Identifier: MIT */
/* hit.h - one place where evidence was found, and what is known about it. */
#ifndef MATCH_HIT_H
#define MATCH_HIT_H

#include "base/arena.h"
#include "text/span.h"

/* X(name, word in rules). Facts of detectors and of every hit; tags of
   lexicons and captures of regexes with one of these names share its number,
   the others get numbers from FACT_OWN on, pack by pack. */
#define FACT_LIST(X)                                                           \
    X(VALUE, "value")           /* number, percent, dose, money */             \
    X(LENGTH, "length")         /* digits, code: characters that count */      \
    X(LETTERS, "letters")       /* code: how many of them are letters */       \
    X(DIGITS, "digits")         /* code: how many of them are digits */        \
    X(YEARS, "years")           /* age; 7 weeks is 0.13 */                     \
    X(EXACT, "exact")           /* age, time, date: to the year, hour, day */  \
    X(SEX, "sex")               /* age: a sex stands with it (34F) */          \
    X(DAYS, "days")             /* duration */                                 \
    X(COMMON_WORD, "common-word") /* person, place: a plain word as well */    \
    X(FULL, "full")             /* person: first name and surname */           \
    X(TITLED, "titled")         /* person: Mrs Patel */                        \
    X(INITIALS, "initials")     /* person: Mrs P, J.S. */                      \
    X(POPULATION, "population") /* place */                                    \
    X(WORDS, "words")           /* quote, hashtag, file: words in it */        \
    X(NAMES, "names")           /* file: how many of them name a person */     \
    X(MOBILE, "mobile")         /* phone: 1 in a range of mobile numbers */    \
    X(RUN, "run")               /* hashtag: tags in its run */                 \
    X(POSITION, "position")     /* hashtag: place in its run, from 1 */        \
    X(VALID, "valid")           /* what `check` says */                        \
    X(CAPITAL, "capital")       /* begins with a capital */                    \
    X(CAPS, "caps")             /* all capitals, two letters or more */        \
    X(FIRST, "first")           /* opens its sentence */                       \
    X(TAGGED, "tagged")         /* inside a hashtag */                         \
    X(DISGUISED, "disguised")   /* spaced, masked ... characters undone */

enum fact_id {
#define X(name, word) FACT_##name,
    FACT_LIST(X)
#undef X
        FACT_OWN /* first number of a pack's own */
};

struct fact {
    uint32_t id;
    double number;
};

struct hit;

struct member { /* of a sequence */
    uint32_t evidence;
    const struct hit *hit;
};

struct hit {
    struct span at;            /* in the text's buffer */
    uint32_t tok_beg, tok_end; /* tokens it overlaps; none: stands before
                                  tok_beg */
    uint32_t head;             /* token that contexts start from */
    uint32_t entry;            /* of a lexicon: its number + 1; 0 */
    const struct fact *facts;  /* beyond those the engine reads off tokens */
    uint32_t fact_count;
    const struct member *members;
    uint32_t member_count;
};

struct hits { /* in the order of the text, not overlapping */
    struct hit *items;
    size_t count, cap;
};

#endif
