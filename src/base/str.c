/* SPDX-License-Identifier: MIT */
/* str.c - borrowed strings. */
#include "base/str.h"

#include <string.h>

struct str str_of(const char *z)
{
    return (struct str){z, z ? strlen(z) : 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (byte_lower(a.ptr[i]) != byte_lower(b.ptr[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(struct str s, struct str head)
{
    return s.len >= head.len && str_eq((struct str){s.ptr, head.len}, head);
}

bool str_ends(struct str s, struct str tail)
{
    return s.len >= tail.len && str_eq(str_from(s, s.len - tail.len), tail);
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && byte_is_blank(s.ptr[0]))
        s = str_from(s, 1);
    while (s.len > 0 && byte_is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t str_find_byte(struct str s, char c)
{
    const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return at ? (size_t)(at - s.ptr) : s.len;
}

size_t str_find(struct str s, struct str needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t beg = 0; beg + needle.len <= s.len; beg++) {
        beg += str_find_byte(
            str_part(s, beg, s.len - needle.len + 1), needle.ptr[0]);
        if (beg + needle.len <= s.len &&
            memcmp(s.ptr + beg, needle.ptr, needle.len) == 0)
            return beg;
    }
    return s.len;
}

struct str_cut str_cut(struct str s, char sep)
{
    size_t at = str_find_byte(s, sep);
    return (struct str_cut){
        .head = {s.ptr, at},
        .tail = str_from(s, at + 1),
        .found = at < s.len,
    };
}

bool str_uint(struct str s, uint64_t max, uint64_t *value)
{
    uint64_t sum = 0;
    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!byte_is_digit(s.ptr[i]))
            return false;
        uint64_t digit = (uint64_t)(s.ptr[i] - '0');
        if (sum > (max - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

bool str_number(struct str s, double *value)
{
    bool minus = s.len > 0 && s.ptr[0] == '-';
    struct str_cut cut = str_cut(str_from(s, minus), '.');
    uint64_t whole, part = 0;
    double scale = 1;

    if (!str_uint(cut.head, UINT64_MAX / 16, &whole))
        return false;
    if (cut.found && (cut.tail.len > 9 ||
            !str_uint(cut.tail, UINT64_MAX / 16, &part)))
        return false;
    for (size_t i = 0; i < cut.tail.len; i++)
        scale *= 10;
    double sum = (double)whole + (double)part / scale;
    *value = minus ? -sum : sum;
    return true;
}

/*
 * FNV-1a over bytes, finished with the avalanche of MurmurHash3 (both in the
 * public domain), so that the low bits alone serve a power-of-two table.
 */
uint64_t str_hash(struct str s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53u;
    h ^= h >> 33;
    return h;
}

enum { DISTANCE_MAX = 64 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned str_distance(struct str a, struct str b, unsigned limit)
{
    unsigned rows[3][DISTANCE_MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];

    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return limit + 1;
    for (unsigned j = 0; j <= b.len; j++)
        above[j] = before[j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            bool same = a.ptr[i - 1] == b.ptr[j - 1];
            row[j] = least(
                least(above[j] + 1, row[j - 1] + 1), above[j - 1] + !same);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
                a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return least(above[b.len], limit + 1);
}

bool str_point_hidden(uint32_t point)
{
    static const struct {
        uint32_t beg, end; /* both included */
    } ranges[] = {
        {0x0, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x61C, 0x61C},
        {0x180E, 0x180E}, {0x200B, 0x200C}, {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
    };
    if ((point & 0xFFFE) == 0xFFFE) /* no character at all */
        return true;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (point >= ranges[i].beg && point <= ranges[i].end)
            return true;
    return false;
}

size_t str_put_point(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}
