/* SPDX-License-Identifier: MIT */
/*
 * token.c - splitting a buffer into tokens.
 *
 * One pass. A word is read once, to the byte that ends it; that byte and what
 * the word holds tell whether it may be more than a word: an address, or one
 * that hides. At each place the longest form wins, in this order: e-mail, link,
 * mention, hashtag, masked word, number, word, emoji.
 */
#include "text/token.h"

#include <string.h>

#include "text/lexer.h"
#include "text/pointmap.h"
#include "text/simd.h"
#include "text/utf8.h"

/* ---- what stands at a place --------------------------------------------- */

bool lexer_knows(const struct lexer *l, struct str word)
{
    return l->vocab && l->vocab->has(l->vocab->ctx, str_hash(word));
}

static size_t point_at(const struct lexer *l, size_t i, uint32_t *point)
{
    return i < l->end ? utf8_decode(str_part(l->folded, i, l->end), point) : 0;
}

size_t lexer_letter(const struct lexer *l, size_t i)
{
    uint32_t point;
    if ((unsigned char)lexer_byte(l, i) < 0x80)
        return byte_is_alpha(lexer_byte(l, i));
    size_t size = point_at(l, i, &point);
    return size && pointmap_is_letter(point) ? size : 0;
}

bool lexer_after_word(const struct lexer *l, size_t i)
{
    uint32_t point = 0;
    size_t before = i;
    if (i == l->beg)
        return false;
    while (before > l->beg && utf8_is_tail(l->folded.ptr[--before]))
        continue;
    return point_at(l, before, &point) &&
           (point < 0x80 ? byte_is_alnum((char)point)
                         : pointmap_is_letter(point));
}

static struct token *add(struct lexer *l, enum token_kind kind, size_t beg,
    size_t end, uint16_t zones)
{
    struct token *t = VEC_PUSH(l->a, l->tokens);
    t->at = (struct span){(uint32_t)beg, (uint32_t)end};
    t->word = (struct str){l->folded.ptr + beg, end - beg};
    t->kind = (uint8_t)kind;
    t->zones = zones;
    return t;
}

struct token *lexer_add(
    struct lexer *l, enum token_kind kind, size_t beg, size_t end)
{
    return add(l, kind, beg, end, l->word_zones);
}

/* ---- words -------------------------------------------------------------- */

struct word {
    size_t end;
    uint32_t letters, upper;
    bool capital;   /* the first letter is */
    bool digit;     /* there is one */
    bool wide;      /* a letter that is not ASCII */
    bool stretched; /* three of a letter in a row */
};

/* Adds the letter of more than one byte at w->end; false if there is none. */
static bool read_wide(const struct lexer *l, struct word *w)
{
    size_t size = lexer_letter(l, w->end);
    if (size == 0)
        return false;
    bool upper =
        memcmp(l->cased.ptr + w->end, l->folded.ptr + w->end, size) != 0;
    w->capital |= w->letters == 0 && upper;
    w->upper += upper;
    w->letters++;
    w->wide = true;
    w->end += size;
    return true;
}

/* ASCII letters from w->end on, which most words are made of. The buffer goes
   on for a while behind its end. */
static void read_letters(const struct lexer *l, struct word *w)
{
    size_t len = SIMD_SLACK;
    while (len == SIMD_SLACK && w->end < l->end) {
        unsigned upper;
        len = simd_letters(l->folded.ptr + w->end, l->cased.ptr + w->end,
            &upper, &w->stretched);
        if (len > l->end - w->end)
            len = l->end - w->end;
        w->capital |= w->letters == 0 && (upper & 1);
        if (upper)
            w->upper += (uint32_t)__builtin_popcount(upper & ((1u << len) - 1));
        w->letters += (uint32_t)len;
        w->end += len;
    }
}

/* Letters, digits and the apostrophes between. */
static void word_at(const struct lexer *l, size_t beg, struct word *w)
{
    const char *s = l->folded.ptr;

    *w = (struct word){.end = beg};
    for (;;) {
        read_letters(l, w);
        if (w->end == l->end)
            return;
        char c = s[w->end];
        if ((unsigned char)c >= 0x80) {
            if (!read_wide(l, w))
                return;
            continue;
        }
        if (byte_is_digit(c))
            w->digit = true;
        else if (c != '\'' || w->end == beg || !lexer_letter(l, w->end + 1))
            return;
        w->end++;
    }
}

static uint16_t case_of(const struct word *w)
{
    return (
        uint16_t)((w->capital ? TOKEN_CAPITAL : 0) |
                  (w->letters >= 2 && w->letters == w->upper ? TOKEN_CAPS : 0));
}

uint16_t lexer_case(const struct lexer *l, size_t beg, size_t end)
{
    struct lexer part = *l;
    struct word all = {0};
    part.end = end;
    for (size_t i = beg; i < end;) {
        struct word w;
        word_at(&part, i, &w);
        all.capital |= all.letters == 0 && w.capital;
        all.letters += w.letters;
        all.upper += w.upper;
        i = w.end > i ? w.end : i + 1;
    }
    return case_of(&all);
}

static void add_word(struct lexer *l, size_t beg, struct word *w)
{
    struct token *t =
        lexer_add(l, w->digit ? TOKEN_CODE : TOKEN_WORD, beg, w->end);
    size_t len = t->word.len;

    if (len > 2 && t->word.ptr[len - 1] == 's' &&
        t->word.ptr[len - 2] == '\'') {
        t->word.len -= 2;
        t->flags |= TOKEN_POSSESSIVE;
        w->letters--;
        w->upper -= byte_is_upper(l->cased.ptr[w->end - 1]);
    }
    t->flags |= case_of(w);
    if (w->wide)
        t->word = disguise_plain(l, t->word);
    if (w->stretched && l->vocab)
        t->word = disguise_unstretch(l, t->word);
}

/* ---- numbers ------------------------------------------------------------ */

static size_t digits_end(const struct lexer *l, size_t i)
{
    while (lexer_digit(l, i))
        i++;
    return i;
}

/* Groups parted by commas: 1,234 or 1,23,456; not the list 3,4. */
static size_t groups_end(const struct lexer *l, size_t i)
{
    size_t end = digits_end(l, i), at = end, size = 3;
    if (end - i > 3)
        return end;
    while (lexer_byte(l, at) == ',') {
        size_t next = digits_end(l, at + 1);
        size = next - (at + 1);
        if (size != 2 && size != 3)
            return end;
        at = next;
    }
    return size == 3 ? at : end;
}

/* 1,234.5 is one number; so is a date or version with dots, 12.03.2024. */
static size_t number_end(const struct lexer *l, size_t i)
{
    size_t end = groups_end(l, i);
    while (lexer_byte(l, end) == '.' && lexer_digit(l, end + 1))
        end = digits_end(l, end + 1);
    return end;
}

static struct str without_commas(struct lexer *l, struct str s)
{
    if (str_find_byte(s, ',') == s.len)
        return s;
    char *out = ARENA_NEW(l->a, char, s.len);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != ',')
            out[len++] = s.ptr[i];
    return (struct str){out, len};
}

static size_t add_number(struct lexer *l, size_t beg)
{
    size_t end = number_end(l, beg);
    if (lexer_letter(l, end)) {
        struct word w;
        word_at(l, end, &w);
        w.digit = true;
        add_word(l, beg, &w);
        struct token *code = &l->tokens->items[l->tokens->count - 1];
        code->word = without_commas(l, code->word);
        return w.end;
    }
    end += lexer_byte(l, end) == '%';
    struct token *t = lexer_add(l, TOKEN_NUMBER, beg, end);
    t->word = without_commas(l, t->word);
    /* the 1990's */
    if (lexer_byte(l, end) == '\'' && lexer_byte(l, end + 1) == 's' &&
        !lexer_letter(l, end + 2)) {
        t->flags |= TOKEN_POSSESSIVE;
        end += 2;
        t->at.end = (uint32_t)end;
    }
    return end;
}

/* ---- addresses ---------------------------------------------------------- */

/* Could the word that ends here be the head of an address? */
static bool goes_on(const struct lexer *l, size_t end)
{
    char c = lexer_byte(l, end), next = lexer_byte(l, end + 1);
    return (c == '.' || c == '@' || c == ':' || c == '-' || c == '_' ||
               c == '+' || c == '%') &&
           (byte_is_alnum(next) || next == '/');
}

/* An e-mail address or link that begins at beg; where it ends, or beg. */
static size_t add_address(struct lexer *l, size_t beg)
{
    const uint16_t zone = l->zone;
    enum token_kind kind = TOKEN_EMAIL;
    size_t end = net_email(l, beg);
    if (end == beg) {
        kind = TOKEN_LINK;
        end = net_link(l, beg);
    }
    if (end > beg) {
        (void)add(l, kind, beg, end, zone);
        name_add_inner(l, beg, end, ZONE_LINK);
    }
    return end;
}

/* ---- emoji -------------------------------------------------------------- */

enum {
    JOINER = 0x200D,
    FEMALE = 0x2640,
    MALE = 0x2642,
    FLAG_FIRST = 0x1F1E6,
    FLAG_LAST = 0x1F1FF
};

static bool is_flag_letter(uint32_t point)
{
    return point >= FLAG_FIRST && point <= FLAG_LAST;
}

/* One emoji of one or several characters: a flag, a family. Its word is told
   without a sign for man or woman at the end. */
static size_t emoji_end(const struct lexer *l, size_t beg, size_t *word_end)
{
    uint32_t point = 0, next = 0;
    size_t end = beg + point_at(l, beg, &point), size;

    if (end == beg || !pointmap_is_emoji(point))
        return beg;
    *word_end = end;
    if (is_flag_letter(point) && (size = point_at(l, end, &next)) != 0 &&
        is_flag_letter(next))
        return *word_end = end + size;
    while ((size = point_at(l, end, &point)) != 0 && point == JOINER) {
        size_t more = point_at(l, end + size, &next);
        if (more == 0 || !pointmap_is_emoji(next))
            break;
        end += size + more;
        if (next != FEMALE && next != MALE)
            *word_end = end;
    }
    return end;
}

static size_t add_emoji(struct lexer *l, size_t beg)
{
    size_t word_end = beg, end = emoji_end(l, beg, &word_end);
    uint32_t point;
    if (end == beg) {
        size_t size = point_at(l, beg, &point);
        return beg + (size ? size : 1);
    }
    lexer_add(l, TOKEN_EMOJI, beg, end)->word.len = word_end - beg;
    return end;
}

/* ---- one token ---------------------------------------------------------- */

/* Tone marks such as "/s" that stand alone. */
static size_t add_tone(struct lexer *l, size_t i)
{
    char before = i > l->beg ? l->folded.ptr[i - 1] : ' ';
    char tone = lexer_byte(l, i + 1), after = lexer_byte(l, i + 2);
    if ((tone != 's' && tone != 'j') || (before != ' ' && before != '\n') ||
        (after != '\0' && after != ' ' && after != '\n' && after != '.'))
        return i + 1;
    (void)lexer_add(l, TOKEN_WORD, i, i + 2);
    return i + 2;
}

static size_t add_text(struct lexer *l, size_t beg)
{
    struct word w;
    size_t end;

    word_at(l, beg, &w);
    char c = lexer_byte(l, w.end);
    if (w.end == beg)
        return add_emoji(l, beg);
    if (goes_on(l, w.end) && (end = add_address(l, beg)) > beg)
        return end;
    if ((disguise_is_sign(c) || (w.digit && w.letters >= 2)) &&
        disguise_add_masked(l, beg, &end))
        return end;
    if (lexer_digit(l, beg))
        return add_number(l, beg);
    add_word(l, beg, &w);
    return w.end;
}

static size_t add_sign(struct lexer *l, size_t i)
{
    size_t end;
    switch (l->folded.ptr[i]) {
    case '#':
        if ((end = name_tag(l, i)) > i) {
            name_add_tag(l, i, end);
            return end;
        }
        break;
    case '@':
        if ((end = net_mention(l, i)) > i) {
            (void)add(l, TOKEN_MENTION, i, end, l->zone);
            name_add_inner(l, i + 1, end, ZONE_MENTIONS);
            return end;
        }
        break;
    case '/':
        return add_tone(l, i);
    case '$':
        if (lexer_letter(l, i + 1) && disguise_add_masked(l, i, &end))
            return end;
        break;
    default:
        break;
    }
    return i + 1;
}

static size_t add_one(struct lexer *l, size_t i)
{
    char c = l->folded.ptr[i];
    if (c == ' ')
        return i + 1;
    if (byte_is_alnum(c) || (unsigned char)c >= 0x80)
        return add_text(l, i);
    return add_sign(l, i);
}

/* ---- the whole ---------------------------------------------------------- */

static void mark_disguised(struct lexer *l, const struct norm *n, size_t first)
{
    size_t i = first;
    for (size_t h = 0; h < n->hidden_count; h++) {
        const struct norm_hidden *hidden = &n->hidden[h];
        while (i < l->tokens->count && l->tokens->items[i].at.end <= hidden->at)
            i++;
        if (i == l->tokens->count)
            return;
        if (l->tokens->items[i].at.beg + !hidden->alike <= hidden->at)
            l->tokens->items[i].flags |= TOKEN_DISGUISED;
    }
}

void token_split(struct arena *a, const struct norm *n, struct span at,
    uint16_t zone, const struct vocab *vocab, struct token_list *tokens,
    struct tag_list *tags, struct token_list *inner)
{
    size_t first = tokens->count;
    struct lexer l = {
        .a = a,
        .cased = {n->cased, n->len},
        .folded = {n->folded, n->len},
        .beg = at.beg,
        .end = at.end,
        .zone = zone,
        .word_zones = zone,
        .vocab = vocab,
        .tokens = tokens,
        .tags = tags,
        .inner = inner,
    };
    if (zone == ZONE_BIT(ZONE_BODY))
        l.word_zones |= ZONE_BIT(ZONE_PROSE);

    if (zone == ZONE_BIT(ZONE_FILE))
        name_add_file(&l, at.beg, at.end);
    else
        for (size_t i = at.beg; i < at.end;)
            i = add_one(&l, i);
    disguise_join(&l, first);
    mark_disguised(&l, n, first);
    for (size_t i = first; i < tokens->count; i++)
        tokens->items[i].hash = str_hash(tokens->items[i].word);
}
