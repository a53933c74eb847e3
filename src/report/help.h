/* SPDX-License-Identifier: MIT */
/*
 * help.h - services for people in danger, by country.
 *
 * The table has a line for each service: country, service, contact, about, source,
 * checked (the day somebody last tried the contact). A wrong number does harm: one
 * without such a day is never shown, only the name of its service.
 */
#ifndef REPORT_HELP_H
#define REPORT_HELP_H

#include "base/arena.h"
#include "base/str.h"

enum { HELP_MAX = 8 }; /* lines told of one author's countries */

/* Lines to show for `countries` (codes in any case, parted by anything but
   letters), in the order of `table`; returns how many. They live in `a`. */
size_t help_lines(struct arena *a, struct str table, struct str countries,
    struct str out[HELP_MAX]);

#endif
