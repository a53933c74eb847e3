/* SPDX-License-Identifier: MIT */
/* settings.c - where settings files lie, and what day it is. */
#include "host/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/vec.h"

static bool is_there(const char *path, mode_t kind)
{
    struct stat st;
    return stat(path, &st) == 0 && (kind == 0 || (st.st_mode & S_IFMT) == kind);
}

struct str settings_folder(struct arena *a, const char *folder)
{
    char *real = realpath(folder, NULL);
    struct str out;
    if (real) {
        out = arena_copy(a, str_of(real));
    } else if (folder[0] == '/') {
        out = arena_copy(a, str_of(folder));
    } else {
        char *here = realpath(".", NULL);
        out = arena_printf(a, "%s/%s", here ? here : "", folder);
        free(here);
    }
    free(real);
    return out;
}

static struct str parent_of(struct str folder)
{
    size_t end = folder.len;
    while (end > 0 && folder.ptr[end - 1] != '/')
        end--;
    return str_part(folder, 0, end > 1 ? end - 1 : end);
}

struct settings_paths settings_find(struct arena *a, struct str folder)
{
    struct settings_paths found = {0};
    while (folder.len > 0) {
        struct str slash = folder.len > 1 ? STR("/") : STR("");
        struct str file = arena_printf(a, STR_FMT STR_FMT ".postlint.yaml",
            STR_ARG(folder), STR_ARG(slash));
        struct str git = arena_printf(
            a, STR_FMT STR_FMT ".git", STR_ARG(folder), STR_ARG(slash));
        if (is_there(file.ptr, S_IFREG))
            *VEC_PUSH(a, &found) = file;
        if (is_there(git.ptr, 0) || folder.len == 1)
            break;
        folder = parent_of(folder);
    }
    return found;
}

struct str settings_user_path(struct arena *a)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (base && base[0] == '/')
        return arena_printf(a, "%s/postlint/config.yaml", base);
    if (home && home[0] == '/')
        return arena_printf(a, "%s/.config/postlint/config.yaml", home);
    return STR("");
}

struct str settings_user(struct arena *a)
{
    struct str path = settings_user_path(a);
    return path.len && is_there(path.ptr, S_IFREG) ? path : STR("");
}

void settings_today(char day[SETTINGS_DAY])
{
    time_t now = time(NULL);
    struct tm tm = {0};
    (void)localtime_r(&now, &tm);
    if (strftime(day, SETTINGS_DAY, "%Y-%m-%d", &tm) == 0)
        day[0] = '\0';
}
