/* SPDX-License-Identifier: MIT */
/*
 * compiler.h - the pack compiler's state; private to compile*.c.
 *
 * Sections of the pack grow as arrays of their records. Parts (lexicons, tables,
 * pieces, guards, scales) share one set of names and are compiled when first
 * asked for, so that their order in the files does not matter.
 */
#ifndef AUTHOR_COMPILER_H
#define AUTHOR_COMPILER_H

#include "author/compile.h"
#include "base/map.h"
#include "match/hit.h"

enum part_type {
    PART_LEXICON,
    PART_TABLE,
    PART_WEIGHTS,
    PART_PIECE,
    PART_GUARD,
    PART_SCALE
};

enum part_state { PART_NEW, PART_BUSY, PART_DONE };

struct part { /* something shared, by name */
    enum part_type type;
    enum part_state state;
    struct name name;
    const void *data;      /* struct lexicon, table, piece, guard or scale */
    struct part *older;    /* that it replaces; null */
    uint32_t index;        /* lexicon, evidence of a piece, guard, scale, table */
    uint32_t evid;         /* of a lexicon used as a piece, PACK_NONE: not yet */
    size_t folder;         /* that it came from */
    bool used;
};

/* A spelled-out way to write an entry, as a phrase of the trie. */
struct spelling {
    uint32_t phrase;
    uint32_t exact; /* 0: any case */
};

struct made_entry { /* of the entries section, with its spellings */
    uint32_t index;
    struct spelling *spellings;
    size_t count;
    struct str first; /* its first spelling, for `except` */
    uint32_t tags; /* pack_tags() */
};

struct made_word {
    uint64_t hash;
    uint32_t flags;   /* enum word_flag */
    uint32_t uses;    /* how often it is met, roughly; 0: in no example */
    uint32_t id;      /* of the pack; until words_finish() the index is used */
};

/* A step of the trie; child: number of the node, from 1. */
struct made_edge {
    uint32_t node, word; /* index of words + 1, << 1 | hard */
    uint32_t child, phrase;
};

struct made_lexicon {
    struct made_entry **items;
    size_t count, cap;
};

/* Names that a condition or sequence can see besides shared parts. */
struct scope {
    const struct pieces *pieces;
    uint32_t *evids; /* of each piece, PACK_NONE: not compiled yet */
    bool *busy;
    bool *used;
    const struct crowd *crowd;   /* axes and terms, in its conditions only */
    uint32_t *terms;             /* conditions of the terms */
    bool in_crowd;
    uint32_t anchor;             /* PACK_NONE while unknown or in a guard */
    bool collect;                /* note names for messages and proofs */
    struct pack_name *names;
    size_t name_count, name_cap;
};

#define SECTION(type)                                                          \
    struct {                                                                   \
        type *items;                                                           \
        size_t count, cap;                                                     \
    }

struct compiler {
    struct arena *a;
    struct problems *problems;
    const struct compile_in *in;
    struct inflect *inflect;
    bool inflect_tried;
    struct err inflect_err;
    struct {
#define X(member, type) SECTION(type) member;
        PACK_SECTIONS(X)
#undef X
    } out;

    struct map part_of; /* name -> parts index */
    struct part **parts;
    size_t part_count, part_cap;

    struct map text_of;   /* string -> index of strs of interned texts */
    struct map fact_of;   /* fact name -> id */
    struct map word_of;   /* word -> id */
    struct map edge_of;   /* 8 bytes (node, word) -> edges index */
    SECTION(struct made_word) words;
    SECTION(struct made_edge) edges;
    size_t phrase_count;
    struct map form_of;   /* stem -> forms index */
    struct map common;    /* common words */
    struct map regex_of;  /* pattern with its case -> regexes index */
    SECTION(struct made_lexicon) lexicons; /* beside out.lexicons */
    SECTION(struct pack_list) includes; /* beg: lexicon, end: one that has it */
    SECTION(uint8_t) phrase_rank; /* commonness of each phrase */
    SECTION(float) phrase_rate;   /* share of posts that hold it, roughly */
    struct rule_pack *packs;
};

/* ---- compile.c ------------------------------------------------------------ */

struct pack_str put_text(struct compiler *c, struct str s);
uint32_t put_str(struct compiler *c, struct str s); /* index of strs */
struct pack_where put_where(struct compiler *c, struct where at);
struct pack_list put_index(
    struct compiler *c, const uint32_t *items, size_t count);
struct part *part_find(struct compiler *c, struct str name);
/* Number of a fact; made when make, else PACK_NONE if it is unknown. */
uint32_t fact_number(struct compiler *c, struct str name, bool make);
/* Tells of an unknown name and what may have been meant. */
void unknown_name(struct compiler *c, struct where at, const char *what,
    struct str name, const struct scope *scope);

/* ---- compile_words.c -------------------------------------------------------- */

uint32_t lexicon_part(struct compiler *c, struct part *part);
/* A lexicon without a name, for words given in place. */
uint32_t lexicon_inline(
    struct compiler *c, const struct entries *entries, bool exact,
    struct where at);
void words_finish(struct compiler *c);
/* Entry of a lexicon by any of its spellings; null if none. */
const struct made_entry *lexicon_entry(
    struct compiler *c, uint32_t lexicon, struct str phrase);

/* ---- compile_evid.c --------------------------------------------------------- */

uint32_t evid_compile(
    struct compiler *c, struct scope *scope, const struct evidence *e);
/* A name of the scope or a shared piece or lexicon; PACK_NONE (told) if it is
   neither. */
uint32_t evid_named(struct compiler *c, struct scope *scope, struct name name);
/* The same, but silent. */
bool evid_is_known(struct compiler *c, const struct scope *scope,
    struct str name);

/* ---- compile_lint.c --------------------------------------------------------- */

/* Warns of what a pattern seldom means. */
void regex_lint(struct compiler *c, struct str pattern, struct where at);
/* Warns of entries of a lexicon that another one hides. */
void lexicon_lint(
    struct compiler *c, uint32_t lexicon, const struct entries *entries);
/* Warns of shared parts that nothing asks for. */
void parts_lint(struct compiler *c);

/* ---- compile_weights.c ------------------------------------------------------ */

uint32_t weights_part(struct compiler *c, struct part *part);
/* Index of a column of a table of weights, PACK_NONE (told) if it has none of that
   name. */
uint32_t weights_column(
    struct compiler *c, const struct part *part, struct name name);

/* ---- compile_cond.c --------------------------------------------------------- */

uint32_t cond_compile(
    struct compiler *c, struct scope *scope, const struct cond *cond);
uint32_t where_compile(struct compiler *c, const struct cond *cond);
uint32_t timed_compile(struct compiler *c, struct scope *scope,
    const struct cond *cond, struct window within);
uint32_t guard_part(struct compiler *c, struct part *part);
uint32_t scale_part(struct compiler *c, struct part *part);
uint32_t table_part(struct compiler *c, struct part *part);
bool profile_key_find(struct str word, enum profile_key *key);
uint32_t lookup_compile(struct compiler *c, struct scope *scope,
    const struct cond *cond, struct str answer);

/* ---- compile_rule.c --------------------------------------------------------- */

void rule_compile(
    struct compiler *c, const struct rule *rule, size_t folder);
/* flags: as in pack_example. */
void put_examples(
    struct compiler *c, const struct examples *from, uint32_t flags);

/* ---- compile_rate.c --------------------------------------------------------- */

/* Of how many posts a rule is a candidate, roughly, by the words that it asks
   for: 0 to 1. */
double rate_of_rule(struct compiler *c, const struct pack_rule *r);

/* ---- compile_gate.c --------------------------------------------------------- */

void gate_compile(struct compiler *c);

#endif
