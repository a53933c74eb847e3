/* SPDX-License-Identifier: MIT */
/* main.c - the table of commands. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "cli/cli.h"
#include "host/tty.h"

static const struct command commands[] = {
    {"check", cmd_check, "judge drafts; the default", &check_options},
    {"batch", cmd_batch, "JSON lines in, JSON lines out", &batch_options},
    {"explain", cmd_explain, "why a rule exists, and safer wording",
        &explain_options},
    {"baseline", cmd_baseline, "put known findings on record, without their text",
        &baseline_options},
    {"config", cmd_config, "the settings in force, and where they are from",
        &config_options},
    {"rules", cmd_rules, "list, check, test, trace and compile rules", &rules_options},
    {"lsp", cmd_lsp, "language server: findings in an editor", &lsp_options},
    {"completion", cmd_completion, "completion for bash, zsh or fish",
        &completion_options},
    {"version", cmd_version, "program, rules and their hash", NULL},
    {"help", cmd_help, "this help, or that of a command", &help_options},
};

const struct command *command_at(size_t index)
{
    return index < PL_COUNT(commands) ? &commands[index] : NULL;
}

static const char *command_name(size_t index)
{
    return index < PL_COUNT(commands) ? commands[index].name : NULL;
}

const struct opt_table help_options = {.word = command_name};

int cmd_version(int argc, char **argv)
{
    struct pl_pack_info info;
    (void)argc;
    (void)argv;
    struct pl_rules *rules = cli_rules();
    if (!rules)
        return EXIT_FAILED;
    pl_rules_info(rules, &info);
    (void)printf("postlint %s\nrules: %s %s, %zu rules, hash %016llx, %s\n",
        pl_version(), info.name, info.version, info.rules,
        (unsigned long long)info.hash, info.licence);
    pl_rules_free(rules);
    return EXIT_CLEAN;
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < PL_COUNT(commands); i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

int cmd_help(int argc, char **argv)
{
    char help_flag[] = "--help";
    char *flags[] = {help_flag};
    const struct command *c = argc > 0 ? find(argv[0]) : NULL;
    if (argc > 0 && !c)
        return cli_is_draft(argv[0])
                   ? cli_no_draft()
                   : cli_fail("there is no command '%s'", argv[0]);
    if (c && c->run != cmd_help && c->run != cmd_version)
        return c->run(1, flags);
    (void)puts("postlint: professional-conduct lint for draft social posts\n\n"
               "usage: postlint [COMMAND] [OPTION]... [FILE]...\n");
    for (size_t i = 0; i < PL_COUNT(commands); i++)
        (void)printf("  %-10s %s\n", commands[i].name, commands[i].about);
    (void)puts("\nA draft is piped, pasted or named, never an argument:\n"
               "  xclip -o | postlint      wl-paste | postlint      "
               "pbpaste | postlint\n\n"
               "Status: 0 nothing at warning or above, 1 something, 2 not all "
               "could be judged.\nNothing found does not show that a post is "
               "safe.");
    return EXIT_CLEAN;
}

/* A bare word that is no file is most likely a mistyped command. */
static int unknown(const char *word)
{
    if (cli_is_draft(word))
        return cli_no_draft();
    const char *names[PL_COUNT(commands)];
    for (size_t i = 0; i < PL_COUNT(commands); i++)
        names[i] = commands[i].name;
    const char *guess = cli_guess(word, names, PL_COUNT(commands));
    if (guess)
        return cli_fail(
            "there is no file or command '%s': did you mean %s?", word, guess);
    return cli_fail("there is no file or command '%s'; a draft is piped in, "
                    "not written as an argument: postlint < draft.txt",
        word);
}

int main(int argc, char **argv)
{
    tty_no_core();
    (void)signal(SIGPIPE, SIG_IGN);
    const char *word = argc > 1 ? argv[1] : "check";
    const struct command *c = find(word);
    if (c)
        return c->run(argc > 1 ? argc - 2 : 0, argv + 2);
    if (strcmp(word, "--version") == 0)
        return cmd_version(0, NULL);
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return cmd_help(0, NULL);
    if (word[0] != '-' && !cli_is_file(word))
        return unknown(word);
    return cmd_check(argc - 1, argv + 1);
}
