/* SPDX-License-Identifier: MIT */
/* lexer.h - what the files that make tokens share; for them alone. */
#ifndef TEXT_LEXER_H
#define TEXT_LEXER_H

#include "text/token.h"

struct lexer {
    struct arena *a;
    struct str cased, folded; /* the buffer */
    size_t beg, end;          /* what is split */
    uint16_t zone, word_zones;
    const struct vocab *vocab;
    struct token_list *tokens, *inner;
    struct tag_list *tags;
    /* No e-mail address or host name begins before these: the run that was
       read in vain is not read again at each of its dots. */
    size_t no_email, no_host;
};

static inline char lexer_byte(const struct lexer *l, size_t i)
{
    return i < l->end ? l->folded.ptr[i] : '\0';
}
static inline bool lexer_digit(const struct lexer *l, size_t i)
{
    return byte_is_digit(lexer_byte(l, i));
}

bool lexer_knows(const struct lexer *l, struct str word);
/* Size of the letter at i, 0 if there is none. */
size_t lexer_letter(const struct lexer *l, size_t i);
/* Is the character before i a letter or digit? */
bool lexer_after_word(const struct lexer *l, size_t i);
/* TOKEN_CAPITAL and TOKEN_CAPS of a word. */
uint16_t lexer_case(const struct lexer *l, size_t beg, size_t end);
struct token *lexer_add(
    struct lexer *l, enum token_kind kind, size_t beg, size_t end);

/* net.c: where an address that begins at i ends, or i if none does. */
size_t net_link(struct lexer *l, size_t i);
size_t net_email(struct lexer *l, size_t i);
size_t net_mention(const struct lexer *l, size_t i);

/* name.c: names of several words written as one. */
size_t name_tag(const struct lexer *l, size_t i); /* end of a hashtag, or i */
void name_add_tag(struct lexer *l, size_t beg, size_t end);
/* Words of a link or mention, the newest token, to l->inner. */
void name_add_inner(struct lexer *l, size_t beg, size_t end, enum zone zone);
/* Words of a file name, to the tokens. */
void name_add_file(struct lexer *l, size_t beg, size_t end);

/* disguise.c: words that hide. */
bool disguise_is_sign(char c); /* one that stands for a letter */
/* The known word behind the masked one at i (v@xx, c0vid) as a token; false if
   there is none. */
bool disguise_add_masked(struct lexer *l, size_t i, size_t *end);
/* "soooo": cut to a known word, else left alone. */
struct str disguise_unstretch(struct lexer *l, struct str word);
/* "Sjogren" for the form with accents, where only that is known. */
struct str disguise_plain(struct lexer *l, struct str word);
/* Letters that stand apart (v-a-x, c.a.n.c.e.r) to one token. */
void disguise_join(struct lexer *l, size_t first);

#endif
