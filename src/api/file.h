/* SPDX-License-Identifier: MIT */
/* file.h - what a post of a file of many is to the scanner. */
#ifndef API_FILE_H
#define API_FILE_H

#include "input/reader.h"
#include "postlint.h"

struct pl_part {
    struct item item;
};

#endif
