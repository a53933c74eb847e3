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
#include "text/text.h"

enum { PHRASES_MAX = 512 }; /* of one spelling */

/* ---- words and phrases ------------------------------------------------------ */

static uint32_t word_id(struct compiler *c, struct str word, uint32_t flags)
{
    bool is_new;
    uint32_t *id = map_put(c->a, &c->word_of, word, &is_new);
    if (is_new) {
        *VEC_PUSH(c->a, &c->out.words) = (struct pack_word){
            .hash = str_hash(word),
            .id = (uint32_t)c->out.words.count,
        };
        *id = (uint32_t)c->out.words.count;
    }
    c->out.words.items[*id - 1].flags |= flags;
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
        *edge = (uint32_t)c->out.edges.count;
        *VEC_PUSH(c->a, &c->out.edges) =
            (struct pack_edge){node, word, ++c->node_count, PACK_NONE};
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
        node = c->out.edges.items[edge].child;
    }
    struct pack_edge *last = &c->out.edges.items[edge];
    if (last->phrase == PACK_NONE) {
        last->phrase = (uint32_t)c->out.phrases.count;
        *VEC_PUSH(c->a, &c->out.phrases) = (struct pack_phrase){{0, 0}, {0, 0}};
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
};

static int compare_members(const void *a, const void *b)
{
    const struct loose_member *x = a, *y = b;
    if (x->phrase != y->phrase)
        return x->phrase < y->phrase ? -1 : 1;
    if (x->m.lexicon != y->m.lexicon)
        return x->m.lexicon < y->m.lexicon ? -1 : 1;
    /* An entry of any case goes before one of exact case. */
    if ((x->m.exact == 0) != (y->m.exact == 0))
        return x->m.exact == 0 ? -1 : 1;
    if (x->m.entry != y->m.entry)
        return x->m.entry < y->m.entry ? -1 : 1;
    return 0;
}

static void put_members(struct compiler *c)
{
    SECTION(struct loose_member) all = {0};
    for (uint32_t i = 0; i < c->lexicons.count; i++) {
        const struct made_lexicon *l = &c->lexicons.items[i];
        for (size_t k = 0; k < l->count; k++)
            for (size_t n = 0; n < l->items[k]->count; n++)
                *VEC_PUSH(c->a, &all) = (struct loose_member){
                    l->items[k]->spellings[n].phrase,
                    {i, l->items[k]->index,
                        l->items[k]->spellings[n].exact}};
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
            before->m.exact == all.items[i].m.exact)
            continue; /* one entry has a phrase; the first keeps it */
        *VEC_PUSH(c->a, &c->out.members) = all.items[i].m;
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

static size_t table_size(size_t count)
{
    size_t size = 16;
    while (size < count * 2)
        size *= 2;
    return size;
}

static void hash_words(struct compiler *c)
{
    size_t count = c->out.words.count, size = table_size(count);
    struct pack_word *slots = ARENA_NEW(c->a, struct pack_word, size);
    for (size_t i = 0; i < count; i++) {
        size_t at = (uint32_t)c->out.words.items[i].hash & (size - 1);
        while (slots[at].id != 0)
            at = (at + 1) & (size - 1);
        slots[at] = c->out.words.items[i];
    }
    c->out.words.items = slots;
    c->out.words.count = c->out.words.cap = size;
}

/* The same mixing as in engine/phrase.c. */
static void hash_edges(struct compiler *c)
{
    size_t count = c->out.edges.count, size = table_size(count);
    struct pack_edge *slots = ARENA_NEW(c->a, struct pack_edge, size);
    for (size_t i = 0; i < count; i++) {
        struct pack_edge e = c->out.edges.items[i];
        size_t at = (e.node * 0x9E3779B1u ^ e.word * 0x85EBCA6Bu) & (size - 1);
        while (slots[at].child != 0)
            at = (at + 1) & (size - 1);
        slots[at] = e;
    }
    c->out.edges.items = slots;
    c->out.edges.count = c->out.edges.cap = size;
}

static void add_words(struct compiler *c, struct str rest, uint32_t flags)
{
    while (rest.len > 0) {
        struct str_cut cut = str_cut(rest, '\n');
        struct str word = str_trim(str_cut(cut.head, '/').head);
        word = str_cut(word, ' ').head;
        rest = cut.tail;
        /* A dictionary's names begin with a capital, its comments with #. */
        if (word.len > 0 && byte_is_lower(word.ptr[0]))
            (void)word_id(c, text_fold(c->a, word), flags);
    }
}

/* Words of a pack made before have no spelling, only their hash. */
static void copy_english(struct compiler *c)
{
    const struct pack *p = c->in->forms_of;
    struct map known = {0};
    for (size_t i = 0; p && i < c->out.words.count; i++) {
        struct str key = {(const char *)&c->out.words.items[i].hash, 8};
        *map_put(c->a, &known, arena_copy(c->a, key), NULL) = (uint32_t)i;
    }
    for (uint32_t i = 0; p && i < p->words_count; i++) {
        struct str key = {(const char *)&p->words[i].hash, 8};
        uint32_t *at = map_find(&known, key);
        if (!(p->words[i].flags & WORD_ENGLISH))
            continue;
        if (at)
            c->out.words.items[*at].flags |= WORD_ENGLISH;
        else
            *VEC_PUSH(c->a, &c->out.words) = (struct pack_word){
                .hash = p->words[i].hash,
                .id = (uint32_t)c->out.words.count,
                .flags = WORD_ENGLISH};
    }
}

void words_finish(struct compiler *c)
{
    put_members(c);
    put_includes(c);
    add_words(c, c->in->common_words, WORD_COMMON | WORD_ENGLISH);
    add_words(c, c->in->english, WORD_ENGLISH);
    copy_english(c);
    hash_words(c);
    hash_edges(c);
}
