/* SPDX-License-Identifier: MIT */
/*
 * gitlab.c - a GitLab Code Quality report.
 *
 * GitLab shows only the first of equal fingerprints, so that of a finding,
 * which holds nothing of the post's values, is mixed with the file's name.
 */
#include "report/formats.h"
#include "report/report.h"

static const char *const severities[LEVEL_COUNT] = {
    [LEVEL_SILENT] = "info",
    [LEVEL_NOTE] = "info",
    [LEVEL_WARNING] = "major",
    [LEVEL_ERROR] = "critical",
};

struct issue {
    struct str message, check; /* not yet escaped */
    const char *severity;
    uint64_t fingerprint;
    uint32_t beg, end; /* lines */
};

static void add_issue(
    struct report *r, const struct report_post *p, const struct issue *one)
{
    uint64_t sum =
        (one->fingerprint ^ str_hash(report_file(p))) * 0x9E3779B97F4A7C15u;
    buf_add(r->out, r->first ? STR("\n{") : STR(",\n{"));
    r->first = false;
    buf_add(r->out, STR("\"description\":"));
    report_escape_json(r->out, one->message);
    buf_add(r->out, STR(",\"check_name\":"));
    buf_add_json(r->out, one->check);
    buf_addf(r->out,
        ",\"fingerprint\":\"%016llx\",\"severity\":\"%s\",\"location\":"
        "{\"path\":",
        (unsigned long long)sum, one->severity);
    report_escape_json(r->out, report_file(p));
    buf_addf(r->out, ",\"lines\":{\"begin\":%u,\"end\":%u}}}",
        (unsigned)one->beg, (unsigned)one->end);
}

static void gitlab_begin(struct report *r)
{
    buf_addc(r->out, '[');
}

static void gitlab_post(struct report *r, const struct report_post *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const struct view *v = &p->views[i];
        struct issue one = {v->message, v->id, severities[v->rank],
            v->fingerprint, v->place.line, v->place.end_line};
        if (report_shows(v))
            add_issue(r, p, &one);
    }
    if (p->error) {
        struct issue one = {str_of(p->error->msg),
            str_of(err_word(p->error->code)), "blocker", 0, 1, 1};
        add_issue(r, p, &one);
    }
}

static void gitlab_end(struct report *r)
{
    buf_add(r->out, STR("]\n"));
}

const struct reporter report_gitlab = {
    .name = "gitlab",
    .about = "GitLab Code Quality report",
    .begin = gitlab_begin,
    .post = gitlab_post,
    .end = gitlab_end,
};
