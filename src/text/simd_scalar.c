/* SPDX-License-Identifier: MIT */
/* simd_scalar.c - text that keeps its bytes, one after the other. */
#include "text/simd.h"

enum { STEP = 32 };

static bool is_odd(char c)
{
    return (unsigned char)c >= 0x80 || c == '&' || (c < ' ' && c != '\n');
}

struct simd_step simd_copy(
    struct str s, bool after_blank, char *cased, char *folded)
{
    struct simd_step step = {0};
    for (size_t at = 0; at < s.len; at++) {
        char c = s.ptr[at];
        if (step.size == STEP || step.stops == 0) {
            if (step.stops)
                break;
            step.size = 0;
            step.beg = at;
        }
        cased[at] = c;
        folded[at] = byte_lower(c);
        if (is_odd(c) || (c == ' ' && after_blank))
            step.stops |= 1u << step.size;
        after_blank = c == ' ';
        step.size++;
    }
    return step.stops ? step : (struct simd_step){.beg = s.len};
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
