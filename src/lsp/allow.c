/* SPDX-License-Identifier: MIT */
/*
 * allow.c - a finding is accepted in .postlint.yaml, as an edit of that file.
 *
 * The file is somebody's, with comments and an order of its own: what is new goes
 * in at the head of the map or list that it belongs to, and all else stays.
 *
 *     rules:                          rules:
 *       conduct/profanity: silent  ->   claims/cure: {allow: [{phrase: ...}]}
 *                                       conduct/profanity: silent
 *
 * A reason is needed, and is the author's: where the editor gave none it is asked.
 */
#include "lsp/allow.h"

#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "base/yaml.h"
#include "host/file.h"
#include "host/settings.h"
#include "lsp/uri.h"

/* ---- into the YAML ------------------------------------------------------------------- */

struct target {
    struct arena *a;
    struct str file;
    struct str rule, entry; /* "{phrase: ..., reason: ...}" */
};

static struct str quoted(struct arena *a, struct str s)
{
    struct buf b PL_DEFER(buf_free) = {0};
    buf_addc(&b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\')
            buf_addf(&b, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_addf(&b, "\\x%02X", (unsigned)c);
        else
            buf_addc(&b, (char)c);
    }
    buf_addc(&b, '"');
    return arena_copy(a, buf_str(&b));
}

/* libyaml's lines: a lone CR ends one, too. */
static size_t offset_of(const struct target *t, struct where at)
{
    size_t i = 0;
    for (uint32_t line = 1; line < at.line && i < t->file.len; i++)
        line += t->file.ptr[i] == '\n' ||
                (t->file.ptr[i] == '\r' && i + 1 < t->file.len &&
                    t->file.ptr[i + 1] != '\n');
    size_t offset = i + (at.col ? at.col - 1 : 0);
    return offset < t->file.len ? offset : t->file.len;
}

/* At the head of a map or list, before what stands in it. */
static struct allow_edit at_head(
    const struct target *t, const struct node *n, struct str text)
{
    size_t at = offset_of(t, n->at);
    bool flow = at < t->file.len && strchr("{[", t->file.ptr[at]);
    if (flow)
        return (struct allow_edit){at + 1, at + 1,
            n->count ? arena_printf(t->a, STR_FMT ", ", STR_ARG(text)) : text};
    uint32_t indent = n->at.col ? n->at.col - 1 : 0;
    return (struct allow_edit){at, at,
        arena_printf(t->a, "%s" STR_FMT "\n%*s",
            n->kind == NODE_LIST ? "- " : "", STR_ARG(text), (int)indent, "")};
}

static struct allow_edit at_end(const struct target *t, struct str text)
{
    bool open = t->file.len > 0 && t->file.ptr[t->file.len - 1] != '\n';
    return (struct allow_edit){t->file.len, t->file.len,
        arena_printf(t->a, "%s" STR_FMT, open ? "\n" : "", STR_ARG(text))};
}

/* A level that stands alone becomes a map with the level in it. */
static struct allow_edit in_place_of(
    const struct target *t, const struct node *level)
{
    size_t at = offset_of(t, level->at);
    size_t len = level->text.len + (level->quoted ? 2 : 0);
    return (struct allow_edit){at, at + len,
        arena_printf(t->a, "{level: " STR_FMT ", allow: [" STR_FMT "]}",
            STR_ARG(level->text), STR_ARG(t->entry))};
}

static struct allow_edit in_rule(const struct target *t, const struct node *n)
{
    const struct node *allow = node_get(n, "allow");
    if (n->kind == NODE_SCALAR)
        return in_place_of(t, n);
    if (allow && allow->kind == NODE_LIST)
        return at_head(t, allow, t->entry);
    return at_head(
        t, n, arena_printf(t->a, "allow: [" STR_FMT "]", STR_ARG(t->entry)));
}

static struct allow_edit in_root(const struct target *t, const struct node *n)
{
    const struct node *rules = node_get(n, "rules");
    struct str name = t->rule;
    struct str rule = arena_printf(t->a, STR_FMT ": {allow: [" STR_FMT "]}",
        STR_ARG(name), STR_ARG(t->entry));
    const struct node *own =
        rules ? node_get(rules, arena_copy(t->a, name).ptr) : NULL;
    if (own)
        return in_rule(t, own);
    if (rules && rules->kind == NODE_MAP)
        return at_head(t, rules, rule);
    size_t at = offset_of(t, n->at);
    if (at < t->file.len && t->file.ptr[at] == '{')
        return at_head(
            t, n, arena_printf(t->a, "rules: {" STR_FMT "}", STR_ARG(rule)));
    return at_end(
        t, arena_printf(t->a, "rules:\n  " STR_FMT "\n", STR_ARG(rule)));
}

/* Nothing but blanks and comments. */
static bool is_empty(struct str file)
{
    while (file.len > 0) {
        struct str_cut cut = str_cut(file, '\n');
        struct str line = str_trim(cut.head);
        if (line.len > 0 && line.ptr[0] != '#')
            return false;
        file = cut.tail;
    }
    return true;
}

bool allow_insert(struct arena *a, struct str file, struct str rule,
    struct str phrase, struct str reason, struct allow_edit *edit)
{
    struct target t = {a, file, rule,
        arena_printf(a, "{phrase: " STR_FMT ", reason: " STR_FMT "}",
            STR_ARG(quoted(a, phrase)), STR_ARG(quoted(a, reason)))};
    struct problems problems = {.arena = a};
    if (is_empty(file)) {
        *edit = at_end(&t,
            arena_printf(a,
                "postlint: 1\nrules:\n  " STR_FMT ": {allow: [" STR_FMT "]}\n",
                STR_ARG(rule), STR_ARG(t.entry)));
        return true;
    }
    const struct node *root = yaml_parse(a, ".postlint.yaml", file, &problems);
    if (!root || problems.errors || root->kind != NODE_MAP)
        return false;
    *edit = in_root(&t, root);
    return true;
}

/* ---- to the editor ------------------------------------------------------------------------ */

bool allow_is_offered(const struct pl_finding *f)
{
    /* A name or number in a settings file would be told to all who read it. */
    bool names_somebody = strncmp(f->rule, "privacy/", 8) == 0 &&
                          strncmp(f->rule, "privacy/location/", 17) != 0;
    return !f->support && !f->masked && !names_somebody;
}

struct request { /* kept while the author is asked for a reason */
    struct str path, rule, phrase;
};

static struct str project_file(struct server *s, struct str path)
{
    const struct lens *l = server_lens(s, path);
    if (l->project.len)
        return arena_copy(s->a, buf_str(&l->project));
    bool below = s->root && str_starts(path, str_of(s->root));
    return arena_printf(s->a, STR_FMT "/.postlint.yaml",
        STR_ARG(below ? str_of(s->root) : path_folder(s->a, path)));
}

/* An open text of that file, whatever links its address has. */
static struct draft *open_file(struct server *s, struct str file)
{
    for (struct draft *d = s->drafts.first; d; d = d->next) {
        struct str path = buf_str(&d->path);
        if (d->kind == DRAFT_SETTINGS &&
            str_eq(
                arena_printf(s->a, STR_FMT "/" STR_FMT,
                    STR_ARG(settings_folder(s->a, path_folder(s->a, path).ptr)),
                    STR_ARG(path_name(path))),
                file))
            return d;
    }
    return NULL;
}

struct settings_text {
    struct str uri, text;
    int64_t version;
    bool open, is_new;
};

static void read_settings(
    struct server *s, struct str file, struct settings_text *to)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct err err = {0};
    const struct draft *d = open_file(s, file);
    if (d) {
        *to = (struct settings_text){.uri = buf_str(&d->uri),
            .text = buf_str(&d->text),
            .version = d->version,
            .open = true};
        return;
    }
    *to = (struct settings_text){.uri = uri_of(s->a, file)};
    to->is_new = !file_read(file.ptr, LIMIT_SOURCE, &b, &err);
    to->text = to->is_new ? STR("") : arena_copy(s->a, buf_str(&b));
}

static void put_text_edit(
    struct server *s, struct str text, const struct allow_edit *edit)
{
    struct json_out *o = &s->json;
    struct pl_lines *lines = pl_lines_new(text.len ? text.ptr : "", text.len);
    if (!lines)
        arena_fail(s->a);
    json_open_list(o);
    json_open_map(o);
    json_key(o, "range");
    put_range(o, lines, s->client.unit, edit->beg, edit->end);
    json_key(o, "newText");
    json_put_text(o, edit->text);
    json_close_map(o);
    json_close_list(o);
    pl_lines_free(lines);
}

static void put_create(struct json_out *o, struct str uri)
{
    json_open_map(o);
    json_key(o, "kind");
    json_put_text(o, STR("create"));
    json_key(o, "uri");
    json_put_text(o, uri);
    json_key(o, "options");
    json_open_map(o);
    json_key(o, "ignoreIfExists");
    json_put_bool(o, true);
    json_close_map(o);
    json_close_map(o);
}

static void put_changes(struct server *s, const struct settings_text *file,
    const struct allow_edit *edit)
{
    struct json_out *o = &s->json;
    if (!s->client.versioned || (file->is_new && !s->client.creates)) {
        json_key(o, "changes");
        json_open_map(o);
        json_key(o, arena_copy(s->a, file->uri).ptr);
        put_text_edit(s, file->text, edit);
        json_close_map(o);
        return;
    }
    json_key(o, "documentChanges");
    json_open_list(o);
    if (file->is_new)
        put_create(o, file->uri);
    json_open_map(o);
    json_key(o, "textDocument");
    json_open_map(o);
    json_key(o, "uri");
    json_put_text(o, file->uri);
    json_key(o, "version");
    if (file->open)
        json_put_int(o, file->version);
    else
        json_put_null(o);
    json_close_map(o);
    json_key(o, "edits");
    put_text_edit(s, file->text, edit);
    json_close_map(o);
    json_close_list(o);
}

static void apply(struct server *s, const struct request *r, struct str reason)
{
    struct json_out *o = &s->json;
    struct settings_text file;
    struct allow_edit edit;
    read_settings(s, project_file(s, r->path), &file);
    if (!allow_insert(s->a, file.text, r->rule, r->phrase, reason, &edit)) {
        server_show(s, 1,
            STR("the settings file has errors: mend them first, then allow"));
        return;
    }
    server_request(s, "workspace/applyEdit", NULL, STR(""));
    json_key(o, "params");
    json_open_map(o);
    json_key(o, "label");
    json_put_text(o, STR("Allow in .postlint.yaml"));
    json_key(o, "edit");
    json_open_map(o);
    put_changes(s, &file, &edit);
    json_close_map(o);
    json_close_map(o);
    server_end(s);
}

/* ---- the reason ------------------------------------------------------------------------------ */

static const char *const reasons[] = {
    "our own name",
    "quoted, and answered in the post",
    "its evidence is linked in the post",
    "consent is on record",
    "reviewed by a colleague",
};

static void take_reason(
    struct server *s, struct str data, const struct json *result)
{
    struct str reason = json_text(json_get(result, "title"));
    struct str_cut path = str_cut(data, '\0');
    struct str_cut rule = str_cut(path.tail, '\0');
    struct request r = {path.head, rule.head, rule.tail};
    if (reason.len > 0)
        apply(s, &r, reason);
}

static void ask_reason(struct server *s, const struct request *r)
{
    struct json_out *o = &s->json;
    struct buf data PL_DEFER(buf_free) = {0};
    buf_add(&data, r->path);
    buf_addc(&data, '\0');
    buf_add(&data, r->rule);
    buf_addc(&data, '\0');
    buf_add(&data, r->phrase);
    server_request(s, "window/showMessageRequest", take_reason, buf_str(&data));
    json_key(o, "params");
    json_open_map(o);
    json_key(o, "type");
    json_put_int(o, 3);
    json_key(o, "message");
    json_put_text(o,
        arena_printf(s->a,
            "Why is this allowed? The reason goes into .postlint.yaml with %s.",
            arena_copy(s->a, r->rule).ptr));
    json_key(o, "actions");
    json_open_list(o);
    for (size_t i = 0; i < PL_COUNT(reasons); i++) {
        json_open_map(o);
        json_key(o, "title");
        json_put_text(o, str_of(reasons[i]));
        json_close_map(o);
    }
    json_close_list(o);
    json_close_map(o);
    server_end(s);
}

static const struct json *argument(const struct json *params, size_t index)
{
    const struct json *list = json_get(params, "arguments");
    return list && list->kind == JSON_KIND_LIST && index < list->count
               ? &list->items[index]
               : NULL;
}

static bool read_request(
    struct server *s, const struct json *from, struct request *r)
{
    struct str uri = json_text(json_get(from, "uri"));
    const struct draft *d = draft_find(&s->drafts, uri);
    size_t beg = 0, end = 0;
    if (!d || d->path.len == 0)
        return false;
    struct pl_lines *lines = server_lines(s, d);
    bool good =
        read_range(json_get(from, "range"), lines, s->client.unit, &beg, &end);
    pl_lines_free(lines);
    r->path = arena_copy(s->a, buf_str(&d->path));
    r->rule = json_text(json_get(from, "rule"));
    r->phrase = arena_copy(s->a, str_part(buf_str(&d->text), beg, end));
    return good && r->phrase.len > 0 && r->rule.len > 0;
}

void run_allow(
    struct server *s, const struct json *id, const struct json *params)
{
    struct request r;
    struct str reason = str_trim(json_text(argument(params, 1)));
    if (!s->client.applies || !read_request(s, argument(params, 0), &r)) {
        server_fail(s, id, CODE_PARAMS,
            "postlint.allow takes {uri, range, rule} of an open file");
        return;
    }
    server_null(s, id);
    if (reason.len > 0)
        apply(s, &r, reason);
    else
        ask_reason(s, &r);
}
