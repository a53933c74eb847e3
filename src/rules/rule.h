/* SPDX-License-Identifier: MIT */
/*
 * rule.h - what a pack says, as plain data with places: the loader's result.
 *
 * Names are not resolved here; the compiler (author/compile.c) does that and
 * every other check of meaning. Strings and arrays live in the arena that the
 * pack was loaded into.
 */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "base/err.h"
#include "base/str.h"
#include "rules/level.h"
#include "text/doc.h"
#include "text/span.h"

/* One file of a pack, handed in as bytes. name is its path within the pack,
   such as "privacy/age.yaml". */
struct source {
    struct str name, text;
};

struct name {
    struct str text;
    struct where at;
};

struct names {
    struct name *items;
    size_t count;
};

/* ---- conditions -------------------------------------------------------- */

enum cmp { CMP_NONE, CMP_EQ, CMP_LT, CMP_GT, CMP_LE, CMP_GE };

enum cond_op {
    COND_OR,   /* kids */
    COND_AND,  /* kids */
    COND_NOT,  /* one kid */
    COND_NAME, /* name [ "." fact ] [ cmp number ]: evidence, guard, context,
                  in `where` a fact, in `crowd` an axis or term */
    COND_CALL, /* name(args [, number]) [ cmp number ]: near, before, count,
                  negated(verb), evidence(agent, illness) */
    COND_OF,   /* number of (kids): each a COND_NAME */
    COND_IS,   /* "evidence(agent, illness) is refuted": args may be empty,
                  "level is error", "jurisdiction is unset" */
};

struct cond {
    enum cond_op op;
    struct where at;
    struct str name, fact, word; /* word: right side of `is` */
    struct cond **kids;
    size_t kid_count;
    struct names args;
    bool has_distance;
    uint32_t distance; /* last argument of near() and before() */
    enum cmp cmp;
    double number;
};

/* ---- windows ----------------------------------------------------------- */

enum window_unit {
    WINDOW_NONE, /* not given */
    WINDOW_CLAUSE,
    WINDOW_SENTENCES, /* count: 1 is `sentence` */
    WINDOW_TOKENS,    /* count tokens on either side */
    WINDOW_POST
};

struct window {
    enum window_unit unit;
    uint32_t count;
};

/* ---- words ------------------------------------------------------------- */

struct entry_tag {
    struct str name;
    struct where at;
    double number; /* 1 when none is given */
};

/* "phrase; alias; alias => better | tag tag=number" */
struct entry {
    struct where at;
    struct str *spellings; /* the phrase, then its aliases, as written */
    size_t spelling_count;
    struct str better;
    struct entry_tag *tags;
    size_t tag_count;
};

struct entries {
    struct entry *items;
    size_t count;
};

struct lexicon {
    struct name name;
    struct entries entries; /* of words: and file: together */
    struct names include;
    struct entries except;
    struct names tags;
    bool exact;
    struct str note;
};

/* ---- weights ------------------------------------------------------------- */

/* Words that weigh for or against each of some columns: an entry is one or two
   stems, its tags are weights. */
struct weights {
    struct name name;
    struct names columns;
    struct entries entries;
    struct str note;
};

/* ---- tables ------------------------------------------------------------ */

struct table_row {
    struct str *cells; /* one per column */
    struct where at;
};

struct table {
    struct name name;
    struct names key_columns, key_lexicons; /* same count, in order */
    struct names answers;
    struct name otherwise;
    struct str *columns; /* header line */
    size_t column_count;
    struct table_row *rows;
    size_t row_count;
    const char *file;
};

/* ---- evidence ---------------------------------------------------------- */

enum evid_kind {
    EVID_NAME,     /* name */
    EVID_LIST,     /* kids */
    EVID_WORDS,    /* entries */
    EVID_LEXICON,  /* lexicons */
    EVID_REGEX,    /* pattern */
    EVID_DETECT,   /* name of a detector */
    EVID_SEQUENCE, /* kids are the members, with gaps before them */
    EVID_WEIGH,    /* name of weights; as: a column, or empty */
};

struct gap {
    uint32_t tokens;     /* at most so many before this member */
    struct names without;
};

struct evidence {
    enum evid_kind kind;
    struct where at;
    struct name name;
    struct evidence *kids;
    size_t kid_count;
    struct gap *gaps; /* one per kid; that of the first is 0 */
    size_t head;      /* index of the head among the kids */
    struct entries entries;
    struct names lexicons;
    struct str pattern;
    struct where pattern_at; /* of its first character inside the quotes */
    struct cond *where;      /* null if none */
    uint16_t zones;          /* ZONE_BITs, 0 when not given */
    bool exact;              /* case: exact */
    struct name check;       /* validator */
    struct name as;          /* of weigh: the column that says where */
};

/* A named piece, or a name in a rule's find. */
struct piece {
    struct name name;
    struct evidence evidence;
};

struct pieces {
    struct piece *items;
    size_t count;
};

/* ---- tests ------------------------------------------------------------- */

/* An example of flags, passes, holds or fails. */
struct example {
    struct where at;
    struct str text;      /* without the [[ ]] marks */
    struct span *anchors; /* in text, from [[ ]] or at: */
    size_t anchor_count;
    bool has_level;
    enum level level;
    struct names as_keys; /* fields of a batch record: platform, alt ... */
    struct str *as_values;
};

struct examples {
    struct example *items;
    size_t count;
};

/* ---- guards, scales ---------------------------------------------------- */

struct guard {
    struct name name;
    struct pieces find;
    struct cond *when; /* null: some name of find occurs */
    struct window within;
    struct examples holds, fails;
};

struct scale_row {
    struct name answer;
    enum level *cells; /* one per column */
};

struct scale {
    struct name name;
    struct cond *of;       /* a COND_CALL on a table */
    struct cond **columns; /* null for `else`, always the last */
    size_t column_count;
    struct scale_row *rows;
    size_t row_count;
};

/* ---- rules ------------------------------------------------------------- */

struct timed_cond { /* of unless: */
    struct cond *cond;
    struct window within; /* WINDOW_NONE: the rule's */
};

enum adjust_to {
    ADJUST_NOTE,
    ADJUST_WARNING,
    ADJUST_ERROR,
    ADJUST_SILENT,
    ADJUST_UP,
    ADJUST_DOWN
};

struct adjust {
    struct where at;
    struct cond *cond;
    struct window within;
    enum adjust_to to;
    struct str because;
};

struct cite { /* of sources: */
    struct str body, title, section, year;
};

enum rule_kind { RULE_FINDING, RULE_SIGNPOST, RULE_SUPPORT, RULE_GUIDE };
enum rule_status { RULE_STABLE, RULE_TRIAL, RULE_RETIRED };

/* X(name, word): the profile a post is judged under. */
#define PROFILE_LIST(X)                                                        \
    X(LOCALE, "locale")                                                        \
    X(JURISDICTION, "jurisdiction")                                            \
    X(PLATFORM, "platform")                                                    \
    X(PROFESSION, "profession")                                                \
    X(ACCOUNT, "account")

enum profile_key {
#define X(name, word) PROFILE_##name,
    PROFILE_LIST(X)
#undef X
        PROFILE_COUNT
};

struct crowd_points {
    uint32_t points;
    struct evidence evidence; /* a name alone is EVID_NAME */
};

struct crowd_axis {
    struct name name;
    struct crowd_points *points;
    size_t point_count;
};

struct crowd_term {
    struct name name;
    struct cond *cond;
};

struct crowd {
    struct where at;
    struct crowd_axis *axes;
    size_t axis_count;
    struct crowd_term *terms;
    size_t term_count;
    struct cond *levels[LEVEL_COUNT]; /* null where none is given */
};

struct wording { /* of try: */
    struct name text;
    bool fits; /* it can stand in the post, in place of what was found */
};

struct edit { /* of edit: */
    struct name name;
    struct str replacement;
};

struct rule {
    struct name id; /* group/name/variant */
    struct str summary;
    enum level level;
    struct name scale; /* instead of level; empty if none */
    enum rule_status status;
    enum rule_kind kind;
    struct names applies[PROFILE_COUNT];
    struct pieces find;
    struct name report; /* empty: the first of find */
    struct window within;
    struct cond *when; /* null: the anchor occurs */
    struct crowd *crowd;
    struct timed_cond *unless;
    size_t unless_count;
    struct evidence *allow; /* null if none */
    struct adjust *adjust;
    size_t adjust_count;
    struct names yields;
    bool mask;
    struct str message, why;
    struct where message_at, why_at;
    struct cite *sources;
    size_t source_count;
    struct wording *tries;
    size_t try_count;
    struct edit *edits;
    size_t edit_count;
    bool safe_edit; /* an editor may apply it with others at once */
    struct examples flags, passes;
};

struct exemption { /* of pack.yaml's exempt: */
    struct name id;
    struct str reason;
};

struct pack_head {
    struct str name, version, licence, summary, locale, reviewed;
    struct names jurisdiction;
    struct exemption *exempt;
    size_t exempt_count;
};

/* Everything that one folder of rules says. */
struct rule_pack {
    struct pack_head head;
    struct lexicon *lexicons;
    size_t lexicon_count;
    struct weights *weights;
    size_t weight_count;
    struct table *tables;
    size_t table_count;
    struct pieces pieces;
    struct guard *guards;
    size_t guard_count;
    struct scale *scales;
    size_t scale_count;
    struct rule *rules;
    size_t rule_count;
};

#endif
