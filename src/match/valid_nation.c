/* SPDX-License-Identifier: MIT */
/* valid_nation.c - numbers that states give to people, as their issuers say. */
#include <string.h>

#include "base/attr.h"
#include "match/validator.h"

/* ---- English-speaking countries ---------------------------------------- */

/* HMRC, NIM39110: two letters (neither D F I Q U V, the second not O, some
   pairs never), six digits, A to D or nothing. */
bool valid_national_insurance(struct str s)
{
    static const char *const barred[] = {
        "BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    if (!has_form(s, "AA999999") &&
        !(has_form(s, "AA999999A") && s.ptr[8] <= 'D'))
        return false;
    if (strchr("DFIQUV", s.ptr[0]) || strchr("DFIQUVO", s.ptr[1]))
        return false;
    for (size_t i = 0; i < PL_COUNT(barred); i++)
        if (str_eqz(str_part(s, 0, 2), barred[i]))
            return false;
    return true;
}

/* SSA: no area 000, 666 or 9xx, no group 00, no serial 0000. */
bool valid_ssn(struct str s)
{
    if (s.len != 9 || !all_digits(s))
        return false;
    int area = digit_of(s.ptr[0]) * 100 + two_digits(s, 1);
    return area != 0 && area != 666 && area < 900 && two_digits(s, 3) != 0 &&
           two_digits(s, 5) * 100 + two_digits(s, 7) != 0;
}

/* IRS: begins with 9, the fourth and fifth digit in the ranges in use. */
bool valid_itin(struct str s)
{
    if (s.len != 9 || !all_digits(s) || s.ptr[0] != '9')
        return false;
    int group = two_digits(s, 3);
    return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) ||
           (group >= 90 && group <= 99 && group != 93);
}

/* Service Canada: nine digits with Luhn; 0 and 8 do not begin a person's. */
bool valid_sin_ca(struct str s)
{
    return s.len == 9 && valid_luhn(s) && s.ptr[0] != '0' && s.ptr[0] != '8';
}

/* Department of Home Affairs: YYMMDD, sequence, citizenship 0 to 2, 8 or 9,
   Luhn. */
bool valid_sa_id(struct str s)
{
    return s.len == 13 && all_digits(s) &&
           is_day_month(two_digits(s, 4), two_digits(s, 2)) &&
           s.ptr[10] <= '2' && s.ptr[11] >= '8' && valid_luhn(s);
}

/* Ireland, Department of Social Protection: seven digits by 8 to 2, a second
   letter A, B or H by 9, modulus 23; an old W, T or X does not count. */
bool valid_pps(struct str s)
{
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2};
    if (!has_form(s, "9999999A") && !has_form(s, "9999999AA"))
        return false;
    int sum = weighted(s, weights, 7);
    if (s.len == 9 && strchr("ABH", s.ptr[8]))
        sum += (s.ptr[8] - 'A' + 1) * 9;
    else if (s.len == 9 && !strchr("WTX", s.ptr[8]))
        return false;
    return s.ptr[7] == (sum % 23 == 0 ? 'W' : (char)('A' + sum % 23 - 1));
}

/* ---- India ------------------------------------------------------------- */

/* The group's own multiplication: d5 as rotations 0-4 and reflections 5-9. */
static int dihedral(int a, int b)
{
    if (a < 5)
        return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    return b < 5 ? 5 + (a - b) % 5 : (a - b + 5) % 5;
}

/* J. Verhoeff, Error detecting decimal codes (1969). */
bool valid_verhoeff(struct str s)
{
    static const int first[] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int check = 0;
    if (!all_digits(s))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        int d = digit_of(s.ptr[s.len - 1 - i]);
        for (size_t k = 0; k < i % 8; k++)
            d = first[d];
        check = dihedral(check, d);
    }
    return check == 0;
}

static bool is_palindrome(struct str s)
{
    for (size_t i = 0; i < s.len / 2; i++)
        if (s.ptr[i] != s.ptr[s.len - 1 - i])
            return false;
    return true;
}

/* UIDAI: twelve digits, the first 2 to 9, no palindrome. */
bool valid_aadhaar(struct str s)
{
    return s.len == 12 && s.ptr[0] >= '2' && valid_verhoeff(s) &&
           !is_palindrome(s);
}

/* UIDAI, virtual ID: sixteen digits with the same check. */
bool valid_aadhaar_vid(struct str s)
{
    return s.len == 16 && s.ptr[0] >= '2' && valid_verhoeff(s);
}

/* ---- Europe ------------------------------------------------------------ */

/* Remainder of the number that digits [beg, end) write. */
static int remainder_of(struct str s, size_t beg, size_t end, int modulus)
{
    int rest = 0;
    for (size_t i = beg; i < end; i++)
        rest = (rest * 10 + digit_of(s.ptr[i])) % modulus;
    return rest;
}

/* INSEE, NIR: sex, year, month, place (Corsica 2A, 2B), order; key 97 minus
   the remainder. */
bool valid_nir(struct str s)
{
    char plain[15];
    if (s.len != 15)
        return false;
    memcpy(plain, s.ptr, 15);
    if (s.ptr[6] == 'A' || s.ptr[6] == 'B')
        memcpy(plain + 5, s.ptr[6] == 'A' ? "19" : "18", 2);
    struct str p = {plain, 15};
    return all_digits(p) && (p.ptr[0] == '1' || p.ptr[0] == '2') &&
           97 - remainder_of(p, 0, 13, 97) == two_digits(p, 13);
}

/* DM 12 March 1974, n. 2227: characters in odd places have values of their
   own, those in even places their rank; modulus 26. Digits may be replaced by
   letters where two people would share a code. */
bool valid_codice_fiscale(struct str s)
{
    static const int odd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20,
        11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    if (!has_form(s, "AAAAAAXXAXXAXXXA"))
        return false;
    for (size_t i = 0; i < 15; i++) {
        int rank =
            byte_is_digit(s.ptr[i]) ? digit_of(s.ptr[i]) : s.ptr[i] - 'A';
        sum += i % 2 == 0 ? odd[rank] : rank;
    }
    return strchr("ABCDEHLMPRST", s.ptr[8]) && s.ptr[15] == 'A' + sum % 26;
}

/* RvIG: weights 9 to 2 and -1, modulus 11. */
bool valid_bsn(struct str s)
{
    static const int weights[] = {9, 8, 7, 6, 5, 4, 3, 2, -1};
    return s.len == 9 && all_digits(s) && weighted(s, weights, 9) % 11 == 0 &&
           weighted(s, weights, 8) != 0;
}

/* Skatteverket: YYMMDD (day 60 more for a co-ordination number) and Luhn over
   ten digits, a century before them or not. */
bool valid_personnummer(struct str s)
{
    if (s.len == 12 && (str_starts(s, STR("19")) || str_starts(s, STR("20"))))
        s = str_from(s, 2);
    if (s.len != 10 || !all_digits(s))
        return false;
    int day = two_digits(s, 4);
    return is_day_month(day > 60 ? day - 60 : day, two_digits(s, 2)) &&
           valid_luhn(s);
}

/* Skatteetaten: DDMMYY (40 more for a D number) and two digits modulo 11. */
bool valid_fodselsnummer(struct str s)
{
    static const int first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    static const int second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    if (s.len != 11 || !all_digits(s))
        return false;
    int day = two_digits(s, 0);
    return is_day_month(day > 40 ? day - 40 : day, two_digits(s, 2)) &&
           weighted(s, first, 10) % 11 == 0 &&
           weighted(s, second, 11) % 11 == 0;
}

/* Digital and Population Data Services Agency: DDMMYY, the century's sign
   (a hyphen is gone here, a letter is not), three digits, a character by the
   remainder of nine digits over 31. */
bool valid_hetu(struct str s)
{
    static const char letters[] = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    char plain[9];
    size_t at = s.len == 11 ? 7 : 6;
    if ((s.len != 10 && s.len != 11) || !all_digits(str_part(s, 0, 6)) ||
        !all_digits(str_part(s, at, at + 3)) ||
        (s.len == 11 && !byte_is_upper(s.ptr[6])))
        return false;
    memcpy(plain, s.ptr, 6);
    memcpy(plain + 6, s.ptr + at, 3);
    struct str p = {plain, 9};
    return is_day_month(two_digits(p, 0), two_digits(p, 2)) &&
           letters[remainder_of(p, 0, 9, 31)] == s.ptr[s.len - 1];
}

/* CPR-kontoret gave up the check digit in 2007. */
bool valid_cpr(struct str s)
{
    return s.len == 10 && all_digits(s) &&
           is_day_month(two_digits(s, 0), two_digits(s, 2));
}

/* Poland: weights 1 3 7 9, months 20 to 80 more for other centuries. */
bool valid_pesel(struct str s)
{
    static const int weights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    return s.len == 11 && all_digits(s) &&
           is_day_month(two_digits(s, 4), two_digits(s, 2) % 20) &&
           weighted(s, weights, 11) % 10 == 0;
}

/* Spain: the letter by the remainder over 23; X, Y, Z of a NIE are 0, 1, 2. */
bool valid_dni(struct str s)
{
    char plain[8];
    if (!has_form(s, "99999999A") &&
        !(has_form(s, "A9999999A") && strchr("XYZ", s.ptr[0])))
        return false;
    memcpy(plain, s.ptr, 8);
    if (byte_is_upper(plain[0]))
        plain[0] = (char)('0' + plain[0] - 'X');
    return s.ptr[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[remainder_of(
                           (struct str){plain, 8}, 0, 8, 23)];
}

/* Belgium: 97 minus the remainder of nine digits, 2 before them from 2000. */
bool valid_rijksregister(struct str s)
{
    if (s.len != 11 || !all_digits(s) || two_digits(s, 2) > 12)
        return false;
    int rest = remainder_of(s, 0, 9, 97), key = two_digits(s, 9);
    /* 2 followed by nine digits is 2,000,000,000 more. */
    int later = (int)((rest + 2000000000L) % 97);
    return key == 97 - rest || key == 97 - later;
}

/* Switzerland: 756 and the check digit of an EAN-13. */
bool valid_ahv(struct str s)
{
    return s.len == 13 && str_starts(s, STR("756")) && valid_gs1(s);
}

/* DVLA: five of the surname (9s after a short one), decade, month (50 more for
   women), day and year of birth, initials, a character and two letters. */
bool valid_dvla(struct str s)
{
    if (!has_form(s, "XXXXX999999XXXAA") || !byte_is_upper(s.ptr[0]))
        return false;
    int month = two_digits(s, 6);
    return is_day_month(two_digits(s, 8), month > 50 ? month - 50 : month);
}
