/* SPDX-License-Identifier: MIT */
/* load_table.c - tables: a TSV file with a header line. */
#include "rules/loader.h"

static void table_file(struct loader *l, const struct node *n, void *to);

static void table_keys(struct loader *l, const struct node *n, void *to)
{
    struct table *t = to;
    VEC(struct name) columns = {0};
    VEC(struct name) lexicons = {0};
    if (!want_kind(l, n, NODE_MAP, "columns with their lexicons"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        *VEC_PUSH(l->a, &columns) = read_name(l, n->pairs[i].key);
        *VEC_PUSH(l->a, &lexicons) = read_name(l, n->pairs[i].value);
    }
    t->key_columns = (struct names){columns.items, columns.count};
    t->key_lexicons = (struct names){lexicons.items, lexicons.count};
}

static void table_answers(struct loader *l, const struct node *n, void *to)
{
    ((struct table *)to)->answers = read_names(l, n);
}

static void table_otherwise(struct loader *l, const struct node *n, void *to)
{
    ((struct table *)to)->otherwise = read_name(l, n);
}

static void table_note(struct loader *l, const struct node *n, void *to)
{
    (void)to;
    (void)read_word(l, n);
}

static size_t split_cells(
    struct loader *l, struct str line, struct str **cells)
{
    VEC(struct str) out = {0};
    for (struct str_cut cut = str_cut(line, '\t');;
         cut = str_cut(cut.tail, '\t')) {
        *VEC_PUSH(l->a, &out) = str_trim(cut.head);
        if (!cut.found)
            break;
    }
    *cells = out.items;
    return out.count;
}

static void read_line(struct loader *l, struct table *t, struct str line,
    struct where at, size_t *cap)
{
    struct table_row row = {.at = at};
    size_t count = split_cells(l, line, &row.cells);
    if (t->column_count == 0) {
        t->columns = row.cells;
        t->column_count = count;
        return;
    }
    if (count != t->column_count) {
        problem_add(l->problems, at, "cells", "part the cells with tabs",
            "the line has %zu cells, the header %zu", count, t->column_count);
        return;
    }
    if (t->row_count == *cap)
        vec_grow(l->a, (void **)(void *)&t->rows, cap, t->row_count,
            sizeof *t->rows, _Alignof(struct table_row));
    t->rows[t->row_count++] = row;
}

static void table_file(struct loader *l, const struct node *n, void *to)
{
    struct table *t = to;
    const struct source *source = source_find(l, n, &t->file);
    struct where at = {t->file, 0, 1, 0};
    struct str rest = source ? source->text : STR("");
    size_t cap = 0;

    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        struct str line = cut.head;
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        at.line++;
        at.len = (uint32_t)line.len;
        rest = cut.tail;
        if (str_trim(line).len > 0 && !str_starts(line, STR("# ")))
            read_line(l, t, line, at, &cap);
    }
}

static const struct key_row table_rows[] = {
    {"file", true, table_file},
    {"keys", true, table_keys},
    {"answers", true, table_answers},
    {"otherwise", true, table_otherwise},
    {"note", false, table_note},
};

const struct key_table table_table =
    KEY_TABLE("a table", table_rows);

void read_table(struct loader *l, const struct node *key,
    const struct node *n, struct table *t)
{
    t->name = read_name(l, key);
    if (!is_plain_name(t->name.text))
        problem_add(l->problems, t->name.at, "bad-name", NULL,
            "names are made of a-z, digits and hyphens");
    read_keys(l, n, &table_table, t);
}
