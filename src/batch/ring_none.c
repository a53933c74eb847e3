/* SPDX-License-Identifier: MIT */
/* ring_none.c - where there are no threads, batch works alone. */
#include "batch/ring.h"

bool ring_has_threads(void)
{
    return false;
}

bool ring_run(const struct pool_job *job, struct lines *l, FILE *out,
    bool *closed, struct err *err)
{
    (void)job;
    (void)l;
    (void)out;
    (void)closed;
    return err_set(err, ERR_USAGE, (struct where){0}, "built without threads");
}
