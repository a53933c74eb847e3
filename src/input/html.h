/* SPDX-License-Identifier: MIT */
/* html.h - HTML by gumbo, whole pages and the pieces that Markdown holds. */
#ifndef INPUT_HTML_H
#define INPUT_HTML_H

#include "input/parts.h"

/* Adds the parts and directives of a piece of HTML that stands at a span of the
   text. */
void html_piece(struct parts *p, struct span at);
/* Adds what a character reference such as &eacute; says. */
void html_entity(struct parts *p, struct runs *runs, struct span at);

#endif
