/* SPDX-License-Identifier: MIT */
/*
 * utf8.h - decoding UTF-8.
 *
 * Written out and not utf8proc's: every character of a post that is not ASCII
 * is decoded several times, and a call for each of them was most of the cost.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/str.h"

/* Is it a second, third or fourth byte of a character? */
static inline bool utf8_is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Decodes the character at the start of s; its size in bytes, or 0 if the bytes
   are no UTF-8 or there are none (then *point is left alone). A branch for each
   size: with shifts instead the table look-ups behind it wait, and it is half
   as fast. */
static inline size_t utf8_decode(struct str s, uint32_t *point)
{
    const char *p = s.ptr;
    uint32_t lead = s.len ? (unsigned char)p[0] : 0xFF, c;

    if (lead < 0x80) {
        *point = lead;
        return 1;
    }
    if (lead < 0xE0) {
        if (lead < 0xC2 || s.len < 2 || !utf8_is_tail(p[1]))
            return 0;
        *point = (lead & 0x1F) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if (s.len < 3 || !utf8_is_tail(p[1]) || !utf8_is_tail(p[2]))
        return 0;
    if (lead < 0xF0) {
        c = (lead & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
            return 0;
        *point = c;
        return 3;
    }
    if (lead > 0xF4 || s.len < 4 || !utf8_is_tail(p[3]))
        return 0;
    c = (lead & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
        (p[3] & 0x3Fu);
    if (c < 0x10000 || c > 0x10FFFF)
        return 0;
    *point = c;
    return 4;
}

/* Offset of the first byte that is not well-formed UTF-8, or s.len. */
size_t utf8_check(struct str s);

#endif
