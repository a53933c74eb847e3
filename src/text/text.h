/* SPDX-License-Identifier: MIT */
/*
 * text.h - what a text is: normalised bytes, tokens, sentences, clauses,
 * quotes.
 *
 * All parts of a document are normalised into one buffer, one after the other,
 * parted by a newline. Two forms of it stand side by side, byte for byte at the
 * same offsets: `cased` keeps the author's case (regexes run on it), `folded`
 * is lower case (words are compared in it). Every span in here counts bytes of
 * that buffer; text_source() leads back to the author's bytes.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "text/doc.h"

/* X(name, what) */
#define TOKEN_LIST(X)                                                          \
    X(WORD, "word")                                                            \
    X(NUMBER, "number")                                                        \
    X(CODE, "code")                                                            \
    X(MENTION, "mention")                                                      \
    X(LINK, "link")                                                            \
    X(EMAIL, "email")                                                          \
    X(EMOJI, "emoji")

enum token_kind {
#define X(name, word) TOKEN_##name,
    TOKEN_LIST(X)
#undef X
        TOKEN_KIND_COUNT
};

enum token_flag {
    TOKEN_HARD = 1 << 0,      /* more than blanks and - / . & ' _ * + ~ ^ #
                                 parts it from the token before: a phrase of
                                 a lexicon does not cross it */
    TOKEN_BREAK = 1 << 1,     /* a clause begins here, by punctuation */
    TOKEN_COLON = 1 << 2,     /* ... and that punctuation is a colon */
    TOKEN_CAPITAL = 1 << 3,   /* first letter is upper case in the source */
    TOKEN_CAPS = 1 << 4,      /* two letters or more, all upper case */
    TOKEN_DISGUISED = 1 << 5, /* spaced, masked, look-alike or hidden
                                 characters were undone in it */
    TOKEN_TAGGED = 1 << 6,    /* part of a hashtag */
    TOKEN_FIRST = 1 << 7,     /* opens its sentence, or stands in it behind
                                 emoji, mentions and a list number only */
    TOKEN_POSSESSIVE = 1 << 8, /* a final 's was dropped */
    TOKEN_LINE = 1 << 9,      /* opens a line */
};

/* Punctuation is no token. Words inside links and mentions are tokens of their
   own in zone LINK or MENTIONS, after all tokens of the parts, each link or
   mention a sentence of its own. */
struct token {
    struct span at;    /* in the buffer; a disguised word: all it covers */
    struct str word;   /* folded form that lexicons know: without final 's,
                          joined and unmasked; a number without commas, with
                          its % or the dots of a date; an emoji of several
                          characters without skin tone and a final sign for
                          man or woman */
    uint64_t hash;     /* str_hash(word) */
    uint32_t sentence; /* index */
    uint32_t tag;      /* index + 1 of its hashtag, 0 */
    uint16_t zones;    /* ZONE_BITs: BODY or ALT or ..., PROSE, HEAD, TAGS,
                          MENTIONS, LINK */
    uint16_t flags;    /* enum token_flag */
    uint8_t kind;
};

struct sentence {
    struct span at;
    uint32_t tok_beg, tok_end; /* tokens */
    uint32_t part;             /* of the document; pseudo sentences: that of
                                  the link or mention */
    enum zone zone;
    bool label;   /* opens a line or follows a sentence end (a place for
                     MYTH:), i.e. always but for pieces of an over-long one */
    char closed_by; /* '.', '!', '?', or 0 */
};

/* A hashtag; its words are tokens [tok_beg, tok_end). */
struct tag {
    struct span at;       /* with the # */
    struct str word;      /* folded, with the #: "#ad" */
    uint64_t hash;        /* str_hash(word) */
    uint32_t tok_beg, tok_end;
    uint16_t run;         /* length of the run of tags it stands in */
    uint16_t place;       /* its place in the run, from 1 */
};

struct quote {
    struct span at; /* with the marks */
    bool doubled;   /* "..." ; else '...' at word borders */
};

/* Hidden characters inside a word or number. */
struct hidden {
    struct span at; /* the word or number */
};

struct text {
    const struct doc *doc;
    struct str cased, folded; /* same length, each followed by a NUL */
    struct offmap *map;
    struct token *tokens; /* of the parts first, then words of links and
                             mentions */
    uint32_t token_count;
    uint32_t main_count;  /* tokens before the pseudo sentences */
    struct sentence *sentences;
    uint32_t sentence_count, main_sentences;
    struct tag *tags;
    uint32_t tag_count;
    struct quote *quotes;
    uint32_t quote_count;
    struct hidden *hidden;
    uint32_t hidden_count;
    bool has_link;
    bool opens_with_mention; /* a reply */
    uint32_t english, words; /* words of the body, and how many of them the
                                common list knows; filled by the engine */
};

/* The words of all lexicons: letters are joined, unmasked and hashtags in
   lower case split only where the result is one of them. */
struct vocab {
    bool (*has)(const void *ctx, uint64_t hash);
    const void *ctx;
};

/*
 * Analyses a document into *text; memory is the arena's. Fails on bytes that
 * are not UTF-8, NUL bytes and text beyond the limits, with line and column.
 */
bool text_analyse(struct arena *a, const struct doc *doc,
    const struct vocab *vocab, struct text *text, struct err *err) PL_MUST_USE;

/* The author's bytes behind a span of the buffer: *field is the document's
   field; the span grows outwards so that no character is cut. */
struct span text_source(const struct text *t, struct span at, uint32_t *field);

/* Tokens that overlap a span: *beg..*end, empty if there is none (then *beg is
   the first token behind it). Looks among the main tokens only. */
void text_tokens(
    const struct text *t, struct span at, uint32_t *beg, uint32_t *end);

/* The sentence that holds an offset. */
uint32_t text_sentence_at(const struct text *t, uint32_t offset);

/*
 * Splits a word list entry or any short phrase the way posts are split: words
 * into tokens[0..cap), their count is returned (cap + 1 if there are more).
 * "don't call" is two; "#ad" and "@nhs" are one whole tag or mention.
 */
size_t text_phrase(struct arena *a, struct str phrase, struct token *tokens,
    size_t cap);

/* Normalises and folds a short string (a table cell, a lexicon word). */
struct str text_fold(struct arena *a, struct str s);

#endif
