/* SPDX-License-Identifier: MIT */
/* cmd_check.c - judge drafts; what postlint does when nothing else is asked. */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "cli/drafts.h"
#include "host/dir.h"
#include "host/file.h"
#include "host/tty.h"

static const char *arg_colour, *arg_trace, *arg_diff;
static struct opt_list arg_format, arg_output;
static size_t arg_width;
static bool arg_guide;

static const struct opt options[] = {
    {OPT_LIST, 'f', "format", "NAME",
        "pretty on a terminal, else compact; the others are below",
        &arg_format},
    {OPT_LIST, 'o', "output", "[FORMAT=]FILE",
        "write there instead; may be given several times", &arg_output},
    OPTIONS_PROFILE,
    OPTIONS_RULES,
    OPTIONS_SETTINGS,
    {OPT_TEXT, 0, "baseline", "FILE",
        "findings on record, which are not told (postlint baseline)",
        &arg_baseline},
    {OPT_TEXT, 0, "diff", "FILE",
        "judge what a git patch with full context adds (git postlint)",
        &arg_diff},
    OPTIONS_DRAFTS,
    {OPT_FLAG, 0, "guide", NULL, "a positive guide where nothing is found",
        &arg_guide},
    OPTION_SHOW,
    {OPT_TEXT, 0, "trace", "ID", "show how a rule is judged", &arg_trace},
    {OPT_TEXT, 0, "color", "WHEN", "auto, always or never", &arg_colour},
    {OPT_NUMBER, 0, "width", "N", "columns of the pretty form", &arg_width},
    {OPT_FLAG, 0, "no-gate", NULL, NULL, &arg_no_gate},
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

const struct opt_table check_options = {options, PL_COUNT(options), NULL};

enum { OUTPUTS_MAX = 16 };

struct output {
    const char *path; /* null: standard output */
    struct pl_report *report;
    struct buf text;
};

struct check {
    struct lookup lookup;
    struct drafts drafts;
    struct pl_rules *rules; /* those of the reports */
    struct output outputs[OUTPUTS_MAX];
    size_t output_count;
    bool failed, found;
    size_t findings, posts, rules_on, allowed, known;
    bool foreign;
};

/* ---- outputs -------------------------------------------------------------------- */

static bool format_exists(const char *format)
{
    const char *names[32], *name;
    size_t count = 0;
    for (; (name = cli_choice("format", count)); count++) {
        if (strcmp(name, format) == 0)
            return true;
        if (count < PL_COUNT(names))
            names[count] = name;
    }
    const char *guess = cli_guess(
        format, names, count < PL_COUNT(names) ? count : PL_COUNT(names));
    if (guess)
        cli_fail("there is no format '%s': did you mean %s?", format, guess);
    else
        cli_fail("there is no format '%s'; postlint help check lists them",
            format);
    return false;
}

static bool colour_of(bool *colour)
{
    *colour = tty_colour(stdout);
    if (!arg_colour || strcmp(arg_colour, "auto") == 0)
        return true;
    *colour = strcmp(arg_colour, "always") == 0;
    if (*colour || strcmp(arg_colour, "never") == 0)
        return true;
    cli_fail("--color is auto, always or never");
    return false;
}

static bool add_output(
    struct check *c, const char *format, const char *path)
{
    struct pl_report_options o = {0};
    struct pl_error error = {0};
    if (c->output_count == OUTPUTS_MAX) {
        cli_fail("too many outputs");
        return false;
    }
    if (!format_exists(format) ||
        !cli_level(arg_level, PL_NOTE, &o.least))
        return false;
    if (!cli_level(arg_fail_on, PL_WARNING, &o.fail_on))
        return false;
    if (!o.fail_on)
        o.fail_on = PL_NEVER;
    o.show = PL_SHOW_MASKED;
    /* A file is never a terminal of one's own. */
    if ((!path && !cli_show(stdout, &o.show)) ||
        (path && arg_show && !cli_show(stdout, &o.show)))
        return false;
    if (!path && !colour_of(&o.colour))
        return false;
    o.width = arg_width ? (uint32_t)arg_width : tty_width(stdout);
    struct output *out = &c->outputs[c->output_count];
    *out = (struct output){.path = path};
    out->report = pl_report_new(c->rules, format, &o, &error);
    if (!out->report) {
        cli_fail_error(NULL, &error);
        return false;
    }
    c->output_count++;
    return true;
}

/* "-o sarif=out.sarif", "-o out.txt" */
static bool open_outputs(struct check *c)
{
    static char formats[OUTPUTS_MAX][32];
    const char *plain = arg_format.count
        ? arg_format.items[arg_format.count - 1]
        : (tty_is(stdout) ? "pretty" : "compact");
    if (arg_output.count == 0)
        return add_output(c, plain, NULL);
    for (size_t i = 0; i < arg_output.count && i < OUTPUTS_MAX; i++) {
        struct str_cut cut = str_cut(str_of(arg_output.items[i]), '=');
        if (!cut.found) {
            if (!add_output(c, arg_format.count ? plain : "compact",
                    arg_output.items[i]))
                return false;
            continue;
        }
        (void)snprintf(
            formats[i], sizeof formats[i], STR_FMT, STR_ARG(cut.head));
        if (!add_output(c, formats[i], cut.tail.ptr))
            return false;
    }
    return true;
}

static int flush_output(struct output *out, bool last)
{
    size_t len;
    struct err err = {0};
    const char *text = pl_report_take(out->report, &len);
    if (!out->path)
        return cli_write((struct str){text, len});
    buf_add(&out->text, (struct str){text, len});
    if (last && !file_write(out->path, buf_str(&out->text), &err))
        return cli_fail("%s", err.msg);
    return EXIT_CLEAN;
}

/* ---- posts ------------------------------------------------------------------------ */

/* The scanner's last post, or without one a post that could not be read. */
static void report_all(struct check *c, struct pl_scanner *scanner,
    const char *name, const struct pl_error *error)
{
    struct pl_told told;
    for (size_t i = 0; i < c->output_count; i++) {
        if (!pl_report_add(
                c->outputs[i].report, scanner, name, error, &told)) {
            c->failed = true;
            cli_fail("%s: out of memory", name);
        }
        c->found |= told.fails;
        if (i == 0) {
            c->findings += told.count;
            c->allowed += told.allowed;
            c->known += told.known;
        }
        if (flush_output(&c->outputs[i], false) != EXIT_CLEAN)
            c->failed = true;
    }
}

static void take_post(void *ctx, struct context *context,
    const struct pl_post *post, const struct pl_error *error)
{
    struct check *c = ctx;
    struct pl_notice notice;
    c->posts++;
    c->rules_on = pl_scan_rules(context->scanner);
    c->foreign |= pl_scan_foreign(context->scanner);
    c->failed |= error != NULL;
    report_all(c, context->scanner, post->name, error);
    for (size_t i = 0;
         !arg_quiet && pl_scan_notice_at(context->scanner, i, &notice); i++)
        lookup_notice(post->name, &notice);
}

static void take_failure(
    void *ctx, const char *name, const struct pl_error *error)
{
    struct check *c = ctx;
    c->failed = true;
    report_all(c, NULL, name, error);
}

static void judge_all(struct check *c, const struct args *args)
{
    if (!arg_diff) {
        drafts_walk(&c->drafts, args);
        return;
    }
    drafts_patch(&c->drafts, arg_diff);
    if (c->posts == 0 && !c->failed && !arg_quiet)
        (void)fputs("Nothing to judge: the patch adds no lines.\n", stderr);
}

/* ---- the command --------------------------------------------------------------------- */

static void print_trace(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)fwrite(text, 1, len, stderr);
}

static bool open_lookup(struct check *c)
{
    enum pl_show show;
    if (!lookup_open(&c->lookup) || !cli_show(stderr, &show))
        return false;
    c->lookup.scan = (struct pl_scan_options){
        .no_gate = arg_no_gate,
        .guides = arg_guide,
        .trace_rule = arg_trace,
        .trace = print_trace,
        .show_matches = show == PL_SHOW_FULL,
    };
    c->lookup.with_baseline = true;
    c->lookup.quiet = arg_quiet;
    c->drafts = (struct drafts){&c->lookup, take_post, take_failure, c};
    return true;
}

/* Reports name rules: those of the first file that is named, or of here. */
static bool open_rules(struct check *c, const struct args *args)
{
    const char *first = args->count > 0 ? args->items[0]
        : arg_stdin_filename            ? arg_stdin_filename
                                        : "-";
    if (args->count > 0 && dir_is(first))
        first = arena_printf(c->lookup.a, "%s/-", first).ptr;
    struct context *context = lookup_for(&c->lookup, first);
    c->rules = context ? context->rules : NULL;
    return c->rules != NULL;
}

/* What was accepted, and what was accepted for nothing. */
static void say_accepted(struct check *c)
{
    struct pl_notice notice;
    if (arg_quiet)
        return;
    if (c->allowed || c->known)
        (void)fprintf(stderr,
            "Not told: %zu accepted by an allow, %zu on record.\n", c->allowed,
            c->known);
    for (size_t k = 0; k < c->lookup.contexts.count; k++) {
        struct context *context = c->lookup.contexts.items[k];
        for (size_t i = 0; context->scanner &&
             pl_scanner_unused_at(context->scanner, !arg_verbose, i, &notice);
             i++)
            lookup_notice("--allow", &notice);
    }
}

static void say_nothing_found(const struct check *c)
{
    struct pl_pack_info info;
    if (arg_quiet || c->findings || c->failed || c->posts == 0)
        return;
    pl_rules_info(c->rules, &info);
    (void)fprintf(stderr,
        "No findings (%zu rules, %s %s). This does not show that the post is "
        "safe.%s\n",
        c->rules_on, info.name, info.version,
        c->foreign ? " The rules are English; the post seems not to be." : "");
}

static int finish(struct check *c)
{
    for (size_t i = 0; i < c->output_count; i++) {
        if (!pl_report_end(c->outputs[i].report) ||
            flush_output(&c->outputs[i], true) != EXIT_CLEAN)
            c->failed = true;
    }
    say_accepted(c);
    say_nothing_found(c);
    if (c->failed)
        return EXIT_FAILED;
    return c->found ? EXIT_FOUND : EXIT_CLEAN;
}

static void help_choices(const char *title, const char *option)
{
    const char *word;
    (void)printf("\n%s:", title);
    for (size_t i = 0; (word = cli_choice(option, i)); i++)
        (void)printf(" %s", word);
    (void)puts("");
}

static void help(void)
{
    const char *name, *about, *endings;
    (void)puts("usage: postlint [check] [OPTION]... [FILE|FOLDER|-]...\n"
               "       postlint check --diff PATCH|-\n\n"
               "Judges drafts; without a file, what is pasted or piped in.\n");
    opt_help(options, PL_COUNT(options));
    (void)puts("\nFormats:");
    for (size_t i = 0; pl_format_at(i, &name, &about); i++)
        (void)printf("  %-12s %s\n", name, about);
    (void)puts("\nInput:");
    for (size_t i = 0; pl_input_at(i, &name, &about, &endings); i++)
        (void)printf("  %-12s %s\n", name, about);
    help_choices("Platforms", "platform");
    help_choices("Accounts", "account");
}

int cmd_check(int argc, char **argv)
{
    struct check c = {0};
    struct args args;
    enum pl_level ignored;
    int status = EXIT_FAILED;

    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help) {
        help();
        return EXIT_CLEAN;
    }
    if (arg_diff && args.count > 0)
        return cli_fail("--diff names the files itself: leave out %s",
            args.items[0]);
    if (!cli_check_profile() || !cli_is_choice("input", arg_input) ||
        !cli_level(arg_fail_on, PL_WARNING, &ignored))
        return EXIT_FAILED;
    if (open_lookup(&c) && open_rules(&c, &args) && open_outputs(&c)) {
        judge_all(&c, &args);
        status = finish(&c);
    }
    for (size_t i = 0; i < c.output_count; i++) {
        pl_report_free(c.outputs[i].report);
        buf_free(&c.outputs[i].text);
    }
    lookup_close(&c.lookup);
    return status;
}
