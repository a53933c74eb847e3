/* SPDX-License-Identifier: MIT */
/*
 * patch.h - a patch of git to the files it makes.
 *
 * Only patches with full context are read (git diff --unified=2147483647): they
 * hold the whole new text of each file and say which of its lines are new. One
 * that shows part of a file is an error, since a post is judged as a whole.
 */
#ifndef INPUT_PATCH_H
#define INPUT_PATCH_H

#include "base/arena.h"
#include "base/err.h"
#include "text/span.h"

struct patch_file {
    struct str name;    /* in the repository */
    struct str text;    /* the whole new text */
    struct span *added; /* bytes of its new lines, in order, apart */
    size_t added_count;
    bool binary; /* git shows no text */
};

struct patch {
    struct patch_file *items;
    size_t count, cap;
};

/* Files that were deleted or only renamed, links and submodules are left out.
   Names and texts are the arena's. On failure err has the line of the patch. */
bool patch_parse(struct arena *a, struct str bytes, struct patch *patch,
    struct err *err) PL_MUST_USE;

#endif
