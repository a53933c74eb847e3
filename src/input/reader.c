/* SPDX-License-Identifier: MIT */
/* reader.c - the list of formats. */
#include "input/reader.h"

#include "base/attr.h"

static const struct reader readers[] = {
    {"text", "plain text, as it will be posted", ".txt", plain_read},
    {"markdown", "Markdown with front matter", ".md .markdown", markdown_read},
};

const struct reader *reader_at(size_t index)
{
    return index < PL_COUNT(readers) ? &readers[index] : NULL;
}

const struct reader *reader_find(struct str name)
{
    for (size_t i = 0; i < PL_COUNT(readers); i++)
        if (str_eqz(name, readers[i].name))
            return &readers[i];
    return NULL;
}

const struct reader *reader_guess(const char *path)
{
    struct str name = str_of(path);
    for (size_t i = 0; i < PL_COUNT(readers); i++) {
        struct str rest = str_of(readers[i].endings);
        for (struct str_cut cut = str_cut(rest, ' ');;
             cut = str_cut(cut.tail, ' ')) {
            if (str_ends(name, cut.head))
                return &readers[i];
            if (!cut.found)
                break;
        }
    }
    return &readers[0];
}
