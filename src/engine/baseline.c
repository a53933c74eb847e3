/* SPDX-License-Identifier: MIT */
/* baseline.c - findings on record, without a word of text. */
#include "engine/baseline.h"

#include <string.h>

#include "rules/config.h"

enum { HEX_DIGITS = 16 };

static const struct str heading =
    STR_INIT("# postlint baseline 1: rule, fingerprint, tag, level, day, reason\n");

/* ---- in order --------------------------------------------------------------------- */

static int compare(const struct baseline_line *a, const struct baseline_line *b)
{
    int order = str_cmp(a->rule, b->rule);
    if (order != 0)
        return order;
    if (a->fingerprint != b->fingerprint)
        return a->fingerprint < b->fingerprint ? -1 : 1;
    if (a->tag != b->tag)
        return a->tag < b->tag ? -1 : 1;
    return 0;
}

/* Where a line stands or would stand. */
static size_t place_of(
    const struct baseline *b, const struct baseline_line *line, bool *is_there)
{
    size_t low = 0, high = b->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare(&b->items[mid], line) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *is_there = low < b->count && compare(&b->items[low], line) == 0;
    return low;
}

static struct baseline_line *insert(
    struct baseline *b, struct baseline_line line)
{
    bool is_there;
    size_t at = place_of(b, &line, &is_there);
    if (is_there) {
        struct baseline_line *old = &b->items[at];
        if (line.level > old->level)
            old->level = line.level;
        return old;
    }
    (void)VEC_PUSH(b->a, b);
    memmove(b->items + at + 1, b->items + at,
        (b->count - 1 - at) * sizeof *b->items);
    b->items[at] = line;
    return &b->items[at];
}

/* ---- reading ------------------------------------------------------------------------ */

static bool parse_hex(struct str s, size_t most, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
        *value = *value << 4 |
            (uint64_t)(byte_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return s.len > 0 && s.len <= most;
}

/* "3:5": bits, and the tag in hex */
static bool parse_tag(struct str s, struct baseline_line *line)
{
    struct str_cut cut = str_cut(s, ':');
    uint64_t bits, tag;
    if (!cut.found || !str_uint(cut.head, 8, &bits) ||
        !parse_hex(cut.tail, 2, &tag) || tag >> bits != 0)
        return false;
    line->bits = (uint8_t)bits;
    line->tag = (uint8_t)tag;
    return true;
}

static bool parse_line(struct str s, struct baseline_line *line)
{
    struct str parts[6];
    for (size_t i = 0; i < PL_COUNT(parts); i++) {
        struct str_cut cut = str_cut(s, '\t');
        if (cut.found != (i + 1 < PL_COUNT(parts)))
            return false;
        parts[i] = cut.head;
        s = cut.tail;
    }
    for (size_t i = 0; i < PL_COUNT(parts); i++)
        for (size_t k = 0; k < parts[i].len; k++)
            if ((unsigned char)parts[i].ptr[k] < ' ')
                return false;
    line->rule = parts[0];
    line->date = parts[4];
    line->reason = parts[5];
    return parts[0].len > 0 && parts[1].len == HEX_DIGITS &&
        parse_hex(parts[1], HEX_DIGITS, &line->fingerprint) &&
        parse_tag(parts[2], line) && level_parse(parts[3], &line->level) &&
        config_is_date(parts[4]) && str_trim(parts[5]).len > 0;
}

bool baseline_parse(struct arena *a, struct str text, struct baseline *b,
    struct err *err)
{
    uint32_t number = 0;
    *b = (struct baseline){.a = a};
    text = arena_copy(a, text);
    while (text.len > 0) {
        struct str_cut cut = str_cut(text, '\n');
        struct str line = cut.head;
        struct baseline_line one = {0};
        text = cut.tail;
        number++;
        if (str_ends(line, STR("\r")))
            line.len--;
        if (str_trim(line).len == 0 || line.ptr[0] == '#')
            continue;
        if (!parse_line(line, &one))
            return err_set(err, ERR_BASELINE,
                (struct where){.line = number, .col = 1},
                "this is no line of a baseline; postlint baseline write makes "
                "them");
        (void)insert(b, one);
    }
    return true;
}

/* ---- questions and changes -------------------------------------------------------------- */

static struct baseline_line line_of(struct str rule, const struct finding *f)
{
    return (struct baseline_line){
        .rule = rule,
        .fingerprint = f->record,
        .tag = f->value_tag,
        .bits = f->value_bits,
        .level = f->level,
    };
}

bool baseline_knows(
    struct baseline *b, struct str rule, const struct finding *f)
{
    struct baseline_line line = line_of(rule, f);
    bool is_there;
    size_t at = place_of(b, &line, &is_there);
    if (!is_there || b->items[at].level < f->level)
        return false;
    b->items[at].seen = true;
    return true;
}

/* Tabs part the fields, line ends the lines. */
static struct str one_line(struct arena *a, struct str s)
{
    char *out = ARENA_NEW(a, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        out[i] = (unsigned char)s.ptr[i] < ' ' ? ' ' : s.ptr[i];
    return (struct str){out, s.len};
}

void baseline_add(struct baseline *b, struct str rule, const struct finding *f,
    struct str date, struct str reason)
{
    struct baseline_line line = line_of(arena_copy(b->a, rule), f);
    line.date = arena_copy(b->a, date);
    line.reason = one_line(b->a, reason);
    insert(b, line)->seen = true;
}

size_t baseline_prune(struct baseline *b)
{
    size_t kept = 0, gone;
    for (size_t i = 0; i < b->count; i++)
        if (b->items[i].seen)
            b->items[kept++] = b->items[i];
    gone = b->count - kept;
    b->count = kept;
    return gone;
}

void baseline_print(const struct baseline *b, struct buf *out)
{
    buf_add(out, heading);
    for (size_t i = 0; i < b->count; i++) {
        const struct baseline_line *l = &b->items[i];
        buf_addf(out, STR_FMT "\t%016llx\t%u:%x\t%s\t" STR_FMT "\t" STR_FMT
                 "\n",
            STR_ARG(l->rule), (unsigned long long)l->fingerprint,
            (unsigned)l->bits, (unsigned)l->tag, level_word(l->level),
            STR_ARG(l->date), STR_ARG(l->reason));
    }
}
