/* SPDX-License-Identifier: MIT */
/*
 * html.c - HTML by gumbo: what readers see as body, the rest apart.
 *
 *   text             BODY, a part for each block       link targets     LINK
 *   alt, title,      ALT, each by itself               image files      FILE
 *   aria-label                                         comments         BODY,
 *   description in   BODY, by itself                                    apart
 *   a meta element                                     code, scripts    left out
 *
 * gumbo says where in the file each text stands; character references in it are
 * looked up one by one, so that a place is never further off than one of them.
 * The tree lives in the arena and is walked without recursion, since a hostile
 * page nests as deep as it is long.
 */
#include "input/html.h"

#include <gumbo.h>

#include "base/map.h"
#include "input/reader.h"

struct page {
    struct parts *p;
    struct runs runs; /* of the block being read */
    struct map known; /* references looked up, index + 1 */
    VEC(struct str) meanings;
    VEC(uint32_t) fresh; /* directives that wait for what follows */
};

/* ---- gumbo's memory ----------------------------------------------------------- */

static void *take(void *arena, size_t size)
{
    return arena_alloc(arena, 1, 16, size ? size : 1);
}

static void give(void *arena, void *memory)
{
    (void)arena; /* gone with the arena */
    (void)memory;
}

static GumboOutput *parse(struct arena *a, struct str html, bool piece)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give;
    options.userdata = a;
    options.max_errors = 0;
    if (piece)
        options.fragment_context = GUMBO_TAG_BODY;
    return gumbo_parse_with_options(
        &options, html.ptr ? html.ptr : "", html.len);
}

/* ---- character references ------------------------------------------------------- */

enum { MEANING_MOST = 64, REFERENCE_MOST = 34 };

/* Bytes of what may be a reference at an ampersand, with its semicolon. */
static size_t reference_size(struct str s)
{
    size_t end = 1;
    end += end < s.len && s.ptr[end] == '#';
    while (end < s.len && end < REFERENCE_MOST && byte_is_alnum(s.ptr[end]))
        end++;
    return end + (end < s.len && s.ptr[end] == ';');
}

/* Those that nearly every page is full of. */
static const struct {
    struct str reference, says;
} usual[] = {{STR_INIT("&amp;"), STR_INIT("&")},
    {STR_INIT("&lt;"), STR_INIT("<")}, {STR_INIT("&gt;"), STR_INIT(">")},
    {STR_INIT("&quot;"), STR_INIT("\"")},
    {STR_INIT("&nbsp;"), STR_INIT("\xC2\xA0")}};

/* By a page of nothing but it; what that takes is given back. */
static struct str meaning_of(struct arena *a, struct str reference)
{
    char out[MEANING_MOST];
    size_t len = 0;
    for (size_t i = 0; i < PL_COUNT(usual); i++)
        if (str_eq(usual[i].reference, reference))
            return usual[i].says;
    struct arena_mark mark = arena_mark(a);
    GumboOutput *tree = parse(a, reference, true);
    const GumboVector *kids = &tree->root->v.element.children;
    if (kids->length == 1) {
        const GumboNode *kid = kids->data[0];
        struct str text = str_of(kid->v.text.text);
        if (kid->type == GUMBO_NODE_TEXT && text.len <= sizeof out)
            for (len = 0; len < text.len; len++)
                out[len] = text.ptr[len];
    }
    arena_release(a, mark);
    return len ? arena_copy(a, (struct str){out, len}) : reference;
}

static struct str meaning(struct page *g, struct str reference)
{
    bool is_new;
    uint32_t *at = map_put(g->p->a, &g->known, reference, &is_new);
    if (is_new) {
        *at = (uint32_t)g->meanings.count;
        *VEC_PUSH(g->p->a, &g->meanings) = meaning_of(g->p->a, reference);
    }
    return g->meanings.items[*map_find(&g->known, reference)];
}

/* A stretch of the text in which references are to be understood. */
static void add_marked(struct page *g, struct runs *runs, struct span at)
{
    struct str s = g->p->text;
    uint32_t beg = at.beg, pos = at.beg;
    while (pos < at.end) {
        struct str rest = str_part(s, pos, at.end);
        if (rest.ptr[0] != '&') {
            pos++;
            continue;
        }
        uint32_t size = (uint32_t)reference_size(rest);
        struct str reference = str_part(s, pos, pos + size);
        struct str says = meaning(g, reference);
        if (!str_eq(says, reference)) {
            parts_add_source(g->p, runs, beg, pos);
            parts_add_text(g->p, runs, (struct span){pos, pos + size}, says);
            beg = pos + size;
        }
        pos += size;
    }
    parts_add_source(g->p, runs, beg, at.end);
}

void html_entity(struct parts *p, struct runs *runs, struct span at)
{
    struct page g = {.p = p};
    add_marked(&g, runs, at);
}

/* ---- elements ---------------------------------------------------------------------- */

/* Inside a line of text; any other element begins and ends a part. */
static bool is_inline(GumboTag tag)
{
    static const GumboTag tags[] = {GUMBO_TAG_A, GUMBO_TAG_ABBR, GUMBO_TAG_B,
        GUMBO_TAG_BDI, GUMBO_TAG_BDO, GUMBO_TAG_BIG, GUMBO_TAG_BR,
        GUMBO_TAG_CITE, GUMBO_TAG_CODE, GUMBO_TAG_DATA, GUMBO_TAG_DEL,
        GUMBO_TAG_DFN, GUMBO_TAG_EM, GUMBO_TAG_FONT, GUMBO_TAG_I,
        GUMBO_TAG_IMG, GUMBO_TAG_INS, GUMBO_TAG_KBD, GUMBO_TAG_LABEL,
        GUMBO_TAG_MARK, GUMBO_TAG_Q, GUMBO_TAG_S, GUMBO_TAG_SAMP,
        GUMBO_TAG_SMALL, GUMBO_TAG_SPAN, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG,
        GUMBO_TAG_SUB, GUMBO_TAG_SUP, GUMBO_TAG_TIME, GUMBO_TAG_TT,
        GUMBO_TAG_U, GUMBO_TAG_VAR, GUMBO_TAG_WBR};
    for (size_t i = 0; i < PL_COUNT(tags); i++)
        if (tags[i] == tag)
            return true;
    return false;
}

static bool is_code(GumboTag tag)
{
    return tag == GUMBO_TAG_CODE || tag == GUMBO_TAG_SCRIPT ||
        tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_KBD ||
        tag == GUMBO_TAG_SAMP || tag == GUMBO_TAG_TEMPLATE;
}

/* A value without its quotes, as a part of its own. */
static void add_value(
    struct page *g, const GumboAttribute *value, enum zone zone)
{
    struct runs runs = {0};
    struct span at;
    if (!value || !parts_span(g->p, value->original_value.data,
                      value->original_value.length, &at))
        return;
    char first = at.beg < at.end ? g->p->text.ptr[at.beg] : '\0';
    if (first == '"' || first == '\'') {
        at.beg++;
        at.end -= at.end > at.beg && g->p->text.ptr[at.end - 1] == first;
    }
    add_marked(g, &runs, at);
    parts_end(g->p, &runs, zone, true);
}

static const GumboAttribute *value_of(const GumboElement *e, const char *name)
{
    return gumbo_get_attribute(&e->attributes, name);
}

/* <meta name="description" content="..."> is what previews show. */
static void add_meta(struct page *g, const GumboElement *e)
{
    const GumboAttribute *name = value_of(e, "name");
    if (!name)
        name = value_of(e, "property");
    if (!name)
        return;
    struct str s = str_of(name->value);
    if (str_ends(s, STR("description")) || str_ends(s, STR("title")))
        add_value(g, value_of(e, "content"), ZONE_BODY);
}

static void add_values(struct page *g, const GumboElement *e)
{
    add_value(g, value_of(e, "alt"), ZONE_ALT);
    add_value(g, value_of(e, "title"), ZONE_ALT);
    add_value(g, value_of(e, "aria-label"), ZONE_ALT);
    if (e->tag == GUMBO_TAG_A)
        add_value(g, value_of(e, "href"), ZONE_LINK);
    if (e->tag == GUMBO_TAG_META)
        add_meta(g, e);
    if (e->tag == GUMBO_TAG_IMG || e->tag == GUMBO_TAG_VIDEO ||
        e->tag == GUMBO_TAG_SOURCE) {
        add_value(g, value_of(e, "src"), ZONE_FILE);
        g->p->has_media = true;
    }
}

/* ---- directives --------------------------------------------------------------------- */

static void set_scopes(struct page *g, struct span scope)
{
    for (size_t i = 0; i < g->fresh.count; i++)
        g->p->directives.items[g->fresh.items[i]].scope = scope;
    g->fresh.count = 0;
}

static void scope_element(struct page *g, const GumboElement *e)
{
    struct span beg, end;
    if (g->fresh.count == 0 ||
        !parts_span(
            g->p, e->original_tag.data, e->original_tag.length, &beg))
        return;
    if (!parts_span(g->p, e->original_end_tag.data,
            e->original_end_tag.length, &end)) {
        /* Where the parser closed it. */
        uint32_t base = (uint32_t)(beg.beg - e->start_pos.offset);
        end.end = base + e->end_pos.offset;
    }
    if (end.end < beg.end || end.end > g->p->text.len)
        end.end = beg.end;
    set_scopes(g, (struct span){beg.beg, end.end});
}

static void add_comment(struct page *g, const GumboText *t)
{
    struct span at;
    if (!parts_span(
            g->p, t->original_text.data, t->original_text.length, &at))
        return;
    struct str s = str_part(g->p->text, at.beg, at.end);
    struct span inside = at;
    if (str_starts(s, STR("<!--")))
        inside.beg += 4;
    if (str_ends(s, STR("-->")) && inside.beg + 3 <= inside.end)
        inside.end -= 3;
    if (parts_comment(g->p, at, inside))
        *VEC_PUSH(g->p->a, &g->fresh) =
            (uint32_t)g->p->directives.count - 1;
}

/* ---- the walk ------------------------------------------------------------------------- */

static void add_text(struct page *g, const GumboNode *n)
{
    const GumboText *t = &n->v.text;
    struct span at;
    if (!parts_span(
            g->p, t->original_text.data, t->original_text.length, &at))
        return;
    if (n->type != GUMBO_NODE_WHITESPACE)
        set_scopes(g, at);
    else if (g->runs.count == 0)
        return; /* blanks alone are no part */
    if (n->type == GUMBO_NODE_CDATA)
        parts_add_source(g->p, &g->runs, at.beg, at.end);
    else
        add_marked(g, &g->runs, at);
}

/* True if what is inside is to be read. */
static bool enter(struct page *g, const GumboNode *n)
{
    const GumboElement *e = &n->v.element;
    switch (n->type) {
    case GUMBO_NODE_DOCUMENT:
        return true;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        add_text(g, n);
        return false;
    case GUMBO_NODE_COMMENT:
        add_comment(g, &n->v.text);
        return false;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        break;
    }
    if (!is_inline(e->tag))
        parts_end(g->p, &g->runs, ZONE_BODY, true);
    scope_element(g, e);
    add_values(g, e);
    return !is_code(e->tag);
}

static void leave(struct page *g, const GumboNode *n)
{
    if (n->type != GUMBO_NODE_ELEMENT)
        return;
    if (n->v.element.tag == GUMBO_TAG_BR && g->runs.count > 0) {
        uint32_t end = g->runs.items[g->runs.count - 1].source.end;
        parts_add_text(g->p, &g->runs, (struct span){end, end}, STR("\n"));
    }
    if (!is_inline(n->v.element.tag))
        parts_end(g->p, &g->runs, ZONE_BODY, true);
}

static const GumboVector *kids_of(const GumboNode *n)
{
    static const GumboVector none;
    if (n->type == GUMBO_NODE_DOCUMENT)
        return &n->v.document.children;
    if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE)
        return &n->v.element.children;
    return &none;
}

static void walk(struct page *g, const GumboNode *top)
{
    const GumboNode *n = top;
    bool down = enter(g, n);
    for (;;) {
        const GumboVector *kids = kids_of(n);
        if (down && kids->length > 0) {
            n = kids->data[0];
            down = enter(g, n);
            continue;
        }
        for (;;) {
            leave(g, n);
            if (n == top)
                return;
            kids = kids_of(n->parent);
            if (n->index_within_parent + 1 < kids->length)
                break;
            n = n->parent;
        }
        n = kids->data[n->index_within_parent + 1];
        down = enter(g, n);
    }
}

static void read(struct parts *p, struct span at, bool piece)
{
    struct page g = {.p = p};
    struct str html = str_part(p->text, at.beg, at.end);
    GumboOutput *tree = parse(p->a, html, piece);
    walk(&g, piece ? tree->root : tree->document);
    parts_end(p, &g.runs, ZONE_BODY, true);
}

void html_piece(struct parts *p, struct span at)
{
    read(p, at, true);
}

bool html_read(struct arena *a, const struct post *post, struct doc *doc,
    struct err *err)
{
    struct parts p = {.a = a, .text = post->text, .has_media = post->has_media};
    (void)err;
    read(&p, (struct span){0, (uint32_t)post->text.len}, false);
    parts_finish(&p, true, doc);
    doc->fold_at = post->fold_at;
    return true;
}
