/* SPDX-License-Identifier: MIT */
/*
 * fuzz_json.c - any bytes as JSON; the model is the library's own tree.
 *
 * Both must agree on what is JSON, on every value and its order; the pieces of a
 * string must be all of its source and all of its text; what the writer makes of
 * the tree must be the same values again.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_string(
    struct arena *a, const struct json *v, const json_t *model)
{
    size_t at = 0, text = 0;
    const char *source = v->source.ptr + 1;
    struct json_piece p;
    demand(v->text.len == json_string_length(model));
    demand(memcmp(v->text.ptr, json_string_value(model), v->text.len) == 0);
    while (json_piece(a, v, &at, &p)) {
        demand(p.source.ptr == source && p.source.len > 0);
        demand(text + p.text.len <= v->text.len);
        demand(memcmp(v->text.ptr + text, p.text.ptr, p.text.len) == 0);
        source += p.source.len;
        text += p.text.len;
    }
    demand(text == v->text.len);
    demand(source == v->source.ptr + v->source.len - 1);
}

static void check_value(
    struct arena *a, const struct json *v, const json_t *model);

static void check_map(
    struct arena *a, const struct json *v, const json_t *model)
{
    demand(v->count == json_object_size(model));
    for (size_t i = 0; i < v->count; i++) {
        const struct json_member *m = &v->members[i];
        const json_t *other = json_object_get(model, m->key.text.ptr);
        demand(other != NULL);
        check_value(a, &m->value, other);
    }
}

static void check_value(
    struct arena *a, const struct json *v, const json_t *model)
{
    demand(v->source.len > 0);
    switch (v->kind) {
    case JSON_KIND_NULL:
        demand(json_is_null(model));
        break;
    case JSON_KIND_BOOL:
        demand(json_is_boolean(model));
        demand(json_bool(v, false) == json_is_true(model));
        break;
    case JSON_KIND_NUMBER:
        demand(json_is_number(model));
        break;
    case JSON_KIND_TEXT:
        demand(json_is_string(model));
        check_string(a, v, model);
        break;
    case JSON_KIND_LIST:
        demand(json_is_array(model) && v->count == json_array_size(model));
        for (size_t i = 0; i < v->count; i++)
            check_value(a, &v->items[i], json_array_get(model, i));
        break;
    case JSON_KIND_MAP:
        demand(json_is_object(model));
        check_map(a, v, model);
        break;
    }
}

static void write_value(struct json_out *o, const struct json *v)
{
    if (v->kind == JSON_KIND_TEXT)
        json_put_text(o, v->text);
    if (v->kind == JSON_KIND_BOOL)
        json_put_bool(o, json_bool(v, false));
    if (v->kind == JSON_KIND_NULL)
        json_put_null(o);
    if (v->kind == JSON_KIND_NUMBER)
        json_put_source(o, v->source);
    if (v->kind == JSON_KIND_LIST) {
        json_open_list(o);
        for (size_t i = 0; i < v->count; i++)
            write_value(o, &v->items[i]);
        json_close_list(o);
    }
    if (v->kind == JSON_KIND_MAP) {
        json_open_map(o);
        for (size_t i = 0; i < v->count; i++) {
            /* The writer's keys are names of ours, without a NUL. */
            json_key(o, v->members[i].key.text.ptr);
            write_value(o, &v->members[i].value);
        }
        json_close_map(o);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct buf again PL_DEFER(buf_free) = {0};
    struct str text = {(const char *)data, size};
    struct json value, second;
    struct err err = {0};
    const size_t flags = JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL |
        JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
    json_t *model = json_loadb(size ? text.ptr : "", size, flags, NULL);

    if (!json_parse(a, NULL, text, &value, &err)) {
        demand(err.msg[0] != '\0' && err.at.line > 0 && err.at.col > 0);
        demand(!model || strncmp(err.msg, "nested", 6) == 0 ||
            (size && memchr(data, 0, size)));
    } else {
        struct json_out o = {.out = &again};
        demand(model != NULL);
        check_value(a, &value, model);
        write_value(&o, &value);
        json_t *model_again = json_loadb(again.ptr, again.len, flags, NULL);
        demand(json_equal(model, model_again));
        json_decref(model_again);
        demand(json_parse(a, NULL, buf_str(&again), &second, &err));
    }
    json_decref(model);
    return 0;
}
