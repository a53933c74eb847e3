/* SPDX-License-Identifier: MIT */
/*
 * arena.h - memory that is freed at once.
 *
 * Out of memory and the byte limit both go to the arena's handler, which must
 * not return (the API's jumps back into its entry function); without a handler
 * the program aborts. Allocations are zeroed and aligned.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/attr.h"
#include "base/str.h"

struct arena;

struct arena_mark {
    void *block;
    size_t used;
};

#define ARENA_NEW(a, type, count)                                              \
    ((type *)arena_alloc((a), sizeof(type), _Alignof(type), (count)))

/* Null when out of memory: the only arena call that tells. limit: bytes in
   all, 0 for none. */
struct arena *arena_new(size_t limit);
void arena_free(struct arena *a); /* null is fine */
void arena_freep(struct arena **a);
/* fail must not return: it jumps away or ends the program. */
void arena_on_failure(struct arena *a, void (*fail)(void *ctx), void *ctx);
/* What happens where memory runs out. */
PL_NORETURN void arena_fail(struct arena *a);
void *arena_alloc(struct arena *a, size_t size, size_t align, size_t count);
/* A copy, followed by a NUL that is not counted. */
struct str arena_copy(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...)
    PL_PRINTF(2, 3);
struct arena_mark arena_mark(struct arena *a);
/* Everything allocated since the mark is gone. */
void arena_release(struct arena *a, struct arena_mark mark);
/* Empties the arena, clears what it held and keeps one block of bounded size. */
void arena_reset(struct arena *a);

#endif
