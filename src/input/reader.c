/* SPDX-License-Identifier: MIT */
/* reader.c - the list of formats. */
#include "input/reader.h"

#include "base/attr.h"

static const struct reader readers[] = {
    {"text", "plain text, as it will be posted", ".txt", plain_read, NULL},
    {"markdown", "Markdown with front matter", ".md .markdown", markdown_read,
        NULL},
    {"html", "a page, or a piece of one", ".html .htm", html_read, NULL},
    {"json", "a record, or a list of records", ".json", NULL, jsonposts_split},
    {"jsonl", "a record in each line", ".jsonl .ndjson", NULL,
        jsonlines_split},
    {"csv", "columns, named in the first line", ".csv .tsv", NULL, csv_split},
    {"thread", "posts parted by a line ---, read as one text", "",
        thread_read, NULL},
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
            if (cut.head.len && str_ends(name, cut.head))
                return &readers[i];
            if (!cut.found)
                break;
        }
    }
    return NULL;
}
