/* SPDX-License-Identifier: MIT */
#include "posts.h"

static void the_head_ends_at_the_fold(void **state)
{
    struct post p;
    (void)state;
    post_set(&p, STR("one two three four"));
    p.doc.fold_at = 8; /* before "three" begins */
    post_analyse(&p, NULL);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(
            (p.text.tokens[i].zones & ZONE_BIT(ZONE_HEAD)) != 0, i < 2);
    post_free(&p);
}

static void the_fold_counts_characters_not_bytes(void **state)
{
    struct post p;
    (void)state;
    post_set(&p, STR("\xC3\xA9\xC3\xA9\xC3\xA9 ad then"));
    p.doc.fold_at = 5;
    post_analyse(&p, NULL);
    assert_true(p.text.tokens[1].zones & ZONE_BIT(ZONE_HEAD));
    assert_false(p.text.tokens[2].zones & ZONE_BIT(ZONE_HEAD));
    post_free(&p);
}

static void a_long_run_of_hashtags_is_no_head(void **state)
{
    struct post p;
    (void)state;
    post_read(&p, "#ad #one #two #three", NULL);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(
            (p.text.tokens[i].zones & ZONE_BIT(ZONE_HEAD)) != 0, i == 0);
    post_free(&p);
    post_read(&p, "#one #two #ad", NULL);
    assert_true(p.text.tokens[2].zones & ZONE_BIT(ZONE_HEAD));
    post_free(&p);
}

static void spans_lead_to_tokens_and_sentences(void **state)
{
    struct post p;
    uint32_t beg, end;
    (void)state;
    post_read(&p, "One two. Three four", NULL);
    text_tokens(&p.text, (struct span){4, 10}, &beg, &end);
    assert_int_equal(beg, 1);
    assert_int_equal(end, 3);
    text_tokens(&p.text, (struct span){7, 8}, &beg, &end); /* the dot */
    assert_int_equal(beg, 2);
    assert_int_equal(end, 2);
    text_tokens(&p.text, (struct span){30, 31}, &beg, &end);
    assert_int_equal(beg, 4);
    assert_int_equal(end, 4);
    assert_int_equal(text_sentence_at(&p.text, 0), 0);
    assert_int_equal(text_sentence_at(&p.text, 7), 0);
    assert_int_equal(text_sentence_at(&p.text, 9), 1);
    assert_int_equal(text_sentence_at(&p.text, 99), 1);
    post_free(&p);
}

static void every_token_stands_in_its_sentence(void **state)
{
    struct post p;
    (void)state;
    post_read(&p, "A b. C @dr_who d!\n\ne x.example #Two #more", NULL);
    for (uint32_t s = 0; s < p.text.sentence_count; s++) {
        const struct sentence *at = &p.text.sentences[s];
        for (uint32_t i = at->tok_beg; i < at->tok_end; i++) {
            assert_int_equal(p.text.tokens[i].sentence, s);
            assert_true(span_holds(at->at, p.text.tokens[i].at));
        }
    }
    post_free(&p);
}

static void what_a_post_is_told_of(void **state)
{
    struct post p;
    (void)state;
    post_read(&p, "@tom see x.example/y", NULL);
    assert_true(p.text.opens_with_mention);
    assert_true(p.text.has_link);
    post_free(&p);
    post_read(&p, "see @tom", NULL);
    assert_false(p.text.opens_with_mention);
    assert_false(p.text.has_link);
    post_free(&p);
    post_read(&p, "", NULL);
    assert_int_equal(p.text.main_count, 0);
    assert_int_equal(p.text.main_sentences, 1);
    post_free(&p);
}

/* An entry of a word list must give what a post gives. */
static void phrases_split_as_posts_do(void **state)
{
    static const struct {
        const char *phrase, *want;
    } rows[] = {
        {"Don't call", "don't|call"},
        {"covid-19", "covid|19"},
        {"A&E", "a|e"},
        {"#Ad", "#ad"},
        {"#GarlicCures now", "#garliccures|now"},
        {"@NHS", "@nhs"},
        {"b12", "b12"},
        {"10%", "10%"},
        {"/s", "/s"},
        {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", "\xF0\x9F\x91\x8D"},
        {"Crohn's disease", "crohn|disease"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct arena *a PL_DEFER(arena_freep) = arena_new(0);
        struct buf out PL_DEFER(buf_free) = {0};
        struct token tokens[4];
        size_t count = text_phrase(a, str_of(rows[i].phrase), tokens, 4);
        for (size_t k = 0; k < count; k++) {
            buf_add(&out, str_of(k ? "|" : ""));
            buf_add(&out, tokens[k].word);
            assert_true(tokens[k].hash == str_hash(tokens[k].word));
        }
        assert_reads(buf_str(&out), rows[i].want);
    }
}

static void a_phrase_that_is_too_long_is_told(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct token tokens[2];
    (void)state;
    assert_int_equal(text_phrase(a, STR("one two three"), tokens, 2), 3);
    assert_int_equal(text_phrase(a, STR("one two three four"), tokens, 2), 3);
}

static void short_strings_fold(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    (void)state;
    assert_reads(text_fold(a, STR("St Mary\xE2\x80\x99s \xC3\x89")),
        "st mary's \xC3\xA9");
    assert_reads(text_fold(a, STR("")), "");
    assert_reads(text_fold(a, STR("\xFF")), "\xFF"); /* left as it is */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_ends_at_the_fold),
        cmocka_unit_test(the_fold_counts_characters_not_bytes),
        cmocka_unit_test(a_long_run_of_hashtags_is_no_head),
        cmocka_unit_test(spans_lead_to_tokens_and_sentences),
        cmocka_unit_test(every_token_stands_in_its_sentence),
        cmocka_unit_test(what_a_post_is_told_of),
        cmocka_unit_test(phrases_split_as_posts_do),
        cmocka_unit_test(a_phrase_that_is_too_long_is_told),
        cmocka_unit_test(short_strings_fold),
    };
    return RUN_TESTS(tests);
}
