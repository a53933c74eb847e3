/* SPDX-License-Identifier: MIT */
/* vec.c - growable arrays in an arena. */
#include "base/vec.h"

#include <string.h>

/* Bytes at first, for at most eight items: an outgrown array stays in the arena,
   and of large items there is often just one. */
enum { VEC_FIRST = 100 };

void vec_grow(struct arena *a, void **items, size_t *cap, size_t count,
    size_t size, size_t align)
{
    size_t first = VEC_FIRST / (size + 1) + 1;
    size_t next = *cap ? *cap * 2 : first < 8 ? first : 8;
    void *grown = arena_alloc(a, size, align, next);
    if (count)
        memcpy(grown, *items, count * size);
    *items = grown;
    *cap = next;
}
