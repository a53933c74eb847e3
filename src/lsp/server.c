/* SPDX-License-Identifier: MIT */
/* server.c - messages to handlers, answers to frames, and when which is allowed. */
#include "lsp/server.h"

#include <string.h>

#include "base/attr.h"
#include "lsp/handlers.h"
#include "lsp/rpc.h"

enum { ARENA_MAX = 256 << 20 }; /* bytes: the largest frame as a tree */

/* ---- writing ------------------------------------------------------------------------ */

static void open_message(struct server *s)
{
    buf_clear(&s->body);
    s->json = (struct json_out){.out = &s->body};
    json_open_map(&s->json);
    json_key(&s->json, "jsonrpc");
    json_put_text(&s->json, STR("2.0"));
}

void server_end(struct server *s)
{
    json_close_map(&s->json);
    if (!s->body.failed)
        rpc_frame(&s->out, buf_str(&s->body));
    buf_clear(&s->body);
}

static void put_id(struct server *s, const struct json *id)
{
    json_key(&s->json, "id");
    if (id)
        json_put_source(&s->json, id->source);
    else
        json_put_null(&s->json);
}

void server_begin(struct server *s, const struct json *id)
{
    open_message(s);
    put_id(s, id);
    json_key(&s->json, "result");
}

void server_null(struct server *s, const struct json *id)
{
    if (!id)
        return;
    server_begin(s, id);
    json_put_null(&s->json);
    server_end(s);
}

void server_fail(
    struct server *s, const struct json *id, int code, const char *why)
{
    open_message(s);
    put_id(s, id);
    json_key(&s->json, "error");
    json_open_map(&s->json);
    json_key(&s->json, "code");
    json_put_int(&s->json, code);
    json_key(&s->json, "message");
    json_put_text(&s->json, str_of(why));
    json_close_map(&s->json);
    server_end(s);
}

void server_notify(struct server *s, const char *method)
{
    open_message(s);
    json_key(&s->json, "method");
    json_put_text(&s->json, str_of(method));
    json_key(&s->json, "params");
}

/* Where none is free the oldest is forgotten: its editor never answers. */
static struct waiting *free_waiting(struct server *s)
{
    struct waiting *oldest = &s->waiting[0];
    for (size_t i = 0; i < WAITING_MAX; i++)
        if (s->waiting[i].id < oldest->id)
            oldest = &s->waiting[i];
    return oldest;
}

void server_request(struct server *s, const char *method,
    void (*answer)(
        struct server *s, struct str data, const struct json *result),
    struct str data)
{
    struct waiting *w = free_waiting(s);
    buf_free(&w->data);
    w->id = ++s->last_id;
    w->answer = answer;
    buf_add(&w->data, data);
    open_message(s);
    json_key(&s->json, "id");
    json_put_int(&s->json, w->id);
    json_key(&s->json, "method");
    json_put_text(&s->json, str_of(method));
}

void server_show(struct server *s, int level, struct str text)
{
    server_notify(s, "window/showMessage");
    json_open_map(&s->json);
    json_key(&s->json, "type");
    json_put_int(&s->json, level);
    json_key(&s->json, "message");
    json_put_text(&s->json, text);
    json_close_map(&s->json);
    server_end(s);
}

/* ---- reading -------------------------------------------------------------------------- */

static void on_exit(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)id;
    (void)params;
    s->status = s->phase == PHASE_SHUT ? 0 : 1;
    s->phase = PHASE_ENDED;
}

/* Requests that were taken back are answered before they get here (lsp.c). */
static void on_nothing(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)s;
    (void)id;
    (void)params;
}

static const struct method {
    const char *name;
    handler *run;
    bool asks;   /* a request; else a notification */
    bool always; /* before initialize and after shutdown too */
} methods[] = {
    {"initialize", on_initialize, true, true},
    {"initialized", on_initialized, false, false},
    {"shutdown", on_shutdown, true, false},
    {"exit", on_exit, false, true},
    {"$/cancelRequest", on_nothing, false, false},
    {"$/setTrace", on_nothing, false, false},
    {"textDocument/didOpen", on_open, false, false},
    {"textDocument/didChange", on_change, false, false},
    {"textDocument/didSave", on_save, false, false},
    {"textDocument/didClose", on_close, false, false},
    {"textDocument/diagnostic", on_diagnostic, true, false},
    {"textDocument/codeAction", on_action, true, false},
    {"textDocument/hover", on_hover, true, false},
    {"workspace/executeCommand", on_command, true, false},
    {"workspace/didChangeConfiguration", on_configuration, false, false},
    {"workspace/didChangeWatchedFiles", on_watched, false, false},
    {"workspace/didChangeWorkspaceFolders", on_folders, false, false},
};

static const struct method *find(struct str name)
{
    for (size_t i = 0; i < PL_COUNT(methods); i++)
        if (str_eqz(name, methods[i].name))
            return &methods[i];
    return NULL;
}

static void take_answer(struct server *s, const struct json *message)
{
    int64_t id;
    if (!json_int(json_get(message, "id"), &id) || id <= 0)
        return;
    for (size_t i = 0; i < WAITING_MAX; i++) {
        struct waiting *w = &s->waiting[i];
        if (w->id != id)
            continue;
        struct str data = arena_copy(s->a, buf_str(&w->data));
        buf_free(&w->data);
        w->id = 0;
        if (w->answer && !json_get(message, "error"))
            w->answer(s, data, json_get(message, "result"));
    }
}

static void refuse_phase(struct server *s, const struct json *id)
{
    if (s->phase == PHASE_NEW)
        server_fail(
            s, id, CODE_NOT_INITIALIZED, "the session is not initialized");
    else
        server_fail(s, id, CODE_REQUEST, "the server has been shut down");
}

static void dispatch(
    struct server *s, const struct json *id, const struct json *message)
{
    const struct method *m = find(json_text(json_get(message, "method")));
    const struct json *params = json_get(message, "params");
    if (s->phase != PHASE_RUNNING && !(m && m->always)) {
        if (id)
            refuse_phase(s, id);
        return;
    }
    if (id && (!m || !m->asks))
        server_fail(s, id, CODE_METHOD, "there is no such request");
    else if (m && m->asks == (id != NULL))
        m->run(s, id, params);
}

static bool is_id(const struct json *id)
{
    int64_t number;
    return id->kind == JSON_KIND_TEXT || json_int(id, &number);
}

static void handle(struct server *s, const struct json *message)
{
    const struct json *id = json_get(message, "id");
    const struct json *method = json_get(message, "method");
    if (message->kind != JSON_KIND_MAP || (id && method && !is_id(id)) ||
        (method && method->kind != JSON_KIND_TEXT) || (!id && !method)) {
        server_fail(s, NULL, CODE_REQUEST, "this is no message of JSON-RPC");
        return;
    }
    if (method)
        dispatch(s, id, message);
    else
        take_answer(s, message);
}

static void jump_back(void *ctx)
{
    longjmp(*(jmp_buf *)ctx, 1);
}

void server_handle(struct server *s, struct str text)
{
    struct json message;
    struct err err = {0};
    arena_reset(s->a);
    if (setjmp(s->back)) {
        buf_clear(&s->body);
        server_fail(s, NULL, CODE_INTERNAL, "out of memory");
        return;
    }
    if (json_parse(s->a, NULL, text, &message, &err))
        handle(s, &message);
    else
        server_fail(s, NULL, CODE_PARSE, "the message is no JSON");
    arena_reset(s->a);
}

void server_cancel(struct server *s, struct str text)
{
    struct json message;
    struct err err = {0};
    arena_reset(s->a);
    if (setjmp(s->back) || !json_parse(s->a, NULL, text, &message, &err))
        return;
    server_fail(s, json_get(&message, "id"), CODE_CANCELLED,
        "the request was cancelled");
    arena_reset(s->a);
}

void server_refuse(struct server *s, int code, const char *why)
{
    server_fail(s, NULL, code, why);
}

/* ---- the session ------------------------------------------------------------------------ */

bool server_open(struct server *s, const struct lsp_options *options)
{
    *s = (struct server){.options = options, .changes = 1, .status = 1};
    s->a = arena_new(ARENA_MAX);
    s->kept = arena_new(0);
    if (!s->a || !s->kept) {
        server_close(s);
        return false;
    }
    arena_on_failure(s->a, jump_back, &s->back);
    s->settings = options->settings;
    s->lenses = (struct lenses){.options = options, .settings = &s->settings};
    return true;
}

void server_close(struct server *s)
{
    lens_free_all(&s->lenses);
    draft_close_all(&s->drafts);
    for (size_t i = 0; i < WAITING_MAX; i++)
        buf_free(&s->waiting[i].data);
    buf_free(&s->out);
    buf_free(&s->body);
    buf_free(&s->started);
    buf_free(&s->given);
    arena_free(s->a);
    arena_free(s->kept);
}

/* True if some are put off. */
static bool push_due(struct server *s, bool slow)
{
    bool due = false;
    for (struct draft *d = s->drafts.first; d; d = d->next) {
        if (!d->dirty)
            continue;
        bool waits = d->kind == DRAFT_RULES || d->kind == DRAFT_SETTINGS;
        if (waits && !slow) {
            due = true;
            continue;
        }
        d->dirty = false;
        diagnose_push(s, d);
    }
    return due;
}

bool server_idle(struct server *s, bool slow)
{
    arena_reset(s->a);
    if (s->phase != PHASE_RUNNING || s->client.pulls || setjmp(s->back))
        return false;
    bool due = push_due(s, slow);
    arena_reset(s->a);
    return due;
}

/* ---- for handlers ----------------------------------------------------------------------- */

struct draft *server_draft(
    struct server *s, const struct json *id, const struct json *params)
{
    const struct json *name = json_get(json_get(params, "textDocument"), "uri");
    struct draft *d = draft_find(&s->drafts, json_text(name));
    if (!d && id)
        server_fail(s, id, CODE_PARAMS, "the text is not open");
    return d;
}

struct lens *server_lens(struct server *s, struct str path)
{
    s->lenses.root = s->root;
    struct lens *l = lens_for(&s->lenses, s->a, path);
    if (!l)
        arena_fail(s->a);
    return l;
}

struct pl_lines *server_lines(struct server *s, const struct draft *d)
{
    struct pl_lines *lines = pl_lines_new(d->text.ptr, d->text.len);
    if (!lines)
        arena_fail(s->a);
    return lines;
}

void server_reload(struct server *s)
{
    lens_free_all(&s->lenses);
    s->changes++;
    for (struct draft *d = s->drafts.first; d; d = d->next)
        d->dirty = true;
    if (s->client.pulls && s->client.refreshes && s->phase == PHASE_RUNNING) {
        server_request(s, "workspace/diagnostic/refresh", NULL, STR(""));
        server_end(s);
    }
}
