/* SPDX-License-Identifier: MIT */
/* test_escape.c - text for logs, for XML, and at the start of a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"
#include "report/xml.h"

struct row {
    struct str text;
    const char *shown;
};

static void check_rows(const struct row *rows, size_t count,
    void (*write)(struct buf *out, struct str s))
{
    for (size_t i = 0; i < count; i++) {
        struct buf b = {0};
        write(&b, rows[i].text);
        buf_addc(&b, '\0');
        assert_string_equal(b.ptr, rows[i].shown);
        buf_free(&b);
    }
}

static void logs(void **state)
{
    static const struct row rows[] = {
        {STR_INIT(""), ""},
        {STR_INIT("caf\xC3\xA9 <b> & 'x' ::y"), "caf\xC3\xA9 <b> & 'x' ::y"},
        {STR_INIT("a\tb\r\n"), "a\\u{9}b\\u{d}\\u{a}"},
        {STR_INIT("\x1b[31m"), "\\u{1b}[31m"},
        {STR_INIT("\xE2\x80\xAE"), "\\u{202e}"},
        {STR_INIT("\xFF"
                  "a"),
            "\\xffa"},
        {STR_INIT("# ## ##[x] ##vso[y] ###[z]"),
            "# ## \\u{23}#[x] \\u{23}#vso[y] #\\u{23}#[z]"},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows), report_escape);
}

static void line_starts(void **state)
{
    static const struct row rows[] = {
        {STR_INIT(""), ""},
        {STR_INIT(":x ::"), ":x ::"},
        {STR_INIT("::error::x"), "\\u{3a}:error::x"},
        {STR_INIT("  ::error"), "  \\u{3a}:error"},
        {STR_INIT("a ::error"), "a ::error"},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows), report_escape_line);
}

static void in_xml(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("<a b=\"c\">&</a>"),
            "&lt;a b=&quot;c&quot;&gt;&amp;&lt;/a&gt;"},
        {STR_INIT("]]>"), "]]&gt;"},
        {STR_INIT("\x01\xEF\xBF\xBF"), "\\u{1}\\u{ffff}"},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows), xml_text);
}

static void in_json(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("a\"\x1b"), "\"a\\\"\\\\u{1b}\""},
    };
    (void)state;
    check_rows(rows, PL_COUNT(rows), report_escape_json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs),
        cmocka_unit_test(line_starts),
        cmocka_unit_test(in_xml),
        cmocka_unit_test(in_json),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
