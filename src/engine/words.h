/* SPDX-License-Identifier: MIT */
/*
 * words.h - look-up of words and of the paths that phrases are.
 *
 * Both are asked for each token of each post, and by a run that judges one draft
 * every look-up may touch a page for the first time. So a word is eight bytes, the
 * commonest stand in a table of their own that fits into a few pages, and what begins
 * with a common word stands before what begins with a rare one.
 */
#ifndef ENGINE_WORDS_H
#define ENGINE_WORDS_H

#include "engine/pack.h"

/* ---- slots ---------------------------------------------------------------- */

/* A slot of a word table: 40 bits of the word's hash, its id, its flags; 0: free.
   Where it stands says as much as the lowest bits would. */
enum { WORD_FLAG_BITS = 3, WORD_ID_BITS = 21, WORD_KEY_FROM = 24 };

#define WORD_ID_MAX ((UINT32_C(1) << WORD_ID_BITS) - 1)

static inline uint64_t word_slot(uint64_t hash, uint32_t id, uint32_t flags)
{
    return (hash >> WORD_KEY_FROM) << WORD_KEY_FROM |
        (uint64_t)id << WORD_FLAG_BITS | flags;
}

/* Where a word's slot is, or the first of those behind it. */
static inline uint32_t word_home(uint64_t hash, uint32_t count)
{
    return (uint32_t)((hash & ((UINT64_C(1) << WORD_KEY_FROM) - 1)) * count >>
        WORD_KEY_FROM);
}

struct word {
    uint32_t id;    /* of phrases; 0: in none */
    uint32_t flags; /* enum word_flag; 0: not known */
};

/* The slot of a word in a table that has a free one, or the free one found. */
static inline uint32_t word_slot_find(
    const uint64_t *table, uint32_t count, uint64_t hash)
{
    uint32_t at = word_home(hash, count);
    while (table[at] != 0 && (table[at] ^ hash) >> WORD_KEY_FROM != 0)
        at = at + 1 == count ? 0 : at + 1;
    return at;
}

/* ---- words and steps that settings add --------------------------------------- */

struct more_word { /* open addressing, flags 0: free */
    uint64_t hash;
    struct word word;
};

struct more_edge { /* open addressing, child 0: free */
    uint32_t node, word;
    uint32_t child, phrase;
};

/* They go before those of the pack. Counts are powers of two. */
struct pack_more {
    struct more_word *words;
    struct more_edge *edges;
    uint32_t words_count, edges_count;
};

/* The word's slot or the free one where it goes. */
struct more_word *more_word_at(const struct pack_more *m, uint64_t hash);
struct more_edge *more_edge_at(
    const struct pack_more *m, uint32_t node, uint32_t word);

/* ---- look-up ------------------------------------------------------------------- */

static inline struct word word_find(const struct pack *p, uint64_t hash)
{
    if (p->more) {
        const struct more_word *w = more_word_at(p->more, hash);
        if (w->word.flags)
            return w->word;
    }
    uint64_t slot = p->common[word_slot_find(p->common, p->common_count, hash)];
    if (slot == 0)
        slot = p->words[word_slot_find(p->words, p->words_count, hash)];
    return (struct word){(uint32_t)(slot >> WORD_FLAG_BITS) & WORD_ID_MAX,
        (uint32_t)slot & ((1 << WORD_FLAG_BITS) - 1)};
}

/* Where a path through the trie has come to. */
struct trie_at {
    uint32_t node;
    uint32_t phrase; /* that ends here, or PACK_NONE */
};

/* One word on; false if no phrase goes on with it. word: id << 1 | hard; where it
   is hard, what parts it from the one before may be more than blanks. */
bool trie_step(const struct pack *p, uint32_t word, struct trie_at *at);

#endif
