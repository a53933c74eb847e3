/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "input/patch.h"

#define HEAD(name)  "diff --git a/" name " b/" name "\n"
#define SIDES(name) "--- a/" name "\n+++ b/" name "\n"

/* "name:text[added,added]" of each file. */
static void put_files(const struct patch *patch, struct buf *b)
{
    for (size_t i = 0; i < patch->count; i++) {
        const struct patch_file *f = &patch->items[i];
        buf_addf(b, STR_FMT "%s" STR_FMT "[", STR_ARG(f->name),
            f->binary ? "?" : ":", STR_ARG(f->text));
        for (size_t k = 0; k < f->added_count; k++)
            buf_addf(b, "%s%u-%u", k ? "," : "", (unsigned)f->added[k].beg,
                (unsigned)f->added[k].end);
        buf_add(b, STR("]"));
    }
    buf_addc(b, '\0');
}

static const struct {
    const char *patch, *files;
} good[] = {
    {"", ""},
    {HEAD("x") SIDES("x") "@@ -1,2 +1,3 @@\n one\n-two\n+2\n+3\n",
        "x:one\n2\n3\n[4-8]"},
    {HEAD("x") SIDES("x") "@@ -1,3 +1,3 @@ old\n+a\n b\n-c\n+d\n-e\n",
        "x:a\nb\nd\n[0-2,4-6]"},
    {HEAD("x") "new file mode 100644\n--- /dev/null\n+++ b/x\n"
               "@@ -0,0 +1 @@\n+one\n\\ No newline at end of file\n",
        "x:one[0-3]"},
    /* the mark of the old side says nothing of the new one */
    {HEAD("x") SIDES("x") "@@ -1 +1 @@\n-a\n\\ No newline\n+b\n", "x:b\n[0-2]"},
    {HEAD("x") SIDES("x") "@@ -1 +1,2 @@\n-a\n\\ No newline\n+a\n+b\n"
                          "\\ No newline\n",
        "x:a\nb[0-3]"},
    /* lines that look like headers are counted, not read */
    {HEAD("x") SIDES("x") "@@ -1,2 +1,3 @@\n--- a/y\n+++ b/y\n+@@ -1 +1 @@\n"
                          " diff --git a/y b/y\n",
        "x:++ b/y\n@@ -1 +1 @@\ndiff --git a/y b/y\n[0-19]"},
    {HEAD("x") SIDES("x") "@@ -1,2 +1,3 @@\n a\n\n+b\n", "x:a\n\nb\n[3-5]"},
    {HEAD("x") SIDES("x") "@@ -1 +1,2 @@\n a\r\n+b\r\n", "x:a\r\nb\r\n[3-6]"},
    {HEAD("x") "deleted file mode 100644\n--- a/x\n+++ /dev/null\n"
               "@@ -1,2 +0,0 @@\n-a\n-b\n",
        ""},
    {HEAD("x") SIDES("x") "@@ -1,2 +0,0 @@\n-a\n-b\n", "x:[]"},
    {HEAD("x") "old mode 100644\nnew mode 100755\n", ""},
    {HEAD("l") "new file mode 120000\n--- /dev/null\n+++ b/l\n"
               "@@ -0,0 +1 @@\n+x\n\\ No newline\n",
        ""},
    {HEAD("s") "index 1..2 160000\n" SIDES("s") "@@ -1 +1 @@\n-a\n+b\n", ""},
    {"diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n",
        ""},
    {"diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n"
     "--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n",
        "y:b\n[0-2]"},
    {HEAD(
         "p.jpg") "index 1..2 100644\nBinary files a/p.jpg and b/p.jpg differ\n",
        "p.jpg?[]"},
    {HEAD("p.jpg") "deleted file mode 100644\nBinary files differ\n", ""},
    {HEAD("a b.md") "Binary files a/a b.md and b/a b.md differ\n", "a b.md?[]"},
    {"diff --git a/x b/y\nrename to y\nGIT binary patch\ndelta 2\n", "y?[]"},
    {HEAD("a b") "--- a/a b\t\n+++ b/a b\t\n@@ -0,0 +1 @@\n+a\n",
        "a b:a\n[0-2]"},
    {"diff --git \"a/\\303\\251 \\\"\\\\.md\" \"b/\\303\\251 \\\"\\\\.md\"\n"
     "--- /dev/null\n+++ \"b/\\303\\251 \\\"\\\\.md\"\n@@ -0,0 +1 @@\n+a\n",
        "\303\251 \"\\.md:a\n[0-2]"},
    {"diff --git \"a/\\ta\" \"b/\\ta\"\nBinary files differ\n", "\ta?[]"},
    {"diff --git a/a \"b/\\ta\"\nBinary files differ\n", "\ta?[]"},
    /* prefixes: those of diff.mnemonicPrefix, and none */
    {"diff --git i/x w/x\n--- i/x\n+++ w/x\n@@ -0,0 +1 @@\n+a\n", "x:a\n[0-2]"},
    {"diff --git b/x b/x\n--- b/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n",
        "b/x:a\n[0-2]"},
    {"diff --git posts/x posts/x\n--- posts/x\n+++ posts/x\n@@ -0,0 +1 @@\n+a\n",
        "posts/x:a\n[0-2]"},
    /* git's name of the contents, whole, cut short, unknown, SHA-256 */
    {HEAD("x") "index 0000000..78981922613b2afb6025042ff6bd878ac1994e85\n" SIDES(
         "x") "@@ -0,0 +1 @@\n+a\n",
        "x:a\n[0-2]"},
    {HEAD("x") "index 0..7898192 100644\n" SIDES("x") "@@ -0,0 +1 @@\n+a\n",
        "x:a\n[0-2]"},
    {HEAD("x") "index 1..0000000\n" SIDES("x") "@@ -0,0 +1 @@\n+a\n",
        "x:a\n[0-2]"},
    {HEAD(
         "x") "index 1.."
              "89abcdef89abcdef89abcdef89abcdef89abcdef89abcdef89abcdef89abcdef"
              "\n" SIDES("x") "@@ -0,0 +1 @@\n+a\n",
        "x:a\n[0-2]"},
    /* what git log and git format-patch put around */
    {"commit 12\n\n    words\n\n" HEAD("x")
            SIDES("x") "@@ -0,0 +1 @@\n+a\n-- \n2.39\n\n" HEAD("y")
                SIDES("y") "@@ -0,0 +1 @@\n+b\n",
        "x:a\n[0-2]y:b\n[0-2]"},
};

static void a_patch_gives_whole_texts_and_new_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(good); i++) {
        struct arena *a PL_DEFER(arena_freep) = arena_new(0);
        struct buf b PL_DEFER(buf_free) = {0};
        struct patch patch;
        struct err err = {0};
        if (!patch_parse(a, str_of(good[i].patch), &patch, &err))
            fail_msg("%s: %s", good[i].patch, err.msg);
        put_files(&patch, &b);
        assert_string_equal(b.ptr, good[i].files);
    }
}

static const struct {
    const char *patch;
    uint32_t line;
    const char *words;
} bad[] = {
    {"hello\n", 1, "no patch of git"},
    {"\033[1mdiff --git a/x b/x\033[m\n", 1, "--no-color"},
    {HEAD("x") SIDES("x") "@@ -4,2 +4,3 @@\n a\n+b\n c\n", 4, "as a whole"},
    {HEAD("x") SIDES("x") "@@ -3,0 +4 @@\n+b\n", 4, "--unified="},
    {HEAD("x") SIDES("x") "@@ -1,2 +1 @@\n-a\n b\n@@ -9 +8 @@\n-a\n+b\n", 7,
        "git postlint"},
    /* the end is cut off: only the name of the contents tells */
    {HEAD("x") "index 0..7898192 100644\n" SIDES("x") "@@ -0,0 +1 @@\n+b\n", 7,
        "as a whole"},
    {HEAD("x") SIDES("x") "@@ -1,2 +1,3 @@\n a\n+b\n", 7, "ends early"},
    {HEAD("x") SIDES("x") "@@ -1 +1 @@\n-a\n+b", 6, "ends early"},
    {HEAD("x") SIDES("x") "@@ -1 +1 @@\n-a\n-b\n", 6, "ends early"},
    {HEAD("x") SIDES("x") "@@ -1 +1 @@\n-a\nwhat\n", 6, "ends early"},
    {HEAD("x") SIDES("x") "@@ -1 +1 @@\n-a\n+b\n+c\n", 7, "too many"},
    {HEAD("x") SIDES("x") "@@ -1,x +1 @@\n-a\n+b\n", 4, "too many"},
    {"diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1 -1 +1 @@@\n", 1,
        "merge"},
};

static void a_patch_that_is_not_whole_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(bad); i++) {
        struct arena *a PL_DEFER(arena_freep) = arena_new(0);
        struct patch patch;
        struct err err = {0};
        if (patch_parse(a, str_of(bad[i].patch), &patch, &err))
            fail_msg("read: %s", bad[i].patch);
        if (!strstr(err.msg, bad[i].words))
            fail_msg("%s: %s", bad[i].patch, err.msg);
        if (err.at.line != bad[i].line)
            fail_msg("%s: line %u", bad[i].patch, (unsigned)err.at.line);
    }
}

/* A long name leaves the options in the message. */
static void the_options_are_always_told(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct buf b PL_DEFER(buf_free) = {0};
    struct patch patch;
    struct err err = {0};
    (void)state;
    buf_addf(&b,
        "diff --git a/%0300d b/%0300d\n--- a/%0300d\n+++ b/%0300d\n"
        "@@ -2 +2 @@\n-a\n+b\n",
        1, 1, 1, 1);
    assert_false(patch_parse(a, buf_str(&b), &patch, &err));
    assert_non_null(strstr(err.msg, "git postlint"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patch_gives_whole_texts_and_new_lines),
        cmocka_unit_test(a_patch_that_is_not_whole_is_an_error),
        cmocka_unit_test(the_options_are_always_told),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
