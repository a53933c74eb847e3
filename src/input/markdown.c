/* SPDX-License-Identifier: MIT */
/*
 * markdown.c - Markdown by md4c: what readers see as body, the rest apart.
 *
 *   front matter     FRONT       alt texts        ALT
 *   link targets     LINK        image files      FILE
 *   code             left out    HTML comments    left out
 *
 * md4c hands out pointers into its input, so that every run maps to the author's
 * bytes; where it does not (an entity, a title over several lines) the run is a
 * replacement for the place before it.
 */
#include <md4c.h>
#include <string.h>

#include "base/vec.h"
#include "input/reader.h"

struct parts {
    struct doc_part *items;
    size_t count, cap;
};

struct runs {
    struct doc_run *items;
    size_t count, cap;
};

struct reading {
    struct arena *a;
    struct str text;
    size_t base; /* of the Markdown behind the front matter */
    struct parts parts;
    struct runs runs;     /* of the block being read */
    struct runs alt_runs; /* of the image being read */
    unsigned images;      /* nesting */
    unsigned code;
    uint32_t last;        /* end of the last run */
    bool has_media;
};

static void end_part(struct reading *r, struct runs *runs, enum zone zone)
{
    if (runs->count)
        *VEC_PUSH(r->a, &r->parts) = (struct doc_part){
            .zone = zone,
            .runs = runs->items,
            .run_count = (uint32_t)runs->count,
            .flowing = true,
        };
    *runs = (struct runs){0};
}

static bool is_inside(const struct reading *r, const char *p, size_t len)
{
    return p >= r->text.ptr && p + len <= r->text.ptr + r->text.len;
}

static void add_run(
    struct reading *r, struct runs *runs, const char *p, size_t len)
{
    struct doc_run run = {.source = {r->last, r->last}};
    if (is_inside(r, p, len)) {
        uint32_t beg = (uint32_t)(p - r->text.ptr);
        run.source = (struct span){beg, beg + (uint32_t)len};
        r->last = run.source.end;
    } else {
        run.text = arena_copy(r->a, (struct str){p, len});
    }
    *VEC_PUSH(r->a, runs) = run;
}

static void add_single(struct reading *r, const MD_ATTRIBUTE *attribute,
    enum zone zone)
{
    struct runs runs = {0};
    uint32_t last = r->last;
    if (attribute->size)
        add_run(r, &runs, attribute->text, attribute->size);
    r->last = last;
    end_part(r, &runs, zone);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    (void)detail;
    end_part(r, &r->runs, ZONE_BODY);
    r->code += type == MD_BLOCK_CODE;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    (void)detail;
    end_part(r, &r->runs, ZONE_BODY);
    r->code -= type == MD_BLOCK_CODE;
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    r->code += type == MD_SPAN_CODE;
    if (type == MD_SPAN_IMG) {
        const MD_SPAN_IMG_DETAIL *image = detail;
        r->images++;
        r->has_media = true;
        add_single(r, &image->src, ZONE_FILE);
    }
    if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *link = detail;
        add_single(r, &link->href, ZONE_LINK);
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *to)
{
    struct reading *r = to;
    (void)detail;
    r->code -= type == MD_SPAN_CODE;
    if (type == MD_SPAN_IMG && --r->images == 0)
        end_part(r, &r->alt_runs, ZONE_ALT);
    return 0;
}

static int read_text(
    MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *to)
{
    struct reading *r = to;
    struct runs *runs = r->images ? &r->alt_runs : &r->runs;
    if (r->code || type == MD_TEXT_HTML)
        return 0;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        add_run(r, runs, "\n", 1);
    else if (type == MD_TEXT_NULLCHAR)
        add_run(r, runs, " ", 1);
    else
        add_run(r, runs, text, size);
    return 0;
}

/* "---" on the first line to the next "---" line. */
static size_t read_front(struct reading *r)
{
    struct str text = r->text;
    size_t head = str_starts(text, STR("---\n")) ? 4
        : str_starts(text, STR("---\r\n"))        ? 5
                                                  : 0;
    size_t at = head;
    if (head == 0)
        return 0;
    while (at < text.len) {
        size_t end = at + str_find_byte(str_from(text, at), '\n');
        struct str line = str_trim(str_part(text, at, end));
        if (str_eq(line, STR("---")) || str_eq(line, STR("..."))) {
            struct doc_run *run = ARENA_NEW(r->a, struct doc_run, 1);
            run->source = (struct span){(uint32_t)head, (uint32_t)at};
            *VEC_PUSH(r->a, &r->parts) = (struct doc_part){
                .zone = ZONE_FRONT, .runs = run, .run_count = 1};
            return end < text.len ? end + 1 : end;
        }
        at = end + 1;
    }
    return 0;
}

/* Parts in the order of the text: a part cut short by an image in it goes on
   behind it. */
bool markdown_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err)
{
    struct reading r = {.a = a, .text = post->text};
    MD_PARSER parser = {
        .abi_version = 0,
        .flags = MD_FLAG_STRIKETHROUGH | MD_FLAG_TABLES,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = read_text,
    };
    struct doc_field *field = ARENA_NEW(a, struct doc_field, 1);

    r.base = read_front(&r);
    r.last = (uint32_t)r.base;
    struct str body = str_from(post->text, r.base);
    if (md_parse(body.ptr, (MD_SIZE)body.len, &parser, &r) != 0)
        return err_set(err, ERR_INPUT, (struct where){post->name, 0, 0, 0},
            "the Markdown cannot be read");
    *field = (struct doc_field){"text", post->text};
    *doc = (struct doc){
        .fields = field,
        .field_count = 1,
        .parts = r.parts.items,
        .part_count = (uint32_t)r.parts.count,
        .has_media = r.has_media || post->has_media,
        .fold_at = post->fold_at,
    };
    return true;
}
