/* SPDX-License-Identifier: MIT */
/* compile_cond.c - conditions, guards, scales and tables. */
#include <stdlib.h>
#include <string.h>

#include "author/compiler.h"
#include "base/limits.h"
#include "rules/config.h"
#include "text/text.h"

static uint32_t cond_put(struct compiler *c, struct pack_cond cond)
{
    *VEC_PUSH(c->a, &c->out.conds) = cond;
    return (uint32_t)c->out.conds.count - 1;
}

static struct pack_cond cond_base(
    struct compiler *c, uint32_t op, const struct cond *cond)
{
    return (struct pack_cond){
        .op = op,
        .a = PACK_NONE,
        .b = PACK_NONE,
        .cmp = cond->cmp,
        .number = cond->number,
        .at = put_where(c, cond->at),
    };
}

static bool context_find(struct str word, uint32_t *context)
{
    for (uint32_t i = 0; i < CONTEXT_COUNT; i++)
        if (str_eqz(word, context_word((enum context)i))) {
            *context = i;
            return true;
        }
    return false;
}

bool profile_key_find(struct str word, enum profile_key *key)
{
    static const char *const words[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    for (int i = 0; i < PROFILE_COUNT; i++)
        if (str_eqz(word, words[i])) {
            *key = (enum profile_key)i;
            return true;
        }
    return false;
}

static uint32_t never(struct compiler *c, const struct cond *cond)
{
    struct pack_cond out = cond_base(c, OP_OR, cond);
    out.list = put_index(c, NULL, 0);
    return cond_put(c, out);
}

/* ---- names ---------------------------------------------------------------- */

static uint32_t axis_find(const struct scope *scope, struct str name)
{
    for (uint32_t i = 0; i < scope->crowd->axis_count; i++)
        if (str_eq(scope->crowd->axes[i].name.text, name))
            return i;
    if (str_eq(name, STR("points")))
        return AXIS_POINTS;
    return str_eq(name, STR("narrow")) ? AXIS_NARROW : PACK_NONE;
}

static uint32_t crowd_name(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    struct pack_cond out = cond_base(c, OP_AXIS, cond);
    out.a = axis_find(scope, cond->name);
    if (out.a != PACK_NONE)
        return cond_put(c, out);
    for (size_t i = 0; i < scope->crowd->term_count; i++)
        if (str_eq(scope->crowd->terms[i].name.text, cond->name)) {
            if (scope->terms[i] == PACK_NONE) {
                problem_add(c->problems, cond->at, "unknown-name",
                    "put the term before those that use it",
                    "the term '" STR_FMT "' is not known here",
                    STR_ARG(cond->name));
                return never(c, cond);
            }
            out.op = OP_TERM;
            out.a = scope->terms[i];
            return cond_put(c, out);
        }
    return PACK_NONE;
}

/* Evidence of a name in a condition; PACK_NONE for `this`. */
static bool operand(struct compiler *c, struct scope *scope, struct name name,
    uint32_t *evid)
{
    if (str_eq(name.text, STR("this"))) {
        *evid = PACK_NONE;
        return true;
    }
    *evid = evid_named(c, scope, name);
    if (*evid == PACK_NONE)
        return false;
    if (scope && scope->anchor != PACK_NONE && *evid == scope->anchor)
        *evid = PACK_NONE;
    return true;
}

static void no_compare(struct compiler *c, const struct cond *cond)
{
    if (cond->cmp != CMP_NONE)
        problem_add(c->problems, cond->at, "compare",
            "compare a fact (name.years >= 90) or count(name)",
            "'" STR_FMT "' is true or false, no number", STR_ARG(cond->name));
}

static uint32_t plain_name(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    struct name name = {cond->name, cond->at};
    bool has_fact = cond->fact.len > 0;
    struct pack_cond out =
        cond_base(c, has_fact ? OP_FACT : OP_NAME, cond);

    if (!has_fact)
        no_compare(c, cond);
    if (!operand(c, scope, name, &out.a))
        return never(c, cond);
    if (out.a == PACK_NONE && !has_fact)
        out.op = OP_ANCHOR;
    if (has_fact) {
        out.b = fact_number(c, cond->fact, false);
        if (out.b == PACK_NONE)
            problem_add(c->problems, cond->at, "unknown-fact",
                "facts are those of the detector, tags of the lexicon, and "
                "named groups of the regex",
                "nothing has a fact '" STR_FMT "'", STR_ARG(cond->fact));
    }
    return cond_put(c, out);
}

static uint32_t name_cond(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    struct part *part;
    uint32_t context;

    if (scope && scope->in_crowd && cond->fact.len == 0) {
        uint32_t made = crowd_name(c, scope, cond);
        if (made != PACK_NONE)
            return made;
    }
    if (str_eq(cond->name, STR("this")) || cond->fact.len > 0)
        return plain_name(c, scope, cond);
    part = part_find(c, cond->name);
    if (part && part->type == PART_GUARD &&
        !evid_is_known(c, scope, cond->name)) {
        struct pack_cond out = cond_base(c, OP_GUARD, cond);
        no_compare(c, cond);
        part->used = true;
        out.a = guard_part(c, part);
        return out.a == PACK_NONE ? never(c, cond) : cond_put(c, out);
    }
    if (context_find(cond->name, &context) &&
        !evid_is_known(c, scope, cond->name)) {
        struct pack_cond out = cond_base(c, OP_CONTEXT, cond);
        no_compare(c, cond);
        out.a = context;
        return cond_put(c, out);
    }
    return plain_name(c, scope, cond);
}

/* ---- calls ------------------------------------------------------------------ */

static uint32_t pair_call(struct compiler *c, struct scope *scope,
    const struct cond *cond, uint32_t op)
{
    struct pack_cond out = cond_base(c, op, cond);
    if (cond->args.count != 2 || (op == OP_NEAR && !cond->has_distance)) {
        problem_add(c->problems, cond->at, "arguments", NULL,
            "%s takes two names%s", op == OP_NEAR ? "near" : "before",
            op == OP_NEAR ? " and a number of tokens"
                          : " and perhaps a number of tokens");
        return never(c, cond);
    }
    if (cond->has_distance && cond->distance > LIMIT_DISTANCE)
        problem_add(c->problems, cond->at, "distance", NULL,
            "a distance is at most %d tokens", LIMIT_DISTANCE);
    out.number = cond->has_distance ? (double)cond->distance : -1.0;
    if (!operand(c, scope, cond->args.items[0], &out.a) ||
        !operand(c, scope, cond->args.items[1], &out.b))
        return never(c, cond);
    return cond_put(c, out);
}

static uint32_t count_call(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    struct pack_cond out = cond_base(c, OP_COUNT, cond);
    if (cond->args.count != 1 || cond->cmp == CMP_NONE) {
        problem_add(c->problems, cond->at, "arguments", NULL,
            "count takes one name and a comparison: count(name) >= 2");
        return never(c, cond);
    }
    if (!operand(c, scope, cond->args.items[0], &out.a))
        return never(c, cond);
    return cond_put(c, out);
}

static uint32_t call_cond(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    struct pack_cond out = cond_base(c, OP_CONTEXT, cond);

    if (!str_eq(cond->name, STR("count")))
        no_compare(c, cond);
    if (str_eq(cond->name, STR("near")))
        return pair_call(c, scope, cond, OP_NEAR);
    if (str_eq(cond->name, STR("before")))
        return pair_call(c, scope, cond, OP_BEFORE);
    if (str_eq(cond->name, STR("count")))
        return count_call(c, scope, cond);
    if (!context_find(cond->name, &out.a)) {
        problem_add(c->problems, cond->at, "unknown-test", NULL,
            "'" STR_FMT "' is no test: near, before, count, a context or a "
            "table with `is`",
            STR_ARG(cond->name));
        return never(c, cond);
    }
    if (cond->args.count != 1) {
        problem_add(c->problems, cond->at, "arguments", NULL,
            "a context asks about one name: negated(verb)");
        return never(c, cond);
    }
    if (!operand(c, scope, cond->args.items[0], &out.b))
        return never(c, cond);
    return cond_put(c, out);
}

/* ---- is ------------------------------------------------------------------------ */

static uint32_t answer_find(
    struct compiler *c, const struct pack_table *table, struct str word)
{
    for (uint32_t i = table->answers.beg; i < table->answers.end; i++) {
        struct pack_str s = c->out.strs.items[i];
        if (str_eq((struct str){c->out.text.items + s.off, s.len}, word))
            return i - table->answers.beg;
    }
    return PACK_NONE;
}

uint32_t lookup_compile(struct compiler *c, struct scope *scope,
    const struct cond *cond, struct str answer)
{
    struct part *part = part_find(c, cond->name);
    struct pack_cond out = cond_base(c, OP_LOOKUP, cond);
    uint32_t evids[8];

    if (!part || part->type != PART_TABLE) {
        unknown_name(c, cond->at, "table", cond->name, NULL);
        return never(c, cond);
    }
    part->used = true;
    out.a = table_part(c, part);
    if (out.a == PACK_NONE)
        return never(c, cond);
    struct pack_table table = c->out.tables.items[out.a];
    uint32_t keys = table.keys.end - table.keys.beg;
    if (cond->args.count != keys || keys > 6) {
        problem_add(c->problems, cond->at, "arguments", NULL,
            "the table '" STR_FMT "' takes %u names", STR_ARG(cond->name),
            (unsigned)keys);
        return never(c, cond);
    }
    for (size_t i = 0; i < keys; i++)
        if (!operand(c, scope, cond->args.items[i], &evids[i]))
            return never(c, cond);
    out.list = put_index(c, evids, keys);
    if (answer.len) {
        out.b = answer_find(c, &table, answer);
        if (out.b == PACK_NONE) {
            problem_add(c->problems, cond->at, "unknown-answer", NULL,
                "the table '" STR_FMT "' has no answer '" STR_FMT "'",
                STR_ARG(cond->name), STR_ARG(answer));
            return never(c, cond);
        }
    }
    return cond_put(c, out);
}

/* As settings and `applies` are checked. */
static void check_value(
    struct compiler *c, enum profile_key key, const struct cond *cond)
{
    const char *word;
    bool known = key == PROFILE_JURISDICTION
        ? cond->word.len == 2
        : profile_choice(key, 0) == NULL;
    known |= str_eq(cond->word, STR("unset"));
    for (size_t i = 0; (word = profile_choice(key, i)) != NULL && !known; i++)
        known = str_eq_nocase(cond->word, str_of(word));
    if (!known)
        problem_add(c->problems, cond->at, "unknown-value",
            "postlint help check lists them; a country has two letters",
            "no " STR_FMT " is called '" STR_FMT "'", STR_ARG(cond->name),
            STR_ARG(cond->word));
}

static uint32_t is_cond(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    enum profile_key key;
    enum level level;

    if (cond->args.count > 0)
        return lookup_compile(c, scope, cond, cond->word);
    if (str_eq(cond->name, STR("level"))) {
        struct pack_cond out = cond_base(c, OP_LEVEL, cond);
        if (!level_parse(cond->word, &level)) {
            problem_add(c->problems, cond->at, "unknown-level", NULL,
                "'" STR_FMT "' is no level: error, warning or note",
                STR_ARG(cond->word));
            return never(c, cond);
        }
        out.a = level;
        return cond_put(c, out);
    }
    if (!profile_key_find(cond->name, &key)) {
        unknown_name(c, cond->at, "profile key", cond->name, NULL);
        return never(c, cond);
    }
    struct pack_cond out = cond_base(c, OP_PROFILE, cond);
    out.a = key;
    check_value(c, key, cond);
    if (!str_eq(cond->word, STR("unset")))
        out.b = put_str(c, text_fold(c->a, cond->word));
    return cond_put(c, out);
}

/* ---- all ------------------------------------------------------------------------ */

/* "4 of (a, b)" never holds, "0 of (a, b)" always. */
static void check_of(struct compiler *c, const struct cond *cond)
{
    if (cond->number < 1 || cond->number > (double)cond->kid_count)
        problem_add(c->problems, cond->at, "unreachable",
            "ask for 1 to as many as there are names",
            "%g of %zu is not between one and all of them", cond->number,
            cond->kid_count);
}

static uint32_t list_cond(struct compiler *c, struct scope *scope,
    const struct cond *cond, uint32_t op)
{
    if (op == OP_OF)
        check_of(c, cond);
    uint32_t *kids = ARENA_NEW(c->a, uint32_t, cond->kid_count);
    for (size_t i = 0; i < cond->kid_count; i++)
        kids[i] = cond_compile(c, scope, cond->kids[i]);
    struct pack_cond out = cond_base(c, op, cond);
    out.list = put_index(c, kids, cond->kid_count);
    return cond_put(c, out);
}

static uint32_t not_cond(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    bool collected = scope && scope->collect;
    if (scope)
        scope->collect = false;
    struct pack_cond out = cond_base(c, OP_NOT, cond);
    out.a = cond_compile(c, scope, cond->kids[0]);
    if (scope)
        scope->collect = collected;
    return cond_put(c, out);
}

uint32_t cond_compile(
    struct compiler *c, struct scope *scope, const struct cond *cond)
{
    switch (cond->op) {
    case COND_OR:
        return list_cond(c, scope, cond, OP_OR);
    case COND_AND:
        return list_cond(c, scope, cond, OP_AND);
    case COND_NOT:
        return not_cond(c, scope, cond);
    case COND_NAME:
        return name_cond(c, scope, cond);
    case COND_CALL:
        return call_cond(c, scope, cond);
    case COND_OF:
        return list_cond(c, scope, cond, OP_OF);
    case COND_IS:
        return is_cond(c, scope, cond);
    }
    return never(c, cond);
}

/* In `where` a bare name is a fact of the hit itself. */
uint32_t where_compile(struct compiler *c, const struct cond *cond)
{
    struct pack_cond out = cond_base(c, OP_OWN, cond);
    uint32_t *kids = ARENA_NEW(c->a, uint32_t, cond->kid_count + 1);

    for (size_t i = 0; i < cond->kid_count; i++)
        kids[i] = where_compile(c, cond->kids[i]);
    switch (cond->op) {
    case COND_OR:
    case COND_AND:
        out.op = cond->op == COND_OR ? OP_OR : OP_AND;
        out.list = put_index(c, kids, cond->kid_count);
        return cond_put(c, out);
    case COND_NOT:
        out.op = OP_NOT;
        out.a = kids[0];
        return cond_put(c, out);
    case COND_NAME:
        if (cond->fact.len == 0) {
            out.b = fact_number(c, cond->name, false);
            if (out.b == PACK_NONE)
                problem_add(c->problems, cond->at, "unknown-fact",
                    "facts are those of the detector, tags of the lexicon, "
                    "and named groups of the regex",
                    "nothing has a fact '" STR_FMT "'", STR_ARG(cond->name));
            return cond_put(c, out);
        }
        break;
    case COND_CALL:
    case COND_OF:
    case COND_IS:
        break;
    }
    problem_add(c->problems, cond->at, "where", NULL,
        "`where` speaks of facts of the hit only: years >= 90 and exact");
    return never(c, cond);
}

uint32_t timed_compile(struct compiler *c, struct scope *scope,
    const struct cond *cond, struct window within)
{
    uint32_t made = cond_compile(c, scope, cond);
    if (within.unit == WINDOW_NONE)
        return made;
    struct pack_cond out = cond_base(c, OP_WITHIN, cond);
    out.a = made;
    out.window = within;
    return cond_put(c, out);
}

/* ---- guards ------------------------------------------------------------------------ */

static uint32_t any_piece(
    struct compiler *c, struct scope *scope, const struct guard *g)
{
    uint32_t *kids = ARENA_NEW(c->a, uint32_t, g->find.count);
    for (size_t i = 0; i < g->find.count; i++) {
        struct cond name = {.op = COND_NAME,
            .at = g->find.items[i].name.at,
            .name = g->find.items[i].name.text};
        kids[i] = cond_compile(c, scope, &name);
    }
    struct pack_cond out = {.op = OP_OR,
        .a = PACK_NONE,
        .b = PACK_NONE,
        .at = put_where(c, g->name.at)};
    out.list = put_index(c, kids, g->find.count);
    return cond_put(c, out);
}

uint32_t guard_part(struct compiler *c, struct part *part)
{
    const struct guard *g = part->data;
    struct scope scope = {.pieces = &g->find, .anchor = PACK_NONE};
    struct pack_guard out = {
        .within = g->within,
    };

    if (part->state == PART_BUSY) {
        problem_add(c->problems, part->name.at, "circle", NULL,
            "the guard '" STR_FMT "' asks itself", STR_ARG(part->name.text));
        return PACK_NONE;
    }
    if (part->state == PART_DONE)
        return part->index;
    part->state = PART_BUSY;
    scope.evids = ARENA_NEW(c->a, uint32_t, g->find.count);
    scope.busy = ARENA_NEW(c->a, bool, g->find.count);
    for (size_t i = 0; i < g->find.count; i++)
        scope.evids[i] = PACK_NONE;
    out.name = put_text(c, g->name.text);
    out.at = put_where(c, g->name.at);
    out.folder = (uint32_t)part->folder;
    out.examples.beg = (uint32_t)c->out.examples.count;
    put_examples(c, &g->holds, 1);
    put_examples(c, &g->fails, 0);
    out.examples.end = (uint32_t)c->out.examples.count;
    out.when = g->when ? cond_compile(c, &scope, g->when)
                       : any_piece(c, &scope, g);
    *VEC_PUSH(c->a, &c->out.guards) = out;
    part->index = (uint32_t)c->out.guards.count - 1;
    part->state = PART_DONE;
    return part->index;
}

/* ---- tables ------------------------------------------------------------------------- */

struct key_cell {
    uint32_t kind, value;
};

struct key_cells {
    struct key_cell *items;
    size_t count, cap;
};

static bool tag_is_known(
    struct compiler *c, uint32_t lexicon, uint32_t fact)
{
    const struct made_lexicon *l = &c->lexicons.items[lexicon];
    for (size_t i = 0; i < l->count; i++) {
        struct pack_list tags = c->out.entries.items[l->items[i]->index].tags;
        for (uint32_t k = tags.beg; k < tags.end; k++)
            if (c->out.facts.items[k].id == fact)
                return true;
    }
    return false;
}

static bool read_key(struct compiler *c, struct str cell, uint32_t lexicon,
    struct where at, struct key_cells *out)
{
    for (struct str_cut cut = str_cut(cell, ',');;
         cut = str_cut(cut.tail, ',')) {
        struct str word = str_trim(cut.head);
        struct key_cell key = {KEY_ANY, 0};
        if (str_starts(word, STR("@"))) {
            key.kind = KEY_TAG;
            key.value = fact_number(c, str_from(word, 1), false);
            if (key.value == PACK_NONE ||
                !tag_is_known(c, lexicon, key.value))
                return problem_add(c->problems, at, "unknown-tag", NULL,
                    "no entry carries the tag '" STR_FMT "'", STR_ARG(word));
        } else if (!str_eq(word, STR("*"))) {
            const struct made_entry *e = lexicon_entry(c, lexicon, word);
            key.kind = KEY_ENTRY;
            if (!e)
                return problem_add(c->problems, at, "unknown-entry",
                    "add it to the lexicon, or use one of its entries",
                    "'" STR_FMT "' is no entry of the lexicon of this column",
                    STR_ARG(word));
            key.value = e->index;
        }
        *VEC_PUSH(c->a, out) = key;
        if (!cut.found)
            return true;
    }
}

struct loose_row {
    struct key_cell keys[6];
    size_t key_count;
    struct pack_row row;
    struct where at;
};

struct loose_rows {
    struct loose_row *items;
    size_t count, cap;
};

static size_t column_find(const struct table *t, struct str name)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (str_eq(t->columns[i], name))
            return i;
    return SIZE_MAX;
}

static bool read_row(struct compiler *c, const struct table *t,
    const struct pack_table *out, const uint32_t *lexicons,
    const struct table_row *row, struct loose_rows *rows)
{
    size_t keys = t->key_columns.count, answer = column_find(t, STR("answer"));
    struct key_cells cells[6] = {0};
    size_t at[6] = {0};
    struct pack_row made = {.line = row->at.line};

    for (size_t k = 0; k < keys; k++)
        if (!read_key(c,
                row->cells[column_find(t, t->key_columns.items[k].text)],
                lexicons[k], row->at, &cells[k]))
            return false;
    made.answer = answer_find(c, out, row->cells[answer]);
    if (made.answer == PACK_NONE)
        return problem_add(c->problems, row->at, "unknown-answer", NULL,
            "'" STR_FMT "' is none of the table's answers",
            STR_ARG(row->cells[answer]));
    made.cells.beg = (uint32_t)c->out.strs.count;
    for (size_t i = 0; i < t->column_count; i++)
        *VEC_PUSH(c->a, &c->out.strs) = put_text(c, row->cells[i]);
    made.cells.end = (uint32_t)c->out.strs.count;
    for (;;) {
        struct loose_row *loose = VEC_PUSH(c->a, rows);
        *loose = (struct loose_row){
            .key_count = keys, .row = made, .at = row->at};
        for (size_t k = 0; k < keys; k++)
            loose->keys[k] = cells[k].items[at[k]];
        size_t k = keys;
        while (k > 0 && ++at[k - 1] == cells[k - 1].count)
            at[--k] = 0;
        if (k == 0)
            return true;
    }
}

/* The most exact first, key by key: entry, tag, any. */
static int compare_rows(const void *a, const void *b)
{
    const struct loose_row *x = a, *y = b;
    for (size_t k = 0; k < x->key_count; k++)
        if (x->keys[k].kind != y->keys[k].kind)
            return x->keys[k].kind > y->keys[k].kind ? -1 : 1;
    for (size_t k = 0; k < x->key_count; k++)
        if (x->keys[k].value != y->keys[k].value)
            return x->keys[k].value < y->keys[k].value ? -1 : 1;
    return x->row.line < y->row.line ? -1 : x->row.line > y->row.line;
}

static bool same_keys(const struct loose_row *x, const struct loose_row *y)
{
    for (size_t k = 0; k < x->key_count; k++)
        if (x->keys[k].kind != y->keys[k].kind ||
            x->keys[k].value != y->keys[k].value)
            return false;
    return true;
}

static void put_rows(
    struct compiler *c, struct pack_table *out, struct loose_rows *rows)
{
    out->rows.beg = (uint32_t)c->out.rows.count;
    if (rows->count)
        qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
    for (size_t i = 0; i < rows->count; i++) {
        struct loose_row *r = &rows->items[i];
        uint32_t flat[12];
        if (i > 0 && same_keys(r, r - 1)) {
            if (r->row.answer != (r - 1)->row.answer)
                problem_add(c->problems, r->at, "two-answers", NULL,
                    "line %u gives the same keys another answer",
                    (unsigned)(r - 1)->row.line);
            continue;
        }
        for (size_t k = 0; k < r->key_count; k++) {
            flat[2 * k] = r->keys[k].kind;
            flat[2 * k + 1] = r->keys[k].value;
        }
        r->row.keys = put_index(c, flat, r->key_count * 2);
        *VEC_PUSH(c->a, &c->out.rows) = r->row;
    }
    out->rows.end = (uint32_t)c->out.rows.count;
}

static bool table_heads(struct compiler *c, const struct table *t,
    struct pack_table *out, uint32_t *lexicons)
{
    if (t->key_columns.count == 0 || t->key_columns.count > 6)
        return problem_add(c->problems, t->name.at, "keys", NULL,
            "a table has one to six keys");
    for (size_t k = 0; k < t->key_columns.count; k++) {
        struct name name = t->key_lexicons.items[k];
        struct part *part = part_find(c, name.text);
        if (!part || part->type != PART_LEXICON) {
            unknown_name(c, name.at, "lexicon", name.text, NULL);
            return false;
        }
        part->used = true;
        lexicons[k] = lexicon_part(c, part);
        if (lexicons[k] == PACK_NONE)
            return false;
        if (column_find(t, t->key_columns.items[k].text) == SIZE_MAX)
            return problem_add(c->problems, t->key_columns.items[k].at,
                "no-column", NULL, "the table has no column '" STR_FMT "'",
                STR_ARG(t->key_columns.items[k].text));
    }
    if (column_find(t, STR("answer")) == SIZE_MAX)
        return problem_add(c->problems, t->name.at, "no-column", NULL,
            "the table has no column 'answer'");
    for (size_t i = 0; i < t->answers.count; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(t->answers.items[i].text, t->answers.items[k].text))
                problem_add(c->problems, t->answers.items[i].at, "name-taken",
                    "leave one of them out", "an answer stands there twice");
    out->keys = put_index(c, lexicons, t->key_columns.count);
    out->answers.beg = (uint32_t)c->out.strs.count;
    for (size_t i = 0; i < t->answers.count; i++)
        *VEC_PUSH(c->a, &c->out.strs) = put_text(c, t->answers.items[i].text);
    *VEC_PUSH(c->a, &c->out.strs) = put_text(c, t->otherwise.text);
    out->answers.end = (uint32_t)c->out.strs.count;
    out->columns.beg = (uint32_t)c->out.strs.count;
    for (size_t i = 0; i < t->column_count; i++)
        *VEC_PUSH(c->a, &c->out.strs) = put_text(c, t->columns[i]);
    out->columns.end = (uint32_t)c->out.strs.count;
    return true;
}

uint32_t table_part(struct compiler *c, struct part *part)
{
    const struct table *t = part->data;
    struct pack_table out = {.name = put_text(c, part->name.text)};
    struct loose_rows rows = {0};
    uint32_t lexicons[6];

    if (part->state != PART_NEW)
        return part->index;
    part->state = PART_DONE;
    part->index = PACK_NONE;
    if (!table_heads(c, t, &out, lexicons))
        return PACK_NONE;
    for (size_t i = 0; i < t->row_count; i++)
        (void)read_row(c, t, &out, lexicons, &t->rows[i], &rows);
    put_rows(c, &out, &rows);
    *VEC_PUSH(c->a, &c->out.tables) = out;
    part->index = (uint32_t)c->out.tables.count - 1;
    return part->index;
}

/* ---- scales -------------------------------------------------------------------------- */

static const struct scale_row *row_of(
    const struct scale *s, struct str answer)
{
    for (size_t i = 0; i < s->row_count; i++)
        if (str_eq(s->rows[i].answer.text, answer))
            return &s->rows[i];
    return NULL;
}

/* Does some line of the table, or its otherwise, give this answer? */
static bool is_given(
    struct compiler *c, const struct pack_table *table, uint32_t answer)
{
    if (answer + 1 == table->answers.end - table->answers.beg)
        return true;
    for (uint32_t i = table->rows.beg; i < table->rows.end; i++)
        if (c->out.rows.items[i].answer == answer)
            return true;
    return false;
}

static void check_rows(struct compiler *c, const struct scale *s,
    const struct pack_table *table)
{
    for (size_t i = 0; i < s->row_count; i++) {
        uint32_t answer = answer_find(c, table, s->rows[i].answer.text);
        if (answer == PACK_NONE)
            problem_add(c->problems, s->rows[i].answer.at, "unknown-answer",
                NULL, "the table has no answer '" STR_FMT "'",
                STR_ARG(s->rows[i].answer.text));
        else if (!is_given(c, table, answer))
            problem_warn(c->problems, s->rows[i].answer.at, "unreachable",
                "add a line to the table, or take the answer out of both",
                "no line of the table answers '" STR_FMT "'",
                STR_ARG(s->rows[i].answer.text));
    }
}

static void put_cells(struct compiler *c, const struct scale *s,
    const struct pack_table *table, struct pack_scale *out)
{
    uint32_t answers = table->answers.end - table->answers.beg;
    uint32_t *cells =
        ARENA_NEW(c->a, uint32_t, answers * s->column_count);
    for (uint32_t i = 0; i < answers; i++) {
        struct pack_str t = c->out.strs.items[table->answers.beg + i];
        struct str answer = {c->out.text.items + t.off, t.len};
        const struct scale_row *row = row_of(s, answer);
        if (!row) {
            problem_add(c->problems, s->name.at, "missing-row", NULL,
                "the scale has no row for '" STR_FMT "'", STR_ARG(answer));
            continue;
        }
        for (size_t k = 0; k < s->column_count; k++)
            cells[i * s->column_count + k] = row->cells[k];
    }
    out->cells = put_index(c, cells, answers * s->column_count);
}

uint32_t scale_part(struct compiler *c, struct part *part)
{
    const struct scale *s = part->data;
    struct pack_scale out = {.name = put_text(c, part->name.text)};

    if (part->state != PART_NEW)
        return part->index;
    part->state = PART_DONE;
    part->index = PACK_NONE;
    out.lookup = lookup_compile(c, NULL, s->of, STR(""));
    if (c->out.conds.items[out.lookup].op != OP_LOOKUP)
        return PACK_NONE;
    uint32_t *columns = ARENA_NEW(c->a, uint32_t, s->column_count);
    for (size_t i = 0; i < s->column_count; i++)
        columns[i] = s->columns[i] ? cond_compile(c, NULL, s->columns[i])
                                   : PACK_NONE;
    out.columns = put_index(c, columns, s->column_count);
    struct pack_table table =
        c->out.tables.items[c->out.conds.items[out.lookup].a];
    check_rows(c, s, &table);
    put_cells(c, s, &table, &out);
    *VEC_PUSH(c->a, &c->out.scales) = out;
    part->index = (uint32_t)c->out.scales.count - 1;
    return part->index;
}
