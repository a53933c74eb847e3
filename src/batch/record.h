/* SPDX-License-Identifier: MIT */
/*
 * record.h - one line of JSON to the fields of a post.
 *
 * An own scanner, since it is the inner loop of bulk runs; tests hold it against
 * a JSON library.
 */
#ifndef BATCH_RECORD_H
#define BATCH_RECORD_H

#include "base/arena.h"
#include "base/err.h"

/* X(member, key): strings of a record besides id and text. */
#define RECORD_LIST(X)                                                         \
    X(alt, "alt")                                                              \
    X(locale, "locale")                                                        \
    X(platform, "platform")                                                    \
    X(jurisdiction, "jurisdiction")                                            \
    X(profession, "profession")                                                \
    X(account, "account")                                                      \
    X(reply_to, "reply_to")                                                    \
    X(input, "input")

struct record {
    struct str id; /* the JSON value as it stands; empty if there is none */
    struct str text;
    bool has_text; /* false where it is missing or null */
#define X(member, key) struct str member;
    RECORD_LIST(X)
#undef X
};

struct record_keys { /* of id and text */
    struct str id, text;
};

/* Strings are the arena's (each with a NUL behind it); id points into line.
   On failure id may be known all the same. */
bool record_parse(struct arena *a, struct str line,
    const struct record_keys *keys, struct record *record,
    struct err *err) PL_MUST_USE;

#endif
