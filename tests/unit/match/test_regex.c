/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "match/detect.h"
#include "match/regex.h"

static struct regex *make(const char *pattern, unsigned flags)
{
    size_t at = 0;
    struct err err = {0};
    struct regex *r = regex_new(str_of(pattern), flags, &at, &err);
    assert_non_null(r);
    return r;
}

static void matches_follow_one_another(void **state)
{
    struct regex *r = make("\\b(?<value>\\d+) ?mg\\b", REGEX_CASELESS);
    struct regex_room *room = regex_room_new();
    struct str text = STR("5 MG, then 400mg and 7 mgs");
    struct regex_match m;
    struct err err = {0};
    struct str name;
    uint32_t group;
    (void)state;
    assert_int_equal(
        regex_next(r, room, text, 0, &m, &err), REGEX_HIT);
    assert_int_equal(m.at.beg, 0);
    assert_int_equal(m.at.end, 4);
    assert_int_equal(
        regex_next(r, room, text, m.at.end, &m, &err), REGEX_HIT);
    assert_int_equal(m.group[1].beg, 11);
    assert_int_equal(m.group[1].end, 14);
    assert_int_equal(
        regex_next(r, room, text, m.at.end, &m, &err), REGEX_NONE);
    assert_true(regex_capture(r, 0, &group, &name));
    assert_int_equal(group, 1);
    assert_true(str_eq(name, STR("value")));
    assert_false(regex_capture(r, 1, &group, &name));
    regex_room_free(room);
    regex_free(r);
}

static void case_is_kept_where_asked(void **state)
{
    struct regex_room *room = regex_room_new();
    struct regex *exact = make("NHS", 0), *any = make("NHS", REGEX_CASELESS);
    struct regex_match m;
    struct err err = {0};
    (void)state;
    assert_int_equal(
        regex_next(exact, room, STR("nhs"), 0, &m, &err), REGEX_NONE);
    assert_int_equal(
        regex_next(any, room, STR("nhs"), 0, &m, &err), REGEX_HIT);
    regex_room_free(room);
    regex_free(exact);
    regex_free(any);
}

static void bad_patterns_say_where(void **state)
{
    static const struct {
        const char *pattern;
        size_t at;
    } rows[] = {{"abc(de", 6}, {"a{2,1}", 6}, {"[z-a]", 3}, {"a\\Cb", 3},
        {"(?<x>a)(?<x>b)", 12}, {"*a", 0}};
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        size_t at = 999;
        struct err err = {0};
        assert_null(regex_new(str_of(rows[i].pattern), 0, &at, &err));
        assert_int_equal(err.code, ERR_RULE);
        assert_true(err.msg[0] != '\0');
        assert_in_range(at, rows[i].at > 1 ? rows[i].at - 1 : 0, rows[i].at + 1);
    }
}

/* Whatever the engine, and however often it ran before. */
static void a_limit_is_told_by_both_engines(void **state)
{
    static const enum regex_engine engines[] = {
        REGEX_INTERPRETER, REGEX_JIT, REGEX_AUTO};
    static char text[4002];
    (void)state;
    memset(text, 'a', sizeof text - 2);
    text[sizeof text - 2] = '!';
    for (size_t i = 0; i < PL_COUNT(engines); i++) {
        struct regex *r = make("(?:a+)+b|c!", 0);
        struct regex_room *room = regex_room_new();
        struct regex_match m;
        struct err err = {0};
        regex_room_engine(room, engines[i]);
        for (int round = 0; round < 20; round++) {
            err = (struct err){0};
            text[sizeof text - 3] = 'c'; /* a match behind the run */
            enum regex_result result = regex_next(
                r, room, (struct str){text, sizeof text - 1}, 0, &m, &err);
            assert_true(result == REGEX_FAILED || result == REGEX_HIT);
            if (result == REGEX_FAILED)
                assert_int_equal(err.code, ERR_LIMIT);
            assert_int_equal(result,
                regex_next(r, room, (struct str){text, sizeof text - 1}, 0, &m,
                    &err));
        }
        regex_room_free(room);
        regex_free(r);
    }
}

static void an_end_before_the_start_is_refused(void **state)
{
    size_t at;
    struct err err = {0};
    (void)state;
    assert_null(regex_new(STR("(?=ab\\K)"), 0, &at, &err));
    assert_int_equal(err.code, ERR_RULE);
}

static void needs_are_read_off(void **state)
{
    static const struct {
        const char *pattern, *literals;
        uint32_t features;
    } rows[] = {
        {"\\b(?:before|b4) ?after\\b",
            "beforeafter before after b4after b4 after", 0},
        {"\\bhb ?(?<value>\\d{1,2})", "", FEATURE_DIGIT},
        {"cat|dog", "cat dog", 0},
        {"cat|\\w+", "", 0},
        {"(?:cat)?s", "", 0},
        {"colou?r", "color colour", 0},
        {"ALLCAPS", "allcaps", 0},
        {"(?=abc)x", "abc", 0},
        {"(?!abc)x", "", 0},
        {"[0-9]{3}", "", FEATURE_DIGIT},
        {"@\\w+", "@", 0},
        {"a{0,3}bcd", "bcd", 0},
        {"(?<=mrs |mr )\\p{L}+", "mrs  mr ", 0},
        {"\\b(?:bed|bay) ?\\d+", "bed bed  bay bay ", 0},
    };
    struct arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct regex_needs n = regex_needs(a, str_of(rows[i].pattern));
        char text[200] = "";
        for (size_t k = 0; k < n.literal_count; k++) {
            if (k)
                (void)strncat(text, " ", 2);
            (void)strncat(text, n.literals[k].ptr, n.literals[k].len);
        }
        assert_string_equal(text, rows[i].literals);
        assert_int_equal(n.features, rows[i].features);
    }
    arena_free(a);
}

/* The sieve as "one|other&next". */
static void sieves_are_read_off(void **state)
{
    static const struct {
        const char *pattern, *sieve;
    } rows[] = {
        {"(?:bed|bay) \\d+[a-c]\\b", "bed 0|bay 0&0a^|0b^|0c^&"},
        {"\\b(?:kid|boy)\\b", "^kid^|^boy^&"},
        {"\\bdoc \\b\\w+", "^doc &"},
        {"\\b#tag\\b-x", "#tag-x&"},
        {"\\bkid\\bs?", "^kid^|^kids&"},
        {"\\b(?:\\bkid\\b|boys)!", "^kid!|^boys!&"},
        {"\\d{3,8}x*", "000&"},
        {"\\d(?:[- ]\\d){2}", "0-0-0|0-0 0|0 0-0|0 0 0&"},
        {"on the \\d{1,2}(?:st|nd)", "on the 0&0st|0nd&"},
        {"\\bRD ?[1-9]", "^rd0|^rd 0&"},
        {"(?:mum|dad)(?: and \\w+ lost)?", "mum|dad&"},
        {"a\\.b|\\w", ""},
        {"[\\d-f]zz", "zz&"},
        {"[A-Z]{3,}zz\\x41qq", "zz&qq&"},
        {"ab\\12cd", "ab&cd&"},
        {"(?i:Ward) [^x]", "ward &"},
        {"(?x) ab c", ""},
        {"(abc)?(?(1)d|e)", ""},
        {"(?<q>['\"])\\k<q>abc", ""},
        {"\\b*abc", ""},
        {"x(?:(?<=a)b)y", "ab&"},
        {"(?:ab){2,3}c", "abab&abc&"},
        {"µmol", "mol&"},
        {"100 ?€", "000€|000 €&"},
    };
    struct arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct str s = regex_needs(a, str_of(rows[i].pattern)).sieve;
        char text[400] = "";
        size_t len = 0;
        for (size_t at = 0; at < s.len; at += 1 + (size_t)s.ptr[at]) {
            if (s.ptr[at] && len && text[len - 1] != '&')
                text[len++] = '|';
            for (int k = 0; k < s.ptr[at]; k++) {
                char c = s.ptr[at + 1 + (size_t)k];
                text[len++] = c == SIEVE_EDGE ? '^' : c;
            }
            if (s.ptr[at] == 0)
                text[len++] = '&';
        }
        text[len] = '\0';
        assert_string_equal(text, rows[i].sieve);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_follow_one_another),
        cmocka_unit_test(case_is_kept_where_asked),
        cmocka_unit_test(bad_patterns_say_where),
        cmocka_unit_test(a_limit_is_told_by_both_engines),
        cmocka_unit_test(an_end_before_the_start_is_refused),
        cmocka_unit_test(needs_are_read_off),
        cmocka_unit_test(sieves_are_read_off),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
