/* SPDX-License-Identifier: MIT */
/* shared.c - options and steps that several commands share. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/attr.h"
#include "cli/cli.h"
#include "host/dir.h"
#include "host/file.h"
#include "host/map.h"
#include "host/tty.h"

const char *arg_locale, *arg_jurisdiction, *arg_platform;
const char *arg_profession, *arg_account, *arg_level, *arg_fail_on;
const char *arg_config, *arg_baseline, *arg_show;
struct opt_list arg_select, arg_ignore, arg_rules, arg_allow;
bool arg_no_builtin, arg_no_config, arg_no_gate, arg_help;

/* Names of files and arguments may hold what a terminal would obey. */
int cli_fail(const char *format, ...)
{
    char message[2048], shown[6 * sizeof message];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    (void)pl_escape(message, strlen(message), shown, sizeof shown);
    (void)fprintf(stderr, "postlint: %s\n", shown);
    return EXIT_FAILED;
}

int cli_fail_error(const char *name, const struct pl_error *error)
{
    if (!name)
        return cli_fail("%s", error->message);
    if (error->line)
        return cli_fail("%s:%u:%u: %s", name, (unsigned)error->line,
            (unsigned)error->column, error->message);
    return cli_fail("%s: %s", name, error->message);
}

bool cli_is_file(const char *path)
{
    return access(path, R_OK) == 0 || dir_is(path);
}

bool cli_is_draft(const char *arg)
{
    return strpbrk(arg, " \t\n") && !cli_is_file(arg);
}

int cli_no_draft(void)
{
    return cli_fail("an argument of several words is no file; a draft is piped "
                    "in or pasted, for arguments stay in the shell's history: "
                    "postlint < draft.txt");
}

const char *cli_guess(
    const char *word, const char *const *words, size_t count)
{
    const char *best = NULL;
    unsigned least = 3;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = str_distance(str_of(word), str_of(words[i]), 3);
        if (distance < least && distance < strlen(word)) {
            least = distance;
            best = words[i];
        }
    }
    return best;
}

int cli_write(struct str text)
{
    errno = 0;
    if ((text.len && fwrite(text.ptr, 1, text.len, stdout) != text.len) ||
        fflush(stdout) != 0) {
        if (errno == EPIPE)
            return EXIT_CLEAN;
        return cli_fail("cannot write: %s", strerror(errno));
    }
    return EXIT_CLEAN;
}

/* ---- rules ------------------------------------------------------------------------ */

enum { RULES_MAX = 64 << 20 };

static const char *const rule_endings[] = {
    ".yaml", ".yml", ".txt", ".tsv", NULL};

static bool read_folder(struct arena *a, const char *path,
    struct pl_pack *pack, struct err *err)
{
    struct dir_files files = {0};
    if (!dir_list(a, path, rule_endings, &files, err))
        return false;
    struct pl_source *sources = ARENA_NEW(a, struct pl_source, files.count);
    for (size_t i = 0; i < files.count; i++) {
        struct buf b PL_DEFER(buf_free) = {0};
        struct str full =
            arena_printf(a, "%s/" STR_FMT, path, STR_ARG(files.items[i]));
        if (!file_read(full.ptr, RULES_MAX, &b, err))
            return false;
        struct str text = arena_copy(a, buf_str(&b));
        sources[i] =
            (struct pl_source){files.items[i].ptr, text.ptr, text.len};
    }
    pack->sources = sources;
    pack->source_count = files.count;
    return true;
}

bool cli_read_pack(struct arena *a, const char *path, struct pl_pack *pack,
    struct err *err)
{
    struct buf b PL_DEFER(buf_free) = {0};
    if (dir_is(path))
        return read_folder(a, path, pack, err);
    if (!file_read(path, RULES_MAX, &b, err))
        return false;
    struct str text = arena_copy(a, buf_str(&b));
    pack->compiled = text.ptr;
    pack->compiled_len = text.len;
    return true;
}

/* The same for a run that ends soon: a compiled pack is not copied. */
static bool open_pack(struct arena *a, const char *path, struct pl_pack *pack,
    struct err *err)
{
    struct str bytes;
    if (dir_is(path))
        return read_folder(a, path, pack, err);
    if (!file_map(path, RULES_MAX, &bytes, err))
        return false;
    pack->compiled = bytes.ptr;
    pack->compiled_len = bytes.len;
    pack->release = file_unmap;
    return true;
}

/* ctx: a bool that says whether there were any, or null. */
static void print_problems(void *ctx, const char *text, size_t len)
{
    if (ctx)
        *(bool *)ctx = true;
    (void)fwrite(text, 1, len, stderr);
}

struct str cli_beside(
    struct arena *a, struct str folder, const char *path)
{
    if (path[0] == '/' || folder.len == 0)
        return arena_copy(a, str_of(path));
    return arena_printf(a, STR_FMT "/%s", STR_ARG(folder), path);
}

enum { PACKS_MAX = 128 };

/* Packs of the settings lie under those of options. */
static bool read_packs(struct arena *a, const struct pl_settings *settings,
    struct str folder, struct pl_pack *packs, size_t *count)
{
    struct pl_setting named;
    struct err err = {0};
    for (size_t i = 0; settings && *count < PACKS_MAX / 2 &&
         pl_settings_pack_at(settings, i, &named);
         i++)
        if (!open_pack(a, cli_beside(a, folder, named.value).ptr,
                &packs[(*count)++], &err))
            return cli_fail("%s", err.msg) == EXIT_CLEAN;
    for (size_t i = 0; i < arg_rules.count; i++)
        if (!open_pack(a, arg_rules.items[i], &packs[(*count)++], &err))
            return cli_fail("%s", err.msg) == EXIT_CLEAN;
    return true;
}

static struct pl_rules *load_rules(
    const struct pl_settings *settings, struct str folder, bool *warned)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct pl_pack packs[PACKS_MAX] = {0};
    struct pl_error error = {0};
    size_t count = 0;
    if (!a || !read_packs(a, settings, folder, packs, &count))
        return NULL;
    struct pl_rules_options options = {
        .packs = packs,
        .pack_count = count,
        .no_builtin = arg_no_builtin,
        .select = arg_select.items,
        .select_count = arg_select.count,
        .ignore = arg_ignore.items,
        .ignore_count = arg_ignore.count,
        .problems = count || settings ? print_problems : NULL,
        .problems_ctx = warned,
        .warnings = warned != NULL,
        .settings = settings,
    };
    struct pl_rules *rules = pl_rules_new(&options, &error);
    if (!rules && strcmp(error.code, "bad-config") != 0)
        cli_fail_error(NULL, &error);
    return rules;
}

struct pl_rules *cli_rules(void)
{
    return load_rules(NULL, STR(""), NULL);
}

struct pl_rules *cli_rules_checked(bool *warned)
{
    *warned = false;
    return load_rules(NULL, STR(""), warned);
}

struct pl_rules *cli_rules_by(
    const struct pl_settings *settings, struct str folder)
{
    return load_rules(settings, folder, NULL);
}

/* ---- values of options -------------------------------------------------------------- */

static const struct choices {
    const char *option;
    const char *words[12]; /* null past the end */
} choices[] = {
    {"level", {"note", "warning", "error", NULL}},
    {"fail-on", {"note", "warning", "error", "never", NULL}},
    {"show", {"auto", "full", "masked", "none", NULL}},
    {"color", {"auto", "always", "never", NULL}},
};

const char *cli_choice(const char *option, size_t index)
{
    const char *name, *about, *endings;
    if (strcmp(option, "format") == 0)
        return pl_format_at(index, &name, &about) ? name : NULL;
    if (strcmp(option, "input") == 0)
        return pl_input_at(index, &name, &about, &endings) ? name : NULL;
    if (strcmp(option, "platform") == 0 || strcmp(option, "account") == 0)
        return pl_profile_word(option, index);
    for (size_t i = 0; i < PL_COUNT(choices); i++)
        if (strcmp(option, choices[i].option) == 0)
            return index < PL_COUNT(choices[i].words)
                ? choices[i].words[index]
                : NULL;
    return NULL;
}

/* ---- profile ------------------------------------------------------------------------ */

static void fill(const char **value, const char *option)
{
    if (!*value)
        *value = option;
}

void cli_profile(struct pl_post *post)
{
    fill(&post->locale, arg_locale);
    fill(&post->jurisdiction, arg_jurisdiction);
    fill(&post->platform, arg_platform);
    fill(&post->profession, arg_profession);
    fill(&post->account, arg_account);
}

bool cli_is_choice(const char *option, const char *value)
{
    const char *words[32], *word;
    size_t count = 0;
    if (!value)
        return true;
    for (; (word = cli_choice(option, count)); count++) {
        if (str_eq_nocase(str_of(value), str_of(word)))
            return true;
        words[count] = word;
    }
    const char *guess = cli_guess(value, words, count);
    if (guess)
        cli_fail("--%s: there is no %s '%s': did you mean %s?", option, option,
            value, guess);
    else
        cli_fail("--%s: there is no %s '%s'; postlint help check lists them",
            option, option, value);
    return false;
}

bool cli_check_profile(void)
{
    if (arg_jurisdiction && strlen(arg_jurisdiction) != 2) {
        cli_fail("--jurisdiction: '%s' is no country code of two letters",
            arg_jurisdiction);
        return false;
    }
    return cli_is_choice("platform", arg_platform) &&
        cli_is_choice("account", arg_account);
}

bool cli_show(FILE *stream, enum pl_show *show)
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

bool cli_level(const char *word, enum pl_level fallback, enum pl_level *level)
{
    static const char *const words[] = {"never", "note", "warning", "error"};
    *level = fallback;
    if (!word)
        return true;
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (strcmp(word, words[i]) == 0) {
            *level = (enum pl_level)i;
            return true;
        }
    cli_fail("'%s' is no level: error, warning or note", word);
    return false;
}
