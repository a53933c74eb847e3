/* SPDX-License-Identifier: MIT */
/*
 * settings.h - how drafts are judged: the command's options, then what the editor
 * sent when it started, then its settings.
 */
#ifndef LSP_SETTINGS_H
#define LSP_SETTINGS_H

#include "base/json.h"
#include "postlint.h"

struct texts { /* each ends with a NUL */
    const char **items;
    size_t count;
};

struct settings {
    const char *locale, *jurisdiction, *platform, *profession, *account;
    enum pl_level level; /* lowest told */
    struct texts select, ignore, packs;
    bool no_builtin;
    const char *docs; /* address of the page of the rules; null: none */
};

/* The words that an option knows, null past the end (or at once for one that
   takes any). */
typedef const char *settings_choice(const char *option, size_t index);

/*
 * Lays what a JSON object says over s; the strings are the arena's. What is wrong
 * in it is left out and told in `wrong`, a sentence each. A member that is null
 * says nothing.
 */
void settings_read(struct settings *s, struct arena *a, const struct json *from,
    settings_choice *choice, struct buf *wrong);

#endif
