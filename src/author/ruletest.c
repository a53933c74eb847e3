/* SPDX-License-Identifier: MIT */
/*
 * ruletest.c - the examples that stand in rule files, run.
 *
 * `flags` must give the marked anchors (every [[mark]] overlapped by a finding
 * of the rule, no finding elsewhere) and the level; `passes` nothing.
 */
#include "author/ruletest.h"

#include "input/reader.h"

static struct str value_of(
    const struct pack *p, const struct pack_example *e, const char *key)
{
    for (uint32_t i = e->as.beg; i + 1 < e->as.end; i += 2)
        if (str_eqz(pack_text(p, p->strs[i]), key))
            return pack_text(p, p->strs[i + 1]);
    return STR("");
}

static void set_profile(struct arena *a, const struct pack *p,
    const struct pack_example *e, struct profile *profile)
{
    static const char *const keys[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    *profile = (struct profile){0};
    for (size_t i = 0; i < PL_COUNT(keys); i++)
        profile->value[i] = text_fold(a, value_of(p, e, keys[i]));
    profile->reply_to = value_of(p, e, "reply_to");
    profile->reply = profile->reply_to.len > 0 &&
        !str_eq(profile->reply_to, STR("none"));
}

static bool read_doc(struct arena *a, const struct pack *p,
    const struct pack_example *e, struct doc *doc, struct err *err)
{
    struct str input = value_of(p, e, "input");
    const struct reader *reader =
        reader_find(input.len ? input : STR("text"));
    struct post post = {
        .name = "example",
        .text = pack_text(p, e->text),
        .alt = value_of(p, e, "alt"),
        .has_media = value_of(p, e, "media").len > 0,
    };
    if (!reader)
        return err_set(err, ERR_USAGE, (struct where){0},
            "an example's input is unknown");
    return reader->read(a, &post, doc, err);
}

static bool is_marked(
    const struct pack *p, const struct pack_example *e, struct span at)
{
    for (uint32_t i = e->anchors.beg; i + 1 < e->anchors.end; i += 2)
        if (p->index[i] == at.beg && p->index[i + 1] == at.end)
            return true;
    return false;
}

static void tell(struct ruletest *t, const struct pack_rule *r,
    const struct pack_example *e, const char *what, struct str detail)
{
    const struct pack *p = t->rules->pack;
    buf_addf(t->out, STR_FMT ":%u: " STR_FMT ": %s" STR_FMT "\n    " STR_FMT
                             "\n",
        STR_ARG(pack_text(p, e->at.file)), (unsigned)e->at.line,
        STR_ARG(pack_text(p, r->id)), what, STR_ARG(detail),
        STR_ARG(pack_text(p, e->text)));
    if (!t->fail)
        return;
    struct buf message PL_DEFER(buf_free) = {0};
    buf_addf(&message, STR_FMT ": %s" STR_FMT, STR_ARG(pack_text(p, r->id)),
        what, STR_ARG(detail));
    buf_addc(&message, '\0');
    struct ruletest_fail fail = {.file = pack_text(p, e->at.file),
        .message = {message.ptr, message.len ? message.len - 1 : 0},
        .line = e->at.line,
        .col = e->at.col};
    if (!message.failed)
        t->fail(t->fail_ctx, &fail);
}

static enum level expected_level(
    const struct pack_rule *r, const struct pack_example *e)
{
    if (e->has_level)
        return (enum level)e->level;
    return r->scale != PACK_NONE ? LEVEL_ERROR : (enum level)r->level;
}

static bool check_flags(struct ruletest *t, const struct pack_rule *r,
    const struct pack_example *e, const struct findings *found)
{
    const struct pack *p = t->rules->pack;
    struct str text = pack_text(p, e->text);
    uint32_t marks = (e->anchors.end - e->anchors.beg) / 2;
    for (uint32_t i = 0; i < found->count; i++) {
        const struct finding *f = &found->items[i];
        if (!is_marked(p, e, f->place.at)) {
            tell(t, r, e, "another place is found: ",
                str_part(text, f->place.at.beg, f->place.at.end));
            return false;
        }
        if (f->level != expected_level(r, e)) {
            tell(t, r, e, "another level: ", str_of(level_word(f->level)));
            return false;
        }
    }
    if (found->count == marks)
        return true;
    tell(t, r, e, found->count ? "not every mark is found" : "nothing found",
        STR(""));
    return false;
}

static bool run_one(struct ruletest *t, uint32_t rule,
    const struct pack_example *e, struct err *err)
{
    const struct pack *p = t->rules->pack;
    const struct pack_rule *r = &p->rules[rule];
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct scan_options options = {
        .trace_rule = PACK_NONE, .guides = true, .keep_yielded = true};
    struct profile profile;
    struct findings found;
    struct doc doc;

    set_profile(a, p, e, &profile);
    if (!read_doc(a, p, e, &doc, err) ||
        !scan(t->scratch, &doc, &profile, &options, &found, err))
        return false;
    bool good;
    if (e->flags) {
        good = check_flags(t, r, e, &found);
    } else {
        good = found.count == 0;
        if (!good)
            tell(t, r, e, "it should stay silent, but found: ",
                str_part(pack_text(p, e->text), found.items[0].place.at.beg,
                    found.items[0].place.at.end));
    }
    *(good ? &t->passed : &t->failed) += 1;
    return true;
}

bool ruletest_run(struct ruletest *t, struct str prefix, struct err *err)
{
    const struct pack *p = t->rules->pack;
    for (uint32_t i = 0; i < p->rules_count; i++) {
        const struct pack_rule *r = &p->rules[i];
        if (prefix.len && !rule_id_under(pack_text(p, r->id), prefix))
            continue;
        if (t->file.len && !str_eq(pack_text(p, r->at.file), t->file))
            continue;
        for (uint32_t k = 0; k < p->rules_count; k++)
            t->rules->on[k] = k == i;
        t->rules->edition++;
        for (uint32_t k = r->examples.beg; k < r->examples.end; k++)
            if (!run_one(t, i, &p->examples[k], err))
                return false;
    }
    return true;
}
