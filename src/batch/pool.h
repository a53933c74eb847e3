/* SPDX-License-Identifier: MIT */
/*
 * pool.h - lines in, lines out, in order, by several workers.
 *
 * Input is cut into blocks of whole lines; each worker turns one block into
 * output; a block is written when all before it have been. The number of blocks
 * in flight is fixed, so memory does not grow with the input.
 */
#ifndef BATCH_POOL_H
#define BATCH_POOL_H

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

struct pool_job {
    /* Turns one block of whole lines into output; self is the worker's own. */
    void (*run)(void *self, struct str lines, struct buf *out);
    void **selves; /* one for each worker */
    unsigned workers;
    bool line_buffered; /* each line is answered before the next is awaited */
    size_t line_max;    /* bytes; a longer line is handed over cut to that and
                           marked by a NUL at its end */
};

/* False on a read or write error; a closed output ends quietly with *closed. */
bool pool_run(const struct pool_job *job, FILE *in, FILE *out, bool *closed,
    struct err *err) PL_MUST_USE;

#endif
