/* SPDX-License-Identifier: MIT */
/* page.c - the rules as a page to read in a browser: what editors link to. */
#include <string.h>

#include "cli/cli.h"
#include "cli/page.h"

static const char head[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>postlint: the rules</title>\n"
    "<style>body{max-width:46em;margin:2em auto;padding:0 1em;"
    "font:1em/1.5 sans-serif}h2{font-size:1em;margin:2.5em 0 0}"
    "h2 code{font-weight:normal}:target{background:#fff3b0}</style>\n"
    "<h1>The rules of postlint</h1>\n"
    "<p>What was found is a reason to look again, not a verdict; and where nothing "
    "is found, that does not show that a post is safe.</p>\n";

static void add_text(struct buf *b, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            buf_add(b, STR("&amp;"));
        else if (*p == '<')
            buf_add(b, STR("&lt;"));
        else if (*p == '>')
            buf_add(b, STR("&gt;"));
        else if (*p == '"')
            buf_add(b, STR("&quot;"));
        else
            buf_addc(b, *p);
    }
}

static void add_line(
    struct buf *b, const char *open, const char *text, const char *close)
{
    buf_add(b, str_of(open));
    add_text(b, text);
    buf_add(b, str_of(close));
}

static void add_list(struct buf *b, const char *title,
    const char *const *items, size_t count)
{
    if (count == 0)
        return;
    buf_addf(b, "<p>%s:</p>\n<ul>\n", title);
    for (size_t i = 0; i < count; i++)
        add_line(b, "<li>", items[i], "</li>\n");
    buf_add(b, STR("</ul>\n"));
}

static void add_rule(struct buf *b, const struct pl_rule *r)
{
    add_line(b, "<h2 id=\"", r->id, "\">");
    add_text(b, r->summary);
    add_line(b, " <code>", r->id, "</code>");
    add_line(b, " (", r->level, ")</h2>\n");
    add_line(b, "<p>", r->why, "</p>\n");
    add_list(b, "Instead", r->tries, r->try_count);
    add_list(b, "Based on", r->sources, r->source_count);
    add_list(b, "Found in", r->flags, r->flag_count);
    add_list(b, "Not in", r->passes, r->pass_count);
}

void page_add(struct buf *b, struct pl_rules *rules)
{
    struct pl_rule rule;
    buf_add(b, str_of(head));
    for (size_t i = 0; pl_rule_at(rules, i, &rule); i++)
        add_rule(b, &rule);
    buf_add(b, STR("</html>\n"));
}
