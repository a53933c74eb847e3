/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/utf8.h"

static void bad_bytes_are_found_where_they_stand(void **state)
{
    static const struct {
        const char *bytes;
        size_t at;
    } rows[] = {
        {"", 0}, {"plain ascii, longer than eight bytes", 36},
        {"caf\xC3\xA9", 5}, {"\xF0\x9F\x98\x80", 4},
        {"abc\x80", 3},                            /* a lone tail byte */
        {"abcdefgh\xC3", 8},                       /* cut short */
        {"\xC0\xAF", 0},                           /* longer than need be */
        {"a\xE0\x80\xAF", 1}, {"\xED\xA0\x80", 0}, /* half of a pair */
        {"\xF4\x90\x80\x80", 0},                   /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 0}, {"ok \xE2\x80\x94 then \xFF", 12},
        {"\xEF\xBF\xBF", 3}, /* a noncharacter is well formed */
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_int_equal(utf8_check(str_of(rows[i].bytes)), rows[i].at);
}

static void each_point_survives_a_round_trip(void **state)
{
    (void)state;
    for (uint32_t point = 1; point <= 0x10FFFF; point++) {
        char bytes[4];
        uint32_t back = 0;
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        size_t size = str_put_point(bytes, point);
        assert_int_equal(utf8_decode((struct str){bytes, size}, &back), size);
        assert_int_equal(back, point);
    }
}

static void a_cut_character_does_not_decode(void **state)
{
    uint32_t point = 7;
    (void)state;
    assert_int_equal(utf8_decode(STR("\xF0\x9F\x98"), &point), 0);
    assert_int_equal(utf8_decode(STR("\x80"), &point), 0);
    assert_int_equal(point, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_bytes_are_found_where_they_stand),
        cmocka_unit_test(each_point_survives_a_round_trip),
        cmocka_unit_test(a_cut_character_does_not_decode),
    };
    return RUN_TESTS(tests);
}
