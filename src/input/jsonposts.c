/* SPDX-License-Identifier: MIT */
/*
 * jsonposts.c - posts in JSON: {"id": ..., "text": ...}, a list of such records
 * or of texts, or a record in each line.
 */
#include "base/json.h"
#include "input/decode.h"
#include "text/line.h"

/* ---- a string and the way back ------------------------------------------------ */

static void add_piece(struct arena *a, struct decoded *d, size_t at,
    struct span source, bool plain)
{
    *VEC_PUSH(a, d) = (struct decoded_piece){(uint32_t)at, source, plain};
}

/* \r\n is one line end, as it is in a file. */
static bool joins_line_end(const struct decoded *d, const struct json_piece *p,
    size_t at)
{
    return p->escape && str_eq(p->text, STR("\n")) && d->count > 0 &&
        !d->items[d->count - 1].plain && at > 0 &&
        d->text.ptr[at - 1] == '\r';
}

static struct decoded decode(
    struct arena *a, const struct doc_field *file, const struct json *string)
{
    struct decoded d = {.text = json_text(string)};
    struct json_piece piece;
    size_t at = 0, pos = 0;
    uint32_t base = (uint32_t)(string->source.ptr - file->bytes.ptr);

    d.source = (struct span){base + 1, base + (uint32_t)string->source.len - 1};
    while (json_piece(a, string, &pos, &piece)) {
        uint32_t beg = (uint32_t)(piece.source.ptr - file->bytes.ptr);
        struct span source = {beg, beg + (uint32_t)piece.source.len};
        if (joins_line_end(&d, &piece, at))
            d.items[d.count - 1].source.end = source.end;
        else
            add_piece(a, &d, at, source, !piece.escape);
        at += piece.text.len;
    }
    return d;
}

/* ---- records -------------------------------------------------------------------- */

static struct where place_of(const struct doc_field *file, const char *at)
{
    struct line_place place = line_place_at(
        file->lines, (uint32_t)(at - file->bytes.ptr));
    return (struct where){.line = place.line, .col = place.col};
}

static void read_facts(struct item *item, const struct json *record)
{
#define X(member, key) item->member = json_text(json_get(record, key));
    ITEM_LIST(X)
#undef X
}

static struct str id_of(
    const struct json *record, const struct record_names *names)
{
    const struct json *id = json_get(record, names->id.ptr);
    if (!id || id->kind == JSON_KIND_NULL)
        return STR("");
    return id->kind == JSON_KIND_TEXT ? id->text : id->source;
}

static bool fail_item(struct item *item, const struct doc_field *file,
    const struct json *at, const char *what)
{
    item->bad = true;
    return err_set(&item->err, ERR_JSON, place_of(file, at->source.ptr),
        "%s", what);
}

static void read_record(struct arena *a, const struct doc_field *file,
    const struct record_names *names, const struct json *record,
    struct items *out)
{
    const struct json *text = record, *alt = NULL;
    struct item item = {0};
    struct record_texts texts = {0};

    out->records++;
    if (record->kind == JSON_KIND_MAP) {
        text = json_get(record, names->text.ptr);
        alt = json_get(record, "alt");
        texts.input = json_text(json_get(record, "input"));
        item.id = id_of(record, names);
        read_facts(&item, record);
        if (!text)
            return;
    }
    out->texts++;
    if (text->kind == JSON_KIND_NULL)
        return;
    if (text->kind != JSON_KIND_TEXT) {
        (void)fail_item(&item, file, text, "a text is a string or null");
    } else {
        texts.text = decode(a, file, text);
        texts.has_alt = alt && alt->kind == JSON_KIND_TEXT && alt->text.len;
        if (texts.has_alt)
            texts.alt = decode(a, file, alt);
        item.bad = !decoded_doc(a, file, &texts, &item.doc, &item.err);
        if (item.bad)
            item.err.at = place_of(file, text->source.ptr);
    }
    *VEC_PUSH(a, out) = item;
}

/* A parser's place counts in what it was given; it lies behind `at`. */
static void move_place(
    const struct doc_field *file, const char *at, struct err *err)
{
    struct where from = place_of(file, at);
    if (err->at.line == 1)
        err->at.col += from.col - 1;
    err->at.line += from.line - 1;
}

bool jsonposts_split(struct arena *a, const struct doc_field *file,
    const struct record_names *names, struct items *items, struct err *err)
{
    struct json top;
    size_t bom = str_starts(file->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    struct str text = str_from(file->bytes, bom);

    if (!json_parse(a, NULL, text, &top, err)) {
        move_place(file, text.ptr, err);
        return false;
    }
    if (top.kind == JSON_KIND_LIST)
        for (size_t i = 0; i < top.count; i++)
            read_record(a, file, names, &top.items[i], items);
    else
        read_record(a, file, names, &top, items);
    return true;
}

/* A line that is no JSON is an item of its own, so that the others count. */
bool jsonlines_split(struct arena *a, const struct doc_field *file,
    const struct record_names *names, struct items *items, struct err *err)
{
    size_t bom = str_starts(file->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    struct str rest = str_from(file->bytes, bom);

    (void)err;
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        struct item bad = {.bad = true};
        struct json record;
        rest = cut.tail;
        if (str_trim(cut.head).len == 0)
            continue;
        if (json_parse(a, NULL, cut.head, &record, &bad.err)) {
            read_record(a, file, names, &record, items);
            continue;
        }
        move_place(file, cut.head.ptr, &bad.err);
        items->records++;
        items->texts++;
        *VEC_PUSH(a, items) = bad;
    }
    return true;
}
