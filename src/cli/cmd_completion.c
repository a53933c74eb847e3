/* SPDX-License-Identifier: MIT */
/*
 * cmd_completion.c - completion for shells, made from the option tables.
 *
 * A script holds the words of the program it came from; only rule ids are asked
 * of the program when they are wanted.
 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "cli/cli.h"

/* ---- what an option or an argument can be completed with -------------------- */

enum source { SOURCE_NONE, SOURCE_WORDS, SOURCE_FILES, SOURCE_IDS };

static bool is_file_word(const char *value)
{
    static const char *const words[] = {
        "FILE", "[FORMAT=]FILE", "PACK", "FOLDER"};
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (strcmp(value, words[i]) == 0)
            return true;
    return false;
}

static enum source source_of(const struct opt *o)
{
    if (!o->value)
        return SOURCE_NONE;
    if (cli_choice(o->name, 0))
        return SOURCE_WORDS;
    if (strcmp(o->value, "ID") == 0)
        return SOURCE_IDS;
    return is_file_word(o->value) ? SOURCE_FILES : SOURCE_NONE;
}

/* Of the arguments: `explain` takes rules, `check` and `rules` files. */
static enum source arguments_of(const struct command *c)
{
    if (strcmp(c->name, "explain") == 0)
        return SOURCE_IDS;
    return strcmp(c->name, "check") == 0 || strcmp(c->name, "rules") == 0
               ? SOURCE_FILES
               : SOURCE_NONE;
}

static void add_choices(struct buf *b, const char *option)
{
    const char *word;
    for (size_t i = 0; (word = cli_choice(option, i)); i++)
        buf_addf(b, "%s%s", i ? " " : "", word);
}

static void add_words(struct buf *b, const struct command *c)
{
    const char *word;
    if (!c->options || !c->options->word)
        return;
    for (size_t i = 0; (word = c->options->word(i)); i++)
        buf_addf(b, "%s%s", i ? " " : "", word);
}

static void add_commands(struct buf *b, const char *sep)
{
    const struct command *c;
    for (size_t i = 0; (c = command_at(i)); i++)
        buf_addf(b, "%s%s", i ? sep : "", c->name);
}

static size_t option_count(const struct command *c)
{
    return c->options ? c->options->count : 0;
}

/* Between single quotes; those bytes of `special` get a backslash. */
static void add_quoted(struct buf *b, const char *text, const char *special)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            buf_add(b, STR("'\\''"));
        else if (strchr(special, *p))
            buf_addf(b, "\\%c", *p);
        else
            buf_addc(b, *p);
    }
}

/* ---- bash --------------------------------------------------------------------- */

static const char bash_head[] =
    "# bash completion for postlint; made by: postlint completion bash\n"
    "_postlint_ids()\n"
    "{\n"
    "    postlint rules list 2>/dev/null | while read -r _ id _; do\n"
    "        printf '%s\\n' \"${id%%/*}\" \"${id%/*}\" \"$id\"\n"
    "    done | sort -u\n"
    "}\n"
    "\n"
    "_postlint()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local command=check first=1 words='' source=files IFS=$' \\t\\n'\n"
    "    # bash takes --name=value for three words.\n"
    "    if [[ $cur == '=' ]]; then\n"
    "        cur=''\n"
    "    elif [[ $prev == '=' ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n"
    "    if ((COMP_CWORD > 1)); then\n"
    "        case ${COMP_WORDS[1]} in\n"
    "            ";

static const char bash_tail[] =
    "    esac\n"
    "    case $source in\n"
    "        words) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")"
    " ;;\n"
    "        ids) mapfile -t COMPREPLY < <(compgen -W \"$(_postlint_ids)\" "
    "-- \"$cur\") ;;\n"
    "        files)\n"
    "            compopt -o filenames 2>/dev/null\n"
    "            mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "            if ((COMP_CWORD == 1)); then\n"
    "                local more\n"
    "                mapfile -t more < <(compgen -W \"$words\" -- \"$cur\")\n"
    "                COMPREPLY+=(\"${more[@]}\")\n"
    "            fi ;;\n"
    "        none) COMPREPLY=() ;;\n"
    "    esac\n"
    "}\n"
    "complete -F _postlint postlint\n";

static const char *const source_words[] = {
    [SOURCE_NONE] = "none",
    [SOURCE_WORDS] = "words",
    [SOURCE_FILES] = "files",
    [SOURCE_IDS] = "ids",
};

/* One pattern of `case $command:$prev`. */
static void bash_value(
    struct buf *b, const struct command *c, const struct opt *o)
{
    enum source source = source_of(o);
    buf_addf(b, "        %s:--%s", c->name, o->name);
    if (o->brief)
        buf_addf(b, "|%s:-%c", c->name, o->brief);
    buf_addf(b, ") source=%s", source_words[source]);
    if (source == SOURCE_WORDS) {
        buf_add(b, STR(" words='"));
        add_choices(b, o->name);
        buf_addc(b, '\'');
    }
    buf_add(b, STR(" ;;\n"));
}

static void bash_values(struct buf *b)
{
    const struct command *c;
    for (size_t i = 0; (c = command_at(i)); i++)
        for (size_t k = 0; k < option_count(c); k++)
            if (c->options->items[k].value && c->options->items[k].about)
                bash_value(b, c, &c->options->items[k]);
}

static void bash_options(struct buf *b, const struct command *c)
{
    buf_addf(b, "        %s:-*) source=words words='", c->name);
    for (size_t k = 0; k < option_count(c); k++)
        if (c->options->items[k].about)
            buf_addf(b, "%s--%s", k ? " " : "", c->options->items[k].name);
    buf_add(b, STR("' ;;\n"));
}

static void bash_arguments(struct buf *b, const struct command *c)
{
    if (c->options && c->options->word) {
        buf_addf(b,
            "        %s:*) if ((first == COMP_CWORD)); then source=words "
            "words='",
            c->name);
        add_words(b, c);
        buf_addf(
            b, "'; else source=%s; fi ;;\n", source_words[arguments_of(c)]);
    } else {
        buf_addf(b, "        %s:*) source=%s ;;\n", c->name,
            source_words[arguments_of(c)]);
    }
}

static void bash(struct buf *b)
{
    const struct command *c;
    buf_add(b, str_of(bash_head));
    add_commands(b, "|");
    buf_add(b, STR(") command=${COMP_WORDS[1]} first=2 ;;\n"
                   "        esac\n"
                   "    fi\n"
                   "    case $command:$prev in\n"));
    bash_values(b);
    buf_add(b, STR("        *) case $command:$cur in\n"));
    for (size_t i = 0; (c = command_at(i)); i++) {
        bash_options(b, c);
        bash_arguments(b, c);
    }
    buf_add(b,
        STR("        esac\n"
            "        if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then words='"));
    add_commands(b, " ");
    buf_add(b, STR("'; fi ;;\n"));
    buf_add(b, str_of(bash_tail));
}

/* ---- zsh ---------------------------------------------------------------------- */

static const char zsh_head[] =
    "#compdef postlint\n"
    "# zsh completion for postlint; made by: postlint completion zsh\n"
    "_postlint_ids() {\n"
    "    local -aU ids\n"
    "    local level id rest\n"
    "    postlint rules list 2>/dev/null | while read -r level id rest; do\n"
    "        ids+=(${id%%/*} ${id%/*} $id)\n"
    "    done\n"
    "    compadd -- $ids\n"
    "}\n"
    "\n"
    "_postlint() {\n"
    "    local command=check\n"
    "    local -a commands\n"
    "    commands=(\n";

static void zsh_action(struct buf *b, const struct opt *o)
{
    buf_addc(b, ':');
    add_quoted(b, o->value, ":\\[]");
    buf_addc(b, ':');
    switch (source_of(o)) {
    case SOURCE_NONE:
        buf_addc(b, ' ');
        break;
    case SOURCE_WORDS:
        buf_addc(b, '(');
        add_choices(b, o->name);
        buf_addc(b, ')');
        break;
    case SOURCE_FILES:
        buf_add(b, STR("_files"));
        break;
    case SOURCE_IDS:
        buf_add(b, STR("_postlint_ids"));
        break;
    }
}

/* '*--name=[about]:VALUE:action' and the same for the letter. */
static void zsh_spec(struct buf *b, const struct opt *o, bool brief)
{
    buf_add(b, STR("            '"));
    if (o->kind == OPT_LIST)
        buf_addc(b, '*');
    if (brief)
        buf_addf(b, "-%c%s", o->brief, o->value ? "+" : "");
    else
        buf_addf(b, "--%s%s", o->name, o->value ? "=" : "");
    buf_addc(b, '[');
    add_quoted(b, o->about, ":\\[]");
    buf_addc(b, ']');
    if (o->value)
        zsh_action(b, o);
    buf_add(b, STR("' \\\n"));
}

static void zsh_arguments(struct buf *b, const struct command *c)
{
    static const char *const actions[] = {[SOURCE_NONE] = "",
        [SOURCE_WORDS] = "",
        [SOURCE_FILES] = "'*:file:_files'",
        [SOURCE_IDS] = "'*:rule:_postlint_ids'"};
    if (c->options && c->options->word) {
        buf_add(b, STR("            '1:word:("));
        add_words(b, c);
        buf_add(b, STR(")' \\\n"));
    }
    buf_addf(b, "            %s\n", actions[arguments_of(c)]);
}

static void zsh_command(struct buf *b, const struct command *c)
{
    buf_addf(b, "    %s)\n        _arguments -s -S \\\n", c->name);
    for (size_t k = 0; k < option_count(c); k++) {
        const struct opt *o = &c->options->items[k];
        if (!o->about)
            continue;
        if (o->brief)
            zsh_spec(b, o, true);
        zsh_spec(b, o, false);
    }
    zsh_arguments(b, c);
    buf_add(b, STR("        ;;\n"));
}

static void zsh(struct buf *b)
{
    const struct command *c;
    buf_add(b, str_of(zsh_head));
    for (size_t i = 0; (c = command_at(i)); i++) {
        buf_addf(b, "        '%s:", c->name);
        add_quoted(b, c->about, ":\\");
        buf_add(b, STR("'\n"));
    }
    buf_add(b, STR("    )\n"
                   "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
                   "        _describe -t commands 'command' commands\n"
                   "        _files\n"
                   "        return\n"
                   "    fi\n"
                   "    if (( ${commands[(I)$words[2]:*]} )); then\n"
                   "        command=$words[2]\n"
                   "        shift words\n"
                   "        (( CURRENT-- ))\n"
                   "    fi\n"
                   "    case $command in\n"));
    for (size_t i = 0; (c = command_at(i)); i++)
        zsh_command(b, c);
    buf_add(b, STR("    esac\n"
                   "}\n\n"
                   "if [[ $funcstack[1] == _postlint ]]; then\n"
                   "    _postlint \"$@\"\n"
                   "else\n"
                   "    compdef _postlint postlint\n"
                   "fi\n"));
}

/* ---- fish --------------------------------------------------------------------- */

static const char fish_head[] =
    "# fish completion for postlint; made by: postlint completion fish\n"
    "function __postlint_ids\n"
    "    postlint rules list 2>/dev/null | while read -l level id rest\n"
    "        string replace -r '/.*' '' -- $id\n"
    "        string replace -r '/[^/]*$' '' -- $id\n"
    "        echo $id\n"
    "    end | sort -u\n"
    "end\n"
    "\n"
    "function __postlint_in\n"
    "    set -l words (commandline -opc)\n"
    "    set -l command check\n"
    "    if set -q words[2]; and contains -- $words[2] ";

static void fish_source(struct buf *b, const struct opt *o)
{
    switch (source_of(o)) {
    case SOURCE_NONE:
        buf_add(b, STR(" -x"));
        break;
    case SOURCE_WORDS:
        buf_add(b, STR(" -x -a '"));
        add_choices(b, o->name);
        buf_addc(b, '\'');
        break;
    case SOURCE_FILES:
        buf_add(b, STR(" -r -F"));
        break;
    case SOURCE_IDS:
        buf_add(b, STR(" -x -a '(__postlint_ids)'"));
        break;
    }
}

/* Within single quotes fish knows \' and \\ alone. */
static void fish_about(struct buf *b, const char *about)
{
    buf_add(b, STR(" -d '"));
    for (const char *p = about; *p; p++) {
        if (*p == '\'' || *p == '\\')
            buf_addc(b, '\\');
        buf_addc(b, *p);
    }
    buf_add(b, STR("'\n"));
}

static void fish_option(
    struct buf *b, const struct command *c, const struct opt *o)
{
    buf_addf(b, "complete -c postlint -n '__postlint_in %s' -l %s", c->name,
        o->name);
    if (o->brief)
        buf_addf(b, " -s %c", o->brief);
    if (o->value)
        fish_source(b, o);
    fish_about(b, o->about);
}

static void fish_command(struct buf *b, const struct command *c)
{
    buf_addf(b, "complete -c postlint -n __postlint_first -a %s", c->name);
    fish_about(b, c->about);
    for (size_t k = 0; k < option_count(c); k++)
        if (c->options->items[k].about)
            fish_option(b, c, &c->options->items[k]);
    if (c->options && c->options->word) {
        buf_addf(b, "complete -c postlint -n '__postlint_in %s' -a '", c->name);
        add_words(b, c);
        buf_add(b, STR("'\n"));
    }
    if (arguments_of(c) == SOURCE_IDS)
        buf_addf(b,
            "complete -c postlint -n '__postlint_in %s' -f -a "
            "'(__postlint_ids)'\n",
            c->name);
    if (arguments_of(c) == SOURCE_NONE)
        buf_addf(b, "complete -c postlint -n '__postlint_in %s' -f\n", c->name);
}

static void fish(struct buf *b)
{
    const struct command *c;
    buf_add(b, str_of(fish_head));
    add_commands(b, " ");
    buf_add(b, STR("\n"
                   "        set command $words[2]\n"
                   "    end\n"
                   "    contains -- $command $argv\n"
                   "end\n"
                   "\n"
                   "function __postlint_first\n"
                   "    test (count (commandline -opc)) -eq 1\n"
                   "end\n\n"));
    for (size_t i = 0; (c = command_at(i)); i++)
        fish_command(b, c);
}

/* ---- the command ---------------------------------------------------------------- */

static const struct shell {
    const char *name;
    void (*write)(struct buf *b);
} shells[] = {
    {"bash", bash},
    {"zsh", zsh},
    {"fish", fish},
};

static const char *shell_name(size_t index)
{
    return index < PL_COUNT(shells) ? shells[index].name : NULL;
}

static const struct opt options[] = {
    {OPT_FLAG, 'h', "help", NULL, "show this help", &arg_help},
};

const struct opt_table completion_options = {
    options, PL_COUNT(options), shell_name};

int cmd_completion(int argc, char **argv)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct args args;
    if (!opt_read(options, PL_COUNT(options), argc, argv, &args))
        return EXIT_FAILED;
    if (arg_help) {
        (void)puts("usage: postlint completion bash|zsh|fish\n\n"
                   "Prints a script that completes commands, options, their "
                   "values and rule ids:\n"
                   "  eval \"$(postlint completion bash)\"\n");
        opt_help(options, PL_COUNT(options));
        return EXIT_CLEAN;
    }
    for (size_t i = 0; args.count == 1 && i < PL_COUNT(shells); i++)
        if (strcmp(args.items[0], shells[i].name) == 0) {
            shells[i].write(&b);
            return b.failed ? cli_fail("out of memory")
                            : cli_write(buf_str(&b));
        }
    return cli_fail("usage: postlint completion bash|zsh|fish");
}
