/* SPDX-License-Identifier: MIT */
/* lens.h - rules by the settings, loaded once, and what is needed to scan. */
#ifndef LSP_LENS_H
#define LSP_LENS_H

#include "lsp/lsp.h"

struct lens {
    struct pl_rules *rules;
    struct pl_scanner *scanner;
    bool loaded;           /* tried: rules is null if that failed */
    uint64_t stamp;        /* of the files it was made from */
    struct pl_error error; /* why there are no rules */
};

/* False if the rules cannot be loaded; l->error says why. */
bool lens_load(struct lens *l, const struct lsp_options *options,
    const struct settings *settings, const char *root);
void lens_free(struct lens *l); /* to be loaded anew at the next use */
/* True if files of its rules changed since it was loaded. */
bool lens_is_old(
    const struct lens *l, const struct settings *settings, const char *root);

/* A path of the settings: relative ones lie in the root (null: where the server
   was started). */
struct str lens_path(struct arena *a, const char *path, const char *root);

#endif
