/* SPDX-License-Identifier: MIT */
/*
 * gate.c - which rules can fire at all?
 *
 * The compiler chose for each rule a set of triggers one of which must stand in
 * the post: phrases, detectors, regexes' required literals. A rule without any
 * is always proposed. The gate may propose too often, never too rarely.
 */
#include "engine/state.h"

#include <string.h>

static void propose(struct scratch *s, struct pack_list rules)
{
    for (uint32_t i = rules.beg; i < rules.end; i++)
        s->proposed[s->pack->index[i]] = 1;
}

static bool has_trigger(struct scratch *s, const struct pack_trigger *t)
{
    if (t->kind == 0)
        return detect_hits(s, t->a)->count > 0;
    return regex_possible(s, t->a);
}

void gate_propose(struct scratch *s)
{
    const struct pack *p = s->pack;

    s->proposed = ARENA_NEW(s->arena, uint8_t, p->rules_count + 1);
    for (uint32_t i = 0; i < p->rules_count; i++)
        s->proposed[i] = s->options->no_gate || p->rules[i].always;
    if (s->options->no_gate)
        return;
    for (uint32_t i = 0; i < s->phrase_count; i++)
        propose(s, p->phrases[s->phrases[i].phrase].triggers);
    for (uint32_t i = 0; i < p->triggers_count; i++)
        if (has_trigger(s, &p->triggers[i]))
            propose(s, p->triggers[i].rules);
}
