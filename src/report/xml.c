/* SPDX-License-Identifier: MIT */
/* xml.c - text in XML. */
#include "report/xml.h"

static void add_byte(struct buf *out, char c)
{
    switch (c) {
    case '&':
        buf_add(out, STR("&amp;"));
        break;
    case '<':
        buf_add(out, STR("&lt;"));
        break;
    case '>':
        buf_add(out, STR("&gt;"));
        break;
    case '"':
        buf_add(out, STR("&quot;"));
        break;
    default:
        buf_addc(out, c);
    }
}

/* s is escaped already: no control characters but our own line ends. */
static void add_escaped(struct buf *out, const struct buf *plain)
{
    struct str s = buf_str(plain);
    out->failed |= plain->failed;
    for (size_t i = 0; i < s.len; i++)
        add_byte(out, s.ptr[i]);
}

void xml_text(struct buf *out, struct str s)
{
    struct buf plain PL_DEFER(buf_free) = {0};
    report_escape(&plain, s);
    add_escaped(out, &plain);
}

void xml_attr(struct buf *out, const char *name, struct str value)
{
    buf_addf(out, " %s=\"", name);
    xml_text(out, value);
    buf_addc(out, '"');
}

void xml_advice(struct buf *out, const struct view *v)
{
    struct buf plain PL_DEFER(buf_free) = {0};
    report_advice(&plain, v);
    add_escaped(out, &plain);
}
