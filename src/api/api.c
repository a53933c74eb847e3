/* SPDX-License-Identifier: MIT */
/*
 * api.c - postlint.h onto the layers below.
 *
 * Out of memory in an arena jumps back to the entry function, which returns an
 * error; nothing between the two owns anything but arena memory.
 */
#include "postlint.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "api/builtin.h"
#include "api/fail.h"
#include "api/file.h"
#include "api/handout.h"
#include "api/scanner.h"
#include "api/version.h"
#include "author/compile.h"
#include "author/ruletest.h"
#include "author/trace.h"
#include "engine/crowd.h"
#include "engine/scan.h"
#include "input/reader.h"
#include "report/report.h"
#include "rules/problem.h"

size_t pl_escape(const char *text, size_t len, char *out, size_t cap)
{
    struct buf b PL_DEFER(buf_free) = {0};
    report_escape(&b, (struct str){text, len});
    struct str all = buf_str(&b);
    size_t fits = all.len < cap ? all.len : cap ? cap - 1 : 0;
    if (cap > 0) {
        memcpy(out, all.ptr, fits);
        out[fits] = '\0';
    }
    return all.len;
}

const char *pl_version(void)
{
    return VERSION;
}

/* ---- rules -------------------------------------------------------------------- */

void pl_rules_free(struct pl_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->lent_count; i++)
        rules->lent[i].release(
            rules->lent[i].compiled, rules->lent[i].compiled_len);
    free(rules->lent);
    arena_free(rules->arena);
    free(rules);
}

/* From here on they are the rules' to release, come what may. */
static bool take_lent(struct pl_rules *r, const struct pl_rules_options *o)
{
    r->lent = calloc(o->pack_count + 1, sizeof *r->lent);
    for (size_t i = 0; r->lent && i < o->pack_count; i++)
        if (o->packs[i].compiled && o->packs[i].release)
            r->lent[r->lent_count++] = o->packs[i];
    return r->lent != NULL;
}

static struct inflect *make_inflect(void *ctx, struct err *err)
{
    (void)ctx;
    return inflect_new(err);
}

struct folders {
    const struct source **items;
    size_t *counts;
    size_t count;
};

static bool read_compiled(struct arena *a, const struct pl_pack *pack,
    struct pack *out, struct err *err)
{
    struct str bytes = {pack->compiled, pack->compiled_len};
    if (!pack->release) {
        uint64_t *copy = ARENA_NEW(a, uint64_t, bytes.len / 8 + 1);
        memcpy(copy, bytes.ptr, bytes.len);
        bytes.ptr = (const char *)copy;
    }
    return pack_open(bytes, false, out, err);
}

/* A pack's own sources, folder by folder ("0/pack.yaml"). */
static void add_pack_sources(
    struct arena *a, const struct pack *pack, struct folders *f)
{
    struct source *sources = ARENA_NEW(a, struct source, pack->sources_count);
    for (uint32_t i = 0; i < pack->sources_count; i++) {
        struct str name = pack_text(pack, pack->sources[i].name);
        sources[i] = (struct source){
            str_cut(name, '/').tail, pack_text(pack, pack->sources[i].text)};
    }
    f->items[f->count] = sources;
    f->counts[f->count++] = pack->sources_count;
}

static void add_folder(
    struct arena *a, const struct pl_pack *pack, struct folders *f)
{
    struct source *sources = ARENA_NEW(a, struct source, pack->source_count);
    for (size_t i = 0; i < pack->source_count; i++)
        sources[i] = (struct source){str_of(pack->sources[i].name),
            {pack->sources[i].text, pack->sources[i].len}};
    f->items[f->count] = sources;
    f->counts[f->count++] = pack->source_count;
}

/* Warnings of other folders than the last are for their own authors. */
static void keep_own(struct arena *a, const struct problems *problems,
    const struct source *sources, size_t count, struct problems *out)
{
    *out = (struct problems){.arena = a, .errors = problems->errors};
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *p = &problems->list.items[i];
        bool own = !p->warning;
        for (size_t k = 0; k < count && !own; k++)
            own = p->at.file && str_eqz(sources[k].name, p->at.file);
        if (own)
            *VEC_PUSH(a, &out->list) = *p;
    }
}

static void tell_problems(const struct pl_rules_options *options,
    const struct problems *problems, const struct folders *f, bool good)
{
    struct buf text PL_DEFER(buf_free) = {0};
    struct problems own;
    for (size_t i = 0; options->problem && i < problems->list.count; i++) {
        struct pl_problem one = api_problem(&problems->list.items[i]);
        options->problem(options->problem_ctx, &one);
    }
    if (!options->problems || (good && !options->warnings))
        return;
    /* The last folder is the author's own. */
    size_t last = f->count - 1;
    keep_own(problems->arena, problems, f->items[last], f->counts[last], &own);
    problem_print(&text, &own, f->items[last], f->counts[last]);
    if (text.len)
        options->problems(options->problems_ctx, text.ptr, text.len);
}

static bool compile_folders(struct arena *a,
    const struct pl_rules_options *options, const struct pack *builtin,
    const struct folders *f, struct str *bytes, struct err *err)
{
    struct problems problems = {.arena = a};
    struct compile_in in = {
        .sources = f->items,
        .source_counts = f->counts,
        .folder_count = f->count,
        .forms_of = builtin,
        .inflect = make_inflect,
        .common_words = builtin_common(),
    };
    bool good = compile(a, &in, bytes, &problems);
    tell_problems(options, &problems, f, good);
    if (good)
        return true;
    const struct problem *first = &problems.list.items[0];
    for (size_t i = 0; i < problems.list.count; i++)
        if (!problems.list.items[i].warning) {
            first = &problems.list.items[i];
            break;
        }
    return err_set(err, ERR_RULE, first->at, "%s:%u: " STR_FMT,
        first->at.file ? first->at.file : "rules", (unsigned)first->at.line,
        STR_ARG(first->message));
}

/* The pack's bytes or its open form, from built-in rules and options. */
static bool make_pack(struct arena *a, const struct pl_rules_options *o,
    struct pack *pack, uint32_t *own, struct err *err)
{
    struct pack builtin;
    struct folders f = {
        .items = ARENA_NEW(a, const struct source *, o->pack_count + 1),
        .counts = ARENA_NEW(a, size_t, o->pack_count + 1),
    };
    struct str bytes;
    bool whole = !o->no_builtin;

    if (!pack_open(builtin_pack(), true, &builtin, err))
        return false;
    *pack = builtin;
    *own = whole;
    if (o->pack_count == 0)
        return whole ||
            err_set(err, ERR_USAGE, (struct where){0},
                "without the built-in rules other rules are needed (--rules)");
    if (o->pack_count == 1 && o->packs[0].compiled) {
        *own = 0;
        return read_compiled(a, &o->packs[0], pack, err);
    }
    if (whole)
        add_pack_sources(a, &builtin, &f);
    for (size_t i = 0; i < o->pack_count; i++) {
        if (!o->packs[i].compiled) {
            add_folder(a, &o->packs[i], &f);
            continue;
        }
        if (!read_compiled(a, &o->packs[i], pack, err))
            return false;
        f.count = *own = 0;
        add_pack_sources(a, pack, &f);
    }
    return compile_folders(a, o, &builtin, &f, &bytes, err) &&
        pack_open(bytes, true, pack, err);
}

/* What settings change; problems of theirs are told as those of rules are. */
static bool apply_settings(struct pl_rules *r,
    const struct pl_rules_options *o, struct err *err)
{
    struct problems problems = {.arena = r->arena};
    const struct pl_settings *settings = o->settings;
    struct buf text PL_DEFER(buf_free) = {0};
    struct pack base = r->pack;

    r->settings = settings;
    if (!settings)
        return ruleset_new(r->arena, &r->pack, &r->set, err);
    /* Words that settings change are looked for among all. */
    if (settings_has_words(settings)) {
        if (!pack_check_words(&base, err))
            return false;
        base.foreign = false;
    }
    if (settings_words(settings, r->arena, &base, &problems)) {
        r->pack = base;
        if (!ruleset_new(r->arena, &r->pack, &r->set, err))
            return false;
        if (settings_rules(settings, r->arena, &r->set, &problems))
            return true;
    }
    for (size_t i = 0; o->problem && i < problems.list.count; i++) {
        struct pl_problem one = api_problem(&problems.list.items[i]);
        o->problem(o->problem_ctx, &one);
    }
    problem_print(&text, &problems, settings->sources, settings->count);
    if (o->problems)
        o->problems(o->problems_ctx, text.ptr, text.len);
    const struct problem *first = &problems.list.items[0];
    return err_set(err, ERR_CONFIG, first->at, "%s:%u: " STR_FMT,
        first->at.file, (unsigned)first->at.line, STR_ARG(first->message));
}

static bool build(struct pl_rules *r, const struct pl_rules_options *o,
    struct err *err)
{
    struct str *select = ARENA_NEW(r->arena, struct str, o->select_count);
    struct str *ignore = ARENA_NEW(r->arena, struct str, o->ignore_count);
    for (size_t i = 0; i < o->select_count; i++)
        select[i] = str_of(o->select[i]);
    for (size_t i = 0; i < o->ignore_count; i++)
        ignore[i] = str_of(o->ignore[i]);
    return make_pack(r->arena, o, &r->pack, &r->own, err) &&
        apply_settings(r, o, err) &&
        ruleset_select(&r->set, r->arena, select, o->select_count, ignore,
            o->ignore_count, err);
}

struct pl_rules *pl_rules_new(
    const struct pl_rules_options *options, struct pl_error *error)
{
    static const struct pl_rules_options none;
    const struct pl_rules_options *const volatile o = options ? options : &none;
    struct pl_rules *volatile r = calloc(1, sizeof *r);
    struct err err = {0};
    jmp_buf back;

    if (!r || !take_lent(r, o) || !(r->arena = arena_new(0))) {
        pl_rules_free(r);
        api_fail_memory(error);
        return NULL;
    }
    arena_on_failure(r->arena, api_jump, &back);
    if (setjmp(back)) {
        pl_rules_free(r);
        api_fail_memory(error);
        return NULL;
    }
    if (!build(r, o, &err)) {
        api_fail(error, &err);
        pl_rules_free(r);
        return NULL;
    }
    arena_on_failure(r->arena, NULL, NULL);
    return r;
}

bool pl_rules_bytes(const struct pl_rules *rules, void **bytes, size_t *len,
    struct pl_error *error)
{
    *len = rules->pack.bytes.len;
    *bytes = malloc(*len);
    if (!*bytes)
        return api_fail_memory(error);
    memcpy(*bytes, rules->pack.bytes.ptr, *len);
    return true;
}

bool pl_rules_test(const struct pl_rules *rules,
    const struct pl_test_options *options, size_t *passed, size_t *failed,
    struct pl_error *error)
{
    struct err err = {0};
    struct ruletest t = {
        .pack = &rules->pack,
        .prefix = str_of(options->prefix),
        .folder = options->own ? rules->own : 0,
        .list = options->list,
        .known = {options->known, options->known_len},
        .tell = options->line,
        .tell_ctx = options->ctx,
    };
    bool good = pack_check_words(&rules->pack, &err) && ruletest_run(&t, &err);
    *passed = t.passed;
    *failed = t.failed;
    return good ? t.failed == 0 : api_fail(error, &err);
}

struct listener {
    void (*problem)(void *ctx, const struct pl_problem *problem);
    void *ctx;
};

static void tell_example(void *ctx, const struct ruletest_fail *fail)
{
    const struct listener *l = ctx;
    struct pl_problem one = {
        .file = fail->file.ptr,
        .line = fail->line,
        .column = fail->col,
        .code = "example",
        .message = fail->message.ptr,
        .fix = "",
    };
    l->problem(l->ctx, &one);
}

bool pl_rules_test_file(const struct pl_rules *rules, const char *file,
    void (*problem)(void *ctx, const struct pl_problem *problem), void *ctx,
    struct pl_error *error)
{
    struct listener listener = {problem, ctx};
    struct err err = {0};
    struct ruletest t = {.pack = &rules->pack,
        .file = str_of(file),
        .examples_only = true,
        .fail = tell_example,
        .fail_ctx = &listener};
    return (pack_check_words(&rules->pack, &err) && ruletest_run(&t, &err)) ||
        api_fail(error, &err);
}

/* ---- facts about rules ------------------------------------------------------------ */

static const char *text_of(const struct pl_rules *r, struct pack_str s)
{
    return r->pack.text + s.off; /* each ends with a NUL */
}

static const char *const *examples_of(struct pl_rules *r,
    const struct pack_rule *rule, uint32_t flags, size_t *count)
{
    uint32_t all = rule->examples.end - rule->examples.beg;
    const char **out = ARENA_NEW(r->arena, const char *, all);
    *count = 0;
    for (uint32_t i = rule->examples.beg; i < rule->examples.end; i++)
        if (r->pack.examples[i].flags == flags)
            out[(*count)++] = text_of(r, r->pack.examples[i].text);
    return out;
}

/* What adds up in a combination rule, and to what. */
static const char *const *scheme_of(
    struct pl_rules *r, const struct pack_rule *rule, size_t *count)
{
    const struct pack *p = &r->pack;
    *count = 0;
    if (rule->crowd == PACK_NONE)
        return NULL;
    const struct pack_crowd *crowd = &p->crowds[rule->crowd];
    const char **out = ARENA_NEW(r->arena, const char *,
        crowd->axes.end - crowd->axes.beg + LEVEL_COUNT);
    for (uint32_t i = crowd->axes.beg; i < crowd->axes.end; i++) {
        struct buf b = {0};
        crowd_say_axis(&b, p, i);
        buf_addc(&b, '\0');
        out[(*count)++] = buf_keep(&b, r->arena).ptr;
    }
    for (int level = LEVEL_ERROR; level > LEVEL_SILENT; level--) {
        struct buf b = {0};
        if (!crowd_say_level(&b, p, crowd, (enum level)level,
                level_word((enum level)level)))
            continue;
        buf_addc(&b, '\0');
        out[(*count)++] = buf_keep(&b, r->arena).ptr;
    }
    return out;
}

static void fill_rule(
    struct pl_rules *r, const struct pack_rule *from, struct pl_rule *rule)
{
    static const char *const status[] = {"stable", "trial", "retired"};
    const struct pack *p = &r->pack;
    *rule = (struct pl_rule){
        .id = text_of(r, from->id),
        .summary = text_of(r, from->summary),
        .level = level_word((enum level)from->level),
        .status = status[from->status % 3],
        .exempt = text_of(r, from->exempt),
        .why = text_of(r, p->templates[from->why].source),
        .source_count = from->sources.end - from->sources.beg,
        .try_count = from->tries.end - from->tries.beg,
        .file = text_of(r, from->at.file),
        .line = from->at.line,
    };
    const char **sources =
        ARENA_NEW(r->arena, const char *, rule->source_count);
    const char **tries = ARENA_NEW(r->arena, const char *, rule->try_count);
    for (uint32_t i = 0; i < rule->source_count; i++)
        sources[i] = view_cite(
            r->arena, p, &p->cites[from->sources.beg + i]).ptr;
    for (uint32_t i = 0; i < rule->try_count; i++)
        tries[i] = text_of(r, p->templates[from->tries.beg + i].source);
    rule->sources = sources;
    rule->tries = tries;
    rule->flags = examples_of(r, from, 1, &rule->flag_count);
    rule->passes = examples_of(r, from, 0, &rule->pass_count);
    rule->scheme = scheme_of(r, from, &rule->scheme_count);
}

bool pl_rule_at(struct pl_rules *r, size_t index, struct pl_rule *rule)
{
    if (index >= r->pack.rules_count)
        return false;
    if (!r->facts)
        r->facts = ARENA_NEW(r->arena, struct pl_rule, r->pack.rules_count);
    if (!r->facts[index].id)
        fill_rule(r, &r->pack.rules[index], &r->facts[index]);
    *rule = r->facts[index];
    return true;
}

bool pl_rules_words(const struct pl_rules *rules, const char *lexicon,
    void (*word)(void *ctx, const char *text, size_t len), void *ctx)
{
    const struct pack *p = &rules->pack;
    uint32_t index = pack_lexicon_find(p, str_of(lexicon));
    struct err err = {0};
    uint8_t *told;
    if (index == PACK_NONE || !pack_check_words(p, &err) ||
        !(told = calloc(p->entries_count + 1u, 1)))
        return false;
    for (uint32_t i = 0; i < p->members_count; i++) {
        uint32_t entry = member_entry(p, i);
        if (p->members[i].lexicon != index || told[entry])
            continue;
        told[entry] = 1;
        struct str text = pack_text(p, p->entries[entry].text);
        word(ctx, text.ptr, text.len);
    }
    free(told);
    return true;
}

bool pl_rules_row(const struct pl_rules *rules, const char *table,
    uint32_t line,
    void (*cell)(void *ctx, const char *column, const char *text), void *ctx)
{
    const struct pack *p = &rules->pack;
    for (uint32_t i = 0; i < p->tables_count; i++) {
        const struct pack_table *t = &p->tables[i];
        if (!str_eq(pack_text(p, t->name), str_of(table)))
            continue;
        for (uint32_t r = t->rows.beg; r < t->rows.end; r++) {
            const struct pack_list cells = p->rows[r].cells;
            if (p->rows[r].line != line)
                continue;
            for (uint32_t c = 0; c < cells.end - cells.beg; c++)
                cell(ctx, text_of(rules, p->strs[t->columns.beg + c]),
                    text_of(rules, p->strs[cells.beg + c]));
            return true;
        }
    }
    return false;
}

void pl_rules_info(const struct pl_rules *rules, struct pl_pack_info *info)
{
    const struct pack_info *from = rules->pack.info;
    size_t own = 0;
    for (uint32_t i = 0; i < rules->pack.rules_count; i++)
        own += rules->pack.rules[i].folder >= rules->own;
    *info = (struct pl_pack_info){
        .name = text_of(rules, from->name),
        .version = text_of(rules, from->version),
        .licence = text_of(rules, from->licence),
        .hash = from->hash,
        .rules = rules->pack.rules_count,
        .own = own,
    };
}

/* ---- scanner ------------------------------------------------------------------------- */

/* Of a scanner's own, since it marks those that are used. */
static struct allow *copy_allows(const struct pl_settings *settings)
{
    size_t count = settings ? settings->allows.count : 0;
    struct allow *copy = calloc(count + 1, sizeof *copy);
    if (copy && count)
        memcpy(copy, settings->allows.items, count * sizeof *copy);
    return copy;
}

struct pl_scanner *pl_scanner_new(
    const struct pl_rules *rules, struct pl_error *error)
{
    struct pl_scanner *s = calloc(1, sizeof *s);
    if (s) {
        s->rules = rules;
        s->trace_rule = PACK_NONE;
        s->scratch = scratch_new(&rules->set);
        s->arena = arena_new(0);
        s->settled = copy_allows(rules->settings);
    }
    if (!s || !s->scratch || !s->arena || !s->settled) {
        pl_scanner_free(s);
        api_fail_memory(error);
        return NULL;
    }
    return s;
}

void pl_scanner_free(struct pl_scanner *s)
{
    if (!s)
        return;
    scratch_free(s->scratch);
    arena_free(s->arena);
    buf_free(&s->text);
    free(s->settled);
    free(s->costs);
    free(s);
}

bool pl_scan_cost(const struct pl_scanner *s, size_t index, uint64_t *posts,
    uint64_t *ticks)
{
    if (!s->costs || index >= s->rules->pack.rules_count)
        return false;
    *posts = s->costs[index].posts;
    *ticks = s->costs[index].time;
    return true;
}

bool pl_scanner_set(struct pl_scanner *s,
    const struct pl_scan_options *options, struct pl_error *error)
{
    struct err err = {0};
    s->options = *options;
    s->trace_rule = PACK_NONE;
    free(s->costs);
    s->costs = options->clock ? calloc(s->rules->pack.rules_count + (size_t)1,
                                    sizeof *s->costs)
                              : NULL;
    if (options->clock && !s->costs)
        return api_fail_memory(error);
    if (!options->trace_rule)
        return true;
    s->trace_rule = pack_rule_find(
        &s->rules->pack, str_of(options->trace_rule));
    if (s->trace_rule != PACK_NONE)
        return true;
    (void)err_set(&err, ERR_USAGE, (struct where){0},
        "no rule is called '%s'", options->trace_rule);
    return api_fail(error, &err);
}

static struct str folded(struct arena *a, const char *z)
{
    return z ? text_fold(a, str_of(z)) : STR("");
}

/* Words of the manual's lists; an unknown one counts as unset. */
static uint32_t fold_of(struct str platform)
{
    static const struct {
        struct str name;
        uint32_t fold;
    } folds[] = {{STR_INIT("instagram"), 125}, {STR_INIT("facebook"), 477},
        {STR_INIT("linkedin"), 210}, {STR_INIT("x"), 280},
        {STR_INIT("bluesky"), 300}, {STR_INIT("mastodon"), 500},
        {STR_INIT("threads"), 500}, {STR_INIT("tiktok"), 100},
        {STR_INIT("reddit"), 300}};
    for (size_t i = 0; i < PL_COUNT(folds); i++)
        if (str_eq(folds[i].name, platform))
            return folds[i].fold;
    return 0;
}

static struct str country(struct str folded_value)
{
    return str_eq(folded_value, STR("uk")) ? STR("gb") : folded_value;
}

/* What a post says of itself wins over settings, unless these hold it. */
static void settle_profile(struct pl_scanner *s)
{
    const struct pl_settings *settings = s->rules->settings;
    for (int key = 0; settings && key < PROFILE_COUNT; key++)
        if (settings->held[key] || s->profile.value[key].len == 0)
            s->profile.value[key] = settings->profile[key];
}

static void set_profile(struct pl_scanner *s, const struct pl_post *post)
{
    struct profile *p = &s->profile;
    *p = (struct profile){0};
    p->value[PROFILE_LOCALE] = folded(s->arena, post->locale);
    p->value[PROFILE_JURISDICTION] =
        country(folded(s->arena, post->jurisdiction));
    p->value[PROFILE_PLATFORM] = folded(s->arena, post->platform);
    p->value[PROFILE_PROFESSION] = folded(s->arena, post->profession);
    p->value[PROFILE_ACCOUNT] = folded(s->arena, post->account);
    settle_profile(s);
    p->reply_to = folded(s->arena, post->reply_to);
    p->reply = p->reply_to.len > 0 && !str_eq(p->reply_to, STR("none"));
}

static bool read_post(
    struct pl_scanner *s, const struct pl_post *post, struct err *err)
{
    struct str platform = s->profile.value[PROFILE_PLATFORM];
    if (post->part) {
        s->doc = post->part->item.doc;
        s->doc.fold_at = fold_of(platform);
        return true;
    }
    struct str input = post->input ? str_of(post->input) : STR("text");
    if (!post->input && str_eq(platform, STR("hospital-site")))
        input = STR("markdown");
    const struct reader *reader = reader_find(input);
    struct post from = {
        .name = post->name,
        .text = arena_copy(
            s->arena, (struct str){post->text, post->text_len}),
        .alt =
            arena_copy(s->arena, (struct str){post->alt, post->alt_len}),
        .has_media = post->media,
        .fold_at = fold_of(platform),
    };
    if (!reader || !reader->read)
        return err_set(err, ERR_USAGE, (struct where){0},
            "no input format of one post is called '%s'", post->input);
    return reader->read(s->arena, &from, &s->doc, err);
}

static void tell_trace(struct pl_scanner *s)
{
    struct buf b PL_DEFER(buf_free) = {0};
    if (s->trace_rule == PACK_NONE || !s->options.trace)
        return;
    trace_print(
        &b, &s->steps, &s->rules->pack, &s->doc, s->options.show_matches);
    if (b.len)
        s->options.trace(s->options.trace_ctx, b.ptr, b.len);
}

struct view_in scanner_views(struct pl_scanner *s, enum show show)
{
    struct view_in in =
        view_prepare(s->arena, &s->rules->pack, &s->doc, show);
    in.help = builtin_help();
    in.countries = s->profile.value[PROFILE_JURISDICTION];
    return in;
}

static const struct pl_finding *hand_out(struct pl_scanner *s)
{
    struct view_in in =
        scanner_views(s, s->options.show_matches ? SHOW_FULL : SHOW_MASKED);
    struct pl_finding *out =
        ARENA_NEW(s->arena, struct pl_finding, s->found.count + 1);
    for (uint32_t i = 0; i < s->found.count; i++) {
        struct view v;
        view_make(&in, &s->found.items[i], &v);
        out[i] = api_finding(&in, &v);
        out[i].locked = scanner_locked(s, &s->found.items[i]);
    }
    return out;
}

static bool is_in(
    struct place place, const struct pl_range *only, size_t count)
{
    if (place.field != 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (place.at.beg < only[i].end &&
            (place.at.end > only[i].beg || place.at.beg == only[i].beg))
            return true;
    return false;
}

/* Its anchor or any of its evidence lies in one of the ranges. */
static bool touches(
    const struct finding *f, const struct pl_range *only, size_t count)
{
    bool found = is_in(f->place, only, count);
    for (uint32_t i = 0; i < f->proof_count && !found; i++)
        found = is_in(f->proofs[i].place, only, count);
    for (uint32_t i = 0; i < f->axis_count && !found; i++)
        found = is_in(f->axes[i].place, only, count);
    return found;
}

static void keep_touching(struct pl_scanner *s, const struct pl_post *post)
{
    struct finding *kept = ARENA_NEW(s->arena, struct finding, s->found.count);
    uint32_t count = 0;
    if (!post->only)
        return;
    for (uint32_t i = 0; i < s->found.count; i++)
        if (touches(&s->found.items[i], post->only, post->only_count))
            kept[count++] = s->found.items[i];
    s->found.items = kept;
    s->found.count = count;
}

static void keep_unaccepted(struct pl_scanner *s)
{
    const struct pl_settings *settings = s->rules->settings;
    struct suppress_in in = {
        .a = s->arena,
        .settled = s->settled,
        .settled_count = settings ? settings->allows.count : 0,
        .baseline = s->options.baseline ? &s->options.baseline->lines : NULL,
        .today = settings ? settings->today : STR(""),
    };
    suppress(s->scratch, &in, &s->every, &s->suppressed);
    s->found = s->suppressed.kept;
}

static enum level level_of(enum pl_level level)
{
    return level == PL_NEVER ? LEVEL_COUNT : (enum level)level;
}

static void set_fail_on(struct pl_scanner *s, const struct pl_post *post)
{
    const char *path = post->path ? post->path : post->name;
    const struct config_path *of = s->rules->settings
        ? settings_path(s->rules->settings, str_of(path))
        : NULL;
    s->locked_fail_on = of ? of->fail_on : LEVEL_WARNING;
    s->fail_on = post->fail_on ? level_of(post->fail_on) : s->locked_fail_on;
}

bool scanner_locked(const struct pl_scanner *s, const struct finding *f)
{
    return s->rules->set.locked[f->rule] != 0;
}

/* Judges; findings stay in the engine's form. */
static bool scan_post(
    struct pl_scanner *s, const struct pl_post *post, struct err *err)
{
    struct scan_options options = {
        .no_gate = s->options.no_gate,
        .guides = s->options.guides,
        .trace = trace_note,
        .trace_ctx = &s->steps,
        .trace_rule = s->trace_rule,
        .costs = s->costs,
        .clock = s->options.clock,
    };
    s->has_doc = false;
    s->found = s->every = (struct findings){0};
    s->suppressed = (struct suppress_out){0};
    arena_reset(s->arena);
    set_fail_on(s, post);
    s->steps = (struct trace_log){.arena = s->arena};
    set_profile(s, post);
    if (!read_post(s, post, err))
        return false;
    s->has_doc = true;
    bool good =
        scan(s->scratch, &s->doc, &s->profile, &options, &s->every, err);
    keep_unaccepted(s);
    keep_touching(s, post);
    tell_trace(s);
    return good;
}

bool pl_scan(struct pl_scanner *s, const struct pl_post *post,
    const struct pl_finding **findings, size_t *count, struct pl_error *error)
{
    struct err err = {0};
    arena_on_failure(s->arena, api_jump, &s->back);
    arena_on_failure(scratch_arena(s->scratch), api_jump, &s->back);
    if (setjmp(s->back)) {
        s->found = s->every = (struct findings){0};
        s->suppressed = (struct suppress_out){0};
        s->has_doc = false;
        if (count)
            *count = 0;
        return api_fail_memory(error);
    }
    bool good = scan_post(s, post, &err);
    if (count)
        *count = s->found.count;
    if (findings)
        *findings = s->has_doc ? hand_out(s) : NULL;
    return good || api_fail(error, &err);
}

size_t pl_scan_rules(const struct pl_scanner *s)
{
    return s->found.rules_run;
}

bool pl_scan_foreign(const struct pl_scanner *s)
{
    return s->found.not_english;
}

bool pl_scan_notice_at(
    struct pl_scanner *s, size_t index, struct pl_notice *notice)
{
    if (index >= s->suppressed.notices.count)
        return false;
    *notice = api_notice(&s->suppressed.notices.items[index]);
    return true;
}

bool pl_scanner_unused_at(struct pl_scanner *s, bool flags, size_t index,
    struct pl_notice *notice)
{
    size_t count = s->rules->settings ? s->rules->settings->allows.count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct allow *a = &s->settled[i];
        if (a->used || (flags && a->from != ALLOW_FLAG) || index-- > 0)
            continue;
        struct notice one = {"unused-allow", a->at,
            STR("this allow accepts nothing; remove it")};
        *notice = api_notice(&one);
        return true;
    }
    return false;
}
