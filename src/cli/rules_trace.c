/* SPDX-License-Identifier: MIT */
/* rules_trace.c - how one rule judged one post. */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "cli/rules_tools.h"
#include "host/file.h"
#include "host/tty.h"

static void print(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)cli_write((struct str){text, len});
}

/* Says what may have been meant. */
static int unknown_rule(struct pl_rules *rules, const char *id)
{
    struct pl_rule r;
    const char *best = NULL;
    unsigned least = 8;
    for (size_t i = 0; pl_rule_at(rules, i, &r); i++) {
        unsigned distance = str_distance(str_of(id), str_of(r.id), 8);
        if (distance < least) {
            least = distance;
            best = r.id;
        }
    }
    return best ? cli_fail("no rule is called '%s': did you mean %s?", id, best)
                : cli_fail("no rule is called '%s'; postlint rules list shows "
                           "them all",
                      id);
}

static bool is_rule(struct pl_rules *rules, const char *id, bool *stable)
{
    struct pl_rule r;
    for (size_t i = 0; pl_rule_at(rules, i, &r); i++)
        if (strcmp(r.id, id) == 0) {
            *stable = strcmp(r.status, "stable") == 0;
            return true;
        }
    return false;
}

static int trace(struct pl_rules *rules, const char *id, const char *path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_scan_options o = {.trace_rule = id, .trace = print, .guides = true};
    struct pl_error error = {0};
    struct err err = {0};
    enum pl_show show;
    if (!cli_show(stdout, &show))
        return EXIT_FAILED;
    if (!path && tty_is(stdin))
        (void)fputs("Paste your draft, then press Ctrl-D.\n", stderr);
    if (!file_read(path ? path : "-", LIMIT_POST, &b, &err))
        return cli_fail("%s", err.msg);
    o.show_matches = show == PL_SHOW_FULL;
    struct pl_scanner *scanner = pl_scanner_new(rules, &error);
    struct pl_post post = {.name = "-", .text = b.ptr, .text_len = b.len};
    cli_profile(&post);
    bool good = scanner && pl_scanner_set(scanner, &o, &error) &&
        pl_scan(scanner, &post, NULL, NULL, &error);
    pl_scanner_free(scanner);
    return good ? EXIT_CLEAN : cli_fail_error(path, &error);
}

int tools_trace(const char *id, const char *path)
{
    bool stable = true;
    struct pl_rules *rules = cli_rules();
    if (!rules)
        return EXIT_FAILED;
    if (!is_rule(rules, id, &stable)) {
        int status = unknown_rule(rules, id);
        pl_rules_free(rules);
        return status;
    }
    /* One on trial runs only when it is asked for. */
    if (!stable && arg_select.count == 0) {
        pl_rules_free(rules);
        arg_select.items[arg_select.count++] = id;
        rules = cli_rules();
    }
    int status = rules ? trace(rules, id, path) : EXIT_FAILED;
    pl_rules_free(rules);
    return status;
}
