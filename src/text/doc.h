/* SPDX-License-Identifier: MIT */
/*
 * doc.h - a document: the author's bytes and the parts of them to judge.
 *
 * Readers (input/) make documents, text_analyse() turns them into a struct
 * text, the engine judges that. A document has one or more fields (a batch
 * record has `text` and `alt`, a file has one); byte offsets of a finding
 * count within its field.
 */
#ifndef TEXT_DOC_H
#define TEXT_DOC_H

#include "base/str.h"
#include "text/span.h"

/* X(name, word in rules) - the kinds of place where text stands. */
#define ZONE_LIST(X)                                                           \
    X(BODY, "body")                                                            \
    X(ALT, "alt")                                                              \
    X(PROSE, "prose")                                                          \
    X(HEAD, "head")                                                            \
    X(TAGS, "tags")                                                            \
    X(MENTIONS, "mentions")                                                    \
    X(LINK, "link")                                                            \
    X(FILE, "file")                                                            \
    X(FRONT, "front")

enum zone {
#define X(name, word) ZONE_##name,
    ZONE_LIST(X)
#undef X
        ZONE_COUNT
};
#define ZONE_BIT(zone) ((uint16_t)(1u << (zone)))
enum { ZONES_DEFAULT = (1u << ZONE_BODY) | (1u << ZONE_ALT) };

/*
 * A stretch of a field that is read as text. Runs of a part are read one after
 * the other as if nothing stood between (Markdown: "**bo**ld" is two runs).
 * text replaces the source bytes where they are not what they say (an HTML
 * entity, a JSON escape); with a null ptr the source bytes are the text. A
 * replaced run maps as a whole onto its source span.
 */
struct doc_run {
    struct span source; /* in the field */
    struct str text;
};

/* Parts share no sentence. Zone is BODY, ALT, LINK, FILE or FRONT. */
struct doc_part {
    enum zone zone;
    uint32_t field;
    const struct doc_run *runs;
    uint32_t run_count;
    /* A line end inside is only a blank (a Markdown paragraph), or ends the
       sentence (plain text). */
    bool flowing;
};

struct line_index;

struct doc_field {
    const char *name; /* "text", "alt" */
    struct str bytes; /* UTF-8, the author's */
    /* Of a file that holds many posts, each a document: the bytes are known to
       be UTF-8 without a NUL, and its lines are counted once. Else null. */
    const struct line_index *lines;
};

/* What the author wrote to the linter and not to readers. */
struct doc_directive {
    struct str text;   /* of a comment: "postlint allow ID: reason"; of front
                          matter: the lines of its key `postlint`, YAML */
    uint32_t field;
    struct span at;    /* the comment, or those lines */
    struct span scope; /* the block behind a comment; empty if none follows */
    bool front;        /* front matter speaks of the whole post */
};

struct doc {
    const struct doc_field *fields;
    uint32_t field_count;
    const struct doc_part *parts; /* in the order of the text */
    uint32_t part_count;
    const struct doc_directive *directives; /* in the order of the text */
    uint32_t directive_count;
    bool has_comments; /* the format has a place for directives */
    bool gathered;     /* one of many posts of a file: the field holds others */
    bool has_media;    /* a picture or alt text goes with it */
    uint32_t fold_at;  /* characters before the platform's fold */
    bool html_escapes; /* unused by plain text */
};

#endif
