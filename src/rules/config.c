/* SPDX-License-Identifier: MIT */
/* config.c - settings files and front matter to plain data. */
#include "rules/config.h"

#include "rules/loader.h"

/* ---- dates, patterns, values of the profile ------------------------------------ */

bool config_is_date(struct str s)
{
    static const uint8_t days[] = {
        31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t year, month, day;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' ||
        !str_uint(str_part(s, 0, 4), 9999, &year) ||
        !str_uint(str_part(s, 5, 7), 12, &month) ||
        !str_uint(str_part(s, 8, 10), 31, &day))
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month >= 1 && day >= 1 && day <= days[month - 1] &&
        (month != 2 || day < 29 || leap);
}

/* The usual way: one place to come back to for `*`, one for `**`. */
static bool glob_match(struct str p, struct str s)
{
    size_t i = 0, k = 0;
    size_t star_i = 0, star_k = 0, deep_i = 0, deep_k = 0;
    bool star = false, deep = false;
    for (;;) {
        if (str_starts(str_from(p, i), STR("**"))) {
            i += 2;
            i += i < p.len && p.ptr[i] == '/'; /* a folder, or none */
            deep = true;
            star = false;
            deep_i = i;
            deep_k = k;
        } else if (i < p.len && p.ptr[i] == '*') {
            star = true;
            star_i = ++i;
            star_k = k;
        } else if (i == p.len && k == s.len) {
            return true;
        } else if (i < p.len && k < s.len &&
            (p.ptr[i] == s.ptr[k] || (p.ptr[i] == '?' && s.ptr[k] != '/'))) {
            i++;
            k++;
        } else if (star && star_k < s.len && s.ptr[star_k] != '/') {
            i = star_i;
            k = ++star_k;
        } else if (deep && deep_k < s.len) {
            star = false;
            i = deep_i;
            k = ++deep_k;
        } else {
            return false;
        }
    }
}

bool config_glob(struct str pattern, struct str path)
{
    if (str_starts(path, STR("./")))
        path = str_from(path, 2);
    if (str_starts(pattern, STR("./")))
        pattern = str_from(pattern, 2);
    if (str_find_byte(pattern, '/') < pattern.len)
        return glob_match(pattern, path);
    size_t name = path.len;
    while (name > 0 && path.ptr[name - 1] != '/')
        name--;
    return glob_match(pattern, str_from(path, name));
}

const char *profile_choice(enum profile_key key, size_t index)
{
    static const char *const platforms[] = {"x", "bluesky", "mastodon",
        "threads", "facebook", "instagram", "tiktok", "reddit", "linkedin",
        "hospital-site"};
    static const char *const accounts[] = {
        "personal", "professional", "clinic", "official"};
    if (key == PROFILE_PLATFORM)
        return index < PL_COUNT(platforms) ? platforms[index] : NULL;
    if (key == PROFILE_ACCOUNT)
        return index < PL_COUNT(accounts) ? accounts[index] : NULL;
    return NULL;
}

/* ---- small values ----------------------------------------------------------------- */

static struct name read_filled(
    struct loader *l, const struct node *n, const char *what)
{
    struct name name = read_name(l, n);
    if (n->kind == NODE_SCALAR && str_trim(name.text).len == 0)
        problem_add(l->problems, n->at, "empty", NULL, "%s is empty", what);
    return name;
}

static struct names read_list(struct loader *l, const struct node *n)
{
    struct names names = read_names(l, n);
    for (size_t i = 0; i < names.count; i++)
        if (str_trim(names.items[i].text).len == 0)
            problem_add(l->problems, names.items[i].at, "empty", NULL,
                "an item of the list is empty");
    return names;
}

static bool read_level(struct loader *l, const struct node *n, bool never,
    enum level *level)
{
    struct str word = read_word(l, n);
    if (never && str_eq(word, STR("never"))) {
        *level = LEVEL_COUNT;
        return true;
    }
    if (level_parse(word, level) && !(never && *level == LEVEL_SILENT))
        return true;
    if (n->kind == NODE_SCALAR)
        problem_add(l->problems, n->at, "unknown-level",
            never ? "write error, warning, note or never"
                  : "write error, warning, note or silent",
            "'" STR_FMT "' is no level", STR_ARG(word));
    return false;
}

/* A map whose keys are names of the writer's own. */
static bool want_names(struct loader *l, const struct node *n)
{
    return want_kind(l, n, NODE_MAP, "a map");
}

/* ---- profile ------------------------------------------------------------------------ */

static void check_choice(
    struct loader *l, enum profile_key key, struct name value)
{
    const char *word, *best = NULL;
    unsigned least = 3;
    for (size_t i = 0; (word = profile_choice(key, i)) != NULL; i++) {
        unsigned distance = str_distance(value.text, str_of(word), 3);
        if (str_eq_nocase(value.text, str_of(word)))
            return;
        if (distance < least) {
            least = distance;
            best = word;
        }
    }
    if (!profile_choice(key, 0))
        return;
    struct str fix = best ? arena_printf(l->a, "did you mean '%s'?", best)
                          : STR("postlint help check lists them");
    problem_add(l->problems, value.at, "unknown-value", fix.ptr,
        "no %s is called '" STR_FMT "'",
        key == PROFILE_PLATFORM ? "platform" : "account", STR_ARG(value.text));
}

void check_profile(struct loader *l, enum profile_key key, struct name value)
{
    check_choice(l, key, value);
    if (key == PROFILE_JURISDICTION && value.text.len != 2)
        problem_add(l->problems, value.at, "unknown-value",
            "write GB, IE, US ...",
            "a jurisdiction is a country code of two letters");
}

static void read_profile(struct loader *l, const struct node *n,
    struct names *values, enum profile_key key)
{
    *values = read_list(l, n);
    for (size_t i = 0; i < values->count; i++)
        check_profile(l, key, values->items[i]);
}

#define X(name, word)                                                          \
    static void profile_##name(                                                \
        struct loader *l, const struct node *n, void *to)                      \
    {                                                                          \
        read_profile(l, n, &((struct config *)to)->profile[PROFILE_##name],    \
            PROFILE_##name);                                                   \
    }
PROFILE_LIST(X)
#undef X

static const struct key_row profile_keys[] = {
#define X(name, word) {word, false, profile_##name},
    PROFILE_LIST(X)
#undef X
};

const struct key_table config_profile_table =
    KEY_TABLE("the profile", profile_keys);

/* ---- allows -------------------------------------------------------------------------- */

static void allow_rule(struct loader *l, const struct node *n, void *to)
{
    ((struct config_allow *)to)->rule = read_filled(l, n, "the rule");
}

static void allow_phrase(struct loader *l, const struct node *n, void *to)
{
    ((struct config_allow *)to)->phrase = read_filled(l, n, "the phrase");
}

static void allow_reason(struct loader *l, const struct node *n, void *to)
{
    ((struct config_allow *)to)->reason =
        read_filled(l, n, "the reason").text;
}

static void allow_until(struct loader *l, const struct node *n, void *to)
{
    struct str date = read_word(l, n);
    ((struct config_allow *)to)->until = date;
    if (n->kind == NODE_SCALAR && !config_is_date(date))
        problem_add(l->problems, n->at, "bad-date", "write 2027-01-31",
            "the last day is no date");
}

/* Under the rule's own key. */
static const struct key_row allow_keys[] = {
    {"phrase", false, allow_phrase},
    {"reason", true, allow_reason},
    {"until", false, allow_until},
};

const struct key_table config_allow_table =
    KEY_TABLE("an allow", allow_keys);

static const struct key_row front_allow_keys[] = {
    {"rule", true, allow_rule},
    {"phrase", false, allow_phrase},
    {"reason", true, allow_reason},
    {"until", false, allow_until},
};

const struct key_table front_allow_table =
    KEY_TABLE("an allow", front_allow_keys);

static struct config_allows read_allows(struct loader *l,
    const struct node *n, const struct key_table *table,
    const struct name *rule)
{
    struct config_allows out = {0};
    if (!want_kind(l, n, NODE_LIST, "a list of allows"))
        return out;
    out.items = ARENA_NEW(l->a, struct config_allow, n->count + 1);
    for (size_t i = 0; i < n->count; i++) {
        struct config_allow *allow = &out.items[out.count++];
        allow->at = n->items[i]->at;
        if (rule)
            allow->rule = *rule;
        read_keys(l, n->items[i], table, allow);
    }
    return out;
}

/* ---- rules ---------------------------------------------------------------------------- */

static void rule_level(struct loader *l, const struct node *n, void *to)
{
    struct config_rule *r = to;
    r->has_level = read_level(l, n, false, &r->level);
}

static void rule_allow(struct loader *l, const struct node *n, void *to)
{
    struct config_rule *r = to;
    r->allows = read_allows(l, n, &config_allow_table, &r->rule);
}

static const struct key_row rule_keys[] = {
    {"level", false, rule_level},
    {"allow", false, rule_allow},
};

const struct key_table config_rule_table = KEY_TABLE("a rule", rule_keys);

static void read_rules(struct loader *l, const struct node *n, void *to)
{
    struct config *c = to;
    if (!want_names(l, n))
        return;
    c->rules = ARENA_NEW(l->a, struct config_rule, n->count + 1);
    for (size_t i = 0; i < n->count; i++) {
        const struct node *value = n->pairs[i].value;
        struct config_rule *r = &c->rules[c->rule_count++];
        r->rule = (struct name){n->pairs[i].key->text, n->pairs[i].key->at};
        if (value->kind == NODE_SCALAR)
            rule_level(l, value, r);
        else
            read_keys(l, value, &config_rule_table, r);
    }
}

/* ---- lexicons ------------------------------------------------------------------------- */

/* The small language of entries belongs to packs, whose makers have a
   dictionary. */
static struct names read_phrases(struct loader *l, const struct node *n)
{
    struct names names = read_list(l, n);
    for (size_t i = 0; i < names.count; i++) {
        struct str s = names.items[i].text;
        for (size_t k = 0; k < s.len; k++)
            if (s.ptr[k] == '~' || s.ptr[k] == ';' || s.ptr[k] == '|' ||
                s.ptr[k] == '[' || str_starts(str_from(s, k), STR("=>"))) {
                problem_add(l->problems, names.items[i].at, "plain-phrase",
                    "write each spelling as an item of its own, or make a pack",
                    "a phrase in settings is plain words");
                break;
            }
    }
    return names;
}

static void words_add(struct loader *l, const struct node *n, void *to)
{
    ((struct config_words *)to)->add = read_phrases(l, n);
}

static void words_remove(struct loader *l, const struct node *n, void *to)
{
    ((struct config_words *)to)->remove = read_phrases(l, n);
}

static const struct key_row words_keys[] = {
    {"add", false, words_add},
    {"remove", false, words_remove},
};

const struct key_table config_words_table =
    KEY_TABLE("a lexicon", words_keys);

static void read_lexicons(struct loader *l, const struct node *n, void *to)
{
    struct config *c = to;
    if (!want_names(l, n))
        return;
    c->words = ARENA_NEW(l->a, struct config_words, n->count + 1);
    for (size_t i = 0; i < n->count; i++) {
        struct config_words *w = &c->words[c->word_count++];
        w->lexicon = (struct name){n->pairs[i].key->text, n->pairs[i].key->at};
        read_keys(l, n->pairs[i].value, &config_words_table, w);
    }
}

/* ---- paths ----------------------------------------------------------------------------- */

static void path_fail_on(struct loader *l, const struct node *n, void *to)
{
    struct config_path *p = to;
    p->has_fail_on = read_level(l, n, true, &p->fail_on);
}

static const struct key_row path_keys[] = {{"fail-on", false, path_fail_on}};

const struct key_table config_path_table = KEY_TABLE("a path", path_keys);

static void read_paths(struct loader *l, const struct node *n, void *to)
{
    struct config *c = to;
    if (!want_names(l, n))
        return;
    c->paths = ARENA_NEW(l->a, struct config_path, n->count + 1);
    for (size_t i = 0; i < n->count; i++) {
        struct config_path *p = &c->paths[c->path_count++];
        p->glob = (struct name){n->pairs[i].key->text, n->pairs[i].key->at};
        read_keys(l, n->pairs[i].value, &config_path_table, p);
    }
}

/* ---- the file ----------------------------------------------------------------------------- */

static void file_version(struct loader *l, const struct node *n, void *to)
{
    (void)to;
    if (!str_eq(read_word(l, n), STR("1")))
        problem_add(l->problems, n->at, "version", "write postlint: 1",
            "this program reads settings of version 1");
}

static void file_profile(struct loader *l, const struct node *n, void *to)
{
    read_keys(l, n, &config_profile_table, to);
}

static void file_packs(struct loader *l, const struct node *n, void *to)
{
    ((struct config *)to)->packs = read_list(l, n);
}

static void file_baseline(struct loader *l, const struct node *n, void *to)
{
    ((struct config *)to)->baseline = read_filled(l, n, "the baseline");
}

static void file_locked(struct loader *l, const struct node *n, void *to)
{
    ((struct config *)to)->locked = read_list(l, n);
}

static const struct key_row file_keys[] = {
    {"postlint", true, file_version},
    {"profile", false, file_profile},
    {"packs", false, file_packs},
    {"baseline", false, file_baseline},
    {"rules", false, read_rules},
    {"lexicons", false, read_lexicons},
    {"paths", false, read_paths},
    {"locked", false, file_locked},
};

const struct key_table config_table = KEY_TABLE("a settings file", file_keys);

bool config_parse(struct arena *a, const char *file, struct str text,
    struct config *config, struct problems *problems)
{
    struct loader l = {.a = a, .problems = problems, .file = file};
    size_t before = problems->errors;
    struct node *root = yaml_parse(a, file, text, problems);
    *config = (struct config){.file = file};
    if (root)
        read_keys(&l, root, &config_table, config);
    return root && problems->errors == before;
}

/* ---- front matter --------------------------------------------------------------------------- */

static void front_allow(struct loader *l, const struct node *n, void *to)
{
    *(struct config_allows *)to = read_allows(l, n, &front_allow_table, NULL);
}

static const struct key_row front_keys[] = {{"allow", true, front_allow}};

const struct key_table front_table =
    KEY_TABLE("postlint in front matter", front_keys);

bool config_front(struct arena *a, struct str text,
    struct config_allows *allows, struct problems *problems)
{
    struct loader l = {.a = a, .problems = problems};
    size_t before = problems->errors;
    struct node *root = yaml_parse(a, NULL, text, problems);
    const struct node *mine = root ? node_get(root, "postlint") : NULL;
    *allows = (struct config_allows){0};
    if (mine)
        read_keys(&l, mine, &front_table, allows);
    return mine && problems->errors == before;
}
