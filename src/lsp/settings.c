/* SPDX-License-Identifier: MIT */
/* settings.c - how drafts are judged, as the editor says it. */
#include "lsp/settings.h"

#include <stddef.h>

#include "base/attr.h"

struct reading {
    struct settings *to;
    struct arena *a;
    settings_choice *choice;
    struct buf *wrong;
};

static void tell(struct reading *r, const char *key, const char *what)
{
    buf_addf(r->wrong, "%sthe setting '%s' %s", r->wrong->len ? "; " : "", key,
        what);
}

/* "there is no platform 'facebok': did you mean facebook?" */
static void tell_unknown(struct reading *r, const char *key, struct str value)
{
    const char *best = NULL, *word;
    unsigned least = 3;
    for (size_t i = 0; (word = r->choice(key, i)); i++) {
        unsigned distance = str_distance(value, str_of(word), 3);
        if (distance < least) {
            least = distance;
            best = word;
        }
    }
    tell(r, key, "has an unknown value");
    if (best)
        buf_addf(r->wrong, ": did you mean %s?", best);
}

static bool is_choice(struct reading *r, const char *key, struct str value)
{
    const char *word = r->choice(key, 0);
    if (!word)
        return true;
    for (size_t i = 0; (word = r->choice(key, i)); i++)
        if (str_eq_nocase(value, str_of(word)))
            return true;
    return false;
}

/* False if there is nothing to take over. */
static bool read_text(struct reading *r, const struct json *map,
    const char *key, struct str *value)
{
    const struct json *v = json_get(map, key);
    if (!v || v->kind == JSON_KIND_NULL)
        return false;
    *value = json_text(v);
    if (v->kind == JSON_KIND_TEXT && is_choice(r, key, *value))
        return true;
    if (v->kind == JSON_KIND_TEXT)
        tell_unknown(r, key, *value);
    else
        tell(r, key, "is no text");
    return false;
}

static void read_profile(struct reading *r, const struct json *map)
{
    static const struct {
        const char *key;
        size_t to;
    } rows[] = {
        {"locale", offsetof(struct settings, locale)},
        {"jurisdiction", offsetof(struct settings, jurisdiction)},
        {"platform", offsetof(struct settings, platform)},
        {"profession", offsetof(struct settings, profession)},
        {"account", offsetof(struct settings, account)},
    };
    struct str value;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        if (!read_text(r, map, rows[i].key, &value))
            continue;
        if (str_eqz(STR("jurisdiction"), rows[i].key) && value.len != 0 &&
            value.len != 2) {
            tell(r, "jurisdiction", "is no country code of two letters");
            continue;
        }
        *(const char **)(void *)((char *)r->to + rows[i].to) =
            value.len ? arena_copy(r->a, value).ptr : NULL;
    }
}

static void read_level(struct reading *r, const struct json *map)
{
    static const char *const words[] = {"note", "warning", "error"};
    struct str value;
    if (!read_text(r, map, "level", &value))
        return;
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eq_nocase(value, str_of(words[i])))
            r->to->level = (enum pl_level)(PL_NOTE + (int)i);
}

static void read_texts(struct reading *r, const struct json *map,
    const char *key, struct texts *to)
{
    const struct json *list = json_get(map, key);
    if (!list || list->kind == JSON_KIND_NULL)
        return;
    if (list->kind != JSON_KIND_LIST) {
        tell(r, key, "is no list of texts");
        return;
    }
    *to = (struct texts){ARENA_NEW(r->a, const char *, list->count), 0};
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == JSON_KIND_TEXT)
            to->items[to->count++] =
                arena_copy(r->a, json_text(&list->items[i])).ptr;
        else
            tell(r, key, "holds what is no text");
    }
}

void settings_read(struct settings *s, struct arena *a, const struct json *from,
    settings_choice *choice, struct buf *wrong)
{
    struct reading r = {s, a, choice, wrong};
    struct str docs;
    if (!from || from->kind != JSON_KIND_MAP)
        return;
    read_profile(&r, json_get(from, "profile"));
    read_level(&r, from);
    read_texts(&r, from, "select", &s->select);
    read_texts(&r, from, "ignore", &s->ignore);
    read_texts(&r, from, "rules", &s->packs);
    s->no_builtin = !json_bool(json_get(from, "builtin"), !s->no_builtin);
    if (read_text(&r, from, "docs", &docs))
        s->docs = docs.len ? arena_copy(a, docs).ptr : NULL;
}
