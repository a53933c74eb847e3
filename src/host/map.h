/* SPDX-License-Identifier: MIT */
/*
 * map.h - the bytes of a large file, of which little is read.
 *
 * Built by map_pages.c, which lets the system fetch the pages that are touched, or
 * by map_read.c where files are not mapped, as meson.build chooses.
 */
#ifndef HOST_MAP_H
#define HOST_MAP_H

#include "base/err.h"
#include "base/str.h"

/* Aligned to 8, never written; file_unmap() gives them back. Whoever shortens the
   file meanwhile ends the program. An error as with file_read(). */
bool file_map(const char *path, size_t limit, struct str *bytes,
    struct err *err) PL_MUST_USE;
void file_unmap(const void *bytes, size_t len);

#endif
