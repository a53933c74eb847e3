/* SPDX-License-Identifier: MIT */
/*
 * report.h - findings to text: the list of formats.
 *
 * A reporter writes into a buffer and knows nothing of files or terminals. One
 * file per format; begin, then for each post `post` (its findings in order, and
 * the error if it could not be judged in full), then `end`.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "report/view.h"

struct report_post {
    const char *name; /* file name or "-" */
    const struct doc *doc; /* null if it could not be read */
    const struct view *views;
    uint32_t count;
    const struct finding *findings; /* same order */
    /* With those that are not told (allowed, below the level, on old lines):
       the masked format hides what they found too. */
    const struct finding *every;
    uint32_t every_count;
    const struct err *error; /* null if all was judged */
};

struct report {
    struct arena *a;
    struct buf *out;
    const struct pack *pack;
    const char *version;
    enum show show;
    bool colour;
    uint32_t width; /* columns of the terminal, 0 unknown */
    uint32_t counts[LEVEL_COUNT];
    uint32_t posts, with_findings;
    bool first; /* nothing has been written of a list yet */
    struct buf *errors; /* of formats that put them last */
    struct buf *held;   /* LEVEL_COUNT of them, for formats that sort by level */
    enum level fail_on; /* what fails a check; LEVEL_COUNT: nothing */
};

struct reporter {
    const char *name; /* as in --format=NAME */
    const char *about;
    void (*begin)(struct report *r); /* may be null */
    void (*post)(struct report *r, const struct report_post *p);
    void (*end)(struct report *r); /* may be null */
};

const struct reporter *reporter_find(struct str name); /* null if unknown */
const struct reporter *reporter_at(size_t index);      /* null past the end */

/* Text for a terminal or a log: control, bidi and other invisible characters
   are shown as \u{..}, and so is what a build server reads as a command
   wherever it stands ("##[", "##vso["). */
void report_escape(struct buf *out, struct str s);
/* The same where a line of the output begins: "::" is no command there. */
void report_escape_line(struct buf *out, struct str s);
/* The same as a JSON string: for pages that show what is in it. */
void report_escape_json(struct buf *out, struct str s);
/* Name of the file of a post in formats that need one. */
struct str report_file(const struct report_post *p);
/* Message, details, reason and safer wording, parted by line ends and escaped
   but for these. */
void report_advice(struct buf *out, const struct view *v);
/* Findings of a support rule are shown by pretty alone. */
bool report_shows(const struct view *v);
/* One finding as the JSON object of the batch contract, with file when given;
   whole: with line, why, try, sources and related places. */
void report_json_finding(
    struct report *r, const struct view *v, const char *file, bool whole);

#endif
