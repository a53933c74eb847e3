/* SPDX-License-Identifier: MIT */
/* words.c - look-up of words and of the paths that phrases are. */
#include "engine/words.h"

struct more_word *more_word_at(const struct pack_more *m, uint64_t hash)
{
    uint32_t mask = m->words_count - 1, at = (uint32_t)hash & mask;
    while (m->words[at].word.flags && m->words[at].hash != hash)
        at = (at + 1) & mask;
    return &m->words[at];
}

struct more_edge *more_edge_at(
    const struct pack_more *m, uint32_t node, uint32_t word)
{
    uint32_t mask = m->edges_count - 1;
    uint32_t at = (node * 0x9E3779B1u ^ word * 0x85EBCA6Bu) & mask;
    while (m->edges[at].child != 0 &&
        (m->edges[at].node != node || m->edges[at].word != word))
        at = (at + 1) & mask;
    return &m->edges[at];
}

/* Words that begin phrases have the lowest ids, and the root's nodes their numbers;
   elsewhere the children of a node stand in the order of their words. 0: none. */
static uint32_t child_of(const struct pack *p, uint32_t node, uint32_t word)
{
    uint32_t last = p->nodes_count - 1;
    uint32_t low = p->nodes[node].kids, high = p->nodes[node + 1].kids;
    if (high > last) /* of a damaged pack */
        high = last;
    if (node == 0)
        return word & 1 || word >> 1 >= high ? 0 : word >> 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->nodes[middle].word == word)
            return middle;
        if (p->nodes[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

bool trie_step(const struct pack *p, uint32_t word, struct trie_at *at)
{
    uint32_t child = 0;
    if (p->more) {
        const struct more_edge *edge = more_edge_at(p->more, at->node, word);
        if (edge->child) {
            *at = (struct trie_at){edge->child, edge->phrase};
            return true;
        }
    }
    /* The last node only ends the one before it; those added follow. */
    if (at->node + 1 < p->nodes_count)
        child = child_of(p, at->node, word);
    *at = (struct trie_at){child, child ? p->nodes[child].phrase : PACK_NONE};
    return child != 0;
}
