/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "author/compile.h"
#include "author/condtext.h"
#include "base/buf.h"
#include "engine/words.h"

#define HEAD "pack: p\nversion: 0.1.0\nlicence: MIT\npostlint: 1\n"

/* A rule about the piece or words `find`, with one more line. */
#define RULE(id, find, more)                                                   \
    "- id: " id "\n  summary: S\n  level: warning\n  find: {a: " find "}\n"    \
    "  " more "\n  message: \"M\"\n  why: \"W\"\n"                             \
    "  sources: [{body: B, title: T}]\n  try: [\"T\"]\n"                       \
    "  tests: {flags: [\"[[x]]\", \"[[x]]\", \"[[x]]\"], "                     \
    "passes: [\"1\", \"2\", \"3\"]}\n"

struct made {
    struct arena *a;
    struct problems problems;
    struct pack pack;
    bool good;
};

/* Folders of one rule file each, the later over the earlier. */
static struct made make(const char *const *files, size_t count)
{
    struct made m = {.a = arena_new(0)};
    const struct source **folders = ARENA_NEW(m.a, const struct source *, count);
    size_t *counts = ARENA_NEW(m.a, size_t, count);
    struct str bytes;
    struct err err = {0};
    for (size_t i = 0; i < count; i++) {
        struct source *s = ARENA_NEW(m.a, struct source, 2);
        s[0] = (struct source){STR("pack.yaml"), STR(HEAD)};
        s[1] = (struct source){STR("r.yaml"), str_of(files[i])};
        folders[i] = s;
        counts[i] = 2;
    }
    struct compile_in in = {.sources = folders,
        .source_counts = counts,
        .folder_count = count,
        .common_words = STR("the 33\nof 16\nseen\nward\n")};
    m.problems.arena = m.a;
    m.good = compile(m.a, &in, &bytes, &m.problems);
    if (m.good) {
        assert_true(pack_open(bytes, false, &m.pack, &err));
    }
    return m;
}

static bool has_problem(const struct made *m, const char *code)
{
    for (size_t i = 0; i < m->problems.list.count; i++)
        if (str_eqz(str_of(m->problems.list.items[i].code), code))
            return true;
    return false;
}

/* Entries of a lexicon, parted by commas, in the order of the pack. */
static void entries(const struct pack *p, const char *lexicon, char *out,
    size_t cap)
{
    uint32_t index = pack_lexicon_find(p, str_of(lexicon));
    size_t len = 0;
    assert_int_not_equal(index, PACK_NONE);
    out[0] = '\0';
    for (uint32_t e = 0; e < p->entries_count; e++) {
        bool found = false;
        for (uint32_t i = 0; i < p->members_count && !found; i++)
            found = p->members[i].lexicon == index && p->members[i].entry == e;
        if (found)
            len += (size_t)snprintf(out + len, cap - len, "%s" STR_FMT,
                len ? "," : "", STR_ARG(pack_text(p, p->entries[e].text)));
    }
}

static void later_packs_replace_and_extend(void **state)
{
    static const char first[] = "postlint: 1\n"
        "lexicons: {one: {words: [a, b]}, two: {words: [c, d]}}\n"
        "rules:\n" RULE("privacy/age/x", "[one, two]", "within: post");
    static const char second[] = "postlint: 1\n"
        "lexicons: {one: {words: [e]}, two: {include: [two], words: [f], "
        "except: [c]}}\n"
        "rules:\n" RULE("privacy/age/y", "[one]", "within: post");
    const char *const folders[] = {first, second};
    char out[100];
    (void)state;
    struct made m = make(folders, 2);
    assert_true(m.good);
    entries(&m.pack, "one", out, sizeof out);
    assert_string_equal(out, "e");
    entries(&m.pack, "two", out, sizeof out);
    assert_string_equal(out, "f,d");
    assert_int_equal(m.pack.rules_count, 2);
    assert_int_equal(m.pack.rules[0].folder, 0);
    assert_int_equal(m.pack.rules[1].folder, 1);
    arena_free(m.a);
}

static void a_rule_of_the_same_id_is_replaced(void **state)
{
    static const char *const folders[] = {
        "postlint: 1\nrules:\n" RULE("privacy/age/x", "{words: [a1]}",
            "status: trial"),
        "postlint: 1\nrules:\n" RULE("privacy/age/x", "{words: [b1]}",
            "status: retired"),
    };
    (void)state;
    struct made m = make(folders, 2);
    assert_true(m.good);
    assert_int_equal(m.pack.rules_count, 1);
    assert_int_equal(m.pack.rules[0].status, RULE_RETIRED);
    arena_free(m.a);
}

/* What a condition says when it is printed again is what was written. */
static void conditions_survive(void **state)
{
    static const char *const rows[] = {
        "near(this, b, 6)",
        "this and (b or not c)",
        "not (b and c)",
        "2 of (this, b, c)",
        "b.years >= 90",
        "count(b) > 2",
        "negated(b) or quoted",
        "before(b, this)",
        "platform is unset",
        "level is error",
        "g and not g",
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct buf text = {0}, shown = {0};
        buf_addf(&text,
            "postlint: 1\nguards: {g: {when: quoted}}\npieces: {b: {detect: "
            "age}, c: {words: [ninety]}}\nrules:\n"
            RULE("privacy/age/x", "{words: [eighty]}", "when: \"%s\""),
            rows[i]);
        buf_addc(&text, '\0');
        const char *const file = text.ptr;
        struct made m = make(&file, 1);
        assert_true(m.good);
        cond_text(&shown, &m.pack, m.pack.rules[0].when);
        buf_addc(&shown, '\0');
        assert_string_equal(shown.ptr, rows[i]);
        buf_free(&text);
        buf_free(&shown);
        arena_free(m.a);
    }
}

/* Common words alone, beside others, and with nothing to go by at all. */
static void common_words_are_judged_together(void **state)
{
    static const struct {
        const char *find, *code; /* null: nothing to say */
    } rows[] = {
        {"{words: [omeprazole]}", NULL},
        {"{words: [the]}", "common-words"},
        {"{words: [seen, ward]}", NULL},
        {"{words: [of the]}", "common-words"},
        {"{sequence: [{words: [the]}, 3, {words: [of]}]}", "common-words"},
        {"{sequence: [{words: [the]}, 3, {words: [ward]}]}", NULL},
        {"{sequence: [{words: [the]}, 3, {detect: age}]}", NULL},
        {"[{words: [omeprazole]}, {words: [the]}]", "common-words"},
        {"{regex: '\\w+ \\w+'}", "no-trigger"},
        {"{regex: '\\w+ 24'}", NULL},
        {"{words: [the], zone: tags}", NULL},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct buf text = {0};
        buf_addf(&text,
            "postlint: 1\nrules:\n" RULE("privacy/age/x", "%s", "within: post"),
            rows[i].find);
        buf_addc(&text, '\0');
        const char *const file = text.ptr;
        struct made m = make(&file, 1);
        bool no_trigger = has_problem(&m, "no-trigger");
        bool common = has_problem(&m, "common-words");
        if (!rows[i].code && (no_trigger || common))
            print_message("# %s\n", rows[i].find);
        assert_int_equal(
            no_trigger, rows[i].code && str_eqz(STR("no-trigger"), rows[i].code));
        assert_int_equal(
            common, rows[i].code && str_eqz(STR("common-words"), rows[i].code));
        buf_free(&text);
        arena_free(m.a);
    }
}

static void forms_need_a_dictionary(void **state)
{
    static const char *const file =
        "postlint: 1\nrules:\n" RULE("privacy/age/x", "{words: [cure~]}",
            "within: post");
    (void)state;
    struct made m = make(&file, 1);
    assert_false(m.good);
    assert_true(has_problem(&m, "no-dictionary"));
    arena_free(m.a);
}

/* ---- words and paths -------------------------------------------------------------- */

static uint32_t id_of(const struct made *m, const char *word)
{
    return word_find(&m->pack, str_hash(str_of(word))).id;
}

/* The phrase at the end of a path of two words, PACK_NONE if there is no path. */
static uint32_t path(
    const struct made *m, const char *one, const char *two, uint32_t hard)
{
    struct trie_at at = {0, PACK_NONE};
    return trie_step(&m->pack, id_of(m, one) << 1, &at) &&
            trie_step(&m->pack, id_of(m, two) << 1 | hard, &at)
        ? at.phrase
        : PACK_NONE;
}

static struct made make_words(void)
{
    static const char *const file =
        "postlint: 1\nlexicons:\n"
        "  l: {words: [zinc, garlic bread, \"of bread, seen\", garlic of, of]}\n"
        "rules:\n" RULE("claims/cure/x", "{lexicon: l}", "within: post");
    struct made m = make(&file, 1);
    assert_true(m.good);
    return m;
}

static void words_have_slots(void **state)
{
    (void)state;
    struct made m = make_words();
    const struct pack *p = &m.pack;
    assert_int_equal(id_of(&m, "of"), 1); /* common, and begins a phrase */
    assert_int_equal(p->nodes[1].word, 1 << 1);
    assert_int_equal(id_of(&m, "the"), 0);
    assert_int_equal(word_find(p, str_hash(STR("the"))).flags,
        WORD_COMMON | WORD_ENGLISH);
    assert_int_equal(word_find(p, str_hash(STR("zinc"))).flags, WORD_LEXICON);
    assert_int_equal(word_find(p, str_hash(STR("zink"))).flags, 0);
    /* "bread" begins none: its id is above those that do. */
    assert_true(id_of(&m, "bread") >= p->nodes[1].kids);
    assert_int_equal(p->english_count, 4);
    arena_free(m.a);
}

static void paths_are_found(void **state)
{
    (void)state;
    struct made m = make_words();
    assert_int_not_equal(path(&m, "garlic", "bread", 0), PACK_NONE);
    assert_int_not_equal(path(&m, "garlic", "of", 0), PACK_NONE);
    assert_int_equal(path(&m, "garlic", "of", 1), PACK_NONE);
    assert_int_equal(path(&m, "garlic", "zinc", 0), PACK_NONE);
    assert_int_equal(path(&m, "of", "bread", 0), PACK_NONE); /* goes on */
    assert_int_equal(path(&m, "bread", "of", 0), PACK_NONE);
    arena_free(m.a);
}

/* Is the pack still whole, with one number changed? */
static bool whole_with(const struct made *m, const void *at, uint32_t value)
{
    size_t off = (size_t)((const char *)at - m->pack.bytes.ptr);
    uint64_t *copy = ARENA_NEW(m->a, uint64_t, m->pack.bytes.len / 8 + 1);
    struct pack pack;
    struct err err = {0};
    memcpy(copy, m->pack.bytes.ptr, m->pack.bytes.len);
    memcpy((char *)copy + off, &value, sizeof value);
    return pack_open((struct str){(const char *)copy, m->pack.bytes.len}, false,
               &pack, &err) &&
        pack_check_words(&pack, &err);
}

static void damaged_paths_are_refused(void **state)
{
    (void)state;
    struct made m = make_words();
    const struct pack_node *nodes = m.pack.nodes;
    uint32_t last = m.pack.nodes_count - 1;
    assert_true(whole_with(&m, &nodes[1].kids, nodes[1].kids));
    assert_false(whole_with(&m, &nodes[0].kids, 0));
    assert_false(whole_with(&m, &nodes[1].kids, 1));
    assert_false(whole_with(&m, &nodes[1].kids, last + 1));
    assert_false(whole_with(&m, &nodes[last].kids, last - 1));
    assert_false(whole_with(&m, &nodes[1].phrase, m.pack.phrases_count));
    assert_false(whole_with(&m, &m.pack.phrases[0].members.end, UINT32_MAX));
    assert_false(whole_with(&m, &m.pack.members[0].lexicon, 99));
    assert_false(whole_with(&m, &m.pack.members[0].entry, 99));
    assert_false(whole_with(&m, &m.pack.entries[0].text.len, UINT32_MAX));
    arena_free(m.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_slots),
        cmocka_unit_test(paths_are_found),
        cmocka_unit_test(damaged_paths_are_refused),
        cmocka_unit_test(later_packs_replace_and_extend),
        cmocka_unit_test(a_rule_of_the_same_id_is_replaced),
        cmocka_unit_test(conditions_survive),
        cmocka_unit_test(common_words_are_judged_together),
        cmocka_unit_test(forms_need_a_dictionary),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
