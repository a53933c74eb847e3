/* SPDX-License-Identifier: MIT */
/* rules_diff.c - findings gained and lost between two packs. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "cli/corpus.h"
#include "cli/rules_tools.h"

struct side {
    struct pl_rules *rules;
    struct pl_scanner *scanner;
    const struct pl_finding *found;
    size_t count;
};

struct diff {
    struct corpus corpus;
    struct side old, new;
    struct buf out;
    size_t gained, lost;
};

static bool open_side(struct side *s, const char *pack, bool full)
{
    struct pl_scan_options o = {.show_matches = full};
    struct pl_error error = {0};
    arg_rules.count = 0;
    if (strcmp(pack, "builtin") != 0)
        arg_rules.items[arg_rules.count++] = pack;
    s->rules = cli_rules();
    if (!s->rules)
        return false;
    s->scanner = pl_scanner_new(s->rules, &error);
    if (s->scanner && pl_scanner_set(s->scanner, &o, &error))
        return true;
    cli_fail_error(NULL, &error);
    return false;
}

static void close_side(struct side *s)
{
    pl_scanner_free(s->scanner);
    pl_rules_free(s->rules);
}

static bool is_same(const struct pl_finding *a, const struct pl_finding *b)
{
    return a->level == b->level && a->byte_beg == b->byte_beg &&
        a->byte_end == b->byte_end && strcmp(a->field, b->field) == 0 &&
        strcmp(a->rule, b->rule) == 0;
}

static bool has(const struct side *s, const struct pl_finding *f)
{
    for (size_t i = 0; i < s->count; i++)
        if (is_same(&s->found[i], f))
            return true;
    return false;
}

/* "+ 12: warning privacy/age/over-89 text:10-24: message" */
static size_t add_missing(struct diff *d, char sign,
    const struct corpus_post *p, const struct side *from,
    const struct side *other)
{
    static const char *const levels[] = {"silent", "note", "warning", "error"};
    size_t told = 0;
    for (size_t i = 0; i < from->count; i++) {
        const struct pl_finding *f = &from->found[i];
        if (has(other, f))
            continue;
        told++;
        buf_addf(&d->out, "%c " STR_FMT ": %s %s %s:%zu-%zu: %s\n", sign,
            STR_ARG(p->id), levels[f->level], f->rule, f->field, f->byte_beg,
            f->byte_end, f->message);
    }
    return told;
}

static bool compare_all(struct diff *d)
{
    for (size_t i = 0; i < d->corpus.posts.count; i++) {
        const struct corpus_post *p = &d->corpus.posts.items[i];
        if (!corpus_scan(
                d->old.scanner, p, &d->old.found, &d->old.count) ||
            !corpus_scan(d->new.scanner, p, &d->new.found, &d->new.count))
            return false;
        d->lost += add_missing(d, '-', p, &d->old, &d->new);
        d->gained += add_missing(d, '+', p, &d->new, &d->old);
    }
    return true;
}

static int finish(struct diff *d)
{
    buf_addf(&d->out, "%zu gained, %zu lost in %zu posts\n", d->gained,
        d->lost, d->corpus.posts.count);
    int status = cli_write(buf_str(&d->out));
    if (status != EXIT_CLEAN)
        return status;
    return d->gained + d->lost ? EXIT_FOUND : EXIT_CLEAN;
}

int tools_diff(const char *from, const char *to, const struct tools_options *o)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct diff d = {.corpus = {.arena = a}};
    enum pl_show show;
    if (!o->corpus)
        return cli_fail("rules diff needs posts to compare on: --corpus FILE");
    bool good = cli_show(stdout, &show) && corpus_read(&d.corpus, o->corpus) &&
        open_side(&d.old, from, show == PL_SHOW_FULL) &&
        open_side(&d.new, to, show == PL_SHOW_FULL) && compare_all(&d);
    int status = good ? finish(&d) : EXIT_FAILED;
    close_side(&d.old);
    close_side(&d.new);
    buf_free(&d.out);
    return status;
}
