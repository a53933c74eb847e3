/* SPDX-License-Identifier: MIT */
/* corpus.h - posts to try rules on: JSON lines, or one post a line. */
#ifndef CLI_CORPUS_H
#define CLI_CORPUS_H

#include "base/arena.h"
#include "base/vec.h"
#include "postlint.h"

struct corpus_post {
    struct str id; /* as JSON, or the number of the line */
    struct pl_post post;
};

struct corpus {
    struct arena *arena;
    VEC(struct corpus_post) posts;
};

/* A file whose first byte is { holds records as `batch` takes them, any other
   one post a line; blank lines are left out. False, with a message printed, on
   failure. */
bool corpus_read(struct corpus *c, const char *path);
/* The examples of the rules that should pass. */
void corpus_passes(struct corpus *c, struct pl_rules *rules);
/* Judges one; false, with a message printed, if it could not be. */
bool corpus_scan(struct pl_scanner *scanner, const struct corpus_post *p,
    const struct pl_finding **findings, size_t *count);

#endif
