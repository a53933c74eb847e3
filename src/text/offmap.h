/* SPDX-License-Identifier: MIT */
/*
 * offmap.h - from normalised bytes to the author's bytes.
 *
 * Filled from left to right while a text is normalised: copy() for bytes taken
 * over one to one, put() for a replacement (n source bytes became m normalised
 * ones, m may be 0). A span that begins or ends inside a replacement grows to
 * take in all of its source.
 */
#ifndef TEXT_OFFMAP_H
#define TEXT_OFFMAP_H

#include "base/arena.h"
#include "text/span.h"

struct offmap;

struct offmap *offmap_new(struct arena *a);
/* The next len normalised bytes stand for the source bytes from beg. */
void offmap_copy(struct offmap *m, uint32_t field, uint32_t beg, uint32_t len);
/* The next len normalised bytes (perhaps none) stand for all of source. */
void offmap_put(
    struct offmap *m, uint32_t field, struct span source, uint32_t len);
/* Source span of a normalised span; *field as told for its first byte. A span
   that crosses fields ends with the field it began in. An empty span gives an
   empty one. Hidden characters between two bytes of the span are inside. */
struct span offmap_origin(
    const struct offmap *m, struct span norm, uint32_t *field);

#endif
