/* SPDX-License-Identifier: MIT */
/*
 * thread.c - several posts that belong together, parted by a line ---.
 *
 * One text, so that what the first post says of a patient is still known in the
 * third; each post a part, so that no sentence runs from one into the next.
 */
#include "input/parts.h"
#include "input/reader.h"

static bool is_border(struct str line)
{
    return str_eq(str_trim(line), STR("---"));
}

bool thread_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err)
{
    struct parts p = {.a = a, .text = post->text, .has_media = post->has_media};
    struct runs runs = {0};
    struct str s = post->text;
    size_t at = str_starts(s, STR("\xEF\xBB\xBF")) ? 3 : 0, from = at;

    (void)err;
    while (at < s.len) {
        size_t end = at + str_find_byte(str_from(s, at), '\n');
        end += end < s.len;
        if (is_border(str_part(s, at, end))) {
            parts_add_source(&p, &runs, (uint32_t)from, (uint32_t)at);
            parts_end(&p, &runs, ZONE_BODY, false);
            from = end;
        }
        at = end;
    }
    parts_add_source(&p, &runs, (uint32_t)from, (uint32_t)s.len);
    parts_end(&p, &runs, ZONE_BODY, false);
    parts_finish(&p, false, doc);
    doc->fold_at = post->fold_at;
    return true;
}
