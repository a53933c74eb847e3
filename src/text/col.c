/* SPDX-License-Identifier: MIT */
/*
 * col.c - how wide a piece of a line is.
 *
 * Cells: what joins the character before it (marks, joiners, selectors, skin
 * tones, and the character behind a joiner) takes none, so that a family of
 * emoji is as wide as one.
 */
#include "text/col.h"

#include <utf8proc.h>

#include "text/utf8.h"

enum { JOINER = 0x200D, SKIN_FIRST = 0x1F3FB, SKIN_LAST = 0x1F3FF };

static uint32_t cells(uint32_t point, uint32_t before)
{
    if (point < 0x80)
        return 1;
    if (before == JOINER || (point >= SKIN_FIRST && point <= SKIN_LAST))
        return 0;
    int width = utf8proc_charwidth((utf8proc_int32_t)point);
    return width > 0 ? (uint32_t)width : 0;
}

static uint32_t width_of(
    uint32_t point, uint32_t before, size_t size, enum col_unit unit)
{
    switch (unit) {
    case COL_BYTE:
        return (uint32_t)size;
    case COL_UTF16:
        return point > 0xFFFF ? 2 : 1;
    case COL_CELL:
        return cells(point, before);
    case COL_POINT:
        break;
    }
    return 1;
}

/* Width of the characters that fit; *end is where they end. */
static uint32_t measure(
    struct str s, uint32_t most, enum col_unit unit, size_t *end)
{
    uint32_t width = 0, point = 0, before = 0;
    size_t at = 0;
    while (at < s.len) {
        point = (unsigned char)s.ptr[at];
        size_t size = point < 0x80 ? 1 : utf8_decode(str_from(s, at), &point);
        uint32_t more =
            size ? width_of(point, before, size, unit) : (uint32_t)1;
        if (more > most - width)
            break;
        width += more;
        at += size ? size : 1;
        before = point;
    }
    *end = at;
    return width;
}

uint32_t col_width(struct str s, enum col_unit unit)
{
    size_t end;
    return measure(s, UINT32_MAX, unit, &end);
}

size_t col_bytes(struct str s, uint32_t width, enum col_unit unit)
{
    size_t end;
    (void)measure(s, width, unit, &end);
    return end;
}
