/* SPDX-License-Identifier: MIT */
/* diagnose.h - findings of one open text, and diagnostics made of them. */
#ifndef LSP_DIAGNOSE_H
#define LSP_DIAGNOSE_H

#include "base/vec.h"
#include "lsp/server.h"

/* What is told of a line and is no finding. */
struct remark {
    size_t beg, end;  /* bytes */
    int severity;     /* 1 error, 2 warning, 3 information, 4 hint */
    const char *code; /* may be null */
    struct str message;
};

struct judged {
    const struct draft *draft;
    struct pl_lines *lines;
    const struct lens *lens;
    VEC(struct pl_finding) found; /* all that is told */
    VEC(struct remark) remarks;
    bool failed;  /* not all could be judged: error says why */
    bool foreign; /* most words are in no English list */
    struct pl_error error;
};

/* Judges a text, which may hold many posts; nothing is found in one that is none.
   Findings below the level that is asked for are left out. */
void judge_draft(struct server *s, const struct draft *d, struct judged *j);
void judged_free(struct judged *j); /* also the argument of PL_DEFER */

/* The bytes of the draft that a finding underlines; 0, 0 where it lies in no text
   of its own. */
void finding_span(const struct pl_finding *f, size_t *beg, size_t *end);
/* One finding as the protocol's Diagnostic. */
void put_finding(
    struct server *s, const struct judged *j, const struct pl_finding *f);

void put_remark(struct json_out *o, const struct pl_lines *lines,
    enum pl_unit unit, const struct remark *r);

#endif
