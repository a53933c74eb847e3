/* SPDX-License-Identifier: MIT */
#include "posts.h"

static void masked_words_are_undone_if_known(void **state)
{
    ROWS(rows) = {
        {"v@xx", "vaxx", "vaxx"}, {"the v@x!", "vax", "the|vax"},
        {"f*ck", "fuck", "fuck"}, {"sh!t happens", "shit", "shit|happens"},
        {"F*** this", "fuck", "fuck|this"}, {"b**ch", "bitch", "bitch"},
        {"bl**dy", "bloody", "bloody"}, {"a$$", "ass", "ass"},
        {"$hot", "shot", "shot"}, {"c0vid-19", "covid", "covid|n:19"},
        {"v1tamin", "vitamin", "vitamin"}, {"k1ll", "kill", "kill"},
        {"pr1ck", "prick", "prick"}, {"h3l1", "hell", "hell"}, /* 1 is i or l */
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void what_hides_nothing_stays(void **state)
{
    ROWS(rows) = {
        {"B12, 5G and H1N1", "bit", "c:b12|c:5g|and|c:h1n1"},
        {"A1C", "aic", "c:a1c"},
        {"vitamin B6", "bo", "vitamin|c:b6"},
        {"v@xx", "", "v|xx"},
        {"cures* it", "curesa curesu", "cures|it"}, /* a footnote */
        {"**bold** word", "bolduc", "bold|word"},
        {"2*3", "", "n:2|n:3"},
        {"wow! so", "wowi", "wow|so"},
        {"me@work", "work", "me|work"},
        {"c0vid", "covid c0vid", "c:c0vid"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void stretched_words_are_cut_if_known(void **state)
{
    ROWS(rows) = {
        {"soooo", "so", "so"},
        {"goooood", "good", "good"},
        {"goooood", "god good", "good"},
        {"goood", "god", "god"},
        {"soooo", "", "soooo"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaah", "ah", "ah"},
        {"cool", "col", "cool"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void accents_are_dropped_where_only_that_is_known(void **state)
{
    ROWS(rows) = {
        {"Sj\xC3\xB6gren's", "sjogren", "sjogren"},
        {"Sj\xC3\xB6gren", "sjogren sj\xC3\xB6gren", "sj\xC3\xB6gren"},
        {"na\xC3\xAFve", "", "na\xC3\xAFve"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void letters_apart_are_joined_if_known(void **state)
{
    ROWS(rows) = {
        {"v-a-x now", "vax", "vax|now"},
        {"c.a.n.c.e.r.", "cancer", "cancer"},
        {"j o h n", "john", "john"},
        {"a c u r e", "cure", "a|cure"},
        {"N.H.S. staff", "nhs", "nhs|staff"},
        {"a b c", "abc", "a|b|c"}, /* three with blanks are too few */
        {"v-a x", "vax", "v|a|x"}, /* one sign only */
        {"v-a-x", "", "v|a|x"},
        {"b a d d a y", "bad day", "b|a|d|d|a|y"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void tags_and_mentions_move_with_joined_letters(void **state)
{
    struct post p;
    (void)state;
    post_read(&p, "v-a-x #GoodDay d-i-e @DrWho #x", "vax die");
    assert_int_equal(p.text.main_count, 6);
    assert_int_equal(p.text.tags[0].tok_beg, 1);
    assert_int_equal(p.text.tags[0].tok_end, 3);
    assert_int_equal(p.text.tags[1].tok_beg, 5);
    assert_int_equal(p.text.tags[1].tok_end, 6);
    /* the words of the mention lie where the mention does */
    assert_int_equal(p.text.sentences[1].at.beg, p.text.tokens[4].at.beg);
    assert_reads(p.text.tokens[p.text.main_count + 1].word, "who");
    post_free(&p);
}

static void what_was_undone_is_marked(void **state)
{
    static const struct {
        const char *post;
        uint16_t flag;
    } rows[] = {
        {"v-a-x", TOKEN_DISGUISED},
        {"v@xx", TOKEN_DISGUISED},
        {"V.A.X.", 0}, /* an acronym with its dots */
        {"vaxxxx", 0},
        {"vax", 0},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct post p;
        post_read(&p, rows[i].post, "vax vaxx");
        assert_int_equal(p.text.main_count, 1);
        assert_int_equal(
            p.text.tokens[0].flags & TOKEN_DISGUISED, rows[i].flag);
        assert_int_equal(p.text.tokens[0].at.beg, 0);
        post_free(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masked_words_are_undone_if_known),
        cmocka_unit_test(what_hides_nothing_stays),
        cmocka_unit_test(stretched_words_are_cut_if_known),
        cmocka_unit_test(accents_are_dropped_where_only_that_is_known),
        cmocka_unit_test(letters_apart_are_joined_if_known),
        cmocka_unit_test(tags_and_mentions_move_with_joined_letters),
        cmocka_unit_test(what_was_undone_is_marked),
    };
    return RUN_TESTS(tests);
}
