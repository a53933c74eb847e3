/* SPDX-License-Identifier: MIT */
/* Stems and terms of posts. */
#include "engine/weigh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/text.h"

static struct text text_of(struct arena *a, const char *post)
{
    static struct doc_run run;
    static struct doc_part part;
    static struct doc_field field;
    static struct doc doc;
    struct text text = {0};
    struct err err = {0};

    field = (struct doc_field){.name = "text", .bytes = str_of(post)};
    run = (struct doc_run){.source = {0, (uint32_t)field.bytes.len}};
    part = (struct doc_part){.runs = &run, .run_count = 1};
    doc = (struct doc){&field, 1, &part, 1, .has_media = false};
    assert_true(text_analyse(a, &doc, NULL, &text, &err));
    return text;
}

static void assert_stem(const char *post, const char *stem)
{
    struct arena *a = arena_new(0);
    struct text text = text_of(a, post);
    char bytes[STEM_BYTES];
    assert_true(text.main_count > 0);
    size_t len = weigh_stem(&text.tokens[0], bytes);
    assert_int_equal(len, strlen(stem));
    assert_memory_equal(bytes, stem, len);
    arena_free(a);
}

static void test_stems(void **state)
{
    (void)state;
    assert_stem("Vaccination works", "vacci");
    assert_stem("she", "she");
    assert_stem("87 percent", "00");
    assert_stem("@nurse_jo hi", "@");
    assert_stem("https://example.org/x", "http");
    /* Letters, not bytes. */
    assert_stem("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
}

static bool has(const struct terms *terms, uint64_t hash)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < terms->count; i++)
        count += terms->items[i].hash == hash;
    assert_true(count < 2);
    return count == 1;
}

static void test_terms(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct text text = text_of(a, "My patient, my patient slept.");
    struct terms terms = weigh_terms(a, &text);
    uint64_t my = str_hash(STR("my")), patie = str_hash(STR("patie"));
    uint64_t slept = str_hash(STR("slept"));

    assert_true(has(&terms, my) && has(&terms, patie) && has(&terms, slept));
    assert_true(has(&terms, weigh_pair(my, patie)));
    assert_true(has(&terms, weigh_pair(patie, my)));
    assert_true(has(&terms, weigh_pair(patie, slept)));
    assert_false(has(&terms, weigh_pair(my, slept)));
    assert_int_equal(terms.count, 6);
    arena_free(a);
}

static void test_nothing(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct text text = text_of(a, " ... ");
    assert_int_equal(weigh_terms(a, &text).count, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stems),
        cmocka_unit_test(test_terms),
        cmocka_unit_test(test_nothing),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
