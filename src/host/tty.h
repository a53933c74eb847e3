/* SPDX-License-Identifier: MIT */
/* tty.h - what is known of the terminal, and of whoever reads the output. */
#ifndef HOST_TTY_H
#define HOST_TTY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

bool tty_is(FILE *f);
/* NO_COLOR, CLICOLOR_FORCE and TERM=dumb are obeyed. */
bool tty_colour(FILE *f);
uint32_t tty_width(FILE *f); /* columns, 0 unknown */
/* A terminal of the author's own: a terminal, and CI is unset. */
bool tty_is_private(FILE *f);
/* No core dumps: they would hold the draft. */
void tty_no_core(void);
unsigned tty_processors(void); /* at least 1 */

#endif
