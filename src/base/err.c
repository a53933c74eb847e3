/* SPDX-License-Identifier: MIT */
/* err.c - errors with a place. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const words[] = {
#define X(name, word) word,
    ERR_LIST(X)
#undef X
};

const char *err_word(enum err_code code)
{
    return (size_t)code < PL_COUNT(words) ? words[code] : "unknown";
}

bool err_set(
    struct err *err, enum err_code code, struct where at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    err->code = code;
    err->at = at;
    (void)vsnprintf(err->msg, sizeof err->msg, fmt, args);
    va_end(args);
    return false;
}

static PL_PRINTF(5, 0) struct problem *add(struct problems *p, struct where at,
    const char *code, const char *fix, const char *fmt, va_list args)
{
    char text[512];
    (void)vsnprintf(text, sizeof text, fmt, args);
    struct problem *problem = VEC_PUSH(p->arena, &p->list);
    *problem = (struct problem){
        .at = at,
        .code = code,
        .message = arena_copy(p->arena, str_of(text)),
        .fix = arena_copy(p->arena, str_of(fix)),
    };
    return problem;
}

bool problem_add(struct problems *p, struct where at, const char *code,
    const char *fix, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(p, at, code, fix, fmt, args);
    va_end(args);
    p->errors++;
    return false;
}

void problem_warn(struct problems *p, struct where at, const char *code,
    const char *fix, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(p, at, code, fix, fmt, args)->warning = true;
    va_end(args);
}
