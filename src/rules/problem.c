/* SPDX-License-Identifier: MIT */
/* problem.c - problems of rule files as text. */
#include "rules/problem.h"

#include "base/limits.h"

static struct str line_of(const struct problem *p,
    const struct source *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!p->at.file || !str_eqz(sources[i].name, p->at.file))
            continue;
        struct str rest = sources[i].text;
        for (uint32_t line = 1; line < p->at.line; line++)
            rest = str_cut(rest, '\n').tail;
        return str_cut(rest, '\n').head;
    }
    return STR("");
}

static void print_quote(
    struct buf *out, const struct problem *p, struct str line)
{
    size_t beg = p->at.col ? p->at.col - 1 : 0;
    size_t len = p->at.len ? p->at.len : 1;
    size_t from = 0;
    if (line.len == 0 || p->at.line == 0)
        return;
    /* Rules may stand on very long lines: a window around the place. */
    if (beg > 60)
        from = beg - 40;
    struct str shown = str_part(line, from, from + 100);
    buf_addf(out, "  " STR_FMT "\n  ", STR_ARG(shown));
    for (size_t i = from; i < beg && i < from + shown.len; i++)
        buf_addc(out, ' ');
    for (size_t i = 0; i < len && beg + i < from + shown.len; i++)
        buf_addc(out, '^');
    buf_addc(out, '\n');
}

static size_t told_before(const struct problems *problems, size_t at)
{
    const struct problem *p = &problems->list.items[at];
    size_t told = 0;
    for (size_t i = 0; i < at; i++)
        told += problems->list.items[i].at.file && p->at.file &&
            str_eqz(str_of(problems->list.items[i].at.file), p->at.file);
    return told;
}

void problem_print(struct buf *out, const struct problems *problems,
    const struct source *sources, size_t count)
{
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *p = &problems->list.items[i];
        size_t told = told_before(problems, i);
        if (told > LIMIT_ERRORS)
            continue;
        if (told == LIMIT_ERRORS) {
            buf_addf(out, "%s: more problems are not shown\n", p->at.file);
            continue;
        }
        if (p->at.file && p->at.line)
            buf_addf(out, "%s:%u:%u: ", p->at.file, (unsigned)p->at.line,
                (unsigned)p->at.col);
        else if (p->at.file)
            buf_addf(out, "%s: ", p->at.file);
        buf_addf(out, "%s[%s]: " STR_FMT "\n", p->warning ? "warning" : "error",
            p->code, STR_ARG(p->message));
        print_quote(out, p, line_of(p, sources, count));
        if (p->fix.len)
            buf_addf(out, "  = fix: " STR_FMT "\n", STR_ARG(p->fix));
    }
}
