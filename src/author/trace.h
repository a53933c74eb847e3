/* SPDX-License-Identifier: MIT */
/*
 * trace.h - how one rule judged one post, for people.
 *
 * The engine tells a step after the steps it rests on; here the whole comes
 * first and its parts stand indented below it.
 */
#ifndef AUTHOR_TRACE_H
#define AUTHOR_TRACE_H

#include "base/buf.h"
#include "engine/scan.h"

struct trace_log {
    struct arena *arena;
    VEC(struct scan_trace) steps;
};

/* As scan_options.trace, with a struct trace_log as its ctx. */
void trace_note(void *ctx, const struct scan_trace *step);
/* What has been noted, and forgets it. show: the author's words too, from the
   document. */
void trace_print(struct buf *out, struct trace_log *log, const struct pack *p,
    const struct doc *doc, bool show);

#endif
