/* SPDX-License-Identifier: MIT */
/* problem.h - problems of rule files as text: place, line, underline, fix. */
#ifndef RULES_PROBLEM_H
#define RULES_PROBLEM_H

#include "base/buf.h"
#include "rules/rule.h"

/* Errors first file by file, at most LIMIT_ERRORS a file; sources give the lines
   to quote (files not among them are not quoted). */
void problem_print(struct buf *out, const struct problems *problems,
    const struct source *sources, size_t count);

#endif
