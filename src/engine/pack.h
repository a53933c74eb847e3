/* SPDX-License-Identifier: MIT */
/*
 * pack.h - compiled rules: one flat, aligned block of bytes, offsets only.
 *
 * Made by author/compile.c, at build time for the built-in rules. Nothing is
 * parsed to use it: a struct pack only points into the block, which may be
 * read-only memory, a file's bytes or an arena's. Immutable, shared by threads.
 *
 * The block is a header, a table of sections (offset and count of records), and
 * the sections. Every number is a 32-bit index or offset, little surprises
 * aside: doubles for numbers of conditions. pack_open() of foreign bytes checks
 * the indices of rules and of what they are made of, so that the engine need not.
 * Words and phrases are by far the most; a post meets few of them, and those are
 * checked as they are met. Whoever reads all of them asks pack_check_words() first.
 */
#ifndef ENGINE_PACK_H
#define ENGINE_PACK_H

#include "base/err.h"
#include "rules/rule.h"

#define PACK_NONE UINT32_MAX

enum { PACK_VERSION = 8, PACK_ORDER = 0x01020304 };

struct pack_str { /* bytes of the text section */
    uint32_t off, len;
};

struct pack_list { /* items [beg, end) of a section */
    uint32_t beg, end;
};

struct pack_where {
    struct pack_str file;
    uint32_t line, col;
};

/* ---- words: hashes of words, a trie of phrases over them (words.h) -------- */

enum word_flag {
    WORD_COMMON = 1, /* of the common-word list: no trigger by itself */
    WORD_LEXICON = 2, /* stands in a lexicon entry: letters are joined to it */
    WORD_ENGLISH = 4 /* of the dictionary: no name of somebody or something */
};

/* Node 0 is the root; one more stands behind the last. */
struct pack_node {
    uint32_t word;   /* that leads here: id << 1 | hard */
    uint32_t phrase; /* that ends here, or PACK_NONE */
    uint32_t kids;   /* first child; they end where those of the next begin */
};

/* Phrases stand in the order of their nodes. */
struct pack_phrase {
    struct pack_list members;  /* pack_member, by lexicon */
    struct pack_list triggers; /* of the index section: rules it proposes */
};

/* Eight bytes, since every phrase of a post leads to some: what few have stands in
   the notes section, at the same index. */
struct pack_member {
    uint32_t lexicon;
    uint32_t entry; /* and PACK_NOTED */
};

#define PACK_NOTED (UINT32_C(1) << 31)

struct pack_note {
    uint32_t exact; /* pack_exact() of the words in the author's case, 0: any */
    uint32_t tags;  /* pack_tags() of the entry; 0: none */
};

enum { PACK_TAGS_MAX = 31 };

/* A short list of facts as one number. */
static inline uint32_t pack_tags(struct pack_list facts)
{
    return facts.beg == facts.end ? 0 : facts.beg << 5 | (facts.end - facts.beg);
}

/* What no words as written have: the member is never found. */
#define PACK_NEVER_EXACT UINT32_MAX

/* sum: of hashes of words that are the same but for their case. Never 0. */
static inline uint32_t pack_exact(uint64_t sum)
{
    uint32_t exact = (uint32_t)(sum ^ sum >> 32);
    return exact == 0 || exact == PACK_NEVER_EXACT ? 1 : exact;
}

struct pack_entry {
    struct pack_str text, better;
    struct pack_list tags; /* pack_fact */
};

struct pack_fact { /* laid out as struct fact of match/hit.h */
    uint32_t id, unused;
    double number;
};

struct pack_lexicon {
    struct pack_str name; /* empty: words given in place */
    struct pack_where at;
    struct pack_list tags; /* of the index section: fact ids it may carry */
    struct pack_list within; /* of the index section: lexicons that hold all of
                                it, by `include` */
};

/* ---- evidence ---------------------------------------------------------- */

enum pack_evid_kind {
    PACK_LEXICON,  /* a: lexicon */
    PACK_REGEX,    /* a: regex */
    PACK_DETECT,   /* a: detector */
    PACK_SEQUENCE, /* list: pack_step; a: index of the head */
    PACK_WEIGH,    /* a: weigher; list.beg: the column whose heaviest
                      sentence is meant, or PACK_NONE */
    PACK_ANY,      /* list: of the index section, evidence ids; the longest of
                      overlapping hits stays */
};

struct pack_evid {
    uint32_t kind, a;
    struct pack_list list;
    uint32_t where; /* condition on the hit's own facts, or PACK_NONE */
    uint32_t zones; /* ZONE_BITs, never 0 */
    uint32_t check; /* validator, or PACK_NONE */
    struct pack_str name; /* as masked reports show it */
    struct pack_where at;
};

/* Weighs the words of a post: what each of them adds to each column. */
struct pack_weigher {
    struct pack_str name;
    struct pack_list columns; /* index: fact of each */
    struct pack_list always;  /* pack_weight: added to every post */
    struct pack_list terms;   /* pack_term: open addressing, a power of two of
                                 slots, some of them free */
};

struct pack_term { /* weights empty: a free slot */
    uint64_t hash;
    struct pack_list weights; /* pack_weight */
};

struct pack_weight {
    uint16_t column;
    int16_t value; /* hundredths */
};

struct pack_step { /* member of a sequence */
    uint32_t evid;
    uint32_t gap;             /* tokens allowed before it */
    struct pack_list without; /* of the index section: evidence barred there */
};

struct pack_regex {
    struct pack_str pattern;
    uint32_t caseless;
    struct pack_list captures; /* pack_capture */
    struct pack_list literals; /* pack_str of the strs section: one of them
                                  must occur (folded) */
    uint32_t features;         /* ... or one of these must hold; both empty:
                                  nothing known */
    struct pack_list sieve;    /* of the sieves section: see regex_needs() */
    struct pack_where at;
};

struct pack_capture {
    uint32_t group, fact;
};

/* ---- conditions: nodes in postfix-free tree form ------------------------- */

enum pack_op {
    OP_OR,      /* list of the index section: conditions */
    OP_AND,     /* same */
    OP_NOT,     /* a: condition */
    OP_OF,      /* number, list: at least so many hold */
    OP_NAME,    /* a: evidence */
    OP_ANCHOR,  /* `this` or the anchor's own name */
    OP_FACT,    /* a: evidence, or PACK_NONE the anchor; b: fact; cmp; number */
    OP_OWN,     /* in where: b: fact of the hit itself; cmp; number */
    OP_GUARD,   /* a: guard */
    OP_CONTEXT, /* a: enum context; b: evidence, or PACK_NONE the anchor */
    OP_NEAR,    /* a, b: evidence, or PACK_NONE the anchor; number: tokens */
    OP_BEFORE,  /* same; number < 0: anywhere in the window */
    OP_COUNT,   /* a: evidence; cmp; number */
    OP_LOOKUP,  /* a: table; list: evidence of the arguments (PACK_NONE the
                   anchor); b: answer */
    OP_PROFILE, /* a: enum profile_key; b: string of strs, PACK_NONE: unset */
    OP_LEVEL,   /* a: enum level */
    OP_AXIS,    /* a: axis of the crowd, AXIS_POINTS, AXIS_NARROW; cmp */
    OP_TERM,    /* a: condition of the term */
    OP_WITHIN,  /* a: condition judged in its own window */
    OP_COUNT_OPS
};

#define AXIS_POINTS (UINT32_MAX - 1)
#define AXIS_NARROW (UINT32_MAX - 2)

/* X(name, word, cue lexicons are found by name) */
#define CONTEXT_LIST(X)                                                        \
    X(NEGATED, "negated")                                                      \
    X(MYTHED, "mythed")                                                        \
    X(REJECTED, "rejected")                                                    \
    X(QUESTION, "question")                                                    \
    X(HEDGED, "hedged")                                                        \
    X(CONDITIONAL, "conditional")                                              \
    X(QUOTED, "quoted")                                                        \
    X(ATTRIBUTED, "attributed")                                                \
    X(ENDORSED, "endorsed")                                                    \
    X(IRONIC, "ironic")                                                        \
    X(CITED, "cited")                                                          \
    X(LINKED, "linked")                                                        \
    X(REPLY, "reply")                                                          \
    X(MEDIA, "media")

enum context {
#define X(name, word) CONTEXT_##name,
    CONTEXT_LIST(X)
#undef X
        CONTEXT_COUNT
};

/* X(name, lexicon): what the contexts are read from. */
#define CUE_LIST(X)                                                            \
    X(CLAUSE, "cue-clause")                                                    \
    X(NEGATION, "cue-negation")                                                \
    X(NOT_NEGATION, "cue-not-negation")                                        \
    X(NO, "cue-no")                                                            \
    X(YES, "cue-yes")                                                          \
    X(MYTH, "cue-myth")                                                        \
    X(FACT, "cue-fact")                                                        \
    X(REJECT, "cue-reject")                                                    \
    X(HEDGE, "cue-hedge")                                                      \
    X(ATTRIBUTION, "cue-attribution")                                          \
    X(ENDORSE, "cue-endorse")                                                  \
    X(IRONY, "cue-irony")                                                      \
    X(SELLING, "cue-selling")                                                  \
    X(ASKING, "cue-asking")                                                    \
    X(IF, "cue-if")                                                            \
    X(AUDIENCE, "cue-audience")                                                \
    X(CITATION, "cue-citation")                                                \
    X(TRUSTED, "cue-trusted-host")                                             \
    X(UNTRUSTED, "cue-untrusted-host")

enum cue {
#define X(name, word) CUE_##name,
    CUE_LIST(X)
#undef X
        CUE_COUNT
};

struct pack_cond {
    double number;
    uint32_t op, a, b, cmp;
    struct pack_list list;
    struct window window; /* OP_WITHIN */
    struct pack_where at;
};

/* ---- shared parts and rules ---------------------------------------------- */

struct pack_guard {
    struct pack_str name;
    uint32_t when;
    struct window within;
    struct pack_where at;
    struct pack_list examples; /* flags: 1 holds, 0 fails */
    uint32_t folder;
};

struct pack_scale {
    struct pack_str name;
    uint32_t lookup; /* OP_LOOKUP whose b is not used */
    struct pack_list columns; /* of the index section: conditions, the last is
                                 PACK_NONE (else) */
    struct pack_list cells;   /* of the index section: levels, row by row, a
                                 row for each answer of the table and
                                 `otherwise`, in that order */
};

struct pack_table {
    struct pack_str name;
    struct pack_list keys;    /* index: lexicon of each key */
    struct pack_list answers; /* strs; then `otherwise` as the last */
    struct pack_list columns; /* strs: names of all columns */
    struct pack_list rows;    /* pack_row */
};

/* A row for one combination of keys; sorted so that the most exact come
   first. */
struct pack_row {
    struct pack_list keys; /* of the index section: two numbers for each key:
                              KEY_ANY 0, KEY_TAG fact, KEY_ENTRY entry */
    uint32_t answer;
    struct pack_list cells; /* strs: all cells of the line */
    uint32_t line;
};
enum pack_key { KEY_ANY, KEY_TAG, KEY_ENTRY };

struct pack_timed { /* unless */
    uint32_t cond;
};

struct pack_adjust {
    uint32_t cond, to;
    struct pack_str because;
};

/* A stretch of a message. */
enum part_kind {
    PART_TEXT,   /* text */
    PART_HIT,    /* evidence: its own words; PACK_NONE the anchor */
    PART_FACT,   /* evidence, fact */
    PART_BETTER, /* evidence: `better` of its entry */
    PART_COLUMN, /* table, column (fact), arguments are the rule's own */
    PART_AXES    /* the axes of a crowd finding */
};

struct pack_part {
    uint32_t kind, evid, fact;
    struct pack_str text; /* PART_TEXT, else words for when it is missing */
    uint32_t has_text;
    struct pack_str name; /* as written, "agent.body" */
};

struct pack_template {
    struct pack_list parts;
    struct pack_str source; /* as written */
};

struct pack_cite {
    struct pack_str body, title, section, year;
};

struct pack_point {
    uint32_t points, evid;
};

struct pack_axis {
    struct pack_str name;
    struct pack_list points; /* pack_point, highest first */
};

struct pack_crowd {
    struct pack_list axes;
    uint32_t levels[LEVEL_COUNT]; /* conditions or PACK_NONE */
};

struct pack_edit {
    uint32_t evid;
    uint32_t replacement; /* template */
};

struct pack_example {
    struct pack_str text;
    struct pack_list anchors; /* index: begin, end */
    uint32_t has_level, level;
    struct pack_list as; /* strs: key, value, key, value ... */
    struct pack_where at;
    uint32_t flags; /* 1: must fire; 0: must stay silent */
};

struct pack_rule {
    struct pack_str id, group_name; /* group_name: "privacy/age" */
    struct pack_str summary;
    uint32_t level; /* of enum level; the highest a scale may give */
    uint32_t scale; /* or PACK_NONE */
    uint32_t status, kind, mask;
    struct pack_list applies[PROFILE_COUNT]; /* strs, folded; empty: all */
    uint32_t anchor; /* evidence */
    struct window within;
    uint32_t when; /* condition, or PACK_NONE */
    uint32_t crowd;
    struct pack_list unless; /* index: conditions */
    uint32_t allow;          /* evidence or PACK_NONE */
    struct pack_list adjust;
    struct pack_list yields;   /* strs: id prefixes */
    struct pack_list names;    /* pack_name: everything messages and traces
                                  may name */
    uint32_t once;             /* one finding a post */
    uint32_t message, why;     /* templates */
    struct pack_list sources;  /* pack_cite */
    struct pack_list tries;    /* templates, one after the other */
    uint32_t wordings; /* a bit for each of tries: it fits into the post */
    struct pack_list edits;
    uint32_t safe_edit; /* 1: edits keep the meaning wherever it fires */
    struct pack_list examples;
    struct pack_where at;
    struct pack_str exempt; /* why its cost is not bounded; empty: it is */
    uint32_t folder; /* of those compiled into the pack, from 0 */
    uint32_t always; /* 1: no trigger is known, judged on every post */
};

struct pack_name { /* a name of a rule's find */
    struct pack_str name;
    uint32_t evid;
};

/* What proposes rules besides phrases: a detector that found something, or a
   regex whose needs are met. */
struct pack_trigger {
    uint32_t kind; /* 0 detector, 1 regex, 2 a zone with text */
    uint32_t a;
    struct pack_list rules; /* index */
};

struct pack_source {
    struct pack_str name, text;
};

struct pack_info {
    struct pack_str name, version, licence, summary, locale, reviewed;
    uint64_t hash; /* of the sources */
    struct pack_list jurisdiction; /* strs */
    uint32_t cue[CUE_COUNT];       /* lexicons or PACK_NONE */
    uint32_t detect[8];            /* lexicons that detectors read */
    uint32_t fact_beg; /* first of strs: names of facts from FACT_OWN on */
    uint32_t fact_count;
};

/* X(member, record type). What every post is judged by stands together, then what
   few of its words lead to, then what findings and authors are told. */
#define PACK_SECTIONS(X)                                                       \
    X(info, struct pack_info)                                                  \
    X(rules, struct pack_rule)                                                 \
    X(triggers, struct pack_trigger)                                           \
    X(guards, struct pack_guard)                                               \
    X(steps, struct pack_step)                                                 \
    X(regexes, struct pack_regex)                                              \
    X(sieves, char)                                                            \
    X(strs, struct pack_str)                                                   \
    X(index, uint32_t)                                                         \
    X(evids, struct pack_evid)                                                 \
    X(conds, struct pack_cond)                                                 \
    X(captures, struct pack_capture)                                           \
    X(common, uint64_t)                                                        \
    X(words, uint64_t)                                                         \
    X(nodes, struct pack_node)                                                 \
    X(phrases, struct pack_phrase)                                             \
    X(members, struct pack_member)                                             \
    X(notes, struct pack_note)                                                 \
    X(facts, struct pack_fact)                                                 \
    X(entries, struct pack_entry)                                              \
    X(lexicons, struct pack_lexicon)                                           \
    X(weighers, struct pack_weigher)                                           \
    X(terms, struct pack_term)                                                 \
    X(weights, struct pack_weight)                                             \
    X(tables, struct pack_table)                                               \
    X(rows, struct pack_row)                                                   \
    X(scales, struct pack_scale)                                               \
    X(crowds, struct pack_crowd)                                               \
    X(axes, struct pack_axis)                                                  \
    X(points, struct pack_point)                                               \
    X(adjusts, struct pack_adjust)                                             \
    X(names, struct pack_name)                                                 \
    X(edits, struct pack_edit)                                                 \
    X(templates, struct pack_template)                                         \
    X(parts, struct pack_part)                                                 \
    X(text, char)                                                              \
    X(cites, struct pack_cite)                                                 \
    X(examples, struct pack_example)                                           \
    X(sources, struct pack_source)                                             \
    X(forms, struct pack_str)                                                  \
    X(english, uint64_t)

enum pack_section {
#define X(member, type) PACK_SECTION_##member,
    PACK_SECTIONS(X)
#undef X
        PACK_SECTION_COUNT
};

struct pack_header {
    char magic[8]; /* "postlint" */
    uint32_t version, order;
    uint64_t size; /* bytes of the whole block */
    struct {
        uint32_t off, count;
    } section[PACK_SECTION_COUNT];
};

/* forms: words that `~` was expanded to when the pack was made, a stem and
   its forms parted by blanks in each, so that it can be made again without a
   dictionary. english: for the same end the hashes of the dictionary's words,
   rising. */

struct pack_more;

struct pack {
    struct str bytes;
#define X(member, type)                                                        \
    const type *member;                                                        \
    uint32_t member##_count;
    PACK_SECTIONS(X)
#undef X
    const struct pack_more *more; /* words that settings add; null: none */
    bool foreign; /* nodes, phrases, members and entries are not checked */
};

/* Points into bytes, which must be aligned to 8 and outlive the pack. trusted:
   made by this very program; else it is checked. */
bool pack_open(struct str bytes, bool trusted, struct pack *pack,
    struct err *err) PL_MUST_USE;

/* Every index lies where it should (packcheck.c): of all but words, of words, of
   one phrase and what it leads to. */
bool pack_check(const struct pack *p, struct err *err) PL_MUST_USE;
bool pack_check_words(const struct pack *p, struct err *err) PL_MUST_USE;
bool pack_phrase_fits(const struct pack *p, uint32_t phrase) PL_MUST_USE;

static inline struct str pack_text(const struct pack *p, struct pack_str s)
{
    return (struct str){p->text + s.off, s.len};
}

static inline uint32_t member_entry(const struct pack *p, uint32_t member)
{
    return p->members[member].entry & ~PACK_NOTED;
}

static inline struct pack_note member_note(const struct pack *p, uint32_t member)
{
    return p->members[member].entry & PACK_NOTED ? p->notes[member]
                                                 : (struct pack_note){0, 0};
}

const char *context_word(enum context context);

/* Index of the rule with this id, or PACK_NONE. */
uint32_t pack_rule_find(const struct pack *p, struct str id);
/* Index of the lexicon, or PACK_NONE. */
uint32_t pack_lexicon_find(const struct pack *p, struct str name);
/* True if id is prefix or lies below it: "privacy", "privacy/age", whole id. */
bool rule_id_under(struct str id, struct str prefix);

#endif
