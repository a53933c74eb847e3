/* SPDX-License-Identifier: MIT */
/*
 * bench_norm.c - normalising with its offsets, against memcpy of the same text.
 *
 * usage: bench_norm FILE; prints two times in nanoseconds for each byte: the text
 * layer's normalising, and a copy as often.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/doc.h"
#include "text/norm.h"

enum { POST = 280, ROUNDS = 7 };

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void normalise(struct arena *a, struct str text)
{
    struct doc_run run = {.source = {0, (uint32_t)text.len}};
    struct doc_part part = {.runs = &run, .run_count = 1};
    struct doc_field field = {.name = "text", .bytes = text};
    struct doc doc = {
        .fields = &field, .field_count = 1, .parts = &part, .part_count = 1};
    struct norm n;
    struct err err = {0};
    if (!norm_doc(a, &doc, &n, &err))
        exit(1);
}

int main(int argc, char **argv)
{
    static char text[1 << 20], copy[1 << 20];
    double best[2] = {1e9, 1e9};
    FILE *in = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!in)
        return 2;
    size_t len = fread(text, 1, sizeof text, in);
    (void)fclose(in);
    struct arena *a = arena_new(0);
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (size_t at = 0; at + POST <= len; at += POST) {
            size_t end = at + POST;
            /* No character is cut. */
            while (end < len && ((unsigned char)text[end] & 0xC0) == 0x80)
                end++;
            while (at < end && ((unsigned char)text[at] & 0xC0) == 0x80)
                at++;
            arena_reset(a);
            normalise(a, (struct str){text + at, end - at});
        }
        double middle = now();
        for (size_t at = 0; at + POST <= len; at += POST)
            memcpy(copy + at, text + at, POST);
        double stop = now();
        if (middle - start < best[0])
            best[0] = middle - start;
        if (stop - middle < best[1])
            best[1] = stop - middle;
    }
    printf("%.4f %.4f %d\n", best[0] * 1e9 / (double)len,
        best[1] * 1e9 / (double)len, copy[len / 2]);
    arena_free(a);
    return 0;
}
