/* SPDX-License-Identifier: MIT */
/* cli.h - what commands share. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "postlint.h"

/* Exit status, as in the manual. */
enum { EXIT_CLEAN = 0, EXIT_FOUND = 1, EXIT_FAILED = 2 };

/* ---- options: a table row each ----------------------------------------------- */

enum opt_kind { OPT_FLAG, OPT_TEXT, OPT_LIST, OPT_NUMBER };

struct opt_list {
    const char *items[64];
    size_t count;
};

struct opt {
    enum opt_kind kind;
    char brief; /* 0: none */
    const char *name;
    const char *value; /* placeholder in help; null for a flag */
    const char *about; /* null: hidden */
    void *to;          /* bool, const char *, struct opt_list, size_t */
};

/* What a command takes, for help and for completion in shells. */
struct opt_table {
    const struct opt *items;
    size_t count;
    /* The words that may stand first after it, null past the end; may be null. */
    const char *(*word)(size_t index);
};

struct args { /* what is left, at the front of argv */
    char **items;
    size_t count;
};

/* Reads options into their places; false, with a message printed, on a bad one.
   Options may stand between arguments; after -- everything is an argument. */
bool opt_read(const struct opt *options, size_t count, int argc, char **argv,
    struct args *args);
void opt_help(const struct opt *options, size_t count);

/* ---- options that several commands share ------------------------------------- */

extern const char *arg_locale, *arg_jurisdiction, *arg_platform;
extern const char *arg_profession, *arg_account, *arg_level, *arg_fail_on;
extern const char *arg_config, *arg_baseline, *arg_show;
extern struct opt_list arg_select, arg_ignore, arg_rules, arg_allow;
extern bool arg_no_builtin, arg_no_config, arg_no_gate, arg_help;

#define OPTIONS_SETTINGS                                                       \
    {OPT_TEXT, 'c', "config", "FILE",                                          \
        "settings instead of the nearest .postlint.yaml", &arg_config},        \
        {OPT_FLAG, 0, "no-config", NULL, "without settings files",             \
            &arg_no_config},                                                   \
        {OPT_LIST, 0, "allow", "ID=REASON", "accept findings of a rule",       \
            &arg_allow}

#define OPTIONS_RULES                                                          \
    {OPT_LIST, 's', "select", "ID", "judge only these rules", &arg_select},    \
        {OPT_LIST, 'i', "ignore", "ID", "leave these rules out", &arg_ignore}, \
        {OPT_LIST, 0, "rules", "PACK",                                         \
            "a folder of rules, or a compiled pack, over the built-in ones",   \
            &arg_rules},                                                       \
        {OPT_FLAG, 0, "no-builtin", NULL, "without the built-in rules",        \
            &arg_no_builtin}

#define OPTION_SHOW                                                            \
    {OPT_TEXT, 0, "show", "HOW", "auto, full, masked or none", &arg_show}

#define OPTIONS_WRITER                                                         \
    {OPT_TEXT, 0, "locale", "WORD", "language of the post: en-GB",             \
        &arg_locale},                                                          \
        {OPT_TEXT, 0, "jurisdiction", "CODE", "country of the writer: GB",     \
            &arg_jurisdiction},                                                \
        {OPT_TEXT, 0, "platform", "NAME", "x, facebook, hospital-site ...",    \
            &arg_platform},                                                    \
        {OPT_TEXT, 0, "profession", "WORDS", "who is writing: nurse",          \
            &arg_profession},                                                  \
        {OPT_TEXT, 0, "account", "KIND",                                       \
            "personal, professional, clinic or official", &arg_account}

#define OPTION_LEVEL                                                           \
    {                                                                          \
        OPT_TEXT, 'l', "level", "LEVEL", "lowest level shown (note)",          \
            &arg_level                                                         \
    }

#define OPTIONS_PROFILE                                                        \
    OPTIONS_WRITER, OPTION_LEVEL,                                              \
        {OPT_TEXT, 0, "fail-on", "LEVEL",                                      \
            "level that gives status 1 (warning); never", &arg_fail_on}

/* Rules by the options; null, with a message printed, on failure. Warnings are
   for the author of the rules alone. */
struct pl_rules *cli_rules(void);
struct pl_rules *cli_rules_checked(bool *warned);
/* A folder of rules, or a compiled pack, as the library takes it. */
bool cli_read_pack(struct arena *a, const char *path, struct pl_pack *pack,
    struct err *err) PL_MUST_USE;
/* The same by settings, whose packs are relative to the folder. */
struct pl_rules *cli_rules_by(
    const struct pl_settings *settings, struct str folder);
/* A path that a file in the folder names. */
struct str cli_beside(struct arena *a, struct str folder, const char *path);
/* What the post does not say of itself, by the options. */
void cli_profile(struct pl_post *post);
/* False, with a message printed, if a profile value or level is unknown. */
bool cli_check_profile(void);
/* 0 for `never`; false, with a message printed, if it is no level. */
bool cli_level(const char *word, enum pl_level fallback, enum pl_level *level);
/* What --show says for a stream; false, with a message printed, if it is no
   word of it. */
bool cli_show(FILE *stream, enum pl_show *show);
int cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
int cli_fail_error(const char *name, const struct pl_error *error);
bool cli_is_file(const char *path); /* or a folder */
/* Words that are no name of a file: most likely a draft, not to be repeated. */
bool cli_is_draft(const char *arg);
int cli_no_draft(void); /* says how a draft comes in; EXIT_FAILED */
/* "did you mean" among words; null if none is near. */
const char *cli_guess(
    const char *word, const char *const *words, size_t count);
/* The values that an option knows, null past the end and for an option that takes
   any. */
const char *cli_choice(const char *option, size_t index);
/* False, with a message printed, if the option knows its values and this is none
   of them; null is fine. */
bool cli_is_choice(const char *option, const char *value);
/* Writes to standard output; EXIT_FAILED on a full disk, ends quietly where the
   pipe is closed. */
int cli_write(struct str text);

/* ---- commands ------------------------------------------------------------------ */

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *about;
    const struct opt_table *options; /* null: none */
};

/* The commands in the order of help; null past the end. */
const struct command *command_at(size_t index);

extern const struct opt_table check_options, batch_options, explain_options;
extern const struct opt_table baseline_options, config_options, lsp_options;
extern const struct opt_table rules_options, completion_options, help_options;

int cmd_check(int argc, char **argv);
int cmd_baseline(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_batch(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_lsp(int argc, char **argv);
int cmd_completion(int argc, char **argv);
int cmd_version(int argc, char **argv);
int cmd_help(int argc, char **argv);

#endif
