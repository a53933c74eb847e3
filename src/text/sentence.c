/* SPDX-License-Identifier: MIT */
/*
 * sentence.c - sentences, and where clauses begin.
 *
 * A sentence can end only in the gap between two tokens, so that no link,
 * number or abbreviation with inner dots is cut. The gap is read once: it
 * tells whether the sentence ends there, whether a clause does, and whether a
 * phrase may cross.
 */
#include "text/sentence.h"

#include <string.h>

#include "base/limits.h"

/* ---- sentence ends ------------------------------------------------------ */

struct gap {
    const struct norm *n;
    const struct token *before, *after; /* null at the ends of the part */
    const struct token *first;          /* of the sentence */
    uint32_t beg, end;
    bool flowing;
};

static char byte_of(const struct norm *n, size_t i)
{
    return i < n->len ? n->folded[i] : '\n';
}

static bool is_in(struct str word, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (words[i].len == word.len && words[i].ptr[0] == word.ptr[0] &&
            str_eq(words[i], word))
            return true;
    return false;
}

/* Never the last word of a sentence: what they shorten follows. */
static bool is_title(struct str word)
{
    static const struct str words[] = {STR_INIT("dr"), STR_INIT("drs"),
        STR_INIT("mr"), STR_INIT("mrs"), STR_INIT("ms"), STR_INIT("mx"),
        STR_INIT("messrs"), STR_INIT("prof"), STR_INIT("rev"), STR_INIT("hon"),
        STR_INIT("sgt"), STR_INIT("capt"), STR_INIT("st"), STR_INIT("vs"),
        STR_INIT("v"), STR_INIT("eg"), STR_INIT("ie"), STR_INIT("cf"),
        STR_INIT("approx"), STR_INIT("al")};
    return is_in(word, words, PL_COUNT(words));
}

/* May end a sentence: a capital behind them tells. */
static bool is_shortened(struct str word)
{
    static const struct str words[] = {STR_INIT("etc"), STR_INIT("jr"),
        STR_INIT("sr"), STR_INIT("fr"), STR_INIT("inc"), STR_INIT("ltd"),
        STR_INIT("co"), STR_INIT("mt"), STR_INIT("ft"), STR_INIT("gen"),
        STR_INIT("dept"), STR_INIT("est"), STR_INIT("esp"), STR_INIT("incl"),
        STR_INIT("resp"), STR_INIT("temp"), STR_INIT("misc"), STR_INIT("ext"),
        STR_INIT("tel"), STR_INIT("fig"), STR_INIT("vol"), STR_INIT("ref"),
        STR_INIT("pt"), STR_INIT("pts"), STR_INIT("hx"), STR_INIT("dx"),
        STR_INIT("rx"), STR_INIT("tx"), STR_INIT("sx"), STR_INIT("hr"),
        STR_INIT("hrs"), STR_INIT("min"), STR_INIT("mins"), STR_INIT("wk"),
        STR_INIT("wks"), STR_INIT("yr"), STR_INIT("yrs"), STR_INIT("mo"),
        STR_INIT("mos"), STR_INIT("max"), STR_INIT("avg"), STR_INIT("ca"),
        STR_INIT("jan"), STR_INIT("feb"), STR_INIT("aug"), STR_INIT("sept"),
        STR_INIT("sep"), STR_INIT("oct"), STR_INIT("nov"), STR_INIT("dec"),
        STR_INIT("mon"), STR_INIT("tue"), STR_INIT("tues"), STR_INIT("thu"),
        STR_INIT("thurs"), STR_INIT("fri")};
    return is_in(word, words, PL_COUNT(words));
}

/* "Vitamin C. It", "Plan B. We": the letter is no initial. */
static bool takes_letter(struct str word)
{
    static const struct str words[] = {STR_INIT("vitamin"), STR_INIT("vit"),
        STR_INIT("hepatitis"), STR_INIT("hep"), STR_INIT("influenza"),
        STR_INIT("flu"), STR_INIT("strep"), STR_INIT("plan"), STR_INIT("type"),
        STR_INIT("group"), STR_INIT("grade"), STR_INIT("class"),
        STR_INIT("category"), STR_INIT("option"), STR_INIT("part"),
        STR_INIT("section"), STR_INIT("schedule"), STR_INIT("appendix"),
        STR_INIT("figure"), STR_INIT("table"), STR_INIT("ward"),
        STR_INIT("bay"), STR_INIT("bed"), STR_INIT("block"), STR_INIT("unit"),
        STR_INIT("team"), STR_INIT("level"), STR_INIT("exhibit"),
        STR_INIT("factor"), STR_INIT("protein"), STR_INIT("stage"),
        STR_INIT("serotype"), STR_INIT("and"), STR_INIT("or")};
    return is_in(word, words, PL_COUNT(words));
}

static bool is_letter(const struct token *t)
{
    return t->at.end - t->at.beg == 1 && byte_is_alpha(t->word.ptr[0]);
}

/* The dot behind a single letter: "J. Shah", "e.g. this", "3 a.m. on". */
static bool is_initial(const struct gap *g)
{
    const struct token *t = g->before;
    if (t != g->first && is_letter(t - 1) && t[-1].at.end + 1 == t->at.beg)
        return true;
    if (str_eq(t->word, STR("i")) || !(t->flags & TOKEN_CAPITAL) || !g->after)
        return false;
    return (g->after->flags & TOKEN_CAPITAL) &&
           (t == g->first || !takes_letter(t[-1].word));
}

/* A dot that ends no sentence: "Dr. Shah", "No. 5", "2. Second". */
static bool is_inner_dot(const struct gap *g)
{
    const struct token *t = g->before, *next = g->after;
    bool goes_on =
        next &&
        (next->kind == TOKEN_NUMBER || next->kind == TOKEN_CODE ||
            (next->kind == TOKEN_WORD && !(next->flags & TOKEN_CAPITAL)));
    if (t->flags & TOKEN_TAGGED)
        return false;
    if (is_title(t->word))
        return next != NULL;
    if (str_eq(t->word, STR("no")) || str_eq(t->word, STR("nos")))
        return next && next->kind == TOKEN_NUMBER && t->at.end == g->beg;
    if (goes_on && is_shortened(t->word))
        return true;
    if (is_letter(t))
        return is_initial(g);
    return t->kind == TOKEN_NUMBER && t->word.len <= 2 &&
           (t == g->first || (t->flags & TOKEN_LINE)) && next != NULL;
}

/* Signs that open a unit of their own at the start of a line. */
static bool opens_line(const struct norm *n, uint32_t at)
{
    static const struct str signs[] = {STR_INIT("\xE2\x9D\x8C"),
        STR_INIT("\xE2\x9C\x85"), STR_INIT("\xF0\x9F\x91\x89"),
        STR_INIT("\xE2\x80\xA2")};
    struct str rest = {n->folded + at, n->len - at};
    for (size_t i = 0; i < PL_COUNT(signs); i++)
        if (str_starts(rest, signs[i]))
            return true;
    return false;
}

/* Does the line end at i end the sentence? In flowing text only a blank line
   does, or a sign that opens the next. */
static bool line_ends(const struct gap *g, uint32_t i)
{
    uint32_t at = i + 1;
    while (at < g->end && g->n->folded[at] == ' ')
        at++;
    return !g->flowing || at == g->n->len || g->n->folded[at] == '\n' ||
           opens_line(g->n, at);
}

static bool is_closer(char c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' ||
           c == '_' || c == '~';
}

/* Where the double quotation ends that holds an offset, or 0. *quote is the
   first that may; offsets come in order. */
static uint32_t quote_around(
    const struct quote_list *quotes, size_t *quote, uint32_t at)
{
    while (*quote < quotes->count && (!quotes->items[*quote].doubled ||
                                         quotes->items[*quote].at.end <= at))
        (*quote)++;
    if (*quote == quotes->count || quotes->items[*quote].at.beg > at)
        return 0;
    return quotes->items[*quote].at.end;
}

/* Does a sentence end with the marks [i, end)? Then *end is behind what closes
   with them, and *mark tells which. */
static bool mark_ends(
    const struct gap *g, uint32_t quoted, uint32_t i, uint32_t *end, char *mark)
{
    const char *s = g->n->folded;
    uint32_t k = i;

    *mark = s[i];
    for (; k < g->end && (s[k] == '.' || s[k] == '!' || s[k] == '?'); k++)
        if (s[k] == '?' || (s[k] == '!' && *mark == '.'))
            *mark = s[k];
    uint32_t marks = k - i;
    while (k < g->end && is_closer(s[k]))
        k++;
    *end = k;
    char next = byte_of(g->n, k);
    if (next != ' ' && next != '\n' &&
        !(g->after && k == g->end && g->after->kind == TOKEN_EMOJI))
        return false;
    if (quoted != 0 && k < quoted)
        return false;
    /* "Cures it all!" she said (yes!) and went on, and so does the sentence. */
    if ((quoted != 0 || (k > i + marks && s[k - 1] == ')')) && g->after &&
        g->after->kind == TOKEN_WORD && !(g->after->flags & TOKEN_CAPITAL) &&
        next == ' ')
        return false;
    return !(*mark == '.' && marks == 1 && is_inner_dot(g));
}

/* Where the sentence ends in the gap, or 0. *mark is the mark, 0 for a line
   end. */
static uint32_t end_in_gap(const struct gap *g, const struct quote_list *quotes,
    size_t *quote, char *mark)
{
    for (uint32_t i = g->beg, end; i < g->end; i++) {
        char c = g->n->folded[i];
        if (c == '\n' && line_ends(g, i)) {
            *mark = 0;
            return i + 1;
        }
        if (c != '.' && c != '!' && c != '?')
            continue;
        if (mark_ends(g, quote_around(quotes, quote, i), i, &end, mark))
            return end;
        i = end > i ? end - 1 : i;
    }
    *mark = 0;
    return 0;
}

/* ---- what a gap says of the token behind it ----------------------------- */

static bool is_soft(char c)
{
    return c == ' ' || c == '-' || c == '/' || c == '.' || c == '&' ||
           c == '\'' || c == '_' || c == '*' || c == '+' || c == '~' ||
           c == '^' || c == '#' || c == '\n';
}

/* A spaced hyphen or two of them; at the start of a line it is a bullet. */
static bool is_dash(const struct gap *g, uint32_t i)
{
    const char *s = g->n->folded;
    if ((unsigned char)s[i] == 0xE2)
        return i + 2 < g->n->len && memcmp(s + i, "\xE2\x80\x94", 3) == 0;
    if (s[i] != '-' || i == 0)
        return false;
    char before = s[i - 1], after = byte_of(g->n, i + 1);
    return (before == ' ' && after == ' ') || (after == '-' && before != '\n');
}

static uint16_t gap_flags(const struct gap *g)
{
    const char *s = g->n->folded;
    uint16_t flags = 0;
    for (uint32_t i = g->beg; i < g->end; i++) {
        char c = s[i];
        if (!is_soft(c))
            flags |= TOKEN_HARD;
        if (c == '\n') {
            flags |= TOKEN_LINE;
        } else if (c == ';' || is_dash(g, i)) {
            flags |= TOKEN_BREAK | TOKEN_HARD;
            flags &= (uint16_t)~TOKEN_COLON;
        } else if (c == ':' && !(i > 0 && byte_is_digit(s[i - 1]) &&
                                   byte_is_digit(byte_of(g->n, i + 1)))) {
            flags |= TOKEN_BREAK | TOKEN_COLON;
        }
    }
    return flags;
}

/* ---- splitting ---------------------------------------------------------- */

static uint32_t skip_blanks(const struct norm *n, uint32_t at, uint32_t end)
{
    while (at < end && (n->folded[at] == ' ' || n->folded[at] == '\n' ||
                           n->folded[at] == '\t'))
        at++;
    return at;
}

static bool is_wide_tag(const struct token *tokens, const struct token *t,
    uint32_t beg, uint32_t end)
{
    const struct token *first = tokens + beg, *last = tokens + end - 1;
    return t->tag != 0 && ((t > first && t[-1].tag == t->tag) ||
                              (t < last && t[1].tag == t->tag));
}

/* A hashtag of several words is a clause of its own. */
static void tag_break(
    struct token *tokens, uint32_t i, uint32_t beg, uint32_t end)
{
    if (i > beg && tokens[i - 1].tag != tokens[i].tag &&
        (is_wide_tag(tokens, &tokens[i - 1], beg, end) ||
            is_wide_tag(tokens, &tokens[i], beg, end)))
        tokens[i].flags |= TOKEN_BREAK;
}

struct splitter {
    struct arena *a;
    const struct norm *n;
    struct span part;
    struct token *tokens;
    uint32_t tok_beg, tok_end;
    bool flowing;
    const struct quote_list *quotes;
    size_t quote;
    struct sentence now;
    struct sentence_list *sentences;
};

static struct gap gap_before(const struct splitter *p, uint32_t i)
{
    bool inner = i > p->tok_beg, more = i < p->tok_end;
    return (struct gap){
        .n = p->n,
        .before = inner ? &p->tokens[i - 1] : NULL,
        .after = more ? &p->tokens[i] : NULL,
        .first = inner ? &p->tokens[p->now.tok_beg] : NULL,
        .beg = inner ? p->tokens[i - 1].at.end : p->part.beg,
        .end = more ? p->tokens[i].at.beg : p->part.end,
        .flowing = p->flowing,
    };
}

static void close_sentence(
    struct splitter *p, uint32_t tok_end, uint32_t end, char mark)
{
    p->now.at.end = end;
    p->now.tok_end = tok_end;
    p->now.closed_by = mark;
    if (p->now.at.beg > end)
        p->now.at.beg = end;
    *VEC_PUSH(p->a, p->sentences) = p->now;
    p->now.at.beg = skip_blanks(p->n, end, p->part.end);
    p->now.tok_beg = tok_end;
}

/* Does what opens a sentence leave the next token first in it as well? An
   emoji, the account a reply goes to, the number of a list. */
static bool goes_before(const struct splitter *p, const struct token *t)
{
    if (!(t->flags & TOKEN_FIRST))
        return false;
    char after = byte_of(p->n, t->at.end), next = byte_of(p->n, t->at.end + 1);
    return t->kind == TOKEN_EMOJI || t->kind == TOKEN_MENTION ||
           (t->kind == TOKEN_NUMBER && t->word.len <= 2 && next == ' ' &&
               (after == '.' || after == ')' || after == '/' || after == ':'));
}

/* One blank between two words, as most gaps are: nothing ends there. */
static bool is_plain_gap(const struct splitter *p, uint32_t i)
{
    const struct token *t = &p->tokens[i];
    return i > p->tok_beg && !goes_before(p, t - 1) &&
           t->at.beg == t[-1].at.end + 1 && p->n->folded[t[-1].at.end] == ' ' &&
           t->tag == t[-1].tag && t->at.end - p->now.at.beg <= LIMIT_SENTENCE;
}

void sentence_split(struct arena *a, const struct norm *n, struct span part,
    uint32_t part_index, const struct doc_part *doc_part,
    const struct quote_list *quotes, struct token *tokens, uint32_t tok_beg,
    uint32_t tok_end, struct sentence_list *sentences)
{
    struct splitter p = {
        .a = a,
        .n = n,
        .part = part,
        .tokens = tokens,
        .tok_beg = tok_beg,
        .tok_end = tok_end,
        .flowing = doc_part->flowing,
        .quotes = quotes,
        .sentences = sentences,
        .now =
            {
                .at = {skip_blanks(n, part.beg, part.end), part.end},
                .tok_beg = tok_beg,
                .part = part_index,
                .zone = doc_part->zone,
                .label = true,
            },
    };
    char mark = 0;

    for (uint32_t i = tok_beg; i < tok_end; i++) {
        if (is_plain_gap(&p, i)) {
            tokens[i].sentence = (uint32_t)sentences->count;
            continue;
        }
        struct gap g = gap_before(&p, i);
        uint32_t end =
            i > tok_beg ? end_in_gap(&g, quotes, &p.quote, &mark) : 0;
        bool too_long =
            end == 0 && tokens[i].at.end - p.now.at.beg > LIMIT_SENTENCE;
        tokens[i].flags |= gap_flags(&g);
        if (i == tok_beg)
            tokens[i].flags |= TOKEN_LINE;
        if (end != 0 || (too_long && i > p.now.tok_beg)) {
            close_sentence(&p, i, end ? end : tokens[i].at.beg, mark);
            p.now.label = end != 0;
        }
        tokens[i].sentence = (uint32_t)sentences->count;
        if (p.now.tok_beg == i)
            tokens[i].flags |= TOKEN_FIRST | TOKEN_HARD;
        else if (goes_before(&p, &tokens[i - 1]))
            tokens[i].flags |= TOKEN_FIRST;
        tag_break(tokens, i, p.now.tok_beg, tok_end);
    }
    struct gap last = gap_before(&p, tok_end);
    if (tok_end > tok_beg)
        (void)end_in_gap(&last, quotes, &p.quote, &mark);
    close_sentence(&p, tok_end, part.end, mark);
}
