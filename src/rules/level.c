/* SPDX-License-Identifier: MIT */
/* level.c - how serious a finding is. */
#include "rules/level.h"

#include "base/attr.h"

static const char *const words[] = {
#define X(name, word, lsp, sarif) word,
    LEVEL_LIST(X)
#undef X
};

const char *level_word(enum level level)
{
    return words[level];
}

bool level_parse(struct str word, enum level *level)
{
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eqz(word, words[i])) {
            *level = (enum level)i;
            return true;
        }
    return false;
}
