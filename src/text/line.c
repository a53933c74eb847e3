/* SPDX-License-Identifier: MIT */
/* line.c - from a byte offset to a line. */
#include "text/line.h"

#include "base/vec.h"
#include "text/col.h"

/* Where the next line begins, or the length of the text if there is none. */
static size_t next_line(struct str text, size_t at, bool *found)
{
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '\n' ||
            (c == '\r' && !(at + 1 < text.len && text.ptr[at + 1] == '\n'))) {
            *found = true;
            return at + 1;
        }
    }
    *found = false;
    return text.len;
}

struct line_index line_index_of(struct arena *a, struct str text)
{
    VEC(uint32_t) begs = {0};
    bool found = true;
    for (size_t at = 0; found; at = next_line(text, at, &found))
        *VEC_PUSH(a, &begs) = (uint32_t)at;
    return (struct line_index){
        .text = text, .begs = begs.items, .count = (uint32_t)begs.count};
}

struct line_index line_index_counted(struct arena *a, struct str text)
{
    struct line_index lines = line_index_of(a, text);
    lines.utf16 = ARENA_NEW(a, uint32_t, lines.count);
    lines.points = ARENA_NEW(a, uint32_t, lines.count);
    for (uint32_t i = 1; i < lines.count; i++) {
        struct str line = str_part(text, lines.begs[i - 1], lines.begs[i]);
        lines.utf16[i] = lines.utf16[i - 1] + col_width(line, COL_UTF16);
        lines.points[i] = lines.points[i - 1] + col_width(line, COL_POINT);
    }
    return lines;
}

struct line_place line_place_at(const struct line_index *lines, uint32_t at)
{
    uint32_t low = 0, high = lines->count;
    if (at > lines->text.len)
        at = (uint32_t)lines->text.len;
    while (low + 1 < high) {
        uint32_t mid = low + (high - low) / 2;
        if (lines->begs[mid] <= at)
            low = mid;
        else
            high = mid;
    }
    return (struct line_place){low + 1, at - lines->begs[low] + 1};
}

struct span line_span(const struct line_index *lines, uint32_t line)
{
    uint32_t end = (uint32_t)lines->text.len;
    if (line < 1 || line > lines->count)
        return (struct span){end, end};
    uint32_t beg = lines->begs[line - 1];
    if (line < lines->count)
        end = lines->begs[line];
    if (end > beg && lines->text.ptr[end - 1] == '\n')
        end--;
    if (end > beg && lines->text.ptr[end - 1] == '\r')
        end--;
    return (struct span){beg, end};
}

struct line_place line_place_of(struct str text, size_t at)
{
    struct line_place place = {1, 1};
    size_t beg = 0;
    bool found = true;
    if (at > text.len)
        at = text.len;
    while (found) {
        size_t next = next_line(text, beg, &found);
        if (!found || next > at)
            break;
        place.line++;
        beg = next;
    }
    place.col = (uint32_t)(at - beg) + 1;
    return place;
}
