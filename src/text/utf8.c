/* SPDX-License-Identifier: MIT */
/* utf8.c - is it UTF-8? */
#include "text/utf8.h"

#include <string.h>

/* Eight ASCII bytes at a time: most posts are nothing else. */
static size_t skip_ascii(struct str s, size_t at)
{
    uint64_t word;
    while (at + 8 <= s.len) {
        memcpy(&word, s.ptr + at, 8);
        if (word & 0x8080808080808080u)
            break;
        at += 8;
    }
    while (at < s.len && (unsigned char)s.ptr[at] < 0x80)
        at++;
    return at;
}

size_t utf8_check(struct str s)
{
    size_t at = 0;
    uint32_t point;
    while ((at = skip_ascii(s, at)) < s.len) {
        size_t size = utf8_decode(str_from(s, at), &point);
        if (size == 0)
            return at;
        at += size;
    }
    return s.len;
}
