/* SPDX-License-Identifier: MIT */
/*
 * inflect.c - word~ to its inflected forms.
 *
 * Forms are built by the spelling rules of English and kept where hunspell's
 * dictionary knows them; a dictionary alone cannot list the forms of a word.
 * Irregular forms (went, shrank) are aliases in the word lists.
 */
#include "author/inflect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "author/speller.h"
#include "base/buf.h"

struct inflect {
    struct speller *speller;
};

struct inflect *inflect_new(struct err *err)
{
    struct inflect *i = calloc(1, sizeof *i);
    if (!i) {
        (void)err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
        return NULL;
    }
    i->speller = speller_new(err);
    if (i->speller)
        return i;
    free(i);
    return NULL;
}

void inflect_free(struct inflect *i)
{
    if (!i)
        return;
    speller_free(i->speller);
    free(i);
}

enum { WORD_MAX = 40 };

bool inflect_knows(struct inflect *i, struct str word)
{
    char z[WORD_MAX + 8];
    if (word.len >= sizeof z)
        return false;
    memcpy(z, word.ptr, word.len);
    z[word.len] = '\0';
    return speller_knows(i->speller, z);
}

struct forms {
    struct inflect *i;
    struct buf out;
    bool sure; /* the word itself is of the dictionary: so must forms be */
};

static void offer(struct forms *f, struct str stem, const char *ending)
{
    char word[WORD_MAX + 8];
    int len = snprintf(word, sizeof word, STR_FMT "%s", STR_ARG(stem), ending);
    if (len <= 0 || (size_t)len >= sizeof word)
        return;
    struct str form = {word, (size_t)len};
    if (f->sure && !inflect_knows(f->i, form))
        return;
    buf_addc(&f->out, ' ');
    buf_add(&f->out, form);
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* stop, quit: the last consonant may double. */
static bool may_double(struct str w)
{
    return w.len >= 3 && !is_vowel(w.ptr[w.len - 1]) &&
           is_vowel(w.ptr[w.len - 2]) && !strchr("wxyh", w.ptr[w.len - 1]);
}

static void offer_all(struct forms *f, struct str w)
{
    struct str cut = str_part(w, 0, w.len - 1);
    char last = w.ptr[w.len - 1];
    char before = w.len > 1 ? w.ptr[w.len - 2] : 'a';

    if (last == 'y' && !is_vowel(before)) {
        offer(f, cut, "ies");
        offer(f, cut, "ied");
        offer(f, w, "ing");
        return;
    }
    bool hisses = last == 's' || last == 'x' || last == 'z' || last == 'o' ||
                  (last == 'h' && (before == 'c' || before == 's'));
    if (hisses)
        offer(f, w, "es");
    if (!hisses || last == 'o')
        offer(f, w, "s");
    if (last == 'e') {
        offer(f, w, "d");
        offer(f, cut, "ing");
        return;
    }
    if (may_double(w)) {
        char past[4] = {last, 'e', 'd', '\0'};
        char present[5] = {last, 'i', 'n', 'g', '\0'};
        if (f->sure) {
            offer(f, w, past);
            offer(f, w, present);
        }
    }
    offer(f, w, "ed");
    offer(f, w, "ing");
}

struct str inflect_forms(struct inflect *i, struct arena *a, struct str word)
{
    struct forms f = {.i = i};
    buf_add(&f.out, word);
    if (word.len >= 2 && word.len < WORD_MAX) {
        f.sure = inflect_knows(i, word);
        offer_all(&f, word);
    }
    struct str out = arena_copy(a, buf_str(&f.out));
    buf_free(&f.out);
    return out;
}
