/* SPDX-License-Identifier: MIT */
/* cmd_check.c - judge drafts; what postlint does when nothing else is asked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "host/dir.h"
#include "host/file.h"
#include "host/tty.h"

static const char *arg_show, *arg_colour, *arg_input, *arg_stdin_filename;
static const char *arg_trace, *arg_diff, *arg_text_field, *arg_id_field;
static struct opt_list arg_format, arg_output, arg_allow;
static size_t arg_width, arg_max_size = LIMIT_POST;
static bool arg_quiet, arg_verbose, arg_guide;

static const struct opt options[] = {
    {OPT_LIST, 'f', "format", "NAME",
        "pretty on a terminal, else compact; the others are below",
        &arg_format},
    {OPT_LIST, 'o', "output", "[FORMAT=]FILE",
        "write there instead; may be given several times", &arg_output},
    OPTIONS_PROFILE,
    OPTIONS_RULES,
    {OPT_LIST, 0, "allow", "ID=REASON", "accept findings of a rule",
        &arg_allow},
    {OPT_TEXT, 0, "input", "FORMAT",
        "how drafts are written, whatever they are called", &arg_input},
    {OPT_TEXT, 0, "text-field", "NAME",
        "key or column of the text in json, jsonl, csv (text)",
        &arg_text_field},
    {OPT_TEXT, 0, "id-field", "NAME", "key or column of the id (id)",
        &arg_id_field},
    {OPT_TEXT, 0, "diff", "FILE",
        "judge what a git patch with full context adds (git postlint)",
        &arg_diff},
    {OPT_TEXT, 0, "stdin-filename", "NAME", "what standard input is called",
        &arg_stdin_filename},
    {OPT_FLAG, 0, "guide", NULL, "a positive guide where nothing is found",
        &arg_guide},
    {OPT_TEXT, 0, "show", "HOW", "auto, full, masked or none", &arg_show},
    {OPT_TEXT, 0, "trace", "ID", "show how a rule is judged", &arg_trace},
    {OPT_TEXT, 0, "color", "WHEN", "auto, always or never", &arg_colour},
    {OPT_NUMBER, 0, "width", "N", "columns of the pretty form", &arg_width},
    {OPT_NUMBER, 0, "max-size", "BYTES", "largest draft (1 MiB)",
        &arg_max_size},
    {OPT_FLAG, 'q', "quiet", NULL, "no words but findings", &arg_quiet},
    {OPT_FLAG, 'v', "verbose", NULL, "name each file", &arg_verbose},
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
    struct pl_rules *rules;
    struct pl_scanner *scanner;
    struct output outputs[OUTPUTS_MAX];
    size_t output_count;
    int worst;
    bool failed;
    size_t findings, posts, rules_on;
    bool foreign;
};

/* ---- outputs -------------------------------------------------------------------- */

static bool show_of(FILE *stream, enum pl_show *show)
{
    static const char *const words[] = {"masked", "full", "none", "auto"};
    *show = tty_is_private(stream) ? PL_SHOW_FULL : PL_SHOW_MASKED;
    if (!arg_show || strcmp(arg_show, "auto") == 0)
        return true;
    for (int i = 0; i < 3; i++)
        if (strcmp(arg_show, words[i]) == 0) {
            *show = (enum pl_show)i;
            return true;
        }
    cli_fail("--show: '%s' is none of auto, full, masked, none", arg_show);
    return false;
}

static bool read_allows(struct pl_report_options *o)
{
    static const char *ids[64], *reasons[64];
    static char texts[64][256];
    for (size_t i = 0; i < arg_allow.count; i++) {
        struct str_cut cut = str_cut(str_of(arg_allow.items[i]), '=');
        if (!cut.found || str_trim(cut.tail).len == 0 ||
            cut.head.len >= sizeof texts[0]) {
            cli_fail("--allow needs a reason: --allow %s=REASON",
                arg_allow.items[i]);
            return false;
        }
        (void)snprintf(
            texts[i], sizeof texts[i], STR_FMT, STR_ARG(cut.head));
        ids[i] = texts[i];
        reasons[i] = cut.tail.ptr;
    }
    o->allow = ids;
    o->reasons = reasons;
    o->allow_count = arg_allow.count;
    return true;
}

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
    if (!format_exists(format) || !read_allows(&o) ||
        !cli_level(arg_level, PL_NOTE, &o.least))
        return false;
    if (!cli_level(arg_fail_on, PL_WARNING, &o.fail_on))
        return false;
    if (!o.fail_on)
        o.fail_on = PL_NEVER;
    o.show = PL_SHOW_MASKED;
    /* A file is never a terminal of one's own. */
    if ((!path && !show_of(stdout, &o.show)) ||
        (path && arg_show && !show_of(stdout, &o.show)))
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
    for (size_t i = 0; i < c->output_count; i++) {
        enum pl_level worst = (enum pl_level)0;
        if (!pl_report_add(
                c->outputs[i].report, scanner, name, error, &worst)) {
            c->failed = true;
            cli_fail("%s: out of memory", name);
        }
        if ((int)worst > c->worst)
            c->worst = (int)worst;
        c->findings += worst > 0;
        if (flush_output(&c->outputs[i], false) != EXIT_CLEAN)
            c->failed = true;
    }
}

/* One that could not even be read. */
static void fail_post(struct check *c, const char *name, const char *code,
    const char *message)
{
    struct pl_error error = {.code = code};
    (void)snprintf(error.message, sizeof error.message, "%s", message);
    c->failed = true;
    report_all(c, NULL, name, &error);
}

static void judge_post(
    struct check *c, struct pl_post *post, const struct pl_error *bad)
{
    struct pl_error error = *bad;
    bool good = false;

    cli_profile(post);
    if (!error.code) {
        good = pl_scan(c->scanner, post, NULL, NULL, &error);
        c->posts++;
        c->rules_on = pl_scan_rules(c->scanner);
        c->foreign |= pl_scan_foreign(c->scanner);
    }
    report_all(c, bad->code ? NULL : c->scanner, post->name,
        good ? NULL : &error);
    if (!good) {
        c->failed = true;
        cli_fail_error(post->name, &error);
    }
}

/* A text to be judged; lines tells which of it. */
struct draft {
    const char *name;
    struct str text;
    const struct pl_patch_file *lines; /* null: all */
    bool named; /* on the command line: it is a post, whatever it looks like */
};

/* package.json is no fault of the folder it lies in. */
static void fail_draft(
    struct check *c, const struct draft *d, const struct pl_error *error)
{
    cli_fail_error(d->name, error);
    if (strcmp(error->code, "no-posts") == 0 && !d->named)
        return;
    c->failed = true;
    report_all(c, NULL, d->name, error);
}

static void judge(struct check *c, const struct draft *d)
{
    struct pl_error error = {0};
    struct pl_post post;
    struct pl_file_options as = {
        .name = d->name,
        .text = d->text.ptr,
        .text_len = d->text.len,
        .input = arg_input,
        .text_field = arg_text_field,
        .id_field = arg_id_field,
    };
    struct pl_file *file = pl_file_new(&as, &error);
    if (!file) {
        fail_draft(c, d, &error);
        return;
    }
    if (arg_verbose)
        (void)cli_fail("%s", d->name);
    for (size_t i = 0; pl_file_at(file, i, &post, &error); i++) {
        post.only = d->lines ? d->lines->added : NULL;
        post.only_count = d->lines ? d->lines->added_count : 0;
        judge_post(c, &post, &error);
    }
    pl_file_free(file);
}

static void judge_file(
    struct check *c, const char *path, const char *name, bool named)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct err err = {0};
    if (!file_read(path, arg_max_size, &b, &err)) {
        fail_post(c, name, err_word(err.code), err.msg);
        cli_fail("%s", err.msg);
        return;
    }
    judge(c, &(struct draft){name, buf_str(&b), NULL, named});
}

static const char *const folder_endings[] = {
    ".md", ".txt", ".html", ".json", ".jsonl", ".csv", NULL};

static void judge_folder(struct check *c, const char *path)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct dir_files files = {0};
    struct err err = {0};
    if (!dir_list(a, path, folder_endings, &files, &err)) {
        c->failed = true;
        cli_fail("%s", err.msg);
        return;
    }
    for (size_t i = 0; i < files.count; i++) {
        struct str full =
            arena_printf(a, "%s/" STR_FMT, path, STR_ARG(files.items[i]));
        judge_file(c, full.ptr, full.ptr, false);
    }
}

static void judge_stdin(struct check *c)
{
    if (tty_is(stdin) && !arg_quiet)
        (void)fputs("Paste your draft, then press Ctrl-D. Help: postlint help\n",
            stderr);
    judge_file(
        c, "-", arg_stdin_filename ? arg_stdin_filename : "-", true);
}

/* ---- patches ------------------------------------------------------------------ */

static bool is_text_file(const char *name)
{
    for (size_t i = 0; folder_endings[i]; i++)
        if (str_ends(str_of(name), str_of(folder_endings[i])))
            return true;
    return false;
}

/* A picture beside a post is no fault; a post that git cannot read is. */
static void skip_binary(struct check *c, const char *name)
{
    if (!is_text_file(name)) {
        if (arg_verbose)
            (void)cli_fail("%s is binary; skipped", name);
        return;
    }
    fail_post(c, name, "bad-input", "git takes it for binary");
    cli_fail("%s: git takes it for binary and shows no text; save it as "
             "UTF-8, or use git diff --text",
        name);
}

static void judge_added(struct check *c, const struct pl_patch_file *file)
{
    struct draft draft = {
        file->name, {file->text, file->text_len}, file, false};
    if (file->binary) {
        skip_binary(c, file->name);
    } else if (file->text_len > arg_max_size) {
        fail_post(c, file->name, "too-large", "larger than --max-size");
        cli_fail("%s is larger than %zu bytes (--max-size)", file->name,
            arg_max_size);
    } else if (file->added_count > 0) {
        judge(c, &draft);
    }
}

static void judge_diff(struct check *c)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_error error = {0};
    struct pl_patch_file file;
    struct err err = {0};
    if (!file_read(arg_diff, LIMIT_POST_MAX, &b, &err)) {
        fail_post(c, arg_diff, err_word(err.code), err.msg);
        cli_fail("%s", err.msg);
        return;
    }
    struct pl_patch *patch = pl_patch_new(b.ptr, b.len, &error);
    if (!patch) {
        fail_post(c, arg_diff, error.code, error.message);
        cli_fail_error(arg_diff, &error);
        return;
    }
    for (size_t i = 0; pl_patch_at(patch, i, &file); i++)
        judge_added(c, &file);
    pl_patch_free(patch);
    if (c->posts == 0 && !c->failed && !arg_quiet)
        (void)fputs("Nothing to judge: the patch adds no lines.\n", stderr);
}

static void judge_all(struct check *c, const struct args *args)
{
    if (arg_diff) {
        judge_diff(c);
        return;
    }
    if (args->count == 0) {
        judge_stdin(c);
        return;
    }
    for (size_t i = 0; i < args->count; i++) {
        if (strcmp(args->items[i], "-") == 0)
            judge_stdin(c);
        else if (dir_is(args->items[i]))
            judge_folder(c, args->items[i]);
        else
            judge_file(c, args->items[i], args->items[i], true);
    }
}

/* ---- the command --------------------------------------------------------------------- */

static void print_trace(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)fwrite(text, 1, len, stderr);
}

static bool open_scanner(struct check *c)
{
    struct pl_error error = {0};
    enum pl_show show;
    struct pl_scan_options o = {
        .no_gate = arg_no_gate,
        .guides = arg_guide,
        .trace_rule = arg_trace,
        .trace = print_trace,
    };
    if (!show_of(stderr, &show))
        return false;
    o.show_matches = show == PL_SHOW_FULL;
    c->scanner = pl_scanner_new(c->rules, &error);
    if (c->scanner && pl_scanner_set(c->scanner, &o, &error))
        return true;
    cli_fail_error(NULL, &error);
    return false;
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
    enum pl_level fail_on;
    int status = EXIT_CLEAN;
    for (size_t i = 0; i < c->output_count; i++) {
        if (!pl_report_end(c->outputs[i].report) ||
            flush_output(&c->outputs[i], true) != EXIT_CLEAN)
            c->failed = true;
    }
    say_nothing_found(c);
    if (!cli_level(arg_fail_on, PL_WARNING, &fail_on) || c->failed)
        status = EXIT_FAILED;
    else if (fail_on && c->worst >= (int)fail_on)
        status = EXIT_FOUND;
    return status;
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
    c.rules = cli_rules();
    if (c.rules && open_scanner(&c) && open_outputs(&c)) {
        judge_all(&c, &args);
        status = finish(&c);
    }
    for (size_t i = 0; i < c.output_count; i++) {
        pl_report_free(c.outputs[i].report);
        buf_free(&c.outputs[i].text);
    }
    pl_scanner_free(c.scanner);
    pl_rules_free(c.rules);
    return status;
}
