/* SPDX-License-Identifier: MIT */
/*
 * lens.h - what drafts of a folder are judged by: the settings that hold there, rules
 * made with them, and a scanner. Loaded at the first use.
 */
#ifndef LSP_LENS_H
#define LSP_LENS_H

#include "base/buf.h"
#include "lsp/lsp.h"

struct lens {
    struct lens *next;
    struct buf key;     /* the settings files, in their order */
    struct buf folder;  /* of the project's settings; empty without any */
    struct buf project; /* path of the same */
    struct pl_settings *settings;
    struct pl_rules *rules;
    struct pl_scanner *scanner; /* null: error says why */
    struct pl_baseline *baseline;
    uint64_t stamp; /* of all the files it was made from */
    struct pl_error error;
};

struct lenses {
    struct lens *first;
    const struct lsp_options *options;
    const struct settings *settings; /* the editor's */
    const char *root; /* where their packs lie; null: where we were started */
};

/* For a file (or, with no path, the root); scratch is for the search. Null where
   memory ran out. */
struct lens *lens_for(struct lenses *all, struct arena *a, struct str path);
/* True if files that one of them was made from changed, came or went. */
bool lens_any_old(const struct lenses *all, struct arena *a);
void lens_free_all(struct lenses *all); /* loaded anew at the next use */

/* The path as the settings' patterns see it: below their folder. */
const char *lens_path(const struct lens *l, struct arena *a, struct str path);

/* ---- for settings files that are being written ------------------------------------- */

struct lens_files {
    struct pl_settings_file *items; /* the lowest first; names are paths */
    size_t count;
    struct str project;
};

/* Reads the settings files that hold for a path. */
bool lens_files(const struct lsp_options *options, struct arena *a,
    struct str path, const char *root, struct lens_files *files,
    struct err *err);
/* Settings of those files, and rules with them; problems are told one by one.
   False if either fails: error says why. */
bool lens_make(struct lens *l, const struct lenses *all, struct arena *a,
    const struct lens_files *files,
    void (*problem)(void *ctx, const struct pl_problem *problem), void *ctx);
void lens_clear(struct lens *l); /* what lens_make() made */

#endif
