/* SPDX-License-Identifier: MIT */
/*
 * server.h - one session with an editor: its state, and what handlers share.
 *
 * Messages go in as text and come out as frames in `out`; nothing here reads or
 * writes standard input and output (lsp.c does).
 */
#ifndef LSP_SERVER_H
#define LSP_SERVER_H

#include <setjmp.h>

#include "lsp/client.h"
#include "lsp/draft.h"
#include "lsp/lens.h"
#include "lsp/lsp.h"

/* Codes of JSON-RPC and of the protocol. */
enum {
    CODE_PARSE = -32700,
    CODE_REQUEST = -32600,
    CODE_METHOD = -32601,
    CODE_PARAMS = -32602,
    CODE_INTERNAL = -32603,
    CODE_NOT_INITIALIZED = -32002,
    CODE_CANCELLED = -32800,
};

struct server;

enum phase { PHASE_NEW, PHASE_RUNNING, PHASE_SHUT, PHASE_ENDED };

/* A request of ours that the editor has not answered. */
struct waiting {
    int64_t id; /* 0: free */
    void (*answer)(
        struct server *s, struct str data, const struct json *result);
    struct buf data;
};
enum { WAITING_MAX = 32 };

struct server {
    const struct lsp_options *options;
    struct arena *a; /* of the message being handled */
    jmp_buf back;    /* where to go when that has no memory left */
    struct buf out;  /* frames to be sent */
    struct buf body; /* the message being written */
    struct json_out json;
    enum phase phase;
    int status; /* of the process once it has ended */
    struct client client;
    struct arena *kept; /* of settings and root */
    struct settings settings;
    const char *root;          /* path of the first folder; null if unknown */
    struct buf started, given; /* JSON: initialization options, settings */
    struct drafts drafts;
    struct lenses lenses;
    uint64_t changes; /* of rules and settings, from 1 */
    struct waiting waiting[WAITING_MAX];
    int64_t last_id;
};

/* False where memory ran out. */
bool server_open(struct server *s, const struct lsp_options *options);
void server_close(struct server *s);
/* Handles one message; phase is PHASE_ENDED after `exit`. */
void server_handle(struct server *s, struct str message);
/* Answers a request without handling it: the editor took it back. */
void server_cancel(struct server *s, struct str message);
/* A frame that is none, or too large. */
void server_refuse(struct server *s, int code, const char *why);
/* Nothing more has arrived: diagnostics that are due are pushed. slow: those of
   rule files too. True if some are still due. */
bool server_idle(struct server *s, bool slow);

/* ---- for handlers ----------------------------------------------------------------- */

/* An answer is written into s->json between the two; id is null for a message that
   asks for none, which is then dropped. */
void server_begin(struct server *s, const struct json *id);
void server_end(struct server *s);
void server_null(struct server *s, const struct json *id);
void server_fail(
    struct server *s, const struct json *id, int code, const char *why);
/* The value of `params` is to be written, then server_end(). */
void server_notify(struct server *s, const char *method);
/* The key `params` too. answer may be null; data is copied for it. */
void server_request(struct server *s, const char *method,
    void (*answer)(
        struct server *s, struct str data, const struct json *result),
    struct str data);
/* window/showMessage; level as LSP has it: 1 error, 2 warning, 3 info. */
void server_show(struct server *s, int level, struct str text);

/* The open text that params name by textDocument.uri; answers and returns null if
   it is not open. */
struct draft *server_draft(
    struct server *s, const struct json *id, const struct json *params);
/* What a file is judged by; with no path, the root. */
struct lens *server_lens(struct server *s, struct str path);
struct pl_lines *server_lines(struct server *s, const struct draft *d);
/* Rules and settings are read anew, and all diagnostics with them. */
void server_reload(struct server *s);
void server_apply_settings(struct server *s);

#endif
