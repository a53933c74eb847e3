/* SPDX-License-Identifier: MIT */
/*
 * offmap.c - from normalised bytes to the author's bytes.
 *
 * A list of exceptions. Each run is a replacement, whose normalised bytes all
 * stand for the whole source, and behind it as much copied text as follows
 * without a gap (byte n stands for byte n). ASCII text of one field is a single
 * run without a replacement, so a look-up is a short binary search.
 *
 *     "a  fi b" with the ligature fi as one character of three bytes:
 *     put 0..0 <- 0..0, copy ..2 <- ..2; put 2..4 <- 2..5, copy ..6 <- ..7
 */
#include "text/offmap.h"

#include "base/vec.h"

struct run {
    uint32_t beg, len; /* normalised bytes of the replacement, perhaps none */
    struct span source;
    uint32_t field;
};

/* Few posts have more; they need no array of their own. */
enum { RUNS_FIRST = 6 };

struct offmap {
    struct arena *arena;
    VEC(struct run) runs;
    uint32_t end; /* normalised bytes told so far */
    struct run first[RUNS_FIRST];
};

struct offmap *offmap_new(struct arena *a)
{
    struct offmap *m = ARENA_NEW(a, struct offmap, 1);
    m->arena = a;
    m->runs.items = m->first;
    m->runs.cap = RUNS_FIRST;
    return m;
}

/* Where the copy behind a run's replacement begins to count from: add a
   normalised offset and get one of the source. */
static uint32_t shift(const struct run *r)
{
    return r->source.end - (r->beg + r->len);
}

void offmap_copy(struct offmap *m, uint32_t field, uint32_t beg, uint32_t len)
{
    const struct run *last =
        m->runs.count ? &m->runs.items[m->runs.count - 1] : NULL;
    if (len == 0)
        return;
    if (!last || last->field != field || m->end + shift(last) != beg)
        *VEC_PUSH(m->arena, &m->runs) =
            (struct run){m->end, 0, {beg, beg}, field};
    m->end += len;
}

void offmap_put(
    struct offmap *m, uint32_t field, struct span source, uint32_t len)
{
    if (len == 0)
        return; /* lies between its neighbours and needs no run */
    *VEC_PUSH(m->arena, &m->runs) = (struct run){m->end, len, source, field};
    m->end += len;
}

/* Last run that begins at or before an offset. */
static size_t run_at(const struct offmap *m, uint32_t offset)
{
    size_t low = 0, high = m->runs.count;
    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;
        if (m->runs.items[mid].beg <= offset)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static uint32_t source_beg(const struct run *r, uint32_t offset)
{
    return offset - r->beg < r->len ? r->source.beg : offset + shift(r);
}

static uint32_t source_end(const struct run *r, uint32_t offset)
{
    return offset - r->beg < r->len ? r->source.end : offset + shift(r) + 1;
}

struct span offmap_origin(
    const struct offmap *m, struct span norm, uint32_t *field)
{
    if (m->runs.count == 0) {
        *field = 0;
        return (struct span){0, 0};
    }
    const struct run *first = &m->runs.items[run_at(m, norm.beg)];
    *field = first->field;
    struct span out = {source_beg(first, norm.beg), 0};
    if (norm.beg >= m->end)
        out.beg = m->end + shift(first);
    out.end = out.beg;
    if (norm.end <= norm.beg)
        return out;
    uint32_t last_byte = norm.end - 1 < m->end ? norm.end - 1 : m->end - 1;
    size_t at = run_at(m, last_byte);
    const struct run *last = &m->runs.items[at];
    while (last->field != first->field && last > first)
        last--;
    uint32_t inside = last == &m->runs.items[at] ? last_byte : last[1].beg - 1;
    uint32_t end = source_end(last, inside);
    if (end > out.end)
        out.end = end;
    return out;
}
