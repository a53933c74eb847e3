/* SPDX-License-Identifier: MIT */
/* plain.c - a text as it will be posted, and the alt text beside it. */
#include "input/reader.h"

static const struct str bom = STR_INIT("\xEF\xBB\xBF");

static struct doc_part whole(struct arena *a, struct str text, enum zone zone,
    uint32_t field)
{
    struct doc_run *run = ARENA_NEW(a, struct doc_run, 1);
    uint32_t beg = str_starts(text, bom) ? (uint32_t)bom.len : 0;
    run->source = (struct span){beg, (uint32_t)text.len};
    return (struct doc_part){
        .zone = zone, .field = field, .runs = run, .run_count = 1};
}

bool plain_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err)
{
    struct doc_field *fields = ARENA_NEW(a, struct doc_field, 2);
    struct doc_part *parts = ARENA_NEW(a, struct doc_part, 2);
    uint32_t count = 1;

    (void)err;
    fields[0] = (struct doc_field){.name = "text", .bytes = post->text};
    parts[0] = whole(a, post->text, ZONE_BODY, 0);
    if (post->alt.len) {
        fields[1] = (struct doc_field){.name = "alt", .bytes = post->alt};
        parts[1] = whole(a, post->alt, ZONE_ALT, 1);
        count = 2;
    }
    *doc = (struct doc){
        .fields = fields,
        .field_count = count,
        .parts = parts,
        .part_count = count,
        .has_media = post->has_media || post->alt.len > 0,
        .fold_at = post->fold_at,
    };
    return true;
}
