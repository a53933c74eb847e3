/* SPDX-License-Identifier: MIT */
/*
 * fuzz_text.c - sentences, quotes and look-ups of a whole text against reading
 * everything from the start.
 */
#include "fuzz_text.h"

#include "base/limits.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Sentences follow one another, hold their tokens, and leave out only blanks.
   */
static void check_sentences(const struct text *t)
{
    uint32_t token = 0, at = 0;
    for (uint32_t i = 0; i < t->sentence_count; i++) {
        const struct sentence *s = &t->sentences[i];
        demand(s->tok_beg == token && s->tok_end >= token);
        demand(s->at.beg <= s->at.end && s->at.end <= t->cased.len);
        for (; token < s->tok_end; token++) {
            const struct token *k = &t->tokens[token];
            demand(k->sentence == i && span_holds(s->at, k->at));
            bool first = (k->flags & TOKEN_FIRST) != 0;
            bool opens = token == s->tok_beg;
            demand(i >= t->main_sentences || first || !opens);
            demand(!first || opens || (k[-1].flags & TOKEN_FIRST));
        }
        if (i >= t->main_sentences)
            continue;
        for (; at < s->at.beg; at++)
            demand(is_blank(t->cased.ptr[at]));
        at = s->at.end;
        demand(s->tok_end - s->tok_beg <= 1 ||
               t->tokens[s->tok_end - 1].at.end - s->at.beg <= LIMIT_SENTENCE);
    }
    demand(token == t->token_count);
}

static void check_lookups(const struct text *t, struct span at)
{
    uint32_t beg, end, first = 0, last, sentence = 0;
    text_tokens(t, at, &beg, &end);
    while (first < t->main_count && t->tokens[first].at.end <= at.beg)
        first++;
    for (last = first; last < t->main_count; last++)
        if (t->tokens[last].at.beg >= at.end)
            break;
    demand(beg == first && end == last);
    for (uint32_t i = 0; i < t->main_sentences; i++)
        if (t->sentences[i].at.beg <= at.beg)
            sentence = i;
    demand(text_sentence_at(t, at.beg) == sentence);
}

/* No character of the author's is cut, and a wider span gives a wider one. */
static void check_source(const struct text *t, struct span at)
{
    uint32_t field = 9;
    struct span got = text_source(t, at, &field);
    demand(field == 0);
    struct str bytes = t->doc->fields[0].bytes;
    demand(got.beg <= got.end && got.end <= bytes.len);
    demand(got.beg == bytes.len ||
           ((unsigned char)bytes.ptr[got.beg] & 0xC0) != 0x80);
    demand(got.end == bytes.len ||
           ((unsigned char)bytes.ptr[got.end] & 0xC0) != 0x80);
    if (at.end < t->cased.len) {
        struct span wide = {at.beg, at.end + 1};
        demand(span_holds(text_source(t, wide, &field), got));
    }
}

static void check_quotes(const struct text *t)
{
    for (uint32_t i = 0; i < t->quote_count; i++) {
        const struct quote *q = &t->quotes[i];
        char mark = q->doubled ? '"' : '\'';
        demand(q->at.end - q->at.beg >= 3 && q->at.end <= t->cased.len);
        demand(t->cased.ptr[q->at.beg] == mark);
        demand(t->cased.ptr[q->at.end - 1] == mark);
        demand(i == 0 || q->at.beg > q[-1].at.beg);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct vocab vocab = {fuzz_has, NULL};
    struct fuzz_post p;
    struct text t;
    struct err err;

    fuzz_open(&p, data, size);
    if (text_analyse(p.arena, &p.doc, &vocab, &t, &err)) {
        check_sentences(&t);
        check_quotes(&t);
        for (uint32_t i = 0; i < t.cased.len && i < 200; i++) {
            check_lookups(&t, (struct span){i, i + 1});
            check_lookups(&t, (struct span){i, i + 9});
            check_source(&t, (struct span){i, i + 1});
            check_source(&t, (struct span){i, i});
        }
    }
    fuzz_close(&p);
    return 0;
}
