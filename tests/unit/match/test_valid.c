/* SPDX-License-Identifier: MIT */
/*
 * test_valid.c - every validator on numbers that fit and numbers that do not.
 *
 * They are examples that issuers publish, lie in ranges reserved for tests, or
 * were made to fit by a second program; none was given to a person.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "match/valid.h"

struct row {
    const char *validator;
    const char *fits[6]; /* null ends it */
    const char *fails[8];
};

static const struct row rows[] = {
    /* 9*10+9*9+9*8+0*7+1*6+2*5+3*4+4*3+5*2 = 293 = 26*11 + 7, check 4 */
    {"mod11-nhs",
        {"9990123454", "999 012 3454", "999-012-3454", "999.012.3454",
            "9434765919"},
        {"9990123455", "9434765918", "999123456", "9991234560", "9999999999",
            "99901234540", "999012345X", ""}},
    {"mod11-chi", {"1403629978", "140362-9978", "0812849965"},
        {"1403629979", "4503629978", "1413629978", "9990123454", "140362997"}},
    {"mod11-hc", {"3645991239", "364 599 1239", "3200000015"},
        {"3645991230", "9990123454", "3100000016", "364599123"}},
    {"ni", {"AB123456C", "AB 12 34 56 C", "ab-12-34-56-c", "AB123456"},
        {"QQ123456C", "AB123456E", "GB123456A", "AO123456A", "DA123456A",
            "AB12345C", "A1123456C", "TN123456"}},
    {"ssn", {"536904399", "536-90-4399", "219-09-9999"},
        {"000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567",
            "123-45-0000", "12345678", "1234567890"}},
    {"itin", {"900-70-0000", "912-50-1234", "999-99-9999"},
        {"900-66-0000", "900-89-0000", "900-93-0000", "800-70-0000",
            "90070000"}},
    {"mbi", {"1EG4-TE5-MK73", "1EG4TE5MK73", "1eg4 te5 mk73"},
        {"1EG4-TE5-MK7S", "1SG4-TE5-MK73", "0EG4-TE5-MK73", "1EG4-TE5-MK7",
            "AEG4-TE5-MK73", "1EG4-TE5-MO73"}},
    /* 808401234567893 passes Luhn's test */
    {"luhn-npi", {"1234567893", "1987654328"},
        {"1234567894", "3234567893", "123456789", "123456789X"}},
    /* 1+3+5 + 2*(2+4+6) = 33 */
    {"dea", {"AB1234563", "BS 1234563", "A91234563"},
        {"AB1234564", "IB1234563", "A81234563", "AB123456", "1B1234563"}},
    {"ohip", {"9876543217", "9876-543-217", "9876-543-217 XK"},
        {"9876543218", "0876543216", "987654321", "9876543217 1",
            "9876543217 XKA"}},
    {"bc-phn", {"9123456780", "9698658215", "9123 456 780"},
        {"9123456781", "8123456780", "912345678", "9698658210"}},
    {"ramq", {"TREM62531412", "TREM 6253 1412", "LAVC88120915"},
        {"TREM62001412", "TREM62133112", "TREM62633112", "TRE162531412",
            "TREM6253141"}},
    {"sin-ca", {"130692544", "130 692 544", "130-692-544"},
        {"130692545", "046454286", "830692541", "13069254"}},
    /* 2*1+9*3+5*7+3*9+7*1+0*3+1*7+4*9 = 141 */
    {"medicare-au", {"2953701411", "2953 70141 1", "29537014112"},
        {"2953701421", "1953701411", "7953701411", "295370141",
            "295370141123"}},
    {"dva", {"QX123456", "NX 12345", "QSS 40912", "VX081223A"},
        {"AX123456", "Q123456", "NX1", "NXXXX12", "NX1234567", "NX12345AB"}},
    {"ihi", {"8003609123456780", "8003 6091 2345 6780"},
        {"8003609123456781", "8003619123456789", "800360912345678",
            "9003609123456780"}},
    /* Z*7+A*6+C*5+5*4+3*3+6*2 = 230 = 20*11 + 10, check 1 */
    {"mod11-nhi", {"ZAC5361", "zac5361"},
        {"ZAC5362", "ZIC5361", "ZAC536", "ZA15361", "ZBN77VL"}},
    /* 334 = 14*23 + 12, 23 - 12 = 11 = L */
    {"mod23-nhi", {"ZBN77VL", "ZBN 77VL"},
        {"ZBN77VM", "ZBN77VI", "ZBN7V7L", "ZAC5361"}},
    {"mod24-nhi", {"ZBN77VB"}, {"ZBN77VL", "ZBN77VC", "ZAC5361"}},
    {"nhi", {"ZAC5361", "ZBN77VL"}, {"ZAC5362", "ZBN77VM", "ABC1234"}},
    {"sa-id", {"8204145800082", "820414 5800 08 2"},
        {"8204145800083", "8213145800083", "8204145800380", "8204145800017",
            "820414580008", "9780306406157"}},
    /* 1*8+2*7+...+7*2 = 112 = 4*23 + 20 = T; A adds 9: 121 = 5*23 + 6 = F */
    {"pps", {"1234567T", "1234567 t", "1234567FA", "1234567TW"},
        {"1234567A", "1234567TA", "1234567FC", "123456T", "12345678T"}},
    {"ihi-ie", {"539123481234567869", "5391234 8123456786 9"},
        {"539123481234567868", "53912348123456786"}},
    {"verhoeff", {"2363", "234123412346"}, {"2364", "234123412345", "A"}},
    {"aadhaar", {"234123412346", "2341 2341 2346", "9999-4105-7058"},
        {"234123412345", "123412341234", "222222222222", "23412341234",
            "234112143214"}},
    {"vid", {"9234123412341237", "9234 1234 1234 1237"},
        {"9234123412341238", "923412341234123", "0234123412341237"}},
    {"abha", {"70746324465247", "70-7463-2446-5247"},
        {"7074632446524", "00746324465247", "7074632446524X"}},
    {"ehic", {"80826000120123456789", "80826 00012 0123456789"},
        {"81826000120123456789", "80999000120123456789",
            "8082600012012345678"}},
    /* 01 12345678: 0+2+1+4+3+8+5+3+7+7 = 40 */
    {"kvnr", {"A123456780"}, {"A123456781", "1123456780", "A12345678"}},
    {"nir",
        {"185127510812395", "1 85 12 75 108 123 95", "1 85 12 2A 108 123 55"},
        {"185127510812342", "385127510812395", "18512751081239"}},
    {"codice-fiscale", {"RSSMRA85M01H501Q", "RSSMRA85T10A562S"},
        {"RSSMRA85M01H501Z", "RSSMRA85F10A562S", "RSSMRA85T10A562",
            "RSS1RA85T10A562S"}},
    {"bsn", {"111222333", "123456782"},
        {"111222334", "123456789", "000000000", "12345678"}},
    {"personnummer", {"811228-9874", "19811228-9874"},
        {"811228-9873", "811328-9874", "811228-987"}},
    {"fodselsnummer", {"01019099047", "14076631248"},
        {"01019099048", "01139099047", "0101909904"}},
    {"hetu", {"131052-308T", "131052A308T"},
        {"131052-308U", "131352-308T", "131052-30T"}},
    {"cpr", {"070761-4285"}, {"321361-4285", "070761-428"}},
    {"pesel", {"44051401359"}, {"44051401358", "44051401", "44133201359"}},
    {"dni", {"12345678Z", "12345678-Z", "X0000000T", "Z1234567R"},
        {"12345678A", "A0000000T", "1234567Z"}},
    {"rijksregister", {"85.07.30-033 28", "90010100152"},
        {"85.07.30-033 29", "85.13.30-033 28", "8507300332"}},
    {"ahv", {"756.9217.0769.85"}, {"756.9217.0769.86", "755.9217.0769.85"}},
    {"dvla", {"MORGA753116SM9IJ", "MORGA 753116 SM9IJ", "LEE99802019A99AA"},
        {"MORGA793116SM9IJ", "MORGA753416SM9IJ", "MORGA753116SM9I",
            "9ORGA753116SM9IJ"}},
    {"luhn", {"79927398713", "0"}, {"79927398710", "1", ""}},
    {"mod97", {"GB82WEST12345698765432"}, {"GB82WEST12345698765431", "GB8"}},
    {"iban", {"GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00"},
        {"GB82 WEST 1234 5698 7654 33", "8282WEST12345698765432", "GB82"}},
    {"payment-card",
        {"4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005",
            "6011111111111117", "3530111333300000"},
        {"4111 1111 1111 1112", "8003609123456780", "490154203237518",
            "411111111111", "37828224631000"}},
    {"vin", {"1M8GDM9AXKP042788", "1m8gdm9axkp042788"},
        {"1M8GDM9A1KP042788", "1M8GDM9AXKP04278", "1M8GDM9AXKP04278Q"}},
    {"vin-form", {"VF1RFB0056A123456", "1M8GDM9A1KP042788"},
        {"VF1RFB0056A12345", "VF1RFBO056A123456", "12345678901234567",
            "MKWVTFVSRRFRFSSAY"}},
    {"plate-gb", {"AB51 ABC", "LB19XKP", "yr70 hgn"},
        {"AB50 ABC", "AB01 ABC", "QB51 ABC", "AB51 AIC", "ZB51 ABC",
            "AB5 ABC"}},
    {"imei", {"490154203237518", "49-015420-323751-8"},
        {"490154203237519", "49015420323751", "4901542032375180"}},
    {"mac", {"00:1A:2B:3C:4D:5E", "00-1b-44-11-3a-b7"},
        {"02:00:00:00:00:00", "00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF",
            "00:1A:2B:3C:4D", "00:1A:2B:3C:4D:5G"}},
    {"ean-gs1", {"01234567890128", "9780306406157", "73513537"},
        {"01234567890127", "9780306406158", "1234567", "7351353X"}},
    {"udi", {"(01)01234567890128(17)270101(21)A1B2C3", "(01)01234567890128"},
        {"(01)01234567890127(21)1", "(10)01234567890128", "(01)0123456789"}},
    {"hibcc", {"+A123BJC5D6E71G"},
        {"+A123BJC5D6E71H", "A123BJC5D6E71G", "+1123BJC5D6E71G", "+A12"}},
    {"date", {"14031962", "03311962", "19620314"},
        {"32131962", "1403196", "00000000"}},
};

static void fits_and_fails(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        const struct row *r = &rows[i];
        uint32_t index = 0;
        if (!valid_find(str_of(r->validator), &index)) {
            print_error("%s: no such validator\n", r->validator);
            wrong++;
            continue;
        }
        for (size_t k = 0; k < PL_COUNT(r->fits) && r->fits[k]; k++)
            if (!valid_accepts(index, str_of(r->fits[k]))) {
                print_error("%s must take %s\n", r->validator, r->fits[k]);
                wrong++;
            }
        for (size_t k = 0; k < PL_COUNT(r->fails) && r->fails[k]; k++)
            if (valid_accepts(index, str_of(r->fails[k]))) {
                print_error("%s must not take %s\n", r->validator, r->fails[k]);
                wrong++;
            }
    }
    assert_int_equal(wrong, 0);
}

static void every_validator_is_here(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < valid_count(); i++) {
        size_t found = 0;
        for (size_t k = 0; k < PL_COUNT(rows); k++)
            found += strcmp(rows[k].validator, valid_at(i)->name) == 0;
        if (found != 1)
            print_error("%s: in %zu rows\n", valid_at(i)->name, found);
        assert_int_equal(found, 1);
    }
    assert_null(valid_at((uint32_t)valid_count()));
    assert_null(valid_find(STR("no-such"), &(uint32_t){0}));
}

/* One digit changed, or two neighbours swapped: what check digits are for. */
static void one_wrong_digit_is_seen(void **state)
{
    static const struct {
        const char *validator, *number;
    } all[] = {{"mod11-nhs", "9990123454"}, {"luhn-npi", "1234567893"},
        {"sin-ca", "130692544"}, {"aadhaar", "234123412346"},
        {"ihi", "8003609123456780"}, {"imei", "490154203237518"},
        {"bsn", "123456782"}, {"pesel", "44051401359"}};
    (void)state;
    for (size_t i = 0; i < PL_COUNT(all); i++) {
        uint32_t index = 0;
        char number[32];
        assert_non_null(valid_find(str_of(all[i].validator), &index));
        for (size_t at = 0; all[i].number[at]; at++)
            for (char d = '0'; d <= '9'; d++) {
                memcpy(number, all[i].number, strlen(all[i].number) + 1);
                number[at] = d;
                assert_int_equal(valid_accepts(index, str_of(number)),
                    d == all[i].number[at]);
            }
    }
}

static void spelled_numbers(void **state)
{
    static const struct {
        const char *text, *digits;
    } all[] = {
        {"nine nine nine zero one two three four five four", "9990123454"},
        {"triple nine, oh one two, three four five four", "9990123454"},
        {"double-oh seven 900", "007900"},
        {"one", "1"},
        {"999 012", "999012"},
        {"oh seven seven double oh and more", "07700"},
        {"hello", ""},
        {"double trouble", ""},
        {"", ""},
    };
    uint32_t index = 0;
    (void)state;
    for (size_t i = 0; i < PL_COUNT(all); i++) {
        char out[16] = "";
        size_t end, count = valid_spelled(
                        str_of(all[i].text), out, sizeof out - 1, &end);
        assert_int_equal(count, strlen(all[i].digits));
        assert_string_equal(out, all[i].digits);
        assert_true(end <= strlen(all[i].text));
    }
    assert_non_null(valid_find(STR("mod11-nhs"), &index));
    assert_true(valid_accepts(index, str_of(all[0].text)));
    assert_true(valid_accepts(index, str_of(all[1].text)));
    assert_false(valid_accepts(index, STR("nine nine nine zero")));
    assert_false(valid_accepts(
        index, STR("nine nine nine zero one two three four five four ever")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_and_fails),
        cmocka_unit_test(every_validator_is_here),
        cmocka_unit_test(one_wrong_digit_is_seen),
        cmocka_unit_test(spelled_numbers),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
