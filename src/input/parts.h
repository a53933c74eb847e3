/* SPDX-License-Identifier: MIT */
/*
 * parts.h - what readers gather a document in: runs of the part being read, the
 * parts so far, directives.
 */
#ifndef INPUT_PARTS_H
#define INPUT_PARTS_H

#include "base/vec.h"
#include "text/doc.h"

struct runs {
    struct doc_run *items;
    size_t count, cap;
};

struct parts {
    struct arena *a;
    struct str text; /* of the field; source spans count in it */
    VEC(struct doc_part) list;
    VEC(struct doc_directive) directives;
    bool has_media;
};

/* A stretch of the text as it is. */
void parts_add_source(
    struct parts *p, struct runs *runs, uint32_t beg, uint32_t end);
/* What stands for a stretch of the text; copied. */
void parts_add_text(
    struct parts *p, struct runs *runs, struct span source, struct str text);
/* A pointer of a library: into the text, or words of its own for the place
   behind *last, which is moved on. */
void parts_add_pointer(struct parts *p, struct runs *runs, const char *ptr,
    size_t len, uint32_t *last);
/* Makes a part of the runs and empties them; nothing without runs. */
void parts_end(
    struct parts *p, struct runs *runs, enum zone zone, bool flowing);
/* The span of a pointer into the text; false if it points elsewhere. */
bool parts_span(
    const struct parts *p, const char *ptr, size_t len, struct span *span);
/* A comment without its marks: a directive, or else a part of its own. True
   for a directive, whose scope is not known yet. */
bool parts_comment(struct parts *p, struct span at, struct span inside);
/* All of it as a document of one field. */
void parts_finish(struct parts *p, bool has_comments, struct doc *doc);

#endif
