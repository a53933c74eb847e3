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
    report_escape_json(b, text);
    buf_addc(b, '}');
}

/* In a message "[a](b)" would be a link: a blank parts the two. */
static void add_message(struct buf *b, struct str text)
{
    struct buf plain PL_DEFER(buf_free) = {0};
    for (size_t i = 0; i < text.len; i++) {
        buf_addc(&plain, text.ptr[i]);
        if (str_starts(str_from(text, i), STR("](")))
            buf_addc(&plain, ' ');
    }
    b->failed |= plain.failed;
    add_text(b, "message", buf_str(&plain));
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

/* Where the rule is from. Out of memory leaves by a long jump, and what is not the
   arena's would be lost: so this is ready before any buffer is. */
static struct str sources_of(struct report *r, const struct pack_rule *rule)
{
    struct str all = STR("");
    for (uint32_t i = rule->sources.beg; i < rule->sources.end; i++)
        all = arena_printf(r->a, STR_FMT "\nSource: " STR_FMT, STR_ARG(all),
            STR_ARG(view_cite(r->a, r->pack, &r->pack->cites[i])));
    return all;
}

/* Safer wording, for the page that explains the rule. */
static void add_help(struct report *r, const struct pack_rule *rule)
{
    struct str sources = sources_of(r, rule);
    struct buf help PL_DEFER(buf_free) = {0};
    buf_addf(&help, "postlint explain " STR_FMT,
        STR_ARG(pack_text(r->pack, rule->id)));
    for (uint32_t i = rule->tries.beg; i < rule->tries.end; i++) {
        struct str text = pack_text(r->pack, r->pack->templates[i].source);
        if (str_find_byte(text, '{') == text.len) /* holds for every post */
            buf_addf(&help, "\nTry: " STR_FMT, STR_ARG(text));
    }
    buf_add(&help, sources);
    r->out->failed |= help.failed;
    buf_add(r->out, STR("\"help\":{\"text\":"));
    buf_add_json(r->out, buf_str(&help));
    buf_addc(r->out, '}');
}

/* Group and name of the id, and how serious the page shows it. */
static void add_properties(struct report *r, const struct pack_rule *rule)
{
    static const char *const severities[LEVEL_COUNT] = {
        [LEVEL_SILENT] = "recommendation",
        [LEVEL_NOTE] = "recommendation",
        [LEVEL_WARNING] = "warning",
        [LEVEL_ERROR] = "error",
    };
    struct str_cut group = str_cut(pack_text(r->pack, rule->id), '/');
    buf_add(r->out, STR("\"properties\":{\"tags\":["));
    buf_add_json(r->out, group.head);
    buf_addc(r->out, ',');
    buf_add_json(r->out, str_cut(group.tail, '/').head);
    buf_addf(r->out, "],\"problem.severity\":\"%s\"}",
        severities[rule->level < LEVEL_COUNT ? rule->level : LEVEL_ERROR]);
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
    buf_addc(r->out, ',');
    add_help(r, rule);
    buf_addf(r->out, ",\"defaultConfiguration\":{\"level\":\"%s\"},",
        sarif_level((enum level)rule->level));
    add_properties(r, rule);
    buf_addc(r->out, '}');
}

static void sarif_begin(struct report *r)
{
    buf_add(r->out,
        STR("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
            "\"version\":\"2.1.0\",\"runs\":[{\"automationDetails\":{"
            "\"id\":\"postlint/\"},\"tool\":{\"driver\":{"
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
static void add_uri(struct buf *b, struct str path)
{
    buf_addc(b, '"');
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (byte_is_alnum(c) || str_find_byte(STR("/.-_~"), c) < 5)
            buf_addc(b, c);
        else
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
    }
    buf_addc(b, '"');
}

static void add_artifact(struct buf *b, struct str file)
{
    buf_add(b, STR("\"artifactLocation\":{\"uri\":"));
    add_uri(b, file);
    buf_addc(b, '}');
}

static void add_region(
    struct buf *b, const char *key, const struct view_place *v)
{
    buf_addf(b,
        "\"%s\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,"
        "\"endColumn\":%u}",
        key, (unsigned)v->line, (unsigned)v->col_point, (unsigned)v->end_line,
        (unsigned)v->end_point);
}

static void add_location(
    struct report *r, struct str file, const struct view_place *v)
{
    buf_add(r->out, STR("\"physicalLocation\":{"));
    add_artifact(r->out, file);
    buf_addc(r->out, ',');
    add_region(r->out, "region", v);
    buf_addc(r->out, '}');
}

static void add_related(struct report *r, struct str file, const struct view *v)
{
    if (v->related_count == 0)
        return;
    buf_add(r->out, STR(",\"relatedLocations\":["));
    for (uint32_t i = 0; i < v->related_count; i++) {
        buf_addf(r->out, "%s{\"id\":%u,", i ? "," : "", (unsigned)i + 1);
        add_location(r, file, &v->related[i].place);
        buf_addc(r->out, ',');
        add_message(r->out, v->related[i].label);
        buf_addc(r->out, '}');
    }
    buf_addc(r->out, ']');
}

static void add_fix(struct report *r, struct str file, const struct view *v)
{
    if (v->edit_count == 0)
        return;
    buf_add(r->out, STR(",\"fixes\":[{\"artifactChanges\":[{"));
    add_artifact(r->out, file);
    buf_add(r->out, STR(",\"replacements\":["));
    for (uint32_t i = 0; i < v->edit_count; i++) {
        buf_add(r->out, i ? STR(",{") : STR("{"));
        add_region(r->out, "deletedRegion", &v->edits[i].place);
        buf_add(r->out, STR(",\"insertedContent\":{\"text\":"));
        buf_add_json(r->out, v->edits[i].text);
        buf_add(r->out, STR("}}"));
    }
    buf_add(r->out, STR("]}]}]"));
}

static void add_result(struct report *r, struct str file, const struct view *v)
{
    buf_addf(r->out, "%s{\"ruleId\":", r->first ? "" : ",");
    r->first = false;
    buf_add_json(r->out, v->id);
    buf_addf(r->out, ",\"ruleIndex\":%u,\"level\":\"%s\",",
        (unsigned)(v->rule - r->pack->rules), sarif_level(v->rank));
    add_message(r->out, v->message);
    buf_add(r->out, STR(",\"locations\":[{"));
    add_location(r, file, &v->place);
    buf_add(r->out, STR("}]"));
    add_related(r, file, v);
    add_fix(r, file, v);
    buf_addf(r->out, ",\"partialFingerprints\":{\"postlint/v1\":\"%016llx\"}",
        (unsigned long long)v->fingerprint);
    if (v->allowed.len) {
        buf_add(r->out, STR(",\"suppressions\":[{\"kind\":\"external\","
                            "\"justification\":"));
        buf_add_json(r->out, v->allowed);
        buf_add(r->out, STR("}]"));
    }
    buf_addc(r->out, '}');
}

static void sarif_post(struct report *r, const struct report_post *p)
{
    struct str file = report_file(p);
    for (uint32_t i = 0; i < p->count; i++)
        if (report_shows(&p->views[i]))
            add_result(r, file, &p->views[i]);
    if (!p->error)
        return;
    buf_addf(r->errors, "%s{\"level\":\"error\",", r->errors->len ? "," : "");
    add_message(r->errors, str_of(p->error->msg));
    buf_add(r->errors, STR(",\"locations\":[{\"physicalLocation\":{"));
    add_artifact(r->errors, file);
    buf_add(r->errors, STR("}}]}"));
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
