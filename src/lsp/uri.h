/* SPDX-License-Identifier: MIT */
/* uri.h - file: addresses and paths. */
#ifndef LSP_URI_H
#define LSP_URI_H

#include "base/arena.h"

/* The path of a file: address, empty for any other. A NUL in it makes it empty
   too. */
struct str uri_path(struct arena *a, struct str uri);
struct str uri_of(struct arena *a, struct str path);
/* Last part, and what is before it without the slash ("/" for the root's). */
struct str path_name(struct str path);
struct str path_folder(struct arena *a, struct str path);

#endif
