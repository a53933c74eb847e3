/* SPDX-License-Identifier: MIT */
/*
 * sentence.c - quotes, sentences, and where clauses begin.
 *
 * A sentence can end only in the gap between two tokens, so that no link, number
 * or abbreviation with inner dots is cut. The gap is read once: it tells whether
 * the sentence ends there, whether a clause does, and whether a phrase may cross.
 */
#include "text/sentence.h"

#include <string.h>

#include "base/limits.h"

/* ---- quotes ------------------------------------------------------------------ */

static bool is_border(char c)
{
    return !byte_is_alnum(c) && (unsigned char)c < 0x80;
}

static char byte_of(const struct norm *n, size_t i)
{
    return i < n->len ? n->folded[i] : '\n';
}

/* Partner of the mark at i before the paragraph ends, or 0. */
static size_t quote_close(const struct norm *n, size_t i, size_t end, char mark)
{
    for (size_t at = i + 1; at < end; at++) {
        if (n->folded[at] == '\n' &&
            (mark == '\'' || byte_of(n, at + 1) == '\n'))
            return 0;
        if (n->folded[at] != mark)
            continue;
        if (mark == '"')
            return at;
        if (at > i + 1 && n->folded[at - 1] != ' ' &&
            is_border(byte_of(n, at + 1)))
            return at;
    }
    return 0;
}

static bool opens_quote(const struct norm *n, size_t beg, size_t i)
{
    char before = i > beg ? n->folded[i - 1] : ' ';
    char after = byte_of(n, i + 1);
    if (n->folded[i] == '"')
        return true;
    return n->folded[i] == '\'' && is_border(before) && before != '\'' &&
        byte_is_alnum(after);
}

void quote_find(struct arena *a, const struct norm *n, struct span part,
    struct quote_list *quotes)
{
    for (size_t i = part.beg; i < part.end; i++) {
        if ((n->folded[i] != '"' && n->folded[i] != '\'') ||
            !opens_quote(n, part.beg, i))
            continue;
        size_t close = quote_close(n, i, part.end, n->folded[i]);
        if (close == 0)
            continue;
        *VEC_PUSH(a, quotes) = (struct quote){
            {(uint32_t)i, (uint32_t)close + 1}, n->folded[i] == '"'};
        /* Quotations inside a quotation in other marks are found too. */
        if (n->folded[i] == '"')
            i = close;
    }
}

static bool in_double_quote(const struct quote_list *quotes, uint32_t at)
{
    for (size_t i = 0; i < quotes->count; i++)
        if (quotes->items[i].doubled && quotes->items[i].at.beg < at &&
            at + 1 < quotes->items[i].at.end)
            return true;
    return false;
}

/* ---- sentence ends ---------------------------------------------------------------- */

static bool is_abbreviation(struct str word)
{
    static const struct str words[] = {STR_INIT("dr"), STR_INIT("mr"),
        STR_INIT("mrs"), STR_INIT("ms"), STR_INIT("mx"), STR_INIT("st"),
        STR_INIT("prof"), STR_INIT("vs"), STR_INIT("eg"), STR_INIT("ie"),
        STR_INIT("approx"), STR_INIT("jr"), STR_INIT("sr"), STR_INIT("rev"),
        STR_INIT("fr"), STR_INIT("al"), STR_INIT("cf"), STR_INIT("inc"),
        STR_INIT("hon"), STR_INIT("sgt"), STR_INIT("capt"), STR_INIT("mt"),
        STR_INIT("ft"), STR_INIT("gen")};
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eq(words[i], word))
            return true;
    return false;
}

struct gap {
    const struct norm *n;
    const struct token *before, *after; /* null at the ends of the part */
    const struct token *first;          /* of the part */
    uint32_t beg, end;
};

/* A dot that ends no sentence: "Dr. Shah", "J. Shah", "e.g. this", "No. 5",
   "2. Second". */
static bool is_inner_dot(const struct gap *g)
{
    const struct token *t = g->before, *next = g->after;
    if (!t)
        return true;
    if (is_abbreviation(t->word))
        return true;
    if (str_eq(t->word, STR("no")) || str_eq(t->word, STR("nos")))
        return next && next->kind == TOKEN_NUMBER;
    if (str_eq(t->word, STR("etc")))
        return next && !(next->flags & TOKEN_CAPITAL);
    if (t->at.end - t->at.beg == 1 && byte_is_alpha(t->word.ptr[0])) {
        if (t == g->first)
            return true;
        /* "e.g.", "a.m.", "J. Shah", but not "vitamin C. It". */
        if (t[-1].at.end + 1 == t->at.beg && t[-1].at.end - t[-1].at.beg == 1)
            return true;
        return (t->flags & TOKEN_CAPITAL) && (t[-1].flags & TOKEN_CAPITAL);
    }
    if (t->kind == TOKEN_NUMBER &&
        (t == g->first || (t->flags & TOKEN_LINE)) && t->word.len <= 2)
        return true;
    return false;
}

static bool is_line_opener(const struct token *t, const struct norm *n)
{
    static const struct str signs[] = {STR_INIT("\xE2\x9D\x8C"),
        STR_INIT("\xE2\x9C\x85"), STR_INIT("\xF0\x9F\x91\x89"),
        STR_INIT("\xE2\x80\xA2")};
    struct str text = {n->folded + t->at.beg, t->at.end - t->at.beg};
    for (size_t i = 0; i < PL_COUNT(signs); i++)
        if (str_eq(text, signs[i]))
            return true;
    return false;
}

/* Where the sentence ends in the gap (behind its mark and what closes with
   it), or 0. *mark is the mark, 0 for a line end. */
static uint32_t end_in_gap(const struct gap *g,
    const struct quote_list *quotes, bool flowing, char *mark)
{
    for (uint32_t i = g->beg; i < g->end; i++) {
        char c = g->n->folded[i];
        if (c == '\n') {
            bool blank_line = false;
            for (uint32_t k = i + 1; k < g->end && !blank_line; k++)
                blank_line = g->n->folded[k] == '\n';
            if (!flowing || blank_line ||
                (g->after && is_line_opener(g->after, g->n))) {
                *mark = 0;
                return i + 1;
            }
            continue;
        }
        if (c != '.' && c != '!' && c != '?')
            continue;
        uint32_t k = i + 1;
        while (k < g->end && strchr(".!?", g->n->folded[k])) {
            if (g->n->folded[k] == '?')
                c = '?';
            k++;
        }
        bool dots = k > i + 1;
        if (in_double_quote(quotes, i)) {
            /* ... unless the quotation closes with the mark. */
            if (!(k < g->end && g->n->folded[k] == '"'))
                continue;
        }
        while (k < g->end && strchr("\"')]", g->n->folded[k]))
            k++;
        char next = k < g->end ? g->n->folded[k] : byte_of(g->n, k);
        if (next != ' ' && next != '\n' && k < g->end)
            continue;
        if (k >= g->end && g->after && next != ' ' && next != '\n' &&
            g->after->kind != TOKEN_EMOJI)
            continue;
        if (c == '.' && !dots && is_inner_dot(g))
            continue;
        *mark = c;
        return k;
    }
    return 0;
}

/* ---- what a gap says of the token behind it ----------------------------------------- */

static bool is_soft(char c)
{
    return c == ' ' || c == '-' || c == '/' || c == '.' || c == '&' ||
        c == '\'' || c == '_' || c == '*' || c == '+' || c == '~' || c == '\n';
}

static uint16_t gap_flags(const struct gap *g)
{
    const char *s = g->n->folded;
    uint16_t flags = 0;
    for (uint32_t i = g->beg; i < g->end; i++) {
        char c = s[i];
        bool dash = i + 2 < g->n->len && memcmp(s + i, "\xE2\x80\x94", 3) == 0;
        bool spaced = c == '-' && i > 0 && s[i - 1] == ' ' &&
            (byte_of(g->n, i + 1) == ' ' || byte_of(g->n, i + 1) == '-');
        bool time = c == ':' && i > 0 && byte_is_digit(s[i - 1]) &&
            byte_is_digit(byte_of(g->n, i + 1));
        if (!is_soft(c))
            flags |= TOKEN_HARD;
        if ((c == ':' && !time))
            flags |= TOKEN_BREAK | TOKEN_COLON;
        if (c == ';' || dash || spaced)
            flags = (uint16_t)((flags | TOKEN_BREAK | TOKEN_HARD) &
                ~TOKEN_COLON);
        if (c == '\n')
            flags |= TOKEN_LINE;
    }
    return flags;
}

/* ---- splitting ------------------------------------------------------------------------- */

static uint32_t skip_blanks(const struct norm *n, uint32_t at, uint32_t end)
{
    while (at < end && (n->folded[at] == ' ' || n->folded[at] == '\n' ||
               n->folded[at] == '\t'))
        at++;
    return at;
}

static void tag_breaks(struct token *tokens, uint32_t i, uint32_t beg)
{
    /* A hashtag of several words is a clause of its own. */
    if (i == beg)
        return;
    uint32_t before = tokens[i - 1].tag, now = tokens[i].tag;
    if (before == now)
        return;
    bool wide_before = before && i >= beg + 2 && tokens[i - 2].tag == before;
    bool wide_now = now && tokens[i + 1].tag == now;
    if (wide_before || wide_now)
        tokens[i].flags |= TOKEN_BREAK;
}

void sentence_split(struct arena *a, const struct norm *n, struct span part,
    uint32_t part_index, const struct doc_part *doc_part,
    const struct quote_list *quotes, struct token *tokens, uint32_t tok_beg,
    uint32_t tok_end, struct sentence_list *sentences)
{
    struct sentence now = {
        .at = {skip_blanks(n, part.beg, part.end), part.end},
        .tok_beg = tok_beg,
        .part = part_index,
        .zone = doc_part->zone,
        .label = true,
    };

    for (uint32_t i = tok_beg; i <= tok_end; i++) {
        struct gap g = {
            .n = n,
            .before = i > tok_beg ? &tokens[i - 1] : NULL,
            .after = i < tok_end ? &tokens[i] : NULL,
            .first = &tokens[now.tok_beg],
            .beg = i > tok_beg ? tokens[i - 1].at.end : part.beg,
            .end = i < tok_end ? tokens[i].at.beg : part.end,
        };
        char mark = 0;
        uint32_t end = i > tok_beg
            ? end_in_gap(&g, quotes, doc_part->flowing, &mark)
            : 0;
        if (i < tok_end) {
            tokens[i].flags |= gap_flags(&g);
            if (i == tok_beg)
                tokens[i].flags |= TOKEN_LINE;
        }
        bool too_long = i < tok_end && end == 0 &&
            tokens[i].at.end - now.at.beg > LIMIT_SENTENCE &&
            i > now.tok_beg;
        if ((end != 0 && i < tok_end) || too_long) {
            now.at.end = too_long ? tokens[i].at.beg : end;
            now.tok_end = i;
            now.closed_by = mark;
            *VEC_PUSH(a, sentences) = now;
            now.at.beg = skip_blanks(n, now.at.end, part.end);
            now.tok_beg = i;
            now.label = !too_long;
            now.closed_by = 0;
        }
        if (i == tok_end) {
            now.at.end = part.end;
            now.tok_end = i;
            now.closed_by = mark;
            if (now.at.beg > now.at.end)
                now.at.beg = now.at.end;
            *VEC_PUSH(a, sentences) = now;
            break;
        }
        tokens[i].sentence = (uint32_t)sentences->count;
        if (now.tok_beg == i)
            tokens[i].flags |= TOKEN_FIRST | TOKEN_HARD;
        if (i + 1 < tok_end || tokens[i].tag == 0)
            tag_breaks(tokens, i, now.tok_beg);
    }
}
