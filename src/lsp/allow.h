/* SPDX-License-Identifier: MIT */
/* allow.h - a finding is accepted in .postlint.yaml, as an edit of that file. */
#ifndef LSP_ALLOW_H
#define LSP_ALLOW_H

#include "base/arena.h"
#include "lsp/handlers.h"

/* Replaces bytes of a settings file. */
struct allow_edit {
    size_t beg, end;
    struct str text;
};

/* What to write into a settings file (may be empty) so that it accepts this
   phrase under this rule. False if the file cannot be read as settings. */
bool allow_insert(struct arena *a, struct str file, struct str rule,
    struct str phrase, struct str reason, struct allow_edit *edit);

/* Whether the words that were found may stand in a file that others read. */
bool allow_is_offered(const struct pl_finding *f);

handler run_allow; /* postlint.allow({uri, range, rule}, reason) */

#endif
