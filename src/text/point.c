/* SPDX-License-Identifier: MIT */
/*
 * point.c - what a character that is not plain ASCII becomes.
 *
 * First a table of our own, then compatibility decomposition, composed again:
 * full width, mathematical letters, ligatures and circled digits become plain,
 * accents stay.
 */
#include "text/point.h"

#include <string.h>
#include <utf8proc.h>

#include "base/attr.h"

struct swap {
    uint32_t first, last;
    const char *text; /* empty drops the character */
    bool hides;
};

/* Sorted. Selectors, skin tones and key caps belong to emoji, marks such as (R)
   to a name: dropped, but they say nothing of a wish to hide. */
/* clang-format off */
static const struct swap swaps[] = {
    {0x0085, 0x0085, "\n", false},
    {0x00A0, 0x00A0, " ", false},
    {0x00A9, 0x00A9, " ", false},           /* (C) */
    {0x00AD, 0x00AD, "", true},             /* soft hyphen */
    {0x00AE, 0x00AE, "", false},            /* (R) */
    {0x00B4, 0x00B4, "'", false},
    {0x02B9, 0x02B9, "'", false},
    {0x02BB, 0x02BD, "'", false},
    {0x034F, 0x034F, "", true},             /* grapheme joiner */
    {0x061C, 0x061C, "", true},
    {0x115F, 0x1160, "", true},             /* Hangul fillers */
    {0x1680, 0x1680, " ", false},
    {0x17B4, 0x17B5, "", true},
    {0x180B, 0x180D, "", false},
    {0x180E, 0x180E, "", true},
    {0x2000, 0x200A, " ", false},
    {0x200B, 0x200F, "", true},             /* zero width */
    {0x2010, 0x2011, "-", false},
    {0x2012, 0x2015, "\xE2\x80\x94", false}, /* en and em dash */
    {0x2018, 0x201B, "'", false},
    {0x201C, 0x201F, "\"", false},
    {0x2026, 0x2026, "...", false},
    {0x2028, 0x2029, "\n", false},
    {0x202A, 0x202E, "", true},             /* direction */
    {0x202F, 0x202F, " ", false},
    {0x2032, 0x2032, "'", false},
    {0x2033, 0x2033, "\"", false},
    {0x203E, 0x203E, "-", false},
    {0x2044, 0x2044, "/", false},
    {0x205F, 0x205F, " ", false},
    {0x2060, 0x206F, "", true},
    {0x20E3, 0x20E3, "", false},            /* key cap */
    {0x2117, 0x2117, "", false},
    {0x2120, 0x2120, "", false},            /* service mark */
    {0x2122, 0x2122, "", false},            /* (TM) */
    {0x2139, 0x2139, " ", false},           /* the information sign, no i */
    {0x2212, 0x2212, "-", false},
    {0x2215, 0x2215, "/", false},
    {0x3000, 0x3000, " ", false},
    {0x3164, 0x3164, "", true},
    {0xFE00, 0xFE0F, "", false},
    {0xFEFF, 0xFEFF, "", true},
    {0xFFA0, 0xFFA0, "", true},
    {0xFFF9, 0xFFFB, "", true},
    {0x1F3FB, 0x1F3FF, "", false},
    {0xE0000, 0xE0FFF, "", true},           /* tags */
};
/* clang-format on */

static const struct swap *swap_find(uint32_t point)
{
    size_t low = 0, high = PL_COUNT(swaps);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (point > swaps[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    return low < PL_COUNT(swaps) && point >= swaps[low].first ? &swaps[low]
                                                              : NULL;
}

struct alike {
    uint16_t point;
    char latin;
};

static char alike_find(const struct alike *list, size_t count, uint32_t point)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (list[mid].point < point)
            low = mid + 1;
        else
            high = mid;
    }
    return low < count && list[low].point == point ? list[low].latin : '\0';
}

/* Letters of other scripts that look like Latin ones; sorted. */
char point_alike(uint32_t point)
{
    /* clang-format off */
    static const struct alike list[] = {
        {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'},
        {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'},
        {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'},
        {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03B1, 'a'}, {0x03B5, 'e'},
        {0x03B9, 'i'}, {0x03BA, 'k'}, {0x03BD, 'v'}, {0x03BF, 'o'},
        {0x03C1, 'p'}, {0x03C4, 't'}, {0x03C5, 'u'}, {0x03C7, 'x'},
        {0x03F2, 'c'}, {0x03F3, 'j'}, {0x0405, 'S'}, {0x0406, 'I'},
        {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'},
        {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'},
        {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'},
        {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043A, 'k'},
        {0x043C, 'm'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'},
        {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'},
        {0x0456, 'i'}, {0x0458, 'j'}, {0x0475, 'v'}, {0x04AE, 'Y'},
        {0x04AF, 'y'}, {0x04BB, 'h'}, {0x04C0, 'I'}, {0x04CF, 'l'},
        {0x0501, 'd'}, {0x051A, 'Q'}, {0x051B, 'q'}, {0x051C, 'W'},
        {0x051D, 'w'}, {0x0570, 'h'}, {0x0578, 'n'}, {0x057D, 'u'},
        {0x0581, 'g'}, {0x0585, 'o'},
    };
    /* clang-format on */
    return point > 0x0585 ? '\0' : alike_find(list, PL_COUNT(list), point);
}

/* Latin letters in other shapes that have no decomposition: small capitals. */
static char shaped(uint32_t point)
{
    /* clang-format off */
    static const struct alike list[] = {
        {0x0251, 'a'}, {0x0261, 'g'}, {0x0262, 'g'}, {0x026A, 'i'},
        {0x0274, 'n'}, {0x0280, 'r'}, {0x028F, 'y'}, {0x0299, 'b'},
        {0x029C, 'h'}, {0x029F, 'l'}, {0x1D00, 'a'}, {0x1D04, 'c'},
        {0x1D05, 'd'}, {0x1D07, 'e'}, {0x1D0A, 'j'}, {0x1D0B, 'k'},
        {0x1D0D, 'm'}, {0x1D0F, 'o'}, {0x1D18, 'p'}, {0x1D1B, 't'},
        {0x1D1C, 'u'}, {0x1D20, 'v'}, {0x1D21, 'w'}, {0x1D22, 'z'},
        {0xA730, 'f'}, {0xA731, 's'},
    };
    /* clang-format on */
    if (point >= 0x1F150 && point <= 0x1F169) /* white in a black circle */
        return (char)('A' + (point - 0x1F150));
    if (point >= 0x1F170 && point <= 0x1F189) /* ... in a black square */
        return (char)('A' + (point - 0x1F170));
    return point > 0xFFFF ? '\0' : alike_find(list, PL_COUNT(list), point);
}

static void put(struct point_form *form, uint32_t point)
{
    if (form->cased_len + 4 > sizeof form->cased ||
        form->folded_len + 4 > sizeof form->folded)
        return;
    uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
    form->cased_len += str_put_point(form->cased + form->cased_len, point);
    form->folded_len += str_put_point(form->folded + form->folded_len, lower);
}

static void put_text(struct point_form *form, const char *text)
{
    form->cased_len = form->folded_len = strlen(text);
    memcpy(form->cased, text, form->cased_len);
    memcpy(form->folded, text, form->folded_len);
}

enum { POINTS_MOST = 32, FRACTION_SLASH = 0x2044 };

static void put_compatible(struct point_form *form, uint32_t point)
{
    utf8proc_int32_t points[POINTS_MOST];
    int last = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)point,
        points, POINTS_MOST, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last);
    /* Accents that stand alone decompose to a blank and a mark. */
    if (count <= 0 || count > POINTS_MOST || points[0] == ' ') {
        put(form, point);
        return;
    }
    if (count > 1) {
        utf8proc_ssize_t composed = utf8proc_normalize_utf32(
            points, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
        if (composed > 0)
            count = composed;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        put(form, points[i] == FRACTION_SLASH ? '/' : (uint32_t)points[i]);
}

/* Arabic letters in their shapes: one may stand for eighteen, and no list of
   ours holds any. */
static bool is_arabic_shape(uint32_t point)
{
    return (point >= 0xFB50 && point <= 0xFDFF) ||
           (point >= 0xFE70 && point <= 0xFEFE);
}

void point_normalise(uint32_t point, struct point_form *form)
{
    const struct swap *swap = swap_find(point);
    char letter;

    form->cased_len = form->folded_len = 0;
    form->hides = swap && swap->hides;
    if (swap)
        put_text(form, swap->text);
    else if ((letter = shaped(point)) != '\0')
        put(form, (uint32_t)letter);
    else if (is_arabic_shape(point) ||
             utf8proc_get_property((utf8proc_int32_t)point)->decomp_seqindex ==
                 UINT16_MAX)
        put(form, point);
    else
        put_compatible(form, point);
}

#define CATEGORY(name) (1u << UTF8PROC_CATEGORY_##name)

static unsigned category_bit(uint32_t point)
{
    return 1u << (unsigned)utf8proc_category((utf8proc_int32_t)point);
}

bool point_is_letter(uint32_t point)
{
    return (category_bit(point) &
               (CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT) | CATEGORY(LM) |
                   CATEGORY(LO) | CATEGORY(MN) | CATEGORY(MC) |
                   CATEGORY(ND))) != 0;
}

bool point_is_emoji(uint32_t point)
{
    bool drawn = point >= 0x2500 && point <= 0x259F; /* boxes and blocks */
    bool maths = point >= 0x2200 && point <= 0x22FF;
    return point >= 0x2190 && !drawn && !maths &&
           (category_bit(point) & (CATEGORY(SO) | CATEGORY(SM))) != 0;
}

char point_parting(uint32_t point)
{
    if ((point >= 0x00BC && point <= 0x00BE) ||
        (point >= 0x2150 && point <= 0x215F))
        return ' ';
    if (point == 0x00B2 || point == 0x00B3 || point == 0x00B9 ||
        (point >= 0x2070 && point <= 0x2079))
        return '^';
    return '\0';
}

bool point_is_mark(uint32_t point)
{
    return point >= 0x0300 && point <= 0x036F;
}

uint32_t point_compose(uint32_t letter, uint32_t mark)
{
    utf8proc_int32_t pair[2] = {
        (utf8proc_int32_t)letter, (utf8proc_int32_t)mark};
    return utf8proc_normalize_utf32(
               pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) == 1
               ? (uint32_t)pair[0]
               : 0;
}

char point_plain(uint32_t point)
{
    utf8proc_int32_t points[POINTS_MOST];
    int last = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)point,
        points, POINTS_MOST, UTF8PROC_DECOMPOSE, &last);
    return count >= 1 && count <= POINTS_MOST && points[0] < 0x80
               ? (char)points[0]
               : '\0';
}
