/* SPDX-License-Identifier: MIT */
/*
 * view.h - a finding as reports show it: words put together, places counted in
 * every unit, and what must not be shown replaced by [names].
 */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "engine/finding.h"
#include "text/line.h"

/* full only on a terminal of the author's own; none leaves excerpts and matched
   words out altogether. */
enum show { SHOW_MASKED, SHOW_FULL, SHOW_NONE };

struct view_place {
    const char *field; /* "text", "alt" */
    struct span byte, utf16, point; /* in the field */
    uint32_t line, end_line;        /* from 1 */
    uint32_t col_byte, col_point, col_utf16, col_cell;       /* from 1 */
    uint32_t end_byte, end_point, end_utf16;                 /* columns */
};

struct view_related {
    struct view_place place;
    struct str label; /* "place: our ED (5 points)" */
    bool removable;
};

struct view_edit { /* a quick fix */
    struct view_place place;
    struct str text;
};

struct view {
    const struct pack_rule *rule;
    struct str id, summary, level, message, why;
    enum level rank;
    struct view_place place;
    struct str *tries;
    uint32_t try_count;
    struct view_related *related;
    uint32_t related_count;
    struct str *also;
    uint32_t also_count;
    struct view_edit *edits; /* all or, where a word must be hidden, none */
    uint32_t edit_count;
    struct view_edit *wordings; /* texts of tries that fit into the post */
    uint32_t wording_count;
    const struct str *because;
    uint32_t because_count;
    struct str table; /* "evidence:12", empty if none decided */
    uint64_t fingerprint;
    bool support;
    struct str allowed; /* reason, empty if it is not allowed */
};

struct view_in {
    struct arena *a;
    const struct pack *pack;
    const struct doc *doc;
    const struct line_index *lines; /* of each field */
    enum show show;
    struct str help, countries; /* for help.h; may be empty */
};

struct view_in view_prepare(struct arena *a, const struct pack *pack,
    const struct doc *doc, enum show show);
void view_make(
    const struct view_in *in, const struct finding *f, struct view *v);
/* A source as one line: "GMC, Good medical practice (2024), section 89". */
struct str view_cite(
    struct arena *a, const struct pack *pack, const struct pack_cite *c);
struct view_place view_place_of(
    const struct view_in *in, struct place place);

#endif
