/* SPDX-License-Identifier: MIT */
/* test_json.c - strings in JSON: well formed, and no command to a screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

struct row {
    struct str text;
    const char *json;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf b = {0};
        buf_add_json(&b, rows[i].text);
        buf_addc(&b, '\0');
        assert_string_equal(b.ptr, rows[i].json);
        buf_free(&b);
    }
}

static void plain_text_stays(void **state)
{
    static const struct row rows[] = {
        {STR_INIT(""), "\"\""},
        {STR_INIT("a b # c"), "\"a b # c\""},
        {STR_INIT("caf\xC3\xA9 \xF0\x9F\x98\x80"),
            "\"caf\xC3\xA9 \xF0\x9F\x98\x80\""},
        /* The joiner of emoji is no hidden character. */
        {STR_INIT("\xE2\x80\x8D"), "\"\xE2\x80\x8D\""},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void what_json_asks_for(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("\"\\/"), "\"\\\"\\\\/\""},
        {STR_INIT("\n\r\t\b\x1b"), "\"\\n\\r\\t\\u0008\\u001b\""},
        {STR_INIT("a\0b"), "\"a\\u0000b\""},
        {STR_INIT("\x7f"), "\"\\u007f\""},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void hidden_characters_are_escaped(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("\xC2\x9B"), "\"\\u009b\""},     /* CSI */
        {STR_INIT("\xE2\x80\xAE"), "\"\\u202e\""}, /* bidi override */
        {STR_INIT("\xD8\x9C"), "\"\\u061c\""},     /* Arabic mark */
        {STR_INIT("\xEF\xBB\xBF"), "\"\\ufeff\""},
        {STR_INIT("\xF3\xA0\x81\xA7"), "\"\\udb40\\udc67\""}, /* tag g */
        {STR_INIT("\xEF\xBF\xBE"), "\"\\ufffe\""},            /* no character */
        {STR_INIT("##[x]"), "\"\\u0023#[x]\""}, /* a build command */
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void broken_utf8_is_replaced(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("\xFF"
                  "a"),
            "\"\xEF\xBF\xBD"
            "a\""},
        {STR_INIT("\xC3"), "\"\xEF\xBF\xBD\""},
        {STR_INIT("\xED\xA0\x80"), /* half a surrogate pair */
            "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {STR_INIT("\xF4\x90\x80\x80"), /* behind the last character */
            "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays),
        cmocka_unit_test(what_json_asks_for),
        cmocka_unit_test(hidden_characters_are_escaped),
        cmocka_unit_test(broken_utf8_is_replaced),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
