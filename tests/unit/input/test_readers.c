/* SPDX-License-Identifier: MIT */
/*
 * test_readers.c - what each reader makes of a file: parts, their zones and
 * texts, and where in the file they stand.
 *
 * A row's parts are written "zone:text" with | between parts; a stretch that the
 * file says in other bytes is shown as {text<source}.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "input/reader.h"
#include "text/line.h"

static struct arena *a;

static int begin(void **state)
{
    (void)state;
    a = arena_new(0);
    return a ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void show_doc(struct buf *b, const struct doc *doc)
{
    static const char *const zones[ZONE_COUNT] = {
#define X(name, word) word,
        ZONE_LIST(X)
#undef X
    };
    struct str bytes = doc->fields[0].bytes;
    for (uint32_t i = 0; i < doc->part_count; i++) {
        const struct doc_part *part = &doc->parts[i];
        buf_addf(b, "%s%s:", i ? "|" : "", zones[part->zone]);
        for (uint32_t k = 0; k < part->run_count; k++) {
            const struct doc_run *run = &part->runs[k];
            struct str source =
                str_part(bytes, run->source.beg, run->source.end);
            if (run->text.ptr)
                buf_addf(b, "{" STR_FMT "<" STR_FMT "}", STR_ARG(run->text),
                    STR_ARG(source));
            else
                buf_add(b, source);
        }
    }
}

static void show_directives(struct buf *b, const struct doc *doc)
{
    struct str bytes = doc->fields[0].bytes;
    for (uint32_t i = 0; i < doc->directive_count; i++) {
        const struct doc_directive *d = &doc->directives[i];
        buf_addf(b, "%s" STR_FMT "=>" STR_FMT, i ? "|" : "",
            STR_ARG(str_trim(d->text)),
            STR_ARG(str_trim(str_part(bytes, d->scope.beg, d->scope.end))));
    }
}

static void assert_shown(struct buf *b, const char *wanted)
{
    buf_addc(b, '\0');
    assert_string_equal(b->ptr, wanted);
    buf_free(b);
}

static struct doc read_one(const char *format, const char *text)
{
    struct post post = {.name = "x", .text = str_of(text)};
    struct doc doc = {0};
    struct err err = {0};
    assert_true(reader_find(str_of(format))->read(a, &post, &doc, &err));
    return doc;
}

static struct items split(const char *format, const char *text, struct err *err)
{
    static struct line_index lines;
    static struct doc_field field;
    struct items items = {0};
    const struct record_names names = {STR("text"), STR("id")};
    lines = line_index_counted(a, str_of(text));
    field = (struct doc_field){"text", str_of(text), &lines};
    (void)reader_find(str_of(format))->split(a, &field, &names, &items, err);
    return items;
}

struct row {
    const char *text, *parts;
};

static void check_rows(const char *format, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        struct doc doc = read_one(format, rows[i].text);
        show_doc(&b, &doc);
        assert_shown(&b, rows[i].parts);
    }
}

static void check_posts(const char *format, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        struct err err = {0};
        struct items items = split(format, rows[i].text, &err);
        for (size_t k = 0; k < items.count; k++) {
            buf_add(&b, k ? STR(" / ") : STR(""));
            if (items.items[k].bad)
                buf_addf(&b, "!%u", (unsigned)items.items[k].err.at.line);
            else
                show_doc(&b, &items.items[k].doc);
        }
        if (err.code != ERR_NONE)
            buf_addf(&b, "!!%u:%u", (unsigned)err.at.line,
                (unsigned)err.at.col);
        assert_shown(&b, rows[i].parts);
    }
}

static void guessed_by_name(void **state)
{
    static const struct {
        const char *path, *format;
    } rows[] = {{"a.txt", "text"}, {"b/a.md", "markdown"},
        {"a.markdown", "markdown"}, {"a.html", "html"}, {"a.htm", "html"},
        {"a.json", "json"}, {"a.jsonl", "jsonl"}, {"a.ndjson", "jsonl"},
        {"a.csv", "csv"}};
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_string_equal(reader_guess(rows[i].path)->name, rows[i].format);
    assert_null(reader_guess("a.odt"));
    assert_null(reader_guess("-"));
    assert_null(reader_find(STR("toml")));
}

static void markdown(void **state)
{
    static const struct row rows[] = {
        {"One **bo**ld.\n\nTwo", "body:One bold.|body:Two"},
        {"---\ntitle: x\n---\nHi", "front:title: x\n|body:Hi"},
        {"---\nnever closed", "body:never closed"},
        {"`code` here\n\n    block\n", "body: here"},
        {"![alt *t*](a.jpg \"ti\")",
            "file:a.jpg|alt:ti|alt:alt t"},
        {"[word](https://x.example)", "link:https://x.example|body:word"},
        {"caf&eacute; &amp; co", "body:caf{\xC3\xA9<&eacute;} {&<&amp;} co"},
        {"a <!-- note --> b", "body: note |body:a  b"},
        {"<!-- note -->\n\ntext", "body: note |body:text"},
        {"<div>in *html*</div>\n\nout", "body:in *html*|body:out"},
        {"x <img src=\"p.png\" alt=\"who\"> y",
            "alt:who|file:p.png|body:x  y"},
        {"\xEF\xBB\xBF# Head", "body:Head"},
    };
    (void)state;
    check_rows("markdown", rows, PL_COUNT(rows));
}

static void html(void **state)
{
    static const struct row rows[] = {
        {"<p>One <b>bo</b>ld.</p><p>Two", "body:One bold.|body:Two"},
        {"bare text", "body:bare text"},
        {"<p>caf&eacute; &amp; AT&T &#233;&nbsp;x</p>",
            "body:caf{\xC3\xA9<&eacute;} {&<&amp;} AT&T "
            "{\xC3\xA9<&#233;}{\xC2\xA0<&nbsp;}x"},
        {"<p>a<br>b", "body:a{\n<}b"},
        {"<script>x</script><style>y</style><code>z</code>w", "body:w"},
        {"<img src='p.png' alt='who &lt;'>",
            "alt:who {<<&lt;}|file:p.png"},
        {"<a href=\"/x\" title=t>word</a>", "alt:t|link:/x|body:word"},
        {"<p>a</p><!-- note --><p>b", "body:a|body: note |body:b"},
        {"<title>T</title><meta name=description content='D'>",
            "body:T|body:D"},
        {"<input aria-label=\"who\">", "alt:who"},
    };
    (void)state;
    check_rows("html", rows, PL_COUNT(rows));
}

static void threads(void **state)
{
    static const struct row rows[] = {
        {"one\n---\ntwo\r\n --- \r\nthree", "body:one\n|body:two\r\n|body:three"},
        {"only", "body:only"},
        {"---\n---\n", ""},
        {"a --- b\n----\n", "body:a --- b\n----\n"},
    };
    (void)state;
    check_rows("thread", rows, PL_COUNT(rows));
}

static void json(void **state)
{
    static const struct row rows[] = {
        {"{\"text\": \"plain\"}", "body:plain"},
        {"{\"text\": \"a\\u00e9\\n\\\"b\"}",
            "body:a{\xC3\xA9<\\u00e9}{\n<\\n}{\"<\\\"}b"},
        {"[\"one\", {\"text\": null}, {\"text\": \"two\", \"alt\": \"pic\"}]",
            "body:one / body:two|alt:pic"},
        {"{\"text\": \"x\\r\\ny\"}", "body:x{\r\n<\\r\\n}y"},
        {"{\"text\": \"*b\\u00e9*\", \"input\": \"markdown\"}",
            "body:b{\xC3\xA9<\\u00e9}"},
        {"{\"text\": \"&eacute;\\u0021\", \"input\": \"html\"}",
            "body:{\xC3\xA9<&eacute;}{!<\\u0021}"},
        {"[{\"text\": 5}, {\"text\": \"ok\"}]", "!1 / body:ok"},
        {"{\"text\": \"x\", \"input\": \"csv\"}", "!1"},
        {"{\"text\": \"x\",\n}", "!!2:2"},
        {"{\"other\": \"x\"}", ""},
    };
    (void)state;
    check_posts("json", rows, PL_COUNT(rows));
}

static void json_lines(void **state)
{
    static const struct row rows[] = {
        {"{\"text\":\"a\"}\r\n\n{\"text\":\"b\"}", "body:a / body:b"},
        {"{\"text\":\"a\"}\n{broken\n\"b\"\n", "body:a / !2 / body:b"},
    };
    (void)state;
    check_posts("jsonl", rows, PL_COUNT(rows));
}

static void csv(void **state)
{
    static const struct row rows[] = {
        {"id,text\n1,hello\n2,\"a \"\"b\"\", c\nd\"\n",
            "body:hello / body:a {\"<\"\"}b{\"<\"\"}, c\nd"},
        {"Text;alt\r\nx;pic\r\ny;\r\n", "body:x|alt:pic / body:y"},
        {"text\tid\nx, y\t1", "body:x, y"},
        {"id,text\n1\n\n2,b", "body:b"},
        {"id,text\n1,\"never closed\n2,b", "!2"},
        {"id,text\n1,\"a\" b\n", "!2"},
        {"id,note\n1,a\n", ""},
        {"", ""},
        {"text,input\n*b*,markdown\nx,odt", "body:b / !3"},
    };
    (void)state;
    check_posts("csv", rows, PL_COUNT(rows));
}

static void records_speak_of_their_post(void **state)
{
    struct err err = {0};
    struct items items = split("json",
        "[{\"id\": 7, \"text\": \"x\", \"platform\": \"mastodon\", "
        "\"account\": 5}, {\"id\": \"b\", \"text\": \"y\"}, {\"z\": 1}]",
        &err);
    (void)state;
    assert_int_equal(items.count, 2);
    assert_int_equal(items.records, 3);
    assert_int_equal(items.texts, 2);
    assert_true(str_eqz(items.items[0].id, "7"));
    assert_true(str_eqz(items.items[0].platform, "mastodon"));
    assert_int_equal(items.items[0].account.len, 0);
    assert_true(str_eqz(items.items[1].id, "b"));
    assert_true(items.items[1].doc.gathered);
}

static void directives_and_their_blocks(void **state)
{
    static const struct {
        const char *format, *text, *shown, *parts;
    } rows[] = {
        {"markdown",
            "<!-- postlint allow a: b -->\nOne\ntwo\n\nThree",
            "postlint allow a: b=>One\ntwo", "body:One{\n<}two|body:Three"},
        {"markdown", "x\n\n<!-- postlint allow a: b -->\n\n- One\n- two\n\nThree",
            "postlint allow a: b=>- One\n- two",
            "body:x|body:One|body:two|body:Three"},
        {"markdown", "- one\n\n  <!-- postlint allow a: b -->\n\n  two\n- three\n",
            "postlint allow a: b=>two", "body:one|body:two|body:three"},
        {"markdown", "One\n\n<!-- postlint allow a: b -->\n",
            "postlint allow a: b=>", "body:One"},
        {"markdown", "One <!-- postlint allow a: b --> two\n\nthree",
            "postlint allow a: b=>", "body:One  two|body:three"},
        {"markdown",
            "<!-- postlint allow a: b -->\n<!-- postlint allow c: d -->\nOne\n",
            "postlint allow a: b=><!-- postlint allow c: d -->\nOne|"
            "postlint allow c: d=>One", "body:One"},
        {"markdown", "<!-- postlint allow a: b -->\n\n<p>One</p>\n\nTwo",
            "postlint allow a: b=><p>One</p>", "body:One|body:Two"},
        {"markdown", "---\na: b\npostlint:\n  allow: []\nc: d\n---\nHi",
            "postlint:\n  allow: []=>---\na: b\npostlint:\n  allow: []\nc: d\n"
            "---\nHi",
            "front:a: b\nc: d\n|body:Hi"},
        {"html", "<!-- postlint allow a: b --> <p>One <b>x</b></p><p>Two</p>",
            "postlint allow a: b=><p>One <b>x</b></p>",
            "body:One x|body:Two"},
        {"html", "<div><!-- postlint allow a: b -->One</div><p>Two</p>",
            "postlint allow a: b=>One", "body:One|body:Two"},
    };
    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        struct buf b = {0}, parts = {0};
        struct doc doc = read_one(rows[i].format, rows[i].text);
        show_directives(&b, &doc);
        if (strstr(rows[i].text, "One <!--"))
            assert_int_equal(doc.directives[0].scope.end, 0);
        assert_shown(&b, rows[i].shown);
        show_doc(&parts, &doc);
        assert_shown(&parts, rows[i].parts);
        assert_true(doc.has_comments);
    }
}

static void directives_move_with_their_text(void **state)
{
    struct err err = {0};
    struct buf b = {0};
    struct items items = split("json",
        "{\"text\": \"<!-- postlint allow a: b -->\\nOne\\n\\nTwo\", "
        "\"input\": \"markdown\"}",
        &err);
    (void)state;
    show_directives(&b, &items.items[0].doc);
    assert_shown(&b, "postlint allow a: b=>\\nOne");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guessed_by_name),
        cmocka_unit_test(markdown),
        cmocka_unit_test(html),
        cmocka_unit_test(threads),
        cmocka_unit_test(json),
        cmocka_unit_test(json_lines),
        cmocka_unit_test(csv),
        cmocka_unit_test(records_speak_of_their_post),
        cmocka_unit_test(directives_and_their_blocks),
        cmocka_unit_test(directives_move_with_their_text),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
