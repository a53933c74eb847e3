/* SPDX-License-Identifier: MIT */
/*
 * str.h - borrowed strings: a pointer and a length in bytes, passed by value.
 *
 * Never NUL-dependent; the bytes belong to somebody else. The empty string may
 * have a null pointer.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *ptr;
    size_t len; /* bytes */
};

/* Refuses anything but a string literal. */
#define STR(literal) ((struct str){"" literal "", sizeof(literal) - 1})
#define STR_INIT(lit)                                                          \
    {                                                                          \
        "" lit "", sizeof(lit) - 1                                             \
    } /* in static tables */
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

struct str_cut {
    struct str head, tail;
    bool found;
};

struct str str_of(const char *z); /* of a NUL-terminated string; null is "" */
bool str_eq(struct str a, struct str b);
/* Most words differ in their first letter: no call, no length. */
static inline bool str_eqz(struct str a, const char *z)
{
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != z[i] || z[i] == '\0')
            return false;
    return z[a.len] == '\0';
}

bool str_eq_nocase(struct str a, struct str b); /* ASCII only */
int str_cmp(struct str a, struct str b);        /* as memcmp, shorter first */
bool str_starts(struct str s, struct str head);
bool str_ends(struct str s, struct str tail);
/* Both clamp. */
static inline struct str str_from(struct str s, size_t beg)
{
    if (beg > s.len)
        beg = s.len;
    if (beg > 0) {
        s.ptr += beg;
        s.len -= beg;
    }
    return s;
}
static inline struct str str_part(struct str s, size_t beg, size_t end)
{
    if (end < s.len)
        s.len = end;
    return str_from(s, beg);
}

struct str str_trim(struct str s); /* ASCII blanks at both ends */
/* Offset of the first needle in s, or s.len if there is none. */
size_t str_find(struct str s, struct str needle);
size_t str_find_byte(struct str s, char c);
/* Parts around the first sep; found is false and tail empty without one. */
struct str_cut str_cut(struct str s, char sep);
/* Decimal digits only; false if empty, not digits or above max. */
bool str_uint(struct str s, uint64_t max, uint64_t *value);
/* A plain decimal number such as -3, 0.5 or 10000; no exponent. */
bool str_number(struct str s, double *value);
/* 64 bits, the same on every machine and in every version of a pack. */
uint64_t str_hash(struct str s);
/* Edit distance (optimal string alignment), at most limit + 1. */
unsigned str_distance(struct str a, struct str b, unsigned limit);

/* Control, bidi and other characters that a screen does not show as they are;
   the joiner and selectors of emoji are not among them. */
bool str_point_hidden(uint32_t point);
/* Writes the character in UTF-8, at most 4 bytes; their number. */
size_t str_put_point(char *out, uint32_t point);

static inline bool byte_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool byte_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool byte_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool byte_is_alpha(char c)
{
    return byte_is_lower(c) || byte_is_upper(c);
}
static inline bool byte_is_alnum(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c);
}
static inline bool byte_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
           c == '\v';
}
static inline char byte_lower(char c)
{
    return byte_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

#endif
