/* SPDX-License-Identifier: MIT */
/*
 * detect.h - recognisers written in C, one for each kind of thing that a list
 * of words cannot hold: ages, dates, people, numbers.
 *
 * A detector reads a text and adds hits with facts. It keeps no state; the
 * engine runs each at most once for a post.
 */
#ifndef MATCH_DETECT_H
#define MATCH_DETECT_H

#include "match/hit.h"
#include "text/text.h"

/* X(name, lexicon of the pack that a detector may ask for) */
#define DETECT_LEXICON_LIST(X)                                                 \
    X(FIRST_NAMES, "first-names")                                              \
    X(SURNAMES, "surnames")                                                    \
    X(PLACES, "places")                                                        \
    X(FACILITIES, "facilities")                                                \
    X(EPONYMS, "eponyms")                                                      \
    X(TITLES, "person-titles")

enum detect_lexicon {
#define X(name, word) DETECT_##name,
    DETECT_LEXICON_LIST(X)
#undef X
        DETECT_LEXICON_COUNT
};

struct detect_in {
    const struct text *text;
    struct arena *arena;
    /* Hits of each lexicon, in order; facts hold an entry's tags (common-word,
       population). Empty where a pack has no such lexicon. */
    struct hits lexicon[DETECT_LEXICON_COUNT];
    /* Words of every list, common ones too: an unknown capitalised word may be
       a name of something. May be null. */
    const struct vocab *words;
    const struct known_index *index; /* of detect_index_new(), or null: made for
                                        each text again */
    const uint8_t *known; /* of each token; detect_prepare() sets it */
};

/* What a text must hold for a detector to find anything: any of these. */
enum feature {
    FEATURE_DIGIT = 1 << 0,
    FEATURE_NUMBER_WORD = 1 << 1, /* "seven", "nineties", "oh" */
    FEATURE_PERCENT = 1 << 2,     /* % or the word percent, per cent */
    FEATURE_AT = 1 << 3,          /* @ */
    FEATURE_HASH = 1 << 4,        /* # */
    FEATURE_MONEY = 1 << 5,       /* £ $ € ₹ ₦ R KSh ... sign or code */
    FEATURE_QUOTE = 1 << 6,       /* a quotation */
    FEATURE_EMOJI = 1 << 7,
    FEATURE_HIDDEN = 1 << 8,
    FEATURE_LINK = 1 << 9,        /* a link or e-mail address */
    FEATURE_NAME = 1 << 10,       /* a hit of a names list or a title */
    FEATURE_PLACE = 1 << 11,      /* a hit of a place list */
    FEATURE_FACILITY = 1 << 12,
    FEATURE_DAY_WORD = 1 << 13,   /* a weekday, month, today, tonight ... */
    FEATURE_ALWAYS = 1 << 14,     /* no cheap test */
    FEATURE_DOT = 1 << 15,        /* a full stop between two letters */
    FEATURE_COUNT_WORD = 1 << 16  /* "a few", "a week" */
};

struct detector {
    const char *name; /* rules say "detect: age" */
    const char *about;
    uint32_t needs; /* enum feature: runs only where one of them holds */
    void (*find)(const struct detect_in *in, struct hits *out);
};

/* Null if there is none of that name. Their order never changes within a
   version; *index is its place. */
const struct detector *detect_find(struct str name, uint32_t *index);
const struct detector *detect_at(uint32_t index); /* null past the end */
size_t detect_count(void);

/* Before any detector: looks up the words that detectors begin at. Returns the
   enum feature of the text; names, places and facilities are told from
   in->lexicon. */
uint32_t detect_prepare(struct detect_in *in);

/* Those words by their hashes, for many texts; free() it. Null when out of
   memory. */
struct known_index *detect_index_new(void);

#endif
