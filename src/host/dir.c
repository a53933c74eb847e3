/* SPDX-License-Identifier: MIT */
/* dir.c - the files below a folder. */
#include "host/dir.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/vec.h"

enum { DEPTH_MAX = 32 };

bool dir_is(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool wanted(struct str name, const char *const *endings)
{
    for (; *endings; endings++)
        if (str_ends(name, str_of(*endings)))
            return true;
    return false;
}

static bool walk(struct arena *a, const char *root, struct str below,
    const char *const *endings, unsigned depth, struct dir_files *files,
    struct err *err)
{
    struct str path = arena_printf(a, "%s/" STR_FMT, root, STR_ARG(below));
    DIR *dir = opendir(path.ptr);
    struct dirent *entry;
    bool good = true;

    if (!dir)
        return err_set(err, ERR_IO, (struct where){root, 0, 0, 0},
            "cannot read " STR_FMT ": %s", STR_ARG(path), strerror(errno));
    while (good && (entry = readdir(dir)) != NULL) {
        struct stat st;
        struct str name = str_of(entry->d_name);
        if (name.ptr[0] == '.')
            continue;
        struct str inner = below.len
            ? arena_printf(
                  a, STR_FMT "/" STR_FMT, STR_ARG(below), STR_ARG(name))
            : arena_copy(a, name);
        struct str full =
            arena_printf(a, "%s/" STR_FMT, root, STR_ARG(inner));
        if (lstat(full.ptr, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
            good = walk(a, root, inner, endings, depth + 1, files, err);
        else if (S_ISREG(st.st_mode) && wanted(name, endings))
            *VEC_PUSH(a, files) = inner;
    }
    closedir(dir);
    return good;
}

static uint64_t stamp_of(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return 0;
    return str_hash(str_of(path)) ^ (uint64_t)st.st_size * 0x9E3779B97F4A7C15u ^
        (uint64_t)st.st_mtim.tv_sec * 1000000007u ^
        (uint64_t)st.st_mtim.tv_nsec ^ (uint64_t)st.st_ino << 32;
}

uint64_t dir_stamp(struct arena *a, const char *path)
{
    static const char *const any[] = {"", NULL};
    struct dir_files files = {0};
    struct err err = {0};
    uint64_t stamp = stamp_of(path);
    if (!dir_is(path) || !walk(a, path, STR(""), any, 0, &files, &err))
        return stamp;
    for (size_t i = 0; i < files.count; i++)
        stamp += stamp_of(arena_printf(
            a, "%s/" STR_FMT, path, STR_ARG(files.items[i])).ptr);
    return stamp;
}

static int compare(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    return str_cmp(*x, *y);
}

bool dir_list(struct arena *a, const char *path, const char *const *endings,
    struct dir_files *files, struct err *err)
{
    if (!walk(a, path, STR(""), endings, 0, files, err))
        return false;
    if (files->count)
        qsort(files->items, files->count, sizeof *files->items, compare);
    return true;
}
