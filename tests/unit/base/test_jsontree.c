/* SPDX-License-Identifier: MIT */
/* test_jsontree.c - a JSON text as a tree: values, places, faults, writing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/limits.h"

static struct arena *a;

static int begin(void **state)
{
    (void)state;
    a = arena_new(0);
    return a ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static struct json parsed(const char *text)
{
    struct json value = {0};
    struct err err = {0};
    assert_true(json_parse(a, "x.json", str_of(text), &value, &err));
    return value;
}

static void assert_str(struct str s, const char *z)
{
    assert_int_equal(s.len, strlen(z));
    assert_memory_equal(s.ptr ? s.ptr : "", z, s.len);
}

static void values_by_key(void **state)
{
    struct json v = parsed(
        " {\"a\": \"x\", \"n\": -12, \"t\": true, \"z\": null, \"l\": [1, []]}");
    int64_t n = 0;
    (void)state;
    assert_int_equal(v.count, 5);
    assert_str(json_text(json_get(&v, "a")), "x");
    assert_true(json_int(json_get(&v, "n"), &n));
    assert_int_equal(n, -12);
    assert_true(json_bool(json_get(&v, "t"), false));
    assert_int_equal(json_get(&v, "z")->kind, JSON_KIND_NULL);
    assert_int_equal(json_get(&v, "l")->count, 2);
    assert_str(v.members[4].key.text, "l");
}

static void asking_the_wrong_kind_is_harmless(void **state)
{
    struct json v = parsed("[1.5, 99999999999999999999, \"s\"]");
    int64_t n = 7;
    (void)state;
    assert_null(json_get(&v, "a"));
    assert_null(json_get(NULL, "a"));
    assert_str(json_text(&v), "");
    assert_str(json_text(NULL), "");
    assert_true(json_bool(NULL, true));
    assert_false(json_int(&v.items[0], &n));
    assert_false(json_int(&v.items[1], &n));
    assert_false(json_int(&v.items[2], &n));
    assert_int_equal(n, 7);
    assert_str(v.items[1].source, "99999999999999999999");
}

static void strings_are_decoded(void **state)
{
    static const struct {
        const char *json, *text;
    } rows[] = {
        {"\"\"", ""},
        {"\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "a\n\t\"\\/\b\f\r"},
        {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC"},
        {"\"\\ud83d\\uDE00!\"", "\xF0\x9F\x98\x80!"},
        {"\"caf\xC3\xA9\"", "caf\xC3\xA9"},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct json v = parsed(rows[i].json);
        assert_str(json_text(&v), rows[i].text);
        assert_str(v.source, rows[i].json);
    }
}

static void pieces_lead_back_to_the_source(void **state)
{
    const char *text = "[\"ab\\u00e9c\\ud83d\\ude00\"]";
    struct json v = parsed(text);
    static const struct {
        size_t beg;
        const char *source, *text;
        bool escape;
    } rows[] = {{2, "ab", "ab", false}, {4, "\\u00e9", "\xC3\xA9", true},
        {10, "c", "c", false},
        {11, "\\ud83d\\ude00", "\xF0\x9F\x98\x80", true}};
    struct json_piece p;
    size_t at = 0;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        assert_true(json_piece(a, &v.items[0], &at, &p));
        assert_int_equal(p.source.ptr - text, rows[i].beg);
        assert_str(p.source, rows[i].source);
        assert_str(p.text, rows[i].text);
        assert_int_equal(p.escape, rows[i].escape);
    }
    assert_false(json_piece(a, &v.items[0], &at, &p));
}

static void faults_have_places(void **state)
{
    static const struct {
        const char *json;
        uint32_t line, col;
        const char *words;
    } rows[] = {
        {"", 1, 1, "ends too early"},
        {"{\"a\":1,\n \"secret name\" 2}", 2, 0, "not JSON"},
        {"[1] x", 1, 0, "behind the JSON"},
        {"{\"a\":1,\"a\":2}", 1, 0, "twice"},
        {"[\"\xFF\"]", 1, 0, "not UTF-8"},
        {"\"\\ud800\"", 1, 0, "not JSON"},
        {"[1e999]", 1, 0, "too large"},
        {"{1:2}", 1, 0, "not JSON"},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct json v;
        struct err err = {0};
        assert_false(json_parse(a, "f", str_of(rows[i].json), &v, &err));
        assert_int_equal(err.at.line, rows[i].line);
        assert_true(err.at.col > 0);
        if (rows[i].col)
            assert_int_equal(err.at.col, rows[i].col);
        assert_non_null(strstr(err.msg, rows[i].words));
        assert_null(strstr(err.msg, "secret"));
    }
}

static void no_byte_is_passed_over(void **state)
{
    struct json v;
    struct err err = {0};
    (void)state;
    assert_false(json_parse(a, NULL, STR("[3\0]"), &v, &err));
    assert_int_equal(err.at.col, 3);
}

static void nesting_is_limited(void **state)
{
    char text[2 * LIMIT_JSON_DEPTH + 4];
    struct json v;
    struct err err = {0};
    (void)state;
    memset(text, '[', LIMIT_JSON_DEPTH);
    memset(text + LIMIT_JSON_DEPTH, ']', LIMIT_JSON_DEPTH);
    text[2 * LIMIT_JSON_DEPTH] = '\0';
    assert_true(json_parse(a, NULL, str_of(text), &v, &err));
    memset(text, '[', LIMIT_JSON_DEPTH + 1);
    memset(text + LIMIT_JSON_DEPTH + 1, ']', LIMIT_JSON_DEPTH + 1);
    text[2 * LIMIT_JSON_DEPTH + 2] = '\0';
    assert_false(json_parse(a, NULL, str_of(text), &v, &err));
    assert_int_equal(err.at.col, LIMIT_JSON_DEPTH + 1);
    /* Brackets in a string are no nesting. */
    assert_true(json_parse(a, NULL, STR("\"[[\\\"[[\""), &v, &err));
}

static void written_in_order(void **state)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct json_out o = {.out = &b};
    (void)state;
    json_open_map(&o);
    json_key(&o, "id");
    json_put_source(&o, STR("1.0e2"));
    json_key(&o, "list");
    json_open_list(&o);
    json_put_int(&o, -5);
    json_open_map(&o);
    json_close_map(&o);
    json_put_text(&o, STR("a\"\n"));
    json_open_list(&o);
    json_put_null(&o);
    json_close_list(&o);
    json_close_list(&o);
    json_key(&o, "yes");
    json_put_bool(&o, true);
    json_close_map(&o);
    assert_str(buf_str(&b),
        "{\"id\":1.0e2,\"list\":[-5,{},\"a\\\"\\n\",[null]],\"yes\":true}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_by_key),
        cmocka_unit_test(asking_the_wrong_kind_is_harmless),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(pieces_lead_back_to_the_source),
        cmocka_unit_test(faults_have_places),
        cmocka_unit_test(no_byte_is_passed_over),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(written_in_order),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
