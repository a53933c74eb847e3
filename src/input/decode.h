/* SPDX-License-Identifier: MIT */
/*
 * decode.h - a text that a file holds in quotes or with escapes, and the way
 * back from its bytes to the file's.
 *
 * A post in JSON or CSV is read in its decoded form by the reader of its own
 * format; decoded_doc() then moves the document to the file.
 */
#ifndef INPUT_DECODE_H
#define INPUT_DECODE_H

#include "base/buf.h"
#include "base/vec.h"
#include "input/reader.h"

struct decoded_piece {
    uint32_t at;        /* first byte in the decoded text */
    struct span source; /* in the file */
    bool plain;         /* the same bytes; else the piece is a whole */
};

struct decoded {
    struct str text; /* a NUL stands behind it */
    struct decoded_piece *items;
    size_t count, cap;
    struct span source; /* all of it, without quotes */
};

/* The source of a decoded span; grows to whole pieces. */
struct span decoded_origin(const struct decoded *d, struct span at);

/* What a record is made of. */
struct record_texts {
    struct decoded text, alt;
    bool has_alt;
    struct str input; /* of the text: "markdown"; empty: plain */
};

/* Reads the texts into a document whose one field is the file. */
bool decoded_doc(struct arena *a, const struct doc_field *file,
    const struct record_texts *texts, struct doc *doc,
    struct err *err) PL_MUST_USE;

#endif
