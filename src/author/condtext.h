/* SPDX-License-Identifier: MIT */
/* condtext.h - a compiled condition as its author would write it. */
#ifndef AUTHOR_CONDTEXT_H
#define AUTHOR_CONDTEXT_H

#include "base/buf.h"
#include "engine/pack.h"

/* "near(percent, effect-word, 6) and not denied"; of a guard its name only. */
void cond_text(struct buf *out, const struct pack *p, uint32_t cond);
/* The name of evidence, or what it is: "words", "regex"; PACK_NONE is "this". */
struct str evid_text(const struct pack *p, uint32_t evid);

#endif
