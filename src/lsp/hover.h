/* SPDX-License-Identifier: MIT */
/* hover.h - a rule, or a finding of it, as a page to read. */
#ifndef LSP_HOVER_H
#define LSP_HOVER_H

#include "base/buf.h"

struct hover {
    const char *title, *why;
    const char *const *tries, *const *sources;
    size_t try_count, source_count;
    const char *rule; /* id; may be null */
};

void hover_add(struct buf *b, const struct hover *h, bool markdown);

#endif
