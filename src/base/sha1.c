/* SPDX-License-Identifier: MIT */
/* sha1.c - SHA-1 (FIPS 180-4). */
#include "base/sha1.h"

#include <string.h>

enum { BLOCK = 64, WORDS = 80 };

struct sha1 {
    uint32_t state[5];
    unsigned char block[BLOCK];
    size_t used;
    uint64_t bytes;
};

static uint32_t turn(uint32_t word, unsigned by)
{
    return word << by | word >> (32 - by);
}

static uint32_t load(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/* The function and constant of a round. */
static uint32_t mix(unsigned round, uint32_t b, uint32_t c, uint32_t d)
{
    if (round < 20)
        return ((b & c) | (~b & d)) + 0x5A827999;
    if (round < 40)
        return (b ^ c ^ d) + 0x6ED9EBA1;
    if (round < 60)
        return ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC;
    return (b ^ c ^ d) + 0xCA62C1D6;
}

static void add_block(struct sha1 *s, const unsigned char *block)
{
    uint32_t w[WORDS], v[5];
    for (unsigned i = 0; i < 16; i++)
        w[i] = load(block + 4 * i);
    for (unsigned i = 16; i < WORDS; i++)
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    memcpy(v, s->state, sizeof v);
    for (unsigned i = 0; i < WORDS; i++) {
        uint32_t next = turn(v[0], 5) + mix(i, v[1], v[2], v[3]) + v[4] + w[i];
        v[4] = v[3];
        v[3] = v[2];
        v[2] = turn(v[1], 30);
        v[1] = v[0];
        v[0] = next;
    }
    for (unsigned i = 0; i < 5; i++)
        s->state[i] += v[i];
}

static void add(struct sha1 *s, struct str bytes)
{
    s->bytes += bytes.len;
    while (bytes.len > 0) {
        size_t size = BLOCK - s->used;
        if (size > bytes.len)
            size = bytes.len;
        memcpy(s->block + s->used, bytes.ptr, size);
        s->used += size;
        bytes = str_from(bytes, size);
        if (s->used == BLOCK) {
            add_block(s, s->block);
            s->used = 0;
        }
    }
}

/* A set bit, zeroes, and the length in bits. */
static void add_end(struct sha1 *s)
{
    uint64_t bits = s->bytes * 8;
    char length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (char)(bits >> (56 - 8 * i));
    add(s, STR("\x80"));
    while (s->used != BLOCK - sizeof length)
        add(s, (struct str){"", 1});
    add(s, (struct str){length, sizeof length});
}

void sha1_hex(struct str head, struct str body, char hex[SHA1_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    struct sha1 s = {
        .state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}};
    add(&s, head);
    add(&s, body);
    add_end(&s);
    for (unsigned i = 0; i < SHA1_HEX; i++)
        hex[i] = digits[s.state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    hex[SHA1_HEX] = '\0';
}
