/* SPDX-License-Identifier: MIT */
/* settings.h - merged settings as rules and scanners use them. */
#ifndef API_SETTINGS_H
#define API_SETTINGS_H

#include "engine/suppress.h"
#include "postlint.h"
#include "rules/config.h"

struct layer {
    struct config config;
    enum pl_layer kind;
    uint8_t owner; /* from 1; 0: it locks nothing */
};

struct setting_rows {
    struct pl_setting *items;
    size_t count, cap;
};

struct pl_settings {
    struct arena *arena;
    struct layer *layers; /* the lowest first */
    struct source *sources; /* of the same */
    size_t count;
    bool locks;           /* something is locked */
    bool strangers;       /* ... by files that are not heard otherwise */
    struct str today;
    struct str profile[PROFILE_COUNT]; /* folded, joined by commas */
    bool held[PROFILE_COUNT]; /* nothing else may change it */
    struct allows allows; /* of the project, the user, flags */
    struct names *locked;
    size_t locked_count;
    struct notices notices;
    struct setting_rows rows;
};

/* Does any file that is heard change a lexicon? */
bool settings_has_words(const struct pl_settings *s);

/* Lexicons, levels, locks and allows into a pack and its rule set. Problems are
   told at their places. */
bool settings_words(const struct pl_settings *s, struct arena *a,
    struct pack *pack, struct problems *problems) PL_MUST_USE;
bool settings_rules(const struct pl_settings *s, struct arena *a,
    struct ruleset *set, struct problems *problems) PL_MUST_USE;
/* Null: `fail-on` of no path. */
const struct config_path *settings_path(
    const struct pl_settings *s, struct str path);

#endif
