/* SPDX-License-Identifier: MIT */
/* reader.h - bytes to documents: the list of formats. */
#ifndef INPUT_READER_H
#define INPUT_READER_H

#include "base/arena.h"
#include "base/err.h"
#include "text/doc.h"

/* What is known of a post besides its text. */
struct post {
    const char *name; /* a path, "-" or null */
    struct str text;
    struct str alt;   /* alt text of a picture that goes with it */
    bool has_media;
    uint32_t fold_at; /* characters before the platform's fold, 0 unknown */
};

struct reader {
    const char *name; /* as in --input */
    const char *about;
    const char *endings; /* of file names, parted by blanks */
    bool (*read)(struct arena *a, const struct post *post, struct doc *doc,
        struct err *err);
};

const struct reader *reader_find(struct str name); /* null if unknown */
const struct reader *reader_at(size_t index);      /* null past the end */
/* By the ending of a file name; plain text if that says nothing. */
const struct reader *reader_guess(const char *path);

/* plain.c: a text as it will be posted, and the alt text beside it. */
bool plain_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err);
/* markdown.c: front matter, alt texts, links and image files apart. */
bool markdown_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err);

#endif
