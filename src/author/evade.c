/* SPDX-License-Identifier: MIT */
/*
 * evade.c - is a rule found again in disguise?
 *
 * Each text of `flags` is written again in capitals, with zero-width spaces in
 * its words, with full-width digits, with curly quotes, and with its sentences
 * on lines of their own. The rule must find something in it still.
 */
#include <string.h>

#include "author/reach.h"
#include "author/ruletest.h"
#include "match/detect.h"
#include "match/hit.h"

/* Writes text in another way; false if there is nothing to change. */
typedef bool (*disguise)(struct buf *out, struct str text);

/* ---- capitals ----------------------------------------------------------------- */

static bool in_capitals(struct buf *out, struct str text)
{
    bool changed = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        changed |= byte_is_lower(c);
        buf_addc(out, byte_is_lower(c) ? (char)(c - 'a' + 'A') : c);
    }
    return changed;
}

/* ---- zero-width spaces ------------------------------------------------------------ */

static bool is_word_byte(char c)
{
    return byte_is_alpha(c);
}

/* Links, handles and addresses are no words: they would be others. */
static bool is_plain_word(struct str text, size_t beg, size_t end)
{
    while (beg > 0 && !byte_is_blank(text.ptr[beg - 1]))
        beg--;
    while (end < text.len && !byte_is_blank(text.ptr[end]))
        end++;
    struct str word = str_part(text, beg, end);
    return !memchr(word.ptr, '@', word.len) &&
        !memchr(word.ptr, '/', word.len) && !memchr(word.ptr, '#', word.len) &&
        !memchr(word.ptr, '.', word.len > 0 ? word.len - 1 : 0);
}

static bool with_hidden(struct buf *out, struct str text)
{
    enum { WORD_LEAST = 5 };
    bool changed = false;
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && is_word_byte(text.ptr[end]))
            end++;
        if (end == i) {
            buf_addc(out, text.ptr[i++]);
            continue;
        }
        size_t half = i + (end - i) / 2;
        buf_add(out, str_part(text, i, half));
        if (end - i >= WORD_LEAST && is_plain_word(text, i, end)) {
            buf_add(out, STR("\xE2\x80\x8B"));
            changed = true;
        }
        buf_add(out, str_part(text, half, end));
        i = end;
    }
    return changed;
}

/* ---- digits, quotes, lines ----------------------------------------------------------- */

static bool with_wide_digits(struct buf *out, struct str text)
{
    bool changed = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!byte_is_digit(c)) {
            buf_addc(out, c);
            continue;
        }
        buf_add(out, STR("\xEF\xBC"));
        buf_addc(out, (char)(0x90 + (c - '0')));
        changed = true;
    }
    return changed;
}

static bool with_curly_quotes(struct buf *out, struct str text)
{
    bool changed = false, open = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"') {
            open = !open;
            buf_add(out,
                open ? STR("\xE2\x80\x9C") : STR("\xE2\x80\x9D"));
        } else if (c == '\'') {
            bool opens = i == 0 || byte_is_blank(text.ptr[i - 1]);
            buf_add(out,
                opens ? STR("\xE2\x80\x98") : STR("\xE2\x80\x99"));
        } else {
            buf_addc(out, c);
            continue;
        }
        changed = true;
    }
    return changed;
}

/* A blank behind a full stop becomes a line end of either kind. */
static bool with_lines(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool ends = i > 0 && text.ptr[i] == ' ' &&
            memchr(".!?", text.ptr[i - 1], 3) != NULL;
        buf_add(out, ends ? STR("\r\n") : str_part(text, i, i + 1));
    }
    buf_add(out, STR("\r\n"));
    return true;
}

/* ---- does a rule ask for capitals? ----------------------------------------------------- */

static bool is_case_fact(uint32_t fact)
{
    return fact == FACT_CAPITAL || fact == FACT_CAPS;
}

/* Names are told from words by their capitals. */
static bool is_case_detector(uint32_t detector)
{
    static const char *const words[] = {
        "person", "place", "facility", "code", "plate", "hashtag"};
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eqz(str_of(detect_at(detector)->name), words[i]))
            return true;
    return false;
}

struct caps {
    const struct pack *pack;
    struct reach reach;
    bool *exact; /* lexicons with an entry of exact case */
};

static bool evid_asks(const struct caps *c, uint32_t evid)
{
    const struct pack_evid *e = &c->pack->evids[evid];
    switch ((enum pack_evid_kind)e->kind) {
    case PACK_LEXICON:
        return c->exact[e->a];
    case PACK_REGEX:
        return !c->pack->regexes[e->a].caseless;
    case PACK_DETECT:
        return is_case_detector(e->a);
    case PACK_SEQUENCE:
    case PACK_WEIGH:
    case PACK_ANY:
        break;
    }
    return false;
}

static bool asks_for_capitals(struct caps *c, uint32_t rule)
{
    const struct pack *p = c->pack;
    reach_reset(&c->reach);
    reach_rule(&c->reach, rule);
    for (uint32_t i = 0; i < p->evids_count; i++)
        if (c->reach.evids[i] && evid_asks(c, i))
            return true;
    for (uint32_t i = 0; i < p->conds_count; i++)
        if (c->reach.conds[i] &&
            (p->conds[i].op == OP_OWN || p->conds[i].op == OP_FACT) &&
            is_case_fact(p->conds[i].b))
            return true;
    return false;
}

static struct caps caps_new(struct arena *a, const struct pack *p)
{
    struct caps c = {.pack = p,
        .reach = reach_new(a, p),
        .exact = ARENA_NEW(a, bool, p->lexicons_count + (size_t)1)};
    for (uint32_t i = 0; i < p->members_count; i++)
        c.exact[p->members[i].lexicon] |= member_note(p, i).exact != 0;
    return c;
}

/* ---- a run -------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    disguise write;
    bool capitals;
} disguises[] = {
    {"in capitals", in_capitals, true},
    {"with zero-width spaces", with_hidden, false},
    {"with full-width digits", with_wide_digits, false},
    {"with curly quotes", with_curly_quotes, false},
    {"with a line for each sentence", with_lines, false},
};

static bool try_one(struct ruletest *t, uint32_t rule,
    const struct pack_example *e, size_t which, struct err *err)
{
    struct buf text PL_DEFER(buf_free) = {0};
    const struct scan_options options = {
        .trace_rule = PACK_NONE, .guides = true, .keep_yielded = true};
    struct findings found;
    if (!disguises[which].write(&text, pack_text(t->pack, e->text)))
        return true;
    if (!example_scan(
            &t->examiner, e, buf_str(&text), &options, &found, err))
        return false;
    if (found.count == 0)
        ruletest_tell(t, RULETEST_EVASION, rule, e->at,
            "not found %s\n    " STR_FMT, disguises[which].name,
            STR_ARG(pack_text(t->pack, e->text)));
    return true;
}

bool evade_run(struct ruletest *t, struct err *err)
{
    const struct pack *p = t->pack;
    struct caps caps = caps_new(t->arena, p);
    for (uint32_t i = 0; i < p->rules_count; i++) {
        const struct pack_rule *r = &p->rules[i];
        if (!ruletest_wants(t, i))
            continue;
        bool asks = asks_for_capitals(&caps, i);
        examiner_only(&t->examiner, i);
        for (uint32_t k = r->examples.beg; k < r->examples.end; k++)
            for (size_t d = 0; d < PL_COUNT(disguises); d++)
                if (p->examples[k].flags && !t->failing[k] &&
                    !(disguises[d].capitals && asks) &&
                    !try_one(t, i, &p->examples[k], d, err))
                    return false;
    }
    return true;
}
