/* SPDX-License-Identifier: MIT */
/*
 * yaml.h - one YAML document as a tree of nodes with places.
 *
 * A strict subset: block or flow maps, lists and scalars. Anchors, aliases, tags,
 * merge keys, several documents, duplicate keys, tabs in indentation and empty
 * values are problems with a place. Scalars have no type; the reader decides.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/err.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node;

struct node_pair {
    struct node *key; /* a scalar */
    struct node *value;
};

struct node {
    enum node_kind kind;
    struct where at;
    struct str text; /* of a scalar */
    bool quoted;     /* quoted or a block scalar */
    struct node **items; /* of a list */
    struct node_pair *pairs; /* of a map */
    size_t count;
};

/* Null on error; everything is the arena's, file is kept as it is. */
struct node *yaml_parse(struct arena *a, const char *file, struct str text,
    struct problems *problems);

/* Value of a key, null if there is none. */
struct node *node_get(const struct node *map, const char *key);

#endif
