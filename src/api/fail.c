/* SPDX-License-Identifier: MIT */
/* fail.c - failures of the layers below as the library's. */
#include "api/fail.h"

#include <setjmp.h>
#include <string.h>

bool api_fail(struct pl_error *to, const struct err *from)
{
    *to = (struct pl_error){
        .code = err_word(from->code),
        .line = from->at.line,
        .column = from->at.col,
    };
    memcpy(to->message, from->msg, sizeof from->msg);
    return false;
}

bool api_fail_memory(struct pl_error *to)
{
    struct err err;
    (void)err_set(&err, ERR_MEMORY, (struct where){0}, "out of memory");
    return api_fail(to, &err);
}

void api_jump(void *ctx)
{
    longjmp(*(jmp_buf *)ctx, 1);
}
