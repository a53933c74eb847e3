/* SPDX-License-Identifier: MIT */
/* yaml.c - libyaml's events to a tree of nodes. */
#include "base/yaml.h"

#include <yaml.h>

#include "base/limits.h"

struct reader {
    struct arena *a;
    struct problems *problems;
    const char *file;
    struct str text;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    bool broken; /* libyaml cannot go on */
    size_t nodes;
};

static struct where where_of(
    const struct reader *r, yaml_mark_t beg, yaml_mark_t end)
{
    size_t len =
        end.line == beg.line && end.column > beg.column
        ? end.column - beg.column
        : 1;
    return (struct where){r->file, (uint32_t)beg.line + 1,
        (uint32_t)beg.column + 1, (uint32_t)len};
}

static struct where event_at(const struct reader *r)
{
    return where_of(r, r->event.start_mark, r->event.end_mark);
}

static bool next_event(struct reader *r)
{
    if (r->has_event)
        yaml_event_delete(&r->event);
    r->has_event = false;
    if (r->broken)
        return false;
    if (!yaml_parser_parse(&r->parser, &r->event)) {
        const char *what = r->parser.problem ? r->parser.problem : "not YAML";
        problem_add(r->problems,
            where_of(r, r->parser.problem_mark, r->parser.problem_mark),
            "bad-yaml", NULL, "%s", what);
        r->broken = true;
        return false;
    }
    r->has_event = true;
    return true;
}

static struct node *node_new(struct reader *r, enum node_kind kind)
{
    struct node *n = ARENA_NEW(r->a, struct node, 1);
    n->kind = kind;
    n->at = event_at(r);
    r->nodes++;
    return n;
}

static void refuse(
    struct reader *r, const void *anchor, const void *tag, bool implicit)
{
    if (anchor)
        problem_add(r->problems, event_at(r), "anchor",
            "write the value out, or name it as a shared part",
            "anchors (&name) are not used here");
    if (tag && !implicit)
        problem_add(r->problems, event_at(r), "tag", "leave it out",
            "tags (!name) are not used here");
}

static struct node *read_node(struct reader *r, unsigned depth);

static struct node *read_scalar(struct reader *r)
{
    struct node *n = node_new(r, NODE_SCALAR);
    refuse(r, r->event.data.scalar.anchor, r->event.data.scalar.tag,
        r->event.data.scalar.plain_implicit ||
            r->event.data.scalar.quoted_implicit);
    n->quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    n->text = arena_copy(r->a,
        (struct str){(const char *)r->event.data.scalar.value,
            r->event.data.scalar.length});
    if (n->text.len == 0 && !n->quoted)
        problem_add(r->problems, n->at, "empty-value",
            "give it a value or leave the key out", "there is no value here");
    if (str_find_byte(n->text, '\0') < n->text.len)
        problem_add(r->problems, n->at, "nul", NULL,
            "the value holds a NUL character");
    return n;
}

static struct node *read_list(struct reader *r, unsigned depth)
{
    struct node *n = node_new(r, NODE_LIST);
    VEC(struct node *) items = {0};
    refuse(r, r->event.data.sequence_start.anchor,
        r->event.data.sequence_start.tag,
        r->event.data.sequence_start.implicit);
    while (next_event(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
        struct node *item = read_node(r, depth + 1);
        if (item)
            *VEC_PUSH(r->a, &items) = item;
    }
    n->items = items.items;
    n->count = items.count;
    return n;
}

static bool has_key(
    const struct node_pair *pairs, size_t count, struct str key)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(pairs[i].key->text, key))
            return true;
    return false;
}

static struct node *read_map(struct reader *r, unsigned depth)
{
    struct node *n = node_new(r, NODE_MAP);
    VEC(struct node_pair) pairs = {0};
    refuse(r, r->event.data.mapping_start.anchor,
        r->event.data.mapping_start.tag, r->event.data.mapping_start.implicit);
    while (next_event(r) && r->event.type != YAML_MAPPING_END_EVENT) {
        struct node *key = read_node(r, depth + 1);
        struct node *value = next_event(r) ? read_node(r, depth + 1) : NULL;
        if (!key || !value)
            continue;
        if (key->kind != NODE_SCALAR) {
            problem_add(r->problems, key->at, "bad-key", NULL,
                "a key is a single word");
            continue;
        }
        if (str_eq(key->text, STR("<<"))) {
            problem_add(r->problems, key->at, "merge-key", NULL,
                "merge keys (<<) are not used here");
            continue;
        }
        if (has_key(pairs.items, pairs.count, key->text)) {
            problem_add(r->problems, key->at, "duplicate-key",
                "keep one of them", "the key '" STR_FMT "' stands here twice",
                STR_ARG(key->text));
            continue;
        }
        *VEC_PUSH(r->a, &pairs) = (struct node_pair){key, value};
    }
    n->pairs = pairs.items;
    n->count = pairs.count;
    return n;
}

static struct node *read_node(struct reader *r, unsigned depth)
{
    if (r->broken || !r->has_event)
        return NULL;
    if (depth > LIMIT_YAML_DEPTH || r->nodes > LIMIT_YAML_NODES) {
        problem_add(r->problems, event_at(r), "too-deep", NULL,
            depth > LIMIT_YAML_DEPTH ? "the nesting is deeper than %d"
                                     : "the file has more than %d values",
            depth > LIMIT_YAML_DEPTH ? (int)LIMIT_YAML_DEPTH
                                     : (int)LIMIT_YAML_NODES);
        r->broken = true;
        return NULL;
    }
    switch ((int)r->event.type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(r);
    case YAML_SEQUENCE_START_EVENT:
        return read_list(r, depth);
    case YAML_MAPPING_START_EVENT:
        return read_map(r, depth);
    case YAML_ALIAS_EVENT:
        problem_add(r->problems, event_at(r), "alias",
            "write the value out, or name it as a shared part",
            "aliases (*name) are not used here");
        return NULL;
    default:
        return NULL;
    }
}

static void check_tabs(struct reader *r)
{
    uint32_t line = 1;
    for (size_t i = 0; i < r->text.len; line++) {
        size_t at = i;
        while (at < r->text.len && r->text.ptr[at] == ' ')
            at++;
        if (at < r->text.len && r->text.ptr[at] == '\t')
            problem_add(r->problems,
                (struct where){r->file, line, (uint32_t)(at - i) + 1, 1},
                "tab", "indent with blanks", "a tab stands in the indentation");
        i += str_find_byte(str_from(r->text, i), '\n') + 1;
    }
}

static struct node *read_document(struct reader *r)
{
    struct node *root = NULL;
    bool more = false;
    while (next_event(r) && r->event.type != YAML_STREAM_END_EVENT) {
        if (r->event.type == YAML_STREAM_START_EVENT ||
            r->event.type == YAML_DOCUMENT_END_EVENT)
            continue;
        if (r->event.type == YAML_DOCUMENT_START_EVENT) {
            if (root && !more) {
                problem_add(r->problems, event_at(r), "documents",
                    "put each into a file of its own",
                    "the file holds more than one document");
                more = true;
            }
            continue;
        }
        struct node *node = read_node(r, 0);
        if (!root)
            root = node;
    }
    return root;
}

struct node *yaml_parse(struct arena *a, const char *file, struct str text,
    struct problems *problems)
{
    struct reader r = {
        .a = a, .problems = problems, .file = file, .text = text};
    size_t before = problems->errors;

    if (text.len > LIMIT_SOURCE) {
        problem_add(problems, (struct where){file, 0, 0, 0}, "too-large", NULL,
            "the file is larger than %d bytes", LIMIT_SOURCE);
        return NULL;
    }
    check_tabs(&r);
    if (!yaml_parser_initialize(&r.parser)) {
        problem_add(problems, (struct where){file, 0, 0, 0}, "out-of-memory",
            NULL, "out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &r.parser, (const unsigned char *)text.ptr, text.len);
    struct node *root = read_document(&r);
    if (r.has_event)
        yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    if (!root && problems->errors == before)
        problem_add(problems, (struct where){file, 1, 1, 1}, "empty-file",
            NULL, "the file holds nothing");
    return r.broken ? NULL : root;
}

struct node *node_get(const struct node *map, const char *key)
{
    if (!map || map->kind != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (str_eqz(map->pairs[i].key->text, key))
            return map->pairs[i].value;
    return NULL;
}
