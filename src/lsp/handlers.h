/* SPDX-License-Identifier: MIT */
/* handlers.h - what answers each message; id is null for a notification. */
#ifndef LSP_HANDLERS_H
#define LSP_HANDLERS_H

#include "lsp/server.h"

typedef void handler(
    struct server *s, const struct json *id, const struct json *params);

/* start.c */
handler on_initialize, on_initialized, on_shutdown;
/* sync.c */
handler on_open, on_change, on_save, on_close;
handler on_configuration, on_watched, on_folders;
/* diagnose.c */
handler on_diagnostic;
void diagnose_push(struct server *s, struct draft *d);
/* action.c */
handler on_action;
/* hover.c */
handler on_hover;
/* command.c */
handler on_command;

#endif
