/* SPDX-License-Identifier: MIT */
/*
 * plpoint.c - writes the tables of text/pointmap.h.
 *
 * usage: plpoint; prints a C file. Each code point is asked of text/point.h;
 * equal rows and equal blocks are written once.
 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "text/pointmap.h"

enum {
    ROWS_MOST = 256,
    BLOCKS = POINTMAP_END / POINTMAP_BLOCK,
    LIGATURE_FIRST = 0xFB00,
    LIGATURE_LAST = 0xFB06,
    ELLIPSIS = 0x2026
};

struct tables {
    struct pointmap_row rows[ROWS_MOST];
    size_t row_count;
    uint8_t cells[BLOCKS][POINTMAP_BLOCK];
    size_t cell_count;
    uint16_t blocks[BLOCKS];
};

/* ---- one character ------------------------------------------------------ */

static bool is_dash(uint32_t point)
{
    return point >= POINT_FIGURE_DASH && point <= POINT_EM_DASH;
}

/* What has to be looked at with its neighbours, or in full. */
static bool is_rare(uint32_t point, const struct point_form *form)
{
    return form->hides || point_is_mark(point) || point_parting(point) ||
           (point >= 0xD800 && point <= 0xDFFF) ||
           form->cased_len != form->folded_len;
}

/* One ASCII character, or several that are not rare: all of them would be too
   many rows. */
static bool is_plain(uint32_t point, const struct point_form *form)
{
    bool usual = point == ELLIPSIS ||
                 (point >= LIGATURE_FIRST && point <= LIGATURE_LAST);
    return form->cased_len <= (usual ? 3 : 1) &&
           (form->cased_len == 0 || (unsigned char)form->cased[0] < 0x80);
}

static struct pointmap_row row_of(uint32_t point)
{
    struct pointmap_row row = {.kind = POINTMAP_RARE};
    struct point_form form;
    char source[4];

    point_normalise(point, &form);
    if (is_rare(point, &form))
        return row;
    size_t size = str_put_point(source, point);
    if (!is_dash(point) && form.cased_len == size &&
        memcmp(form.cased, source, size) == 0) {
        row.kind = point_alike(point) ? POINTMAP_ALIKE : POINTMAP_SAME;
        row.is_letter = point_is_letter(point);
        row.is_emoji = point_is_emoji(point);
        row.len = (uint8_t)size;
        for (size_t i = 0; i < size; i++)
            row.folded[i] = (char)(form.folded[i] ^ source[i]);
    } else if (is_dash(point) || is_plain(point, &form)) {
        row.kind = is_dash(point) ? POINTMAP_DASH : POINTMAP_TEXT;
        row.len = (uint8_t)form.cased_len;
        memcpy(row.cased, form.cased, form.cased_len);
        memcpy(row.folded, form.folded, form.folded_len);
    }
    return row;
}

/* ---- the tables --------------------------------------------------------- */

static bool is_same_row(
    const struct pointmap_row *a, const struct pointmap_row *b)
{
    return memcmp(a->cased, b->cased, sizeof a->cased) == 0 &&
           memcmp(a->folded, b->folded, sizeof a->folded) == 0 &&
           a->len == b->len && a->kind == b->kind &&
           a->is_letter == b->is_letter && a->is_emoji == b->is_emoji;
}

/* Number of a row, ROWS_MOST if it is one too many. */
static size_t add_row(struct tables *t, const struct pointmap_row *row)
{
    size_t i = 0;
    while (i < t->row_count && !is_same_row(&t->rows[i], row))
        i++;
    if (i == t->row_count && i < ROWS_MOST)
        t->rows[t->row_count++] = *row;
    return i;
}

static bool fill_cells(struct tables *t, uint32_t point, uint8_t *cells)
{
    for (uint32_t i = 0; i < POINTMAP_BLOCK; i++) {
        struct pointmap_row row = row_of(point + i);
        size_t at = add_row(t, &row);
        if (at == ROWS_MOST)
            return false;
        cells[i] = (uint8_t)at;
    }
    return true;
}

static bool fill(struct tables *t)
{
    for (uint32_t block = 0; block < BLOCKS; block++) {
        uint8_t cells[POINTMAP_BLOCK];
        size_t i = 0;
        if (!fill_cells(t, block * POINTMAP_BLOCK, cells))
            return false;
        while (i < t->cell_count && memcmp(t->cells[i], cells, sizeof cells))
            i++;
        if (i == t->cell_count)
            memcpy(t->cells[t->cell_count++], cells, sizeof cells);
        t->blocks[block] = (uint16_t)i;
    }
    return true;
}

/* ---- writing ------------------------------------------------------------ */

static void print_number(size_t i, unsigned number)
{
    (void)printf("%s%u,", i % 16 == 0 ? "\n    " : " ", number);
}

static void print_text(const char *text)
{
    (void)printf("{");
    for (size_t i = 0; i < 4; i++)
        (void)printf("%s'\\x%02X'", i ? ", " : "", (unsigned char)text[i]);
    (void)printf("}, ");
}

static void print_tables(const struct tables *t)
{
    (void)printf("/* Made by gen/plpoint.c. */\n#include \"text/pointmap.h\"\n\n"
                 "const uint16_t pointmap_blocks[%d] = {",
        BLOCKS);
    for (size_t i = 0; i < BLOCKS; i++)
        print_number(i, t->blocks[i]);
    (void)printf("\n};\n\nconst uint8_t pointmap_cells[][%d] = {",
        POINTMAP_BLOCK);
    for (size_t i = 0; i < t->cell_count; i++) {
        (void)printf("\n    {");
        for (size_t k = 0; k < POINTMAP_BLOCK; k++)
            print_number(k, t->cells[i][k]);
        (void)printf("},");
    }
    (void)printf("\n};\n\nconst struct pointmap_row pointmap_rows[] = {\n");
    for (size_t i = 0; i < t->row_count; i++) {
        const struct pointmap_row *row = &t->rows[i];
        (void)printf("    {");
        print_text(row->cased);
        print_text(row->folded);
        (void)printf("%u, %u, %s, %s},\n", row->len, row->kind,
            row->is_letter ? "true" : "false",
            row->is_emoji ? "true" : "false");
    }
    (void)printf("};\n");
}

int main(void)
{
    static struct tables tables;
    if (!fill(&tables)) {
        (void)fputs("plpoint: too many different rows\n", stderr);
        return 1;
    }
    print_tables(&tables);
    return fflush(stdout) == 0 ? 0 : 1;
}
