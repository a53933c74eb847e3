/* SPDX-License-Identifier: MIT */
/*
 * inflect.h - word~ to its inflected forms, through hunspell and its dictionary.
 *
 * hunspell is loaded on demand (dlopen of a module of ours or of the library):
 * the program that judges posts never needs it.
 */
#ifndef AUTHOR_INFLECT_H
#define AUTHOR_INFLECT_H

#include "base/arena.h"
#include "base/err.h"

struct inflect;

/* Null, with err set, where there is no hunspell or no English dictionary. */
struct inflect *inflect_new(struct err *err);
void inflect_free(struct inflect *i); /* null is fine */
/* All inflected forms of a single word (plural, third person, past,
   participle, -ing; no derivations), the word itself first, parted by blanks. */
struct str inflect_forms(struct inflect *i, struct arena *a, struct str word);
/* True if it is a word of the dictionary. */
bool inflect_knows(struct inflect *i, struct str word);

#endif
