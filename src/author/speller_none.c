/* SPDX-License-Identifier: MIT */
/* speller_none.c - where nothing can be loaded at run time. */
#include "author/speller.h"

struct speller *speller_new(struct err *err)
{
    (void)err_set(err, ERR_RULE, (struct where){0},
        "this build has no dictionary: compile the pack elsewhere");
    return NULL;
}

void speller_free(struct speller *s)
{
    (void)s;
}

bool speller_knows(struct speller *s, const char *word)
{
    (void)s;
    (void)word;
    return false;
}
