/* SPDX-License-Identifier: MIT */
/* reports.c - findings to text, for front ends. */
#include "report/report.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "api/fail.h"
#include "api/scanner.h"
#include "api/version.h"

/* ---- reports --------------------------------------------------------------------------- */

struct pl_report {
    struct report report;
    const struct reporter *reporter;
    const struct pl_rules *rules;
    struct pl_report_options options;
    struct buf out, errors, taken, held[LEVEL_COUNT];
    jmp_buf back; /* of the entry function, should memory run out */
};

bool pl_format_at(size_t index, const char **name, const char **about)
{
    const struct reporter *r = reporter_at(index);
    if (!r)
        return false;
    *name = r->name;
    *about = r->about;
    return true;
}

struct pl_report *pl_report_new(const struct pl_rules *rules,
    const char *format, const struct pl_report_options *options,
    struct pl_error *error)
{
    const struct reporter *reporter = reporter_find(str_of(format));
    struct pl_report *r = calloc(1, sizeof *r);
    struct err err = {0};

    if (!reporter) {
        (void)err_set(&err, ERR_USAGE, (struct where){0},
            "no format is called '%s'", format);
        api_fail(error, &err);
    }
    if (!r || !reporter || !(r->report.a = arena_new(0))) {
        if (reporter)
            api_fail_memory(error);
        free(r);
        return NULL;
    }
    r->reporter = reporter;
    r->rules = rules;
    r->options = *options;
    r->report.out = &r->out;
    r->report.errors = &r->errors;
    r->report.held = r->held;
    r->report.fail_on = options->fail_on ? (enum level)options->fail_on
                                         : LEVEL_WARNING;
    r->report.pack = &rules->pack;
    r->report.version = VERSION;
    r->report.show = (enum show)options->show;
    r->report.colour = options->colour;
    r->report.width = options->width;
    r->report.first = true;
    arena_on_failure(r->report.a, api_jump, &r->back);
    if (setjmp(r->back)) {
        api_fail_memory(error);
        pl_report_free(r);
        return NULL;
    }
    if (r->reporter->begin)
        r->reporter->begin(&r->report);
    return r;
}

void pl_report_free(struct pl_report *r)
{
    if (!r)
        return;
    arena_free(r->report.a);
    buf_free(&r->out);
    buf_free(&r->errors);
    for (int i = 0; i < LEVEL_COUNT; i++)
        buf_free(&r->held[i]);
    buf_free(&r->taken);
    free(r);
}

/* Adds a finding to what is told of its post. */
static void count_told(
    const struct pl_scanner *s, const struct finding *f, struct pl_told *told)
{
    enum level fail_on =
        scanner_locked(s, f) && s->locked_fail_on < s->fail_on
        ? s->locked_fail_on
        : s->fail_on;
    uint32_t kind = s->rules->pack.rules[f->rule].kind;
    if (kind == RULE_SUPPORT || kind == RULE_GUIDE)
        return;
    told->count++;
    if ((int)f->level > (int)told->worst)
        told->worst = (enum pl_level)f->level;
    told->fails |= f->level >= fail_on;
}

static bool is_shown(
    const struct pl_scanner *s, const struct finding *f, enum level least)
{
    return f->level >= least || scanner_locked(s, f);
}

static bool add_post(struct pl_report *r, struct pl_scanner *s,
    const char *name, const struct pl_error *error, struct pl_told *told)
{
    struct err err = {0};
    struct report_post post = {.name = name};
    enum level least =
        r->options.least ? (enum level)r->options.least : LEVEL_NOTE;

    if (s && s->has_doc) {
        struct view_in in = scanner_views(s, r->report.show);
        struct view *views = ARENA_NEW(s->arena, struct view, s->found.count);
        struct finding *kept =
            ARENA_NEW(s->arena, struct finding, s->found.count);
        for (uint32_t i = 0; i < s->found.count; i++) {
            const struct finding *f = &s->found.items[i];
            if (!is_shown(s, f, least))
                continue;
            view_make(&in, f, &views[post.count]);
            count_told(s, f, told);
            kept[post.count++] = *f;
        }
        r->report.pack = &s->rules->pack;
        told->allowed = s->suppressed.allowed;
        told->known = s->suppressed.known;
        post.views = views;
        post.findings = kept;
        post.every = s->every.items;
        post.every_count = s->every.count;
        post.doc = &s->doc;
    }
    if (error) {
        for (int code = 0; code < ERR_COUNT; code++)
            if (str_eqz(str_of(err_word((enum err_code)code)), error->code))
                err.code = (enum err_code)code;
        memcpy(err.msg, error->message, sizeof err.msg - 1);
        post.error = &err;
    }
    r->reporter->post(&r->report, &post);
    return !r->out.failed;
}

static bool add_guarded(struct pl_report *r, struct pl_scanner *s,
    const char *name, const struct pl_error *error, struct pl_told *told)
{
    if (s)
        arena_on_failure(s->arena, api_jump, &r->back);
    if (setjmp(r->back))
        return false;
    return add_post(r, s, name, error, told);
}

bool pl_report_add(struct pl_report *r, struct pl_scanner *s,
    const char *name, const struct pl_error *error, struct pl_told *told)
{
    struct pl_told all = {0};
    bool good = add_guarded(r, s, name, error, &all);
    if (told)
        *told = all;
    return good;
}

bool pl_report_end(struct pl_report *r)
{
    if (setjmp(r->back))
        return false;
    if (r->reporter->end)
        r->reporter->end(&r->report);
    return !r->out.failed && !r->errors.failed;
}

const char *pl_report_take(struct pl_report *r, size_t *len)
{
    struct buf swap = r->taken;
    r->taken = r->out;
    r->out = swap;
    buf_clear(&r->out);
    arena_reset(r->report.a);
    *len = r->taken.len;
    return r->taken.ptr;
}

/* ---- records ------------------------------------------------------------------------------ */

static void put_record(struct pl_scanner *s, struct str id,
    const struct pl_error *error, enum level least, struct pl_told *told)
{
    struct report r = {.a = s->arena, .out = &s->text, .pack = &s->rules->pack};
    bool first = true;

    buf_add(&s->text, STR("{\"id\":"));
    buf_add(&s->text, id.len ? id : STR("null"));
    if (error) {
        buf_add(&s->text, STR(",\"error\":{\"code\":"));
        buf_add_json(&s->text, str_of(error->code));
        buf_addc(&s->text, '}');
        if (!s->has_doc) {
            buf_addc(&s->text, '}');
            return;
        }
    }
    buf_add(&s->text, STR(",\"findings\":["));
    if (s->has_doc && s->found.count) {
        struct view_in in = scanner_views(s, SHOW_MASKED);
        for (uint32_t i = 0; i < s->found.count; i++) {
            struct view v;
            if (!is_shown(s, &s->found.items[i], least))
                continue;
            view_make(&in, &s->found.items[i], &v);
            if (v.support)
                continue;
            if (!first)
                buf_addc(&s->text, ',');
            first = false;
            report_json_finding(&r, &v, NULL, false);
            count_told(s, &s->found.items[i], told);
        }
    }
    buf_add(&s->text, STR("]}"));
}

static bool put_guarded(struct pl_scanner *s, struct str id,
    const struct pl_error *error, enum level least, struct pl_told *told)
{
    arena_on_failure(s->arena, api_jump, &s->back);
    if (setjmp(s->back))
        return false;
    buf_clear(&s->text);
    put_record(s, id, error, least, told);
    return !s->text.failed;
}

const char *pl_scan_record(struct pl_scanner *s, const char *id,
    size_t id_len, const struct pl_error *error, enum pl_level least,
    size_t *len, struct pl_told *told)
{
    struct pl_told all = {0};
    bool good = put_guarded(s, (struct str){id, id_len}, error,
        least ? (enum level)least : LEVEL_NOTE, &all);
    if (told)
        *told = all;
    *len = good ? s->text.len : 0;
    return good ? s->text.ptr : NULL;
}
