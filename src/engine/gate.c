/* SPDX-License-Identifier: MIT */
/*
 * gate.c - which rules can fire at all?
 *
 * Of the parts that a rule cannot do without the compiler chose the one that
 * posts hold most seldom: it proposes the rule. All others then confirm
 * (sents.c), sentence by sentence; only what is left is judged. A rule without
 * any such part is always proposed. The gate may propose too often, never too
 * rarely.
 */
#include "engine/state.h"

#include <string.h>

static void propose(struct scratch *s, struct pack_list rules)
{
    for (uint32_t i = rules.beg; i < rules.end; i++) {
        uint32_t rule = s->pack->index[i];
        s->proposed[rule / 64] |= UINT64_C(1) << rule % 64;
    }
}

static bool has_trigger(struct scratch *s, const struct pack_trigger *t)
{
    return t->kind == 0 ? detect_possible(s, t->a) : regex_possible(s, t->a);
}

static void propose_by_post(struct scratch *s)
{
    const struct pack *p = s->pack;
    for (uint32_t i = 0; i < s->phrase_count; i++)
        propose(s, p->phrases[s->phrases[i].phrase].triggers);
    for (uint32_t i = 0; i < p->triggers_count; i++)
        if (has_trigger(s, &p->triggers[i]))
            propose(s, p->triggers[i].rules);
}

void gate_propose(struct scratch *s)
{
    size_t words = s->pack->rules_count / 64 + (size_t)1;
    if (s->options->no_gate) {
        memcpy(s->proposed, s->applied.rules, words * sizeof *s->proposed);
        return;
    }
    memcpy(s->proposed, s->applied.always, words * sizeof *s->proposed);
    propose_by_post(s);
    for (size_t i = 0; i < words; i++)
        s->proposed[i] &= s->applied.rules[i];
}

bool gate_confirm(struct scratch *s, uint32_t rule)
{
    return s->options->no_gate || rule_possible(s, rule);
}
