/* SPDX-License-Identifier: MIT */
/*
 * plpack.c - makes the built-in pack, at build time.
 *
 *     plpack RULES COMMON ENGLISH OUT HEADER DEPS
 *
 * RULES a folder, COMMON and ENGLISH word lists ("" for none), OUT the pack, HEADER
 * a C header with its hash (so that whoever lays the pack in is compiled again
 * when it changes), DEPS a make rule that names every file it was made from.
 */
#include <stdio.h>
#include <string.h>

#include "author/compile.h"
#include "base/map.h"
#include "host/dir.h"
#include "host/file.h"
#include "rules/problem.h"

enum { FILE_MAX = 64 << 20 };

static const char *const endings[] = {
    ".yaml", ".yml", ".txt", ".tsv", NULL};

static struct str read_all(struct arena *a, const char *path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct err err = {0};
    if (path[0] == '\0')
        return STR("");
    if (!file_read(path, FILE_MAX, &b, &err)) {
        (void)fprintf(stderr, "plpack: %s\n", err.msg);
        return STR("");
    }
    return arena_copy(a, buf_str(&b));
}

static struct inflect *make_inflect(void *ctx, struct err *err)
{
    (void)ctx;
    return inflect_new(err);
}

/* Folders as well: a new file changes theirs. */
static bool write_deps(struct arena *a, char **argv,
    const struct dir_files *files, struct err *err)
{
    struct buf out PL_DEFER(buf_free) = {0};
    struct map dirs = {0};
    bool is_new;
    buf_addf(&out, "%s: %s", argv[4], argv[1]);
    for (size_t i = 0; i < files->count; i++) {
        struct str name = files->items[i];
        buf_addf(&out, " %s/" STR_FMT, argv[1], STR_ARG(name));
        while (name.len > 0 && name.ptr[name.len - 1] != '/')
            name.len--;
        if (name.len == 0)
            continue;
        (void)map_put(a, &dirs, name, &is_new);
        if (is_new)
            buf_addf(&out, " %s/" STR_FMT, argv[1], (int)name.len - 1,
                name.ptr);
    }
    buf_addc(&out, '\n');
    return file_write(argv[6], buf_str(&out), err);
}

static bool write_header(const char *path, struct str pack, struct err *err)
{
    struct buf out PL_DEFER(buf_free) = {0};
    buf_addf(&out, "#define BUILTIN_HASH 0x%016llxu\n",
        (unsigned long long)str_hash(pack));
    return file_write(path, buf_str(&out), err);
}

int main(int argc, char **argv)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct problems problems = {.arena = a};
    struct buf text PL_DEFER(buf_free) = {0};
    struct dir_files files = {0};
    struct err err = {0};
    struct str bytes;

    if (argc != 7 || !a) {
        (void)fprintf(stderr, "usage: plpack RULES COMMON ENGLISH OUT HEADER DEPS\n");
        return 2;
    }
    if (!dir_list(a, argv[1], endings, &files, &err)) {
        (void)fprintf(stderr, "plpack: %s\n", err.msg);
        return 2;
    }
    struct source *sources = ARENA_NEW(a, struct source, files.count);
    for (size_t i = 0; i < files.count; i++) {
        struct str path = arena_printf(
            a, "%s/" STR_FMT, argv[1], STR_ARG(files.items[i]));
        sources[i] = (struct source){files.items[i], read_all(a, path.ptr)};
    }
    const struct source *folder = sources;
    struct compile_in in = {
        .sources = &folder,
        .source_counts = &files.count,
        .folder_count = 1,
        .inflect = make_inflect,
        .common_words = read_all(a, argv[2]),
        .english = read_all(a, argv[3]),
    };
    bool good = compile(a, &in, &bytes, &problems);
    /* Warnings are for `rules check`, not for everybody who builds. */
    if (!good)
        problem_print(&text, &problems, sources, files.count);
    (void)fwrite(text.ptr, 1, text.len, stderr);
    if (!good)
        return 1;
    if (!file_write(argv[4], bytes, &err) ||
        !write_header(argv[5], bytes, &err) ||
        !write_deps(a, argv, &files, &err)) {
        (void)fprintf(stderr, "plpack: %s\n", err.msg);
        return 2;
    }
    return 0;
}
