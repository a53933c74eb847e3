/* SPDX-License-Identifier: MIT */
/*
 * message.c - templates of a rule, filled in from what was found.
 *
 * The result is a list of bits, so that a reporter can mask the author's words
 * and keep ours.
 */
#include "engine/state.h"

#include <stdio.h>

#include "base/buf.h"

struct place place_of(const struct scratch *s, struct span at)
{
    struct place place = {0};
    place.at = text_source(&s->text, at, &place.field);
    return place;
}

static struct str place_text(const struct scratch *s, struct place place)
{
    return str_part(s->text.doc->fields[place.field].bytes, place.at.beg,
        place.at.end);
}

/* Matches of regexes and detectors are masked, words of a list are not. */
static bool is_free_form(const struct pack *p, uint32_t evid, uint32_t depth)
{
    const struct pack_evid *e = &p->evids[evid];
    if (e->kind == PACK_REGEX || e->kind == PACK_DETECT || depth > 8)
        return true;
    if (e->kind == PACK_LEXICON || e->kind == PACK_WEIGH)
        return false;
    for (uint32_t i = e->list.beg; i < e->list.end; i++)
        if (is_free_form(p,
                e->kind == PACK_ANY ? p->index[i] : p->steps[i].evid,
                depth + 1))
            return true;
    return false;
}

bool evid_secret(const struct scratch *s, uint32_t evid, uint32_t rule)
{
    const struct pack_rule *r = &s->pack->rules[rule];
    if (evid == PACK_NONE)
        evid = r->anchor;
    return r->mask || str_starts(pack_text(s->pack, r->id), STR("privacy/")) ||
        is_free_form(s->pack, evid, 0);
}

struct str evid_name(const struct scratch *s, uint32_t evid, uint32_t rule)
{
    const struct pack_rule *r = &s->pack->rules[rule];
    if (evid == PACK_NONE)
        evid = r->anchor;
    for (uint32_t i = r->names.beg; i < r->names.end; i++)
        if (s->pack->names[i].evid == evid)
            return pack_text(s->pack, s->pack->names[i].name);
    struct str name = pack_text(s->pack, s->pack->evids[evid].name);
    return name.len ? name : STR("text");
}

struct bits {
    struct bit *items;
    size_t count, cap;
};

static void add_text(struct scratch *s, struct bits *bits, struct str text)
{
    if (text.len)
        *VEC_PUSH(s->arena, bits) = (struct bit){.text = text};
}

/* ---- sequences -------------------------------------------------------------- */

static bool has_word(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (byte_is_alnum(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80)
            return true;
    return false;
}

/* Anything may stand between the members of a sequence, a name too. */
static void add_gap(const struct scratch *s, struct buf *b, struct span gap)
{
    if (gap.beg >= gap.end)
        return;
    struct str text = place_text(s, place_of(s, gap));
    if (has_word(text))
        buf_add(b, STR(" [...] "));
    else
        buf_add(b, text);
}

/* A sequence with its words, but for its gaps and matches of no list. */
static void add_members(
    const struct scratch *s, struct buf *b, const struct hit *h)
{
    for (uint32_t i = 0; i < h->member_count; i++) {
        const struct hit *one = h->members[i].hit;
        if (i > 0)
            add_gap(s, b,
                (struct span){h->members[i - 1].hit->at.end, one->at.beg});
        if (one->member_count)
            add_members(s, b, one);
        else if (is_free_form(s->pack, h->members[i].evidence, 0))
            buf_add(b, STR("[...]"));
        else
            buf_add(b, place_text(s, place_of(s, one->at)));
    }
}

static struct str masked_members(struct scratch *s, const struct hit *h)
{
    struct buf b = {0};
    add_members(s, &b, h);
    return buf_keep(&b, s->arena);
}

static void add_hit(struct trial *t, struct bits *bits, const struct hit *h,
    uint32_t evid, struct str name)
{
    struct scratch *s = t->s;
    struct bit *bit = VEC_PUSH(s->arena, bits);
    *bit = (struct bit){
        .text = place_text(s, place_of(s, h->at)),
        .quoted = true,
        .secret = evid_secret(s, evid, t->rule),
        .name = name,
    };
    if (!bit->secret && h->member_count) {
        bit->secret = true;
        bit->masked = masked_members(s, h);
    }
}

/* ---- parts of a template ---------------------------------------------------- */

static void add_axes(
    struct trial *t, struct bits *bits, const struct crowd_result *crowd)
{
    const struct pack *p = t->s->pack;
    const struct pack_crowd *c = &p->crowds[p->rules[t->rule].crowd];
    uint32_t count = c->axes.end - c->axes.beg, left = 0, told = 0;

    for (uint32_t i = 0; i < count; i++)
        left += crowd->axis_points[i] > 0;
    for (uint32_t i = 0; i < count; i++) {
        if (crowd->axis_points[i] == 0)
            continue;
        if (told > 0)
            add_text(t->s, bits, left > 1 ? STR(", ") : STR(" and "));
        add_hit(t, bits, crowd->axis_hits[i], PACK_NONE,
            pack_text(p, p->axes[c->axes.beg + i].name));
        told++;
        left--;
    }
}

static struct str better_of(const struct pack *p, const struct hit *h)
{
    if (!h || h->entry == 0)
        return STR("");
    return pack_text(p, p->entries[h->entry - 1].better);
}

/* Cell of the row that the rule's look-up finds. */
static struct str column_of(struct trial *t, const struct pack_part *part)
{
    const struct pack *p = t->s->pack;
    uint32_t row = lookup_row(t, &p->conds[part->evid]);
    if (row == PACK_NONE)
        return STR("");
    return pack_text(p, p->strs[p->rows[row].cells.beg + part->fact]);
}

static struct str number_text(struct scratch *s, double number)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%g", number);
    return arena_copy(
        s->arena, (struct str){text, len > 0 ? (size_t)len : 0});
}

static bool add_part(struct trial *t, const struct pack_part *part,
    const struct crowd_result *crowd, struct bits *bits)
{
    struct scratch *s = t->s;
    const struct hit *h = NULL;
    struct str text = STR("");
    double number;

    switch ((enum part_kind)part->kind) {
    case PART_TEXT:
        add_text(s, bits, pack_text(s->pack, part->text));
        return true;
    case PART_AXES:
        if (!crowd)
            return false;
        add_axes(t, bits, crowd);
        return true;
    case PART_COLUMN:
        text = column_of(t, part);
        break;
    case PART_HIT:
        h = trial_hit(t, part->evid);
        if (h) {
            add_hit(t, bits, h, part->evid,
                evid_name(s, part->evid, t->rule));
            return true;
        }
        break;
    case PART_BETTER:
        text = better_of(s->pack, trial_hit(t, part->evid));
        break;
    case PART_FACT:
        h = trial_hit(t, part->evid);
        if (h && hit_fact(s, h, part->fact, &number)) {
            *VEC_PUSH(s->arena, bits) = (struct bit){
                .text = number_text(s, number),
                .quoted = true,
                .secret = evid_secret(s, part->evid, t->rule),
                .name = evid_name(s, part->evid, t->rule),
            };
            return true;
        }
        break;
    }
    if (text.len == 0 && !part->has_text)
        return false;
    add_text(s, bits, text.len ? text : pack_text(s->pack, part->text));
    return true;
}

bool message_words(struct trial *t, uint32_t template,
    const struct crowd_result *crowd, struct words *words)
{
    const struct pack_template *from = &t->s->pack->templates[template];
    struct bits bits = {0};
    bool whole = true;
    for (uint32_t i = from->parts.beg; i < from->parts.end; i++)
        whole &= add_part(t, &t->s->pack->parts[i], crowd, &bits);
    *words = (struct words){bits.items, (uint32_t)bits.count};
    return whole;
}
