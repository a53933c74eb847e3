/* SPDX-License-Identifier: MIT */
/*
 * fuzz_gate.c - whatever a post holds, the gate loses nothing: the built-in rules
 * give the same findings with it and without.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "postlint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static struct pl_rules *rules;
static struct pl_scanner *gated, *plain;

static void open_all(void)
{
    struct pl_error error;
    struct pl_scan_options options = {.no_gate = true};
    rules = pl_rules_new(NULL, &error);
    demand(rules != NULL);
    gated = pl_scanner_new(rules, &error);
    plain = pl_scanner_new(rules, &error);
    demand(gated && plain && pl_scanner_set(plain, &options, &error));
}

/* The whole outcome in one line. */
static const char *record(
    struct pl_scanner *scanner, const struct pl_post *post, size_t *len)
{
    const struct pl_finding *findings;
    struct pl_error error = {0};
    struct pl_told told;
    size_t count;
    bool good = pl_scan(scanner, post, &findings, &count, &error);
    return pl_scan_record(
        scanner, "1", 1, good ? NULL : &error, PL_NOTE, len, &told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!rules)
        open_all();
    struct pl_post post = {.text = (const char *)data, .text_len = size};
    size_t one_len, two_len;
    if (size > 4096)
        return 0;
    const char *one = record(gated, &post, &one_len);
    const char *two = record(plain, &post, &two_len);
    demand(one_len == two_len && memcmp(one, two, one_len) == 0);
    return 0;
}
