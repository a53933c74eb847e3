/* SPDX-License-Identifier: MIT */
/* detect.c - the table of detectors, and what they share. */
#include "match/detect.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "match/detector.h"

static const struct detector detectors[] = {
#define X(name, needs, about) {#name, about, needs, detect_##name},
    DETECTOR_LIST(X)
#undef X
};

const struct detector *detect_at(uint32_t index)
{
    return index < PL_COUNT(detectors) ? &detectors[index] : NULL;
}

size_t detect_count(void)
{
    return PL_COUNT(detectors);
}

const struct detector *detect_find(struct str name, uint32_t *index)
{
    for (uint32_t i = 0; i < PL_COUNT(detectors); i++)
        if (str_eqz(name, detectors[i].name)) {
            *index = i;
            return &detectors[i];
        }
    return NULL;
}

/* ---- tokens ------------------------------------------------------------------- */

bool token_is(const struct detect_in *in, uint32_t i, const char *word)
{
    const struct token *t = token_at(in, i);
    return t && str_eqz(t->word, word);
}

bool token_in(const struct detect_in *in, uint32_t i, struct words_list list)
{
    const struct token *t = token_at(in, i);
    if (!t || t->word.len == 0)
        return false;
    for (size_t k = 0; k < list.count; k++)
        if (list.items[k][0] == t->word.ptr[0] &&
            str_eqz(t->word, list.items[k]))
            return true;
    return false;
}

bool token_joins(const struct detect_in *in, uint32_t i)
{
    const struct token *a = token_at(in, i), *b = token_at(in, i + 1);
    return a && b && a->sentence == b->sentence;
}

struct str token_cased(const struct detect_in *in, uint32_t i)
{
    const struct token *t = &in->text->tokens[i];
    return str_part(in->text->cased, t->at.beg, t->at.end);
}

char byte_after(const struct detect_in *in, uint32_t i)
{
    uint32_t end = in->text->tokens[i].at.end;
    return end < in->text->folded.len ? in->text->folded.ptr[end] : '\0';
}

char byte_before(const struct detect_in *in, uint32_t i)
{
    uint32_t beg = in->text->tokens[i].at.beg;
    return beg > 0 ? in->text->folded.ptr[beg - 1] : '\0';
}

bool token_number(const struct detect_in *in, uint32_t i, double *value)
{
    const struct token *t = token_at(in, i);
    return t && t->kind == TOKEN_NUMBER && str_number(t->word, value);
}

/* Words that detectors begin at, in the order of strcmp. value: of a word that is
   a number, 100 multiplies. */
static const struct known_word {
    const char *word;
    int value;
    uint32_t features;
} known_words[] = {
    {"a", 0, FEATURE_COUNT_WORD},
    {"an", 0, FEATURE_COUNT_WORD},
    {"apr", 0, FEATURE_DAY_WORD},
    {"april", 0, FEATURE_DAY_WORD},
    {"aug", 0, FEATURE_DAY_WORD},
    {"august", 0, FEATURE_DAY_WORD},
    {"bucks", 0, FEATURE_MONEY},
    {"couple", 0, FEATURE_COUNT_WORD},
    {"dec", 0, FEATURE_DAY_WORD},
    {"december", 0, FEATURE_DAY_WORD},
    {"dollars", 0, FEATURE_MONEY},
    {"double", 0, FEATURE_NUMBER_WORD},
    {"eight", 8, FEATURE_NUMBER_WORD},
    {"eighteen", 18, FEATURE_NUMBER_WORD},
    {"eighties", 0, FEATURE_NUMBER_WORD},
    {"eighty", 80, FEATURE_NUMBER_WORD},
    {"eleven", 11, FEATURE_NUMBER_WORD},
    {"euros", 0, FEATURE_MONEY},
    {"feb", 0, FEATURE_DAY_WORD},
    {"february", 0, FEATURE_DAY_WORD},
    {"few", 0, FEATURE_COUNT_WORD},
    {"fifteen", 15, FEATURE_NUMBER_WORD},
    {"fifties", 0, FEATURE_NUMBER_WORD},
    {"fifty", 50, FEATURE_NUMBER_WORD},
    {"five", 5, FEATURE_NUMBER_WORD},
    {"forties", 0, FEATURE_NUMBER_WORD},
    {"forty", 40, FEATURE_NUMBER_WORD},
    {"four", 4, FEATURE_NUMBER_WORD},
    {"fourteen", 14, FEATURE_NUMBER_WORD},
    {"fri", 0, FEATURE_DAY_WORD},
    {"friday", 0, FEATURE_DAY_WORD},
    {"fridays", 0, FEATURE_DAY_WORD},
    {"gbp", 0, FEATURE_MONEY},
    {"grand", 0, FEATURE_MONEY},
    {"half", 0, FEATURE_NUMBER_WORD},
    {"hundred", 100, FEATURE_NUMBER_WORD},
    {"jan", 0, FEATURE_DAY_WORD},
    {"january", 0, FEATURE_DAY_WORD},
    {"jul", 0, FEATURE_DAY_WORD},
    {"july", 0, FEATURE_DAY_WORD},
    {"jun", 0, FEATURE_DAY_WORD},
    {"june", 0, FEATURE_DAY_WORD},
    {"lakh", 0, FEATURE_MONEY},
    {"mar", 0, FEATURE_DAY_WORD},
    {"march", 0, FEATURE_DAY_WORD},
    {"master", 0, FEATURE_NAME},
    {"may", 0, FEATURE_DAY_WORD},
    {"midday", 0, FEATURE_DAY_WORD},
    {"midnight", 0, FEATURE_DAY_WORD},
    {"miss", 0, FEATURE_NAME},
    {"mon", 0, FEATURE_DAY_WORD},
    {"monday", 0, FEATURE_DAY_WORD},
    {"mondays", 0, FEATURE_DAY_WORD},
    {"mr", 0, FEATURE_NAME},
    {"mrs", 0, FEATURE_NAME},
    {"ms", 0, FEATURE_NAME},
    {"mx", 0, FEATURE_NAME},
    {"naira", 0, FEATURE_MONEY},
    {"nine", 9, FEATURE_NUMBER_WORD},
    {"nineteen", 19, FEATURE_NUMBER_WORD},
    {"nineties", 0, FEATURE_NUMBER_WORD},
    {"ninety", 90, FEATURE_NUMBER_WORD},
    {"noon", 0, FEATURE_DAY_WORD},
    {"nought", 0, FEATURE_NUMBER_WORD},
    {"nov", 0, FEATURE_DAY_WORD},
    {"november", 0, FEATURE_DAY_WORD},
    {"o", 0, FEATURE_NUMBER_WORD},
    {"oct", 0, FEATURE_DAY_WORD},
    {"october", 0, FEATURE_DAY_WORD},
    {"oh", 0, FEATURE_NUMBER_WORD},
    {"one", 1, FEATURE_NUMBER_WORD},
    {"past", 0, FEATURE_DAY_WORD},
    {"pct", 0, FEATURE_PERCENT},
    {"per", 0, FEATURE_PERCENT},
    {"percent", 0, FEATURE_PERCENT},
    {"pounds", 0, FEATURE_MONEY},
    {"quid", 0, FEATURE_MONEY},
    {"rand", 0, FEATURE_MONEY},
    {"rupees", 0, FEATURE_MONEY},
    {"sat", 0, FEATURE_DAY_WORD},
    {"saturday", 0, FEATURE_DAY_WORD},
    {"saturdays", 0, FEATURE_DAY_WORD},
    {"sep", 0, FEATURE_DAY_WORD},
    {"sept", 0, FEATURE_DAY_WORD},
    {"september", 0, FEATURE_DAY_WORD},
    {"seven", 7, FEATURE_NUMBER_WORD},
    {"seventeen", 17, FEATURE_NUMBER_WORD},
    {"seventies", 0, FEATURE_NUMBER_WORD},
    {"seventy", 70, FEATURE_NUMBER_WORD},
    {"several", 0, FEATURE_COUNT_WORD},
    {"shillings", 0, FEATURE_MONEY},
    {"six", 6, FEATURE_NUMBER_WORD},
    {"sixteen", 16, FEATURE_NUMBER_WORD},
    {"sixties", 0, FEATURE_NUMBER_WORD},
    {"sixty", 60, FEATURE_NUMBER_WORD},
    {"sun", 0, FEATURE_DAY_WORD},
    {"sunday", 0, FEATURE_DAY_WORD},
    {"sundays", 0, FEATURE_DAY_WORD},
    {"teens", 0, FEATURE_NUMBER_WORD},
    {"ten", 10, FEATURE_NUMBER_WORD},
    {"thirteen", 13, FEATURE_NUMBER_WORD},
    {"thirties", 0, FEATURE_NUMBER_WORD},
    {"thirty", 30, FEATURE_NUMBER_WORD},
    {"three", 3, FEATURE_NUMBER_WORD},
    {"thu", 0, FEATURE_DAY_WORD},
    {"thurs", 0, FEATURE_DAY_WORD},
    {"thursday", 0, FEATURE_DAY_WORD},
    {"thursdays", 0, FEATURE_DAY_WORD},
    {"triple", 0, FEATURE_NUMBER_WORD},
    {"tue", 0, FEATURE_DAY_WORD},
    {"tues", 0, FEATURE_DAY_WORD},
    {"tuesday", 0, FEATURE_DAY_WORD},
    {"tuesdays", 0, FEATURE_DAY_WORD},
    {"twelve", 12, FEATURE_NUMBER_WORD},
    {"twenties", 0, FEATURE_NUMBER_WORD},
    {"twenty", 20, FEATURE_NUMBER_WORD},
    {"two", 2, FEATURE_NUMBER_WORD},
    {"usd", 0, FEATURE_MONEY},
    {"wed", 0, FEATURE_DAY_WORD},
    {"wednesday", 0, FEATURE_DAY_WORD},
    {"wednesdays", 0, FEATURE_DAY_WORD},
    {"weds", 0, FEATURE_DAY_WORD},
    {"zero", 0, FEATURE_NUMBER_WORD},
};

enum { KNOWN_SLOTS = 512, KNOWN_NONE = 0 };

/* Where the known words stand in a table by their hash: index + 1. */
struct known_index {
    uint8_t slot[KNOWN_SLOTS];
};

static struct known_index known_index_make(void)
{
    struct known_index index = {{0}};
    for (uint8_t i = 0; i < PL_COUNT(known_words); i++) {
        size_t at = str_hash(str_of(known_words[i].word)) % KNOWN_SLOTS;
        while (index.slot[at] != KNOWN_NONE)
            at = (at + 1) % KNOWN_SLOTS;
        index.slot[at] = (uint8_t)(i + 1);
    }
    return index;
}

static uint8_t known_find(const struct known_index *index, const struct token *t)
{
    for (size_t at = t->hash % KNOWN_SLOTS; index->slot[at] != KNOWN_NONE;
         at = (at + 1) % KNOWN_SLOTS)
        if (str_eqz(t->word, known_words[index->slot[at] - 1].word))
            return index->slot[at];
    return KNOWN_NONE;
}

struct known_index *detect_index_new(void)
{
    struct known_index *index = malloc(sizeof *index);
    if (index)
        *index = known_index_make();
    return index;
}

static const struct known_word *known_at(const struct detect_in *in, uint32_t i)
{
    if (i >= in->text->main_count || in->known[i] == KNOWN_NONE)
        return NULL;
    return &known_words[in->known[i] - 1];
}

bool known_is(const struct detect_in *in, uint32_t i, uint32_t features)
{
    const struct known_word *k = known_at(in, i);
    return k && (k->features & features);
}

static int number_word(const struct detect_in *in, uint32_t i)
{
    const struct known_word *k = known_at(in, i);
    return k ? k->value : 0;
}

uint32_t number_at(const struct detect_in *in, uint32_t i, double *value)
{
    if (token_number(in, i, value))
        return 1;
    int first = number_word(in, i);
    if (first == 0 || first == 100)
        return 0;
    int next = token_joins(in, i) ? number_word(in, i + 1) : 0;
    *value = first;
    if (first >= 20 && next > 0 && next < 10) {
        *value += next;
        return 2;
    }
    if (next == 100) {
        *value *= 100;
        return 2;
    }
    return 1;
}

bool code_split(
    const struct detect_in *in, uint32_t i, double *number, struct str *letters)
{
    const struct token *t = token_at(in, i);
    size_t end = 0;
    if (!t || t->kind != TOKEN_CODE)
        return false;
    while (end < t->word.len &&
           (byte_is_digit(t->word.ptr[end]) || t->word.ptr[end] == '.' ||
               t->word.ptr[end] == ','))
        end++;
    *letters = str_from(t->word, end);
    for (size_t k = 0; k < letters->len; k++)
        if (byte_is_digit(letters->ptr[k]))
            return false;
    return end > 0 && letters->len > 0 &&
           str_number(str_part(t->word, 0, end), number);
}

static bool is_listed(const struct detect_in *in, struct str word)
{
    return in->words->has(in->words->ctx, str_hash(word));
}

/* The dictionary lists stems: endings are taken off. */
bool is_unknown_word(const struct detect_in *in, uint32_t i)
{
    static const struct str endings[] = {STR_INIT("s"), STR_INIT("es"),
        STR_INIT("ed"), STR_INIT("d"), STR_INIT("ing"), STR_INIT("er"),
        STR_INIT("ly"), STR_INIT("ers"), STR_INIT("ings"), STR_INIT("ness")};
    const struct token *t = token_at(in, i);
    char stem[40];

    if (!t || !in->words)
        return t != NULL;
    if (is_listed(in, t->word))
        return false;
    for (size_t k = 0; k < PL_COUNT(endings); k++) {
        size_t len = t->word.len - endings[k].len;
        if (!str_ends(t->word, endings[k]) || len < 3 || len + 1 > sizeof stem)
            continue;
        memcpy(stem, t->word.ptr, len);
        if (is_listed(in, (struct str){stem, len}))
            return false;
        stem[len] = 'e'; /* hoping */
        if (is_listed(in, (struct str){stem, len + 1}))
            return false;
        stem[len - 1] = 'y'; /* ponies */
        if (is_listed(in, (struct str){stem, len}))
            return false;
        if (len > 3 && t->word.ptr[len - 1] == t->word.ptr[len - 2] &&
            is_listed(in, (struct str){t->word.ptr, len - 1}))
            return false; /* stopped */
    }
    return true;
}

/* ---- hits ------------------------------------------------------------------------ */

struct hit *hit_bytes(
    const struct detect_in *in, struct hits *out, struct span at)
{
    struct hit *h = VEC_PUSH(in->arena, out);
    *h = (struct hit){.at = at};
    text_tokens(in->text, at, &h->tok_beg, &h->tok_end);
    h->head = h->tok_beg;
    return h;
}

struct hit *hit_tokens(
    const struct detect_in *in, struct hits *out, uint32_t beg, uint32_t end)
{
    struct hit *h = VEC_PUSH(in->arena, out);
    const struct token *t = in->text->tokens;
    *h = (struct hit){
        .at = {t[beg].at.beg, t[end - 1].at.end},
        .tok_beg = beg,
        .tok_end = end,
        .head = beg,
    };
    /* A final 's is not part of a name. */
    if (t[end - 1].flags & TOKEN_POSSESSIVE)
        h->at.end -= 2;
    return h;
}

enum { FACTS_MAX = 8 };

void hit_add_fact(
    const struct detect_in *in, struct hit *h, uint32_t id, double number)
{
    struct fact *facts = ARENA_NEW(in->arena, struct fact, FACTS_MAX);
    if (h->fact_count >= FACTS_MAX)
        return;
    if (h->fact_count)
        memcpy(facts, h->facts, h->fact_count * sizeof *facts);
    facts[h->fact_count++] = (struct fact){id, number};
    h->facts = facts;
}

const struct hit *lexicon_at(
    const struct detect_in *in, enum detect_lexicon which, uint32_t i)
{
    const struct hits *hits = &in->lexicon[which];
    size_t low = 0, high = hits->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (hits->items[mid].tok_beg < i)
            low = mid + 1;
        else
            high = mid;
    }
    return low < hits->count && hits->items[low].tok_beg == i
               ? &hits->items[low]
               : NULL;
}

bool hit_has(const struct hit *h, uint32_t fact, double *number)
{
    for (uint32_t i = 0; i < h->fact_count; i++)
        if (h->facts[i].id == fact) {
            *number = h->facts[i].number;
            return true;
        }
    return false;
}

/* ---- features ----------------------------------------------------------------------- */

/* What a byte says by itself; LOOK: by what stands around it. */
enum { LOOK = 1 << 30 };
static const uint32_t features_of_byte[256] = {
    ['0'] = FEATURE_DIGIT, ['1'] = FEATURE_DIGIT, ['2'] = FEATURE_DIGIT,
    ['3'] = FEATURE_DIGIT, ['4'] = FEATURE_DIGIT, ['5'] = FEATURE_DIGIT,
    ['6'] = FEATURE_DIGIT, ['7'] = FEATURE_DIGIT, ['8'] = FEATURE_DIGIT,
    ['9'] = FEATURE_DIGIT, ['%'] = FEATURE_PERCENT, ['@'] = FEATURE_AT,
    ['#'] = FEATURE_HASH, ['$'] = FEATURE_MONEY, [0xC2] = FEATURE_MONEY,
    [0xE2] = FEATURE_MONEY, ['/'] = LOOK, ['.'] = LOOK,
};

static uint32_t features_around(struct str s, size_t i)
{
    if (i == 0)
        return 0;
    if (s.ptr[i] == '/') /* u/somebody */
        return s.ptr[i - 1] == 'u' ? FEATURE_AT : 0;
    return i + 1 < s.len && byte_is_alnum(s.ptr[i - 1]) &&
            byte_is_alpha(s.ptr[i + 1])
        ? FEATURE_DOT
        : 0;
}

static uint32_t byte_features(struct str s)
{
    uint32_t features = 0;
    for (size_t i = 0; i < s.len; i++) {
        uint32_t own = features_of_byte[(unsigned char)s.ptr[i]];
        features |= own & LOOK ? features_around(s, i) : own;
    }
    return features;
}

/* so_far: what is known of the text already need not be asked again. */
static uint32_t token_features(
    const struct detect_in *in, uint32_t i, uint32_t so_far)
{
    const struct token *t = &in->text->tokens[i];
    uint32_t features = 0;
    if (t->kind == TOKEN_EMOJI)
        return FEATURE_EMOJI;
    if (t->kind == TOKEN_LINK || t->kind == TOKEN_EMAIL)
        return FEATURE_LINK;
    if (t->kind == TOKEN_CODE)
        return FEATURE_MONEY;
    const struct known_word *k = known_at(in, i);
    if (k)
        features |= k->features;
    if ((t->flags & TOKEN_CAPITAL) && !(so_far & FEATURE_NAME) &&
        (t->word.len == 1 || (i > 0 && is_unknown_word(in, i))))
        features |= FEATURE_NAME;
    return features;
}

static void know_words(struct detect_in *in)
{
    const struct text *t = in->text;
    struct known_index own = {{0}};
    uint8_t *known = ARENA_NEW(in->arena, uint8_t, t->main_count + (size_t)1);
    if (!in->index)
        own = known_index_make();
    for (uint32_t i = 0; i < t->main_count; i++)
        known[i] = known_find(in->index ? in->index : &own, &t->tokens[i]);
    in->known = known;
}

uint32_t detect_prepare(struct detect_in *in)
{
    uint32_t features = byte_features(in->text->folded);
    if (in->lexicon[DETECT_FIRST_NAMES].count ||
        in->lexicon[DETECT_SURNAMES].count || in->lexicon[DETECT_TITLES].count)
        features |= FEATURE_NAME;
    know_words(in);
    for (uint32_t i = 0; i < in->text->main_count; i++)
        features |= token_features(in, i, features);
    if (in->text->quote_count)
        features |= FEATURE_QUOTE;
    if (in->text->hidden_count)
        features |= FEATURE_HIDDEN;
    if (in->lexicon[DETECT_PLACES].count)
        features |= FEATURE_PLACE;
    if (in->lexicon[DETECT_FACILITIES].count)
        features |= FEATURE_FACILITY;
    return features;
}
