/* SPDX-License-Identifier: MIT */
/*
 * simd_x86.c - text that keeps its bytes, sixteen or thirty-two at a time.
 *
 * Every x86_64 has SSE2; whether this one has AVX2 is asked at each call, which
 * costs a load and a branch. Compares are signed, so that bytes of other
 * characters are below zero and stop the run together with control characters.
 */
#include "text/simd.h"

#include <immintrin.h>
#include <string.h>

enum { STEP = 16, WIDE_STEP = 32 };

/* With this added 'A' is the least of all signed bytes, and the letters are
   those below an end. */
enum { FROM_A = 128 - 'A', LETTERS_END = -128 + 26 };

/* ---- one step ----------------------------------------------------------- */

/* What a step saw, a bit for each byte. */
struct seen {
    uint32_t blanks;
    uint32_t odd; /* needs a thought, whatever stands before it */
};

static inline uint32_t stops_of(struct seen seen, uint32_t after_blank)
{
    return seen.odd | (seen.blanks & (seen.blanks << 1 | after_blank));
}

static inline struct seen fold_vector(__m128i v, char *cased, char *folded)
{
    __m128i odd = _mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
        _mm_cmplt_epi8(v, _mm_set1_epi8(' ')));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
    __m128i upper = _mm_cmpgt_epi8(_mm_set1_epi8(LETTERS_END),
        _mm_add_epi8(v, _mm_set1_epi8(FROM_A)));
    __m128i low =
        _mm_or_si128(v, _mm_and_si128(upper, _mm_set1_epi8('a' - 'A')));
    _mm_storeu_si128((__m128i *)(void *)cased, v);
    _mm_storeu_si128((__m128i *)(void *)folded, low);
    return (struct seen){
        .blanks = (uint32_t)_mm_movemask_epi8(
            _mm_cmpeq_epi8(v, _mm_set1_epi8(' '))),
        .odd = (uint32_t)_mm_movemask_epi8(odd),
    };
}

static inline struct seen fold_16(const char *in, char *cased, char *folded)
{
    return fold_vector(
        _mm_loadu_si128((const __m128i *)(const void *)in), cased, folded);
}

/* The same for fewer bytes than that, read without a byte behind them. */
static inline struct seen fold_rest(struct str rest, char *cased, char *folded)
{
    uint64_t low = 0, high = 0, size = rest.len;
    if (size >= 8) {
        memcpy(&low, rest.ptr, 8);
        if (size > 8) {
            memcpy(&high, rest.ptr + size - 8, 8);
            high >>= 8 * (16 - size);
        }
    } else if (size >= 4) {
        uint32_t first, last;
        memcpy(&first, rest.ptr, 4);
        memcpy(&last, rest.ptr + size - 4, 4);
        low = first | (uint64_t)last << 8 * (size - 4);
    } else {
        for (size_t i = 0; i < size; i++)
            low |= (uint64_t)(unsigned char)rest.ptr[i] << 8 * i;
    }
    struct seen seen = fold_vector(
        _mm_set_epi64x((int64_t)high, (int64_t)low), cased, folded);
    seen.odd &= (1u << size) - 1;
    return seen;
}

__attribute__((target("avx2"))) static inline struct seen fold_32(
    const char *in, char *cased, char *folded)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)in);
    __m256i odd = _mm256_andnot_si256(
        _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n')),
        _mm256_cmpgt_epi8(_mm256_set1_epi8(' '), v));
    odd = _mm256_or_si256(odd, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('&')));
    __m256i upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(LETTERS_END),
        _mm256_add_epi8(v, _mm256_set1_epi8(FROM_A)));
    __m256i low = _mm256_or_si256(
        v, _mm256_and_si256(upper, _mm256_set1_epi8('a' - 'A')));
    _mm256_storeu_si256((__m256i *)(void *)cased, v);
    _mm256_storeu_si256((__m256i *)(void *)folded, low);
    return (struct seen){
        .blanks = (uint32_t)_mm256_movemask_epi8(
            _mm256_cmpeq_epi8(v, _mm256_set1_epi8(' '))),
        .odd = (uint32_t)_mm256_movemask_epi8(odd),
    };
}

/* ---- the whole ---------------------------------------------------------- */

static struct simd_step copy_sse2(
    struct str s, uint32_t after_blank, char *cased, char *folded)
{
    size_t at = 0;
    for (; s.len - at >= STEP; at += STEP) {
        struct seen seen = fold_16(s.ptr + at, cased + at, folded + at);
        uint32_t stops = stops_of(seen, after_blank);
        if (stops)
            return (struct simd_step){at, STEP, stops};
        after_blank = seen.blanks >> (STEP - 1);
    }
    struct str rest = {s.ptr + at, s.len - at};
    if (rest.len > 0) {
        struct seen seen = fold_rest(rest, cased + at, folded + at);
        uint32_t stops = stops_of(seen, after_blank);
        if (stops)
            return (struct simd_step){at, (uint32_t)rest.len, stops};
    }
    return (struct simd_step){s.len, 0, 0};
}

/* Text of one wide step or more: the last takes some bytes once more. */
__attribute__((target("avx2"))) static struct simd_step copy_avx2(
    struct str s, uint32_t after_blank, char *cased, char *folded)
{
    size_t at = 0, again = 0;
    for (;;) {
        struct seen seen = fold_32(s.ptr + at, cased + at, folded + at);
        uint32_t stops =
            stops_of(seen, after_blank) & (uint32_t)(UINT64_MAX << again);
        if (stops)
            return (struct simd_step){at, WIDE_STEP, stops};
        after_blank = seen.blanks >> (WIDE_STEP - 1);
        at += WIDE_STEP;
        if (s.len - at < WIDE_STEP) {
            if (s.len == at)
                return (struct simd_step){at, 0, 0};
            again = WIDE_STEP - (s.len - at);
            at -= again;
        }
    }
}

struct simd_step simd_copy(
    struct str s, bool after_blank, char *cased, char *folded)
{
    return s.len >= WIDE_STEP && __builtin_cpu_supports("avx2")
               ? copy_avx2(s, after_blank, cased, folded)
               : copy_sse2(s, after_blank, cased, folded);
}

size_t simd_letters(
    const char *folded, const char *cased, unsigned *upper, bool *stretched)
{
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)folded);
    __m128i own = _mm_loadu_si128((const __m128i *)(const void *)cased);
    __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
        _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
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
