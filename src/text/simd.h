/* SPDX-License-Identifier: MIT */
/*
 * simd.h - text that keeps its bytes to its two forms, and words in it.
 *
 * Built from simd_x86.c or simd_scalar.c, chosen in meson.build. Both give the
 * same bytes.
 */
#ifndef TEXT_SIMD_H
#define TEXT_SIMD_H

#include "base/str.h"

enum { SIMD_SLACK = 16 }; /* writable bytes both outputs need behind s.len */

/* Where simd_copy() stopped. */
struct simd_step {
    size_t beg;     /* the bytes before are done */
    uint32_t size;  /* so many bytes from there on were looked at, at most 32 */
    uint32_t stops; /* a bit for each of them that needs a thought; the others
                       are done. 0: nothing does, and beg is s.len */
};

/*
 * Copies s to cased and, with ASCII in lower case, to folded. Needs a thought: a
 * control character other than newline, '&', a blank behind a blank
 * (after_blank: one stands before s), all bytes of other characters; they are
 * copied as they are. What is written behind s.len is garbage.
 */
struct simd_step simd_copy(
    struct str s, bool after_blank, char *cased, char *folded);

/*
 * How many of the sixteen bytes at folded are letters a to z, up to the first
 * that is none. Bit i of *upper: letter i is another in cased, so upper case.
 * *stretched is set if three of them in a row are the same, else left alone.
 * All sixteen bytes of both must be readable.
 */
size_t simd_letters(
    const char *folded, const char *cased, unsigned *upper, bool *stretched);

#endif
