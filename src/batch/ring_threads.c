/* SPDX-License-Identifier: MIT */
/*
 * ring_threads.c - blocks to threads and back in order.
 *
 * One reader (the caller), workers, and the caller again as writer: it fills
 * free slots of a ring, waits for the oldest to be done, writes it, goes on. A
 * slot is free, full (waits for a worker), busy, or done.
 */
#include "batch/ring.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS_PER_WORKER = 3 };

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

/* ---- the caller ---------------------------------------------------------------- */

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

static bool feed(
    struct pool *p, struct lines *l, FILE *out, bool *closed, struct err *err)
{
    size_t filled = 0, written = 0;
    bool more = true, good = true;
    while (good && !*closed && (more || written < filled)) {
        if (more && filled - written < p->count) {
            struct slot *slot = &p->slots[filled % p->count];
            buf_clear(&slot->in);
            more = lines_read(l, &slot->in, false);
            if (more) {
                fill(p, slot);
                filled++;
            }
            continue;
        }
        struct slot *slot = &p->slots[written++ % p->count];
        await(p, slot);
        good = lines_write(&slot->out, out, false, closed, err);
    }
    return good;
}

bool ring_has_threads(void)
{
    return true;
}

bool ring_run(const struct pool_job *job, struct lines *l, FILE *out,
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
                           : err_set(err, ERR_MEMORY, (struct where){0},
                                 "no thread could be started");
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
