/* SPDX-License-Identifier: MIT */
/* The same test is linked with each way of folding. */
#include <stdlib.h>

#include "posts.h"
#include "text/simd.h"

enum { TEXT_MOST = 128 };

/* Which bytes need a thought, said once more and slowly. */
static bool is_odd(struct str s, size_t i, bool after_blank)
{
    char c = s.ptr[i];
    if (c == '&' || (c < ' ' && c != '\n') || (unsigned char)c > 0x7F)
        return true;
    return c == ' ' && (i > 0 ? s.ptr[i - 1] == ' ' : after_blank);
}

static void check_step(struct str s, bool after_blank, struct simd_step step)
{
    for (size_t i = 0; i < step.beg; i++)
        assert_false(is_odd(s, i, after_blank));
    assert_true(step.size <= 32 && step.beg + step.size <= s.len);
    assert_true(step.stops ? step.size > 0 : step.beg == s.len);
    /* What an earlier step has seen is not told again. */
    for (size_t i = 0; i < step.size; i++)
        assert_int_equal(
            step.stops >> i & 1, is_odd(s, step.beg + i, after_blank));
}

static void check(struct str s, bool after_blank)
{
    char cased[TEXT_MOST + SIMD_SLACK], folded[TEXT_MOST + SIMD_SLACK];
    /* An exact block, so that a sanitizer sees a read behind it. */
    char *exact = malloc(s.len ? s.len : 1);
    assert_non_null(exact);
    if (s.len)
        memcpy(exact, s.ptr, s.len);
    struct simd_step step =
        simd_copy((struct str){exact, s.len}, after_blank, cased, folded);
    check_step(s, after_blank, step);
    for (size_t i = 0; i < step.beg + step.size; i++) {
        assert_int_equal(cased[i], s.ptr[i]);
        assert_int_equal(folded[i], byte_lower(s.ptr[i]));
    }
    free(exact);
}

static void every_byte_at_every_place(void **state)
{
    char s[80];
    (void)state;
    for (size_t len = 0; len <= sizeof s; len++)
        for (size_t at = 0; at < len; at += 1 + len / 7)
            for (int c = 0; c < 256; c++) {
                memset(s, 'Q', sizeof s);
                s[at] = (char)c;
                check((struct str){s, len}, c % 2);
            }
}

static void a_second_blank_stops_across_blocks(void **state)
{
    char s[80];
    (void)state;
    for (size_t at = 0; at + 1 < sizeof s; at++) {
        memset(s, 'a', sizeof s);
        s[at] = ' ';
        s[at + 1] = ' ';
        check((struct str){s, sizeof s}, false);
        check((struct str){s, sizeof s}, true);
    }
}

static void random_text_is_copied_as_the_slow_way(void **state)
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
        cmocka_unit_test(random_text_is_copied_as_the_slow_way),
        cmocka_unit_test(letters_are_read_as_the_slow_way),
    };
    return RUN_TESTS(tests);
}
