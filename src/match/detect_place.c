/* SPDX-License-Identifier: MIT */
/*
 * detect_place.c - places, facilities, postcodes.
 *
 * A place of the list has its population. A capitalised word of no list behind
 * "from", "in", "near" is taken for a small place, since villages are in no list
 * that would be worth its size; so is one with a word such as Creek or Road.
 */
#include "match/detector.h"

enum { POPULATION_UNKNOWN = 5000 };

static bool is_capital(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return t && (t->flags & TOKEN_CAPITAL) && t->kind == TOKEN_WORD &&
        t->tag == 0;
}

static bool is_place_word(const struct detect_in *in, uint32_t i)
{
    return is_capital(in, i) &&
        token_in(in, i,
            WORDS("creek", "village", "town", "township", "bay", "hill",
                "hills", "valley", "county", "shire", "street", "road", "lane",
                "avenue", "drive", "crescent", "estate", "island", "isle",
                "falls", "springs", "beach", "park", "bridge", "cross",
                "harbour", "harbor", "heights", "junction", "point", "ridge",
                "river", "lake", "glen", "green", "common", "moor", "marsh",
                "forest", "farm", "close", "terrace", "square", "quay",
                "port", "mouth", "flats", "station", "parish", "district"));
}

static bool is_before_place(const struct detect_in *in, uint32_t i)
{
    return token_in(in, i,
        WORDS("from", "in", "near", "outside", "at", "around", "of", "to",
            "through", "across"));
}

/* Unknown and capitalised inside a sentence whose words are not all so. */
static bool is_new_name(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return is_capital(in, i) && t->word.len >= 4 &&
        !(t->flags & (TOKEN_CAPS | TOKEN_FIRST | TOKEN_POSSESSIVE)) &&
        is_unknown_word(in, i);
}

static bool is_facility_word(const struct detect_in *in, uint32_t i)
{
    return token_in(in, i,
        WORDS("hospital", "hospitals", "infirmary", "hospice", "clinic",
            "surgery", "practice", "medical", "health", "general",
            "memorial", "maternity", "nursing", "care", "dental",
            "pharmacy", "ward", "wing", "rehab", "physio", "university",
            "college", "school", "foundation", "disease", "syndrome"));
}

static uint32_t listed_place(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    const struct hit *p = lexicon_at(in, DETECT_PLACES, i);
    const struct token *t = &in->text->tokens[i];
    double common = 0, population = 0;
    if (!p)
        return 0;
    bool many = p->tok_end - p->tok_beg > 1;
    bool capital = (t->flags & TOKEN_CAPITAL) != 0;
    if (hit_has(p, FACT_COMMON_WORD, &common) &&
        (!capital || (t->flags & (TOKEN_FIRST | TOKEN_CAPS)) ||
            !(i > 0 && is_before_place(in, i - 1))))
        return 0;
    if (!capital && !many &&
        (t->word.len < 5 || !(i > 0 && is_before_place(in, i - 1))))
        return 0;
    if (is_facility_word(in, p->tok_end) && token_joins(in, p->tok_end - 1))
        return p->tok_end;
    struct hit *h = hit_tokens(in, out, p->tok_beg, p->tok_end);
    if (hit_has(p, FACT_POPULATION, &population))
        hit_add_fact(in, h, FACT_POPULATION, population);
    return p->tok_end;
}

/* "Marrow Creek", "Station Road": capitalised words and a place word. */
static uint32_t worded_place(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    uint32_t end = i;
    while (end < i + 3 && is_capital(in, end) && token_joins(in, end) &&
        !is_place_word(in, end))
        end++;
    if (end == i || !is_place_word(in, end) ||
        (in->text->tokens[i].flags & TOKEN_CAPS))
        return 0;
    if (token_in(in, i, WORDS("the", "our", "my", "this", "a", "no")))
        return 0;
    bool named = is_unknown_word(in, i) || (i > 0 && is_before_place(in, i - 1));
    if (!named || is_facility_word(in, end + 1))
        return 0;
    struct hit *h = hit_tokens(in, out, i, end + 1);
    hit_add_fact(in, h, FACT_POPULATION, POPULATION_UNKNOWN);
    return end + 1;
}

/* Countries and continents narrow nothing down. */
static bool is_country(const struct detect_in *in, uint32_t i)
{
    return token_in(in, i,
        WORDS("australia", "england", "scotland", "wales", "ireland",
            "britain", "america", "canada", "india", "nigeria", "kenya",
            "africa", "europe", "asia", "china", "germany", "france", "spain",
            "italy", "zealand", "pakistan", "bangladesh", "ghana", "uganda",
            "philippines", "brazil", "mexico", "japan", "sweden", "norway",
            "denmark", "finland", "poland", "romania", "ukraine", "russia",
            "israel", "gaza", "palestine", "iran", "iraq", "syria", "turkey",
            "egypt", "ethiopia", "somalia", "sudan", "zimbabwe", "texas",
            "california", "florida", "ohio", "english", "british", "nhs",
            "january", "february", "march", "april", "june", "july", "august",
            "september", "october", "november", "december", "christmas",
            "easter", "ramadan", "diwali"));
}

static uint32_t new_place(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    if (!is_new_name(in, i) || i == 0 || is_country(in, i) ||
        !token_in(in, i - 1,
            WORDS("from", "in", "near", "outside", "at", "off")) ||
        lexicon_at(in, DETECT_FIRST_NAMES, i) ||
        lexicon_at(in, DETECT_SURNAMES, i))
        return 0;
    uint32_t end = i + 1;
    while (end < i + 3 && token_joins(in, end - 1) && is_new_name(in, end))
        end++;
    if (is_facility_word(in, end) && token_joins(in, end - 1))
        return end;
    struct hit *h = hit_tokens(in, out, i, end);
    hit_add_fact(in, h, FACT_POPULATION, POPULATION_UNKNOWN);
    return end;
}

void detect_place(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        uint32_t end = worded_place(in, out, i);
        if (!end)
            end = listed_place(in, out, i);
        if (!end)
            end = new_place(in, out, i);
        i = end ? end : i + 1;
    }
}

/* ---- facilities ------------------------------------------------------------------ */

/* "Ward 7B", "Bay 3", "Bed 12", "5 West" */
static uint32_t numbered_unit(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number;
    const struct token *behind = token_at(in, i + 1);
    if (behind && behind->word.len <= 3 && token_in(in, i,
            WORDS("ward", "bay", "bed", "room", "theatre", "resus", "cubicle",
                "pod", "level", "floor", "or", "chair", "cot", "trolley",
                "unit", "side-room")) &&
        token_joins(in, i) && !(in->text->tokens[i + 1].flags & TOKEN_BREAK)) {
        const struct token *next = &in->text->tokens[i + 1];
        bool lone = next->at.end - next->at.beg == 1 &&
            (next->flags & TOKEN_CAPITAL) && !token_is(in, i + 1, "i") &&
            !token_is(in, i + 1, "a");
        bool numbered = next->kind == TOKEN_NUMBER &&
            token_number(in, i + 1, &number) && number < 1000 &&
            next->word.len <= 3;
        if (token_is(in, i, "or") && !(in->text->tokens[i].flags & TOKEN_CAPS))
            return 0;
        if (numbered || (next->kind == TOKEN_CODE && next->word.len <= 3) ||
            lone) {
            (void)hit_tokens(in, out, i, i + 2);
            return i + 2;
        }
    }
    if (token_number(in, i, &number) && number < 100 && token_joins(in, i) &&
        is_capital(in, i + 1) &&
        token_in(in, i + 1, WORDS("west", "east", "north", "south"))) {
        (void)hit_tokens(in, out, i, i + 2);
        return i + 2;
    }
    return 0;
}

static bool is_facility_end(const struct detect_in *in, uint32_t i)
{
    return is_capital(in, i) &&
        token_in(in, i,
            WORDS("hospital", "infirmary", "hospice", "clinic", "surgery",
                "practice", "ward", "unit", "wing", "lodge", "house", "court",
                "manor", "centre", "center", "memorial", "general", "health",
                "healthcare", "maternity", "pharmacy", "trust"));
}

/* "Westmoor General Hospital", "St Anne's Hospice", "Rosewood House" */
static uint32_t named_facility(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    uint32_t end = i;
    while (end < i + 5 && is_capital(in, end) && token_joins(in, end) &&
        !is_facility_end(in, end))
        end++;
    if (end == i || !is_facility_end(in, end) ||
        (in->text->tokens[i].flags & TOKEN_CAPS) ||
        token_in(in, i, WORDS("the", "our", "my", "this", "a", "no", "your")))
        return 0;
    while (token_joins(in, end) && is_facility_end(in, end + 1))
        end++;
    if (token_in(in, end, WORDS("house", "court", "manor", "lodge", "centre",
                              "center", "unit", "wing", "trust", "health")) &&
        !is_unknown_word(in, i) && !lexicon_at(in, DETECT_PLACES, i) &&
        !token_in(in, i, WORDS("st", "saint", "royal", "queen", "king")))
        return 0;
    (void)hit_tokens(in, out, i, end + 1);
    return end + 1;
}

/* "St Aldhelm's", "St. Brannoc's": with nothing behind it that says a church,
   a day or a town. */
static uint32_t saint_facility(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    if (!token_in(in, i, WORDS("st", "saint")) || !is_capital(in, i) ||
        !token_joins(in, i) || !is_capital(in, i + 1) ||
        !(in->text->tokens[i + 1].flags & TOKEN_POSSESSIVE) ||
        token_in(in, i + 1, WORDS("patrick", "david", "george", "andrew")) ||
        token_in(in, i + 2,
            WORDS("day", "church", "school", "college", "cathedral", "square",
                "market", "street", "road", "primary")))
        return 0;
    (void)hit_tokens(in, out, i, i + 2);
    return i + 2;
}

static uint32_t listed_facility(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    const struct hit *h = lexicon_at(in, DETECT_FACILITIES, i);
    if (!h)
        return 0;
    (void)hit_tokens(in, out, h->tok_beg, h->tok_end);
    return h->tok_end;
}

void detect_facility(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        uint32_t end = named_facility(in, out, i);
        if (!end)
            end = numbered_unit(in, out, i);
        if (!end)
            end = saint_facility(in, out, i);
        if (!end)
            end = listed_facility(in, out, i);
        i = end ? end : i + 1;
    }
}

/* ---- postcodes --------------------------------------------------------------------- */

/* A for letter, 9 for digit, as the author wrote it: "SW1A" is AA9A. */
static bool has_form(struct str s, const char *form)
{
    size_t i = 0;
    for (; form[i] && i < s.len; i++)
        if (form[i] == 'A' ? !byte_is_upper(s.ptr[i])
                           : !byte_is_digit(s.ptr[i]))
            return false;
    return form[i] == '\0' && i == s.len;
}

static bool has_any_form(struct str s, struct words_list forms)
{
    for (size_t i = 0; i < forms.count; i++)
        if (has_form(s, forms.items[i]))
            return true;
    return false;
}

static bool is_state(struct str s)
{
    static const char states[] =
        " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN "
        "MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA "
        "WA WV WI WY DC NSW VIC QLD TAS ACT NT SA ";
    for (size_t i = 0; i + s.len + 1 < sizeof states; i++)
        if (states[i] == ' ' && states[i + 1 + s.len] == ' ' &&
            str_eq((struct str){states + i + 1, s.len}, s))
            return true;
    return false;
}

void detect_postcode(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        struct str s = token_cased(in, i);
        if (!byte_is_upper(s.ptr[0])) /* as all forms begin */
            continue;
        bool pair = token_joins(in, i);
        struct str next = pair ? token_cased(in, i + 1) : STR("");
        if (has_any_form(s, WORDS("AA9A9AA", "AA99AA", "AA999AA", "A99AA",
                                "A999AA", "A9A9AA", "A9A9A9"))) {
            (void)hit_tokens(in, out, i, i + 1);
        } else if (pair &&
            ((has_form(next, "9AA") &&
                 has_any_form(s, WORDS("AA9A", "AA9", "AA99", "A9", "A99",
                                     "A9A"))) ||
                (has_form(s, "A9A") && has_form(next, "9A9")) ||
                (has_any_form(s, WORDS("A99", "A9A", "A9W")) &&
                    has_any_form(next, WORDS("A9A9", "AA99", "A999", "AAA9",
                                           "99AA", "9A99", "A99A"))) ||
                (is_state(s) &&
                    has_any_form(next, WORDS("99999", "9999"))))) {
            (void)hit_tokens(in, out, i, i + 2);
            i++;
        }
    }
}
