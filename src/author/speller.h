/* SPDX-License-Identifier: MIT */
/*
 * speller.h - is it a word of English?
 *
 * Built by speller_hunspell.c, or by speller_none.c where no library can be
 * loaded at run time, as meson.build chooses.
 */
#ifndef AUTHOR_SPELLER_H
#define AUTHOR_SPELLER_H

#include "base/err.h"

struct speller;

/* Null, with err set, where there is no hunspell or no English dictionary. */
struct speller *speller_new(struct err *err);
void speller_free(struct speller *s); /* null is fine */
bool speller_knows(struct speller *s, const char *word);

#endif
