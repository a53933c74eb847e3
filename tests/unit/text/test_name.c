/* SPDX-License-Identifier: MIT */
#include "posts.h"

static void capitals_and_digits_part_hashtags(void **state)
{
    ROWS(rows) = {
        {"#GarlicCuresCovid", "", "garlic|cures|covid"},
        {"#NHSHeroes", "", "nhs|heroes"},
        {"#OurGPs", "", "our|gps"},
        {"#GPsRock", "", "gps|rock"},
        {"#PrayForLily", "", "pray|for|lily"},
        {"#COVID19", "", "covid|n:19"},
        {"#COVID19", "covid19", "c:covid19"},
        {"#B12", "", "c:b12"},
        {"#Type1Diabetes", "", "type|n:1|diabetes"},
        {"#34yo", "", "c:34yo"},
        {"#100days", "", "n:100|days"},
        {"#long_covid", "", "long|covid"},
        {"#\xC3\x89t\xC3\xA9", "", "\xC3\xA9t\xC3\xA9"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void word_lists_part_what_has_no_capitals(void **state)
{
    ROWS(rows) = {
        {"#garliccurescovid", "garlic cures covid", "garlic|cures|covid"},
        {"#ilovemyjob", "i love my job", "i|love|my|job"},
        {"#ENDCANCER", "end cancer", "end|cancer"},
        /* the fewest words */
        {"#nonsense", "non sense nonsense", "nonsense"},
        {"#therapist", "the rapist therapist", "therapist"},
        /* all of it or nothing */
        {"#garliccuresx", "garlic cures", "garliccuresx"},
        {"#nhsheroes", "", "nhsheroes"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void what_is_no_hashtag(void **state)
{
    ROWS(rows) = {
        {"#1 in town", "", "n:1|in|town"},
        {"a#b", "", "a|b"},
        {"# alone", "", "alone"},
        {"caf\xC3\xA9#x", "", "caf\xC3\xA9|x"},
        {"\xF0\x9F\x92\x99#ad", "", "j:\xF0\x9F\x92\x99|ad"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void tags_know_their_run_and_words(void **state)
{
    struct post p;
    (void)state;
    post_read(&p, "Text #one #TwoWords\n#three, #four", NULL);
    assert_int_equal(p.text.tag_count, 4);
    assert_reads(p.text.tags[1].word, "#twowords");
    assert_true(p.text.tags[1].hash == str_hash(STR("#twowords")));
    assert_int_equal(p.text.tags[1].tok_end - p.text.tags[1].tok_beg, 2);
    assert_int_equal(p.text.tags[0].run, 3);
    assert_int_equal(p.text.tags[2].place, 3);
    assert_int_equal(p.text.tags[3].run, 1);
    assert_int_equal(p.text.tokens[p.text.tags[1].tok_beg].tag, 2);
    assert_true(p.text.tokens[1].flags & TOKEN_TAGGED);
    assert_int_equal(
        p.text.tokens[1].zones & ZONE_BIT(ZONE_TAGS), ZONE_BIT(ZONE_TAGS));
    assert_int_equal(p.text.tokens[1].zones & ZONE_BIT(ZONE_PROSE), 0);
    post_free(&p);
}

static void file_names_are_split(void **state)
{
    struct post p;
    struct buf out PL_DEFER(buf_free) = {0};
    (void)state;
    post_set(&p, STR("IMG_JohnSmith-2024.jpg"));
    p.part.zone = ZONE_FILE;
    post_analyse(&p, NULL);
    post_put_tokens(&p, 0, p.text.main_count, &out);
    assert_reads(buf_str(&out), "img|john|smith|n:2024|jpg");
    assert_int_equal(p.text.tokens[0].zones, ZONE_BIT(ZONE_FILE));
    post_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capitals_and_digits_part_hashtags),
        cmocka_unit_test(word_lists_part_what_has_no_capitals),
        cmocka_unit_test(what_is_no_hashtag),
        cmocka_unit_test(tags_know_their_run_and_words),
        cmocka_unit_test(file_names_are_split),
    };
    return RUN_TESTS(tests);
}
