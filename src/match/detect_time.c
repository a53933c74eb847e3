/* SPDX-License-Identifier: MIT */
/* detect_time.c - dates, weekdays, times of day. */
#include "match/detector.h"

static int month_at(const struct detect_in *in, uint32_t i)
{
    static const char *const months[] = {"january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan", "feb", "mar", "apr", "may", "jun",
        "jul", "aug", "sep", "oct", "nov", "dec"};
    if (!known_is(in, i, FEATURE_DAY_WORD))
        return 0;
    for (int k = 0; k < (int)PL_COUNT(months); k++)
        if (token_is(in, i, months[k]))
            return k % 12 + 1;
    return token_is(in, i, "sept") ? 9 : 0;
}

/* 3, 3rd, twelfth is left out */
static bool day_at(const struct detect_in *in, uint32_t i, double *day)
{
    struct str letters;
    if (token_number(in, i, day))
        return *day >= 1 && *day <= 31;
    return code_split(in, i, day, &letters) && *day >= 1 && *day <= 31 &&
        (str_eq(letters, STR("st")) || str_eq(letters, STR("nd")) ||
            str_eq(letters, STR("rd")) || str_eq(letters, STR("th")));
}

static bool year_at(const struct detect_in *in, uint32_t i)
{
    double year;
    return token_number(in, i, &year) && year >= 1900 && year <= 2100;
}

static void add_date(const struct detect_in *in, struct hits *out,
    uint32_t beg, uint32_t end, bool exact)
{
    struct hit *h = hit_tokens(in, out, beg, end);
    if (exact)
        hit_add_fact(in, h, FACT_EXACT, 1);
}

static uint32_t with_year(const struct detect_in *in, uint32_t end)
{
    return end > 0 && token_joins(in, end - 1) && year_at(in, end) ? end + 1
                                                                  : end;
}

/* "3 May", "3rd of May 2024", "May 3rd" */
static uint32_t date_words(const struct detect_in *in, uint32_t i, bool *exact)
{
    double day;
    *exact = true;
    if (day_at(in, i, &day) && token_joins(in, i)) {
        uint32_t at = token_is(in, i + 1, "of") ? i + 2 : i + 1;
        if (month_at(in, at))
            return with_year(in, at + 1);
    }
    if (!month_at(in, i))
        return 0;
    if (token_joins(in, i) && day_at(in, i + 1, &day) &&
        (in->text->tokens[i].flags & TOKEN_CAPITAL ||
            !token_is(in, i, "may")))
        return with_year(in, i + 2);
    *exact = false;
    if (token_joins(in, i) && year_at(in, i + 1))
        return i + 2;
    if (i > 0 &&
        token_in(in, i - 1,
            WORDS("in", "since", "last", "this", "early", "late", "mid", "of",
                "until", "next", "during", "back")) &&
        (in->text->tokens[i].flags & TOKEN_CAPITAL))
        return i + 1;
    return 0;
}

static bool is_day(double a)
{
    return a >= 1 && a <= 31;
}

/* 03/05/2024, 2024-05-03, 3-5-24 */
static uint32_t date_numbers(const struct detect_in *in, uint32_t i)
{
    double a, b, c;
    if (!token_number(in, i, &a) || !token_number(in, i + 1, &b) ||
        !token_number(in, i + 2, &c))
        return 0;
    char x = byte_after(in, i), y = byte_after(in, i + 1);
    const struct token *t = &in->text->tokens[i];
    if (x != y || (x != '/' && x != '-') || t[1].at.beg != t[0].at.end + 1 ||
        t[2].at.beg != t[1].at.end + 1)
        return 0;
    bool year_last = is_day(a) && is_day(b) && (a <= 12 || b <= 12) &&
        ((c >= 1900 && c <= 2100) ||
            (t[2].at.end - t[2].at.beg == 2 && c <= 99));
    bool year_first = a >= 1900 && a <= 2100 && b >= 1 && b <= 12 && is_day(c);
    return year_last || year_first ? i + 3 : 0;
}

/* 3.5.2024 is a single number with two dots. */
static bool date_dotted(const struct detect_in *in, uint32_t i)
{
    if (in->text->tokens[i].kind != TOKEN_NUMBER)
        return false;
    struct str_cut day = str_cut(in->text->tokens[i].word, '.');
    struct str_cut month = str_cut(day.tail, '.');
    uint64_t d, m, y;
    return day.found &&
        month.found && str_uint(day.head, 31, &d) &&
        str_uint(month.head, 31, &m) && str_uint(month.tail, 2100, &y) &&
        d > 0 && m > 0 && (m <= 12 || d <= 12) &&
        (y >= 1900 || month.tail.len == 2);
}

void detect_date(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        bool exact = true;
        uint32_t end = date_numbers(in, i);
        if (!end && date_dotted(in, i))
            end = i + 1;
        if (!end)
            end = date_words(in, i, &exact);
        if (end)
            add_date(in, out, i, end, exact);
        i = end ? end : i + 1;
    }
}

void detect_weekday(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        if (!known_is(in, i, FEATURE_DAY_WORD))
            continue;
        bool full = token_in(in, i,
            WORDS("monday", "tuesday", "wednesday", "thursday", "friday",
                "saturday", "sunday"));
        bool brief = token_in(in, i,
                         WORDS("mon", "tues", "tue", "wed", "weds", "thurs",
                             "thu", "fri", "sat", "sun")) &&
            (in->text->tokens[i].flags & TOKEN_CAPITAL) &&
            !(in->text->tokens[i].flags & TOKEN_FIRST);
        if (full || brief)
            (void)hit_tokens(in, out, i, i + 1);
    }
}

static uint32_t time_at(const struct detect_in *in, uint32_t i)
{
    double a, b;
    struct str letters;
    const struct token *t = token_at(in, i);
    if (code_split(in, i, &a, &letters))
        return (str_eq(letters, STR("am")) || str_eq(letters, STR("pm")) ||
                   str_eq(letters, STR("hrs")) || str_eq(letters, STR("h"))) &&
                (a <= 12.59 || (t->word.len >= 5 && a <= 2400))
            ? i + 1
            : 0;
    if (token_in(in, i, WORDS("midnight", "noon", "midday")))
        return i + 1;
    if (token_is(in, i, "half") && token_is(in, i + 1, "past"))
        return i + 3 <= in->text->main_count ? i + 3 : 0;
    if (!token_number(in, i, &a))
        return 0;
    if (token_joins(in, i) &&
        (token_in(in, i + 1, WORDS("am", "pm", "o'clock", "oclock")) ||
            (token_in(in, i + 1, WORDS("a", "p")) &&
                token_is(in, i + 2, "m") &&
                byte_after(in, i + 1) == '.')) &&
        a <= 12.59)
        return token_in(in, i + 1, WORDS("a", "p")) ? i + 3 : i + 2;
    if (byte_after(in, i) == ':' && token_number(in, i + 1, &b) && a < 24 &&
        b < 60 && in->text->tokens[i + 1].at.beg == t->at.end + 1 &&
        in->text->tokens[i + 1].at.end - in->text->tokens[i + 1].at.beg == 2) {
        if (token_in(in, i + 2, WORDS("am", "pm")))
            return i + 3;
        return i + 2;
    }
    return 0;
}

void detect_time(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        uint32_t end = time_at(in, i);
        if (end)
            hit_add_fact(in, hit_tokens(in, out, i, end), FACT_EXACT, 1);
        i = end ? end : i + 1;
    }
}
