/* SPDX-License-Identifier: MIT */
/* cmd_batch.c - records in, records out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/limits.h"
#include "batch/pool.h"
#include "batch/record.h"
#include "cli/lookup.h"
#include "host/tty.h"

static const char *arg_id_field = "id", *arg_text_field = "text";
static size_t arg_jobs, arg_max_size = LIMIT_POST;
static bool arg_line_buffered, arg_exit_code;

static const struct opt options[] = {
    OPTIONS_RULES,
    OPTIONS_PROFILE,
    OPTIONS_SETTINGS,
    {OPT_TEXT, 0, "id-field", "KEY", "key of the id (id)", &arg_id_field},
    {OPT_TEXT, 0, "text-field", "KEY", "key of the text (text)",
        &arg_text_field},
    {OPT_NUMBER, 'j', "jobs", "N", "worker threads (one a core)", &arg_jobs},
    {OPT_FLAG, 0, "line-buffered", NULL,
        "answer each record before the next is read", &arg_line_buffered},
    {OPT_FLAG, 0, "exit-code", NULL, "the exit status of check",
        &arg_exit_code},
    {OPT_NUMBER, 0, "max-size", "BYTES", "longest line (1 MiB)",
        &arg_max_size},
    {OPT_FLAG, 0, "no-gate", NULL, NULL, &arg_no_gate},
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

const struct opt_table batch_options = {options, PL_COUNT(options), NULL};

/* What one worker owns. */
struct worker {
    struct pl_scanner *scanner;
    struct arena *arena; /* of one record */
    struct record_keys keys;
    enum pl_level least, fail_on;
    bool found;  /* something that fails */
    bool failed; /* something could not be judged */
};

static void set_error(
    struct pl_error *error, const char *code, const char *message)
{
    *error = (struct pl_error){.code = code};
    (void)snprintf(error->message, sizeof error->message, "%s", message);
}

/* A record's own profile wins over the options. */
static const char *own(struct str value, const char *option)
{
    return value.len ? value.ptr : option;
}

static void fill_post(const struct record *r, struct pl_post *post)
{
    *post = (struct pl_post){
        .name = "-",
        .text = r->text.ptr,
        .text_len = r->text.len,
        .alt = r->alt.ptr,
        .alt_len = r->alt.len,
        .locale = own(r->locale, arg_locale),
        .jurisdiction = own(r->jurisdiction, arg_jurisdiction),
        .platform = own(r->platform, arg_platform),
        .profession = own(r->profession, arg_profession),
        .account = own(r->account, arg_account),
        .reply_to = own(r->reply_to, NULL),
        .input = own(r->input, NULL),
    };
}

static void run_line(struct worker *w, struct str line, struct buf *out)
{
    struct record record;
    struct pl_error error = {0};
    struct pl_post post = {.name = "-"};
    struct err err = {0};
    struct pl_told told;
    size_t len;
    bool too_long = line.len > 0 && line.ptr[line.len - 1] == '\0';

    arena_reset(w->arena);
    if (too_long)
        set_error(&error, "too-large", "the line is too long");
    else if (!record_parse(w->arena, line, &w->keys, &record, &err))
        set_error(&error, err_word(err.code), err.msg);
    if (too_long)
        record = (struct record){0};
    if (error.code) {
        /* Nothing to judge, but the scanner must not tell of the last post. */
        struct pl_error ignored;
        (void)pl_scan(w->scanner, &post, NULL, NULL, &ignored);
    } else {
        fill_post(&record, &post);
        post.fail_on = w->fail_on;
        (void)pl_scan(w->scanner, &post, NULL, NULL, &error);
    }
    w->failed |= error.code != NULL;
    const char *text = pl_scan_record(w->scanner, record.id.ptr,
        record.id.len, error.code ? &error : NULL, w->least, &len, &told);
    w->found |= told.fails;
    if (!text)
        out->failed = true;
    buf_add(out, (struct str){text, text ? len : 0});
    buf_addc(out, '\n');
}

static void run_lines(void *self, struct str lines, struct buf *out)
{
    while (lines.len > 0) {
        struct str_cut cut = str_cut(lines, '\n');
        run_line(self, cut.head, out);
        lines = cut.tail;
    }
}

static bool open_worker(struct worker *w, const struct pl_rules *rules)
{
    struct pl_error error = {0};
    struct pl_scan_options scan_options = {.no_gate = arg_no_gate};
    w->arena = arena_new(0);
    w->scanner = pl_scanner_new(rules, &error);
    w->keys = (struct record_keys){
        str_of(arg_id_field), str_of(arg_text_field)};
    if (!w->arena || !w->scanner ||
        !pl_scanner_set(w->scanner, &scan_options, &error)) {
        cli_fail("out of memory");
        return false;
    }
    if (!cli_level(arg_level, PL_NOTE, &w->least) ||
        !cli_level(arg_fail_on, PL_WARNING, &w->fail_on))
        return false;
    if (!w->fail_on)
        w->fail_on = PL_NEVER;
    else if (!arg_fail_on)
        w->fail_on = (enum pl_level)0; /* as settings say */
    return true;
}

static int finish(const struct worker *workers, unsigned count)
{
    bool failed = false, found = false;
    for (unsigned i = 0; i < count; i++) {
        found |= workers[i].found;
        failed |= workers[i].failed;
    }
    if (!arg_exit_code)
        return EXIT_CLEAN;
    if (failed)
        return EXIT_FAILED;
    return found ? EXIT_FOUND : EXIT_CLEAN;
}

static int run(struct pl_rules *rules, unsigned count)
{
    struct worker *workers = calloc(count, sizeof *workers);
    void **selves = calloc(count, sizeof *selves);
    struct err err = {0};
    bool closed = false, good = workers && selves;
    int status = EXIT_FAILED;

    for (unsigned i = 0; good && i < count; i++) {
        good = open_worker(&workers[i], rules);
        selves[i] = &workers[i];
    }
    if (good) {
        struct pool_job job = {
            .run = run_lines,
            .selves = selves,
            .workers = count,
            .line_buffered = arg_line_buffered,
            .line_max = arg_max_size,
        };
        if (pool_run(&job, stdin, stdout, &closed, &err))
            status = finish(workers, count);
        else
            cli_fail("%s", err.msg);
    }
    for (unsigned i = 0; workers && i < count; i++) {
        pl_scanner_free(workers[i].scanner);
        arena_free(workers[i].arena);
    }
    free(selves);
    free(workers);
    return status;
}

int cmd_batch(int argc, char **argv)
{
    struct args args;
    enum pl_level ignored;
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help) {
        (void)puts("usage: postlint batch [OPTION]... < RECORDS\n\n"
                   "JSON lines in, one JSON line out for each, in order.\n");
        opt_help(options, PL_COUNT(options));
        return EXIT_CLEAN;
    }
    if (args.count > 0)
        return cli_fail(
            "batch reads standard input: postlint batch < %s", args.items[0]);
    if (!cli_check_profile() || !cli_level(arg_level, PL_NOTE, &ignored) ||
        !cli_level(arg_fail_on, PL_WARNING, &ignored))
        return EXIT_FAILED;
    unsigned jobs = arg_jobs ? (unsigned)arg_jobs : tty_processors();
    struct lookup lookup;
    if (!lookup_open(&lookup))
        return EXIT_FAILED;
    lookup.quiet = true;
    struct context *context = lookup_here(&lookup);
    int status = context ? run(context->rules, jobs > 64 ? 64 : jobs)
                         : EXIT_FAILED;
    lookup_close(&lookup);
    return status;
}
