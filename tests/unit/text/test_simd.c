/* SPDX-License-Identifier: MIT */
/* The same test is linked with each way of folding. */
#include <stdlib.h>

#include "posts.h"
#include "text/simd.h"

/* What simd.h promises, said once more and slowly. */
static size_t slow_fold(
    struct str s, bool after_blank, char *cased, char *folded)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '\t')
            c = ' ';
        if (c == '&' || (c < ' ' && c != '\n') || (unsigned char)c > 0x7F)
            return i;
        if (c == ' ' && after_blank)
            return i;
        after_blank = c == ' ';
        cased[i] = c;
        folded[i] = byte_lower(c);
    }
    return s.len;
}

static void check(struct str s, bool after_blank)
{
    char want[2][128], got[2][128 + SIMD_SLACK];
    /* An exact block, so that a sanitizer sees a read behind it. */
    char *exact = malloc(s.len ? s.len : 1);
    assert_non_null(exact);
    if (s.len)
        memcpy(exact, s.ptr, s.len);
    size_t len = slow_fold(s, after_blank, want[0], want[1]);
    assert_int_equal(
        simd_fold((struct str){exact, s.len}, after_blank, got[0], got[1]),
        len);
    assert_memory_equal(got[0], want[0], len);
    assert_memory_equal(got[1], want[1], len);
    free(exact);
}

static void every_byte_at_every_place(void **state)
{
    char s[48];
    (void)state;
    for (size_t len = 0; len <= sizeof s; len++)
        for (size_t at = 0; at < len; at += 1 + len / 9)
            for (int c = 0; c < 256; c++) {
                memset(s, 'Q', sizeof s);
                s[at] = (char)c;
                check((struct str){s, len}, c % 2);
            }
}

static void a_second_blank_stops_across_blocks(void **state)
{
    char s[40];
    (void)state;
    for (size_t at = 0; at + 1 < sizeof s; at++) {
        memset(s, 'a', sizeof s);
        s[at] = ' ';
        s[at + 1] = '\t';
        check((struct str){s, sizeof s}, false);
        check((struct str){s, sizeof s}, true);
    }
}

static void random_text_folds_as_the_slow_way(void **state)
{
    static const char bytes[] = "aZ .\t\n&@[`{z0\x7F\xC3\r";
    uint32_t seed = 12345;
    char s[100];
    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)round % sizeof s;
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            s[i] = bytes[(seed >> 24) % (round % 3 ? 6 : sizeof bytes - 1)];
        }
        check((struct str){s, len}, round % 2);
    }
}

/* simd_letters() said once more and slowly. */
static size_t slow_letters(
    const char *folded, const char *cased, unsigned *upper, bool *stretched)
{
    size_t len = 0;
    *upper = 0;
    while (len < SIMD_SLACK && byte_is_lower(folded[len])) {
        if (folded[len] != cased[len])
            *upper |= 1u << len;
        len++;
    }
    for (size_t i = 2; i < len; i++)
        if (folded[i] == folded[i - 1] && folded[i] == folded[i - 2])
            *stretched = true;
    return len;
}

static void letters_are_read_as_the_slow_way(void **state)
{
    static const char bytes[] = "aaabbBAAZz'` {\x80";
    uint32_t seed = 99;
    (void)state;
    for (int round = 0; round < 50000; round++) {
        char cased[SIMD_SLACK], folded[SIMD_SLACK];
        unsigned upper[2];
        bool stretched[2] = {round % 5 == 0, round % 5 == 0};
        for (int i = 0; i < SIMD_SLACK; i++) {
            seed = seed * 1664525u + 1013904223u;
            cased[i] = bytes[(seed >> 24) % (round % 3 ? 10 : 15)];
            folded[i] = byte_lower(cased[i]);
        }
        assert_int_equal(simd_letters(folded, cased, &upper[0], &stretched[0]),
            slow_letters(folded, cased, &upper[1], &stretched[1]));
        assert_int_equal(upper[0], upper[1]);
        assert_int_equal(stretched[0], stretched[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_at_every_place),
        cmocka_unit_test(a_second_blank_stops_across_blocks),
        cmocka_unit_test(random_text_folds_as_the_slow_way),
        cmocka_unit_test(letters_are_read_as_the_slow_way),
    };
    return RUN_TESTS(tests);
}
