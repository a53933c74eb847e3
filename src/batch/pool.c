/* SPDX-License-Identifier: MIT */
/*
 * pool.c - lines in, lines out, in order, by several workers.
 *
 * One reader (the caller), workers, and the caller again as writer: it fills
 * free slots of a ring, waits for the oldest to be done, writes it, goes on. A
 * slot is free, full (waits for a worker), busy, or done.
 */
#include "batch/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 << 10, SLOTS_PER_WORKER = 3 };

enum slot_state { SLOT_FREE, SLOT_FULL, SLOT_BUSY, SLOT_DONE };

struct slot {
    enum slot_state state;
    struct buf in, out;
};

struct pool {
    const struct pool_job *job;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct slot *slots;
    size_t count;
    size_t next_work; /* ring position of the next full slot to take */
    bool stop;
};

struct worker {
    struct pool *pool;
    void *self;
};

/* ---- reading whole lines ------------------------------------------------------- */

struct lines {
    FILE *in;
    struct buf rest; /* head of a line not yet whole */
    size_t line_max;
    bool skipping;   /* the rest of a line too long */
    bool ended, failed;
};

/* Moves whole lines from data into block; what is left waits in rest. */
static void take_lines(struct lines *l, struct str data, struct buf *block)
{
    while (data.len > 0) {
        size_t end = str_find_byte(data, '\n');
        bool whole = end < data.len;
        struct str head = str_part(data, 0, end);
        data = str_from(data, end + 1);
        if (!l->skipping && l->rest.len + head.len > l->line_max) {
            buf_add(block, (struct str){l->rest.ptr, l->rest.len});
            buf_add(block, (struct str){"\0\n", 2});
            buf_clear(&l->rest);
            l->skipping = true;
        }
        if (!l->skipping)
            buf_add(&l->rest, head);
        if (!whole)
            return;
        if (!l->skipping) {
            buf_add(block, buf_str(&l->rest));
            buf_addc(block, '\n');
            buf_clear(&l->rest);
        }
        l->skipping = false;
    }
}

/* Bytes up to a line end, which may hold any byte. */
static size_t read_line(FILE *in, char *chunk, size_t cap)
{
    size_t size = 0;
    int c;
    while (size < cap && (c = getc_unlocked(in)) != EOF) {
        chunk[size++] = (char)c;
        if (c == '\n')
            break;
    }
    return size;
}

/* Fills block with at least one whole line; false at the end. */
static bool read_block(struct lines *l, struct buf *block, bool one_line)
{
    char chunk[65536];
    while (!l->ended) {
        size_t size;
        if (one_line) {
            size = read_line(l->in, chunk, sizeof chunk);
        } else {
            size = fread(chunk, 1, sizeof chunk, l->in);
        }
        if (size == 0) {
            l->ended = true;
            l->failed = ferror(l->in) != 0;
            if (l->rest.len) {
                buf_add(block, buf_str(&l->rest));
                buf_addc(block, '\n');
                buf_clear(&l->rest);
            }
            break;
        }
        take_lines(l, (struct str){chunk, size}, block);
        if (one_line ? block->len > 0 : block->len >= BLOCK)
            return true;
    }
    return block->len > 0;
}

/* ---- workers ----------------------------------------------------------------------- */

static struct slot *take_work(struct pool *p)
{
    struct slot *slot = NULL;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        slot = &p->slots[p->next_work % p->count];
        if (slot->state == SLOT_FULL) {
            slot->state = SLOT_BUSY;
            p->next_work++;
            break;
        }
        if (p->stop) {
            slot = NULL;
            break;
        }
        pthread_cond_wait(&p->work, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return slot;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct slot *slot;
    while ((slot = take_work(w->pool)) != NULL) {
        w->pool->job->run(w->self, buf_str(&slot->in), &slot->out);
        pthread_mutex_lock(&w->pool->lock);
        slot->state = SLOT_DONE;
        pthread_cond_signal(&w->pool->done);
        pthread_mutex_unlock(&w->pool->lock);
    }
    return NULL;
}

/* ---- writing ------------------------------------------------------------------------- */

static bool write_out(
    struct buf *b, FILE *out, bool flush, bool *closed, struct err *err)
{
    errno = 0;
    if ((b->len && fwrite(b->ptr, 1, b->len, out) != b->len) ||
        (flush && fflush(out) != 0)) {
        *closed = errno == EPIPE;
        return *closed ||
            err_set(err, ERR_IO, (struct where){0}, "cannot write: %s",
                strerror(errno));
    }
    if (b->failed)
        return err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
    buf_clear(b);
    return true;
}

static bool run_alone(const struct pool_job *job, struct lines *l, FILE *out,
    bool *closed, struct err *err)
{
    struct buf in = {0}, result = {0};
    bool good = true;
    while (good && !*closed && read_block(l, &in, job->line_buffered)) {
        job->run(job->selves[0], buf_str(&in), &result);
        good = write_out(&result, out, job->line_buffered, closed, err);
        buf_clear(&in);
    }
    buf_free(&in);
    buf_free(&result);
    return good;
}

static void fill(struct pool *p, struct slot *slot)
{
    pthread_mutex_lock(&p->lock);
    slot->state = SLOT_FULL;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
}

static void await(struct pool *p, struct slot *slot)
{
    pthread_mutex_lock(&p->lock);
    while (slot->state != SLOT_DONE)
        pthread_cond_wait(&p->done, &p->lock);
    slot->state = SLOT_FREE;
    pthread_mutex_unlock(&p->lock);
}

static bool feed(struct pool *p, struct lines *l, FILE *out, bool *closed,
    struct err *err)
{
    size_t filled = 0, written = 0;
    bool more = true, good = true;
    while (good && !*closed && (more || written < filled)) {
        if (more && filled - written < p->count) {
            struct slot *slot = &p->slots[filled % p->count];
            buf_clear(&slot->in);
            more = read_block(l, &slot->in, false);
            if (more) {
                fill(p, slot);
                filled++;
            }
            continue;
        }
        struct slot *slot = &p->slots[written++ % p->count];
        await(p, slot);
        good = write_out(&slot->out, out, false, closed, err);
    }
    return good;
}

static bool run_many(const struct pool_job *job, struct lines *l, FILE *out,
    bool *closed, struct err *err)
{
    struct pool p = {.job = job, .count = job->workers * SLOTS_PER_WORKER};
    pthread_t *threads = calloc(job->workers, sizeof *threads);
    struct worker *workers = calloc(job->workers, sizeof *workers);
    unsigned started = 0;
    bool good = false;

    p.slots = calloc(p.count, sizeof *p.slots);
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.work, NULL);
    pthread_cond_init(&p.done, NULL);
    if (threads && workers && p.slots) {
        for (; started < job->workers; started++) {
            workers[started] = (struct worker){&p, job->selves[started]};
            if (pthread_create(
                    &threads[started], NULL, work, &workers[started]) != 0)
                break;
        }
        good = started > 0 ? feed(&p, l, out, closed, err)
                           : run_alone(job, l, out, closed, err);
    } else {
        (void)err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
    }
    pthread_mutex_lock(&p.lock);
    p.stop = true;
    pthread_cond_broadcast(&p.work);
    pthread_mutex_unlock(&p.lock);
    while (started > 0)
        pthread_join(threads[--started], NULL);
    for (size_t i = 0; p.slots && i < p.count; i++) {
        buf_free(&p.slots[i].in);
        buf_free(&p.slots[i].out);
    }
    pthread_cond_destroy(&p.done);
    pthread_cond_destroy(&p.work);
    pthread_mutex_destroy(&p.lock);
    free(p.slots);
    free(workers);
    free(threads);
    return good;
}

bool pool_run(const struct pool_job *job, FILE *in, FILE *out, bool *closed,
    struct err *err)
{
    struct lines l = {.in = in, .line_max = job->line_max};
    *closed = false;
    bool good = job->workers > 1 && !job->line_buffered
        ? run_many(job, &l, out, closed, err)
        : run_alone(job, &l, out, closed, err);
    buf_free(&l.rest);
    errno = 0;
    if (good && !*closed && fflush(out) != 0) {
        *closed = errno == EPIPE;
        good = *closed ||
            err_set(err, ERR_IO, (struct where){0}, "cannot write: %s",
                strerror(errno));
    }
    if (good && l.failed)
        return err_set(
            err, ERR_IO, (struct where){0}, "cannot read the input");
    return good;
}
