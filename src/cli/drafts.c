/* SPDX-License-Identifier: MIT */
/* drafts.c - from what was named on the command line to single posts, judged. */
#include "cli/drafts.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "host/dir.h"
#include "host/file.h"
#include "host/tty.h"

const char *arg_input, *arg_stdin_filename, *arg_text_field, *arg_id_field;
size_t arg_max_size = LIMIT_POST;
bool arg_quiet, arg_verbose;

/* A text to be judged; lines tells which of it. */
struct draft {
    const char *name;
    struct str text;
    const struct pl_patch_file *lines; /* null: all */
    bool named; /* on the command line: it is a post, whatever it looks like */
};

static void fail(const struct drafts *d, const char *name, const char *code,
    const char *message)
{
    struct pl_error error = {.code = code};
    (void)snprintf(error.message, sizeof error.message, "%s", message);
    d->failed(d->ctx, name, &error);
}

/* ---- posts ------------------------------------------------------------------------- */

static void judge_post(const struct drafts *d, struct context *context,
    struct pl_post *post, const struct pl_error *bad)
{
    struct pl_error error = *bad;
    enum pl_level fail_on;
    if (error.code) {
        cli_fail_error(post->name, &error);
        d->failed(d->ctx, post->name, &error);
        return;
    }
    cli_profile(post);
    post->path = lookup_path(d->lookup, post->name);
    /* That the word is a level has been seen to. */
    if (arg_fail_on && cli_level(arg_fail_on, PL_WARNING, &fail_on))
        post->fail_on = fail_on ? fail_on : PL_NEVER;
    bool good = pl_scan(context->scanner, post, NULL, NULL, &error);
    if (!good)
        cli_fail_error(post->name, &error);
    d->post(d->ctx, context, post, good ? NULL : &error);
}

/* package.json is no fault of the folder it lies in. */
static void fail_draft(const struct drafts *d, const struct draft *draft,
    const struct pl_error *error)
{
    cli_fail_error(draft->name, error);
    if (strcmp(error->code, "no-posts") != 0 || draft->named)
        d->failed(d->ctx, draft->name, error);
}

/* Read as something else, text could hide what is locked. */
static bool input_allowed(
    const struct context *context, const struct draft *draft)
{
    const char *name, *about, *endings;
    if (!arg_input || !pl_settings_locks(context->settings))
        return true;
    for (size_t i = 0; pl_input_at(i, &name, &about, &endings); i++)
        for (struct str_cut cut = str_cut(str_of(endings), ' ');;
             cut = str_cut(cut.tail, ' ')) {
            if (cut.head.len && str_ends(str_of(draft->name), cut.head))
                return strcmp(name, arg_input) == 0;
            if (!cut.found)
                break;
        }
    return true;
}

static void judge(const struct drafts *d, const struct draft *draft)
{
    struct pl_error error = {0};
    struct pl_post post;
    struct pl_file_options as = {
        .name = draft->name,
        .text = draft->text.ptr,
        .text_len = draft->text.len,
        .input = arg_input,
        .text_field = arg_text_field,
        .id_field = arg_id_field,
    };
    struct context *context = lookup_for(d->lookup, draft->name);
    if (!context) {
        fail(d, draft->name, "bad-config", "its settings cannot be read");
        return;
    }
    if (!input_allowed(context, draft)) {
        cli_fail("%s: rules are locked by the project's settings: --input is "
                 "not for flags where the name says what it is",
            draft->name);
        fail(d, draft->name, "bad-config", "--input is locked");
        return;
    }
    struct pl_file *file = pl_file_new(&as, &error);
    if (!file) {
        fail_draft(d, draft, &error);
        return;
    }
    if (arg_verbose)
        (void)cli_fail("%s", draft->name);
    for (size_t i = 0; pl_file_at(file, i, &post, &error); i++) {
        post.only = draft->lines ? draft->lines->added : NULL;
        post.only_count = draft->lines ? draft->lines->added_count : 0;
        judge_post(d, context, &post, &error);
    }
    pl_file_free(file);
}

/* ---- files --------------------------------------------------------------------------- */

static void judge_file(
    const struct drafts *d, const char *path, const char *name, bool named)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct err err = {0};
    if (!file_read(path, arg_max_size, &b, &err)) {
        cli_fail("%s", err.msg);
        fail(d, name, err_word(err.code), err.msg);
        return;
    }
    judge(d, &(struct draft){name, buf_str(&b), NULL, named});
}

static const char *const folder_endings[] = {
    ".md", ".txt", ".html", ".json", ".jsonl", ".csv", NULL};

static void judge_folder(const struct drafts *d, const char *path)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct dir_files files = {0};
    struct err err = {0};
    if (!dir_list(a, path, folder_endings, &files, &err)) {
        cli_fail("%s", err.msg);
        fail(d, path, err_word(err.code), err.msg);
        return;
    }
    for (size_t i = 0; i < files.count; i++) {
        struct str full =
            arena_printf(a, "%s/" STR_FMT, path, STR_ARG(files.items[i]));
        judge_file(d, full.ptr, full.ptr, false);
    }
}

static void judge_stdin(const struct drafts *d)
{
    if (tty_is(stdin) && !arg_quiet)
        (void)fputs("Paste your draft, then press Ctrl-D. Help: postlint help\n",
            stderr);
    judge_file(d, "-", arg_stdin_filename ? arg_stdin_filename : "-", true);
}

void drafts_walk(const struct drafts *d, const struct args *args)
{
    if (args->count == 0)
        judge_stdin(d);
    for (size_t i = 0; i < args->count; i++) {
        if (strcmp(args->items[i], "-") == 0)
            judge_stdin(d);
        else if (dir_is(args->items[i]))
            judge_folder(d, args->items[i]);
        else
            judge_file(d, args->items[i], args->items[i], true);
    }
}

/* ---- patches ---------------------------------------------------------------------------- */

static bool is_text_file(const char *name)
{
    for (size_t i = 0; folder_endings[i]; i++)
        if (str_ends(str_of(name), str_of(folder_endings[i])))
            return true;
    return false;
}

/* A picture beside a post is no fault; a post that git cannot read is. */
static void skip_binary(const struct drafts *d, const char *name)
{
    if (!is_text_file(name)) {
        if (arg_verbose)
            (void)cli_fail("%s is binary; skipped", name);
        return;
    }
    cli_fail("%s: git takes it for binary and shows no text; save it as "
             "UTF-8, or use git diff --text",
        name);
    fail(d, name, "bad-input", "git takes it for binary");
}

static void judge_added(
    const struct drafts *d, const struct pl_patch_file *file)
{
    struct draft draft = {
        file->name, {file->text, file->text_len}, file, false};
    if (file->binary) {
        skip_binary(d, file->name);
    } else if (file->text_len > arg_max_size) {
        cli_fail("%s is larger than %zu bytes (--max-size)", file->name,
            arg_max_size);
        fail(d, file->name, "too-large", "larger than --max-size");
    } else if (file->added_count > 0) {
        judge(d, &draft);
    }
}

void drafts_patch(const struct drafts *d, const char *path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_error error = {0};
    struct pl_patch_file file;
    struct err err = {0};
    if (!file_read(path, LIMIT_POST_MAX, &b, &err)) {
        cli_fail("%s", err.msg);
        fail(d, path, err_word(err.code), err.msg);
        return;
    }
    struct pl_patch *patch = pl_patch_new(b.ptr, b.len, &error);
    if (!patch) {
        cli_fail_error(path, &error);
        d->failed(d->ctx, path, &error);
        return;
    }
    for (size_t i = 0; pl_patch_at(patch, i, &file); i++)
        judge_added(d, &file);
    pl_patch_free(patch);
}
