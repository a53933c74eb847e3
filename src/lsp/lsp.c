/* SPDX-License-Identifier: MIT */
/*
 * lsp.c - the language server's loop over standard input and output.
 *
 * All that has arrived is taken in before the next message is handled, so that a
 * request that was taken back is not worked on, and diagnostics are made once for
 * a burst of changes.
 */
#include "lsp/lsp.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "lsp/rpc.h"
#include "lsp/server.h"

enum {
    CHUNK = 64 << 10,     /* bytes of one read */
    QUEUE_MAX = 64 << 20, /* bytes of messages that wait; then none is read */
    PAUSE = 300,          /* ms without a word before a rule file is tried */
};

struct message {
    struct message *next;
    struct buf text;
    int code; /* not 0: what came was no message */
    const char *why;
};

struct loop {
    struct server server;
    struct rpc rpc;
    struct message *first, **last;
    size_t waiting; /* bytes */
    bool ended;     /* nothing more will be read */
    bool closed;    /* nobody reads what is written */
    bool due;       /* a rule file waits for a pause */
    bool verbose;
};

/* ---- messages that wait ------------------------------------------------------------------ */

static void push(struct loop *l, struct str text, int code, const char *why)
{
    struct message *m = calloc(1, sizeof *m);
    if (!m) {
        server_refuse(&l->server, CODE_INTERNAL, "out of memory");
        return;
    }
    *m = (struct message){.code = code, .why = why};
    buf_add(&m->text, text);
    if (m->text.failed)
        *m = (struct message){.code = CODE_INTERNAL, .why = "out of memory"};
    *l->last = m;
    l->last = &m->next;
    l->waiting += m->text.len;
}

static struct message *pop(struct loop *l)
{
    struct message *m = l->first;
    l->first = m->next;
    if (!l->first)
        l->last = &l->first;
    l->waiting -= m->text.len;
    return m;
}

static void free_message(struct message *m)
{
    buf_free(&m->text);
    free(m);
}

static struct json parsed(struct arena *a, struct str text)
{
    struct json value = {0};
    struct err err = {0};
    if (!json_parse(a, NULL, text, &value, &err))
        value = (struct json){0};
    return value;
}

/* Whether a cancellation of this request waits behind it. */
static bool is_taken_back(const struct loop *l, const struct message *m)
{
    static const struct str name = STR_INIT("$/cancelRequest");
    for (const struct message *n = l->first; n; n = n->next) {
        struct str text = buf_str(&n->text);
        if (str_find(text, name) == text.len)
            continue;
        struct arena *a PL_DEFER(arena_freep) = arena_new(0);
        if (!a)
            return false;
        struct json mine = parsed(a, buf_str(&m->text));
        struct json other = parsed(a, text);
        const struct json *id = json_get(&mine, "id");
        const struct json *named = json_get(json_get(&other, "params"), "id");
        if (id && named && json_get(&mine, "method") &&
            str_eq(json_text(json_get(&other, "method")), name) &&
            str_eq(id->source, named->source))
            return true;
    }
    return false;
}

/* ---- in and out ---------------------------------------------------------------------------- */

static void send_out(struct loop *l)
{
    struct str rest = buf_str(&l->server.out);
    while (rest.len > 0 && !l->closed) {
        ssize_t n = write(STDOUT_FILENO, rest.ptr, rest.len);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
            struct pollfd p = {STDOUT_FILENO, POLLOUT, 0};
            (void)poll(&p, 1, -1);
            continue;
        }
        if (n < 0)
            l->closed = true;
        else
            rest = str_from(rest, (size_t)n);
    }
    buf_clear(&l->server.out);
}

static void take_frames(struct loop *l)
{
    struct str body;
    for (;;) {
        switch (rpc_next(&l->rpc, &body)) {
        case RPC_MORE:
            return;
        case RPC_BODY:
            push(l, body, 0, NULL);
            break;
        case RPC_BAD:
            push(l, STR(""), CODE_PARSE, "this is no header of a message");
            break;
        case RPC_HUGE:
            push(l, STR(""), CODE_REQUEST, "the message is too large");
            break;
        }
    }
}

/* Reads once if anything is there; wait in ms, -1 for ever. False if nothing came
   in that time. */
static bool read_in(struct loop *l, int wait)
{
    static char chunk[CHUNK];
    struct pollfd p = {STDIN_FILENO, POLLIN, 0};
    int ready = poll(&p, 1, wait);
    if (ready < 0 && errno == EINTR)
        return true;
    if (ready <= 0)
        return false;
    ssize_t n = read(STDIN_FILENO, chunk, sizeof chunk);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (n <= 0) {
        l->ended = true;
        return false;
    }
    rpc_feed(&l->rpc, (struct str){chunk, (size_t)n});
    explicit_bzero(chunk, (size_t)n);
    take_frames(l);
    return true;
}

/* ---- the loop --------------------------------------------------------------------------------- */

static void log_message(const struct loop *l, const struct message *m)
{
    static const char *const prefixes[] = {
        "textDocument/", "workspace/", "$/", "initialize", "shutdown", "exit"};
    if (!l->verbose)
        return;
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct json value = {0};
    if (a)
        value = parsed(a, buf_str(&m->text));
    struct str name = json_text(json_get(&value, "method"));
    /* Names that the protocol has, and nothing that anybody wrote. */
    for (size_t i = 0; i < PL_COUNT(prefixes); i++)
        if (str_starts(name, str_of(prefixes[i])) && name.len < 48) {
            (void)fprintf(stderr, "postlint: " STR_FMT "\n", STR_ARG(name));
            return;
        }
}

static void handle_next(struct loop *l)
{
    struct message *m = pop(l);
    log_message(l, m);
    if (m->code)
        server_refuse(&l->server, m->code, m->why);
    else if (is_taken_back(l, m))
        server_cancel(&l->server, buf_str(&m->text));
    else
        server_handle(&l->server, buf_str(&m->text));
    free_message(m);
    send_out(l);
}

/* Diagnostics of posts at once, those of rule files after a pause. */
static void wait_for_more(struct loop *l)
{
    l->due = server_idle(&l->server, false);
    send_out(l);
    if (l->ended || read_in(l, l->due ? PAUSE : -1) || l->ended)
        return;
    (void)server_idle(&l->server, true);
    send_out(l);
}

static void run(struct loop *l)
{
    while (l->server.phase != PHASE_ENDED && !l->closed) {
        while (!l->ended && l->waiting < QUEUE_MAX && read_in(l, 0))
            ;
        send_out(l);
        if (l->first)
            handle_next(l);
        else if (l->ended)
            break;
        else
            wait_for_more(l);
    }
    if (l->server.phase != PHASE_ENDED && rpc_is_inside(&l->rpc))
        (void)fprintf(stderr, "postlint: the last message was cut off\n");
}

int lsp_run(const struct lsp_options *options)
{
    struct loop l = {.last = &l.first, .verbose = options->verbose};
    if (!server_open(&l.server, options))
        return 1;
    run(&l);
    while (l.first)
        free_message(pop(&l));
    rpc_free(&l.rpc);
    int status = l.server.status;
    server_close(&l.server);
    return status;
}
