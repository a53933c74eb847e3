/* SPDX-License-Identifier: MIT */
/* suppress.c - findings that somebody has accepted, and why. */
#include "engine/suppress.h"

#include "engine/state.h"
#include "text/line.h"

struct run {
    struct scratch *s;
    const struct suppress_in *in;
    struct suppress_out *out;
    struct allows own; /* of the post */
};

/* ---- notices ------------------------------------------------------------------- */

static void tell(struct run *r, const char *code, uint32_t field, uint32_t at,
    struct str message)
{
    const struct doc_field *f = &r->s->text.doc->fields[field];
    struct line_place place = f->lines ? line_place_at(f->lines, at)
                                       : line_place_of(f->bytes, at);
    *VEC_PUSH(r->in->a, &r->out->notices) = (struct notice){code,
        {.line = place.line, .col = place.col}, message};
}

static void tell_words(struct run *r, const char *code, uint32_t field,
    uint32_t at, const char *words)
{
    tell(r, code, field, at, str_of(words));
}

/* ---- what stands in the post ------------------------------------------------------ */

bool suppress_expired(struct str until, struct str today)
{
    return until.len > 0 && today.len > 0 && str_cmp(until, today) < 0;
}

static bool fail(const char **to_code, const char **to_words,
    const char *code, const char *words)
{
    *to_code = code;
    *to_words = words;
    return false;
}

bool suppress_parse(struct str text, struct allow *allow, const char **code,
    const char **words)
{
    struct str rest = str_trim(text);
    if (str_starts(rest, STR("postlint")))
        rest = str_trim(str_from(rest, 8));
    if (!str_starts(rest, STR("allow ")))
        return fail(code, words, "bad-directive",
            "write <!-- postlint allow RULE: reason -->");
    struct str_cut cut = str_cut(str_from(rest, 6), ':');
    struct str_cut id = str_cut(str_trim(cut.head), ' ');
    struct str more = str_trim(id.tail);
    allow->rule = id.head;
    allow->reason = str_trim(cut.tail);
    if (allow->reason.len == 0)
        return fail(code, words, "no-reason",
            "a reason is due: <!-- postlint allow RULE: reason -->");
    if (more.len == 0)
        return true;
    if (!str_starts(more, STR("until ")))
        return fail(code, words, "bad-directive",
            "one rule, then perhaps `until 2027-01-31`, then a colon");
    allow->until = str_trim(str_from(more, 6));
    return config_is_date(allow->until) ||
        fail(code, words, "bad-date", "the last day is written 2027-01-31");
}

/* A rule that nobody knows, or that is locked, is told of at once. */
static bool check_rule(struct run *r, const struct allow *allow, uint32_t at)
{
    const struct pack *p = r->s->pack;
    struct str near;
    if (!ruleset_knows(p, allow->rule, &near)) {
        tell(r, "unknown-rule", allow->field, at,
            near.len ? arena_printf(r->in->a,
                           "no rule has this name: did you mean '" STR_FMT
                           "'?",
                           STR_ARG(near))
                     : STR("no rule has this name; postlint rules list shows "
                           "them all"));
        return false;
    }
    bool open = false;
    for (uint32_t i = 0; i < p->rules_count && !open; i++)
        open = !r->s->rules->locked[i] &&
            rule_id_under(pack_text(p, p->rules[i].id), allow->rule);
    if (!open)
        tell_words(r, "locked", allow->field, at,
            "the rule is locked by the project's settings");
    return open;
}

static void add_own(struct run *r, struct allow allow, uint32_t at)
{
    if (!check_rule(r, &allow, at))
        return;
    if (suppress_expired(allow.until, r->in->today)) {
        tell_words(r, "expired-allow", allow.field, at,
            "this allow is past its last day; mend the post or the day");
        return;
    }
    allow.at.len = at;
    *VEC_PUSH(r->in->a, &r->own) = allow;
}

static void add_comment(struct run *r, const struct doc_directive *d)
{
    struct allow allow = {
        .from = ALLOW_COMMENT, .scope = d->scope, .field = d->field};
    const char *code, *words;
    if (!suppress_parse(d->text, &allow, &code, &words))
        tell_words(r, code, d->field, d->at.beg, words);
    else if (d->scope.end <= d->scope.beg)
        tell_words(r, "stray-allow", d->field, d->at.beg,
            "no block follows: a comment that allows stands on a line of its "
            "own before the block");
    else
        add_own(r, allow, d->at.beg);
}

/* Of the lines under `postlint:`; places of problems count in them. */
static void add_front(struct run *r, const struct doc_directive *d)
{
    struct problems problems = {.arena = r->in->a};
    struct config_allows allows;
    if (!config_front(r->in->a, d->text, &allows, &problems)) {
        struct problem first = {.message = STR("this is not understood")};
        if (problems.list.count)
            first = problems.list.items[0];
        tell(r, "bad-directive", d->field, d->at.beg,
            first.fix.len ? arena_printf(r->in->a,
                                "front matter: " STR_FMT " (" STR_FMT ")",
                                STR_ARG(first.message), STR_ARG(first.fix))
                          : arena_printf(r->in->a, "front matter: " STR_FMT,
                                STR_ARG(first.message)));
        return;
    }
    for (size_t i = 0; i < allows.count; i++) {
        const struct config_allow *a = &allows.items[i];
        struct allow allow = {
            .from = ALLOW_FRONT,
            .rule = a->rule.text,
            .phrase = a->phrase.text,
            .reason = a->reason,
            .until = a->until,
            .field = d->field,
        };
        add_own(r, allow, d->at.beg);
    }
}

/* Plain text has no comments: what is written into it is published. */
static void warn_of_plain(struct run *r)
{
    static const struct str marks[] = {STR_INIT("postlint allow "),
        STR_INIT("postlint-disable"), STR_INIT("postlint: allow"),
        STR_INIT("postlint:allow"), STR_INIT("postlint: ignore"),
        STR_INIT("postlint ignore ")};
    const struct doc *doc = r->s->text.doc;
    for (uint32_t f = 0; f < doc->part_count; f++) {
        const struct doc_part *part = &doc->parts[f];
        for (uint32_t k = 0; k < part->run_count; k++) {
            struct span at = part->runs[k].source;
            struct str s =
                str_part(doc->fields[part->field].bytes, at.beg, at.end);
            for (size_t i = 0; i < PL_COUNT(marks); i++) {
                size_t found = str_find(s, marks[i]);
                if (found == s.len)
                    continue;
                tell_words(r, "plain-directive", part->field,
                    at.beg + (uint32_t)found,
                    "plain text has no comments, this would be published; use "
                    "settings or --allow");
                return;
            }
        }
    }
}

static void read_own(struct run *r)
{
    const struct doc *doc = r->s->text.doc;
    for (uint32_t i = 0; i < doc->directive_count; i++) {
        if (doc->directives[i].front)
            add_front(r, &doc->directives[i]);
        else
            add_comment(r, &doc->directives[i]);
    }
    if (!doc->has_comments)
        warn_of_plain(r);
}

/* ---- does it fit? -------------------------------------------------------------------- */

/* Does the phrase stand at a place that overlaps the anchor? */
static bool phrase_stands(
    struct scratch *s, struct str phrase, struct place anchor)
{
    enum { MOST = 16 };
    struct token words[MOST];
    size_t count = text_phrase(s->arena, phrase, words, MOST);
    const struct text *t = &s->text;
    if (count == 0 || count > MOST)
        return false;
    for (uint32_t i = 0; i + count <= t->main_count; i++) {
        size_t k = 0;
        while (k < count && t->tokens[i + k].hash == words[k].hash &&
            t->tokens[i + k].sentence == t->tokens[i].sentence)
            k++;
        if (k < count)
            continue;
        struct span at = {t->tokens[i].at.beg,
            t->tokens[i + (uint32_t)count - 1].at.end};
        uint32_t field;
        at = text_source(t, at, &field);
        if (field == anchor.field && at.beg < anchor.at.end &&
            anchor.at.beg < at.end)
            return true;
    }
    return false;
}

static bool fits(
    struct run *r, const struct allow *a, const struct finding *f)
{
    struct str id = pack_text(r->s->pack, r->s->pack->rules[f->rule].id);
    if (!rule_id_under(id, a->rule) ||
        (r->s->rules->locked[f->rule] &&
            r->s->rules->locked[f->rule] != a->owner) ||
        suppress_expired(a->until, r->in->today))
        return false;
    if (a->from == ALLOW_COMMENT &&
        (f->place.field != a->field || f->place.at.beg < a->scope.beg ||
            f->place.at.beg >= a->scope.end))
        return false;
    return a->phrase.len == 0 || phrase_stands(r->s, a->phrase, f->place);
}

/* The first that fits is the one that is used. */
static bool is_allowed(struct run *r, const struct finding *f)
{
    for (size_t i = 0; i < r->in->settled_count; i++)
        if (fits(r, &r->in->settled[i], f))
            return r->in->settled[i].used = true;
    for (size_t i = 0; i < r->own.count; i++)
        if (fits(r, &r->own.items[i], f))
            return r->own.items[i].used = true;
    return false;
}

static bool is_known(struct run *r, const struct finding *f)
{
    return r->in->baseline && !r->s->rules->locked[f->rule] &&
        baseline_knows(r->in->baseline,
            pack_text(r->s->pack, r->s->pack->rules[f->rule].group_name), f);
}

static void tell_unused(struct run *r)
{
    for (size_t i = 0; i < r->own.count; i++)
        if (!r->own.items[i].used)
            tell_words(r, "unused-allow", r->own.items[i].field,
                r->own.items[i].at.len,
                "this allow accepts nothing; remove it");
}

static void sort_notices(struct notices *n)
{
    for (size_t i = 1; i < n->count; i++) {
        struct notice one = n->items[i];
        size_t k = i;
        for (; k > 0 && n->items[k - 1].at.line > one.at.line; k--)
            n->items[k] = n->items[k - 1];
        n->items[k] = one;
    }
}

void suppress(struct scratch *s, const struct suppress_in *in,
    const struct findings *all, struct suppress_out *out)
{
    struct run r = {.s = s, .in = in, .out = out};
    struct finding *kept = ARENA_NEW(in->a, struct finding, all->count);

    *out = (struct suppress_out){.kept = *all};
    if (!s->text.doc)
        return; /* the text could not be read */
    out->kept.items = kept;
    out->kept.count = 0;
    read_own(&r);
    for (uint32_t i = 0; i < all->count; i++) {
        const struct finding *f = &all->items[i];
        if (is_allowed(&r, f))
            out->allowed++;
        else if (is_known(&r, f))
            out->known++;
        else
            kept[out->kept.count++] = *f;
    }
    tell_unused(&r);
    sort_notices(&out->notices);
}
