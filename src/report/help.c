/* SPDX-License-Identifier: MIT */
/* help.c - services for people in danger, by country. */
#include "report/help.h"

#include "base/attr.h"

enum column { COUNTRY, SERVICE, CONTACT, ABOUT, SOURCE, CHECKED, COLUMNS };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_among(struct str code, struct str codes)
{
    for (size_t i = 0, beg = 0; i <= codes.len; i++) {
        if (i < codes.len && is_letter(codes.ptr[i]))
            continue;
        if (i > beg && str_eq_nocase(str_part(codes, beg, i), code))
            return true;
        beg = i + 1;
    }
    return false;
}

/* "2026-05-31"; anything else is no day. */
static bool is_day(struct str s)
{
    static const char form[] = "0000-00-00";
    if (s.len != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        if (form[i] == '0' ? !digit : s.ptr[i] != form[i])
            return false;
    }
    return true;
}

static struct str line_of(struct arena *a, const struct str cell[COLUMNS])
{
    if (cell[CONTACT].len > 0 && is_day(cell[CHECKED]))
        return arena_printf(a,
            STR_FMT ": " STR_FMT ", " STR_FMT " (checked " STR_FMT ").",
            STR_ARG(cell[SERVICE]), STR_ARG(cell[CONTACT]),
            STR_ARG(cell[ABOUT]), STR_ARG(cell[CHECKED]));
    return arena_printf(a, STR_FMT ", " STR_FMT ".", STR_ARG(cell[SERVICE]),
        STR_ARG(cell[ABOUT]));
}

size_t help_lines(struct arena *a, struct str table, struct str countries,
    struct str out[HELP_MAX])
{
    size_t count = 0;
    struct str_cut line = str_cut(table, '\n'); /* the first names columns */
    while (line.tail.len > 0 && count < HELP_MAX) {
        struct str cell[COLUMNS];
        line = str_cut(line.tail, '\n');
        struct str_cut rest = {.tail = line.head};
        for (size_t i = 0; i < COLUMNS; i++) {
            rest = str_cut(rest.tail, '\t');
            cell[i] = rest.head;
        }
        if (cell[SERVICE].len > 0 && is_among(cell[COUNTRY], countries))
            out[count++] = line_of(a, cell);
    }
    return count;
}
