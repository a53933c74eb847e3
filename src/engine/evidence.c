/* SPDX-License-Identifier: MIT */
/*
 * evidence.c - where each piece of evidence stands in the post.
 *
 * Computed for the whole post when first asked for, then kept. A sequence is
 * found backwards: from each hit of its last member to the nearest hit of the
 * one before it, so that of several ways to end at one place the shortest
 * counts.
 */
#include "engine/state.h"

#include <string.h>

#include "base/limits.h"
#include "match/valid.h"

static const struct hits no_hits;

struct hit *hits_push(struct arena *a, struct hits *hits)
{
    return VEC_PUSH(a, hits);
}

void hit_place(const struct scratch *s, struct hit *h)
{
    text_tokens(&s->text, h->at, &h->tok_beg, &h->tok_end);
    h->head = h->tok_beg;
}

/* A whole hashtag is found with its sign. */
uint32_t hit_beg(const struct scratch *s, uint32_t tok_beg, uint32_t tok_end,
    uint32_t beg)
{
    uint32_t tag = tok_beg < tok_end ? s->text.tokens[tok_beg].tag : 0;
    if (tag == 0 || s->text.tags[tag - 1].tok_beg != tok_beg ||
        s->text.tags[tag - 1].tok_end > tok_end)
        return beg;
    return s->text.tags[tag - 1].at.beg;
}

/* ---- order and overlaps -------------------------------------------------- */

static bool comes_before(const struct hit *a, const struct hit *b)
{
    if (a->at.beg != b->at.beg)
        return a->at.beg < b->at.beg;
    return a->at.end > b->at.end;
}

/* Merge sort: stable, in the arena, no surprise on sorted input. */
static void sort_hits(struct arena *a, struct hit *items, size_t count)
{
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++)
        sorted = !comes_before(&items[i], &items[i - 1]);
    if (sorted)
        return;
    size_t half = count / 2;
    sort_hits(a, items, half);
    sort_hits(a, items + half, count - half);
    struct hit *merged = ARENA_NEW(a, struct hit, count);
    size_t left = 0, right = half;
    for (size_t i = 0; i < count; i++) {
        bool take_right = left == half ||
            (right < count && comes_before(&items[right], &items[left]));
        merged[i] = take_right ? items[right++] : items[left++];
    }
    memcpy(items, merged, count * sizeof *items);
}

static bool is_taken(
    const struct hit *kept, size_t count, const struct hit *h)
{
    for (size_t i = 0; i < count; i++)
        if (span_overlaps(kept[i].at, h->at))
            return true;
    return false;
}

static const struct hit *longest_of(const struct hit *items, size_t count,
    const struct hit *kept, size_t kept_count)
{
    const struct hit *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct hit *h = &items[i];
        if (is_taken(kept, kept_count, h))
            continue;
        if (!best || h->at.end - h->at.beg > best->at.end - best->at.beg)
            best = h;
    }
    return best;
}

/* Hits [beg, end) that hang together: keeps the longest, then the longest of
   those that do not overlap it, and so on. Writes them to kept. */
static size_t settle_cluster(
    const struct hit *items, size_t count, struct hit *kept)
{
    size_t kept_count = 0;
    const struct hit *best;
    while ((best = longest_of(items, count, kept, kept_count)) != NULL)
        kept[kept_count++] = *best;
    return kept_count;
}

void hits_longest(struct arena *a, struct hits *hits)
{
    if (hits->count < 2)
        return;
    sort_hits(a, hits->items, hits->count);
    struct hit *kept = ARENA_NEW(a, struct hit, hits->count);
    size_t kept_count = 0;
    for (size_t beg = 0, end; beg < hits->count; beg = end) {
        uint32_t reach = hits->items[beg].at.end;
        for (end = beg + 1;
             end < hits->count && hits->items[end].at.beg < reach; end++)
            if (hits->items[end].at.end > reach)
                reach = hits->items[end].at.end;
        size_t more = settle_cluster(
            hits->items + beg, end - beg, kept + kept_count);
        sort_hits(a, kept + kept_count, more);
        kept_count += more;
    }
    hits->items = kept;
    hits->cap = hits->count;
    hits->count = kept_count;
}

/* ---- facts --------------------------------------------------------------- */

bool number_fits(double value, uint32_t cmp, double bound)
{
    switch ((enum cmp)cmp) {
    case CMP_EQ:
        return value >= bound && value <= bound;
    case CMP_LT:
        return value < bound;
    case CMP_GT:
        return value > bound;
    case CMP_LE:
        return value <= bound;
    case CMP_GE:
        return value >= bound;
    case CMP_NONE:
        break;
    }
    return value < 0 || value > 0;
}

static uint16_t flag_of(uint32_t fact)
{
    switch (fact) {
    case FACT_CAPITAL:
        return TOKEN_CAPITAL;
    case FACT_CAPS:
        return TOKEN_CAPS;
    case FACT_FIRST:
        return TOKEN_FIRST;
    case FACT_TAGGED:
        return TOKEN_TAGGED;
    case FACT_DISGUISED:
        return TOKEN_DISGUISED;
    default:
        return 0;
    }
}

static bool token_fact(
    const struct scratch *s, const struct hit *h, uint16_t flag)
{
    const struct token *tokens = s->text.tokens;
    if (h->tok_beg >= h->tok_end)
        return false;
    if (flag != TOKEN_DISGUISED && flag != TOKEN_CAPS)
        return (tokens[h->tok_beg].flags & flag) != 0;
    bool any = false, all = true;
    for (uint32_t i = h->tok_beg; i < h->tok_end; i++) {
        bool has = (tokens[i].flags & flag) != 0;
        any |= has;
        all &= has || tokens[i].kind == TOKEN_NUMBER;
    }
    return flag == TOKEN_CAPS ? any && all : any;
}

bool hit_fact(
    const struct scratch *s, const struct hit *h, uint32_t fact, double *number)
{
    for (uint32_t i = 0; i < h->fact_count; i++)
        if (h->facts[i].id == fact) {
            *number = h->facts[i].number;
            return true;
        }
    /* A sequence has the facts of its members, the head's first. */
    for (uint32_t i = 0; i < h->member_count; i++)
        if (h->members[i].hit->tok_beg == h->head &&
            hit_fact(s, h->members[i].hit, fact, number))
            return true;
    uint16_t flag = flag_of(fact);
    if (flag != 0 && token_fact(s, h, flag)) {
        *number = 1;
        return true;
    }
    return false;
}

bool hit_where(const struct scratch *s, const struct hit *h, uint32_t cond)
{
    const struct pack_cond *c = &s->pack->conds[cond];
    const uint32_t *index = s->pack->index;
    double number = 0;

    switch (c->op) {
    case OP_OR:
        for (uint32_t i = c->list.beg; i < c->list.end; i++)
            if (hit_where(s, h, index[i]))
                return true;
        return false;
    case OP_AND:
        for (uint32_t i = c->list.beg; i < c->list.end; i++)
            if (!hit_where(s, h, index[i]))
                return false;
        return true;
    case OP_NOT:
        return !hit_where(s, h, c->a);
    default: /* OP_OWN: the compiler lets nothing else through */
        return hit_fact(s, h, c->b, &number) &&
            number_fits(number, c->cmp, c->number);
    }
}

/* ---- filters -------------------------------------------------------------- */

static uint32_t zones_of(const struct scratch *s, const struct hit *h)
{
    uint32_t zones = UINT16_MAX;
    for (uint32_t i = h->tok_beg; i < h->tok_end; i++)
        zones &= s->text.tokens[i].zones;
    if (h->tok_beg >= h->tok_end) {
        uint32_t at = text_sentence_at(&s->text, h->at.beg);
        zones = ZONE_BIT(s->text.sentences[at].zone);
        if (zones == ZONE_BIT(ZONE_BODY))
            zones |= ZONE_BIT(ZONE_PROSE);
    }
    return zones;
}

static void add_valid(
    struct scratch *s, const struct pack_evid *e, struct hit *h)
{
    struct str raw = str_part(s->text.cased, h->at.beg, h->at.end);
    struct fact *facts =
        ARENA_NEW(s->arena, struct fact, h->fact_count + 1);
    if (h->fact_count)
        memcpy(facts, h->facts, h->fact_count * sizeof *facts);
    facts[h->fact_count] =
        (struct fact){FACT_VALID, valid_accepts(e->check, raw) ? 1.0 : 0.0};
    h->facts = facts;
    h->fact_count++;
}

/* Zones, check digits and `where`. */
static bool is_wanted(
    struct scratch *s, const struct pack_evid *e, struct hit *h)
{
    if ((zones_of(s, h) & e->zones) == 0)
        return false;
    if (e->check != PACK_NONE)
        add_valid(s, e, h);
    return e->where == PACK_NONE || hit_where(s, h, e->where);
}

static void add_wanted(struct scratch *s, const struct pack_evid *e,
    const struct hits *from, struct hits *out)
{
    for (size_t i = 0; i < from->count; i++) {
        struct hit h = from->items[i];
        if (is_wanted(s, e, &h))
            *hits_push(s->arena, out) = h;
    }
}

static bool is_full(
    struct scratch *s, const struct pack_evid *e, const struct hits *out)
{
    if (out->count < LIMIT_HITS)
        return false;
    scan_fail(s, ERR_LIMIT, e->at, "too many matches in one post");
    return true;
}

/* ---- detectors ------------------------------------------------------------ */

static void prepare_detectors(struct scratch *s)
{
    if (s->detect_ready)
        return;
    s->detect_ready = true;
    s->detect_in.text = &s->text;
    s->detect_in.arena = s->arena;
    s->detect_in.words = &s->english;
    for (uint32_t i = 0; i < DETECT_LEXICON_COUNT; i++) {
        uint32_t lexicon = s->pack->info->detect[i];
        s->detect_in.lexicon[i] = (struct hits){0};
        if (lexicon != PACK_NONE)
            s->detect_in.lexicon[i] = *running_hits(s, lexicon);
    }
    s->features = detect_prepare(&s->detect_in);
}

uint32_t scan_features(struct scratch *s)
{
    prepare_detectors(s);
    return s->features;
}

bool detect_possible(struct scratch *s, uint32_t detector)
{
    uint32_t needs = detect_at(detector)->needs;
    if (s->detect_hits[detector])
        return s->detect_hits[detector]->count > 0;
    return (scan_features(s) & needs) != 0 || (needs & FEATURE_ALWAYS) ||
        s->options->no_gate;
}

const struct hits *detect_hits(struct scratch *s, uint32_t detector)
{
    if (s->detect_hits[detector])
        return s->detect_hits[detector];
    struct hits *out = ARENA_NEW(s->arena, struct hits, 1);
    if (detect_possible(s, detector))
        detect_at(detector)->find(&s->detect_in, out);
    sort_hits(s->arena, out->items, out->count);
    s->detect_hits[detector] = out;
    return out;
}

/* ---- regexes --------------------------------------------------------------- */

static uint32_t trigram(const char *p)
{
    uint32_t three = (uint32_t)(unsigned char)p[0] |
        (uint32_t)(unsigned char)p[1] << 8 |
        (uint32_t)(unsigned char)p[2] << 16;
    return three * 0x9E3779B1u >> 20;
}

static bool trigram_known(const struct trigrams *t, uint32_t bit)
{
    return (t->bits[bit / 64] >> bit % 64 & 1) != 0;
}

static void trigrams_make(struct scratch *s)
{
    struct trigrams *t = &s->trigrams;
    struct str text = s->text.folded;
    t->ready = true;
    memset(t->bits, 0, sizeof t->bits);
    memset(t->bytes, 0, sizeof t->bytes);
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        t->bytes[byte / 64] |= UINT64_C(1) << byte % 64;
    }
    t->before = ARENA_NEW(s->arena, uint32_t, text.len + 1);
    for (uint32_t i = 0; i + 3 <= text.len; i++) {
        uint32_t bit = trigram(text.ptr + i);
        if (trigram_known(t, bit))
            t->before[i] = t->last[bit];
        t->bits[bit / 64] |= UINT64_C(1) << bit % 64;
        t->last[bit] = i + 1;
    }
}

static bool byte_known(const struct trigrams *t, char c)
{
    unsigned char byte = (unsigned char)c;
    return (t->bytes[byte / 64] >> byte % 64 & 1) != 0;
}

/* One or two bytes have no trigram: from the end, as for all others. */
static bool short_before(struct str text, struct str literal, uint32_t *at)
{
    size_t i = *at < text.len ? *at : text.len - literal.len + 1;
    while (i-- > 0)
        if (text.ptr[i] == literal.ptr[0] &&
            (literal.len == 1 || text.ptr[i + 1] == literal.ptr[1])) {
            *at = (uint32_t)i;
            return true;
        }
    return false;
}

/* May the literal stand anywhere? Looks at its first and last bytes. */
static bool literal_known(const struct trigrams *t, struct str literal)
{
    const char *last = literal.ptr + literal.len;
    if (literal.len < 3)
        return byte_known(t, literal.ptr[0]) && byte_known(t, last[-1]);
    return trigram_known(t, trigram(literal.ptr)) &&
        trigram_known(t, trigram(last - 3));
}

bool literal_before(struct scratch *s, struct str literal, uint32_t *at)
{
    struct trigrams *t = &s->trigrams;
    struct str text = s->text.folded;
    bool first = *at >= text.len;
    if (!t->ready)
        trigrams_make(s);
    if ((first && !literal_known(t, literal)) || literal.len > text.len)
        return false;
    if (literal.len < 3)
        return short_before(text, literal, at);
    uint32_t place =
        first ? t->last[trigram(literal.ptr)] : t->before[*at];
    for (; place != 0; place = t->before[place - 1])
        if (literal.len <= text.len - (place - 1) &&
            memcmp(text.ptr + place - 1, literal.ptr, literal.len) == 0) {
            *at = place - 1;
            return true;
        }
    return false;
}

static bool needs_met(struct scratch *s, const struct pack_regex *r)
{
    if (s->options->no_gate ||
        (r->features == 0 && r->literals.beg == r->literals.end))
        return true;
    if (r->features && digit_bits(s))
        return true;
    if (!s->trigrams.ready)
        trigrams_make(s);
    for (uint32_t i = r->literals.beg; i < r->literals.end; i++) {
        struct str literal = pack_text(s->pack, s->pack->strs[i]);
        uint32_t at = UINT32_MAX;
        if (literal_known(&s->trigrams, literal) &&
            literal_before(s, literal, &at))
            return true;
    }
    return false;
}

static bool answer(struct marks *marks, uint32_t index, bool truth)
{
    marks->answer[index] = truth ? 2 : 1;
    marks->used[marks->used_count++] = index;
    return truth;
}

bool regex_possible(struct scratch *s, uint32_t regex)
{
    if (s->needs.answer[regex])
        return s->needs.answer[regex] == 2;
    return answer(&s->needs, regex, needs_met(s, &s->pack->regexes[regex]));
}

static struct regex *regex_slot(struct scratch *s, uint32_t index)
{
    const struct pack_regex *r = &s->pack->regexes[index];
    size_t error_at = 0;
    struct err err = {0};

    if (!s->regexes[index])
        s->regexes[index] = regex_new(pack_text(s->pack, r->pattern),
            r->caseless ? REGEX_CASELESS : 0, &error_at, &err);
    if (!s->regexes[index])
        scan_fail(s, ERR_RULE, r->at, err.msg);
    return s->regexes[index];
}

static double number_in(struct str s)
{
    double sum = 0, scale = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (byte_is_digit(s.ptr[i])) {
            sum = sum * 10 + (s.ptr[i] - '0');
            scale *= 10;
        } else if (s.ptr[i] == '.' && scale <= 0) {
            scale = 1;
        }
    }
    return scale > 0 ? sum / scale : sum;
}

static void add_captures(struct scratch *s, const struct pack_regex *r,
    const struct regex_match *m, struct str subject, struct hit *h)
{
    uint32_t count = r->captures.end - r->captures.beg;
    if (count == 0)
        return;
    struct fact *facts = ARENA_NEW(s->arena, struct fact, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct pack_capture *c = &s->pack->captures[r->captures.beg + i];
        if (c->group >= m->group_count ||
            m->group[c->group].beg >= m->group[c->group].end)
            continue;
        struct span g = m->group[c->group];
        facts[h->fact_count++] =
            (struct fact){c->fact, number_in(str_part(subject, g.beg, g.end))};
    }
    h->facts = facts;
}

static void regex_in(struct scratch *s, const struct pack_evid *e,
    const struct sentence *sent, struct hits *out)
{
    const struct pack_regex *r = &s->pack->regexes[e->a];
    struct str subject = str_part(s->text.cased, sent->at.beg, sent->at.end);
    struct regex *regex;
    struct regex_match m;
    struct err err = {0};
    size_t start = 0;

    if (!(regex = regex_slot(s, e->a)))
        return;
    for (;;) {
        enum regex_result result =
            regex_next(regex, s->room, subject, start, &m, &err);
        if (result == REGEX_FAILED)
            scan_fail(s, ERR_LIMIT, r->at, err.msg);
        if (result != REGEX_HIT || is_full(s, e, out))
            return;
        struct hit h = {
            .at = {sent->at.beg + m.at.beg, sent->at.beg + m.at.end}};
        hit_place(s, &h);
        add_captures(s, r, &m, subject, &h);
        if (is_wanted(s, e, &h))
            *hits_push(s->arena, out) = h;
        start = m.at.end;
    }
}

static void regex_all(
    struct scratch *s, const struct pack_evid *e, struct hits *out)
{
    const struct text *t = &s->text;
    uint32_t outer = e->zones;

    if (outer &
        (ZONE_BIT(ZONE_PROSE) | ZONE_BIT(ZONE_HEAD) | ZONE_BIT(ZONE_TAGS) |
            ZONE_BIT(ZONE_MENTIONS)))
        outer |= ZONE_BIT(ZONE_BODY);
    if (!regex_possible(s, e->a))
        return;
    uint64_t bits = s->options->no_gate ? UINT64_MAX : regex_bits(s, e->a);
    bool sifted = s->options->no_gate || t->sentence_count <= 64;
    for (uint32_t i = 0; i < t->sentence_count; i++)
        if ((outer & ZONE_BIT(t->sentences[i].zone)) &&
            (bits & sentence_bit(t, i)) &&
            (sifted ||
                sieve_passes(
                    s, &s->pack->regexes[e->a], t->sentences[i].at)))
            regex_in(s, e, &t->sentences[i], out);
}

/* ---- sequences -------------------------------------------------------------- */

/* First hit that begins at or behind the offset. */
uint32_t hits_from(const struct hits *hits, uint32_t offset)
{
    size_t low = 0, high = hits->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (hits->items[mid].at.beg < offset)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint32_t)low;
}

static uint32_t last_token(const struct hit *h)
{
    return h->tok_end > h->tok_beg ? h->tok_end - 1 : h->tok_beg;
}

static bool gap_is_free(struct scratch *s, const struct pack_step *step,
    const struct hit *before, const struct hit *after)
{
    for (uint32_t i = step->without.beg; i < step->without.end; i++) {
        const struct hits *barred = evid_hits(s, s->pack->index[i]);
        uint32_t at = hits_from(barred, before->at.end);
        if (at < barred->count && barred->items[at].at.beg < after->at.beg)
            return false;
    }
    return true;
}

/* A clause break bars the gap, save a colon between members that touch. */
static bool same_clause(const struct scratch *s, uint32_t before,
    uint32_t after, uint32_t distance)
{
    if (s->clause_of[before] == s->clause_of[after])
        return true;
    return distance == 0 &&
        (s->text.tokens[after].flags & TOKEN_COLON) != 0;
}

static bool follows(struct scratch *s, const struct pack_step *step,
    const struct hit *before, const struct hit *after)
{
    uint32_t count = s->text.token_count;
    if (before->at.end > after->at.beg || before->tok_end > after->tok_beg)
        return before->at.end <= after->at.beg &&
            last_token(before) == after->tok_beg;
    uint32_t distance = after->tok_beg - before->tok_end;
    if (distance > step->gap || last_token(before) >= count)
        return false;
    if (after->tok_beg < count) {
        uint32_t from = last_token(before);
        if (s->text.tokens[from].sentence !=
                s->text.tokens[after->tok_beg].sentence ||
            !same_clause(s, from, after->tok_beg, distance))
            return false;
    }
    return gap_is_free(s, step, before, after);
}

struct chain {
    const struct pack_evid *evid;
    uint32_t count;
    const struct hit *at[32];
    uint32_t tries; /* bounds backtracking on hostile text */
};

enum { CHAIN_TRIES = 400 };

/* Fills chain->at[0..step) backwards from chain->at[step]. */
static bool chain_back(struct scratch *s, struct chain *c, uint32_t step)
{
    if (step == 0)
        return true;
    const struct pack_step *now = &s->pack->steps[c->evid->list.beg + step];
    const struct pack_step *prev = now - 1;
    const struct hit *after = c->at[step];
    const struct hits *hits = evid_hits(s, prev->evid);
    uint32_t i = hits_from(hits, after->at.beg);

    while (i > 0) {
        const struct hit *before = &hits->items[--i];
        if (before->tok_end + now->gap + LIMIT_PHRASE * 4 < after->tok_beg ||
            ++c->tries > CHAIN_TRIES)
            return false;
        c->at[step - 1] = before;
        if (follows(s, now, before, after) && chain_back(s, c, step - 1))
            return true;
    }
    return false;
}

static void add_chain(struct scratch *s, const struct chain *c,
    struct hits *out)
{
    const struct hit *first = c->at[0], *last = c->at[c->count - 1];
    struct member *members = ARENA_NEW(s->arena, struct member, c->count);
    for (uint32_t i = 0; i < c->count; i++)
        members[i] = (struct member){
            s->pack->steps[c->evid->list.beg + i].evid, c->at[i]};
    struct hit h = {
        .at = {hit_beg(s, first->tok_beg, last->tok_end, first->at.beg),
            last->at.end},
        .tok_beg = first->tok_beg,
        .tok_end = last->tok_end,
        .head = c->at[c->evid->a]->head,
        .members = members,
        .member_count = c->count,
    };
    if (is_wanted(s, c->evid, &h))
        *hits_push(s->arena, out) = h;
}

/* May all members stand in one sentence? Asked before any regex runs. */
static bool may_meet(struct scratch *s, const struct pack_evid *e)
{
    uint64_t bits = UINT64_MAX;
    for (uint32_t i = e->list.beg; i < e->list.end && !s->options->no_gate; i++)
        bits &= evid_sents(s, s->pack->steps[i].evid, SENTS_FULL).bits;
    return bits != 0;
}

static void sequence_all(
    struct scratch *s, const struct pack_evid *e, struct hits *out)
{
    struct chain c = {.evid = e, .count = e->list.end - e->list.beg};
    if (!may_meet(s, e))
        return;
    const struct hits *ends = evid_hits(s, s->pack->steps[e->list.end - 1].evid);
    for (size_t i = 0; i < ends->count && !is_full(s, e, out); i++) {
        c.at[c.count - 1] = &ends->items[i];
        c.tries = 0;
        if (chain_back(s, &c, c.count - 1))
            add_chain(s, &c, out);
    }
    sort_hits(s->arena, out->items, out->count);
}

/* ---- all kinds ------------------------------------------------------------- */

static void any_all(
    struct scratch *s, const struct pack_evid *e, struct hits *out)
{
    for (uint32_t i = e->list.beg; i < e->list.end; i++)
        add_wanted(s, e, evid_hits(s, s->pack->index[i]), out);
    hits_longest(s->arena, out);
}

const struct hits *evid_hits(struct scratch *s, uint32_t evid)
{
    if (s->evids.hits[evid])
        return s->evids.hits[evid];
    if (!s->options->no_gate && evid_sents(s, evid, SENTS_CHEAP).bits == 0)
        return &no_hits;
    const struct pack_evid *e = &s->pack->evids[evid];
    struct hits *out = ARENA_NEW(s->arena, struct hits, 1);
    /* Should a circle have slipped through. */
    slots_set(&s->evids, evid, &no_hits);
    switch ((enum pack_evid_kind)e->kind) {
    case PACK_LEXICON:
        add_wanted(s, e, lexicon_hits(s, e->a), out);
        break;
    case PACK_REGEX:
        regex_all(s, e, out);
        break;
    case PACK_DETECT:
        add_wanted(s, e, detect_hits(s, e->a), out);
        break;
    case PACK_SEQUENCE:
        sequence_all(s, e, out);
        break;
    case PACK_WEIGH:
        weigh_all(s, e, out);
        break;
    case PACK_ANY:
        any_all(s, e, out);
        break;
    }
    s->evids.hits[evid] = out;
    return out;
}
