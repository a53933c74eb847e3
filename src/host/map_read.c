/* SPDX-License-Identifier: MIT */
/* map_read.c - a large file, read as any other. */
#include <stdlib.h>

#include "host/file.h"
#include "host/map.h"

bool file_map(
    const char *path, size_t limit, struct str *bytes, struct err *err)
{
    struct buf b = {0};
    if (!file_read(path, limit, &b, err)) {
        buf_free(&b);
        return false;
    }
    buf_addc(&b, '\0'); /* that there is something to give back */
    if (b.failed)
        return err_set(err, ERR_MEMORY, (struct where){path, 0, 0, 0},
            "out of memory");
    *bytes = (struct str){b.ptr, b.len - 1};
    return true;
}

void file_unmap(const void *bytes, size_t len)
{
    (void)len;
    free((void *)(uintptr_t)bytes);
}
