/* SPDX-License-Identifier: MIT */
/* cmd_rules.c - what rule authors need; the larger tools are rules_*.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "cli/rules_tools.h"
#include "host/dir.h"
#include "host/file.h"

enum { KNOWN_MAX = 1 << 20 };

static const char *arg_words, *arg_out, *arg_known;
static bool arg_verbose, arg_strict;
static struct tools_options tools;

static const struct opt options[] = {
    OPTIONS_RULES,
    OPTIONS_WRITER,
    OPTION_SHOW,
    {OPT_TEXT, 0, "words", "LEXICON", "list: the entries of a lexicon",
        &arg_words},
    {OPT_TEXT, 'o', "output", "FILE", "compile: where the pack goes",
        &arg_out},
    {OPT_FLAG, 'v', "verbose", NULL,
        "test: list every report; bench: every rule", &arg_verbose},
    {OPT_FLAG, 0, "strict", NULL, "check: warnings give status 1",
        &arg_strict},
    {OPT_TEXT, 0, "known", "FILE",
        "test: fail where there are more reports than FILE says", &arg_known},
    {OPT_TEXT, 0, "corpus", "FILE",
        "bench, diff: posts, as JSON lines or one a line", &tools.corpus},
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

static void add_word(void *ctx, const char *text, size_t len)
{
    buf_add(ctx, (struct str){text, len});
    buf_addc(ctx, '\n');
}

static int list(struct pl_rules *rules)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct pl_rule r;
    if (arg_words) {
        if (!pl_rules_words(rules, arg_words, add_word, &b))
            return cli_fail("no lexicon is called '%s'", arg_words);
        return cli_write(buf_str(&b));
    }
    for (size_t i = 0; pl_rule_at(rules, i, &r); i++)
        buf_addf(&b, "%-8s %-52s %s%s%s\n", r.level, r.id, r.summary,
            strcmp(r.status, "stable") == 0 ? "" : " - ",
            strcmp(r.status, "stable") == 0 ? "" : r.status);
    return cli_write(buf_str(&b));
}

static int cmd_list(const struct args *args)
{
    (void)args;
    struct pl_rules *rules = cli_rules();
    int status = rules ? list(rules) : EXIT_FAILED;
    pl_rules_free(rules);
    return status;
}

/* A folder given as argument stands for --rules FOLDER. */
static void take_folders(const struct args *args)
{
    for (size_t i = 1; i < args->count; i++)
        if (arg_rules.count < PL_COUNT(arg_rules.items))
            arg_rules.items[arg_rules.count++] = args->items[i];
}

static int cmd_rules_check(const struct args *args)
{
    bool warned;
    take_folders(args);
    struct pl_rules *rules = cli_rules_checked(&warned);
    if (!rules)
        return EXIT_FAILED;
    struct pl_pack_info info;
    pl_rules_info(rules, &info);
    size_t count = arg_rules.count ? info.own : info.rules;
    (void)printf("%zu rule%s: no errors%s\n", count, count == 1 ? "" : "s",
        warned ? ", but warnings" : "");
    pl_rules_free(rules);
    return warned && arg_strict ? EXIT_FOUND : EXIT_CLEAN;
}

static void print_line(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)fwrite(text, 1, len, stdout);
}

/* The file of known reports, empty where none is given. */
static bool read_known(struct buf *known)
{
    struct err err = {0};
    if (!arg_known || file_read(arg_known, KNOWN_MAX, known, &err))
        return true;
    cli_fail("%s", err.msg);
    return false;
}

static int test(const struct pl_rules *rules, const char *prefix, bool own)
{
    struct buf known PL_DEFER(buf_free) = {0};
    struct pl_error error = {0};
    size_t passed = 0, failed = 0;
    struct pl_test_options o = {
        .prefix = prefix, .own = own, .list = arg_verbose, .line = print_line};
    if (!read_known(&known))
        return EXIT_FAILED;
    if (arg_known) {
        o.known = known.ptr ? known.ptr : "";
        o.known_len = known.len;
    }
    bool good = pl_rules_test(rules, &o, &passed, &failed, &error);
    if (error.code)
        return cli_fail_error(NULL, &error);
    (void)printf("rule examples: %zu passed, %zu failed\n", passed, failed);
    return good ? EXIT_CLEAN : EXIT_FOUND;
}

static int cmd_test(const struct args *args)
{
    const char *prefix = NULL;
    bool own = args->count > 1 && dir_is(args->items[1]);
    if (own)
        take_folders(args);
    else if (args->count > 1)
        prefix = args->items[1];
    struct pl_rules *rules = cli_rules();
    int status = rules ? test(rules, prefix, own) : EXIT_FAILED;
    pl_rules_free(rules);
    return status;
}

static int cmd_compile(const struct args *args)
{
    struct pl_error error = {0};
    struct err err = {0};
    void *bytes = NULL;
    size_t len = 0;
    if (!arg_out || args->count < 2)
        return cli_fail("usage: postlint rules compile FOLDER -o FILE");
    take_folders(args);
    /* Through the same door as --rules, then written out. */
    struct pl_rules *rules = cli_rules();
    if (!rules)
        return EXIT_FAILED;
    bool good = pl_rules_bytes(rules, &bytes, &len, &error);
    pl_rules_free(rules);
    if (!good)
        return cli_fail_error(NULL, &error);
    good = file_write(arg_out, (struct str){bytes, len}, &err);
    free(bytes);
    return good ? EXIT_CLEAN : cli_fail("%s", err.msg);
}

static int cmd_trace(const struct args *args)
{
    if (args->count < 2 || args->count > 3)
        return cli_fail("usage: postlint rules trace ID < DRAFT");
    return cli_check_profile()
        ? tools_trace(args->items[1], args->count > 2 ? args->items[2] : NULL)
        : EXIT_FAILED;
}

static int cmd_bench(const struct args *args)
{
    take_folders(args);
    tools.all = arg_verbose;
    return tools_bench(&tools);
}

static int cmd_diff(const struct args *args)
{
    if (args->count != 3)
        return cli_fail("usage: postlint rules diff OLD NEW --corpus FILE");
    return tools_diff(args->items[1], args->items[2], &tools);
}

static const struct {
    const char *name;
    int (*run)(const struct args *args);
    const char *about;
} verbs[] = {
    {"list", cmd_list, "all rules, or the entries of a lexicon (--words)"},
    {"check", cmd_rules_check, "load a folder of rules and tell its problems"},
    {"test", cmd_test, "run the examples in the rule files"},
    {"trace", cmd_trace, "how a rule judges a draft, step by step"},
    {"bench", cmd_bench, "what each rule costs on a corpus"},
    {"diff", cmd_diff, "findings gained and lost between two packs"},
    {"compile", cmd_compile, "a folder to one pack file"},
};

static const char *verb_name(size_t index)
{
    return index < PL_COUNT(verbs) ? verbs[index].name : NULL;
}

const struct opt_table rules_options = {
    options, PL_COUNT(options), verb_name};

int cmd_rules(int argc, char **argv)
{
    struct args args;
    const char *names[PL_COUNT(verbs)];
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help || args.count == 0) {
        FILE *to = arg_help ? stdout : stderr;
        (void)fputs("usage: postlint rules VERB [OPTION]...\n\n", to);
        for (size_t i = 0; i < PL_COUNT(verbs); i++)
            (void)fprintf(to, "  %-10s %s\n", verbs[i].name, verbs[i].about);
        if (arg_help)
            opt_help(options, PL_COUNT(options));
        return arg_help ? EXIT_CLEAN : EXIT_FAILED;
    }
    for (size_t i = 0; i < PL_COUNT(verbs); i++) {
        if (strcmp(args.items[0], verbs[i].name) == 0)
            return verbs[i].run(&args);
        names[i] = verbs[i].name;
    }
    const char *guess = cli_guess(args.items[0], names, PL_COUNT(verbs));
    return guess ? cli_fail("rules has no verb '%s': did you mean %s?",
                       args.items[0], guess)
                 : cli_fail("rules has no verb '%s'", args.items[0]);
}
