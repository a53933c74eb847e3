/* SPDX-License-Identifier: MIT */
/*
 * fuzz_pack.c - a pack file that somebody tampered with is refused or harmless.
 *
 * The input is a list of changes to a good pack, four bytes each: where (three)
 * and what. A pack that is still taken for good must be usable to the end.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "author/compile.h"
#include "engine/scan.h"
#include "input/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char rule_file[] =
    "postlint: 1\n"
    "lexicons:\n"
    "  agents: {tags: [herb], words: [garlic | herb, zinc; zn]}\n"
    "  ills: {words: [covid, asthma]}\n"
    "  cue-negation: {words: [\"no\", \"not\"]}\n"
    "tables:\n"
    "  facts: {file: facts.tsv, keys: {agent: agents, ill: ills},\n"
    "    answers: [refuted, known], otherwise: unknown}\n"
    "guards:\n"
    "  denied: {when: negated, within: sentence}\n"
    "scales:\n"
    "  verdict: {of: \"facts(agent, ill)\", columns: [denied, else],\n"
    "    rows: {refuted: [silent, error], known: [silent, silent],\n"
    "      unknown: [silent, warning]}}\n"
    "pieces:\n"
    "  agent: {lexicon: agents}\n"
    "  ill: {lexicon: ills}\n"
    "  claim: {sequence: [agent, 3, {words: [cures, heals]}, 3, ill]}\n"
    "rules:\n"
    "- id: claims/cure/absolute\n"
    "  summary: A cure\n"
    "  level: verdict\n"
    "  report: claim\n"
    "  adjust: [{if: agent.herb, level: down, because: \"a herb\"}]\n"
    "  message: \"{agent} and {ill}, {facts.body|nobody}\"\n"
    "  why: \"Because.\"\n"
    "  sources: [{body: X, title: Y}]\n"
    "  try: [\"{agent} is studied.\"]\n"
    "  tests:\n"
    "    flags: [{text: \"[[garlic cures covid]]\", level: warning},\n"
    "      \"[[zinc heals covid]]\", \"[[zn cures covid]]\"]\n"
    "    passes: [\"garlic\", \"zinc\", \"covid\"]\n"
    "- id: privacy/case-detail/crowd\n"
    "  summary: Crowd\n"
    "  level: error\n"
    "  within: 3 sentences\n"
    "  find:\n"
    "    person: {detect: age}\n"
    "    day: {words: [today]}\n"
    "    number: {regex: '\\b(?<value>\\d{3,})\\b', where: value > 100}\n"
    "  crowd:\n"
    "    axes: {age: {4: person}, time: {5: day}, other: {3: number}}\n"
    "    levels: {error: points >= 9, note: points >= 4}\n"
    "  message: \"{axes} together.\"\n"
    "  why: \"Because.\"\n"
    "  sources: [{body: X, title: Y}]\n"
    "  try: [\"Leave it out.\"]\n"
    "  tests:\n"
    "    flags: [\"[[34yo]] today\", \"today a [[34yo]]\",\n"
    "      \"[[35yo]] here today\"]\n"
    "    passes: [\"a\", \"b\", \"c\"]\n";

static struct arena *home;
static struct str good;

static void make_good(void)
{
    static const struct source sources[] = {
        {{"pack.yaml", 9},
            {"{pack: x, version: '1', licence: MIT, postlint: 1}\n", 51}},
        {{"facts.tsv", 9},
            {"agent\till\tanswer\tbody\ngarlic\tcovid\trefuted\tWHO\n", 47}},
        {{"rules.yaml", 10}, {rule_file, sizeof rule_file - 1}},
    };
    const struct source *folder = sources;
    size_t count = PL_COUNT(sources);
    struct problems told;
    struct compile_in in = {.sources = &folder,
        .source_counts = &count,
        .folder_count = 1,
        .common_words = STR("the\nand\n")};
    home = arena_new(0);
    told = (struct problems){.arena = home};
    if (!compile(home, &in, &good, &told))
        abort();
}

static void use(struct arena *a, const struct pack *pack)
{
    struct post post = {.name = "x",
        .text = STR("Garlic cures covid. Zinc heals asthma! A 34yo, today, 112."
                    " No zinc does not heal covid.")};
    struct scan_options options = {.trace_rule = PACK_NONE};
    struct profile profile = {0};
    struct ruleset rules;
    struct findings found;
    struct doc doc;
    struct err err = {0};

    if (!ruleset_new(a, pack, &rules, &err) ||
        !plain_read(a, &post, &doc, &err))
        return;
    struct scratch *s = scratch_new(&rules);
    for (int gate = 0; gate < 2; gate++) {
        options.no_gate = gate;
        if (!scan(s, &doc, &profile, &options, &found, &err))
            break;
    }
    scratch_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!home)
        make_good();
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    size_t len = good.len;
    /* An odd length cuts the end off. */
    if (size % 4 == 1)
        len -= data[size - 1] < len ? data[size - 1] : 0;
    char *bytes = aligned_alloc(64, (len + 63) / 64 * 64);
    if (!bytes)
        return 0;
    memcpy(bytes, good.ptr, len);
    for (size_t i = 0; i + 4 <= size; i += 4) {
        size_t at =
            (size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2];
        bytes[at % len] = (char)data[i + 3];
    }
    struct pack pack;
    struct err err = {0};
    if (pack_open((struct str){bytes, len}, false, &pack, &err))
        use(a, &pack);
    else if (err.msg[0] == '\0')
        abort();
    free(bytes);
    return 0;
}
