/* SPDX-License-Identifier: MIT */
/* jsoncheck.c - is it JSON? */
#include "base/jsoncheck.h"

#include <jansson.h>

#include "base/attr.h"

/* Jansson's sentences quote the text; these do not. */
static const struct fault_words {
    enum json_error_code code;
    const char *what;
} words[] = {
    {json_error_premature_end_of_input, "the JSON ends too early"},
    {json_error_end_of_input_expected, "something stands behind the JSON"},
    {json_error_invalid_utf8, "the text is not UTF-8"},
    {json_error_duplicate_key, "a member stands twice in an object"},
    {json_error_null_byte_in_key, "the name of a member holds a NUL"},
    {json_error_numeric_overflow, "a number is too large"},
    {json_error_out_of_memory, "out of memory"},
    {json_error_stack_overflow, "nested too deep"},
};

static const char *words_of(enum json_error_code code)
{
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (words[i].code == code)
            return words[i].what;
    return "this is not JSON";
}

bool json_check(struct str text, struct json_fault *fault)
{
    json_error_t error = {0};
    /* Jansson passes over a NUL between two tokens. */
    size_t nul = str_find_byte(text, '\0');
    if (nul < text.len) {
        *fault = (struct json_fault){.at = nul, .what = words_of(0)};
        return false;
    }
    json_t *root = json_loadb(text.len ? text.ptr : "", text.len,
        JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL |
            JSON_REJECT_DUPLICATES,
        &error);
    if (root) {
        json_decref(root);
        return true;
    }
    enum json_error_code code = json_error_code(&error);
    size_t at = error.position > 0 ? (size_t)error.position : 0;
    *fault = (struct json_fault){
        .at = at < text.len ? at : text.len,
        .what = words_of(code),
        .utf8 = code == json_error_invalid_utf8,
    };
    return false;
}
