/* SPDX-License-Identifier: MIT */
/* lines.c - compact, count and none. */
#include <string.h>

#include "report/formats.h"
#include "report/report.h"

static void add_name(struct report *r, const char *name)
{
    report_escape_line(r->out, str_of(name));
}

static void compact_post(struct report *r, const struct report_post *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const struct view *v = &p->views[i];
        if (!report_shows(v))
            continue;
        add_name(r, p->name);
        if (!str_eqz(STR("text"), v->place.field))
            buf_addf(r->out, "#%s", v->place.field);
        buf_addf(r->out, ":%u:%u: " STR_FMT ": ", (unsigned)v->place.line,
            (unsigned)v->place.col_byte, STR_ARG(v->level));
        report_escape(r->out, v->message);
        buf_addf(r->out, " [" STR_FMT "]\n", STR_ARG(v->id));
    }
}

const struct reporter report_compact = {
    .name = "compact",
    .about = "one line for each finding, as compilers print them",
    .post = compact_post,
};

static void count_end(struct report *r)
{
    if (r->held[0].len == 0)
        return;
    add_name(r, r->held[0].ptr);
    buf_addf(r->out, ": %u errors, %u warnings, %u notes\n",
        (unsigned)r->counts[LEVEL_ERROR], (unsigned)r->counts[LEVEL_WARNING],
        (unsigned)r->counts[LEVEL_NOTE]);
    buf_clear(&r->held[0]);
}

/* Posts of one file come one after the other and count as one. */
static void count_post(struct report *r, const struct report_post *p)
{
    struct str name = {p->name, strlen(p->name) + 1};
    bool goes_on = !p->doc || p->doc->gathered;
    if (!goes_on || !str_eq(buf_str(&r->held[0]), name)) {
        count_end(r);
        buf_add(&r->held[0], name);
        memset(r->counts, 0, sizeof r->counts);
    }
    for (uint32_t i = 0; i < p->count; i++)
        if (report_shows(&p->views[i]))
            r->counts[p->views[i].rank]++;
}

const struct reporter report_count = {
    .name = "count",
    .about = "how many findings of each level",
    .post = count_post,
    .end = count_end,
};

static void none_post(struct report *r, const struct report_post *p)
{
    (void)r;
    (void)p;
}

const struct reporter report_none = {
    .name = "none",
    .about = "nothing: the exit status tells",
    .post = none_post,
};
