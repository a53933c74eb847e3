/* SPDX-License-Identifier: MIT */
/* dir.h - the files below a folder. */
#ifndef HOST_DIR_H
#define HOST_DIR_H

#include "base/arena.h"
#include "base/err.h"

struct dir_files { /* sorted, paths relative to the folder */
    struct str *items;
    size_t count, cap;
};

/* Files whose name ends in one of the endings (null ends the list), without
   hidden files, hidden folders and links. */
bool dir_list(struct arena *a, const char *path, const char *const *endings,
    struct dir_files *files, struct err *err) PL_MUST_USE;
bool dir_is(const char *path);
/* A number that changes when a file, or one below a folder, is written, comes or
   goes; 0 if there is nothing. The arena is for scratch. */
uint64_t dir_stamp(struct arena *a, const char *path);

#endif
