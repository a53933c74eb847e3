/* SPDX-License-Identifier: MIT */
/*
 * sarif.c - SARIF 2.1.0 for code-scanning pages.
 *
 * No snippets and no contents; masked words are [names], which redactionTokens
 * tells of. Columns count code points.
 */
#include "report/formats.h"
#include "report/report.h"

static void add_text(struct buf *b, const char *key, struct str text)
{
    buf_addf(b, "\"%s\":{\"text\":", key);
    buf_add_json(b, text);
    buf_addc(b, '}');
}

static const char *sarif_level(enum level level)
{
    static const char *const words[] = {
#define X(name, word, lsp, sarif) sarif,
        LEVEL_LIST(X)
#undef X
    };
    return words[level];
}

static void add_rule(struct report *r, uint32_t i)
{
    const struct pack_rule *rule = &r->pack->rules[i];
    buf_addf(r->out, "%s{\"id\":", i ? "," : "");
    buf_add_json(r->out, pack_text(r->pack, rule->id));
    buf_addc(r->out, ',');
    add_text(r->out, "shortDescription", pack_text(r->pack, rule->summary));
    buf_addc(r->out, ',');
    add_text(r->out, "fullDescription",
        pack_text(r->pack, r->pack->templates[rule->why].source));
    buf_addf(r->out, ",\"defaultConfiguration\":{\"level\":\"%s\"}}",
        sarif_level((enum level)rule->level));
}

static void sarif_begin(struct report *r)
{
    buf_add(r->out,
        STR("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
            "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{"
            "\"name\":\"postlint\",\"semanticVersion\":"));
    buf_add_json(r->out, str_of(r->version));
    buf_add(r->out, STR(",\"rules\":["));
    for (uint32_t i = 0; i < r->pack->rules_count; i++)
        add_rule(r, i);
    buf_add(r->out,
        STR("]}},\"columnKind\":\"unicodeCodePoints\",\"redactionTokens\":"
            "[\"[redacted]\"],\"results\":["));
}

/* As a URI: bytes that may not stand in one are %XX. */
static void add_uri(struct buf *b, const char *path)
{
    buf_addc(b, '"');
    for (const char *p = path; *p; p++) {
        if (byte_is_alnum(*p) || *p == '/' || *p == '.' || *p == '-' ||
            *p == '_' || *p == '~')
            buf_addc(b, *p);
        else
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)*p);
    }
    buf_addc(b, '"');
}

static void add_location(
    struct report *r, const char *file, const struct view_place *v)
{
    buf_add(r->out, STR("\"physicalLocation\":{\"artifactLocation\":{\"uri\":"));
    add_uri(r->out, file);
    buf_addf(r->out,
        "},\"region\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,"
        "\"endColumn\":%u}}",
        (unsigned)v->line, (unsigned)v->col_point, (unsigned)v->end_line,
        (unsigned)v->end_point);
}

static void add_related(
    struct report *r, const char *file, const struct view *v)
{
    if (v->related_count == 0)
        return;
    buf_add(r->out, STR(",\"relatedLocations\":["));
    for (uint32_t i = 0; i < v->related_count; i++) {
        buf_addf(r->out, "%s{\"id\":%u,", i ? "," : "", (unsigned)i + 1);
        add_location(r, file, &v->related[i].place);
        buf_addc(r->out, ',');
        add_text(r->out, "message", v->related[i].label);
        buf_addc(r->out, '}');
    }
    buf_addc(r->out, ']');
}

static void add_result(
    struct report *r, const char *file, const struct view *v)
{
    buf_addf(r->out, "%s{\"ruleId\":", r->first ? "" : ",");
    r->first = false;
    buf_add_json(r->out, v->id);
    buf_addf(r->out, ",\"ruleIndex\":%u,\"level\":\"%s\",",
        (unsigned)(v->rule - r->pack->rules), sarif_level(v->rank));
    add_text(r->out, "message", v->message);
    buf_add(r->out, STR(",\"locations\":[{"));
    add_location(r, file, &v->place);
    buf_add(r->out, STR("}]"));
    add_related(r, file, v);
    buf_addf(r->out,
        ",\"partialFingerprints\":{\"postlint/v1\":\"%016llx\"}",
        (unsigned long long)v->fingerprint);
    if (v->allowed.len) {
        buf_add(r->out,
            STR(",\"suppressions\":[{\"kind\":\"external\","
                "\"justification\":"));
        buf_add_json(r->out, v->allowed);
        buf_add(r->out, STR("}]"));
    }
    buf_addc(r->out, '}');
}

static void sarif_post(struct report *r, const struct report_post *p)
{
    const char *file = str_eqz(STR("-"), p->name) ? "stdin" : p->name;
    for (uint32_t i = 0; i < p->count; i++)
        if (report_shows(&p->views[i]))
            add_result(r, file, &p->views[i]);
    if (!p->error)
        return;
    buf_addf(r->errors, "%s{\"level\":\"error\",", r->errors->len ? "," : "");
    add_text(r->errors, "message", str_of(p->error->msg));
    buf_addc(r->errors, '}');
}

static void sarif_end(struct report *r)
{
    buf_addf(r->out, "],\"invocations\":[{\"executionSuccessful\":%s",
        r->errors->len ? "false" : "true");
    if (r->errors->len) {
        buf_add(r->out, STR(",\"toolExecutionNotifications\":["));
        buf_add(r->out, buf_str(r->errors));
        buf_addc(r->out, ']');
    }
    buf_add(r->out, STR("}]}]}\n"));
}

const struct reporter report_sarif = {
    .name = "sarif",
    .about = "SARIF 2.1.0",
    .begin = sarif_begin,
    .post = sarif_post,
    .end = sarif_end,
};
