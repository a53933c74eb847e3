/* SPDX-License-Identifier: MIT */
/* detector.h - what detectors share; private to match/. */
#ifndef MATCH_DETECTOR_H
#define MATCH_DETECTOR_H

#include "match/detect.h"

struct words_list {
    const char *const *items;
    size_t count;
};
/* A list that is built once, not at each call. */
#define WORDS(...)                                                             \
    (__extension__({                                                           \
        static const char *const items_[] = {__VA_ARGS__};                     \
        (struct words_list){items_, sizeof items_ / sizeof *items_};           \
    }))

static inline const struct token *token_at(
    const struct detect_in *in, uint32_t i)
{
    return i < in->text->main_count ? &in->text->tokens[i] : NULL;
}

bool token_is(const struct detect_in *in, uint32_t i, const char *word);
bool token_in(const struct detect_in *in, uint32_t i, struct words_list list);
/* Is it one of the words that detectors begin at, with any of these features? */
bool known_is(const struct detect_in *in, uint32_t i, uint32_t features);
/* Do tokens i and i + 1 stand in one sentence? */
bool token_joins(const struct detect_in *in, uint32_t i);
/* The author's spelling. */
struct str token_cased(const struct detect_in *in, uint32_t i);
/* The byte behind token i, 0 at the end; before it likewise. */
char byte_after(const struct detect_in *in, uint32_t i);
char byte_before(const struct detect_in *in, uint32_t i);
/* A number in digits or words ("thirty-four") from token i: tokens it takes, 0
   if there is none. */
uint32_t number_at(const struct detect_in *in, uint32_t i, double *value);
/* Digits in words ("double oh seven") from byte i of s: how many, 0 if none
   begin there; *end is where they end. */
uint32_t number_spelled(struct str s, uint32_t i, uint32_t *end);
/* Only digits (and a decimal point). */
bool token_number(const struct detect_in *in, uint32_t i, double *value);
/* "34yo" -> 34 and "yo": a code that is digits, then letters. */
bool code_split(const struct detect_in *in, uint32_t i, double *number,
    struct str *letters);

/* Adds a hit over tokens [beg, end). */
struct hit *hit_tokens(
    const struct detect_in *in, struct hits *out, uint32_t beg, uint32_t end);
/* Adds a hit over bytes. */
struct hit *hit_bytes(
    const struct detect_in *in, struct hits *out, struct span at);
void hit_add_fact(
    const struct detect_in *in, struct hit *h, uint32_t id, double number);
/* The hit of a detector's lexicon that begins at token i; null if none does. */
const struct hit *lexicon_at(
    const struct detect_in *in, enum detect_lexicon which, uint32_t i);
bool hit_has(const struct hit *h, uint32_t fact, double *number);
/* A word of no list, common ones included. */
bool is_unknown_word(const struct detect_in *in, uint32_t i);

#define DETECTOR_LIST(X)                                                       \
    X(percent, FEATURE_PERCENT, "12%, 12 per cent")                            \
    X(dose, FEATURE_DIGIT | FEATURE_NUMBER_WORD, "400mg, two tablets")         \
    X(money, FEATURE_MONEY, "an amount of money")                              \
    X(number, FEATURE_DIGIT | FEATURE_NUMBER_WORD, "a number")                 \
    X(digits, FEATURE_DIGIT | FEATURE_NUMBER_WORD, "five digits or more")        \
    X(code, FEATURE_DIGIT, "letters with digits")                              \
    X(age, FEATURE_DIGIT | FEATURE_NUMBER_WORD, "34yo, aged 7 weeks, 34F")     \
    X(duration, FEATURE_DIGIT | FEATURE_NUMBER_WORD | FEATURE_COUNT_WORD,      \
        "three weeks")                                                         \
    X(date, FEATURE_DIGIT | FEATURE_DAY_WORD, "3 May, 03/05/2024, in March")   \
    X(weekday, FEATURE_DAY_WORD, "Monday")                                     \
    X(time, FEATURE_DIGIT | FEATURE_DAY_WORD, "10:30, 3am")                    \
    X(person, FEATURE_NAME, "a person's name")                                 \
    X(place, FEATURE_ALWAYS, "a town, village or other place")                 \
    X(facility, FEATURE_ALWAYS, "a named hospital, ward, bed")                 \
    X(hashtag, FEATURE_HASH, "a hashtag")                                      \
    X(handle, FEATURE_AT, "@somebody")                                         \
    X(quote, FEATURE_QUOTE, "words in quotation marks")                        \
    X(emoji, FEATURE_EMOJI, "an emoji")                                        \
    X(hidden, FEATURE_HIDDEN, "hidden characters inside a word")               \
    X(phone, FEATURE_DIGIT | FEATURE_NUMBER_WORD, "a phone number")              \
    X(email, FEATURE_AT, "an e-mail address")                                  \
    X(url, FEATURE_LINK, "a link")                                             \
    X(postcode, FEATURE_DIGIT, "a postcode")                                   \
    X(plate, FEATURE_DIGIT, "a number plate")                                  \
    X(ip, FEATURE_DIGIT, "an IP address")                                      \
    X(file, FEATURE_DOT, "the name of a file")

#define X(name, needs, about)                                                  \
    void detect_##name(const struct detect_in *in, struct hits *out);
DETECTOR_LIST(X)
#undef X

#endif
