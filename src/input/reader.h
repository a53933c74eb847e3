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

/* Keys of a record (JSON), names of columns (CSV). */
struct record_names {
    struct str text, id;
};

/* X(member, key): what a record may say of its post besides id, text and alt;
   the keys are those of the batch contract. */
#define ITEM_LIST(X)                                                           \
    X(locale, "locale")                                                        \
    X(platform, "platform")                                                    \
    X(jurisdiction, "jurisdiction")                                            \
    X(profession, "profession")                                                \
    X(account, "account")                                                      \
    X(reply_to, "reply_to")

/* One post of a file that holds several. */
struct item {
    struct doc doc; /* its field is the whole file */
    struct str id;  /* as text; empty if there is none */
#define X(member, key) struct str member; /* empty, or with a NUL behind it */
    ITEM_LIST(X)
#undef X
    bool bad; /* cannot be read; err says why and where */
    struct err err;
};

struct items {
    struct item *items;
    size_t count, cap;
    size_t texts;   /* records that have a text */
    size_t records; /* all of them */
};

struct reader {
    const char *name; /* as in --input */
    const char *about;
    const char *endings; /* of file names, parted by blanks; "" none */
    /* A file that is one post. */
    bool (*read)(struct arena *a, const struct post *post, struct doc *doc,
        struct err *err);
    /* A file of several; null where read is not. The field is checked UTF-8
       with its lines; on failure no post of it could be told apart. */
    bool (*split)(struct arena *a, const struct doc_field *field,
        const struct record_names *names, struct items *items,
        struct err *err);
};

const struct reader *reader_find(struct str name); /* null if unknown */
const struct reader *reader_at(size_t index);      /* null past the end */
/* By the ending of a file name; null if that says nothing. */
const struct reader *reader_guess(const char *path);

/* plain.c: a text as it will be posted, and the alt text beside it. */
bool plain_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err);
/* markdown.c: front matter, alt texts, links and image files apart. */
bool markdown_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err);
/* html.c: the same of a page. */
bool html_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err);
/* thread.c: posts parted by a line ---, one text. */
bool thread_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err);
/* jsonposts.c: one record, or a list of them or of texts; a record a line. */
bool jsonposts_split(struct arena *a, const struct doc_field *field,
    const struct record_names *names, struct items *items, struct err *err);
bool jsonlines_split(struct arena *a, const struct doc_field *field,
    const struct record_names *names, struct items *items, struct err *err);
/* csv.c: columns by the names in the first line. */
bool csv_split(struct arena *a, const struct doc_field *field,
    const struct record_names *names, struct items *items, struct err *err);

#endif
