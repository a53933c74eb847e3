/* SPDX-License-Identifier: MIT */
/*
 * csv.c - comma-separated values (RFC 4180) with a header line.
 *
 * The header names the columns; the text, id and alt are found by name, and so
 * is what a record may say of its post. The separator is the one of comma, semicolon
 * and tab that the header has most of. A quoted cell may hold line ends; "" in it
 * is one quote.
 */
#include "input/decode.h"
#include "text/line.h"

struct cell {
    struct span at; /* what stands between the separators, without quotes */
    bool quoted;
};

struct row {
    struct cell *items;
    size_t count, cap;
};

struct table {
    struct arena *a;
    const struct doc_field *file;
    struct str s;
    size_t pos;
    char separator;
    struct row row, header;
};

static bool fail_at(
    const struct table *t, size_t at, struct err *err, const char *what)
{
    struct line_place place = line_place_at(t->file->lines, (uint32_t)at);
    return err_set(err, ERR_INPUT,
        (struct where){.line = place.line, .col = place.col}, "%s", what);
}

/* ---- cells ----------------------------------------------------------------------- */

static bool is_end(const struct table *t, size_t at)
{
    return at >= t->s.len || t->s.ptr[at] == t->separator ||
        t->s.ptr[at] == '\n' || t->s.ptr[at] == '\r';
}

static bool take_quoted(struct table *t, struct cell *cell, struct err *err)
{
    size_t open = t->pos++;
    for (; t->pos < t->s.len; t->pos++) {
        if (t->s.ptr[t->pos] != '"')
            continue;
        if (t->pos + 1 < t->s.len && t->s.ptr[t->pos + 1] == '"')
            t->pos++;
        else
            break;
    }
    if (t->pos >= t->s.len)
        return fail_at(t, open, err, "this quote is never closed");
    *cell = (struct cell){
        {(uint32_t)open + 1, (uint32_t)t->pos}, true};
    t->pos++;
    return is_end(t, t->pos) ||
        fail_at(t, t->pos, err,
            "something stands behind a closing quote; a quote inside a cell is "
            "written twice");
}

static bool take_cell(struct table *t, struct cell *cell, struct err *err)
{
    size_t beg = t->pos;
    if (beg < t->s.len && t->s.ptr[beg] == '"')
        return take_quoted(t, cell, err);
    while (!is_end(t, t->pos))
        t->pos++;
    *cell = (struct cell){{(uint32_t)beg, (uint32_t)t->pos}, false};
    return true;
}

/* The next row; false, without an error, at the end. */
static bool take_row(struct table *t, struct err *err)
{
    struct cell cell;
    t->row.count = 0;
    if (t->pos >= t->s.len)
        return false;
    for (;;) {
        if (!take_cell(t, &cell, err))
            return false;
        *VEC_PUSH(t->a, &t->row) = cell;
        if (t->pos >= t->s.len)
            return true;
        char c = t->s.ptr[t->pos++];
        if (c == t->separator)
            continue;
        if (c == '\r' && t->pos < t->s.len && t->s.ptr[t->pos] == '\n')
            t->pos++;
        return true;
    }
}

static bool is_blank_row(const struct row *r)
{
    return r->count == 1 && !r->items[0].quoted &&
        r->items[0].at.beg == r->items[0].at.end;
}

/* ---- decoded ---------------------------------------------------------------------- */

static struct decoded decode(const struct table *t, const struct cell *cell)
{
    struct decoded d = {.source = cell->at};
    struct str raw = str_part(t->s, cell->at.beg, cell->at.end);
    char *out = ARENA_NEW(t->a, char, raw.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < raw.len;) {
        size_t end = cell->quoted
            ? at + str_find_byte(str_from(raw, at), '"')
            : raw.len;
        uint32_t beg = cell->at.beg + (uint32_t)at;
        if (end > at)
            *VEC_PUSH(t->a, &d) = (struct decoded_piece){(uint32_t)len,
                {beg, cell->at.beg + (uint32_t)end}, true};
        for (size_t i = at; i < end; i++)
            out[len++] = raw.ptr[i];
        at = end;
        if (end == raw.len)
            break;
        beg = cell->at.beg + (uint32_t)end;
        *VEC_PUSH(t->a, &d) =
            (struct decoded_piece){(uint32_t)len, {beg, beg + 2}, false};
        out[len++] = '"';
        at += 2;
    }
    d.text = (struct str){out, len};
    return d;
}

/* ---- columns ----------------------------------------------------------------------- */

enum { NOT_THERE = -1 };

static int column_of(const struct table *t, struct str name)
{
    for (size_t i = 0; i < t->header.count; i++) {
        struct decoded d = decode(t, &t->header.items[i]);
        if (str_eq_nocase(str_trim(d.text), name))
            return (int)i;
    }
    return NOT_THERE;
}

static struct str cell_text(const struct table *t, int column)
{
    if (column == NOT_THERE || (size_t)column >= t->row.count)
        return STR("");
    return decode(t, &t->row.items[column]).text;
}

/* X(member, column): besides those of ITEM_LIST. */
#define COLUMN_LIST(X)                                                         \
    X(alt, "alt")                                                              \
    X(input, "input")                                                          \
    ITEM_LIST(X)

struct columns {
    int text, id;
#define X(member, key) int member;
    COLUMN_LIST(X)
#undef X
};

static struct columns columns_of(
    const struct table *t, const struct record_names *names)
{
    struct columns c = {
        .text = column_of(t, names->text),
        .id = column_of(t, names->id),
    };
#define X(member, key) c.member = column_of(t, STR(key));
    COLUMN_LIST(X)
#undef X
    return c;
}

static void add_row(
    struct table *t, const struct columns *c, struct items *out)
{
    struct item item = {.id = cell_text(t, c->id)};
    struct record_texts texts = {.input = cell_text(t, c->input)};

    out->records++;
    if ((size_t)c->text >= t->row.count)
        return;
    out->texts++;
#define X(member, key) item.member = cell_text(t, c->member);
    ITEM_LIST(X)
#undef X
    texts.text = decode(t, &t->row.items[c->text]);
    texts.has_alt = cell_text(t, c->alt).len > 0;
    if (texts.has_alt)
        texts.alt = decode(t, &t->row.items[c->alt]);
    item.bad =
        !decoded_doc(t->a, t->file, &texts, &item.doc, &item.err);
    if (item.bad)
        (void)fail_at(t, t->row.items[c->text].at.beg, &item.err,
            "a post is in none of the formats text, markdown, html, thread");
    *VEC_PUSH(t->a, out) = item;
}

static char separator_of(struct str s)
{
    static const char all[] = ",;\t";
    char best = ',';
    size_t most = 0;
    struct str line = str_part(s, 0, str_find_byte(s, '\n'));
    for (size_t k = 0; all[k]; k++) {
        size_t count = 0;
        for (size_t i = 0; i < line.len; i++)
            count += line.ptr[i] == all[k];
        if (count > most) {
            most = count;
            best = all[k];
        }
    }
    return best;
}

bool csv_split(struct arena *a, const struct doc_field *file,
    const struct record_names *names, struct items *items, struct err *err)
{
    struct table t = {.a = a, .file = file, .s = file->bytes};
    struct err broken = {0};

    t.pos = str_starts(t.s, STR("\xEF\xBB\xBF")) ? 3 : 0;
    t.separator = separator_of(str_from(t.s, t.pos));
    if (!take_row(&t, &broken)) {
        *err = broken;
        return broken.code == ERR_NONE; /* an empty file */
    }
    t.header = t.row;
    t.row = (struct row){0};
    struct columns columns = columns_of(&t, names);
    if (columns.text == NOT_THERE) {
        items->records = 1;
        return true;
    }
    while (take_row(&t, &broken))
        if (!is_blank_row(&t.row))
            add_row(&t, &columns, items);
    if (broken.code != ERR_NONE) {
        *VEC_PUSH(a, items) = (struct item){.bad = true, .err = broken};
        items->texts++;
    }
    return true;
}
