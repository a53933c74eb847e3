/* SPDX-License-Identifier: MIT */
/* trace.c - how one rule judged one post, for people. */
#include "author/trace.h"

#include "author/condtext.h"

void trace_note(void *ctx, const struct scan_trace *step)
{
    struct trace_log *log = ctx;
    *VEC_PUSH(log->arena, &log->steps) = *step;
}

struct printer {
    struct buf *out;
    const struct trace_log *log;
    const struct pack *pack;
    const struct doc *doc;
    bool show;
};

static void print_words(const struct printer *p, const struct scan_trace *s)
{
    struct str bytes = p->doc->fields[s->place.field].bytes;
    struct str words = str_part(bytes, s->place.at.beg, s->place.at.end);
    buf_addf(p->out, "  %s:%u-%u", p->doc->fields[s->place.field].name,
        (unsigned)s->place.at.beg, (unsigned)s->place.at.end);
    if (p->show) {
        buf_addc(p->out, ' ');
        buf_add_json(p->out, words);
    }
}

static void print_step(
    const struct printer *p, const struct scan_trace *s, unsigned indent)
{
    for (unsigned i = 0; i < indent; i++)
        buf_add(p->out, STR("  "));
    if (s->cond != PACK_NONE)
        cond_text(p->out, p->pack, s->cond);
    else
        buf_addf(p->out, "%s%s" STR_FMT, s->what, s->name.len ? " " : "",
            STR_ARG(s->name));
    if (s->value >= 0)
        buf_add(p->out, s->value ? STR(": true") : STR(": false"));
    if (s->has_place)
        print_words(p, s);
    buf_addc(p->out, '\n');
}

/* Steps [beg, end) that all lie deeper than the one they belong to: each one
   of least depth owns the deeper ones right before it. */
static void print_steps(
    const struct printer *p, size_t beg, size_t end, unsigned indent)
{
    const struct scan_trace *steps = p->log->steps.items;
    uint32_t least = UINT32_MAX;
    for (size_t i = beg; i < end; i++)
        least = steps[i].depth < least ? steps[i].depth : least;
    for (size_t i = beg; i < end; i++) {
        if (steps[i].depth != least)
            continue;
        print_step(p, &steps[i], indent);
        print_steps(p, beg, i, indent + 1);
        beg = i + 1;
    }
}

void trace_print(struct buf *out, struct trace_log *log, const struct pack *p,
    const struct doc *doc, bool show)
{
    const struct printer printer = {out, log, p, doc, show};
    print_steps(&printer, 0, log->steps.count, 0);
    log->steps.items = NULL;
    log->steps.count = log->steps.cap = 0;
}
