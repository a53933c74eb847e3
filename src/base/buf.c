/* SPDX-License-Identifier: MIT */
/* buf.c - growing output. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(struct buf *b)
{
    if (b->ptr)
        explicit_bzero(b->ptr, b->cap);
    free(b->ptr);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    if (b->ptr)
        explicit_bzero(b->ptr, b->len);
    b->len = 0;
    b->failed = false;
}

/* Not realloc(): the old copy may hold a post and is cleared. */
static bool reserve(struct buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more <= b->cap - b->len)
        return true;
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->len < more) {
        if (cap > SIZE_MAX / 4) {
            b->failed = true;
            return false;
        }
        cap *= 2;
    }
    char *grown = malloc(cap);
    if (!grown) {
        b->failed = true;
        return false;
    }
    if (b->ptr) {
        memcpy(grown, b->ptr, b->len);
        explicit_bzero(b->ptr, b->len);
        free(b->ptr);
    }
    b->ptr = grown;
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, struct str s)
{
    if (s.len == 0 || !reserve(b, s.len))
        return;
    memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}

void buf_addc(struct buf *b, char c)
{
    buf_add(b, (struct str){&c, 1});
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len > 0 && reserve(b, (size_t)len + 1)) {
        (void)vsnprintf(b->ptr + b->len, (size_t)len + 1, fmt, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

/* Bytes of the well-formed UTF-8 character at s, 0 if there is none. */
static size_t utf8_size(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t size = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2
        : p[0] < 0xF0                               ? 3
        : p[0] < 0xF5                               ? 4
                                                    : 0;
    if (size > s.len)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return size;
}

static void add_json_byte(struct buf *b, char c)
{
    switch (c) {
    case '"':
        buf_add(b, STR("\\\""));
        break;
    case '\\':
        buf_add(b, STR("\\\\"));
        break;
    case '\n':
        buf_add(b, STR("\\n"));
        break;
    case '\r':
        buf_add(b, STR("\\r"));
        break;
    case '\t':
        buf_add(b, STR("\\t"));
        break;
    default:
        buf_addf(b, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

/* The character of so many bytes at s, which utf8_size() found. */
static uint32_t utf8_point(struct str s, size_t size)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t point = (unsigned char)s.ptr[0] & masks[size];
    for (size_t i = 1; i < size; i++)
        point = point << 6 | ((unsigned char)s.ptr[i] & 0x3F);
    return point;
}

static void add_json_wide(struct buf *b, struct str s, size_t size)
{
    uint32_t point = utf8_point(s, size);
    if (!str_point_hidden(point))
        buf_add(b, (struct str){s.ptr, size});
    else if (point < 0x10000)
        buf_addf(b, "\\u%04x", (unsigned)point);
    else
        buf_addf(b, "\\u%04x\\u%04x",
            (unsigned)(0xD800 + ((point - 0x10000) >> 10)),
            (unsigned)(0xDC00 + ((point - 0x10000) & 0x3FF)));
}

static bool is_plain_json(struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    /* Build servers read "##[" as the start of a command, even in JSON. */
    if (c == '#' && at + 1 < s.len && s.ptr[at + 1] == '#')
        return false;
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void buf_add_json(struct buf *b, struct str s)
{
    buf_addc(b, '"');
    while (s.len > 0) {
        size_t plain = 0;
        while (plain < s.len && is_plain_json(s, plain))
            plain++;
        buf_add(b, (struct str){s.ptr, plain});
        s = str_from(s, plain);
        if (s.len == 0)
            break;
        size_t size = utf8_size(s);
        if (size == 1)
            add_json_byte(b, s.ptr[0]);
        else if (size > 1)
            add_json_wide(b, s, size);
        else
            buf_add(b, STR("\xEF\xBF\xBD"));
        s = str_from(s, size ? size : 1);
    }
    buf_addc(b, '"');
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->ptr, b->len};
}

struct str buf_keep(struct buf *b, struct arena *a)
{
    bool failed = b->failed;
    struct str kept = STR("");
    if (!failed)
        kept = arena_copy(a, buf_str(b));
    buf_free(b);
    if (failed)
        arena_fail(a);
    return kept;
}
