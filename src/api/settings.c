/* SPDX-License-Identifier: MIT */
/* settings.c - settings files, one over the other, for front ends. */
#include "api/settings.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "api/fail.h"
#include "api/handout.h"
#include "base/buf.h"
#include "engine/overlay.h"
#include "rules/problem.h"
#include "text/text.h"

void pl_settings_free(struct pl_settings *s)
{
    if (!s)
        return;
    arena_free(s->arena);
    free(s);
}

/* ---- reading ---------------------------------------------------------------------- */

static bool is_heard(const struct layer *l)
{
    return l->kind != PL_LAYER_LOCKS;
}

static void tell_problems(const struct pl_settings_options *o,
    const struct problems *problems, const struct source *sources, size_t count)
{
    struct buf text PL_DEFER(buf_free) = {0};
    for (size_t i = 0; o->problem && i < problems->list.count; i++) {
        struct pl_problem one = api_problem(&problems->list.items[i]);
        o->problem(o->problem_ctx, &one);
    }
    if (!o->problems || problems->list.count == 0)
        return;
    problem_print(&text, problems, sources, count);
    o->problems(o->problems_ctx, text.ptr, text.len);
}

static bool fail_first(const struct problems *problems, struct err *err)
{
    const struct problem *first = &problems->list.items[0];
    for (size_t i = 0; i < problems->list.count; i++)
        if (!problems->list.items[i].warning) {
            first = &problems->list.items[i];
            break;
        }
    return err_set(err, ERR_CONFIG, first->at, "%s:%u: " STR_FMT,
        first->at.file ? first->at.file : "settings", (unsigned)first->at.line,
        STR_ARG(first->message));
}

static bool read_layers(struct pl_settings *s,
    const struct pl_settings_options *o, struct err *err)
{
    struct problems problems = {.arena = s->arena};
    s->layers = ARENA_NEW(s->arena, struct layer, o->file_count + 1);
    s->sources = ARENA_NEW(s->arena, struct source, o->file_count + 1);
    s->locked = ARENA_NEW(s->arena, struct names, o->file_count + 1);
    for (size_t i = 0; i < o->file_count; i++) {
        const struct pl_settings_file *f = &o->files[i];
        struct layer *l = &s->layers[s->count];
        struct source *source = &s->sources[s->count++];
        source->name = arena_copy(s->arena, str_of(f->name));
        source->text =
            arena_copy(s->arena, (struct str){f->text, f->len});
        l->kind = f->layer;
        bool good = config_parse(s->arena, source->name.ptr, source->text,
            &l->config, &problems);
        if (!good)
            continue; /* the others may be wrong too */
        /* Nobody locks himself out, and nobody else. */
        if (l->kind == PL_LAYER_USER)
            continue;
        l->owner = (uint8_t)(i < LOCKED_BY_SEVERAL - 1 ? i + 1 : 0);
        if (l->config.locked.count == 0)
            continue;
        s->locked[s->locked_count++] = l->config.locked;
        s->strangers |= l->kind == PL_LAYER_LOCKS;
    }
    s->locks = s->locked_count > 0;
    tell_problems(o, &problems, s->sources, s->count);
    return problems.errors == 0 || fail_first(&problems, err);
}

/* ---- allows -------------------------------------------------------------------------- */

static void tell(struct pl_settings *s, const char *code, struct where at,
    const char *words)
{
    *VEC_PUSH(s->arena, &s->notices) =
        (struct notice){code, at, str_of(words)};
}

static void add_allow(
    struct pl_settings *s, const struct layer *l, const struct config_allow *a)
{
    *VEC_PUSH(s->arena, &s->allows) = (struct allow){
        .from = l->kind == PL_LAYER_USER ? ALLOW_USER : ALLOW_PROJECT,
        .owner = l->owner,
        .at = a->at,
        .rule = a->rule.text,
        .phrase = a->phrase.text,
        .reason = a->reason,
        .until = a->until,
    };
    if (suppress_expired(a->until, s->today))
        tell(s, "expired-allow", a->at,
            "this allow is past its last day and accepts nothing");
}

static bool add_flags(struct pl_settings *s,
    const struct pl_settings_options *o, struct err *err)
{
    for (size_t i = 0; i < o->allow_count; i++) {
        struct str reason = str_of(o->reasons[i]);
        if (str_trim(reason).len == 0)
            return err_set(err, ERR_USAGE, (struct where){0},
                "an allow needs a reason");
        *VEC_PUSH(s->arena, &s->allows) = (struct allow){
            .from = ALLOW_FLAG,
            .rule = arena_copy(s->arena, str_of(o->allow[i])),
            .reason = arena_copy(s->arena, reason),
        };
    }
    return true;
}

static bool words_heard(const struct pl_settings *s, const struct layer *l)
{
    return is_heard(l) &&
        (!s->locks || (l->kind == PL_LAYER_PROJECT && !s->strangers));
}

static bool gather(struct pl_settings *s,
    const struct pl_settings_options *o, struct err *err)
{
    s->today = arena_copy(s->arena, str_of(o->today));
    if (!read_layers(s, o, err))
        return false;
    for (size_t i = s->count; i-- > 0;) {
        const struct layer *l = &s->layers[i];
        if (!is_heard(l))
            continue;
        for (size_t k = 0; k < l->config.rule_count; k++)
            for (size_t n = 0; n < l->config.rules[k].allows.count; n++)
                add_allow(s, l, &l->config.rules[k].allows.items[n]);
        if (!words_heard(s, l) && l->config.word_count)
            tell(s, "locked", l->config.words[0].lexicon.at,
                "these word lists are left out: another file locks rules");
        if (!words_heard(s, l) && l->config.packs.count)
            tell(s, "locked", l->config.packs.items[0].at,
                "these packs are left out: another file locks rules");
    }
    return add_flags(s, o, err);
}

static void list_rows(struct pl_settings *s);
static void set_profile(struct pl_settings *s, enum profile_key key);

struct pl_settings *pl_settings_new(
    const struct pl_settings_options *options, struct pl_error *error)
{
    struct pl_settings *volatile s = calloc(1, sizeof *s);
    struct err err = {0};
    jmp_buf back;

    if (!s || !(s->arena = arena_new(0))) {
        pl_settings_free(s);
        api_fail_memory(error);
        return NULL;
    }
    arena_on_failure(s->arena, api_jump, &back);
    if (setjmp(back)) {
        pl_settings_free(s);
        api_fail_memory(error);
        return NULL;
    }
    if (!gather(s, options, &err)) {
        pl_settings_free(s);
        api_fail(error, &err);
        return NULL;
    }
    for (int key = 0; key < PROFILE_COUNT; key++)
        set_profile(s, (enum profile_key)key);
    list_rows(s);
    arena_on_failure(s->arena, NULL, NULL);
    return s;
}

/* ---- into the rules ---------------------------------------------------------------------- */

bool settings_has_words(const struct pl_settings *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (words_heard(s, &s->layers[i]) && s->layers[i].config.word_count > 0)
            return true;
    return false;
}

bool settings_words(const struct pl_settings *s, struct arena *a,
    struct pack *pack, struct problems *problems)
{
    VEC(struct config_words) all = {0};
    const struct pack base = *pack;
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; words_heard(s, &s->layers[i]) &&
             k < s->layers[i].config.word_count;
             k++)
            *VEC_PUSH(a, &all) = s->layers[i].config.words[k];
    return overlay_words(a, &base, all.items, all.count, pack, problems);
}

static bool check_flags(const struct pl_settings *s, const struct ruleset *set,
    struct problems *problems)
{
    for (size_t i = 0; i < s->allows.count; i++) {
        const struct allow *a = &s->allows.items[i];
        struct str near;
        if (a->from != ALLOW_FLAG || ruleset_knows(set->pack, a->rule, &near))
            continue;
        struct str fix = near.len
            ? arena_printf(problems->arena, "did you mean '" STR_FMT "'?",
                  STR_ARG(near))
            : STR("postlint rules list shows them all");
        return problem_add(problems, (struct where){"--allow", 0, 0, 0},
            "unknown-rule", fix.ptr, "no rule is called '" STR_FMT "'",
            STR_ARG(a->rule));
    }
    return true;
}

bool settings_rules(const struct pl_settings *s, struct arena *a,
    struct ruleset *set, struct problems *problems)
{
    struct ruleset_layer *layers =
        ARENA_NEW(a, struct ruleset_layer, s->count + 1);
    for (size_t i = 0; i < s->count; i++)
        layers[i] = (struct ruleset_layer){&s->layers[i].config,
            s->layers[i].owner, is_heard(&s->layers[i])};
    return ruleset_configure(set, layers, s->count, problems) &&
        check_flags(s, set, problems);
}

/* ---- questions ------------------------------------------------------------------------------ */

/* The highest layer that says anything about the key. */
static const struct layer *profile_layer(
    const struct pl_settings *s, enum profile_key key)
{
    for (size_t i = s->count; i-- > 0;)
        if (is_heard(&s->layers[i]) &&
            s->layers[i].config.profile[key].count > 0)
            return &s->layers[i];
    return NULL;
}

static void set_profile(struct pl_settings *s, enum profile_key key)
{
    const struct layer *l = profile_layer(s, key);
    struct buf b = {0};
    if (!l)
        return;
    s->held[key] = s->locks && l->kind == PL_LAYER_PROJECT;
    for (size_t i = 0; i < l->config.profile[key].count; i++) {
        struct str value =
            text_fold(s->arena, l->config.profile[key].items[i].text);
        if (key == PROFILE_JURISDICTION && str_eq(value, STR("uk")))
            value = STR("gb");
        buf_add(&b, i ? STR(",") : STR(""));
        buf_add(&b, value);
    }
    s->profile[key] = buf_keep(&b, s->arena);
}

const struct config_path *settings_path(
    const struct pl_settings *s, struct str path)
{
    const struct config_path *best = NULL;
    for (size_t i = 0; i < s->count; i++) {
        const struct layer *l = &s->layers[i];
        if (l->kind != PL_LAYER_PROJECT)
            continue;
        /* The last that fits is the one that counts. */
        for (size_t k = 0; k < l->config.path_count; k++)
            if (l->config.paths[k].has_fail_on &&
                config_glob(l->config.paths[k].glob.text, path))
                best = &l->config.paths[k];
    }
    return best;
}

bool pl_settings_pack_at(const struct pl_settings *s, size_t index,
    struct pl_setting *pack)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct layer *l = &s->layers[i];
        size_t count = words_heard(s, l) ? l->config.packs.count : 0;
        if (index < count) {
            struct name name = l->config.packs.items[index];
            *pack = (struct pl_setting){.key = "packs",
                .value = name.text.ptr,
                .file = l->config.file,
                .line = name.at.line};
            return true;
        }
        index -= count;
    }
    return false;
}

bool pl_settings_baseline(
    const struct pl_settings *s, struct pl_setting *baseline)
{
    for (size_t i = s->count; i-- > 0;) {
        const struct layer *l = &s->layers[i];
        if (!is_heard(l) || l->config.baseline.text.len == 0)
            continue;
        *baseline = (struct pl_setting){.key = "baseline",
            .value = l->config.baseline.text.ptr,
            .file = l->config.file,
            .line = l->config.baseline.at.line};
        return true;
    }
    return false;
}

bool pl_settings_locks(const struct pl_settings *s)
{
    return s->locks;
}

bool pl_settings_notice_at(
    const struct pl_settings *s, size_t index, struct pl_notice *notice)
{
    if (index >= s->notices.count)
        return false;
    *notice = api_notice(&s->notices.items[index]);
    return true;
}

/* ---- as a list -------------------------------------------------------------------------------- */

static void add_row(struct pl_settings *s, struct str key, struct str value,
    struct where at)
{
    *VEC_PUSH(s->arena, &s->rows) = (struct pl_setting){
        .key = arena_copy(s->arena, key).ptr,
        .value = arena_copy(s->arena, value).ptr,
        .file = at.file,
        .line = at.line,
    };
}

static struct str joined(struct pl_settings *s, const struct names *names)
{
    struct buf b = {0};
    for (size_t i = 0; i < names->count; i++) {
        buf_add(&b, i ? STR(", ") : STR(""));
        buf_add(&b, names->items[i].text);
    }
    return buf_keep(&b, s->arena);
}

static void list_profile(struct pl_settings *s)
{
    static const char *const keys[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    for (int key = 0; key < PROFILE_COUNT; key++) {
        const struct layer *l = profile_layer(s, (enum profile_key)key);
        if (l)
            add_row(s, arena_printf(s->arena, "profile.%s", keys[key]),
                joined(s, &l->config.profile[key]),
                l->config.profile[key].items[0].at);
    }
}

static bool is_overruled(
    const struct pl_settings *s, size_t layer, struct str rule)
{
    for (size_t i = layer + 1; i < s->count; i++)
        for (size_t k = 0;
             is_heard(&s->layers[i]) && k < s->layers[i].config.rule_count;
             k++)
            if (s->layers[i].config.rules[k].has_level &&
                str_eq(s->layers[i].config.rules[k].rule.text, rule))
                return true;
    return false;
}

static void list_allow(struct pl_settings *s, const struct config_allow *a)
{
    struct buf b = {0};
    if (a->phrase.text.len)
        buf_addf(&b, "'" STR_FMT "', ", STR_ARG(a->phrase.text));
    buf_add(&b, a->reason);
    if (a->until.len)
        buf_addf(&b, ", until " STR_FMT, STR_ARG(a->until));
    add_row(s,
        arena_printf(
            s->arena, "rules." STR_FMT ".allow", STR_ARG(a->rule.text)),
        buf_keep(&b, s->arena), a->at);
}

static void list_rules(struct pl_settings *s, size_t layer)
{
    const struct config *c = &s->layers[layer].config;
    for (size_t i = 0; i < c->rule_count; i++) {
        const struct config_rule *r = &c->rules[i];
        if (r->has_level && !is_overruled(s, layer, r->rule.text))
            add_row(s,
                arena_printf(s->arena, "rules." STR_FMT, STR_ARG(r->rule.text)),
                str_of(level_word(r->level)), r->rule.at);
        for (size_t k = 0; k < r->allows.count; k++)
            list_allow(s, &r->allows.items[k]);
    }
}

static void list_words(struct pl_settings *s, const struct config *c)
{
    for (size_t i = 0; i < c->word_count; i++) {
        const struct config_words *w = &c->words[i];
        if (w->add.count)
            add_row(s,
                arena_printf(s->arena, "lexicons." STR_FMT ".add",
                    STR_ARG(w->lexicon.text)),
                joined(s, &w->add), w->add.items[0].at);
        if (w->remove.count)
            add_row(s,
                arena_printf(s->arena, "lexicons." STR_FMT ".remove",
                    STR_ARG(w->lexicon.text)),
                joined(s, &w->remove), w->remove.items[0].at);
    }
}

static void list_paths(struct pl_settings *s, const struct config *c)
{
    for (size_t i = 0; i < c->path_count; i++)
        if (c->paths[i].has_fail_on)
            add_row(s,
                arena_printf(s->arena, "paths." STR_FMT ".fail-on",
                    STR_ARG(c->paths[i].glob.text)),
                c->paths[i].fail_on == LEVEL_COUNT
                    ? STR("never")
                    : str_of(level_word(c->paths[i].fail_on)),
                c->paths[i].glob.at);
}

static void list_rows(struct pl_settings *s)
{
    struct pl_setting one;
    list_profile(s);
    for (size_t i = 0; pl_settings_pack_at(s, i, &one); i++)
        *VEC_PUSH(s->arena, &s->rows) = one;
    if (pl_settings_baseline(s, &one))
        *VEC_PUSH(s->arena, &s->rows) = one;
    for (size_t i = 0; i < s->count; i++) {
        const struct layer *l = &s->layers[i];
        if (is_heard(l))
            list_rules(s, i);
        if (words_heard(s, l))
            list_words(s, &l->config);
        if (l->kind == PL_LAYER_PROJECT)
            list_paths(s, &l->config);
    }
    for (size_t i = 0; i < s->locked_count; i++)
        add_row(s, STR("locked"), joined(s, &s->locked[i]),
            s->locked[i].items[0].at);
}

bool pl_setting_at(
    const struct pl_settings *s, size_t index, struct pl_setting *setting)
{
    if (index >= s->rows.count)
        return false;
    *setting = s->rows.items[index];
    return true;
}

const char *pl_profile_word(const char *key, size_t index)
{
    static const char *const keys[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    for (int i = 0; i < PROFILE_COUNT; i++)
        if (strcmp(key, keys[i]) == 0)
            return profile_choice((enum profile_key)i, index);
    return NULL;
}
