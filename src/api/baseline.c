/* SPDX-License-Identifier: MIT */
/* baseline.c - findings on record, for front ends. */
#include "engine/baseline.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "api/fail.h"
#include "api/scanner.h"

void pl_baseline_free(struct pl_baseline *b)
{
    if (!b)
        return;
    arena_free(b->lines.a);
    free(b);
}

struct pl_baseline *pl_baseline_new(
    const char *text, size_t len, struct pl_error *error)
{
    struct pl_baseline *volatile b = calloc(1, sizeof *b);
    struct arena *a = arena_new(0);
    struct err err = {0};
    jmp_buf back;

    if (!b || !a) {
        arena_free(a);
        free(b);
        api_fail_memory(error);
        return NULL;
    }
    b->lines.a = a;
    arena_on_failure(a, api_jump, &back);
    if (setjmp(back)) {
        b->lines.a = a;
        pl_baseline_free(b);
        api_fail_memory(error);
        return NULL;
    }
    if (!baseline_parse(a, (struct str){text, len}, &b->lines, &err)) {
        b->lines.a = a;
        pl_baseline_free(b);
        api_fail(error, &err);
        return NULL;
    }
    arena_on_failure(a, NULL, NULL);
    return b;
}

/* Support and guides are nobody's to record. */
static bool is_recorded(const struct pl_scanner *s, const struct finding *f)
{
    uint32_t kind = s->rules->pack.rules[f->rule].kind;
    return kind == RULE_FINDING || kind == RULE_SIGNPOST;
}

bool pl_baseline_add(struct pl_baseline *b, struct pl_scanner *s,
    const char *date, const char *reason, size_t *added, size_t *refused,
    struct pl_error *error)
{
    const struct pack *p = &s->rules->pack;
    jmp_buf back;

    arena_on_failure(b->lines.a, api_jump, &back);
    if (setjmp(back)) {
        arena_on_failure(b->lines.a, NULL, NULL);
        return api_fail_memory(error);
    }
    for (uint32_t i = 0; i < s->found.count; i++) {
        const struct finding *f = &s->found.items[i];
        struct str rule = pack_text(p, p->rules[f->rule].group_name);
        size_t before = b->lines.count;
        if (!is_recorded(s, f))
            continue;
        if (scanner_locked(s, f)) {
            ++*refused;
            continue;
        }
        baseline_add(&b->lines, rule, f, str_of(date), str_of(reason));
        *added += b->lines.count - before;
    }
    arena_on_failure(b->lines.a, NULL, NULL);
    return true;
}

void pl_baseline_mark(struct pl_baseline *b, const struct pl_scanner *s)
{
    const struct pack *p = &s->rules->pack;
    for (uint32_t i = 0; i < s->found.count; i++)
        if (!scanner_locked(s, &s->found.items[i]))
            (void)baseline_knows(&b->lines,
                pack_text(p, p->rules[s->found.items[i].rule].group_name),
                &s->found.items[i]);
}

size_t pl_baseline_prune(struct pl_baseline *b)
{
    return baseline_prune(&b->lines);
}

static const char *text_of(struct arena *a, struct str s)
{
    return arena_copy(a, s).ptr;
}

bool pl_baseline_at(const struct pl_baseline *b, size_t index,
    struct pl_baseline_line *line)
{
    if (index >= b->lines.count)
        return false;
    const struct baseline_line *from = &b->lines.items[index];
    *line = (struct pl_baseline_line){
        .rule = text_of(b->lines.a, from->rule),
        .level = level_word(from->level),
        .date = text_of(b->lines.a, from->date),
        .reason = text_of(b->lines.a, from->reason),
        .fingerprint = from->fingerprint,
    };
    return true;
}

bool pl_baseline_text(const struct pl_baseline *b, char **text, size_t *len,
    struct pl_error *error)
{
    struct buf out = {0};
    baseline_print(&b->lines, &out);
    if (out.failed) {
        buf_free(&out);
        return api_fail_memory(error);
    }
    *text = out.ptr;
    *len = out.len;
    return true;
}
