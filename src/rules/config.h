/* SPDX-License-Identifier: MIT */
/*
 * config.h - a settings file (.postlint.yaml) and front matter to plain data with
 * places. Names of rules and lexicons are not resolved here.
 */
#ifndef RULES_CONFIG_H
#define RULES_CONFIG_H

#include "rules/rule.h"

/* What accepts findings of a rule, and why. */
struct config_allow {
    struct where at;
    struct name rule;   /* id prefix */
    struct name phrase; /* only where it stands; empty: everywhere */
    struct str reason;
    struct str until;   /* last day, "2027-01-31"; empty: for good */
};

struct config_allows {
    struct config_allow *items;
    size_t count;
};

struct config_rule {
    struct name rule; /* id prefix */
    bool has_level;
    enum level level;
    struct config_allows allows;
};

struct config_words { /* what is changed in a lexicon */
    struct name lexicon;
    struct names add, remove;
};

struct config_path {
    struct name glob;
    bool has_fail_on;
    enum level fail_on; /* LEVEL_COUNT: never */
};

struct config {
    const char *file;
    struct names profile[PROFILE_COUNT];
    struct names packs;
    struct name baseline; /* empty: none */
    struct config_rule *rules;
    size_t rule_count;
    struct config_words *words;
    size_t word_count;
    struct config_path *paths;
    size_t path_count;
    struct names locked;
};

/* False if anything in it is wrong; problems tell what, where and how to mend
   it. Strings are the arena's. */
bool config_parse(struct arena *a, const char *file, struct str text,
    struct config *config, struct problems *problems) PL_MUST_USE;

/* The lines of front matter under `postlint:`; places count in them. */
bool config_front(struct arena *a, struct str text,
    struct config_allows *allows, struct problems *problems) PL_MUST_USE;

/* Is it a day of the calendar, written 2027-01-31? */
bool config_is_date(struct str s);

/* Does a path match a pattern? `*` and `?` stop at a slash, `**` does not; a
   pattern without a slash is about names in any folder. */
bool config_glob(struct str pattern, struct str path);

/* The values that a profile key knows, null past the end and for a key that
   takes any. */
const char *profile_choice(enum profile_key key, size_t index);

#endif
