/* SPDX-License-Identifier: MIT */
/* builtin.h - the rules that are part of the library. */
#ifndef API_BUILTIN_H
#define API_BUILTIN_H

#include "base/str.h"

/* Bytes of the built-in pack, aligned to 8, never freed. */
struct str builtin_pack(void);
/* The words that are no trigger by themselves, one a line. */
struct str builtin_common(void);
/* The table of report/help.h. */
struct str builtin_help(void);

#endif
