/* SPDX-License-Identifier: MIT */
/*
 * github.c - workflow commands, which GitHub shows beside the lines.
 *
 * GitHub shows ten of a level in a step: the worst levels come first, the
 * others are lines of the log, and the last line counts them.
 */
#include "report/formats.h"
#include "report/report.h"

enum { SHOWN = 10 };

static const char *const commands[LEVEL_COUNT] = {
    [LEVEL_SILENT] = "debug",
    [LEVEL_NOTE] = "notice",
    [LEVEL_WARNING] = "warning",
    [LEVEL_ERROR] = "error",
};

/* What ends a command or, in a property, the property. */
static void add_data(struct buf *b, struct str s, bool property)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '%' || c == '\r' || c == '\n' ||
            (property && (c == ':' || c == ',')))
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_addc(b, c);
    }
}

static void add_escaped(struct buf *b, struct str s, bool property)
{
    struct buf plain PL_DEFER(buf_free) = {0};
    report_escape(&plain, s);
    b->failed |= plain.failed;
    add_data(b, buf_str(&plain), property);
}

static void add_property(struct buf *b, const char *name, struct str value)
{
    buf_addf(b, "%s=", name);
    add_escaped(b, value, true);
}

/* Columns are for places within one line only. */
static void add_place(struct buf *b, const struct view_place *v)
{
    buf_addf(
        b, ",line=%u,endLine=%u", (unsigned)v->line, (unsigned)v->end_line);
    if (v->line == v->end_line)
        buf_addf(b, ",col=%u,endColumn=%u", (unsigned)v->col_point,
            (unsigned)v->end_point);
}

static void add_command(struct report *r, const struct report_post *p,
    const struct view *v, struct buf *b)
{
    struct buf advice PL_DEFER(buf_free) = {0};
    report_advice(&advice, v);
    b->failed |= advice.failed;
    buf_addf(b, "::%s ", commands[v->rank]);
    add_property(b, "file", report_file(p));
    add_place(b, &v->place);
    buf_addc(b, ',');
    add_property(b, "title", v->id);
    buf_add(b, STR("::"));
    add_data(b, buf_str(&advice), false);
    buf_addc(b, '\n');
    r->counts[v->rank]++;
}

/* One of those that GitHub would not show. */
static void add_line(struct report *r, const struct report_post *p,
    const struct view *v, struct buf *b)
{
    report_escape_line(b, report_file(p));
    buf_addf(b, ":%u:%u: " STR_FMT ": ", (unsigned)v->place.line,
        (unsigned)v->place.col_point, STR_ARG(v->level));
    report_escape(b, v->message);
    buf_addf(b, " [" STR_FMT "]\n", STR_ARG(v->id));
    r->counts[v->rank]++;
}

static void github_post(struct report *r, const struct report_post *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const struct view *v = &p->views[i];
        if (!report_shows(v))
            continue;
        if (r->counts[v->rank] < SHOWN)
            add_command(r, p, v, &r->held[v->rank]);
        else
            add_line(r, p, v, &r->held[LEVEL_SILENT]);
    }
    if (p->error) {
        buf_add(r->errors, STR("::error "));
        add_property(r->errors, "file", report_file(p));
        buf_addf(r->errors, ",title=%s::", err_word(p->error->code));
        add_escaped(r->errors, str_of(p->error->msg), false);
        buf_addc(r->errors, '\n');
    }
}

static void github_end(struct report *r)
{
    unsigned more = 0;
    buf_add(r->out, buf_str(r->errors));
    for (int i = LEVEL_COUNT; i-- > 0;) {
        r->out->failed |= r->held[i].failed;
        buf_add(r->out, buf_str(&r->held[i]));
        if (r->counts[i] > SHOWN)
            more += r->counts[i] - SHOWN;
    }
    if (more)
        buf_addf(r->out,
            "%u more findings are in the lines above only: GitHub shows %d of "
            "a level.\n",
            more, SHOWN);
}

const struct reporter report_github = {
    .name = "github",
    .about = "GitHub workflow commands (annotations)",
    .post = github_post,
    .end = github_end,
};
