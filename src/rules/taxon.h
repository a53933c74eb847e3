/* SPDX-License-Identifier: MIT */
/* taxon.h - the 42 names that every rule belongs to one of. */
#ifndef RULES_TAXON_H
#define RULES_TAXON_H

#include "base/str.h"

struct taxon {
    const char *group_name; /* "privacy/age" */
    const char *about;
};

const struct taxon *taxon_find(struct str group_name); /* null if unknown */
const struct taxon *taxon_at(size_t index);            /* null past the end */
/* Is it a group or a group/name? */
bool taxon_covers(struct str prefix);
/* The nearest name to a mistyped one, null if none is near. */
const struct taxon *taxon_guess(struct str group_name);

#endif
