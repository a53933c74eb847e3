/* SPDX-License-Identifier: MIT */
/*
 * lint.c - the library in thirty lines: reads a draft, prints what is found.
 *
 *     cc lint.c $(pkg-config --cflags --libs postlint) -o lint && ./lint < draft
 */
#include <postlint.h>
#include <stdio.h>

int main(void)
{
    static char text[1 << 16];
    struct pl_error error = {0};
    struct pl_post post = {.name = "-", .text = text};
    const struct pl_finding *findings = NULL;
    size_t count = 0;

    post.text_len = fread(text, 1, sizeof text, stdin);
    struct pl_rules *rules = pl_rules_new(NULL, &error);
    struct pl_scanner *scanner = rules ? pl_scanner_new(rules, &error) : NULL;
    if (!scanner || !pl_scan(scanner, &post, &findings, &count, &error))
        (void)fprintf(stderr, "lint: %s\n", error.message);
    for (size_t i = 0; i < count; i++)
        printf("%u:%u %s %s\n", (unsigned)findings[i].line,
            (unsigned)findings[i].column, findings[i].rule,
            findings[i].message);
    pl_scanner_free(scanner);
    pl_rules_free(rules);
    return count > 0;
}
