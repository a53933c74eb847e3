/* SPDX-License-Identifier: MIT */
/* test_help.c - services by country; a number nobody has checked stays hidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "report/help.h"

static const struct str table =
    STR_INIT("country\tservice\tcontact\tabout\tsource\tchecked\n"
             "GB\tLine One\t01632 960001\tat any hour\tLine One\t2026-05-31\n"
             "GB\tLine Two\t01632 960002\tfor staff\tLine Two\t\n"
             "IE\tLine Three\t01632 960003\tfor all\tLine Three\tlast May\n"
             "NZ\tLine Four\t\tfor all\tLine Four\t2026-05-31\n"
             "broken line\n");

static void check(const char *countries, const char *first, size_t count)
{
    struct arena *a = arena_new(1 << 20);
    struct str out[HELP_MAX];
    size_t got = help_lines(a, table, str_of(countries), out);
    assert_int_equal(got, count);
    if (count > 0) {
        assert_int_equal(out[0].len, str_of(first).len);
        assert_memory_equal(out[0].ptr, first, out[0].len);
    }
    arena_free(a);
}

static void checked_numbers_show(void **state)
{
    (void)state;
    check("gb", "Line One: 01632 960001, at any hour (checked 2026-05-31).", 2);
    check("ZA, gb", "Line One: 01632 960001, at any hour (checked 2026-05-31).",
        2);
}

static void others_are_names(void **state)
{
    (void)state;
    check("ie", "Line Three, for all.", 1); /* "last May" is no day */
    check("nz", "Line Four, for all.", 1);  /* no number at all */
}

static void countries_we_do_not_know(void **state)
{
    (void)state;
    check("fr", "", 0);
    check("", "", 0);
    check("g", "", 0);
    check("broken line", "", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checked_numbers_show),
        cmocka_unit_test(others_are_names),
        cmocka_unit_test(countries_we_do_not_know),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
