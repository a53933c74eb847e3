/* SPDX-License-Identifier: MIT */
/* checkstyle.c - Checkstyle's XML, which many build servers read. */
#include "report/formats.h"
#include "report/xml.h"

static const char *const severities[LEVEL_COUNT] = {
    [LEVEL_SILENT] = "ignore",
    [LEVEL_NOTE] = "info",
    [LEVEL_WARNING] = "warning",
    [LEVEL_ERROR] = "error",
};

static void checkstyle_begin(struct report *r)
{
    buf_add(r->out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<checkstyle version=\"4.3\">\n"));
}

static void add_finding(struct report *r, const struct view *v)
{
    buf_addf(r->out, "    <error line=\"%u\" column=\"%u\" severity=\"%s\"",
        (unsigned)v->place.line, (unsigned)v->place.col_point,
        severities[v->rank]);
    xml_attr(r->out, "message", v->message);
    buf_add(r->out, STR(" source=\"postlint."));
    xml_text(r->out, v->id);
    buf_add(r->out, STR("\"/>\n"));
}

static void checkstyle_post(struct report *r, const struct report_post *p)
{
    buf_add(r->out, STR("  <file"));
    xml_attr(r->out, "name", report_file(p));
    buf_add(r->out, STR(">\n"));
    for (uint32_t i = 0; i < p->count; i++)
        if (report_shows(&p->views[i]))
            add_finding(r, &p->views[i]);
    if (p->error) {
        buf_add(r->out, STR("    <error line=\"1\" severity=\"error\""));
        xml_attr(r->out, "message", str_of(p->error->msg));
        buf_addf(r->out, " source=\"postlint.error.%s\"/>\n",
            err_word(p->error->code));
    }
    buf_add(r->out, STR("  </file>\n"));
}

static void checkstyle_end(struct report *r)
{
    buf_add(r->out, STR("</checkstyle>\n"));
}

const struct reporter report_checkstyle = {
    .name = "checkstyle",
    .about = "Checkstyle XML, for build servers",
    .begin = checkstyle_begin,
    .post = checkstyle_post,
    .end = checkstyle_end,
};
