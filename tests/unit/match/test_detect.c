/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "match/detect.h"

static bool no_word(const void *ctx, uint64_t hash)
{
    (void)ctx;
    (void)hash;
    return false;
}

static void analyse(struct arena *a, const char *post, struct text *text,
    struct doc *doc)
{
    const struct vocab vocab = {no_word, NULL};
    struct doc_field *field = ARENA_NEW(a, struct doc_field, 1);
    struct doc_run *run = ARENA_NEW(a, struct doc_run, 1);
    struct doc_part *part = ARENA_NEW(a, struct doc_part, 1);
    struct err err = {0};
    *field = (struct doc_field){.name = "text", .bytes = str_of(post)};
    run->source = (struct span){0, (uint32_t)field->bytes.len};
    *part = (struct doc_part){.zone = ZONE_BODY, .runs = run, .run_count = 1};
    *doc = (struct doc){
        .fields = field, .field_count = 1, .parts = part, .part_count = 1};
    assert_true(text_analyse(a, doc, &vocab, text, &err));
}

/* The hits of a detector as "34yo years=34 exact|..." */
static void told(struct arena *a, const char *detector, const char *post,
    const char *fact, char *out, size_t cap)
{
    static const char *const names[] = {
#define X(name, word) word,
        FACT_LIST(X)
#undef X
    };
    struct text text;
    struct doc doc;
    struct hits hits = {0};
    uint32_t index;
    size_t len = 0;
    analyse(a, post, &text, &doc);
    struct detect_in in = {.text = &text, .arena = a};
    const struct detector *d = detect_find(str_of(detector), &index);
    assert_non_null(d);
    (void)detect_prepare(&in);
    d->find(&in, &hits);
    out[0] = '\0';
    for (size_t i = 0; i < hits.count; i++) {
        const struct hit *h = &hits.items[i];
        struct str s = str_part(text.folded, h->at.beg, h->at.end);
        len += (size_t)snprintf(
            out + len, cap - len, "%s" STR_FMT, i ? "|" : "", STR_ARG(s));
        for (uint32_t k = 0; k < h->fact_count; k++)
            if (fact && strcmp(names[h->facts[k].id], fact) == 0)
                len += (size_t)snprintf(
                    out + len, cap - len, " %g", h->facts[k].number);
    }
}

static void detectors_find_and_measure(void **state)
{
    static const struct {
        const char *detector, *post, *fact, *told;
    } rows[] = {
        {"age", "A 34yo and a 92-year-old", "years", "34yo 34|92-year-old 92"},
        {"age", "34F with sepsis", "sex", "34f 1"},
        {"age", "34 beds and 90 miles", "years", ""},
        {"percent", "cut by 60% or 77 percent", "value", "60% 60|77 percent 77"},
        {"dose", "take 400mg twice", "value", "400mg 400"},
        {"money", "only \xC2\xA3" "20 or $5", "value", "\xC2\xA3" "20 20|$5 5"},
        {"digits", "NHS 999 012 3454 ok", "length", "999 012 3454 10"},
        {"email", "write to me@example.com now", NULL, "me@example.com"},
        {"ip", "from 192.0.2.17 again", NULL, "192.0.2.17"},
        {"postcode", "lives at SW1A 1AA now", NULL, "sw1a 1aa"},
        {"handle", "thanks @clinic!", NULL, "@clinic"},
        {"hashtag", "So good #NurseLife", "words", "#nurselife 2"},
        {"weekday", "seen on Tuesday night", NULL, "tuesday"},
        {"number", "room 12 and 3.5 of them", "value", "12 12|3.5 3.5"},
        {"duration", "for three weeks", "days", "three weeks 21"},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct arena *a = arena_new(0);
        char out[400];
        told(a, rows[i].detector, rows[i].post, rows[i].fact, out, sizeof out);
        if (strcmp(out, rows[i].told) != 0)
            print_message("# %s: %s\n", rows[i].detector, rows[i].post);
        assert_string_equal(out, rows[i].told);
        arena_free(a);
    }
}

/* What the gate relies on: without its feature a detector finds nothing. */
static void no_hit_without_its_feature(void **state)
{
    static const char *const posts[] = {"A 34yo, 12 mg, \302\2435, 60% off",
        "plain words only", "@me #tag https://example.org",
        "\"quoted\" \xF0\x9F\x92\x99 Tuesday 3 May", "me@example.com SW1A 1AA",
        "seven weeks, twenty pounds, Monday at nine", "off on Mon or this Sun",
        "oh oh nought oh oh zero", "lost in his teens", "a few weeks, at midday"};
    (void)state;
    for (size_t i = 0; i < PL_COUNT(posts); i++) {
        struct arena *a = arena_new(0);
        struct text text;
        struct doc doc;
        analyse(a, posts[i], &text, &doc);
        struct detect_in in = {.text = &text, .arena = a};
        uint32_t features = detect_prepare(&in);
        for (uint32_t d = 0; d < detect_count(); d++) {
            struct hits hits = {0};
            detect_at(d)->find(&in, &hits);
            if (hits.count > 0)
                assert_true((detect_at(d)->needs & (features | FEATURE_ALWAYS)) !=
                    0);
        }
        arena_free(a);
    }
}

static void every_detector_has_a_name_of_its_own(void **state)
{
    uint32_t index;
    (void)state;
    for (uint32_t i = 0; i < detect_count(); i++) {
        assert_ptr_equal(
            detect_find(str_of(detect_at(i)->name), &index), detect_at(i));
        assert_int_equal(index, i);
        assert_true(detect_at(i)->about[0] != '\0');
    }
    assert_null(detect_at((uint32_t)detect_count()));
    assert_null(detect_find(STR("aeg"), &index));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(detectors_find_and_measure),
        cmocka_unit_test(no_hit_without_its_feature),
        cmocka_unit_test(every_detector_has_a_name_of_its_own),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
