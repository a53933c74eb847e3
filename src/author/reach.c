/* SPDX-License-Identifier: MIT */
/* reach.c - what a rule or guard is made of, shared parts included. */
#include "author/reach.h"

#include <string.h>

struct reach reach_new(struct arena *a, const struct pack *p)
{
    return (struct reach){
        .pack = p,
        .evids = ARENA_NEW(a, bool, p->evids_count + (size_t)1),
        .conds = ARENA_NEW(a, bool, p->conds_count + (size_t)1),
        .guards = ARENA_NEW(a, bool, p->guards_count + (size_t)1),
    };
}

void reach_reset(struct reach *r)
{
    memset(r->evids, 0, r->pack->evids_count);
    memset(r->conds, 0, r->pack->conds_count);
    memset(r->guards, 0, r->pack->guards_count);
}

static void reach_cond(struct reach *r, uint32_t cond);

static void reach_steps(struct reach *r, struct pack_list steps)
{
    const struct pack *p = r->pack;
    for (uint32_t i = steps.beg; i < steps.end; i++) {
        reach_evid(r, p->steps[i].evid);
        for (uint32_t k = p->steps[i].without.beg;
             k < p->steps[i].without.end; k++)
            reach_evid(r, p->index[k]);
    }
}

void reach_evid(struct reach *r, uint32_t evid)
{
    if (evid == PACK_NONE || r->evids[evid])
        return;
    const struct pack_evid *e = &r->pack->evids[evid];
    r->evids[evid] = true;
    if (e->where != PACK_NONE)
        reach_cond(r, e->where);
    if (e->kind == PACK_SEQUENCE)
        reach_steps(r, e->list);
    for (uint32_t i = e->list.beg; e->kind == PACK_ANY && i < e->list.end; i++)
        reach_evid(r, r->pack->index[i]);
}

void reach_guard(struct reach *r, uint32_t guard)
{
    if (r->guards[guard])
        return;
    r->guards[guard] = true;
    reach_cond(r, r->pack->guards[guard].when);
}

static void reach_cond(struct reach *r, uint32_t cond)
{
    const struct pack *p = r->pack;
    if (cond == PACK_NONE || r->conds[cond])
        return;
    const struct pack_cond *c = &p->conds[cond];
    r->conds[cond] = true;
    switch ((enum pack_op)c->op) {
    case OP_AND:
    case OP_OR:
    case OP_OF:
        for (uint32_t i = c->list.beg; i < c->list.end; i++)
            reach_cond(r, p->index[i]);
        break;
    case OP_NOT:
    case OP_TERM:
    case OP_WITHIN:
        reach_cond(r, c->a);
        break;
    case OP_NAME:
    case OP_FACT:
    case OP_COUNT:
        reach_evid(r, c->a);
        break;
    case OP_CONTEXT:
        reach_evid(r, c->b);
        break;
    case OP_NEAR:
    case OP_BEFORE:
        reach_evid(r, c->a);
        reach_evid(r, c->b);
        break;
    case OP_LOOKUP:
        for (uint32_t i = c->list.beg; i < c->list.end; i++)
            reach_evid(r, p->index[i]);
        break;
    case OP_GUARD:
        reach_guard(r, c->a);
        break;
    case OP_ANCHOR:
    case OP_OWN:
    case OP_PROFILE:
    case OP_LEVEL:
    case OP_AXIS:
    case OP_COUNT_OPS:
        break;
    }
}

static void reach_crowd(struct reach *r, const struct pack_crowd *c)
{
    const struct pack *p = r->pack;
    for (uint32_t i = c->axes.beg; i < c->axes.end; i++)
        for (uint32_t k = p->axes[i].points.beg; k < p->axes[i].points.end; k++)
            reach_evid(r, p->points[k].evid);
    for (int level = 0; level < LEVEL_COUNT; level++)
        reach_cond(r, c->levels[level]);
}

void reach_rule(struct reach *r, uint32_t rule)
{
    const struct pack *p = r->pack;
    const struct pack_rule *from = &p->rules[rule];
    reach_evid(r, from->anchor);
    reach_cond(r, from->when);
    for (uint32_t i = from->unless.beg; i < from->unless.end; i++)
        reach_cond(r, p->index[i]);
    reach_evid(r, from->allow);
    for (uint32_t i = from->adjust.beg; i < from->adjust.end; i++)
        reach_cond(r, p->adjusts[i].cond);
    if (from->scale != PACK_NONE) {
        const struct pack_scale *s = &p->scales[from->scale];
        reach_cond(r, s->lookup);
        for (uint32_t i = s->columns.beg; i < s->columns.end; i++)
            reach_cond(r, p->index[i]);
    }
    if (from->crowd != PACK_NONE)
        reach_crowd(r, &p->crowds[from->crowd]);
}
