/* SPDX-License-Identifier: MIT */
/* report.c - the list of formats. */
#include "report/report.h"

#include "report/formats.h"
#include "text/utf8.h"

static const struct reporter *const reporters[] = {
#define X(name) &report_##name,
    FORMAT_LIST(X)
#undef X
};

const struct reporter *reporter_at(size_t index)
{
    return index < PL_COUNT(reporters) ? reporters[index] : NULL;
}

const struct reporter *reporter_find(struct str name)
{
    for (size_t i = 0; i < PL_COUNT(reporters); i++)
        if (str_eqz(name, reporters[i]->name))
            return reporters[i];
    return NULL;
}

static bool is_invisible(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
        (c >= 0x200B && c <= 0x200F && c != 0x200D) ||
        (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
        c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

void report_escape(struct buf *out, struct str s)
{
    while (s.len > 0) {
        uint32_t point = 0;
        size_t size = utf8_decode(s, &point);
        if (size == 0) {
            buf_addf(out, "\\x%02x", (unsigned)(unsigned char)s.ptr[0]);
            size = 1;
        } else if (is_invisible(point)) {
            buf_addf(out, "\\u{%x}", (unsigned)point);
        } else {
            buf_add(out, str_part(s, 0, size));
        }
        s = str_from(s, size);
    }
}

bool report_shows(const struct view *v)
{
    return !v->support;
}
