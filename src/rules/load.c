/* SPDX-License-Identifier: MIT */
/* load.c - the files of a pack to plain data, through key tables. */
#include "rules/load.h"

#include <string.h>

#include "base/limits.h"
#include "rules/loader.h"
#include "rules/taxon.h"

/* ---- maps by their tables ------------------------------------------------------ */

static const struct key_row *row_find(
    const struct key_table *table, struct str name)
{
    for (size_t i = 0; i < table->count; i++)
        if (str_eqz(name, table->rows[i].name))
            return &table->rows[i];
    return NULL;
}

static void tell_unknown(struct loader *l, const struct node *key,
    const struct key_table *table)
{
    const char *best = NULL;
    unsigned least = 3;
    for (size_t i = 0; i < table->count; i++) {
        const char *name = table->rows[i].name;
        unsigned distance = str_distance(key->text, str_of(name), 3);
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    struct str fix = best ? arena_printf(l->a, "did you mean '%s'?", best)
                          : STR("");
    problem_add(l->problems, key->at, "unknown-key", fix.ptr,
        "%s has no key '" STR_FMT "'", table->what, STR_ARG(key->text));
}

bool read_keys(struct loader *l, const struct node *map,
    const struct key_table *table, void *to)
{
    size_t before = l->problems->errors;
    if (!want_kind(l, map, NODE_MAP, table->what))
        return false;
    for (size_t i = 0; i < map->count; i++) {
        const struct key_row *row =
            row_find(table, map->pairs[i].key->text);
        if (row)
            row->read(l, map->pairs[i].value, to);
        else
            tell_unknown(l, map->pairs[i].key, table);
    }
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].required && !node_get(map, table->rows[i].name))
            problem_add(l->problems, map->at, "missing-key", NULL,
                "%s needs the key '%s'", table->what, table->rows[i].name);
    return l->problems->errors == before;
}

bool want_kind(struct loader *l, const struct node *n, enum node_kind kind,
    const char *what)
{
    static const char *const words[] = {"a single value", "a list", "a map"};
    if (n->kind == kind)
        return true;
    return problem_add(l->problems, n->at, "wrong-kind", NULL,
        "%s is due here, not %s", what, words[n->kind]);
}

/* ---- small values ------------------------------------------------------------------- */

struct str read_word(struct loader *l, const struct node *n)
{
    return want_kind(l, n, NODE_SCALAR, "a single value") ? n->text : STR("");
}

struct str read_text(struct loader *l, const struct node *n)
{
    struct str text = read_word(l, n);
    if (n->kind == NODE_SCALAR && !n->quoted)
        problem_add(l->problems, n->at, "quote-me",
            "put the text in double quotes",
            "a text must be quoted, or a # in it would vanish unseen");
    return text;
}

bool is_plain_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!byte_is_lower(s.ptr[i]) && !byte_is_digit(s.ptr[i]) &&
            s.ptr[i] != '-')
            return false;
    return s.len > 0;
}

struct name read_name(struct loader *l, const struct node *n)
{
    return (struct name){read_word(l, n), n->at};
}

struct names read_names(struct loader *l, const struct node *n)
{
    VEC(struct name) out = {0};
    if (n->kind == NODE_SCALAR) {
        *VEC_PUSH(l->a, &out) = read_name(l, n);
    } else if (want_kind(l, n, NODE_LIST, "a name or a list of names")) {
        for (size_t i = 0; i < n->count; i++)
            *VEC_PUSH(l->a, &out) = read_name(l, n->items[i]);
    }
    return (struct names){out.items, out.count};
}

void check_name(struct loader *l, struct name name)
{
    static const char *const words[] = {
        "y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eqz(name.text, words[i]))
            problem_warn(l->problems, name.at, "bad-name", "choose another",
                "other YAML tools do not take '%s' for a name", words[i]);
}

static struct name new_name(struct loader *l, const struct node *key)
{
    struct name name = read_name(l, key);
    check_name(l, name);
    if (!is_plain_name(name.text))
        problem_add(l->problems, name.at, "bad-name", NULL,
            "names are made of a-z, digits and hyphens");
    return name;
}

/* ---- lexicons ------------------------------------------------------------------------- */

static void add_entries(
    struct loader *l, struct entries *to, struct entries more)
{
    struct entry *all = ARENA_NEW(l->a, struct entry, to->count + more.count);
    if (to->count)
        memcpy(all, to->items, to->count * sizeof *all);
    if (more.count)
        memcpy(all + to->count, more.items, more.count * sizeof *all);
    to->items = all;
    to->count += more.count;
}

static void lexicon_words(struct loader *l, const struct node *n, void *to)
{
    add_entries(l, &((struct lexicon *)to)->entries, read_entries(l, n));
}

static void lexicon_file(struct loader *l, const struct node *n, void *to)
{
    if (want_kind(l, n, NODE_SCALAR, "a file name"))
        add_entries(l, &((struct lexicon *)to)->entries, read_entry_file(l, n));
}

static void lexicon_include(struct loader *l, const struct node *n, void *to)
{
    ((struct lexicon *)to)->include = read_names(l, n);
}

static void lexicon_except(struct loader *l, const struct node *n, void *to)
{
    ((struct lexicon *)to)->except = read_entries(l, n);
}

static void lexicon_tags(struct loader *l, const struct node *n, void *to)
{
    ((struct lexicon *)to)->tags = read_names(l, n);
}

static void lexicon_case(struct loader *l, const struct node *n, void *to)
{
    ((struct lexicon *)to)->exact = read_exact(l, n);
}

static void lexicon_note(struct loader *l, const struct node *n, void *to)
{
    ((struct lexicon *)to)->note = read_word(l, n);
}

static const struct key_row lexicon_keys[] = {
    {"words", false, lexicon_words},
    {"file", false, lexicon_file},
    {"include", false, lexicon_include},
    {"except", false, lexicon_except},
    {"tags", false, lexicon_tags},
    {"case", false, lexicon_case},
    {"note", false, lexicon_note},
};

const struct key_table lexicon_table =
    KEY_TABLE("a lexicon", lexicon_keys);

/* ---- weights --------------------------------------------------------------------------- */

static void weights_columns(struct loader *l, const struct node *n, void *to)
{
    ((struct weights *)to)->columns = read_names(l, n);
}

static void weights_words(struct loader *l, const struct node *n, void *to)
{
    add_entries(l, &((struct weights *)to)->entries, read_entries(l, n));
}

static void weights_file(struct loader *l, const struct node *n, void *to)
{
    if (want_kind(l, n, NODE_SCALAR, "a file name"))
        add_entries(l, &((struct weights *)to)->entries, read_entry_file(l, n));
}

static void weights_note(struct loader *l, const struct node *n, void *to)
{
    ((struct weights *)to)->note = read_word(l, n);
}

static const struct key_row weights_keys[] = {
    {"columns", true, weights_columns},
    {"words", false, weights_words},
    {"file", false, weights_file},
    {"note", false, weights_note},
};

const struct key_table weights_table =
    KEY_TABLE("weights", weights_keys);

/* ---- guards ---------------------------------------------------------------------------- */

static void guard_find(struct loader *l, const struct node *n, void *to)
{
    ((struct guard *)to)->find = read_pieces(l, n);
}

static void guard_when(struct loader *l, const struct node *n, void *to)
{
    ((struct guard *)to)->when = read_cond(l, n);
}

static void guard_within(struct loader *l, const struct node *n, void *to)
{
    ((struct guard *)to)->within = read_window(l, n);
}

static void guard_holds(struct loader *l, const struct node *n, void *to)
{
    ((struct guard *)to)->holds = read_examples(l, n);
}

static void guard_fails(struct loader *l, const struct node *n, void *to)
{
    ((struct guard *)to)->fails = read_examples(l, n);
}

static const struct key_row guard_test_keys[] = {
    {"holds", false, guard_holds},
    {"fails", false, guard_fails},
};

const struct key_table guard_test_table =
    KEY_TABLE("tests of a guard", guard_test_keys);

static void guard_tests(struct loader *l, const struct node *n, void *to)
{
    read_keys(l, n, &guard_test_table, to);
}

static void ignore_note(struct loader *l, const struct node *n, void *to)
{
    (void)to;
    (void)read_word(l, n);
}

static const struct key_row guard_keys[] = {
    {"find", false, guard_find},
    {"when", false, guard_when},
    {"within", false, guard_within},
    {"tests", false, guard_tests},
    {"note", false, ignore_note},
};

const struct key_table guard_table =
    KEY_TABLE("a guard", guard_keys);

/* ---- scales ------------------------------------------------------------------------------ */

static void scale_of(struct loader *l, const struct node *n, void *to)
{
    ((struct scale *)to)->of = read_cond(l, n);
}

static void scale_columns(struct loader *l, const struct node *n, void *to)
{
    struct scale *s = to;
    if (!want_kind(l, n, NODE_LIST, "the columns of a scale"))
        return;
    s->columns = ARENA_NEW(l->a, struct cond *, n->count);
    s->column_count = n->count;
    for (size_t i = 0; i < n->count; i++) {
        bool last = i + 1 == n->count;
        bool is_else = n->items[i]->kind == NODE_SCALAR &&
            str_eq(n->items[i]->text, STR("else"));
        if (is_else != last)
            problem_add(l->problems, n->items[i]->at, "columns", NULL,
                "the last column, and no other, is `else`");
        if (!is_else)
            s->columns[i] = read_cond(l, n->items[i]);
    }
}

static void scale_rows(struct loader *l, const struct node *n, void *to)
{
    struct scale *s = to;
    if (!want_kind(l, n, NODE_MAP, "the rows of a scale"))
        return;
    s->rows = ARENA_NEW(l->a, struct scale_row, n->count);
    for (size_t i = 0; i < n->count; i++) {
        struct names cells = read_names(l, n->pairs[i].value);
        struct scale_row *row = &s->rows[s->row_count++];
        row->answer = read_name(l, n->pairs[i].key);
        row->cells = ARENA_NEW(l->a, enum level, cells.count + 1);
        for (size_t k = 0; k < cells.count; k++)
            if (!level_parse(cells.items[k].text, &row->cells[k]))
                problem_add(l->problems, cells.items[k].at, "unknown-level",
                    NULL, "a cell is error, warning, note or silent");
        if (cells.count != s->column_count)
            problem_add(l->problems, n->pairs[i].key->at, "cells", NULL,
                "the row has %zu cells for %zu columns", cells.count,
                s->column_count);
    }
}

static const struct key_row scale_keys[] = {
    {"of", true, scale_of},
    {"columns", true, scale_columns},
    {"rows", true, scale_rows},
    {"note", false, ignore_note},
};

const struct key_table scale_table =
    KEY_TABLE("a scale", scale_keys);

/* ---- a file --------------------------------------------------------------------------------- */

struct building {
    struct rule_pack *pack;
    VEC(struct lexicon) lexicons;
    VEC(struct weights) weights;
    VEC(struct table) tables;
    VEC(struct piece) pieces;
    VEC(struct guard) guards;
    VEC(struct scale) scales;
    VEC(struct rule) rules;
};

static void file_version(struct loader *l, const struct node *n, void *to)
{
    (void)to;
    if (!str_eq(read_word(l, n), STR("1")))
        problem_add(l->problems, n->at, "version",
            "write postlint: 1, or use a newer program",
            "this program reads version 1 of the rule language");
}

static void file_lexicons(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    if (!want_kind(l, n, NODE_MAP, "lexicons by name"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        struct lexicon *x = VEC_PUSH(l->a, &b->lexicons);
        x->name = new_name(l, n->pairs[i].key);
        read_keys(l, n->pairs[i].value, &lexicon_table, x);
    }
}

static void file_weights(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    if (!want_kind(l, n, NODE_MAP, "weights by name"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        struct weights *w = VEC_PUSH(l->a, &b->weights);
        w->name = new_name(l, n->pairs[i].key);
        read_keys(l, n->pairs[i].value, &weights_table, w);
    }
}

static void file_tables(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    if (!want_kind(l, n, NODE_MAP, "tables by name"))
        return;
    for (size_t i = 0; i < n->count; i++)
        read_table(l, n->pairs[i].key, n->pairs[i].value,
            VEC_PUSH(l->a, &b->tables));
}

static void file_pieces(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    const char *file = l->file;
    l->file = NULL; /* shared pieces are not bounded in number */
    struct pieces pieces = read_pieces(l, n);
    l->file = file;
    for (size_t i = 0; i < pieces.count; i++) {
        if (!is_plain_name(pieces.items[i].name.text))
            problem_add(l->problems, pieces.items[i].name.at, "bad-name",
                NULL, "names are made of a-z, digits and hyphens");
        *VEC_PUSH(l->a, &b->pieces) = pieces.items[i];
    }
}

static void file_guards(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    if (!want_kind(l, n, NODE_MAP, "guards by name"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        struct guard *g = VEC_PUSH(l->a, &b->guards);
        g->name = new_name(l, n->pairs[i].key);
        read_keys(l, n->pairs[i].value, &guard_table, g);
        if (!g->when && g->find.count == 0)
            problem_add(l->problems, g->name.at, "guard", NULL,
                "a guard needs `find` or `when`");
    }
}

static void file_scales(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    if (!want_kind(l, n, NODE_MAP, "scales by name"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        struct scale *s = VEC_PUSH(l->a, &b->scales);
        s->name = new_name(l, n->pairs[i].key);
        read_keys(l, n->pairs[i].value, &scale_table, s);
    }
}

static void file_rules(struct loader *l, const struct node *n, void *to)
{
    struct building *b = to;
    if (!want_kind(l, n, NODE_LIST, "a list of rules"))
        return;
    for (size_t i = 0; i < n->count; i++)
        read_rule(l, n->items[i], VEC_PUSH(l->a, &b->rules));
}

static const struct key_row file_keys[] = {
    {"postlint", true, file_version},
    {"lexicons", false, file_lexicons},
    {"weights", false, file_weights},
    {"tables", false, file_tables},
    {"pieces", false, file_pieces},
    {"guards", false, file_guards},
    {"scales", false, file_scales},
    {"rules", false, file_rules},
};

const struct key_table file_table =
    KEY_TABLE("a rule file", file_keys);

/* ---- pack.yaml -------------------------------------------------------------------------------- */

#define HEAD_WORD(field)                                                       \
    static void head_##field(                                                  \
        struct loader *l, const struct node *n, void *to)                      \
    {                                                                          \
        ((struct pack_head *)to)->field = read_word(l, n);                     \
    }
HEAD_WORD(name)
HEAD_WORD(version)
HEAD_WORD(licence)
HEAD_WORD(summary)
HEAD_WORD(locale)

/* 2026-01-31 */
static bool is_date(struct str s)
{
    static const char form[] = "0000-00-00";
    if (s.len != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (form[i] == '-' ? s.ptr[i] != '-' : !byte_is_digit(s.ptr[i]))
            return false;
    return true;
}

static void head_reviewed(struct loader *l, const struct node *n, void *to)
{
    struct pack_head *head = to;
    head->reviewed = read_word(l, n);
    if (n->kind == NODE_SCALAR && !is_date(head->reviewed))
        problem_add(l->problems, n->at, "bad-date", "write 2026-01-31",
            "`reviewed` is a date");
}

static void head_jurisdiction(struct loader *l, const struct node *n, void *to)
{
    struct pack_head *head = to;
    head->jurisdiction = read_names(l, n);
    for (size_t i = 0; i < head->jurisdiction.count; i++)
        check_profile(l, PROFILE_JURISDICTION, head->jurisdiction.items[i]);
}

static void head_exempt(struct loader *l, const struct node *n, void *to)
{
    struct pack_head *head = to;
    if (!want_kind(l, n, NODE_MAP, "rule ids with reasons"))
        return;
    head->exempt = ARENA_NEW(l->a, struct exemption, n->count);
    for (size_t i = 0; i < n->count; i++)
        head->exempt[head->exempt_count++] = (struct exemption){
            read_name(l, n->pairs[i].key), read_word(l, n->pairs[i].value)};
}

static const struct key_row head_keys[] = {
    {"pack", true, head_name},
    {"version", true, head_version},
    {"licence", true, head_licence},
    {"postlint", true, file_version},
    {"summary", false, head_summary},
    {"locale", false, head_locale},
    {"jurisdiction", false, head_jurisdiction},
    {"reviewed", false, head_reviewed},
    {"exempt", false, head_exempt},
};

const struct key_table head_table =
    KEY_TABLE("pack.yaml", head_keys);

/* ---- the pack --------------------------------------------------------------------------------- */

static bool is_rule_file(struct str name)
{
    return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
}

static void load_file(
    struct loader *l, const struct source *s, struct building *b)
{
    bool head = str_eq(s->name, STR("pack.yaml"));
    l->file = arena_copy(l->a, s->name).ptr;
    struct node *root = yaml_parse(l->a, l->file, s->text, l->problems);
    if (!root)
        return;
    if (head)
        read_keys(l, root, &head_table, &b->pack->head);
    else
        read_keys(l, root, &file_table, b);
}

static bool has_head(const struct source *sources, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(sources[i].name, STR("pack.yaml")))
            return true;
    return false;
}

bool load_pack(struct arena *a, const struct source *sources, size_t count,
    struct rule_pack *pack, struct problems *problems)
{
    struct loader l = {
        .a = a, .problems = problems, .sources = sources, .count = count};
    struct building b = {.pack = pack};
    size_t before = problems->errors;

    *pack = (struct rule_pack){0};
    if (!has_head(sources, count))
        problem_add(problems, (struct where){"pack.yaml", 0, 0, 0}, "no-pack",
            "add one with pack, version, licence and postlint: 1",
            "the folder holds no pack.yaml");
    for (size_t i = 0; i < count; i++)
        if (is_rule_file(sources[i].name))
            load_file(&l, &sources[i], &b);
    pack->lexicons = b.lexicons.items;
    pack->lexicon_count = b.lexicons.count;
    pack->weights = b.weights.items;
    pack->weight_count = b.weights.count;
    pack->tables = b.tables.items;
    pack->table_count = b.tables.count;
    pack->pieces = (struct pieces){b.pieces.items, b.pieces.count};
    pack->guards = b.guards.items;
    pack->guard_count = b.guards.count;
    pack->scales = b.scales.items;
    pack->scale_count = b.scales.count;
    pack->rules = b.rules.items;
    pack->rule_count = b.rules.count;
    return problems->errors == before;
}
