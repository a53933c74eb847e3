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

static const char *input_of(const struct draft *d)
{
    struct str path = buf_str(&d->path);
    return str_eq(buf_str(&d->language), STR("markdown")) ||
            str_ends(path, STR(".md")) || str_ends(path, STR(".markdown"))
        ? "markdown"
        : NULL;
}

/* Those that are told are moved to the front of a list of our own. */
static void keep_told(struct server *s, struct judged *j)
{
    struct pl_finding *told = ARENA_NEW(s->a, struct pl_finding, j->count);
    size_t count = 0;
    for (size_t i = 0; i < j->count; i++)
        if (j->findings[i].level >= s->settings.level || j->findings[i].support)
            told[count++] = j->findings[i];
    j->findings = told;
    j->count = count;
}

void judge_draft(struct server *s, const struct draft *d, struct judged *j)
{
    const struct settings *o = &s->settings;
    *j = (struct judged){.draft = d, .lines = server_lines(s, d)};
    if (!lens_load(&s->lens, s->options, o, s->root)) {
        j->failed = true;
        j->error = s->lens.error;
        return;
    }
    if (d->text.len > LIMIT_POST) {
        j->failed = true;
        j->error = (struct pl_error){"too-large", "the text is too large", 0, 0};
        return;
    }
    struct pl_post post = {
        .name = "-",
        .text = d->text.ptr,
        .text_len = d->text.len,
        .locale = o->locale,
        .jurisdiction = o->jurisdiction,
        .platform = o->platform,
        .profession = o->profession,
        .account = o->account,
        .input = input_of(d),
    };
    j->failed = !pl_scan(
        s->lens.scanner, &post, &j->findings, &j->count, &j->error);
    j->foreign = pl_scan_foreign(s->lens.scanner);
    keep_told(s, j);
}

void judged_free(struct judged *j)
{
    pl_lines_free(j->lines);
}

/* ---- a finding ----------------------------------------------------------------------- */

static void span_of(const char *field, size_t from, size_t to, size_t *beg,
    size_t *end)
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
    json_put_text(
        o, arena_printf(s->a, "%s#%s", s->settings.docs, f->rule));
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
    json_put_text(o,
        arena_printf(
            s->a, "%016llx", (unsigned long long)f->fingerprint));
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
        put_remark(&s->json, j.lines, s->client.unit, &r);
    }
    if (j.foreign) {
        struct remark r = {.severity = 4,
            .message = STR("Most words here are in no English list, and the "
                           "rules are English.")};
        put_remark(&s->json, j.lines, s->client.unit, &r);
    }
    for (size_t i = 0; i < j.count; i++)
        put_finding(s, &j, &j.findings[i]);
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
