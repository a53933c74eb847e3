/* SPDX-License-Identifier: MIT */
/*
 * fuzz_record.c - a line of batch by its own scanner and by the JSON library.
 *
 * What the library takes for an object with text the scanner must read alike;
 * what it refuses the scanner refuses too, but for what is no matter of the
 * grammar: the same key twice, numbers that fit no double, a NUL in a key.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "batch/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* Is the key one that a record takes for a string? */
static struct str *field_of(struct record *r, const char *key)
{
    if (str_eqz(STR("text"), key))
        return &r->text;
#define X(member, word)                                                        \
    if (str_eqz(STR(word), key))                                               \
        return &r->member;
    RECORD_LIST(X)
#undef X
    return NULL;
}

static void compare(const struct json *value, struct record *r)
{
    const struct json *id = json_get(value, "id");
    const struct json *text = json_get(value, "text");
    static const char *const keys[] = {"text",
#define X(member, word) word,
        RECORD_LIST(X)
#undef X
    };
    bool has_text = text != NULL && text->kind == JSON_KIND_TEXT;
    demand(r->has_text == has_text);
    demand(str_eq(r->id, id ? id->source : STR("")));
    for (size_t i = 0; i < PL_COUNT(keys); i++) {
        const struct str *field = field_of(r, keys[i]);
        demand(field != NULL);
        demand(field && str_eq(json_text(json_get(value, keys[i])), *field));
    }
}

static bool is_lenient(const struct err *err)
{
    static const char *const words[] = {"twice", "number", "deep", "NUL"};
    struct str msg = str_of(err->msg);
    for (size_t i = 0; i < PL_COUNT(words); i++)
        for (size_t at = 0; at < msg.len; at++)
            if (str_starts(str_from(msg, at), str_of(words[i])))
                return true;
    return err->code == ERR_UTF8;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct record_keys keys = {STR("id"), STR("text")};
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct str line = {(const char *)data, size};
    struct record r;
    struct json value;
    struct err err = {0}, json_err = {0};

    bool good = record_parse(a, line, &keys, &r, &err);
    bool is_json = json_parse(a, "line", line, &value, &json_err);
    if (!good)
        demand(err.msg[0] != '\0');
    if (is_json && value.kind == JSON_KIND_MAP) {
        const struct json *text = json_get(&value, "text");
        bool proper = !text || text->kind == JSON_KIND_TEXT ||
                      text->kind == JSON_KIND_NULL;
        demand(good == proper || size > 1000);
        if (good)
            compare(&value, &r);
    } else if (!is_json && good) {
        demand(is_lenient(&json_err));
    } else {
        demand(!good);
    }
    return 0;
}
