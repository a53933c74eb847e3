/* SPDX-License-Identifier: MIT */
/*
 * arena.c - memory that is freed at once.
 *
 * A chain of blocks, each twice as large as the one before it up to a bound. The
 * first is a page, and a block is cleared a little ahead of what is handed out: most
 * arenas of a run for one draft hold little, and a page that nobody touches costs
 * nothing.
 * Released and reset memory is cleared, since it may have held a post.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* KEEP_MAX: an emptied arena holds on to its largest block up to this size, so
   that posts of the usual size allocate nothing and a huge one is given back. */
enum {
    BLOCK_FIRST = 4000,
    BLOCK_MAX = 8 << 20,
    KEEP_MAX = 1 << 20,
    CLEAR_AHEAD = 2048
};

struct block {
    struct block *before;
    size_t cap, used;
    size_t clean; /* bytes before it are zero where they are not used */
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
    struct block *b = malloc(sizeof *b + cap);
    if (!b)
        arena_fail(a);
    *b = (struct block){.before = a->top, .cap = cap};
    a->top = b;
    a->total += cap;
}

static void clear_to(struct block *b, size_t end)
{
    size_t ahead = b->cap - end < CLEAR_AHEAD ? b->cap : end + CLEAR_AHEAD;
    memset(b->bytes + b->clean, 0, ahead - b->clean);
    b->clean = ahead;
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
    if (a->top->used > a->top->clean)
        clear_to(a->top, a->top->used);
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

/* Frees the newest blocks down to, and without, the last one. */
static struct block *free_blocks(
    struct arena *a, struct block *top, const struct block *last)
{
    while (top && top != last) {
        struct block *before = top->before;
        a->total -= top->cap;
        explicit_bzero(top->bytes, top->used);
        free(top);
        top = before;
    }
    return top;
}

void arena_release(struct arena *a, struct arena_mark mark)
{
    a->top = free_blocks(a, a->top, mark.block);
    if (a->top && a->top->used > mark.used) {
        explicit_bzero(a->top->bytes + mark.used, a->top->used - mark.used);
        a->top->used = mark.used;
    }
}

void arena_reset(struct arena *a)
{
    struct block *kept = a->top;
    while (kept && kept->before && kept->cap > KEEP_MAX)
        kept = kept->before;
    arena_release(a, (struct arena_mark){kept, 0});
    if (kept)
        kept->before = free_blocks(a, kept->before, NULL);
}
