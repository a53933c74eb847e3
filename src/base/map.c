/* SPDX-License-Identifier: MIT */
/* map.c - from a string to a number: open addressing, linear probing. */
#include "base/map.h"

static struct map_slot *slot_of(
    const struct map *m, struct str key, uint64_t hash)
{
    size_t i = (size_t)hash & (m->cap - 1);
    while (m->slots[i].used &&
        (m->slots[i].hash != hash || !str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

uint32_t *map_find(const struct map *m, struct str key)
{
    if (m->cap == 0)
        return NULL;
    struct map_slot *slot = slot_of(m, key, str_hash(key));
    return slot->used ? &slot->value : NULL;
}

static void grow(struct arena *a, struct map *m)
{
    struct map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = ARENA_NEW(a, struct map_slot, m->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].used)
            *slot_of(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

uint32_t *map_put(struct arena *a, struct map *m, struct str key, bool *is_new)
{
    if ((m->count + 1) * 4 > m->cap * 3)
        grow(a, m);
    uint64_t hash = str_hash(key);
    struct map_slot *slot = slot_of(m, key, hash);
    if (is_new)
        *is_new = !slot->used;
    if (!slot->used) {
        *slot = (struct map_slot){.key = key, .hash = hash, .used = true};
        m->count++;
    }
    return &slot->value;
}
