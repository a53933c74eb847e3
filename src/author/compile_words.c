/* SPDX-License-Identifier: MIT */
/*
 * compile_words.c - lexicons to phrases of one trie.
 *
 * An entry's spelling "get~ [well] soon" is split at blanks into slots; a slot
 * has one or more alternatives (inflected forms; an optional word may also be
 * nothing); the product of all slots is the entry's phrases.
 */
#include "author/compiler.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "engine/overlay.h"
#include "engine/words.h"
#include "text/text.h"

enum { PHRASES_MAX = 512 }; /* of one spelling */

/* ---- words and phrases ------------------------------------------------------ */

static uint32_t word_id(struct compiler *c, struct str word, uint32_t flags)
{
    bool is_new;
    uint32_t *id = map_put(c->a, &c->word_of, word, &is_new);
    if (is_new) {
        *VEC_PUSH(c->a, &c->words) = (struct made_word){.hash = str_hash(word)};
        *id = (uint32_t)c->words.count;
    }
    c->words.items[*id - 1].flags |= flags;
    return *id;
}

static uint32_t edge_to(struct compiler *c, uint32_t node, uint32_t word)
{
    uint32_t key[2] = {node, word};
    bool is_new;
    struct str bytes = arena_copy(
        c->a, (struct str){(const char *)key, sizeof key});
    uint32_t *edge = map_put(c->a, &c->edge_of, bytes, &is_new);
    if (is_new) {
        *edge = (uint32_t)c->edges.count;
        *VEC_PUSH(c->a, &c->edges) =
            (struct made_edge){node, word, *edge + 1, PACK_NONE};
    }
    return *edge;
}

struct slot_word {
    struct str word;
    bool hard;
};

struct phrase {
    struct slot_word words[LIMIT_PHRASE];
    size_t count;
};

/* 0 rare enough for a trigger; 1 three or more common words; 2 common. */
static uint8_t rank_of(const struct compiler *c, const struct phrase *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (!map_find(&c->common, p->words[i].word))
            return 0;
    return p->count >= 3 ? 1 : 2;
}

/* Of how many posts a phrase stands in, roughly: that of its rarest word, and one
   word in five is followed by the next that a phrase has. */
static float phrase_rate(const struct compiler *c, const struct phrase *p)
{
    const float rare = 0.0002F, common = 0.005F, next = 0.2F;
    float least = 1;
    for (size_t i = 0; i < p->count; i++) {
        const uint32_t *percent = map_find(&c->common, p->words[i].word);
        float rate = !percent  ? rare
            : *percent == 0    ? common
                               : (float)*percent / 100;
        least = rate < least ? rate : least;
    }
    for (size_t i = 1; i < p->count; i++)
        least *= next;
    return least;
}

static uint32_t phrase_add(struct compiler *c, const struct phrase *p)
{
    uint32_t node = 0, edge = 0;
    for (size_t i = 0; i < p->count; i++) {
        uint32_t word = word_id(c, p->words[i].word, WORD_LEXICON);
        edge = edge_to(c, node, word << 1 | (i > 0 && p->words[i].hard));
        node = c->edges.items[edge].child;
    }
    struct made_edge *last = &c->edges.items[edge];
    if (last->phrase == PACK_NONE) {
        last->phrase = (uint32_t)c->phrase_count++;
        *VEC_PUSH(c->a, &c->phrase_rank) = rank_of(c, p);
        *VEC_PUSH(c->a, &c->phrase_rate) = phrase_rate(c, p);
    }
    return last->phrase;
}

/* ---- inflection ---------------------------------------------------------------- */

static struct inflect *dictionary(struct compiler *c)
{
    if (!c->inflect_tried && c->in->inflect) {
        c->inflect_tried = true;
        c->inflect = c->in->inflect(c->in->inflect_ctx, &c->inflect_err);
    }
    return c->inflect;
}

static struct str forms_known(const struct compiler *c, struct str stem)
{
    const uint32_t *at = map_find(&c->form_of, stem);
    if (!at)
        return STR("");
    struct pack_str s = c->out.forms.items[*at];
    return (struct str){c->out.text.items + s.off, s.len};
}

/* "cure cures cured curing" */
static struct str forms_of(
    struct compiler *c, struct str stem, struct where at)
{
    struct str forms = forms_known(c, stem);
    if (forms.len)
        return forms;
    if (!dictionary(c)) {
        problem_add(c->problems, at, "no-dictionary",
            "compile the pack where hunspell and its English dictionary are "
            "installed (postlint rules compile), and use the compiled file",
            "'" STR_FMT "~' needs a dictionary: %s", STR_ARG(stem),
            c->inflect_err.msg[0] ? c->inflect_err.msg
                                  : "none is at hand here");
        return stem;
    }
    forms = inflect_forms(dictionary(c), c->a, stem);
    *map_put(c->a, &c->form_of, arena_copy(c->a, stem), NULL) =
        (uint32_t)c->out.forms.count;
    *VEC_PUSH(c->a, &c->out.forms) = put_text(c, forms);
    return forms;
}

/* ---- spellings -------------------------------------------------------------------- */

struct phrases {
    struct phrase *items;
    size_t count, cap;
};

/* Appends the words of an alternative to a copy of each phrase so far. */
static void extend(struct compiler *c, const struct phrases *base,
    const struct token *tokens, size_t count, bool hard, struct phrases *out)
{
    for (size_t i = 0; i < base->count; i++) {
        struct phrase p = base->items[i];
        for (size_t k = 0; k < count && p.count < LIMIT_PHRASE; k++)
            p.words[p.count++] =
                (struct slot_word){tokens[k].word, k == 0 && hard};
        *VEC_PUSH(c->a, out) = p;
    }
}

struct slot {
    struct str text; /* without [ ] and ~ */
    bool optional, inflected, hard;
};

static struct str next_slot(struct str *rest, struct slot *slot)
{
    struct str s = str_trim(*rest);
    bool bracket = s.len > 0 && s.ptr[0] == '[';
    size_t end = bracket ? str_find_byte(s, ']') : str_find_byte(s, ' ');
    struct str whole = str_part(s, 0, bracket ? end + 1 : end);

    *rest = str_from(s, whole.len);
    slot->optional = bracket;
    slot->text = bracket ? str_part(s, 1, end) : whole;
    slot->inflected = str_ends(slot->text, STR("~"));
    if (slot->inflected)
        slot->text.len--;
    return whole;
}

/* All words of a slot but the last stay as they are: "x-ray~". */
static void add_inflected(struct compiler *c, const struct phrases *base,
    struct token *tokens, size_t count, bool hard, struct where at,
    struct phrases *out)
{
    struct str forms = forms_of(c, tokens[count - 1].word, at);
    for (struct str_cut cut = str_cut(forms, ' ');;
         cut = str_cut(cut.tail, ' ')) {
        struct token form[LIMIT_PHRASE];
        size_t form_count =
            text_phrase(c->a, cut.head, form, LIMIT_PHRASE);
        struct token words[LIMIT_PHRASE];
        size_t n = count - 1;
        memcpy(words, tokens, n * sizeof *words);
        for (size_t i = 0; i < form_count && n < LIMIT_PHRASE &&
             form_count <= LIMIT_PHRASE;
             i++)
            words[n++] = form[i];
        if (form_count > 0)
            extend(c, base, words, n, hard, out);
        if (!cut.found)
            break;
    }
}

static bool add_slot(struct compiler *c, struct phrases *phrases,
    const struct slot *slot, struct where at)
{
    struct token tokens[LIMIT_PHRASE];
    struct phrases out = {0};
    size_t count = text_phrase(c->a, slot->text, tokens, LIMIT_PHRASE);

    if (count > LIMIT_PHRASE)
        return problem_add(c->problems, at, "long-phrase", NULL,
            "an entry has more than %d words", LIMIT_PHRASE);
    if (slot->optional || count == 0)
        extend(c, phrases, tokens, 0, false, &out);
    if (count > 0 && slot->inflected)
        add_inflected(c, phrases, tokens, count, slot->hard, at, &out);
    else if (count > 0)
        extend(c, phrases, tokens, count, slot->hard, &out);
    if (out.count > PHRASES_MAX)
        return problem_add(c->problems, at, "many-phrases",
            "use fewer ~ and [ ] in one entry",
            "an entry stands for more than %d phrases", PHRASES_MAX);
    *phrases = out;
    return true;
}

static bool is_hard_end(struct str s)
{
    return s.len > 0 && memchr(",:;", s.ptr[s.len - 1], 3) != NULL;
}

struct spellings {
    struct spelling *items;
    size_t count, cap;
};

static void spell(struct compiler *c, struct str text, bool exact,
    struct where at, struct spellings *out)
{
    struct phrases phrases = {0};
    struct str rest = text;
    struct slot slot;
    bool hard = false;

    (void)VEC_PUSH(c->a, &phrases);
    while (str_trim(rest).len > 0) {
        struct str whole = next_slot(&rest, &slot);
        slot.hard = hard;
        if (!add_slot(c, &phrases, &slot, at))
            return;
        hard = is_hard_end(whole);
    }
    size_t told = 0;
    for (size_t i = 0; i < phrases.count; i++) {
        if (phrases.items[i].count == 0)
            continue;
        *VEC_PUSH(c->a, out) = (struct spelling){
            phrase_add(c, &phrases.items[i]),
            exact ? overlay_exact(c->a, text) : 0};
        told++;
    }
    if (told == 0)
        problem_add(c->problems, at, "empty-entry", NULL,
            "'" STR_FMT "' holds no word", STR_ARG(text));
}

/* ---- entries ------------------------------------------------------------------------ */

static struct pack_list put_tags(
    struct compiler *c, const struct entry *e, const struct names *allowed)
{
    struct pack_list list = {(uint32_t)c->out.facts.count, 0};
    for (size_t i = 0; i < e->tag_count; i++) {
        bool known = !allowed;
        for (size_t k = 0; allowed && k < allowed->count; k++)
            known |= str_eq(allowed->items[k].text, e->tags[i].name);
        if (!known)
            problem_add(c->problems, e->tags[i].at, "unknown-tag",
                "add it to the lexicon's tags:",
                "the lexicon has no tag '" STR_FMT "'",
                STR_ARG(e->tags[i].name));
        *VEC_PUSH(c->a, &c->out.facts) = (struct pack_fact){
            .id = fact_number(c, e->tags[i].name, true),
            .number = e->tags[i].number};
    }
    list.end = (uint32_t)c->out.facts.count;
    return list;
}

static struct made_entry *entry_make(struct compiler *c,
    const struct entry *e, const struct names *tags, bool exact)
{
    struct made_entry *made = ARENA_NEW(c->a, struct made_entry, 1);
    struct spellings spellings = {0};

    for (size_t i = 0; i < e->spelling_count; i++) {
        if (exact && str_find_byte(e->spellings[i], '~') < e->spellings[i].len)
            problem_add(c->problems, e->at, "exact-forms",
                "write its forms out, as they are written",
                "words of `case: exact` have no ~");
        spell(c, e->spellings[i], exact, e->at, &spellings);
    }
    made->index = (uint32_t)c->out.entries.count;
    made->spellings = spellings.items;
    made->count = spellings.count;
    made->first = e->spelling_count ? e->spellings[0] : STR("");
    struct pack_entry out = {
        .text = put_text(c, made->first),
        .better = put_text(c, e->better),
    };
    out.tags = put_tags(c, e, tags);
    if (out.tags.end - out.tags.beg > PACK_TAGS_MAX)
        problem_add(c->problems, e->at, "many-tags", NULL,
            "an entry has more than %d tags", PACK_TAGS_MAX);
    made->tags = pack_tags(out.tags);
    *VEC_PUSH(c->a, &c->out.entries) = out;
    return made;
}

/* ---- lexicons -------------------------------------------------------------------------- */

static uint32_t lexicon_new(
    struct compiler *c, struct str name, struct where at)
{
    *VEC_PUSH(c->a, &c->out.lexicons) = (struct pack_lexicon){
        .name = put_text(c, name), .at = put_where(c, at)};
    (void)VEC_PUSH(c->a, &c->lexicons);
    return (uint32_t)c->out.lexicons.count - 1;
}

static void lexicon_push(
    struct compiler *c, uint32_t lexicon, struct made_entry *e)
{
    *VEC_PUSH(c->a, &c->lexicons.items[lexicon]) = e;
}

static bool shares_phrase(const struct made_entry *a, const struct spellings *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->spellings[i].phrase == b->items[k].phrase)
                return true;
    return false;
}

static void lexicon_drop(
    struct compiler *c, uint32_t lexicon, struct str phrase, struct where at)
{
    struct made_lexicon *l = &c->lexicons.items[lexicon];
    struct spellings barred = {0};
    size_t kept = 0;
    spell(c, phrase, false, at, &barred);
    for (size_t i = 0; i < l->count; i++)
        if (!shares_phrase(l->items[i], &barred))
            l->items[kept++] = l->items[i];
    if (kept == l->count)
        problem_warn(c->problems, at, "not-there", NULL,
            "'" STR_FMT "' is left out but not there", STR_ARG(phrase));
    l->count = kept;
}

static void lexicon_include(struct compiler *c, uint32_t lexicon,
    struct part *part, struct name from)
{
    struct part *other = part_find(c, from.text);
    /* A lexicon that includes itself extends the one it replaces. */
    if (other == part)
        other = part->older;
    if (!other || other->type != PART_LEXICON) {
        unknown_name(c, from.at, "lexicon", from.text, NULL);
        return;
    }
    uint32_t index = lexicon_part(c, other);
    if (index == PACK_NONE)
        return;
    size_t count = c->lexicons.items[index].count;
    *VEC_PUSH(c->a, &c->includes) = (struct pack_list){index, lexicon};
    for (size_t i = 0; i < count; i++)
        lexicon_push(c, lexicon, c->lexicons.items[index].items[i]);
}

uint32_t lexicon_part(struct compiler *c, struct part *part)
{
    const struct lexicon *l = part->data;
    if (part->state == PART_BUSY) {
        problem_add(c->problems, part->name.at, "circle", NULL,
            "the lexicon includes itself through others");
        return PACK_NONE;
    }
    if (part->state == PART_DONE)
        return part->index;
    part->state = PART_BUSY;
    uint32_t index = lexicon_new(c, part->name.text, part->name.at);
    part->index = index;
    for (size_t i = 0; i < l->entries.count; i++)
        lexicon_push(c, index,
            entry_make(c, &l->entries.items[i], &l->tags, l->exact));
    lexicon_lint(c, index, &l->entries);
    for (size_t i = 0; i < l->include.count; i++)
        lexicon_include(c, index, part, l->include.items[i]);
    for (size_t i = 0; i < l->except.count; i++)
        for (size_t k = 0; k < l->except.items[i].spelling_count; k++)
            lexicon_drop(c, index, l->except.items[i].spellings[k],
                l->except.items[i].at);
    part->state = PART_DONE;
    return index;
}

uint32_t lexicon_inline(struct compiler *c, const struct entries *entries,
    bool exact, struct where at)
{
    uint32_t index = lexicon_new(c, STR(""), at);
    for (size_t i = 0; i < entries->count; i++)
        lexicon_push(
            c, index, entry_make(c, &entries->items[i], NULL, exact));
    lexicon_lint(c, index, entries);
    return index;
}

const struct made_entry *lexicon_entry(
    struct compiler *c, uint32_t lexicon, struct str phrase)
{
    const struct made_lexicon *l = &c->lexicons.items[lexicon];
    struct spellings wanted = {0};
    spell(c, phrase, false, (struct where){0}, &wanted);
    for (size_t i = 0; i < l->count; i++)
        if (shares_phrase(l->items[i], &wanted))
            return l->items[i];
    return NULL;
}

/* ---- into the pack ------------------------------------------------------------------------ */

struct loose_member {
    uint32_t phrase;
    struct pack_member m;
    struct pack_note note;
};

static int compare_members(const void *a, const void *b)
{
    const struct loose_member *x = a, *y = b;
    if (x->phrase != y->phrase)
        return x->phrase < y->phrase ? -1 : 1;
    if (x->m.lexicon != y->m.lexicon)
        return x->m.lexicon < y->m.lexicon ? -1 : 1;
    /* An entry of any case goes before one of exact case. */
    if ((x->note.exact == 0) != (y->note.exact == 0))
        return x->note.exact == 0 ? -1 : 1;
    if (x->m.entry != y->m.entry)
        return x->m.entry < y->m.entry ? -1 : 1;
    return 0;
}

/* order: of each phrase made, its number in the pack. */
static void put_members(struct compiler *c, const uint32_t *order)
{
    SECTION(struct loose_member) all = {0};
    for (uint32_t i = 0; i < c->lexicons.count; i++) {
        const struct made_lexicon *l = &c->lexicons.items[i];
        for (size_t k = 0; k < l->count; k++)
            for (size_t n = 0; n < l->items[k]->count; n++)
                *VEC_PUSH(c->a, &all) = (struct loose_member){
                    order[l->items[k]->spellings[n].phrase],
                    {i, l->items[k]->index},
                    {l->items[k]->spellings[n].exact, l->items[k]->tags}};
    }
    if (all.count == 0)
        return;
    qsort(all.items, all.count, sizeof *all.items, compare_members);
    for (size_t i = 0; i < all.count; i++) {
        struct pack_phrase *p = &c->out.phrases.items[all.items[i].phrase];
        const struct loose_member *before = i ? &all.items[i - 1] : NULL;
        if (!before || before->phrase != all.items[i].phrase)
            p->members.beg = p->members.end = (uint32_t)c->out.members.count;
        else if (before->m.lexicon == all.items[i].m.lexicon &&
            before->note.exact == all.items[i].note.exact)
            continue; /* one entry has a phrase; the first keeps it */
        struct loose_member one = all.items[i];
        if (one.note.exact || one.note.tags)
            one.m.entry |= PACK_NOTED;
        *VEC_PUSH(c->a, &c->out.members) = one.m;
        *VEC_PUSH(c->a, &c->out.notes) = one.note;
        p->members.end = (uint32_t)c->out.members.count;
    }
}

static void put_includes(struct compiler *c)
{
    uint32_t *within = ARENA_NEW(c->a, uint32_t, c->includes.count + 1);
    for (uint32_t i = 0; i < c->out.lexicons.count; i++) {
        size_t count = 0;
        for (size_t k = 0; k < c->includes.count; k++)
            if (c->includes.items[k].beg == i)
                within[count++] = c->includes.items[k].end;
        c->out.lexicons.items[i].within = put_index(c, within, count);
    }
}

/* ---- numbers of words and nodes: what is common stands in front ------------------- */

enum { NEVER_USED = 1 << 30, USES_COMMON = 1 << 20 };

struct word_order {
    uint32_t rank, index; /* the least rank stands first */
};

/* The examples of a pack are posts as people write them. */
static void count_uses(struct compiler *c)
{
    enum { TOKENS = 512 };
    struct token *tokens = ARENA_NEW(c->a, struct token, TOKENS);
    for (size_t i = 0; i < c->out.examples.count; i++) {
        struct pack_str text = c->out.examples.items[i].text;
        size_t count = text_phrase(c->a,
            (struct str){c->out.text.items + text.off, text.len}, tokens, TOKENS);
        for (size_t k = 0; k < count && k < TOKENS; k++) {
            const uint32_t *id = map_find(&c->word_of, tokens[k].word);
            if (id && c->words.items[*id - 1].uses < USES_COMMON - 1)
                c->words.items[*id - 1].uses++;
        }
    }
}

static int compare_orders(const void *a, const void *b)
{
    const struct word_order *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Ids from 1: words that begin phrases, the commonest first, then those that stand
   in phrases only. All others have none. */
static void number_words(struct compiler *c)
{
    size_t count = c->words.count;
    struct word_order *order = ARENA_NEW(c->a, struct word_order, count + 1);
    for (uint32_t i = 0; i < count; i++)
        order[i] = (struct word_order){UINT32_MAX, i};
    for (size_t i = 0; i < c->edges.count; i++)
        if (c->edges.items[i].node == 0) {
            uint32_t word = (c->edges.items[i].word >> 1) - 1;
            order[word].rank = NEVER_USED - c->words.items[word].uses;
        }
    if (count)
        qsort(order, count, sizeof *order, compare_orders);
    uint32_t id = 0;
    for (size_t i = 0; i < count; i++) {
        struct made_word *w = &c->words.items[order[i].index];
        w->id = w->flags & WORD_LEXICON ? ++id : 0;
    }
    if (id > WORD_ID_MAX)
        problem_add(c->problems, (struct where){0}, "many-words", NULL,
            "the lexicons hold more than %u words", (unsigned)WORD_ID_MAX);
}

static uint32_t pack_word_of(const struct compiler *c, uint32_t made)
{
    return c->words.items[(made >> 1) - 1].id << 1 | (made & 1);
}

static int compare_edges(const void *a, const void *b)
{
    const struct made_edge *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* Nodes in the order of their depth, children of one node side by side. Writes the
   numbers that phrases get by that order. */
static void put_nodes(struct compiler *c, uint32_t *phrase_order)
{
    size_t count = c->edges.count;
    struct made_edge *edges = ARENA_NEW(c->a, struct made_edge, count + 1);
    uint32_t *first = ARENA_NEW(c->a, uint32_t, count + 2);
    uint32_t *made = ARENA_NEW(c->a, uint32_t, count + 1); /* node -> its own */
    uint32_t phrases = 0;
    for (size_t i = 0; i < count; i++) {
        edges[i] = c->edges.items[i];
        edges[i].word = pack_word_of(c, edges[i].word);
    }
    if (count)
        qsort(edges, count, sizeof *edges, compare_edges);
    for (size_t i = 0; i < count; i++)
        first[edges[i].node + 1]++;
    for (size_t i = 0; i <= count; i++)
        first[i + 1] += first[i];
    *VEC_PUSH(c->a, &c->out.nodes) = (struct pack_node){0, PACK_NONE, 1};
    for (size_t node = 0; node < c->out.nodes.count; node++) {
        uint32_t own = made[node];
        c->out.nodes.items[node].kids = (uint32_t)c->out.nodes.count;
        for (uint32_t i = first[own]; i < first[own + 1]; i++) {
            made[c->out.nodes.count] = edges[i].child;
            struct pack_node kid = {edges[i].word, PACK_NONE, 0};
            if (edges[i].phrase != PACK_NONE)
                phrase_order[edges[i].phrase] = kid.phrase = phrases++;
            *VEC_PUSH(c->a, &c->out.nodes) = kid;
        }
    }
    uint32_t end = (uint32_t)c->out.nodes.count;
    *VEC_PUSH(c->a, &c->out.nodes) = (struct pack_node){0, PACK_NONE, end};
}

static void put_phrases(struct compiler *c)
{
    uint32_t *order = ARENA_NEW(c->a, uint32_t, c->phrase_count + 1);
    put_nodes(c, order);
    for (size_t i = 0; i < c->phrase_count; i++)
        *VEC_PUSH(c->a, &c->out.phrases) = (struct pack_phrase){{0, 0}, {0, 0}};
    put_members(c, order);
}

/* ---- tables of words ----------------------------------------------------------------- */

struct slots {
    uint64_t *items;
    size_t count, cap;
};

/* Three quarters full at most. */
static struct slots slots_new(struct compiler *c, size_t words)
{
    size_t size = words + words / 3 + 16;
    return (struct slots){ARENA_NEW(c->a, uint64_t, size), size, size};
}

static void slots_put(
    struct compiler *c, const struct slots *s, const struct made_word *w)
{
    uint32_t at = word_slot_find(s->items, (uint32_t)s->count, w->hash);
    if (s->items[at] != 0)
        problem_add(c->problems, (struct where){0}, "same-hash",
            "leave one of its words out",
            "two words of the lexicons cannot be told from each other");
    s->items[at] = word_slot(w->hash, w->id, w->flags);
}

static void put_words(struct compiler *c)
{
    size_t common = 0;
    for (size_t i = 0; i < c->words.count; i++)
        common += c->words.items[i].uses > 0;
    struct slots hot = slots_new(c, common);
    struct slots cold = slots_new(c, c->words.count - common);
    for (size_t i = 0; i < c->words.count; i++) {
        const struct made_word *w = &c->words.items[i];
        slots_put(c, w->uses ? &hot : &cold, w);
    }
    c->out.common.items = hot.items;
    c->out.common.count = c->out.common.cap = hot.count;
    c->out.words.items = cold.items;
    c->out.words.count = c->out.words.cap = cold.count;
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void put_english(struct compiler *c)
{
    for (size_t i = 0; i < c->words.count; i++)
        if (c->words.items[i].flags & WORD_ENGLISH)
            *VEC_PUSH(c->a, &c->out.english) = c->words.items[i].hash;
    if (c->out.english.count)
        qsort(c->out.english.items, c->out.english.count,
            sizeof *c->out.english.items, compare_hashes);
}

static void add_words(struct compiler *c, struct str rest, uint32_t flags)
{
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        struct str word = str_trim(str_cut(cut.head, '/').head);
        word = str_cut(word, ' ').head;
        rest = cut.tail;
        /* A dictionary's names begin with a capital, its comments with #. */
        if (word.len == 0 || !byte_is_lower(word.ptr[0]))
            continue;
        word = text_fold(c->a, word);
        uint32_t id = word_id(c, word, flags);
        const uint32_t *percent = map_find(&c->common, word);
        if (percent && flags & WORD_COMMON)
            c->words.items[id - 1].uses = (*percent + 1) * USES_COMMON;
    }
}

/* Words of a pack made before have no spelling, only their hash. */
static void copy_english(struct compiler *c)
{
    const struct pack *p = c->in->forms_of;
    struct map known = {0};
    for (size_t i = 0; p && i < c->words.count; i++) {
        struct str key = {(const char *)&c->words.items[i].hash, 8};
        *map_put(c->a, &known, arena_copy(c->a, key), NULL) = (uint32_t)i;
    }
    for (uint32_t i = 0; p && i < p->english_count; i++) {
        struct str key = {(const char *)&p->english[i], 8};
        uint32_t *at = map_find(&known, key);
        if (at)
            c->words.items[*at].flags |= WORD_ENGLISH;
        else
            *VEC_PUSH(c->a, &c->words) = (struct made_word){
                .hash = p->english[i], .flags = WORD_ENGLISH};
    }
}

void words_finish(struct compiler *c)
{
    add_words(c, c->in->common_words, WORD_COMMON | WORD_ENGLISH);
    add_words(c, c->in->english, WORD_ENGLISH);
    copy_english(c);
    count_uses(c);
    number_words(c);
    put_phrases(c);
    put_includes(c);
    put_words(c);
    put_english(c);
}
