/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/pointmap.h"

/* One form of a character as the table has it. */
static bool reads(const char *bytes, size_t len, const char *want, size_t size)
{
    return len == size && memcmp(bytes, want, size) == 0;
}

static bool is_same(uint32_t point, const struct pointmap_row *row,
    const struct point_form *form)
{
    char source[4], folded[4];
    size_t size = str_put_point(source, point);
    for (size_t i = 0; i < size; i++)
        folded[i] = (char)(source[i] ^ row->folded[i]);
    return row->len == size &&
           reads(form->cased, form->cased_len, source, size) &&
           reads(form->folded, form->folded_len, folded, size);
}

/* What the table says of a character needs no neighbours, or names them. */
static bool is_told(uint32_t point)
{
    const struct pointmap_row *row = pointmap_row(point);
    struct point_form form;
    char source[4];
    bool dash = point >= POINT_FIGURE_DASH && point <= POINT_EM_DASH;

    if (row->kind == POINTMAP_RARE)
        return true;
    point_normalise(point, &form);
    if (form.hides || point_is_mark(point) || point_parting(point))
        return false;
    if (pointmap_stays(row))
        return is_same(point, row, &form) && !dash &&
               (row->kind == POINTMAP_ALIKE) == (point_alike(point) != '\0');
    return dash == (row->kind == POINTMAP_DASH) && !point_alike(point) &&
           row->len <= str_put_point(source, point) &&
           reads(form.cased, form.cased_len, row->cased, row->len) &&
           reads(form.folded, form.folded_len, row->folded, row->len);
}

static void the_table_says_what_is_known_of_each_character(void **state)
{
    (void)state;
    for (uint32_t point = 0x80; point <= 0x10FFFF; point++) {
        bool told = point >= POINTMAP_END || is_told(point);
        bool letter = pointmap_is_letter(point) == point_is_letter(point);
        bool emoji = pointmap_is_emoji(point) == point_is_emoji(point);
        if (!told || !letter || !emoji)
            print_error("U+%04X\n", (unsigned)point);
        assert_true(told && letter && emoji);
    }
}

static void usual_characters_are_not_rare(void **state)
{
    static const struct {
        uint32_t point;
        enum pointmap_kind kind;
    } rows[] = {
        {0xE9, POINTMAP_SAME}, {0xC9, POINTMAP_SAME}, {0xA3, POINTMAP_SAME},
        {0x20AC, POINTMAP_SAME}, {0x2022, POINTMAP_SAME},
        {0x4E00, POINTMAP_SAME}, {0x1F600, POINTMAP_SAME},
        {0x430, POINTMAP_ALIKE}, {0x431, POINTMAP_SAME}, {0xA0, POINTMAP_TEXT},
        {0x2019, POINTMAP_TEXT}, {0x201C, POINTMAP_TEXT},
        {0x2026, POINTMAP_TEXT}, {0xFB01, POINTMAP_TEXT},
        {0xFF21, POINTMAP_TEXT}, {0x1D400, POINTMAP_TEXT},
        {0xFE0F, POINTMAP_TEXT}, {0x1F3FD, POINTMAP_TEXT},
        {0x2013, POINTMAP_DASH}, {0x2014, POINTMAP_DASH},
        /* these look at their neighbours */
        {0x200B, POINTMAP_RARE}, {0x200D, POINTMAP_RARE},
        {0x301, POINTMAP_RARE}, {0xBD, POINTMAP_RARE}, {0xB2, POINTMAP_RARE},
        {0xD800, POINTMAP_RARE}, {0x20000, POINTMAP_RARE},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_int_equal(pointmap_kind(rows[i].point), rows[i].kind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_what_is_known_of_each_character),
        cmocka_unit_test(usual_characters_are_not_rare),
    };
    return RUN_TESTS(tests);
}
