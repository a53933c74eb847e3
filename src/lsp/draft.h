/* SPDX-License-Identifier: MIT */
/* draft.h - the texts that are open in the editor. */
#ifndef LSP_DRAFT_H
#define LSP_DRAFT_H

#include "base/buf.h"
#include "base/json.h"
#include "postlint.h"

enum draft_kind {
    DRAFT_POST,
    DRAFT_RULES,    /* a rule file, word list or table of a pack */
    DRAFT_SETTINGS, /* .postlint.yaml */
    DRAFT_OTHER,    /* other YAML: no post */
};

struct draft {
    struct draft *next;
    struct buf uri, path, language, text; /* path: empty for no file */
    int64_t version;
    enum draft_kind kind;
    bool dirty;        /* diagnostics are due */
    struct buf told;   /* of rules: the diagnostics of told_for */
    uint64_t told_for; /* the server's count of changes when they were made */
};

struct drafts {
    struct draft *first;
};

struct draft *draft_find(const struct drafts *all, struct str uri);
/* One of that address, empty if it is new; null where memory ran out. */
struct draft *draft_open(struct drafts *all, struct str uri);
/* Its text is cleared. */
void draft_close(struct drafts *all, struct draft *d);
void draft_close_all(struct drafts *all);
/* False where memory ran out: the text is as it was. */
bool draft_splice(struct draft *d, size_t beg, size_t end, struct str text);
bool draft_set(struct buf *to, struct str text);

/* ---- places as the protocol has them: lines and columns from 0 ----------------- */

void put_range(struct json_out *o, const struct pl_lines *lines,
    enum pl_unit unit, size_t beg, size_t end);
/* False if it is no position. */
bool read_position(const struct json *from, const struct pl_lines *lines,
    enum pl_unit unit, size_t *byte);
bool read_range(const struct json *from, const struct pl_lines *lines,
    enum pl_unit unit, size_t *beg, size_t *end);

#endif
