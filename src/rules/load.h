/* SPDX-License-Identifier: MIT */
/*
 * load.h - the files of a pack to plain data.
 *
 * All shape is checked here: YAML subset, keys, types, the syntax of entries and
 * conditions, [[marks]]. Every problem of every file is told, with its place
 * and a way to mend it.
 */
#ifndef RULES_LOAD_H
#define RULES_LOAD_H

#include "rules/rule.h"

/* sources: pack.yaml, rule files (*.yaml, *.yml), word lists (*.txt), tables
   (*.tsv); the bytes must outlive the pack. A file: is relative to the file
   that names it. Problems are told in the order of the files. False if one of
   them is an error; then *pack holds what could be read. */
bool load_pack(struct arena *a, const struct source *sources, size_t count,
    struct rule_pack *pack, struct problems *problems) PL_MUST_USE;

/* A condition from its text, which begins at `at`. Null on error. */
struct cond *cond_parse(struct arena *a, struct str text, struct where at,
    struct problems *problems);

/* "phrase; alias => better | tag" */
bool entry_parse(struct arena *a, struct str text, struct where at,
    struct entry *entry, struct problems *problems) PL_MUST_USE;

#endif
