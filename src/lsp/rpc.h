/* SPDX-License-Identifier: MIT */
/* rpc.h - frames of the base protocol: a header with a length, and a body. */
#ifndef LSP_RPC_H
#define LSP_RPC_H

#include "base/buf.h"

enum {
    RPC_HEADER_MAX = 4096, /* bytes of a header */
    RPC_BODY_MAX =
        16 << 20, /* bytes: a post of LIMIT_POST, all of it escaped */
};

enum rpc_got {
    RPC_MORE, /* nothing whole has arrived yet */
    RPC_BODY,
    RPC_BAD,  /* bytes that are no header; they are dropped */
    RPC_HUGE, /* a body above RPC_BODY_MAX, which will be dropped as it comes */
};

struct rpc {
    struct buf in;
    size_t at;     /* what is before it has been taken */
    size_t sought; /* no end of a header begins before it */
    uint64_t skip; /* bytes still to come of a body that is dropped */
};

void rpc_free(struct rpc *r);
void rpc_feed(struct rpc *r, struct str bytes);
/* The next thing that has arrived; body lasts until the next call. */
enum rpc_got rpc_next(struct rpc *r, struct str *body);
/* True if a frame has begun and not ended. */
bool rpc_is_inside(const struct rpc *r);

void rpc_frame(struct buf *out, struct str body);

#endif
