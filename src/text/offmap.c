/* SPDX-License-Identifier: MIT */
/*
 * offmap.c - from normalised bytes to the author's bytes.
 *
 * A list of runs, each either a copy (byte n of the run is byte n of its
 * source) or a replacement (the whole run stands for the whole source). ASCII
 * text of one field is a single run, so a look-up is a short binary search.
 *
 *     "a  fi b" with the ligature fi as one character of three bytes:
 *     copy 0..2 <- 0..2, put 2..4 <- 2..5, copy 4..6 <- 5..7
 */
#include "text/offmap.h"

#include "base/vec.h"

struct run {
    uint32_t beg; /* normalised */
    uint32_t field;
    struct span source; /* of a copy: source.beg + (n - beg) */
    bool copy;
};

struct offmap {
    struct arena *arena;
    VEC(struct run) runs;
    uint32_t end; /* normalised bytes told so far */
};

struct offmap *offmap_new(struct arena *a)
{
    struct offmap *m = ARENA_NEW(a, struct offmap, 1);
    m->arena = a;
    return m;
}

void offmap_copy(struct offmap *m, uint32_t field, uint32_t beg, uint32_t len)
{
    struct run *last = m->runs.count ? &m->runs.items[m->runs.count - 1] : NULL;
    if (len == 0)
        return;
    if (last && last->copy && last->field == field && last->source.end == beg) {
        last->source.end += len;
    } else {
        *VEC_PUSH(m->arena, &m->runs) =
            (struct run){m->end, field, {beg, beg + len}, true};
    }
    m->end += len;
}

void offmap_put(
    struct offmap *m, uint32_t field, struct span source, uint32_t len)
{
    if (len == 0)
        return; /* lies between its neighbours and needs no run */
    *VEC_PUSH(m->arena, &m->runs) = (struct run){m->end, field, source, false};
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
    return r->copy ? r->source.beg + (offset - r->beg) : r->source.beg;
}

static uint32_t source_end(const struct run *r, uint32_t offset)
{
    return r->copy ? r->source.beg + (offset - r->beg) + 1 : r->source.end;
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
        out.beg = first->source.end;
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
