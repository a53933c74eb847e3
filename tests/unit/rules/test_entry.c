/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "rules/load.h"

/* "a/b=>better|tag=1,other=4" */
static void show(struct buf *b, const struct entry *e)
{
    for (size_t i = 0; i < e->spelling_count; i++)
        buf_addf(b, "%s" STR_FMT, i ? "/" : "", STR_ARG(e->spellings[i]));
    if (e->better.len)
        buf_addf(b, "=>" STR_FMT, STR_ARG(e->better));
    for (size_t i = 0; i < e->tag_count; i++)
        buf_addf(b, "%s" STR_FMT "=%g", i ? "," : "|",
            STR_ARG(e->tags[i].name), e->tags[i].number);
}

static void entries_are_taken_apart(void **state)
{
    static const struct {
        const char *text, *parts;
    } rows[] = {
        {"garlic", "garlic"},
        {" x-ray ; xray;  ", "x-ray/xray"},
        {"junkie~ => person who uses drugs", "junkie~=>person who uses drugs"},
        {"hebden bridge | population=4500", "hebden bridge|population=4500"},
        {"a; b => c d | big small=2.5", "a/b=>c d|big=1,small=2.5"},
        {"get~ [well] soon", "get~ [well] soon"},
        {"#ad; @nhs", "#ad/@nhs"},
        {"\xF0\x9F\xA5\x95 | food", "\xF0\x9F\xA5\x95|food=1"},
        {"a|b", "a|b"}, /* no blank before it: no tag */
    };
    struct arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct problems problems = {.arena = a};
        struct entry e;
        struct buf b = {0};
        assert_true(entry_parse(
            a, str_of(rows[i].text), (struct where){0}, &e, &problems));
        show(&b, &e);
        buf_addc(&b, '\0');
        assert_string_equal(b.ptr, rows[i].parts);
        assert_int_equal(problems.list.count, 0);
        buf_free(&b);
    }
    arena_free(a);
}

static void what_holds_no_words_is_an_error(void **state)
{
    static const char *const rows[] = {"", ";", " | big", "=> better", " ; | x"};
    struct arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct problems problems = {.arena = a};
        const struct where at = {"f", 7, 1, 0};
        struct entry e;
        assert_false(entry_parse(a, str_of(rows[i]), at, &e, &problems));
        assert_int_equal(problems.errors, 1);
        assert_int_equal(problems.list.items[0].at.line, 7);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_taken_apart),
        cmocka_unit_test(what_holds_no_words_is_an_error),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
