/* SPDX-License-Identifier: MIT */
/* level.h - how serious a finding is. */
#ifndef RULES_LEVEL_H
#define RULES_LEVEL_H

#include "base/str.h"

/* X(name, word in rules and output, LSP number, SARIF level) */
#define LEVEL_LIST(X)                                                          \
    X(SILENT, "silent", 0, "none")                                             \
    X(NOTE, "note", 3, "note")                                                 \
    X(WARNING, "warning", 2, "warning")                                        \
    X(ERROR, "error", 1, "error")

enum level {
#define X(name, word, lsp, sarif) LEVEL_##name,
    LEVEL_LIST(X)
#undef X
        LEVEL_COUNT
};

const char *level_word(enum level level);
/* False if the word is no level; silent is one. */
bool level_parse(struct str word, enum level *level);

#endif
