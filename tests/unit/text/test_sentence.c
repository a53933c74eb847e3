/* SPDX-License-Identifier: MIT */
#include "base/limits.h"
#include "posts.h"

static void check_plain(const struct row *rows, size_t count)
{
    check_sentences(rows, count, false);
}

static void check_flowing(const struct row *rows, size_t count)
{
    check_sentences(rows, count, true);
}

static void marks_before_a_blank_end_sentences(void **state)
{
    ROWS(rows) = {
        {"One. Two! Three? Four\xE2\x80\xA6 Five", "",
            "One. / Two! / Three? / Four... / Five"},
        {"What?! No... really", "", "What?! / No... / really"},
        {"(He left.) She stayed", "", "(He left.) / She stayed"},
        {"**Bold.** Next", "", "**Bold.** / Next"},
        {"Great!\xF0\x9F\x98\x80 Next", "", "Great! / \xF0\x9F\x98\x80 Next"},
        {"no blank.Here", "", "no blank.Here"},
        {"v1.2 and nhs.uk is 3.5. Done", "", "v1.2 and nhs.uk is 3.5. / Done"},
        {"", "", ""},
        {" . ", "", "."},
    };
    (void)state;
    CHECK(check_plain, rows);
}

static void dots_that_end_nothing(void **state)
{
    ROWS(rows) = {
        {"Dr. Shah and Mrs. Lee v. J. Smith", "",
            "Dr. Shah and Mrs. Lee v. J. Smith"},
        {"Saw (J. Smith) today", "", "Saw (J. Smith) today"},
        {"e.g. this, i.e. that, at 3 a.m. today", "",
            "e.g. this, i.e. that, at 3 a.m. today"},
        {"Bed No. 5 at St. Mary", "", "Bed No. 5 at St. Mary"},
        {"approx. 5 vs. 6", "", "approx. 5 vs. 6"},
        {"the pt. was fine", "", "the pt. was fine"},
        {"zinc, etc. and more", "", "zinc, etc. and more"},
        {"2. Second", "", "2. Second"},
        {"the U.S. agency", "", "the U.S. agency"},
    };
    (void)state;
    CHECK(check_plain, rows);
}

static void dots_that_do(void **state)
{
    ROWS(rows) = {
        {"Say no. Then go", "", "Say no. / Then go"},
        {"Take vitamin C. It helps", "", "Take vitamin C. / It helps"},
        {"Vitamin C. It helps", "", "Vitamin C. / It helps"},
        {"So am I. We went", "", "So am I. / We went"},
        {"zinc, etc. Then more", "", "zinc, etc. / Then more"},
        {"I have 2. You have 3", "", "I have 2. / You have 3"},
        {"Was it 20? Yes", "", "Was it 20? / Yes"},
    };
    (void)state;
    CHECK(check_plain, rows);
}

static void quotations_are_not_cut(void **state)
{
    ROWS(rows) = {
        {"\"It works. Really.\" He left", "",
            "\"It works. Really.\" / He left"},
        {"\"It works!\" she said. Then", "", "\"It works!\" she said. / Then"},
        {"\"stray. Next one", "", "\"stray. / Next one"},
        {"So it is (yes!) here. Next", "", "So it is (yes!) here. / Next"},
        {"'Single. Ones' are", "", "'Single. / Ones' are"},
    };
    (void)state;
    CHECK(check_plain, rows);
}

static void lines_end_sentences(void **state)
{
    ROWS(rows) = {
        {"one\ntwo\n\nthree", "", "one / two / three"},
        {"one\r\ntwo", "", "one / two"},
        {"\xE2\x9D\x8C no\n\xE2\x9C\x85 yes", "",
            "\xE2\x9D\x8C no / \xE2\x9C\x85 yes"},
    };
    (void)state;
    CHECK(check_plain, rows);
}

static void in_flowing_text_only_blank_lines_and_signs_do(void **state)
{
    ROWS(rows) = {
        {"one\ntwo\n\nthree\n \nfour", "", "one\ntwo / three / four"},
        {"no\n\xE2\x9D\x8C no\n \xE2\x9C\x85 yes\n\xE2\x80\xA2 item", "",
            "no / \xE2\x9D\x8C no / \xE2\x9C\x85 yes / \xE2\x80\xA2 item"},
        {"a \xE2\x9D\x8C b", "", "a \xE2\x9D\x8C b"},
    };
    (void)state;
    CHECK(check_flowing, rows);
}

static void over_long_sentences_are_cut_at_a_blank(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    size_t len = 3 * (size_t)LIMIT_SENTENCE;
    char *bytes = ARENA_NEW(a, char, len);
    struct post p;
    (void)state;
    for (size_t i = 0; i < len; i++)
        bytes[i] = i % 8 == 7 ? ' ' : 'a';
    post_set(&p, (struct str){bytes, len});
    post_analyse(&p, NULL);
    assert_in_range(p.text.main_sentences, 3, 4);
    for (uint32_t i = 0; i < p.text.main_sentences; i++) {
        const struct sentence *s = &p.text.sentences[i];
        assert_true(s->at.end - s->at.beg <= LIMIT_SENTENCE + 1);
        assert_int_equal(s->label, i == 0);
        assert_int_equal(p.text.tokens[s->tok_beg].at.beg, s->at.beg);
    }
    post_free(&p);
}

/* The post with its flags before each word: B clause, : colon, H hard, 1
   first, L line. */
static void check_flags(const struct row *rows, size_t count)
{
    static const struct {
        uint16_t flag;
        char sign;
    } signs[] = {{TOKEN_FIRST, '1'}, {TOKEN_LINE, 'L'}, {TOKEN_HARD, 'H'},
        {TOKEN_BREAK, 'B'}, {TOKEN_COLON, ':'}};
    for (size_t i = 0; i < count; i++) {
        struct post p;
        struct buf out PL_DEFER(buf_free) = {0};
        post_read(&p, rows[i].post, rows[i].words);
        for (uint32_t t = 0; t < p.text.main_count; t++) {
            buf_add(&out, str_of(t ? " " : ""));
            for (size_t f = 0; f < PL_COUNT(signs); f++)
                if (p.text.tokens[t].flags & signs[f].flag)
                    buf_addc(&out, signs[f].sign);
            buf_addc(&out, '-');
            buf_add(&out, p.text.tokens[t].word);
        }
        assert_reads(buf_str(&out), rows[i].want);
        post_free(&p);
    }
}

static void clauses_begin_at_strong_marks(void **state)
{
    ROWS(rows) = {
        {"a; b", "", "1LH-a HB-b"},
        {"a: b", "", "1LH-a HB:-b"},
        {"a \xE2\x80\x94 b", "", "1LH-a HB-b"},
        {"a - b", "", "1LH-a HB-b"},
        {"a -- b", "", "1LH-a HB-b"},
        {"a, b (c)", "", "1LH-a H-b H-c"},
        {"a b/c d-e", "", "1LH-a -b -c -d -e"},
        {"at 10:30", "", "1LH-at -10 H-30"},
        {"- item", "", "1LH-item"},
        {"to a. B", "", "1LH-to -a 1H-b"},
        {"Go. On", "", "1LH-go 1H-on"},
        {"a\nb", "", "1LH-a 1LH-b"},
    };
    (void)state;
    CHECK(check_flags, rows);
}

static void what_opens_a_sentence_is_first(void **state)
{
    ROWS(rows) = {
        {"\xE2\x9D\x8C \xE2\x9C\x85 Ad now", "",
            "1LH-\xE2\x9D\x8C 1-\xE2\x9C\x85 1-ad -now"},
        {"@tom @sue Take it", "", "1LH-@tom 1-@sue 1-take -it"},
        {"2. Second thing", "", "1LH-2 1-second -thing"},
        {"1) Two", "", "1LH-1 1H-two"},
        {"30 beds", "", "1LH-30 -beds"},
        {"Hi @tom take", "", "1LH-hi -@tom -take"},
    };
    (void)state;
    CHECK(check_flags, rows);
}

static void a_hashtag_of_several_words_is_a_clause(void **state)
{
    ROWS(rows) = {
        {"try #TwoWords now", "", "1LH-try B-two -words B-now"},
        {"try #one now", "", "1LH-try -one -now"},
        {"#TwoWords #one", "", "1LH-two -words B-one"},
        {"x #TwoWords", "", "1LH-x B-two -words"},
    };
    (void)state;
    CHECK(check_flags, rows);
}

static void the_closing_mark_is_told(void **state)
{
    struct post p;
    static const char want[] = {'.', '?', '!', '?', 0, '.'};
    (void)state;
    post_read(&p, "A bit. Why? Oh! What?! line\nEnd.", NULL);
    assert_int_equal(p.text.main_sentences, PL_COUNT(want));
    for (size_t i = 0; i < PL_COUNT(want); i++)
        assert_int_equal(p.text.sentences[i].closed_by, want[i]);
    post_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_before_a_blank_end_sentences),
        cmocka_unit_test(dots_that_end_nothing),
        cmocka_unit_test(dots_that_do),
        cmocka_unit_test(quotations_are_not_cut),
        cmocka_unit_test(lines_end_sentences),
        cmocka_unit_test(in_flowing_text_only_blank_lines_and_signs_do),
        cmocka_unit_test(over_long_sentences_are_cut_at_a_blank),
        cmocka_unit_test(clauses_begin_at_strong_marks),
        cmocka_unit_test(what_opens_a_sentence_is_first),
        cmocka_unit_test(a_hashtag_of_several_words_is_a_clause),
        cmocka_unit_test(the_closing_mark_is_told),
    };
    return RUN_TESTS(tests);
}
