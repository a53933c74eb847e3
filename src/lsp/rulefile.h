/* SPDX-License-Identifier: MIT */
/* rulefile.h - rule files in the editor: their errors and failing examples. */
#ifndef LSP_RULEFILE_H
#define LSP_RULEFILE_H

#include "lsp/server.h"

/* Whether a file is part of a pack: a rule file by what it says, a word list or
   table by the pack.yaml above it. */
bool rulefile_is(struct arena *a, struct str path, struct str text);
/* Writes the list of diagnostics of a rule file; an empty one for a text of
   another kind. */
void rulefile_put(struct server *s, struct draft *d);

#endif
