/* SPDX-License-Identifier: MIT */
/* start.c - how a session begins and ends, and what it is told to judge by. */
#include "base/attr.h"
#include "lsp/command.h"
#include "lsp/handlers.h"
#include "lsp/uri.h"

static void put_flag(struct json_out *o, const char *key, bool value)
{
    json_key(o, key);
    json_put_bool(o, value);
}

static void put_words(
    struct json_out *o, const char *key, const char *const *words, size_t count)
{
    json_key(o, key);
    json_open_list(o);
    for (size_t i = 0; i < count; i++)
        json_put_text(o, str_of(words[i]));
    json_close_list(o);
}

static void put_sync(struct json_out *o)
{
    json_key(o, "textDocumentSync");
    json_open_map(o);
    put_flag(o, "openClose", true);
    json_key(o, "change");
    json_put_int(o, 2); /* incremental; a whole text is taken too */
    json_key(o, "save");
    json_open_map(o);
    put_flag(o, "includeText", false);
    json_close_map(o);
    json_close_map(o);
}

static void put_pull(struct json_out *o)
{
    json_key(o, "diagnosticProvider");
    json_open_map(o);
    json_key(o, "identifier");
    json_put_text(o, STR("postlint"));
    put_flag(o, "interFileDependencies", false);
    put_flag(o, "workspaceDiagnostics", false);
    json_close_map(o);
}

static void put_folders(struct json_out *o)
{
    json_key(o, "workspace");
    json_open_map(o);
    json_key(o, "workspaceFolders");
    json_open_map(o);
    put_flag(o, "supported", true);
    put_flag(o, "changeNotifications", true);
    json_close_map(o);
    json_close_map(o);
}

static void put_capabilities(const struct server *s, struct json_out *o)
{
    static const char *const kinds[] = {"quickfix", "source.fixAll.postlint"};
    const char *commands[COMMANDS_MAX];
    size_t count = command_names(commands);
    if (s->client.encodings) {
        json_key(o, "positionEncoding");
        json_put_text(
            o, s->client.unit == PL_BYTES ? STR("utf-8") : STR("utf-16"));
    }
    put_sync(o);
    if (s->client.pulls)
        put_pull(o);
    put_flag(o, "hoverProvider", true);
    json_key(o, "codeActionProvider");
    json_open_map(o);
    put_words(o, "codeActionKinds", kinds, PL_COUNT(kinds));
    json_close_map(o);
    json_key(o, "executeCommandProvider");
    json_open_map(o);
    put_words(o, "commands", commands, count);
    json_close_map(o);
    put_folders(o);
}

/* The first folder, else what older editors send. */
static void take_root(struct server *s, const struct json *params)
{
    const struct json *folders = json_get(params, "workspaceFolders");
    struct str uri = json_text(json_get(params, "rootUri"));
    if (folders && folders->kind == JSON_KIND_LIST && folders->count > 0)
        uri = json_text(json_get(&folders->items[0], "uri"));
    struct str path = uri_path(s->a, uri);
    if (path.len == 0)
        path = json_text(json_get(params, "rootPath"));
    s->root = path.len ? arena_copy(s->kept, path).ptr : NULL;
}

static void keep(struct buf *to, const struct json *value)
{
    buf_clear(to);
    if (value)
        buf_add(to, value->source);
}

void on_initialize(
    struct server *s, const struct json *id, const struct json *params)
{
    if (s->phase != PHASE_NEW) {
        server_fail(s, id, CODE_REQUEST, "the session is initialized already");
        return;
    }
    s->phase = PHASE_RUNNING;
    client_read(&s->client, json_get(params, "capabilities"));
    take_root(s, params);
    keep(&s->started, json_get(params, "initializationOptions"));
    server_begin(s, id);
    json_open_map(&s->json);
    json_key(&s->json, "capabilities");
    json_open_map(&s->json);
    put_capabilities(s, &s->json);
    json_close_map(&s->json);
    json_key(&s->json, "serverInfo");
    json_open_map(&s->json);
    json_key(&s->json, "name");
    json_put_text(&s->json, STR("postlint"));
    json_key(&s->json, "version");
    json_put_text(&s->json, str_of(pl_version()));
    json_close_map(&s->json);
    json_close_map(&s->json);
    server_end(s);
    server_apply_settings(s);
}

static void put_watcher(struct json_out *o, const char *glob)
{
    json_open_map(o);
    json_key(o, "globPattern");
    json_put_text(o, str_of(glob));
    json_close_map(o);
}

static void watch_files(struct server *s)
{
    struct json_out *o = &s->json;
    server_request(s, "client/registerCapability", NULL, STR(""));
    json_key(o, "params");
    json_open_map(o);
    json_key(o, "registrations");
    json_open_list(o);
    json_open_map(o);
    json_key(o, "id");
    json_put_text(o, STR("files"));
    json_key(o, "method");
    json_put_text(o, STR("workspace/didChangeWatchedFiles"));
    json_key(o, "registerOptions");
    json_open_map(o);
    json_key(o, "watchers");
    json_open_list(o);
    put_watcher(o, "**/.postlint.yaml");
    put_watcher(o, "**/*.{yaml,yml,tsv,txt}"); /* rules and word lists */
    json_close_list(o);
    json_close_map(o);
    json_close_map(o);
    json_close_list(o);
    json_close_map(o);
    server_end(s);
}

static void take_given(
    struct server *s, struct str data, const struct json *result)
{
    (void)data;
    if (!result || result->kind != JSON_KIND_LIST || result->count == 0)
        return;
    keep(&s->given, &result->items[0]);
    server_apply_settings(s);
}

static void ask_settings(struct server *s)
{
    struct json_out *o = &s->json;
    server_request(s, "workspace/configuration", take_given, STR(""));
    json_key(o, "params");
    json_open_map(o);
    json_key(o, "items");
    json_open_list(o);
    json_open_map(o);
    json_key(o, "section");
    json_put_text(o, STR("postlint"));
    json_close_map(o);
    json_close_list(o);
    json_close_map(o);
    server_end(s);
}

void on_initialized(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)id;
    (void)params;
    if (s->client.watches)
        watch_files(s);
    if (s->client.configures)
        ask_settings(s);
}

void on_shutdown(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)params;
    s->phase = PHASE_SHUT;
    server_null(s, id);
}

/* ---- settings -------------------------------------------------------------------------- */

/* Editors send {"postlint": {...}} or what stands in it. */
static const struct json *own_part(const struct json *settings)
{
    const struct json *own = json_get(settings, "postlint");
    return own ? own : settings;
}

static void lay(struct server *s, struct arena *a, const struct buf *from,
    struct settings *to, struct buf *wrong)
{
    struct json value;
    struct err err = {0};
    if (from->len > 0 && json_parse(a, NULL, buf_str(from), &value, &err))
        settings_read(to, a, own_part(&value), s->options->choice, wrong);
}

void server_apply_settings(struct server *s)
{
    struct buf wrong PL_DEFER(buf_free) = {0};
    struct arena *kept = arena_new(0);
    struct settings settings = s->options->settings;
    if (!kept)
        arena_fail(s->a);
    s->root = s->root ? arena_copy(kept, str_of(s->root)).ptr : NULL;
    lay(s, kept, &s->started, &settings, &wrong);
    lay(s, kept, &s->given, &settings, &wrong);
    s->settings = settings;
    arena_free(s->kept);
    s->kept = kept;
    server_reload(s);
    if (wrong.len > 0)
        server_show(s, 2, buf_str(&wrong));
}

void on_configuration(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)id;
    if (s->client.configures) {
        ask_settings(s);
        return;
    }
    keep(&s->given, json_get(params, "settings"));
    server_apply_settings(s);
}
