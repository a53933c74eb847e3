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

/* Commands that build servers obey in the middle of a line. */
static bool is_command(struct str s)
{
    return str_starts(s, STR("##[")) || str_starts(s, STR("##vso["));
}

void report_escape(struct buf *out, struct str s)
{
    while (s.len > 0) {
        uint32_t point = 0;
        size_t size = utf8_decode(s, &point);
        if (size == 0) {
            buf_addf(out, "\\x%02x", (unsigned)(unsigned char)s.ptr[0]);
            size = 1;
        } else if (str_point_hidden(point) || is_command(s)) {
            buf_addf(out, "\\u{%x}", (unsigned)point);
        } else {
            buf_add(out, str_part(s, 0, size));
        }
        s = str_from(s, size);
    }
}

void report_escape_line(struct buf *out, struct str s)
{
    size_t blanks = 0;
    while (blanks < s.len && byte_is_blank(s.ptr[blanks]))
        blanks++;
    report_escape(out, str_part(s, 0, blanks));
    s = str_from(s, blanks);
    if (str_starts(s, STR("::"))) {
        buf_add(out, STR("\\u{3a}"));
        s = str_from(s, 1);
    }
    report_escape(out, s);
}

void report_escape_json(struct buf *out, struct str s)
{
    struct buf plain PL_DEFER(buf_free) = {0};
    report_escape(&plain, s);
    out->failed |= plain.failed;
    buf_add_json(out, buf_str(&plain));
}

struct str report_file(const struct report_post *p)
{
    return str_eqz(STR("-"), p->name) ? STR("stdin") : str_of(p->name);
}

static void add_details(struct buf *out, const struct view *v)
{
    for (uint32_t i = 0; i < v->related_count; i++) {
        buf_add(out, i ? STR("; ") : STR("\nDetails: "));
        report_escape(out, v->related[i].label);
        if (v->related[i].removable)
            buf_add(out, STR(", leave out"));
    }
}

void report_advice(struct buf *out, const struct view *v)
{
    report_escape(out, v->message);
    add_details(out, v);
    buf_add(out, STR("\nWhy: "));
    report_escape(out, v->why);
    for (uint32_t i = 0; i < v->try_count; i++) {
        buf_add(out, STR("\nTry: "));
        report_escape(out, v->tries[i]);
    }
}

bool report_shows(const struct view *v)
{
    return !v->support;
}
