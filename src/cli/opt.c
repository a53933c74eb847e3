/* SPDX-License-Identifier: MIT */
/* opt.c - option tables. */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "cli/cli.h"

static const struct opt *by_name(
    const struct opt *options, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eqz(name, options[i].name))
            return &options[i];
    return NULL;
}

static const struct opt *by_letter(
    const struct opt *options, size_t count, char letter)
{
    for (size_t i = 0; i < count; i++)
        if (options[i].brief == letter)
            return &options[i];
    return NULL;
}

static bool store(const struct opt *o, const char *value)
{
    struct opt_list *list = o->to;
    uint64_t number;
    switch (o->kind) {
    case OPT_FLAG:
        *(bool *)o->to = true;
        return true;
    case OPT_TEXT:
        *(const char **)o->to = value;
        return true;
    case OPT_NUMBER:
        if (!str_uint(str_of(value), SIZE_MAX / 2, &number)) {
            cli_fail("--%s takes a number, not '%s'", o->name, value);
            return false;
        }
        *(size_t *)o->to = (size_t)number;
        return true;
    case OPT_LIST:
        if (list->count == PL_COUNT(list->items)) {
            cli_fail("--%s is given too often", o->name);
            return false;
        }
        list->items[list->count++] = value;
        return true;
    }
    return false;
}

/* name: without the dashes and a value. */
static bool unknown(
    const struct opt *options, size_t count, struct str name, const char *arg)
{
    char word[64];
    const char *names[64];
    size_t n = 0;
    for (size_t i = 0; i < count && n < 64; i++)
        if (options[i].about)
            names[n++] = options[i].name;
    (void)snprintf(word, sizeof word, STR_FMT, STR_ARG(name));
    const char *guess = cli_guess(word, names, n);
    if (guess)
        cli_fail("there is no option %s: did you mean --%s?", arg, guess);
    else
        cli_fail("there is no option %s", arg);
    return false;
}

/* --name, --name=value, --name value */
static bool read_long(const struct opt *options, size_t count, int argc,
    char **argv, int *i)
{
    struct str_cut cut = str_cut(str_of(argv[*i] + 2), '=');
    const struct opt *o = by_name(options, count, cut.head);
    if (!o)
        return unknown(options, count, cut.head, argv[*i]);
    if (o->kind == OPT_FLAG) {
        if (!cut.found)
            return store(o, NULL);
        cli_fail("--%s takes no value", o->name);
        return false;
    }
    if (cut.found)
        return store(o, cut.tail.ptr);
    if (*i + 1 >= argc) {
        cli_fail("--%s needs a value", o->name);
        return false;
    }
    return store(o, argv[++*i]);
}

/* -q, -qv, -fNAME, -f NAME */
static bool read_short(const struct opt *options, size_t count, int argc,
    char **argv, int *i)
{
    for (const char *p = argv[*i] + 1; *p; p++) {
        const struct opt *o = by_letter(options, count, *p);
        if (!o) {
            cli_fail("there is no option -%c", *p);
            return false;
        }
        if (o->kind == OPT_FLAG) {
            (void)store(o, NULL);
            continue;
        }
        if (p[1])
            return store(o, p + 1);
        if (*i + 1 >= argc) {
            cli_fail("-%c needs a value", *p);
            return false;
        }
        return store(o, argv[++*i]);
    }
    return true;
}

bool opt_read(const struct opt *options, size_t count, int argc, char **argv,
    struct args *args)
{
    bool options_end = false;
    *args = (struct args){.items = argv};
    for (int i = 0; i < argc; i++) {
        const char *arg = argv[i];
        bool good = true;
        if (!options_end && strcmp(arg, "--") == 0)
            options_end = true;
        else if (!options_end && strncmp(arg, "--", 2) == 0)
            good = read_long(options, count, argc, argv, &i);
        else if (!options_end && arg[0] == '-' && arg[1] != '\0')
            good = read_short(options, count, argc, argv, &i);
        else if (cli_is_draft(arg))
            good = cli_no_draft() == EXIT_CLEAN;
        else
            argv[args->count++] = argv[i];
        if (!good)
            return false;
    }
    return true;
}

void opt_help(const struct opt *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct opt *o = &options[i];
        char left[40];
        if (!o->about)
            continue;
        char letter[5] = "    ";
        if (o->brief)
            (void)snprintf(letter, sizeof letter, "-%c, ", o->brief);
        (void)snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name,
            o->value ? " " : "", o->value ? o->value : "");
        (void)printf("  %-28s %s\n", left, o->about);
    }
}
