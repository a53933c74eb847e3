/* SPDX-License-Identifier: MIT */
/* col.h - how wide a piece of a line is, in the units that outputs ask for. */
#ifndef TEXT_COL_H
#define TEXT_COL_H

#include "base/str.h"

enum col_unit {
    COL_BYTE,  /* compact, rdjson */
    COL_UTF16, /* language server */
    COL_POINT, /* pretty, SARIF */
    COL_CELL   /* terminal columns, for the caret line */
};

/* A tab is one cell: whoever draws the line prints it as one blank. Bytes that
   are no UTF-8 count one in every unit. */
uint32_t col_width(struct str s, enum col_unit unit);
/* Bytes of the longest head of s that is at most `width` units wide; no
   character is cut. */
size_t col_bytes(struct str s, uint32_t width, enum col_unit unit);

#endif
