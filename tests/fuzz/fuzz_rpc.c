/* SPDX-License-Identifier: MIT */
/*
 * fuzz_rpc.c - any bytes as frames of the base protocol.
 *
 * However the bytes are cut, the same frames and faults come out of them; and what
 * rpc_frame() writes comes back whole, with rubbish before it too.
 */
#include <stdlib.h>

#include "lsp/rpc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* What came out, as text: kind, length, body. Kinds that are told once for all
   the bytes of a stretch depend on how it was cut; those are left out. */
static void drain(struct rpc *r, struct buf *told)
{
    struct str body;
    enum rpc_got got;
    while ((got = rpc_next(r, &body)) != RPC_MORE) {
        if (got != RPC_BODY) {
            buf_addc(told, got == RPC_BAD ? 'b' : 'h');
            continue;
        }
        demand(body.len <= RPC_BODY_MAX);
        buf_addf(told, "<%zu>", body.len);
        buf_add(told, body);
    }
}

static void feed(struct str bytes, size_t chunk, struct buf *told)
{
    struct rpc r = {0};
    while (bytes.len > 0) {
        size_t len = chunk < bytes.len ? chunk : bytes.len;
        /* A block of just this size, so that a read behind it is seen. */
        char *copy = malloc(len);
        demand(copy != NULL);
        for (size_t i = 0; i < len; i++)
            copy[i] = bytes.ptr[i];
        rpc_feed(&r, (struct str){copy, len});
        free(copy);
        drain(&r, told);
        bytes = str_from(bytes, len);
    }
    rpc_free(&r);
}

static void check_cuts(struct str bytes)
{
    struct buf once = {0}, pieces = {0};
    feed(bytes, bytes.len + 1, &once);
    for (size_t chunk = 1; chunk < 18; chunk += 8) {
        buf_clear(&pieces);
        feed(bytes, chunk, &pieces);
        demand(str_eq(buf_str(&once), buf_str(&pieces)));
    }
    buf_free(&once);
    buf_free(&pieces);
}

static void check_frames(struct str bytes)
{
    struct buf stream = {0};
    struct rpc r = {0};
    struct str body, rest = bytes;
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        rpc_frame(&stream, cut.head);
        rest = cut.tail;
    }
    rpc_feed(&r, buf_str(&stream));
    rest = bytes;
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        demand(rpc_next(&r, &body) == RPC_BODY && str_eq(body, cut.head));
        rest = cut.tail;
    }
    demand(rpc_next(&r, &body) == RPC_MORE && !rpc_is_inside(&r));
    buf_free(&stream);
    rpc_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    /* A header that never ends is given up where enough of it is there. */
    if (size <= RPC_HEADER_MAX)
        check_cuts(bytes);
    check_frames(bytes);
    return 0;
}
