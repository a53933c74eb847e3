/* SPDX-License-Identifier: MIT */
/* settings.h - where settings files lie, and what day it is. */
#ifndef HOST_SETTINGS_H
#define HOST_SETTINGS_H

#include "base/arena.h"

struct settings_paths {
    struct str *items; /* the nearest first */
    size_t count, cap;
};

enum { SETTINGS_DAY = 11 }; /* "2027-01-31" and a NUL */

/* The folder as the system names it, links resolved; one that does not exist as
   it is written, from the working folder. */
struct str settings_folder(struct arena *a, const char *folder);
/* Every .postlint.yaml in the folder (as settings_folder() names it) and those
   above it, up to the root of its repository. */
struct settings_paths settings_find(struct arena *a, struct str folder);
/* The user's own file; empty if there is none. */
struct str settings_user(struct arena *a);
/* Where it would lie; empty without a home. */
struct str settings_user_path(struct arena *a);
/* Today, where the user is. */
void settings_today(char day[SETTINGS_DAY]);

#endif
