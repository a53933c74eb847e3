/* SPDX-License-Identifier: MIT */
/* drafts.h - from what was named on the command line to single posts, judged. */
#ifndef CLI_DRAFTS_H
#define CLI_DRAFTS_H

#include "cli/lookup.h"

/* How drafts are read, by the options that check and baseline share. */
extern const char *arg_input, *arg_stdin_filename;
extern const char *arg_text_field, *arg_id_field;
extern size_t arg_max_size;
extern bool arg_quiet, arg_verbose;

#define OPTIONS_DRAFTS                                                         \
    {OPT_TEXT, 0, "input", "FORMAT",                                           \
        "how drafts are written, whatever they are called", &arg_input},       \
        {OPT_TEXT, 0, "text-field", "NAME",                                    \
            "key or column of the text in json, jsonl, csv (text)",            \
            &arg_text_field},                                                  \
        {OPT_TEXT, 0, "id-field", "NAME", "key or column of the id (id)",      \
            &arg_id_field},                                                    \
        {OPT_TEXT, 0, "stdin-filename", "NAME",                                \
            "what standard input is called", &arg_stdin_filename},             \
        {OPT_NUMBER, 0, "max-size", "BYTES", "largest draft (1 MiB)",          \
            &arg_max_size},                                                    \
        {OPT_FLAG, 'q', "quiet", NULL, "no words but findings", &arg_quiet},   \
        {OPT_FLAG, 'v', "verbose", NULL, "name each file", &arg_verbose}

struct drafts {
    struct lookup *lookup;
    /* A post of the context's scanner, judged; error null if all went well. */
    void (*post)(void *ctx, struct context *context,
        const struct pl_post *post, const struct pl_error *error);
    /* One that could not even be read; a message has been printed. */
    void (*failed)(
        void *ctx, const char *name, const struct pl_error *error);
    void *ctx;
};

/* Files, folders and "-"; nothing: standard input. */
void drafts_walk(const struct drafts *d, const struct args *args);
/* The files of a patch. */
void drafts_patch(const struct drafts *d, const char *path);

#endif
