/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "rules/load.h"

/* The tree as brackets: "(and a (not b))". */
static void show(struct buf *b, const struct cond *c)
{
    static const char *const cmps[] = {"", "=", "<", ">", "<=", ">="};
    static const char *const ops[] = {"or", "and", "not", "", "", "of", "is"};
    bool list = c->op == COND_OR || c->op == COND_AND || c->op == COND_NOT ||
        c->op == COND_OF;
    if (list)
        buf_addf(b, "(%s", ops[c->op]);
    if (c->op == COND_OF)
        buf_addf(b, " %g", c->number);
    for (size_t i = 0; i < c->kid_count; i++) {
        buf_addc(b, ' ');
        show(b, c->kids[i]);
    }
    if (list) {
        buf_addc(b, ')');
        return;
    }
    buf_add(b, c->name);
    if (c->fact.len)
        buf_addf(b, "." STR_FMT, STR_ARG(c->fact));
    for (size_t i = 0; i < c->args.count; i++)
        buf_addf(b, "%s" STR_FMT, i ? "," : "[", STR_ARG(c->args.items[i].text));
    if (c->has_distance)
        buf_addf(b, ";%u", (unsigned)c->distance);
    if (c->args.count)
        buf_addc(b, ']');
    if (c->cmp != CMP_NONE)
        buf_addf(b, "%s%g", cmps[c->cmp], c->number);
    if (c->op == COND_IS)
        buf_addf(b, ":" STR_FMT, STR_ARG(c->word));
}

static const struct cond *parse(
    struct arena *a, const char *text, struct problems *problems)
{
    const struct where at = {"f", 3, 10, 0};
    *problems = (struct problems){.arena = a};
    return cond_parse(a, str_of(text), at, problems);
}

static void conditions_bind_as_written(void **state)
{
    static const struct {
        const char *text, *tree;
    } rows[] = {
        {"a", "a"},
        {"not a", "(not a)"},
        {"a or b and c", "(or a (and b c))"},
        {"(a or b) and c", "(and (or a b) c)"},
        {"not a and b", "(and (not a) b)"},
        {"not not a", "(not (not a))"},
        {"a.years >= 90", "a.years>=90"},
        {"a.share = 0.5", "a.share=0.5"},
        {"near(a, b, 6)", "near[a,b;6]"},
        {"before(a, b)", "before[a,b]"},
        {"count(a) > 2", "count[a]>2"},
        {"negated(verb)", "negated[verb]"},
        {"2 of (a, b.x, c)", "(of 2 a b.x c)"},
        {"evidence(agent, illness) is refuted",
            "evidence[agent,illness]:refuted"},
        {"level is error", "level:error"},
        {"platform is unset or not level is note",
            "(or platform:unset (not level:note))"},
        {"a and order", "(and a order)"},
        {"  a  ", "a"},
    };
    struct arena *a = arena_new(0);
    struct problems problems;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct buf b = {0};
        const struct cond *c = parse(a, rows[i].text, &problems);
        assert_non_null(c);
        show(&b, c);
        buf_addc(&b, '\0');
        assert_string_equal(b.ptr, rows[i].tree);
        buf_free(&b);
    }
    arena_free(a);
}

static void errors_have_their_column(void **state)
{
    static const struct {
        const char *text;
        uint32_t col; /* the text begins at 10 */
    } rows[] = {
        {"", 10}, {"a b", 12}, {"a and", 15}, {"a and and b", 16},
        {"(a", 12}, {"a)", 11}, {"near(a, b", 19}, {"a.", 12}, {"a >", 13},
        {"2 (a)", 12}, {"a.years is old", 20}, {"not", 13},
    };
    struct arena *a = arena_new(0);
    struct problems problems;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        assert_null(parse(a, rows[i].text, &problems));
        assert_int_equal(problems.list.count, 1);
        assert_string_equal(problems.list.items[0].code, "bad-condition");
        assert_int_equal(problems.list.items[0].at.line, 3);
        assert_int_equal(problems.list.items[0].at.col, rows[i].col);
    }
    arena_free(a);
}

static void deep_nesting_is_an_error(void **state)
{
    char text[1000];
    struct arena *a = arena_new(0);
    struct problems problems;
    (void)state;
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = '(';
    text[sizeof text - 1] = '\0';
    assert_null(parse(a, text, &problems));
    assert_int_equal(problems.errors, 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_bind_as_written),
        cmocka_unit_test(errors_have_their_column),
        cmocka_unit_test(deep_nesting_is_an_error),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
