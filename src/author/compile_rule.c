/* SPDX-License-Identifier: MIT */
/* compile_rule.c - one rule: names resolved, messages taken apart. */
#include <string.h>

#include "author/compiler.h"
#include "text/text.h"

/* ---- templates -------------------------------------------------------------- */

struct parts {
    struct pack_part *items;
    size_t count, cap;
};

/* A look-up of this table that the rule makes: of its scale, else of a
   condition. */
static uint32_t lookup_of(
    struct compiler *c, const struct pack_rule *r, uint32_t table)
{
    if (r->scale != PACK_NONE) {
        uint32_t cond = c->out.scales.items[r->scale].lookup;
        if (c->out.conds.items[cond].a == table)
            return cond;
    }
    for (size_t i = c->out.conds.count; i > 0; i--)
        if (c->out.conds.items[i - 1].op == OP_LOOKUP &&
            c->out.conds.items[i - 1].a == table)
            return (uint32_t)i - 1;
    return PACK_NONE;
}

static bool column_part(struct compiler *c, const struct pack_rule *r,
    struct part *part, struct str column, struct where at,
    struct pack_part *out)
{
    uint32_t table = table_part(c, part);
    if (table == PACK_NONE)
        return false;
    struct pack_list columns = c->out.tables.items[table].columns;
    part->used = true;
    out->kind = PART_COLUMN;
    out->evid = lookup_of(c, r, table);
    for (uint32_t i = columns.beg; i < columns.end; i++) {
        struct pack_str s = c->out.strs.items[i];
        if (str_eq(
                (struct str){c->out.text.items + s.off, s.len}, column)) {
            out->fact = i - columns.beg;
            if (out->evid != PACK_NONE)
                return true;
            return problem_add(c->problems, at, "unknown-name", NULL,
                "the rule looks nothing up in '" STR_FMT "'",
                STR_ARG(part->name.text));
        }
    }
    return problem_add(c->problems, at, "no-column", NULL,
        "the table '" STR_FMT "' has no column '" STR_FMT "'",
        STR_ARG(part->name.text), STR_ARG(column));
}

static bool placeholder(struct compiler *c, struct scope *scope,
    const struct pack_rule *r, struct str inside, struct where at,
    struct pack_part *out)
{
    struct str_cut bar = str_cut(inside, '|');
    struct str_cut dot = str_cut(bar.head, '.');
    struct part *part = part_find(c, dot.head);

    out->name = put_text(c, bar.head);
    out->has_text = bar.found;
    out->text = put_text(c, bar.tail);
    if (str_eq(bar.head, STR("axes"))) {
        out->kind = PART_AXES;
        return true;
    }
    if (part && part->type == PART_TABLE && dot.found)
        return column_part(c, r, part, dot.tail, at, out);
    if (str_eq(dot.head, STR("this")))
        out->evid = PACK_NONE;
    else {
        out->evid = evid_named(c, scope, (struct name){dot.head, at});
        if (out->evid == PACK_NONE)
            return false;
    }
    out->kind = PART_HIT;
    if (!dot.found)
        return true;
    if (str_eq(dot.tail, STR("better"))) {
        out->kind = PART_BETTER;
        return true;
    }
    out->kind = PART_FACT;
    out->fact = fact_number(c, dot.tail, false);
    if (out->fact != PACK_NONE)
        return true;
    return problem_add(c->problems, at, "unknown-fact", NULL,
        "nothing has a fact '" STR_FMT "'", STR_ARG(dot.tail));
}

static void put_literal(
    struct compiler *c, struct parts *parts, struct str text)
{
    if (text.len)
        *VEC_PUSH(c->a, parts) = (struct pack_part){.kind = PART_TEXT,
            .evid = PACK_NONE,
            .fact = PACK_NONE,
            .text = put_text(c, text)};
}

static uint32_t put_template(struct compiler *c, struct scope *scope,
    const struct pack_rule *r, struct str text, struct where at)
{
    struct pack_template out = {.source = put_text(c, text)};
    struct parts parts = {0};
    struct str rest = text;

    while (rest.len > 0) {
        struct str_cut open = str_cut(rest, '{');
        put_literal(c, &parts, open.head);
        if (!open.found)
            break;
        struct str_cut close = str_cut(open.tail, '}');
        struct pack_part part = {.evid = PACK_NONE, .fact = PACK_NONE};
        if (placeholder(c, scope, r, close.head, at, &part))
            *VEC_PUSH(c->a, &parts) = part;
        rest = close.tail;
    }
    out.parts.beg = (uint32_t)c->out.parts.count;
    for (size_t i = 0; i < parts.count; i++)
        *VEC_PUSH(c->a, &c->out.parts) = parts.items[i];
    out.parts.end = (uint32_t)c->out.parts.count;
    *VEC_PUSH(c->a, &c->out.templates) = out;
    return (uint32_t)c->out.templates.count - 1;
}

/* ---- simple lists --------------------------------------------------------------- */

static struct str country(struct compiler *c, struct str word)
{
    struct str folded = text_fold(c->a, word);
    return str_eq(folded, STR("uk")) ? STR("gb") : folded;
}

static void put_applies(
    struct compiler *c, const struct rule *rule, struct pack_rule *out)
{
    for (int key = 0; key < PROFILE_COUNT; key++) {
        out->applies[key].beg = (uint32_t)c->out.strs.count;
        for (size_t i = 0; i < rule->applies[key].count; i++)
            *VEC_PUSH(c->a, &c->out.strs) =
                put_text(c, country(c, rule->applies[key].items[i].text));
        out->applies[key].end = (uint32_t)c->out.strs.count;
    }
}

static void put_sources(
    struct compiler *c, const struct rule *rule, struct pack_rule *out)
{
    out->sources.beg = (uint32_t)c->out.cites.count;
    for (size_t i = 0; i < rule->source_count; i++) {
        const struct cite *s = &rule->sources[i];
        *VEC_PUSH(c->a, &c->out.cites) = (struct pack_cite){
            put_text(c, s->body), put_text(c, s->title),
            put_text(c, s->section), put_text(c, s->year)};
    }
    out->sources.end = (uint32_t)c->out.cites.count;
}

void put_examples(
    struct compiler *c, const struct examples *from, uint32_t flags)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct example *e = &from->items[i];
        struct pack_example out = {
            .text = put_text(c, e->text),
            .has_level = e->has_level,
            .level = e->level,
            .at = put_where(c, e->at),
            .flags = flags,
        };
        uint32_t *spans = ARENA_NEW(c->a, uint32_t, e->anchor_count * 2);
        for (size_t k = 0; k < e->anchor_count; k++) {
            spans[2 * k] = e->anchors[k].beg;
            spans[2 * k + 1] = e->anchors[k].end;
        }
        out.anchors = put_index(c, spans, e->anchor_count * 2);
        out.as.beg = (uint32_t)c->out.strs.count;
        for (size_t k = 0; k < e->as_keys.count; k++) {
            struct pack_str key = put_text(c, e->as_keys.items[k].text);
            struct pack_str value = put_text(c, e->as_values[k]);
            *VEC_PUSH(c->a, &c->out.strs) = key;
            *VEC_PUSH(c->a, &c->out.strs) = value;
        }
        out.as.end = (uint32_t)c->out.strs.count;
        *VEC_PUSH(c->a, &c->out.examples) = out;
    }
}

/* ---- conditions of a rule ----------------------------------------------------------- */

static void put_unless(struct compiler *c, struct scope *scope,
    const struct rule *rule, struct pack_rule *out)
{
    uint32_t *conds = ARENA_NEW(c->a, uint32_t, rule->unless_count);
    for (size_t i = 0; i < rule->unless_count; i++)
        conds[i] = timed_compile(
            c, scope, rule->unless[i].cond, rule->unless[i].within);
    out->unless = put_index(c, conds, rule->unless_count);
}

static void put_adjust(struct compiler *c, struct scope *scope,
    const struct rule *rule, struct pack_rule *out)
{
    struct pack_adjust *made =
        ARENA_NEW(c->a, struct pack_adjust, rule->adjust_count);
    for (size_t i = 0; i < rule->adjust_count; i++) {
        const struct adjust *a = &rule->adjust[i];
        made[i] = (struct pack_adjust){
            timed_compile(c, scope, a->cond, a->within), (uint32_t)a->to,
            put_text(c, a->because)};
    }
    out->adjust.beg = (uint32_t)c->out.adjusts.count;
    for (size_t i = 0; i < rule->adjust_count; i++)
        *VEC_PUSH(c->a, &c->out.adjusts) = made[i];
    out->adjust.end = (uint32_t)c->out.adjusts.count;
}

static void put_axis(
    struct compiler *c, struct scope *scope, const struct crowd_axis *axis,
    struct pack_axis *out)
{
    struct pack_point *points =
        ARENA_NEW(c->a, struct pack_point, axis->point_count);
    size_t count = 0;
    for (size_t i = 0; i < axis->point_count; i++) {
        struct pack_point p = {axis->points[i].points,
            evid_compile(c, scope, &axis->points[i].evidence)};
        if (p.evid == PACK_NONE)
            continue;
        size_t at = count++;
        for (; at > 0 && points[at - 1].points < p.points; at--)
            points[at] = points[at - 1];
        points[at] = p;
    }
    out->name = put_text(c, axis->name.text);
    out->points.beg = (uint32_t)c->out.points.count;
    for (size_t i = 0; i < count; i++)
        *VEC_PUSH(c->a, &c->out.points) = points[i];
    out->points.end = (uint32_t)c->out.points.count;
}

static uint32_t put_crowd(struct compiler *c, struct scope *scope,
    const struct crowd *crowd)
{
    struct pack_crowd out = {0};
    struct pack_axis *axes =
        ARENA_NEW(c->a, struct pack_axis, crowd->axis_count);

    if (crowd->axis_count > 16)
        problem_add(c->problems, crowd->at, "axes", NULL,
            "a combination has at most 16 axes");
    for (size_t i = 0; i < crowd->axis_count; i++)
        put_axis(c, scope, &crowd->axes[i], &axes[i]);
    out.axes.beg = (uint32_t)c->out.axes.count;
    for (size_t i = 0; i < crowd->axis_count && i < 16; i++)
        *VEC_PUSH(c->a, &c->out.axes) = axes[i];
    out.axes.end = (uint32_t)c->out.axes.count;
    scope->crowd = crowd;
    scope->in_crowd = true;
    scope->terms = ARENA_NEW(c->a, uint32_t, crowd->term_count);
    for (size_t i = 0; i < crowd->term_count; i++)
        scope->terms[i] = PACK_NONE;
    for (size_t i = 0; i < crowd->term_count; i++)
        scope->terms[i] = cond_compile(c, scope, crowd->terms[i].cond);
    for (int level = 0; level < LEVEL_COUNT; level++)
        out.levels[level] = crowd->levels[level]
            ? cond_compile(c, scope, crowd->levels[level])
            : PACK_NONE;
    scope->in_crowd = false;
    *VEC_PUSH(c->a, &c->out.crowds) = out;
    return (uint32_t)c->out.crowds.count - 1;
}

/* ---- the rule --------------------------------------------------------------------------- */

static void set_level(
    struct compiler *c, const struct rule *rule, struct pack_rule *out)
{
    out->level = rule->level;
    out->scale = PACK_NONE;
    if (rule->scale.text.len == 0)
        return;
    struct part *part = part_find(c, rule->scale.text);
    if (!part || part->type != PART_SCALE) {
        unknown_name(c, rule->scale.at, "level or scale", rule->scale.text,
            NULL);
        return;
    }
    part->used = true;
    out->scale = scale_part(c, part);
    out->level = LEVEL_SILENT;
    if (out->scale == PACK_NONE)
        return;
    struct pack_list cells = c->out.scales.items[out->scale].cells;
    for (uint32_t i = cells.beg; i < cells.end; i++)
        if (c->out.index.items[i] > out->level)
            out->level = c->out.index.items[i];
}

static uint32_t anchor_of(
    struct compiler *c, struct scope *scope, const struct rule *rule)
{
    if (rule->report.text.len)
        return evid_named(c, scope, rule->report);
    if (rule->find.count > 0)
        return evid_named(c, scope, rule->find.items[0].name);
    problem_add(c->problems, rule->id.at, "no-anchor",
        "give it `find`, or name a shared piece in `report`",
        "the rule looks for nothing");
    return PACK_NONE;
}

/* "A rule `within: post`, or one whose best level is note." */
static bool is_once(const struct rule *rule, const struct pack_rule *out)
{
    if (rule->crowd)
        return false;
    if (rule->within.unit == WINDOW_POST)
        return true;
    if (out->level != LEVEL_NOTE)
        return false;
    for (size_t i = 0; i < rule->adjust_count; i++)
        if (rule->adjust[i].to == ADJUST_UP ||
            rule->adjust[i].to == ADJUST_WARNING ||
            rule->adjust[i].to == ADJUST_ERROR)
            return false;
    return true;
}

static struct str group_name_of(struct str id)
{
    struct str_cut group = str_cut(id, '/');
    struct str_cut name = str_cut(group.tail, '/');
    return str_part(id, 0, group.head.len + 1 + name.head.len);
}

static void tell_unused(
    struct compiler *c, const struct rule *rule, const struct scope *scope)
{
    for (size_t i = 0; i < rule->find.count; i++)
        if (!scope->used[i])
            problem_warn(c->problems, rule->find.items[i].name.at,
                "unused-name", "leave it out, or use it in a condition",
                "nothing in the rule asks for '" STR_FMT "'",
                STR_ARG(rule->find.items[i].name.text));
}

static void tell_shadowing(struct compiler *c, const struct rule *rule)
{
    for (size_t i = 0; i < rule->find.count; i++)
        if (part_find(c, rule->find.items[i].name.text))
            problem_add(c->problems, rule->find.items[i].name.at,
                "name-taken", "give it another name",
                "'" STR_FMT "' is the name of a shared part",
                STR_ARG(rule->find.items[i].name.text));
}

/* The reason, empty if it is not. */
static struct str exemption(const struct compiler *c, struct str id)
{
    for (size_t f = 0; f < c->in->folder_count; f++)
        for (size_t i = 0; i < c->packs[f].head.exempt_count; i++)
            if (rule_id_under(id, c->packs[f].head.exempt[i].id.text))
                return c->packs[f].head.exempt[i].reason;
    return STR("");
}

void rule_compile(
    struct compiler *c, const struct rule *rule, size_t folder)
{
    struct scope scope = {.pieces = &rule->find, .anchor = PACK_NONE};
    struct pack_rule out = {
        .status = (uint32_t)rule->status,
        .kind = (uint32_t)rule->kind,
        .mask = rule->mask,
        .when = PACK_NONE,
        .crowd = PACK_NONE,
        .allow = PACK_NONE,
        .within = rule->within,
    };
    size_t count = rule->find.count;

    scope.evids = ARENA_NEW(c->a, uint32_t, count);
    scope.busy = ARENA_NEW(c->a, bool, count);
    scope.used = ARENA_NEW(c->a, bool, count);
    for (size_t i = 0; i < count; i++)
        scope.evids[i] = PACK_NONE;
    tell_shadowing(c, rule);
    out.id = put_text(c, rule->id.text);
    out.group_name = put_text(c, group_name_of(rule->id.text));
    out.summary = put_text(c, rule->summary);
    out.at = put_where(c, rule->id.at);
    out.exempt = put_text(c, exemption(c, rule->id.text));
    out.folder = (uint32_t)folder;
    set_level(c, rule, &out);
    out.anchor = anchor_of(c, &scope, rule);
    scope.anchor = out.anchor;
    if (out.anchor == PACK_NONE)
        return;
    scope.collect = true;
    if (rule->when)
        out.when = cond_compile(c, &scope, rule->when);
    out.message = put_template(
        c, &scope, &out, rule->message, rule->message_at);
    scope.collect = false;
    put_applies(c, rule, &out);
    put_unless(c, &scope, rule, &out);
    put_adjust(c, &scope, rule, &out);
    if (rule->crowd)
        out.crowd = put_crowd(c, &scope, rule->crowd);
    if (rule->allow)
        out.allow = evid_compile(c, &scope, rule->allow);
    out.once = is_once(rule, &out);
    out.why = put_template(c, &scope, &out, rule->why, rule->why_at);
    out.yields.beg = (uint32_t)c->out.strs.count;
    for (size_t i = 0; i < rule->yields.count; i++)
        *VEC_PUSH(c->a, &c->out.strs) = put_text(c, rule->yields.items[i].text);
    out.yields.end = (uint32_t)c->out.strs.count;
    put_sources(c, rule, &out);
    out.tries.beg = (uint32_t)c->out.templates.count;
    for (size_t i = 0; i < rule->try_count; i++)
        (void)put_template(
            c, &scope, &out, rule->tries[i].text.text, rule->tries[i].text.at);
    out.tries.end = (uint32_t)c->out.templates.count;
    for (size_t i = 0; i < rule->try_count; i++)
        out.wordings |= (uint32_t)rule->tries[i].fits << i;
    out.safe_edit = rule->safe_edit;
    struct pack_edit *edits =
        ARENA_NEW(c->a, struct pack_edit, rule->edit_count);
    for (size_t i = 0; i < rule->edit_count; i++)
        edits[i] = (struct pack_edit){
            evid_named(c, &scope, rule->edits[i].name),
            put_template(c, &scope, &out, rule->edits[i].replacement,
                rule->edits[i].name.at)};
    out.edits.beg = (uint32_t)c->out.edits.count;
    for (size_t i = 0; i < rule->edit_count; i++)
        if (edits[i].evid != PACK_NONE)
            *VEC_PUSH(c->a, &c->out.edits) = edits[i];
    out.edits.end = (uint32_t)c->out.edits.count;
    out.examples.beg = (uint32_t)c->out.examples.count;
    put_examples(c, &rule->flags, 1);
    put_examples(c, &rule->passes, 0);
    out.examples.end = (uint32_t)c->out.examples.count;
    out.names.beg = (uint32_t)c->out.names.count;
    for (size_t i = 0; i < scope.name_count; i++)
        *VEC_PUSH(c->a, &c->out.names) = scope.names[i];
    out.names.end = (uint32_t)c->out.names.count;
    tell_unused(c, rule, &scope);
    *VEC_PUSH(c->a, &c->out.rules) = out;
}
