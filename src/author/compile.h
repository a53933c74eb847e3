/* SPDX-License-Identifier: MIT */
/*
 * compile.h - rules as plain data to a pack: every check of meaning.
 *
 * Several folders may be compiled into one pack: a part (lexicon, table, piece,
 * guard, scale, rule) of a later one replaces that of the same name, and a
 * lexicon that includes itself extends it.
 */
#ifndef AUTHOR_COMPILE_H
#define AUTHOR_COMPILE_H

#include "author/inflect.h"
#include "engine/pack.h"
#include "rules/rule.h"

struct compile_in {
    /* The sources, folder by folder; kept in the pack for explain and tests. */
    const struct source *const *sources;
    const size_t *source_counts;
    size_t folder_count;
    /* Forms of `word~`: those of packs made before, then inflect (may be null:
       then an unknown `~` is an error). */
    const struct pack *forms_of;
    /* Called at most once, when a form is needed that forms_of has not. */
    struct inflect *(*inflect)(void *ctx, struct err *err);
    void *inflect_ctx;
    struct str common_words; /* one a line: what is no trigger by itself; behind
                                it in how many posts of a hundred it stands */
    struct str english; /* one a line, what follows a / is left out: words
                           that are no names; those of forms_of as well */
};

/* The pack's bytes, aligned, in the arena; false with problems otherwise. */
bool compile(struct arena *a, const struct compile_in *in, struct str *bytes,
    struct problems *problems) PL_MUST_USE;

#endif
