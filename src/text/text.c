/* SPDX-License-Identifier: MIT */
/* text.c - a document to normalised bytes, tokens and sentences. */
#include "text/text.h"

#include <string.h>

#include "base/limits.h"
#include "text/norm.h"
#include "text/sentence.h"
#include "text/token.h"
#include "text/utf8.h"

enum {
    FOLD_DEFAULT = 125,
    RUN_LONG = 4,
    BYTES_A_TOKEN = 5 /* of usual text, its blank included */
};

struct analysis {
    struct arena *a;
    struct norm norm;
    struct token_list tokens, inner;
    struct tag_list tags;
    struct quote_list quotes;
    struct sentence_list sentences;
};

/* ---- hashtag runs, the head of a post ----------------------------------- */

static bool only_blanks(const struct norm *n, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++)
        if (n->folded[i] != ' ' && n->folded[i] != '\n')
            return false;
    return true;
}

static void number_runs(struct analysis *s)
{
    struct tag *tags = s->tags.items;
    for (size_t beg = 0, end; beg < s->tags.count; beg = end) {
        for (end = beg + 1;
             end < s->tags.count &&
             only_blanks(&s->norm, tags[end - 1].at.end, tags[end].at.beg);
             end++)
            continue;
        for (size_t i = beg; i < end; i++) {
            tags[i].run = (uint16_t)(end - beg);
            tags[i].place = (uint16_t)(i - beg + 1);
        }
    }
}

static bool is_deep_in_run(const struct analysis *s, const struct token *t)
{
    if (t->tag == 0)
        return false;
    const struct tag *tag = &s->tags.items[t->tag - 1];
    return tag->run >= RUN_LONG && tag->place > 1;
}

/* Tokens that begin among the first `fold` characters. Those among as many
   bytes surely do, so that plain text is not counted. */
static void mark_head(struct analysis *s, struct span body, uint32_t fold)
{
    size_t points = 0;
    uint32_t at = body.beg;
    for (size_t i = 0; i < s->tokens.count; i++) {
        struct token *t = &s->tokens.items[i];
        if (!(t->zones & ZONE_BIT(ZONE_BODY)))
            continue;
        if (t->at.beg - body.beg >= fold) {
            for (; at < t->at.beg; at++)
                points += !utf8_is_tail(s->norm.folded[at]);
            if (points >= fold)
                return;
        }
        if (!is_deep_in_run(s, t))
            t->zones |= ZONE_BIT(ZONE_HEAD);
    }
}

/* ---- words of links and mentions ---------------------------------------- */

/* Each mention or link is a sentence of its own behind all others. */
static void add_inner(struct analysis *s)
{
    for (size_t i = 0; i < s->inner.count; i++) {
        struct token t = s->inner.items[i];
        uint32_t owner = t.sentence;
        const struct token *outer = &s->tokens.items[owner];
        bool is_new = i == 0 || s->inner.items[i - 1].sentence != owner;
        if (is_new) {
            *VEC_PUSH(s->a, &s->sentences) = (struct sentence){
                .at = outer->at,
                .tok_beg = (uint32_t)s->tokens.count,
                .part = s->sentences.items[outer->sentence].part,
                .zone =
                    t.zones == ZONE_BIT(ZONE_LINK) ? ZONE_LINK : ZONE_MENTIONS,
            };
        }
        t.sentence = (uint32_t)s->sentences.count - 1;
        t.hash = str_hash(t.word);
        *VEC_PUSH(s->a, &s->tokens) = t;
        s->sentences.items[t.sentence].tok_end = (uint32_t)s->tokens.count;
    }
}

/* Words and numbers with characters inside that nobody sees. */
static void find_hidden(struct analysis *s, struct text *text)
{
    size_t count = s->norm.hidden_count, told = 0, tok = 0;
    if (count == 0)
        return;
    text->hidden = ARENA_NEW(s->a, struct hidden, count);
    for (size_t i = 0; i < count; i++) {
        const struct norm_hidden *hidden = &s->norm.hidden[i];
        while (
            tok < text->main_count && s->tokens.items[tok].at.end <= hidden->at)
            tok++;
        if (tok == text->main_count)
            break;
        const struct token *t = &s->tokens.items[tok];
        if (hidden->alike || t->at.beg >= hidden->at || t->kind == TOKEN_EMOJI)
            continue;
        if (told == 0 || text->hidden[told - 1].at.beg != t->at.beg)
            text->hidden[told++].at = t->at;
    }
    text->hidden_count = (uint32_t)told;
}

static void note_links(struct text *text)
{
    for (uint32_t i = 0; i < text->main_count; i++)
        text->has_link |= text->tokens[i].kind == TOKEN_LINK;
    text->opens_with_mention =
        text->main_count > 0 && text->tokens[0].kind == TOKEN_MENTION;
}

static void split_parts(
    struct analysis *s, const struct doc *doc, const struct vocab *vocab)
{
    for (uint32_t i = 0; i < doc->part_count; i++) {
        struct span at = s->norm.parts[i].at;
        uint32_t beg = (uint32_t)s->tokens.count;
        struct quote_list quotes = {0};
        token_split(s->a, &s->norm, at, ZONE_BIT(doc->parts[i].zone), vocab,
            &s->tokens, &s->tags, &s->inner);
        quote_find(s->a, &s->norm, at, &quotes);
        sentence_split(s->a, &s->norm, at, i, &doc->parts[i], &quotes,
            s->tokens.items, beg, (uint32_t)s->tokens.count, &s->sentences);
        for (size_t k = 0; k < quotes.count; k++)
            *VEC_PUSH(s->a, &s->quotes) = quotes.items[k];
    }
}

static void mark_heads(struct analysis *s, const struct doc *doc)
{
    uint32_t fold = doc->fold_at ? doc->fold_at : FOLD_DEFAULT;
    for (uint32_t i = 0; i < doc->part_count; i++)
        if (doc->parts[i].zone == ZONE_BODY) {
            mark_head(s, s->norm.parts[i].at, fold);
            return;
        }
}

bool text_analyse(struct arena *a, const struct doc *doc,
    const struct vocab *vocab, struct text *text, struct err *err)
{
    struct analysis s = {.a = a};
    if (!norm_doc(a, doc, &s.norm, err))
        return false;
    s.tokens.cap = s.norm.len / BYTES_A_TOKEN + 8;
    s.tokens.items = ARENA_NEW(a, struct token, s.tokens.cap);
    split_parts(&s, doc, vocab);
    number_runs(&s);
    mark_heads(&s, doc);
    *text = (struct text){
        .doc = doc,
        .cased = {s.norm.cased, s.norm.len},
        .folded = {s.norm.folded, s.norm.len},
        .map = s.norm.map,
        .main_count = (uint32_t)s.tokens.count,
        .main_sentences = (uint32_t)s.sentences.count,
    };
    add_inner(&s);
    text->tokens = s.tokens.items;
    text->token_count = (uint32_t)s.tokens.count;
    text->sentences = s.sentences.items;
    text->sentence_count = (uint32_t)s.sentences.count;
    text->tags = s.tags.items;
    text->tag_count = (uint32_t)s.tags.count;
    text->quotes = s.quotes.items;
    text->quote_count = (uint32_t)s.quotes.count;
    find_hidden(&s, text);
    note_links(text);
    return true;
}

struct span text_source(const struct text *t, struct span at, uint32_t *field)
{
    struct span source = offmap_origin(t->map, at, field);
    struct str bytes = t->doc->fields[*field].bytes;
    while (source.beg > 0 && source.beg < bytes.len &&
           utf8_is_tail(bytes.ptr[source.beg]))
        source.beg--;
    while (source.end > source.beg && source.end < bytes.len &&
           utf8_is_tail(bytes.ptr[source.end]))
        source.end++;
    return source;
}

void text_tokens(
    const struct text *t, struct span at, uint32_t *beg, uint32_t *end)
{
    uint32_t low = 0, high = t->main_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->tokens[mid].at.end <= at.beg)
            low = mid + 1;
        else
            high = mid;
    }
    *beg = low;
    while (low < t->main_count && t->tokens[low].at.beg < at.end)
        low++;
    *end = low;
}

uint32_t text_sentence_at(const struct text *t, uint32_t offset)
{
    uint32_t low = 0, high = t->main_sentences;
    while (low + 1 < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->sentences[mid].at.beg <= offset)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* ---- short strings ------------------------------------------------------ */

static bool norm_short(struct arena *a, struct str s, struct norm *n)
{
    struct doc_run run = {.source = {0, (uint32_t)s.len}};
    struct doc_part part = {.runs = &run, .run_count = 1};
    struct doc_field field = {.name = "text", .bytes = s};
    struct doc doc = {
        .fields = &field, .field_count = 1, .parts = &part, .part_count = 1};
    struct err err;
    return norm_doc(a, &doc, n, &err);
}

size_t text_phrase(
    struct arena *a, struct str phrase, struct token *tokens, size_t cap)
{
    struct norm n;
    struct token_list list = {0};
    struct tag_list tags = {0};
    if (!norm_short(a, phrase, &n))
        return 0;
    token_split(
        a, &n, n.parts[0].at, ZONE_BIT(ZONE_BODY), NULL, &list, &tags, NULL);
    /* A tag stands as a whole: "#ad". */
    size_t count = 0;
    for (size_t i = 0; i < list.count;) {
        struct token t = list.items[i];
        size_t next = i + 1;
        if (t.tag) {
            const struct tag *tag = &tags.items[t.tag - 1];
            t.word = tag->word;
            t.hash = tag->hash;
            t.at = tag->at;
            next = tag->tok_end;
        }
        if (count < cap)
            tokens[count] = t;
        count++;
        i = next;
    }
    return count > cap ? cap + 1 : count;
}

struct str text_fold(struct arena *a, struct str s)
{
    struct norm n;
    if (!norm_short(a, s, &n))
        return s;
    return (struct str){n.folded, n.len - 1};
}
