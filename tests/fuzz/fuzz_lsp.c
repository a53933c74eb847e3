/* SPDX-License-Identifier: MIT */
/*
 * fuzz_lsp.c - each line is a message to the language server.
 *
 * Whatever it says, what comes back is whole frames of JSON-RPC, an answer to each
 * request and none to anything else; no file is opened.
 */
#include <stdlib.h>
#include <string.h>

#include "lsp/rpc.h"
#include "lsp/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static const char pack_yaml[] = "pack: fuzz\nversion: 0.1.0\nlicence: CC0-1.0\n"
                                "postlint: 1\nsummary: \"of the fuzz target\"\n";
static const char rules_yaml[] =
    "postlint: 1\nrules:\n"
    "- id: disclosure/organisation/old-name\n"
    "  summary: An old name\n  level: warning\n"
    "  find: {old: {words: [st elsewhere => New General]}}\n"
    "  message: \"'{old}' is old.\"\n  why: \"One name.\"\n"
    "  sources: [{body: Us, title: Handbook}]\n"
    "  try: [{wording: \"{old.better}\"}]\n"
    "  edit: {old: \"{old.better}\"}\n  safe-edit: true\n"
    "  tests: {flags: [\"[[St Elsewhere]]\", \"a [[St Elsewhere]]\", "
    "\"b [[St Elsewhere]]\"], passes: [\"a\", \"b\", \"c\"]}\n";

static bool read_pack(struct arena *a, const char *path, struct pl_pack *pack,
    struct err *err)
{
    static const struct pl_source sources[] = {
        {"pack.yaml", pack_yaml, sizeof pack_yaml - 1},
        {"rules.yaml", rules_yaml, sizeof rules_yaml - 1}};
    (void)a;
    (void)path;
    (void)err;
    pack->sources = sources;
    pack->source_count = 2;
    return true;
}

static const char *no_choice(const char *option, size_t index)
{
    return strcmp(option, "platform") == 0 && index == 0 ? "x" : NULL;
}

/* Every frame is a message; how many are answers. */
static size_t check_out(struct server *s)
{
    struct rpc r = {0};
    struct str body;
    size_t answers = 0;
    rpc_feed(&r, buf_str(&s->out));
    while (rpc_next(&r, &body) == RPC_BODY) {
        struct arena *a PL_DEFER(arena_freep) = arena_new(0);
        struct json message;
        struct err err = {0};
        demand(a && json_parse(a, NULL, body, &message, &err));
        demand(str_eq(
            json_text(json_get(&message, "jsonrpc")), STR("2.0")));
        answers += json_get(&message, "method") == NULL;
    }
    demand(!rpc_is_inside(&r));
    rpc_free(&r);
    buf_clear(&s->out);
    return answers;
}

/* 1 for a request and for what is no message; else 0. */
static size_t answers_due(struct str line)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct json message;
    struct err err = {0};
    demand(a != NULL);
    if (!json_parse(a, NULL, line, &message, &err) ||
        message.kind != JSON_KIND_MAP)
        return 1;
    const struct json *id = json_get(&message, "id");
    const struct json *method = json_get(&message, "method");
    return (id && method) || (!id && !method) ||
        (method && method->kind != JSON_KIND_TEXT);
}

static void run(struct server *s, struct str script)
{
    while (script.len > 0 && s->phase != PHASE_ENDED) {
        struct str_cut cut = str_cut(script, '\n');
        script = cut.tail;
        server_handle(s, cut.head);
        demand(check_out(s) == answers_due(cut.head));
        if (server_idle(s, false))
            (void)server_idle(s, true);
        demand(check_out(s) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *packs[] = {"pack"};
    struct server s;
    struct lsp_options options = {.choice = no_choice, .read_pack = read_pack};
    options.settings.no_builtin = true;
    options.settings.packs = (struct texts){packs, 1};
    if (!server_open(&s, &options))
        return 0;
    run(&s, (struct str){(const char *)data, size});
    server_close(&s);
    return 0;
}
