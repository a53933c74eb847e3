/* SPDX-License-Identifier: MIT */
#include "posts.h"

static void check_quotes(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct post p;
        struct buf out PL_DEFER(buf_free) = {0};
        post_read(&p, rows[i].post, rows[i].words);
        for (uint32_t q = 0; q < p.text.quote_count; q++) {
            struct str piece = post_piece(&p, p.text.quotes[q].at);
            assert_int_equal(p.text.quotes[q].doubled, piece.ptr[0] == '"');
            buf_add(&out, str_of(q ? " | " : ""));
            buf_add(&out, piece);
        }
        assert_reads(buf_str(&out), rows[i].want);
        post_free(&p);
    }
}

static void quotations_are_found(void **state)
{
    ROWS(rows) = {
        {"He said \"it cures\" and \"x\".", "", "\"it cures\" | \"x\""},
        {"\xE2\x80\x9CIt cures.\xE2\x80\x9D", "", "\"It cures.\""},
        {"\"Two sentences. In one!\" she said", "",
            "\"Two sentences. In one!\""},
        {"the so-called 'cure' works", "", "'cure'"},
        {"'It doesn't cure' he said", "", "'It doesn't cure'"},
        {"'say \"x\" now'", "", "'say \"x\" now' | \"x\""},
        {"(\"brackets\")", "", "\"brackets\""},
        {"\"over a\nline\"", "", "\"over a\nline\""},
    };
    (void)state;
    CHECK(check_quotes, rows);
}

static void marks_that_quote_nothing(void **state)
{
    ROWS(rows) = {
        {"he is 5'10\" tall and 6'1\" wide", "", ""},
        {"don't and patients' and rock'n'roll", "", ""},
        {"the '90s and '80s", "", ""},
        {"one \"without a partner. And more.", "", ""},
        {"a \"stray\n\nmark\" and \"ok\"", "", "\"ok\""},
        {"the dogs' and 'cats\n' mat'", "", ""},
        {"\"\" and ''", "", ""},
    };
    (void)state;
    CHECK(check_quotes, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotations_are_found),
        cmocka_unit_test(marks_that_quote_nothing),
    };
    return RUN_TESTS(tests);
}
