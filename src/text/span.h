/* SPDX-License-Identifier: MIT */
/* span.h - a half-open range of bytes; which text is said where it is used. */
#ifndef TEXT_SPAN_H
#define TEXT_SPAN_H

#include <stdbool.h>
#include <stdint.h>

struct span {
    uint32_t beg, end;
};

static inline bool span_overlaps(struct span a, struct span b)
{
    return a.beg < b.end && b.beg < a.end;
}
static inline bool span_holds(struct span outer, struct span inner)
{
    return outer.beg <= inner.beg && inner.end <= outer.end;
}

#endif
