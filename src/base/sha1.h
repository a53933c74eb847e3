/* SPDX-License-Identifier: MIT */
/* sha1.h - SHA-1 (FIPS 180-4), for git's names of contents; it secures nothing. */
#ifndef BASE_SHA1_H
#define BASE_SHA1_H

#include "base/str.h"

enum { SHA1_HEX = 40 };

/* Digest of head and body, one behind the other, as lower-case hex and a NUL. */
void sha1_hex(struct str head, struct str body, char hex[SHA1_HEX + 1]);

#endif
