/* SPDX-License-Identifier: MIT */
/*
 * pump.c - can a regex be made to explode?
 *
 * A small reader of the pattern writes texts that are bad for it: what a match
 * begins with, then what some repeated part matches, over and over, then
 * something that fits nowhere. Each is matched by the interpreter under the
 * same limits as in a scan; hitting one is an error, since a hostile or merely
 * odd post would do the same.
 *
 *     (\d+ ?)+kg   ->  "1 1 1 1 1 1 ... !"
 */
#include <string.h>

#include "author/reach.h"
#include "author/ruletest.h"
#include "base/limits.h"
#include "match/regex.h"

enum { PREFIX_MAX = 64, ATOM_MAX = 48, PUMPS_MAX = 24, PUMP_LEN = 4000 };

struct pump {
    char prefix[PREFIX_MAX];
    size_t prefix_len;
    char atom[ATOM_MAX];
    size_t atom_len;
};

struct writer {
    struct str s;
    size_t pos;
    unsigned depth;
    char out[PREFIX_MAX]; /* a text that matches so far, more or less */
    size_t len;
    struct pump pumps[PUMPS_MAX];
    size_t count;
};

static void emit(struct writer *w, char c)
{
    if (w->len < PREFIX_MAX)
        w->out[w->len++] = c;
}

/* One character that a class escape stands for, or the escaped one. */
static char escaped(char c)
{
    static const struct {
        char escape, sample;
    } table[] = {{'d', '1'}, {'w', 'a'}, {'s', ' '}, {'D', 'a'}, {'W', ' '},
        {'S', 'a'}, {'h', ' '}, {'R', '\n'}, {'v', '\n'}, {'n', '\n'},
        {'t', '\t'}, {'p', 'a'}, {'P', ' '}, {'X', 'a'}, {'N', 'a'}};
    for (size_t i = 0; i < PL_COUNT(table); i++)
        if (table[i].escape == c)
            return table[i].sample;
    return byte_is_alnum(c) ? '\0' : c; /* \b and back references: nothing */
}

static char at(const struct writer *w, size_t ahead)
{
    return w->pos + ahead < w->s.len ? w->s.ptr[w->pos + ahead] : '\0';
}

static void read_escape(struct writer *w)
{
    char c = at(w, 1), sample = escaped(c);
    w->pos += 2;
    if (at(w, 0) == '{' && (c == 'p' || c == 'P' || c == 'x'))
        w->pos += str_find_byte(str_from(w->s, w->pos), '}') + 1;
    if (sample)
        emit(w, sample);
}

/* The first member of a class that is not its negation. */
static void read_class(struct writer *w)
{
    bool negated = at(w, 1) == '^';
    size_t beg = w->pos + 1 + negated, i = beg;
    while (i < w->s.len && (w->s.ptr[i] != ']' || i == beg))
        i += w->s.ptr[i] == '\\' ? 2 : 1;
    char c = beg < w->s.len ? w->s.ptr[beg] : 'a';
    if (c == '\\' && beg + 1 < w->s.len)
        c = escaped(w->s.ptr[beg + 1]);
    if (negated)
        c = c == 'a' ? 'b' : 'a';
    w->pos = i + 1;
    emit(w, c ? c : 'a');
}

static void read_all(struct writer *w);

static void read_group(struct writer *w)
{
    struct str rest = str_from(w->s, ++w->pos);
    bool looks = str_starts(rest, STR("?=")) || str_starts(rest, STR("?!")) ||
        str_starts(rest, STR("?<=")) || str_starts(rest, STR("?<!"));
    size_t len = w->len;
    if (str_starts(rest, STR("?<")) && !looks)
        w->pos += str_find_byte(rest, '>') + 1;
    else if (str_starts(rest, STR("?")))
        while (w->pos < w->s.len && memchr("?:=!<>|imsx-^", at(w, 0), 13))
            w->pos++;
    if (++w->depth < LIMIT_COND_DEPTH)
        read_all(w);
    w->depth--;
    w->pos += at(w, 0) == ')';
    if (looks)
        w->len = len;
}

/* A quantifier without a small bound: + * {n,} {n,m} with m above 8. */
static bool read_quantifier(struct writer *w)
{
    char c = at(w, 0);
    bool many = c == '+' || c == '*';
    if (c == '{' && byte_is_digit(at(w, 1))) {
        size_t end = str_find_byte(str_from(w->s, w->pos), '}');
        struct str_cut comma =
            str_cut(str_part(w->s, w->pos + 1, w->pos + end), ',');
        uint64_t most = 0;
        many = comma.found &&
            (comma.tail.len == 0 ||
                (str_uint(comma.tail, 100000, &most) && most > 8));
        w->pos += end + 1;
    } else if (c == '+' || c == '*' || c == '?') {
        w->pos++;
    } else {
        return false;
    }
    if (at(w, 0) == '+' || at(w, 0) == '?')
        w->pos++;
    return many;
}

static void add_pump(struct writer *w, size_t from)
{
    if (w->count == PUMPS_MAX || w->len <= from)
        return;
    struct pump *p = &w->pumps[w->count++];
    p->prefix_len = from;
    memcpy(p->prefix, w->out, from);
    p->atom_len = w->len - from < ATOM_MAX ? w->len - from : ATOM_MAX;
    memcpy(p->atom, w->out + from, p->atom_len);
}

static void read_atom(struct writer *w)
{
    char c = at(w, 0);
    if (c == '\\')
        read_escape(w);
    else if (c == '[')
        read_class(w);
    else if (c == '(')
        read_group(w);
    else {
        w->pos++;
        if (c == '.')
            emit(w, 'a');
        else if (c != '^' && c != '$')
            emit(w, c);
    }
}

/* The first alternative is written; the others only give pumps. */
static void read_all(struct writer *w)
{
    size_t start = w->len, first = 0;
    bool one = true;
    while (w->pos < w->s.len && at(w, 0) != ')') {
        size_t from = w->len;
        if (at(w, 0) == '|') {
            first = one ? w->len : first;
            one = false;
            w->len = start;
            w->pos++;
            continue;
        }
        read_atom(w);
        if (read_quantifier(w))
            add_pump(w, from);
    }
    if (!one && first > start)
        w->len = first;
}

/* ---- matching ----------------------------------------------------------------- */

static void write_pump(struct buf *out, const struct pump *p, struct str end)
{
    buf_clear(out);
    buf_add(out, (struct str){p->prefix, p->prefix_len});
    while (out->len < PUMP_LEN)
        buf_add(out, (struct str){p->atom, p->atom_len});
    buf_add(out, end);
}

static bool explodes(struct regex *r, struct regex_room *room, struct str text)
{
    struct regex_match m;
    struct err ignored = {0};
    size_t start = 0;
    enum regex_result result;
    while ((result = regex_next(r, room, text, start, &m, &ignored)) ==
        REGEX_HIT)
        start = m.at.end;
    return result == REGEX_FAILED;
}

/* Null if no pump makes it explode, else that pump. */
static const struct pump *worst_pump(
    struct writer *w, struct regex *r, struct regex_room *room)
{
    /* What a match needs stands behind it, or PCRE2 would not even begin. */
    const struct str tails[] = {STR("!"), {w->out, w->len}};
    struct buf text PL_DEFER(buf_free) = {0};
    for (size_t i = 0; i < w->count; i++)
        for (size_t k = 0; k < PL_COUNT(tails); k++) {
            struct buf end PL_DEFER(buf_free) = {0};
            buf_add(&end, STR("\x01"));
            buf_add(&end, tails[k]);
            write_pump(&text, &w->pumps[i], buf_str(&end));
            if (explodes(r, room, buf_str(&text)))
                return &w->pumps[i];
        }
    return NULL;
}

static void test_regex(struct ruletest *t, uint32_t rule, uint32_t regex,
    struct regex_room *room)
{
    const struct pack_regex *from = &t->pack->regexes[regex];
    struct writer w = {.s = pack_text(t->pack, from->pattern)};
    struct err ignored = {0};
    size_t error_at;
    struct regex *r =
        regex_new(w.s, from->caseless ? REGEX_CASELESS : 0, &error_at, &ignored);
    if (!r)
        return;
    while (w.pos < w.s.len) {
        read_all(&w);
        w.pos += at(&w, 0) == ')';
    }
    const struct pump *worst = worst_pump(&w, r, room);
    if (worst)
        ruletest_tell(t, RULETEST_COST, rule, from->at,
            "the regex explodes on '" STR_FMT "' and many times '" STR_FMT
            "': " STR_FMT,
            (int)worst->prefix_len, worst->prefix, (int)worst->atom_len,
            worst->atom, STR_ARG(w.s));
    regex_free(r);
}

bool pump_run(struct ruletest *t, struct err *err)
{
    const struct pack *p = t->pack;
    struct regex_room *room = regex_room_new();
    uint32_t *owner =
        ARENA_NEW(t->arena, uint32_t, p->regexes_count + (size_t)1);
    struct reach reach = reach_new(t->arena, p);
    if (!room)
        return err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
    /* The first rule that uses it, + 1; 0: no rule that is asked for. */
    for (uint32_t i = 0; i < p->rules_count; i++) {
        if (!ruletest_wants(t, i))
            continue;
        reach_reset(&reach);
        reach_rule(&reach, i);
        for (uint32_t e = 0; e < p->evids_count; e++)
            if (reach.evids[e] && p->evids[e].kind == PACK_REGEX &&
                owner[p->evids[e].a] == 0)
                owner[p->evids[e].a] = i + 1;
    }
    for (uint32_t i = 0; i < p->regexes_count; i++)
        if (owner[i])
            test_regex(t, owner[i] - 1, i, room);
    regex_room_free(room);
    return true;
}
