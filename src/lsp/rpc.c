/* SPDX-License-Identifier: MIT */
/*
 * rpc.c - frames of the base protocol.
 *
 *     Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}
 *
 * A stream that went wrong (a length that is too short, say) is taken up again at
 * the next Content-Length, so that an editor need not start the server anew.
 */
#include "lsp/rpc.h"

#include <string.h>

void rpc_free(struct rpc *r)
{
    buf_free(&r->in);
    *r = (struct rpc){0};
}

static struct str pending(const struct rpc *r)
{
    return str_from(buf_str(&r->in), r->at);
}

/* What was taken may be a post: it is cleared when the rest moves over it. */
static void compact(struct rpc *r)
{
    size_t rest = r->in.len - r->at;
    if (r->at == 0)
        return;
    if (rest == 0) {
        buf_clear(&r->in);
        if (r->in.cap > (1u << 20))
            buf_free(&r->in);
    } else {
        memmove(r->in.ptr, r->in.ptr + r->at, rest);
        explicit_bzero(r->in.ptr + rest, r->in.len - rest);
        r->in.len = rest;
    }
    r->at = 0;
}

void rpc_feed(struct rpc *r, struct str bytes)
{
    size_t drop = r->skip < bytes.len ? (size_t)r->skip : bytes.len;
    compact(r);
    r->skip -= drop;
    buf_add(&r->in, str_from(bytes, drop));
}

static void take(struct rpc *r, size_t len)
{
    r->at += len;
    r->sought = 0;
}

/* Length of the header with its blank line, 0 if its end is not there yet. */
static size_t header_len(struct rpc *r, struct str s)
{
    size_t found = str_find(str_from(s, r->sought), STR("\r\n\r\n"));
    if (r->sought + found < s.len)
        return r->sought + found + 4;
    r->sought = s.len > 3 ? s.len - 3 : 0;
    return 0;
}

static bool read_line(struct str line, uint64_t *length, bool *has_length)
{
    struct str_cut cut = str_cut(line, ':');
    if (!cut.found)
        return false;
    if (str_eq_nocase(cut.head, STR("content-type")))
        return true;
    if (!str_eq_nocase(cut.head, STR("content-length")) || *has_length)
        return false;
    *has_length = true;
    return str_uint(str_trim(cut.tail), UINT64_MAX / 16, length);
}

static bool read_header(struct str header, uint64_t *length)
{
    bool has_length = false;
    while (header.len > 0) {
        struct str_cut cut = str_cut(header, '\n');
        if (!str_ends(cut.head, STR("\r")))
            return false;
        struct str line = str_part(cut.head, 0, cut.head.len - 1);
        if (!read_line(line, length, &has_length))
            return false;
        header = cut.tail;
    }
    return has_length;
}

/* Where the last header begins in bytes that are none as a whole. */
static size_t last_header(struct str s)
{
    static const struct str word = STR_INIT("content-length:");
    for (size_t at = s.len > word.len ? s.len - word.len : 0; at > 0; at--)
        if (str_eq_nocase(str_part(s, at, at + word.len), word))
            return at;
    return s.len;
}

static enum rpc_got without_end(struct rpc *r, struct str s)
{
    if (s.len <= RPC_HEADER_MAX)
        return RPC_MORE;
    size_t from = last_header(s);
    take(r, from < s.len ? from : s.len - 3);
    return RPC_BAD;
}

enum rpc_got rpc_next(struct rpc *r, struct str *body)
{
    struct str s = pending(r);
    uint64_t length = 0;
    size_t head = header_len(r, s);

    if (s.len == 0)
        return RPC_MORE;
    if (head == 0)
        return without_end(r, s);
    if (head > RPC_HEADER_MAX + 4 ||
        !read_header(str_part(s, 0, head - 2), &length)) {
        take(r, last_header(str_part(s, 0, head)));
        return RPC_BAD;
    }
    if (length > RPC_BODY_MAX) {
        uint64_t here = s.len - head < length ? s.len - head : length;
        take(r, head + (size_t)here);
        r->skip = length - here;
        return RPC_HUGE;
    }
    if (s.len - head < length)
        return RPC_MORE;
    *body = str_part(s, head, head + (size_t)length);
    take(r, head + (size_t)length);
    return RPC_BODY;
}

bool rpc_is_inside(const struct rpc *r)
{
    return pending(r).len > 0 || r->skip > 0;
}

void rpc_frame(struct buf *out, struct str body)
{
    buf_addf(out, "Content-Length: %zu\r\n\r\n", body.len);
    buf_add(out, body);
}
