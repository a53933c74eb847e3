/* SPDX-License-Identifier: MIT */
/*
 * lookup.h - what a file is judged by: the settings of its folder, rules and a
 * scanner made with them, the baseline.
 */
#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "base/map.h"
#include "base/vec.h"
#include "cli/cli.h"

struct context {
    struct str key;    /* the files that were read, in their order */
    struct str folder; /* of the project's settings; empty without any */
    struct str project, user; /* paths, empty where there is none */
    struct pl_settings *settings;
    struct pl_rules *rules;
    struct pl_scanner *scanner;
    struct pl_baseline *baseline; /* null: none, or not asked for */
    struct str baseline_path;     /* empty: none is named */
};

struct place { /* of a folder that files lie in */
    struct context *context;
    struct str folder; /* as the system names it */
};

struct lookup {
    struct arena *a;
    struct map folders; /* to places */
    VEC(struct place) places;
    VEC(struct context *) contexts;
    struct pl_scan_options scan; /* for every scanner */
    bool with_baseline;
    bool quiet; /* no notices */
};

/* False with a message printed. */
bool lookup_open(struct lookup *l);
void lookup_close(struct lookup *l);
/* For a file, a name that stands for one, or "-"; null, with a message printed,
   if settings or rules cannot be read. */
struct context *lookup_for(struct lookup *l, const char *path);
/* For the working folder. */
struct context *lookup_here(struct lookup *l);
/* The path below the folder of the settings; else as it is. */
const char *lookup_path(struct lookup *l, const char *path);
void lookup_notice(const char *name, const struct pl_notice *notice);

#endif
