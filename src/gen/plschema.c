/* SPDX-License-Identifier: MIT */
/*
 * plschema.c - makes the JSON Schemas of rule and settings files, at build time.
 *
 *     plschema rules|pack|config
 *
 * Keys, and which of them are required, come from the tables that the loader
 * reads files by; names of detectors, validators, zones and the taxonomy from
 * theirs. What stands here is the form of each value. A key without a form, or
 * a form without a key, stops the build.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "match/detect.h"
#include "match/valid.h"
#include "rules/config.h"
#include "rules/loader.h"
#include "rules/taxon.h"
#include "text/doc.h"

/* ---- the form of each value -------------------------------------------------- */

#define REF(name) "{\"$ref\": \"#/$defs/" name "\"}"
#define MAP_OF(name)                                                           \
    "{\"type\": \"object\", \"propertyNames\": " REF(                          \
        "name") ", \"additionalProperties\": " REF(name) "}"
#define LIST_OF(name) "{\"type\": \"array\", \"items\": " REF(name) "}"
#define ANY_TEXTS                                                              \
    "{\"type\": \"object\", \"additionalProperties\": " REF("scalar") "}"

static const struct form {
    const struct key_table *table;
    const char *key, *form, *about;
} forms[] = {
    {&file_table, "postlint", REF("version"), "version of the language"},
    {&file_table, "lexicons", MAP_OF("lexicon"), "word lists by name"},
    {&file_table, "weights", MAP_OF("weights"), "words that weigh, by name"},
    {&file_table, "tables", MAP_OF("table"), "facts to look up, by name"},
    {&file_table, "pieces", MAP_OF("evidence"), "evidence that rules share"},
    {&file_table, "guards", MAP_OF("guard"), "named conditions"},
    {&file_table, "scales", MAP_OF("scale"), "grids of levels, by name"},
    {&file_table, "rules", LIST_OF("rule"), "the rules"},

    {&head_table, "pack", REF("name"), "name of the pack"},
    {&head_table, "version", REF("scalar"), "version of the pack"},
    {&head_table, "licence", REF("scalar"), "SPDX name of its licence"},
    {&head_table, "postlint", REF("version"), "version of the language"},
    {&head_table, "summary", REF("scalar"), "what the pack is for"},
    {&head_table, "locale", REF("scalar"), "language of its rules: en-GB"},
    {&head_table, "jurisdiction", REF("names"), "countries it is made for"},
    {&head_table, "reviewed", REF("scalar"), "date of the last review"},
    {&head_table, "exempt", ANY_TEXTS,
        "rules that may be tried on many posts, each with the reason"},

    {&lexicon_table, "words", REF("entries"),
        "phrase; alias => better words | tag tag=number"},
    {&lexicon_table, "file", REF("scalar"), "entries, one a line"},
    {&lexicon_table, "include", REF("names"), "lexicons that are part of it"},
    {&lexicon_table, "except", REF("entries"), "entries to leave out"},
    {&lexicon_table, "tags", REF("names"), "tags its entries may carry"},
    {&lexicon_table, "case", REF("exact"), "compare as written"},
    {&lexicon_table, "note", REF("scalar"), "for readers of the file"},

    {&weights_table, "columns", REF("names"), "what the words weigh for"},
    {&weights_table, "words", REF("entries"),
        "stem or two stems | column=number column=number"},
    {&weights_table, "file", REF("scalar"), "entries, one a line"},
    {&weights_table, "note", REF("scalar"), "for readers of the file"},

    {&table_table, "file", REF("scalar"), "a TSV file with a header line"},
    {&table_table, "keys", ANY_TEXTS, "key columns, each with its lexicon"},
    {&table_table, "answers", REF("names"), "what column `answer` may say"},
    {&table_table, "otherwise", REF("scalar"), "the answer without a row"},
    {&table_table, "note", REF("scalar"), "for readers of the file"},

    {&guard_table, "find", REF("pieces"), "the guard's own evidence"},
    {&guard_table, "when", REF("condition"), "when it holds"},
    {&guard_table, "within", REF("window"), "where its names must lie"},
    {&guard_table, "tests", REF("guard-tests"), "examples"},
    {&guard_table, "note", REF("scalar"), "for readers of the file"},
    {&guard_test_table, "holds", REF("examples"), "texts where it holds"},
    {&guard_test_table, "fails", REF("examples"), "texts where it does not"},

    {&scale_table, "of", REF("condition"),
        "a look-up: evidence(agent, illness)"},
    {&scale_table, "columns", LIST_OF("condition"),
        "conditions tried from the left; the last is else"},
    {&scale_table, "rows",
        "{\"type\": \"object\", \"additionalProperties\": " LIST_OF("cell") "}",
        "a level or silent for each column, by answer"},
    {&scale_table, "note", REF("scalar"), "for readers of the file"},

    {&evid_table, "words", REF("entries"), "words and phrases"},
    {&evid_table, "lexicon", REF("names"), "one or several lexicons"},
    {&evid_table, "regex", "{\"type\": \"string\", \"minLength\": 1}",
        "a PCRE2 pattern, on one sentence at a time"},
    {&evid_table, "detect", REF("detector"), "a recogniser"},
    {&evid_table, "sequence", REF("sequence"), "members in this order"},
    {&evid_table, "weigh", REF("name"), "what the words of the post weigh"},
    {&evid_table, "as", REF("name"), "the column whose heaviest sentence is the hit"},
    {&evid_table, "name", REF("name"), "a piece by its name"},
    {&evid_table, "any", LIST_OF("evidence"), "any of these"},
    {&evid_table, "where", REF("condition"), "on the hit's own facts"},
    {&evid_table, "zone", REF("zones"), "where in the post to look"},
    {&evid_table, "case", REF("exact"), "compare as written"},
    {&evid_table, "check", REF("validator"), "adds the fact `valid`"},

    {&example_table, "text", REF("text"), "the post, anchors in [[ ]]"},
    {&example_table, "at", REF("scalar"), "the anchor, instead of [[ ]]"},
    {&example_table, "level", REF("cell"), "the level to be given"},
    {&example_table, "as", ANY_TEXTS, "fields of a batch record"},

    {&rule_table, "id", REF("id"), "group/name/variant"},
    {&rule_table, "summary", "{\"type\": \"string\", \"maxLength\": 60}",
        "what it finds, in a line"},
    {&rule_table, "level", REF("name"),
        "error, warning, note, or the name of a scale"},
    {&rule_table, "status", "{\"enum\": [\"stable\", \"trial\", \"retired\"]}",
        "trial rules run only when asked for"},
    {&rule_table, "applies", REF("profile"), "whose posts it is for"},
    {&rule_table, "find", REF("pieces"), "the rule's own evidence"},
    {&rule_table, "report", REF("name"),
        "what is underlined; the first of find"},
    {&rule_table, "within", REF("window"),
        "where the names of `when` must lie"},
    {&rule_table, "when", REF("condition"), "when it holds"},
    {&rule_table, "crowd", REF("crowd"), "details that add up"},
    {&rule_table, "unless", LIST_OF("unless"), "what silences it"},
    {&rule_table, "allow", REF("evidence"), "silences where it overlaps"},
    {&rule_table, "adjust", LIST_OF("adjust"), "what changes the level"},
    {&rule_table, "yields", REF("names"), "gives way to findings of these"},
    {&rule_table, "kind",
        "{\"enum\": [\"finding\", \"signpost\", \"support\", \"guide\"]}",
        "what a finding is for"},
    {&rule_table, "mask", "{\"enum\": [true, \"true\"]}",
        "never echo the matched words"},
    {&rule_table, "message", REF("text"), "what was found, with {names}"},
    {&rule_table, "why", REF("text"), "the reason, for everybody"},
    {&rule_table, "sources", LIST_OF("source"), "guidelines behind it"},
    {&rule_table, "try", LIST_OF("wording"), "safer wording"},
    {&rule_table, "edit", ANY_TEXTS, "replacement of a name of find"},
    {&rule_table, "safe-edit", "{\"enum\": [true, \"true\"]}",
        "the edit keeps the meaning wherever the rule fires"},
    {&rule_table, "tests", REF("tests"), "examples"},

    {&cite_table, "body", REF("scalar"), "who published it"},
    {&cite_table, "title", REF("scalar"), "its title"},
    {&cite_table, "section", REF("scalar"), "the place in it"},
    {&cite_table, "year", REF("scalar"), "of publication"},
    {&adjust_table, "if", REF("condition"), "when it holds"},
    {&adjust_table, "level",
        "{\"enum\": [\"note\", \"warning\", \"error\", \"silent\", \"up\", "
        "\"down\"]}",
        "the new level"},
    {&adjust_table, "because", REF("scalar"), "told with the finding"},
    {&adjust_table, "within", REF("window"), "where its names must lie"},
    {&crowd_table, "axes",
        "{\"type\": \"object\", \"additionalProperties\": {\"type\": "
        "\"object\", \"propertyNames\": {\"pattern\": \"^[0-9]+$\"}, "
        "\"additionalProperties\": " REF("evidence") "}}",
        "points with their evidence, by axis"},
    {&crowd_table, "terms", MAP_OF("condition"), "named conditions"},
    {&crowd_table, "levels",
        "{\"type\": \"object\", \"propertyNames\": " REF(
            "cell") ", \"additionalProperties\": " REF("condition") "}",
        "tried from error down"},
    {&tests_table, "flags", REF("examples"), "texts it must find"},
    {&tests_table, "passes", REF("examples"), "texts it must leave alone"},

    {&config_table, "postlint", REF("version"), "version of the settings"},
    {&config_table, "profile", REF("config-profile"), "who writes"},
    {&config_table, "packs", REF("names"), "rules over the built-in ones"},
    {&config_table, "baseline", REF("scalar"), "findings on record"},
    {&config_table, "rules",
        "{\"type\": \"object\", \"additionalProperties\": {\"anyOf\": [" REF(
            "cell") ", " REF("config-rule") "]}}",
        "a level, or level and allow, by id, group/name or group"},
    {&config_table, "lexicons",
        "{\"type\": \"object\", \"additionalProperties\": " REF(
            "config-words") "}",
        "words to add and remove, by lexicon"},
    {&config_table, "paths",
        "{\"type\": \"object\", \"additionalProperties\": " REF(
            "config-path") "}",
        "what fails where, by pattern"},
    {&config_table, "locked", REF("names"),
        "rules that nothing but this file may silence"},
    {&config_profile_table, "locale", REF("names"), "language: en-GB"},
    {&config_profile_table, "jurisdiction", REF("countries"), "country: GB"},
    {&config_profile_table, "platform", REF("platforms"), "where it is posted"},
    {&config_profile_table, "profession", REF("names"), "nurse, dentist ..."},
    {&config_profile_table, "account", REF("accounts"), "whose account"},
    {&config_rule_table, "level", REF("cell"), "instead of the rule's own"},
    {&config_rule_table, "allow", LIST_OF("config-allow"), "what is accepted"},
    {&config_allow_table, "phrase", REF("scalar"), "only where this stands"},
    {&config_allow_table, "reason", REF("scalar"), "why"},
    {&config_allow_table, "until", REF("day"), "last day"},
    {&config_words_table, "add", REF("names"), "plain phrases"},
    {&config_words_table, "remove", REF("names"), "entries, in all forms"},
    {&config_path_table, "fail-on",
        "{\"enum\": [\"error\", \"warning\", \"note\", \"never\"]}",
        "lowest level that fails there"},
};

/* Maps of the loader by the name of their definition. */
static const struct {
    const char *name;
    const struct key_table *table;
    bool config; /* of settings files, not of rule files */
} maps[] = {
    {"lexicon", &lexicon_table, false},
    {"weights", &weights_table, false},
    {"table", &table_table, false},
    {"guard", &guard_table, false},
    {"guard-tests", &guard_test_table, false},
    {"scale", &scale_table, false},
    {"evidence-map", &evid_table, false},
    {"example", &example_table, false},
    {"rule", &rule_table, false},
    {"source", &cite_table, false},
    {"adjust", &adjust_table, false},
    {"crowd", &crowd_table, false},
    {"tests", &tests_table, false},
    {"config-profile", &config_profile_table, true},
    {"config-rule", &config_rule_table, true},
    {"config-allow", &config_allow_table, true},
    {"config-words", &config_words_table, true},
    {"config-path", &config_path_table, true},
};

/* Values that are no maps of a table. A scalar has no type of its own. */
static const struct {
    const char *name, *form;
} values[] = {
    {"version", "{\"enum\": [1, \"1\"]}"},
    {"scalar", "{\"type\": [\"string\", \"number\", \"boolean\"]}"},
    {"text", "{\"type\": \"string\"}"},
    {"name", "{\"type\": \"string\", \"pattern\": \"^[a-z0-9-]+$\"}"},
    {"names", "{\"anyOf\": [" REF("scalar") ", " LIST_OF("scalar") "]}"},
    {"exact", "{\"const\": \"exact\"}"},
    {"entries", LIST_OF("scalar")},
    {"condition", "{\"type\": [\"string\", \"number\"]}"},
    {"cell", "{\"enum\": [\"error\", \"warning\", \"note\", \"silent\"]}"},
    {"pieces", "{\"type\": \"object\", \"additionalProperties\": " REF(
                   "evidence") "}"},
    {"evidence",
        "{\"anyOf\": [{\"type\": \"string\", \"pattern\": "
        "\"^[a-z0-9-]+[*]?$\"}, {\"type\": \"array\", \"minItems\": 1, "
        "\"items\": " REF("evidence") "}, " REF("evidence-map") "]}"},
    {"sequence", "{\"type\": \"array\", \"items\": {\"anyOf\": [" REF(
                     "gap") ", " REF("evidence") "]}}"},
    {"examples", "{\"type\": \"array\", \"items\": {\"anyOf\": [" REF(
                     "text") ", " REF("example") "]}}"},
    {"wording",
        "{\"anyOf\": [" REF("text") ", {\"type\": \"object\", \"required\": "
                                    "[\"wording\"], \"properties\": "
                                    "{\"wording\": " REF("text") "}, "
                                    "\"additionalProperties\": false}]}"},
    {"unless",
        "{\"anyOf\": [" REF(
            "condition") ", {\"type\": \"object\", \"required\": [\"if\"], "
                         "\"properties\": {\"if\": " REF("condition") ", \"within\": " REF(
                             "window") "}, \"additionalProperties\": false}]}"},
};

/* ---- writing ------------------------------------------------------------------- */

static bool is_of(
    const struct form *f, const struct key_table *table, const char *key)
{
    return f->table == table && strcmp(f->key, key) == 0;
}

static bool add_key(
    struct buf *b, const struct key_table *table, const char *key, bool first)
{
    for (size_t i = 0; i < PL_COUNT(forms); i++) {
        const struct form *f = &forms[i];
        if (!is_of(f, table, key))
            continue;
        size_t len = strlen(f->form);
        buf_addf(b, "%s\n        \"%s\": ", first ? "" : ",", key);
        /* The description joins the members of the form. */
        buf_addf(b, "%.*s, \"description\": ", (int)len - 1, f->form);
        buf_add_json(b, str_of(f->about));
        buf_addc(b, '}');
        return true;
    }
    (void)fprintf(
        stderr, "plschema: no form for key '%s' of %s\n", key, table->what);
    return false;
}

static void add_required(struct buf *b, const struct key_table *table)
{
    bool first = true;
    for (size_t i = 0; i < table->count; i++) {
        if (!table->rows[i].required)
            continue;
        buf_addf(b, "%s\"%s\"", first ? ",\n      \"required\": [" : ", ",
            table->rows[i].name);
        first = false;
    }
    if (!first)
        buf_addc(b, ']');
}

/* Exactly one of the keys that say what is looked for. */
static void add_kinds(struct buf *b)
{
    static const char *const kinds[] = {
        "words", "lexicon", "regex", "detect", "sequence", "weigh", "name", "any"};
    buf_add(b, STR(",\n      \"oneOf\": ["));
    for (size_t i = 0; i < PL_COUNT(kinds); i++)
        buf_addf(b, "%s{\"required\": [\"%s\"]}", i ? ", " : "", kinds[i]);
    buf_addc(b, ']');
}

/* The members of an object schema, without its braces. */
static bool add_map(struct buf *b, const struct key_table *table)
{
    bool good = true;
    buf_add(b, STR("      \"type\": \"object\",\n      \"properties\": {"));
    for (size_t i = 0; i < table->count; i++)
        good &= add_key(b, table, table->rows[i].name, i == 0);
    buf_add(b, STR("\n      },\n      \"additionalProperties\": false"));
    add_required(b, table);
    if (table == &evid_table)
        add_kinds(b);
    return good;
}

static void add_enum(struct buf *b, const char *name, bool or_list)
{
    buf_addf(b, ",\n    \"%s\": ", name);
    buf_add(b, or_list ? STR("{\"anyOf\": [{\"$ref\": \"#/$defs/zone\"}, "
                             "{\"type\": \"array\", \"items\": {\"$ref\": "
                             "\"#/$defs/zone\"}}]}")
                       : STR("{\"enum\": ["));
}

static void add_detectors(struct buf *b)
{
    const struct detector *d;
    const struct validator *v;
    add_enum(b, "detector", false);
    for (uint32_t i = 0; (d = detect_at(i)); i++)
        buf_addf(b, "%s\"%s\"", i ? ", " : "", d->name);
    buf_add(b, STR("]}"));
    add_enum(b, "validator", false);
    for (uint32_t i = 0; (v = valid_at(i)); i++)
        buf_addf(b, "%s\"%s\"", i ? ", " : "", v->name);
    buf_add(b, STR("]}"));
}

static void add_zones(struct buf *b)
{
    static const char *const words[] = {
#define X(name, word) word,
        ZONE_LIST(X)
#undef X
    };
    add_enum(b, "zone", false);
    for (size_t i = 0; i < PL_COUNT(words); i++)
        buf_addf(b, "%s\"%s\"", i ? ", " : "", words[i]);
    buf_add(b, STR("]}"));
    add_enum(b, "zones", true);
}

static void add_profile(struct buf *b)
{
    static const char *const words[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    buf_add(b, STR(",\n    \"profile\": {\"type\": \"object\", "
                   "\"additionalProperties\": false, \"properties\": {"));
    for (size_t i = 0; i < PL_COUNT(words); i++)
        buf_addf(b, "%s\"%s\": " REF("names"), i ? ", " : "", words[i]);
    buf_add(b, STR("}}"));
}

static void add_id(struct buf *b)
{
    const struct taxon *t;
    buf_add(b, STR(",\n    \"id\": {\"type\": \"string\", \"pattern\": \"^("));
    for (size_t i = 0; (t = taxon_at(i)); i++)
        buf_addf(b, "%s%s", i ? "|" : "", t->group_name);
    buf_add(b, STR(")/[a-z0-9-]+$|^guide/[a-z0-9-]+$\"}"));
}

static void add_limits(struct buf *b)
{
    buf_addf(b,
        ",\n    \"window\": {\"anyOf\": [{\"enum\": [\"clause\", "
        "\"sentence\", \"post\"]}, {\"type\": \"string\", \"pattern\": "
        "\"^[1-%d] sentences?$|^[0-9]+$\"}, {\"type\": \"integer\", "
        "\"minimum\": 0, \"maximum\": %d}]}",
        LIMIT_SENTENCES, LIMIT_WINDOW);
    buf_addf(b,
        ",\n    \"gap\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 0, "
        "\"maximum\": %d}, {\"type\": \"string\", \"pattern\": \"^[0-9]+$\"}, "
        "{\"type\": \"object\", \"required\": [\"gap\"], \"properties\": "
        "{\"gap\": {\"type\": [\"integer\", \"string\"]}, \"without\": " REF(
            "names") "}, \"additionalProperties\": false}]}",
        LIMIT_GAP);
}

/* One value or a list of them, of those that a key of the profile knows. */
static void add_choices(struct buf *b, const char *name, enum profile_key key)
{
    const char *word;
    buf_addf(b, ",\n    \"%s\": {\"enum\": [", name);
    for (size_t i = 0; (word = profile_choice(key, i)) != NULL; i++)
        buf_addf(b, "%s\"%s\"", i ? ", " : "", word);
    buf_addf(b,
        "]},\n    \"%ss\": {\"anyOf\": [{\"$ref\": \"#/$defs/%s\"}, "
        "{\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/%s\"}}]}",
        name, name, name);
}

static void add_config_values(struct buf *b)
{
    buf_add(b, STR(",\n    \"country\": {\"type\": \"string\", \"pattern\": "
                   "\"^[A-Za-z]{2}$\"},\n    \"countries\": {\"anyOf\": [" REF(
                       "country") ", " LIST_OF("country") "]}"));
    buf_add(b, STR(",\n    \"day\": {\"type\": \"string\", \"pattern\": "
                   "\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"}"));
    add_choices(b, "platform", PROFILE_PLATFORM);
    add_choices(b, "account", PROFILE_ACCOUNT);
}

static bool add_definitions(struct buf *b, bool config)
{
    bool good = true;
    buf_add(b, STR(",\n  \"$defs\": {"));
    for (size_t i = 0; i < PL_COUNT(values); i++)
        buf_addf(b, "%s\n    \"%s\": %s", i ? "," : "", values[i].name,
            values[i].form);
    add_id(b);
    add_limits(b);
    add_detectors(b);
    add_zones(b);
    add_profile(b);
    if (config)
        add_config_values(b);
    for (size_t i = 0; i < PL_COUNT(maps); i++) {
        if (maps[i].config && !config)
            continue;
        buf_addf(b, ",\n    \"%s\": {\n", maps[i].name);
        good &= add_map(b, maps[i].table);
        buf_add(b, STR("\n    }"));
    }
    buf_add(b, STR("\n  }"));
    return good;
}

/* A form that no table has a key for is out of date. */
static bool forms_fit(void)
{
    bool good = true;
    for (size_t i = 0; i < PL_COUNT(forms); i++) {
        const struct key_table *table = forms[i].table;
        bool found = false;
        for (size_t k = 0; k < table->count; k++)
            found |= is_of(&forms[i], table, table->rows[k].name);
        if (!found)
            (void)fprintf(stderr, "plschema: %s has no key '%s'\n", table->what,
                forms[i].key);
        good &= found;
    }
    return good;
}

static const struct schema {
    const char *name, *title;
    const struct key_table *table;
    bool config;
} schemas[] = {
    {"rules", "A rule file", &file_table, false},
    {"pack", "The pack.yaml of a rule folder", &head_table, false},
    {"config", "The settings file .postlint.yaml", &config_table, true},
};

static const struct schema *schema_of(const char *name)
{
    for (size_t i = 0; i < PL_COUNT(schemas); i++)
        if (strcmp(schemas[i].name, name) == 0)
            return &schemas[i];
    return NULL;
}

int main(int argc, char **argv)
{
    struct buf b PL_DEFER(buf_free) = {0};
    const struct schema *schema = argc == 2 ? schema_of(argv[1]) : NULL;
    if (!schema) {
        (void)fputs("usage: plschema rules|pack|config\n", stderr);
        return 2;
    }
    buf_addf(&b,
        "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
        "  \"$id\": \"urn:postlint:%s:1\",\n"
        "  \"title\": \"%s of postlint\",\n",
        schema->name, schema->title);
    bool good = forms_fit() && add_map(&b, schema->table) &&
                add_definitions(&b, schema->config);
    buf_add(&b, STR("\n}\n"));
    if (!good || b.failed || fwrite(b.ptr, 1, b.len, stdout) != b.len)
        return 1;
    return fflush(stdout) == 0 ? 0 : 1;
}
