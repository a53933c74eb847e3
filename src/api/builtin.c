/* SPDX-License-Identifier: MIT */
/*
 * builtin.c - the compiled rules, laid into the library as they are.
 *
 * By the assembler, since megabytes as a C array would take minutes to compile;
 * BUILTIN_PACK, BUILTIN_COMMON and BUILTIN_HELP are paths that the build gives.
 */
#include "api/builtin.h"

#include "builtin_hash.h"

_Static_assert(BUILTIN_HASH != 0, "the pack has a hash");

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".globl builtin_pack_beg\n"
        ".hidden builtin_pack_beg\n"
        "builtin_pack_beg:\n"
        ".incbin \"" BUILTIN_PACK "\"\n"
        ".globl builtin_pack_end\n"
        ".hidden builtin_pack_end\n"
        "builtin_pack_end:\n"
        ".byte 0\n"
        ".globl builtin_common_beg\n"
        ".hidden builtin_common_beg\n"
        "builtin_common_beg:\n"
        ".incbin \"" BUILTIN_COMMON "\"\n"
        ".globl builtin_common_end\n"
        ".hidden builtin_common_end\n"
        "builtin_common_end:\n"
        ".byte 0\n"
        ".globl builtin_help_beg\n"
        ".hidden builtin_help_beg\n"
        "builtin_help_beg:\n"
        ".incbin \"" BUILTIN_HELP "\"\n"
        ".globl builtin_help_end\n"
        ".hidden builtin_help_end\n"
        "builtin_help_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const char builtin_pack_beg[], builtin_pack_end[];
extern const char builtin_common_beg[], builtin_common_end[];
extern const char builtin_help_beg[], builtin_help_end[];

struct str builtin_pack(void)
{
    return (struct str){
        builtin_pack_beg, (size_t)(builtin_pack_end - builtin_pack_beg)};
}

struct str builtin_common(void)
{
    return (struct str){builtin_common_beg,
        (size_t)(builtin_common_end - builtin_common_beg)};
}

struct str builtin_help(void)
{
    return (struct str){
        builtin_help_beg, (size_t)(builtin_help_end - builtin_help_beg)};
}
