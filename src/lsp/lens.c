/* SPDX-License-Identifier: MIT */
/* lens.c - rules by the settings, loaded once, and what is needed to scan. */
#include "lsp/lens.h"

#include <string.h>

#include "base/arena.h"
#include "host/dir.h"

struct str lens_path(struct arena *a, const char *path, const char *root)
{
    if (path[0] == '/' || !root || !*root)
        return arena_copy(a, str_of(path));
    return arena_printf(a, "%s/%s", root, path);
}

static uint64_t stamp_of(const struct settings *settings, const char *root)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    uint64_t stamp = 1;
    if (!a)
        return 0;
    for (size_t i = 0; i < settings->packs.count; i++)
        stamp = stamp * 31 +
                dir_stamp(a, lens_path(a, settings->packs.items[i], root).ptr);
    return stamp;
}

bool lens_is_old(
    const struct lens *l, const struct settings *settings, const char *root)
{
    return l->loaded && l->stamp != stamp_of(settings, root);
}

static bool fail(struct lens *l, const struct err *err)
{
    l->error = (struct pl_error){.code = err_word(err->code)};
    memcpy(l->error.message, err->msg, sizeof err->msg);
    return false;
}

static bool load_rules(struct lens *l, struct arena *a,
    const struct lsp_options *options, const struct settings *s,
    const char *root)
{
    struct pl_pack *packs = ARENA_NEW(a, struct pl_pack, s->packs.count);
    struct err err = {0};
    for (size_t i = 0; i < s->packs.count; i++)
        if (!options->read_pack(
                a, lens_path(a, s->packs.items[i], root).ptr, &packs[i], &err))
            return fail(l, &err);
    struct pl_rules_options o = {
        .packs = packs,
        .pack_count = s->packs.count,
        .no_builtin = s->no_builtin,
        .select = s->select.items,
        .select_count = s->select.count,
        .ignore = s->ignore.items,
        .ignore_count = s->ignore.count,
    };
    l->rules = pl_rules_new(&o, &l->error);
    if (l->rules)
        l->scanner = pl_scanner_new(l->rules, &l->error);
    return l->scanner != NULL;
}

bool lens_load(struct lens *l, const struct lsp_options *options,
    const struct settings *settings, const char *root)
{
    if (l->loaded)
        return l->scanner != NULL;
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    l->loaded = true;
    l->stamp = stamp_of(settings, root);
    return a && load_rules(l, a, options, settings, root);
}

void lens_free(struct lens *l)
{
    pl_scanner_free(l->scanner);
    pl_rules_free(l->rules);
    *l = (struct lens){0};
}
