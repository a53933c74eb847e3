/* SPDX-License-Identifier: MIT */
/* hover.c - why a word is underlined, and what to write instead. */
#include "lsp/hover.h"

#include <string.h>

#include "base/attr.h"
#include "lsp/diagnose.h"
#include "lsp/handlers.h"

/* What Markdown would read as markup, in words that are none. */
static void add_text(struct buf *b, const char *text, bool markdown)
{
    for (const char *p = text; *p; p++) {
        if (markdown && strchr("\\`*_{}[]<>#|~", *p))
            buf_addc(b, '\\');
        buf_addc(b, *p);
    }
}

static void add_items(struct buf *b, const char *title,
    const char *const *items, size_t count, bool markdown)
{
    if (count == 0)
        return;
    buf_addf(b, markdown ? "\n\n*%s*\n" : "\n\n%s", title);
    for (size_t i = 0; i < count; i++) {
        buf_add(b, STR("\n- "));
        add_text(b, items[i], markdown);
    }
}

void hover_add(struct buf *b, const struct hover *h, bool markdown)
{
    buf_add(b, markdown ? STR("**") : STR(""));
    add_text(b, h->title, markdown);
    buf_add(b, markdown ? STR("**\n\n") : STR("\n\n"));
    add_text(b, h->why, markdown);
    add_items(b, "Instead", h->tries, h->try_count, markdown);
    add_items(b, "Based on", h->sources, h->source_count, markdown);
    if (h->rule)
        buf_addf(b, markdown ? "\n\n`%s`" : "\n\n%s", h->rule);
}

static void add_finding(
    struct buf *b, const struct pl_finding *f, bool markdown)
{
    struct hover h = {
        .title = f->message,
        .why = f->why,
        .tries = f->tries,
        .try_count = f->try_count,
        .sources = f->sources,
        .source_count = f->support ? 0 : f->source_count,
        .rule = f->support ? NULL : f->rule,
    };
    if (b->len)
        buf_add(b, markdown ? STR("\n\n---\n\n") : STR("\n\n"));
    hover_add(b, &h, markdown);
}

static void put_hover(struct server *s, const struct judged *j,
    const struct buf *text, size_t beg, size_t end)
{
    struct json_out *o = &s->json;
    json_open_map(o);
    json_key(o, "contents");
    json_open_map(o);
    json_key(o, "kind");
    json_put_text(o, s->client.markdown ? STR("markdown") : STR("plaintext"));
    json_key(o, "value");
    json_put_text(o, buf_str(text));
    json_close_map(o);
    json_key(o, "range");
    put_range(o, j->lines, s->client.unit, beg, end);
    json_close_map(o);
}

void on_hover(
    struct server *s, const struct json *id, const struct json *params)
{
    struct judged j PL_DEFER(judged_free) = {0};
    struct buf text PL_DEFER(buf_free) = {0};
    struct draft *d = server_draft(s, id, params);
    size_t at = 0, beg = 0, end = 0;
    if (!d)
        return;
    judge_draft(s, d, &j);
    if (!read_position(
            json_get(params, "position"), j.lines, s->client.unit, &at)) {
        server_fail(s, id, CODE_PARAMS, "there is no position");
        return;
    }
    for (size_t i = 0; i < j.found.count; i++) {
        size_t from, to;
        finding_span(&j.found.items[i], &from, &to);
        if (at < from || at > to)
            continue;
        beg = text.len && beg < from ? beg : from;
        end = end > to ? end : to;
        add_finding(&text, &j.found.items[i], s->client.markdown);
    }
    if (text.len == 0) {
        server_null(s, id);
        return;
    }
    server_begin(s, id);
    put_hover(s, &j, &text, beg, end);
    server_end(s);
}
