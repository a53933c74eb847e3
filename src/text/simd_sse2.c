/* SPDX-License-Identifier: MIT */
/*
 * simd_sse2.c - plain ASCII, sixteen bytes at a time.
 *
 * Compares are signed, so that bytes of other characters are below zero and
 * stop the run together with control characters.
 */
#include "text/simd.h"

#include <emmintrin.h>
#include <string.h>

enum { STEP = 16 };

static __m128i all(char c)
{
    return _mm_set1_epi8(c);
}

/* Writes sixteen bytes to each output; a bit for each byte that stops. */
static unsigned fold_step(
    const char *in, unsigned *after_blank, char *cased, char *folded)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)in);
    __m128i tab = _mm_cmpeq_epi8(v, all('\t'));
    __m128i space = _mm_or_si128(tab, _mm_cmpeq_epi8(v, all(' ')));
    __m128i fine = _mm_or_si128(tab, _mm_cmpeq_epi8(v, all('\n')));
    __m128i odd = _mm_andnot_si128(fine, _mm_cmplt_epi8(v, all(' ')));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, all('&')));

    v = _mm_xor_si128(v, _mm_and_si128(tab, all('\t' ^ ' ')));
    __m128i upper = _mm_and_si128(
        _mm_cmpgt_epi8(v, all('A' - 1)), _mm_cmplt_epi8(v, all('Z' + 1)));
    __m128i low = _mm_or_si128(v, _mm_and_si128(upper, all('a' - 'A')));
    _mm_storeu_si128((__m128i *)(void *)cased, v);
    _mm_storeu_si128((__m128i *)(void *)folded, low);

    unsigned blanks = (unsigned)_mm_movemask_epi8(space);
    unsigned stops = (unsigned)_mm_movemask_epi8(odd) |
                     (blanks & (blanks << 1 | *after_blank));
    *after_blank = blanks >> (STEP - 1);
    return stops;
}

size_t simd_fold(struct str s, bool after_blank, char *cased, char *folded)
{
    unsigned blank = after_blank, stops;
    size_t at = 0;

    for (; at + STEP <= s.len; at += STEP) {
        stops = fold_step(s.ptr + at, &blank, cased + at, folded + at);
        if (stops)
            return at + (size_t)__builtin_ctz(stops);
    }
    if (at == s.len)
        return at;
    /* The rest, in front of a byte that stops. */
    char rest[STEP];
    memset(rest, '&', sizeof rest);
    memcpy(rest, s.ptr + at, s.len - at);
    stops = fold_step(rest, &blank, cased + at, folded + at);
    return at + (size_t)__builtin_ctz(stops);
}

size_t simd_letters(
    const char *folded, const char *cased, unsigned *upper, bool *stretched)
{
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)folded);
    __m128i own = _mm_loadu_si128((const __m128i *)(const void *)cased);
    __m128i letter = _mm_and_si128(
        _mm_cmpgt_epi8(low, all('a' - 1)), _mm_cmplt_epi8(low, all('z' + 1)));
    unsigned others = ~(unsigned)_mm_movemask_epi8(letter);
    unsigned len = (unsigned)__builtin_ctz(others); /* 16 if all are */
    unsigned word = (1u << len) - 1;
    /* Bit i: byte i is that before it. */
    unsigned same = word & (unsigned)_mm_movemask_epi8(
                               _mm_cmpeq_epi8(low, _mm_slli_si128(low, 1)));
    *upper = word & ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(low, own));
    *stretched |= (same & same << 1) != 0;
    return len;
}
