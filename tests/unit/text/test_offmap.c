/* SPDX-License-Identifier: MIT */
#include "posts.h"
#include "text/offmap.h"

/* The slow map: one entry for each normalised byte. */
struct model {
    struct {
        uint32_t field;
        struct span source;
    } byte[512];
    uint32_t len;
};

static void tell_copy(struct offmap *m, struct model *slow, uint32_t field,
    uint32_t beg, uint32_t len)
{
    offmap_copy(m, field, beg, len);
    for (uint32_t i = 0; i < len; i++) {
        slow->byte[slow->len].field = field;
        slow->byte[slow->len++].source = (struct span){beg + i, beg + i + 1};
    }
}

static void tell_put(struct offmap *m, struct model *slow, uint32_t field,
    struct span source, uint32_t len)
{
    offmap_put(m, field, source, len);
    for (uint32_t i = 0; i < len; i++) {
        slow->byte[slow->len].field = field;
        slow->byte[slow->len++].source = source;
    }
}

static void check_all(const struct offmap *m, const struct model *slow)
{
    for (uint32_t beg = 0; beg < slow->len; beg++)
        for (uint32_t end = beg + 1; end <= slow->len; end++) {
            uint32_t field = 99, last = end - 1;
            struct span got = offmap_origin(m, (struct span){beg, end}, &field);
            while (slow->byte[last].field != slow->byte[beg].field)
                last--;
            assert_int_equal(field, slow->byte[beg].field);
            assert_int_equal(got.beg, slow->byte[beg].source.beg);
            assert_int_equal(got.end, slow->byte[last].source.end);
        }
}

static void replacements_map_whole(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct offmap *m = offmap_new(a);
    struct model slow = {0};
    (void)state;
    tell_copy(m, &slow, 0, 0, 3);
    tell_put(m, &slow, 0, (struct span){3, 6}, 2); /* a ligature */
    tell_put(m, &slow, 0, (struct span){6, 9}, 0); /* hidden */
    tell_copy(m, &slow, 0, 9, 4);
    tell_put(m, &slow, 0, (struct span){13, 19}, 1); /* an entity */
    check_all(m, &slow);
}

static void hidden_bytes_between_two_are_inside(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct offmap *m = offmap_new(a);
    uint32_t field;
    (void)state;
    offmap_copy(m, 0, 0, 2);
    offmap_put(m, 0, (struct span){2, 5}, 0);
    offmap_copy(m, 0, 5, 2);
    struct span got = offmap_origin(m, (struct span){1, 3}, &field);
    assert_int_equal(got.beg, 1);
    assert_int_equal(got.end, 6);
}

static void a_span_ends_with_its_field(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct offmap *m = offmap_new(a);
    struct model slow = {0};
    (void)state;
    tell_copy(m, &slow, 0, 0, 5);
    tell_put(m, &slow, 0, (struct span){5, 5}, 1);
    tell_copy(m, &slow, 1, 0, 7);
    tell_put(m, &slow, 1, (struct span){7, 9}, 3);
    check_all(m, &slow);
}

static void an_empty_span_gives_an_empty_one(void **state)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct offmap *m = offmap_new(a);
    uint32_t field = 9;
    (void)state;
    struct span got = offmap_origin(m, (struct span){0, 0}, &field);
    assert_int_equal(got.beg, got.end);
    offmap_copy(m, 2, 10, 5);
    got = offmap_origin(m, (struct span){3, 3}, &field);
    assert_int_equal(field, 2);
    assert_int_equal(got.beg, 13);
    assert_int_equal(got.end, 13);
    got = offmap_origin(m, (struct span){5, 5}, &field);
    assert_int_equal(got.beg, 15);
    assert_int_equal(got.end, 15);
}

static void random_tellings_agree_with_the_slow_map(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct arena *a PL_DEFER(arena_freep) = arena_new(0);
        struct offmap *m = offmap_new(a);
        struct model slow = {0};
        uint32_t source = 0, field = 0;
        while (slow.len < 60) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t len = (seed >> 8) % 5, size = (seed >> 16) % 5;
            if (seed >> 31)
                tell_copy(m, &slow, field, source, size = len);
            else
                tell_put(
                    m, &slow, field, (struct span){source, source + size}, len);
            source += size;
            if ((seed >> 24) % 16 == 0) {
                field++;
                source = 0;
            }
        }
        check_all(m, &slow);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replacements_map_whole),
        cmocka_unit_test(hidden_bytes_between_two_are_inside),
        cmocka_unit_test(a_span_ends_with_its_field),
        cmocka_unit_test(an_empty_span_gives_an_empty_one),
        cmocka_unit_test(random_tellings_agree_with_the_slow_map),
    };
    return RUN_TESTS(tests);
}
