/* SPDX-License-Identifier: MIT */
/*
 * speller_hunspell.c - hunspell, loaded when it is first asked for.
 *
 * Linking it would bring the C++ runtime into every start of the program.
 */
#include "author/speller.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct speller {
    void *library;
    void *handle; /* Hunhandle */
    void (*destroy)(void *);
    int (*spell)(void *, const char *);
};

static bool load_library(struct speller *s)
{
    static const char *const names[] = {"libhunspell-1.7.so.0",
        "libhunspell-1.7.so", "libhunspell.so", "libhunspell-1.7.dylib"};
    for (size_t k = 0; k < PL_COUNT(names) && !s->library; k++)
        s->library = dlopen(names[k], RTLD_NOW | RTLD_LOCAL);
    return s->library != NULL;
}

/* ISO C has no cast from an object to a function pointer; POSIX asks for one. */
static bool symbol(struct speller *s, const char *name, void *function)
{
    void *found = dlsym(s->library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static bool open_dictionary(
    struct speller *s, void *(*create)(const char *, const char *))
{
    static const char *const names[] = {"en_GB", "en_US"};
    char aff[64], dic[64];
    for (size_t k = 0; k < PL_COUNT(names); k++) {
        (void)snprintf(aff, sizeof aff, "/usr/share/hunspell/%s.aff", names[k]);
        (void)snprintf(dic, sizeof dic, "/usr/share/hunspell/%s.dic", names[k]);
        s->handle = create(aff, dic);
        /* It gives a speller even where the files are missing. */
        if (s->handle && s->spell(s->handle, "word"))
            return true;
        if (s->handle)
            s->destroy(s->handle);
        s->handle = NULL;
    }
    return false;
}

struct speller *speller_new(struct err *err)
{
    void *(*create)(const char *, const char *);
    struct speller *s = calloc(1, sizeof *s);
    if (!s) {
        (void)err_set(err, ERR_MEMORY, (struct where){0}, "out of memory");
        return NULL;
    }
    if (!load_library(s) || !symbol(s, "Hunspell_create", &create) ||
        !symbol(s, "Hunspell_destroy", &s->destroy) ||
        !symbol(s, "Hunspell_spell", &s->spell)) {
        (void)err_set(err, ERR_RULE, (struct where){0},
            "the hunspell library is not installed");
        speller_free(s);
        return NULL;
    }
    if (!open_dictionary(s, create)) {
        (void)err_set(err, ERR_RULE, (struct where){0},
            "hunspell has no English dictionary (en_GB or en_US)");
        speller_free(s);
        return NULL;
    }
    return s;
}

void speller_free(struct speller *s)
{
    if (!s)
        return;
    if (s->handle)
        s->destroy(s->handle);
    if (s->library)
        dlclose(s->library);
    free(s);
}

bool speller_knows(struct speller *s, const char *word)
{
    return s->spell(s->handle, word) != 0;
}
