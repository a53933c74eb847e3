/* SPDX-License-Identifier: MIT */
/* patch.c - patches, for front ends. */
#include "input/patch.h"

#include <setjmp.h>
#include <stdlib.h>

#include "api/fail.h"
#include "base/limits.h"

struct pl_patch {
    struct arena *arena;
    struct pl_patch_file *files;
    size_t count;
};

void pl_patch_free(struct pl_patch *patch)
{
    if (!patch)
        return;
    arena_free(patch->arena);
    free(patch);
}

static const struct pl_range *ranges_of(
    struct arena *a, const struct patch_file *file)
{
    struct pl_range *ranges = ARENA_NEW(a, struct pl_range, file->added_count);
    for (size_t i = 0; i < file->added_count; i++)
        ranges[i] = (struct pl_range){file->added[i].beg, file->added[i].end};
    return ranges;
}

static bool read_files(struct pl_patch *p, struct str bytes, struct err *err)
{
    struct patch from;
    if (bytes.len > LIMIT_POST_MAX)
        return err_set(err, ERR_SIZE, (struct where){0},
            "the patch is larger than %d bytes", LIMIT_POST_MAX);
    if (!patch_parse(p->arena, bytes, &from, err))
        return false;
    p->files = ARENA_NEW(p->arena, struct pl_patch_file, from.count);
    p->count = from.count;
    for (size_t i = 0; i < from.count; i++) {
        const struct patch_file *file = &from.items[i];
        p->files[i] = (struct pl_patch_file){
            .name = file->name.ptr,
            .text = file->text.ptr,
            .text_len = file->text.len,
            .added = ranges_of(p->arena, file),
            .added_count = file->added_count,
            .binary = file->binary,
        };
    }
    return true;
}

struct pl_patch *pl_patch_new(
    const char *bytes, size_t len, struct pl_error *error)
{
    struct pl_patch *volatile p = calloc(1, sizeof *p);
    struct err err = {0};
    jmp_buf back;

    if (!p || !(p->arena = arena_new(0))) {
        pl_patch_free(p);
        api_fail_memory(error);
        return NULL;
    }
    arena_on_failure(p->arena, api_jump, &back);
    if (setjmp(back)) {
        pl_patch_free(p);
        api_fail_memory(error);
        return NULL;
    }
    if (!read_files(p, (struct str){bytes, len}, &err)) {
        pl_patch_free(p);
        api_fail(error, &err);
        return NULL;
    }
    arena_on_failure(p->arena, NULL, NULL);
    return p;
}

bool pl_patch_at(
    const struct pl_patch *patch, size_t index, struct pl_patch_file *file)
{
    if (index >= patch->count)
        return false;
    *file = patch->files[index];
    return true;
}
