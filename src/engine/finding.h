/* SPDX-License-Identifier: MIT */
/*
 * finding.h - what the engine says of a post.
 *
 * Spans are bytes of the author's text, each in one field of the document. No
 * text is copied and nothing is masked here: reporters do that.
 */
#ifndef ENGINE_FINDING_H
#define ENGINE_FINDING_H

#include "engine/pack.h"

struct place {
    uint32_t field;
    struct span at; /* bytes of the field */
};

/* One thing a finding rests on. */
struct proof {
    struct place place;
    struct str name;  /* "age": what a masked report shows in brackets */
    bool secret;      /* to be masked: match of a regex or detector, or
                         anything in group privacy */
    bool anchor;
};

/* A message is text with places where the author's words are quoted. */
struct bit {
    struct str text;  /* what to print: words of ours, or of the post */
    bool quoted;      /* the author's words (normalised) */
    bool secret;      /* ... which a masked report replaces by [name] */
    struct str name;
    struct str masked; /* what a masked report shows instead, if not [name] */
};

struct words {
    const struct bit *bits;
    uint32_t count;
};

struct axis_found { /* of a combination */
    struct str name;  /* "place" */
    uint32_t points;
    struct place place;
    bool removable;   /* in the smallest set whose removal lowers the level */
};

struct replacement { /* a quick fix */
    struct place place;
    struct words text;
};

struct finding {
    uint32_t rule; /* of the pack */
    enum level level;
    struct place place; /* the anchor */
    struct words message;
    const struct words *tries;
    uint32_t try_count;
    uint32_t wordings; /* a bit for each of tries: it fits into the post */
    const struct proof *proofs; /* in the order of the text, anchor included */
    uint32_t proof_count;
    const struct axis_found *axes;
    uint32_t axis_count;
    uint32_t points;
    const struct replacement *edits;
    uint32_t edit_count;
    const uint32_t *also; /* rules that gave way to this one here */
    uint32_t also_count;
    const struct str *because; /* of the adjustments that held */
    uint32_t because_count;
    uint32_t table_line; /* of the row that decided, 0 if none */
    struct str table;    /* its table */
    struct place sentence; /* window to quote around the anchor */
    struct span window;    /* the same in the text's buffer */
    uint64_t fingerprint; /* see engine/fingerprint.c */
    uint64_t record;      /* the same of the rule's group and name alone, for
                             baselines: a variant may give an age away */
    uint8_t value_tag;    /* for baselines only, never printed */
    uint8_t value_bits;   /* how many bits of it hold: 8 or 3 */
};

struct findings {
    const struct finding *items;
    uint32_t count;
    bool not_english; /* most of eight or more words are in no English list */
    uint32_t rules_run; /* rules that were on for this post */
};

#endif
