/* SPDX-License-Identifier: MIT */
/* command.c - what the editor can have done by name. */
#include "lsp/command.h"

#include <string.h>

#include "base/attr.h"
#include "lsp/allow.h"
#include "lsp/handlers.h"
#include "lsp/hover.h"

static const struct json *argument(const struct json *params, size_t index)
{
    const struct json *list = json_get(params, "arguments");
    return list && list->kind == JSON_KIND_LIST && index < list->count
               ? &list->items[index]
               : NULL;
}

/* postlint.apply(WorkspaceEdit): for editors that know no code actions but
   commands; it is handed back as it came. */
static void run_apply(
    struct server *s, const struct json *id, const struct json *params)
{
    const struct json *edit = argument(params, 0);
    if (!edit || edit->kind != JSON_KIND_MAP) {
        server_fail(s, id, CODE_PARAMS, "postlint.apply takes an edit");
        return;
    }
    server_null(s, id);
    server_request(s, "workspace/applyEdit", NULL, STR(""));
    json_key(&s->json, "params");
    json_open_map(&s->json);
    json_key(&s->json, "edit");
    json_put_source(&s->json, edit->source);
    json_close_map(&s->json);
    server_end(s);
}

static bool find_rule(struct server *s, struct str name, struct pl_rule *rule)
{
    /* A rule may be of a pack that only some folders have. */
    (void)server_lens(s, STR(""));
    for (struct lens *l = s->lenses.first; l; l = l->next)
        for (size_t i = 0; l->rules && pl_rule_at(l->rules, i, rule); i++)
            if (str_eqz(name, rule->id))
                return true;
    return false;
}

/* postlint.explain(id): shows the rule, and answers with its text. */
static void run_explain(
    struct server *s, const struct json *id, const struct json *params)
{
    struct buf text PL_DEFER(buf_free) = {0};
    struct pl_rule rule;
    if (!find_rule(s, json_text(argument(params, 0)), &rule)) {
        server_fail(s, id, CODE_PARAMS, "no rule is called that");
        return;
    }
    struct hover h = {
        .title = rule.summary,
        .why = rule.why,
        .tries = rule.tries,
        .try_count = rule.try_count,
        .sources = rule.sources,
        .source_count = rule.source_count,
        .rule = rule.id,
    };
    hover_add(&text, &h, false);
    server_show(s, 3, buf_str(&text));
    server_begin(s, id);
    json_put_text(&s->json, buf_str(&text));
    server_end(s);
}

/* postlint.reload(): rules and settings are read anew. */
static void run_reload(
    struct server *s, const struct json *id, const struct json *params)
{
    (void)params;
    server_reload(s);
    server_null(s, id);
}

static const struct {
    const char *name;
    handler *run;
} commands[] = {
    {COMMAND_APPLY, run_apply},
    {COMMAND_EXPLAIN, run_explain},
    {COMMAND_ALLOW, run_allow},
    {COMMAND_RELOAD, run_reload},
};

size_t command_names(const char **names)
{
    for (size_t i = 0; i < PL_COUNT(commands); i++)
        names[i] = commands[i].name;
    return PL_COUNT(commands);
}

void on_command(
    struct server *s, const struct json *id, const struct json *params)
{
    struct str name = json_text(json_get(params, "command"));
    for (size_t i = 0; i < PL_COUNT(commands); i++)
        if (str_eqz(name, commands[i].name)) {
            commands[i].run(s, id, params);
            return;
        }
    server_fail(s, id, CODE_PARAMS, "no command is called that");
}
