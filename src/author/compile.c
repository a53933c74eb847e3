/* SPDX-License-Identifier: MIT */
/*
 * compile.c - folders of rule files to one pack.
 *
 *   load every folder -> one set of names, later folders over earlier ones
 *   -> parts and rules, each compiled when asked for -> triggers -> bytes
 */
#include "author/compile.h"

#include <string.h>

#include "author/compiler.h"
#include "match/detect.h"
#include "rules/load.h"
#include "rules/taxon.h"

/* ---- sections -------------------------------------------------------------- */

struct pack_str put_text(struct compiler *c, struct str s)
{
    bool is_new;
    if (s.len == 0)
        return (struct pack_str){0, 0};
    uint32_t *known = map_find(&c->text_of, s);
    if (known)
        return (struct pack_str){*known, (uint32_t)s.len};
    uint32_t off = (uint32_t)c->out.text.count;
    for (size_t i = 0; i <= s.len; i++)
        *VEC_PUSH(c->a, &c->out.text) = i < s.len ? s.ptr[i] : '\0';
    *map_put(c->a, &c->text_of, arena_copy(c->a, s), &is_new) = off;
    return (struct pack_str){off, (uint32_t)s.len};
}

uint32_t put_str(struct compiler *c, struct str s)
{
    *VEC_PUSH(c->a, &c->out.strs) = put_text(c, s);
    return (uint32_t)c->out.strs.count - 1;
}

struct pack_where put_where(struct compiler *c, struct where at)
{
    return (struct pack_where){
        put_text(c, str_of(at.file)), at.line, at.col};
}

struct pack_list put_index(
    struct compiler *c, const uint32_t *items, size_t count)
{
    struct pack_list list = {(uint32_t)c->out.index.count, 0};
    for (size_t i = 0; i < count; i++)
        *VEC_PUSH(c->a, &c->out.index) = items[i];
    list.end = (uint32_t)c->out.index.count;
    return list;
}

/* ---- facts ------------------------------------------------------------------- */

static const char *const fact_words[] = {
#define X(name, word) word,
    FACT_LIST(X)
#undef X
};

uint32_t fact_number(struct compiler *c, struct str name, bool make)
{
    if (c->fact_of.count == 0)
        for (uint32_t i = 0; i < FACT_OWN; i++)
            *map_put(c->a, &c->fact_of, str_of(fact_words[i]), NULL) = i;
    uint32_t *known = map_find(&c->fact_of, name);
    if (known)
        return *known;
    if (!make)
        return PACK_NONE;
    uint32_t id = (uint32_t)c->fact_of.count;
    *map_put(c->a, &c->fact_of, arena_copy(c->a, name), NULL) = id;
    return id;
}

static void put_fact_names(struct compiler *c, struct pack_info *info)
{
    uint32_t count = (uint32_t)c->fact_of.count;
    struct pack_str *names = ARENA_NEW(c->a, struct pack_str, count + 1);
    for (size_t i = 0; i < c->fact_of.cap; i++)
        if (c->fact_of.slots[i].used)
            names[c->fact_of.slots[i].value] =
                put_text(c, c->fact_of.slots[i].key);
    info->fact_beg = (uint32_t)c->out.strs.count;
    info->fact_count = count;
    for (uint32_t i = 0; i < count; i++)
        *VEC_PUSH(c->a, &c->out.strs) = names[i];
}

/* ---- parts --------------------------------------------------------------------- */

struct part *part_find(struct compiler *c, struct str name)
{
    uint32_t *at = map_find(&c->part_of, name);
    return at ? c->parts[*at] : NULL;
}

struct guess {
    struct str best;
    unsigned distance;
};

static void guess_name(struct guess *g, struct str name, struct str other)
{
    unsigned distance = str_distance(name, other, 3);
    if (distance < g->distance && distance * 2 < name.len + 1) {
        g->distance = distance;
        g->best = other;
    }
}

void unknown_name(struct compiler *c, struct where at, const char *what,
    struct str name, const struct scope *scope)
{
    struct guess g = {.distance = 4};
    if (name.len == 0) /* the loader told why there is none */
        return;
    if (scope && scope->pieces)
        for (size_t i = 0; i < scope->pieces->count; i++)
            guess_name(&g, name, scope->pieces->items[i].name.text);
    for (size_t i = 0; i < c->part_count; i++)
        guess_name(&g, name, c->parts[i]->name.text);
    struct str fix = g.best.len
        ? arena_printf(c->a, "did you mean '" STR_FMT "'?", STR_ARG(g.best))
        : STR("");
    problem_add(c->problems, at, "unknown-name", fix.len ? fix.ptr : NULL,
        "no %s is called '" STR_FMT "'", what, STR_ARG(name));
}

static void add_part(struct compiler *c, enum part_type type,
    struct name name, const void *data, size_t folder)
{
    bool is_new;
    struct part *part = ARENA_NEW(c->a, struct part, 1);
    *part = (struct part){.type = type,
        .name = name,
        .data = data,
        .index = PACK_NONE,
        .evid = PACK_NONE,
        .folder = folder};
    uint32_t *at = map_put(c->a, &c->part_of, name.text, &is_new);
    if (!is_new) {
        part->older = c->parts[*at];
        if (part->older->folder == folder) {
            problem_add(c->problems, name.at, "name-taken",
                "give one of them another name",
                "'" STR_FMT "' is already the name of a part (%s:%u)",
                STR_ARG(name.text), part->older->name.at.file,
                (unsigned)part->older->name.at.line);
            return;
        }
        c->parts[*at] = part;
        return;
    }
    *at = (uint32_t)c->part_count;
    if (c->part_count == c->part_cap)
        vec_grow(c->a, (void **)(void *)&c->parts, &c->part_cap,
            c->part_count, sizeof(struct part *), _Alignof(struct part *));
    c->parts[c->part_count++] = part;
}

static void add_parts(
    struct compiler *c, const struct rule_pack *p, size_t folder)
{
    for (size_t i = 0; i < p->lexicon_count; i++)
        add_part(c, PART_LEXICON, p->lexicons[i].name, &p->lexicons[i],
            folder);
    for (size_t i = 0; i < p->table_count; i++)
        add_part(c, PART_TABLE, p->tables[i].name, &p->tables[i], folder);
    for (size_t i = 0; i < p->weight_count; i++)
        add_part(c, PART_WEIGHTS, p->weights[i].name, &p->weights[i], folder);
    for (size_t i = 0; i < p->pieces.count; i++)
        add_part(c, PART_PIECE, p->pieces.items[i].name, &p->pieces.items[i],
            folder);
    for (size_t i = 0; i < p->guard_count; i++)
        add_part(c, PART_GUARD, p->guards[i].name, &p->guards[i], folder);
    for (size_t i = 0; i < p->scale_count; i++)
        add_part(c, PART_SCALE, p->scales[i].name, &p->scales[i], folder);
}

/* Tags are facts, and `where` may ask for one before its lexicon is compiled. */
static void register_tags(struct compiler *c, const struct rule_pack *p)
{
    for (size_t i = 0; i < p->lexicon_count; i++)
        for (size_t k = 0; k < p->lexicons[i].tags.count; k++)
            (void)fact_number(c, p->lexicons[i].tags.items[k].text, true);
    for (size_t i = 0; i < p->weight_count; i++)
        for (size_t k = 0; k < p->weights[i].columns.count; k++)
            (void)fact_number(c, p->weights[i].columns.items[k].text, true);
}

/* Every part is compiled, used or not, so that every error is told. */
static void compile_parts(struct compiler *c)
{
    struct scope none = {.anchor = PACK_NONE};
    for (size_t i = 0; i < c->part_count; i++) {
        struct part *part = c->parts[i];
        bool used = part->used;
        switch (part->type) {
        case PART_LEXICON:
            (void)lexicon_part(c, part);
            break;
        case PART_PIECE:
            (void)evid_named(c, &none, part->name);
            break;
        case PART_GUARD:
            (void)guard_part(c, part);
            break;
        case PART_TABLE:
            (void)table_part(c, part);
            break;
        case PART_SCALE:
            (void)scale_part(c, part);
            break;
        case PART_WEIGHTS:
            (void)weights_part(c, part);
            break;
        }
        part->used = used;
    }
}

/* ---- rules ------------------------------------------------------------------------ */

struct rule_at {
    const struct rule *rule;
    size_t folder;
};

struct rule_list {
    struct rule_at *items;
    size_t count, cap;
};

static void gather_rules(struct compiler *c, struct rule_list *list)
{
    struct map seen = {0};
    bool is_new;
    for (size_t f = 0; f < c->in->folder_count; f++)
        for (size_t i = 0; i < c->packs[f].rule_count; i++) {
            const struct rule *r = &c->packs[f].rules[i];
            uint32_t *at = map_put(c->a, &seen, r->id.text, &is_new);
            if (!is_new && list->items[*at].folder == f) {
                problem_add(c->problems, r->id.at, "id-taken", NULL,
                    "two rules are called '" STR_FMT "'",
                    STR_ARG(r->id.text));
                continue;
            }
            if (is_new) {
                *at = (uint32_t)list->count;
                (void)VEC_PUSH(c->a, list);
            }
            list->items[*at] = (struct rule_at){r, f};
        }
}

static struct str rule_id(const struct compiler *c, size_t rule)
{
    struct pack_str s = c->out.rules.items[rule].id;
    return (struct str){c->out.text.items + s.off, s.len};
}

static void check_yields(struct compiler *c, const struct rule_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct names *yields = &list->items[i].rule->yields;
        for (size_t k = 0; k < yields->count; k++) {
            bool known = false;
            for (size_t r = 0; r < c->out.rules.count && !known; r++)
                known = rule_id_under(rule_id(c, r), yields->items[k].text);
            /* Another pack may bring rules of a name of the taxonomy. */
            if (!known && !taxon_covers(yields->items[k].text))
                problem_warn(c->problems, yields->items[k].at,
                    "unknown-rule", "postlint rules list shows them all", "no rule is called '" STR_FMT "'",
                    STR_ARG(yields->items[k].text));
        }
    }
}

static bool rule_yields(
    const struct compiler *c, const struct rule *rule, size_t other)
{
    for (size_t i = 0; i < rule->yields.count; i++)
        if (rule_id_under(rule_id(c, other), rule->yields.items[i].text))
            return true;
    return false;
}

/* Rules that give way to one another in a circle would all be lost. */
static void check_circles(struct compiler *c, const struct rule_list *list)
{
    size_t count = list->count;
    if (c->out.rules.count != count)
        return; /* some rule is broken; that has been told */
    uint8_t *reach = ARENA_NEW(c->a, uint8_t, count * count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            reach[i * count + k] =
                i != k && rule_yields(c, list->items[i].rule, k);
    for (size_t via = 0; via < count; via++)
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; reach[i * count + via] && k < count; k++)
                reach[i * count + k] |= reach[via * count + k];
    for (size_t i = 0; i < count; i++)
        if (reach[i * count + i])
            problem_add(c->problems, list->items[i].rule->id.at, "circle",
                "take one of them out of `yields`",
                "'" STR_FMT "' gives way to a rule that gives way to it",
                STR_ARG(list->items[i].rule->id.text));
}

/* ---- info ------------------------------------------------------------------------- */

static uint32_t lexicon_index(struct compiler *c, const char *name)
{
    struct part *part = part_find(c, str_of(name));
    if (!part || part->type != PART_LEXICON)
        return PACK_NONE;
    part->used = true;
    return lexicon_part(c, part);
}

static void put_info(struct compiler *c)
{
    static const char *const cues[] = {
#define X(name, word) word,
        CUE_LIST(X)
#undef X
    };
    static const char *const lists[] = {
#define X(name, word) word,
        DETECT_LEXICON_LIST(X)
#undef X
    };
    struct pack_info info = {0};
    const struct pack_head *head = &c->packs[c->in->folder_count - 1].head;

    info.name = put_text(c, head->name);
    info.version = put_text(c, head->version);
    info.licence = put_text(c, head->licence);
    info.summary = put_text(c, head->summary);
    info.locale = put_text(c, head->locale);
    info.reviewed = put_text(c, head->reviewed);
    for (size_t i = 0; i < CUE_COUNT; i++)
        info.cue[i] = lexicon_index(c, cues[i]);
    for (size_t i = 0; i < 8; i++)
        info.detect[i] = i < DETECT_LEXICON_COUNT ? lexicon_index(c, lists[i])
                                                  : PACK_NONE;
    for (size_t f = 0; f < c->in->folder_count; f++)
        for (size_t i = 0; i < c->in->source_counts[f]; i++) {
            info.hash = info.hash * 31 ^ str_hash(c->in->sources[f][i].name);
            info.hash = info.hash * 31 ^ str_hash(c->in->sources[f][i].text);
        }
    info.jurisdiction.beg = (uint32_t)c->out.strs.count;
    for (size_t i = 0; i < head->jurisdiction.count; i++)
        (void)put_str(c, head->jurisdiction.items[i].text);
    info.jurisdiction.end = (uint32_t)c->out.strs.count;
    put_fact_names(c, &info);
    *VEC_PUSH(c->a, &c->out.info) = info;
}

/* Folder by folder, names as "0/pack.yaml": so a pack can be made again, with
   an institution's own rules over it. */
static void put_sources(struct compiler *c)
{
    for (size_t f = 0; f < c->in->folder_count; f++)
        for (size_t i = 0; i < c->in->source_counts[f]; i++) {
            const struct source *s = &c->in->sources[f][i];
            struct str name = arena_printf(
                c->a, "%zu/" STR_FMT, f, STR_ARG(s->name));
            *VEC_PUSH(c->a, &c->out.sources) =
                (struct pack_source){put_text(c, name), put_text(c, s->text)};
        }
}

static void put_last(struct compiler *c, struct pack_str *s)
{
    uint32_t off = (uint32_t)c->out.text.count;
    for (uint32_t n = 0; n <= s->len; n++) {
        char byte = c->out.text.items[s->off + n];
        *VEC_PUSH(c->a, &c->out.text) = byte;
    }
    s->off = off;
}

/* Texts that every post may ask for stand side by side, and not where they were
   first met. */
static void gather_texts(struct compiler *c)
{
    struct pack_info *info = &c->out.info.items[0];
    put_last(c, &info->name);
    put_last(c, &info->version);
    for (size_t i = 0; i < c->out.regexes.count; i++) {
        struct pack_list list = c->out.regexes.items[i].literals;
        put_last(c, &c->out.regexes.items[i].pattern);
        for (uint32_t k = list.beg; k < list.end; k++)
            put_last(c, &c->out.strs.items[k]);
    }
}

/* ---- bytes ---------------------------------------------------------------------------- */

static struct str put_bytes(struct compiler *c)
{
    struct pack_header head = {
        .magic = {'p', 'o', 's', 't', 'l', 'i', 'n', 't'},
        .version = PACK_VERSION,
        .order = PACK_ORDER,
    };
    size_t size = (sizeof head + 7) & ~(size_t)7;
#define X(member, type)                                                        \
    head.section[PACK_SECTION_##member].off = (uint32_t)size;                  \
    head.section[PACK_SECTION_##member].count =                                \
        (uint32_t)c->out.member.count;                                         \
    size = (size + c->out.member.count * sizeof(type) + 7) & ~(size_t)7;
    PACK_SECTIONS(X)
#undef X
    head.size = size;
    char *bytes = (char *)ARENA_NEW(c->a, uint64_t, size / 8);
    memcpy(bytes, &head, sizeof head);
#define X(member, type)                                                        \
    if (c->out.member.count)                                                   \
        memcpy(bytes + head.section[PACK_SECTION_##member].off,                \
            c->out.member.items, c->out.member.count * sizeof(type));
    PACK_SECTIONS(X)
#undef X
    return (struct str){bytes, size};
}

/* ---- all -------------------------------------------------------------------------------- */

static void read_forms(struct compiler *c)
{
    const struct pack *p = c->in->forms_of;
    for (uint32_t i = 0; p && i < p->forms_count; i++) {
        struct str forms = pack_text(p, p->forms[i]);
        *map_put(c->a, &c->form_of,
            arena_copy(c->a, str_cut(forms, ' ').head), NULL) =
            (uint32_t)c->out.forms.count;
        *VEC_PUSH(c->a, &c->out.forms) = put_text(c, forms);
    }
}

static void read_common(struct compiler *c)
{
    struct str rest = c->in->common_words;
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        struct str_cut line = str_cut(str_trim(cut.head), ' ');
        uint64_t percent = 0;
        (void)str_uint(str_trim(line.tail), 100, &percent);
        if (line.head.len > 0 && line.head.ptr[0] != '#')
            *map_put(c->a, &c->common, arena_copy(c->a, line.head), NULL) =
                (uint32_t)percent;
        rest = cut.tail;
    }
}

static bool load_all(struct compiler *c)
{
    bool whole = true;
    c->packs = ARENA_NEW(c->a, struct rule_pack, c->in->folder_count);
    for (size_t f = 0; f < c->in->folder_count; f++) {
        whole &= load_pack(c->a, c->in->sources[f], c->in->source_counts[f],
            &c->packs[f], c->problems);
        add_parts(c, &c->packs[f], f);
        register_tags(c, &c->packs[f]);
    }
    return whole;
}

bool compile(struct arena *a, const struct compile_in *in, struct str *bytes,
    struct problems *problems)
{
    struct compiler *c = ARENA_NEW(a, struct compiler, 1);
    struct rule_list rules = {0};

    c->a = a;
    c->in = in;
    c->problems = problems;
    *VEC_PUSH(a, &c->out.text) = '\0';
    read_forms(c);
    read_common(c);
    bool whole = load_all(c);
    compile_parts(c);
    gather_rules(c, &rules);
    for (size_t i = 0; i < rules.count; i++)
        rule_compile(c, rules.items[i].rule, rules.items[i].folder);
    check_yields(c, &rules);
    check_circles(c, &rules);
    words_finish(c);
    put_info(c);
    parts_lint(c);
    gate_compile(c);
    put_sources(c);
    gather_texts(c);
    inflect_free(c->inflect);
    if (!whole || problems->errors > 0)
        return false;
    *bytes = put_bytes(c);
    return true;
}
