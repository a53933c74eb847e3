/* SPDX-License-Identifier: MIT */
/* pool.c - lines in, lines out: alone, or by the workers of a ring. */
#include "batch/pool.h"

#include <errno.h>
#include <string.h>

#include "batch/ring.h"

static bool run_alone(const struct pool_job *job, struct lines *l, FILE *out,
    bool *closed, struct err *err)
{
    struct buf in = {0}, result = {0};
    bool good = true;
    while (good && !*closed && lines_read(l, &in, job->line_buffered)) {
        job->run(job->selves[0], buf_str(&in), &result);
        good = lines_write(&result, out, job->line_buffered, closed, err);
        buf_clear(&in);
    }
    buf_free(&in);
    buf_free(&result);
    return good;
}

bool pool_run(const struct pool_job *job, FILE *in, FILE *out, bool *closed,
    struct err *err)
{
    struct lines l = {.in = in, .line_max = job->line_max};
    *closed = false;
    bool many = ring_has_threads() && job->workers > 1 && !job->line_buffered;
    bool good = many ? ring_run(job, &l, out, closed, err)
                     : run_alone(job, &l, out, closed, err);
    buf_free(&l.rest);
    errno = 0;
    if (good && !*closed && fflush(out) != 0) {
        *closed = errno == EPIPE;
        good = *closed || err_set(err, ERR_IO, (struct where){0},
                              "cannot write: %s", strerror(errno));
    }
    if (good && l.failed)
        return err_set(err, ERR_IO, (struct where){0}, "cannot read the input");
    return good;
}
