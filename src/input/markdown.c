/* SPDX-License-Identifier: MIT */
/*
 * markdown.c - Markdown by md4c: what readers see as body, the rest apart.
 *
 *   front matter     FRONT       alt texts        ALT
 *   link targets     LINK        image files      FILE
 *   code             left out    HTML in it       as html.c reads it
 *
 * md4c hands out pointers into its input, so that every run maps to the author's
 * bytes; where it does not (a link target with an escape, a title over several
 * lines) the run stands for the place behind the one before it.
 *
 * A comment before a block may be a directive; its scope is the next block of
 * its own nesting, from the comment to the last byte that the block's text
 * takes up.
 */
#include <md4c.h>
#include <string.h>

#include "input/html.h"
#include "input/reader.h"

struct waiting { /* for its block */
    uint32_t directive;
    unsigned depth; /* of blocks, where it stands */
    bool open;      /* its block has begun */
};

struct reading {
    struct parts p;
    struct runs runs;     /* of the block being read */
    struct runs alt_runs; /* of the image being read */
    unsigned images;      /* nesting */
    unsigned code;
    unsigned depth;       /* of blocks */
    uint32_t last;        /* end of the last run */
    bool in_html;
    struct span html;     /* of the block of HTML being read */
    VEC(struct waiting) waiting;
};

static void add_single(struct reading *r, const MD_ATTRIBUTE *attribute,
    enum zone zone)
{
    struct runs runs = {0};
    uint32_t last = r->last;
    if (attribute->size)
        parts_add_pointer(
            &r->p, &runs, attribute->text, attribute->size, &last);
    parts_end(&r->p, &runs, zone, true);
}

/* ---- directives ------------------------------------------------------------------ */

static void open_scopes(struct reading *r)
{
    for (size_t i = 0; i < r->waiting.count; i++)
        r->waiting.items[i].open |= r->waiting.items[i].depth == r->depth;
}

/* The block at this depth is over; so is everything that waits further in. */
static void close_scopes(struct reading *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->waiting.count; i++) {
        struct waiting *w = &r->waiting.items[i];
        struct doc_directive *d = &r->p.directives.items[w->directive];
        if (w->depth < r->depth || (w->depth == r->depth && !w->open))
            r->waiting.items[kept++] = *w;
        else if (w->open && r->last > d->at.end)
            d->scope = (struct span){d->at.end, r->last};
    }
    r->waiting.count = kept;
}

static void read_html(struct reading *r, struct span at)
{
    size_t before = r->p.directives.count;
    html_piece(&r->p, at);
    for (size_t i = before; i < r->p.directives.count; i++)
        if (r->p.directives.items[i].scope.end == 0)
            *VEC_PUSH(r->p.a, &r->waiting) =
                (struct waiting){(uint32_t)i, r->depth, false};
    if (at.end > r->last)
        r->last = at.end;
}

/* ---- blocks ------------------------------------------------------------------------ */

static int enter_block(MD_BLOCKTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    (void)detail;
    parts_end(&r->p, &r->runs, ZONE_BODY, true);
    r->code += type == MD_BLOCK_CODE;
    r->in_html = type == MD_BLOCK_HTML;
    r->html = (struct span){0};
    if (!r->in_html)
        open_scopes(r);
    r->depth++;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    (void)detail;
    parts_end(&r->p, &r->runs, ZONE_BODY, true);
    r->code -= type == MD_BLOCK_CODE;
    r->depth--;
    if (type != MD_BLOCK_HTML) {
        close_scopes(r);
        return 0;
    }
    r->in_html = false;
    if (r->html.end > r->html.beg) {
        /* A comment on its own waits; anything else is the block itself. */
        size_t parts = r->p.list.count;
        open_scopes(r);
        read_html(r, r->html);
        if (r->p.list.count > parts)
            close_scopes(r);
        else
            for (size_t i = 0; i < r->waiting.count; i++)
                if (r->waiting.items[i].depth >= r->depth)
                    r->waiting.items[i].open = false;
    }
    return 0;
}

/* ---- spans and text ------------------------------------------------------------------ */

static int enter_span(MD_SPANTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    r->code += type == MD_SPAN_CODE;
    if (type == MD_SPAN_IMG) {
        const MD_SPAN_IMG_DETAIL *image = detail;
        r->images++;
        r->p.has_media = true;
        add_single(r, &image->src, ZONE_FILE);
        add_single(r, &image->title, ZONE_ALT);
    }
    if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *link = detail;
        add_single(r, &link->href, ZONE_LINK);
        add_single(r, &link->title, ZONE_ALT);
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    (void)detail;
    r->code -= type == MD_SPAN_CODE;
    if (type == MD_SPAN_IMG && --r->images == 0)
        parts_end(&r->p, &r->alt_runs, ZONE_ALT, true);
    return 0;
}

/* Lines of a block of HTML lie side by side in the text. */
static void read_markup(struct reading *r, const char *text, size_t size)
{
    struct span at;
    if (!parts_span(&r->p, text, size, &at))
        return;
    if (!r->in_html)
        read_html(r, at);
    else if (r->html.end == 0)
        r->html = at;
    else
        r->html.end = at.end;
}

static int read_text(
    MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *to)
{
    struct reading *r = to;
    struct runs *runs = r->images ? &r->alt_runs : &r->runs;
    struct span at;
    if (type == MD_TEXT_HTML)
        read_markup(r, text, size);
    if (r->code || type == MD_TEXT_HTML)
        return 0;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        parts_add_pointer(&r->p, runs, "\n", 1, &r->last);
    else if (type == MD_TEXT_NULLCHAR)
        parts_add_pointer(&r->p, runs, " ", 1, &r->last);
    else if (type == MD_TEXT_ENTITY && parts_span(&r->p, text, size, &at)) {
        html_entity(&r->p, runs, at);
        r->last = at.end;
    } else
        parts_add_pointer(&r->p, runs, text, size, &r->last);
    return 0;
}

/* ---- front matter ---------------------------------------------------------------------- */

static size_t line_end(struct str s, size_t at)
{
    size_t end = at + str_find_byte(str_from(s, at), '\n');
    return end < s.len ? end + 1 : s.len;
}

static bool is_inner_line(struct str line)
{
    return str_trim(line).len == 0 || byte_is_blank(line.ptr[0]);
}

/* What is written to the linter is a directive and no part. */
static void add_front(struct reading *r, size_t beg, size_t end)
{
    struct str s = r->p.text;
    struct runs runs = {0};
    size_t at = beg, from = beg;
    while (at < end) {
        size_t next = line_end(s, at);
        if (!str_starts(str_part(s, at, next), STR("postlint:"))) {
            at = next;
            continue;
        }
        while (next < end && is_inner_line(str_part(s, next, line_end(s, next))))
            next = line_end(s, next);
        parts_add_source(&r->p, &runs, (uint32_t)from, (uint32_t)at);
        *VEC_PUSH(r->p.a, &r->p.directives) = (struct doc_directive){
            .text = str_part(s, at, next),
            .at = {(uint32_t)at, (uint32_t)next},
            .scope = {0, (uint32_t)s.len},
            .front = true,
        };
        at = from = next;
    }
    parts_add_source(&r->p, &runs, (uint32_t)from, (uint32_t)end);
    parts_end(&r->p, &runs, ZONE_FRONT, false);
}

/* "---" on the first line to the next "---" line; where the body begins. */
static size_t read_front(struct reading *r)
{
    struct str text = r->p.text;
    size_t bom = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    struct str rest = str_from(text, bom);
    size_t head = str_starts(rest, STR("---\n")) ? bom + 4
        : str_starts(rest, STR("---\r\n"))       ? bom + 5
                                                 : 0;
    size_t at = head;
    if (head == 0)
        return bom;
    while (at < text.len) {
        size_t end = line_end(text, at);
        struct str line = str_trim(str_part(text, at, end));
        if (str_eq(line, STR("---")) || str_eq(line, STR("..."))) {
            add_front(r, head, at);
            return end;
        }
        at = end;
    }
    return bom;
}

/* Parts in the order of the text: a part cut short by an image in it goes on
   behind it. */
bool markdown_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err)
{
    struct reading r = {.p = {.a = a, .text = post->text,
                            .has_media = post->has_media}};
    MD_PARSER parser = {
        .abi_version = 0,
        .flags = MD_FLAG_STRIKETHROUGH | MD_FLAG_TABLES,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = read_text,
    };

    r.last = (uint32_t)read_front(&r);
    struct str body = str_from(post->text, r.last);
    if (md_parse(body.ptr, (MD_SIZE)body.len, &parser, &r) != 0)
        return err_set(err, ERR_INPUT, (struct where){post->name, 0, 0, 0},
            "the Markdown cannot be read");
    parts_finish(&r.p, true, doc);
    doc->fold_at = post->fold_at;
    return true;
}
