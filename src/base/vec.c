/* SPDX-License-Identifier: MIT */
/* vec.c - growable arrays in an arena. */
#include "base/vec.h"

#include <string.h>

enum { VEC_FIRST = 8 };

void vec_grow(struct arena *a, void **items, size_t *cap, size_t count,
    size_t size, size_t align)
{
    size_t next = *cap ? *cap * 2 : VEC_FIRST;
    void *grown = arena_alloc(a, size, align, next);
    if (count)
        memcpy(grown, *items, count * size);
    *items = grown;
    *cap = next;
}
