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
    };
    for (uint32_t i = 0; i < pack->rules_count; i++)
        rules->on[i] = pack->rules[i].status == RULE_STABLE;
    return true;
}

/* ---- selection ------------------------------------------------------------ */

static bool check_prefix(
    const struct pack *p, struct str prefix, struct err *err)
{
    struct str best = STR("");
    unsigned least = 4;
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
                best = head;
            }
        }
    }
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
    }
    return true;
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
        struct str value = profile->value[key];
        bool fits = list.beg == list.end || value.len == 0;
        for (uint32_t i = list.beg; i < list.end && !fits; i++)
            fits = profile_fits(
                value, pack_text(p, p->strs[i]), (enum profile_key)key);
        if (!fits)
            return false;
    }
    return true;
}
