/* SPDX-License-Identifier: MIT */
/*
 * replay.c - runs a fuzz target over the files of its corpus, for builds
 * without libFuzzer. Each input stands in a block of just its size.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MOST = 1 << 20 };

static int run_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    uint8_t *all = malloc(INPUT_MOST);
    if (!in || !all) {
        perror(path);
        return 1;
    }
    size_t size = fread(all, 1, INPUT_MOST, in);
    (void)fclose(in);
    uint8_t *exact = realloc(all, size ? size : 1);
    if (!exact)
        exact = all;
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

/* Each argument is a folder of inputs. */
int main(int argc, char **argv)
{
    int failed = 0, count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *dir = opendir(argv[i]);
        if (!dir) {
            perror(argv[i]);
            return 1;
        }
        for (struct dirent *e; (e = readdir(dir)) != NULL;) {
            char path[4096];
            if (e->d_name[0] == '.')
                continue;
            (void)snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name);
            failed |= run_file(path);
            count++;
        }
        (void)closedir(dir);
    }
    printf("%d inputs\n", count);
    return failed || count == 0;
}
