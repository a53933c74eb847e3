/* SPDX-License-Identifier: MIT */
/*
 * people.c - are the numbers of an example nobody's?
 *
 * Telephone numbers must lie in ranges kept for drama and manuals, NHS numbers
 * begin with 999, addresses end in a domain kept for examples, IP addresses in
 * a net kept for documentation. Names cannot be told: invent them.
 */
#include "author/ruletest.h"
#include "match/detect.h"
#include "match/valid.h"

/* Digits only, a leading + kept; 00 becomes +. */
static struct str bare(struct arena *a, struct str s)
{
    char *out = ARENA_NEW(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if (byte_is_digit(s.ptr[i]) || (s.ptr[i] == '+' && n == 0))
            out[n++] = s.ptr[i];
    struct str digits = {out, n};
    if (str_starts(digits, STR("00"))) {
        out[1] = '+';
        digits = str_from(digits, 1);
    }
    return digits;
}

static bool starts_with_any(
    struct str s, const struct str *heads, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(s, heads[i]))
            return true;
    return false;
}

/* Ofcom's, ComReg's, ACMA's and the North American numbers for drama; helplines
   that everybody may ring. */
static bool is_reserved_phone(struct str d)
{
    static const struct str national[] = {STR_INIT("07700900"),
        STR_INIT("0808157"), STR_INIT("02079460"), STR_INIT("01134960"),
        STR_INIT("01144960"), STR_INIT("01154960"), STR_INIT("01164960"),
        STR_INIT("01174960"), STR_INIT("01184960"), STR_INIT("01214960"),
        STR_INIT("01314960"), STR_INIT("01414960"), STR_INIT("01514960"),
        STR_INIT("01614960"), STR_INIT("01914980"), STR_INIT("01632960"),
        STR_INIT("02896496"), STR_INIT("02920180"), STR_INIT("0306999"),
        STR_INIT("0909879"), STR_INIT("0491570"), STR_INIT("0255501"),
        STR_INIT("0355501"), STR_INIT("0755501"), STR_INIT("0855501"),
        STR_INIT("1800975"), STR_INIT("0850"), STR_INIT("020911"),
        STR_INIT("116123"), STR_INIT("08001111")};
    static const struct str codes[] = {STR_INIT("+44"), STR_INIT("+61"),
        STR_INIT("+353"), STR_INIT("+1")};
    if (d.len <= 6) /* 111, 999, 116 123: services */
        return true;
    if (d.len == 10 &&
        (str_starts(d, STR("999")) || /* an NHS number for tests, */
            str_eqz(str_part(d, 6, 8), "99"))) /* a CHI number likewise */
        return true;
    for (size_t i = 0; i < PL_COUNT(codes); i++) {
        if (!str_starts(d, codes[i]))
            continue;
        d = str_from(d, codes[i].len);
        if (i == 3) { /* 1 (212) 555-0123 */
            break;
        }
        /* National heads begin with the 0 that a country code replaces. */
        for (size_t k = 0; k < PL_COUNT(national); k++)
            if (str_starts(d, str_from(national[k], 1)))
                return true;
        return str_starts(d, STR("0")) &&
            starts_with_any(d, national, PL_COUNT(national));
    }
    if (d.len == 11 && d.ptr[0] == '1')
        d = str_from(d, 1);
    if (d.len == 10 && str_eq(str_part(d, 3, 8), STR("55501")))
        return true;
    if (d.len == 7 && str_starts(d, STR("55501")))
        return true;
    return starts_with_any(d, national, PL_COUNT(national));
}

static bool is_reserved_host(struct str s)
{
    static const struct str ends[] = {STR_INIT("example.com"),
        STR_INIT("example.org"), STR_INIT("example.net"), STR_INIT(".example"),
        STR_INIT(".test"), STR_INIT(".invalid")};
    for (size_t i = 0; i < PL_COUNT(ends); i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

static bool is_reserved_ip(struct str s)
{
    static const struct str heads[] = {STR_INIT("192.0.2."),
        STR_INIT("198.51.100."), STR_INIT("203.0.113."), STR_INIT("10."),
        STR_INIT("192.168."), STR_INIT("172.16."), STR_INIT("127."),
        STR_INIT("2001:db8")};
    return starts_with_any(s, heads, PL_COUNT(heads));
}

/* ---- what stands in an example ------------------------------------------------ */

static bool is_phone(struct arena *a, struct str s)
{
    return is_reserved_phone(bare(a, s));
}

static bool is_address(struct arena *a, struct str s)
{
    (void)a;
    return is_reserved_host(s);
}

static bool is_net(struct arena *a, struct str s)
{
    (void)a;
    return is_reserved_ip(s);
}

/* Ten digits that pass as an NHS number must be of the range for tests; other
   long numbers cannot be told. */
static bool is_nhs(struct arena *a, struct str s)
{
    uint32_t check;
    struct str d = bare(a, s);
    return d.len != 10 || d.ptr[0] == '0' ||
        !valid_find(STR("mod11-nhs"), &check) || !valid_accepts(check, d) ||
        str_starts(d, STR("999")) ||
        /* a CHI number that libraries use in tests: 99 behind the date */
        (str_eqz(str_part(d, 6, 8), "99") &&
            valid_find(STR("mod11-chi"), &check) && valid_accepts(check, d));
}

static const struct {
    const char *detector;
    bool (*is_reserved)(struct arena *a, struct str s);
    const char *what;
} kinds[] = {
    {"phone", is_phone, "a telephone number outside the ranges for drama"},
    {"email", is_address, "an address outside the domains for examples"},
    {"ip", is_net, "an IP address outside the nets for documentation"},
    {"digits", is_nhs, "an NHS number outside the range for tests"},
};

void people_check(
    struct ruletest *t, uint32_t rule, const struct pack_example *e)
{
    const struct text *text = scan_text(t->examiner.scratch);
    struct detect_in in = {.text = text, .arena = t->examiner.arena};
    (void)detect_prepare(&in);
    for (size_t i = 0; i < PL_COUNT(kinds); i++) {
        struct hits hits = {0};
        uint32_t index;
        if (!detect_find(str_of(kinds[i].detector), &index))
            continue;
        detect_at(index)->find(&in, &hits);
        for (size_t k = 0; k < hits.count; k++) {
            struct str s = str_part(text->folded, hits.items[k].at.beg,
                hits.items[k].at.end);
            if (!kinds[i].is_reserved(t->examiner.arena, s))
                ruletest_tell(t, RULETEST_REAL, rule, e->at,
                    "'" STR_FMT "' is %s", STR_ARG(s), kinds[i].what);
        }
    }
}
