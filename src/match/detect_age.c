/* SPDX-License-Identifier: MIT */
/*
 * detect_age.c - ages and durations.
 *
 * A number with a unit of time is a duration; it is an age only with a word that
 * says so (old, aged, turned), in the short forms of case notes (34yo, 34F), or
 * as a decade of a person (in her eighties).
 */
#include "match/detector.h"

enum { AGE_MAX = 120 };

struct unit {
    const char *word;
    double days;
};

static const struct unit units[] = {{"second", 1.0 / 86400},
    {"seconds", 1.0 / 86400}, {"minute", 1.0 / 1440}, {"minutes", 1.0 / 1440},
    {"min", 1.0 / 1440}, {"mins", 1.0 / 1440}, {"hour", 1.0 / 24},
    {"hours", 1.0 / 24}, {"hr", 1.0 / 24}, {"hrs", 1.0 / 24}, {"day", 1},
    {"days", 1}, {"night", 1}, {"nights", 1}, {"week", 7}, {"weeks", 7},
    {"wk", 7}, {"wks", 7}, {"month", 30}, {"months", 30}, {"mth", 30},
    {"mths", 30}, {"mo", 30}, {"year", 365}, {"years", 365}, {"yr", 365},
    {"yrs", 365}, {"decade", 3650}, {"decades", 3650}, {"session", 7},
    {"sessions", 7}, {"treatment", 7}, {"treatments", 7}, {"visit", 7},
    {"visits", 7}, {"appointments", 7}};

static double unit_days(struct str word)
{
    for (size_t i = 0; i < PL_COUNT(units); i++)
        if (str_eqz(word, units[i].word))
            return units[i].days;
    return 0;
}

static double unit_at(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return t && t->kind == TOKEN_WORD ? unit_days(t->word) : 0;
}

static bool is_sex_word(const struct detect_in *in, uint32_t i)
{
    return token_in(in, i,
        WORDS("male", "female", "man", "woman", "boy", "girl", "lady", "gent",
            "gentleman", "lad", "lass", "bloke", "guy", "m", "f"));
}

/* "34M" and "f34": the letter is a capital, so that 34m is metres. */
static bool is_sex_letter(struct str cased, size_t at)
{
    return cased.ptr[at] == 'M' || cased.ptr[at] == 'F';
}

static void add_age(const struct detect_in *in, struct hits *out, uint32_t beg,
    uint32_t end, double years, bool exact, bool sex)
{
    if (years < 0 || years > AGE_MAX)
        return;
    struct hit *h = hit_tokens(in, out, beg, end);
    hit_add_fact(in, h, FACT_YEARS, years);
    if (exact)
        hit_add_fact(in, h, FACT_EXACT, 1);
    if (sex || (token_joins(in, end - 1) && is_sex_word(in, end)))
        hit_add_fact(in, h, FACT_SEX, 1);
}

/* Behind an age that speaks of many: "65 and over", "18-30 year olds", "65+". */
static bool is_range_behind(const struct detect_in *in, uint32_t last)
{
    char after = byte_after(in, last);
    if (after == '+')
        return true;
    if (!token_joins(in, last))
        return false;
    if (token_in(in, last + 1, WORDS("and", "or", "to")) &&
        (token_in(in, last + 2,
             WORDS("over", "above", "under", "older", "younger", "up",
                 "below")) ||
            (token_is(in, last + 1, "to") && token_at(in, last + 2) &&
                token_at(in, last + 2)->kind == TOKEN_NUMBER)))
        return true;
    return after == '-' && token_at(in, last + 1) &&
        token_at(in, last + 1)->kind == TOKEN_NUMBER;
}

static bool is_range_before(const struct detect_in *in, uint32_t i)
{
    if (i == 0)
        return false;
    if (byte_before(in, i) == '-' &&
        in->text->tokens[i - 1].kind == TOKEN_NUMBER)
        return true;
    return token_in(in, i - 1,
        WORDS("over", "under", "above", "below", "to", "between"));
}

/* "yo", "y/o", "year old", "yrs old", "weeks of age" from token i: its last
   token + 1 and the days of a unit; 0 if there is none. */
static uint32_t age_words(
    const struct detect_in *in, uint32_t i, double *days, bool *many)
{
    *days = 365;
    *many = false;
    if (token_in(in, i, WORDS("yo", "yro", "yrold", "y.o")))
        return i + 1;
    if (token_is(in, i, "y") && token_is(in, i + 1, "o"))
        return i + 2;
    if (token_is(in, i, "weeker")) {
        *days = 0;
        return i + 1;
    }
    double unit = unit_at(in, i);
    if (token_is(in, i, "y"))
        unit = 365;
    if (unit < 0.9 &&
        !(unit > 0 && token_in(in, i + 1, WORDS("old")) &&
            token_in(in, i, WORDS("hour", "hours"))))
        return 0;
    *days = unit;
    if (token_in(in, i + 1, WORDS("old", "olds", "young"))) {
        *many = token_is(in, i + 1, "olds");
        return i + 2;
    }
    if (token_is(in, i + 1, "of") && token_in(in, i + 2, WORDS("age", "life")))
        return i + 3;
    return 0;
}

/* A code such as 34yo, 7wo, 34F, 80s; true if it was one. */
static bool age_code(const struct detect_in *in, struct hits *out, uint32_t i)
{
    struct str letters, cased = token_cased(in, i);
    double number, days;
    bool many;

    if (!code_split(in, i, &number, &letters)) {
        /* F34, M72 */
        const struct token *t = &in->text->tokens[i];
        if (t->kind == TOKEN_CODE && t->word.len >= 3 && t->word.len <= 4 &&
            is_sex_letter(cased, 0) &&
            str_number(str_from(t->word, 1), &number) && number >= 15) {
            add_age(in, out, i, i + 1, number, true, true);
            return true;
        }
        return false;
    }
    struct str tail = str_from(cased, cased.len - letters.len);
    if (str_eq(letters, STR("yo")) || str_eq(letters, STR("yr")) ||
        str_eq(letters, STR("yrold")) || str_eq(letters, STR("yearold")) ||
        str_eq(letters, STR("yof")) || str_eq(letters, STR("yom"))) {
        uint32_t end = i + 1;
        if (str_eq(letters, STR("yr")) && token_is(in, end, "old"))
            end++;
        else if (str_eq(letters, STR("yr")))
            return false;
        add_age(in, out, i, end, number, !is_range_before(in, i),
            letters.len == 3 && letters.ptr[2] != 'l');
        return true;
    }
    if (str_eq(letters, STR("y")) || str_eq(letters, STR("yrs")) ||
        unit_days(letters) > 0.9) {
        double unit = str_eq(letters, STR("y")) ? 365 : unit_days(letters);
        if (token_is(in, i + 1, "old") || token_is(in, i + 1, "o")) {
            add_age(in, out, i, i + 2, number * unit / 365, true, false);
            return true;
        }
        return false;
    }
    if (str_eq(letters, STR("wo")) || str_eq(letters, STR("mo")) ||
        str_eq(letters, STR("do"))) {
        days = letters.ptr[0] == 'w' ? 7 : letters.ptr[0] == 'm' ? 30 : 1;
        many = !str_eq(letters, STR("mo")) || token_is(in, i + 1, "old");
        if (many || is_sex_word(in, i + 1)) {
            add_age(in, out, i, i + 1 + token_is(in, i + 1, "old"),
                number * days / 365, true, false);
            return true;
        }
        return false;
    }
    if (letters.len == 1 && is_sex_letter(tail, 0) && number >= 15 &&
        number < 110 &&
        !token_in(in, i + 1,
            WORDS("people", "followers", "views", "patients", "users",
                "dollars", "pounds", "degrees"))) {
        add_age(in, out, i, i + 1, number, true, true);
        return true;
    }
    return false;
}

static bool is_decade_word(const struct detect_in *in, uint32_t i, double *n)
{
    static const struct {
        const char *word;
        double years;
    } decades[] = {{"twenties", 20}, {"thirties", 30}, {"forties", 40},
        {"fifties", 50}, {"sixties", 60}, {"seventies", 70}, {"eighties", 80},
        {"nineties", 90}, {"teens", 13}};
    struct str letters;
    for (size_t k = 0; k < PL_COUNT(decades); k++)
        if (token_is(in, i, decades[k].word)) {
            *n = decades[k].years;
            return true;
        }
    return code_split(in, i, n, &letters) && str_eq(letters, STR("s")) &&
        *n >= 20 && *n <= 100;
}

/* "in her (late) eighties": from the possessive to the decade. */
static bool age_decade(const struct detect_in *in, struct hits *out, uint32_t i)
{
    double years;
    uint32_t at = i;
    if (!token_in(in, i, WORDS("his", "her", "their", "early", "mid", "late")))
        return false;
    at++;
    if (token_in(in, at, WORDS("early", "mid", "late", "middle")))
        at++;
    if (!is_decade_word(in, at, &years))
        return false;
    add_age(in, out, i, at + 1, years, false, false);
    return true;
}

/* "aged 34", "age: 7 weeks", "turned 40" */
static bool age_named(const struct detect_in *in, struct hits *out, uint32_t i)
{
    if (i > 0 &&
        token_in(in, i - 1, WORDS("have", "has", "had", "i've", "i'd", "i")))
        return false; /* "I have aged eleven" */
    bool turned = token_in(in, i, WORDS("turned", "turning", "turns"));
    if (!turned && !token_in(in, i, WORDS("aged", "age")))
        return false;
    uint32_t at = i + 1;
    if (token_in(in, at, WORDS("of", "just", "only", "about", "is")))
        at++;
    double number, days;
    uint32_t count = number_at(in, at, &number);
    if (count == 0 || !token_joins(in, i))
        return false;
    uint32_t end = at + count;
    days = unit_at(in, end);
    if (days > 0.9 && !turned)
        end++;
    else if (days > 0)
        return false;
    else
        days = 365;
    bool exact = !is_range_behind(in, end - 1) && !is_range_before(in, at);
    add_age(in, out, i, end, number * days / 365, exact, false);
    return true;
}

static uint32_t age_number(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number, days;
    bool many;
    uint32_t count = number_at(in, i, &number);
    if (count == 0)
        return 0;
    uint32_t end = token_joins(in, i + count - 1)
        ? age_words(in, i + count, &days, &many)
        : 0;
    if (end) {
        add_age(in, out, i, end, number * days / 365,
            !many && !is_range_before(in, i), false);
        return end - i;
    }
    /* "34 F" in notes: a capital letter alone. */
    const struct token *t = token_at(in, i + count);
    if (t && t->at.end - t->at.beg == 1 && token_joins(in, i + count - 1) &&
        is_sex_letter(token_cased(in, i + count), 0) && number >= 15 &&
        number < 110 && byte_after(in, i + count - 1) == ' ' &&
        in->text->tokens[i].kind == TOKEN_NUMBER) {
        add_age(in, out, i, i + count + 1, number, true, true);
        return count + 1;
    }
    return 0;
}

/* "Mrs Patel, 87, broke her hip", "a man (34)": a number set off by commas or
   brackets behind a person. */
static bool age_set_off(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number;
    if (i == 0 || !token_number(in, i, &number) || number < 1 || number > 110 ||
        in->text->tokens[i].word.len > 3 || !token_joins(in, i - 1))
        return false;
    const struct token *before = &in->text->tokens[i - 1];
    char open = byte_after(in, i - 1), close = byte_after(in, i);
    bool brackets = byte_before(in, i) == '(' && close == ')';
    bool commas = open == ',' && (close == ',' || close == '.');
    bool person = ((before->flags & TOKEN_CAPITAL) &&
                      !(before->flags & TOKEN_CAPS) &&
                      (lexicon_at(in, DETECT_FIRST_NAMES, i - 1) ||
                          lexicon_at(in, DETECT_SURNAMES, i - 1) ||
                          is_unknown_word(in, i - 1))) ||
        is_sex_word(in, i - 1) ||
        token_in(in, i - 1,
            WORDS("mine", "ours", "patient", "pt", "client", "resident"));
    if (!person || !(brackets || commas) || before->kind != TOKEN_WORD)
        return false;
    add_age(in, out, i, i + 1, number, true, false);
    return true;
}

static bool ends_clause(const struct detect_in *in, uint32_t i)
{
    char after = byte_after(in, i);
    if (after == '\0' || after == '\n' || after == ',' || after == '.' ||
        after == '!' || after == ')' || after == ';')
        return true;
    return token_in(in, i + 1,
        WORDS("and", "but", "so", "with", "now", "today", "going", "next",
            "on", "still", "who", "lives", "lived"));
}

/* "He's 58, ex-submariner", "one of mine is 94 and drove himself" */
static bool age_is(const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number;
    if (i == 0 || !token_number(in, i, &number) || number < 12 ||
        number > 110 || in->text->tokens[i].word.len > 3 ||
        !token_joins(in, i - 1) || !ends_clause(in, i))
        return false;
    struct words_list people = WORDS("he", "she", "mum", "dad", "patient",
        "pt", "mine", "lady", "man", "woman", "guy", "who", "gent", "client",
        "resident", "mother", "father", "they");
    bool close = token_in(in, i - 1, people) &&
        (in->text->tokens[i - 1].flags & TOKEN_POSSESSIVE);
    bool far = i >= 2 && token_in(in, i - 1, WORDS("is", "was")) &&
        token_in(in, i - 2, people);
    if (!close && !far)
        return false;
    add_age(in, out, i, i + 1, number, true, false);
    return true;
}

/* "14/12 old", "3/7 old, floppy", "a 7/52 boy": a fraction of a year, as notes
   have it; without a word of a person it is a time, not an age. */
static bool age_fraction(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number, of;
    if (!token_number(in, i, &number) || !token_number(in, i + 1, &of) ||
        !token_joins(in, i) || byte_after(in, i) != '/' ||
        (of != 7 && of != 12 && of != 52) ||
        in->text->tokens[i + 1].at.beg != in->text->tokens[i].at.end + 1)
        return false;
    bool old = token_joins(in, i + 1) && token_is(in, i + 2, "old");
    if (!old &&
        !(token_joins(in, i + 1) &&
            (is_sex_word(in, i + 2) ||
                token_in(in, i + 2, WORDS("baby", "bub", "infant", "kid")))) &&
        !(of == 12 && i > 0 && token_joins(in, i - 1) &&
            token_is(in, i - 1, "a") &&
            token_in(in, i + 2, WORDS("with", "w", "who", "came", "in"))))
        return false;
    add_age(in, out, i, i + 2 + old,
        of == 7 ? number / 365 : number / of, true, false);
    return true;
}

/* "a lady of 102" */
static bool age_of(const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number;
    if (i < 2 || !token_is(in, i - 1, "of") || !is_sex_word(in, i - 2) ||
        !token_number(in, i, &number) || number < 12 || number > 115 ||
        !token_joins(in, i - 2) || !token_joins(in, i - 1))
        return false;
    add_age(in, out, i, i + 1, number, true, true);
    return true;
}

/* "day 3 of life" */
static bool age_of_life(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number;
    if (!token_is(in, i, "day") || !token_number(in, i + 1, &number) ||
        !token_is(in, i + 2, "of") || !token_is(in, i + 3, "life"))
        return false;
    add_age(in, out, i, i + 4, number / 365, true, false);
    return true;
}

/* "34th birthday" */
static bool age_birthday(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double number;
    struct str letters;
    if (!token_is(in, i + 1, "birthday") ||
        !code_split(in, i, &number, &letters) || letters.len != 2)
        return false;
    add_age(in, out, i, i + 2, number, true, false);
    return true;
}

/* An age begins at a number, or at a word that says what is to follow. */
static bool may_open_age(const struct detect_in *in, uint32_t i)
{
    const struct token *t = &in->text->tokens[i];
    return t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE ||
        known_is(in, i, FEATURE_NUMBER_WORD) ||
        token_in(in, i,
            WORDS("aged", "age", "turned", "turning", "turns", "day", "his",
                "her", "their", "early", "mid", "late"));
}

void detect_age(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        size_t before = out->count;
        if (may_open_age(in, i) && !age_named(in, out, i) &&
            !age_decade(in, out, i) && !age_of_life(in, out, i) &&
            !age_birthday(in, out, i) &&
            !age_set_off(in, out, i) && !age_of(in, out, i) &&
            !age_is(in, out, i) &&
            !age_fraction(in, out, i) && !age_code(in, out, i))
            (void)age_number(in, out, i);
        if (out->count > before)
            i = out->items[out->count - 1].tok_end;
        else
            i++;
    }
}

/* ---- durations ------------------------------------------------------------------- */

static uint32_t count_at(const struct detect_in *in, uint32_t i, double *number)
{
    uint32_t count = number_at(in, i, number);
    if (count) {
        /* "3-4 weeks", "two to three weeks" */
        double second;
        uint32_t next = i + count;
        if (token_is(in, next, "to") || token_is(in, next, "or"))
            next++;
        uint32_t more = number_at(in, next, &second);
        if (more && unit_at(in, next + more) > 0) {
            *number = second;
            return next + more - i;
        }
        return count;
    }
    if (token_in(in, i, WORDS("a", "an", "one"))) {
        if (token_in(in, i + 1, WORDS("few", "couple"))) {
            *number = token_is(in, i + 1, "few") ? 3 : 2;
            return token_is(in, i + 2, "of") ? 3 : 2;
        }
        *number = 1;
        return 1;
    }
    if (token_in(in, i, WORDS("several", "few"))) {
        *number = 4;
        return 1;
    }
    return 0;
}

void detect_duration(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        double number;
        struct str letters;
        uint32_t beg = i, end = 0;
        double days = 0;
        if (code_split(in, i, &number, &letters)) {
            days = unit_days(letters);
            end = days > 0 ? i + 1 : 0;
        } else {
            uint32_t count = count_at(in, i, &number);
            days = count && token_joins(in, i) ? unit_at(in, i + count) : 0;
            end = days > 0 ? i + count + 1 : 0;
        }
        if (end && !token_in(in, end, WORDS("old", "olds")))
            hit_add_fact(
                in, hit_tokens(in, out, beg, end), FACT_DAYS, number * days);
        i = end ? end : i + 1;
    }
}
