/* SPDX-License-Identifier: MIT */
/*
 * err.h - an error is a value with a place.
 *
 * Functions that can fail return bool and take a struct err last; outputs stay
 * untouched on failure. Many problems at once (in rule files) are collected in
 * struct problems.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/vec.h"

/* X(name, code word in output) */
#define ERR_LIST(X)                                                            \
    X(NONE, "none")                                                            \
    X(MEMORY, "out-of-memory")                                                 \
    X(USAGE, "usage")                                                          \
    X(IO, "io")                                                                \
    X(UTF8, "bad-utf8")                                                        \
    X(UTF16, "utf-16")                                                         \
    X(NUL, "nul-byte")                                                         \
    X(SIZE, "too-large")                                                       \
    X(JSON, "bad-json")                                                        \
    X(BLANK, "blank-line")                                                     \
    X(INPUT, "bad-input")                                                      \
    X(RECORDS, "no-posts")                                                     \
    X(RULE, "bad-rule")                                                        \
    X(PACK, "bad-pack")                                                        \
    X(BASELINE, "bad-baseline")                                                \
    X(CONFIG, "bad-config")                                                    \
    X(LIMIT, "limit")

enum err_code {
#define X(name, word) ERR_##name,
    ERR_LIST(X)
#undef X
        ERR_COUNT
};

/* From 1; 0 is unknown. col counts bytes. len: bytes to underline, 0 for 1. */
struct where {
    const char *file;
    uint32_t line, col, len;
};

struct err {
    enum err_code code;
    struct where at;
    char msg[240];
};

/* Always false, so that `return err_set(...)` is how a function fails. */
bool err_set(struct err *err, enum err_code code, struct where at,
    const char *fmt, ...) PL_PRINTF(4, 5);
const char *err_word(enum err_code code);

/* One problem of a rule, word list, table or settings file. */
struct problem {
    struct where at;
    const char *code;   /* "unknown-key": shown as error[unknown-key] */
    bool warning;       /* does not stop the load; an error in CI */
    struct str message; /* what is wrong */
    struct str fix;     /* how to mend it; may be empty */
};

struct problems {
    struct arena *arena;
    VEC(struct problem) list;
    size_t errors; /* those of the list that are not warnings */
};

/* Always false. fix may be null. */
bool problem_add(struct problems *p, struct where at, const char *code,
    const char *fix, const char *fmt, ...) PL_PRINTF(5, 6);
void problem_warn(struct problems *p, struct where at, const char *code,
    const char *fix, const char *fmt, ...) PL_PRINTF(5, 6);

#endif
