/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/point.h"

static void forms_of_single_characters(void **state)
{
    static const struct {
        uint32_t point;
        const char *cased, *folded;
    } rows[] = {
        {0xC9, "\xC3\x89", "\xC3\xA9"},          /* an accent stays */
        {0xFF27, "G", "g"},                      /* full width */
        {0x1D402, "C", "c"},                     /* mathematical bold */
        {0x1D7D7, "9", "9"}, {0x24B8, "C", "c"}, /* circled */
        {0x1F152, "C", "c"},                     /* white in a black circle */
        {0x1D04, "c", "c"},                      /* small capital */
        {0xFB01, "fi", "fi"},                    /* ligature */
        {0x338E, "mg", "mg"}, {0xBD, "1/2", "1/2"}, {0x2116, "No", "no"},
        {0x2019, "'", "'"}, {0x201D, "\"", "\""},
        {0x2013, "\xE2\x80\x94", "\xE2\x80\x94"}, {0x2011, "-", "-"},
        {0x2026, "...", "..."}, {0xA0, " ", " "}, {0x2028, "\n", "\n"},
        {0x2122, "", ""},  /* (TM) */
        {0x20E3, "", ""},  /* key cap */
        {0xFE0F, "", ""},  /* selector */
        {0x1F3FD, "", ""}, /* skin tone */
        {0x200B, "", ""}, {0x1F600, "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {0xA8, "\xC2\xA8", "\xC2\xA8"}, /* no blank and mark */
        {0x130, "\xC4\xB0", "i"},       /* lower case is shorter */
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct point_form form;
        point_normalise(rows[i].point, &form);
        assert_reads((struct str){form.cased, form.cased_len}, rows[i].cased);
        assert_reads(
            (struct str){form.folded, form.folded_len}, rows[i].folded);
    }
}

static void only_what_nobody_sees_hides(void **state)
{
    static const uint32_t hiding[] = {
        0xAD, 0x200B, 0x200C, 0x200D, 0x202E, 0x2060, 0x2066, 0xFEFF, 0xE0041};
    static const uint32_t innocent[] = {
        'a', 0xA0, 0xFE0F, 0x1F3FB, 0x20E3, 0x2122, 0x2013, 0xE9, 0x430};
    struct point_form form;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(hiding); i++) {
        point_normalise(hiding[i], &form);
        assert_true(form.hides);
        assert_int_equal(form.folded_len, 0);
    }
    for (size_t i = 0; i < PL_COUNT(innocent); i++) {
        point_normalise(innocent[i], &form);
        assert_false(form.hides);
    }
}

/* The tables are searched by halves: each of their rows must be found. */
static void look_alikes_are_all_found(void **state)
{
    static const struct {
        uint32_t first, last;
        size_t count;
    } ranges[] = {{0x0370, 0x03FF, 26}, {0x0400, 0x052F, 39},
        {0x0530, 0x058F, 5}, {0, 0x036F, 0}, {0x0590, 0x10FFFF, 0}};
    (void)state;
    assert_int_equal(point_alike(0x0430), 'a');
    assert_int_equal(point_alike(0x0391), 'A');
    assert_int_equal(point_alike(0x0585), 'o');
    assert_int_equal(point_alike(0x0431), '\0');
    for (size_t i = 0; i < PL_COUNT(ranges); i++) {
        size_t found = 0;
        for (uint32_t p = ranges[i].first; p <= ranges[i].last; p++)
            found += point_alike(p) != '\0';
        assert_int_equal(found, ranges[i].count);
    }
}

static void symbols_are_emoji_and_lines_are_not(void **state)
{
    static const uint32_t emoji[] = {0x1F600, 0x2B50, 0x2705, 0x274C, 0x27A1,
        0x26A0, 0x2192, 0x1F1EC, 0x2764, 0x1F449};
    static const uint32_t other[] = {'a', '+', 0xB0, 0x2500, 0x2588, 0x2264,
        0x2022, 0x2014, 0xE9, 0x200D, 0x0301};
    (void)state;
    for (size_t i = 0; i < PL_COUNT(emoji); i++)
        assert_true(point_is_emoji(emoji[i]));
    for (size_t i = 0; i < PL_COUNT(other); i++)
        assert_false(point_is_emoji(other[i]));
}

static void letters_lose_their_accents(void **state)
{
    (void)state;
    assert_int_equal(point_plain(0xE9), 'e');
    assert_int_equal(point_plain(0x1EC7), 'e'); /* two of them */
    assert_int_equal(point_plain(0x4E00), '\0');
    assert_int_equal(point_compose('e', 0x301), 0xE9);
    assert_int_equal(point_compose('q', 0x336), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_single_characters),
        cmocka_unit_test(only_what_nobody_sees_hides),
        cmocka_unit_test(look_alikes_are_all_found),
        cmocka_unit_test(symbols_are_emoji_and_lines_are_not),
        cmocka_unit_test(letters_lose_their_accents),
    };
    return RUN_TESTS(tests);
}
