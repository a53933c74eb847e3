/* SPDX-License-Identifier: MIT */
/* corpus.c - posts to try rules on: JSON lines, or one post a line. */
#include "cli/corpus.h"

#include "base/limits.h"
#include "batch/record.h"
#include "cli/cli.h"
#include "host/file.h"

static const char *known(struct str s)
{
    return s.len ? s.ptr : NULL;
}

static bool add_record(
    struct corpus *c, struct str line, size_t number, struct err *err)
{
    const struct record_keys keys = {STR("id"), STR("text")};
    struct record r;
    if (!record_parse(c->arena, line, &keys, &r, err))
        return false;
    if (!r.has_text)
        return true;
    struct corpus_post *p = VEC_PUSH(c->arena, &c->posts);
    p->id = r.id.len ? arena_copy(c->arena, r.id)
                     : arena_printf(c->arena, "%zu", number);
    p->post = (struct pl_post){
        .name = "-",
        .text = r.text.ptr,
        .text_len = r.text.len,
        .alt = r.alt.ptr,
        .alt_len = r.alt.len,
        .locale = known(r.locale),
        .jurisdiction = known(r.jurisdiction),
        .platform = known(r.platform),
        .profession = known(r.profession),
        .account = known(r.account),
        .reply_to = known(r.reply_to),
        .input = known(r.input),
    };
    return true;
}

static void add_line(struct corpus *c, struct str line, size_t number)
{
    struct corpus_post *p = VEC_PUSH(c->arena, &c->posts);
    struct str text = arena_copy(c->arena, line);
    p->id = arena_printf(c->arena, "%zu", number);
    p->post = (struct pl_post){
        .name = "-", .text = text.ptr, .text_len = text.len};
}

bool corpus_read(struct corpus *c, const char *path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct err err = {0};
    if (!file_read(path, LIMIT_POST_MAX, &b, &err)) {
        cli_fail("%s", err.msg);
        return false;
    }
    struct str rest = buf_str(&b);
    bool records = rest.len > 0 && rest.ptr[0] == '{';
    for (size_t number = 1; rest.len > 0; number++) {
        struct str_cut cut = str_cut(rest, '\n');
        struct str line = str_trim(cut.head);
        rest = cut.tail;
        if (line.len == 0)
            continue;
        if (!records) {
            add_line(c, line, number);
        } else if (!add_record(c, line, number, &err)) {
            cli_fail("%s:%zu: %s", path, number, err.msg);
            return false;
        }
    }
    return c->posts.count > 0 ||
        cli_fail("%s holds no posts", path) == EXIT_CLEAN;
}

void corpus_passes(struct corpus *c, struct pl_rules *rules)
{
    struct pl_rule r;
    size_t number = 1;
    for (size_t i = 0; pl_rule_at(rules, i, &r); i++)
        for (size_t k = 0; k < r.pass_count; k++)
            add_line(c, str_of(r.passes[k]), number++);
}

bool corpus_scan(struct pl_scanner *scanner, const struct corpus_post *p,
    const struct pl_finding **findings, size_t *count)
{
    struct pl_error error = {0};
    if (pl_scan(scanner, &p->post, findings, count, &error))
        return true;
    cli_fail("post " STR_FMT ": %s", STR_ARG(p->id), error.message);
    return false;
}
