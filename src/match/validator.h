/* SPDX-License-Identifier: MIT */
/*
 * validator.h - what validators share; private to match/.
 *
 * All of them read squeezed text: digits and capitals, no separators.
 */
#ifndef MATCH_VALIDATOR_H
#define MATCH_VALIDATOR_H

#include "match/valid.h"

static inline int digit_of(char c)
{
    return c - '0';
}

/* The number that two digits from `at` write. */
static inline int two_digits(struct str s, size_t at)
{
    return digit_of(s.ptr[at]) * 10 + digit_of(s.ptr[at + 1]);
}

bool all_digits(struct str s); /* false if empty */
/* Does s have this form? 9 a digit, A a letter, X either, else itself. */
bool has_form(struct str s, const char *form);
/* Sum of the first `count` digits times weights. */
int weighted(struct str s, const int *weights, size_t count);
/* Is there such a day, 29 February included? */
bool is_day_month(int day, int month);
/* ISO/IEC 7812-1, annex B; from the right every second digit is doubled. */
bool valid_luhn(struct str s);
/* GS1 General Specifications, 7.9: from the right weights 3 and 1. */
bool valid_gs1(struct str s);

/* X(function, name in rules, algorithm and source) */
#define VALID_HEALTH_LIST(X)                                                   \
    X(valid_mod11_nhs, "mod11-nhs", "NHS number (NHS Data Dictionary)")        \
    X(valid_mod11_chi, "mod11-chi", "Scottish CHI number")                     \
    X(valid_mod11_hc, "mod11-hc", "Northern Irish Health and Care number")     \
    X(valid_mbi, "mbi", "US Medicare Beneficiary Identifier (CMS)")            \
    X(valid_luhn_npi, "luhn-npi", "US National Provider Identifier (CMS)")     \
    X(valid_dea, "dea", "US DEA registration number")                          \
    X(valid_ohip, "ohip", "Ontario health number, with or without version")    \
    X(valid_bc_phn, "bc-phn", "British Columbia Personal Health Number")       \
    X(valid_ramq, "ramq", "Quebec health insurance number, form and date")     \
    X(valid_medicare_au, "medicare-au", "Australian Medicare card number")     \
    X(valid_dva, "dva", "Australian Department of Veterans' Affairs file")     \
    X(valid_ihi_au, "ihi", "Australian Individual Healthcare Identifier")      \
    X(valid_nhi, "nhi", "New Zealand NHI, old or new form (HISO 10046)")       \
    X(valid_nhi_old, "mod11-nhi", "New Zealand NHI, old form")                 \
    X(valid_nhi_new, "mod23-nhi", "New Zealand NHI, new form")                 \
    X(valid_nhi_new24, "mod24-nhi", "New Zealand NHI, new form by modulus 24") \
    X(valid_ihi_ie, "ihi-ie", "Irish Individual Health Identifier (GS1)")      \
    X(valid_abha, "abha",                                                      \
        "Indian Ayushman Bharat Health Account number, form")                  \
    X(valid_ehic, "ehic", "European Health Insurance Card, card number")       \
    X(valid_kvnr, "kvnr", "German health insurance number (SGB V, 290)")

#define VALID_NATION_LIST(X)                                                   \
    X(valid_national_insurance, "ni", "UK National Insurance number (HMRC)")   \
    X(valid_ssn, "ssn", "US Social Security number (SSA)")                     \
    X(valid_itin, "itin",                                                      \
        "US Individual Taxpayer Identification Number (IRS)")                  \
    X(valid_sin_ca, "sin-ca", "Canadian Social Insurance Number")              \
    X(valid_sa_id, "sa-id", "South African identity number")                   \
    X(valid_pps, "pps", "Irish Personal Public Service number")                \
    X(valid_verhoeff, "verhoeff", "Verhoeff's dihedral check")                 \
    X(valid_aadhaar, "aadhaar", "Indian Aadhaar number (UIDAI)")               \
    X(valid_aadhaar_vid, "vid", "Indian Aadhaar virtual ID (UIDAI)")           \
    X(valid_nir, "nir", "French social security number (INSEE)")               \
    X(valid_codice_fiscale, "codice-fiscale", "Italian tax code")              \
    X(valid_bsn, "bsn", "Dutch citizen service number")                        \
    X(valid_personnummer, "personnummer", "Swedish personal identity number")  \
    X(valid_fodselsnummer, "fodselsnummer", "Norwegian identity number")       \
    X(valid_hetu, "hetu", "Finnish personal identity code")                    \
    X(valid_cpr, "cpr", "Danish CPR number: birth date and form")              \
    X(valid_pesel, "pesel", "Polish PESEL number")                             \
    X(valid_dni, "dni", "Spanish DNI or NIE")                                  \
    X(valid_rijksregister, "rijksregister",                                    \
        "Belgian national register number")                                    \
    X(valid_ahv, "ahv", "Swiss social insurance number (AHV)")                 \
    X(valid_dvla, "dvla", "British driver number (DVLA), form and birth date")

#define VALID_THING_LIST(X)                                                    \
    X(valid_luhn, "luhn", "ISO/IEC 7812-1, annex B")                           \
    X(mod97, "mod97", "ISO 7064 MOD 97-10")                                    \
    X(iban, "iban", "bank account (ISO 13616)")                                \
    X(payment_card, "payment-card", "card number: brand, length and Luhn")     \
    X(vin, "vin", "vehicle identification number (ISO 3779)")                  \
    X(vin_form, "vin-form", "vehicle number without a check digit")            \
    X(plate_gb, "plate-gb", "British number plate from 2001 (DVLA)")           \
    X(imei, "imei", "mobile equipment identity (3GPP TS 23.003)")              \
    X(mac, "mac", "network address of one device (IEEE 802)")                  \
    X(valid_gs1, "ean-gs1", "GTIN and other GS1 keys")                         \
    X(udi, "udi", "GS1 device label: GTIN with its check digit")               \
    X(hibcc, "hibcc", "HIBC device label (ANSI/HIBC 2.6), modulus 43")         \
    X(date, "date", "a day that exists")

#define X(function, name, about) bool function(struct str s);
VALID_HEALTH_LIST(X)
VALID_NATION_LIST(X)
#undef X

#endif
