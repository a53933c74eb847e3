/* SPDX-License-Identifier: MIT */
/*
 * vec.h - growable arrays in an arena.
 *
 *     VEC(struct token) tokens = {0};
 *     *VEC_PUSH(arena, &tokens) = token;
 *     for (size_t i = 0; i < tokens.count; i++) use(&tokens.items[i]);
 *
 * An outgrown array stays in the arena until that is emptied.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                              \
    struct {                                                                   \
        type *items;                                                           \
        size_t count, cap;                                                     \
    }

/* Address of one new, zeroed item at the end. */
#define VEC_PUSH(a, v)                                                         \
    ((v)->count == (v)->cap                                                    \
            ? (vec_grow((a), (void **)(void *)&(v)->items, &(v)->cap,          \
                   (v)->count, sizeof *(v)->items, _Alignof(max_align_t)),     \
                  &(v)->items[(v)->count++])                                   \
            : &(v)->items[(v)->count++])

void vec_grow(struct arena *a, void **items, size_t *cap, size_t count,
    size_t size, size_t align);

#endif
