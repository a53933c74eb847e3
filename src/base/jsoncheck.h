/* SPDX-License-Identifier: MIT */
/* jsoncheck.h - is it JSON? Jansson's one home; its names clash with ours. */
#ifndef BASE_JSONCHECK_H
#define BASE_JSONCHECK_H

#include "base/str.h"

struct json_fault {
    size_t at; /* byte */
    const char *what; /* a fixed sentence: nothing of the text */
    bool utf8;
};

bool json_check(struct str text, struct json_fault *fault);

#endif
