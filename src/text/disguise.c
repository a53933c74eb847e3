/* SPDX-License-Identifier: MIT */
/*
 * disguise.c - words that hide: f*ck, c0vid, soooo, v-a-x.
 *
 * Each is undone only where the result is a word of some lexicon, so that B12,
 * 5G and H1N1 stay what they are.
 */
#include <string.h>

#include "text/lexer.h"
#include "text/point.h"
#include "text/utf8.h"

enum {
    MASK_LEAST = 4, /* bytes of a word with digits in it; 3 with signs */
    MASK_MOST = 24,
    MASK_CHANGED = 6, /* letters that were replaced */
    WILD_MOST = 3
};

bool disguise_is_sign(char c)
{
    return c == '@' || c == '!' || c == '$' || c == '*' || c == '|';
}

/* The letters a digit or sign is written for. */
static const char *letters_for(char c)
{
    switch (c) {
    case '@':
    case '4':
        return "a";
    case '3':
        return "e";
    case '1':
    case '!':
        return "il";
    case '|':
        return "li";
    case '0':
        return "o";
    case '$':
    case '5':
        return "s";
    case '7':
        return "t";
    case '8':
        return "b";
    default:
        return "";
    }
}

/* ---- words with signs or digits inside ---------------------------------- */

struct mask {
    const struct lexer *l;
    struct str raw;
    char word[MASK_MOST];
};

static bool fill_letters(struct mask *m, size_t at, bool (*done)(struct mask *))
{
    while (at < m->raw.len &&
           (byte_is_lower(m->raw.ptr[at]) || m->raw.ptr[at] == '*')) {
        m->word[at] = m->raw.ptr[at];
        at++;
    }
    if (at == m->raw.len)
        return done(m);
    for (const char *c = letters_for(m->raw.ptr[at]); *c; c++) {
        m->word[at] = *c;
        if (fill_letters(m, at + 1, done))
            return true;
    }
    return false;
}

static bool is_known(struct mask *m)
{
    return lexer_knows(m->l, (struct str){m->word, m->raw.len});
}

static bool fill_stars(struct mask *m, const char *letters)
{
    for (size_t i = 0; i < m->raw.len; i++)
        if (m->raw.ptr[i] == '*')
            m->word[i] = *letters++;
    return is_known(m);
}

/* Any letter for a single star; vowels first, those are starred out most. */
static bool fill_any(struct mask *m)
{
    for (const char *c = "uioeasnhrtlcdpmkgbyfvwzxjq"; *c; c++)
        if (fill_stars(m, c))
            return true;
    return false;
}

/* What people star out in swear words, tried first. */
static bool fill_wild(struct mask *m)
{
    static const char *const usual[] = {"u", "i", "a", "o", "uc", "hi", "it",
        "un", "ic", "ss", "an", "oc", "or", "oo", "us", "ck", "uck", "hit",
        "unt", "itc", "ick", "ast", "uss", "ank", "ock"};
    size_t wild = 0;
    bool inside = m->raw.ptr[m->raw.len - 1] != '*';

    for (size_t i = 0; i < m->raw.len; i++)
        wild += m->raw.ptr[i] == '*';
    if (wild == 0)
        return is_known(m);
    if (wild == 1 && !inside)
        return false; /* a footnote */
    for (size_t i = 0; i < PL_COUNT(usual); i++)
        if (strlen(usual[i]) == wild && fill_stars(m, usual[i]))
            return true;
    return wild == 1 && fill_any(m);
}

static bool is_masked(struct str raw)
{
    size_t letters = 0, changed = 0, wild = 0;
    bool sign = false;

    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        letters += byte_is_lower(c);
        wild += c == '*';
        changed += letters_for(c)[0] != '\0';
        sign |= disguise_is_sign(c) && c != '*';
    }
    size_t least = wild == WILD_MOST || str_ends(raw, STR("$$")) ? 1 : 2;
    return letters + wild + changed == raw.len && letters >= least &&
           wild <= WILD_MOST && changed <= MASK_CHANGED && changed + wild > 0 &&
           raw.len >= MASK_LEAST - (size_t)sign;
}

/* Letters with signs inside; $ and * may be the last. */
static size_t masked_end(const struct lexer *l, size_t i)
{
    size_t end = i;
    for (size_t at = i; at < l->end && at - i <= MASK_MOST; at++) {
        char c = l->folded.ptr[at];
        if (!byte_is_alnum(c) && !disguise_is_sign(c))
            break;
        if (byte_is_alnum(c) || c == '$' || c == '*')
            end = at + 1;
    }
    /* **bold** */
    if (i > l->beg && l->folded.ptr[i - 1] == '*')
        while (end > i && l->folded.ptr[end - 1] == '*')
            end--;
    return end;
}

bool disguise_add_masked(struct lexer *l, size_t i, size_t *end)
{
    struct mask m = {.l = l};
    size_t to = masked_end(l, i);

    if (!l->vocab || to - i > MASK_MOST)
        return false;
    m.raw = str_part(l->folded, i, to);
    if (!is_masked(m.raw) || lexer_knows(l, m.raw) ||
        !fill_letters(&m, 0, fill_wild))
        return false;
    struct token *t = lexer_add(l, TOKEN_WORD, i, to);
    t->word = arena_copy(l->a, (struct str){m.word, m.raw.len});
    t->flags |= lexer_case(l, i, to) | TOKEN_DISGUISED;
    *end = to;
    return true;
}

/* ---- stretched words, accents ------------------------------------------- */

/* Runs of three or more of a letter cut to `keep` of them. */
static size_t cut_runs(struct str word, size_t keep, char *out, size_t cap)
{
    size_t len = 0;
    for (size_t i = 0, end; i < word.len; i = end) {
        for (end = i + 1; end < word.len && word.ptr[end] == word.ptr[i]; end++)
            continue;
        size_t count = end - i >= 3 ? keep : end - i;
        if (len + count > cap)
            return 0;
        memset(out + len, word.ptr[i], count);
        len += count;
    }
    return len;
}

struct str disguise_unstretch(struct lexer *l, struct str word)
{
    char cut[MASK_MOST];
    for (size_t keep = 2; keep > 0; keep--) {
        size_t len = cut_runs(word, keep, cut, sizeof cut);
        if (len && lexer_knows(l, (struct str){cut, len}))
            return arena_copy(l->a, (struct str){cut, len});
    }
    return word;
}

struct str disguise_plain(struct lexer *l, struct str word)
{
    char plain[MASK_MOST];
    size_t len = 0, size;
    uint32_t point = 0;

    if (!l->vocab || word.len > 2 * MASK_MOST || lexer_knows(l, word))
        return word;
    for (size_t at = 0; at < word.len; at += size) {
        size = utf8_decode(str_from(word, at), &point);
        char c = size == 1 ? (char)point : point_plain(point);
        if (size == 0 || c == '\0' || len == sizeof plain)
            return word;
        plain[len++] = c;
    }
    struct str out = {plain, len};
    return lexer_knows(l, out) ? arena_copy(l->a, out) : word;
}

/* ---- letters that stand apart ------------------------------------------- */

/* Letters of a word that stand apart: at least, and at most. */
enum { APART_BLANK = 4, APART_SIGN = 3, APART_MOST = 16 };

static bool is_lone_letter(const struct token *t)
{
    return t->kind == TOKEN_WORD && t->at.end - t->at.beg == 1 && t->tag == 0;
}

/* The one sign between a token and the next, 0 if it is more or none. */
static char between(const struct lexer *l, const struct token *t)
{
    char c = t[1].at.beg == t->at.end + 1 ? l->folded.ptr[t->at.end] : '\0';
    return c == ' ' || c == '-' || c == '.' || c == '_' || c == '*' || c == '/'
               ? c
               : '\0';
}

/* End of the run of lone letters with the same sign between them. */
static size_t lone_run(const struct lexer *l, size_t beg, char *sign)
{
    const struct token *t = l->tokens->items;
    size_t end = beg + 1;
    *sign = '\0';
    if (!is_lone_letter(&t[beg]))
        return end;
    while (end < l->tokens->count && is_lone_letter(&t[end])) {
        char now = between(l, &t[end - 1]);
        if (now == '\0' || (*sign && now != *sign))
            break;
        *sign = now;
        end++;
    }
    return end;
}

static bool join(struct lexer *l, size_t beg, size_t end, char sign)
{
    char word[APART_MOST];
    struct token *t = &l->tokens->items[beg];
    size_t len = end - beg;
    bool caps = true;

    for (size_t i = 0; i < len; i++) {
        word[i] = l->folded.ptr[t[i].at.beg];
        caps &= byte_is_upper(l->cased.ptr[t[i].at.beg]);
    }
    if (!lexer_knows(l, (struct str){word, len}))
        return false;
    t->word = arena_copy(l->a, (struct str){word, len});
    t->at.end = t[len - 1].at.end;
    if (caps)
        t->flags |= TOKEN_CAPS;
    if (!caps || sign != '.') /* N.H.S. hides nothing */
        t->flags |= TOKEN_DISGUISED;
    return true;
}

/* The longest known word of the run's head; the token behind it. */
static size_t join_head(struct lexer *l, size_t beg, size_t end, char sign)
{
    size_t least = sign == ' ' ? APART_BLANK : APART_SIGN;
    if (end - beg > APART_MOST)
        end = beg + APART_MOST;
    for (; end - beg >= least; end--)
        if (join(l, beg, end, sign))
            return end;
    return beg + 1;
}

static bool has_apart(const struct lexer *l, size_t first)
{
    const struct token *t = l->tokens->items;
    size_t run = 0;
    for (size_t i = first; i < l->tokens->count; i++) {
        run = is_lone_letter(&t[i]) ? run + 1 : 0;
        if (run >= APART_SIGN)
            return true;
    }
    return false;
}

/* Tokens close up behind a joined word; tags and inner words, which know their
   tokens by number, move along. */
void disguise_join(struct lexer *l, size_t first)
{
    struct token *t = l->tokens->items;
    size_t kept = first, tag = 0, inner = 0, next, run = first;
    char sign = '\0';

    if (!l->vocab || !has_apart(l, first))
        return;
    while (tag < l->tags->count && l->tags->items[tag].tok_beg < first)
        tag++;
    while (l->inner && inner < l->inner->count &&
           l->inner->items[inner].sentence < first)
        inner++;
    for (size_t i = first; i < l->tokens->count; i = next, kept++) {
        if (i >= run)
            run = lone_run(l, i, &sign);
        next = join_head(l, i, run, sign);
        for (; tag < l->tags->count && l->tags->items[tag].tok_beg == i;
             tag++) {
            l->tags->items[tag].tok_beg -= (uint32_t)(i - kept);
            l->tags->items[tag].tok_end -= (uint32_t)(i - kept);
        }
        for (; l->inner && inner < l->inner->count &&
               l->inner->items[inner].sentence == i;
             inner++)
            l->inner->items[inner].sentence = (uint32_t)kept;
        t[kept] = t[i];
    }
    l->tokens->count = kept;
}
