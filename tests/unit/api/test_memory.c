/* SPDX-License-Identifier: MIT */
/*
 * test_memory.c - memory runs out at each allocation of the library in turn:
 * every call tells, and none crashes.
 *
 * The linker sends malloc() and its kin here (--wrap); those inside other
 * libraries are not reached.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "postlint.h"

static long left = -1; /* allocations that still succeed; below 0: all */
static long asked;

static bool fails(void)
{
    asked++;
    if (left < 0)
        return false;
    return left == 0 || left-- == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

static const char draft[] =
    "My patient Mrs Patel, 87, broke her hip in Leeds today. "
    "NHS 999 012 3454. Garlic cures cancer, DM me! A junkie.";

/* Rules in source form, so that loading and compiling are tried too. */
static const char pack_yaml[] =
    "pack: small\nversion: 1.0.0\nlicence: MIT\npostlint: 1\n";
static const char rules_yaml[] =
    "postlint: 1\n"
    "lexicons:\n  towns: {tags: [big], words: [leeds; leodis => a town | big=2]}\n"
    "guards:\n  asked: {when: question}\n"
    "rules:\n- id: conduct/profanity/small\n  summary: Small\n"
    "  level: warning\n"
    "  find: {a: [{words: [junkie]}, {regex: '\\bcures?\\b'}, "
    "{sequence: [{words: [garlic]}, 2, {detect: percent}]}]}\n"
    "  when: \"a and not towns\"\n  unless: [asked, negated]\n"
    "  adjust: [{if: hedged, level: note, because: \"it may be\"}]\n"
    "  message: \"'{a}' is coarse.\"\n  why: \"It is.\"\n"
    "  sources: [{body: A, title: B}]\n  try: [\"Leave it out.\"]\n"
    "  tests: {flags: [\"[[junkie]]\", \"a [[junkie]]\", \"b [[junkie]]\"], "
    "passes: [\"x\", \"y\", \"z\"]}\n";

static const struct pl_source sources[] = {
    {"pack.yaml", pack_yaml, sizeof pack_yaml - 1},
    {"small.yaml", rules_yaml, sizeof rules_yaml - 1},
};

static struct pl_rules *source_rules(struct pl_error *error)
{
    struct pl_pack pack = {.sources = sources, .source_count = 2};
    struct pl_rules_options options = {
        .packs = &pack, .pack_count = 1, .no_builtin = true};
    return pl_rules_new(&options, error);
}

static bool report(const struct pl_rules *rules, struct pl_scanner *scanner,
    const char *format, struct pl_error *error)
{
    struct pl_report_options options = {.width = 80};
    struct pl_report *r = pl_report_new(rules, format, &options, error);
    struct pl_told told;
    size_t len;
    if (!r)
        return false;
    bool good = pl_report_add(r, scanner, "draft.txt", NULL, &told) &&
                pl_report_end(r) && pl_report_take(r, &len) && len > 0;
    pl_report_free(r);
    return good;
}

static bool scan(
    const struct pl_rules *rules, const char *format, struct pl_error *error)
{
    struct pl_post post = {
        .name = "draft.txt", .text = draft, .text_len = sizeof draft - 1};
    const struct pl_finding *findings;
    size_t count, len;
    struct pl_scanner *scanner = pl_scanner_new(rules, error);
    if (!scanner)
        return false;
    bool good =
        pl_scan(scanner, &post, &findings, &count, error) && count > 0 &&
        report(rules, scanner, format, error) &&
        pl_scan_record(scanner, "1", 1, NULL, PL_NOTE, &len, NULL) != NULL;
    pl_scanner_free(scanner);
    return good;
}

/* Fails at the first allocation, the second ... until nothing fails. */
static long until_good(bool (*run)(const void *), const void *with)
{
    long at = 0;
    for (;; at++) {
        asked = 0;
        left = at;
        bool good = run(with);
        left = -1; /* for what comes next, a failed test included */
        if (asked <= at) {
            assert_true(good);
            return at;
        }
        assert_false(good);
        assert_true(at < 100000);
    }
}

struct reading {
    const struct pl_rules *rules;
    const char *format;
};

static bool scan_once(const void *with)
{
    const struct reading *r = with;
    struct pl_error error = {0};
    return scan(r->rules, r->format, &error);
}

static bool load_builtin(const void *with)
{
    struct pl_error error = {0};
    struct pl_rules *rules = pl_rules_new(NULL, &error);
    (void)with;
    if (!rules)
        assert_string_equal(error.code, "out-of-memory");
    pl_rules_free(rules);
    return rules != NULL;
}

static bool load_sources(const void *with)
{
    struct pl_error error = {0};
    struct pl_rules *rules = source_rules(&error);
    (void)with;
    if (!rules)
        assert_string_equal(error.code, "out-of-memory");
    pl_rules_free(rules);
    return rules != NULL;
}

static void test_load(void **state)
{
    (void)state;
    assert_true(until_good(load_builtin, NULL) >= 1);
    assert_true(until_good(load_sources, NULL) > 2);
}

static void test_scan_and_report(void **state)
{
    const char *about;
    struct pl_error error = {0};
    struct reading r = {pl_rules_new(NULL, &error), NULL};
    (void)state;
    assert_non_null(r.rules);
    for (size_t i = 0; pl_format_at(i, &r.format, &about); i++)
        if (strcmp(r.format, "none") != 0)
            assert_true(until_good(scan_once, &r) > 5);
    pl_rules_free((struct pl_rules *)(uintptr_t)r.rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_scan_and_report),
    };
    (void)cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
