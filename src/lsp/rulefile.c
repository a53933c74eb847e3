/* SPDX-License-Identifier: MIT */
/*
 * rulefile.c - rule files in the editor: their errors and failing examples.
 *
 * The whole pack is compiled, as `rules check` does it, with the open texts in
 * place of what lies on the disk; then the examples of the rules of this file are
 * run. That takes most of a second, so lsp.c waits for a pause in the typing,
 * and the outcome is kept until something changes.
 */
#include "lsp/rulefile.h"

#include <string.h>

#include "base/attr.h"
#include "host/dir.h"
#include "host/settings.h"
#include "lsp/diagnose.h"
#include "lsp/uri.h"

/* ---- which pack ------------------------------------------------------------------------ */

static bool has_pack(struct arena *a, struct str folder)
{
    struct str file = arena_printf(a, STR_FMT "/pack.yaml", STR_ARG(folder));
    return dir_stamp(a, file.ptr) != 0;
}

/* The nearest folder upward that holds a pack.yaml, not above the repository;
   empty if there is none. */
static struct str pack_folder(struct arena *a, struct str path)
{
    struct str folder = path_folder(a, path);
    while (folder.len > 1) {
        if (has_pack(a, folder))
            return folder;
        struct str git = arena_printf(a, STR_FMT "/.git", STR_ARG(folder));
        if (dir_stamp(a, git.ptr) != 0)
            break;
        folder = path_folder(a, folder);
    }
    return STR("");
}

static bool says(struct str text, struct str key)
{
    while (text.len > 0) {
        struct str_cut cut = str_cut(text, '\n');
        if (str_starts(cut.head, key))
            return true;
        text = cut.tail;
    }
    return false;
}

bool rulefile_is(struct arena *a, struct str path, struct str text)
{
    if (path.len == 0)
        return false;
    if (str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml")))
        return says(text, STR("postlint:")) ||
               (says(text, STR("{")) &&
                   str_eq(path_name(path), STR("pack.yaml")));
    return (str_ends(path, STR(".txt")) || str_ends(path, STR(".tsv"))) &&
           pack_folder(a, path).len > 0;
}

/* ---- its sources ------------------------------------------------------------------------ */

struct check {
    struct server *s;
    struct draft *draft;
    struct pl_lines *lines;
    struct str folder; /* empty: the file stands alone */
    struct str file;   /* its name in the folder */
    bool elsewhere;    /* other files of the pack have errors */
    bool told;         /* something of this file */
};

static struct str name_in(struct str folder, struct str path)
{
    return str_starts(path, folder) ? str_from(path, folder.len + 1) : STR("");
}

/* A file that belongs to no pack is tried as the only one of a pack. */
static bool stand_alone(struct check *c, struct pl_pack *pack)
{
    static const char head[] = "{pack: draft, version: 0.0.0, licence: none, "
                               "postlint: 1, summary: \"one file\"}\n";
    struct pl_source *sources = ARENA_NEW(c->s->a, struct pl_source, 2);
    sources[0] = (struct pl_source){"pack.yaml", head, sizeof head - 1};
    sources[1] =
        (struct pl_source){c->file.ptr, c->draft->text.ptr, c->draft->text.len};
    pack->sources = sources;
    pack->source_count = 2;
    return true;
}

/* Open texts stand in place of those on the disk; new ones come to them. */
static void lay_open_texts(struct check *c, struct pl_pack *pack)
{
    size_t open = 0, count = pack->source_count;
    for (const struct draft *d = c->s->drafts.first; d; d = d->next)
        open++;
    struct pl_source *all = ARENA_NEW(c->s->a, struct pl_source, count + open);
    if (count)
        memcpy(all, pack->sources, count * sizeof *all);
    for (const struct draft *d = c->s->drafts.first; d; d = d->next) {
        struct str name = name_in(c->folder, buf_str(&d->path));
        size_t at = 0;
        if (d->kind != DRAFT_RULES || name.len == 0)
            continue;
        while (at < count && !str_eqz(name, all[at].name))
            at++;
        count += at == count;
        all[at] = (struct pl_source){
            arena_copy(c->s->a, name).ptr, d->text.ptr, d->text.len};
    }
    pack->sources = all;
    pack->source_count = count;
}

static bool read_sources(struct check *c, struct pl_pack *pack, struct err *err)
{
    struct str path = buf_str(&c->draft->path);
    c->folder = pack_folder(c->s->a, path);
    c->file = arena_copy(
        c->s->a, c->folder.len ? name_in(c->folder, path) : path_name(path));
    if (c->folder.len == 0)
        return stand_alone(c, pack);
    if (!c->s->options->read_pack(c->s->a, c->folder.ptr, pack, err))
        return false;
    lay_open_texts(c, pack);
    return true;
}

/* ---- problems to diagnostics --------------------------------------------------------------- */

static void remark(struct check *c, const struct remark *r)
{
    c->told = true;
    put_remark(&c->s->json, c->lines, c->s->client.unit, r);
}

static void tell(void *ctx, const struct pl_problem *p)
{
    struct check *c = ctx;
    if (!p->file || !str_eqz(c->file, p->file)) {
        c->elsewhere |= !p->warning;
        return;
    }
    struct remark r = {.severity = p->warning ? 2 : 1,
        .code = p->code,
        .message =
            p->fix[0] ? arena_printf(c->s->a, "%s\nFix: %s", p->message, p->fix)
                      : str_of(p->message)};
    if (p->line) {
        r.beg = pl_lines_byte(
            c->lines, p->line, p->column ? p->column : 1, PL_BYTES);
        r.end = p->len ? pl_lines_byte(
                             c->lines, p->line, p->column + p->len, PL_BYTES)
                       : pl_lines_byte(c->lines, p->line, UINT32_MAX, PL_BYTES);
    }
    remark(c, &r);
}

static void tell_other(struct check *c, const char *why)
{
    struct remark r = {.severity = 3, .message = str_of(why)};
    remark(c, &r);
}

/* One that is called as the built-in pack is that pack, being written. */
static bool is_builtin(struct check *c, const struct pl_pack *pack)
{
    struct pl_pack_info info = {0};
    bool same = false;
    const struct lens *l = server_lens(c->s, STR(""));
    if (!l->rules)
        return false;
    pl_rules_info(l->rules, &info);
    for (size_t i = 0; i < pack->source_count && info.name; i++) {
        struct str text = {pack->sources[i].text, pack->sources[i].len};
        struct str line = arena_printf(c->s->a, "pack: %s\n", info.name);
        if (strcmp(pack->sources[i].name, "pack.yaml") == 0)
            same = str_starts(text, line) ||
                   str_find(text, arena_printf(c->s->a, "\n" STR_FMT,
                                      STR_ARG(line))) < text.len;
    }
    return same;
}

static void check(struct check *c)
{
    struct pl_pack pack = {0};
    struct pl_error error = {0};
    struct err err = {0};
    if (!read_sources(c, &pack, &err)) {
        tell_other(c, err.msg);
        return;
    }
    struct pl_rules_options o = {.packs = &pack,
        .pack_count = 1,
        .no_builtin = c->s->settings.no_builtin || is_builtin(c, &pack),
        .problem = tell,
        .problem_ctx = c};
    struct pl_rules *rules = pl_rules_new(&o, &error);
    if (rules && !pl_rules_test_file(rules, c->file.ptr, tell, c, &error))
        tell_other(c, error.message);
    if (!rules && c->elsewhere)
        tell_other(c, "Other files of this pack have errors: its examples "
                      "were not tried.");
    pl_rules_free(rules);
}

/* As settings_find() names it: links in its folder resolved. */
static struct str settings_file(struct server *s, struct str path)
{
    return arena_printf(s->a, STR_FMT "/" STR_FMT,
        STR_ARG(settings_folder(s->a, path_folder(s->a, path).ptr)),
        STR_ARG(path_name(path)));
}

/* ---- settings files ------------------------------------------------------------------------- */

/* The open text stands in place of what lies on the disk. */
static void check_settings(struct check *c)
{
    struct server *s = c->s;
    struct lens l = {0};
    struct lens_files files;
    struct err err = {0};
    struct str path = buf_str(&c->draft->path);
    c->file = settings_file(s, path);
    s->lenses.root = s->root;
    if (!lens_files(s->options, s->a, path, s->root, &files, &err)) {
        tell_other(c, err.msg);
        return;
    }
    for (size_t i = 0; i < files.count; i++)
        if (str_eqz(c->file, files.items[i].name)) {
            files.items[i].text = c->draft->text.len ? c->draft->text.ptr : "";
            files.items[i].len = c->draft->text.len;
        }
    bool good = lens_make(&l, &s->lenses, s->a, &files, tell, c);
    if (!good && !c->told)
        tell_other(c, l.error.message);
    lens_clear(&l);
}

void rulefile_put(struct server *s, struct draft *d)
{
    struct check c = {.s = s, .draft = d};
    struct buf *out = s->json.out;
    size_t beg = out->len;
    if (d->kind != DRAFT_OTHER && d->told_for == s->changes) {
        json_put_source(&s->json, buf_str(&d->told));
        return;
    }
    c.lines = server_lines(s, d);
    json_open_list(&s->json);
    if (d->kind == DRAFT_RULES)
        check(&c);
    if (d->kind == DRAFT_SETTINGS)
        check_settings(&c);
    json_close_list(&s->json);
    pl_lines_free(c.lines);
    struct str told = str_from(buf_str(out), beg);
    if (d->kind != DRAFT_OTHER && draft_set(&d->told, told))
        d->told_for = s->changes;
}
