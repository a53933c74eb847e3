/* SPDX-License-Identifier: MIT */
/*
 * fuzz_offmap.c - the offset map against an array with one entry per byte.
 *
 * Input: three bytes for each call: kind and length, source bytes, field.
 */
#include <stdint.h>
#include <stdlib.h>

#include "text/offmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BYTES_MOST = 400 };

struct byte {
    uint32_t field;
    struct span source;
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void compare(
    const struct offmap *m, const struct byte *slow, uint32_t beg, uint32_t end)
{
    uint32_t field = UINT32_MAX, last = end - 1;
    struct span got = offmap_origin(m, (struct span){beg, end}, &field);

    while (slow[last].field != slow[beg].field)
        last--;
    demand(field == slow[beg].field);
    demand(got.beg == slow[beg].source.beg);
    demand(got.end == slow[last].source.end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct byte slow[BYTES_MOST];
    struct arena *a = arena_new(0);
    struct offmap *m = offmap_new(a);
    uint32_t len = 0, field = 0, source = 0;

    for (size_t i = 0; i + 2 < size; i += 3) {
        uint32_t count = data[i] >> 1 & 15, bytes = data[i + 1] & 15;
        bool copy = data[i] & 1;
        if (len + count > BYTES_MOST)
            break;
        /* A gap before a copy: source bytes that stand for nothing. */
        source += data[i + 1] >> 6;
        if (copy)
            offmap_copy(m, field, source, bytes = count);
        else
            offmap_put(m, field, (struct span){source, source + bytes}, count);
        for (uint32_t k = 0; k < count; k++) {
            struct span one = {source + k, source + k + 1};
            struct span all = {source, source + bytes};
            slow[len++] = (struct byte){field, copy ? one : all};
        }
        source += bytes;
        if (data[i + 2] == 255) {
            field++;
            source = 0;
        }
    }
    for (uint32_t beg = 0; beg < len; beg++)
        for (uint32_t end = beg + 1; end <= len && end < beg + 40; end++)
            compare(m, slow, beg, end);
    if (len)
        compare(m, slow, 0, len);
    arena_free(a);
    return 0;
}
