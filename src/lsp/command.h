/* SPDX-License-Identifier: MIT */
/* command.h - what the editor can have done by name. */
#ifndef LSP_COMMAND_H
#define LSP_COMMAND_H

#include <stddef.h>

enum { COMMANDS_MAX = 8 };

/* Fills in the names; how many there are. */
size_t command_names(const char **names);

#define COMMAND_APPLY   "postlint.apply"
#define COMMAND_EXPLAIN "postlint.explain"
#define COMMAND_ALLOW   "postlint.allow"
#define COMMAND_RELOAD  "postlint.reload"

#endif
