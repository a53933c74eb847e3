/* SPDX-License-Identifier: MIT */
/*
 * fuzz_rules.c - any bytes as a rule file: loaded, compiled, opened as if it came
 * from a stranger, and used.
 *
 * Every refusal has a problem with a place; whatever the compiler makes is a
 * pack that the check of foreign packs accepts.
 */
#include <stdint.h>
#include <stdlib.h>

#include "author/compile.h"
#include "engine/scan.h"
#include "input/reader.h"
#include "rules/load.h"
#include "rules/problem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_problems(
    struct problems *told, const struct source *sources, size_t count)
{
    struct buf b PL_DEFER(buf_free) = {0};
    size_t errors = 0;
    for (size_t i = 0; i < told->list.count; i++) {
        const struct problem *p = &told->list.items[i];
        demand(p->code && p->message.len > 0);
        demand(p->at.file && p->at.line > 0);
        errors += !p->warning;
    }
    demand(errors > 0 && errors == told->errors);
    problem_print(&b, told, sources, count);
    demand(b.len > 0);
}

static void use(struct arena *a, const struct pack *pack)
{
    static const char text[] =
        "Garlic cures covid! NHS 999 012 3454, she is 34 today. #ad";
    struct post post = {.name = "x", .text = {text, sizeof text - 1}};
    struct scan_options options = {.trace_rule = PACK_NONE, .no_gate = true};
    struct profile profile = {0};
    struct ruleset rules;
    struct findings found;
    struct doc doc;
    struct err err = {0};

    demand(ruleset_new(a, pack, &rules, &err));
    struct scratch *s = scratch_new(&rules);
    demand(plain_read(a, &post, &doc, &err));
    if (scan(s, &doc, &profile, &options, &found, &err))
        for (size_t i = 0; i < found.count; i++)
            demand(found.items[i].place.at.end <= sizeof text);
    scratch_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct source sources[] = {
        {STR("pack.yaml"),
            STR("{pack: x, version: '1', licence: MIT, postlint: 1}\n")},
        {STR("rules.yaml"), {(const char *)data, size}},
    };
    const struct source *folder = sources;
    size_t count = PL_COUNT(sources);
    struct problems told = {.arena = a};
    struct compile_in in = {.sources = &folder,
        .source_counts = &count,
        .folder_count = 1,
        .common_words = STR("the\nand\nof\n")};
    struct pack pack;
    struct str bytes;
    struct err err = {0};

    if (!compile(a, &in, &bytes, &told)) {
        check_problems(&told, sources, count);
        return 0;
    }
    demand(pack_open(bytes, false, &pack, &err));
    use(a, &pack);
    return 0;
}
