/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/norm.h"

static void check_both(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct post p;
        post_read(&p, rows[i].post, NULL);
        struct str cased = p.text.cased, folded = p.text.folded;
        assert_int_equal(cased.len, folded.len);
        assert_int_equal(cased.ptr[cased.len], '\0');
        /* Behind each part stands a newline of nobody's. */
        assert_reads(str_part(cased, 0, cased.len - 1), rows[i].words);
        assert_reads(str_part(folded, 0, folded.len - 1), rows[i].want);
        post_free(&p);
    }
}

/* {post, cased, folded} */
static void text_is_made_plain(void **state)
{
    ROWS(rows) = {
        {"", "", ""},
        {"Plain ASCII", "Plain ASCII", "plain ascii"},
        {"a\r\nb\rc\nd", "a\nb\nc\nd", "a\nb\nc\nd"},
        {"two  blanks\t\tor tabs", "two blanks or tabs", "two blanks or tabs"},
        {"no\xC2\xA0 break", "no break", "no break"},
        {"no \xC2\xA0\xE3\x80\x80 break", "no break", "no break"},
        {"\xE2\x80\x9CSo\xE2\x80\x9D it\xE2\x80\x99s", "\"So\" it's",
            "\"so\" it's"},
        {"a \xE2\x80\x93 b", "a \xE2\x80\x94 b", "a \xE2\x80\x94 b"},
        {"18\xE2\x80\x93"
         "25",
            "18-25", "18-25"},
        {"18\xE2\x80\x94"
         "25",
            "18-25", "18-25"},
        {"doctor\xE2\x80\x93patient", "doctor-patient", "doctor-patient"},
        {"a\xE2\x80\x94"
         "b",
            "a\xE2\x80\x94"
            "b",
            "a\xE2\x80\x94"
            "b"},
        {"wait\xE2\x80\xA6", "wait...", "wait..."},
        {"\xEF\xBC\xA7\xEF\xBC\xB0 \xF0\x9D\x90\x82ure", "GP Cure", "gp cure"},
        {"\xEF\xAC\x81ne", "fine", "fine"},
        {"\xC3\x89t\xC3\xA9", "\xC3\x89t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
        {"e\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
        {"c\xCC\xB6u\xCC\xB6re", "cure", "cure"}, /* struck through */
        {"a \xCC\x81 b", "a b", "a b"},           /* a mark over nothing */
        {"2\xC2\xBD tsp", "2 1/2 tsp", "2 1/2 tsp"},
        {"10\xE2\x81\xB9", "10^9", "10^9"},
        {"CO\xE2\x82\x82", "CO2", "co2"},
        {"Botox\xC2\xAE and Botox\xE2\x84\xA2", "Botox and Botox",
            "botox and botox"},
        {"pa\xE2\x80\x8Btient", "patient", "patient"},
        {"1\xEF\xB8\x8F\xE2\x83\xA3", "1", "1"},
        {"bell\x07", "bell ", "bell "},
        /* The lower case of U+0130 is shorter: both forms are folded. */
        {"\xC4\xB0zmir", "izmir", "izmir"},
    };
    (void)state;
    CHECK(check_both, rows);
}

static void look_alikes_turn_latin_only_in_mixed_words(void **state)
{
    ROWS(rows) = {
        {"\xD1\x81"
         "an\xD1\x81"
         "er",
            "cancer", "cancer"},
        {"\xD0\xA1ure", "Cure", "cure"},
        /* a Russian word stays, also beside a dash and a Latin word */
        {"\xD1\x80\xD0\xB0\xD0\xBA", "\xD1\x80\xD0\xB0\xD0\xBA",
            "\xD1\x80\xD0\xB0\xD0\xBA"},
        {"\xD1\x80\xD0\xB0\xD0\xBA\xE2\x80\x94"
         "cancer",
            "\xD1\x80\xD0\xB0\xD0\xBA\xE2\x80\x94"
            "cancer",
            "\xD1\x80\xD0\xB0\xD0\xBA\xE2\x80\x94"
            "cancer"},
        {"\xCE\xB1-blocker", "\xCE\xB1-blocker", "\xCE\xB1-blocker"},
        {"20 \xC2\xB5g", "20 \xCE\xBCg", "20 \xCE\xBCg"},
    };
    (void)state;
    CHECK(check_both, rows);
}

static void entities_are_what_they_stand_for(void **state)
{
    ROWS(rows) = {
        {"A&amp;E", "A&E", "a&e"},
        {"&lt;3 &gt; &quot;x&quot;", "<3 > \"x\"", "<3 > \"x\""},
        {"it&#39;s it&#x27;s it&#8217;s", "it's it's it's", "it's it's it's"},
        {"a&nbsp;b", "a b", "a b"},
        {"&pound;5",
            "\xC2\xA3"
            "5",
            "\xC2\xA3"
            "5"},
        {"pa&shy;tient", "patient", "patient"},
        /* none of them */
        {"Q&A; R&D", "Q&A; R&D", "q&a; r&d"},
        {"a & b && c &", "a & b && c &", "a & b && c &"},
        {"&#;&#x;&#0;&#xD800;&#99999999;", "&#;&#x;&#0;&#xD800;&#99999999;",
            "&#;&#x;&#0;&#xd800;&#99999999;"},
        {"&unknown; &amp", "&unknown; &amp", "&unknown; &amp"},
    };
    (void)state;
    CHECK(check_both, rows);
}

static void joiners_stay_between_emoji_only(void **state)
{
    ROWS(rows) = {
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9",
            "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9",
            "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9"},
        {"\xF0\x9F\x91\xA9\xF0\x9F\x8F\xBD\xE2\x80\x8D\xE2\x9A\x95\xEF\xB8\x8F",
            "\xF0\x9F\x91\xA9\xE2\x80\x8D\xE2\x9A\x95",
            "\xF0\x9F\x91\xA9\xE2\x80\x8D\xE2\x9A\x95"},
        {"pa\xE2\x80\x8Dtient", "patient", "patient"},
        {"\xF0\x9F\x91\xA8\xE2\x80\x8Dx", "\xF0\x9F\x91\xA8x",
            "\xF0\x9F\x91\xA8x"},
    };
    (void)state;
    CHECK(check_both, rows);
}

/* Each word of the buffer leads to {.words} in the source. */
static void words_lead_back_to_the_author(void **state)
{
    ROWS(rows) = {
        {"a  \xE2\x80\x9Cpatient\xE2\x80\x9D", "patient", "patient"},
        {"pa\xE2\x80\x8Btient", "patient", "pa\xE2\x80\x8Btient"},
        {"see\xE2\x80\x8B patient now", "patient", "patient"},
        {"\xF0\x9D\x90\x82ure", "cure", "\xF0\x9D\x90\x82ure"},
        {"e\xCC\x81t\xC3\xA9 e\xCC\x81", "\xC3\xA9t\xC3\xA9",
            "e\xCC\x81t\xC3\xA9"},
        {"x&amp;&#99;ure", "cure", "&#99;ure"},
        {"o\xEF\xAC\x83"
         "ce",
            "office",
            "o\xEF\xAC\x83"
            "ce"},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct post p;
        post_read(&p, rows[i].post, NULL);
        size_t at = str_find(p.text.folded, str_of(rows[i].words));
        assert_true(at < p.text.folded.len);
        struct span span = {
            (uint32_t)at, (uint32_t)(at + strlen(rows[i].words))};
        assert_reads(post_source(&p, span), rows[i].want);
        post_free(&p);
    }
}

static void a_part_of_a_replacement_is_all_of_it(void **state)
{
    struct post p;
    (void)state;
    post_read(&p, "a\xEF\xAC\x83x \xC3\xA9", NULL); /* a, ffi, x, e acute */
    assert_reads(post_source(&p, (struct span){2, 3}), "\xEF\xAC\x83");
    assert_reads(post_source(&p, (struct span){0, 2}), "a\xEF\xAC\x83");
    assert_reads(post_source(&p, (struct span){3, 5}), "\xEF\xAC\x83x");
    /* no character is cut */
    assert_reads(post_source(&p, (struct span){6, 7}), "\xC3\xA9");
    assert_reads(post_source(&p, (struct span){7, 8}), "\xC3\xA9");
    post_free(&p);
}

static void runs_are_read_as_one(void **state)
{
    struct post p;
    struct doc_run runs[] = {
        {.source = {2, 4}}, {.source = {6, 9}, .text = STR("&amp;D")}};
    (void)state;
    post_set(&p, STR("**R&**xyz"));
    p.part.runs = runs;
    p.part.run_count = 2;
    post_analyse(&p, NULL);
    assert_reads(p.text.cased, "R&&D\n");
    assert_reads(post_source(&p, (struct span){2, 3}), "xyz");
    assert_reads(post_source(&p, (struct span){0, 4}), "R&**xyz");
    post_free(&p);
}

static void parts_are_parted(void **state)
{
    struct post p;
    struct doc_run runs[] = {{.source = {0, 3}}, {.source = {4, 7}}};
    struct doc_part parts[] = {{.runs = runs, .run_count = 1},
        {.zone = ZONE_ALT, .runs = runs + 1, .run_count = 1},
        {.runs = NULL, .run_count = 0}};
    (void)state;
    post_set(&p, STR("one|two"));
    p.doc.parts = parts;
    p.doc.part_count = 3;
    post_analyse(&p, NULL);
    assert_reads(p.text.cased, "one\ntwo\n\n");
    assert_int_equal(p.text.main_sentences, 3);
    assert_int_equal(p.text.tokens[1].zones, ZONE_BIT(ZONE_ALT));
    post_free(&p);
}

static void check_fails(
    struct str bytes, enum err_code code, uint32_t line, uint32_t col)
{
    struct post p;
    post_set(&p, bytes);
    p.vocab = (struct vocab){post_has, ""};
    assert_false(text_analyse(p.arena, &p.doc, &p.vocab, &p.text, &p.err));
    assert_int_equal(p.err.code, code);
    assert_int_equal(p.err.at.line, line);
    assert_int_equal(p.err.at.col, col);
    post_free(&p);
}

static void bad_text_fails_with_its_place(void **state)
{
    (void)state;
    check_fails(STR("ok\nno \xFF"), ERR_UTF8, 2, 4);
    check_fails(STR("\xC3"), ERR_UTF8, 1, 1);
    check_fails(STR("a\r\nb\rc\0d"), ERR_NUL, 3, 2);
}

static void only_words_with_something_inside_are_hidden(void **state)
{
    static const struct {
        const char *post, *want; /* hidden words, parted by | */
    } rows[] = {
        {"pa\xE2\x80\x8Btient", "pa\xE2\x80\x8Btient"},
        {"98\xC2\xAD"
         "7 65\xE2\x81\xA0"
         "4",
            "98\xC2\xAD"
            "7|65\xE2\x81\xA0"
            "4"},
        {"x \xE2\x80\x8B y\xE2\x80\x8B.", ""}, {"\xEF\xBB\xBFpatient", ""},
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9", ""},
        {"\xD1\x81"
         "ancer",
            ""}, /* disguised, but seen */
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct post p;
        struct buf out PL_DEFER(buf_free) = {0};
        post_read(&p, rows[i].post, NULL);
        for (uint32_t h = 0; h < p.text.hidden_count; h++) {
            buf_add(&out, str_of(h ? "|" : ""));
            buf_add(&out, post_source(&p, p.text.hidden[h].at));
        }
        assert_reads(buf_str(&out), rows[i].want);
        post_free(&p);
    }
}

static void disguised_words_are_marked(void **state)
{
    static const struct {
        const char *post;
        bool disguised;
    } rows[] = {
        {"\xD1\x81"
         "ancer",
            true},
        {"cance\xD1\x80", true},
        {"c\xCC\xB6ure", true},
        {"pa\xE2\x80\x8Btient", true},
        {"TNF\xCE\xB1", false},
        {"patient\xE2\x80\x8B", false},
        {"\xE2\x80\x8Bpatient", false},
        {"caf\xC3\xA9", false},
        {"\xEF\xBC\xA7\xEF\xBC\xB0", false},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct post p;
        post_read(&p, rows[i].post, NULL);
        assert_int_equal(p.text.main_count, 1);
        assert_int_equal(
            (p.text.tokens[0].flags & TOKEN_DISGUISED) != 0, rows[i].disguised);
        post_free(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_made_plain),
        cmocka_unit_test(look_alikes_turn_latin_only_in_mixed_words),
        cmocka_unit_test(entities_are_what_they_stand_for),
        cmocka_unit_test(joiners_stay_between_emoji_only),
        cmocka_unit_test(words_lead_back_to_the_author),
        cmocka_unit_test(a_part_of_a_replacement_is_all_of_it),
        cmocka_unit_test(runs_are_read_as_one),
        cmocka_unit_test(parts_are_parted),
        cmocka_unit_test(bad_text_fails_with_its_place),
        cmocka_unit_test(only_words_with_something_inside_are_hidden),
        cmocka_unit_test(disguised_words_are_marked),
    };
    return RUN_TESTS(tests);
}
