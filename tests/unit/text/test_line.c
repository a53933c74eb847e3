/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/line.h"

/* Line and column of an offset, by counting. */
static struct line_place slow_place(struct str s, size_t at)
{
    struct line_place place = {1, 1};
    for (size_t i = 0; i < at; i++) {
        bool pair = s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n';
        place.col++;
        if (s.ptr[i] == '\n' || (s.ptr[i] == '\r' && !pair))
            place = (struct line_place){place.line + 1, 1};
    }
    return place;
}

static const char *const texts[] = {"", "one", "one\n", "one\ntwo",
    "one\r\ntwo\r\n", "one\rtwo\rthree", "\n\n\r\r\n\n", "a\n\rb", "\r\n"};

static void places_agree_with_counting(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    (void)state;
    for (size_t i = 0; i < PL_COUNT(texts); i++) {
        struct str s = str_of(texts[i]);
        struct line_index lines = line_index_of(a, s);
        for (size_t at = 0; at <= s.len; at++) {
            struct line_place want = slow_place(s, at);
            struct line_place got = line_place_at(&lines, (uint32_t)at);
            struct line_place other = line_place_of(s, at);
            assert_int_equal(got.line, want.line);
            assert_int_equal(got.col, want.col);
            assert_int_equal(other.line, want.line);
            assert_int_equal(other.col, want.col);
        }
    }
}

static void an_offset_past_the_end_is_the_end(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct line_index lines = line_index_of(a, STR("ab\ncd"));
    (void)state;
    assert_int_equal(line_place_at(&lines, 99).line, 2);
    assert_int_equal(line_place_at(&lines, 99).col, 3);
    assert_int_equal(line_place_of(STR("ab\ncd"), 99).col, 3);
}

static void a_line_comes_without_its_end(void **state)
{
    static const char *const want[] = {"one", "two", "", "three", "four"};
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct str s = STR("one\r\ntwo\n\rthree\rfour");
    struct line_index lines = line_index_of(a, s);
    (void)state;
    assert_int_equal(lines.count, PL_COUNT(want));
    for (uint32_t i = 0; i < lines.count; i++) {
        struct span at = line_span(&lines, i + 1);
        assert_reads(str_part(s, at.beg, at.end), want[i]);
    }
    struct span none = line_span(&lines, lines.count + 1);
    assert_int_equal(none.beg, none.end);
    none = line_span(&lines, 0);
    assert_int_equal(none.beg, none.end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_agree_with_counting),
        cmocka_unit_test(an_offset_past_the_end_is_the_end),
        cmocka_unit_test(a_line_comes_without_its_end),
    };
    return RUN_TESTS(tests);
}
