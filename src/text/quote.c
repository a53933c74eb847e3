/* SPDX-License-Identifier: MIT */
/*
 * quote.c - quotations.
 *
 * Marks have lost their direction in normalising, so what stands beside them
 * tells: a quotation opens behind a border and before something, and closes
 * behind something and before a border. 5'10" opens none, nor does don't. A
 * mark without a partner in its paragraph (for single ones: line) quotes
 * nothing.
 */
#include <string.h>

#include "text/sentence.h"

enum { SINGLE_MOST = 160 }; /* bytes; further off it is an apostrophe */

static char byte_of(const struct norm *n, struct span part, size_t i)
{
    return i >= part.beg && i < part.end ? n->folded[i] : '\n';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

static bool is_wordy(char c)
{
    return byte_is_alnum(c) || (unsigned char)c >= 0xC3;
}

static bool opens(const struct norm *n, struct span part, size_t i)
{
    char mark = n->folded[i];
    char before = i > part.beg ? n->folded[i - 1] : ' ';
    char after = byte_of(n, part, i + 1);
    if (is_blank(after) || is_wordy(before))
        return false;
    return mark == '"' || (before != '\'' && is_wordy(after));
}

static bool closes(const struct norm *n, struct span part, size_t i)
{
    char before = n->folded[i - 1], after = byte_of(n, part, i + 1);
    return !is_blank(before) && !is_wordy(after);
}

/* Partner of the mark at i, or 0. */
static size_t partner(const struct norm *n, struct span part, size_t i)
{
    char mark = n->folded[i];
    size_t end = part.end;
    if (mark == '\'' && end - i > SINGLE_MOST)
        end = i + SINGLE_MOST;
    for (size_t at = i + 1; at < end; at++) {
        char c = n->folded[at];
        if (c == '\n' && (mark == '\'' || byte_of(n, part, at + 1) == '\n'))
            return 0;
        if (c == mark && at > i + 1 && closes(n, part, at))
            return at;
    }
    return 0;
}

/* End of the paragraph, behind which a mark may have a partner again. */
static size_t paragraph_end(const struct norm *n, struct span part, size_t i)
{
    while (i < part.end &&
           !(n->folded[i] == '\n' && byte_of(n, part, i + 1) == '\n'))
        i++;
    return i;
}

/* Place of the next mark of a kind from i on, or the end of the part. */
static size_t next_mark(
    const struct norm *n, struct span part, size_t i, char mark)
{
    const char *at =
        i < part.end ? memchr(n->folded + i, mark, part.end - i) : NULL;
    return at ? (size_t)(at - n->folded) : part.end;
}

void quote_find(struct arena *a, const struct norm *n, struct span part,
    struct quote_list *quotes)
{
    size_t twice = next_mark(n, part, part.beg, '"');
    size_t once = next_mark(n, part, part.beg, '\'');

    while (twice < part.end || once < part.end) {
        bool doubled = twice < once;
        size_t i = doubled ? twice : once, next = i + 1;
        size_t close = opens(n, part, i) ? partner(n, part, i) : 0;
        if (close)
            *VEC_PUSH(a, quotes) =
                (struct quote){{(uint32_t)i, (uint32_t)close + 1}, doubled};
        if (doubled) {
            /* Behind it, or where a mark may have a partner again. */
            if (close)
                next = close + 1;
            else if (opens(n, part, i))
                next = paragraph_end(n, part, i);
            twice = next_mark(n, part, next, '"');
        }
        /* Double quotations inside single ones are found, not the other way
           round. */
        if (!doubled || (close && once < next))
            once = next_mark(n, part, next, '\'');
    }
}
