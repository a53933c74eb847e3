/* SPDX-License-Identifier: MIT */
/* load_evid.c - words, zones, windows and evidence from nodes. */
#include <string.h>

#include "base/limits.h"
#include "rules/loader.h"

/* ---- words -------------------------------------------------------------------- */

struct entries read_entries(struct loader *l, const struct node *n)
{
    VEC(struct entry) out = {0};
    if (!want_kind(l, n, NODE_LIST, "a list of words"))
        return (struct entries){0};
    for (size_t i = 0; i < n->count; i++) {
        struct entry e;
        if (want_kind(l, n->items[i], NODE_SCALAR, "a word or phrase") &&
            entry_parse(l->a, n->items[i]->text, n->items[i]->at, &e,
                l->problems))
            *VEC_PUSH(l->a, &out) = e;
    }
    return (struct entries){out.items, out.count};
}

const struct source *source_find(
    struct loader *l, const struct node *n, const char **name)
{
    struct str base = str_of(l->file), path = n->text;
    size_t slash = base.len;
    while (slash > 0 && base.ptr[slash - 1] != '/')
        slash--;
    base.len = slash;
    while (str_starts(path, STR("../")) && base.len > 0) {
        path = str_from(path, 3);
        base.len--;
        while (base.len > 0 && base.ptr[base.len - 1] != '/')
            base.len--;
    }
    struct str full = arena_printf(
        l->a, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(path));
    for (size_t i = 0; i < l->count; i++)
        if (str_eq(l->sources[i].name, full)) {
            *name = full.ptr;
            return &l->sources[i];
        }
    problem_add(l->problems, n->at, "no-file",
        "a path is relative to the file that names it",
        "the pack holds no file '" STR_FMT "'", STR_ARG(full));
    return NULL;
}

/* One entry a line; "# " opens a comment line. */
struct entries read_entry_file(struct loader *l, const struct node *n)
{
    VEC(struct entry) out = {0};
    const char *file = NULL;
    const struct source *source = source_find(l, n, &file);
    struct where at = {file, 0, 1, 0};
    struct str rest = source ? source->text : STR("");

    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        struct str line = str_trim(cut.head);
        struct entry e;
        at.line++;
        at.len = (uint32_t)line.len;
        rest = cut.tail;
        if (line.len == 0 || str_starts(line, STR("# ")) ||
            str_eq(line, STR("#")))
            continue;
        if (entry_parse(l->a, line, at, &e, l->problems))
            *VEC_PUSH(l->a, &out) = e;
    }
    return (struct entries){out.items, out.count};
}

/* ---- small values ----------------------------------------------------------------- */

uint16_t read_zones(struct loader *l, const struct node *n)
{
    static const char *const words[] = {
#define X(name, word) word,
        ZONE_LIST(X)
#undef X
    };
    struct names names = read_names(l, n);
    uint16_t zones = 0;
    for (size_t i = 0; i < names.count; i++) {
        uint16_t bit = 0;
        for (size_t k = 0; k < PL_COUNT(words); k++)
            if (str_eqz(names.items[i].text, words[k]))
                bit = ZONE_BIT(k);
        if (bit == 0)
            problem_add(l->problems, names.items[i].at, "unknown-zone",
                "body, alt, prose, head, tags, mentions, link, file or front",
                "no zone is called '" STR_FMT "'",
                STR_ARG(names.items[i].text));
        zones |= bit;
    }
    return zones;
}

bool read_exact(struct loader *l, const struct node *n)
{
    struct str word = read_word(l, n);
    if (!str_eq(word, STR("exact")))
        problem_add(l->problems, n->at, "unknown-case", NULL,
            "`case` is exact or not given");
    return true;
}

struct window read_window(struct loader *l, const struct node *n)
{
    struct str word = read_word(l, n);
    struct str_cut cut = str_cut(word, ' ');
    uint64_t count = 0;

    if (str_eq(word, STR("clause")))
        return (struct window){WINDOW_CLAUSE, 1};
    if (str_eq(word, STR("sentence")))
        return (struct window){WINDOW_SENTENCES, 1};
    if (str_eq(word, STR("post")))
        return (struct window){WINDOW_POST, 1};
    if (cut.found && str_uint(cut.head, LIMIT_SENTENCES, &count) &&
        count > 0 && str_starts(str_trim(cut.tail), STR("sentence")))
        return (struct window){WINDOW_SENTENCES, (uint32_t)count};
    if (!cut.found && str_uint(word, LIMIT_WINDOW, &count))
        return (struct window){WINDOW_TOKENS, (uint32_t)count};
    problem_add(l->problems, n->at, "bad-window", NULL,
        "a window is clause, sentence, 2 to %d sentences, 1 to %d (tokens) or "
        "post",
        LIMIT_SENTENCES, LIMIT_WINDOW);
    return (struct window){WINDOW_SENTENCES, 1};
}

struct cond *read_cond(struct loader *l, const struct node *n)
{
    if (!want_kind(l, n, NODE_SCALAR, "a condition"))
        return NULL;
    struct where at = n->at;
    at.col += n->quoted ? 1 : 0;
    return cond_parse(l->a, n->text, at, l->problems);
}

/* ---- sequences --------------------------------------------------------------------------- */

static bool is_gap(const struct node *n, uint64_t *tokens)
{
    return n->kind == NODE_SCALAR && str_uint(n->text, 1000, tokens);
}

static void read_gap(struct loader *l, const struct node *n, struct gap *gap)
{
    uint64_t tokens = 0;
    if (n->kind == NODE_MAP) {
        const struct node *count = node_get(n, "gap");
        const struct node *without = node_get(n, "without");
        if (!count || !is_gap(count, &tokens))
            problem_add(l->problems, n->at, "bad-gap", NULL,
                "a gap is {gap: 6, without: [name]}");
        if (without)
            gap->without = read_names(l, without);
    } else {
        (void)is_gap(n, &tokens);
    }
    if (tokens > LIMIT_GAP)
        problem_add(l->problems, n->at, "gap", NULL,
            "a gap is at most %d tokens", LIMIT_GAP);
    gap->tokens = (uint32_t)tokens;
}

/* "effect*" marks the head. */
static bool take_star(struct node *copy, const struct node *n)
{
    *copy = *n;
    if (n->kind != NODE_SCALAR || !str_ends(n->text, STR("*")))
        return false;
    copy->text.len--;
    return true;
}

static bool is_gap_node(const struct node *n)
{
    uint64_t tokens;
    return is_gap(n, &tokens) ||
        (n->kind == NODE_MAP && node_get(n, "gap") != NULL);
}

static void read_sequence(
    struct loader *l, const struct node *n, struct evidence *e)
{
    VEC(struct evidence) kids = {0};
    VEC(struct gap) gaps = {0};
    struct gap gap = {0};
    bool after_gap = true, starred = false;

    if (!want_kind(l, n, NODE_LIST, "the members of a sequence"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        struct node item;
        if (is_gap_node(n->items[i])) {
            if (after_gap || i + 1 == n->count)
                problem_add(l->problems, n->items[i]->at, "gap",
                    "a number stands between two members",
                    "this gap has no member on one side");
            after_gap = true;
            read_gap(l, n->items[i], &gap);
            continue;
        }
        after_gap = false;
        if (take_star(&item, n->items[i])) {
            if (starred)
                problem_add(l->problems, n->items[i]->at, "sequence",
                    "take one of the * away", "a sequence has one head");
            starred = true;
            e->head = kids.count;
        }
        read_evidence(l, &item, VEC_PUSH(l->a, &kids));
        *VEC_PUSH(l->a, &gaps) = gap;
        gap = (struct gap){0};
    }
    e->kids = kids.items;
    e->kid_count = kids.count;
    e->gaps = gaps.items;
}

/* ---- evidence ------------------------------------------------------------------------------- */

static void evid_words(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_WORDS;
    e->entries = read_entries(l, n);
}

static void evid_lexicon(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_LEXICON;
    e->lexicons = read_names(l, n);
}

static void evid_regex(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_REGEX;
    e->pattern = read_word(l, n);
    e->pattern_at = n->at;
    e->pattern_at.col += n->quoted ? 1 : 0;
}

static void evid_detect(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_DETECT;
    e->name = read_name(l, n);
}

static void evid_sequence(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_SEQUENCE;
    read_sequence(l, n, e);
}

static void evid_weigh(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_WEIGH;
    e->name = read_name(l, n);
}

static void evid_as(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->as = read_name(l, n);
}

static void evid_piece(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    e->kind = EVID_NAME;
    e->name = read_name(l, n);
}

static void evid_any(struct loader *l, const struct node *n, void *to)
{
    struct evidence *e = to;
    struct evidence list = {0};
    read_evidence(l, n, &list);
    e->kind = EVID_LIST;
    e->kids = list.kids;
    e->kid_count = list.kid_count;
}

static void evid_where(struct loader *l, const struct node *n, void *to)
{
    ((struct evidence *)to)->where = read_cond(l, n);
}

static void evid_zone(struct loader *l, const struct node *n, void *to)
{
    ((struct evidence *)to)->zones = read_zones(l, n);
}

static void evid_case(struct loader *l, const struct node *n, void *to)
{
    ((struct evidence *)to)->exact = read_exact(l, n);
}

static void evid_check(struct loader *l, const struct node *n, void *to)
{
    ((struct evidence *)to)->check = read_name(l, n);
}

static const struct key_row evid_keys[] = {
    {"words", false, evid_words},
    {"lexicon", false, evid_lexicon},
    {"regex", false, evid_regex},
    {"detect", false, evid_detect},
    {"sequence", false, evid_sequence},
    {"weigh", false, evid_weigh},
    {"name", false, evid_piece},
    {"any", false, evid_any},
    {"where", false, evid_where},
    {"zone", false, evid_zone},
    {"case", false, evid_case},
    {"check", false, evid_check},
    {"as", false, evid_as},
};

const struct key_table evid_table =
    KEY_TABLE("evidence", evid_keys);

enum { EVID_KINDS = 8 }; /* rows at the top that say what is looked for */

static void read_evidence_map(
    struct loader *l, const struct node *n, struct evidence *e)
{
    size_t kinds = 0;
    for (size_t i = 0; i < EVID_KINDS; i++)
        kinds += node_get(n, evid_keys[i].name) != NULL;
    if (kinds != 1)
        problem_add(l->problems, n->at, "evidence", NULL,
            "evidence has exactly one of words, lexicon, regex, detect, "
            "sequence, weigh");
    if (node_get(n, "as") && !node_get(n, "weigh"))
        problem_add(l->problems, node_get(n, "as")->at, "evidence", NULL,
            "`as` goes with `weigh`");
    read_keys(l, n, &evid_table, e);
}

void read_evidence(struct loader *l, const struct node *n, struct evidence *e)
{
    e->at = n->at;
    if (n->kind == NODE_SCALAR) {
        e->kind = EVID_NAME;
        e->name = read_name(l, n);
    } else if (n->kind == NODE_LIST) {
        VEC(struct evidence) kids = {0};
        for (size_t i = 0; i < n->count; i++)
            read_evidence(l, n->items[i], VEC_PUSH(l->a, &kids));
        if (kids.count == 0)
            problem_add(l->problems, n->at, "evidence", NULL,
                "the list holds no evidence");
        e->kind = EVID_LIST;
        e->kids = kids.items;
        e->kid_count = kids.count;
    } else {
        read_evidence_map(l, n, e);
    }
}

struct pieces read_pieces(struct loader *l, const struct node *n)
{
    VEC(struct piece) out = {0};
    if (!want_kind(l, n, NODE_MAP, "names with evidence"))
        return (struct pieces){0};
    if (n->count > LIMIT_PIECES && l->file)
        problem_warn(l->problems, n->at, "many-pieces", NULL,
            "more than %d names", LIMIT_PIECES);
    for (size_t i = 0; i < n->count; i++) {
        struct piece *p = VEC_PUSH(l->a, &out);
        p->name = read_name(l, n->pairs[i].key);
        check_name(l, p->name);
        if (l->file && !is_plain_name(p->name.text))
            problem_add(l->problems, p->name.at, "bad-name", NULL,
                "names are made of a-z, digits and hyphens");
        read_evidence(l, n->pairs[i].value, &p->evidence);
    }
    return (struct pieces){out.items, out.count};
}

/* ---- examples ------------------------------------------------------------------------------------ */

/* Takes the [[ ]] out of a text and notes what stood in them. */
static void take_marks(struct loader *l, struct str text, struct example *e)
{
    VEC(struct span) spans = {0};
    char *out = ARENA_NEW(l->a, char, text.len + 1);
    size_t len = 0, open = SIZE_MAX;
    for (size_t i = 0; i < text.len; i++) {
        bool pair = i + 1 < text.len && text.ptr[i] == text.ptr[i + 1];
        if (pair && text.ptr[i] == '[' && open == SIZE_MAX) {
            open = len;
            i++;
        } else if (pair && text.ptr[i] == ']' && open != SIZE_MAX) {
            *VEC_PUSH(l->a, &spans) =
                (struct span){(uint32_t)open, (uint32_t)len};
            open = SIZE_MAX;
            i++;
        } else {
            out[len++] = text.ptr[i];
        }
    }
    if (open != SIZE_MAX)
        problem_add(l->problems, e->at, "marks", NULL, "a [[ has no ]]");
    e->text = (struct str){out, len};
    e->anchors = spans.items;
    e->anchor_count = spans.count;
}

static void example_text(struct loader *l, const struct node *n, void *to)
{
    struct example *e = to;
    take_marks(l, read_text(l, n), e);
}

static void example_at(struct loader *l, const struct node *n, void *to)
{
    (void)l;
    (void)n;
    (void)to; /* read after the text, by read_example */
}

static void example_level(struct loader *l, const struct node *n, void *to)
{
    struct example *e = to;
    e->has_level = true;
    if (!level_parse(read_word(l, n), &e->level))
        problem_add(l->problems, n->at, "unknown-level", NULL,
            "a level is error, warning, note or silent");
}

static void example_as(struct loader *l, const struct node *n, void *to)
{
    struct example *e = to;
    VEC(struct name) keys = {0};
    VEC(struct str) values = {0};
    if (!want_kind(l, n, NODE_MAP, "fields of a record"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        *VEC_PUSH(l->a, &keys) = read_name(l, n->pairs[i].key);
        *VEC_PUSH(l->a, &values) = read_word(l, n->pairs[i].value);
    }
    e->as_keys = (struct names){keys.items, keys.count};
    e->as_values = values.items;
}

static const struct key_row example_keys[] = {
    {"text", true, example_text},
    {"at", false, example_at},
    {"level", false, example_level},
    {"as", false, example_as},
};

const struct key_table example_table =
    KEY_TABLE("an example", example_keys);

static void read_example(
    struct loader *l, const struct node *n, struct example *e)
{
    e->at = n->at;
    if (n->kind == NODE_SCALAR) {
        take_marks(l, read_text(l, n), e);
        return;
    }
    if (!read_keys(l, n, &example_table, e))
        return;
    const struct node *at = node_get(n, "at");
    const struct node *text = node_get(n, "text");
    if (!at || !text)
        return;
    /* With `at` the brackets are the text's own. */
    e->text = text->text;
    size_t beg = str_find(e->text, at->text);
    if (beg == e->text.len)
        problem_add(l->problems, at->at, "marks", NULL,
            "`at` does not stand in the text");
    e->anchors = ARENA_NEW(l->a, struct span, 1);
    e->anchors[0] =
        (struct span){(uint32_t)beg, (uint32_t)(beg + at->text.len)};
    e->anchor_count = 1;
}

struct examples read_examples(struct loader *l, const struct node *n)
{
    VEC(struct example) out = {0};
    if (!want_kind(l, n, NODE_LIST, "examples"))
        return (struct examples){0};
    for (size_t i = 0; i < n->count; i++)
        read_example(l, n->items[i], VEC_PUSH(l->a, &out));
    return (struct examples){out.items, out.count};
}
