/* SPDX-License-Identifier: MIT */
/*
 * pretty.c - for people.
 *
 *     error: 943 476 5919 has the form and check digit of an NHS number.
 *       --> draft.txt:1:71  privacy/record-number/nhs-number
 *     1 | ...broke her hip in Leeds. NHS 943 476 5919.
 *       |                                ^^^^^^^^^^^^
 *       = why: A health record number identifies one living person on its own.
 *       = try: Delete the number; no post needs it.
 */
#include "report/formats.h"
#include "report/report.h"
#include "text/col.h"

#include <stdio.h>

enum {
    WIDTH_DEFAULT = 80,
    WIDTH_LEAST = 40,
    GUTTER = 6,
    BEFORE = 40,
    NEAR = 2000
};
#define ELLIPSIS STR("\xE2\x80\xA6")

enum ink { INK_NONE, INK_LEVEL, INK_FAINT, INK_BOLD };

static void ink(struct report *r, enum ink kind, enum level level)
{
    static const char *const levels[LEVEL_COUNT] = {
        "", "\033[36;1m", "\033[33;1m", "\033[31;1m"};
    if (!r->colour)
        return;
    switch (kind) {
    case INK_NONE:
        buf_add(r->out, STR("\033[0m"));
        break;
    case INK_LEVEL:
        buf_add(r->out, str_of(levels[level]));
        break;
    case INK_FAINT:
        buf_add(r->out, STR("\033[34m"));
        break;
    case INK_BOLD:
        buf_add(r->out, STR("\033[1m"));
        break;
    }
}

static void gutter(struct report *r, uint32_t line, const char *bar)
{
    char number[16] = "";
    ink(r, INK_FAINT, LEVEL_NOTE);
    if (line)
        (void)snprintf(number, sizeof number, "%u", (unsigned)line);
    buf_addf(r->out, "%3s %s ", number, bar);
    ink(r, INK_NONE, LEVEL_NOTE);
}

/* Blanks for tabs, so that the caret line stands right; what a terminal would
   obey or hide is shown escaped. Returns the columns it takes. */
static uint32_t add_line(struct buf *out, struct str s)
{
    size_t before = out->len;
    for (size_t i = 0; i < s.len; i++) {
        size_t end = i;
        while (end < s.len && !byte_is_blank(s.ptr[end]))
            end++;
        report_escape(out, str_part(s, i, end));
        if (end < s.len)
            buf_addc(out, ' ');
        i = end;
    }
    return out->failed ? 0
                       : col_width(str_from(buf_str(out), before), COL_CELL);
}

/* The author's line with the finding, and where in it that stands. */
static struct str line_of(const struct report_post *p, const struct view *v,
    size_t *from, size_t *stop)
{
    const struct doc_field *field = &p->doc->fields[0];
    for (uint32_t i = 0; i < p->doc->field_count; i++)
        if (str_eqz(str_of(p->doc->fields[i].name), v->place.field))
            field = &p->doc->fields[i];
    struct str text = field->bytes;
    size_t beg = v->place.byte.beg - (v->place.col_byte - 1), end = beg;
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
        end++;
    *from = v->place.byte.beg - beg;
    *stop = v->place.byte.end - beg;
    return str_part(text, beg, end);
}

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Bytes that can matter of a line of a megabyte: never cut in a character. */
static struct str near_to(struct str line, size_t *from, size_t *stop)
{
    size_t beg = *from > NEAR ? *from - NEAR : 0;
    size_t end = *from + NEAR < line.len ? *from + NEAR : line.len;
    while (beg > 0 && is_inside_character(line.ptr[beg]))
        beg--;
    while (end < line.len && is_inside_character(line.ptr[end]))
        end++;
    *from -= beg;
    *stop = (*stop < end ? *stop : end) - beg;
    return str_part(line, beg, end);
}

/* A window of the line around the finding, cut between characters: as much as
   fits of the finding, then of what stands before it, then of the rest. */
static void excerpt(
    struct report *r, const struct report_post *p, const struct view *v)
{
    struct buf b PL_DEFER(buf_free) = {0};
    size_t from, stop, skip = 0;
    struct str whole = line_of(p, v, &from, &stop);
    struct str line = near_to(whole, &from, &stop);
    uint32_t width = r->width ? r->width : WIDTH_DEFAULT;
    uint32_t room = (width < WIDTH_LEAST ? WIDTH_LEAST : width) - GUTTER - 2;
    uint32_t before = add_line(&b, str_part(line, 0, from));
    size_t mark_at = b.len;
    uint32_t marks = add_line(&b, str_part(line, from, stop));
    uint32_t after = add_line(&b, str_from(line, stop));

    marks = marks == 0 ? 1 : marks > room ? room : marks;
    if (before + marks + after > room || whole.len > line.len) {
        uint32_t lead = room - marks < BEFORE ? room - marks : BEFORE;
        if (before > lead)
            skip = col_bytes(buf_str(&b), before - lead, COL_CELL);
    }
    struct str shown = str_from(buf_str(&b), skip);
    /* An ellipsis that is not needed leaves its cell to the text. */
    uint32_t spare = room + 1 + (skip == 0);
    size_t fits = col_width(shown, COL_CELL) <= spare
                      ? shown.len
                      : col_bytes(shown, room, COL_CELL);
    uint32_t lead =
        col_width(str_part(shown, 0, mark_at - skip), COL_CELL) + (skip > 0);
    gutter(r, v->place.line, "|");
    buf_add(r->out, skip ? ELLIPSIS : STR(""));
    buf_add(r->out, str_part(shown, 0, fits));
    buf_add(r->out, fits < shown.len ? ELLIPSIS : STR(""));
    buf_addc(r->out, '\n');
    gutter(r, 0, "|");
    for (uint32_t i = 0; i < lead; i++)
        buf_addc(r->out, ' ');
    ink(r, INK_LEVEL, v->rank);
    for (uint32_t i = 0; i < marks; i++)
        buf_addc(r->out, '^');
    ink(r, INK_NONE, LEVEL_NOTE);
    buf_addc(r->out, '\n');
    r->out->failed |= b.failed;
}

static void add_note(struct report *r, const char *label, struct str text)
{
    gutter(r, 0, "=");
    buf_addf(r->out, "%s: ", label);
    report_escape(r->out, text);
    buf_addc(r->out, '\n');
}

/* "taking out 'this morning' and 'our ED' is enough" */
static void add_removable(struct report *r, const struct view *v)
{
    struct buf b PL_DEFER(buf_free) = {0};
    uint32_t count = 0, told = 0;
    for (uint32_t i = 0; i < v->related_count; i++)
        count += v->related[i].removable;
    if (count == 0)
        return;
    buf_add(&b, STR("leave out "));
    for (uint32_t i = 0; i < v->related_count; i++) {
        if (!v->related[i].removable)
            continue;
        if (told > 0)
            buf_add(&b, told + 1 == count ? STR(" and ") : STR(", "));
        buf_add(&b, STR("the "));
        buf_add(&b, str_cut(str_cut(v->related[i].label, ':').head, ' ').head);
        told++;
    }
    buf_add(&b, STR(" and fewer people could tell who it is"));
    add_note(r, "try", buf_str(&b));
}

static void pretty_finding(
    struct report *r, const struct report_post *p, const struct view *v)
{
    ink(r, INK_LEVEL, v->rank);
    if (v->support)
        buf_add(r->out, STR("for you"));
    else if (v->rule->kind == RULE_GUIDE)
        buf_add(r->out, STR("guide"));
    else
        buf_add(r->out, v->level);
    ink(r, INK_NONE, LEVEL_NOTE);
    buf_add(r->out, STR(": "));
    ink(r, INK_BOLD, LEVEL_NOTE);
    report_escape(r->out, v->message);
    ink(r, INK_NONE, LEVEL_NOTE);
    buf_addc(r->out, '\n');
    if (!v->support) {
        gutter(r, 0, "-->");
        report_escape(r->out, str_of(p->name));
        buf_addf(r->out, ":%u:%u  " STR_FMT "\n", (unsigned)v->place.line,
            (unsigned)v->place.col_point, STR_ARG(v->id));
        if (r->show == SHOW_FULL && p->doc && !v->rule->mask)
            excerpt(r, p, v);
    }
    for (uint32_t i = 0; i < v->related_count; i++)
        add_note(r, v->related[i].removable ? "detail (*)" : "detail",
            v->related[i].label);
    add_note(r, "why", v->why);
    for (uint32_t i = 0; i < v->because_count; i++)
        add_note(r, "here", v->because[i]);
    if (v->table.len > 0)
        add_note(r, "row", v->table);
    add_removable(r, v);
    for (uint32_t i = 0; i < v->try_count; i++)
        add_note(r, "try", v->tries[i]);
    for (uint32_t i = 0; i < v->also_count; i++)
        add_note(r, "also", v->also[i]);
    buf_addc(r->out, '\n');
}

static void pretty_post(struct report *r, const struct report_post *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const struct view *v = &p->views[i];
        if (v->support && r->show != SHOW_FULL)
            continue;
        pretty_finding(r, p, v);
        if (!v->support && v->rule->kind != RULE_GUIDE)
            r->counts[v->rank]++;
    }
    r->posts++;
}

static void add_count(
    struct report *r, uint32_t count, const char *word, bool *first)
{
    if (count == 0)
        return;
    buf_addf(r->out, "%s%u %s%s", *first ? "" : ", ", (unsigned)count, word,
        count == 1 ? "" : "s");
    *first = false;
}

static void pretty_end(struct report *r)
{
    bool first = true;
    add_count(r, r->counts[LEVEL_ERROR], "error", &first);
    add_count(r, r->counts[LEVEL_WARNING], "warning", &first);
    add_count(r, r->counts[LEVEL_NOTE], "note", &first);
    if (!first)
        buf_addf(r->out, " in %u post%s.\n", (unsigned)r->posts,
            r->posts == 1 ? "" : "s");
}

const struct reporter report_pretty = {
    .name = "pretty",
    .about = "for people: the place underlined, the reason, safer words",
    .post = pretty_post,
    .end = pretty_end,
};
