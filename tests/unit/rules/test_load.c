/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/load.h"

#define HEAD                                                                   \
    {STR_INIT("pack.yaml"),                                                    \
        STR_INIT("pack: p\nversion: 0.1.0\nlicence: MIT\npostlint: 1\n"        \
                 "exempt: {privacy/age: \"why\"}\n")}

static void a_pack_is_read_whole(void **state)
{
    static const struct source sources[] = {
        HEAD,
        {STR_INIT("a/words.txt"), STR_INIT("# towns\nleeds | big\n\nhull\n")},
        {STR_INIT("a/t.tsv"), STR_INIT("town\tanswer\r\nleeds\tlarge\r\n")},
        {STR_INIT("a/r.yaml"),
            STR_INIT(
                "postlint: 1\n"
                "lexicons: {towns: {file: words.txt, tags: [big], "
                "words: [york]}}\n"
                "tables: {sizes: {file: t.tsv, keys: {town: towns}, "
                "answers: [large], otherwise: unknown}}\n"
                "guards: {g: {when: not quoted, within: 2 sentences}}\n"
                "rules:\n"
                "- id: privacy/location/x\n"
                "  summary: S\n"
                "  level: error\n"
                "  status: trial\n"
                "  within: 12\n"
                "  find:\n"
                "    a: {sequence: [b, 3, {gap: 2, without: [c]}, b*]}\n"
                "    b: {words: ['x; y']}\n"
                "    c: {regex: 'abc', zone: [prose, tags], case: exact}\n"
                "  unless: [g, {if: quoted, within: post}]\n"
                "  adjust: [{if: g, level: up, because: \"b\"}]\n"
                "  message: \"M\"\n"
                "  why: \"W\"\n"
                "  sources: [{body: B, title: T, section: \"9\"}]\n"
                "  try: [\"T\"]\n"
                "  tests:\n"
                "    flags: [\"a [[b]] c [[d]]\", {text: \"[[x]] y\", at: y, "
                "level: note}, \"[[z]]\"]\n"
                "    passes: [\"1\", \"2\", {text: \"3\", as: {platform: x}}]\n")},
    };
    struct arena *a = arena_new(0);
    struct problems problems = {.arena = a};
    struct rule_pack p;
    (void)state;

    /* A gap behind a gap is the one thing wrong with it. */
    assert_false(load_pack(a, sources, PL_COUNT(sources), &p, &problems));
    assert_int_equal(problems.errors, 1);
    assert_string_equal(problems.list.items[0].code, "gap");
    assert_string_equal(problems.list.items[0].at.file, "a/r.yaml");
    assert_int_equal(problems.list.items[0].at.line, 12);

    assert_true(str_eq(p.head.name, STR("p")));
    assert_int_equal(p.head.exempt_count, 1);
    assert_true(str_eq(p.head.exempt[0].reason, STR("why")));
    assert_int_equal(p.lexicons[0].entries.count, 3);
    assert_int_equal(p.lexicons[0].entries.items[1].at.line, 4);
    assert_int_equal(p.tables[0].row_count, 1);
    assert_true(str_eq(p.tables[0].rows[0].cells[1], STR("large")));
    assert_int_equal(p.guards[0].within.unit, WINDOW_SENTENCES);
    assert_int_equal(p.guards[0].within.count, 2);

    const struct rule *r = &p.rules[0];
    assert_int_equal(r->level, LEVEL_ERROR);
    assert_int_equal(r->status, RULE_TRIAL);
    assert_int_equal(r->within.unit, WINDOW_TOKENS);
    assert_int_equal(r->within.count, 12);
    const struct evidence *seq = &r->find.items[0].evidence;
    assert_int_equal(seq->kind, EVID_SEQUENCE);
    assert_int_equal(seq->kid_count, 2);
    assert_int_equal(seq->head, 1);
    assert_int_equal(seq->gaps[1].tokens, 2);
    assert_int_equal(seq->gaps[1].without.count, 1);
    assert_int_equal(r->find.items[1].evidence.entries.items[0].spelling_count,
        2);
    assert_true(r->find.items[2].evidence.exact);
    assert_int_equal(r->find.items[2].evidence.zones,
        ZONE_BIT(ZONE_PROSE) | ZONE_BIT(ZONE_TAGS));
    assert_int_equal(r->unless_count, 2);
    assert_int_equal(r->unless[1].within.unit, WINDOW_POST);
    assert_int_equal(r->adjust[0].to, ADJUST_UP);
    arena_free(a);
}

static void examples_have_their_marks(void **state)
{
    static const struct source sources[] = {
        HEAD,
        {STR_INIT("r.yaml"),
            STR_INIT("postlint: 1\n"
                     "guards:\n"
                     "  g:\n"
                     "    when: quoted\n"
                     "    tests:\n"
                     "      holds: [\"a [[b]] c [[d]]\"]\n"
                     "      fails: [{text: \"[[x]] y\", at: y, level: note}]\n")},
    };
    struct arena *a = arena_new(0);
    struct problems problems = {.arena = a};
    struct rule_pack p;
    (void)state;
    assert_true(load_pack(a, sources, PL_COUNT(sources), &p, &problems));
    const struct example *e = &p.guards[0].holds.items[0];
    assert_true(str_eq(e->text, STR("a b c d")));
    assert_int_equal(e->anchor_count, 2);
    assert_int_equal(e->anchors[1].beg, 6);
    assert_int_equal(e->anchors[1].end, 7);
    e = &p.guards[0].fails.items[0];
    assert_true(str_eq(e->text, STR("[[x]] y")));
    assert_int_equal(e->anchor_count, 1);
    assert_int_equal(e->anchors[0].beg, 6);
    assert_int_equal(e->level, LEVEL_NOTE);
    arena_free(a);
}

static void every_file_is_read_whatever_is_wrong_with_others(void **state)
{
    static const struct source sources[] = {
        {STR_INIT("a.yaml"), STR_INIT("postlint: 1\nrulse: []\n")},
        {STR_INIT("b.yaml"), STR_INIT("[")},
        {STR_INIT("c.yaml"), STR_INIT("postlint: 3\nlexicons: {x: {words: a}}\n")},
    };
    static const char *const codes[] = {
        "no-pack", "unknown-key", "bad-yaml", "version", "wrong-kind"};
    struct arena *a = arena_new(0);
    struct problems problems = {.arena = a};
    struct rule_pack p;
    (void)state;
    assert_false(load_pack(a, sources, PL_COUNT(sources), &p, &problems));
    assert_int_equal(problems.list.count, PL_COUNT(codes));
    for (size_t i = 0; i < PL_COUNT(codes); i++)
        assert_string_equal(problems.list.items[i].code, codes[i]);
    assert_string_equal(problems.list.items[1].fix.ptr, "did you mean 'rules'?");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pack_is_read_whole),
        cmocka_unit_test(examples_have_their_marks),
        cmocka_unit_test(every_file_is_read_whatever_is_wrong_with_others),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
