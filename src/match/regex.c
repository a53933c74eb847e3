/* SPDX-License-Identifier: MIT */
/* regex.c - PCRE2 with limits, compiled at first use, JIT when it pays. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "match/regex.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/limits.h"

enum { JIT_FROM = 16, JIT_STACK_FIRST = 32 << 10, JIT_STACK_MAX = 512 << 10 };

struct regex {
    pcre2_code *code;
    uint32_t uses;
    bool jit_tried, jit;
};

struct regex_room {
    pcre2_match_data *data;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
    enum regex_engine engine;
};

struct regex_room *regex_room_new(void)
{
    struct regex_room *room = calloc(1, sizeof *room);
    if (!room)
        return NULL;
    room->data = pcre2_match_data_create(REGEX_CAPTURES, NULL);
    room->limits = pcre2_match_context_create(NULL);
    if (!room->data || !room->limits) {
        regex_room_free(room);
        return NULL;
    }
    pcre2_set_match_limit(room->limits, LIMIT_MATCH_STEPS);
    pcre2_set_depth_limit(room->limits, LIMIT_MATCH_DEPTH);
    return room;
}

void regex_room_free(struct regex_room *room)
{
    if (!room)
        return;
    pcre2_match_data_free(room->data);
    pcre2_match_context_free(room->limits);
    pcre2_jit_stack_free(room->stack);
    free(room);
}

void regex_room_engine(struct regex_room *room, enum regex_engine engine)
{
    room->engine = engine;
}

struct regex *regex_new(
    struct str pattern, unsigned flags, size_t *error_at, struct err *err)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    int error = 0;
    PCRE2_SIZE at = 0;
    if (flags & REGEX_CASELESS)
        options |= PCRE2_CASELESS;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
        options, &error, &at, NULL);
    if (!code) {
        *error_at = at;
        err->code = ERR_RULE;
        pcre2_get_error_message(
            error, (PCRE2_UCHAR *)err->msg, sizeof err->msg);
        return NULL;
    }
    struct regex *r = calloc(1, sizeof *r);
    if (!r) {
        pcre2_code_free(code);
        (void)err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
        return NULL;
    }
    r->code = code;
    return r;
}

void regex_free(struct regex *r)
{
    if (!r)
        return;
    pcre2_code_free(r->code);
    free(r);
}

static bool make_jit(struct regex *r, struct regex_room *room)
{
    if (!r->jit_tried) {
        r->jit_tried = true;
        r->jit = pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0;
    }
    if (r->jit && !room->stack) {
        room->stack =
            pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MAX, NULL);
        pcre2_jit_stack_assign(room->limits, NULL, room->stack);
    }
    return r->jit;
}

static int match_with(struct regex *r, struct regex_room *room,
    struct str subject, size_t start, bool jit)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;
    if (!jit)
        options |= PCRE2_NO_JIT;
    return pcre2_match(r->code, (PCRE2_SPTR)subject.ptr, subject.len, start,
        options, room->data, room->limits);
}

static bool is_limit(int rc)
{
    return rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT ||
        rc == PCRE2_ERROR_HEAPLIMIT || rc == PCRE2_ERROR_JIT_STACKLIMIT;
}

/* A limit counts only when both engines have hit it. */
static int match_both(struct regex *r, struct regex_room *room,
    struct str subject, size_t start)
{
    bool jit = room->engine == REGEX_JIT ||
        (room->engine == REGEX_AUTO && ++r->uses >= JIT_FROM);
    jit = jit && make_jit(r, room);
    int rc = match_with(r, room, subject, start, jit);
    if (!is_limit(rc))
        return rc;
    if (jit)
        return match_with(r, room, subject, start, false);
    return make_jit(r, room) ? match_with(r, room, subject, start, true) : rc;
}

static enum regex_result fail(int rc, struct err *err)
{
    char text[120];
    pcre2_get_error_message(rc, (PCRE2_UCHAR *)text, sizeof text);
    (void)err_set(err, ERR_LIMIT, (struct where){0},
        "a regular expression gave up: %s", text);
    return REGEX_FAILED;
}

enum regex_result regex_next(struct regex *r, struct regex_room *room,
    struct str subject, size_t start, struct regex_match *m, struct err *err)
{
    if (start > subject.len)
        return REGEX_NONE;
    int rc = match_both(r, room, subject, start);
    if (rc == PCRE2_ERROR_NOMATCH)
        return REGEX_NONE;
    if (rc < 0)
        return fail(rc, err);
    const PCRE2_SIZE *v = pcre2_get_ovector_pointer(room->data);
    if (v[0] >= v[1] || v[0] < start)
        return fail(PCRE2_ERROR_BADMODE, err); /* \K beyond the end */
    m->group_count = rc == 0 || rc > REGEX_CAPTURES ? REGEX_CAPTURES
                                                    : (uint32_t)rc;
    for (uint32_t i = 0; i < m->group_count; i++)
        m->group[i] = v[2 * i] == PCRE2_UNSET
            ? (struct span){1, 0}
            : (struct span){(uint32_t)v[2 * i], (uint32_t)v[2 * i + 1]};
    m->at = m->group[0];
    return REGEX_HIT;
}

bool regex_capture(
    const struct regex *r, uint32_t i, uint32_t *group, struct str *name)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMECOUNT, &count);
    if (i >= count)
        return false;
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMETABLE, &table);
    PCRE2_SPTR entry = table + (size_t)i * size;
    *group = (uint32_t)entry[0] << 8 | entry[1];
    *name = str_of((const char *)entry + 2);
    return true;
}
