/* SPDX-License-Identifier: MIT */
/*
 * example.c - one example of a rule or guard, judged.
 *
 * `flags` must give the marked anchors, no other, and the level; `passes`
 * nothing.
 */
#include "author/example.h"

#include "input/reader.h"

bool examiner_new(struct examiner *x, const struct pack *pack,
    struct arena *owner, struct err *err)
{
    struct ruleset *rules = ARENA_NEW(owner, struct ruleset, 1);
    *x = (struct examiner){.rules = rules};
    if (!ruleset_new(owner, pack, rules, err))
        return false;
    x->arena = arena_new(0);
    x->scratch = scratch_new(rules);
    if (x->arena && x->scratch)
        return true;
    examiner_free(x);
    return err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
}

void examiner_free(struct examiner *x)
{
    scratch_free(x->scratch);
    arena_free(x->arena);
    x->scratch = NULL;
    x->arena = NULL;
}

void examiner_only(struct examiner *x, uint32_t rule)
{
    const struct pack *p = x->rules->pack;
    for (uint32_t i = 0; i < p->rules_count; i++)
        x->rules->on[i] = rule == PACK_NONE
            ? p->rules[i].status == RULE_STABLE
            : i == rule;
    x->rules->edition++;
}

/* ---- an example as a document --------------------------------------------- */

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

static bool read_doc(struct examiner *x, const struct pack_example *e,
    struct str text, struct profile *profile, struct err *err)
{
    const struct pack *p = x->rules->pack;
    struct str input = value_of(p, e, "input");
    const struct reader *reader =
        reader_find(input.len ? input : STR("text"));

    arena_reset(x->arena);
    set_profile(x->arena, p, e, profile);
    struct post post = {
        .name = "example",
        .text = arena_copy(x->arena, text),
        .alt = value_of(p, e, "alt"),
        .has_media = value_of(p, e, "media").len > 0,
    };
    if (!reader)
        return err_set(err, ERR_USAGE, (struct where){0},
            "an example's input is unknown");
    return reader->read(x->arena, &post, &x->doc, err);
}

bool example_scan(struct examiner *x, const struct pack_example *e,
    struct str text, const struct scan_options *options,
    struct findings *found, struct err *err)
{
    struct profile profile;
    x->limit = false;
    if (!read_doc(x, e, text, &profile, err))
        return false;
    if (scan(x->scratch, &x->doc, &profile, options, found, err))
        return true;
    x->limit = err->code == ERR_LIMIT;
    if (x->limit)
        x->limit_text = arena_copy(x->arena, str_of(err->msg));
    return x->limit;
}

bool example_guard(struct examiner *x, uint32_t guard,
    const struct pack_example *e, const struct scan_options *options,
    bool *holds, struct err *err)
{
    const struct pack *p = x->rules->pack;
    struct str text = pack_text(p, e->text);
    struct profile profile;
    struct span at = {0, (uint32_t)text.len};
    if (e->anchors.end - e->anchors.beg >= 2)
        at = (struct span){
            p->index[e->anchors.beg], p->index[e->anchors.beg + 1]};
    return read_doc(x, e, text, &profile, err) &&
        scan_guard(x->scratch, &x->doc, &profile, options, guard, at, holds,
            err);
}

/* ---- verdicts --------------------------------------------------------------- */

static bool is_marked(
    const struct pack *p, const struct pack_example *e, struct span at)
{
    for (uint32_t i = e->anchors.beg; i + 1 < e->anchors.end; i += 2)
        if (p->index[i] == at.beg && p->index[i + 1] == at.end)
            return true;
    return false;
}

enum level example_level(
    const struct pack_rule *r, const struct pack_example *e)
{
    if (e->has_level)
        return (enum level)e->level;
    return r->scale != PACK_NONE ? LEVEL_ERROR : (enum level)r->level;
}

const char *example_verdict(const struct pack *p, const struct pack_rule *r,
    const struct pack_example *e, const struct findings *found,
    const struct finding **at)
{
    uint32_t marks = (e->anchors.end - e->anchors.beg) / 2;
    *at = NULL;
    for (uint32_t i = 0; i < found->count; i++) {
        *at = &found->items[i];
        if (!e->flags)
            return "it should stay silent, but found: ";
        if (!is_marked(p, e, (*at)->place.at))
            return "another place is found: ";
        if ((*at)->level != example_level(r, e))
            return "another level: ";
    }
    *at = NULL;
    if (!e->flags || found->count == marks)
        return NULL;
    return found->count ? "not every mark is found" : "nothing found";
}
