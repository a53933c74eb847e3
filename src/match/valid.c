/* SPDX-License-Identifier: MIT */
/*
 * valid.c - check digits. Each function names the rule of its issuer; the
 * numbers in the unit test are documented examples or made to fit.
 */
#include "match/valid.h"

#include <string.h>

#include "base/attr.h"

static int digit(char c)
{
    return c - '0';
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!byte_is_digit(s.ptr[i]))
            return false;
    return s.len > 0;
}

/* Sum of digits times weights. */
static int weighted(struct str s, const int *weights, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += digit(s.ptr[i]) * weights[i];
    return sum;
}

/* ISO/IEC 7812-1, annex B; from the right every second digit is doubled. */
static bool luhn(struct str s)
{
    int sum = 0;
    if (!all_digits(s))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        int d = digit(s.ptr[s.len - 1 - i]);
        if (i % 2 == 1)
            d = d * 2 > 9 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return sum % 10 == 0;
}

/* NHS Data Dictionary: weights 10 to 2, 11 minus the remainder; 10 is unused.
   Northern Ireland's H&C number and Scotland's CHI follow the same sum. */
static bool mod11_ten(struct str s)
{
    static const int weights[] = {10, 9, 8, 7, 6, 5, 4, 3, 2};
    if (s.len != 10 || !all_digits(s))
        return false;
    int check = 11 - weighted(s, weights, 9) % 11;
    return (check == 11 ? 0 : check) == digit(s.ptr[9]) && check != 10;
}

static bool is_day_month(int day, int month)
{
    static const int days[] = {
        31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static int two(struct str s, size_t at)
{
    return digit(s.ptr[at]) * 10 + digit(s.ptr[at + 1]);
}

/* CHI: date of birth DDMMYY in front. */
static bool mod11_chi(struct str s)
{
    return s.len == 10 && all_digits(s) &&
        is_day_month(two(s, 0), two(s, 2)) && mod11_ten(s);
}

/* H&C numbers of Northern Ireland lie in 320 000 0010 to 399 999 9999. */
static bool mod11_hc(struct str s)
{
    return mod11_ten(s) && s.ptr[0] == '3' && s.ptr[1] >= '2';
}

/* HMRC: two letters (not D F I Q U V, second not O), six digits, A to D. */
static bool national_insurance(struct str s)
{
    static const char *const barred[] = {
        "BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    if (s.len != 9 || !byte_is_upper(s.ptr[0]) || !byte_is_upper(s.ptr[1]) ||
        !all_digits(str_part(s, 2, 8)) || s.ptr[8] < 'A' || s.ptr[8] > 'D')
        return false;
    if (strchr("DFIQUV", s.ptr[0]) || strchr("DFIQUVO", s.ptr[1]))
        return false;
    for (size_t i = 0; i < PL_COUNT(barred); i++)
        if (str_eqz(str_part(s, 0, 2), barred[i]))
            return false;
    return true;
}

/* SSA: no area 000, 666 or 9xx, no group 00, no serial 0000. */
static bool ssn(struct str s)
{
    if (s.len != 9 || !all_digits(s))
        return false;
    int area = digit(s.ptr[0]) * 100 + two(s, 1);
    return area != 0 && area != 666 && area < 900 && two(s, 3) != 0 &&
        two(s, 5) * 100 + two(s, 7) != 0;
}

/* CMS: 1-9, letter, letter or digit, digit ... letters without S L O I B Z. */
static bool mbi(struct str s)
{
    static const char form[] = "CAXNAXNAANN";
    if (s.len != 11)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool number = byte_is_digit(c) && (form[i] != 'C' || c != '0');
        bool letter = byte_is_upper(c) && !strchr("SLOIBZ", c);
        if (form[i] == 'A' ? !letter
                : form[i] == 'X' ? !(letter || number)
                                 : !number)
            return false;
    }
    return true;
}

/* CMS: Luhn over 80840 and the number. */
static bool luhn_npi(struct str s)
{
    char with[15] = "80840";
    if (s.len != 10 || !all_digits(s) ||
        (s.ptr[0] != '1' && s.ptr[0] != '2'))
        return false;
    memcpy(with + 5, s.ptr, 10);
    return luhn((struct str){with, 15});
}

/* DEA: two letters, then d1+d3+d5 + 2(d2+d4+d6) ends in d7. */
static bool dea(struct str s)
{
    if (s.len != 9 || !byte_is_upper(s.ptr[0]) ||
        !(byte_is_upper(s.ptr[1]) || s.ptr[1] == '9') ||
        !all_digits(str_from(s, 2)))
        return false;
    struct str d = str_from(s, 2);
    int sum = digit(d.ptr[0]) + digit(d.ptr[2]) + digit(d.ptr[4]) +
        2 * (digit(d.ptr[1]) + digit(d.ptr[3]) + digit(d.ptr[5]));
    return sum % 10 == digit(d.ptr[6]);
}

/* Ontario health number: ten digits with Luhn, perhaps a version code. */
static bool ohip(struct str s)
{
    return s.len >= 10 && s.len <= 12 && luhn(str_part(s, 0, 10));
}

/* Medicare Australia: weights 1 3 7 9, the sum's last digit is the ninth. */
static bool medicare_au(struct str s)
{
    static const int weights[] = {1, 3, 7, 9, 1, 3, 7, 9};
    return (s.len == 10 || s.len == 11) && all_digits(s) && s.ptr[0] >= '2' &&
        s.ptr[0] <= '6' && weighted(s, weights, 8) % 10 == digit(s.ptr[8]);
}

/* Individual Healthcare Identifier: 800360 and Luhn. */
static bool ihi(struct str s)
{
    return s.len == 16 && str_starts(s, STR("80036")) && luhn(s);
}

/* NHI (HISO 10046): letters without I and O count from 1. */
static int nhi_value(char c)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    if (byte_is_digit(c))
        return digit(c);
    const char *at = strchr(letters, c);
    return at ? (int)(at - letters) + 1 : -100;
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
    for (size_t i = 0; i < 3; i++)
        if (!byte_is_upper(s.ptr[i]) || nhi_value(s.ptr[i]) < 0)
            return false;
    return true;
}

static bool nhi_old(struct str s)
{
    if (s.len != 7 || !nhi_letters(s) || !all_digits(str_from(s, 3)))
        return false;
    int rest = nhi_sum(s) % 11;
    return rest != 0 && (11 - rest) % 10 == digit(s.ptr[6]);
}

/* From 2026: AAANNAX, the check letter by modulus 23. */
static bool nhi_new(struct str s)
{
    if (s.len != 7 || !nhi_letters(s) || !all_digits(str_part(s, 3, 5)) ||
        !byte_is_upper(s.ptr[5]) || !byte_is_upper(s.ptr[6]) ||
        nhi_value(s.ptr[5]) < 0)
        return false;
    return 23 - nhi_sum(s) % 23 == nhi_value(s.ptr[6]);
}

/* The same with modulus 24, as early papers of the new form have it. */
static bool nhi_new24(struct str s)
{
    if (s.len != 7 || !nhi_letters(s) || !all_digits(str_part(s, 3, 5)) ||
        !byte_is_upper(s.ptr[5]) || !byte_is_upper(s.ptr[6]) ||
        nhi_value(s.ptr[5]) < 0)
        return false;
    return 24 - nhi_sum(s) % 24 == nhi_value(s.ptr[6]);
}

static bool nhi(struct str s)
{
    return nhi_old(s) || nhi_new(s) || nhi_new24(s);
}

/* South Africa: YYMMDD, sequence, citizenship 0-2, Luhn. */
static bool sa_id(struct str s)
{
    return s.len == 13 && all_digits(s) &&
        is_day_month(two(s, 4), two(s, 2)) && s.ptr[10] <= '2' && luhn(s);
}

/* Ireland: seven digits by 8 to 2, a second letter by 9, modulus 23. */
static bool pps(struct str s)
{
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2};
    if ((s.len != 8 && s.len != 9) || !all_digits(str_part(s, 0, 7)) ||
        !byte_is_upper(s.ptr[7]))
        return false;
    int sum = weighted(s, weights, 7);
    if (s.len == 9) {
        if (!byte_is_upper(s.ptr[8]))
            return false;
        sum += s.ptr[8] == 'W' ? 0 : (s.ptr[8] - 'A' + 1) * 9;
    }
    char want = sum % 23 == 0 ? 'W' : (char)('A' + sum % 23 - 1);
    return s.ptr[7] == want;
}

/* Verhoeff's dihedral check, from the group's own multiplication: d5 as
   rotations 0-4 and reflections 5-9. */
static int dihedral(int a, int b)
{
    if (a < 5)
        return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
}

static bool verhoeff(struct str s)
{
    static const int first[] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int check = 0;
    if (!all_digits(s))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        int d = digit(s.ptr[s.len - 1 - i]);
        for (size_t k = 0; k < i % 8; k++)
            d = first[d];
        check = dihedral(check, d);
    }
    return check == 0;
}

static bool aadhaar(struct str s)
{
    return s.len == 12 && s.ptr[0] >= '2' && verhoeff(s);
}

/* ABHA: fourteen digits, the last by Verhoeff. */
static bool abha(struct str s)
{
    return s.len == 14 && verhoeff(s);
}

/* European Health Insurance Card, field 8: 80, country, issuer; twenty. */
static bool ehic(struct str s)
{
    return s.len == 20 && all_digits(s) && str_starts(s, STR("80"));
}

/* ISO 7064 MOD 97-10 over digits and letters, as IBAN turns it. */
static bool mod97(struct str s)
{
    unsigned rest = 0;
    if (s.len < 5)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[(i + 4) % s.len];
        if (byte_is_digit(c))
            rest = (rest * 10 + (unsigned)digit(c)) % 97;
        else if (byte_is_upper(c))
            rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
        else
            return false;
    }
    return rest == 1;
}

/* ISO 3779, check digit of North America. */
static bool vin(struct str s)
{
    static const char letters[] = "ABCDEFGH JKLMN P R STUVWXYZ";
    static const int values[] = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0,
        7, 0, 9, 0, 2, 3, 4, 5, 6, 7, 8, 9};
    static const int weights[] = {
        8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    if (s.len != 17)
        return false;
    for (size_t i = 0; i < 17; i++) {
        char c = s.ptr[i];
        const char *at = byte_is_upper(c) ? strchr(letters, c) : NULL;
        if (!byte_is_digit(c) && !at)
            return false;
        sum += weights[i] *
            (byte_is_digit(c) ? digit(c) : values[at - letters]);
    }
    int check = sum % 11;
    return s.ptr[8] == (check == 10 ? 'X' : (char)('0' + check));
}

static bool imei(struct str s)
{
    return s.len == 15 && luhn(s);
}

/* GS1 general specifications: from the right weights 3 and 1. */
static bool ean_gs1(struct str s)
{
    int sum = 0;
    if ((s.len != 8 && s.len != 12 && s.len != 13 && s.len != 14) ||
        !all_digits(s))
        return false;
    for (size_t i = 1; i < s.len; i++)
        sum += digit(s.ptr[s.len - 1 - i]) * (i % 2 == 1 ? 3 : 1);
    return (10 - sum % 10) % 10 == digit(s.ptr[s.len - 1]);
}

/* DDMMYYYY, MMDDYYYY or YYYYMMDD. */
static bool date(struct str s)
{
    if (s.len != 8 || !all_digits(s))
        return false;
    return is_day_month(two(s, 0), two(s, 2)) ||
        is_day_month(two(s, 2), two(s, 0)) ||
        is_day_month(two(s, 6), two(s, 4));
}

static const struct validator validators[] = {
    {"luhn", "ISO/IEC 7812-1, annex B", luhn},
    {"luhn-npi", "US National Provider Identifier (CMS)", luhn_npi},
    {"mod11-nhs", "NHS number (NHS Data Dictionary)", mod11_ten},
    {"mod11-chi", "Scottish CHI number", mod11_chi},
    {"mod11-hc", "Northern Irish Health and Care number", mod11_hc},
    {"ni", "UK National Insurance number (HMRC)", national_insurance},
    {"ssn", "US Social Security number (SSA)", ssn},
    {"mbi", "US Medicare Beneficiary Identifier (CMS)", mbi},
    {"dea", "US DEA registration number", dea},
    {"ohip", "Ontario health number", ohip},
    {"medicare-au", "Australian Medicare card number", medicare_au},
    {"ihi", "Australian Individual Healthcare Identifier", ihi},
    {"nhi", "New Zealand NHI, old or new form (HISO 10046)", nhi},
    {"mod11-nhi", "New Zealand NHI, old form", nhi_old},
    {"mod23-nhi", "New Zealand NHI, new form", nhi_new},
    {"mod24-nhi", "New Zealand NHI, new form by modulus 24", nhi_new24},
    {"sa-id", "South African identity number", sa_id},
    {"pps", "Irish Personal Public Service number", pps},
    {"verhoeff", "Verhoeff's dihedral check", verhoeff},
    {"aadhaar", "Indian Aadhaar number", aadhaar},
    {"abha", "Indian Ayushman Bharat Health Account number", abha},
    {"ehic", "European Health Insurance Card, card number", ehic},
    {"mod97", "ISO 7064 MOD 97-10", mod97},
    {"vin", "vehicle identification number (ISO 3779)", vin},
    {"imei", "mobile equipment identity (3GPP TS 23.003)", imei},
    {"ean-gs1", "GTIN and UDI (GS1 general specifications)", ean_gs1},
    {"date", "a day that exists", date},
};

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

bool valid_accepts(uint32_t index, struct str raw)
{
    char out[64];
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (byte_is_lower(c))
            c = (char)(c - 'a' + 'A');
        if (!byte_is_alnum(c))
            continue;
        if (len == sizeof out)
            return false;
        out[len++] = c;
    }
    return validators[index].accepts((struct str){out, len});
}
