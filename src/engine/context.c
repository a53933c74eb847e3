/* SPDX-License-Identifier: MIT */
/*
 * context.c - how something is said: denied, asked, quoted, in jest ...
 *
 * Each context is a look for cues of a lexicon in a certain direction and
 * within a certain reach from the head of a match (rule-language, section 6).
 * Published base of the scheme: NegEx and ConText. For
 *
 *     Not only does garlic cure colds, it never fails.
 *
 * "not only" is masked, "never" stands behind the head, so the claim is not
 * negated.
 */
#include "engine/state.h"

#include <string.h>

enum { NEGATION_REACH = 8, LABEL_REACH = 6, REJECT_SENTENCES = 2 };

static const struct hits *cues(struct scratch *s, enum cue cue)
{
    static const struct hits none;
    uint32_t lexicon = s->pack->info->cue[cue];
    return lexicon == PACK_NONE ? &none : running_hits(s, lexicon);
}

static bool in_zone(
    const struct scratch *s, const struct hit *h, enum zone zone)
{
    return (s->text.tokens[h->tok_beg].zones & ZONE_BIT(zone)) != 0;
}

/* ---- clauses ---------------------------------------------------------------- */

void context_clauses(struct scratch *s)
{
    const struct text *t = &s->text;
    const struct hits *breaks = cues(s, CUE_CLAUSE);
    uint32_t clause = 0;
    size_t next = 0;

    s->clause_of = ARENA_NEW(s->arena, uint32_t, t->token_count + 1);
    for (uint32_t i = 0; i < t->token_count; i++) {
        while (next < breaks->count && breaks->items[next].tok_beg < i)
            next++;
        bool by_word =
            next < breaks->count && breaks->items[next].tok_beg == i;
        if (i > 0 &&
            (by_word || (t->tokens[i].flags & TOKEN_BREAK) ||
                t->tokens[i].sentence != t->tokens[i - 1].sentence))
            clause++;
        s->clause_of[i] = clause;
    }
    s->clause_of[t->token_count] = clause + 1;
}

/* ---- where the head stands --------------------------------------------------- */

struct spot {
    uint32_t head;     /* token */
    uint32_t sentence; /* of the parts, never of a link */
    uint32_t clause;
    const struct hit *hit, *members;
};

static struct spot spot_of(const struct scratch *s, const struct hit *hit,
    const struct hit *members)
{
    uint32_t head = hit->head;
    if (head >= s->text.token_count && head > 0)
        head = s->text.token_count - 1;
    return (struct spot){
        .head = head,
        .sentence = text_sentence_at(&s->text, hit->at.beg),
        .clause = s->clause_of[head],
        .hit = hit,
        .members = members ? members : hit,
    };
}

/* A matched word is no cue; what stands in a gap of a sequence is. */
static bool is_matched(const struct hit *h, struct span at)
{
    if (h->member_count == 0)
        return span_overlaps(h->at, at);
    for (uint32_t i = 0; i < h->member_count; i++)
        if (is_matched(h->members[i].hit, at))
            return true;
    return false;
}

static bool is_cue(const struct spot *spot, const struct hit *cue)
{
    return !is_matched(spot->members, cue->at) &&
        (spot->hit == spot->members || !is_matched(spot->hit, cue->at));
}

static uint32_t sentence_of(const struct scratch *s, const struct hit *h)
{
    return s->text.tokens[h->tok_beg].sentence;
}

/* First cue of the list at or behind a token. */
static size_t cue_from(const struct hits *list, uint32_t token)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (list->items[mid].tok_beg < token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Tokens of a sentence; none for an index past the end. */
static struct span sentence_tokens(const struct scratch *s, uint32_t sentence)
{
    if (sentence >= s->text.main_sentences)
        return (struct span){0, 0};
    return (struct span){s->text.sentences[sentence].tok_beg,
        s->text.sentences[sentence].tok_end};
}

/* Is there a cue with its first token in [beg, end)? */
static bool cue_in(struct scratch *s, const struct spot *spot, enum cue cue,
    uint32_t beg, uint32_t end)
{
    const struct hits *list = cues(s, cue);
    for (size_t i = cue_from(list, beg);
         i < list->count && list->items[i].tok_beg < end; i++)
        if (is_cue(spot, &list->items[i]))
            return true;
    return false;
}

/* Does the sentence open with a cue? Punctuation behind it is asked for where
   the cue is an answer ("No," but not "No doctor"). */
static bool opens_with(struct scratch *s, uint32_t sentence, enum cue cue,
    bool punctuated)
{
    struct span tokens = sentence_tokens(s, sentence);
    const struct hits *list = cues(s, cue);
    size_t i = cue_from(list, tokens.beg);
    if (tokens.beg >= tokens.end || i >= list->count ||
        list->items[i].tok_beg != tokens.beg)
        return false;
    uint32_t next = list->items[i].tok_end;
    return !punctuated || next >= tokens.end ||
        (s->text.tokens[next].flags & (TOKEN_HARD | TOKEN_BREAK)) != 0;
}

static uint32_t clause_beg(const struct scratch *s, uint32_t token)
{
    while (token > 0 && s->clause_of[token - 1] == s->clause_of[token])
        token--;
    return token;
}

static uint32_t clause_end(const struct scratch *s, uint32_t token)
{
    while (token < s->text.token_count &&
        s->clause_of[token + 1] == s->clause_of[token])
        token++;
    return token + 1;
}

/* ---- negated ------------------------------------------------------------------ */

static bool is_masked(struct scratch *s, const struct hit *cue)
{
    const struct hits *list = cues(s, CUE_NOT_NEGATION);
    uint32_t from = cue->tok_beg > 8 ? cue->tok_beg - 8 : 0;
    for (size_t i = cue_from(list, from);
         i < list->count && list->items[i].tok_beg < cue->tok_end; i++)
        if (list->items[i].tok_end > cue->tok_beg)
            return true;
    return false;
}

/* "No, it does not": an answer, not a second negation. */
static bool is_answer(struct scratch *s, const struct hit *cue)
{
    uint32_t sentence = sentence_of(s, cue);
    return s->text.sentences[sentence].tok_beg == cue->tok_beg &&
        opens_with(s, sentence, CUE_NO, true);
}

static bool is_negated(struct scratch *s, const struct spot *spot)
{
    const struct hits *list = cues(s, CUE_NEGATION);
    uint32_t beg = clause_beg(s, spot->head);
    bool odd = false;

    for (size_t i = cue_from(list, beg);
         i < list->count && list->items[i].tok_beg < spot->head; i++) {
        const struct hit *cue = &list->items[i];
        if (cue->tok_end > spot->head ||
            spot->head - cue->tok_end > NEGATION_REACH)
            continue;
        if (is_cue(spot, cue) && !is_masked(s, cue) && !is_answer(s, cue))
            odd = !odd;
    }
    return odd;
}

/* ---- myth labels ----------------------------------------------------------------- */

static char byte_behind(const struct scratch *s, uint32_t token)
{
    struct str text = s->text.folded;
    for (size_t i = s->text.tokens[token].at.end; i < text.len; i++)
        if (text.ptr[i] != ' ')
            return text.ptr[i];
    return 0;
}

static bool is_label_mark(char c)
{
    return c == ':' || c == '!' || c == '-' || c == '#' || c == '.' ||
        byte_is_digit(c);
}

/* First token of the line or sentence, leaving out emoji and numbers in front
   ("❌ 3. Myth: ..."). */
static bool opens_line(const struct scratch *s, uint32_t token)
{
    const struct token *tokens = s->text.tokens;
    for (;;) {
        if (tokens[token].flags & (TOKEN_FIRST | TOKEN_LINE))
            return true;
        if (token == 0 || tokens[token - 1].sentence != tokens[token].sentence)
            return true;
        token--;
        if (tokens[token].kind != TOKEN_EMOJI &&
            tokens[token].kind != TOKEN_NUMBER)
            return false;
    }
}

/* "Myths about the flu jab: ..." */
static bool is_heading(const struct scratch *s, const struct hit *cue)
{
    struct str word = s->text.tokens[cue->tok_end - 1].word;
    struct span tokens = sentence_tokens(s, sentence_of(s, cue));
    if (!str_ends(word, STR("s")))
        return false;
    for (uint32_t i = cue->tok_end;
         i < tokens.end && i <= cue->tok_end + LABEL_REACH; i++)
        if (byte_behind(s, i) == ':')
            return true;
    return false;
}

static bool is_label(const struct scratch *s, const struct hit *cue)
{
    const struct token *last = &s->text.tokens[cue->tok_end - 1];
    if (!opens_line(s, cue->tok_beg))
        return false;
    return last->kind == TOKEN_EMOJI ||
        is_label_mark(byte_behind(s, cue->tok_end - 1)) || is_heading(s, cue);
}

/* The last label before a token: its first token + 1, or 0. */
static uint32_t last_label(
    struct scratch *s, enum cue cue, const struct spot *spot)
{
    const struct hits *list = cues(s, cue);
    size_t i = cue_from(list, spot->head);
    while (i > 0) {
        const struct hit *h = &list->items[--i];
        if (is_cue(spot, h) && is_label(s, h))
            return h->tok_beg + 1;
    }
    return 0;
}

static bool is_mythed(struct scratch *s, const struct spot *spot)
{
    uint32_t myth = last_label(s, CUE_MYTH, spot);
    return myth != 0 && myth > last_label(s, CUE_FACT, spot);
}

/* ---- rejected, asked, hedged ... ---------------------------------------------------- */

static bool is_rejected(struct scratch *s, const struct spot *spot)
{
    uint32_t last = spot->sentence + REJECT_SENTENCES;
    if (last >= s->text.main_sentences)
        last = s->text.main_sentences - 1;
    if (cue_in(s, spot, CUE_REJECT, spot->head,
            sentence_tokens(s, last).end))
        return true;
    for (uint32_t i = spot->sentence + 1; i <= last; i++)
        if (opens_with(s, i, CUE_NO, true))
            return true;
    return false;
}

static bool has_question_mark(const struct scratch *s, const struct spot *spot)
{
    const struct text *t = &s->text;
    uint32_t end = spot->sentence + 1 < t->main_sentences
        ? t->sentences[spot->sentence + 1].at.beg
        : (uint32_t)t->folded.len;
    for (uint32_t i = spot->hit->at.end; i < end; i++)
        if (t->folded.ptr[i] == '?' &&
            (i + 1 >= t->folded.len || !byte_is_alnum(t->folded.ptr[i + 1])))
            return true;
    return false;
}

static bool is_question(struct scratch *s, const struct spot *spot)
{
    if (has_question_mark(s, spot))
        return !opens_with(s, spot->sentence, CUE_SELLING, false) &&
            !opens_with(s, spot->sentence + 1, CUE_YES, false);
    return cue_in(
        s, spot, CUE_ASKING, clause_beg(s, spot->head), spot->head);
}

static bool is_hedged(struct scratch *s, const struct spot *spot)
{
    return cue_in(s, spot, CUE_HEDGE, clause_beg(s, spot->head),
        clause_end(s, spot->head));
}

static bool is_conditional(struct scratch *s, const struct spot *spot)
{
    return opens_with(s, spot->sentence, CUE_IF, false) &&
        !opens_with(s, spot->sentence, CUE_AUDIENCE, false);
}

static bool is_quoted(struct scratch *s, const struct spot *spot)
{
    uint32_t at = s->text.tokens[spot->head].at.beg;
    for (uint32_t i = 0; i < s->text.quote_count; i++)
        if (s->text.quotes[i].at.beg < at && at < s->text.quotes[i].at.end)
            return true;
    return false;
}

static bool is_attributed(struct scratch *s, const struct spot *spot)
{
    return cue_in(s, spot, CUE_ATTRIBUTION,
        sentence_tokens(s, spot->sentence).beg, spot->head);
}

static uint32_t next_end(const struct scratch *s, const struct spot *spot)
{
    struct span next = sentence_tokens(s, spot->sentence + 1);
    return next.end ? next.end : sentence_tokens(s, spot->sentence).end;
}

static bool is_endorsed(struct scratch *s, const struct spot *spot)
{
    return cue_in(s, spot, CUE_ENDORSE, spot->head, next_end(s, spot));
}

static bool is_ironic(struct scratch *s, const struct spot *spot)
{
    return cue_in(s, spot, CUE_IRONY,
        sentence_tokens(s, spot->sentence).beg, next_end(s, spot));
}

/* ---- of the whole post ---------------------------------------------------------------- */

/* DOI, PubMed, trial registry and guideline numbers: nobody writes them by
   chance. `digits` must follow, behind blanks and colons where `loose`. */
struct mark {
    struct str text;
    uint8_t digits;
    bool loose;
};

static size_t count_digits(struct str folded, size_t at)
{
    size_t n = 0;
    while (at + n < folded.len && byte_is_digit(folded.ptr[at + n]))
        n++;
    return n;
}

static bool has_mark(struct str folded, const struct mark *m)
{
    for (size_t at = 0; at < folded.len; at += m->text.len) {
        at += str_find(str_from(folded, at), m->text);
        size_t end = at + m->text.len;
        if (at >= folded.len)
            break;
        if (at > 0 && byte_is_alnum(folded.ptr[at - 1]))
            continue;
        while (m->loose && end < folded.len &&
            (folded.ptr[end] == ' ' || folded.ptr[end] == ':'))
            end++;
        /* 10.1101 is the prefix of two preprint servers. */
        if (str_starts(str_from(folded, end), STR("10.1101/20")))
            continue;
        if (count_digits(folded, end) >= m->digits)
            return true;
    }
    return false;
}

enum { NOTE_MOST = 60 };

/* "(NEJM 2016)", "(NG193, 2021)": a name or number, then a year, in brackets. */
static bool has_note(struct str folded)
{
    static const struct str no_names[] = {STR_INIT("since"), STR_INIT("est"),
        STR_INIT("in "), STR_INIT("from"), STR_INIT("born"),
        STR_INIT("class"), STR_INIT("until"), STR_INIT("circa")};
    for (size_t at = 0; at < folded.len; at++) {
        if (folded.ptr[at] != '(')
            continue;
        struct str inside = str_from(folded, at + 1);
        size_t len = str_find(inside, STR(")"));
        if (len < 8 || len > NOTE_MOST || len >= inside.len)
            continue;
        bool named = byte_is_alnum(inside.ptr[0]) &&
            !byte_is_digit(inside.ptr[0]) && !byte_is_alnum(inside.ptr[len]);
        for (size_t i = 0; i < PL_COUNT(no_names); i++)
            named = named && !str_starts(inside, no_names[i]);
        if (named && inside.ptr[len - 5] == ' ' &&
            count_digits(inside, len - 4) == 4 &&
            (str_starts(str_from(inside, len - 4), STR("19")) ||
                str_starts(str_from(inside, len - 4), STR("20"))))
            return true;
    }
    return false;
}

static bool has_reference(struct str folded)
{
    static const struct mark marks[] = {
        {STR_INIT("doi.org/"), 2, false},
        {STR_INIT("doi:"), 2, true},
        {STR_INIT("doi"), 2, true},
        {STR_INIT("pmid"), 4, true},
        {STR_INIT("pmc"), 4, true},
        {STR_INIT("nct"), 8, false},
        {STR_INIT("isrctn"), 6, true},
        {STR_INIT("cd0"), 5, false},
        {STR_INIT("ng"), 2, false},
        {STR_INIT("ta"), 3, false},
        {STR_INIT("cg"), 2, false},
        {STR_INIT("et al"), 0, false},
    };
    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (has_mark(folded, &marks[i]))
            return true;
    return has_note(folded);
}

/* The words of a link stand outside the running text. */
static bool has_host(struct scratch *s, enum cue cue)
{
    uint32_t lexicon = s->pack->info->cue[cue];
    if (lexicon == PACK_NONE)
        return false;
    const struct hits *list = lexicon_hits(s, lexicon);
    for (size_t i = 0; i < list->count; i++)
        if (in_zone(s, &list->items[i], ZONE_LINK))
            return true;
    return false;
}

static bool has_citation_word(struct scratch *s)
{
    const struct hits *list = cues(s, CUE_CITATION);
    for (size_t i = 0; i < list->count; i++)
        if (in_zone(s, &list->items[i], ZONE_BODY) ||
            in_zone(s, &list->items[i], ZONE_ALT))
            return true;
    return false;
}

static const struct post_facts *post_facts(struct scratch *s)
{
    struct post_facts *f = &s->facts;
    if (f->known)
        return f;
    f->known = true;
    f->linked = s->text.has_link;
    f->reply = s->text.opens_with_mention || s->profile->reply;
    f->media = s->text.doc->has_media;
    f->cited = !has_host(s, CUE_UNTRUSTED) &&
        (has_host(s, CUE_TRUSTED) || has_citation_word(s) ||
            has_reference(s->text.folded));
    return f;
}

static bool context_of_post(struct scratch *s, enum context context)
{
    const struct post_facts *f = post_facts(s);
    switch ((int)context) {
    case CONTEXT_CITED:
        return f->cited;
    case CONTEXT_LINKED:
        return f->linked;
    case CONTEXT_REPLY:
        return f->reply;
    default:
        return f->media;
    }
}

bool context_holds(struct scratch *s, enum context context,
    const struct hit *hit, const struct hit *members)
{
    if (s->text.token_count == 0 || s->text.main_sentences == 0)
        return false;
    struct spot spot = spot_of(s, hit, members);
    switch (context) {
    case CONTEXT_NEGATED:
        return is_negated(s, &spot);
    case CONTEXT_MYTHED:
        return is_mythed(s, &spot);
    case CONTEXT_REJECTED:
        return is_rejected(s, &spot);
    case CONTEXT_QUESTION:
        return is_question(s, &spot);
    case CONTEXT_HEDGED:
        return is_hedged(s, &spot);
    case CONTEXT_CONDITIONAL:
        return is_conditional(s, &spot);
    case CONTEXT_QUOTED:
        return is_quoted(s, &spot);
    case CONTEXT_ATTRIBUTED:
        return is_attributed(s, &spot);
    case CONTEXT_ENDORSED:
        return is_endorsed(s, &spot);
    case CONTEXT_IRONIC:
        return is_ironic(s, &spot);
    case CONTEXT_CITED:
    case CONTEXT_LINKED:
    case CONTEXT_REPLY:
    case CONTEXT_MEDIA:
        return context_of_post(s, context);
    case CONTEXT_COUNT:
        break;
    }
    return false;
}

/* The lists one of which must have a word in the post. */
static bool has_cue(struct scratch *s, enum cue one, enum cue other)
{
    return cues(s, one)->count > 0 || cues(s, other)->count > 0;
}

bool context_possible(struct scratch *s, enum context context)
{
    switch (context) {
    case CONTEXT_NEGATED:
        return has_cue(s, CUE_NEGATION, CUE_NEGATION);
    case CONTEXT_MYTHED:
        return has_cue(s, CUE_MYTH, CUE_MYTH);
    case CONTEXT_REJECTED:
        return has_cue(s, CUE_REJECT, CUE_NO);
    case CONTEXT_HEDGED:
        return has_cue(s, CUE_HEDGE, CUE_HEDGE);
    case CONTEXT_CONDITIONAL:
        return has_cue(s, CUE_IF, CUE_IF);
    case CONTEXT_ATTRIBUTED:
        return has_cue(s, CUE_ATTRIBUTION, CUE_ATTRIBUTION);
    case CONTEXT_ENDORSED:
        return has_cue(s, CUE_ENDORSE, CUE_ENDORSE);
    case CONTEXT_IRONIC:
        return has_cue(s, CUE_IRONY, CUE_IRONY);
    case CONTEXT_QUOTED:
        return s->text.quote_count > 0;
    case CONTEXT_CITED:
    case CONTEXT_LINKED:
    case CONTEXT_REPLY:
    case CONTEXT_MEDIA:
        return context_of_post(s, context);
    case CONTEXT_QUESTION:
    case CONTEXT_COUNT:
        break;
    }
    return true;
}
