/* SPDX-License-Identifier: MIT */
/*
 * token.c - splitting a buffer into tokens.
 *
 * One pass; at each place the longest form wins, in this order: link, e-mail,
 * mention, hashtag, number, word, emoji. Words that hide (v@xx, c0vid, v-a-x)
 * are undone only where the result is a word of some lexicon, so that B12, 5G
 * and H1N1 stay what they are.
 */
#include "text/token.h"

#include <string.h>
#include <utf8proc.h>

#include "text/utf8.h"

struct lexer {
    struct arena *a;
    struct str cased, folded; /* the buffer */
    size_t end;
    uint16_t zone;
    const struct vocab *vocab;
    struct token_list *tokens, *inner;
    struct tag_list *tags;
};

static bool known(const struct lexer *l, struct str word)
{
    return l->vocab && l->vocab->has(l->vocab->ctx, str_hash(word));
}

/* ---- classes ------------------------------------------------------------------ */

enum class { CLASS_OTHER, CLASS_LETTER, CLASS_EMOJI };

#define CATEGORY(name) (1u << UTF8PROC_CATEGORY_##name)

static enum class class_of(uint32_t point)
{
    const unsigned letters = CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT) |
        CATEGORY(LM) | CATEGORY(LO) | CATEGORY(MN) | CATEGORY(MC) |
        CATEGORY(ND);
    unsigned category = 1u << utf8proc_category((utf8proc_int32_t)point);
    if (category & letters)
        return CLASS_LETTER;
    if ((category & CATEGORY(SO)) || (category == CATEGORY(SM) && point >= 0x2190))
        return CLASS_EMOJI;
    return CLASS_OTHER;
}

/* Size of the letter at i, 0 if there is none. */
static size_t letter_at(const struct lexer *l, size_t i)
{
    uint32_t point;
    if (i >= l->end)
        return 0;
    if ((unsigned char)l->folded.ptr[i] < 0x80)
        return byte_is_alpha(l->folded.ptr[i]);
    size_t size = utf8_decode(str_part(l->folded, i, l->end), &point);
    return size && class_of(point) == CLASS_LETTER ? size : 0;
}

static size_t emoji_at(const struct lexer *l, size_t i)
{
    uint32_t point;
    if (i >= l->end || (unsigned char)l->folded.ptr[i] < 0x80)
        return 0;
    size_t size = utf8_decode(str_part(l->folded, i, l->end), &point);
    return size && class_of(point) == CLASS_EMOJI ? size : 0;
}

static char byte_at(const struct lexer *l, size_t i)
{
    return i < l->end ? l->folded.ptr[i] : '\0';
}

static bool digit_at(const struct lexer *l, size_t i)
{
    return byte_is_digit(byte_at(l, i));
}

static bool is_word_before(const struct lexer *l, size_t i)
{
    return i > 0 &&
        (byte_is_alnum(l->folded.ptr[i - 1]) ||
            (unsigned char)l->folded.ptr[i - 1] >= 0xC3);
}

/* ---- flags of a word ------------------------------------------------------------ */

static uint16_t case_flags(struct str cased)
{
    size_t letters = 0, upper = 0;
    bool first = false;
    for (size_t i = 0; i < cased.len;) {
        uint32_t point = (unsigned char)cased.ptr[i];
        size_t size = point < 0x80
            ? 1
            : utf8_decode(str_from(cased, i), &point);
        if (size == 0)
            break;
        bool is_upper = point < 0x80
            ? byte_is_upper((char)point)
            : utf8proc_category((utf8proc_int32_t)point) ==
                UTF8PROC_CATEGORY_LU;
        bool is_letter = point < 0x80 ? byte_is_alpha((char)point) : true;
        first |= letters == 0 && is_letter && is_upper;
        letters += is_letter;
        upper += is_upper;
        i += size;
    }
    return (uint16_t)((first ? TOKEN_CAPITAL : 0) |
        (letters >= 2 && letters == upper ? TOKEN_CAPS : 0));
}

static struct token *add(
    struct lexer *l, enum token_kind kind, size_t beg, size_t end)
{
    struct token *t = VEC_PUSH(l->a, l->tokens);
    t->at = (struct span){(uint32_t)beg, (uint32_t)end};
    t->word = str_part(l->folded, beg, end);
    t->kind = (uint8_t)kind;
    t->zones = l->zone;
    if (l->zone == ZONE_BIT(ZONE_BODY) && kind != TOKEN_MENTION &&
        kind != TOKEN_LINK && kind != TOKEN_EMAIL)
        t->zones |= ZONE_BIT(ZONE_PROSE);
    t->flags = case_flags(str_part(l->cased, beg, end));
    return t;
}

/* ---- words inside links, mentions and hashtags ------------------------------------- */

enum piece_class { PIECE_NONE, PIECE_LOWER, PIECE_UPPER, PIECE_DIGIT };

static enum piece_class piece_class(const struct lexer *l, size_t i)
{
    char c = l->cased.ptr[i];
    if (byte_is_digit(c))
        return PIECE_DIGIT;
    if (byte_is_upper(c))
        return PIECE_UPPER;
    if (byte_is_lower(c) || (unsigned char)c >= 0x80)
        return PIECE_LOWER;
    return PIECE_NONE;
}

/* End of the piece that begins at i: capitals and digits part words. */
static size_t piece_end(const struct lexer *l, size_t i, size_t end)
{
    enum piece_class first = piece_class(l, i), now = first;
    size_t at = i + 1;
    for (; at < end; at++) {
        enum piece_class next = piece_class(l, at);
        if (next == PIECE_NONE || (next == PIECE_DIGIT) != (now == PIECE_DIGIT))
            break;
        if (next == PIECE_UPPER && now == PIECE_LOWER)
            break;
        /* NHSHeroes: the last capital opens the next word. */
        if (next == PIECE_LOWER && now == PIECE_UPPER && at - i > 1) {
            at--;
            break;
        }
        now = next;
    }
    return at;
}

struct pieces {
    struct span *items;
    size_t count, cap;
};

enum { SPLIT_MAX = 40 };

/* Parts of a run of letters by the word lists: the fewest words that cover it
   all. best[i]: words of the first i bytes, from[i]: where the last begins. */
static bool split_by_words(struct lexer *l, size_t beg, size_t end,
    struct pieces *out)
{
    uint8_t best[SPLIT_MAX + 1], from[SPLIT_MAX + 1];
    size_t len = end - beg, cuts[SPLIT_MAX], count = 0;
    if (!l->vocab || len > SPLIT_MAX || len < 6)
        return false;
    best[0] = 0;
    for (size_t i = 1; i <= len; i++) {
        best[i] = UINT8_MAX;
        for (size_t k = i >= 2 ? i - 2 : 0;; k--) {
            if (i - k >= 2 && best[k] < UINT8_MAX - 1 && best[k] + 1 < best[i] &&
                known(l, str_part(l->folded, beg + k, beg + i))) {
                best[i] = (uint8_t)(best[k] + 1);
                from[i] = (uint8_t)k;
            }
            if (k == 0)
                break;
        }
    }
    if (best[len] == UINT8_MAX || best[len] > 6)
        return false;
    for (size_t i = len; i > 0; i = from[i])
        cuts[count++] = from[i];
    for (size_t i = count; i > 0; i--)
        *VEC_PUSH(l->a, out) = (struct span){(uint32_t)(beg + cuts[i - 1]),
            (uint32_t)(i > 1 ? beg + cuts[i - 2] : end)};
    return true;
}

static void split_name(
    struct lexer *l, size_t beg, size_t end, struct pieces *out)
{
    for (size_t at = beg; at < end;) {
        if (piece_class(l, at) == PIECE_NONE) {
            at++;
            continue;
        }
        size_t next = piece_end(l, at, end);
        struct str word = str_part(l->folded, at, next);
        /* B12, COVID19: letters and digits that are one word. */
        size_t more = next < end && piece_class(l, next) != PIECE_NONE
            ? piece_end(l, next, end)
            : next;
        if (more > next && known(l, str_part(l->folded, at, more)))
            next = more;
        else if (!known(l, word) && split_by_words(l, at, next, out)) {
            at = next;
            continue;
        }
        *VEC_PUSH(l->a, out) = (struct span){(uint32_t)at, (uint32_t)next};
        at = next;
    }
}

static void add_inner(
    struct lexer *l, size_t beg, size_t end, enum zone zone)
{
    struct pieces pieces = {0};
    if (!l->inner)
        return;
    split_name(l, beg, end, &pieces);
    for (size_t i = 0; i < pieces.count; i++) {
        struct token *t = VEC_PUSH(l->a, l->inner);
        t->at = pieces.items[i];
        t->word = str_part(l->folded, t->at.beg, t->at.end);
        t->kind = TOKEN_WORD;
        t->zones = ZONE_BIT(zone);
        t->sentence = (uint32_t)l->tokens->count - 1;
        t->flags = case_flags(str_part(l->cased, t->at.beg, t->at.end));
    }
}

/* ---- links, e-mail addresses ---------------------------------------------------------- */

static bool ends_link(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '"' || c == '<' ||
        c == '>' || c == '\0' || c == '|';
}

static size_t link_end(const struct lexer *l, size_t at)
{
    while (at < l->end && !ends_link(l->folded.ptr[at]))
        at++;
    while (at > 0 && strchr(".,;:!?)]}'*_", l->folded.ptr[at - 1]))
        at--;
    return at;
}

static bool is_domain_byte(char c)
{
    return byte_is_alnum(c) || c == '-' || c == '.';
}

static bool has_top_domain(struct str host)
{
    static const struct str tops[] = {STR_INIT(".com"), STR_INIT(".org"),
        STR_INIT(".net"), STR_INIT(".edu"), STR_INIT(".gov"),
        STR_INIT(".int"), STR_INIT(".uk"), STR_INIT(".ie"), STR_INIT(".io"),
        STR_INIT(".eu"), STR_INIT(".ly"), STR_INIT(".info"),
        STR_INIT(".example"), STR_INIT(".health"), STR_INIT(".clinic"),
        STR_INIT(".com.au"), STR_INIT(".gov.au"), STR_INIT(".co.nz"),
        STR_INIT(".co.za"), STR_INIT(".co.ke"), STR_INIT(".co.in"),
        STR_INIT(".org.au"), STR_INIT(".org.nz"), STR_INIT(".ng"),
        STR_INIT(".ca"), STR_INIT(".social"), STR_INIT(".app"),
        STR_INIT(".shop"), STR_INIT(".tv"), STR_INIT(".be"), STR_INIT(".gg")};
    for (size_t i = 0; i < PL_COUNT(tops); i++)
        if (host.len > tops[i].len + 1 && str_ends(host, tops[i]))
            return true;
    return false;
}

/* End of a link that begins at i, or i. */
static size_t link_at(const struct lexer *l, size_t i)
{
    struct str rest = str_part(l->folded, i, l->end);
    size_t at = i;
    if (str_starts(rest, STR("http://")) || str_starts(rest, STR("https://")) ||
        (str_starts(rest, STR("www.")) && rest.len > 6))
        return link_end(l, i);
    if (!byte_is_alnum(byte_at(l, i)))
        return i;
    while (at < l->end && is_domain_byte(l->folded.ptr[at]))
        at++;
    struct str host = str_part(l->cased, i, at);
    while (host.len && (host.ptr[host.len - 1] == '.' ||
               host.ptr[host.len - 1] == '-'))
        host.len--;
    if (!has_top_domain(host) || byte_at(l, at) == '@')
        return i;
    at = i + host.len;
    return byte_at(l, at) == '/' ? link_end(l, at) : at;
}

static size_t email_at(const struct lexer *l, size_t i)
{
    size_t at = i;
    while (at < l->end &&
        (byte_is_alnum(l->folded.ptr[at]) ||
            strchr("._%+-", l->folded.ptr[at])))
        at++;
    if (at == i || byte_at(l, at) != '@')
        return i;
    size_t host = ++at, dot = 0;
    while (at < l->end && is_domain_byte(l->folded.ptr[at])) {
        if (l->folded.ptr[at] == '.')
            dot = at;
        at++;
    }
    while (at > host && !byte_is_alnum(l->folded.ptr[at - 1]))
        at--;
    return dot > host && at > dot + 2 ? at : i;
}

/* ---- mentions, hashtags -------------------------------------------------------------------- */

static size_t mention_at(const struct lexer *l, size_t i)
{
    size_t at = i + 1;
    if (byte_at(l, i) != '@' || is_word_before(l, i))
        return i;
    while (at < l->end &&
        (byte_is_alnum(l->folded.ptr[at]) ||
            strchr("_.-@", l->folded.ptr[at])))
        at++;
    while (at > i + 1 && strchr(".-@", l->folded.ptr[at - 1]))
        at--;
    return at > i + 1 ? at : i;
}

static size_t tag_at(const struct lexer *l, size_t i)
{
    size_t at = i + 1, size;
    bool letter = false;
    if (byte_at(l, i) != '#' || is_word_before(l, i))
        return i;
    for (; at < l->end; at += size) {
        size = letter_at(l, at);
        letter |= size > 0;
        if (size == 0 && (digit_at(l, at) || byte_at(l, at) == '_'))
            size = 1;
        if (size == 0)
            break;
    }
    return letter ? at : i;
}

static void add_tag(struct lexer *l, size_t beg, size_t end)
{
    struct pieces pieces = {0};
    uint32_t first = (uint32_t)l->tokens->count;
    struct str whole = str_part(l->folded, beg + 1, end);

    if (known(l, whole))
        *VEC_PUSH(l->a, &pieces) =
            (struct span){(uint32_t)beg + 1, (uint32_t)end};
    else
        split_name(l, beg + 1, end, &pieces);
    for (size_t i = 0; i < pieces.count; i++) {
        struct span p = pieces.items[i];
        struct token *t = add(l,
            byte_is_digit(l->folded.ptr[p.beg]) ? TOKEN_NUMBER : TOKEN_WORD,
            p.beg, p.end);
        t->flags |= TOKEN_TAGGED;
        t->zones = (uint16_t)((t->zones & ~ZONE_BIT(ZONE_PROSE)) |
            ZONE_BIT(ZONE_TAGS));
        t->tag = (uint32_t)(l->tags ? l->tags->count + 1 : 1);
    }
    if (!l->tags)
        return;
    struct tag *tag = VEC_PUSH(l->a, l->tags);
    *tag = (struct tag){
        .at = {(uint32_t)beg, (uint32_t)end},
        .word = str_part(l->folded, beg, end),
        .tok_beg = first,
        .tok_end = (uint32_t)l->tokens->count,
    };
    tag->hash = str_hash(tag->word);
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* Digits with separators inside: 1,234.5 */
static size_t number_end(const struct lexer *l, size_t i)
{
    while (digit_at(l, i)) {
        i++;
        if ((byte_at(l, i) == ',' || byte_at(l, i) == '.') &&
            digit_at(l, i + 1))
            i++;
    }
    return i;
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

/* ---- words ------------------------------------------------------------------------------------ */

static size_t word_end(const struct lexer *l, size_t i)
{
    for (;;) {
        size_t size = letter_at(l, i);
        if (size == 0 && digit_at(l, i))
            size = 1;
        if (size == 0 && byte_at(l, i) == '\'' && letter_at(l, i + 1))
            size = 1;
        if (size == 0)
            return i;
        i += size;
    }
}

static char unmasked(char c)
{
    switch (c) {
    case '@':
    case '4':
        return 'a';
    case '3':
        return 'e';
    case '1':
    case '!':
        return 'i';
    case '|':
        return 'l';
    case '0':
        return 'o';
    case '$':
    case '5':
        return 's';
    case '7':
        return 't';
    default:
        return '\0';
    }
}

enum { MASK_LEAST = 4, MASK_MOST = 24, WILD_MOST = 2 };

/* Tries every letter for each *: f*ck, f**k. */
static bool fill_wild(
    const struct lexer *l, char *word, size_t len, size_t from, size_t wild)
{
    while (from < len && word[from] != '*')
        from++;
    if (from == len)
        return known(l, (struct str){word, len});
    if (wild == 0)
        return false;
    for (char c = 'a'; c <= 'z'; c++) {
        word[from] = c;
        if (fill_wild(l, word, len, from + 1, wild - 1))
            return true;
    }
    word[from] = '*';
    return false;
}

static struct str unmask(struct lexer *l, struct str masked)
{
    char word[MASK_MOST];
    size_t letters = 0, wild = 0, changed = 0;

    if (!l->vocab || masked.len < MASK_LEAST || masked.len > MASK_MOST)
        return STR("");
    for (size_t i = 0; i < masked.len; i++) {
        char c = masked.ptr[i], plain = unmasked(c);
        if (byte_is_lower(c)) {
            letters++;
            word[i] = c;
        } else if (c == '*') {
            wild++;
            word[i] = c;
        } else if (plain) {
            changed++;
            word[i] = plain;
        } else {
            return STR("");
        }
    }
    if (letters < 2 || changed + wild == 0 || wild > WILD_MOST ||
        !fill_wild(l, word, masked.len, 0, wild))
        return STR("");
    return arena_copy(l->a, (struct str){word, masked.len});
}

static bool is_mask_byte(char c)
{
    return c == '@' || c == '!' || c == '$' || c == '*' || c == '|';
}

/* v@xx, f*ck, sh!t, a$$: letters with signs inside. */
static size_t masked_end(const struct lexer *l, size_t i)
{
    size_t end = i;
    for (size_t at = i; at < l->end; at++) {
        char c = l->folded.ptr[at];
        if (byte_is_alnum(c))
            end = at + 1;
        else if (!is_mask_byte(c))
            break;
        else if (c == '$')
            end = at + 1;
    }
    return end;
}

static bool add_masked(struct lexer *l, size_t i, size_t *end)
{
    size_t to = masked_end(l, i);
    if (!l->vocab || to - i > MASK_MOST)
        return false;
    struct str raw = str_part(l->folded, i, to);
    bool masked = false;
    for (size_t k = 0; k < raw.len && !masked; k++)
        masked = !byte_is_lower(raw.ptr[k]);
    if (!masked || known(l, raw))
        return false;
    struct str word = unmask(l, raw);
    if (word.len == 0)
        return false;
    struct token *t = add(l, TOKEN_WORD, i, to);
    t->word = word;
    t->flags |= TOKEN_DISGUISED;
    *end = to;
    return true;
}

/* "soooo" and "goood": the run is cut where a known word comes out. */
static struct str unstretched(struct lexer *l, struct str word)
{
    char cut[MASK_MOST];
    size_t run = 1, longest = 1;
    for (size_t i = 1; i < word.len; i++) {
        run = word.ptr[i] == word.ptr[i - 1] ? run + 1 : 1;
        longest = run > longest ? run : longest;
    }
    if (longest < 3 || word.len > 64 || !l->vocab)
        return word;
    for (size_t keep = 2; keep > 0; keep--) {
        size_t len = 0;
        run = 0;
        for (size_t i = 0; i < word.len && len < sizeof cut; i++) {
            run = i > 0 && word.ptr[i] == word.ptr[i - 1] ? run + 1 : 1;
            if (run <= keep)
                cut[len++] = word.ptr[i];
        }
        if (known(l, (struct str){cut, len}))
            return arena_copy(l->a, (struct str){cut, len});
    }
    return word;
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (byte_is_digit(s.ptr[i]))
            return true;
    return false;
}

static void add_word(struct lexer *l, size_t beg, size_t end)
{
    struct token *t = add(l,
        has_digit(str_part(l->folded, beg, end)) ? TOKEN_CODE : TOKEN_WORD,
        beg, end);
    if (str_ends(t->word, STR("'s")) && t->word.len > 2) {
        t->word.len -= 2;
        t->flags |= TOKEN_POSSESSIVE;
        t->flags &= (uint16_t)~TOKEN_CAPS;
        t->flags |= (uint16_t)(case_flags(str_part(
                        l->cased, beg, end - 2)) &
            TOKEN_CAPS);
    }
    t->word = unstretched(l, t->word);
}

static size_t add_number(struct lexer *l, size_t i)
{
    size_t end = number_end(l, i);
    if (byte_at(l, end) == '%') {
        struct token *t = add(l, TOKEN_NUMBER, i, end + 1);
        t->word = without_commas(l, t->word);
        return end + 1;
    }
    if (letter_at(l, end)) {
        size_t masked;
        if (add_masked(l, i, &masked))
            return masked;
        end = word_end(l, end);
        add_word(l, i, end);
        return end;
    }
    struct token *t = add(l, TOKEN_NUMBER, i, end);
    t->word = without_commas(l, t->word);
    return end;
}

/* Tone marks such as "/s" that stand alone. */
static size_t tone_at(const struct lexer *l, size_t i)
{
    char c = byte_at(l, i + 1), after = byte_at(l, i + 2);
    if (byte_at(l, i) != '/' || (c != 's' && c != 'j') ||
        (i > 0 && l->folded.ptr[i - 1] != ' ' && l->folded.ptr[i - 1] != '\n'))
        return i;
    return after == '\0' || after == ' ' || after == '\n' || after == '.'
        ? i + 2
        : i;
}

static size_t split_one(struct lexer *l, size_t i)
{
    size_t end;
    char c = l->folded.ptr[i];

    if (c == ' ' || c == '\n')
        return i + 1;
    if (c == '#' && (end = tag_at(l, i)) > i) {
        add_tag(l, i, end);
        return end;
    }
    if (c == '@' && (end = mention_at(l, i)) > i) {
        add(l, TOKEN_MENTION, i, end);
        add_inner(l, i + 1, end, ZONE_MENTIONS);
        return end;
    }
    if (c == '/' && (end = tone_at(l, i)) > i) {
        add(l, TOKEN_WORD, i, end);
        return end;
    }
    if (byte_is_alnum(c)) {
        if ((end = email_at(l, i)) > i) {
            add(l, TOKEN_EMAIL, i, end);
            add_inner(l, i, end, ZONE_LINK);
            return end;
        }
        if ((end = link_at(l, i)) > i) {
            add(l, TOKEN_LINK, i, end);
            add_inner(l, i, end, ZONE_LINK);
            return end;
        }
    }
    if (byte_is_digit(c))
        return add_number(l, i);
    if (letter_at(l, i)) {
        if (add_masked(l, i, &end))
            return end;
        end = word_end(l, i);
        add_word(l, i, end);
        return end;
    }
    size_t size = emoji_at(l, i);
    if (size) {
        add(l, TOKEN_EMOJI, i, i + size);
        return i + size;
    }
    uint32_t point;
    size = utf8_decode(str_part(l->folded, i, l->end), &point);
    return i + (size ? size : 1);
}

/* ---- letters that stand apart -------------------------------------------------------------- */

static bool is_lone_letter(const struct token *t)
{
    return t->kind == TOKEN_WORD && t->at.end - t->at.beg == 1 && t->tag == 0;
}

/* The one byte between two tokens, 0 if it is more or none. */
static char between(const struct lexer *l, const struct token *a)
{
    return a[1].at.beg == a->at.end + 1 ? l->folded.ptr[a->at.end] : '\0';
}

static size_t lone_run(const struct lexer *l, size_t beg)
{
    const struct token *t = l->tokens->items;
    size_t end = beg + 1;
    char sep = '\0';
    if (!is_lone_letter(&t[beg]))
        return end;
    for (; end < l->tokens->count && is_lone_letter(&t[end]); end++) {
        char now = between(l, &t[end - 1]);
        if (now == '\0' || now == '\n' || (sep && now != sep))
            break;
        sep = now;
    }
    return end;
}

static bool join_run(struct lexer *l, size_t beg, size_t end)
{
    char word[MASK_MOST];
    struct token *t = l->tokens->items;
    size_t len = end - beg;
    if (len < 3 || len > sizeof word)
        return false;
    for (size_t i = 0; i < len; i++)
        word[i] = l->folded.ptr[t[beg + i].at.beg];
    if (!known(l, (struct str){word, len}))
        return false;
    t[beg].word = arena_copy(l->a, (struct str){word, len});
    t[beg].at.end = t[end - 1].at.end;
    t[beg].flags |= TOKEN_DISGUISED;
    return true;
}

/* v-a-x, c.a.n.c.e.r, j o h n: joined where that is a word of a lexicon. Runs
   before hashtags are numbered off, so their ranges move along. */
static void join_lone(struct lexer *l, size_t first)
{
    size_t kept = first;
    struct token *t = l->tokens->items;
    size_t tag = 0;
    for (size_t i = first; i < l->tokens->count;) {
        size_t end = lone_run(l, i);
        bool joined = end - i >= 3 && join_run(l, i, end);
        size_t next = joined ? end : i + 1;
        for (; l->tags && tag < l->tags->count &&
             l->tags->items[tag].tok_beg <= i;
             tag++)
            if (l->tags->items[tag].tok_beg == i) {
                l->tags->items[tag].tok_end -= (uint32_t)(i - kept);
                l->tags->items[tag].tok_beg -= (uint32_t)(i - kept);
            }
        for (size_t k = 0; l->inner && k < l->inner->count; k++)
            if (l->inner->items[k].sentence == i && kept < i)
                l->inner->items[k].sentence = (uint32_t)kept;
        t[kept++] = t[i];
        i = next;
    }
    l->tokens->count = kept;
}

static void mark_hidden(struct lexer *l, const struct norm *n, size_t first)
{
    size_t h = 0;
    for (size_t i = first; i < l->tokens->count; i++) {
        struct token *t = &l->tokens->items[i];
        while (h < n->hidden_count && n->hidden[h].at <= t->at.beg)
            h++;
        for (size_t k = h;
             k < n->hidden_count && n->hidden[k].at < t->at.end; k++)
            t->flags |= TOKEN_DISGUISED;
    }
}

void token_split(struct arena *a, const struct norm *n, struct span at,
    uint16_t zone, const struct vocab *vocab, struct token_list *tokens,
    struct tag_list *tags, struct token_list *inner)
{
    struct lexer l = {
        .a = a,
        .cased = {n->cased, n->len},
        .folded = {n->folded, n->len},
        .end = at.end,
        .zone = zone,
        .vocab = vocab,
        .tokens = tokens,
        .tags = tags,
        .inner = inner,
    };
    size_t first = tokens->count;
    bool lone = false;

    for (size_t i = at.beg; i < at.end;)
        i = split_one(&l, i);
    for (size_t i = first; vocab && i + 2 < tokens->count && !lone; i++)
        lone = is_lone_letter(&tokens->items[i]) &&
            is_lone_letter(&tokens->items[i + 1]) &&
            is_lone_letter(&tokens->items[i + 2]);
    if (lone)
        join_lone(&l, first);
    if (n->hidden_count)
        mark_hidden(&l, n, first);
    for (size_t i = first; i < tokens->count; i++)
        tokens->items[i].hash = str_hash(tokens->items[i].word);
}
