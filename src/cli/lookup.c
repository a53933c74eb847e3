/* SPDX-License-Identifier: MIT */
/*
 * lookup.c - what a file is judged by.
 *
 * The nearest .postlint.yaml is the project's file; of those above it, up to the
 * root of the repository, only `locked` counts. With -c another file takes its
 * place and with --no-config none does, but what the project locks stays locked.
 */
#include "cli/lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "host/file.h"
#include "host/settings.h"

bool lookup_open(struct lookup *l)
{
    *l = (struct lookup){.a = arena_new(0)};
    return l->a || cli_fail("out of memory") == EXIT_CLEAN;
}

void lookup_close(struct lookup *l)
{
    for (size_t i = 0; i < l->contexts.count; i++) {
        struct context *c = l->contexts.items[i];
        pl_scanner_free(c->scanner);
        pl_rules_free(c->rules);
        pl_baseline_free(c->baseline);
        pl_settings_free(c->settings);
    }
    arena_free(l->a);
    *l = (struct lookup){0};
}

void lookup_notice(const char *name, const struct pl_notice *notice)
{
    const char *file = notice->file ? notice->file : name;
    if (notice->line)
        (void)cli_fail("%s:%u:%u: %s [%s]", file, (unsigned)notice->line,
            (unsigned)notice->column, notice->message, notice->code);
    else
        (void)cli_fail("%s: %s [%s]", file, notice->message, notice->code);
}

/* ---- files -------------------------------------------------------------------------- */

enum { FILES_MAX = 64 };

struct found {
    struct pl_settings_file files[FILES_MAX];
    size_t count;
    struct str project, user;
};

static struct str folder_of(struct str path)
{
    size_t end = path.len;
    while (end > 0 && path.ptr[end - 1] != '/')
        end--;
    return str_part(path, 0, end > 1 ? end - 1 : end);
}

/* A path as people write it: from the working folder if it lies below. */
static struct str shown(struct arena *a, struct str path)
{
    struct str here = settings_folder(a, ".");
    if (str_starts(path, here) && path.len > here.len + 1 &&
        path.ptr[here.len] == '/')
        return str_from(path, here.len + 1);
    return path;
}

static bool add_file(
    struct lookup *l, struct found *f, struct str path, enum pl_layer layer)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct err err = {0};
    if (f->count == FILES_MAX)
        return cli_fail("too many settings files") == EXIT_CLEAN;
    if (!file_read(path.ptr, LIMIT_SOURCE, &b, &err))
        return cli_fail("%s", err.msg) == EXIT_CLEAN;
    struct str text = arena_copy(l->a, buf_str(&b));
    f->files[f->count++] = (struct pl_settings_file){
        arena_copy(l->a, shown(l->a, path)).ptr, text.ptr, text.len, layer};
    return true;
}

static bool is_listed(const struct settings_paths *paths, struct str path)
{
    for (size_t i = 0; i < paths->count; i++)
        if (str_eq(paths->items[i], path))
            return true;
    return false;
}

/* Locks from above, the furthest first; of here and of the file's own folder. */
static bool add_locks(struct lookup *l, struct found *f,
    const struct settings_paths *paths, size_t from)
{
    for (size_t i = paths->count; i > from; i--)
        if (!add_file(l, f, paths->items[i - 1], PL_LAYER_LOCKS))
            return false;
    return true;
}

static bool gather(struct lookup *l, struct str folder, struct found *f)
{
    struct settings_paths paths = settings_find(l->a, folder);
    struct str working = settings_folder(l->a, ".");
    struct settings_paths here = str_eq(working, folder)
        ? paths
        : settings_find(l->a, working);
    bool own = !arg_no_config && !arg_config;
    for (size_t i = here.count; i > 0; i--)
        if (!is_listed(&paths, here.items[i - 1]) &&
            !add_file(l, f, here.items[i - 1], PL_LAYER_LOCKS))
            return false;
    if (!add_locks(l, f, &paths, own && paths.count ? 1 : 0))
        return false;
    if (!arg_no_config && (f->user = settings_user(l->a)).len > 0 &&
        !add_file(l, f, f->user, PL_LAYER_USER))
        return false;
    if (own && paths.count)
        f->project = paths.items[0];
    if (arg_config && !arg_no_config)
        f->project = arena_printf(l->a, STR_FMT,
            STR_ARG(settings_folder(l->a, arg_config)));
    return f->project.len == 0 ||
        add_file(l, f, f->project, PL_LAYER_PROJECT);
}

/* ---- a context ------------------------------------------------------------------------- */

static void print_problems(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)fwrite(text, 1, len, stderr);
}

static bool read_allows(struct lookup *l, struct pl_settings_options *o)
{
    const char **ids = ARENA_NEW(l->a, const char *, arg_allow.count + 1);
    const char **reasons = ARENA_NEW(l->a, const char *, arg_allow.count + 1);
    for (size_t i = 0; i < arg_allow.count; i++) {
        struct str_cut cut = str_cut(str_of(arg_allow.items[i]), '=');
        if (!cut.found || str_trim(cut.tail).len == 0)
            return cli_fail("--allow needs a reason: --allow " STR_FMT
                            "=REASON",
                       STR_ARG(cut.head)) == EXIT_CLEAN;
        ids[i] = arena_copy(l->a, cut.head).ptr;
        reasons[i] = cut.tail.ptr;
    }
    o->allow = ids;
    o->reasons = reasons;
    o->allow_count = arg_allow.count;
    return true;
}

static bool open_settings(
    struct lookup *l, struct context *c, const struct found *f)
{
    char today[SETTINGS_DAY];
    struct pl_error error = {0};
    struct pl_notice notice;
    settings_today(today);
    struct pl_settings_options o = {
        .files = f->files,
        .file_count = f->count,
        .today = today,
        .problems = print_problems,
    };
    if (!read_allows(l, &o))
        return false;
    c->settings = pl_settings_new(&o, &error);
    if (!c->settings) /* what is wrong with a file has been told */
        return strcmp(error.code, "bad-config") != 0 &&
            cli_fail_error(NULL, &error) == EXIT_CLEAN;
    for (size_t i = 0;
         !l->quiet && pl_settings_notice_at(c->settings, i, &notice); i++)
        lookup_notice("settings", &notice);
    if (pl_settings_locks(c->settings) && (arg_no_builtin || arg_rules.count))
        return cli_fail("rules are locked by the project's settings: --rules "
                        "and --no-builtin are not for flags; name packs under "
                        "`packs` there") == EXIT_CLEAN;
    return true;
}

static bool open_baseline(struct lookup *l, struct context *c)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_error error = {0};
    struct pl_setting named;
    struct err err = {0};
    bool asked = arg_baseline != NULL;
    if (asked)
        c->baseline_path = str_of(arg_baseline);
    else if (pl_settings_baseline(c->settings, &named))
        c->baseline_path = cli_beside(l->a, c->folder, named.value);
    if (c->baseline_path.len == 0 || !l->with_baseline)
        return true;
    /* One that is named in settings and not made yet is empty. */
    if (!asked && !cli_is_file(c->baseline_path.ptr))
        return true;
    if (!file_read(c->baseline_path.ptr, LIMIT_POST_MAX, &b, &err))
        return cli_fail("%s", err.msg) == EXIT_CLEAN;
    c->baseline = pl_baseline_new(b.ptr, b.len, &error);
    return c->baseline ||
        cli_fail_error(c->baseline_path.ptr, &error) == EXIT_CLEAN;
}

static bool open_scanner(struct lookup *l, struct context *c)
{
    struct pl_error error = {0};
    struct pl_scan_options o = l->scan;
    o.baseline = c->baseline;
    c->scanner = pl_scanner_new(c->rules, &error);
    if (c->scanner && pl_scanner_set(c->scanner, &o, &error))
        return true;
    return cli_fail_error(NULL, &error) == EXIT_CLEAN;
}

static struct str key_of(struct lookup *l, const struct found *f)
{
    struct buf b = {0};
    for (size_t i = 0; i < f->count; i++)
        buf_addf(&b, "%d%s\n", (int)f->files[i].layer, f->files[i].name);
    return buf_keep(&b, l->a);
}

static struct context *context_new(struct lookup *l, const struct found *f)
{
    struct context *c = ARENA_NEW(l->a, struct context, 1);
    *c = (struct context){
        .key = key_of(l, f),
        .folder = folder_of(f->project),
        .project = f->project,
        .user = f->user,
    };
    *VEC_PUSH(l->a, &l->contexts) = c;
    if (!open_settings(l, c, f))
        return NULL;
    c->rules = cli_rules_by(c->settings, c->folder);
    return c->rules && open_baseline(l, c) && open_scanner(l, c) ? c : NULL;
}

static struct context *context_of(struct lookup *l, struct str folder)
{
    struct found *f = ARENA_NEW(l->a, struct found, 1);
    if (!gather(l, folder, f))
        return NULL;
    struct str key = key_of(l, f);
    for (size_t i = 0; i < l->contexts.count; i++)
        if (str_eq(l->contexts.items[i]->key, key))
            return l->contexts.items[i];
    return context_new(l, f);
}

/* ---- places ------------------------------------------------------------------------------ */

static struct str written_folder(struct lookup *l, const char *path)
{
    struct str folder = folder_of(str_of(path));
    return folder.len ? arena_copy(l->a, folder) : STR(".");
}

static struct place *place_of(struct lookup *l, struct str folder)
{
    bool is_new;
    uint32_t *at = map_put(l->a, &l->folders, folder, &is_new);
    if (is_new) {
        struct str real = settings_folder(l->a, folder.ptr);
        struct context *context = context_of(l, real);
        *map_find(&l->folders, folder) = (uint32_t)l->places.count;
        *VEC_PUSH(l->a, &l->places) = (struct place){context, real};
        return &l->places.items[l->places.count - 1];
    }
    return &l->places.items[*at];
}

struct context *lookup_for(struct lookup *l, const char *path)
{
    return place_of(l, written_folder(l, path))->context;
}

struct context *lookup_here(struct lookup *l)
{
    return place_of(l, STR("."))->context;
}

const char *lookup_path(struct lookup *l, const char *path)
{
    const struct place *place = place_of(l, written_folder(l, path));
    struct str name = str_from(str_of(path), folder_of(str_of(path)).len);
    struct str base = place->context ? place->context->folder : STR("");
    if (str_starts(name, STR("/")))
        name = str_from(name, 1);
    if (base.len == 0 || !str_starts(place->folder, base))
        return path;
    struct str below = str_from(place->folder, base.len);
    if (str_starts(below, STR("/")))
        below = str_from(below, 1);
    return below.len ? arena_printf(l->a, STR_FMT "/" STR_FMT, STR_ARG(below),
                           STR_ARG(name)).ptr
                     : arena_copy(l->a, name).ptr;
}
