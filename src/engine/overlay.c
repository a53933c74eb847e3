/* SPDX-License-Identifier: MIT */
/*
 * overlay.c - a pack with words added and taken away.
 *
 * A new phrase is a path in the trie and a phrase with a member for the lexicon
 * and each that includes it. It proposes every rule that any phrase of these
 * lexicons proposes: the compiler chose, for each rule, whole lexicons as
 * triggers, so a rule that waits for one of them is among these; others may be
 * proposed for nothing, which costs time and changes no finding.
 */
#include "engine/overlay.h"

#include <string.h>

#include "base/limits.h"
#include "engine/words.h"
#include "text/text.h"

#define SECTION(type)                                                          \
    struct {                                                                   \
        type *items;                                                           \
        size_t count, cap;                                                     \
    }

struct overlay {
    struct arena *a;
    struct pack *p; /* points to the arrays below once they differ */
    struct problems *problems;
    SECTION(char) text;
    SECTION(uint32_t) index;
    SECTION(struct pack_phrase) phrases;
    SECTION(struct pack_member) members;
    SECTION(struct pack_note) notes; /* one for each member */
    SECTION(struct pack_entry) entries;
    struct pack_more *more;
    uint32_t last_word, last_node;
};

/* ---- copies -------------------------------------------------------------------- */

#define COPY(o, section)                                                       \
    do {                                                                       \
        size_t count_ = (o)->p->section##_count;                               \
        (o)->section.cap = count_ + count_ / 8 + 64;                           \
        (o)->section.items = arena_alloc((o)->a,                               \
            sizeof *(o)->section.items, _Alignof(max_align_t),                 \
            (o)->section.cap);                                                 \
        if (count_)                                                            \
            memcpy((o)->section.items, (o)->p->section,                        \
                count_ * sizeof *(o)->section.items);                          \
        (o)->section.count = count_;                                           \
    } while (0)

static size_t phrase_words(const struct config_words *words, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += words[i].add.count * LIMIT_PHRASE;
    return most;
}

/* Tables stay at most half full. */
static uint32_t table_size(size_t most)
{
    uint32_t size = 16;
    while (size < most * 2)
        size *= 2;
    return size;
}

/* Room for so many words, which the pack sees from now on. */
static void more_new(struct overlay *o, size_t most)
{
    uint32_t size = table_size(most);
    o->more = ARENA_NEW(o->a, struct pack_more, 1);
    *o->more = (struct pack_more){
        .words = ARENA_NEW(o->a, struct more_word, size),
        .edges = ARENA_NEW(o->a, struct more_edge, size),
        .words_count = size,
        .edges_count = size,
    };
    o->p->more = o->more;
    /* No word of a lexicon has a higher id. */
    for (uint32_t i = 0; i < o->p->nodes_count; i++)
        if (o->p->nodes[i].word >> 1 > o->last_word)
            o->last_word = o->p->nodes[i].word >> 1;
    o->last_node = o->p->nodes_count - 1;
}

static void publish(struct overlay *o)
{
#define PUBLISH(section)                                                       \
    o->p->section = o->section.items;                                          \
    o->p->section##_count = (uint32_t)o->section.count
    PUBLISH(text);
    PUBLISH(index);
    PUBLISH(phrases);
    PUBLISH(members);
    PUBLISH(notes);
    PUBLISH(entries);
#undef PUBLISH
}

/* ---- phrases ------------------------------------------------------------------------ */

struct spelled {
    struct {
        struct str word;
        bool hard;
    } words[LIMIT_PHRASE];
    size_t count;
};

/* As a word list is split: at blanks first; what follows a comma is hard. */
static bool spell(struct arena *a, struct str phrase, struct spelled *out)
{
    struct token tokens[LIMIT_PHRASE];
    struct str rest = str_trim(phrase);
    bool hard = false;
    out->count = 0;
    while (rest.len > 0) {
        struct str slot = str_part(rest, 0, str_find_byte(rest, ' '));
        size_t count = text_phrase(a, slot, tokens, LIMIT_PHRASE);
        if (count > LIMIT_PHRASE - out->count)
            return false;
        for (size_t i = 0; i < count; i++) {
            out->words[out->count].word = tokens[i].word;
            out->words[out->count].hard = i == 0 && hard;
            out->count++;
        }
        hard = memchr(",:;", slot.ptr[slot.len - 1], 3) != NULL;
        rest = str_trim(str_from(rest, slot.len));
    }
    return out->count > 0;
}

/* As engine/phrase.c computes it for what stands in the post. */
uint32_t overlay_exact(struct arena *a, struct str spelling)
{
    struct token tokens[LIMIT_PHRASE];
    uint64_t sum = 0;
    /* Folding keeps lengths, so the cased words stand where the folded do. */
    size_t count = text_phrase(a, spelling, tokens, LIMIT_PHRASE), at = 0;
    for (size_t i = 0; i < count && i < LIMIT_PHRASE; i++) {
        size_t len = tokens[i].word.len;
        while (at + len <= spelling.len &&
            !str_eq_nocase(str_part(spelling, at, at + len), tokens[i].word))
            at++;
        sum = sum * 31 + str_hash(str_part(spelling, at, at + len));
        at += len;
    }
    return pack_exact(sum);
}

static uint32_t word_id(struct overlay *o, struct str word)
{
    uint64_t hash = str_hash(word);
    struct word known = word_find(o->p, hash);
    if (known.id)
        return known.id;
    *more_word_at(o->more, hash) = (struct more_word){
        hash, {++o->last_word, known.flags | WORD_LEXICON}};
    return o->last_word;
}

/* PACK_NONE if the trie has no such path. */
static uint32_t phrase_find(struct overlay *o, const struct spelled *s)
{
    struct trie_at at = {0, PACK_NONE};
    for (size_t i = 0; i < s->count; i++) {
        uint32_t id = word_find(o->p, str_hash(s->words[i].word)).id;
        if (!id || !trie_step(o->p, id << 1 | (uint32_t)s->words[i].hard, &at))
            return PACK_NONE;
    }
    return at.phrase;
}

/* An edge of the pack's stands here once more where a phrase is to end. */
static uint32_t phrase_make(struct overlay *o, const struct spelled *s)
{
    struct trie_at at = {0, PACK_NONE};
    for (size_t i = 0; i < s->count; i++) {
        uint32_t node = at.node;
        uint32_t word = word_id(o, s->words[i].word) << 1 |
            (uint32_t)s->words[i].hard;
        bool is_there = trie_step(o->p, word, &at);
        if (!is_there)
            at.node = ++o->last_node;
        bool ends = i + 1 == s->count && at.phrase == PACK_NONE;
        if (ends) {
            at.phrase = (uint32_t)o->phrases.count;
            *VEC_PUSH(o->a, &o->phrases) = (struct pack_phrase){{0, 0}, {0, 0}};
        }
        if (ends || !is_there)
            *more_edge_at(o->more, node, word) =
                (struct more_edge){node, word, at.node, at.phrase};
    }
    return at.phrase;
}

/* ---- lexicons -------------------------------------------------------------------------- */

/* Marks a lexicon and each that includes it. */
static void mark_within(const struct pack *p, uint32_t lexicon, uint8_t *marks)
{
    if (marks[lexicon])
        return;
    marks[lexicon] = 1;
    struct pack_list list = p->lexicons[lexicon].within;
    for (uint32_t i = list.beg; i < list.end; i++)
        mark_within(p, p->index[i], marks);
}

static uint32_t lexicon_of(struct overlay *o, struct name name)
{
    uint32_t index = pack_lexicon_find(o->p, name.text);
    struct str best = STR("");
    unsigned least = 4;
    if (index != PACK_NONE)
        return index;
    for (uint32_t i = 0; i < o->p->lexicons_count; i++) {
        struct str known = pack_text(o->p, o->p->lexicons[i].name);
        unsigned distance = str_distance(known, name.text, 3);
        if (known.len && distance < least) {
            least = distance;
            best = known;
        }
    }
    struct str fix = best.len
        ? arena_printf(o->a, "did you mean '" STR_FMT "'?", STR_ARG(best))
        : STR("postlint rules list --words NAME shows a lexicon");
    problem_add(o->problems, name.at, "unknown-lexicon", fix.ptr,
        "no lexicon is called '" STR_FMT "'", STR_ARG(name.text));
    return PACK_NONE;
}

/* ---- adding ------------------------------------------------------------------------------ */

static struct pack_list put_told(struct overlay *o, const uint8_t *told)
{
    struct pack_list out = {(uint32_t)o->index.count, 0};
    for (uint32_t i = 0; i < o->p->rules_count; i++)
        if (told[i])
            *VEC_PUSH(o->a, &o->index) = i;
    out.end = (uint32_t)o->index.count;
    return out;
}

/* Rules that phrases of the marked lexicons propose. */
static struct pack_list triggers_of(struct overlay *o, const uint8_t *marks)
{
    uint8_t *told = ARENA_NEW(o->a, uint8_t, o->p->rules_count + (size_t)1);
    for (size_t i = 0; i < o->phrases.count; i++) {
        const struct pack_phrase *ph = &o->phrases.items[i];
        bool ours = false;
        for (uint32_t m = ph->members.beg; m < ph->members.end && !ours; m++)
            ours = marks[o->members.items[m].lexicon] != 0;
        for (uint32_t k = ph->triggers.beg; ours && k < ph->triggers.end; k++)
            told[o->index.items[k]] = 1;
    }
    return put_told(o, told);
}

static struct pack_list both(
    struct overlay *o, struct pack_list a, struct pack_list b)
{
    uint8_t *told = ARENA_NEW(o->a, uint8_t, o->p->rules_count + (size_t)1);
    if (a.beg == a.end)
        return b;
    for (uint32_t k = a.beg; k < a.end; k++)
        told[o->index.items[k]] = 1;
    for (uint32_t k = b.beg; k < b.end; k++)
        told[o->index.items[k]] = 1;
    return put_told(o, told);
}

static bool is_exact(const struct overlay *o, uint32_t lexicon)
{
    bool any = false;
    for (size_t i = 0; i < o->members.count; i++)
        if (o->members.items[i].lexicon == lexicon) {
            if (o->notes.items[i].exact == 0)
                return false;
            any = true;
        }
    return any;
}

static void push_member(
    struct overlay *o, uint32_t lexicon, uint32_t entry, struct str phrase)
{
    struct pack_note note = {
        .exact = is_exact(o, lexicon) ? overlay_exact(o->a, phrase) : 0};
    *VEC_PUSH(o->a, &o->members) = (struct pack_member){lexicon,
        note.exact ? entry | PACK_NOTED : entry};
    *VEC_PUSH(o->a, &o->notes) = note;
}

/* The phrase's members again, at the end and with the new ones, by lexicon. */
static void add_members(struct overlay *o, uint32_t phrase, uint32_t entry,
    struct str text, const uint8_t *marks)
{
    struct pack_list old = o->phrases.items[phrase].members;
    uint32_t beg = (uint32_t)o->members.count, at = old.beg;
    for (uint32_t lexicon = 0; lexicon < o->p->lexicons_count; lexicon++) {
        bool known = false;
        for (; at < old.end && o->members.items[at].lexicon == lexicon; at++) {
            struct pack_member m = o->members.items[at];
            struct pack_note note = o->notes.items[at];
            known |= note.exact == 0;
            *VEC_PUSH(o->a, &o->members) = m;
            *VEC_PUSH(o->a, &o->notes) = note;
        }
        if (marks[lexicon] && !known)
            push_member(o, lexicon, entry, text);
    }
    o->phrases.items[phrase].members =
        (struct pack_list){beg, (uint32_t)o->members.count};
}

static uint32_t entry_make(struct overlay *o, struct str text)
{
    struct pack_entry entry = {
        .text = {(uint32_t)o->text.count, (uint32_t)text.len}};
    for (size_t i = 0; i < text.len; i++)
        *VEC_PUSH(o->a, &o->text) = text.ptr[i];
    *VEC_PUSH(o->a, &o->text) = '\0';
    *VEC_PUSH(o->a, &o->entries) = entry;
    return (uint32_t)o->entries.count - 1;
}

static void add_phrase(struct overlay *o, struct name phrase,
    const uint8_t *marks, struct pack_list triggers)
{
    struct spelled spelled;
    if (!spell(o->a, phrase.text, &spelled)) {
        problem_add(o->problems, phrase.at, "bad-phrase", NULL,
            "a phrase has one word at least and %d at most", LIMIT_PHRASE);
        return;
    }
    uint32_t at = phrase_make(o, &spelled);
    o->phrases.items[at].triggers =
        both(o, o->phrases.items[at].triggers, triggers);
    add_members(o, at, entry_make(o, phrase.text), phrase.text, marks);
}

/* ---- taking away ----------------------------------------------------------------------------- */

/* Every spelling of the entry goes, from every marked lexicon. */
static void drop_entry(
    struct overlay *o, uint32_t entry, const uint8_t *marks)
{
    for (size_t i = 0; i < o->phrases.count; i++) {
        struct pack_list *list = &o->phrases.items[i].members;
        uint32_t kept = list->beg;
        for (uint32_t m = list->beg; m < list->end; m++) {
            struct pack_member member = o->members.items[m];
            if ((member.entry & ~PACK_NOTED) == entry && marks[member.lexicon])
                continue;
            o->notes.items[kept] = o->notes.items[m];
            o->members.items[kept++] = member;
        }
        list->end = kept;
    }
}

static void remove_phrase(struct overlay *o, uint32_t lexicon,
    struct name phrase, const uint8_t *marks)
{
    struct spelled spelled;
    uint32_t at = spell(o->a, phrase.text, &spelled)
        ? phrase_find(o, &spelled)
        : PACK_NONE;
    struct pack_list list = {0, 0};
    if (at != PACK_NONE)
        list = o->phrases.items[at].members;
    for (uint32_t i = list.beg; i < list.end; i++)
        if (o->members.items[i].lexicon == lexicon) {
            drop_entry(o, o->members.items[i].entry & ~PACK_NOTED, marks);
            return;
        }
    problem_add(o->problems, phrase.at, "not-there",
        "postlint rules list --words NAME shows a lexicon",
        "'" STR_FMT "' is to be removed and is not in the lexicon",
        STR_ARG(phrase.text));
}

bool overlay_words(struct arena *a, const struct pack *base,
    const struct config_words *words, size_t count, struct pack *out,
    struct problems *problems)
{
    struct overlay o = {.a = a, .p = out, .problems = problems};
    size_t before = problems->errors;

    *out = *base;
    if (count == 0)
        return true;
    COPY(&o, text);
    COPY(&o, index);
    COPY(&o, phrases);
    COPY(&o, members);
    COPY(&o, notes);
    COPY(&o, entries);
    more_new(&o, phrase_words(words, count));
    for (size_t i = 0; i < count; i++) {
        uint32_t lexicon = lexicon_of(&o, words[i].lexicon);
        uint8_t *marks = ARENA_NEW(a, uint8_t, out->lexicons_count + (size_t)1);
        if (lexicon == PACK_NONE)
            continue;
        mark_within(out, lexicon, marks);
        struct pack_list triggers = triggers_of(&o, marks);
        for (size_t k = 0; k < words[i].remove.count; k++)
            remove_phrase(&o, lexicon, words[i].remove.items[k], marks);
        for (size_t k = 0; k < words[i].add.count; k++)
            add_phrase(&o, words[i].add.items[k], marks, triggers);
    }
    publish(&o);
    return problems->errors == before;
}
