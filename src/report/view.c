/* SPDX-License-Identifier: MIT */
/* view.c - findings as reports show them. Masking happens here and only here. */
#include "report/view.h"

#include <string.h>

#include "base/buf.h"
#include "report/help.h"
#include "text/col.h"

struct view_in view_prepare(struct arena *a, const struct pack *pack,
    const struct doc *doc, enum show show)
{
    struct line_index *lines =
        ARENA_NEW(a, struct line_index, doc->field_count);
    for (uint32_t i = 0; i < doc->field_count; i++)
        lines[i] = doc->fields[i].lines ? *doc->fields[i].lines
                                        : line_index_of(a, doc->fields[i].bytes);
    return (struct view_in){
        .a = a, .pack = pack, .doc = doc, .lines = lines, .show = show};
}

/* ---- places -------------------------------------------------------------------- */

static uint32_t width(struct str s, size_t beg, size_t end, enum col_unit unit)
{
    return col_width(str_part(s, beg, end), unit);
}

struct view_place view_place_of(const struct view_in *in, struct place place)
{
    struct str s = in->doc->fields[place.field].bytes;
    const struct line_index *lines = &in->lines[place.field];
    struct line_place beg = line_place_at(lines, place.at.beg);
    struct line_place end = line_place_at(lines, place.at.end);
    size_t from = place.at.beg - (beg.col - 1);
    size_t end_from = place.at.end - (end.col - 1);
    struct view_place v = {
        .field = in->doc->fields[place.field].name,
        .byte = place.at,
        .line = beg.line,
        .end_line = end.line,
        .col_byte = beg.col,
        .end_byte = end.col,
    };

    v.utf16.beg = lines->utf16
        ? lines->utf16[beg.line - 1] + width(s, from, place.at.beg, COL_UTF16)
        : width(s, 0, place.at.beg, COL_UTF16);
    v.utf16.end = v.utf16.beg + width(s, place.at.beg, place.at.end, COL_UTF16);
    v.point.beg = lines->points
        ? lines->points[beg.line - 1] + width(s, from, place.at.beg, COL_POINT)
        : width(s, 0, place.at.beg, COL_POINT);
    v.point.end = v.point.beg + width(s, place.at.beg, place.at.end, COL_POINT);
    v.col_point = 1 + width(s, from, place.at.beg, COL_POINT);
    v.col_utf16 = 1 + width(s, from, place.at.beg, COL_UTF16);
    v.col_cell = 1 + width(s, from, place.at.beg, COL_CELL);
    v.end_point = 1 + width(s, end_from, place.at.end, COL_POINT);
    v.end_utf16 = 1 + width(s, end_from, place.at.end, COL_UTF16);
    return v;
}

/* ---- words ---------------------------------------------------------------------- */

static void add_quoted(struct buf *b, struct str s)
{
    /* The author's line breaks would break ours. */
    for (size_t i = 0; i < s.len; i++)
        buf_addc(b, byte_is_blank(s.ptr[i]) ? ' ' : s.ptr[i]);
}

static bool is_hidden(
    const struct view_in *in, const struct bit *bit, bool never)
{
    return bit->quoted && (never || in->show == SHOW_NONE ||
                              (bit->secret && in->show != SHOW_FULL));
}

static struct str put_words(
    const struct view_in *in, const struct words *w, bool never)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < w->count; i++) {
        const struct bit *bit = &w->bits[i];
        bool hidden = is_hidden(in, bit, never);
        if (hidden && bit->masked.len && in->show == SHOW_MASKED && !never)
            add_quoted(&b, bit->masked);
        else if (hidden)
            buf_addf(&b, "[" STR_FMT "]", STR_ARG(bit->name));
        else
            add_quoted(&b, bit->text);
    }
    return buf_keep(&b, in->a);
}

struct str view_cite(
    struct arena *a, const struct pack *pack, const struct pack_cite *c)
{
    struct str section = pack_text(pack, c->section);
    struct str year = pack_text(pack, c->year);
    /* The arena's alone: a buffer would be lost when memory runs out. */
    struct str all = arena_printf(a, STR_FMT ", " STR_FMT,
        STR_ARG(pack_text(pack, c->body)), STR_ARG(pack_text(pack, c->title)));
    if (year.len)
        all = arena_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(all),
            STR_ARG(year));
    if (section.len)
        all = arena_printf(a, STR_FMT ", section " STR_FMT, STR_ARG(all),
            STR_ARG(section));
    return all;
}

/* ---- related places ------------------------------------------------------------- */

static void put_related(
    const struct view_in *in, const struct finding *f, struct view *v)
{
    v->related = ARENA_NEW(in->a, struct view_related, f->axis_count);
    for (uint32_t i = 0; i < f->axis_count; i++) {
        const struct axis_found *axis = &f->axes[i];
        struct str text = str_part(in->doc->fields[axis->place.field].bytes,
            axis->place.at.beg, axis->place.at.end);
        v->related[i].place = view_place_of(in, axis->place);
        v->related[i].removable = axis->removable;
        v->related[i].label =
            in->show == SHOW_FULL
                ? arena_printf(in->a, STR_FMT ": " STR_FMT " (%u points)",
                      STR_ARG(axis->name), STR_ARG(text),
                      (unsigned)axis->points)
                : arena_printf(in->a, STR_FMT " (%u points)",
                      STR_ARG(axis->name), (unsigned)axis->points);
    }
    v->related_count = f->axis_count;
}

/* A fix with a [name] in it would spoil the text. */
static bool is_whole(
    const struct view_in *in, const struct words *w, bool never)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (is_hidden(in, &w->bits[i], never))
            return false;
    return true;
}

static void put_edits(
    const struct view_in *in, const struct finding *f, struct view *v)
{
    bool never = v->rule->mask;
    v->edits = ARENA_NEW(in->a, struct view_edit, f->edit_count);
    for (uint32_t i = 0; i < f->edit_count; i++)
        if (!is_whole(in, &f->edits[i].text, never))
            return;
    for (uint32_t i = 0; i < f->edit_count; i++)
        v->edits[i] = (struct view_edit){view_place_of(in, f->edits[i].place),
            put_words(in, &f->edits[i].text, never)};
    v->edit_count = f->edit_count;
}

/* A wording that is a sentence takes the place of the sentence, any other that
   of the anchor. */
static bool is_sentence(struct str s)
{
    return s.len > 0 && s.ptr[s.len - 1] && strchr(".!?", s.ptr[s.len - 1]);
}

/* A sentence may be told with the blank behind it. */
static struct place without_blanks(const struct view_in *in, struct place p)
{
    struct str s = in->doc->fields[p.field].bytes;
    while (p.at.end > p.at.beg && byte_is_blank(s.ptr[p.at.end - 1]))
        p.at.end--;
    while (p.at.beg < p.at.end && byte_is_blank(s.ptr[p.at.beg]))
        p.at.beg++;
    return p;
}

static struct str with_capital(struct arena *a, struct str s)
{
    if (s.len == 0 || !byte_is_lower(s.ptr[0]))
        return s;
    return arena_printf(
        a, "%c" STR_FMT, s.ptr[0] - 'a' + 'A', STR_ARG(str_from(s, 1)));
}

static void put_wordings(
    const struct view_in *in, const struct finding *f, struct view *v)
{
    v->wordings = ARENA_NEW(in->a, struct view_edit, f->try_count);
    for (uint32_t i = 0; i < f->try_count; i++) {
        if (!(f->wordings >> i & 1u) ||
            !is_whole(in, &f->tries[i], v->rule->mask))
            continue;
        struct str text = put_words(in, &f->tries[i], v->rule->mask);
        struct place sentence = without_blanks(in, f->sentence);
        struct place place = is_sentence(text) ? sentence : f->place;
        if (place.at.beg == sentence.at.beg)
            text = with_capital(in->a, text);
        v->wordings[v->wording_count++] =
            (struct view_edit){view_place_of(in, place), text};
    }
}

static void put_also(
    const struct view_in *in, const struct finding *f, struct view *v)
{
    v->also = ARENA_NEW(in->a, struct str, f->also_count);
    for (uint32_t i = 0; i < f->also_count; i++)
        v->also[i] = pack_text(in->pack, in->pack->rules[f->also[i]].id);
    v->also_count = f->also_count;
}

void view_make(
    const struct view_in *in, const struct finding *f, struct view *v)
{
    const struct pack *p = in->pack;
    const struct pack_rule *r = &p->rules[f->rule];

    *v = (struct view){
        .rule = r,
        .id = pack_text(p, r->id),
        .summary = pack_text(p, r->summary),
        .level = str_of(level_word(f->level)),
        .rank = f->level,
        .message = put_words(in, &f->message, r->mask),
        .why = pack_text(p, p->templates[r->why].source),
        .place = view_place_of(in, f->place),
        .because = f->because,
        .because_count = f->because_count,
        .fingerprint = f->fingerprint,
        .support = r->kind == RULE_SUPPORT,
    };
    v->tries = ARENA_NEW(in->a, struct str, f->try_count + HELP_MAX);
    if (v->support)
        v->try_count = (uint32_t)help_lines(
            in->a, in->help, in->countries, v->tries);
    for (uint32_t i = 0; i < f->try_count; i++)
        v->tries[v->try_count++] = put_words(in, &f->tries[i], r->mask);
    if (f->table_line)
        v->table = arena_printf(
            in->a, STR_FMT ":%u", STR_ARG(f->table), (unsigned)f->table_line);
    put_related(in, f, v);
    /* A replacement would have to be quoted as the file quotes its texts. */
    if (!in->doc->gathered) {
        put_edits(in, f, v);
        put_wordings(in, f, v);
    }
    put_also(in, f, v);
}
