/* SPDX-License-Identifier: MIT */
/*
 * fuzz_norm.c - normalising against a slow normaliser for ASCII, and for other
 * text against what must hold for each source character.
 */
#include "fuzz_text.h"
#include "text/norm.h"
#include "text/utf8.h"

struct slow {
    char cased[4096], folded[4096];
    uint32_t source[4096]; /* where each byte comes from */
    size_t len;
};

static void slow_put(struct slow *s, char c, size_t source)
{
    if (c == ' ' && s->len && s->cased[s->len - 1] == ' ')
        return;
    s->cased[s->len] = c;
    s->folded[s->len] = byte_lower(c);
    s->source[s->len++] = (uint32_t)source;
}

/* Byte by byte; false if the text holds more than plain ASCII. */
static bool slow_norm(struct slow *s, const struct fuzz_post *p)
{
    struct str bytes = p->field.bytes;
    s->len = 0;
    if (bytes.len >= sizeof s->cased)
        return false;
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        bool run_ends = i + 1 == p->runs[0].source.end;
        if ((unsigned char)c >= 0x80 || c == '&')
            return false;
        if (c == '\r') {
            slow_put(s, '\n', i);
            if (!run_ends && i + 1 < bytes.len && bytes.ptr[i + 1] == '\n')
                i++;
        } else {
            slow_put(s, c < ' ' && c != '\n' ? ' ' : c, i);
        }
    }
    return true;
}

static struct span origin(const struct norm *n, uint32_t beg, uint32_t end)
{
    uint32_t field = 9;
    struct span at = offmap_origin(n->map, (struct span){beg, end}, &field);
    demand(field == 0);
    return at;
}

static void check_ascii(const struct norm *n, const struct slow *s)
{
    demand(n->len == s->len + 1); /* the newline behind the part */
    demand(memcmp(n->cased, s->cased, s->len) == 0);
    demand(memcmp(n->folded, s->folded, s->len) == 0);
    for (uint32_t i = 0; i < s->len; i++) {
        struct span at = origin(n, i, i + 1);
        demand(at.beg == s->source[i]);
        demand(at.end > at.beg && at.end <= at.beg + 2);
        demand(i == 0 || at.beg > s->source[i - 1]);
    }
}

/* Spans of single bytes come in order; each plain letter of the author's stands
   in the buffer as it is, unless marks behind it changed it. */
static void check_any(const struct norm *n, const struct fuzz_post *p)
{
    struct str bytes = p->field.bytes;
    uint32_t at = 0;
    bool entities = str_find_byte(bytes, '&') < bytes.len;

    demand(utf8_check((struct str){n->cased, n->len}) == n->len);
    demand(utf8_check((struct str){n->folded, n->len}) == n->len);
    for (uint32_t i = 0, last = 0; i < n->len; i++) {
        struct span one = origin(n, i, i + 1);
        demand(one.beg >= last && one.end >= one.beg && one.end <= bytes.len);
        last = one.beg;
    }
    for (uint32_t i = 0; i < bytes.len && !entities; i++) {
        bool marked =
            i + 1 < bytes.len && ((unsigned char)bytes.ptr[i + 1] == 0xCC ||
                                     (unsigned char)bytes.ptr[i + 1] == 0xCD);
        if (!byte_is_alnum(bytes.ptr[i]) || marked)
            continue;
        while (at < n->len && origin(n, at, at + 1).end <= i)
            at++;
        demand(at < n->len && origin(n, at, at + 1).beg == i);
        demand(n->cased[at] == bytes.ptr[i]);
        demand(n->folded[at] == byte_lower(bytes.ptr[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct slow slow;
    struct fuzz_post p;
    struct norm n;
    struct err err;

    fuzz_open(&p, data, size);
    bool good = norm_doc(p.arena, &p.doc, &n, &err);
    demand(
        good == (utf8_check(p.field.bytes) == p.field.bytes.len &&
                    str_find_byte(p.field.bytes, '\0') == p.field.bytes.len));
    if (good) {
        if (slow_norm(&slow, &p))
            check_ascii(&n, &slow);
        check_any(&n, &p);
    }
    fuzz_close(&p);
    return 0;
}
