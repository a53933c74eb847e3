/* SPDX-License-Identifier: MIT */
/* edit.h - the protocol's WorkspaceEdit, as this editor takes it. */
#ifndef LSP_EDIT_H
#define LSP_EDIT_H

#include "lsp/server.h"

/* edits: in the order of the text, none within another. Those of other fields than
   the text are no edits of the file and must not be among them. */
void put_edits(struct server *s, const struct draft *d,
    const struct pl_lines *lines, const struct pl_edit *edits, size_t count);

/* Whether all edits of a fix change the text itself. */
bool fix_is_here(const struct pl_fix *fix);

#endif
