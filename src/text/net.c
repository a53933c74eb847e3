/* SPDX-License-Identifier: MIT */
/* net.c - links, e-mail addresses and mentions. */
#include <string.h>

#include "text/lexer.h"

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* ---- links -------------------------------------------------------------- */

static bool ends_link(char c)
{
    return c == '\0' || is_one_of(c, " \n\"<>|");
}

static size_t link_end(const struct lexer *l, size_t beg)
{
    size_t at = beg, open = 0, close = 0;
    for (; at < l->end && !ends_link(l->folded.ptr[at]); at++) {
        open += l->folded.ptr[at] == '(';
        close += l->folded.ptr[at] == ')';
    }
    while (at > beg && is_one_of(l->folded.ptr[at - 1], ".,;:!?)]}'*_")) {
        /* https://x.example/a_(b) keeps its bracket. */
        if (l->folded.ptr[at - 1] == ')' && open >= close)
            break;
        close -= l->folded.ptr[at - 1] == ')';
        at--;
    }
    return at;
}

static bool is_host_byte(char c)
{
    return byte_is_alnum(c) || c == '-' || c == '.';
}

struct top {
    const char *name;
    bool wordy; /* also a word: a link only with a path behind it */
};

/* Top domains that posts in English hold without a scheme before them. */
static bool has_top_domain(struct str host, bool path)
{
    static const struct top tops[] = {{"app", false}, {"au", false},
        {"be", true}, {"biz", false}, {"ca", false}, {"clinic", false},
        {"co", false}, {"com", false}, {"edu", false}, {"eu", false},
        {"example", false}, {"gg", true}, {"gov", false}, {"gy", true},
        {"health", false}, {"ie", false}, {"in", true}, {"info", false},
        {"int", false}, {"io", false}, {"ke", false}, {"link", true},
        {"ly", true}, {"me", true}, {"net", false}, {"ng", false},
        {"nhs", false}, {"nz", false}, {"org", false}, {"ph", false},
        {"scot", false}, {"sg", false}, {"shop", true}, {"social", true},
        {"to", true}, {"tv", false}, {"uk", false}, {"us", true},
        {"wales", false}, {"za", false}, {"test", true}};
    size_t dot = host.len;
    while (dot > 0 && host.ptr[dot - 1] != '.')
        dot--;
    if (dot < 2)
        return false;
    struct str last = str_from(host, dot);
    bool country = last.len == 2 && dot >= 4 &&
                   (str_ends(str_part(host, 0, dot), STR("co.")) ||
                       str_ends(str_part(host, 0, dot), STR("com.")) ||
                       str_ends(str_part(host, 0, dot), STR("org.")) ||
                       str_ends(str_part(host, 0, dot), STR("gov.")) ||
                       str_ends(str_part(host, 0, dot), STR("ac.")));
    for (size_t i = 0; i < PL_COUNT(tops); i++)
        if (str_eqz(last, tops[i].name))
            return path || country || !tops[i].wordy;
    return country;
}

/* "home.In the" is a sentence end without its blank, "NHS.UK" is a host. */
static bool has_capitalised_end(const struct lexer *l, size_t beg, size_t end)
{
    size_t at = end;
    while (at > beg && l->cased.ptr[at - 1] != '.')
        at--;
    return at + 1 < end && byte_is_upper(l->cased.ptr[at]) &&
           !byte_is_upper(l->cased.ptr[at + 1]);
}

static size_t host_link(struct lexer *l, size_t i)
{
    size_t at = i;
    if (i < l->no_host)
        return i;
    while (at < l->end && is_host_byte(l->folded.ptr[at]))
        at++;
    size_t run = at;
    while (at > i && !byte_is_alnum(l->folded.ptr[at - 1]))
        at--;
    bool path = lexer_byte(l, at) == '/' && !ends_link(lexer_byte(l, at + 1));
    if (lexer_byte(l, at) != '@' &&
        has_top_domain(str_part(l->folded, i, at), path) &&
        !has_capitalised_end(l, i, at))
        return lexer_byte(l, at) == '/' ? link_end(l, i) : at;
    l->no_host = run;
    return i;
}

size_t net_link(struct lexer *l, size_t i)
{
    static const struct str heads[] = {STR_INIT("http://"),
        STR_INIT("https://"), STR_INIT("www."), STR_INIT("mailto:")};
    struct str rest = str_part(l->folded, i, l->end);
    for (size_t k = 0; k < PL_COUNT(heads); k++)
        if (str_starts(rest, heads[k]) && rest.len > heads[k].len &&
            byte_is_alnum(rest.ptr[heads[k].len]))
            return link_end(l, i);
    return host_link(l, i);
}

/* ---- e-mail addresses --------------------------------------------------- */

static bool is_local_byte(char c)
{
    return byte_is_alnum(c) || is_one_of(c, "._%+-'");
}

size_t net_email(struct lexer *l, size_t i)
{
    size_t at = i, dot = 0;
    if (i < l->no_email)
        return i;
    while (at < l->end && is_local_byte(l->folded.ptr[at]))
        at++;
    size_t run = at, host = at + 1;
    if (lexer_byte(l, at) == '@') {
        for (at = host; at < l->end && is_host_byte(l->folded.ptr[at]); at++)
            if (l->folded.ptr[at] == '.' && lexer_letter(l, at + 1))
                dot = at;
        while (at > host && !byte_is_alnum(l->folded.ptr[at - 1]))
            at--;
        if (dot > host && at > dot + 2)
            return at;
    }
    l->no_email = run;
    return i;
}

/* ---- mentions ----------------------------------------------------------- */

/* "@5pm", "@10:30" and "@2" are times and places, no accounts. */
static bool is_time(struct str name)
{
    size_t digits = 0;
    while (digits < name.len && byte_is_digit(name.ptr[digits]))
        digits++;
    struct str rest = str_from(name, digits);
    return digits > 0 &&
           (rest.len == 0 || rest.ptr[0] == '.' || str_eq(rest, STR("am")) ||
               str_eq(rest, STR("pm")) || str_eq(rest, STR("h")));
}

size_t net_mention(const struct lexer *l, size_t i)
{
    size_t at = i + 1;
    if (lexer_byte(l, i) != '@' || lexer_after_word(l, i))
        return i;
    while (at < l->end && (byte_is_alnum(l->folded.ptr[at]) ||
                              is_one_of(l->folded.ptr[at], "_.-@")))
        at++;
    while (at > i + 1 && is_one_of(l->folded.ptr[at - 1], ".-@"))
        at--;
    return at > i + 1 && !is_time(str_part(l->folded, i + 1, at)) ? at : i;
}
