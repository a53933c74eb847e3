/* SPDX-License-Identifier: MIT */
/* page.h - the rules as a page to read in a browser. */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include "base/buf.h"
#include "postlint.h"

/* All rules, each with its id as the address in the page. */
void page_add(struct buf *b, struct pl_rules *rules);

#endif
