/* SPDX-License-Identifier: MIT */
/* json.c - one JSON document, JSON lines, and the object both share. */
#include "report/formats.h"
#include "report/report.h"

static void add_key(struct buf *b, const char *key, struct str value)
{
    buf_addf(b, ",\"%s\":", key);
    buf_add_json(b, value);
}

static void add_span(struct buf *b, const char *key, struct span s)
{
    buf_addf(b, ",\"%s\":[%u,%u]", key, (unsigned)s.beg, (unsigned)s.end);
}

static void add_strings(
    struct buf *b, const char *key, const struct str *items, uint32_t count)
{
    if (count == 0)
        return;
    buf_addf(b, ",\"%s\":[", key);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_addc(b, ',');
        buf_add_json(b, items[i]);
    }
    buf_addc(b, ']');
}

static void add_sources(struct report *r, const struct view *v)
{
    struct pack_list list = v->rule->sources;
    buf_add(r->out, STR(",\"sources\":["));
    for (uint32_t i = list.beg; i < list.end; i++) {
        if (i > list.beg)
            buf_addc(r->out, ',');
        buf_add_json(r->out, view_cite(r->a, r->pack, &r->pack->cites[i]));
    }
    buf_addc(r->out, ']');
}

static void add_related(struct report *r, const struct view *v)
{
    if (v->related_count == 0)
        return;
    buf_add(r->out, STR(",\"related\":["));
    for (uint32_t i = 0; i < v->related_count; i++) {
        const struct view_related *one = &v->related[i];
        buf_addf(r->out, "%s{\"label\":", i ? "," : "");
        buf_add_json(r->out, one->label);
        add_span(r->out, "byte", one->place.byte);
        add_span(r->out, "utf16", one->place.utf16);
        buf_addf(
            r->out, ",\"removable\":%s}", one->removable ? "true" : "false");
    }
    buf_addc(r->out, ']');
}

static void add_whole(struct report *r, const struct view *v)
{
    buf_addf(r->out,
        ",\"line\":%u,\"column\":%u,\"columnByte\":%u,\"columnUtf16\":%u",
        (unsigned)v->place.line, (unsigned)v->place.col_point,
        (unsigned)v->place.col_byte, (unsigned)v->place.col_utf16);
    add_key(r->out, "summary", v->summary);
    add_key(r->out, "why", v->why);
    add_strings(r->out, "try", v->tries, v->try_count);
    add_sources(r, v);
    add_strings(r->out, "because", v->because, v->because_count);
    add_strings(r->out, "also", v->also, v->also_count);
    if (v->table.len)
        add_key(r->out, "table", v->table);
    buf_addf(r->out, ",\"fingerprint\":\"%016llx\"",
        (unsigned long long)v->fingerprint);
}

void report_json_finding(
    struct report *r, const struct view *v, const char *file, bool whole)
{
    buf_add(r->out, STR("{\"rule\":"));
    buf_add_json(r->out, v->id);
    add_key(r->out, "level", v->level);
    add_span(r->out, "byte", v->place.byte);
    add_span(r->out, "utf16", v->place.utf16);
    add_key(r->out, "message", v->message);
    if (!str_eqz(STR("text"), v->place.field))
        add_key(r->out, "field", str_of(v->place.field));
    if (file)
        add_key(r->out, "file", str_of(file));
    if (v->allowed.len)
        add_key(r->out, "allowed", v->allowed);
    if (whole) {
        add_whole(r, v);
        add_related(r, v);
    }
    buf_addc(r->out, '}');
}

static void add_error(struct buf *b, const char *name, const struct err *err)
{
    buf_add(b, STR("{\"file\":"));
    buf_add_json(b, str_of(name));
    add_key(b, "code", str_of(err_word(err->code)));
    add_key(b, "message", str_of(err->msg));
    buf_addc(b, '}');
}

/* ---- json ------------------------------------------------------------------- */

static void json_begin(struct report *r)
{
    buf_add(r->out, STR("{\"postlint\":"));
    buf_add_json(r->out, str_of(r->version));
    buf_add(r->out, STR(",\"files\":["));
}

static void json_post(struct report *r, const struct report_post *p)
{
    bool first = true;
    if (p->error) {
        if (r->errors->len)
            buf_addc(r->errors, ',');
        add_error(r->errors, p->name, p->error);
    }
    buf_add(r->out, r->first ? STR("") : STR(","));
    r->first = false;
    buf_add(r->out, STR("{\"file\":"));
    buf_add_json(r->out, str_of(p->name));
    buf_add(r->out, STR(",\"findings\":["));
    for (uint32_t i = 0; i < p->count; i++) {
        if (!report_shows(&p->views[i]))
            continue;
        if (!first)
            buf_addc(r->out, ',');
        first = false;
        report_json_finding(r, &p->views[i], NULL, true);
    }
    buf_add(r->out, STR("]}"));
}

static void json_end(struct report *r)
{
    buf_add(r->out, STR("],\"errors\":["));
    buf_add(r->out, buf_str(r->errors));
    buf_add(r->out, STR("]}\n"));
}

const struct reporter report_json = {
    .name = "json",
    .about = "one JSON document",
    .begin = json_begin,
    .post = json_post,
    .end = json_end,
};

/* ---- jsonl ------------------------------------------------------------------ */

static void jsonl_post(struct report *r, const struct report_post *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (!report_shows(&p->views[i]))
            continue;
        report_json_finding(r, &p->views[i], p->name, true);
        buf_addc(r->out, '\n');
    }
    if (p->error) {
        buf_add(r->out, STR("{\"error\":"));
        add_error(r->out, p->name, p->error);
        buf_add(r->out, STR("}\n"));
    }
}

const struct reporter report_jsonl = {
    .name = "jsonl",
    .about = "one JSON object for each finding",
    .post = jsonl_post,
};
