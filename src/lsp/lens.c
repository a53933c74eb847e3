/* SPDX-License-Identifier: MIT */
/*
 * lens.c - what drafts of a folder are judged by.
 *
 * As for `check`: the nearest .postlint.yaml, under it the user's own file, and of
 * files further up only what they lock. The editor's settings lie over the user's
 * file and under the project's where they say who writes; what they say of rules
 * lies over both, as options of a command do.
 */
#include "lsp/lens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "host/dir.h"
#include "host/file.h"
#include "host/settings.h"
#include "lsp/uri.h"

enum { PACKS_MAX = 64 };

/* ---- files ------------------------------------------------------------------------------ */

static struct str folder_for(struct arena *a, struct str path, const char *root)
{
    struct str folder = path.len ? path_folder(a, path) : str_of(root);
    return settings_folder(a, folder.len ? folder.ptr : ".");
}

/* A path and its layer; texts are read later. */
static void list_files(const struct lsp_options *o, struct arena *a,
    struct str path, const char *root, struct lens_files *files)
{
    struct settings_paths found = settings_find(a, folder_for(a, path, root));
    bool own = !o->no_config && !o->config;
    struct pl_settings_file *items =
        ARENA_NEW(a, struct pl_settings_file, found.count + 2);
    *files = (struct lens_files){.items = items};
    for (size_t i = found.count; i > (own && found.count ? 1 : 0); i--)
        items[files->count++] = (struct pl_settings_file){
            .name = found.items[i - 1].ptr, .layer = PL_LAYER_LOCKS};
    if (o->no_config)
        return;
    struct str user = settings_user(a);
    if (user.len)
        items[files->count++] =
            (struct pl_settings_file){.name = user.ptr, .layer = PL_LAYER_USER};
    if (own && found.count)
        files->project = found.items[0];
    if (o->config)
        files->project = settings_folder(a, o->config);
    if (files->project.len)
        items[files->count++] = (struct pl_settings_file){
            .name = files->project.ptr, .layer = PL_LAYER_PROJECT};
}

static bool read_files(
    struct arena *a, struct lens_files *files, struct err *err)
{
    for (size_t i = 0; i < files->count; i++) {
        struct buf b PL_DEFER(buf_free) = {0};
        if (!file_read(files->items[i].name, LIMIT_SOURCE, &b, err))
            return false;
        struct str text = arena_copy(a, buf_str(&b));
        files->items[i].text = text.ptr;
        files->items[i].len = text.len;
    }
    return true;
}

bool lens_files(const struct lsp_options *options, struct arena *a,
    struct str path, const char *root, struct lens_files *files,
    struct err *err)
{
    list_files(options, a, path, root, files);
    return read_files(a, files, err);
}

/* ---- rules ------------------------------------------------------------------------------- */

static struct str beside(struct arena *a, struct str folder, const char *path)
{
    if (path[0] == '/' || folder.len == 0)
        return arena_copy(a, str_of(path));
    return arena_printf(a, STR_FMT "/%s", STR_ARG(folder), path);
}

static bool fail(struct lens *l, const char *code, const char *message)
{
    l->error = (struct pl_error){.code = code};
    (void)snprintf(l->error.message, sizeof l->error.message, "%s", message);
    return false;
}

struct packs {
    struct pl_pack items[PACKS_MAX];
    size_t count;
};

static bool add_pack(struct lens *l, const struct lenses *all, struct arena *a,
    struct str path, struct packs *packs)
{
    struct err err = {0};
    if (packs->count == PACKS_MAX)
        return fail(l, "usage", "too many packs");
    return all->options->read_pack(
               a, path.ptr, &packs->items[packs->count++], &err) ||
           fail(l, err_word(err.code), err.msg);
}

/* Packs of the settings files lie under those of the editor. */
static bool add_packs(struct lens *l, const struct lenses *all, struct arena *a,
    struct packs *packs)
{
    const struct texts *own = &all->settings->packs;
    struct pl_setting named;
    for (size_t i = 0; pl_settings_pack_at(l->settings, i, &named); i++)
        if (!add_pack(
                l, all, a, beside(a, buf_str(&l->folder), named.value), packs))
            return false;
    for (size_t i = 0; i < own->count; i++)
        if (!add_pack(
                l, all, a, beside(a, str_of(all->root), own->items[i]), packs))
            return false;
    return true;
}

static bool make_rules(struct lens *l, const struct lenses *all,
    struct arena *a,
    void (*problem)(void *ctx, const struct pl_problem *problem), void *ctx)
{
    const struct settings *s = all->settings;
    struct packs *packs = ARENA_NEW(a, struct packs, 1);
    if (pl_settings_locks(l->settings) && (s->no_builtin || s->packs.count))
        return fail(l, "usage",
            "rules are locked by the project's settings; packs are named there");
    if (!add_packs(l, all, a, packs))
        return false;
    struct pl_rules_options o = {
        .packs = packs->items,
        .pack_count = packs->count,
        .no_builtin = s->no_builtin,
        .select = s->select.items,
        .select_count = s->select.count,
        .ignore = s->ignore.items,
        .ignore_count = s->ignore.count,
        .problem = problem,
        .problem_ctx = ctx,
        .settings = l->settings,
    };
    l->rules = pl_rules_new(&o, &l->error);
    return l->rules != NULL;
}

bool lens_make(struct lens *l, const struct lenses *all, struct arena *a,
    const struct lens_files *files,
    void (*problem)(void *ctx, const struct pl_problem *problem), void *ctx)
{
    char today[SETTINGS_DAY];
    settings_today(today);
    struct pl_settings_options o = {
        .files = files->items,
        .file_count = files->count,
        .today = today,
        .problem = problem,
        .problem_ctx = ctx,
    };
    buf_clear(&l->folder);
    buf_clear(&l->project);
    buf_add(&l->project, files->project);
    buf_add(&l->folder, path_folder(a, files->project));
    l->settings = pl_settings_new(&o, &l->error);
    return l->settings && make_rules(l, all, a, problem, ctx);
}

static bool make_baseline(struct lens *l, struct arena *a)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_setting named;
    struct err err = {0};
    if (!pl_settings_baseline(l->settings, &named))
        return true;
    struct str path = beside(a, buf_str(&l->folder), named.value);
    if (dir_stamp(a, path.ptr) == 0)
        return true; /* named, and not made yet: empty */
    if (!file_read(path.ptr, LIMIT_POST_MAX, &b, &err))
        return fail(l, err_word(err.code), err.msg);
    l->baseline = pl_baseline_new(b.ptr, b.len, &l->error);
    return l->baseline != NULL;
}

static bool make_scanner(struct lens *l)
{
    struct pl_scan_options o = {.baseline = l->baseline};
    l->scanner = pl_scanner_new(l->rules, &l->error);
    if (l->scanner && pl_scanner_set(l->scanner, &o, &l->error))
        return true;
    pl_scanner_free(l->scanner);
    l->scanner = NULL;
    return false;
}

/* ---- all of them ------------------------------------------------------------------------------ */

static struct str key_of(struct arena *a, const struct lens_files *files)
{
    struct str key = STR("");
    for (size_t i = 0; i < files->count; i++)
        key = arena_printf(a, STR_FMT "%d%s\n", STR_ARG(key),
            (int)files->items[i].layer, files->items[i].name);
    return key;
}

static uint64_t stamp_of(
    const struct lens *l, const struct lenses *all, struct arena *a)
{
    struct pl_setting named;
    struct str rest = buf_str(&l->key);
    uint64_t stamp = 1;
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        stamp =
            stamp * 31 + dir_stamp(a, arena_copy(a, str_from(cut.head, 1)).ptr);
        rest = cut.tail;
    }
    for (size_t i = 0; i < all->settings->packs.count; i++)
        stamp = stamp * 31 + dir_stamp(a, beside(a, str_of(all->root),
                                              all->settings->packs.items[i])
                                              .ptr);
    if (!l->settings)
        return stamp;
    for (size_t i = 0; pl_settings_pack_at(l->settings, i, &named); i++)
        stamp = stamp * 31 +
                dir_stamp(a, beside(a, buf_str(&l->folder), named.value).ptr);
    if (pl_settings_baseline(l->settings, &named))
        stamp = stamp * 31 +
                dir_stamp(a, beside(a, buf_str(&l->folder), named.value).ptr);
    return stamp;
}

/* The first error of a file, as the sentence that stands at a draft. */
static void keep_first(void *ctx, const struct pl_problem *p)
{
    struct lens *l = ctx;
    if (p->warning || l->error.code)
        return;
    l->error = (struct pl_error){.code = "bad-config"};
    (void)snprintf(l->error.message, sizeof l->error.message, "%s:%u: %s",
        p->file ? p->file : "rules", (unsigned)p->line, p->message);
}

static void load(struct lens *l, const struct lenses *all, struct arena *a,
    struct lens_files *files)
{
    struct err err = {0};
    struct lens first = {0};
    if (!read_files(a, files, &err)) {
        (void)fail(l, err_word(err.code), err.msg);
        return;
    }
    bool good = lens_make(l, all, a, files, keep_first, &first) &&
                make_baseline(l, a) && make_scanner(l);
    if (!good && first.error.code)
        l->error = first.error;
    l->stamp = stamp_of(l, all, a);
}

struct lens *lens_for(struct lenses *all, struct arena *a, struct str path)
{
    struct lens_files files;
    list_files(all->options, a, path, all->root, &files);
    struct str key = key_of(a, &files);
    for (struct lens *l = all->first; l; l = l->next)
        if (str_eq(buf_str(&l->key), key))
            return l;
    struct lens *l = calloc(1, sizeof *l);
    if (!l)
        return NULL;
    buf_add(&l->key, key);
    l->next = all->first;
    all->first = l;
    load(l, all, a, &files);
    return l;
}

bool lens_any_old(const struct lenses *all, struct arena *a)
{
    for (const struct lens *l = all->first; l; l = l->next)
        if (l->stamp != stamp_of(l, all, a))
            return true;
    return false;
}

void lens_clear(struct lens *l)
{
    pl_scanner_free(l->scanner);
    pl_rules_free(l->rules);
    pl_baseline_free(l->baseline);
    pl_settings_free(l->settings);
    buf_free(&l->key);
    buf_free(&l->folder);
    buf_free(&l->project);
}

void lens_free_all(struct lenses *all)
{
    while (all->first) {
        struct lens *l = all->first;
        all->first = l->next;
        lens_clear(l);
        free(l);
    }
}

const char *lens_path(const struct lens *l, struct arena *a, struct str path)
{
    struct str base = buf_str(&l->folder);
    struct str real = arena_printf(a, STR_FMT "/" STR_FMT,
        STR_ARG(folder_for(a, path, NULL)), STR_ARG(path_name(path)));
    if (path.len == 0)
        return NULL;
    if (base.len == 0 || !str_starts(real, base) || real.ptr[base.len] != '/')
        return arena_copy(a, path).ptr;
    return arena_copy(a, str_from(real, base.len + 1)).ptr;
}
