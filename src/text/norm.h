/* SPDX-License-Identifier: MIT */
/*
 * norm.h - the parts of a document to one buffer in two forms, cased and
 * folded, with an offset map.
 */
#ifndef TEXT_NORM_H
#define TEXT_NORM_H

#include "text/offmap.h"
#include "text/text.h"

struct norm_part { /* where a part of the document stands in the buffer */
    struct span at;
};

/* A place where something of no innocent use was undone. */
struct norm_hidden {
    uint32_t at; /* in the buffer */
    bool alike;  /* the letter at `at` is of another script or was struck
                    through; else characters nobody sees were dropped before
                    it */
};

struct norm {
    struct arena *arena;
    struct offmap *map;
    char *cased, *folded;
    size_t len, cap;
    struct norm_part *parts; /* one for each of the document */
    struct norm_hidden *hidden;
    size_t hidden_count, hidden_cap;
    bool ill; /* bytes were met that are no text; a field may be to blame */
};

/* UTF-8, without NUL bytes, not too large; else err has line and column. */
bool norm_check(struct str bytes, struct err *err) PL_MUST_USE;

/* Fields with a line index have been checked by their reader. */
bool norm_doc(struct arena *a, const struct doc *doc, struct norm *n,
    struct err *err) PL_MUST_USE;

#endif
