/* SPDX-License-Identifier: MIT */
/* handout.c - what the layers below found, in the structs of postlint.h. */
#include "api/handout.h"

static const char *text_of(struct str s)
{
    return s.ptr ? s.ptr : ""; /* each ends with a NUL */
}

static struct pl_edit edit_of(const struct view_edit *e)
{
    return (struct pl_edit){.field = e->place.field,
        .byte_beg = e->place.byte.beg,
        .byte_end = e->place.byte.end,
        .text = text_of(e->text)};
}

/* The rule's edits are one fix, each wording is one. */
static const struct pl_fix *fixes_of(
    struct arena *a, const struct view *v, size_t *count)
{
    struct pl_fix *out = ARENA_NEW(a, struct pl_fix, v->wording_count + 1u);
    struct pl_edit *edits =
        ARENA_NEW(a, struct pl_edit, v->edit_count + v->wording_count);
    *count = 0;
    for (uint32_t i = 0; i < v->edit_count; i++)
        edits[i] = edit_of(&v->edits[i]);
    if (v->edit_count)
        out[(*count)++] = (struct pl_fix){.edits = edits,
            .edit_count = v->edit_count,
            .safe = v->rule->safe_edit != 0};
    for (uint32_t i = 0; i < v->wording_count; i++) {
        struct pl_edit *edit = &edits[v->edit_count + i];
        *edit = edit_of(&v->wordings[i]);
        out[(*count)++] =
            (struct pl_fix){.edits = edit, .edit_count = 1, .wording = true};
    }
    return out;
}

static const struct pl_related *related_of(
    struct arena *a, const struct view *v)
{
    struct pl_related *out = ARENA_NEW(a, struct pl_related, v->related_count);
    for (uint32_t i = 0; i < v->related_count; i++)
        out[i] = (struct pl_related){.field = v->related[i].place.field,
            .byte_beg = v->related[i].place.byte.beg,
            .byte_end = v->related[i].place.byte.end,
            .label = text_of(v->related[i].label)};
    return out;
}

static const char *const *sources_of(
    const struct view_in *in, const struct view *v)
{
    struct pack_list list = v->rule->sources;
    const char **out = ARENA_NEW(in->a, const char *, list.end - list.beg);
    for (uint32_t i = list.beg; i < list.end; i++)
        out[i - list.beg] =
            text_of(view_cite(in->a, in->pack, &in->pack->cites[i]));
    return out;
}

struct pl_finding api_finding(const struct view_in *in, const struct view *v)
{
    struct arena *a = in->a;
    const char **tries = ARENA_NEW(a, const char *, v->try_count);
    for (uint32_t i = 0; i < v->try_count; i++)
        tries[i] = text_of(v->tries[i]);
    struct pl_finding out = {
        .rule = v->id.ptr,
        .level = (enum pl_level)v->rank,
        .field = v->place.field,
        .byte_beg = v->place.byte.beg,
        .byte_end = v->place.byte.end,
        .utf16_beg = v->place.utf16.beg,
        .utf16_end = v->place.utf16.end,
        .line = v->place.line,
        .column = v->place.col_point,
        .message = text_of(v->message),
        .why = text_of(v->why),
        .tries = tries,
        .try_count = v->try_count,
        .support = v->support,
        .fingerprint = v->fingerprint,
        .related = related_of(a, v),
        .related_count = v->related_count,
        .summary = text_of(v->summary),
        .masked = v->rule->mask != 0,
        .sources = sources_of(in, v),
        .source_count = v->rule->sources.end - v->rule->sources.beg,
    };
    out.fixes = fixes_of(a, v, &out.fix_count);
    return out;
}

struct pl_problem api_problem(const struct problem *p)
{
    return (struct pl_problem){
        .file = p->at.file,
        .line = p->at.line,
        .column = p->at.col,
        .len = p->at.len,
        .code = p->code,
        .warning = p->warning,
        .message = text_of(p->message),
        .fix = text_of(p->fix),
    };
}

struct pl_notice api_notice(const struct notice *n)
{
    return (struct pl_notice){
        .code = n->code,
        .file = n->at.file,
        .line = n->at.line,
        .column = n->at.col,
        .message = text_of(n->message),
    };
}
