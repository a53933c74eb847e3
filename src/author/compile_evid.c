/* SPDX-License-Identifier: MIT */
/* compile_evid.c - evidence: names, words, regexes, detectors, sequences. */
#include <string.h>

#include "author/compiler.h"
#include "base/buf.h"
#include "base/limits.h"
#include "match/detect.h"
#include "match/regex.h"
#include "match/valid.h"

enum { ZONES_ALL = (1 << ZONE_COUNT) - 1 };

static uint32_t evid_put(struct compiler *c, struct pack_evid e)
{
    *VEC_PUSH(c->a, &c->out.evids) = e;
    return (uint32_t)c->out.evids.count - 1;
}

static const char *check_word(uint32_t index)
{
    return index < valid_count() ? valid_at(index)->name : NULL;
}

static const char *detector_word(uint32_t index)
{
    const struct detector *d = detect_at(index);
    return d ? d->name : NULL;
}

/* Says which was meant, else names them all. */
static void unknown_word(struct compiler *c, const char *what,
    const char *code, struct name name, const char *(*word)(uint32_t index))
{
    struct buf all PL_DEFER(buf_free) = {0};
    const char *one, *best = NULL;
    unsigned least = 3;
    for (uint32_t i = 0; (one = word(i)) != NULL; i++) {
        unsigned distance = str_distance(name.text, str_of(one), 3);
        if (distance < least) {
            least = distance;
            best = one;
        }
        buf_addf(&all, "%s%s", i ? ", " : "", one);
    }
    struct str fix = best
        ? arena_printf(c->a, "did you mean '%s'?", best)
        : arena_printf(c->a, "one of " STR_FMT, STR_ARG(buf_str(&all)));
    problem_add(c->problems, name.at, code, fix.ptr,
        "no %s is called '" STR_FMT "'", what, STR_ARG(name.text));
}

static struct pack_evid evid_base(struct compiler *c, const struct evidence *e)
{
    struct pack_evid out = {
        .where = PACK_NONE,
        .check = PACK_NONE,
        .zones = e->zones ? e->zones : ZONES_DEFAULT,
        .at = put_where(c, e->at),
    };
    if (e->check.text.len) {
        uint32_t index;
        if (valid_find(e->check.text, &index))
            out.check = index;
        else
            unknown_word(c, "check", "unknown-check", e->check, check_word);
    }
    return out;
}

static void set_where(
    struct compiler *c, struct pack_evid *out, const struct evidence *e)
{
    if (e->where)
        out->where = where_compile(c, e->where);
}

/* ---- names ---------------------------------------------------------------- */

static uint32_t lexicon_evid(struct compiler *c, struct part *part)
{
    if (part->evid != PACK_NONE)
        return part->evid;
    uint32_t index = lexicon_part(c, part);
    if (index == PACK_NONE)
        return PACK_NONE;
    part->evid = evid_put(c,
        (struct pack_evid){
            .kind = PACK_LEXICON,
            .a = index,
            .where = PACK_NONE,
            .check = PACK_NONE,
            .zones = ZONES_DEFAULT,
            .name = put_text(c, part->name.text),
            .at = put_where(c, part->name.at),
        });
    return part->evid;
}

/* A piece of its own is a record of its own, even where it only renames
   another: the name is what a member of a sequence is known by. */
static uint32_t piece_evid(
    struct compiler *c, struct scope *scope, const struct piece *piece)
{
    uint32_t evid = evid_compile(c, scope, &piece->evidence);
    if (evid == PACK_NONE)
        return evid;
    struct pack_evid *e = &c->out.evids.items[evid];
    if (e->name.len == 0 || piece->evidence.kind != EVID_NAME)
        e->name = put_text(c, piece->name.text);
    return evid;
}

static uint32_t part_evid(struct compiler *c, struct part *part)
{
    part->used = true;
    if (part->type == PART_LEXICON)
        return lexicon_evid(c, part);
    if (part->state == PART_BUSY) {
        problem_add(c->problems, part->name.at, "circle", NULL,
            "the piece '" STR_FMT "' is made of itself",
            STR_ARG(part->name.text));
        return PACK_NONE;
    }
    if (part->state == PART_DONE)
        return part->index;
    part->state = PART_BUSY;
    part->index = piece_evid(c, NULL, part->data);
    part->state = PART_DONE;
    return part->index;
}

static size_t scope_find(const struct scope *scope, struct str name)
{
    if (!scope || !scope->pieces)
        return SIZE_MAX;
    for (size_t i = 0; i < scope->pieces->count; i++)
        if (str_eq(scope->pieces->items[i].name.text, name))
            return i;
    return SIZE_MAX;
}

static uint32_t scope_evid(
    struct compiler *c, struct scope *scope, size_t i, struct name name)
{
    if (scope->used)
        scope->used[i] = true;
    if (scope->evids[i] != PACK_NONE)
        return scope->evids[i];
    if (scope->busy[i]) {
        problem_add(c->problems, name.at, "circle", NULL,
            "'" STR_FMT "' is made of itself", STR_ARG(name.text));
        return PACK_NONE;
    }
    scope->busy[i] = true;
    scope->evids[i] = piece_evid(c, scope, &scope->pieces->items[i]);
    scope->busy[i] = false;
    return scope->evids[i];
}

static void collect(
    struct compiler *c, struct scope *scope, struct str name, uint32_t evid)
{
    if (!scope || !scope->collect || evid == PACK_NONE)
        return;
    for (size_t i = 0; i < scope->name_count; i++)
        if (scope->names[i].evid == evid)
            return;
    if (scope->name_count == scope->name_cap)
        vec_grow(c->a, (void **)(void *)&scope->names, &scope->name_cap,
            scope->name_count, sizeof *scope->names,
            _Alignof(struct pack_name));
    scope->names[scope->name_count++] =
        (struct pack_name){put_text(c, name), evid};
}

bool evid_is_known(
    struct compiler *c, const struct scope *scope, struct str name)
{
    if (scope_find(scope, name) != SIZE_MAX)
        return true;
    const struct part *part = part_find(c, name);
    return part && (part->type == PART_PIECE || part->type == PART_LEXICON);
}

uint32_t evid_named(struct compiler *c, struct scope *scope, struct name name)
{
    size_t i = scope_find(scope, name.text);
    uint32_t evid = PACK_NONE;
    struct part *part;

    if (i != SIZE_MAX) {
        evid = scope_evid(c, scope, i, name);
    } else if ((part = part_find(c, name.text)) != NULL &&
        (part->type == PART_PIECE || part->type == PART_LEXICON)) {
        evid = part_evid(c, part);
    } else {
        unknown_name(c, name.at, "evidence", name.text, scope);
    }
    collect(c, scope, name.text, evid);
    return evid;
}

/* ---- kinds ------------------------------------------------------------------ */

static uint32_t compile_name(
    struct compiler *c, struct scope *scope, const struct evidence *e)
{
    uint32_t evid = evid_named(c, scope, e->name);
    if (evid == PACK_NONE ||
        (!e->where && e->zones == 0 && e->check.text.len == 0))
        return evid;
    struct pack_evid out = evid_base(c, e);
    out.kind = PACK_ANY;
    out.zones = e->zones ? e->zones : ZONES_ALL;
    out.list = put_index(c, &evid, 1);
    set_where(c, &out, e);
    return evid_put(c, out);
}

static uint32_t compile_list(
    struct compiler *c, struct scope *scope, const struct evidence *e)
{
    uint32_t *kids = ARENA_NEW(c->a, uint32_t, e->kid_count);
    size_t count = 0;
    for (size_t i = 0; i < e->kid_count; i++) {
        uint32_t kid = evid_compile(c, scope, &e->kids[i]);
        for (size_t k = 0; k < count; k++)
            if (kids[k] == kid)
                problem_warn(c->problems, e->kids[i].at, "unreachable",
                    "leave one of them out",
                    "the list has this alternative already");
        if (kid != PACK_NONE)
            kids[count++] = kid;
    }
    struct pack_evid out = evid_base(c, e);
    out.kind = PACK_ANY;
    out.zones = e->zones ? e->zones : ZONES_ALL;
    out.list = put_index(c, kids, count);
    set_where(c, &out, e);
    return evid_put(c, out);
}

static uint32_t compile_words(struct compiler *c, const struct evidence *e)
{
    struct pack_evid out = evid_base(c, e);
    out.kind = PACK_LEXICON;
    out.a = lexicon_inline(c, &e->entries, e->exact, e->at);
    set_where(c, &out, e);
    return evid_put(c, out);
}

static uint32_t compile_lexicon(struct compiler *c, const struct evidence *e)
{
    uint32_t *kids = ARENA_NEW(c->a, uint32_t, e->lexicons.count);
    size_t count = 0;
    struct pack_evid out = evid_base(c, e);

    set_where(c, &out, e);
    for (size_t i = 0; i < e->lexicons.count; i++) {
        struct part *part = part_find(c, e->lexicons.items[i].text);
        if (!part || part->type != PART_LEXICON) {
            unknown_name(c, e->lexicons.items[i].at, "lexicon",
                e->lexicons.items[i].text, NULL);
            continue;
        }
        part->used = true;
        uint32_t index = lexicon_part(c, part);
        if (index == PACK_NONE)
            continue;
        struct pack_evid one = out;
        one.kind = PACK_LEXICON;
        one.a = index;
        if (e->lexicons.count == 1)
            return evid_put(c, one);
        kids[count++] = evid_put(c, one);
    }
    out.kind = PACK_ANY;
    out.where = PACK_NONE;
    out.check = PACK_NONE;
    out.zones = ZONES_ALL;
    out.list = put_index(c, kids, count);
    return evid_put(c, out);
}

static void put_captures(
    struct compiler *c, const struct regex *r, struct pack_regex *out)
{
    uint32_t group;
    struct str name;
    out->captures.beg = (uint32_t)c->out.captures.count;
    for (uint32_t i = 0; regex_capture(r, i, &group, &name); i++)
        *VEC_PUSH(c->a, &c->out.captures) =
            (struct pack_capture){group, fact_number(c, name, true)};
    out->captures.end = (uint32_t)c->out.captures.count;
}

static void put_needs(
    struct compiler *c, struct str pattern, struct pack_regex *out)
{
    struct regex_needs needs = regex_needs(c->a, pattern);
    out->features = needs.features;
    out->literals.beg = (uint32_t)c->out.strs.count;
    for (size_t i = 0; i < needs.literal_count; i++)
        *VEC_PUSH(c->a, &c->out.strs) = put_text(c, needs.literals[i]);
    out->literals.end = (uint32_t)c->out.strs.count;
    out->sieve.beg = (uint32_t)c->out.sieves.count;
    for (size_t i = 0; i < needs.sieve.len; i++)
        *VEC_PUSH(c->a, &c->out.sieves) = needs.sieve.ptr[i];
    out->sieve.end = (uint32_t)c->out.sieves.count;
}

/* Its own column inside the file: a quoted scalar may hold escapes, then the
   place is only near. */
static struct where inside(struct where at, size_t offset)
{
    at.col += (uint32_t)offset;
    at.len = 1;
    return at;
}

static uint32_t regex_put(struct compiler *c, const struct evidence *e)
{
    unsigned flags = e->exact ? 0 : REGEX_CASELESS;
    struct str key = arena_printf(
        c->a, "%u" STR_FMT, flags, STR_ARG(e->pattern));
    uint32_t *known = map_find(&c->regex_of, key);
    size_t error_at = 0;
    struct err err = {0};

    if (known)
        return *known;
    struct regex *r = regex_new(e->pattern, flags, &error_at, &err);
    if (!r) {
        problem_add(c->problems, inside(e->pattern_at, error_at), "bad-regex",
            NULL, "%s", err.msg);
        return PACK_NONE;
    }
    struct pack_regex out = {
        .pattern = put_text(c, e->pattern),
        .caseless = !e->exact,
        .at = put_where(c, e->pattern_at),
    };
    regex_lint(c, e->pattern, e->pattern_at);
    put_captures(c, r, &out);
    put_needs(c, e->pattern, &out);
    regex_free(r);
    *VEC_PUSH(c->a, &c->out.regexes) = out;
    *map_put(c->a, &c->regex_of, key, NULL) =
        (uint32_t)c->out.regexes.count - 1;
    return (uint32_t)c->out.regexes.count - 1;
}

static uint32_t compile_regex(struct compiler *c, const struct evidence *e)
{
    struct pack_evid out = evid_base(c, e);
    out.kind = PACK_REGEX;
    out.a = regex_put(c, e);
    set_where(c, &out, e);
    return out.a == PACK_NONE ? PACK_NONE : evid_put(c, out);
}

static uint32_t compile_detect(struct compiler *c, const struct evidence *e)
{
    struct pack_evid out = evid_base(c, e);
    out.kind = PACK_DETECT;
    if (!detect_find(e->name.text, &out.a)) {
        unknown_word(
            c, "detector", "unknown-detector", e->name, detector_word);
        return PACK_NONE;
    }
    out.name = put_text(c, e->name.text);
    set_where(c, &out, e);
    return evid_put(c, out);
}

static uint32_t compile_weigh(struct compiler *c, const struct evidence *e)
{
    struct part *part = part_find(c, e->name.text);
    struct pack_evid out = evid_base(c, e);
    uint32_t column = PACK_NONE;

    if (!part || part->type != PART_WEIGHTS) {
        unknown_name(c, e->name.at, "table of weights", e->name.text, NULL);
        return PACK_NONE;
    }
    part->used = true;
    out.kind = PACK_WEIGH;
    out.a = weights_part(c, part);
    if (e->as.text.len > 0 &&
        (column = weights_column(c, part, e->as)) == PACK_NONE)
        return PACK_NONE;
    out.list = (struct pack_list){column, column};
    set_where(c, &out, e);
    return out.a == PACK_NONE ? PACK_NONE : evid_put(c, out);
}

static struct pack_list put_without(
    struct compiler *c, struct scope *scope, const struct names *names)
{
    uint32_t *evids = ARENA_NEW(c->a, uint32_t, names->count);
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        evids[count] = evid_named(c, scope, names->items[i]);
        count += evids[count] != PACK_NONE;
    }
    return put_index(c, evids, count);
}

static uint32_t compile_sequence(
    struct compiler *c, struct scope *scope, const struct evidence *e)
{
    struct pack_step *steps = ARENA_NEW(c->a, struct pack_step, e->kid_count);
    struct pack_evid out = evid_base(c, e);
    bool whole = true;

    if (e->kid_count < 2 || e->kid_count > 32) {
        problem_add(c->problems, e->at, "sequence", NULL,
            "a sequence has 2 to 32 members");
        return PACK_NONE;
    }
    for (size_t i = 0; i < e->kid_count; i++) {
        steps[i] = (struct pack_step){
            .evid = evid_compile(c, scope, &e->kids[i]),
            .gap = e->gaps[i].tokens,
            .without = put_without(c, scope, &e->gaps[i].without),
        };
        whole &= steps[i].evid != PACK_NONE;
    }
    if (!whole)
        return PACK_NONE;
    out.kind = PACK_SEQUENCE;
    out.a = (uint32_t)e->head;
    out.zones = e->zones ? e->zones : ZONES_ALL;
    out.list.beg = (uint32_t)c->out.steps.count;
    for (size_t i = 0; i < e->kid_count; i++)
        *VEC_PUSH(c->a, &c->out.steps) = steps[i];
    out.list.end = (uint32_t)c->out.steps.count;
    set_where(c, &out, e);
    return evid_put(c, out);
}

uint32_t evid_compile(
    struct compiler *c, struct scope *scope, const struct evidence *e)
{
    switch (e->kind) {
    case EVID_NAME:
        return compile_name(c, scope, e);
    case EVID_LIST:
        return compile_list(c, scope, e);
    case EVID_WORDS:
        return compile_words(c, e);
    case EVID_LEXICON:
        return compile_lexicon(c, e);
    case EVID_REGEX:
        return compile_regex(c, e);
    case EVID_DETECT:
        return compile_detect(c, e);
    case EVID_SEQUENCE:
        return compile_sequence(c, scope, e);
    case EVID_WEIGH:
        return compile_weigh(c, e);
    }
    return PACK_NONE;
}
