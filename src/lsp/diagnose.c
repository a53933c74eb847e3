/* SPDX-License-Identifier: MIT */
/*
 * diagnose.c - findings to diagnostics, pushed or asked for.
 *
 * Messages are masked as in any stream: the editor underlines the words itself,
 * and what it is sent may end in its log.
 */
#include "lsp/diagnose.h"

#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "lsp/handlers.h"
#include "lsp/rulefile.h"

/* ---- judging ------------------------------------------------------------------------- */

/* An editor's name of a language where it is one of ours; null: by the ending.
   Any text is called "text". */
static const char *input_of(const struct draft *d)
{
    const char *name, *about, *endings;
    for (size_t i = 0; pl_input_at(i, &name, &about, &endings); i++)
        if (strcmp(name, "text") != 0 && str_eqz(buf_str(&d->language), name))
            return name;
    return NULL;
}

static const char *kept(struct server *s, const char *text)
{
    return arena_copy(s->a, str_of(text)).ptr;
}

static const char *const *kept_list(
    struct server *s, const char *const *from, size_t count)
{
    const char **to = ARENA_NEW(s->a, const char *, count);
    for (size_t i = 0; i < count; i++)
        to[i] = kept(s, from[i]);
    return to;
}

static const struct pl_fix *kept_fixes(
    struct server *s, const struct pl_fix *from, size_t count)
{
    struct pl_fix *to = ARENA_NEW(s->a, struct pl_fix, count);
    for (size_t i = 0; i < count; i++) {
        struct pl_edit *edits =
            ARENA_NEW(s->a, struct pl_edit, from[i].edit_count);
        for (size_t k = 0; k < from[i].edit_count; k++) {
            edits[k] = from[i].edits[k];
            edits[k].text = kept(s, edits[k].text);
            edits[k].field = kept(s, edits[k].field);
        }
        to[i] = from[i];
        to[i].edits = edits;
    }
    return to;
}

static const struct pl_related *kept_related(
    struct server *s, const struct pl_related *from, size_t count)
{
    struct pl_related *to = ARENA_NEW(s->a, struct pl_related, count);
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i];
        to[i].label = kept(s, from[i].label);
        to[i].field = kept(s, from[i].field);
    }
    return to;
}

/* A file may hold many posts, and a finding lasts only until the next scan; what
   it takes from the rules lasts longer. */
static struct pl_finding kept_finding(
    struct server *s, const struct pl_finding *from)
{
    struct pl_finding f = *from;
    f.field = kept(s, f.field);
    f.message = kept(s, f.message);
    f.tries = kept_list(s, f.tries, f.try_count);
    f.sources = kept_list(s, f.sources, f.source_count);
    f.fixes = kept_fixes(s, f.fixes, f.fix_count);
    f.related = kept_related(s, f.related, f.related_count);
    return f;
}

/* What the post says of itself, then what its folder's settings do, then what the
   editor does. */
static const char *own(const struct lens *l, const char *key,
    const char *of_post, const char *of_editor)
{
    struct pl_setting setting;
    if (of_post)
        return of_post;
    for (size_t i = 0; pl_setting_at(l->settings, i, &setting); i++)
        if (strcmp(setting.key, key) == 0 && setting.file &&
            str_eqz(buf_str(&l->project), setting.file))
            return NULL;
    return of_editor;
}

static void fill_profile(
    const struct lens *l, const struct settings *o, struct pl_post *p)
{
    p->locale = own(l, "profile.locale", p->locale, o->locale);
    p->jurisdiction =
        own(l, "profile.jurisdiction", p->jurisdiction, o->jurisdiction);
    p->platform = own(l, "profile.platform", p->platform, o->platform);
    p->profession = own(l, "profile.profession", p->profession, o->profession);
    p->account = own(l, "profile.account", p->account, o->account);
}

/* Allows in the post itself that do nothing. */
static void keep_notices(struct server *s, struct judged *j)
{
    struct pl_notice n;
    for (size_t i = 0; pl_scan_notice_at(j->lens->scanner, i, &n); i++) {
        struct remark r = {.severity = 2,
            .code = kept(s, n.code),
            .message = arena_copy(s->a, str_of(n.message))};
        if (n.line)
            r.beg = pl_lines_byte(
                j->lines, n.line, n.column ? n.column : 1, PL_BYTES);
        r.end = n.line ? pl_lines_byte(j->lines, n.line, UINT32_MAX, PL_BYTES)
                       : r.beg;
        *VEC_PUSH(s->a, &j->remarks) = r;
    }
}

static void judge_post(struct server *s, struct pl_post *post, struct judged *j)
{
    const struct pl_finding *found;
    struct pl_error error = {0};
    size_t count;
    fill_profile(j->lens, &s->settings, post);
    post->path = lens_path(j->lens, s->a, buf_str(&j->draft->path));
    if (!pl_scan(j->lens->scanner, post, &found, &count, &error)) {
        j->failed = true;
        j->error = error;
    }
    j->foreign |= pl_scan_foreign(j->lens->scanner);
    for (size_t i = 0; i < count; i++)
        if (found[i].level >= s->settings.level || found[i].support ||
            found[i].locked)
            *VEC_PUSH(s->a, &j->found) = kept_finding(s, &found[i]);
    keep_notices(s, j);
}

static void judge_file(
    struct server *s, const struct draft *d, struct judged *j)
{
    struct pl_file_options as = {
        .name = d->path.len ? arena_copy(s->a, buf_str(&d->path)).ptr : "-",
        .text = d->text.len ? d->text.ptr : "",
        .text_len = d->text.len,
        .input = input_of(d),
    };
    struct pl_post post;
    struct pl_error error = {0};
    struct pl_file *file = pl_file_new(&as, &error);
    for (size_t i = 0; file && pl_file_at(file, i, &post, &error); i++) {
        if (error.code) {
            j->failed = true;
            j->error = error;
            error = (struct pl_error){0};
        } else {
            judge_post(s, &post, j);
        }
    }
    /* package.json is open, and nobody posts it. */
    if (!file && strcmp(error.code, "no-posts") != 0) {
        j->failed = true;
        j->error = error;
    }
    pl_file_free(file);
}

void judge_draft(struct server *s, const struct draft *d, struct judged *j)
{
    *j = (struct judged){.draft = d, .lines = server_lines(s, d)};
    if (d->kind != DRAFT_POST)
        return;
    j->lens = server_lens(s, buf_str(&d->path));
    if (!j->lens->scanner) {
        j->failed = true;
        j->error = j->lens->error;
    } else if (d->text.len > LIMIT_POST) {
        j->failed = true;
        j->error =
            (struct pl_error){"too-large", "the text is too large", 0, 0};
    } else {
        judge_file(s, d, j);
    }
}

void judged_free(struct judged *j)
{
    pl_lines_free(j->lines);
}

/* ---- a finding ----------------------------------------------------------------------- */

static void span_of(
    const char *field, size_t from, size_t to, size_t *beg, size_t *end)
{
    bool own = strcmp(field, "text") == 0;
    *beg = own ? from : 0;
    *end = own ? to : 0;
}

void finding_span(const struct pl_finding *f, size_t *beg, size_t *end)
{
    span_of(f->field, f->byte_beg, f->byte_end, beg, end);
}

static int severity_of(const struct pl_finding *f)
{
    static const int severities[] = {
        [PL_NOTE] = 3, [PL_WARNING] = 2, [PL_ERROR] = 1};
    return f->support ? 4 : severities[f->level];
}

static void put_code(struct server *s, const struct pl_finding *f)
{
    struct json_out *o = &s->json;
    json_key(o, "code");
    json_put_text(o, str_of(f->rule));
    if (!s->client.hrefs || !s->settings.docs)
        return;
    json_key(o, "codeDescription");
    json_open_map(o);
    json_key(o, "href");
    json_put_text(o, arena_printf(s->a, "%s#%s", s->settings.docs, f->rule));
    json_close_map(o);
}

static void put_data(struct server *s, const struct pl_finding *f)
{
    struct json_out *o = &s->json;
    if (!s->client.data)
        return;
    json_key(o, "data");
    json_open_map(o);
    json_key(o, "fingerprint");
    json_put_text(
        o, arena_printf(s->a, "%016llx", (unsigned long long)f->fingerprint));
    json_close_map(o);
}

static void put_related(
    struct server *s, const struct judged *j, const struct pl_finding *f)
{
    struct json_out *o = &s->json;
    if (!s->client.related || f->related_count == 0)
        return;
    json_key(o, "relatedInformation");
    json_open_list(o);
    for (size_t i = 0; i < f->related_count; i++) {
        const struct pl_related *r = &f->related[i];
        size_t beg, end;
        span_of(r->field, r->byte_beg, r->byte_end, &beg, &end);
        json_open_map(o);
        json_key(o, "location");
        json_open_map(o);
        json_key(o, "uri");
        json_put_text(o, buf_str(&j->draft->uri));
        json_key(o, "range");
        put_range(o, j->lines, s->client.unit, beg, end);
        json_close_map(o);
        json_key(o, "message");
        json_put_text(o, str_of(r->label));
        json_close_map(o);
    }
    json_close_list(o);
}

void put_finding(
    struct server *s, const struct judged *j, const struct pl_finding *f)
{
    struct json_out *o = &s->json;
    size_t beg, end;
    finding_span(f, &beg, &end);
    json_open_map(o);
    json_key(o, "range");
    put_range(o, j->lines, s->client.unit, beg, end);
    json_key(o, "severity");
    json_put_int(o, severity_of(f));
    if (!f->support)
        put_code(s, f);
    json_key(o, "source");
    json_put_text(o, STR("postlint"));
    json_key(o, "message");
    json_put_text(o, f->support
                         ? str_of(f->message)
                         : arena_printf(s->a, "%s\n%s", f->message, f->why));
    if (!f->support) {
        put_related(s, j, f);
        put_data(s, f);
    }
    json_close_map(o);
}

void put_remark(struct json_out *o, const struct pl_lines *lines,
    enum pl_unit unit, const struct remark *r)
{
    json_open_map(o);
    json_key(o, "range");
    put_range(o, lines, unit, r->beg, r->end);
    json_key(o, "severity");
    json_put_int(o, r->severity);
    if (r->code) {
        json_key(o, "code");
        json_put_text(o, str_of(r->code));
    }
    json_key(o, "source");
    json_put_text(o, STR("postlint"));
    json_key(o, "message");
    json_put_text(o, r->message);
    json_close_map(o);
}

/* ---- all of a text -------------------------------------------------------------------- */

static void put_post(struct server *s, const struct draft *d)
{
    struct judged j PL_DEFER(judged_free);
    judge_draft(s, d, &j);
    json_open_list(&s->json);
    if (j.failed) {
        struct remark r = {.severity = 1,
            .code = j.error.code,
            .message = arena_printf(
                s->a, "Not all could be judged: %s", j.error.message)};
        if (j.error.line)
            r.beg = r.end = pl_lines_byte(j.lines, j.error.line,
                j.error.column ? j.error.column : 1, PL_BYTES);
        put_remark(&s->json, j.lines, s->client.unit, &r);
    }
    if (j.foreign) {
        struct remark r = {.severity = 4,
            .message = STR("Most words here are in no English list, and the "
                           "rules are English.")};
        put_remark(&s->json, j.lines, s->client.unit, &r);
    }
    for (size_t i = 0; i < j.remarks.count; i++)
        put_remark(&s->json, j.lines, s->client.unit, &j.remarks.items[i]);
    for (size_t i = 0; i < j.found.count; i++)
        put_finding(s, &j, &j.found.items[i]);
    json_close_list(&s->json);
}

/* A list of diagnostics as JSON, the arena's. Written apart, since an answer
   names what it is before it shows it. */
static struct str diagnostics_of(struct server *s, struct draft *d)
{
    struct buf text PL_DEFER(buf_free) = {0};
    struct json_out outer = s->json;
    s->json = (struct json_out){.out = &text};
    if (d->kind == DRAFT_POST)
        put_post(s, d);
    else
        rulefile_put(s, d);
    s->json = outer;
    if (text.failed)
        arena_fail(s->a);
    return arena_copy(s->a, buf_str(&text));
}

void diagnose_push(struct server *s, struct draft *d)
{
    struct json_out *o = &s->json;
    struct str list = diagnostics_of(s, d);
    server_notify(s, "textDocument/publishDiagnostics");
    json_open_map(o);
    json_key(o, "uri");
    json_put_text(o, buf_str(&d->uri));
    json_key(o, "version");
    json_put_int(o, d->version);
    json_key(o, "diagnostics");
    json_put_source(o, list);
    json_close_map(o);
    server_end(s);
}

void on_diagnostic(
    struct server *s, const struct json *id, const struct json *params)
{
    struct json_out *o = &s->json;
    struct draft *d = server_draft(s, id, params);
    if (!d)
        return;
    struct str list = diagnostics_of(s, d);
    struct str name =
        arena_printf(s->a, "%016llx", (unsigned long long)str_hash(list));
    bool same = str_eq(json_text(json_get(params, "previousResultId")), name);
    server_begin(s, id);
    json_open_map(o);
    json_key(o, "kind");
    json_put_text(o, same ? STR("unchanged") : STR("full"));
    json_key(o, "resultId");
    json_put_text(o, name);
    if (!same) {
        json_key(o, "items");
        json_put_source(o, list);
    }
    json_close_map(o);
    server_end(s);
}
