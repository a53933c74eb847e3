/* SPDX-License-Identifier: MIT */
/*
 * valid_health.c - numbers of patients, insured people and prescribers.
 *
 * Each function names the rule of its issuer; the unit test has worked
 * numbers that fit and numbers that do not.
 */
#include <string.h>

#include "base/attr.h"
#include "match/validator.h"

/* ---- Britain ----------------------------------------------------------- */

/* NHS Data Dictionary, NHS NUMBER: weights 10 to 2, 11 minus the remainder;
   11 is written 0, 10 is never issued. Ten equal digits pass the sum and are
   none. Northern Ireland and Scotland follow the same sum. */
bool valid_mod11_nhs(struct str s)
{
    static const int weights[] = {10, 9, 8, 7, 6, 5, 4, 3, 2};
    bool same = true;
    if (s.len != 10 || !all_digits(s))
        return false;
    for (size_t i = 1; i < 10; i++)
        same = same && s.ptr[i] == s.ptr[0];
    int check = 11 - weighted(s, weights, 9) % 11;
    return !same && check != 10 && check % 11 == digit_of(s.ptr[9]);
}

/* Public Health Scotland, CHI: date of birth DDMMYY in front; the ninth digit
   is even for women, odd for men, so any digit fits. */
bool valid_mod11_chi(struct str s)
{
    return s.len == 10 && all_digits(s) &&
           is_day_month(two_digits(s, 0), two_digits(s, 2)) &&
           valid_mod11_nhs(s);
}

/* Numbers of Northern Ireland lie in 320 000 0010 to 399 999 9999. */
bool valid_mod11_hc(struct str s)
{
    return valid_mod11_nhs(s) && s.ptr[0] == '3' && s.ptr[1] >= '2';
}

/* ---- United States ----------------------------------------------------- */

/* CMS, MBI format: C A AN N A AN N A A N N without S L O I B Z; no check
   digit. */
bool valid_mbi(struct str s)
{
    if (!has_form(s, "9AX9AX9AA99") || s.ptr[0] == '0')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (strchr("SLOIBZ", s.ptr[i]))
            return false;
    return true;
}

/* CMS, NPI check digit: Luhn over 80840 and the number. */
bool valid_luhn_npi(struct str s)
{
    char with[15] = "80840";
    if (s.len != 10 || !all_digits(s) || (s.ptr[0] != '1' && s.ptr[0] != '2'))
        return false;
    memcpy(with + 5, s.ptr, 10);
    return valid_luhn((struct str){with, 15});
}

/* DEA registration: kind of registrant, initial or 9, then d1 + d3 + d5 and
   twice d2 + d4 + d6 end in d7. */
bool valid_dea(struct str s)
{
    if (s.len != 9 || !all_digits(str_from(s, 2)) ||
        !strchr("ABCDEFGHJKLMPRSTUX", s.ptr[0]) ||
        !(byte_is_upper(s.ptr[1]) || s.ptr[1] == '9'))
        return false;
    static const int weights[] = {1, 2, 1, 2, 1, 2};
    struct str d = str_from(s, 2);
    return weighted(d, weights, 6) % 10 == digit_of(d.ptr[6]);
}

/* ---- Canada ------------------------------------------------------------ */

/* Ontario Ministry of Health: ten digits with Luhn, the first not 0, perhaps
   a version of one or two letters. */
bool valid_ohip(struct str s)
{
    return s.len >= 10 && s.len <= 12 && s.ptr[0] != '0' &&
           valid_luhn(str_part(s, 0, 10)) &&
           (s.len < 11 || byte_is_upper(s.ptr[10])) &&
           (s.len < 12 || byte_is_upper(s.ptr[11]));
}

/* British Columbia, PHN: 9, eight digits each times its weight modulo 11, and
   11 minus the sum. */
bool valid_bc_phn(struct str s)
{
    static const int weights[] = {2, 4, 8, 5, 10, 9, 7, 3};
    int sum = 0;
    if (s.len != 10 || !all_digits(s) || s.ptr[0] != '9')
        return false;
    for (size_t i = 0; i < 8; i++)
        sum += digit_of(s.ptr[i + 1]) * weights[i] % 11;
    return (11 - sum % 11) % 11 == digit_of(s.ptr[9]);
}

/* RAMQ: three letters of the surname and one of the first name, year, month
   (50 more for women) and day of birth, two administrative characters whose
   check is not published. */
bool valid_ramq(struct str s)
{
    if (!has_form(s, "AAAA99999999"))
        return false;
    int month = two_digits(s, 6);
    return is_day_month(two_digits(s, 8), month > 50 ? month - 50 : month);
}

/* ---- Australia --------------------------------------------------------- */

/* Services Australia: weights 1 3 7 9, the sum's last digit is the ninth; then
   the card's issue and perhaps the person's place on it. */
bool valid_medicare_au(struct str s)
{
    static const int weights[] = {1, 3, 7, 9, 1, 3, 7, 9};
    return (s.len == 10 || s.len == 11) && all_digits(s) && s.ptr[0] >= '2' &&
           s.ptr[0] <= '6' &&
           weighted(s, weights, 8) % 10 == digit_of(s.ptr[8]);
}

/* DVA file: state, a war code of up to three letters, up to six digits and
   perhaps a letter for a dependant. */
bool valid_dva(struct str s)
{
    size_t letters = 0, digits = 0;
    while (letters < s.len && byte_is_upper(s.ptr[letters]))
        letters++;
    while (letters + digits < s.len && byte_is_digit(s.ptr[letters + digits]))
        digits++;
    size_t rest = s.len - letters - digits;
    return letters >= 2 && letters <= 4 && digits >= 2 && digits <= 6 &&
           strchr("NVQSWT", s.ptr[0]) &&
           (rest == 0 || (rest == 1 && byte_is_upper(s.ptr[s.len - 1])));
}

/* Healthcare Identifiers Service: 800360 and Luhn (80036 1 and 2 are staff and
   organisations). */
bool valid_ihi_au(struct str s)
{
    return s.len == 16 && str_starts(s, STR("800360")) && valid_luhn(s);
}

/* ---- New Zealand ------------------------------------------------------- */

/* HISO 10046: letters without I and O count from 1. */
static int nhi_value(char c)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    if (byte_is_digit(c))
        return digit_of(c);
    const char *at = strchr(letters, c);
    return at ? (int)(at - letters) + 1 : 0;
}

static int nhi_sum(struct str s)
{
    int sum = 0;
    for (int i = 0; i < 6; i++)
        sum += nhi_value(s.ptr[i]) * (7 - i);
    return sum;
}

static bool nhi_letters(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (byte_is_upper(s.ptr[i]) && nhi_value(s.ptr[i]) == 0)
            return false;
    return true;
}

/* AAANNNC, modulus 11; a remainder of 0 is not used. */
bool valid_nhi_old(struct str s)
{
    if (!has_form(s, "AAA9999") || !nhi_letters(s))
        return false;
    int rest = nhi_sum(s) % 11;
    return rest != 0 && (11 - rest) % 10 == digit_of(s.ptr[6]);
}

/* AAANNAC: the check letter is the modulus less the remainder. What a remainder
   of 0 would be is not said, so any letter fits. */
static bool nhi_letter_check(struct str s, int modulus)
{
    if (!has_form(s, "AAA99AA") || !nhi_letters(s))
        return false;
    int rest = nhi_sum(s) % modulus;
    return rest == 0 || modulus - rest == nhi_value(s.ptr[6]);
}

bool valid_nhi_new(struct str s)
{
    return nhi_letter_check(s, 23);
}

/* As earlier papers of the new form have it, and much software. */
bool valid_nhi_new24(struct str s)
{
    return nhi_letter_check(s, 24);
}

bool valid_nhi(struct str s)
{
    return valid_nhi_old(s) || valid_nhi_new(s) || valid_nhi_new24(s);
}

/* ---- Ireland, India, Europe -------------------------------------------- */

/* HSE: a GS1 service relation number of 18 digits. */
bool valid_ihi_ie(struct str s)
{
    return s.len == 18 && valid_gs1(s);
}

/* National Health Authority: fourteen digits; a check is not published. */
bool valid_abha(struct str s)
{
    return s.len == 14 && all_digits(s) && s.ptr[0] != '0';
}

/* Decision S2 of the Administrative Commission, field 8: ten digits for the
   issuer, 80 and the country (ISO 3166, numeric) in front, ten for the card. */
bool valid_ehic(struct str s)
{
    static const char *const countries[] = {"040", "056", "100", "191", "196",
        "203", "208", "233", "246", "250", "276", "300", "348", "352", "372",
        "380", "428", "438", "440", "442", "470", "528", "578", "616", "620",
        "642", "703", "705", "724", "752", "756", "826"};
    if (s.len != 20 || !all_digits(s) || !str_starts(s, STR("80")))
        return false;
    for (size_t i = 0; i < PL_COUNT(countries); i++)
        if (str_eqz(str_part(s, 2, 5), countries[i]))
            return true;
    return false;
}

/* SGB V, section 290: the letter as two digits, weights 1 and 2 in turn, sums
   of digits, modulus 10. */
bool valid_kvnr(struct str s)
{
    if (!has_form(s, "A999999999"))
        return false;
    int letter = s.ptr[0] - 'A' + 1;
    int sum = letter / 10 + letter % 10 * 2 % 10 + letter % 10 * 2 / 10;
    for (size_t i = 1; i < 9; i++) {
        int product = digit_of(s.ptr[i]) * (i % 2 == 1 ? 1 : 2);
        sum += product / 10 + product % 10;
    }
    return sum % 10 == digit_of(s.ptr[9]);
}
