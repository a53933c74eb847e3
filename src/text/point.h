/* SPDX-License-Identifier: MIT */
/* point.h - what a character that is not plain ASCII becomes. */
#ifndef TEXT_POINT_H
#define TEXT_POINT_H

#include "base/str.h"

enum {
    POINT_JOINER = 0x200D,
    POINT_FIGURE_DASH = 0x2012,
    POINT_EN_DASH,
    POINT_EM_DASH
};

struct point_form {
    char cased[64], folded[64];
    size_t cased_len, folded_len;
    bool hides; /* nobody sees it: inside a word it hides something */
};

/* Both forms of a character; empty if it is dropped. */
void point_normalise(uint32_t point, struct point_form *form);
/* The Latin letter that a Cyrillic, Greek or Armenian one looks like, or 0. */
char point_alike(uint32_t point);
bool point_is_letter(uint32_t point); /* marks and digits of any script too */
bool point_is_emoji(uint32_t point);  /* and symbols such as arrows, stars */
/* What keeps a fraction or a raised digit from running into the number or word
   before it, or 0. */
char point_parting(uint32_t point);
/* A mark that stands over or through the letter before it. */
bool point_is_mark(uint32_t point);
/* Letter and mark as one character, 0 if there is none. */
uint32_t point_compose(uint32_t letter, uint32_t mark);
/* A Latin letter without its accents: e of U+00E9; 0 if it has none. */
char point_plain(uint32_t point);

#endif
