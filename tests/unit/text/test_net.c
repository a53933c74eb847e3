/* SPDX-License-Identifier: MIT */
#include "posts.h"

static void links_are_whole(void **state)
{
    ROWS(rows) = {
        {"see https://x.example/a?b=1#c.", "",
            "see|l:https://x.example/a?b=1#c"},
        {"(http://x.example)", "", "l:http://x.example"},
        {"https://x.example/a_(b) too", "", "l:https://x.example/a_(b)|too"},
        {"(see https://x.example/a)", "", "see|l:https://x.example/a"},
        {"www.nhs.uk, then", "", "l:www.nhs.uk|then"},
        {"nhs.uk/foo?x", "", "l:nhs.uk/foo?x"},
        {"My-Clinic.co.uk.", "", "l:my-clinic.co.uk"},
        {"NHS.UK", "", "l:nhs.uk"},
        {"clinic.com.ng now", "", "l:clinic.com.ng|now"},
        {"youtu.be/x1", "", "l:youtu.be/x1"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void sentence_ends_without_a_blank_are_no_links(void **state)
{
    ROWS(rows) = {
        {"I went home.In bed now", "", "i|went|home|in|bed|now"},
        {"let it.be", "", "let|it|be"},
        {"e.g. this", "", "e|g|this"},
        {"12.5mg", "", "c:12.5mg"},
        {"http:// alone", "", "http|alone"},
        {"a.b.c.d.zz", "", "a|b|c|d|zz"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void addresses_are_whole(void **state)
{
    ROWS(rows) = {
        {"Mail j.o-b+x@mail.example.com.", "",
            "mail|e:j.o-b+x@mail.example.com"},
        {"o'brien@x.ie", "", "e:o'brien@x.ie"},
        {"me@home", "", "me|home"},
        {"a.b.c@d", "", "a|b|c|d"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

static void mentions_are_whole(void **state)
{
    ROWS(rows) = {
        {"@DrSmith_NHS hi", "", "m:@drsmith_nhs|hi"},
        {"hi @tom.", "", "hi|m:@tom"},
        {"@a@social.example", "", "m:@a@social.example"},
        {"meet @5pm or @10:30 @2", "", "meet|c:5pm|or|n:10|n:30|n:2"},
        {"@ home", "", "home"},
        {"caf\xC3\xA9@home", "", "caf\xC3\xA9|home"},
    };
    (void)state;
    CHECK(check_tokens, rows);
}

/* Words of links and mentions, sentence by sentence. */
static void words_inside_stand_behind_the_rest(void **state)
{
    static const struct {
        const char *post, *words;
        enum zone zone;
    } rows[] = {
        {"@DrSmith24", "dr|smith|n:24", ZONE_MENTIONS},
        {"x john.smith@mail.example.com", "john|smith|mail|example|com",
            ZONE_LINK},
        {"https://x.example/John%20Smith", "https|x|example|john|smith",
            ZONE_LINK},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct post p;
        struct buf out PL_DEFER(buf_free) = {0};
        post_read(&p, rows[i].post, NULL);
        assert_int_equal(p.text.sentence_count, p.text.main_sentences + 1);
        const struct sentence *s = &p.text.sentences[p.text.main_sentences];
        assert_int_equal(s->zone, rows[i].zone);
        assert_int_equal(s->tok_beg, p.text.main_count);
        assert_int_equal(s->tok_end, p.text.token_count);
        assert_int_equal(
            p.text.tokens[s->tok_beg].zones, ZONE_BIT(rows[i].zone));
        post_put_tokens(&p, s->tok_beg, s->tok_end, &out);
        assert_reads(buf_str(&out), rows[i].words);
        post_free(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_whole),
        cmocka_unit_test(sentence_ends_without_a_blank_are_no_links),
        cmocka_unit_test(addresses_are_whole),
        cmocka_unit_test(mentions_are_whole),
        cmocka_unit_test(words_inside_stand_behind_the_rest),
    };
    return RUN_TESTS(tests);
}
