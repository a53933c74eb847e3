/* SPDX-License-Identifier: MIT */
/*
 * action.c - what can be done about a finding: its fixes, and why it is there.
 *
 * Nothing is changed unasked. `source.fixAll` holds only edits whose rule says
 * that they keep the meaning; a finding's own menu has all of them.
 */
#include "base/attr.h"
#include "lsp/allow.h"
#include "lsp/command.h"
#include "lsp/diagnose.h"
#include "lsp/edit.h"
#include "lsp/handlers.h"

enum { TITLE_MAX = 60 }; /* bytes of a replacement shown in a menu */

struct menu {
    struct server *s;
    const struct judged *j;
    size_t beg, end;         /* bytes that are asked about */
    const struct json *only; /* kinds that are asked for; null: all */
};

/* `quickfix` is asked for by "quickfix" and "", not by "quickfix.x". */
static bool is_asked(const struct menu *m, struct str kind)
{
    if (!m->only || m->only->kind != JSON_KIND_LIST)
        return true;
    for (size_t i = 0; i < m->only->count; i++) {
        struct str o = json_text(&m->only->items[i]);
        if (o.len == 0 || (str_starts(kind, o) &&
                              (kind.len == o.len || kind.ptr[o.len] == '.')))
            return true;
    }
    return false;
}

/* ---- one action ------------------------------------------------------------------------ */

static struct str title_of(struct server *s, const char *what, const char *text)
{
    struct str all = str_of(text);
    size_t len = all.len;
    if (len <= TITLE_MAX)
        return arena_printf(s->a, "%s “%s”", what, text);
    for (len = TITLE_MAX; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
        len--;
    return arena_printf(
        s->a, "%s “" STR_FMT "…”", what, STR_ARG(str_part(all, 0, len)));
}

static struct str fix_title(struct server *s, const struct pl_fix *fix)
{
    if (fix->edit_count == 1)
        return title_of(
            s, fix->wording ? "Reword:" : "Replace by", fix->edits[0].text);
    return STR("Apply the rule's edits");
}

static void put_command(struct json_out *o, struct str title, const char *name)
{
    json_key(o, "title");
    json_put_text(o, title);
    json_key(o, "command");
    json_put_text(o, str_of(name));
    json_key(o, "arguments");
}

static void open_action(
    struct menu *m, struct str title, struct str kind, bool preferred)
{
    struct json_out *o = &m->s->json;
    json_open_map(o);
    json_key(o, "title");
    json_put_text(o, title);
    json_key(o, "kind");
    json_put_text(o, kind);
    if (preferred && m->s->client.preferred) {
        json_key(o, "isPreferred");
        json_put_bool(o, true);
    }
}

static void put_cause(struct menu *m, const struct pl_finding *f)
{
    struct json_out *o = &m->s->json;
    json_key(o, "diagnostics");
    json_open_list(o);
    put_finding(m->s, m->j, f);
    json_close_list(o);
}

/* An editor that knows commands alone sends the edit back to have it applied. */
static void put_fix(struct menu *m, struct str title, struct str kind,
    const struct pl_finding *f, const struct pl_edit *edits, size_t count,
    bool preferred)
{
    struct json_out *o = &m->s->json;
    if (m->s->client.literals) {
        open_action(m, title, kind, preferred);
        if (f)
            put_cause(m, f);
        json_key(o, "edit");
        put_edits(m->s, m->j->draft, m->j->lines, edits, count);
    } else {
        json_open_map(o);
        put_command(o, title, COMMAND_APPLY);
        json_open_list(o);
        put_edits(m->s, m->j->draft, m->j->lines, edits, count);
        json_close_list(o);
    }
    json_close_map(o);
}

/* A command that belongs to a finding; its arguments are to be written, then
   close_command(). */
static void open_command(struct menu *m, const struct pl_finding *f,
    struct str title, const char *name)
{
    struct json_out *o = &m->s->json;
    if (m->s->client.literals) {
        open_action(m, title, STR("quickfix"), false);
        put_cause(m, f);
        json_key(o, "command");
    }
    json_open_map(o);
    put_command(o, title, name);
    json_open_list(o);
}

static void close_command(struct menu *m)
{
    json_close_list(&m->s->json);
    json_close_map(&m->s->json);
    if (m->s->client.literals)
        json_close_map(&m->s->json);
}

static void put_explain(struct menu *m, const struct pl_finding *f)
{
    struct str title = arena_printf(m->s->a, "Explain %s", f->rule);
    open_command(m, f, title, COMMAND_EXPLAIN);
    json_put_text(&m->s->json, str_of(f->rule));
    close_command(m);
}

/* The words are read from the text when the command comes: they need not travel. */
static void put_allow(struct menu *m, const struct pl_finding *f)
{
    struct json_out *o = &m->s->json;
    struct str title =
        arena_printf(m->s->a, "Allow these words in .postlint.yaml");
    size_t beg, end;
    if (!m->s->client.applies || m->j->draft->path.len == 0 ||
        !allow_is_offered(f))
        return;
    finding_span(f, &beg, &end);
    open_command(m, f, title, COMMAND_ALLOW);
    json_open_map(o);
    json_key(o, "uri");
    json_put_text(o, buf_str(&m->j->draft->uri));
    json_key(o, "range");
    put_range(o, m->j->lines, m->s->client.unit, beg, end);
    json_key(o, "rule");
    json_put_text(o, str_of(f->rule));
    json_close_map(o);
    close_command(m);
}

/* ---- all of them ------------------------------------------------------------------------- */

static void put_of_finding(struct menu *m, const struct pl_finding *f)
{
    bool first = true;
    for (size_t i = 0; i < f->fix_count; i++) {
        const struct pl_fix *fix = &f->fixes[i];
        if (!fix_is_here(fix))
            continue;
        put_fix(m, fix_title(m->s, fix), STR("quickfix"), f, fix->edits,
            fix->edit_count, first);
        first = false;
    }
}

static bool is_touched(const struct menu *m, const struct pl_finding *f)
{
    size_t beg, end;
    finding_span(f, &beg, &end);
    return beg <= m->end && m->beg <= end;
}

static void put_quickfixes(struct menu *m)
{
    if (!is_asked(m, STR("quickfix")))
        return;
    for (size_t i = 0; i < m->j->found.count; i++)
        if (is_touched(m, &m->j->found.items[i]))
            put_of_finding(m, &m->j->found.items[i]);
    for (size_t i = 0; i < m->j->found.count; i++) {
        const struct pl_finding *f = &m->j->found.items[i];
        if (!is_touched(m, f) || f->support)
            continue;
        put_allow(m, f);
        put_explain(m, f);
    }
}

/* Findings come in the order of the text; where two edits meet the first stays. */
static void add_safe(
    const struct pl_finding *f, struct pl_edit *edits, size_t *count)
{
    for (size_t i = 0; i < f->fix_count; i++) {
        const struct pl_fix *fix = &f->fixes[i];
        size_t from = *count ? edits[*count - 1].byte_end : 0;
        bool fits = fix->safe && fix_is_here(fix);
        for (size_t k = 0; fits && k < fix->edit_count; k++) {
            fits = fix->edits[k].byte_beg >= from;
            from = fix->edits[k].byte_end;
        }
        for (size_t k = 0; fits && k < fix->edit_count; k++)
            edits[(*count)++] = fix->edits[k];
    }
}

static void put_fix_all(struct menu *m)
{
    static const struct str kind = STR_INIT("source.fixAll.postlint");
    size_t most = 0, count = 0;
    if (!is_asked(m, kind))
        return;
    for (size_t i = 0; i < m->j->found.count; i++)
        for (size_t k = 0; k < m->j->found.items[i].fix_count; k++)
            most += m->j->found.items[i].fixes[k].edit_count;
    struct pl_edit *edits = ARENA_NEW(m->s->a, struct pl_edit, most);
    for (size_t i = 0; i < m->j->found.count; i++)
        add_safe(&m->j->found.items[i], edits, &count);
    if (count > 0)
        put_fix(
            m, STR("Apply all safe edits"), kind, NULL, edits, count, false);
}

void on_action(
    struct server *s, const struct json *id, const struct json *params)
{
    struct judged j PL_DEFER(judged_free) = {0};
    struct draft *d = server_draft(s, id, params);
    struct menu m = {.s = s, .j = &j};
    if (!d)
        return;
    judge_draft(s, d, &j);
    m.only = json_get(json_get(params, "context"), "only");
    if (!read_range(json_get(params, "range"), j.lines, s->client.unit, &m.beg,
            &m.end)) {
        server_fail(s, id, CODE_PARAMS, "there is no range");
        return;
    }
    server_begin(s, id);
    json_open_list(&s->json);
    put_quickfixes(&m);
    put_fix_all(&m);
    json_close_list(&s->json);
    server_end(s);
}
