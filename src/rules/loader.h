/* SPDX-License-Identifier: MIT */
/* loader.h - what the files of the loader share; private to rules/. */
#ifndef RULES_LOADER_H
#define RULES_LOADER_H

#include "base/attr.h"
#include "base/yaml.h"
#include "rules/load.h"

struct loader {
    struct arena *a;
    struct problems *problems;
    const struct source *sources;
    size_t count;
    const char *file; /* being read */
};

/* A key of a map is a row of a table; `to` is what is filled in. */
struct key_row {
    const char *name;
    bool required;
    void (*read)(struct loader *l, const struct node *value, void *to);
};

struct key_table {
    const char *what; /* "a rule": in messages and schemas */
    const struct key_row *rows;
    size_t count;
};
#define KEY_TABLE(what, rows) {(what), (rows), PL_COUNT(rows)}

/* Every map of a pack, private to the loader and to what describes it. */
extern const struct key_table file_table, head_table, lexicon_table;
extern const struct key_table weights_table;
extern const struct key_table guard_table, guard_test_table, scale_table;
extern const struct key_table table_table, evid_table, example_table;
extern const struct key_table rule_table, cite_table, adjust_table;
extern const struct key_table crowd_table, tests_table;
/* ... and of a settings file, and of front matter. */
extern const struct key_table config_table, config_profile_table;
extern const struct key_table config_rule_table, config_allow_table;
extern const struct key_table config_words_table, config_path_table;
extern const struct key_table front_table, front_allow_table;

/* Reads a map by its table: unknown and missing keys are problems. */
bool read_keys(struct loader *l, const struct node *map,
    const struct key_table *table, void *to);

bool want_kind(struct loader *l, const struct node *n, enum node_kind kind,
    const char *what);
struct str read_word(struct loader *l, const struct node *n);
struct str read_text(struct loader *l, const struct node *n); /* quoted */
struct name read_name(struct loader *l, const struct node *n);
/* Warns of a name that other YAML tools take for true, false or nothing. */
void check_name(struct loader *l, struct name name);
/* Tells of a profile value that is none (config.c). */
void check_profile(struct loader *l, enum profile_key key, struct name value);
/* One name, or a list of names. */
struct names read_names(struct loader *l, const struct node *n);
struct cond *read_cond(struct loader *l, const struct node *n);
struct window read_window(struct loader *l, const struct node *n);
struct entries read_entries(struct loader *l, const struct node *n);
struct entries read_entry_file(struct loader *l, const struct node *n);
uint16_t read_zones(struct loader *l, const struct node *n);
bool read_exact(struct loader *l, const struct node *n);
void read_evidence(
    struct loader *l, const struct node *n, struct evidence *e);
struct pieces read_pieces(struct loader *l, const struct node *n);
struct examples read_examples(struct loader *l, const struct node *n);
void read_table(struct loader *l, const struct node *key,
    const struct node *n, struct table *t);
void read_rule(struct loader *l, const struct node *n, struct rule *r);
/* The file a `file:` names, relative to the file that names it. */
const struct source *source_find(
    struct loader *l, const struct node *n, const char **name);
bool is_plain_name(struct str s);

#endif
