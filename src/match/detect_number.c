/* SPDX-License-Identifier: MIT */
/* detect_number.c - percentages, doses, money, numbers, digits, codes. */
#include <string.h>

#include "match/detector.h"
#include "match/valid.h"

void detect_number(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        double value;
        uint32_t count = number_at(in, i, &value);
        if (count)
            hit_add_fact(
                in, hit_tokens(in, out, i, i + count), FACT_VALUE, value);
        i += count ? count : 1;
    }
}

void detect_percent(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        const struct token *t = &in->text->tokens[i];
        double value;
        if (t->kind == TOKEN_NUMBER && str_ends(t->word, STR("%"))) {
            if (str_number(str_part(t->word, 0, t->word.len - 1), &value))
                hit_add_fact(
                    in, hit_tokens(in, out, i, i + 1), FACT_VALUE, value);
            continue;
        }
        uint32_t count = number_at(in, i, &value);
        uint32_t next = i + count, end = 0;
        if (count == 0)
            continue;
        if (token_in(in, next, WORDS("percent", "pct")))
            end = next + 1;
        else if (token_is(in, next, "per") && token_is(in, next + 1, "cent"))
            end = next + 2;
        if (end)
            hit_add_fact(in, hit_tokens(in, out, i, end), FACT_VALUE, value);
    }
}

static bool is_dose_unit(struct str s)
{
    static const char *const units[] = {"mg", "mgs", "mcg", "ug", "\xC2\xB5g",
        "\xCE\xBCg", "g", "ml", "mls", "iu", "units", "unit", "puffs", "puff",
        "tablets", "tablet", "tabs", "tab", "pills", "pill", "capsules",
        "capsule", "caps", "drops", "sprays", "grams", "milligrams",
        "micrograms", "lozenges", "gummies", "teaspoons", "tsp"};
    for (size_t i = 0; i < PL_COUNT(units); i++)
        if (str_eqz(s, units[i]))
            return true;
    return false;
}

void detect_dose(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        double value;
        struct str letters;
        if (code_split(in, i, &value, &letters)) {
            if (is_dose_unit(letters))
                hit_add_fact(
                    in, hit_tokens(in, out, i, i + 1), FACT_VALUE, value);
            continue;
        }
        uint32_t count = number_at(in, i, &value);
        const struct token *unit = token_at(in, i + count);
        if (count && unit && token_joins(in, i + count - 1) &&
            is_dose_unit(unit->word))
            hit_add_fact(
                in, hit_tokens(in, out, i, i + count + 1), FACT_VALUE, value);
    }
}

/* Bytes of a currency sign that ends right before an offset. */
static uint32_t sign_before(struct str s, uint32_t at)
{
    static const struct str signs[] = {STR_INIT("$"), STR_INIT("\xC2\xA3"),
        STR_INIT("\xE2\x82\xAC"), STR_INIT("\xE2\x82\xB9"),
        STR_INIT("\xE2\x82\xA6"), STR_INIT("ksh"), STR_INIT("ksh "),
        STR_INIT("rs"), STR_INIT("rs "), STR_INIT("rs. ")};
    for (size_t i = 0; i < PL_COUNT(signs); i++)
        if (at >= signs[i].len &&
            str_eq(str_part(s, at - signs[i].len, at), signs[i]) &&
            !(byte_is_alpha(signs[i].ptr[0]) && at > signs[i].len &&
                byte_is_alpha(s.ptr[at - signs[i].len - 1])))
            return (uint32_t)signs[i].len;
    return 0;
}

void detect_money(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        const struct token *t = &in->text->tokens[i];
        double value = 0;
        struct str letters = STR("");
        uint32_t count = number_at(in, i, &value);
        bool code = count == 0 && code_split(in, i, &value, &letters);
        uint32_t sign = sign_before(in->text->folded, t->at.beg);
        if (!count && !code)
            continue;
        if (sign && (count || letters.len <= 2)) {
            struct span at = {t->at.beg - sign, t->at.end};
            hit_add_fact(in, hit_bytes(in, out, at), FACT_VALUE, value);
        } else if (count &&
                   token_in(in, i + count,
                       WORDS("pounds", "quid", "dollars", "bucks", "euros",
                           "naira", "rand", "rupees", "shillings", "gbp", "usd",
                           "lakh", "grand"))) {
            hit_add_fact(
                in, hit_tokens(in, out, i, i + count + 1), FACT_VALUE, value);
        }
    }
}

enum { NUMBER_LEAST = 5, CODE_LEAST = 4, CODE_DIGITS = 2 };

/* A run of words for digits, figures among them ("double oh seven, 900"), from
   byte i: its length, or 0 if fewer than half are words. */
static uint32_t spelled_at(struct str s, uint32_t i, size_t *end)
{
    char out[32];
    size_t words = 0, digits;
    digits = valid_spelled(str_from(s, i), out, sizeof out, end);
    for (size_t k = i; k < i + *end; k++)
        words +=
            byte_is_alpha(s.ptr[k]) && !(k > i && byte_is_alpha(s.ptr[k - 1]));
    bool whole = i + *end >= s.len || !byte_is_alnum(s.ptr[i + *end]);
    return whole && words * 2 >= digits ? (uint32_t)digits : 0;
}

/* Two letters are enough to pass over most words: zero, oh, one, two ... */
static bool may_be_spelled(struct str s, uint32_t i)
{
    char next = i + 1 < s.len ? s.ptr[i + 1] : ' ';
    switch (s.ptr[i]) {
    case 'z':
        return next == 'e';
    case 'o':
        return next == 'h' || next == 'n' || !byte_is_alpha(next);
    case 't':
        return next == 'w' || next == 'h' || next == 'r';
    case 'f':
    case 's':
        return next == 'i' || next == 'o' || next == 'e';
    case 'n':
        return next == 'i' || next == 'o';
    case 'd':
        return next == 'o';
    default:
        return false;
    }
}

uint32_t number_spelled(struct str s, uint32_t i, uint32_t *end)
{
    size_t size;
    bool starts = may_be_spelled(s, i) &&
                  !(i > 0 && byte_is_alnum(s.ptr[i - 1]));
    uint32_t digits = starts ? spelled_at(s, i, &size) : 0;
    *end = digits ? i + (uint32_t)size : i;
    return digits;
}

/* The end of digits in groups parted by one blank, hyphen or dot. */
static uint32_t groups_end(struct str s, uint32_t i, uint32_t *digits)
{
    uint32_t end = i;
    *digits = 0;
    for (uint32_t k = i; k < s.len; k++) {
        if (byte_is_digit(s.ptr[k])) {
            ++*digits;
            end = k + 1;
        } else if (!(strchr(" -.", s.ptr[k]) && k + 1 < s.len &&
                       byte_is_digit(s.ptr[k + 1]))) {
            break;
        }
    }
    return end;
}

/* Do letters follow, so that the digits are part of a code ("00417-B")? */
static bool is_part_of_code(struct str s, uint32_t end)
{
    return end < s.len && (byte_is_alpha(s.ptr[end]) ||
                              (s.ptr[end] == '-' && end + 1 < s.len &&
                                  byte_is_alpha(s.ptr[end + 1])));
}

/* Five digits or more, in groups, together or spelled out. */
void detect_digits(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    for (uint32_t i = 0; i < s.len;) {
        uint32_t end = i, digits = 0;
        bool figure = byte_is_digit(s.ptr[i]);
        if (!figure)
            digits = number_spelled(s, i, &end);
        else if (i == 0 || !byte_is_alnum(s.ptr[i - 1]))
            end = groups_end(s, i, &digits);
        if (digits >= NUMBER_LEAST && !is_part_of_code(s, end))
            hit_add_fact(in, hit_bytes(in, out, (struct span){i, end}),
                FACT_LENGTH, digits);
        i = end > i ? end : i + 1;
    }
}

/* 400mg, 10am, 30th, 1990s, 12yo, 100k: digits, then what they count. */
static bool is_measure(struct str s)
{
    static const char *const ends[] = {"am", "pm", "st", "nd", "rd", "th", "s",
        "k", "m", "bn", "x", "hr", "hrs", "h", "min", "mins", "kg", "kgs", "lb",
        "lbs", "cm", "mm", "km", "mph", "yo", "yr", "yrs", "wks", "w", "f",
        "mb", "gb", "kb", "v", "p", "ish", "y", "hz", "in", "ft", "mi", "px",
        "mmhg"};
    size_t at = 0;
    while (at < s.len && (byte_is_digit(s.ptr[at]) || s.ptr[at] == '.'))
        at++;
    struct str end = str_from(s, at);
    if (at > 4)
        return false;
    for (size_t i = 0; at > 0 && i < PL_COUNT(ends); i++)
        if (str_eqz(end, ends[i]))
            return true;
    return at > 0 && is_dose_unit(end);
}

static void add_code(
    const struct detect_in *in, struct hits *out, struct span at)
{
    struct str s = str_part(in->text->folded, at.beg, at.end);
    double letters = 0, digits = 0;
    for (size_t k = 0; k < s.len; k++) {
        letters += byte_is_alpha(s.ptr[k]);
        digits += byte_is_digit(s.ptr[k]);
    }
    /* Small letters are often a word with a number in it. */
    double more = byte_is_lower(in->text->cased.ptr[at.end - 1]) ||
                  byte_is_lower(in->text->cased.ptr[at.beg]);
    if (letters < 1 || digits < CODE_DIGITS + more ||
        letters + digits < CODE_LEAST + more || is_measure(s))
        return;
    struct hit *h = hit_bytes(in, out, at);
    hit_add_fact(in, h, FACT_LENGTH, letters + digits);
    hit_add_fact(in, h, FACT_LETTERS, letters);
    hit_add_fact(in, h, FACT_DIGITS, digits);
}

/* A part of a code: has digits, is all capitals, or one capital. */
static bool is_code_part(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return t && (t->kind == TOKEN_CODE || t->kind == TOKEN_NUMBER ||
                    (t->kind == TOKEN_WORD &&
                        ((t->flags & TOKEN_CAPS) ||
                            (t->word.len == 1 && (t->flags & TOKEN_CAPITAL)))));
}

static bool is_code_joint(const struct detect_in *in, uint32_t i)
{
    const struct token *t = &in->text->tokens[i];
    char c = byte_after(in, i);
    if (i + 1 >= in->text->main_count)
        return false;
    if (t[1].at.beg == t->at.end) /* #MSK112233 is parted at its digits */
        return (t->flags & t[1].flags & TOKEN_TAGGED) != 0;
    return t[1].at.beg == t->at.end + 1 && (c == '-' || c == '/' || c == '.');
}

/* Letters with two digits or more, four characters at least: one token, or
   several joined by hyphens or slashes ("AB-123456"), letters in capitals. */
void detect_code(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        uint32_t end = i + 1;
        if (is_code_part(in, i)) {
            while (is_code_joint(in, end - 1) && is_code_part(in, end))
                end++;
            const struct token *last = &in->text->tokens[end - 1];
            uint32_t tail = last->flags & TOKEN_POSSESSIVE ? 2 : 0;
            add_code(in, out,
                (struct span){in->text->tokens[i].at.beg, last->at.end - tail});
        }
        i = end;
    }
}
