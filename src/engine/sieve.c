/* SPDX-License-Identifier: MIT */
/*
 * sieve.c - is a regex worth running on a sentence?
 *
 * To compile a pattern costs as much as to judge a post, and to run it may cost as
 * much again. What every match must hold was read off when the pack was made
 * (match/needs.c): sets of strings, one of each. Nearly all sentences that reach
 * a regex hold no match, and lack one of the sets.
 */
#include <string.h>

#include "engine/state.h"

static uint32_t three_bytes(const char *p)
{
    uint32_t three = (uint32_t)(unsigned char)p[0] |
        (uint32_t)(unsigned char)p[1] << 8 |
        (uint32_t)(unsigned char)p[2] << 16;
    return three * 0x9E3779B1u >> 20;
}

/* Scripts that have digits of their own, by the first two bytes of a character. A
   pattern's \d matches those too. */
bool sieve_digit(const char *p, size_t len)
{
    unsigned char a = (unsigned char)p[0];
    unsigned char b = len > 1 ? (unsigned char)p[1] : 0;
    switch (a) {
    case 0xD9: /* Arabic */
    case 0xDB:
    case 0xDF: /* N'Ko */
    case 0xE0: /* scripts of India, Thai, Lao, Tibetan */
    case 0xE1: /* Myanmar, Khmer, Mongolian ... */
    case 0xEA: /* Vai, Javanese ... */
        return true;
    case 0xEF: /* full width */
        return b == 0xBC;
    case 0xF0: /* all but pictures */
        return b != 0x9F || (len > 2 && (unsigned char)p[2] == 0xAF);
    default:
        return false;
    }
}

static void prepare(struct scratch *s)
{
    struct sieve *sv = &s->sieve;
    struct str folded = s->text.folded;
    char *text = ARENA_NEW(s->arena, char, folded.len + 1);

    *sv = (struct sieve){.ready = true, .text = {text, folded.len}};
    for (size_t i = 0; i < folded.len; i++) {
        text[i] = byte_is_digit(folded.ptr[i]) ? '0' : folded.ptr[i];
        sv->foreign |= (unsigned char)text[i] >= 0x80 &&
            sieve_digit(folded.ptr + i, folded.len - i);
    }
    for (size_t i = 0; i + 3 <= folded.len; i++) {
        uint32_t bit = three_bytes(text + i);
        sv->bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

/* Letters of other scripts than ours are not known here: they part nothing. */
static bool is_word(char c)
{
    return byte_is_alnum(c) || c == '_';
}

static bool may_stand(const struct sieve *sv, struct str what)
{
    if (what.len < 3)
        return true;
    uint32_t bit = three_bytes(what.ptr);
    return (sv->bits[bit / 64] >> bit % 64 & 1) != 0;
}

static bool holds(const struct sieve *sv, struct str text, struct str what)
{
    bool begins = what.ptr[0] == SIEVE_EDGE;
    bool ends = what.ptr[what.len - 1] == SIEVE_EDGE;
    what = str_part(what, begins, what.len - ends);
    if (!may_stand(sv, what))
        return false;
    for (size_t at = 0; at < text.len; at++) {
        at += str_find(str_from(text, at), what);
        size_t end = at + what.len;
        if (end <= text.len &&
            (!begins || at == 0 || !is_word(text.ptr[at - 1])) &&
            (!ends || end == text.len || !is_word(text.ptr[end])))
            return true;
    }
    return false;
}

bool sieve_passes(
    struct scratch *s, const struct pack_regex *r, struct span at)
{
    struct str rest = {
        s->pack->sieves + r->sieve.beg, r->sieve.end - r->sieve.beg};
    bool is_there = false;

    if (!s->sieve.ready)
        prepare(s);
    if (s->sieve.foreign)
        return true;
    struct str text = str_part(s->sieve.text, at.beg, at.end);
    while (rest.len > 0) {
        size_t len = (unsigned char)rest.ptr[0];
        if (len == 0 && !is_there)
            return false;
        is_there = len > 0 &&
            (is_there || holds(&s->sieve, text, str_part(rest, 1, 1 + len)));
        rest = str_from(rest, 1 + len);
    }
    return true;
}
