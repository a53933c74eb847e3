/* SPDX-License-Identifier: MIT */
/*
 * rdjson.c - Reviewdog Diagnostic Format.
 *
 * Columns count bytes from 1, ends are exclusive. Readers refuse a document with a
 * key they do not know, so the details of a combination stand in the message.
 */
#include "report/formats.h"
#include "report/report.h"

static const char *const severities[LEVEL_COUNT] = {
    [LEVEL_SILENT] = "UNKNOWN_SEVERITY",
    [LEVEL_NOTE] = "INFO",
    [LEVEL_WARNING] = "WARNING",
    [LEVEL_ERROR] = "ERROR",
};

static void add_range(struct buf *b, const struct view_place *v)
{
    buf_addf(b,
        "\"range\":{\"start\":{\"line\":%u,\"column\":%u},"
        "\"end\":{\"line\":%u,\"column\":%u}}",
        (unsigned)v->line, (unsigned)v->col_byte, (unsigned)v->end_line,
        (unsigned)v->end_byte);
}

static void add_location(
    struct buf *b, const struct report_post *p, const struct view_place *v)
{
    buf_add(b, STR("\"location\":{\"path\":"));
    report_escape_json(b, report_file(p));
    if (v) {
        buf_addc(b, ',');
        add_range(b, v);
    }
    buf_addc(b, '}');
}

static void add_suggestions(struct buf *b, const struct view *v)
{
    if (v->edit_count == 0)
        return;
    buf_add(b, STR(",\"suggestions\":["));
    for (uint32_t i = 0; i < v->edit_count; i++) {
        buf_add(b, i ? STR(",{") : STR("{"));
        add_range(b, &v->edits[i].place);
        buf_add(b, STR(",\"text\":"));
        buf_add_json(b, v->edits[i].text);
        buf_addc(b, '}');
    }
    buf_addc(b, ']');
}

static void open_diagnostic(struct report *r)
{
    buf_add(r->out, r->first ? STR("\n{") : STR(",\n{"));
    r->first = false;
    buf_add(r->out, STR("\"message\":"));
}

static void add_finding(
    struct report *r, const struct report_post *p, const struct view *v)
{
    struct buf advice PL_DEFER(buf_free) = {0};
    report_advice(&advice, v);
    r->out->failed |= advice.failed;
    open_diagnostic(r);
    buf_add_json(r->out, buf_str(&advice));
    buf_addc(r->out, ',');
    add_location(r->out, p, &v->place);
    buf_addf(r->out,
        ",\"severity\":\"%s\",\"code\":{\"value\":", severities[v->rank]);
    buf_add_json(r->out, v->id);
    buf_addc(r->out, '}');
    add_suggestions(r->out, v);
    buf_addc(r->out, '}');
}

static void rdjson_begin(struct report *r)
{
    buf_add(
        r->out, STR("{\"source\":{\"name\":\"postlint\"},\"diagnostics\":["));
}

static void rdjson_post(struct report *r, const struct report_post *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (report_shows(&p->views[i]))
            add_finding(r, p, &p->views[i]);
    if (!p->error)
        return;
    open_diagnostic(r);
    report_escape_json(r->out, str_of(p->error->msg));
    buf_addc(r->out, ',');
    add_location(r->out, p, NULL);
    buf_addf(r->out, ",\"severity\":\"ERROR\",\"code\":{\"value\":\"%s\"}}",
        err_word(p->error->code));
}

static void rdjson_end(struct report *r)
{
    buf_add(r->out, STR("]}\n"));
}

const struct reporter report_rdjson = {
    .name = "rdjson",
    .about = "Reviewdog Diagnostic Format",
    .begin = rdjson_begin,
    .post = rdjson_post,
    .end = rdjson_end,
};
