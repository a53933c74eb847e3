/* SPDX-License-Identifier: MIT */
/* lines.h - a stream as blocks of whole lines, and blocks back to a stream. */
#ifndef BATCH_LINES_H
#define BATCH_LINES_H

#include <stdio.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

struct lines {
    FILE *in;
    struct buf rest; /* head of a line not yet whole */
    size_t line_max;
    bool skipping; /* the rest of a line too long */
    bool ended, failed;
};

/* Fills block with at least one whole line, ended by LF; false at the end. A line
   over line_max is cut to that and marked by a NUL at its end. */
bool lines_read(struct lines *l, struct buf *block, bool one_line) PL_MUST_USE;

/* Writes b and empties it. A closed output is no error but sets *closed. */
bool lines_write(struct buf *b, FILE *out, bool flush, bool *closed,
    struct err *err) PL_MUST_USE;

#endif
