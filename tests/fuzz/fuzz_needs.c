/* SPDX-License-Identifier: MIT */
/*
 * fuzz_needs.c - what is read off a pattern stands in every text that it matches.
 *
 * The input is a pattern, a line end and a text; a pattern that begins with "="
 * keeps the case.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "match/detect.h"
#include "match/regex.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As posts are when a regex sees them: of what is not ASCII only signs and letters
   that fold to nothing else, and no digits of other scripts. */
static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        unsigned char second = i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0;
        if (c < 0x20 || (c >= 0xC4 && c != 0xE2 && c != 0xF0) ||
            (c == 0xC2 && second == 0xB5) || (c == 0xE2 && second != 0x80) ||
            (c == 0xF0 && second != 0x9F))
            return false;
    }
    return utf8_check(s) == s.len;
}

static bool is_word(char c)
{
    return byte_is_alnum(c) || c == '_';
}

static bool stands(struct str text, struct str what)
{
    bool begins = what.ptr[0] == SIEVE_EDGE;
    bool ends = what.ptr[what.len - 1] == SIEVE_EDGE;
    what = str_part(what, begins, what.len - ends);
    for (size_t i = 0; i + what.len <= text.len; i++) {
        size_t end = i + what.len;
        if (memcmp(text.ptr + i, what.ptr, what.len) == 0 &&
            !(begins && i > 0 && is_word(text.ptr[i - 1])) &&
            !(ends && end < text.len && is_word(text.ptr[end])))
            return true;
    }
    return false;
}

static bool sieve_lets(struct str sieve, struct str text)
{
    bool any = false;
    for (size_t at = 0; at < sieve.len; at += 1 + (size_t)sieve.ptr[at]) {
        size_t len = (size_t)sieve.ptr[at];
        if (len == 0 && !any)
            return false;
        any = len > 0 && (any || stands(text, str_part(sieve, at + 1, at + 1 + len)));
    }
    return true;
}

static bool gate_lets(const struct regex_needs *n, struct str text)
{
    bool lets = n->features == 0 && n->literal_count == 0;
    for (size_t i = 0; i < text.len && (n->features & FEATURE_DIGIT); i++)
        lets |= byte_is_digit(text.ptr[i]);
    for (size_t i = 0; i < n->literal_count; i++)
        lets |= str_find(text, n->literals[i]) < text.len;
    return lets;
}

static bool matches(struct str pattern, unsigned flags, struct str text)
{
    size_t at;
    struct err err = {0};
    struct regex_match m;
    struct regex *r = regex_new(pattern, flags, &at, &err);
    struct regex_room *room = r ? regex_room_new() : NULL;
    bool hit = room && regex_next(r, room, text, 0, &m, &err) == REGEX_HIT;
    regex_room_free(room);
    regex_free(r);
    return hit;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str_cut cut = str_cut((struct str){(const char *)data, size}, '\n');
    struct str pattern = cut.head, text = cut.tail;
    unsigned flags = str_starts(pattern, STR("=")) ? 0 : REGEX_CASELESS;
    if (!flags)
        pattern = str_from(pattern, 1);
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    /* Read off in any case: it must not fall over a pattern that is none. */
    struct regex_needs needs = regex_needs(a, pattern);
    if (!is_plain(text) || !matches(pattern, flags, text))
        return 0;
    struct str folded = arena_copy(a, text), zeros = arena_copy(a, text);
    for (size_t i = 0; i < text.len; i++) {
        char c = byte_lower(text.ptr[i]);
        ((char *)(uintptr_t)folded.ptr)[i] = c;
        ((char *)(uintptr_t)zeros.ptr)[i] = byte_is_digit(c) ? '0' : c;
    }
    if (!sieve_lets(needs.sieve, zeros) || !gate_lets(&needs, folded))
        abort();
    return 0;
}
