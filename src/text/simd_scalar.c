/* SPDX-License-Identifier: MIT */
/* simd_scalar.c - plain ASCII, one byte after the other. */
#include "text/simd.h"

size_t simd_fold(struct str s, bool after_blank, char *cased, char *folded)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool blank = c == ' ' || c == '\t';
        if (c >= 0x80 || c == '&' || (blank && after_blank) ||
            (c < 0x20 && c != '\n' && c != '\t'))
            return i;
        after_blank = blank;
        cased[i] = blank ? ' ' : (char)c;
        folded[i] = byte_lower(cased[i]);
    }
    return s.len;
}

size_t simd_letters(
    const char *folded, const char *cased, unsigned *upper, bool *stretched)
{
    size_t len = 0, same = 0;
    *upper = 0;
    for (; len < SIMD_SLACK && byte_is_lower(folded[len]); len++) {
        *upper |= (unsigned)(cased[len] != folded[len]) << len;
        same = len && folded[len] == folded[len - 1] ? same + 1 : 0;
        *stretched |= same >= 2;
    }
    return len;
}
