/* SPDX-License-Identifier: MIT */
/*
 * state.h - what is known of the post in hand; private to the engine.
 *
 * Everything about one post is computed at most once, when somebody asks:
 * hits of lexicons, detectors and evidence, clauses, contexts of the post.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "engine/scan.h"
#include "engine/weigh.h"
#include "match/detect.h"
#include "match/hit.h"
#include "match/regex.h"

/* A phrase of some lexicon stands at tokens [beg, end). */
struct phrase_hit {
    uint32_t phrase, beg, end;
};

/* One of the phrases of a lexicon, in a list of the lexicon's. */
struct lexicon_hit {
    uint32_t phrase; /* index of scratch's phrases */
    uint32_t member; /* of the pack */
    uint32_t next;   /* index + 1, 0: the last */
};

/* What is kept of each lexicon or evidence while a post is judged. Slots that
   were used are noted, so that a post pays for what it holds and not for what
   the pack holds. */
struct slots {
    const struct hits **hits; /* null: not asked for yet */
    uint32_t *used;
    uint32_t used_count;
};

/* The same for answers of yes and no. */
struct marks {
    uint8_t *answer; /* 0: not asked yet, 1: no, 2: yes */
    uint32_t *used;
    uint32_t used_count;
};

/* In which sentences something may stand: one bit for each, shared in a post of
   more than 64. wide: a hit may reach over several of them. */
struct sents {
    uint64_t bits;
    bool wide;
};

struct sents_known {
    struct sents sents;
    uint64_t post; /* that it was computed for */
};

enum sents_price { SENTS_CHEAP, SENTS_WORDS, SENTS_FULL, SENTS_PRICES };

/* Which three bytes stand in a post and where: most literals that a regex must
   hold are not there, and one look tells. One bit for each hash; of a hash that
   is there the last place, and of each place the one before it. */
struct trigrams {
    uint64_t bits[64];
    uint64_t bytes[4]; /* which bytes stand in it, one bit for each */
    uint32_t last[64 * 64];
    uint32_t *before; /* place + 1, 0: none */
    bool ready;
};

/* The post's folded text with every digit a 0, and which three bytes stand in it. */
struct sieve {
    struct str text;
    uint64_t bits[64];
    bool ready;
    bool foreign; /* digits of other scripts may stand in it */
};

/* Rows found for the hits of a post: guards ask for answer after answer of one
   table with the same hits, and a table may have a thousand rows. */
enum { LOOKUP_KEYS = 6, LOOKUP_MEMOS = 8 };

struct lookup_memo {
    const struct pack_table *table; /* null: free */
    const struct hit *args[LOOKUP_KEYS];
    uint32_t row;
};

/* Which rules speak to a profile: most posts of a run have the same. */
struct applied {
    uint64_t *rules;  /* one bit a rule */
    uint64_t *always; /* those that nothing proposes, for they have no trigger */
    size_t count;   /* of rules that are on and apply */
    char key[256];  /* the profile they were computed for */
    size_t key_len; /* 0: none yet */
    bool guides;
    uint32_t edition; /* of the ruleset */
};

/* Facts of a whole post that contexts ask for. */
struct post_facts {
    bool known;
    bool cited, linked, reply, media;
};

struct scratch {
    const struct ruleset *rules;
    const struct pack *pack;
    struct arena *arena; /* emptied for every post */
    struct regex **regexes; /* one slot for each of the pack, made on demand */
    struct regex_room *room;
    void *memory; /* of this struct's own arrays */

    /* the post */
    struct text text;
    const struct profile *profile;
    const struct scan_options *options;
    struct phrase_hit *phrases;
    uint32_t phrase_count;
    uint32_t *clause_of; /* of each token */
    struct lexicon_hit *lexicon_hits;
    uint32_t lexicon_hit_count;
    uint32_t *lexicon_first; /* of each lexicon: index + 1, 0: none */
    struct slots lexicons, running, evids;
    struct marks needs; /* of each regex: its literals stand in the post */
    uint64_t post;      /* counts the posts of this scratch, from 1 */
    struct sents_known *evid_sents[SENTS_PRICES], *guard_sents[SENTS_PRICES],
        *regex_sents;
    uint8_t *traits, *regex_traits; /* of each evidence and regex, learned once
                                       (sents.c) */
    struct {
        uint64_t bits; /* sentences with digits */
        bool ready;
    } digits;
    struct trigrams trigrams;
    struct sieve sieve;
    struct lookup_memo lookups[LOOKUP_MEMOS];
    uint32_t lookup_next; /* memo to be overwritten */
    const struct hits **detect_hits;
    struct detect_in detect_in;
    struct known_index *known; /* of detect_in */
    struct vocab english; /* words that are no names */
    bool detect_ready;
    uint32_t features;
    struct applied applied;
    uint64_t *proposed; /* one bit a rule */
    struct post_facts facts;
    struct terms terms;              /* with weighed */
    const struct weighed **weighed; /* of each weigher; null: none asked for */
    struct err *err; /* first limit that was hit */
    bool failed;
};

/* One anchor of one rule on trial. */
struct trial {
    struct scratch *s;
    uint32_t rule;
    const struct hit *anchor;
    struct span window; /* names must begin in it; bytes of the buffer */
    bool forced;        /* the window is an entry's own: guards keep it */
    enum level level;   /* so far */
    const uint32_t *axis_points; /* of a crowd, null elsewhere */
    uint32_t points, narrow;
    uint32_t removed;   /* axes taken out on trial, one bit each */
    uint32_t depth;     /* of a trace */
};

/* ---- scan.c ------------------------------------------------------------- */

/* Keeps hits in a slot until the next post. */
void slots_set(struct slots *slots, uint32_t index, const struct hits *hits);

/* ---- phrase.c: lexicon phrases over tokens ------------------------------ */

void phrase_scan(struct scratch *s);
/* Before the arena is emptied. */
void phrase_forget(struct scratch *s);
const struct hits *lexicon_hits(struct scratch *s, uint32_t lexicon);
/* Those in running text only, in the order of tokens too: the words inside
   handles and links stand behind the text in tokens, but not in bytes. */
const struct hits *running_hits(struct scratch *s, uint32_t lexicon);

/* ---- evidence.c --------------------------------------------------------- */

/* All hits of a piece of evidence, in order. Never null. */
const struct hits *evid_hits(struct scratch *s, uint32_t evid);
/* False only if the detector finds nothing. */
bool detect_possible(struct scratch *s, uint32_t detector);
const struct hits *detect_hits(struct scratch *s, uint32_t detector);
uint32_t scan_features(struct scratch *s);
/* Does the post hold what every match of the regex must hold? */
bool regex_possible(struct scratch *s, uint32_t regex);
/* The next place of a literal in the post before an offset, from the end (pass
   UINT32_MAX at first): *at. False where there is none. */
bool literal_before(struct scratch *s, struct str literal, uint32_t *at);
/* A fact of a hit; false if it has none of that name. */
bool hit_fact(const struct scratch *s, const struct hit *h, uint32_t fact,
    double *number);
bool hit_where(const struct scratch *s, const struct hit *h, uint32_t cond);
bool number_fits(double value, uint32_t cmp, double bound);
/* Keeps the longest of overlapping hits; sorts. */
void hits_longest(struct arena *a, struct hits *hits);
struct hit *hits_push(struct arena *a, struct hits *hits);
uint32_t hit_beg(const struct scratch *s, uint32_t tok_beg, uint32_t tok_end,
    uint32_t beg);
/* Sets tok_beg, tok_end and head from the span. */
void hit_place(const struct scratch *s, struct hit *h);

/* ---- sieve.c ------------------------------------------------------------ */

/* May the character, not of ASCII, be a digit? */
bool sieve_digit(const char *p, size_t len);
/* False only if the regex matches nowhere in these bytes of the text. */
bool sieve_passes(
    struct scratch *s, const struct pack_regex *r, struct span at);

/* ---- weigh.c -------------------------------------------------------------- */

/* The hit of a weighing, if there is one; asks no zone. */
void weigh_all(struct scratch *s, const struct pack_evid *e, struct hits *out);
/* What weighs most for the column of the evidence, into axes[0..most); how many. */
uint32_t weigh_words(struct scratch *s, const struct pack_evid *e,
    struct axis_found *axes, uint32_t most);

/* ---- context.c ---------------------------------------------------------- */

void context_clauses(struct scratch *s);
/* Does the context hold for this hit? members: the anchor whose matched words
   are no cues; may be the hit itself. */
bool context_holds(struct scratch *s, enum context context,
    const struct hit *hit, const struct hit *members);

/* False only if the context holds for nothing in the post. */
bool context_possible(struct scratch *s, enum context context);

/* ---- eval.c: conditions ------------------------------------------------- */

bool cond_holds(struct trial *t, uint32_t cond);
struct span window_span(
    const struct scratch *s, struct window w, struct span around);
/* The hit that a name stands for here: the anchor, a member of it, else the
   nearest in the window; null if there is none. */
const struct hit *trial_hit(const struct trial *t, uint32_t evid);
/* Row of a look-up, or PACK_NONE: no row. */
uint32_t lookup_row(struct trial *t, const struct pack_cond *lookup);
/* Answer of a look-up: index in the table's answers, the last is otherwise. */
uint32_t lookup_answer(struct trial *t, const struct pack_cond *lookup);
uint32_t hits_from(const struct hits *hits, uint32_t offset);

/* An OP_PROFILE, the same for all of a post. */
bool profile_is(const struct scratch *s, const struct pack_cond *c);

/* Does a profile value answer to a word of `applies` or `is`? */
bool profile_fits(struct str value, struct str word, enum profile_key key);

/* ---- crowd.c ------------------------------------------------------------ */

enum { CROWD_AXES = 16 };

struct crowd_result {
    enum level level;
    uint32_t points, narrow;
    uint32_t axis_points[CROWD_AXES];
    const struct hit *axis_hits[CROWD_AXES];
    uint32_t removable; /* axes of the smallest set that lowers the level */
};
bool crowd_judge(struct trial *t, const struct pack_crowd *crowd,
    struct crowd_result *r);

/* ---- message.c ---------------------------------------------------------- */

struct place place_of(const struct scratch *s, struct span at);
/* False if a {placeholder} without words of its own is missing. */
bool message_words(struct trial *t, uint32_t template,
    const struct crowd_result *crowd, struct words *words);
bool evid_secret(const struct scratch *s, uint32_t evid, uint32_t rule);
struct str evid_name(const struct scratch *s, uint32_t evid, uint32_t rule);

/* ---- judge.c ------------------------------------------------------------ */

struct verdict { /* a finding in the making */
    struct finding finding;
    struct trial trial;
    struct crowd_result *crowd; /* null where the rule has none */
    uint32_t *also;
    bool dropped;
};

struct verdicts {
    struct verdict *items;
    size_t count, cap;
};

void judge_rule(struct scratch *s, uint32_t rule, struct verdicts *out);
/* Overlaps, yields, settings, order. */
void judge_settle(struct scratch *s, struct verdicts *v, struct findings *out);

/* ---- ruleset.c: does a rule speak to this profile? --- */

bool rule_applies(const struct pack *p, const struct pack_rule *r,
    const struct profile *profile);

/* ---- sents.c: where could it stand? ------------------------------------- */

/* Sentences of the post where a hit may be: all of them where it is, perhaps
   more. Runs no regex. */
struct sents evid_sents(
    struct scratch *s, uint32_t evid, enum sents_price price);
/* The bit of a sentence. */
uint64_t sentence_bit(const struct text *t, uint32_t sentence);
/* Sentences that hold what every match of a regex must hold. */
uint64_t regex_bits(struct scratch *s, uint32_t regex);
/* Sentences with digits. */
uint64_t digit_bits(struct scratch *s);
/* False only if the rule finds nothing in this post. */
bool rule_possible(struct scratch *s, uint32_t rule);

/* ---- gate.c ------------------------------------------------------------- */

/* Marks in s->proposed those of the rules that apply which may fire. */
void gate_propose(struct scratch *s);
/* Is a proposed rule to be judged? */
bool gate_confirm(struct scratch *s, uint32_t rule);

/* ---- fingerprint.c ------------------------------------------------------ */

void fingerprint_set(struct scratch *s, struct finding *items, size_t count);

/* Steps for whoever traces the trial's rule; nothing happens for any other. */
void trace(const struct trial *t, const char *what, struct str name, int value,
    const struct hit *hit);
void trace_test(const struct trial *t, uint32_t cond, bool truth,
    const struct hit *hit);
void scan_fail(struct scratch *s, enum err_code code, struct pack_where at,
    const char *what);

#endif
