/* SPDX-License-Identifier: MIT */
/* cmd_baseline.c - known findings on record, without a word of their text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "cli/drafts.h"
#include "host/file.h"
#include "host/settings.h"

static const char *arg_reason;

static const struct opt options[] = {
    {OPT_TEXT, 0, "baseline", "FILE",
        "the record (that of the settings, or .postlint-baseline)",
        &arg_baseline},
    {OPT_TEXT, 0, "reason", "TEXT", "why these may stay (known when first "
                                    "recorded)",
        &arg_reason},
    OPTIONS_SETTINGS,
    OPTIONS_PROFILE,
    OPTIONS_RULES,
    OPTIONS_DRAFTS,
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

static const char *word(size_t index)
{
    static const char *const words[] = {"write", "prune", "show"};
    return index < PL_COUNT(words) ? words[index] : NULL;
}

const struct opt_table baseline_options = {options, PL_COUNT(options), word};

struct record {
    struct lookup lookup;
    struct pl_baseline *lines;
    const char *path;
    char today[SETTINGS_DAY];
    const char *reason;
    bool only_mark; /* prune: nothing new is put on record */
    size_t added, refused;
    bool failed;
};

/* ---- the file ------------------------------------------------------------------------- */

static bool open_record(struct record *r, bool must_exist)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_error error = {0};
    struct err err = {0};
    struct context *here = lookup_here(&r->lookup);
    if (!here)
        return false;
    r->path = here->baseline_path.len ? here->baseline_path.ptr
                                      : ".postlint-baseline";
    if (!cli_is_file(r->path)) {
        if (must_exist)
            return cli_fail("there is no baseline %s", r->path) == EXIT_CLEAN;
    } else if (!file_read(r->path, LIMIT_POST_MAX, &b, &err)) {
        return cli_fail("%s", err.msg) == EXIT_CLEAN;
    }
    r->lines = pl_baseline_new(b.ptr, b.len, &error);
    return r->lines || cli_fail_error(r->path, &error) == EXIT_CLEAN;
}

static int save(struct record *r)
{
    struct pl_error error = {0};
    struct err err = {0};
    char *text;
    size_t len;
    if (!pl_baseline_text(r->lines, &text, &len, &error))
        return cli_fail_error(r->path, &error);
    bool good = file_write(r->path, (struct str){text, len}, &err);
    free(text);
    return good ? EXIT_CLEAN : cli_fail("%s", err.msg);
}

/* ---- write and prune --------------------------------------------------------------------- */

static void take_post(void *ctx, struct context *context,
    const struct pl_post *post, const struct pl_error *error)
{
    struct record *r = ctx;
    struct pl_error mine = {0};
    (void)post;
    r->failed |= error != NULL;
    if (r->only_mark)
        pl_baseline_mark(r->lines, context->scanner);
    else if (!pl_baseline_add(r->lines, context->scanner, r->today, r->reason,
            &r->added, &r->refused, &mine)) {
        cli_fail_error(r->path, &mine);
        r->failed = true;
    }
}

static void take_failure(
    void *ctx, const char *name, const struct pl_error *error)
{
    struct record *r = ctx;
    (void)name;
    (void)error;
    r->failed = true;
}

static void judge(struct record *r, const struct args *args)
{
    struct drafts drafts = {&r->lookup, take_post, take_failure, r};
    drafts_walk(&drafts, args);
}

static int write_record(struct record *r, const struct args *args)
{
    if (!open_record(r, false))
        return EXIT_FAILED;
    judge(r, args);
    if (r->failed)
        return cli_fail("not everything could be judged: %s stays as it is",
            r->path);
    if (save(r) != EXIT_CLEAN)
        return EXIT_FAILED;
    if (!arg_quiet)
        (void)fprintf(stderr, "%s: %zu new\n", r->path, r->added);
    if (r->refused)
        (void)cli_fail("%zu findings of locked rules are not put on record",
            r->refused);
    return EXIT_CLEAN;
}

/* What is judged now is all that there is: the rest is history. */
static int prune_record(struct record *r, const struct args *args)
{
    struct pl_baseline_line line;
    size_t left = 0;
    if (!open_record(r, true))
        return EXIT_FAILED;
    r->only_mark = true;
    judge(r, args);
    if (r->failed)
        return cli_fail("not everything could be judged: %s stays as it is",
            r->path);
    size_t gone = pl_baseline_prune(r->lines);
    while (pl_baseline_at(r->lines, left, &line))
        left++;
    if (save(r) != EXIT_CLEAN)
        return EXIT_FAILED;
    if (!arg_quiet)
        (void)fprintf(stderr, "%s: %zu gone, %zu left\n", r->path, gone, left);
    return EXIT_CLEAN;
}

/* ---- show ------------------------------------------------------------------------------------ */

static int show_record(struct record *r)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_baseline_line line;
    size_t count = 0;
    if (!open_record(r, true))
        return EXIT_FAILED;
    for (; pl_baseline_at(r->lines, count, &line); count++)
        buf_addf(&b, "%s %s %s %016llx %s\n", line.date, line.level, line.rule,
            (unsigned long long)line.fingerprint, line.reason);
    if (!arg_quiet)
        (void)fprintf(stderr, "%s: %zu on record\n", r->path, count);
    return cli_write(buf_str(&b));
}

/* ---- the command ------------------------------------------------------------------------------ */

static void help(void)
{
    (void)puts("usage: postlint baseline write [OPTION]... [FILE|FOLDER|-]...\n"
               "       postlint baseline prune [OPTION]... [FILE|FOLDER|-]...\n"
               "       postlint baseline show\n\n"
               "Puts findings of these drafts on record, so that check tells "
               "what is new;\ndrops from the record what these drafts no "
               "longer hold; shows it. A record\nholds no text.\n");
    opt_help(options, PL_COUNT(options));
}

static int run(struct record *r, const char *what, const struct args *args)
{
    if (strcmp(what, "write") == 0)
        return write_record(r, args);
    if (strcmp(what, "prune") == 0)
        return prune_record(r, args);
    if (strcmp(what, "show") == 0)
        return show_record(r);
    return cli_fail("baseline knows write, prune and show, not '%s'", what);
}

int cmd_baseline(int argc, char **argv)
{
    struct args args;
    struct record r = {0};
    enum pl_level ignored;
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help || args.count == 0) {
        help();
        return arg_help ? EXIT_CLEAN : EXIT_FAILED;
    }
    if (!cli_check_profile() || !cli_is_choice("input", arg_input) ||
        !cli_level(arg_fail_on, PL_WARNING, &ignored) || !lookup_open(&r.lookup))
        return EXIT_FAILED;
    const char *what = args.items[0];
    struct args rest = {args.items + 1, args.count - 1};
    settings_today(r.today);
    r.reason = arg_reason && arg_reason[0] ? arg_reason
                                           : "known when first recorded";
    r.lookup.quiet = arg_quiet;
    int status = run(&r, what, &rest);
    pl_baseline_free(r.lines);
    lookup_close(&r.lookup);
    return status;
}
