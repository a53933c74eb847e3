/* SPDX-License-Identifier: MIT */
/* lines.c - a stream as blocks of whole lines, and blocks back to a stream. */
#include "batch/lines.h"

#include <errno.h>
#include <string.h>

enum { BLOCK = 256 << 10 };

/* Moves whole lines from data into block; what is left waits in rest. */
static void take_lines(struct lines *l, struct str data, struct buf *block)
{
    while (data.len > 0) {
        size_t end = str_find_byte(data, '\n');
        bool whole = end < data.len;
        struct str head = str_part(data, 0, end);
        data = str_from(data, end + 1);
        if (!l->skipping && l->rest.len + head.len > l->line_max) {
            buf_add(block, (struct str){l->rest.ptr, l->rest.len});
            buf_add(block, (struct str){"\0\n", 2});
            buf_clear(&l->rest);
            l->skipping = true;
        }
        if (!l->skipping)
            buf_add(&l->rest, head);
        if (!whole)
            return;
        if (!l->skipping) {
            buf_add(block, buf_str(&l->rest));
            buf_addc(block, '\n');
            buf_clear(&l->rest);
        }
        l->skipping = false;
    }
}

/* Bytes up to a line end, which may hold any byte. */
static size_t read_line(FILE *in, char *chunk, size_t cap)
{
    size_t size = 0;
    int c;
    while (size < cap && (c = getc_unlocked(in)) != EOF) {
        chunk[size++] = (char)c;
        if (c == '\n')
            break;
    }
    return size;
}

bool lines_read(struct lines *l, struct buf *block, bool one_line)
{
    char chunk[65536];
    while (!l->ended) {
        size_t size;
        if (one_line) {
            size = read_line(l->in, chunk, sizeof chunk);
        } else {
            size = fread(chunk, 1, sizeof chunk, l->in);
        }
        if (size == 0) {
            l->ended = true;
            l->failed = ferror(l->in) != 0;
            if (l->rest.len) {
                buf_add(block, buf_str(&l->rest));
                buf_addc(block, '\n');
                buf_clear(&l->rest);
            }
            break;
        }
        take_lines(l, (struct str){chunk, size}, block);
        if (one_line ? block->len > 0 : block->len >= BLOCK)
            return true;
    }
    return block->len > 0;
}

bool lines_write(
    struct buf *b, FILE *out, bool flush, bool *closed, struct err *err)
{
    errno = 0;
    if ((b->len && fwrite(b->ptr, 1, b->len, out) != b->len) ||
        (flush && fflush(out) != 0)) {
        *closed = errno == EPIPE;
        return *closed || err_set(err, ERR_IO, (struct where){0},
                              "cannot write: %s", strerror(errno));
    }
    if (b->failed)
        return err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
    buf_clear(b);
    return true;
}
