/* SPDX-License-Identifier: MIT */
/*
 * needs.c - what every match of a pattern must hold.
 *
 * A small reader of PCRE2 syntax that is allowed to give up. A part of a pattern is
 * known exactly as long as it stands for few strings; parts in a row are joined,
 * and what cannot be joined any longer is noted: one of these strings must stand in the
 * text. Of alternatives one must hold, so that their notes are joined too.
 *
 *     \b(?:before|b4) ?after\b   ->  "before after", "beforeafter", "b4 after", ...
 *     (?:bed|bay) \d+[a-d]\b     ->  "bed D" or "bay D"; and "Da", "Db", "Dc" or "Dd"
 *
 * D stands for any digit; a string of which the pattern says so begins or ends at the
 * edge of a word. Look-ahead and look-behind are texts that must be there
 * as well; those that are denied tell nothing.
 */
#include <string.h>

#include "match/detect.h"
#include "match/regex.h"

enum {
    SET_MAX = 160,  /* strings of one set */
    CROSS_MAX = 48, /* of parts in a row */
    CLASS_MAX = 16, /* characters of a class that is spelled out */
    TEXT_MAX = 24,  /* bytes of a string */
    MUST_MAX = 8,   /* sets of a part */
    SIEVE_MAX = 4,  /* sets that are kept of a pattern */
    DEPTH_MAX = 20,
    DIGIT = 1,      /* the byte that stands for any digit */
    EDGE = SIEVE_EDGE
};

struct set { /* one of these */
    struct str items[SET_MAX];
    size_t count;
    int score;
};

struct part {
    bool exact;           /* it matches nothing but what `run` holds */
    struct set run;
    struct set *must;     /* each of them, the best first */
    size_t must_count;
};

struct reader {
    struct arena *a;
    struct str s;
    size_t pos;
    unsigned depth;
    bool lost; /* something that is not read here */
};

/* ---- strings and sets ---------------------------------------------------------- */

/* How seldom a text holds it, roughly; 3 is worth asking for. */
static int text_score(struct str s)
{
    int score = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        score += c == EDGE                   ? 0
            : c == ' '                       ? 1
            : byte_is_lower(c)               ? 2
            : c == DIGIT || byte_is_digit(c) ? 3
                                             : 5;
    }
    return score;
}

enum { SCORE_LEAST = 3 };

static void set_rate(struct set *s)
{
    s->score = s->count ? 1000 : 0;
    for (size_t i = 0; i < s->count; i++) {
        int score = text_score(s->items[i]);
        s->score = score < s->score ? score : s->score;
    }
}

/* False if there is no room. */
static bool set_add(struct set *s, struct str text)
{
    for (size_t i = 0; i < s->count; i++)
        if (str_eq(s->items[i], text))
            return true;
    if (s->count == SET_MAX)
        return false;
    s->items[s->count++] = text;
    return true;
}

static bool set_join(struct set *s, const struct set *more)
{
    for (size_t i = 0; i < more->count; i++)
        if (!set_add(s, more->items[i]))
            return false;
    return true;
}

static struct set set_of(struct str text)
{
    struct set s = {.count = 1};
    s.items[0] = text;
    return s;
}

static bool is_word(char c)
{
    return byte_is_alnum(c) || c == '_' || c == DIGIT;
}

/* Of an edge only what is known for sure stays: one at the outside, beside a
   character of a word. */
static void trim_edges(struct str *one, struct str *two)
{
    bool ends = one->len > 0 && one->ptr[one->len - 1] == EDGE;
    bool begins = two->len > 0 && two->ptr[0] == EDGE;
    if (begins && one->len > 0 &&
        (two->len > 1 || ends || !is_word(one->ptr[one->len - 1])))
        *two = str_from(*two, 1);
    if (ends && two->len > 0 && (one->len > 1 || !is_word(two->ptr[0])))
        one->len--;
}

static struct str joined(struct arena *a, struct str one, struct str two)
{
    trim_edges(&one, &two);
    char *text = ARENA_NEW(a, char, one.len + two.len + 1);
    if (one.len)
        memcpy(text, one.ptr, one.len);
    if (two.len)
        memcpy(text + one.len, two.ptr, two.len);
    return (struct str){text, one.len + two.len};
}

/* Every string of one followed by every string of two; false if that is too
   much. */
static bool set_cross(struct arena *a, struct set *one, const struct set *two)
{
    struct set out = {0};
    if (one->count * two->count > CROSS_MAX)
        return false;
    for (size_t i = 0; i < one->count; i++)
        for (size_t k = 0; k < two->count; k++)
            if (one->items[i].len + two->items[k].len > TEXT_MAX ||
                !set_add(&out, joined(a, one->items[i], two->items[k])))
                return false;
    *one = out;
    return true;
}

/* ---- parts ------------------------------------------------------------------------ */

/* The best stay, in order. */
static void part_note(struct reader *r, struct part *p, struct set set)
{
    set_rate(&set);
    if (set.score < SCORE_LEAST)
        return;
    if (!p->must)
        p->must = ARENA_NEW(r->a, struct set, MUST_MAX + 1);
    size_t at = p->must_count;
    for (; at > 0 && p->must[at - 1].score < set.score; at--)
        p->must[at] = p->must[at - 1];
    p->must[at] = set;
    if (p->must_count < MUST_MAX)
        p->must_count++;
}

static void part_note_all(struct reader *r, struct part *p, const struct part *of)
{
    if (of->exact)
        part_note(r, p, of->run);
    for (size_t i = 0; i < of->must_count; i++)
        part_note(r, p, of->must[i]);
}

/* The row is no longer known from its beginning; what follows stands behind one of
   `run`. */
static void part_break(struct reader *r, struct part *row, struct set run)
{
    part_note(r, row, row->run);
    row->run = run;
    row->exact = false;
}

static struct part exactly(struct set run)
{
    return (struct part){.exact = true, .run = run};
}

/* ---- atoms -------------------------------------------------------------------------- */

static char now(const struct reader *r)
{
    return r->pos < r->s.len ? r->s.ptr[r->pos] : '\0';
}

static char next(const struct reader *r)
{
    return r->pos + 1 < r->s.len ? r->s.ptr[r->pos + 1] : '\0';
}

static bool looking_at(const struct reader *r, struct str text)
{
    return str_starts(str_from(r->s, r->pos), text);
}

static struct str one_byte(struct reader *r, char c)
{
    char *text = ARENA_NEW(r->a, char, 2);
    text[0] = byte_lower(c);
    return (struct str){text, 1};
}

/* Signs and emoji are the same in both cases; letters may not be. */
static bool is_caseless(struct str text)
{
    unsigned char c = (unsigned char)text.ptr[0];
    return text.len == 1 || c == 0xE2 || c == 0xF0 ||
        (c == 0xC2 && !str_eq(text, STR("µ")));
}

/* A character that stands for itself; false if its case is not known here. */
static bool take_char(struct reader *r, struct str *text)
{
    unsigned char c = (unsigned char)now(r);
    r->lost |= c == DIGIT || c == EDGE;
    size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    *text = size == 1 ? one_byte(r, (char)c)
                      : str_part(r->s, r->pos, r->pos + size);
    r->pos += size;
    return text->len == size && is_caseless(*text);
}

/* \p{..}, \x{..}, \x41 and the like, behind their letter. */
static void skip_argument(struct reader *r, char letter)
{
    if (now(r) == '{')
        r->pos += str_find_byte(str_from(r->s, r->pos), '}') + 1;
    else if (letter == 'x')
        for (int i = 0; i < 2 && byte_is_alnum(now(r)); i++)
            r->pos++;
    else if (letter == 'p' || letter == 'P' || letter == 'c')
        r->pos++;
}

/* An escape, inside a class or not. */
static struct part take_escape(struct reader *r)
{
    char c = next(r);
    r->pos += 2;
    if (c == 'd')
        return exactly(set_of((struct str){"\1", 1}));
    if (c == '\0' || strchr("QEgk", c))
        r->lost = true;
    else if (strchr("xpPNoc", c))
        skip_argument(r, c);
    while (byte_is_digit(c) && byte_is_digit(now(r)))
        r->pos++;
    if (byte_is_alnum(c) || (unsigned char)c >= 0x80)
        return (struct part){0};
    return exactly(set_of(one_byte(r, c)));
}

/* a-f, 3-9: false if it is too long to spell out. */
static bool add_range(struct reader *r, struct set *s, char from, char to)
{
    if (byte_is_digit(from) && byte_is_digit(to))
        return set_add(s, (struct str){"\1", 1});
    if (to < from || to - from >= CLASS_MAX || (unsigned char)to >= 0x80)
        return false;
    for (char c = from; c <= to; c++)
        (void)set_add(s, one_byte(r, c));
    return true;
}

/* One member of a class; false if it is not known what it stands for. */
static bool take_member(struct reader *r, struct set *s)
{
    char from = now(r);
    struct part p;
    struct str text;
    if (looking_at(r, STR("[:"))) {
        r->pos += str_find(str_from(r->s, r->pos), STR(":]")) + 2;
        return false;
    }
    if (from == '\\') {
        from = byte_is_alnum(next(r)) ? '\0' : next(r); /* begins no range */
        p = take_escape(r);
    } else {
        p = take_char(r, &text) ? exactly(set_of(text)) : (struct part){0};
    }
    if (now(r) != '-' || next(r) == ']')
        return p.exact && set_join(s, &p.run);
    r->pos++;
    char to = now(r);
    bool plain = to != '\\' && take_char(r, &text);
    if (to == '\\')
        (void)take_escape(r);
    return p.exact && plain && add_range(r, s, from, to);
}

static struct part take_class(struct reader *r)
{
    struct part p = {.exact = true};
    r->pos++;
    if (now(r) == '^') {
        p.exact = false;
        r->pos++;
    }
    for (bool first = true; r->pos < r->s.len && (first || now(r) != ']');
         first = false)
        p.exact &= take_member(r, &p.run);
    r->pos++;
    p.exact = p.exact && p.run.count <= CLASS_MAX;
    return p;
}

/* ---- groups --------------------------------------------------------------------------- */

static struct part read_alternatives(struct reader *r);

enum look { LOOK_NONE, LOOK_AHEAD, LOOK_BEHIND, LOOK_DENIED };

static const struct {
    struct str opening;
    enum look look;
} openings[] = {{STR_INIT("?:"), LOOK_NONE}, {STR_INIT("?>"), LOOK_NONE},
    {STR_INIT("?|"), LOOK_NONE}, {STR_INIT("?="), LOOK_AHEAD},
    {STR_INIT("?!"), LOOK_DENIED}, {STR_INIT("?<="), LOOK_BEHIND},
    {STR_INIT("?<!"), LOOK_DENIED}};

/* Behind the bracket, up to what the group holds. */
static enum look take_opening(struct reader *r)
{
    for (size_t i = 0; i < PL_COUNT(openings); i++)
        if (looking_at(r, openings[i].opening)) {
            r->pos += openings[i].opening.len;
            return openings[i].look;
        }
    if (looking_at(r, STR("?<")) || looking_at(r, STR("?P<"))) {
        r->pos += str_find_byte(str_from(r->s, r->pos), '>') + 1;
    } else if (now(r) == '?') {
        do
            r->pos++;
        while (now(r) && strchr("imsJU-", now(r)));
        /* Conditions, calls, flags that change how a pattern is read. */
        r->lost = now(r) != ':' && now(r) != ')';
        r->pos += now(r) == ':';
    } else if (now(r) == '*') {
        r->lost = true;
    }
    return LOOK_NONE;
}

static struct part take_group(struct reader *r, enum look *look)
{
    r->pos++;
    *look = take_opening(r);
    if (r->lost || ++r->depth > DEPTH_MAX) {
        r->lost = true;
        return (struct part){0};
    }
    struct part inner = read_alternatives(r);
    r->depth--;
    r->lost |= now(r) != ')';
    r->pos++;
    return inner;
}

/* ---- quantifiers ------------------------------------------------------------------------ */

struct times {
    size_t least, most; /* most SIZE_MAX: no end */
};

static size_t take_number(struct reader *r)
{
    size_t n = 0;
    while (byte_is_digit(now(r)) && n < 100000)
        n = n * 10 + (size_t)(r->s.ptr[r->pos++] - '0');
    return n;
}

static struct times take_braces(struct reader *r)
{
    struct times t;
    r->pos++;
    t.least = t.most = take_number(r);
    if (now(r) == ',') {
        r->pos++;
        t.most = byte_is_digit(now(r)) ? take_number(r) : SIZE_MAX;
    }
    r->lost |= now(r) != '}';
    r->pos++;
    return t;
}

static struct times take_times(struct reader *r)
{
    struct times t = {1, 1};
    char c = now(r);
    if (c == '{' && byte_is_digit(next(r))) {
        t = take_braces(r);
    } else if (c == '?' || c == '*' || c == '+') {
        t.least = c == '+';
        t.most = c == '?' ? 1 : SIZE_MAX;
        r->pos++;
    } else {
        return t;
    }
    if (now(r) == '?' || now(r) == '+')
        r->pos++;
    return t;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void add_exact(
    struct reader *r, struct part *row, const struct set *set)
{
    /* Fewer strings, should it be asked for those. */
    if (row->run.count > 1 && set->count > 1)
        part_note(r, row, row->run);
    if (!set_cross(r->a, &row->run, set))
        part_break(r, row, *set);
}

static void add_part(
    struct reader *r, struct part *row, const struct part *p, struct times t)
{
    struct set maybe = set_of(STR(""));
    if (p->exact && t.least == 0 && t.most == 1 && set_join(&maybe, &p->run)) {
        if (!set_cross(r->a, &row->run, &maybe))
            part_break(r, row, set_of(STR("")));
        return;
    }
    if (t.least > 0 && p->exact)
        for (size_t i = 0; i < t.least && i < TEXT_MAX; i++)
            add_exact(r, row, &p->run);
    else if (t.least > 0)
        part_note_all(r, row, p);
    /* The last of many stands before what follows. */
    if (!p->exact || t.least == 0)
        part_break(r, row, set_of(STR("")));
    else if (t.most != t.least || t.least > TEXT_MAX)
        part_break(r, row, p->run);
}

static void add_look(
    struct reader *r, struct part *row, const struct part *p, enum look look)
{
    if (look == LOOK_DENIED)
        return;
    part_note_all(r, row, p);
    bool is_first = row->run.count == 1 && row->run.items[0].len == 0;
    if (look == LOOK_BEHIND && p->exact && is_first)
        part_break(r, row, p->run);
}

static bool is_border(const struct reader *r)
{
    return now(r) == '^' || now(r) == '$' ||
        (now(r) == '\\' && next(r) && strchr("bBAzZGK", next(r)));
}

static struct part take_atom(struct reader *r, enum look *look)
{
    struct str text;
    *look = LOOK_NONE;
    switch (now(r)) {
    case '\\':
        return take_escape(r);
    case '[':
        return take_class(r);
    case '(':
        return take_group(r, look);
    case '.':
        r->pos++;
        return (struct part){0};
    default:
        return take_char(r, &text) ? exactly(set_of(text)) : (struct part){0};
    }
}

static struct part read_row(struct reader *r)
{
    struct part row = exactly(set_of(STR("")));
    while (r->pos < r->s.len && !r->lost && now(r) != '|' && now(r) != ')') {
        enum look look;
        if (is_border(r)) {
            struct set edge = set_of((struct str){"\2", 1});
            if (now(r) == '\\' && next(r) == 'b')
                (void)set_cross(r->a, &row.run, &edge);
            r->pos += now(r) == '\\' ? 2 : 1;
            r->lost |= now(r) && strchr("?*+", now(r));
            continue;
        }
        struct part p = take_atom(r, &look);
        struct times t = take_times(r);
        if (look == LOOK_NONE)
            add_part(r, &row, &p, t);
        else if (t.least > 0)
            add_look(r, &row, &p, look);
    }
    if (!row.exact)
        part_break(r, &row, set_of(STR("")));
    return row;
}

struct parts {
    struct part *items;
    size_t count, cap;
};

#define SMALLEST SIZE_MAX
enum { SMALL = 4 };

/* The n-th best set of a part, its last if there are fewer; or that of the fewest
   strings. Null: nothing is known. */
static const struct set *part_set(const struct part *p, size_t n)
{
    const struct set *best = p->must;
    if (p->exact)
        return &p->run;
    if (p->must_count == 0)
        return NULL;
    if (n != SMALLEST)
        return &p->must[n < p->must_count ? n : p->must_count - 1];
    for (size_t i = 1; i < p->must_count; i++)
        if (p->must[i].count < best->count)
            best = &p->must[i];
    return best;
}

/* The ends of many strings are fewer: at most so many if that can be. */
static struct set ends_of(const struct set *s, size_t most)
{
    enum { FIRST = 8, LAST = 3 };
    struct set out = *s;
    for (size_t end = FIRST; out.count > most && end >= LAST; end--) {
        out.count = 0;
        for (size_t i = 0; i < s->count; i++) {
            struct str text = s->items[i];
            size_t cut = text.len > end ? text.len - end : 0;
            (void)set_add(&out, str_from(text, cut));
        }
    }
    return out;
}

/* One set of each alternative; false if one has none or they are too many. */
static bool one_of_all(const struct parts *all, size_t n, struct set *out)
{
    *out = (struct set){0};
    for (size_t i = 0; i < all->count; i++) {
        const struct set *set = part_set(&all->items[i], n);
        struct set ends;
        if (!set)
            return false;
        if (n == SMALLEST) {
            ends = ends_of(set, SMALL);
            set = &ends;
        }
        if (!set_join(out, set))
            return false;
    }
    return true;
}

static struct part read_alternatives(struct reader *r)
{
    struct parts all = {0};
    struct part out = {.exact = true};
    *VEC_PUSH(r->a, &all) = read_row(r);
    while (now(r) == '|' && !r->lost) {
        r->pos++;
        *VEC_PUSH(r->a, &all) = read_row(r);
    }
    if (all.count == 1)
        return all.items[0];
    for (size_t i = 0; i < all.count; i++)
        out.exact = out.exact && all.items[i].exact &&
            set_join(&out.run, &all.items[i].run);
    if (out.exact)
        return out;
    size_t most = 1;
    for (size_t i = 0; i < all.count; i++)
        most = all.items[i].must_count > most ? all.items[i].must_count : most;
    struct set set;
    out = (struct part){0};
    for (size_t n = 0; n < most; n++)
        if (one_of_all(&all, n, &set))
            part_note(r, &out, set);
    if (out.must_count == 0 && one_of_all(&all, SMALLEST, &set))
        part_note(r, &out, set);
    return out;
}

/* ---- what the gate asks for ------------------------------------------------------------------ */

static bool is_special(char c)
{
    return c == '@' || c == '#' || c == '%' || c == '$' || c == '"';
}

static int gate_score(struct str s)
{
    int score = s.len >= 3 ? 10 + (int)s.len : 0;
    for (size_t i = 0; i < s.len; i++) {
        if (is_special(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80)
            score += score ? 5 : 12;
        else if (byte_is_digit(s.ptr[i]))
            score += score ? 2 : 5;
    }
    return score;
}

static size_t plain_len(struct str s)
{
    size_t len = 0;
    while (len < s.len && s.ptr[len] != DIGIT && s.ptr[len] != EDGE)
        len++;
    return len;
}

/* Of a string with digits the best stretch without. */
static struct str plain_part(struct str s)
{
    struct str best = STR("");
    for (size_t beg = 0; beg < s.len; beg++) {
        size_t len = plain_len(str_from(s, beg));
        struct str stretch = str_part(s, beg, beg + len);
        if (gate_score(stretch) > gate_score(best))
            best = stretch;
        beg += len;
    }
    return best;
}

/* An `or` over many strings costs the gate more than it spares. */
enum { GATE_STRINGS = 24, GATE_DIGIT = 4 };

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == DIGIT || byte_is_digit(s.ptr[i]))
            return true;
    return false;
}

static bool has_digits(const struct set *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (!has_digit(s->items[i]))
            return false;
    return true;
}

struct wish { /* of the gate */
    struct set literals;
    bool digit; /* or a digit */
    int score;  /* 0: nothing */
};

static int wish_score(const struct wish *w)
{
    int least = w->digit ? GATE_DIGIT : 1000;
    for (size_t i = 0; i < w->literals.count; i++) {
        int score = gate_score(w->literals.items[i]);
        least = score < least ? score : least;
    }
    return least;
}

static struct wish wish_of(const struct set *from)
{
    struct wish w = {.score = 0};
    for (size_t i = 0; i < from->count; i++) {
        struct str s = from->items[i], plain = plain_part(s);
        if (gate_score(plain) > 0)
            (void)set_add(&w.literals, plain);
        else if (str_find_byte(s, DIGIT) < s.len)
            w.digit = true;
        else
            return w;
    }
    w.literals = ends_of(&w.literals, GATE_STRINGS);
    if (w.literals.count <= GATE_STRINGS)
        w.score = wish_score(&w);
    else if (has_digits(from))
        w = (struct wish){.digit = true, .score = GATE_DIGIT};
    return w;
}

static struct wish best_wish(const struct part *p)
{
    struct wish best = {.score = 0};
    for (size_t i = 0; i < p->must_count; i++) {
        struct wish w = wish_of(&p->must[i]);
        if (w.score > best.score)
            best = w;
    }
    return best;
}

/* ---- all ----------------------------------------------------------------------------------------- */

enum { SIEVE_BYTES = SIEVE_MAX * (SET_MAX * (TEXT_MAX + 1) + 1) };

static struct set with_zeros(struct arena *a, const struct set *from)
{
    struct set out = {0};
    for (size_t i = 0; i < from->count; i++) {
        struct str s = from->items[i];
        char *text = ARENA_NEW(a, char, s.len + 1);
        for (size_t n = 0; n < s.len; n++)
            text[n] = s.ptr[n] == DIGIT || byte_is_digit(s.ptr[n]) ? '0' : s.ptr[n];
        (void)set_add(&out, (struct str){text, s.len});
    }
    return out;
}

/* Does whatever holds one of `one` hold one of `two`? */
static bool implies(const struct set *one, const struct set *two)
{
    for (size_t i = 0; i < one->count; i++) {
        bool holds = false;
        for (size_t k = 0; k < two->count && !holds; k++)
            holds = str_find(one->items[i], two->items[k]) < one->items[i].len;
        if (!holds)
            return false;
    }
    return true;
}

static size_t write_set(const struct set *s, char *out)
{
    size_t len = 0;
    for (size_t k = 0; k < s->count; k++) {
        out[len++] = (char)s->items[k].len;
        memcpy(out + len, s->items[k].ptr, s->items[k].len);
        len += s->items[k].len;
    }
    out[len++] = '\0';
    return len;
}

static size_t write_sieve(
    struct arena *a, const struct part *p, char out[SIEVE_BYTES])
{
    struct set *kept = ARENA_NEW(a, struct set, SIEVE_MAX);
    size_t len = 0, count = 0;
    for (size_t i = 0; i < p->must_count && count < SIEVE_MAX; i++) {
        bool needed = true;
        kept[count] = with_zeros(a, &p->must[i]);
        for (size_t k = 0; k < count && needed; k++)
            needed = !implies(&kept[k], &kept[count]);
        if (needed)
            len += write_set(&kept[count++], out + len);
    }
    return len;
}

/* What was found, without what it was found by. */
struct found {
    char sieve[SIEVE_BYTES];
    size_t sieve_len;
    char literals[GATE_STRINGS][TEXT_MAX];
    size_t literal_len[GATE_STRINGS];
    size_t literal_count;
    uint32_t features;
};

static void find(struct arena *a, struct str pattern, struct found *f)
{
    struct reader r = {.a = a, .s = pattern};
    struct part whole = read_alternatives(&r);
    struct part all = {0};

    if (r.lost || r.pos != pattern.len)
        return;
    part_note_all(&r, &all, &whole);
    f->sieve_len = write_sieve(a, &all, f->sieve);
    struct wish w = best_wish(&all);
    if (w.score == 0)
        return;
    f->features = w.digit ? FEATURE_DIGIT : 0;
    f->literal_count = w.literals.count;
    for (size_t i = 0; i < w.literals.count; i++) {
        f->literal_len[i] = w.literals.items[i].len;
        memcpy(f->literals[i], w.literals.items[i].ptr, w.literals.items[i].len);
    }
}

struct regex_needs regex_needs(struct arena *a, struct str pattern)
{
    struct found f = {.sieve_len = 0};
    struct arena_mark before = arena_mark(a);
    find(a, pattern, &f);
    arena_release(a, before);
    struct regex_needs out = {.literal_count = f.literal_count,
        .features = f.features,
        .literals = ARENA_NEW(a, struct str, f.literal_count + 1),
        .sieve = arena_copy(a, (struct str){f.sieve, f.sieve_len})};
    for (size_t i = 0; i < f.literal_count; i++)
        out.literals[i] = arena_copy(
            a, (struct str){f.literals[i], f.literal_len[i]});
    return out;
}
