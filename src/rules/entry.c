/* SPDX-License-Identifier: MIT */
/* entry.c - "phrase; alias; alias => better words | tag tag=number" */
#include "rules/load.h"

static void parse_tags(struct arena *a, struct str text, struct where at,
    struct entry *e, struct problems *problems)
{
    VEC(struct entry_tag) tags = {0};
    while ((text = str_trim(text)).len > 0) {
        size_t end = 0;
        while (end < text.len && !byte_is_blank(text.ptr[end]) &&
            text.ptr[end] != ',')
            end++;
        struct str_cut cut = str_cut(str_part(text, 0, end), '=');
        struct entry_tag tag = {cut.head, at, 1};
        if (cut.found && !str_number(cut.tail, &tag.number))
            problem_add(problems, at, "bad-tag", NULL,
                "'" STR_FMT "' is no number", STR_ARG(cut.tail));
        if (tag.name.len > 0)
            *VEC_PUSH(a, &tags) = tag;
        text = str_from(text, end + 1);
    }
    e->tags = tags.items;
    e->tag_count = tags.count;
}

/* Offset of " => ", or the length. */
static size_t find_arrow(struct str s)
{
    return str_find(s, STR("=>"));
}

bool entry_parse(struct arena *a, struct str text, struct where at,
    struct entry *entry, struct problems *problems)
{
    struct entry e = {.at = at};
    VEC(struct str) spellings = {0};
    size_t bar = text.len;

    for (size_t i = 0; i + 1 < text.len && bar == text.len; i++)
        if (text.ptr[i] == '|' && (i == 0 || text.ptr[i - 1] == ' '))
            bar = i;
    parse_tags(a, str_from(text, bar + 1), at, &e, problems);
    text = str_part(text, 0, bar);
    size_t arrow = find_arrow(text);
    if (arrow < text.len)
        e.better = str_trim(str_from(text, arrow + 2));
    text = str_part(text, 0, arrow);
    for (struct str_cut cut = str_cut(text, ';');;
         cut = str_cut(cut.tail, ';')) {
        struct str spelling = str_trim(cut.head);
        if (spelling.len > 0)
            *VEC_PUSH(a, &spellings) = spelling;
        if (!cut.found)
            break;
    }
    if (spellings.count == 0)
        return problem_add(problems, at, "empty-entry", NULL,
            "the entry holds no words");
    e.spellings = spellings.items;
    e.spelling_count = spellings.count;
    *entry = e;
    return true;
}
