/* SPDX-License-Identifier: MIT */
/* file.h - whole files in, whole files out. */
#ifndef HOST_FILE_H
#define HOST_FILE_H

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

void file_closep(FILE **f); /* for PL_DEFER; null is fine */

/* All bytes of a file ("-" is standard input) behind what b holds; an error if
   it cannot be read or is larger than limit bytes. */
bool file_read(const char *path, size_t limit, struct buf *b, struct err *err)
    PL_MUST_USE;
/* Writes and closes; a full disk is an error. "-" is standard output. */
bool file_write(const char *path, struct str bytes, struct err *err)
    PL_MUST_USE;

#endif
