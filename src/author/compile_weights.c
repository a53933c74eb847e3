/* SPDX-License-Identifier: MIT */
/* compile_weights.c - weights to a table of hashes. */
#include "author/compiler.h"
#include "base/limits.h"
#include "engine/weigh.h"

uint32_t weights_column(
    struct compiler *c, const struct part *part, struct name name)
{
    const struct weights *w = part->data;
    for (uint32_t i = 0; i < w->columns.count; i++)
        if (str_eq(w->columns.items[i].text, name.text))
            return i;
    problem_add(c->problems, name.at, "unknown-name", NULL,
        "the weights '" STR_FMT "' have no column '" STR_FMT "'",
        STR_ARG(part->name.text), STR_ARG(name.text));
    return PACK_NONE;
}

static struct pack_list put_weights(
    struct compiler *c, const struct part *part, const struct entry *e)
{
    struct pack_list list = {(uint32_t)c->out.weights.count, 0};
    for (size_t i = 0; i < e->tag_count; i++) {
        const struct entry_tag *tag = &e->tags[i];
        uint32_t column =
            weights_column(c, part, (struct name){tag->name, tag->at});
        if (column == PACK_NONE)
            continue;
        if (!(tag->number >= -300 && tag->number <= 300))
            problem_add(c->problems, tag->at, "bad-tag", NULL,
                "a weight lies between -300 and 300");
        else
            *VEC_PUSH(c->a, &c->out.weights) = (struct pack_weight){
                (uint16_t)column, (int16_t)(tag->number * 100 + (tag->number < 0 ? -0.5 : 0.5))};
    }
    list.end = (uint32_t)c->out.weights.count;
    return list;
}

/* "stem" or "stem stem"; 0: neither. */
static uint64_t term_hash(struct compiler *c, struct str text, struct where at)
{
    struct str_cut cut = str_cut(text, ' ');
    if (!cut.found)
        return str_hash(text);
    if (str_find(cut.tail, STR(" ")) < cut.tail.len) {
        problem_add(c->problems, at, "empty-entry", NULL,
            "an entry of weights is one or two stems");
        return 0;
    }
    return weigh_pair(str_hash(cut.head), str_hash(cut.tail));
}

static void put_term(struct compiler *c, const struct part *part,
    struct pack_list terms, const struct entry *e)
{
    uint64_t hash = term_hash(c, e->spellings[0], e->at);
    uint32_t mask = terms.end - terms.beg - 1;
    uint32_t at = (uint32_t)hash & mask;
    struct pack_term *slots = c->out.terms.items + terms.beg;

    for (; slots[at].weights.beg != slots[at].weights.end;
         at = (at + 1) & mask)
        if (slots[at].hash == hash) {
            problem_add(c->problems, e->at, "entry-twice", "leave one out",
                "the entry stands twice");
            return;
        }
    slots[at].hash = hash;
    slots[at].weights = put_weights(c, part, e);
}

uint32_t weights_part(struct compiler *c, struct part *part)
{
    const struct weights *w = part->data;
    if (part->state == PART_DONE)
        return part->index;
    part->state = PART_DONE;
    if (w->columns.count == 0 || w->columns.count > LIMIT_COLUMNS) {
        problem_add(c->problems, part->name.at, "columns", NULL,
            "weights have 1 to %d columns", LIMIT_COLUMNS);
        return PACK_NONE;
    }
    struct pack_weigher out = {.name = put_text(c, part->name.text)};
    uint32_t *facts = ARENA_NEW(c->a, uint32_t, w->columns.count);
    for (size_t i = 0; i < w->columns.count; i++)
        facts[i] = fact_number(c, w->columns.items[i].text, true);
    out.columns = put_index(c, facts, w->columns.count);
    size_t slots = 2;
    while (slots * 2 < w->entries.count * 3 + 2)
        slots *= 2;
    out.terms.beg = (uint32_t)c->out.terms.count;
    for (size_t i = 0; i < slots; i++)
        *VEC_PUSH(c->a, &c->out.terms) = (struct pack_term){0};
    out.terms.end = (uint32_t)c->out.terms.count;
    for (size_t i = 0; i < w->entries.count; i++) {
        const struct entry *e = &w->entries.items[i];
        if (str_eq(e->spellings[0], STR("*")))
            out.always = put_weights(c, part, e);
        else
            put_term(c, part, out.terms, e);
    }
    part->index = (uint32_t)c->out.weighers.count;
    *VEC_PUSH(c->a, &c->out.weighers) = out;
    return part->index;
}
