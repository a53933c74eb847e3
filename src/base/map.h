/* SPDX-License-Identifier: MIT */
/* map.h - from a string to a number; keys are borrowed, memory an arena's. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_slot {
    struct str key;
    uint64_t hash;
    uint32_t value;
    bool used;
};

struct map {
    struct map_slot *slots;
    size_t cap, count;
};

/* Null if there is none. */
uint32_t *map_find(const struct map *m, struct str key);
/* The value of the key, made with 0 if it is new (*is_new says; may be null).
   The address lasts until the next map_put. */
uint32_t *map_put(struct arena *a, struct map *m, struct str key, bool *is_new);

#endif
