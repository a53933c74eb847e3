/* SPDX-License-Identifier: MIT */
/* map_pages.c - a large file, page by page as it is touched. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/file.h"
#include "host/map.h"

static bool fail(const char *path, const char *what, struct err *err)
{
    return err_set(err, ERR_IO, (struct where){path, 0, 0, 0},
        "cannot %s %s: %s", what, path, strerror(errno));
}

/* A pipe, or what else has no pages of its own. */
static bool map_copy(
    const char *path, size_t limit, struct str *bytes, struct err *err)
{
    struct buf b PL_DEFER(buf_free) = {0};
    if (!file_read(path, limit, &b, err) || b.len == 0)
        return err->code == ERR_NONE;
    void *at = mmap(NULL, b.len, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return fail(path, "read", err);
    memcpy(at, b.ptr, b.len);
    *bytes = (struct str){at, b.len};
    return true;
}

static bool map_open(const char *path, int file, size_t limit,
    struct str *bytes, struct err *err)
{
    struct stat st;
    if (fstat(file, &st) != 0)
        return fail(path, "read", err);
    if (st.st_size > 0 && (uintmax_t)st.st_size > limit)
        return err_set(err, ERR_SIZE, (struct where){path, 0, 0, 0},
            "%s is larger than %zu bytes", path, limit);
    if (!S_ISREG(st.st_mode))
        return map_copy(path, limit, bytes, err);
    if (st.st_size == 0)
        return true;
    void *at =
        mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED)
        return fail(path, "read", err);
    *bytes = (struct str){at, (size_t)st.st_size};
    return true;
}

bool file_map(
    const char *path, size_t limit, struct str *bytes, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(path, "open", err);
    *bytes = (struct str){"", 0};
    bool good = map_open(path, file, limit, bytes, err);
    (void)close(file);
    return good;
}

void file_unmap(const void *bytes, size_t len)
{
    if (len)
        (void)munmap((void *)(uintptr_t)bytes, len);
}
