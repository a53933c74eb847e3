/* SPDX-License-Identifier: MIT */
/*
 * masked.c - the text with every identifier found replaced by its [name].
 *
 * A mask is whole: two first letters and a last one give a name away. The rest
 * is the author's, so no line of it may be a command to a build server and no
 * character one to a terminal.
 */
#include "report/formats.h"
#include "report/report.h"

struct cover {
    struct span at;
    struct str name;
};

struct covers {
    struct cover *items;
    size_t count, cap;
};

static bool is_private(const struct report *r, const struct finding *f)
{
    const struct pack_rule *rule = &r->pack->rules[f->rule];
    return rule->mask ||
           str_starts(pack_text(r->pack, rule->id), STR("privacy/"));
}

static void add_cover(struct report *r, struct covers *c, struct cover one)
{
    (void)VEC_PUSH(r->a, c);
    size_t at = c->count - 1;
    for (; at > 0 && one.at.beg < c->items[at - 1].at.beg; at--)
        c->items[at] = c->items[at - 1];
    c->items[at] = one;
}

static struct covers covers_of(
    struct report *r, const struct report_post *p, uint32_t field)
{
    struct covers c = {0};
    for (uint32_t i = 0; i < p->every_count; i++) {
        const struct finding *f = &p->every[i];
        if (!is_private(r, f))
            continue;
        for (uint32_t k = 0; k < f->proof_count; k++)
            if (f->proofs[k].secret && f->proofs[k].place.field == field)
                add_cover(r, &c,
                    (struct cover){f->proofs[k].place.at, f->proofs[k].name});
    }
    return c;
}

/* The author's words as they are but for what report_escape() hides; line ends
   and tabs stay. *fresh: nothing but blanks stands in this line yet. */
static void add_text(struct buf *out, struct str s, bool *fresh)
{
    size_t beg = 0, end;
    for (; beg < s.len; beg = end) {
        struct str part;
        for (end = beg; end < s.len && !byte_is_blank(s.ptr[end]); end++)
            ;
        part = str_part(s, beg, end);
        if (*fresh)
            report_escape_line(out, part);
        else
            report_escape(out, part);
        *fresh &= part.len == 0;
        for (; end < s.len && byte_is_blank(s.ptr[end]); end++) {
            struct str one = str_part(s, end, end + 1);
            bool line_end = s.ptr[end] == '\n';
            if (line_end || s.ptr[end] == ' ' || s.ptr[end] == '\t' ||
                str_starts(str_from(s, end), STR("\r\n")))
                buf_add(out, one);
            else
                report_escape(out, one);
            *fresh |= line_end;
        }
    }
}

static bool is_covered(const struct covers *c, struct span at)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].at.beg < at.end && at.beg < c->items[i].at.end)
            return true;
    return false;
}

/* A stretch of the source, masked; *at is where the last mask ended. */
static void add_masked(struct report *r, struct str text,
    const struct covers *c, struct span part, size_t *at, bool *fresh)
{
    size_t pos = *at > part.beg ? *at : part.beg;
    for (size_t i = 0; i < c->count; i++) {
        struct cover one = c->items[i];
        if (one.at.end <= pos || one.at.beg >= part.end)
            continue;
        if (one.at.beg >= pos) {
            add_text(r->out, str_part(text, pos, one.at.beg), fresh);
            buf_addf(r->out, "[" STR_FMT "]", STR_ARG(one.name));
            *fresh = false;
        }
        pos = one.at.end;
    }
    if (pos < part.end)
        add_text(r->out, str_part(text, pos, part.end), fresh);
    *at = pos > part.end ? pos : part.end;
}

/* One post of a file that holds many: nobody judged what else stands in the file,
   so only the texts of the post are given back, as they say themselves. */
static void add_parts(struct report *r, const struct report_post *p)
{
    struct covers c = covers_of(r, p, 0);
    struct str text = p->doc->fields[0].bytes;
    for (uint32_t i = 0; i < p->doc->part_count; i++) {
        const struct doc_part *part = &p->doc->parts[i];
        size_t at = 0;
        bool fresh = true;
        for (uint32_t k = 0; k < part->run_count; k++) {
            const struct doc_run *run = &part->runs[k];
            if (!run->text.ptr || is_covered(&c, run->source))
                add_masked(r, text, &c, run->source, &at, &fresh);
            else
                add_text(r->out, run->text, &fresh);
        }
        if (!fresh)
            buf_addc(r->out, '\n');
    }
    buf_add(r->out, STR("---\n"));
}

static void masked_post(struct report *r, const struct report_post *p)
{
    /* What was not judged to the end is not masked to the end. */
    if (p->error)
        return;
    if (p->doc && p->doc->gathered) {
        add_parts(r, p);
        return;
    }
    for (uint32_t field = 0; p->doc && field < p->doc->field_count; field++) {
        struct str text = p->doc->fields[field].bytes;
        struct covers c = covers_of(r, p, field);
        size_t at = 0;
        bool fresh = true;
        for (size_t i = 0; i < c.count; i++) {
            struct cover one = c.items[i];
            if (one.at.end <= at)
                continue;
            if (one.at.beg >= at) {
                add_text(r->out, str_part(text, at, one.at.beg), &fresh);
                buf_addf(r->out, "[" STR_FMT "]", STR_ARG(one.name));
                fresh = false;
            }
            at = one.at.end;
        }
        add_text(r->out, str_from(text, at), &fresh);
        if (text.len && text.ptr[text.len - 1] != '\n')
            buf_addc(r->out, '\n');
    }
}

const struct reporter report_masked = {
    .name = "masked",
    .about = "the text with every identifier found replaced by its name",
    .post = masked_post,
};
