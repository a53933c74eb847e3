/* SPDX-License-Identifier: MIT */
/* detect_number.c - percentages, doses, money, numbers, digits, codes. */
#include <string.h>

#include "match/detector.h"

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
            hit_add_fact(in, hit_tokens(in, out, i, i + count + 1), FACT_VALUE,
                value);
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
                WORDS("pounds", "quid", "dollars", "bucks", "euros", "naira",
                    "rand", "rupees", "shillings", "gbp", "usd", "lakh",
                    "grand"))) {
            hit_add_fact(in, hit_tokens(in, out, i, i + count + 1), FACT_VALUE,
                value);
        }
    }
}

/* Digits in groups parted by one blank, hyphen, dot or slash. */
void detect_digits(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    for (uint32_t i = 0; i < s.len;) {
        uint32_t end = i, digits = 0;
        if (!byte_is_digit(s.ptr[i]) ||
            (i > 0 && byte_is_alnum(s.ptr[i - 1]))) {
            i++;
            continue;
        }
        for (uint32_t k = i; k < s.len; k++) {
            if (byte_is_digit(s.ptr[k])) {
                digits++;
                end = k + 1;
            } else if (!(strchr(" -.", s.ptr[k]) && k + 1 < s.len &&
                           byte_is_digit(s.ptr[k + 1]))) {
                break;
            }
        }
        if (end >= s.len || !byte_is_alpha(s.ptr[end]))
            hit_add_fact(in, hit_bytes(in, out, (struct span){i, end}),
                FACT_LENGTH, digits);
        i = end;
    }
}

static void add_code(
    const struct detect_in *in, struct hits *out, uint32_t beg, uint32_t end)
{
    struct str s = str_part(in->text->folded, in->text->tokens[beg].at.beg,
        in->text->tokens[end - 1].at.end);
    double letters = 0, digits = 0;
    for (size_t k = 0; k < s.len; k++) {
        letters += byte_is_alpha(s.ptr[k]);
        digits += byte_is_digit(s.ptr[k]);
    }
    if (letters < 1 || digits < 1)
        return;
    struct hit *h = hit_tokens(in, out, beg, end);
    hit_add_fact(in, h, FACT_LENGTH, letters + digits);
    hit_add_fact(in, h, FACT_LETTERS, letters);
    hit_add_fact(in, h, FACT_DIGITS, digits);
}

/* Letters with digits: one token, or several joined by hyphens or slashes
   ("AB-123456"), letters in capitals. */
void detect_code(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        uint32_t end = i + 1;
        const struct token *t = &in->text->tokens[i];
        bool joins = t->kind == TOKEN_CODE || t->kind == TOKEN_NUMBER ||
            (t->flags & TOKEN_CAPS);
        while (joins && end < in->text->main_count &&
            in->text->tokens[end].at.beg ==
                in->text->tokens[end - 1].at.end + 1 &&
            (byte_after(in, end - 1) == '-' || byte_after(in, end - 1) == '/') &&
            (in->text->tokens[end].kind == TOKEN_CODE ||
                in->text->tokens[end].kind == TOKEN_NUMBER ||
                (in->text->tokens[end].flags & TOKEN_CAPS)))
            end++;
        if (t->kind != TOKEN_LINK && t->kind != TOKEN_EMAIL &&
            t->kind != TOKEN_MENTION && (t->kind != TOKEN_WORD || joins))
            add_code(in, out, i, end);
        i = end;
    }
}
