/* SPDX-License-Identifier: MIT */
/*
 * test_baseline.c - what a line on record gives away.
 *
 * A record is made of the same post with every age, every day of a year and every
 * name of the list in it. Of each line, five values at least must fit what it
 * holds, or whoever reads the record could guess the one that was meant.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "postlint.h"

enum { SHARED_LEAST = 5 };

static struct pl_rules *rules;
static struct pl_scanner *scanner;
static const char *names_file;

static int begin(void **state)
{
    struct pl_error error;
    (void)state;
    rules = pl_rules_new(NULL, &error);
    scanner = rules ? pl_scanner_new(rules, &error) : NULL;
    return scanner ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    pl_scanner_free(scanner);
    pl_rules_free(rules);
    return 0;
}

/* How many values make each line. */
struct classes {
    struct arena *a;
    struct map of; /* lines, counted */
    size_t values, recorded;
};

static void add_post(struct classes *c, const char *text)
{
    struct pl_error error;
    struct pl_post post = {
        .name = "-", .text = text, .text_len = strlen(text)};
    struct pl_baseline *b = pl_baseline_new("", 0, &error);
    size_t added = 0, refused = 0, len;
    char *record;
    assert_non_null(b);
    assert_true(pl_scan(scanner, &post, NULL, NULL, &error));
    assert_true(pl_baseline_add(
        b, scanner, "2027-01-31", "known", &added, &refused, &error));
    assert_true(pl_baseline_text(b, &record, &len, &error));
    /* Behind the heading a line each; one post may make a line but once. */
    struct str rest = str_cut(arena_copy(c->a, (struct str){record, len}),
        '\n').tail;
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        ++*map_put(c->a, &c->of, cut.head, NULL);
        rest = cut.tail;
    }
    c->values++;
    c->recorded += added > 0;
    free(record);
    pl_baseline_free(b);
}

static void check_classes(const struct classes *c, const char *what)
{
    for (size_t i = 0; i < c->of.cap; i++)
        /* A name may be an insult too: that is another matter. */
        if (c->of.slots[i].used &&
            str_starts(c->of.slots[i].key, STR("privacy/")) &&
            c->of.slots[i].value < SHARED_LEAST)
            fail_msg("%s: %u values share\n" STR_FMT, what,
                (unsigned)c->of.slots[i].value, STR_ARG(c->of.slots[i].key));
}

static void ages_share_a_line(void **state)
{
    static const char *const posts[] = {
        "My patient is # years old and lovely.",
        "My patient Mrs Patel, #, fell at home.",
        "Saw a #-year-old man in clinic today.",
        "She was # when she came to our ward with her daughter.",
        "My # yo patient thanked me in room 4.",
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(posts); i++) {
        struct classes c = {.a = arena_new(0)};
        for (int age = 0; age <= 110; age++) {
            struct str_cut cut = str_cut(str_of(posts[i]), '#');
            add_post(&c, arena_printf(c.a, STR_FMT "%d" STR_FMT,
                             STR_ARG(cut.head), age, STR_ARG(cut.tail)).ptr);
        }
        assert_int_equal(c.values, 111);
        check_classes(&c, posts[i]);
        arena_free(c.a);
    }
}

static void days_share_a_line(void **state)
{
    static const char *const months[] = {"January", "February", "March",
        "April", "May", "June", "July", "August", "September", "October",
        "November", "December"};
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    (void)state;
    for (int form = 0; form < 3; form++) {
        struct classes c = {.a = arena_new(0)};
        for (int m = 0; m < 12; m++)
            for (int d = 1; d <= days[m]; d++) {
                struct str s = form == 0
                    ? arena_printf(c.a, "Admitted my patient on %d %s.", d,
                          months[m])
                    : form == 1
                    ? arena_printf(c.a,
                          "My patient Mrs Patel was admitted on %02d/%02d/2026.",
                          d, m + 1)
                    : arena_printf(c.a,
                          "My patient was born on 2026-%02d-%02d, we saw her.",
                          m + 1, d);
                add_post(&c, s.ptr);
            }
        assert_int_equal(c.values, 365);
        assert_true(c.recorded > 0);
        check_classes(&c, "days");
        arena_free(c.a);
    }
}

static void names_share_a_line(void **state)
{
    struct classes c = {.a = arena_new(0)};
    FILE *in = fopen(names_file, "rb");
    char line[256];
    (void)state;
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        struct str name = str_trim(str_cut(str_of(line), '|').head);
        name = str_trim(str_cut(name, ';').head);
        if (name.len == 0 || name.ptr[0] == '#' || c.values >= 4000)
            continue;
        char first = name.ptr[0];
        if (byte_is_lower(first))
            first = (char)(first - 'a' + 'A');
        add_post(&c, arena_printf(c.a, "My patient %c" STR_FMT " fell at home.",
                         first, STR_ARG(str_from(name, 1))).ptr);
    }
    (void)fclose(in);
    assert_true(c.values > 3000);
    assert_true(c.recorded > 2000);
    check_classes(&c, "names");
    arena_free(c.a);
}

static void a_changed_number_is_new(void **state)
{
    struct classes c = {.a = arena_new(0)};
    (void)state;
    add_post(&c, "My patient Mrs Patel, 87, fell at home.");
    add_post(&c, "My patient Mrs Patel, 88, fell at home.");
    add_post(&c, "My patient Mrs Patel, 78, fell at home.");
    assert_int_equal(c.recorded, 3);
    for (size_t i = 0; i < c.of.cap; i++)
        if (c.of.slots[i].used)
            assert_int_equal(c.of.slots[i].value, 1);
    size_t lines = c.of.count;
    add_post(&c, "Moved.\n\nMy patient  Mrs Patel, 87, fell at home.");
    assert_int_equal(c.of.count, lines);
    arena_free(c.a);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_share_a_line),
        cmocka_unit_test(days_share_a_line),
        cmocka_unit_test(names_share_a_line),
        cmocka_unit_test(a_changed_number_is_new),
    };
    names_file = argc > 1 ? argv[1] : "rules/lexicons/first-names.txt";
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
