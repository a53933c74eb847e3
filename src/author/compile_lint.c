/* SPDX-License-Identifier: MIT */
/* compile_lint.c - warnings: what loads, but is seldom meant. */
#include <string.h>

#include "author/compiler.h"

enum { WORDS_MOST = 12, WORD_LEAST = 3 };

/* ---- regexes -------------------------------------------------------------- */

static struct where place(struct where at, size_t offset, size_t len)
{
    at.col += (uint32_t)offset;
    at.len = (uint32_t)len;
    return at;
}

static bool is_sign(struct str s, size_t at)
{
    static const char special[] = "\\()[]{}.^$|?*+_";
    if (at >= s.len)
        return false;
    char c = s.ptr[at];
    if (c == '\\' && at + 1 < s.len)
        return !byte_is_alnum(s.ptr[at + 1]);
    /* Pound, euro and the like; letters of other scripts begin otherwise. */
    if ((unsigned char)c >= 0x80)
        return (unsigned char)c == 0xC2 || (unsigned char)c == 0xE2;
    return !byte_is_alnum(c) && !byte_is_blank(c) && c != '-' &&
        memchr(special, c, sizeof special - 1) == NULL;
}

/* Does an alternative begin here? */
static bool begins(struct str s, size_t at)
{
    return at == 0 || s.ptr[at - 1] == '(' || s.ptr[at - 1] == '|' ||
        (at >= 3 && str_eq(str_part(s, at - 3, at), STR("(?:")));
}

static bool ends(struct str s, size_t at)
{
    return at >= s.len || s.ptr[at] == ')' || s.ptr[at] == '|';
}

/* Where the character before `at` begins. */
static size_t before(struct str s, size_t at)
{
    size_t i = at - 1;
    while (i > 0 && ((unsigned char)s.ptr[i] & 0xC0) == 0x80)
        i--;
    return i > 0 && s.ptr[i - 1] == '\\' ? i - 1 : i;
}

static void check_border(
    struct compiler *c, struct str s, size_t i, struct where at)
{
    bool opens = begins(s, i) && is_sign(s, i + 2);
    bool closes = i > 0 && ends(s, i + 2) && is_sign(s, before(s, i));
    if (opens || closes)
        problem_warn(c->problems, place(at, i, 2), "word-border",
            "leave the \\b out, or use (?<!\\w) or (?!\\w)",
            "\\b beside a sign asks for a letter or digit on the other side of "
            "it");
}

/* "\w*" where an alternative ends, perhaps before a "\b". */
static bool is_tail(struct str s, size_t i)
{
    struct str rest = str_from(s, i);
    if (!str_starts(rest, STR("\\w*")))
        return false;
    i += 3;
    if (str_starts(str_from(s, i), STR("\\b")))
        i += 2;
    return ends(s, i);
}

/* Skips what holds no words: escapes, classes, names of groups. */
static size_t skip_other(struct str s, size_t i)
{
    if (s.ptr[i] == '\\')
        return i + 2;
    if (s.ptr[i] == '[') {
        i += i + 1 < s.len && s.ptr[i + 1] == ']' ? 2 : 1;
        while (i < s.len && s.ptr[i] != ']')
            i += s.ptr[i] == '\\' ? 2 : 1;
        return i + 1;
    }
    if (str_starts(str_from(s, i), STR("(?<")) && i + 3 < s.len &&
        byte_is_alpha(s.ptr[i + 3]))
        return i + str_find_byte(str_from(s, i), '>') + 1;
    return i + 1;
}

static size_t count_words(struct str s)
{
    size_t words = 0;
    for (size_t i = 0; i < s.len;) {
        size_t end = i;
        while (end < s.len && byte_is_alpha(s.ptr[end]))
            end++;
        words += end - i >= WORD_LEAST;
        i = end > i ? end : skip_other(s, i);
    }
    return words;
}

void regex_lint(struct compiler *c, struct str s, struct where at)
{
    for (size_t i = 0; i + 1 < s.len; i += s.ptr[i] == '\\' ? 2 : 1) {
        if (s.ptr[i] != '\\')
            continue;
        if (s.ptr[i + 1] == 'b')
            check_border(c, s, i, at);
        if (is_tail(s, i))
            problem_warn(c->problems, place(at, i, 3), "word-tail",
                "list the words, with ~ for their forms",
                "\\w* at the end takes in words that nobody thought of");
    }
    size_t words = count_words(s);
    if (words > WORDS_MOST)
        problem_warn(c->problems, place(at, 0, s.len), "word-list",
            "make it a list of words; the regex may stand beside it in a "
            "sequence",
            "the regex holds %zu words", words);
}

/* ---- lexicons ---------------------------------------------------------------- */

static bool all_taken(
    const struct made_entry *e, const uint32_t *taken, uint32_t mark)
{
    for (size_t i = 0; i < e->count; i++)
        if (taken[e->spellings[i].phrase] != mark)
            return false;
    return e->count > 0;
}

/* The first entry keeps a phrase that two of them have. */
void lexicon_lint(
    struct compiler *c, uint32_t lexicon, const struct entries *entries)
{
    const struct made_lexicon *l = &c->lexicons.items[lexicon];
    uint32_t *taken = ARENA_NEW(c->a, uint32_t, c->phrase_count + 1);
    for (size_t i = 0; i < entries->count && i < l->count; i++) {
        const struct made_entry *e = l->items[i];
        if (all_taken(e, taken, 1))
            problem_warn(c->problems, entries->items[i].at, "unreachable",
                "leave it out",
                "'" STR_FMT "' stands in the list already", STR_ARG(e->first));
        for (size_t k = 0; k < e->count; k++)
            if (e->spellings[k].exact == 0)
                taken[e->spellings[k].phrase] = 1;
    }
}

/* ---- parts --------------------------------------------------------------------- */

void parts_lint(struct compiler *c)
{
    static const char *const words[] = {[PART_LEXICON] = "lexicon",
        [PART_TABLE] = "table", [PART_WEIGHTS] = "weights", [PART_PIECE] = "piece", [PART_GUARD] = "guard",
        [PART_SCALE] = "scale"};
    for (size_t i = 0; i < c->part_count; i++)
        if (!c->parts[i]->used)
            problem_warn(c->problems, c->parts[i]->name.at, "unused-name",
                "leave it out, or use it in a rule",
                "nothing asks for the %s '" STR_FMT "'",
                words[c->parts[i]->type], STR_ARG(c->parts[i]->name.text));
}
