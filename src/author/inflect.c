/* SPDX-License-Identifier: MIT */
/*
 * inflect.c - word~ to its inflected forms.
 *
 * Forms are built by the spelling rules of English and kept where hunspell's
 * dictionary knows them; a dictionary alone cannot list the forms of a word.
 * Irregular forms (went, shrank) are aliases in the word lists.
 */
#include "author/inflect.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct inflect {
    void *library;
    void *speller; /* Hunhandle */
    void (*destroy)(void *);
    int (*spell)(void *, const char *);
};

static bool load_library(struct inflect *i)
{
    static const char *const names[] = {"libhunspell-1.7.so.0",
        "libhunspell-1.7.so", "libhunspell.so", "libhunspell-1.7.dylib"};
    for (size_t k = 0; k < PL_COUNT(names) && !i->library; k++)
        i->library = dlopen(names[k], RTLD_NOW | RTLD_LOCAL);
    return i->library != NULL;
}

/* ISO C has no cast from an object to a function pointer; POSIX asks for one. */
static bool symbol(struct inflect *i, const char *name, void *function)
{
    void *found = dlsym(i->library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static bool open_dictionary(
    struct inflect *i, void *(*create)(const char *, const char *))
{
    static const char *const names[] = {"en_GB", "en_US"};
    char aff[64], dic[64];
    for (size_t k = 0; k < PL_COUNT(names); k++) {
        (void)snprintf(aff, sizeof aff, "/usr/share/hunspell/%s.aff", names[k]);
        (void)snprintf(dic, sizeof dic, "/usr/share/hunspell/%s.dic", names[k]);
        i->speller = create(aff, dic);
        /* It gives a speller even where the files are missing. */
        if (i->speller && i->spell(i->speller, "word"))
            return true;
        if (i->speller)
            i->destroy(i->speller);
        i->speller = NULL;
    }
    return false;
}

struct inflect *inflect_new(struct err *err)
{
    void *(*create)(const char *, const char *);
    struct inflect *i = calloc(1, sizeof *i);
    if (!i) {
        (void)err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
        return NULL;
    }
    if (!load_library(i) || !symbol(i, "Hunspell_create", &create) ||
        !symbol(i, "Hunspell_destroy", &i->destroy) ||
        !symbol(i, "Hunspell_spell", &i->spell)) {
        (void)err_set(err, ERR_RULE, (struct where){0},
            "the hunspell library is not installed");
        inflect_free(i);
        return NULL;
    }
    if (!open_dictionary(i, create)) {
        (void)err_set(err, ERR_RULE, (struct where){0},
            "hunspell has no English dictionary (en_GB or en_US)");
        inflect_free(i);
        return NULL;
    }
    return i;
}

void inflect_free(struct inflect *i)
{
    if (!i)
        return;
    if (i->speller)
        i->destroy(i->speller);
    if (i->library)
        dlclose(i->library);
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
    return i->spell(i->speller, z) != 0;
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
