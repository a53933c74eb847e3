/* SPDX-License-Identifier: MIT */
/*
 * packcheck.c - is every index of a foreign pack where it should be?
 *
 * The engine follows indices without looking; so bytes that this program did not
 * make itself are walked once before they are used, and phrases when they are met.
 */
#include "base/limits.h"
#include "engine/pack.h"
#include "match/detect.h"
#include "match/hit.h"
#include "match/valid.h"

static bool fits(struct pack_list l, uint32_t count)
{
    return l.beg <= l.end && l.end <= count;
}

static bool text_fits(const struct pack *p, struct pack_str s)
{
    return s.off <= p->text_count && s.len <= p->text_count - s.off;
}

static bool in(uint32_t index, uint32_t count)
{
    return index < count;
}

static bool maybe(uint32_t index, uint32_t count)
{
    return index == PACK_NONE || index < count;
}

static bool index_in(const struct pack *p, struct pack_list l, uint32_t count)
{
    if (!fits(l, p->index_count))
        return false;
    for (uint32_t i = l.beg; i < l.end; i++)
        if (p->index[i] >= count)
            return false;
    return true;
}

static bool index_maybe(
    const struct pack *p, struct pack_list l, uint32_t count)
{
    if (!fits(l, p->index_count))
        return false;
    for (uint32_t i = l.beg; i < l.end; i++)
        if (!maybe(p->index[i], count))
            return false;
    return true;
}

/* A table without a free slot would be searched for ever. */
static bool has_free(const uint64_t *table, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (table[i] == 0)
            return true;
    return false;
}

/* Children stand behind their parent, each node's behind those of the one before:
   no circles, and none but the root's are found by number. */
static bool nodes_fit(const struct pack *p)
{
    uint32_t last = p->nodes_count - 1;
    if (p->nodes_count < 2 || p->nodes[0].kids != 1 || p->nodes[last].kids != last)
        return false;
    for (uint32_t i = 0; i < last; i++)
        if (!maybe(p->nodes[i].phrase, p->phrases_count) ||
            p->nodes[i].kids <= i || p->nodes[i].kids > p->nodes[i + 1].kids)
            return false;
    return true;
}

static bool member_fits(const struct pack *p, uint32_t member)
{
    uint32_t entry = member_entry(p, member);
    if (!in(p->members[member].lexicon, p->lexicons_count) ||
        !in(entry, p->entries_count))
        return false;
    const struct pack_entry *e = &p->entries[entry];
    uint32_t tags = member_note(p, member).tags;
    return tags >> 5 <= p->facts_count &&
        (tags & PACK_TAGS_MAX) <= p->facts_count - (tags >> 5) &&
        text_fits(p, e->text) && text_fits(p, e->better) &&
        fits(e->tags, p->facts_count);
}

bool pack_phrase_fits(const struct pack *p, uint32_t phrase)
{
    if (!in(phrase, p->phrases_count))
        return false;
    const struct pack_phrase *ph = &p->phrases[phrase];
    if (!fits(ph->members, p->members_count) ||
        !index_in(p, ph->triggers, p->rules_count))
        return false;
    for (uint32_t i = ph->members.beg; i < ph->members.end; i++)
        if (!member_fits(p, i))
            return false;
    return true;
}

static bool tell(bool good, struct err *err)
{
    return good ||
        err_set(err, ERR_PACK, (struct where){0},
            "the pack is damaged: an index points nowhere");
}

bool pack_check_words(const struct pack *p, struct err *err)
{
    if (!p->foreign)
        return true;
    bool good = nodes_fit(p);
    for (uint32_t i = 0; good && i < p->phrases_count; i++)
        good = pack_phrase_fits(p, i);
    for (uint32_t i = 0; good && i < p->members_count; i++)
        good = member_fits(p, i);
    return tell(good, err);
}

/* A search must come to an end. */
static bool tables_of_words_fit(const struct pack *p)
{
    return p->nodes_count >= 2 && p->notes_count == p->members_count &&
        has_free(p->common, p->common_count) &&
        has_free(p->words, p->words_count);
}

static bool lexicons_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->strs_count; i++)
        if (!text_fits(p, p->strs[i]))
            return false;
    for (uint32_t i = 0; i < p->forms_count; i++)
        if (!text_fits(p, p->forms[i]))
            return false;
    for (uint32_t i = 0; i < p->lexicons_count; i++)
        if (!text_fits(p, p->lexicons[i].name) ||
            !index_in(p, p->lexicons[i].within, p->lexicons_count) ||
            !text_fits(p, p->lexicons[i].at.file))
            return false;
    return true;
}

static bool is_power(uint32_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

/* A table without a free slot would be searched for ever. */
static bool terms_fit(const struct pack *p, struct pack_list terms)
{
    uint32_t free_slots = 0;
    if (!fits(terms, p->terms_count) || !is_power(terms.end - terms.beg))
        return false;
    for (uint32_t i = terms.beg; i < terms.end; i++) {
        struct pack_list w = p->terms[i].weights;
        if (!fits(w, p->weights_count))
            return false;
        free_slots += w.beg == w.end;
    }
    return free_slots > 0;
}

static bool weights_fit(
    const struct pack *p, struct pack_list weights, uint32_t columns)
{
    if (!fits(weights, p->weights_count))
        return false;
    for (uint32_t i = weights.beg; i < weights.end; i++)
        if (p->weights[i].column >= columns)
            return false;
    return true;
}

static bool weighers_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->weighers_count; i++) {
        const struct pack_weigher *w = &p->weighers[i];
        uint32_t columns = w->columns.end - w->columns.beg;
        if (!text_fits(p, w->name) || !fits(w->columns, p->index_count) ||
            columns == 0 || columns > LIMIT_COLUMNS ||
            !weights_fit(p, w->always, columns) || !terms_fit(p, w->terms))
            return false;
        for (uint32_t k = w->terms.beg; k < w->terms.end; k++)
            if (!weights_fit(p, p->terms[k].weights, columns))
                return false;
    }
    return true;
}

static bool weigh_fits(const struct pack *p, const struct pack_evid *e)
{
    if (e->a >= p->weighers_count)
        return false;
    const struct pack_weigher *w = &p->weighers[e->a];
    return maybe(e->list.beg, w->columns.end - w->columns.beg);
}

/* Evidence may only be made of what stands before it: no circles. */
static bool evid_fits(const struct pack *p, uint32_t i)
{
    const struct pack_evid *e = &p->evids[i];
    if (!text_fits(p, e->name) || !text_fits(p, e->at.file) ||
        !maybe(e->where, p->conds_count) || !maybe(e->check, (uint32_t)valid_count()))
        return false;
    switch (e->kind) {
    case PACK_LEXICON:
        return in(e->a, p->lexicons_count);
    case PACK_REGEX:
        return in(e->a, p->regexes_count);
    case PACK_DETECT:
        return in(e->a, (uint32_t)detect_count());
    case PACK_WEIGH:
        return weigh_fits(p, e);
    case PACK_ANY:
        return index_in(p, e->list, i);
    case PACK_SEQUENCE:
        if (!fits(e->list, p->steps_count) || e->list.end - e->list.beg < 2 ||
            e->list.end - e->list.beg > 32 || e->a >= e->list.end - e->list.beg)
            return false;
        for (uint32_t k = e->list.beg; k < e->list.end; k++)
            if (!in(p->steps[k].evid, i) ||
                !index_in(p, p->steps[k].without, p->evids_count))
                return false;
        return true;
    default:
        return false;
    }
}

static bool regexes_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->regexes_count; i++)
        if (!text_fits(p, p->regexes[i].pattern) ||
            !text_fits(p, p->regexes[i].at.file) ||
            !fits(p->regexes[i].captures, p->captures_count) ||
            !fits(p->regexes[i].literals, p->strs_count) ||
            !fits(p->regexes[i].sieve, p->sieves_count))
            return false;
    return true;
}

/* As for evidence: parts of a condition stand before it. Guards are asked for
   by conditions behind them; whoever asks stands behind the guard's own. */
static bool cond_fits(const struct pack *p, uint32_t i)
{
    const struct pack_cond *c = &p->conds[i];
    if (!text_fits(p, c->at.file))
        return false;
    switch (c->op) {
    case OP_OR:
    case OP_AND:
    case OP_OF:
        return index_in(p, c->list, i);
    case OP_NOT:
    case OP_TERM:
    case OP_WITHIN:
        return in(c->a, i);
    case OP_NAME:
    case OP_COUNT:
    case OP_FACT:
        return maybe(c->a, p->evids_count);
    case OP_GUARD:
        return in(c->a, p->guards_count) && in(p->guards[c->a].when, i);
    case OP_CONTEXT:
        return in(c->a, CONTEXT_COUNT) && maybe(c->b, p->evids_count);
    case OP_NEAR:
    case OP_BEFORE:
        return maybe(c->a, p->evids_count) && maybe(c->b, p->evids_count);
    case OP_LOOKUP:
        return in(c->a, p->tables_count) &&
            index_maybe(p, c->list, p->evids_count) &&
            c->list.end - c->list.beg ==
            p->tables[c->a].keys.end - p->tables[c->a].keys.beg;
    case OP_PROFILE:
        return in(c->a, PROFILE_COUNT) && maybe(c->b, p->strs_count);
    case OP_ANCHOR:
    case OP_OWN:
    case OP_LEVEL:
        return true;
    case OP_AXIS:
        return c->a < 16 || c->a == AXIS_POINTS || c->a == AXIS_NARROW;
    default:
        return false;
    }
}

static bool tables_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->tables_count; i++) {
        const struct pack_table *t = &p->tables[i];
        uint32_t keys = t->keys.end - t->keys.beg;
        if (!text_fits(p, t->name) ||
            !index_in(p, t->keys, p->lexicons_count) || keys == 0 || keys > 6 ||
            !fits(t->answers, p->strs_count) ||
            t->answers.beg == t->answers.end ||
            !fits(t->columns, p->strs_count) || !fits(t->rows, p->rows_count))
            return false;
        for (uint32_t r = t->rows.beg; r < t->rows.end; r++)
            if (!fits(p->rows[r].keys, p->index_count) ||
                p->rows[r].keys.end - p->rows[r].keys.beg != keys * 2 ||
                p->rows[r].answer >= t->answers.end - t->answers.beg ||
                !fits(p->rows[r].cells, p->strs_count) ||
                p->rows[r].cells.end - p->rows[r].cells.beg !=
                    t->columns.end - t->columns.beg)
                return false;
    }
    return true;
}

static bool scales_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->scales_count; i++) {
        const struct pack_scale *s = &p->scales[i];
        if (!text_fits(p, s->name) || !in(s->lookup, p->conds_count) ||
            p->conds[s->lookup].op != OP_LOOKUP ||
            !index_maybe(p, s->columns, p->conds_count) ||
            !index_in(p, s->cells, LEVEL_COUNT))
            return false;
        const struct pack_table *t = &p->tables[p->conds[s->lookup].a];
        uint64_t cells = (uint64_t)(t->answers.end - t->answers.beg) *
            (s->columns.end - s->columns.beg);
        if (s->cells.end - s->cells.beg != cells)
            return false;
    }
    return true;
}

static bool part_fits(const struct pack *p, const struct pack_part *part)
{
    if (!text_fits(p, part->text) || !text_fits(p, part->name))
        return false;
    if (part->kind == PART_COLUMN)
        return in(part->evid, p->conds_count) &&
            p->conds[part->evid].op == OP_LOOKUP &&
            part->fact < p->tables[p->conds[part->evid].a].columns.end -
                p->tables[p->conds[part->evid].a].columns.beg;
    return part->kind <= PART_AXES && maybe(part->evid, p->evids_count);
}

static bool texts_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->parts_count; i++)
        if (!part_fits(p, &p->parts[i]))
            return false;
    for (uint32_t i = 0; i < p->templates_count; i++)
        if (!fits(p->templates[i].parts, p->parts_count) ||
            !text_fits(p, p->templates[i].source))
            return false;
    for (uint32_t i = 0; i < p->cites_count; i++)
        if (!text_fits(p, p->cites[i].body) ||
            !text_fits(p, p->cites[i].title) ||
            !text_fits(p, p->cites[i].section) ||
            !text_fits(p, p->cites[i].year))
            return false;
    for (uint32_t i = 0; i < p->examples_count; i++)
        if (!text_fits(p, p->examples[i].text) ||
            !text_fits(p, p->examples[i].at.file) ||
            !fits(p->examples[i].anchors, p->index_count) ||
            !fits(p->examples[i].as, p->strs_count))
            return false;
    for (uint32_t i = 0; i < p->sources_count; i++)
        if (!text_fits(p, p->sources[i].name) ||
            !text_fits(p, p->sources[i].text))
            return false;
    return true;
}

static bool crowds_fit(const struct pack *p)
{
    for (uint32_t i = 0; i < p->points_count; i++)
        if (!in(p->points[i].evid, p->evids_count))
            return false;
    for (uint32_t i = 0; i < p->axes_count; i++)
        if (!text_fits(p, p->axes[i].name) ||
            !fits(p->axes[i].points, p->points_count))
            return false;
    for (uint32_t i = 0; i < p->crowds_count; i++) {
        if (!fits(p->crowds[i].axes, p->axes_count) ||
            p->crowds[i].axes.end - p->crowds[i].axes.beg > 16)
            return false;
        for (int level = 0; level < LEVEL_COUNT; level++)
            if (!maybe(p->crowds[i].levels[level], p->conds_count))
                return false;
    }
    return true;
}

static bool rule_fits(const struct pack *p, const struct pack_rule *r)
{
    for (int key = 0; key < PROFILE_COUNT; key++)
        if (!fits(r->applies[key], p->strs_count))
            return false;
    for (uint32_t i = r->adjust.beg; i < r->adjust.end; i++)
        if (i >= p->adjusts_count || !in(p->adjusts[i].cond, p->conds_count) ||
            p->adjusts[i].to > ADJUST_DOWN ||
            !text_fits(p, p->adjusts[i].because))
            return false;
    for (uint32_t i = r->names.beg; i < r->names.end; i++)
        if (i >= p->names_count || !in(p->names[i].evid, p->evids_count) ||
            !text_fits(p, p->names[i].name))
            return false;
    for (uint32_t i = r->edits.beg; i < r->edits.end; i++)
        if (i >= p->edits_count || !in(p->edits[i].evid, p->evids_count) ||
            !in(p->edits[i].replacement, p->templates_count))
            return false;
    return text_fits(p, r->id) && text_fits(p, r->group_name) &&
        text_fits(p, r->summary) && text_fits(p, r->at.file) &&
        text_fits(p, r->exempt) &&
        r->level < LEVEL_COUNT && maybe(r->scale, p->scales_count) &&
        in(r->anchor, p->evids_count) && maybe(r->when, p->conds_count) &&
        maybe(r->crowd, p->crowds_count) &&
        index_in(p, r->unless, p->conds_count) &&
        maybe(r->allow, p->evids_count) && fits(r->adjust, p->adjusts_count) &&
        fits(r->yields, p->strs_count) && fits(r->names, p->names_count) &&
        in(r->message, p->templates_count) && in(r->why, p->templates_count) &&
        fits(r->sources, p->cites_count) &&
        fits(r->tries, p->templates_count) &&
        r->tries.end - r->tries.beg <= LIMIT_TRIES && fits(r->edits, p->edits_count) &&
        fits(r->examples, p->examples_count);
}

static bool info_fits(const struct pack *p)
{
    if (p->info_count != 1)
        return false;
    for (size_t i = 0; i < CUE_COUNT; i++)
        if (!maybe(p->info->cue[i], p->lexicons_count))
            return false;
    for (size_t i = 0; i < 8; i++)
        if (!maybe(p->info->detect[i], p->lexicons_count))
            return false;
    for (uint32_t i = 0; i < p->triggers_count; i++)
        if (p->triggers[i].kind > 1 ||
            !in(p->triggers[i].a,
                p->triggers[i].kind == 0 ? (uint32_t)detect_count()
                                         : p->regexes_count) ||
            !index_in(p, p->triggers[i].rules, p->rules_count))
            return false;
    return text_fits(p, p->info->name) && text_fits(p, p->info->version) &&
        text_fits(p, p->info->licence) && text_fits(p, p->info->summary) &&
        text_fits(p, p->info->locale) && text_fits(p, p->info->reviewed) &&
        fits(p->info->jurisdiction, p->strs_count) &&
        p->info->fact_beg <= p->strs_count &&
        p->info->fact_count <= p->strs_count - p->info->fact_beg;
}

bool pack_check(const struct pack *p, struct err *err)
{
    bool good = tables_of_words_fit(p) && lexicons_fit(p) && regexes_fit(p) &&
        tables_fit(p) && crowds_fit(p) && weighers_fit(p) &&
        info_fits(p);
    for (uint32_t i = 0; good && i < p->evids_count; i++)
        good = evid_fits(p, i);
    for (uint32_t i = 0; good && i < p->guards_count; i++)
        good = in(p->guards[i].when, p->conds_count) &&
            text_fits(p, p->guards[i].name) &&
            text_fits(p, p->guards[i].at.file) &&
            fits(p->guards[i].examples, p->examples_count);
    for (uint32_t i = 0; good && i < p->conds_count; i++)
        good = cond_fits(p, i);
    /* These look into tables by way of conditions. */
    good = good && texts_fit(p) && scales_fit(p);
    for (uint32_t i = 0; good && i < p->rules_count; i++)
        good = rule_fits(p, &p->rules[i]);
    return tell(good, err);
}
