/* SPDX-License-Identifier: MIT */
/* load_rule.c - one rule from its map. */
#include <string.h>

#include "base/limits.h"
#include "rules/loader.h"
#include "rules/taxon.h"

enum { SUMMARY_MAX = 60, EXAMPLES_LEAST = 3 };

/* ---- texts ------------------------------------------------------------------------ */

static void check_braces(
    struct loader *l, const struct node *n, struct str text)
{
    bool open = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '{' || text.ptr[i] == '}') {
            if (open == (text.ptr[i] == '{')) {
                problem_add(l->problems, n->at, "braces", NULL,
                    "the { } of the text do not match");
                return;
            }
            open = !open;
        }
    }
    if (open)
        problem_add(l->problems, n->at, "braces", NULL,
            "the { } of the text do not match");
}

static struct str read_template(struct loader *l, const struct node *n)
{
    struct str text = read_text(l, n);
    check_braces(l, n, text);
    return text;
}

static void rule_message(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->message = read_template(l, n);
    ((struct rule *)to)->message_at = n->at;
}

static void rule_why(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->why = read_template(l, n);
    ((struct rule *)to)->why_at = n->at;
}

/* Advice is a text; what can stand in the post itself is {wording: text}. */
static bool read_wording(
    struct loader *l, const struct node *n, struct wording *to)
{
    const struct node *text = n;
    if (n->kind == NODE_MAP) {
        text = node_get(n, "wording");
        if (!text || n->count != 1)
            return problem_add(l->problems, n->at, "try", NULL,
                "an entry is a text or {wording: text}");
        to->fits = true;
    }
    to->text = (struct name){read_template(l, text), text->at};
    return true;
}

static void rule_try(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    if (!want_kind(l, n, NODE_LIST, "a list of texts"))
        return;
    if (n->count > LIMIT_TRIES) {
        problem_add(l->problems, n->at, "too-many", NULL,
            "a rule has at most %d texts of `try`", LIMIT_TRIES);
        return;
    }
    r->tries = ARENA_NEW(l->a, struct wording, n->count);
    for (size_t i = 0; i < n->count; i++)
        r->try_count += read_wording(l, n->items[i], &r->tries[r->try_count]);
}

static void rule_edit(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    if (!want_kind(l, n, NODE_MAP, "names with replacements"))
        return;
    r->edits = ARENA_NEW(l->a, struct edit, n->count);
    for (size_t i = 0; i < n->count; i++)
        r->edits[r->edit_count++] =
            (struct edit){read_name(l, n->pairs[i].key),
                read_template(l, n->pairs[i].value)};
}

/* ---- what it is ----------------------------------------------------------------------- */

static void rule_id(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    r->id = read_name(l, n);
    struct str_cut group = str_cut(r->id.text, '/');
    struct str_cut name = str_cut(group.tail, '/');
    if (str_eq(group.head, STR("guide")) && is_plain_name(group.tail))
        return;
    if (!name.found || !is_plain_name(name.tail)) {
        problem_add(l->problems, n->at, "bad-id", NULL,
            "an id is group/name/variant, in a-z, digits and hyphens");
        return;
    }
    struct str group_name =
        str_part(r->id.text, 0, group.head.len + 1 + name.head.len);
    if (taxon_find(group_name))
        return;
    const struct taxon *guess = taxon_guess(group_name);
    struct str fix = guess
        ? arena_printf(l->a, "did you mean '%s'?", guess->group_name)
        : STR("");
    problem_add(l->problems, n->at, "unknown-taxon", fix.ptr,
        "'" STR_FMT "' is not in the taxonomy", STR_ARG(group_name));
}

static void rule_summary(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->summary = read_word(l, n);
    if (n->kind == NODE_SCALAR && n->text.len > SUMMARY_MAX)
        problem_warn(l->problems, n->at, "long-summary", NULL,
            "a summary has at most %d characters", SUMMARY_MAX);
}

static void rule_level(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    r->scale = (struct name){STR(""), n->at};
    if (!level_parse(read_word(l, n), &r->level) || r->level == LEVEL_SILENT)
        r->scale = read_name(l, n);
}

static void rule_status(struct loader *l, const struct node *n, void *to)
{
    static const char *const words[] = {"stable", "trial", "retired"};
    struct rule *r = to;
    struct str word = read_word(l, n);
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eqz(word, words[i])) {
            r->status = (enum rule_status)i;
            return;
        }
    problem_add(l->problems, n->at, "unknown-status", NULL,
        "a status is stable, trial or retired");
}

static void rule_kind(struct loader *l, const struct node *n, void *to)
{
    static const char *const words[] = {
        "finding", "signpost", "support", "guide"};
    struct rule *r = to;
    struct str word = read_word(l, n);
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eqz(word, words[i])) {
            r->kind = (enum rule_kind)i;
            return;
        }
    problem_add(l->problems, n->at, "unknown-kind", NULL,
        "a kind is finding, signpost, support or guide");
}

static void rule_mask(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->mask = true;
    if (!str_eq(read_word(l, n), STR("true")))
        problem_add(l->problems, n->at, "mask", NULL,
            "`mask` is true or not given");
}

static void rule_safe_edit(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->safe_edit = true;
    if (!str_eq(read_word(l, n), STR("true")))
        problem_add(l->problems, n->at, "safe-edit", NULL,
            "`safe-edit` is true or not given");
}

static void rule_applies(struct loader *l, const struct node *n, void *to)
{
    static const char *const words[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    struct rule *r = to;
    if (!want_kind(l, n, NODE_MAP, "profile keys with lists"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        size_t k = 0;
        while (k < PL_COUNT(words) &&
            !str_eqz(n->pairs[i].key->text, words[k]))
            k++;
        if (k < PL_COUNT(words)) {
            r->applies[k] = read_names(l, n->pairs[i].value);
            for (size_t v = 0; v < r->applies[k].count; v++)
                check_profile(
                    l, (enum profile_key)k, r->applies[k].items[v]);
        } else
            problem_add(l->problems, n->pairs[i].key->at, "unknown-key",
                "locale, jurisdiction, platform, profession or account",
                "a profile has no key '" STR_FMT "'",
                STR_ARG(n->pairs[i].key->text));
    }
}

#define CITE_WORD(field)                                                       \
    static void cite_##field(                                                  \
        struct loader *l, const struct node *n, void *to)                      \
    {                                                                          \
        ((struct cite *)to)->field = read_word(l, n);                          \
    }
CITE_WORD(body)
CITE_WORD(title)
CITE_WORD(section)
CITE_WORD(year)

static const struct key_row cite_keys[] = {
    {"body", true, cite_body},
    {"title", true, cite_title},
    {"section", false, cite_section},
    {"year", false, cite_year},
};

const struct key_table cite_table =
    KEY_TABLE("a source", cite_keys);

static void rule_sources(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    if (!want_kind(l, n, NODE_LIST, "a list of sources"))
        return;
    r->sources = ARENA_NEW(l->a, struct cite, n->count);
    for (size_t i = 0; i < n->count; i++)
        read_keys(l, n->items[i], &cite_table,
            &r->sources[r->source_count++]);
}

/* ---- what it looks for -------------------------------------------------------------------- */

static void rule_find(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->find = read_pieces(l, n);
}

static void rule_report(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->report = read_name(l, n);
}

static void rule_within(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->within = read_window(l, n);
}

static void rule_when(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->when = read_cond(l, n);
}

static void rule_unless(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    if (!want_kind(l, n, NODE_LIST, "a list of conditions"))
        return;
    r->unless = ARENA_NEW(l->a, struct timed_cond, n->count);
    for (size_t i = 0; i < n->count; i++) {
        const struct node *item = n->items[i];
        struct timed_cond *t = &r->unless[r->unless_count];
        const struct node *cond = item, *within = NULL;
        if (item->kind == NODE_MAP) {
            cond = node_get(item, "if");
            within = node_get(item, "within");
            if (!cond || item->count > 2 || (item->count == 2 && !within)) {
                problem_add(l->problems, item->at, "unless", NULL,
                    "an entry is a condition or {if: condition, within: "
                    "window}");
                continue;
            }
        }
        t->cond = read_cond(l, cond);
        if (within)
            t->within = read_window(l, within);
        r->unless_count += t->cond != NULL;
    }
}

static void rule_allow(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    r->allow = ARENA_NEW(l->a, struct evidence, 1);
    read_evidence(l, n, r->allow);
}

static void adjust_if(struct loader *l, const struct node *n, void *to)
{
    ((struct adjust *)to)->cond = read_cond(l, n);
}

static void adjust_level(struct loader *l, const struct node *n, void *to)
{
    static const char *const words[] = {
        "note", "warning", "error", "silent", "up", "down"};
    struct str word = read_word(l, n);
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eqz(word, words[i])) {
            ((struct adjust *)to)->to = (enum adjust_to)i;
            return;
        }
    problem_add(l->problems, n->at, "unknown-level", NULL,
        "`level` is error, warning, note, silent, up or down");
}

static void adjust_because(struct loader *l, const struct node *n, void *to)
{
    ((struct adjust *)to)->because = read_word(l, n);
}

static void adjust_within(struct loader *l, const struct node *n, void *to)
{
    ((struct adjust *)to)->within = read_window(l, n);
}

static const struct key_row adjust_keys[] = {
    {"if", true, adjust_if},
    {"level", true, adjust_level},
    {"because", false, adjust_because},
    {"within", false, adjust_within},
};

const struct key_table adjust_table =
    KEY_TABLE("an adjustment", adjust_keys);

static void rule_adjust(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    if (!want_kind(l, n, NODE_LIST, "a list of adjustments"))
        return;
    r->adjust = ARENA_NEW(l->a, struct adjust, n->count);
    for (size_t i = 0; i < n->count; i++) {
        struct adjust *a = &r->adjust[r->adjust_count];
        a->at = n->items[i]->at;
        read_keys(l, n->items[i], &adjust_table, a);
        r->adjust_count += a->cond != NULL;
    }
}

static void rule_yields(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->yields = read_names(l, n);
}

/* ---- combinations ------------------------------------------------------------------------------ */

static void crowd_axes(struct loader *l, const struct node *n, void *to)
{
    struct crowd *c = to;
    if (!want_kind(l, n, NODE_MAP, "axes by name"))
        return;
    c->axes = ARENA_NEW(l->a, struct crowd_axis, n->count);
    for (size_t i = 0; i < n->count; i++) {
        const struct node *points = n->pairs[i].value;
        struct crowd_axis *axis = &c->axes[c->axis_count++];
        axis->name = read_name(l, n->pairs[i].key);
        if (!want_kind(l, points, NODE_MAP, "points with evidence"))
            continue;
        axis->points = ARENA_NEW(l->a, struct crowd_points, points->count);
        for (size_t k = 0; k < points->count; k++) {
            struct crowd_points *p = &axis->points[axis->point_count++];
            uint64_t number = 0;
            if (!str_uint(points->pairs[k].key->text, 100, &number))
                problem_add(l->problems, points->pairs[k].key->at, "points",
                    NULL, "points are a number");
            p->points = (uint32_t)number;
            read_evidence(l, points->pairs[k].value, &p->evidence);
        }
    }
}

static void crowd_terms(struct loader *l, const struct node *n, void *to)
{
    struct crowd *c = to;
    if (!want_kind(l, n, NODE_MAP, "terms by name"))
        return;
    c->terms = ARENA_NEW(l->a, struct crowd_term, n->count);
    for (size_t i = 0; i < n->count; i++) {
        struct crowd_term *t = &c->terms[c->term_count];
        t->name = read_name(l, n->pairs[i].key);
        t->cond = read_cond(l, n->pairs[i].value);
        c->term_count += t->cond != NULL;
    }
}

static void crowd_levels(struct loader *l, const struct node *n, void *to)
{
    struct crowd *c = to;
    if (!want_kind(l, n, NODE_MAP, "levels with conditions"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        enum level level;
        if (level_parse(n->pairs[i].key->text, &level))
            c->levels[level] = read_cond(l, n->pairs[i].value);
        else
            problem_add(l->problems, n->pairs[i].key->at, "unknown-level",
                NULL, "a level is error, warning or note");
    }
}

static const struct key_row crowd_keys[] = {
    {"axes", true, crowd_axes},
    {"terms", false, crowd_terms},
    {"levels", true, crowd_levels},
};

const struct key_table crowd_table =
    KEY_TABLE("a combination", crowd_keys);

static void rule_crowd(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    r->crowd = ARENA_NEW(l->a, struct crowd, 1);
    r->crowd->at = n->at;
    read_keys(l, n, &crowd_table, r->crowd);
}

/* ---- tests ------------------------------------------------------------------------------------------ */

static void tests_flags(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->flags = read_examples(l, n);
}

static void tests_passes(struct loader *l, const struct node *n, void *to)
{
    ((struct rule *)to)->passes = read_examples(l, n);
}

static const struct key_row tests_keys[] = {
    {"flags", true, tests_flags},
    {"passes", true, tests_passes},
};

const struct key_table tests_table =
    KEY_TABLE("tests", tests_keys);

static void rule_tests(struct loader *l, const struct node *n, void *to)
{
    struct rule *r = to;
    read_keys(l, n, &tests_table, r);
    if (r->flags.count < EXAMPLES_LEAST || r->passes.count < EXAMPLES_LEAST)
        problem_warn(l->problems, n->at, "few-tests", NULL,
            "a rule needs at least %d examples of each kind", EXAMPLES_LEAST);
    for (size_t i = 0; i < r->flags.count; i++)
        if (r->flags.items[i].anchor_count == 0)
            problem_add(l->problems, r->flags.items[i].at, "marks",
                "put [[ ]] around what is to be underlined",
                "the example does not say what is found");
}

static const struct key_row rule_keys[] = {
    {"id", true, rule_id},
    {"summary", true, rule_summary},
    {"level", true, rule_level},
    {"status", false, rule_status},
    {"applies", false, rule_applies},
    {"find", false, rule_find},
    {"report", false, rule_report},
    {"within", false, rule_within},
    {"when", false, rule_when},
    {"crowd", false, rule_crowd},
    {"unless", false, rule_unless},
    {"allow", false, rule_allow},
    {"adjust", false, rule_adjust},
    {"yields", false, rule_yields},
    {"kind", false, rule_kind},
    {"mask", false, rule_mask},
    {"message", true, rule_message},
    {"why", true, rule_why},
    {"sources", true, rule_sources},
    {"try", true, rule_try},
    {"edit", false, rule_edit},
    {"safe-edit", false, rule_safe_edit},
    {"tests", true, rule_tests},
};

const struct key_table rule_table =
    KEY_TABLE("a rule", rule_keys);

static void check_kind(struct loader *l, const struct rule *r)
{
    bool guide = str_starts(r->id.text, STR("guide/"));
    if (r->id.text.len > 0 && guide != (r->kind == RULE_GUIDE))
        problem_add(l->problems, r->id.at, "bad-id",
            guide ? "add kind: guide" : "call it guide/name",
            guide ? "an id under guide/ is of a guide"
                  : "a guide has an id under guide/");
}

void read_rule(struct loader *l, const struct node *n, struct rule *r)
{
    r->id.at = n->at;
    r->level = LEVEL_WARNING;
    read_keys(l, n, &rule_table, r);
    if (n->kind == NODE_MAP)
        check_kind(l, r);
}
