/* SPDX-License-Identifier: MIT */
/*
 * junit.c - JUnit XML: a post is a suite and a finding a test.
 *
 * Only what fails the check is a failure; a lesser finding is a test that
 * passed with something to say. Elements and attributes are those of the
 * Jenkins schema, which knows neither file nor line of a test.
 */
#include "report/formats.h"
#include "report/xml.h"

struct tally {
    unsigned tests, failures;
};

static bool fails(const struct report *r, const struct view *v)
{
    return v->rank >= r->fail_on;
}

static struct tally tally_of(
    const struct report *r, const struct report_post *p)
{
    struct tally t = {0};
    for (uint32_t i = 0; i < p->count; i++) {
        t.tests += report_shows(&p->views[i]);
        t.failures += report_shows(&p->views[i]) && fails(r, &p->views[i]);
    }
    if (t.tests == 0 || p->error)
        t.tests++; /* "judged" */
    return t;
}

static void add_case(
    struct report *r, const struct report_post *p, const struct view *v)
{
    bool failed = fails(r, v);
    buf_add(r->out, STR("    <testcase name=\""));
    xml_text(r->out, v->id);
    buf_addf(r->out, ":%u:%u\"", (unsigned)v->place.line,
        (unsigned)v->place.col_point);
    xml_attr(r->out, "classname", report_file(p));
    buf_add(r->out, STR(">\n      "));
    if (failed) {
        buf_add(r->out, STR("<failure"));
        xml_attr(r->out, "type", v->level);
        xml_attr(r->out, "message", v->message);
        buf_addc(r->out, '>');
    } else {
        buf_add(r->out, STR("<system-out>"));
    }
    xml_advice(r->out, v);
    buf_addf(
        r->out, "</%s>\n    </testcase>\n", failed ? "failure" : "system-out");
}

/* That the post could be judged is a test too, or a clean one would have none. */
static void add_judged(struct report *r, const struct report_post *p)
{
    buf_add(r->out, STR("    <testcase name=\"judged\""));
    xml_attr(r->out, "classname", report_file(p));
    if (!p->error) {
        buf_add(r->out, STR("/>\n"));
        return;
    }
    buf_addf(r->out, ">\n      <error type=\"%s\"", err_word(p->error->code));
    xml_attr(r->out, "message", str_of(p->error->msg));
    buf_add(r->out, STR("/>\n    </testcase>\n"));
}

static void junit_begin(struct report *r)
{
    buf_add(r->out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<testsuites name=\"postlint\">\n"));
}

static void junit_post(struct report *r, const struct report_post *p)
{
    struct tally t = tally_of(r, p);
    bool none = true;
    buf_add(r->out, STR("  <testsuite"));
    xml_attr(r->out, "name", report_file(p));
    buf_addf(r->out,
        " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\" "
        "time=\"0\">\n",
        t.tests, t.failures, p->error ? 1u : 0u);
    for (uint32_t i = 0; i < p->count; i++) {
        if (!report_shows(&p->views[i]))
            continue;
        add_case(r, p, &p->views[i]);
        none = false;
    }
    if (none || p->error)
        add_judged(r, p);
    buf_add(r->out, STR("  </testsuite>\n"));
}

static void junit_end(struct report *r)
{
    buf_add(r->out, STR("</testsuites>\n"));
}

const struct reporter report_junit = {
    .name = "junit",
    .about = "JUnit XML, for build servers",
    .begin = junit_begin,
    .post = junit_post,
    .end = junit_end,
};
