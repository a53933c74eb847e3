/* SPDX-License-Identifier: MIT */
/*
 * pointmap.h - the usual characters in one look: what each becomes and what it
 * is.
 *
 * Made at build time by gen/plpoint.c, which asks point.h of each code point.
 * Two stages: blocks of 64 code points, most of them alike, and rows, of which
 * there are few, since a letter that stays is told by how its lower case
 * differs.
 */
#ifndef TEXT_POINTMAP_H
#define TEXT_POINTMAP_H

#include "text/point.h"

enum pointmap_kind {
    POINTMAP_RARE,  /* ask point.h, and what stands around it */
    POINTMAP_SAME,  /* stays as it is; its lower case has as many bytes */
    POINTMAP_ALIKE, /* the same, unless its word mixes scripts */
    POINTMAP_TEXT,  /* becomes text, of no more bytes than it has */
    POINTMAP_DASH   /* the same, unless it stands for a hyphen */
};

struct pointmap_row {
    char cased[4];  /* TEXT, DASH */
    char folded[4]; /* TEXT, DASH; SAME, ALIKE: what to xor its bytes with */
    uint8_t len;
    uint8_t kind;
    bool is_letter, is_emoji; /* SAME, ALIKE: as point.h has it */
};

enum { POINTMAP_END = 0x20000, POINTMAP_BLOCK = 64 };

extern const uint16_t pointmap_blocks[POINTMAP_END / POINTMAP_BLOCK];
extern const uint8_t pointmap_cells[][POINTMAP_BLOCK];
extern const struct pointmap_row pointmap_rows[];

/* The row of a code point below POINTMAP_END that is not ASCII. */
static inline const struct pointmap_row *pointmap_row(uint32_t point)
{
    unsigned block = pointmap_blocks[point / POINTMAP_BLOCK];
    return &pointmap_rows[pointmap_cells[block][point % POINTMAP_BLOCK]];
}

static inline enum pointmap_kind pointmap_kind(uint32_t point)
{
    return point < POINTMAP_END
               ? (enum pointmap_kind)pointmap_row(point)->kind
               : POINTMAP_RARE;
}

static inline bool pointmap_stays(const struct pointmap_row *row)
{
    return row->kind == POINTMAP_SAME || row->kind == POINTMAP_ALIKE;
}

/* point_is_letter() and point_is_emoji(), for what is not ASCII. */
static inline bool pointmap_is_letter(uint32_t point)
{
    const struct pointmap_row *row =
        point < POINTMAP_END ? pointmap_row(point) : NULL;
    return row && pointmap_stays(row) ? row->is_letter : point_is_letter(point);
}

static inline bool pointmap_is_emoji(uint32_t point)
{
    const struct pointmap_row *row =
        point < POINTMAP_END ? pointmap_row(point) : NULL;
    return row && pointmap_stays(row) ? row->is_emoji : point_is_emoji(point);
}

#endif
