/* SPDX-License-Identifier: MIT */
/*
 * needs.c - what every match of a pattern must hold.
 *
 * A small reader of PCRE2 syntax that is allowed to give up: of parts in a row
 * the best one serves, of alternatives all must be told, and whatever may be
 * missing (?, *, {0,n}, look-around) tells nothing.
 *
 *     \b(?:before|b4) ?after\b   ->  "after"
 *     \bhb ?(?<value>\d{1,2})    ->  a digit
 */
#include <string.h>

#include "match/detect.h"
#include "match/regex.h"

enum { SET_MAX = 16, LITERAL_MAX = 32 };

struct need { /* one of several */
    char text[LITERAL_MAX];
    size_t len;
};

struct set {
    struct need items[SET_MAX];
    size_t count;
    uint32_t features;
    int score; /* 0: nothing is known */
};

struct reader {
    struct str s;
    size_t pos;
    unsigned depth;
};

static bool is_special(char c)
{
    return c == '@' || c == '#' || c == '%' || c == '$' || c == '"';
}

static int need_score(const struct need *n)
{
    int score = n->len >= 3 ? 10 + (int)n->len : 0;
    for (size_t i = 0; i < n->len; i++) {
        if (is_special(n->text[i]) || (unsigned char)n->text[i] >= 0x80)
            score += score ? 5 : 12;
        else if (byte_is_digit(n->text[i]))
            score += score ? 2 : 5;
    }
    return score;
}

static int set_score(const struct set *s)
{
    int least = s->features ? 4 : 1000;
    if (s->count == 0 && s->features == 0)
        return 0;
    for (size_t i = 0; i < s->count; i++) {
        int score = need_score(&s->items[i]);
        least = score < least ? score : least;
    }
    return least;
}

static void keep_better(struct set *best, const struct set *other)
{
    if (other->score > best->score)
        *best = *other;
}

static void offer_run(struct set *best, const struct need *run)
{
    struct set one = {.count = 1};
    if (run->len == 0)
        return;
    one.items[0] = *run;
    one.score = set_score(&one);
    keep_better(best, &one);
}

static void offer_features(struct set *best, uint32_t features)
{
    struct set one = {.features = features};
    one.score = set_score(&one);
    keep_better(best, &one);
}

static char now(const struct reader *r)
{
    return r->pos < r->s.len ? r->s.ptr[r->pos] : '\0';
}

/* Quantifier behind an atom: may the atom be missing; does it end a run? */
static bool take_quantifier(struct reader *r, bool *repeats)
{
    bool optional = false;
    *repeats = false;
    for (;;) {
        char c = now(r);
        if (c == '?' || c == '*') {
            optional |= !*repeats || c == '*';
            *repeats = true;
            r->pos++;
        } else if (c == '+') {
            *repeats = true;
            r->pos++;
        } else if (c == '{' && r->pos + 1 < r->s.len &&
            byte_is_digit(r->s.ptr[r->pos + 1])) {
            optional |= r->s.ptr[r->pos + 1] == '0';
            *repeats = true;
            r->pos += str_find_byte(str_from(r->s, r->pos), '}') + 1;
        } else {
            return optional;
        }
    }
}

/* Reads a class; true if it holds digits only. */
static bool take_class(struct reader *r)
{
    size_t beg = ++r->pos;
    bool digits = true;
    if (now(r) == '^') {
        digits = false;
        r->pos++;
    }
    if (now(r) == ']')
        r->pos++;
    while (r->pos < r->s.len && now(r) != ']') {
        if (now(r) == '[' && r->pos + 1 < r->s.len &&
            r->s.ptr[r->pos + 1] == ':') {
            digits = false;
            r->pos += str_find(str_from(r->s, r->pos), STR(":]")) + 2;
            continue;
        }
        if (now(r) == '\\') {
            r->pos++;
            digits &= now(r) == 'd';
        } else {
            digits &= byte_is_digit(now(r)) || now(r) == '-';
        }
        r->pos++;
    }
    r->pos++;
    return digits && r->pos > beg + 1;
}

static struct set read_alternatives(struct reader *r);

/* Skips to the bracket that closes the group. */
static void skip_group(struct reader *r)
{
    unsigned open = 1;
    while (r->pos < r->s.len && open > 0) {
        char c = now(r);
        if (c == '\\')
            r->pos++;
        else if (c == '[') {
            (void)take_class(r);
            continue;
        } else if (c == '(')
            open++;
        else if (c == ')')
            open--;
        r->pos++;
    }
}

/* A group behind its "(": false if it tells nothing. */
static bool take_group(struct reader *r, struct set *inner)
{
    struct str rest = str_from(r->s, r->pos);
    if (str_starts(rest, STR("?=")) || str_starts(rest, STR("?!")) ||
        str_starts(rest, STR("?<=")) || str_starts(rest, STR("?<!")) ||
        str_starts(rest, STR("?#")) || str_starts(rest, STR("?(")) ||
        str_starts(rest, STR("*")) || r->depth > 20) {
        skip_group(r);
        return false;
    }
    if (str_starts(rest, STR("?<")) || str_starts(rest, STR("?P<")) ||
        str_starts(rest, STR("?'"))) {
        size_t close = 2 + str_find_byte(str_from(rest, 3), '>') + 1;
        r->pos += close + 1;
    } else if (str_starts(rest, STR("?"))) {
        size_t colon = str_find_byte(rest, ':');
        size_t paren = str_find_byte(rest, ')');
        if (str_starts(rest, STR("?>")) || str_starts(rest, STR("?|")))
            colon = 1;
        if (paren < colon) { /* (?i) */
            r->pos += paren + 1;
            return false;
        }
        r->pos += colon + 1;
    }
    r->depth++;
    *inner = read_alternatives(r);
    r->depth--;
    if (now(r) == ')')
        r->pos++;
    return true;
}

/* An escape as one literal byte, or 0. *digit: it stands for a digit. */
static char take_escape(struct reader *r, bool *digit)
{
    char c = r->pos + 1 < r->s.len ? r->s.ptr[r->pos + 1] : '\0';
    r->pos += 2;
    *digit = c == 'd';
    if (c == 'x' || c == 'p' || c == 'P' || c == 'k' || c == 'g' || c == 'N' ||
        c == 'o') {
        if (now(r) == '{')
            r->pos += str_find_byte(str_from(r->s, r->pos), '}') + 1;
        else if (c == 'x')
            r->pos += 2;
        else
            r->pos++;
        return '\0';
    }
    return byte_is_alnum(c) ? '\0' : c;
}

static void push(struct need *run, char c)
{
    if (run->len == LITERAL_MAX) {
        memmove(run->text, run->text + 1, LITERAL_MAX - 1);
        run->len--;
    }
    run->text[run->len++] = byte_lower(c);
}

/* Bytes of the character at the position, if it is a plain one. */
static size_t literal_size(const struct reader *r)
{
    unsigned char c = (unsigned char)now(r);
    if (c < 0x80)
        return 1;
    return c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Signs and emoji are the same in both cases; letters may not be. */
static bool is_caseless_lead(unsigned char c)
{
    return c == 0xC2 || c == 0xE2 || c == 0xF0;
}

static struct set read_row(struct reader *r)
{
    struct set best = {0};
    struct need run = {0};

    while (r->pos < r->s.len && now(r) != '|' && now(r) != ')') {
        struct set inner = {0};
        bool digit = false, grouped = false, repeats;
        size_t before = run.len;
        char c = now(r);

        if (c == '\\') {
            bool border = r->pos + 1 < r->s.len &&
                (r->s.ptr[r->pos + 1] == 'b' || r->s.ptr[r->pos + 1] == 'B');
            char plain = take_escape(r, &digit);
            if (border)
                continue;
            if (plain)
                push(&run, plain);
        } else if (c == '[') {
            digit = take_class(r);
        } else if (c == '(') {
            r->pos++;
            grouped = take_group(r, &inner);
            if (!grouped && inner.score == 0 && before == run.len) {
                /* look-around: what stands beside it still touches */
                (void)take_quantifier(r, &repeats);
                offer_run(&best, &run);
                run.len = 0;
                continue;
            }
        } else if (c == '^') {
            r->pos++;
            continue;
        } else if (c == '$' || c == '.') {
            r->pos++;
        } else {
            size_t size = literal_size(r);
            if (size == 1)
                push(&run, c);
            else if (is_caseless_lead((unsigned char)c))
                for (size_t i = 0; i < size && r->pos + i < r->s.len; i++)
                    push(&run, r->s.ptr[r->pos + i]);
            r->pos += size;
        }
        bool optional = take_quantifier(r, &repeats);
        if (optional) {
            run.len = before;
            offer_run(&best, &run);
            run.len = 0;
            continue;
        }
        if (digit)
            offer_features(&best, FEATURE_DIGIT);
        if (grouped)
            keep_better(&best, &inner);
        if (repeats || run.len == before) {
            offer_run(&best, &run);
            run.len = 0;
        }
    }
    offer_run(&best, &run);
    return best;
}

static void join(struct set *all, const struct set *more)
{
    if (more->score == 0 || all->count + more->count > SET_MAX) {
        all->score = 0;
        return;
    }
    for (size_t i = 0; i < more->count; i++)
        all->items[all->count++] = more->items[i];
    all->features |= more->features;
    all->score = set_score(all);
}

static struct set read_alternatives(struct reader *r)
{
    struct set all = read_row(r);
    bool known = all.score > 0;
    while (now(r) == '|') {
        r->pos++;
        struct set more = read_row(r);
        if (known)
            join(&all, &more);
        known = known && all.score > 0;
    }
    if (!known)
        all = (struct set){0};
    return all;
}

struct regex_needs regex_needs(struct arena *a, struct str pattern)
{
    struct reader r = {.s = pattern};
    struct set set = read_alternatives(&r);
    struct regex_needs out = {0};

    if (set.score == 0 || r.pos < pattern.len)
        return out;
    out.features = set.features;
    out.literals = ARENA_NEW(a, struct str, set.count + 1);
    for (size_t i = 0; i < set.count; i++)
        out.literals[out.literal_count++] = arena_copy(
            a, (struct str){set.items[i].text, set.items[i].len});
    return out;
}
