/* SPDX-License-Identifier: MIT */
/*
 * rules_bench.c - which rules are often candidates, and where the time goes.
 *
 * A rule is a candidate on a post when the gate lets it through. Posts are judged
 * several times over and the quickest round counts, so that what else the
 * machine does shows less.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/attr.h"
#include "cli/corpus.h"
#include "cli/rules_tools.h"
#include "host/clock.h"

enum { ROUNDS = 3, ROWS_SHOWN = 20 };

static const double posts_limit = 2.0, time_limit = 5.0; /* percent */

struct row {
    const char *id, *exempt;
    double posts, time; /* percent */
    uint64_t ticks;
};

struct bench {
    struct pl_rules *rules;
    struct corpus corpus;
    struct row *rows;
    size_t count;
};

static bool run_round(struct bench *b, bool first)
{
    struct pl_error error = {0};
    struct pl_scan_options o = {.clock = clock_ticks};
    struct pl_scanner *scanner = pl_scanner_new(b->rules, &error);
    bool good = scanner && pl_scanner_set(scanner, &o, &error);
    if (!good)
        cli_fail_error(NULL, &error);
    for (size_t i = 0; good && i < b->corpus.posts.count; i++)
        good = corpus_scan(scanner, &b->corpus.posts.items[i], NULL, NULL);
    for (size_t i = 0; good && i < b->count; i++) {
        uint64_t posts = 0, ticks = 0;
        (void)pl_scan_cost(scanner, i, &posts, &ticks);
        b->rows[i].posts =
            100.0 * (double)posts / (double)b->corpus.posts.count;
        if (first || ticks < b->rows[i].ticks)
            b->rows[i].ticks = ticks;
    }
    pl_scanner_free(scanner);
    return good;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->time > y->time || x->time < y->time)
        return x->time > y->time ? -1 : 1;
    return x->posts > y->posts ? -1 : x->posts < y->posts;
}

static bool is_over(const struct row *r)
{
    return r->posts > posts_limit || r->time > time_limit;
}

static void add_row(struct buf *out, const struct row *r)
{
    buf_addf(out, "%7.2f %%  %7.2f %%  %s%s%s\n", r->posts, r->time, r->id,
        !is_over(r) ? ""
            : r->exempt[0] ? "  exempt: "
                           : "  over the limit",
        is_over(r) ? r->exempt : "");
}

/* The dearest first; rules over a limit are always among them. */
static int print(struct bench *b, bool all)
{
    struct buf out PL_DEFER(buf_free) = {0};
    uint64_t sum = 0;
    size_t over = 0;
    for (size_t i = 0; i < b->count; i++)
        sum += b->rows[i].ticks;
    for (size_t i = 0; i < b->count; i++)
        b->rows[i].time =
            sum ? 100.0 * (double)b->rows[i].ticks / (double)sum : 0;
    qsort(b->rows, b->count, sizeof *b->rows, compare_rows);
    buf_add(&out, STR("    posts       time  rule\n"));
    for (size_t i = 0; i < b->count; i++) {
        over += is_over(&b->rows[i]) && !b->rows[i].exempt[0];
        if (all || i < ROWS_SHOWN || is_over(&b->rows[i]))
            add_row(&out, &b->rows[i]);
    }
    buf_addf(&out,
        "%zu rules, %zu posts: %zu over the limit of %g %% of posts or %g %% "
        "of the time\n",
        b->count, b->corpus.posts.count, over, posts_limit, time_limit);
    int status = cli_write(buf_str(&out));
    return status != EXIT_CLEAN ? status : over ? EXIT_FOUND : EXIT_CLEAN;
}

static int bench(struct bench *b, const struct tools_options *o)
{
    struct pl_rule r;
    bool good = true;
    while (pl_rule_at(b->rules, b->count, &r))
        b->count++;
    b->rows = ARENA_NEW(b->corpus.arena, struct row, b->count + 1);
    for (size_t i = 0; pl_rule_at(b->rules, i, &r); i++)
        b->rows[i] = (struct row){.id = r.id, .exempt = r.exempt};
    if (o->corpus) {
        good = corpus_read(&b->corpus, o->corpus);
    } else {
        corpus_passes(&b->corpus, b->rules);
        (void)fputs("Without --corpus the examples that should pass are the "
                    "posts; they are near misses, so rules are candidates more "
                    "often than on posts of every day.\n",
            stderr);
    }
    for (int i = 0; i < ROUNDS && good; i++)
        good = run_round(b, i == 0);
    return good ? print(b, o->all) : EXIT_FAILED;
}

int tools_bench(const struct tools_options *o)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct bench b = {.rules = cli_rules(), .corpus = {.arena = a}};
    if (!b.rules)
        return EXIT_FAILED;
    int status = bench(&b, o);
    pl_rules_free(b.rules);
    return status;
}
