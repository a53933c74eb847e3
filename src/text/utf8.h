/* SPDX-License-Identifier: MIT */
/* utf8.h - decoding UTF-8, thin over utf8proc. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/str.h"

/* Decodes the character at the start of a non-empty s; its size in bytes, or 0
   if the bytes are no UTF-8. */
size_t utf8_decode(struct str s, uint32_t *point);
/* Offset of the first byte that is not well-formed UTF-8, or s.len. */
size_t utf8_check(struct str s);

#endif
