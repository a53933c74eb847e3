/* SPDX-License-Identifier: MIT */
/*
 * suppress.h - findings that somebody has accepted, and why.
 *
 * In the order of preference: settings, a flag, front matter, a comment before a
 * block, the baseline. A locked rule hears only the project's own settings. What
 * was written and does nothing is told as a notice.
 */
#ifndef ENGINE_SUPPRESS_H
#define ENGINE_SUPPRESS_H

#include "engine/baseline.h"
#include "engine/scan.h"

enum allow_from {
    ALLOW_PROJECT,
    ALLOW_USER,
    ALLOW_FLAG,
    ALLOW_FRONT,
    ALLOW_COMMENT
};

struct allow {
    enum allow_from from;
    struct where at; /* in settings; in the post: line and column of it */
    struct str rule; /* id prefix */
    struct str phrase; /* only where it stands; empty: everywhere */
    struct str reason, until;
    uint8_t owner; /* the settings file; 0: none, locked rules do not hear it */
    struct span scope; /* of a comment: the block, in the field */
    uint32_t field;
    bool used;
};

struct allows {
    struct allow *items;
    size_t count, cap;
};

/* Something for whoever wrote it, about no finding. */
struct notice {
    const char *code; /* "unused-allow" */
    struct where at;  /* file null: the post */
    struct str message;
};

struct notices {
    struct notice *items;
    size_t count, cap;
};

struct suppress_in {
    struct arena *a; /* of the answer */
    struct allow *settled; /* of settings and flags; `used` is set */
    size_t settled_count;
    struct baseline *baseline; /* may be null; lines that fit are marked */
    struct str today; /* "2027-01-31", empty: unknown, nothing expires */
};

struct suppress_out {
    struct findings kept;
    uint32_t allowed, known; /* findings taken away, by allows and the baseline */
    struct notices notices;  /* of the post, in its order */
};

/* For the findings of the last scan. */
void suppress(struct scratch *s, const struct suppress_in *in,
    const struct findings *all, struct suppress_out *out);

/* Is the last day past? */
bool suppress_expired(struct str until, struct str today);

/* "postlint allow ID [until DAY]: REASON" of a comment; else a code and words
   for a notice. */
bool suppress_parse(struct str text, struct allow *allow, const char **code,
    const char **words);

#endif
