/* SPDX-License-Identifier: MIT */
/* utf8.c - decoding UTF-8, thin over utf8proc. */
#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

size_t utf8_decode(struct str s, uint32_t *point)
{
    utf8proc_int32_t c = -1;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr,
        s.len > 4 ? 4 : (utf8proc_ssize_t)s.len, &c);
    if (size <= 0 || c < 0)
        return 0;
    *point = (uint32_t)c;
    return (size_t)size;
}

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
