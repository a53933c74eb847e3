/* SPDX-License-Identifier: MIT */
/* cmd_config.c - the settings in force, where they are from, and a first file. */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "cli/lookup.h"
#include "host/dir.h"
#include "host/file.h"
#include "host/settings.h"

static const struct opt options[] = {
    {OPT_TEXT, 'c', "config", "FILE",
        "settings instead of the nearest .postlint.yaml", &arg_config},
    {OPT_FLAG, 0, "no-config", NULL, "without settings files", &arg_no_config},
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

static const char *word(size_t index)
{
    static const char *const words[] = {"show", "path", "init"};
    return index < PL_COUNT(words) ? words[index] : NULL;
}

const struct opt_table config_options = {options, PL_COUNT(options), word};

static const char first_file[] =
    "# Settings of postlint for this folder and those below it; man 5\n"
    "# postlint.yaml says it all, postlint config show what is in force.\n"
    "postlint: 1\n"
    "\n"
    "# Who writes here. Some rules hold only for some.\n"
    "#profile: {jurisdiction: [GB], profession: [nurse], locale: en-GB,\n"
    "#          account: clinic}\n"
    "\n"
    "# Rules of your own over the built-in ones: folders, or compiled packs.\n"
    "#packs: [comms-pack]\n"
    "\n"
    "# Known findings, made by postlint baseline write; it holds no text.\n"
    "#baseline: .postlint-baseline\n"
    "\n"
    "# error, warning, note or silent; or what is accepted, and why.\n"
    "#rules:\n"
    "#  conduct/profanity: silent\n"
    "#  privacy/location:\n"
    "#    allow: [{phrase: St Elsewhere Hospital, reason: our own name}]\n"
    "\n"
    "# Words for word lists (postlint rules list --words care-setting).\n"
    "#lexicons:\n"
    "#  care-setting: {add: [the hub]}\n"
    "\n"
    "# What stops a commit.\n"
    "#paths:\n"
    "#  \"drafts/**\": {fail-on: error}\n"
    "\n"
    "# No flag, comment, front matter, baseline or user's file may silence\n"
    "# these.\n"
    "#locked: [privacy]\n";

/* A file stands for itself, a folder for a file in it. */
static struct context *context_of(struct lookup *l, const char *path)
{
    if (path && dir_is(path))
        path = arena_printf(l->a, "%s/-", path).ptr;
    return path ? lookup_for(l, path) : lookup_here(l);
}

static int show(struct lookup *l, const char *path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct context *c = context_of(l, path);
    struct pl_setting s;
    size_t count = 0;
    if (!c)
        return EXIT_FAILED;
    for (; pl_setting_at(c->settings, count, &s); count++)
        buf_addf(&b, "%s: %s\t(%s:%u)\n", s.key, s.value, s.file,
            (unsigned)s.line);
    if (count == 0)
        (void)fputs("No settings are in force.\n", stderr);
    return cli_write(buf_str(&b));
}

static int print_path(struct lookup *l, const char *path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct context *c = context_of(l, path);
    if (!c)
        return EXIT_FAILED;
    if (c->project.len)
        buf_addf(&b, "project " STR_FMT "\n", STR_ARG(c->project));
    if (c->user.len)
        buf_addf(&b, "user " STR_FMT "\n", STR_ARG(c->user));
    if (b.len)
        return cli_write(buf_str(&b));
    (void)fprintf(stderr,
        "No settings file. Here it would be .postlint.yaml, for all of yours "
        "%s\n",
        settings_user_path(l->a).ptr);
    return EXIT_CLEAN;
}

static int init(const char *folder)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct err err = {0};
    struct str path = folder ? arena_printf(a, "%s/.postlint.yaml", folder)
                             : STR(".postlint.yaml");
    if (cli_is_file(path.ptr))
        return cli_fail("%s is there already", path.ptr);
    if (!file_write(path.ptr, str_of(first_file), &err))
        return cli_fail("%s", err.msg);
    (void)printf("%s\n", path.ptr);
    return EXIT_CLEAN;
}

int cmd_config(int argc, char **argv)
{
    struct args args;
    struct lookup lookup;
    int status;
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help || args.count == 0) {
        (void)puts("usage: postlint config show [FILE]\n"
                   "       postlint config path [FILE]\n"
                   "       postlint config init [FOLDER]\n\n"
                   "Settings in force for a file, each with its place; the "
                   "files they are\nfrom; a first settings file to fill in.\n");
        opt_help(options, PL_COUNT(options));
        return arg_help ? EXIT_CLEAN : EXIT_FAILED;
    }
    const char *what = args.items[0];
    const char *path = args.count > 1 ? args.items[1] : NULL;
    if (args.count > 2)
        return cli_fail("config %s takes one file", what);
    if (strcmp(what, "init") == 0)
        return init(path);
    if (strcmp(what, "show") != 0 && strcmp(what, "path") != 0)
        return cli_fail("config knows show, path and init, not '%s'", what);
    if (!lookup_open(&lookup))
        return EXIT_FAILED;
    status = strcmp(what, "show") == 0 ? show(&lookup, path)
                                       : print_path(&lookup, path);
    lookup_close(&lookup);
    return status;
}
