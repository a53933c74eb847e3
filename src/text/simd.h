/* SPDX-License-Identifier: MIT */
/*
 * simd.h - plain ASCII to its two forms, and words in it.
 *
 * Built from simd_sse2.c or simd_scalar.c, chosen in meson.build. Both give the
 * same bytes.
 */
#ifndef TEXT_SIMD_H
#define TEXT_SIMD_H

#include "base/str.h"

enum { SIMD_SLACK = 16 }; /* writable bytes both outputs need behind s.len */

/*
 * Copies s to cased and, in lower case, to folded; a tab becomes a blank. Stops
 * at the first byte that needs a thought: no ASCII, a control character other
 * than tab and newline, '&', and a blank behind a blank (after_blank: one
 * stands before s). The number of bytes done; bytes behind it in the outputs
 * are garbage.
 */
size_t simd_fold(struct str s, bool after_blank, char *cased, char *folded);

/*
 * How many of the sixteen bytes at folded are letters a to z, up to the first
 * that is none. Bit i of *upper: letter i is another in cased, so upper case.
 * *stretched is set if three of them in a row are the same, else left alone.
 * All sixteen bytes of both must be readable.
 */
size_t simd_letters(
    const char *folded, const char *cased, unsigned *upper, bool *stretched);

#endif
