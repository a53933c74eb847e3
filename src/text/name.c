/* SPDX-License-Identifier: MIT */
/*
 * name.c - names of several words written as one: hashtags, handles, hosts and
 * file names.
 *
 * Capitals, digits and signs part words: NHSHeroes, DrSmith24. A piece that is
 * no known word and stands in one case is cut into the fewest known words that
 * cover all of it, or not at all: garliccurescovid.
 */
#include "text/lexer.h"

enum piece { PIECE_NONE, PIECE_LOWER, PIECE_UPPER, PIECE_DIGIT };

struct pieces {
    struct span *items;
    size_t count, cap;
};

static enum piece piece_of(const struct lexer *l, size_t i)
{
    char c = l->cased.ptr[i];
    if (byte_is_digit(c))
        return PIECE_DIGIT;
    if (byte_is_upper(c))
        return PIECE_UPPER;
    return byte_is_lower(c) || (unsigned char)c >= 0x80 ? PIECE_LOWER
                                                        : PIECE_NONE;
}

/* End of the piece that begins at i. */
static size_t piece_end(const struct lexer *l, size_t i, size_t end)
{
    enum piece now = piece_of(l, i);
    size_t at = i + 1;
    for (; at < end; at++) {
        enum piece next = piece_of(l, at);
        if (next == PIECE_NONE ||
            (next == PIECE_DIGIT) != (now == PIECE_DIGIT) ||
            (next == PIECE_UPPER && now == PIECE_LOWER))
            break;
        /* NHSHeroes: the last capital opens the next word, but GPs, PTs. */
        if (next == PIECE_LOWER && now == PIECE_UPPER && at - i > 1) {
            bool plural = l->folded.ptr[at] == 's' &&
                          (at + 1 == end || piece_of(l, at + 1) != PIECE_LOWER);
            return plural ? at + 1 : at - 1;
        }
        now = next;
    }
    return at;
}

enum { SPLIT_LEAST = 6, SPLIT_MOST = 40, SPLIT_WORDS = 6, WORD_LEAST = 2 };

/* The words of one letter. */
static bool is_short_word(const struct lexer *l, size_t i)
{
    return l->folded.ptr[i] == 'a' || l->folded.ptr[i] == 'i';
}

/* best[i]: how few words cover the first i bytes; from[i]: where the last of
   them begins. */
static bool split_by_words(
    struct lexer *l, size_t beg, size_t end, struct pieces *out)
{
    uint8_t best[SPLIT_MOST + 1] = {0}, from[SPLIT_MOST + 1] = {0};
    size_t len = end - beg, cuts[SPLIT_MOST], count = 0;

    if (!l->vocab || len > SPLIT_MOST || len < SPLIT_LEAST)
        return false;
    for (size_t i = 1; i <= len; i++) {
        best[i] = UINT8_MAX;
        for (size_t k = 0; k < i; k++)
            if (best[k] < SPLIT_WORDS && best[k] + 1 < best[i] &&
                (i - k >= WORD_LEAST || is_short_word(l, beg + k)) &&
                lexer_knows(l, str_part(l->folded, beg + k, beg + i))) {
                best[i] = (uint8_t)(best[k] + 1);
                from[i] = (uint8_t)k;
            }
    }
    if (best[len] > SPLIT_WORDS)
        return false;
    for (size_t i = len; i > 0; i = from[i])
        cuts[count++] = from[i];
    for (size_t i = count; i > 0; i--)
        *VEC_PUSH(l->a, out) = (struct span){(uint32_t)(beg + cuts[i - 1]),
            (uint32_t)(i > 1 ? beg + cuts[i - 2] : end)};
    return true;
}

/* B12, T1D, 34yo, 5G: short letters beside digits are one code. */
static bool is_code(const struct lexer *l, size_t beg, size_t mid, size_t end)
{
    if (end == mid)
        return false;
    bool digit_first = piece_of(l, beg) == PIECE_DIGIT;
    size_t letters = digit_first ? end - mid : mid - beg;
    return letters <= 2 || lexer_knows(l, str_part(l->folded, beg, end));
}

static bool is_hex(char c)
{
    return byte_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* %20 in a link parts words. */
static bool is_escape(const struct lexer *l, size_t at, size_t end)
{
    return l->folded.ptr[at] == '%' && at + 3 <= end &&
           is_hex(l->folded.ptr[at + 1]) && is_hex(l->folded.ptr[at + 2]);
}

static void split(struct lexer *l, size_t beg, size_t end, struct pieces *out)
{
    for (size_t at = beg; at < end;) {
        if (is_escape(l, at, end)) {
            at += 3;
            continue;
        }
        if (piece_of(l, at) == PIECE_NONE) {
            at++;
            continue;
        }
        size_t next = piece_end(l, at, end);
        size_t more = next < end && piece_of(l, next) != PIECE_NONE &&
                              (piece_of(l, next) == PIECE_DIGIT) !=
                                  (piece_of(l, at) == PIECE_DIGIT)
                          ? piece_end(l, next, end)
                          : next;
        if (is_code(l, at, next, more))
            next = more;
        else if (!lexer_knows(l, str_part(l->folded, at, next)) &&
                 split_by_words(l, at, next, out)) {
            at = next;
            continue;
        }
        *VEC_PUSH(l->a, out) = (struct span){(uint32_t)at, (uint32_t)next};
        at = next;
    }
}

static enum token_kind kind_of(const struct lexer *l, struct span at)
{
    bool digits = false, letters = false;
    for (uint32_t i = at.beg; i < at.end; i++) {
        digits |= byte_is_digit(l->folded.ptr[i]);
        letters |= !byte_is_digit(l->folded.ptr[i]);
    }
    return !digits ? TOKEN_WORD : letters ? TOKEN_CODE : TOKEN_NUMBER;
}

/* ---- hashtags ----------------------------------------------------------- */

size_t name_tag(const struct lexer *l, size_t i)
{
    size_t at = i + 1, size;
    bool letter = false;
    if (lexer_byte(l, i) != '#' || lexer_after_word(l, i))
        return i;
    for (; at < l->end; at += size) {
        size = lexer_letter(l, at);
        letter |= size > 0;
        if (size == 0 && (lexer_digit(l, at) || lexer_byte(l, at) == '_'))
            size = 1;
        if (size == 0)
            break;
    }
    return letter ? at : i;
}

void name_add_tag(struct lexer *l, size_t beg, size_t end)
{
    struct pieces pieces = {0};
    uint32_t first = (uint32_t)l->tokens->count;

    if (lexer_knows(l, str_part(l->folded, beg + 1, end)))
        *VEC_PUSH(l->a, &pieces) =
            (struct span){(uint32_t)beg + 1, (uint32_t)end};
    else
        split(l, beg + 1, end, &pieces);
    for (size_t i = 0; i < pieces.count; i++) {
        struct span at = pieces.items[i];
        struct token *t = lexer_add(l, kind_of(l, at), at.beg, at.end);
        t->flags |= lexer_case(l, at.beg, at.end) | TOKEN_TAGGED;
        t->zones = l->zone | ZONE_BIT(ZONE_TAGS);
        t->tag = (uint32_t)l->tags->count + 1;
    }
    struct tag *tag = VEC_PUSH(l->a, l->tags);
    tag->at = (struct span){(uint32_t)beg, (uint32_t)end};
    tag->word = str_part(l->folded, beg, end);
    tag->hash = str_hash(tag->word);
    tag->tok_beg = first;
    tag->tok_end = (uint32_t)l->tokens->count;
}

/* ---- mentions, links, files --------------------------------------------- */

void name_add_inner(struct lexer *l, size_t beg, size_t end, enum zone zone)
{
    struct pieces pieces = {0};
    if (!l->inner)
        return;
    split(l, beg, end, &pieces);
    for (size_t i = 0; i < pieces.count; i++) {
        struct span at = pieces.items[i];
        struct token *t = VEC_PUSH(l->a, l->inner);
        t->at = at;
        t->word = str_part(l->folded, at.beg, at.end);
        t->kind = (uint8_t)kind_of(l, at);
        t->zones = ZONE_BIT(zone);
        t->sentence = (uint32_t)l->tokens->count - 1;
        t->flags = lexer_case(l, at.beg, at.end);
    }
}

void name_add_file(struct lexer *l, size_t beg, size_t end)
{
    struct pieces pieces = {0};
    split(l, beg, end, &pieces);
    for (size_t i = 0; i < pieces.count; i++) {
        struct span at = pieces.items[i];
        lexer_add(l, kind_of(l, at), at.beg, at.end)->flags |=
            lexer_case(l, at.beg, at.end);
    }
}
