/* SPDX-License-Identifier: MIT */
/* reach.h - what a rule or guard is made of, shared parts included. */
#ifndef AUTHOR_REACH_H
#define AUTHOR_REACH_H

#include "base/arena.h"
#include "engine/pack.h"

struct reach { /* one flag for each record of the pack */
    const struct pack *pack;
    bool *evids, *conds, *guards;
};

struct reach reach_new(struct arena *a, const struct pack *pack);
/* Adds everything the rule (or guard) looks at: anchor, when, unless, allow,
   adjust, its scale's columns, its crowd. */
void reach_rule(struct reach *r, uint32_t rule);
void reach_guard(struct reach *r, uint32_t guard);
void reach_evid(struct reach *r, uint32_t evid); /* PACK_NONE is fine */
void reach_reset(struct reach *r);

#endif
