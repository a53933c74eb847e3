/* SPDX-License-Identifier: MIT */
/* rules_tools.h - rules trace, bench and diff. */
#ifndef CLI_RULES_TOOLS_H
#define CLI_RULES_TOOLS_H

#include "cli/cli.h"

struct tools_options {
    const char *corpus; /* file, or null */
    bool all;           /* every line, not only the first */
};

/* How the rule judged standard input or a file, step by step. */
int tools_trace(const char *id, const char *path);
/* Which rules are often candidates, and where the time goes. */
int tools_bench(const struct tools_options *o);
/* Findings gained and lost between two packs ("builtin" is one). */
int tools_diff(const char *from, const char *to, const struct tools_options *o);

#endif
