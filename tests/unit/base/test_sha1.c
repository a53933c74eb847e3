/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/sha1.h"

/* The standard's examples, and git's names of two contents. */
static void digests_are_the_known_ones(void **state)
{
    static const struct {
        struct str head, body;
        const char *hex;
    } rows[] = {
        {STR_INIT(""), STR_INIT(""),
            "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {STR_INIT("a"), STR_INIT("bc"),
            "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {STR_INIT("abcdbcdecdefdefgefghfghighijhijk"),
            STR_INIT("ijkljklmklmnlmnomnopnopq"),
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
        {STR_INIT("blob 0\0"), STR_INIT(""),
            "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"},
        {STR_INIT("blob 12\0"), STR_INIT("hello world\n"),
            "3b18e512dba79e4c8300dd08aeb37f8e728b8dad"},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        char hex[SHA1_HEX + 1];
        sha1_hex(rows[i].head, rows[i].body, hex);
        assert_string_equal(hex, rows[i].hex);
    }
}

static void lengths_around_a_block_agree_however_cut(void **state)
{
    char bytes[130];
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)('a' + i % 26);
    for (size_t len = 50; len <= sizeof bytes; len++) {
        char whole[SHA1_HEX + 1], cut[SHA1_HEX + 1];
        struct str s = {bytes, len};
        sha1_hex(s, STR(""), whole);
        for (size_t at = 0; at <= len; at++) {
            sha1_hex(str_part(s, 0, at), str_from(s, at), cut);
            assert_string_equal(cut, whole);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_the_known_ones),
        cmocka_unit_test(lengths_around_a_block_agree_however_cut),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
