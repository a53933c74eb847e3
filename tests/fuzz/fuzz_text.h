/* SPDX-License-Identifier: MIT */
/* fuzz_text.h - what the fuzz targets of the text layer share. */
#ifndef FUZZ_TEXT_H
#define FUZZ_TEXT_H

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void demand(bool holds)
{
    if (!holds)
        abort();
}

/* One word in eight is known, so that much is joined and undone. */
static inline bool fuzz_has(const void *ctx, uint64_t hash)
{
    (void)ctx;
    return hash % 8 == 0;
}

/* A document of one body: the first byte says how it is cut into runs. */
struct fuzz_post {
    struct arena *arena;
    char *bytes; /* an exact block: a read behind it is seen */
    struct doc_run runs[2];
    struct doc_part part;
    struct doc_field field;
    struct doc doc;
};

static inline void fuzz_open(
    struct fuzz_post *p, const uint8_t *data, size_t size)
{
    uint32_t len = size ? (uint32_t)size - 1 : 0;
    uint32_t cut = size ? data[0] >> 1 : 0;

    memset(p, 0, sizeof *p);
    p->arena = arena_new(0);
    p->bytes = malloc(len ? len : 1);
    if (len)
        memcpy(p->bytes, data + 1, len);
    if (cut > len)
        cut = len;
    /* No reader cuts a character. */
    while (cut < len && ((unsigned char)p->bytes[cut] & 0xC0) == 0x80)
        cut++;
    p->runs[0].source = (struct span){0, cut};
    p->runs[1].source = (struct span){cut, len};
    p->part.runs = p->runs;
    p->part.run_count = 2;
    p->part.flowing = size && (data[0] & 1);
    p->field.name = "text";
    p->field.bytes = (struct str){p->bytes, len};
    p->doc.fields = &p->field;
    p->doc.field_count = 1;
    p->doc.parts = &p->part;
    p->doc.part_count = 1;
}

static inline void fuzz_close(struct fuzz_post *p)
{
    arena_free(p->arena);
    free(p->bytes);
}

#endif
