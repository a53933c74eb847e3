/* SPDX-License-Identifier: MIT */
/*
 * buf.h - growing output.
 *
 * Out of memory is remembered in `failed`, like ferror(): writers go on
 * writing, and whoever owns the buffer asks once at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

struct buf {
    char *ptr;
    size_t len, cap;
    bool failed;
};

void buf_free(struct buf *b); /* also the argument of PL_DEFER */
void buf_clear(struct buf *b); /* keeps the memory, zeroes what it held */
void buf_add(struct buf *b, struct str s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PL_PRINTF(2, 3);
/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD, and
   characters that a screen would obey or hide are written as \uXXXX. */
void buf_add_json(struct buf *b, struct str s);
struct str buf_str(const struct buf *b);
/* Moves what it holds into the arena, whose failure handler a buffer that failed
   goes to. */
struct str buf_keep(struct buf *b, struct arena *a);

#endif
