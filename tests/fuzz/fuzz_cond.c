/* SPDX-License-Identifier: MIT */
/*
 * fuzz_cond.c - conditions: what was read, written down plainly and read again,
 * is the same.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "rules/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* All that a tree holds, in a form of its own. */
static void describe(struct buf *b, const struct cond *c)
{
    buf_addf(b, "(%d " STR_FMT " " STR_FMT " " STR_FMT " %d:%u %d:%g",
        (int)c->op, STR_ARG(c->name), STR_ARG(c->fact), STR_ARG(c->word),
        (int)c->has_distance, c->has_distance ? (unsigned)c->distance : 0,
        (int)c->cmp, c->number);
    for (size_t i = 0; i < c->args.count; i++)
        buf_addf(b, " " STR_FMT, STR_ARG(c->args.items[i].text));
    for (size_t i = 0; i < c->kid_count; i++)
        describe(b, c->kids[i]);
    buf_addc(b, ')');
}

static struct cond *parse(struct arena *a, struct str text, size_t *problems)
{
    struct problems told = {.arena = a};
    struct cond *c = cond_parse(
        a, text, (struct where){.file = "x", .line = 1, .col = 1}, &told);
    *problems = told.errors;
    return c;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct buf wrapped PL_DEFER(buf_free) = {0};
    struct buf one PL_DEFER(buf_free) = {0}, two PL_DEFER(buf_free) = {0};
    struct str text = {(const char *)data, size};
    size_t problems = 0, more = 0;

    struct cond *c = parse(a, text, &problems);
    demand((c == NULL) == (problems > 0));
    buf_addc(&wrapped, '(');
    buf_add(&wrapped, text);
    buf_add(&wrapped, STR(" )"));
    struct cond *again = parse(a, buf_str(&wrapped), &more);
    /* Brackets change nothing, but for one level of nesting. */
    if (c && again) {
        describe(&one, c);
        describe(&two, again);
        demand(str_eq(buf_str(&one), buf_str(&two)));
    } else if (c) {
        demand(size > 60);
    }
    return 0;
}
