/* SPDX-License-Identifier: MIT */
/* cmd_explain.c - why a rule exists, and safer wording. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/page.h"

static bool arg_html;

static const struct opt options[] = {
    OPTIONS_RULES,
    {OPT_FLAG, 0, "html", NULL, "all rules as a page for a browser", &arg_html},
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

const struct opt_table explain_options = {options, PL_COUNT(options), NULL};

static void add_list(struct buf *b, const char *title,
    const char *const *items, size_t count)
{
    if (count == 0)
        return;
    buf_addf(b, "\n  %s\n", title);
    for (size_t i = 0; i < count; i++) {
        buf_add(b, STR("    - "));
        for (const char *p = items[i]; *p; p++) {
            buf_addc(b, *p == '\n' ? ' ' : *p);
        }
        buf_addc(b, '\n');
    }
}

static void add_rule(struct buf *b, const struct pl_rule *r)
{
    buf_addf(b, "%s (%s%s%s)\n  %s\n\n  Why: %s\n", r->id, r->level,
        strcmp(r->status, "stable") == 0 ? "" : ", ",
        strcmp(r->status, "stable") == 0 ? "" : r->status, r->summary, r->why);
    add_list(b, "Adds up (postlint-privacy(7) tells how):", r->scheme,
        r->scheme_count);
    add_list(b, "Safer:", r->tries, r->try_count);
    add_list(b, "Sources:", r->sources, r->source_count);
    add_list(b, "Found in:", r->flags, r->flag_count);
    add_list(b, "Not in:", r->passes, r->pass_count);
    buf_addf(b, "\n  Rule file: %s:%u\n\n", r->file, (unsigned)r->line);
}

/* ---- guides: cards of the positive side ---------------------------------------- */

static bool is_guide(const char *id)
{
    return strncmp(id, "guide/", 6) == 0;
}

static void add_guide(struct buf *b, const struct pl_rule *r)
{
    buf_addf(b, "%s\n  %s.\n\n  Why: %s\n", r->id, r->summary, r->why);
    add_list(b, "What to do:", r->tries, r->try_count);
    add_list(b, "Sources:", r->sources, r->source_count);
    add_list(b, "Shown with --guide for:", r->flags, r->flag_count);
    buf_addc(b, '\n');
}

static int list_guides(struct pl_rules *rules)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_rule rule;
    for (size_t i = 0; pl_rule_at(rules, i, &rule); i++)
        if (is_guide(rule.id))
            buf_addf(&b, "%-24s %s\n", rule.id, rule.summary);
    return b.len ? cli_write(buf_str(&b))
                 : cli_fail("these rules have no guides");
}

static bool is_under(const char *id, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(id, prefix, len) == 0 && (id[len] == '\0' || id[len] == '/');
}

static void add_cell(void *ctx, const char *column, const char *text)
{
    struct buf *b = ctx;
    if (*text)
        buf_addf(b, "  %s: %s\n", column, text);
    else if (strcmp(column, "compared") == 0)
        buf_add(b, STR("  compared: nobody has compared this row with its "
                       "source\n"));
    else if (strcmp(column, "reviewed-by") == 0)
        buf_add(b, STR("  reviewed by: no clinician has reviewed this row\n"));
}

/* "evidence:163", as a report names the row that decided; -1: no row is meant. */
static int explain_row(struct pl_rules *rules, const char *name)
{
    struct buf b PL_DEFER(buf_free) = {0};
    const char *colon = strrchr(name, ':');
    char table[64];
    uint32_t line = 0;
    if (!colon || colon == name || (size_t)(colon - name) >= sizeof table)
        return -1;
    for (const char *c = colon + 1; *c; c++) {
        if (!byte_is_digit(*c) || line > 9999999)
            return -1;
        line = line * 10 + (uint32_t)(*c - '0');
    }
    (void)snprintf(table, sizeof table, "%.*s", (int)(colon - name), name);
    buf_addf(&b, "%s\n", name);
    if (!pl_rules_row(rules, table, line, add_cell, &b))
        return cli_fail("no table has the row '%s'", name);
    buf_add(&b, STR("\n  This decides how loudly a post is questioned; it is "
                    "not clinical advice.\n\n"));
    return cli_write(buf_str(&b));
}

static int explain(struct pl_rules *rules, const char *prefix)
{
    int row = explain_row(rules, prefix);
    if (row >= 0)
        return row;
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_rule rule;
    static char heads[1024][64]; /* "privacy/age" of each id */
    const char *ids[2048];
    size_t count = 0, told = 0;

    for (size_t i = 0; pl_rule_at(rules, i, &rule); i++) {
        if (i < PL_COUNT(heads)) {
            const char *slash = strrchr(rule.id, '/');
            (void)snprintf(heads[i], sizeof heads[i], "%.*s",
                (int)(slash ? slash - rule.id : 0), rule.id);
            ids[count++] = heads[i];
            ids[count++] = rule.id;
        }
        if (!is_under(rule.id, prefix))
            continue;
        if (is_guide(rule.id))
            add_guide(&b, &rule);
        else
            add_rule(&b, &rule);
        told++;
    }
    if (told > 0)
        return cli_write(buf_str(&b));
    const char *guess = cli_guess(prefix, ids, count);
    return guess
        ? cli_fail(
              "no rule is called '%s': did you mean %s?", prefix, guess)
        : cli_fail("no rule is called '%s'; postlint rules list shows them all",
              prefix);
}

static int print_page(void)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_rules *rules = cli_rules();
    if (!rules)
        return EXIT_FAILED;
    page_add(&b, rules);
    pl_rules_free(rules);
    return b.failed ? cli_fail("out of memory") : cli_write(buf_str(&b));
}

int cmd_explain(int argc, char **argv)
{
    struct args args;
    int status = EXIT_CLEAN;
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_html && !arg_help)
        return args.count ? cli_fail("--html prints all rules and takes no id")
                          : print_page();
    if (arg_help || args.count == 0) {
        (void)fputs("usage: postlint explain ID...\n\n"
                    "ID is a group, group/name or a whole rule id; guide lists the\n"
                    "guides, guide/TOPIC shows one; TABLE:LINE is the row of a table\n"
                    "that decided, as a report names it.\n",
            arg_help ? stdout : stderr);
        return arg_help ? EXIT_CLEAN : EXIT_FAILED;
    }
    struct pl_rules *rules = cli_rules();
    if (!rules)
        return EXIT_FAILED;
    for (size_t i = 0; i < args.count && status == EXIT_CLEAN; i++)
        status = strcmp(args.items[i], "guide") == 0
            ? list_guides(rules)
            : explain(rules, args.items[i]);
    pl_rules_free(rules);
    return status;
}
