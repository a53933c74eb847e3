/* SPDX-License-Identifier: MIT */
/* tty.c - what is known of the terminal. */
#include "host/tty.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] != '\0';
}

bool tty_is(FILE *f)
{
    return isatty(fileno(f)) != 0;
}

bool tty_colour(FILE *f)
{
    const char *term = getenv("TERM");
    const char *force = getenv("CLICOLOR_FORCE");
    if (is_set("NO_COLOR"))
        return false;
    if (force && force[0] != '\0' && strcmp(force, "0") != 0)
        return true;
    return tty_is(f) && term && strcmp(term, "dumb") != 0;
}

uint32_t tty_width(FILE *f)
{
    struct winsize size;
    if (ioctl(fileno(f), TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

bool tty_is_private(FILE *f)
{
    return tty_is(f) && !is_set("CI");
}

void tty_no_core(void)
{
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
}

unsigned tty_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 && count < 1024 ? (unsigned)count : 1;
}
