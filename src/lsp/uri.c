/* SPDX-License-Identifier: MIT */
/* uri.c - file: addresses and paths. */
#include "lsp/uri.h"

#include <string.h>

#include "base/buf.h"

static int hex(char c)
{
    if (byte_is_digit(c))
        return c - '0';
    c = byte_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str uri_path(struct arena *a, struct str uri)
{
    struct buf b PL_DEFER(buf_free) = {0};
    struct str scheme = str_part(uri, 0, 7);
    struct str s = str_from(uri, 7);

    if (!str_eq_nocase(scheme, STR("file://")))
        return STR("");
    if (str_eq_nocase(str_part(s, 0, 10), STR("localhost/")))
        s = str_from(s, 9);
    if (s.len == 0 || s.ptr[0] != '/')
        return STR("");
    for (size_t i = 0; i < s.len; i++) {
        bool coded = s.ptr[i] == '%' && i + 2 < s.len &&
                     hex(s.ptr[i + 1]) >= 0 && hex(s.ptr[i + 2]) >= 0;
        char c = coded ? (char)(hex(s.ptr[i + 1]) << 4 | hex(s.ptr[i + 2]))
                       : s.ptr[i];
        if (c == '\0')
            return STR("");
        buf_addc(&b, c);
        i += coded ? 2 : 0;
    }
    return arena_copy(a, buf_str(&b));
}

struct str uri_of(struct arena *a, struct str path)
{
    struct buf b PL_DEFER(buf_free) = {0};
    buf_add(&b, STR("file://"));
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (byte_is_alnum(c) || (c && strchr("/-._~", c)))
            buf_addc(&b, c);
        else
            buf_addf(&b, "%%%02X", (unsigned)(unsigned char)c);
    }
    return arena_copy(a, buf_str(&b));
}

static size_t slash_of(struct str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return at; /* just behind it; 0 if there is none */
}

struct str path_name(struct str path)
{
    return str_from(path, slash_of(path));
}

struct str path_folder(struct arena *a, struct str path)
{
    size_t at = slash_of(path);
    return arena_copy(a, str_part(path, 0, at > 1 ? at - 1 : at));
}
