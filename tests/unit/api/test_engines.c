/* SPDX-License-Identifier: MIT */
/*
 * Every example of every built-in rule, judged by PCRE2's interpreter, by its JIT and
 * by what is chosen in use: the answer may not hang on how often a rule ran before.
 * The gate is off, so that each rule's patterns meet each post.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/builtin.h"
#include "engine/scan.h"
#include "input/reader.h"
#include "match/regex.h"

static const enum regex_engine engines[] = {
    REGEX_INTERPRETER, REGEX_JIT, REGEX_AUTO};

struct judged {
    uint64_t sum; /* of all findings, in order */
    uint32_t count;
    bool whole;
};

static struct judged judge(
    struct scratch *s, enum regex_engine engine, struct str text)
{
    static const struct profile nobody;
    const struct scan_options options = {
        .no_gate = true, .trace_rule = PACK_NONE};
    struct arena *a = arena_new(0);
    struct post post = {.text = text};
    struct findings found;
    struct err err = {0};
    struct doc doc;

    regex_room_engine(scratch_room(s), engine);
    assert_true(plain_read(a, &post, &doc, &err));
    struct judged out = {
        .whole = scan(s, &doc, &nobody, &options, &found, &err)};
    out.count = (uint32_t)found.count;
    for (size_t i = 0; i < found.count; i++) {
        const struct finding *f = &found.items[i];
        out.sum = out.sum * 31 + f->rule;
        out.sum = out.sum * 31 + (uint64_t)f->level;
        out.sum = out.sum * 31 + f->place.at.beg;
        out.sum = out.sum * 31 + f->place.at.end;
    }
    arena_free(a);
    return out;
}

static void all_engines_agree(void **state)
{
    struct arena *a = arena_new(0);
    struct scratch *s[PL_COUNT(engines)];
    struct ruleset rules;
    struct pack pack;
    struct err err = {0};
    uint32_t found = 0;

    (void)state;
    assert_true(pack_open(builtin_pack(), true, &pack, &err));
    assert_true(ruleset_new(a, &pack, &rules, &err));
    for (size_t k = 0; k < PL_COUNT(engines); k++)
        s[k] = scratch_new(&rules);
    for (uint32_t i = 0; i < pack.examples_count; i++) {
        struct str text = pack_text(&pack, pack.examples[i].text);
        struct judged first = judge(s[0], engines[0], text);
        found += first.count;
        for (size_t k = 1; k < PL_COUNT(engines); k++) {
            struct judged other = judge(s[k], engines[k], text);
            if (other.sum != first.sum || other.count != first.count ||
                other.whole != first.whole)
                fail_msg("engine %zu differs on: " STR_FMT, k, STR_ARG(text));
        }
    }
    assert_true(found > pack.rules_count);
    for (size_t k = 0; k < PL_COUNT(engines); k++)
        scratch_free(s[k]);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_engines_agree)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
