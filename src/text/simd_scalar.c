/* SPDX-License-Identifier: MIT */
/* simd_scalar.c - plain ASCII to its two forms, one byte after the other. */
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
