/* SPDX-License-Identifier: MIT */
/* detect_contact.c - phone numbers, addresses of the net, number plates. */
#include <string.h>

#include "match/detector.h"
#include "match/valid.h"

/* ---- phone ------------------------------------------------------------------------ */

struct phone {
    uint32_t beg, end;
    uint32_t digits, groups;
    uint32_t group_len[8];
    bool plus, bracket;
};

static struct phone phone_at(struct str s, uint32_t i)
{
    struct phone p = {.beg = i, .end = i};
    bool in_group = false;
    for (uint32_t k = i; k < s.len; k++) {
        char c = s.ptr[k];
        if (byte_is_digit(c)) {
            p.digits++;
            if (!in_group && p.groups < 8)
                p.group_len[p.groups++] = 0;
            if (p.groups > 0)
                p.group_len[p.groups - 1]++;
            in_group = true;
            p.end = k + 1;
            continue;
        }
        in_group = false;
        if (c == '+' && k == i)
            p.plus = true;
        else if (c == '(')
            p.bracket = true;
        else if (!strchr(" -.)", c) || (k > i && s.ptr[k - 1] == c))
            break;
        else if (c == ' ' && k + 1 < s.len && !byte_is_digit(s.ptr[k + 1]) &&
                 s.ptr[k + 1] != '(')
            break;
    }
    return p;
}

/* Mobile ranges of the countries whose health workers we know. Digits as
   written; `plus`: with the country in front; `pair`: in two groups, as India
   writes them. North America's cannot be told. */
static bool is_mobile(struct str digits, bool plus, bool pair)
{
    static const struct {
        const char *head;
        size_t least, most;
    } home[] = {{"07", 10, 11}, {"083", 10, 10}, {"085", 10, 10},
        {"086", 10, 10}, {"087", 10, 10}, {"089", 10, 10}, {"04", 10, 10},
        {"06", 10, 10}, {"082", 10, 10}, {"084", 10, 10}, {"02", 9, 9},
        {"021", 10, 10}, {"022", 10, 10}, {"027", 10, 10}, {"070", 11, 11},
        {"080", 11, 11}, {"081", 11, 11}, {"090", 11, 11}, {"091", 11, 11},
        {"6", 10, 10}, {"7", 10, 10}, {"8", 10, 10}, {"9", 10, 10}},
      abroad[] = {{"447", 12, 12}, {"4407", 13, 13}, {"3538", 12, 12},
          {"614", 11, 11}, {"642", 10, 12}, {"276", 11, 11}, {"277", 11, 11},
          {"278", 11, 11}, {"2347", 13, 13}, {"2348", 13, 13}, {"2349", 13, 13},
          {"2547", 12, 12}, {"2541", 12, 12}, {"916", 12, 12}, {"917", 12, 12},
          {"918", 12, 12}, {"919", 12, 12}, {"639", 12, 12}, {"1", 11, 11}};
    size_t count = plus ? PL_COUNT(abroad) : PL_COUNT(home);
    for (size_t i = 0; i < count; i++) {
        const char *head = plus ? abroad[i].head : home[i].head;
        size_t least = plus ? abroad[i].least : home[i].least;
        size_t most = plus ? abroad[i].most : home[i].most;
        if (digits.len >= least && digits.len <= most &&
            str_starts(digits, str_of(head)) &&
            (head[0] != '0' && !plus ? pair : true))
            return true;
    }
    return false;
}

/* Groups of a number that begins neither with + nor with 0. */
static bool has_phone_groups(struct str s, const struct phone *p)
{
    char first = s.ptr[p->beg];
    bool grouped = p->groups >= 3 && p->groups <= 4;
    if (p->digits == 10)
        return (p->bracket && p->groups >= 2) ||
               (grouped && p->group_len[0] == 3 && p->group_len[1] == 3) ||
               /* India: 98000 00042 */
               (p->groups == 2 && p->group_len[0] == 5 && first >= '6');
    if (p->digits == 11 && first == '1')
        return grouped;
    /* 555-0142 of the exchange reserved for examples is a number too. */
    return p->digits == 7 && p->groups == 2 && p->group_len[0] == 3 &&
           str_starts(str_from(s, p->beg + p->bracket), STR("555-01"));
}

static bool is_phone(struct str s, const struct phone *p)
{
    if (p->end < s.len && byte_is_alnum(s.ptr[p->end]))
        return false;
    if (p->plus)
        return p->digits >= 9 && p->digits <= 15;
    if (s.ptr[p->beg] == '0')
        return p->digits >= 9 && p->digits <= 12 && s.ptr[p->beg + 1] != '.' &&
               !(p->groups >= 3 && p->group_len[0] == 2 &&
                   p->group_len[1] == 2);
    return has_phone_groups(s, p);
}

static void add_phone(const struct detect_in *in, struct hits *out,
    struct span at, bool plus, bool pair)
{
    char digits[16];
    size_t end;
    struct str raw = str_part(in->text->folded, at.beg + plus, at.end);
    size_t len = 0;
    for (size_t i = 0; i < raw.len && len < sizeof digits; i++)
        if (byte_is_digit(raw.ptr[i]))
            digits[len++] = raw.ptr[i];
    if (len < raw.len / 3)
        len = valid_spelled(raw, digits, sizeof digits, &end);
    struct hit *h = hit_bytes(in, out, at);
    hit_add_fact(in, h, FACT_LENGTH, (double)len);
    hit_add_fact(in, h, FACT_MOBILE,
        is_mobile((struct str){digits, len}, plus, pair) ? 1 : 0);
}

/* Where a number may begin: a digit, + or ( before one. */
static bool starts_phone(struct str s, uint32_t i)
{
    bool starts = byte_is_digit(s.ptr[i]) ||
                  ((s.ptr[i] == '+' || s.ptr[i] == '(') && i + 1 < s.len &&
                      byte_is_digit(s.ptr[i + 1]));
    return starts && !(i > 0 && (byte_is_alnum(s.ptr[i - 1]) ||
                                    strchr("#/.", s.ptr[i - 1]) ||
                                    /* 2,019 425 6000 */
                                    (i > 1 && s.ptr[i - 1] == ',' &&
                                        byte_is_digit(s.ptr[i - 2]))));
}

void detect_phone(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    for (uint32_t i = 0; i < s.len;) {
        uint32_t end = i;
        if (starts_phone(s, i)) {
            struct phone p = phone_at(s, i);
            if (p.end > i && is_phone(s, &p))
                add_phone(in, out, (struct span){p.beg, p.end}, p.plus,
                    p.groups == 2);
            end = p.end;
        } else {
            uint32_t digits = number_spelled(s, i, &end);
            if (digits >= 9 && digits <= 13)
                add_phone(in, out, (struct span){i, end}, false, false);
        }
        i = end > i ? end : i + 1;
    }
}

/* ---- addresses ------------------------------------------------------------------------ */

static void add_kind(
    const struct detect_in *in, struct hits *out, enum token_kind kind)
{
    for (uint32_t i = 0; i < in->text->main_count; i++)
        if (in->text->tokens[i].kind == kind)
            (void)hit_tokens(in, out, i, i + 1);
}

void detect_email(const struct detect_in *in, struct hits *out)
{
    add_kind(in, out, TOKEN_EMAIL);
}

void detect_url(const struct detect_in *in, struct hits *out)
{
    add_kind(in, out, TOKEN_LINK);
}

static bool is_handle_byte(char c)
{
    return byte_is_alnum(c) || c == '_' || c == '-';
}

/* @somebody, and u/somebody of Reddit. */
void detect_handle(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    add_kind(in, out, TOKEN_MENTION);
    for (uint32_t i = 0; i + 4 < s.len; i++) {
        uint32_t end = i + 2;
        if (s.ptr[i] != 'u' || s.ptr[i + 1] != '/' ||
            (i > 0 && byte_is_alnum(s.ptr[i - 1])) ||
            (i > 1 && s.ptr[i - 1] == '/' && byte_is_alnum(s.ptr[i - 2])))
            continue;
        while (end < s.len && is_handle_byte(s.ptr[end]))
            end++;
        if (end >= i + 5)
            (void)hit_bytes(in, out, (struct span){i, end});
        i = end - 1;
    }
}

static bool is_ipv4(struct str s)
{
    unsigned parts = 0;
    for (struct str_cut cut = str_cut(s, '.');; cut = str_cut(cut.tail, '.')) {
        uint64_t value;
        if (!str_uint(cut.head, 255, &value) || cut.head.len > 3)
            return false;
        parts++;
        if (!cut.found)
            return parts == 4;
    }
}

static bool is_hex(char c)
{
    return byte_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* 2001:db8::1 : three colons at least, groups of up to four hex digits. */
/* Eight groups, or fewer with one "::"; what has seven signs at most and no
   "::" is a time or the address of a device. */
static uint32_t ipv6_end(struct str s, uint32_t i)
{
    uint32_t colons = 0, group = 0, k = i;
    bool gap = false;
    for (; k < s.len && (is_hex(s.ptr[k]) || s.ptr[k] == ':'); k++) {
        gap = gap || (s.ptr[k] == ':' && k > i && s.ptr[k - 1] == ':');
        colons += s.ptr[k] == ':';
        group = s.ptr[k] == ':' ? 0 : group + 1;
        if (group > 4)
            return i;
    }
    bool ends = k == s.len || !byte_is_alnum(s.ptr[k]);
    return ends && (colons == 7 || (gap && colons >= 2)) ? k : i;
}

void detect_ip(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        const struct token *t = &in->text->tokens[i];
        uint32_t end;
        if (t->kind == TOKEN_NUMBER && is_ipv4(t->word))
            (void)hit_tokens(in, out, i, i + 1);
        else if (t->kind != TOKEN_LINK &&
                 (end = ipv6_end(s, t->at.beg)) > t->at.beg) {
            (void)hit_bytes(in, out, (struct span){t->at.beg, end});
            while (i + 1 < in->text->main_count &&
                   in->text->tokens[i + 1].at.beg < end)
                i++;
        }
    }
}

/* ---- number plates ------------------------------------------------------------------------ */

/* The end of tokens from i on that have a form such as "AA99 AAA": 9 a digit,
   A a capital, a blank where one token ends and the next touches it with one
   blank or hyphen between. 0 if they have not. */
static uint32_t plate_end(
    const struct detect_in *in, uint32_t i, const char *form)
{
    for (;; i++) {
        struct str word = token_cased(in, i);
        size_t k = 0;
        for (; form[k] != '\0' && form[k] != ' '; k++)
            if (k == word.len ||
                !(form[k] == 'A' ? byte_is_upper(word.ptr[k])
                                 : byte_is_digit(word.ptr[k])))
                return 0;
        if (k != word.len)
            return 0;
        form += k;
        if (*form == '\0')
            return i + 1;
        form++;
        if (!token_joins(in, i) ||
            in->text->tokens[i + 1].at.beg != in->text->tokens[i].at.end + 1)
            return 0;
    }
}

/* Are there but capitals and digits at either end of the word? */
static bool may_open_plate(const struct detect_in *in, uint32_t i)
{
    struct str s = token_cased(in, i);
    char first = s.ptr[0], last = s.ptr[s.len - 1];
    return !(in->text->tokens[i].flags & TOKEN_TAGGED) &&
        (byte_is_upper(first) || byte_is_digit(first)) &&
        (byte_is_upper(last) || byte_is_digit(last));
}

/* Britain, Ireland, Australia and New Zealand, North America, South Africa,
   India, Kenya, Nigeria. Whether it is one is for a cue beside it to say. */
void detect_plate(const struct detect_in *in, struct hits *out)
{
    static const char *const forms[] = {"AA 99 AA 9999", "AA 99 A 9999",
        "AA99 AA 9999", "AA99AA9999", "AA 99 AA AA", "99 AA 99 AA", "AA99 AAA",
        "AA99AAA", "AAA999A", "AAA 999A", "AAA99A", "AAA 99A", "AAA9A",
        "AAA 9A", "A999 AAA", "A99 AAA", "A9 AAA", "A999AAA", "A99AAA", "A9AAA",
        "AAAA 999", "AAAA999", "9AAA999", "9AAA 999", "9AAA 9AA", "9AAA 9A",
        "9AA 9AA", "9AA9AA", "9AA 9A", "AAA 9999", "AAA9999", "AAA 999AA",
        "AAA 999 AA", "AAA 999 999", "AAA 999", "AAA999", "99 A 999999",
        "99 A 99999", "99 A 9999", "99 A 999", "999 A 99999", "999 A 9999",
        "999 A 999", "999 A 99", "99 AA 9999", "99 AA 999", "999 AA 9999",
        "999 AA 999", "AA 999 999", "AA 999999", "AA 99999", "AA 99 999"};
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        uint32_t end = 0;
        if (may_open_plate(in, i))
            for (size_t k = 0; k < PL_COUNT(forms) && end == 0; k++)
                end = plate_end(in, i, forms[k]);
        if (end) {
            (void)hit_tokens(in, out, i, end);
            i = end - 1;
        }
    }
}
