/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/col.h"

static void widths_in_each_unit(void **state)
{
    static const struct {
        const char *text;
        uint32_t bytes, utf16, points, cells;
    } rows[] = {
        {"", 0, 0, 0, 0}, {"plain", 5, 5, 5, 5}, {"caf\xC3\xA9", 5, 4, 4, 4},
        {"cafe\xCC\x81", 6, 5, 5, 4},                     /* e and a mark */
        {"\xE8\xAA\x9E", 3, 1, 1, 2},                     /* CJK */
        {"\xF0\x9F\x98\x80", 4, 2, 1, 2},                 /* a face */
        {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", 8, 4, 2, 2}, /* skin tone */
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"
         "\xF0\x9F\x91\xA7",
            18, 8, 5, 2}, /* a family */
        {"a\xE2\x80\x8B"
         "b",
            5, 3, 3, 2},       /* hidden */
        {"\xFFx", 2, 2, 2, 2}, /* no UTF-8 */
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct str s = str_of(rows[i].text);
        assert_int_equal(col_width(s, COL_BYTE), rows[i].bytes);
        assert_int_equal(col_width(s, COL_UTF16), rows[i].utf16);
        assert_int_equal(col_width(s, COL_POINT), rows[i].points);
        assert_int_equal(col_width(s, COL_CELL), rows[i].cells);
    }
}

static void columns_lead_back_to_bytes(void **state)
{
    struct str s = STR("a\xF0\x9F\x98\x80"
                       "b\xC3\xA9");
    (void)state;
    assert_int_equal(col_bytes(s, 0, COL_UTF16), 0);
    assert_int_equal(col_bytes(s, 1, COL_UTF16), 1);
    assert_int_equal(col_bytes(s, 2, COL_UTF16), 1); /* not half of a pair */
    assert_int_equal(col_bytes(s, 3, COL_UTF16), 5);
    assert_int_equal(col_bytes(s, 4, COL_POINT), 8);
    assert_int_equal(col_bytes(s, 2, COL_CELL), 1);
    assert_int_equal(col_bytes(s, 3, COL_CELL), 5);
    assert_int_equal(col_bytes(s, 99, COL_POINT), s.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_in_each_unit),
        cmocka_unit_test(columns_lead_back_to_bytes),
    };
    return RUN_TESTS(tests);
}
