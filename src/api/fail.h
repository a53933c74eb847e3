/* SPDX-License-Identifier: MIT */
/* fail.h - failures of the layers below as the library's. */
#ifndef API_FAIL_H
#define API_FAIL_H

#include "base/err.h"
#include "postlint.h"

/* Always false. */
bool api_fail(struct pl_error *to, const struct err *from);
bool api_fail_memory(struct pl_error *to);
/* For arena_on_failure(): ctx is the jmp_buf of the entry function. */
void api_jump(void *ctx);

#endif
