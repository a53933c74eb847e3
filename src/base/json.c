/* SPDX-License-Identifier: MIT */
/*
 * json.c - a checked JSON text to a tree of values.
 *
 * json_check() asks Jansson. What it has let pass is known to be well formed, so
 * that the walk below only looks for where values begin and end.
 */
#include "base/json.h"

#include <string.h>

#include "base/jsoncheck.h"
#include "base/limits.h"

struct walk {
    struct arena *a;
    struct str s;
    size_t pos;
    unsigned depth, deepest;
};

/* ---- strings ---------------------------------------------------------------- */

static uint32_t hex_of(struct str s, size_t at)
{
    uint32_t value = 0;
    for (size_t i = at; i < at + 4 && i < s.len; i++) {
        char c = byte_lower(s.ptr[i]);
        value = value * 16 +
            (uint32_t)(byte_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* The escape at a backslash: its length in the source; out gets 4 bytes at most,
   *len of them. */
static size_t take_escape(struct str s, size_t at, char *out, size_t *len)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = at + 1 < s.len ? s.ptr[at + 1] : '"';
    if (c != 'u') {
        const char *found = c ? strchr(from, c) : NULL;
        out[0] = found ? to[found - from] : c;
        *len = 1;
        return 2;
    }
    uint32_t point = hex_of(s, at + 2);
    if (point < 0xD800 || point > 0xDBFF) {
        *len = str_put_point(out, point);
        return 6;
    }
    uint32_t low = hex_of(s, at + 8);
    *len = str_put_point(out, 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00));
    return 12;
}

static struct str inside(struct str quoted)
{
    return str_part(quoted, 1, quoted.len - 1);
}

bool json_piece(struct arena *a, const struct json *string, size_t *at,
    struct json_piece *piece)
{
    struct str s = inside(string->source);
    char out[4];
    size_t len, end;

    if (string->kind != JSON_KIND_TEXT || *at >= s.len)
        return false;
    if (s.ptr[*at] == '\\') {
        end = *at + take_escape(s, *at, out, &len);
        *piece = (struct json_piece){str_part(s, *at, end),
            arena_copy(a, (struct str){out, len}), true};
    } else {
        end = *at + str_find_byte(str_from(s, *at), '\\');
        piece->source = piece->text = str_part(s, *at, end);
        piece->escape = false;
    }
    *at = end;
    return true;
}

static struct str decode(struct arena *a, struct str quoted)
{
    struct str s = inside(quoted);
    char *out = ARENA_NEW(a, char, s.len + 1);
    size_t count = 0;
    for (size_t at = 0; at < s.len;) {
        size_t len = 1;
        if (s.ptr[at] == '\\')
            at += take_escape(s, at, out + count, &len);
        else
            out[count] = s.ptr[at++];
        count += len;
    }
    return (struct str){out, count};
}

/* ---- values ------------------------------------------------------------------- */

static void skip_blanks(struct walk *w)
{
    while (w->pos < w->s.len && byte_is_blank(w->s.ptr[w->pos]))
        w->pos++;
}

static char peek(struct walk *w)
{
    skip_blanks(w);
    return w->pos < w->s.len ? w->s.ptr[w->pos] : '\0';
}

static struct str take_quoted(struct walk *w)
{
    size_t beg = w->pos++;
    while (w->pos < w->s.len && w->s.ptr[w->pos] != '"')
        w->pos += w->s.ptr[w->pos] == '\\' ? 2 : 1;
    w->pos++;
    return str_part(w->s, beg, w->pos);
}

static struct str take_bare(struct walk *w)
{
    size_t beg = w->pos;
    while (w->pos < w->s.len && !byte_is_blank(w->s.ptr[w->pos]) &&
        !strchr(",]}", w->s.ptr[w->pos]))
        w->pos++;
    return str_part(w->s, beg, w->pos);
}

static struct json take_string(struct walk *w)
{
    struct json v = {.kind = JSON_KIND_TEXT, .source = take_quoted(w)};
    v.text = decode(w->a, v.source);
    return v;
}

static struct json take_value(struct walk *w);

static struct json take_map(struct walk *w)
{
    VEC(struct json_member) members = {0};
    size_t beg = w->pos++;
    while (peek(w) != '}') {
        struct json_member *m = VEC_PUSH(w->a, &members);
        m->key = take_string(w);
        (void)peek(w);
        w->pos++; /* the colon */
        struct json value = take_value(w);
        members.items[members.count - 1].value = value;
        w->pos += peek(w) == ',';
    }
    w->pos++;
    return (struct json){.kind = JSON_KIND_MAP,
        .source = str_part(w->s, beg, w->pos),
        .members = members.items,
        .count = members.count};
}

static struct json take_list(struct walk *w)
{
    VEC(struct json) items = {0};
    size_t beg = w->pos++;
    while (peek(w) != ']') {
        struct json value = take_value(w);
        *VEC_PUSH(w->a, &items) = value;
        w->pos += peek(w) == ',';
    }
    w->pos++;
    return (struct json){.kind = JSON_KIND_LIST,
        .source = str_part(w->s, beg, w->pos),
        .items = items.items,
        .count = items.count};
}

static struct json take_value(struct walk *w)
{
    char c = peek(w);
    if (c == '{')
        return take_map(w);
    if (c == '[')
        return take_list(w);
    if (c == '"')
        return take_string(w);
    struct json v = {.kind = JSON_KIND_NUMBER, .source = take_bare(w)};
    if (c == 't' || c == 'f')
        v.kind = JSON_KIND_BOOL;
    else if (c == 'n')
        v.kind = JSON_KIND_NULL;
    return v;
}

/* Brackets outside strings; the walk recurses as deep. */
static size_t too_deep(struct str s)
{
    unsigned depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '"')
            for (i++; i < s.len && s.ptr[i] != '"'; i++)
                i += s.ptr[i] == '\\';
        else if ((c == '{' || c == '[') && ++depth > LIMIT_JSON_DEPTH)
            return i;
        else if ((c == '}' || c == ']') && depth > 0)
            depth--;
    }
    return s.len;
}

static struct where where_of(const char *file, struct str text, size_t at)
{
    struct where where = {file, 1, 1, 0};
    for (size_t i = 0; i < at && i < text.len; i++) {
        where.col++;
        if (text.ptr[i] == '\n') {
            where.line++;
            where.col = 1;
        }
    }
    return where;
}

bool json_parse(struct arena *a, const char *file, struct str text,
    struct json *value, struct err *err)
{
    struct json_fault fault;
    size_t deep = too_deep(text), nul = str_find_byte(text, '\0');

    /* Jansson passes over one behind a number. */
    if (nul < text.len)
        return err_set(err, ERR_JSON, where_of(file, text, nul),
            "the JSON holds a NUL byte");
    if (deep < text.len)
        return err_set(err, ERR_JSON, where_of(file, text, deep),
            "nested deeper than %d", LIMIT_JSON_DEPTH);
    if (!json_check(text, &fault))
        return err_set(err, fault.utf8 ? ERR_UTF8 : ERR_JSON,
            where_of(file, text, fault.at), "%s", fault.what);
    struct walk w = {.a = a, .s = text};
    *value = take_value(&w);
    return true;
}

/* ---- questions ---------------------------------------------------------------- */

const struct json *json_get(const struct json *map, const char *key)
{
    if (!map || map->kind != JSON_KIND_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (str_eqz(map->members[i].key.text, key))
            return &map->members[i].value;
    return NULL;
}

struct str json_text(const struct json *value)
{
    return value && value->kind == JSON_KIND_TEXT ? value->text : STR("");
}

bool json_bool(const struct json *value, bool fallback)
{
    return value && value->kind == JSON_KIND_BOOL ? value->source.ptr[0] == 't'
                                                  : fallback;
}

bool json_int(const struct json *value, int64_t *number)
{
    uint64_t size;
    if (!value || value->kind != JSON_KIND_NUMBER)
        return false;
    bool minus = value->source.ptr[0] == '-';
    if (!str_uint(str_from(value->source, minus), INT64_MAX, &size))
        return false;
    *number = minus ? -(int64_t)size : (int64_t)size;
    return true;
}

/* ---- writing ------------------------------------------------------------------- */

static void before_value(struct json_out *o)
{
    uint64_t bit = 1ull << (o->depth % JSON_OUT_DEPTH);
    if (!o->after_key && o->depth > 0 && (o->filled & bit))
        buf_addc(o->out, ',');
    o->filled |= bit;
    o->after_key = false;
}

static void open(struct json_out *o, char c)
{
    before_value(o);
    buf_addc(o->out, c);
    o->depth++;
    o->filled &= ~(1ull << (o->depth % JSON_OUT_DEPTH));
}

static void close(struct json_out *o, char c)
{
    o->depth--;
    buf_addc(o->out, c);
}

void json_open_map(struct json_out *o)
{
    open(o, '{');
}

void json_close_map(struct json_out *o)
{
    close(o, '}');
}

void json_open_list(struct json_out *o)
{
    open(o, '[');
}

void json_close_list(struct json_out *o)
{
    close(o, ']');
}

void json_key(struct json_out *o, const char *key)
{
    before_value(o);
    buf_add_json(o->out, str_of(key));
    buf_addc(o->out, ':');
    o->after_key = true;
}

void json_put_text(struct json_out *o, struct str text)
{
    before_value(o);
    buf_add_json(o->out, text);
}

void json_put_int(struct json_out *o, int64_t number)
{
    before_value(o);
    buf_addf(o->out, "%lld", (long long)number);
}

void json_put_bool(struct json_out *o, bool value)
{
    before_value(o);
    buf_add(o->out, value ? STR("true") : STR("false"));
}

void json_put_null(struct json_out *o)
{
    before_value(o);
    buf_add(o->out, STR("null"));
}

void json_put_source(struct json_out *o, struct str source)
{
    before_value(o);
    buf_add(o->out, source);
}
