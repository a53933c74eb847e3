/* SPDX-License-Identifier: MIT */
/* detect_contact.c - phone numbers, addresses of the net, number plates. */
#include <string.h>

#include "match/detector.h"

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

static bool is_phone(struct str s, const struct phone *p)
{
    char first = s.ptr[p->beg];
    if (p->end < s.len && byte_is_alnum(s.ptr[p->end]))
        return false;
    if (p->plus)
        return p->digits >= 9 && p->digits <= 15;
    if (first == '0')
        return p->digits >= 9 && p->digits <= 12 && s.ptr[p->beg + 1] != '.';
    bool grouped = p->groups >= 3 && p->groups <= 4;
    /* 555-0142 of the exchange reserved for examples is a number too. */
    if (p->digits == 10)
        return (p->bracket && p->groups >= 2) ||
            (grouped && p->group_len[0] == 3 && p->group_len[1] == 3);
    if (p->digits == 11 && first == '1')
        return grouped;
    return p->digits == 7 && p->groups == 2 && p->group_len[0] == 3 &&
        str_starts(str_from(s, p->beg), STR("555-01"));
}

void detect_phone(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    for (uint32_t i = 0; i < s.len;) {
        bool starts = byte_is_digit(s.ptr[i]) ||
            ((s.ptr[i] == '+' || s.ptr[i] == '(') && i + 1 < s.len &&
                byte_is_digit(s.ptr[i + 1]));
        if (!starts ||
            (i > 0 &&
                (byte_is_alnum(s.ptr[i - 1]) || strchr("#/.", s.ptr[i - 1])))) {
            i++;
            continue;
        }
        struct phone p = phone_at(s, i);
        if (p.end <= i) {
            i++;
            continue;
        }
        if (is_phone(s, &p))
            hit_add_fact(in, hit_bytes(in, out, (struct span){p.beg, p.end}),
                FACT_LENGTH, p.digits);
        i = p.end;
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

void detect_handle(const struct detect_in *in, struct hits *out)
{
    add_kind(in, out, TOKEN_MENTION);
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
static uint32_t ipv6_end(struct str s, uint32_t i)
{
    uint32_t colons = 0, group = 0, k = i;
    for (; k < s.len && (is_hex(s.ptr[k]) || s.ptr[k] == ':'); k++) {
        colons += s.ptr[k] == ':';
        group = s.ptr[k] == ':' ? 0 : group + 1;
        if (group > 4)
            return i;
    }
    bool ends = k == s.len || !byte_is_alnum(s.ptr[k]);
    return colons >= 3 && ends ? k : i;
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

static bool has_form(struct str s, const char *form)
{
    size_t i = 0;
    for (; form[i] && i < s.len; i++)
        if (form[i] == 'A' ? !byte_is_upper(s.ptr[i])
                           : !byte_is_digit(s.ptr[i]))
            return false;
    return form[i] == '\0' && i == s.len;
}

/* Britain AB12 CDE, Ireland 151-D-12345, Australia ABC-123, 1AB 2CD. Whether
   it is one is for a cue beside it to say. */
void detect_plate(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++) {
        struct str a = token_cased(in, i);
        struct str b =
            token_joins(in, i) ? token_cased(in, i + 1) : STR("");
        struct str c = b.len && token_joins(in, i + 1)
            ? token_cased(in, i + 2)
            : STR("");
        uint32_t end = 0;
        if (has_form(a, "AA99AAA") || has_form(a, "AAA999A"))
            end = i + 1;
        else if ((has_form(a, "AA99") && has_form(b, "AAA")) ||
            (has_form(a, "AAA") && has_form(b, "999")) ||
            (has_form(a, "AAA") && has_form(b, "9999")) ||
            (has_form(a, "A999") && has_form(b, "AAA")) ||
            (has_form(a, "9AA") && has_form(b, "9AA")) ||
            (has_form(a, "AAA") && has_form(b, "999A")))
            end = i + 2;
        else if ((has_form(a, "99") || has_form(a, "999")) &&
            byte_after(in, i) == '-' && b.len >= 1 && b.len <= 2 &&
            byte_is_upper(b.ptr[0]) && c.len >= 1 && c.len <= 6 &&
            byte_is_digit(c.ptr[0]))
            end = i + 3;
        if (end) {
            (void)hit_tokens(in, out, i, end);
            i = end - 1;
        }
    }
}
