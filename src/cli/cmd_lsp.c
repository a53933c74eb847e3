/* SPDX-License-Identifier: MIT */
/* cmd_lsp.c - the language server. */
#include <stdio.h>

#include "base/attr.h"
#include "cli/cli.h"
#include "lsp/lsp.h"

static const char *arg_docs;
static bool arg_stdio, arg_verbose;

static const struct opt options[] = {
    OPTIONS_RULES,
    OPTIONS_WRITER,
    OPTION_LEVEL,
    {OPT_TEXT, 'c', "config", "FILE",
        "settings instead of the nearest .postlint.yaml", &arg_config},
    {OPT_FLAG, 0, "no-config", NULL, "without settings files", &arg_no_config},
    {OPT_TEXT, 0, "docs", "URL",
        "page of the rules, for links (the installed one)", &arg_docs},
    {OPT_FLAG, 0, "stdio", NULL,
        "speak over standard input and output, as it always does", &arg_stdio},
    {OPT_FLAG, 'v', "verbose", NULL,
        "name each message on standard error, without its content",
        &arg_verbose},
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

const struct opt_table lsp_options = {options, PL_COUNT(options), NULL};

static struct texts texts_of(struct opt_list *list)
{
    return (struct texts){list->items, list->count};
}

/* The page that is installed with the program, if it is. */
static const char *docs(void)
{
    if (arg_docs)
        return arg_docs;
    return cli_is_file(RULES_PAGE) ? "file://" RULES_PAGE : NULL;
}

int cmd_lsp(int argc, char **argv)
{
    struct args args;
    struct lsp_options o = {
        .choice = cli_choice,
        .read_pack = cli_read_pack,
    };
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help) {
        (void)puts("usage: postlint lsp [OPTION]...\n\nThe language server, "
                   "for an editor to start.\n");
        opt_help(options, PL_COUNT(options));
        return EXIT_CLEAN;
    }
    if (args.count > 0)
        return cli_fail("lsp takes options and no arguments");
    if (!cli_check_profile() ||
        !cli_level(arg_level, PL_NOTE, &o.settings.level))
        return EXIT_FAILED;
    o.settings.locale = arg_locale;
    o.settings.jurisdiction = arg_jurisdiction;
    o.settings.platform = arg_platform;
    o.settings.profession = arg_profession;
    o.settings.account = arg_account;
    o.settings.select = texts_of(&arg_select);
    o.settings.ignore = texts_of(&arg_ignore);
    o.settings.packs = texts_of(&arg_rules);
    o.settings.no_builtin = arg_no_builtin;
    o.settings.docs = docs();
    o.config = arg_config;
    o.no_config = arg_no_config;
    o.verbose = arg_verbose;
    return lsp_run(&o);
}
