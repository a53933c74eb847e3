/* SPDX-License-Identifier: MIT */
#include "posts.h"

static void words_lose_what_hangs_on(void **state)
{
    ROWS(rows) = {
        {"The patient's chart", "", "the|patient|chart"},
        {"patients' charts", "", "patients|charts"},
        {"don\xE2\x80\x99t I'm o'clock", "", "don't|i'm|o'clock"},
        {"'quoted' rock'n'roll", "", "quoted|rock'n'roll"},
        {"well-known A&E and/or", "", "well|known|a|e|and|or"},
        {"na\xC3\xAFve e\xCC\x81t\xC3\xA9", "",
            "na\xC3\xAFve|\xC3\xA9t\xC3\xA9"},
        {"", "", ""},
        {" ... !? ", "", ""},
        {"\xD0\xB4\xD0\xB0 \xE8\xAA\x9E", "", "\xD0\xB4\xD0\xB0|\xE8\xAA\x9E"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void numbers_lose_their_commas(void **state)
{
    ROWS(rows) = {
        {"1,234.5 of 12,345,678", "", "n:1234.5|of|n:12345678"},
        {"1,23,456 rupees", "", "n:123456|rupees"},
        {"beds 3,4 and 5", "", "beds|n:3|n:4|and|n:5"},
        {"2019,2020", "", "n:2019|n:2020"},
        {"1,2345", "", "n:1|n:2345"},
        {"10% or 2.5%", "", "n:10%|or|n:2.5%"},
        {"at 10:30", "", "at|n:10|n:30"},
        {"12/03/24 and 12.03.2024", "", "n:12|n:03|n:24|and|n:12.03.2024"},
        {"the 1990's", "", "the|n:1990"},
        {"5.", "", "n:5"},
        {"7-10", "", "n:7|n:10"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void letters_with_digits_are_codes(void **state)
{
    ROWS(rows) = {
        {"B12 HbA1c 34yo", "", "c:b12|c:hba1c|c:34yo"},
        {"20mg 1.5mg 10,000iu", "", "c:20mg|c:1.5mg|c:10000iu"},
        {"1st 90s", "", "c:1st|c:90s"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void an_emoji_is_one_token(void **state)
{
    ROWS(rows) = {
        {"ok\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "",
            "ok|j:\xF0\x9F\x98\x80|j:\xF0\x9F\x98\x80"},
        /* skin tone; a sign for a man or woman is no part of the word */
        {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", "", "j:\xF0\x9F\x91\x8D"},
        {"\xF0\x9F\xA4\xB7\xF0\x9F\x8F\xBD\xE2\x80\x8D\xE2\x99\x80\xEF\xB8\x8F",
            "", "j:\xF0\x9F\xA4\xB7"},
        /* a family */
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7", "",
            "j:\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7"},
        /* a flag, and two */
        {"\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7\xF0\x9F\x87\xAE\xF0\x9F\x87\xAA", "",
            "j:\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7|"
            "j:\xF0\x9F\x87\xAE\xF0\x9F\x87\xAA"},
        {"1\xEF\xB8\x8F\xE2\x83\xA3 tip", "", "n:1|tip"},
        {"\xE2\x9D\x8C no \xE2\x86\x92 yes", "",
            "j:\xE2\x9D\x8C|no|j:\xE2\x86\x92|yes"},
        {"39\xC2\xB0"
         "C \xE2\x80\xA2 \xE2\x94\x81",
            "", "n:39|c"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void a_tone_mark_stands_alone(void **state)
{
    ROWS(rows) = {
        {"sure /s", "", "sure|/s"},
        {"/j.", "", "/j"},
        {"m/s and/s 5 /sx", "", "m|s|and|s|n:5|sx"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void case_is_told_by_flags(void **state)
{
    static const struct {
        const char *post;
        uint16_t flags;
    } rows[] = {
        {"word", 0},
        {"Word", TOKEN_CAPITAL},
        {"WORD", TOKEN_CAPITAL | TOKEN_CAPS},
        {"wORD", 0},
        {"A", TOKEN_CAPITAL},
        {"NHS's", TOKEN_CAPITAL | TOKEN_CAPS | TOKEN_POSSESSIVE},
        {"Ann's", TOKEN_CAPITAL | TOKEN_POSSESSIVE},
        {"H1N1", TOKEN_CAPITAL | TOKEN_CAPS},
        {"\xC3\x89T\xC3\x89", TOKEN_CAPITAL | TOKEN_CAPS},
        {"\xC3\x89t\xC3\xA9", TOKEN_CAPITAL},
        {"12", 0},
    };
    const uint16_t mask = TOKEN_CAPITAL | TOKEN_CAPS | TOKEN_POSSESSIVE;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct post p;
        post_read(&p, rows[i].post, NULL);
        assert_int_equal(p.text.main_count, 1);
        assert_int_equal(p.text.tokens[0].flags & mask, rows[i].flags);
        post_free(&p);
    }
}

static void tokens_know_their_place_and_hash(void **state)
{
    struct post p;
    (void)state;
    post_read(
        &p, "The \xE2\x80\x9CNHS\xE2\x80\x99s\xE2\x80\x9D 1,000 beds", NULL);
    assert_int_equal(p.text.main_count, 4);
    assert_reads(post_source(&p, p.text.tokens[1].at), "NHS\xE2\x80\x99s");
    assert_reads(post_source(&p, p.text.tokens[2].at), "1,000");
    for (uint32_t i = 0; i < p.text.main_count; i++)
        assert_true(p.text.tokens[i].hash == str_hash(p.text.tokens[i].word));
    post_free(&p);
}

static void zones_of_a_post(void **state)
{
    struct post p;
    const uint16_t body = ZONE_BIT(ZONE_BODY) | ZONE_BIT(ZONE_HEAD);
    (void)state;
    post_read(&p, "word #tag @tom x.example/y a@b.example", NULL);
    assert_int_equal(p.text.tokens[0].zones, body | ZONE_BIT(ZONE_PROSE));
    assert_int_equal(p.text.tokens[1].zones, body | ZONE_BIT(ZONE_TAGS));
    assert_int_equal(p.text.tokens[2].zones, body);
    assert_int_equal(p.text.tokens[3].zones, body);
    assert_int_equal(p.text.tokens[4].zones, body);
    post_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_lose_what_hangs_on),
        cmocka_unit_test(numbers_lose_their_commas),
        cmocka_unit_test(letters_with_digits_are_codes),
        cmocka_unit_test(an_emoji_is_one_token),
        cmocka_unit_test(a_tone_mark_stands_alone),
        cmocka_unit_test(case_is_told_by_flags),
        cmocka_unit_test(tokens_know_their_place_and_hash),
        cmocka_unit_test(zones_of_a_post),
    };
    return RUN_TESTS(tests);
}
