/* SPDX-License-Identifier: MIT */
/*
 * ring.h - blocks of lines to several workers, and back in order.
 *
 * Built by ring_threads.c, or by ring_none.c where there are no threads, as
 * meson.build chooses.
 */
#ifndef BATCH_RING_H
#define BATCH_RING_H

#include "batch/lines.h"
#include "batch/pool.h"

/* Can blocks be worked on side by side? */
bool ring_has_threads(void);

/* As pool_run(), by job->workers threads; only where there are threads. */
bool ring_run(const struct pool_job *job, struct lines *l, FILE *out,
    bool *closed, struct err *err) PL_MUST_USE;

#endif
