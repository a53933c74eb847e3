/* SPDX-License-Identifier: MIT */
/*
 * json.h - one JSON text as a tree of values with places, and an ordered writer.
 *
 * Jansson says whether a text is JSON and where it is not; nothing of its memory
 * is kept. A value knows the bytes it was read from, so that whoever judges a
 * decoded string can tell where in the file it stands (json_piece()).
 *
 * For settings, posts and the language server; the inner loop of `batch` has a
 * scanner of its own (batch/record.h).
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"

enum json_kind {
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_NUMBER,
    JSON_KIND_TEXT,
    JSON_KIND_LIST,
    JSON_KIND_MAP
};

struct json_member;

struct json {
    enum json_kind kind;
    struct str source; /* its bytes in the text, a string with its quotes */
    struct str text;   /* of a string, decoded; a NUL stands behind it */
    struct json *items;           /* of a list */
    struct json_member *members;  /* of a map, in the order of the text */
    size_t count;
};

struct json_member {
    struct json key; /* a string */
    struct json value;
};

/*
 * The whole text is one value of any kind. Strict: UTF-8, no member twice, no
 * nesting beyond LIMIT_JSON_DEPTH, no number beyond a double. Everything is the
 * arena's but source, which points into text. On failure err says ERR_JSON (or
 * ERR_UTF8), with line and column (in bytes) and a sentence that repeats nothing
 * of the text.
 */
bool json_parse(struct arena *a, const char *file, struct str text,
    struct json *value, struct err *err) PL_MUST_USE;

/* Questions may be asked of null and of values of another kind: the answer is
   null, "", false or the fallback. */
const struct json *json_get(const struct json *map, const char *key);
struct str json_text(const struct json *value);
bool json_bool(const struct json *value, bool fallback);
/* A whole number without exponent; false if it is none or does not fit. */
bool json_int(const struct json *value, int64_t *number);

/* A stretch of a string: either bytes that stand for themselves, or one escape
   (a pair of surrogates is one). */
struct json_piece {
    struct str source;
    struct str text; /* what it says; for plain bytes the source itself */
    bool escape;
};

/* The next piece of a string; *at is 0 at first. False at its end. */
bool json_piece(struct arena *a, const struct json *string, size_t *at,
    struct json_piece *piece);

/* ---- writing ------------------------------------------------------------- */

enum { JSON_OUT_DEPTH = 64 };

/* Commas and colons come by themselves: {.out = &buf}, then in the order
   wanted. Out of memory is remembered in the buffer. */
struct json_out {
    struct buf *out;
    uint64_t filled; /* a bit for each level: something stands in it */
    unsigned depth;
    bool after_key;
};

void json_open_map(struct json_out *o);
void json_close_map(struct json_out *o);
void json_open_list(struct json_out *o);
void json_close_list(struct json_out *o);
void json_key(struct json_out *o, const char *key);
void json_put_text(struct json_out *o, struct str text);
void json_put_int(struct json_out *o, int64_t number);
void json_put_bool(struct json_out *o, bool value);
void json_put_null(struct json_out *o);
/* A value that is JSON already: an id to be echoed as it came. */
void json_put_source(struct json_out *o, struct str source);

#endif
