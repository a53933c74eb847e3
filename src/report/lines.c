/* SPDX-License-Identifier: MIT */
/* lines.c - compact, count and none. */
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

static void count_post(struct report *r, const struct report_post *p)
{
    uint32_t counts[LEVEL_COUNT] = {0};
    for (uint32_t i = 0; i < p->count; i++)
        if (report_shows(&p->views[i]))
            counts[p->views[i].rank]++;
    add_name(r, p->name);
    buf_addf(r->out, ": %u errors, %u warnings, %u notes\n",
        (unsigned)counts[LEVEL_ERROR], (unsigned)counts[LEVEL_WARNING],
        (unsigned)counts[LEVEL_NOTE]);
}

const struct reporter report_count = {
    .name = "count",
    .about = "how many findings of each level",
    .post = count_post,
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
