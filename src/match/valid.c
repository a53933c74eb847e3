/* SPDX-License-Identifier: MIT */
/*
 * valid.c - check digits: the table of validators, what they share, and those
 * of things (cards, vehicles, devices).
 */
#include "match/valid.h"

#include <string.h>

#include "base/attr.h"
#include "match/validator.h"

/* ---- what they share --------------------------------------------------- */

bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!byte_is_digit(s.ptr[i]))
            return false;
    return s.len > 0;
}

bool has_form(struct str s, const char *form)
{
    if (s.len != strlen(form))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool fits = form[i] == '9'   ? byte_is_digit(c)
                    : form[i] == 'A' ? byte_is_upper(c)
                                     : byte_is_digit(c) || byte_is_upper(c);
        if (!fits)
            return false;
    }
    return true;
}

int weighted(struct str s, const int *weights, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += digit_of(s.ptr[i]) * weights[i];
    return sum;
}

bool is_day_month(int day, int month)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

bool valid_luhn(struct str s)
{
    int sum = 0;
    if (!all_digits(s))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        int d = digit_of(s.ptr[s.len - 1 - i]);
        if (i % 2 == 1)
            d = d * 2 > 9 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return sum % 10 == 0;
}

bool valid_gs1(struct str s)
{
    int sum = 0;
    if (!all_digits(s) || s.len < 8 || s.len > 18)
        return false;
    for (size_t i = 0; i < s.len; i++)
        sum += digit_of(s.ptr[s.len - 1 - i]) * (i % 2 == 1 ? 3 : 1);
    return sum % 10 == 0;
}

/* ---- money ------------------------------------------------------------- */

/* ISO 7064 MOD 97-10 over digits and letters, the first four behind the rest. */
static bool mod97(struct str s)
{
    unsigned rest = 0;
    if (s.len < 5)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[(i + 4) % s.len];
        if (byte_is_digit(c))
            rest = (rest * 10 + (unsigned)digit_of(c)) % 97;
        else
            rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
    return rest == 1;
}

static bool iban(struct str s)
{
    return s.len >= 15 && s.len <= 34 && has_form(str_part(s, 0, 4), "AA99") &&
           mod97(s);
}

/* ISO/IEC 7812: the issuer's first digits, the lengths it uses, Luhn. */
static bool payment_card(struct str s)
{
    static const struct {
        int low, high; /* first four digits */
        size_t least, most;
    } brands[] = {
        {3400, 3499, 15, 15}, {3700, 3799, 15, 15}, /* American Express */
        {3000, 3059, 14, 14}, {3600, 3999, 14, 14}, /* Diners Club */
        {3528, 3589, 16, 19},                       /* JCB */
        {4000, 4999, 13, 13}, {4000, 4999, 16, 16}, /* Visa */
        {4000, 4999, 19, 19}, {5100, 5599, 16, 16},
        {2221, 2720, 16, 16},                       /* Mastercard */
        {5000, 5099, 16, 19}, {5600, 5999, 13, 19}, /* Maestro, Verve */
        {6011, 6011, 16, 19}, {6440, 6599, 16, 19}, /* Discover, RuPay */
        {6200, 6299, 16, 19}, {6300, 6399, 16, 19}, /* UnionPay, Maestro */
        {6000, 6099, 16, 19}, {6700, 6799, 13, 19}, /* RuPay, Maestro */
        {8100, 8299, 16, 19},                       /* UnionPay, RuPay */
    };
    if (s.len < 13 || !valid_luhn(s))
        return false;
    int head = two_digits(s, 0) * 100 + two_digits(s, 2);
    for (size_t i = 0; i < PL_COUNT(brands); i++)
        if (head >= brands[i].low && head <= brands[i].high &&
            s.len >= brands[i].least && s.len <= brands[i].most)
            return true;
    return false;
}

/* ---- vehicles ---------------------------------------------------------- */

/* ISO 3779: seventeen characters without I, O and Q. Letters and at least four
   digits, or a word in capitals would do. */
static bool vin_form(struct str s)
{
    int digits = 0, letters = 0;
    if (s.len != 17)
        return false;
    for (size_t i = 0; i < 17; i++) {
        if (!strchr("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", s.ptr[i]))
            return false;
        digits += byte_is_digit(s.ptr[i]);
        letters += byte_is_upper(s.ptr[i]);
    }
    return digits >= 4 && letters >= 2 && byte_is_digit(s.ptr[16]);
}

/* 49 CFR 565.15: the ninth character, of North America. */
static bool vin(struct str s)
{
    static const int values[] = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7,
        0, 9, 2, 3, 4, 5, 6, 7, 8, 9};
    static const int weights[] = {
        8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    if (!vin_form(s))
        return false;
    for (size_t i = 0; i < 17; i++)
        sum += weights[i] * (byte_is_digit(s.ptr[i]) ? digit_of(s.ptr[i])
                                                     : values[s.ptr[i] - 'A']);
    int check = sum % 11;
    return s.ptr[8] == (check == 10 ? 'X' : (char)('0' + check));
}

/* DVLA, INF104: area, age identifier 02 to 29 or 51 to 79, three letters; I and
   Q never, Z only behind. */
static bool plate_gb(struct str s)
{
    if (!has_form(s, "AA99AAA"))
        return false;
    int age = two_digits(s, 2);
    for (size_t i = 0; i < 7; i++)
        if (strchr("IQ", s.ptr[i]) || (i < 2 && s.ptr[i] == 'Z'))
            return false;
    return (age >= 2 && age <= 29) || (age >= 51 && age <= 79);
}

/* ---- devices ----------------------------------------------------------- */

static bool imei(struct str s)
{
    return s.len == 15 && valid_luhn(s);
}

/* Six octets; not those that stand for all, none or a hidden address. */
static bool mac(struct str s)
{
    if (s.len != 12 || str_eqz(s, "000000000000") ||
        str_eqz(s, "FFFFFFFFFFFF") || str_eqz(s, "020000000000"))
        return false;
    for (size_t i = 0; i < 12; i++)
        if (!byte_is_digit(s.ptr[i]) && (s.ptr[i] < 'A' || s.ptr[i] > 'F'))
            return false;
    return true;
}

/* GS1 element string, brackets gone: 01, a GTIN of fourteen digits, the rest. */
static bool udi(struct str s)
{
    return s.len >= 16 && str_starts(s, STR("01")) &&
           valid_gs1(str_part(s, 2, 16));
}

/* ANSI/HIBC 2.6: the sum of all characters modulo 43 is the last. Reads raw
   text, for its signs count. */
static bool hibcc(struct str s)
{
    static const char values[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    size_t sum = 0;
    if (s.len < 6 || s.ptr[0] != '+' || !byte_is_upper(s.ptr[1]))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        const char *at = s.ptr[i] ? strchr(values, s.ptr[i]) : NULL;
        if (!at)
            return false;
        if (i + 1 < s.len)
            sum += (size_t)(at - values);
    }
    return values[sum % 43] == s.ptr[s.len - 1];
}

/* DDMMYYYY, MMDDYYYY or YYYYMMDD. */
static bool date(struct str s)
{
    if (s.len != 8 || !all_digits(s))
        return false;
    return is_day_month(two_digits(s, 0), two_digits(s, 2)) ||
           is_day_month(two_digits(s, 2), two_digits(s, 0)) ||
           is_day_month(two_digits(s, 6), two_digits(s, 4));
}

/* ---- the table --------------------------------------------------------- */

#define X(function, name, about) {name, about, function},
static const struct validator validators[] = {
    VALID_HEALTH_LIST(X) VALID_NATION_LIST(X) VALID_THING_LIST(X)};
#undef X

const struct validator *valid_at(uint32_t index)
{
    return index < PL_COUNT(validators) ? &validators[index] : NULL;
}

size_t valid_count(void)
{
    return PL_COUNT(validators);
}

const struct validator *valid_find(struct str name, uint32_t *index)
{
    for (uint32_t i = 0; i < PL_COUNT(validators); i++)
        if (str_eqz(name, validators[i].name)) {
            *index = i;
            return &validators[i];
        }
    return NULL;
}

/* ---- numbers that are spelled out -------------------------------------- */

static int spelled_digit(struct str word)
{
    static const struct {
        const char *word;
        int digit;
    } words[] = {{"zero", 0}, {"oh", 0}, {"o", 0}, {"nought", 0}, {"one", 1},
        {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6},
        {"seven", 7}, {"eight", 8}, {"nine", 9}};
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_eq_nocase(word, str_of(words[i].word)))
            return words[i].digit;
    return -1;
}

static size_t word_end(struct str s, size_t at)
{
    while (at < s.len && byte_is_alpha(s.ptr[at]))
        at++;
    return at;
}

size_t valid_spelled(struct str s, char *out, size_t cap, size_t *end)
{
    size_t count = 0, times = 1;
    *end = 0;
    for (size_t i = 0; i < s.len;) {
        char c = s.ptr[i];
        size_t stop = word_end(s, i);
        struct str word = str_part(s, i, stop);
        int value = spelled_digit(word);
        if (byte_is_digit(c)) {
            value = digit_of(c);
            stop = i + 1;
        } else if (stop == i) {
            if (!strchr(" ,-.", c) || (i > 0 && s.ptr[i - 1] == c))
                break;
            i++;
            continue;
        }
        if (value < 0) {
            times = str_eq_nocase(word, STR("double"))   ? 2
                    : str_eq_nocase(word, STR("triple")) ? 3
                                                         : 0;
            if (times == 0)
                break;
        } else {
            for (; times > 0 && count < cap; times--)
                out[count++] = (char)('0' + value);
            times = 1;
            *end = stop;
        }
        i = stop;
    }
    return count;
}

/* ---- squeezing --------------------------------------------------------- */

static size_t squeeze(struct str raw, bool signs, char *out, size_t cap)
{
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (byte_is_lower(c))
            c = (char)(c - 'a' + 'A');
        if (!byte_is_alnum(c) && !signs)
            continue;
        if (len == cap)
            return 0;
        out[len++] = c;
    }
    return len;
}

bool valid_accepts(uint32_t index, struct str raw)
{
    char out[96];
    const struct validator *v = &validators[index];
    size_t end, len = squeeze(raw, v->accepts == hibcc, out, sizeof out);
    if (len && v->accepts((struct str){out, len}))
        return true;
    len = valid_spelled(raw, out, sizeof out, &end);
    return len && end == raw.len && v->accepts((struct str){out, len});
}
