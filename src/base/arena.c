/* SPDX-License-Identifier: MIT */
/*
 * arena.c - memory that is freed at once.
 *
 * A chain of blocks, each twice as large as the one before it up to a bound.
 * Released and reset memory is cleared, since it may have held a post.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 64 << 10, BLOCK_MAX = 8 << 20 };

struct block {
    struct block *before;
    size_t cap, used;
    _Alignas(16) char bytes[];
};

struct arena {
    struct block *top;
    size_t total, limit;
    void (*fail)(void *ctx);
    void *ctx;
};

struct arena *arena_new(size_t limit)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a)
        a->limit = limit;
    return a;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    arena_release(a, (struct arena_mark){0});
    free(a);
}

void arena_freep(struct arena **a)
{
    arena_free(*a);
}

void arena_on_failure(struct arena *a, void (*fail)(void *ctx), void *ctx)
{
    a->fail = fail;
    a->ctx = ctx;
}

PL_NORETURN void arena_fail(struct arena *a)
{
    if (a->fail)
        a->fail(a->ctx);
    abort();
}

static void add_block(struct arena *a, size_t least)
{
    size_t cap = a->top ? a->top->cap * 2 : BLOCK_FIRST;
    if (cap > BLOCK_MAX)
        cap = BLOCK_MAX;
    if (cap < least)
        cap = least;
    if (a->limit && a->total + cap > a->limit)
        arena_fail(a);
    struct block *b = calloc(1, sizeof *b + cap);
    if (!b)
        arena_fail(a);
    b->before = a->top;
    b->cap = cap;
    a->top = b;
    a->total += cap;
}

void *arena_alloc(struct arena *a, size_t size, size_t align, size_t count)
{
    if (count != 0 && size > (SIZE_MAX / 4) / count)
        arena_fail(a);
    size_t need = size * count;
    size_t beg = 0;
    if (a->top)
        beg = (a->top->used + align - 1) & ~(align - 1);
    if (!a->top || beg > a->top->cap || need > a->top->cap - beg) {
        add_block(a, need);
        beg = 0;
    }
    a->top->used = beg + need;
    return a->top->bytes + beg;
}

struct str arena_copy(struct arena *a, struct str s)
{
    char *copy = ARENA_NEW(a, char, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return (struct str){copy, s.len};
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        len = 0;
    char *text = ARENA_NEW(a, char, (size_t)len + 1);
    (void)vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return (struct str){text, (size_t)len};
}

struct arena_mark arena_mark(struct arena *a)
{
    return (struct arena_mark){a->top, a->top ? a->top->used : 0};
}

void arena_release(struct arena *a, struct arena_mark mark)
{
    while (a->top && a->top != mark.block) {
        struct block *before = a->top->before;
        a->total -= a->top->cap;
        explicit_bzero(a->top->bytes, a->top->used);
        free(a->top);
        a->top = before;
    }
    if (a->top && a->top->used > mark.used) {
        explicit_bzero(a->top->bytes + mark.used, a->top->used - mark.used);
        a->top->used = mark.used;
    }
}

void arena_reset(struct arena *a)
{
    struct block *first = a->top;
    while (first && first->before)
        first = first->before;
    arena_release(a, (struct arena_mark){first, 0});
}
