/* SPDX-License-Identifier: MIT */
/*
 * fingerprint.c - a name for a finding that holds no guessable value.
 *
 * 64 bits over the rule's id and the anchor's sentence, folded, with everything
 * hidden that is no plain word of the dictionary or that any finding rests on as
 * a secret, and the count of the same before it. Position-free, so that moving
 * lines keeps it. The value itself goes into a tag of 8 bits for numbers of seven
 * digits or more and 3 bits for anything else: enough to see a change, too little
 * to guess from.
 */
#include <stdlib.h>

#include "engine/state.h"

enum {
    LONG_NUMBER = 7, /* digits */
    /* Ages above 89 are a rule of their own and 21 values: five of them and more
       share each of so many. */
    REMAINDERS = 4
};

/* Secrets of all findings in the order of the text. */
struct secrets {
    const struct proof **items;
    size_t count, cap;
    uint32_t reach; /* bytes of the longest */
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
            if (items[i].proofs[k].secret) {
                struct span at = items[i].proofs[k].place.at;
                *VEC_PUSH(a, &all) = &items[i].proofs[k];
                if (at.end - at.beg > all.reach)
                    all.reach = at.end - at.beg;
            }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_secrets);
    return all;
}

/* Does any secret overlap the place? They are sorted by where they begin; reach
   is how long the longest is. */
static bool is_secret(
    const struct secrets *all, uint32_t field, struct span at)
{
    uint32_t from = at.beg > all->reach ? at.beg - all->reach : 0;
    size_t beg = 0, end = all->count;
    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;
        const struct place *place = &all->items[mid]->place;
        if (place->field < field ||
            (place->field == field && place->at.beg < from))
            beg = mid + 1;
        else
            end = mid;
    }
    for (; beg < all->count; beg++) {
        const struct place *place = &all->items[beg]->place;
        if (place->field != field || place->at.beg >= at.end)
            return false;
        if (place->at.end > at.beg)
            return true;
    }
    return false;
}

static uint64_t mix(uint64_t sum, struct str s)
{
    return (sum ^ str_hash(s)) * 0x100000001b3u;
}

/* Words that count. */
static const struct {
    struct str word;
    uint32_t value;
} number_words[] = {{STR_INIT("zero"), 0}, {STR_INIT("one"), 1},
    {STR_INIT("two"), 2}, {STR_INIT("three"), 3}, {STR_INIT("four"), 4},
    {STR_INIT("five"), 5}, {STR_INIT("six"), 6}, {STR_INIT("seven"), 7},
    {STR_INIT("eight"), 8}, {STR_INIT("nine"), 9}, {STR_INIT("ten"), 10},
    {STR_INIT("eleven"), 11}, {STR_INIT("twelve"), 12},
    {STR_INIT("thirteen"), 13}, {STR_INIT("fourteen"), 14},
    {STR_INIT("fifteen"), 15}, {STR_INIT("sixteen"), 16},
    {STR_INIT("seventeen"), 17}, {STR_INIT("eighteen"), 18},
    {STR_INIT("nineteen"), 19}, {STR_INIT("twenty"), 20},
    {STR_INIT("thirty"), 30}, {STR_INIT("forty"), 40}, {STR_INIT("fifty"), 50},
    {STR_INIT("sixty"), 60}, {STR_INIT("seventy"), 70},
    {STR_INIT("eighty"), 80}, {STR_INIT("ninety"), 90},
    {STR_INIT("hundred"), 100}};

static bool number_word(struct str word, uint32_t *value)
{
    for (size_t i = 0; i < PL_COUNT(number_words); i++)
        if (str_eq(number_words[i].word, word)) {
            *value = number_words[i].value;
            return true;
        }
    return false;
}

/* What might be a name or a number that nobody found: anything but a word of the
   dictionary without a capital. */
static bool is_hidden(const struct scratch *s, const struct secrets *secrets,
    const uint8_t *named, uint32_t index)
{
    const struct token *tok = &s->text.tokens[index];
    uint32_t field, ignored;
    if (tok->kind != TOKEN_WORD || (tok->flags & (TOKEN_CAPITAL | TOKEN_TAGGED)))
        return tok->kind != TOKEN_EMOJI;
    if (number_word(tok->word, &ignored))
        return true;
    if (named[index] || !s->english.has(s->english.ctx, tok->hash))
        return true;
    struct span at = text_source(&s->text, tok->at, &field);
    return secrets && is_secret(secrets, field, at);
}

/* Words as they are compared, whatever they are written as: blanks, punctuation
   and numbers may change. However many words a name has, it counts as one
   thing. */
static uint64_t sentence_hash(const struct scratch *s,
    const struct secrets *secrets, const uint8_t *named,
    const struct finding *f)
{
    uint64_t sum = 0;
    bool in_name = false;
    uint32_t beg, end;

    text_tokens(&s->text, f->window, &beg, &end);
    for (uint32_t i = beg; i < end; i++) {
        const struct token *tok = &s->text.tokens[i];
        bool hidden = is_hidden(s, secrets, named, i);
        if (hidden && !in_name)
            sum = mix(sum, STR("?"));
        else if (!hidden)
            sum = mix(sum, tok->word);
        in_name = hidden;
    }
    return sum;
}

/* ---- the tag ------------------------------------------------------------------- */

/* Groups of digits in a text: 12/03/2026 is three. */
struct groups {
    uint32_t count, digits;
    uint32_t size[4]; /* of the first ones */
    uint64_t sum;     /* of their values */
};

static void add_groups(struct groups *g, struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        uint64_t value = 0;
        size_t beg = at;
        for (; at < s.len && byte_is_digit(s.ptr[at]); at++)
            value = value * 10 + (uint64_t)(s.ptr[at] - '0');
        if (at == beg) {
            at++;
            continue;
        }
        if (g->count < PL_COUNT(g->size))
            g->size[g->count] = (uint32_t)(at - beg);
        g->count++;
        g->digits += (uint32_t)(at - beg);
        g->sum += value;
    }
}

/* A day has at most eight digits and too few values to be told apart by them. */
static bool is_day(const struct groups *g)
{
    return g->count == 3 &&
        ((g->size[0] <= 2 && g->size[1] <= 2) ||
            (g->size[0] == 4 && g->size[1] <= 2 && g->size[2] <= 2));
}

/* What the words and numbers of the sentence come to. Numbers are added and not
   hashed: so each remainder stands for as many ages, or days, as any other. */
static uint64_t values_of(
    const struct scratch *s, const struct finding *f, uint64_t *names)
{
    struct groups g = {0};
    uint32_t beg, end, value, field;
    text_tokens(&s->text, f->window, &beg, &end);
    for (uint32_t i = beg; i < end; i++) {
        const struct token *tok = &s->text.tokens[i];
        struct span at = text_source(&s->text, tok->at, &field);
        if (number_word(tok->word, &value))
            g.sum += value;
        else if (tok->kind == TOKEN_NUMBER || tok->kind == TOKEN_CODE)
            add_groups(&g, tok->word);
        else if (field == f->place.field && at.beg < f->place.at.end &&
            f->place.at.beg < at.end &&
            ((tok->flags & TOKEN_CAPITAL) || tok->kind != TOKEN_WORD))
            *names += str_hash(tok->word) >> 17;
    }
    return g.sum;
}

static void set_tag(const struct scratch *s, struct finding *f)
{
    struct str anchor = str_part(s->text.doc->fields[f->place.field].bytes,
        f->place.at.beg, f->place.at.end);
    struct groups g = {0};
    uint64_t names = 0, sum = 0;

    add_groups(&g, anchor);
    if (g.digits >= LONG_NUMBER && !is_day(&g)) {
        for (size_t i = 0; i < anchor.len; i++)
            if (byte_is_digit(anchor.ptr[i]))
                sum = mix(sum, str_part(anchor, i, i + 1));
        f->value_bits = 8;
        f->value_tag = (uint8_t)(sum >> 17);
        return;
    }
    sum = values_of(s, f, &names);
    f->value_bits = 3;
    f->value_tag = (uint8_t)((names + sum % REMAINDERS) & 7);
}

/* Words that stand in the lists which detectors read: names and places, whatever
   any rule makes of them. */
static uint8_t *named_words(struct scratch *s)
{
    uint8_t *named = ARENA_NEW(s->arena, uint8_t, s->text.token_count + 1u);
    for (size_t i = 0; i < PL_COUNT(s->pack->info->detect); i++) {
        uint32_t lexicon = s->pack->info->detect[i];
        if (lexicon == PACK_NONE)
            continue;
        const struct hits *hits = lexicon_hits(s, lexicon);
        for (size_t k = 0; k < hits->count; k++)
            for (uint32_t t = hits->items[k].tok_beg;
                 t < hits->items[k].tok_end; t++)
                named[t] = 1;
    }
    return named;
}

void fingerprint_set(struct scratch *s, struct finding *items, size_t count)
{
    uint64_t *base = ARENA_NEW(s->arena, uint64_t, count + 1);
    uint64_t *record = ARENA_NEW(s->arena, uint64_t, count + 1);
    const uint8_t *named = count ? named_words(s) : NULL;
    const struct secrets secrets = secrets_of(s->arena, items, count);
    for (size_t i = 0; i < count; i++) {
        const struct pack_rule *rule = &s->pack->rules[items[i].rule];
        uint64_t same = 0, same_record = 0;
        base[i] = mix(sentence_hash(s, &secrets, named, &items[i]),
            pack_text(s->pack, rule->id));
        /* What a rule takes for a secret hangs on the value: an infant's age
           may take in the word behind it. */
        record[i] = mix(sentence_hash(s, NULL, named, &items[i]),
            pack_text(s->pack, rule->group_name));
        for (size_t j = 0; j < i; j++) {
            same += base[j] == base[i];
            same_record += record[j] == record[i];
        }
        items[i].fingerprint = (base[i] ^ same) * 0x9E3779B97F4A7C15u;
        items[i].record = (record[i] ^ same_record) * 0x9E3779B97F4A7C15u;
        set_tag(s, &items[i]);
    }
}
