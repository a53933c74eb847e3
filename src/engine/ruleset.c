/* SPDX-License-Identifier: MIT */
/* ruleset.c - which rules of a pack are on, and for whom. */
#include "engine/scan.h"
#include "engine/state.h"

bool ruleset_new(struct arena *a, const struct pack *pack,
    struct ruleset *rules, struct err *err)
{
    (void)err;
    *rules = (struct ruleset){
        .pack = pack,
        .on = ARENA_NEW(a, uint8_t, pack->rules_count + 1),
        .level = ARENA_NEW(a, uint8_t, pack->rules_count + 1),
        .locked = ARENA_NEW(a, uint8_t, pack->rules_count + 1),
        .reach = ARENA_NEW(a, size_t, pack->rules_count + (size_t)1),
    };
    for (uint32_t i = 0; i < pack->rules_count; i++)
        rules->on[i] = pack->rules[i].status == RULE_STABLE;
    return true;
}

/* ---- selection ------------------------------------------------------------ */

bool ruleset_knows(const struct pack *p, struct str prefix, struct str *near)
{
    unsigned least = 4;
    *near = STR("");
    for (uint32_t i = 0; i < p->rules_count; i++) {
        struct str id = pack_text(p, p->rules[i].id);
        if (rule_id_under(id, prefix))
            return true;
        for (size_t end = 1; end <= id.len; end++) {
            if (end < id.len && id.ptr[end] != '/')
                continue;
            struct str head = str_part(id, 0, end);
            unsigned distance = str_distance(head, prefix, 3);
            if (distance < least) {
                least = distance;
                *near = head;
            }
        }
    }
    return false;
}

static bool check_prefix(
    const struct pack *p, struct str prefix, struct err *err)
{
    struct str best;
    if (ruleset_knows(p, prefix, &best))
        return true;
    if (best.len)
        return err_set(err, ERR_USAGE, (struct where){0},
            "no rule is called '" STR_FMT "': did you mean '" STR_FMT "'?",
            STR_ARG(prefix), STR_ARG(best));
    return err_set(err, ERR_USAGE, (struct where){0},
        "no rule is called '" STR_FMT "'; postlint rules list shows them all",
        STR_ARG(prefix));
}

/* Length + 1 of the longest prefix that covers the id, 0 if none does. */
static size_t best_cover(
    struct str id, const struct str *prefixes, size_t count)
{
    size_t best = 0;
    for (size_t i = 0; i < count; i++)
        if (rule_id_under(id, prefixes[i]) && prefixes[i].len + 1 > best)
            best = prefixes[i].len + 1;
    return best;
}

bool ruleset_select(struct ruleset *rules, struct arena *a,
    const struct str *select, size_t select_count, const struct str *ignore,
    size_t ignore_count, struct err *err)
{
    const struct pack *p = rules->pack;
    (void)a;
    for (size_t i = 0; i < select_count; i++)
        if (!check_prefix(p, select[i], err))
            return false;
    for (size_t i = 0; i < ignore_count; i++)
        if (!check_prefix(p, ignore[i], err))
            return false;
    for (uint32_t i = 0; i < p->rules_count; i++) {
        struct str id = pack_text(p, p->rules[i].id);
        size_t in = best_cover(id, select, select_count);
        size_t out = best_cover(id, ignore, ignore_count);
        if (select_count > 0)
            rules->on[i] = in > 0 &&
                (p->rules[i].status == RULE_STABLE ||
                    (p->rules[i].status == RULE_TRIAL && in == id.len + 1));
        if (out > 0 && out >= in)
            rules->on[i] = 0;
        if (rules->locked[i])
            rules->on[i] = p->rules[i].status == RULE_STABLE;
        else if (in > 0 && in >= rules->reach[i] &&
            rules->level[i] == 1 + LEVEL_SILENT)
            rules->level[i] = 0;
    }
    return true;
}

/* ---- settings --------------------------------------------------------------- */

static bool tell_unknown_rule(
    const struct pack *p, struct name rule, struct problems *problems)
{
    struct str near;
    if (ruleset_knows(p, rule.text, &near))
        return true;
    struct str fix = near.len
        ? arena_printf(
              problems->arena, "did you mean '" STR_FMT "'?", STR_ARG(near))
        : STR("postlint rules list shows them all");
    return problem_add(problems, rule.at, "unknown-rule", fix.ptr,
        "no rule is called '" STR_FMT "'", STR_ARG(rule.text));
}

static void set_level(
    struct ruleset *rules, uint32_t i, const struct ruleset_layer *layer)
{
    struct str id = pack_text(rules->pack, rules->pack->rules[i].id);
    const struct config_rule *best = NULL;
    for (size_t k = 0; k < layer->config->rule_count; k++) {
        const struct config_rule *r = &layer->config->rules[k];
        if (r->has_level && rule_id_under(id, r->rule.text) &&
            (!best || r->rule.text.len > best->rule.text.len))
            best = r;
    }
    if (!best || (rules->locked[i] && rules->locked[i] != layer->owner))
        return;
    rules->level[i] = (uint8_t)(1 + best->level);
    rules->reach[i] = best->rule.text.len + 1;
    /* A rule on trial is asked for by its whole name. */
    if (rules->pack->rules[i].status == RULE_TRIAL &&
        best->rule.text.len == id.len && best->level != LEVEL_SILENT)
        rules->on[i] = 1;
}

static void lock(struct ruleset *rules, struct name prefix, uint8_t owner)
{
    for (uint32_t i = 0; i < rules->pack->rules_count; i++) {
        uint8_t *locked = &rules->locked[i];
        if (!rule_id_under(
                pack_text(rules->pack, rules->pack->rules[i].id), prefix.text))
            continue;
        *locked = *locked == 0 || *locked == owner ? owner : LOCKED_BY_SEVERAL;
    }
}

bool ruleset_configure(struct ruleset *rules,
    const struct ruleset_layer *layers, size_t layer_count,
    struct problems *problems)
{
    const struct pack *p = rules->pack;
    size_t before = problems->errors;
    for (size_t k = 0; k < layer_count; k++) {
        const struct config *c = layers[k].config;
        for (size_t n = 0; layers[k].owner && n < c->locked.count; n++)
            if (tell_unknown_rule(p, c->locked.items[n], problems))
                lock(rules, c->locked.items[n], layers[k].owner);
    }
    for (size_t k = 0; k < layer_count; k++) {
        if (!layers[k].heard)
            continue;
        for (size_t n = 0; n < layers[k].config->rule_count; n++)
            (void)tell_unknown_rule(
                p, layers[k].config->rules[n].rule, problems);
        for (uint32_t i = 0; i < p->rules_count; i++)
            set_level(rules, i, &layers[k]);
    }
    return problems->errors == before;
}

/* ---- profile ---------------------------------------------------------------- */

/* Do the words of `word` stand in `value`, at word borders? */
static bool has_words(struct str value, struct str word)
{
    for (size_t at = 0; at + word.len <= value.len; at++) {
        if (!str_eq(str_part(value, at, at + word.len), word))
            continue;
        size_t end = at + word.len;
        if ((at == 0 || !byte_is_alnum(value.ptr[at - 1])) &&
            (end == value.len || !byte_is_alnum(value.ptr[end])))
            return true;
    }
    return false;
}

bool profile_fits(struct str value, struct str word, enum profile_key key)
{
    if (key == PROFILE_PROFESSION)
        return has_words(value, word);
    if (key == PROFILE_LOCALE)
        return str_starts(value, word) || str_starts(word, value);
    /* A settings file may name several: "gb,ie". */
    for (struct str_cut cut = str_cut(value, ',');; cut = str_cut(cut.tail, ',')) {
        if (str_eq(str_trim(cut.head), word))
            return true;
        if (!cut.found)
            return false;
    }
}

bool rule_applies(const struct pack *p, const struct pack_rule *r,
    const struct profile *profile)
{
    for (int key = 0; key < PROFILE_COUNT; key++) {
        struct pack_list list = r->applies[key];
        struct str value = profile->value[key]; /* unset: any may be meant */
        if (value.len == 0)
            continue;
        bool fits = list.beg == list.end;
        for (uint32_t i = list.beg; i < list.end && !fits; i++)
            fits = profile_fits(
                value, pack_text(p, p->strs[i]), (enum profile_key)key);
        if (!fits)
            return false;
    }
    return true;
}
