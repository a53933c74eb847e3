/* SPDX-License-Identifier: MIT */
/* lsp.h - the language server: drafts judged while they are written. */
#ifndef LSP_LSP_H
#define LSP_LSP_H

#include "base/err.h"
#include "lsp/settings.h"

struct lsp_options {
    struct settings settings; /* of the command's options */
    settings_choice *choice;
    /* Reads a folder of rules or a compiled pack. */
    bool (*read_pack)(struct arena *a, const char *path, struct pl_pack *pack,
        struct err *err);
    const char *config; /* settings instead of the nearest; may be null */
    bool no_config;
    bool verbose; /* names of methods to standard error */
};

/* Speaks over standard input and output until the editor says `exit` or is gone.
   The exit status: 0 if it said `shutdown` before, else 1. */
int lsp_run(const struct lsp_options *options);

#endif
