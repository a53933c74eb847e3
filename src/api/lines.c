/* SPDX-License-Identifier: MIT */
/* lines.c - places in a text, counted as the reports count them. */
#include <setjmp.h>
#include <stdlib.h>

#include "api/fail.h"
#include "postlint.h"
#include "text/col.h"
#include "text/line.h"

struct pl_lines {
    struct arena *arena;
    struct line_index index;
};

void pl_lines_free(struct pl_lines *lines)
{
    if (!lines)
        return;
    arena_free(lines->arena);
    free(lines);
}

struct pl_lines *pl_lines_new(const char *text, size_t len)
{
    struct pl_lines *volatile lines = calloc(1, sizeof *lines);
    jmp_buf back;
    if (!lines || !(lines->arena = arena_new(0))) {
        free(lines);
        return NULL;
    }
    arena_on_failure(lines->arena, api_jump, &back);
    if (setjmp(back)) {
        pl_lines_free(lines);
        return NULL;
    }
    lines->index = line_index_of(lines->arena, (struct str){text, len});
    arena_on_failure(lines->arena, NULL, NULL);
    return lines;
}

static enum col_unit unit_of(enum pl_unit unit)
{
    static const enum col_unit units[] = {COL_BYTE, COL_UTF16, COL_POINT};
    return units[unit];
}

void pl_lines_place(const struct pl_lines *lines, size_t byte,
    enum pl_unit unit, uint32_t *line, uint32_t *column)
{
    struct str text = lines->index.text;
    if (byte > text.len)
        byte = text.len;
    struct line_place p = line_place_at(&lines->index, (uint32_t)byte);
    size_t beg = byte - (p.col - 1);
    *line = p.line;
    *column = 1 + col_width(str_part(text, beg, byte), unit_of(unit));
}

size_t pl_lines_byte(const struct pl_lines *lines, uint32_t line,
    uint32_t column, enum pl_unit unit)
{
    struct span at = line_span(&lines->index, line);
    struct str text = str_part(lines->index.text, at.beg, at.end);
    return at.beg + col_bytes(text, column ? column - 1 : 0, unit_of(unit));
}
