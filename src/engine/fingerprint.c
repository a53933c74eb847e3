/* SPDX-License-Identifier: MIT */
/*
 * fingerprint.c - a name for a finding that holds no guessable value.
 *
 * 64 bits over the rule's id and the anchor's sentence, folded, without numbers,
 * every word with a capital and every secret of any finding hidden, and the
 * count of the same before it. Position-free, so that moving lines
 * keeps it. The value itself goes into a tag of 8 bits for numbers of seven
 * digits or more and 3 bits for anything else: enough to see a change, too
 * little to guess from.
 */
#include <stdlib.h>

#include "engine/state.h"

enum { LONG_NUMBER = 7 };

/* Secrets of all findings in the order of the text. */
struct secrets {
    const struct proof **items;
    size_t count, cap;
};

static int compare_secrets(const void *a, const void *b)
{
    const struct proof *x = *(const struct proof *const *)a;
    const struct proof *y = *(const struct proof *const *)b;
    if (x->place.field != y->place.field)
        return x->place.field < y->place.field ? -1 : 1;
    if (x->place.at.beg != y->place.at.beg)
        return x->place.at.beg < y->place.at.beg ? -1 : 1;
    if (x->place.at.end != y->place.at.end)
        return x->place.at.end > y->place.at.end ? -1 : 1; /* longest first */
    return str_cmp(x->name, y->name);
}

static struct secrets secrets_of(
    struct arena *a, const struct finding *items, size_t count)
{
    struct secrets all = {0};
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < items[i].proof_count; k++)
            if (items[i].proofs[k].secret)
                *VEC_PUSH(a, &all) = &items[i].proofs[k];
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_secrets);
    return all;
}

/* The first secret at or behind a place of a field. */
static size_t secret_from(
    const struct secrets *all, uint32_t field, uint32_t at)
{
    size_t beg = 0, end = all->count;
    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;
        const struct place *place = &all->items[mid]->place;
        if (place->field < field ||
            (place->field == field && place->at.beg < at))
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

static uint64_t mix(uint64_t sum, struct str s)
{
    return (sum ^ str_hash(s)) * 0x100000001b3u;
}

static uint64_t mix_word(uint64_t sum, struct str word)
{
    char folded[32];
    size_t len = word.len < sizeof folded ? word.len : sizeof folded;
    for (size_t k = 0; k < len; k++)
        folded[k] = byte_lower(word.ptr[k]);
    return mix(sum, (struct str){folded, len});
}

/* Where the secret or the word at a place ends; the place itself if there is
   neither. A name that nobody found has a capital, most likely. */
static uint32_t part_end(const struct secrets *secrets, size_t next,
    struct str bytes, struct place at, bool *hidden)
{
    uint32_t end = at.at.beg;
    *hidden = true;
    if (next < secrets->count) {
        const struct place *place = &secrets->items[next]->place;
        if (place->field == at.field && place->at.beg == end &&
            place->at.end > end)
            return place->at.end;
    }
    while (end < at.at.end && byte_is_alpha(bytes.ptr[end]))
        end++;
    *hidden = end > at.at.beg && byte_is_upper(bytes.ptr[at.at.beg]);
    return end;
}

/* Words only: blanks, punctuation and numbers may change. However many words a
   name has, it counts as one thing. */
static uint64_t sentence_hash(const struct scratch *s,
    const struct secrets *secrets, const struct finding *f)
{
    struct place at = f->sentence;
    struct str bytes = s->text.doc->fields[at.field].bytes;
    uint64_t sum = str_hash(pack_text(s->pack, s->pack->rules[f->rule].id));
    size_t next = secret_from(secrets, at.field, at.at.beg);
    bool hidden, in_name = false;

    while (at.at.beg < at.at.end) {
        while (next < secrets->count &&
               secrets->items[next]->place.field == at.field &&
               secrets->items[next]->place.at.beg < at.at.beg)
            next++;
        uint32_t end = part_end(secrets, next, bytes, at, &hidden);
        if (hidden && !in_name)
            sum = mix(sum, STR("?"));
        else if (!hidden && end > at.at.beg)
            sum = mix_word(sum, str_part(bytes, at.at.beg, end));
        if (end > at.at.beg)
            in_name = hidden;
        at.at.beg = end > at.at.beg ? end : at.at.beg + 1;
    }
    return sum;
}

static void set_tag(const struct scratch *s, struct finding *f)
{
    struct str bytes = s->text.doc->fields[f->place.field].bytes;
    uint64_t sum = 0;
    uint32_t digits = 0;
    for (uint32_t i = f->place.at.beg; i < f->place.at.end; i++) {
        char c = byte_lower(bytes.ptr[i]);
        digits += byte_is_digit(c);
        if (byte_is_alnum(c))
            sum = mix(sum, (struct str){&c, 1});
    }
    f->value_bits = digits >= LONG_NUMBER ? 8 : 3;
    f->value_tag = (uint8_t)((sum >> 17) & ((1u << f->value_bits) - 1));
}

void fingerprint_set(struct scratch *s, struct finding *items, size_t count)
{
    uint64_t *base = ARENA_NEW(s->arena, uint64_t, count + 1);
    const struct secrets secrets = secrets_of(s->arena, items, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t same = 0;
        base[i] = sentence_hash(s, &secrets, &items[i]);
        for (size_t j = 0; j < i; j++)
            same += base[j] == base[i];
        items[i].fingerprint = (base[i] ^ same) * 0x9E3779B97F4A7C15u;
        set_tag(s, &items[i]);
    }
}
