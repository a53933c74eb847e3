/* SPDX-License-Identifier: MIT */
/*
 * line.h - from a byte offset to a line.
 *
 * A line ends with LF, CRLF or a lone CR; the end belongs to the line it ends.
 */
#ifndef TEXT_LINE_H
#define TEXT_LINE_H

#include "base/arena.h"
#include "text/span.h"

struct line_index {
    struct str text;
    uint32_t *begs; /* first byte of each line */
    uint32_t count; /* at least 1 */
    /* UTF-16 units and code points before each line; null: not counted. */
    uint32_t *utf16, *points;
};

struct line_place { /* both from 1; col counts bytes */
    uint32_t line, col;
};

struct line_index line_index_of(struct arena *a, struct str text);
/* The same with units and points: for a file whose places are asked for often. */
struct line_index line_index_counted(struct arena *a, struct str text);
/* Offsets past the end are taken for the end. */
struct line_place line_place_at(const struct line_index *lines, uint32_t at);
/* A line from 1 without its end; an empty span past the last line. */
struct span line_span(const struct line_index *lines, uint32_t line);
/* The same place without an index, by reading from the start. */
struct line_place line_place_of(struct str text, size_t at);

#endif
