/* SPDX-License-Identifier: MIT */
/* file.c - whole files in, whole files out. */
#include "host/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

void file_closep(FILE **f)
{
    if (*f && *f != stdin && *f != stdout)
        (void)fclose(*f);
}

static bool fail(const char *path, const char *what, struct err *err)
{
    return err_set(err, ERR_IO, (struct where){path, 0, 0, 0},
        "cannot %s %s: %s", what, path, strerror(errno));
}

bool file_read(const char *path, size_t limit, struct buf *b, struct err *err)
{
    char chunk[65536];
    bool standard = strcmp(path, "-") == 0;
    FILE *in PL_DEFER(file_closep) = standard ? stdin : fopen(path, "rb");
    struct stat st;
    size_t size, most = 0, total = 0;

    if (!in)
        return fail(path, "open", err);
    if (!standard && fstat(fileno(in), &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return fail(path, "read", err);
    }
    while ((size = fread(chunk, 1, sizeof chunk, in)) > 0) {
        total += size;
        most = size > most ? size : most;
        if (total > limit)
            return err_set(err, ERR_SIZE, (struct where){path, 0, 0, 0},
                "%s is larger than %zu bytes (--max-size)",
                standard ? "standard input" : path, limit);
        buf_add(b, (struct str){chunk, size});
    }
    explicit_bzero(chunk, most); /* no pages that nobody wrote */
    if (ferror(in))
        return fail(path, "read", err);
    if (b->failed)
        return err_set(err, ERR_MEMORY, (struct where){path, 0, 0, 0},
            "out of memory");
    return true;
}

bool file_write(const char *path, struct str bytes, struct err *err)
{
    FILE *out = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    if (!out)
        return fail(path, "write", err);
    bool good = bytes.len == 0 ||
        fwrite(bytes.ptr, 1, bytes.len, out) == bytes.len;
    good &= fflush(out) == 0;
    if (!good)
        (void)fail(path, "write", err);
    if (out != stdout && fclose(out) != 0 && good)
        return fail(path, "write", err);
    return good;
}
