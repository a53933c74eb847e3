/* SPDX-License-Identifier: MIT */
/* record.c - one line of JSON to the fields of a post. */
#include "batch/record.h"

#include <string.h>

#include "base/limits.h"

struct json {
    struct arena *a;
    struct str s;
    size_t pos;
    unsigned depth;
};

static void skip_blanks(struct json *j)
{
    while (j->pos < j->s.len &&
        (j->s.ptr[j->pos] == ' ' || j->s.ptr[j->pos] == '\t' ||
            j->s.ptr[j->pos] == '\r' || j->s.ptr[j->pos] == '\n'))
        j->pos++;
}

static char peek(const struct json *j)
{
    return j->pos < j->s.len ? j->s.ptr[j->pos] : '\0';
}

static bool take(struct json *j, char c)
{
    skip_blanks(j);
    if (peek(j) != c || j->pos >= j->s.len)
        return false;
    j->pos++;
    return true;
}

/* ---- strings ----------------------------------------------------------------- */

static int hex_value(char c)
{
    if (byte_is_digit(c))
        return c - '0';
    c = byte_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool take_hex(struct json *j, uint32_t *point)
{
    *point = 0;
    for (int i = 0; i < 4; i++) {
        int value = hex_value(peek(j));
        if (value < 0)
            return false;
        *point = *point * 16 + (uint32_t)value;
        j->pos++;
    }
    return true;
}

/* \uXXXX behind the u; a surrogate needs its other half. */
static bool take_unicode(struct json *j, char *out, size_t *len)
{
    uint32_t high, low;
    if (!take_hex(j, &high))
        return false;
    if (high >= 0xD800 && high <= 0xDBFF) {
        if (peek(j) != '\\' || j->pos + 1 >= j->s.len ||
            j->s.ptr[j->pos + 1] != 'u')
            return false;
        j->pos += 2;
        if (!take_hex(j, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    } else if (high >= 0xDC00 && high <= 0xDFFF) {
        return false;
    }
    *len += str_put_point(out + *len, high);
    return true;
}

static bool take_escape(struct json *j, char *out, size_t *len)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = peek(j);
    if (j->pos >= j->s.len)
        return false;
    j->pos++;
    if (c == 'u')
        return take_unicode(j, out, len);
    const char *at = strchr(from, c);
    if (!at || c == '\0')
        return false;
    out[(*len)++] = to[at - from];
    return true;
}

/* End of the string behind its opening quote, or s.len. */
static size_t string_end(const struct json *j, bool *escaped)
{
    size_t at = j->pos;
    *escaped = false;
    while (at < j->s.len && j->s.ptr[at] != '"') {
        if (j->s.ptr[at] == '\\') {
            *escaped = true;
            at++;
        }
        at++;
    }
    return at < j->s.len ? at : j->s.len;
}

/* A string behind its opening quote. */
static bool take_string(struct json *j, struct str *value)
{
    bool escaped;
    size_t end = string_end(j, &escaped), len = 0;
    if (end >= j->s.len)
        return false;
    char *out = ARENA_NEW(j->a, char, end - j->pos + 1);
    while (j->pos < end) {
        char c = j->s.ptr[j->pos];
        if ((unsigned char)c < 0x20)
            return false;
        j->pos++;
        if (c != '\\')
            out[len++] = c;
        else if (!take_escape(j, out, &len))
            return false;
    }
    j->pos = end + 1;
    *value = (struct str){out, len};
    return true;
}

/* ---- values nobody asks for ---------------------------------------------------- */

static bool skip_value(struct json *j);

static bool skip_number(struct json *j)
{
    if (peek(j) == '-')
        j->pos++;
    size_t digits = j->pos;
    bool zero = peek(j) == '0';
    while (byte_is_digit(peek(j)))
        j->pos++;
    if (j->pos == digits || (zero && j->pos > digits + 1))
        return false;
    if (peek(j) == '.') {
        digits = ++j->pos;
        while (byte_is_digit(peek(j)))
            j->pos++;
        if (j->pos == digits)
            return false;
    }
    if (peek(j) == 'e' || peek(j) == 'E') {
        j->pos++;
        if (peek(j) == '+' || peek(j) == '-')
            j->pos++;
        digits = j->pos;
        while (byte_is_digit(peek(j)))
            j->pos++;
        if (j->pos == digits)
            return false;
    }
    return true;
}

static bool skip_word(struct json *j)
{
    static const struct str words[] = {
        STR_INIT("true"), STR_INIT("false"), STR_INIT("null")};
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (str_starts(str_from(j->s, j->pos), words[i])) {
            j->pos += words[i].len;
            return true;
        }
    return false;
}

static bool skip_members(struct json *j, char close, bool keyed)
{
    struct str ignored;
    if (take(j, close))
        return true;
    do {
        if (keyed &&
            (!take(j, '"') || !take_string(j, &ignored) || !take(j, ':')))
            return false;
        if (!skip_value(j))
            return false;
    } while (take(j, ','));
    return take(j, close);
}

static bool skip_value(struct json *j)
{
    struct str ignored;
    bool good;
    skip_blanks(j);
    if (++j->depth > LIMIT_YAML_DEPTH)
        return false;
    if (take(j, '"'))
        good = take_string(j, &ignored);
    else if (take(j, '{'))
        good = skip_members(j, '}', true);
    else if (take(j, '['))
        good = skip_members(j, ']', false);
    else if (byte_is_digit(peek(j)) || peek(j) == '-')
        good = skip_number(j);
    else
        good = skip_word(j);
    j->depth--;
    return good;
}

/* ---- records ------------------------------------------------------------------------ */

static struct str *field_of(
    struct record *r, const struct record_keys *keys, struct str key)
{
    if (str_eq(key, keys->text))
        return &r->text;
#define X(member, word)                                                        \
    if (str_eqz(key, word))                                                    \
        return &r->member;
    RECORD_LIST(X)
#undef X
    return NULL;
}

static bool take_member(struct json *j, const struct record_keys *keys,
    struct record *r)
{
    struct str key, *field;
    if (!take(j, '"') || !take_string(j, &key) || !take(j, ':'))
        return false;
    skip_blanks(j);
    if (str_eq(key, keys->id)) {
        size_t beg = j->pos;
        if (!skip_value(j))
            return false;
        r->id = str_part(j->s, beg, j->pos);
        return true;
    }
    field = field_of(r, keys, key);
    if (field && peek(j) == '"') {
        j->pos++;
        if (field == &r->text)
            r->has_text = true;
        return take_string(j, field);
    }
    size_t beg = j->pos;
    if (!skip_value(j))
        return false;
    /* A text is a string or null. */
    return field != &r->text ||
        str_eq(str_part(j->s, beg, j->pos), STR("null"));
}

/* The id of a record whose rest is broken, so that its owner can be told. */
static void find_id(
    struct json *j, const struct record_keys *keys, struct record *r)
{
    struct record probe = {0};
    j->pos = 0;
    if (!take(j, '{'))
        return;
    do {
        probe.id = STR("");
        if (!take_member(j, keys, &probe))
            return;
        if (probe.id.len) {
            r->id = probe.id;
            return;
        }
    } while (take(j, ','));
}

bool record_parse(struct arena *a, struct str line,
    const struct record_keys *keys, struct record *record, struct err *err)
{
    struct json j = {.a = a, .s = line};
    bool good;

    *record = (struct record){0};
    skip_blanks(&j);
    if (j.pos == line.len)
        return err_set(err, ERR_BLANK, (struct where){0}, "a blank line");
    good = take(&j, '{');
    if (good && !take(&j, '}')) {
        do
            good = take_member(&j, keys, record);
        while (good && take(&j, ','));
        good = good && take(&j, '}');
    }
    skip_blanks(&j);
    if (good && j.pos == line.len)
        return true;
    size_t at = j.pos;
    find_id(&j, keys, record);
    return err_set(err, ERR_JSON, (struct where){.line = 1,
                                      .col = (uint32_t)at + 1},
        "not a JSON object");
}
