/* SPDX-License-Identifier: MIT */
/* file.c - files of one post or of many, for front ends. */
#include "api/file.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "api/fail.h"
#include "input/reader.h"
#include "text/line.h"
#include "text/norm.h"

struct pl_file {
    struct arena *arena;
    struct str name, input;
    struct str text;
    struct pl_part *parts; /* null: the file is one post */
    struct err *errors;    /* of each; ERR_NONE: it can be read */
    size_t count;
};

bool pl_input_at(size_t index, const char **name, const char **about,
    const char **endings)
{
    const struct reader *r = reader_at(index);
    if (!r)
        return false;
    *name = r->name;
    *about = r->about;
    *endings = r->endings;
    return true;
}

void pl_file_free(struct pl_file *file)
{
    if (!file)
        return;
    arena_free(file->arena);
    free(file);
}

static const struct reader *reader_of(
    const struct pl_file_options *o, struct err *err)
{
    const struct reader *r = o->input ? reader_find(str_of(o->input))
        : o->name                     ? reader_guess(o->name)
                                      : NULL;
    if (!r && o->input)
        (void)err_set(err, ERR_USAGE, (struct where){0},
            "no input format is called '%s'", o->input);
    return r || o->input ? r : reader_find(STR("text"));
}

static bool is_utf16(struct str s)
{
    return s.len >= 2 &&
        ((s.ptr[0] == '\xFF' && s.ptr[1] == '\xFE') ||
            (s.ptr[0] == '\xFE' && s.ptr[1] == '\xFF'));
}

static struct str name_of(
    struct arena *a, const char *given, const char *usual)
{
    return arena_copy(a, str_of(given ? given : usual));
}

static void keep_items(struct pl_file *f, const struct items *items)
{
    f->parts = ARENA_NEW(f->arena, struct pl_part, items->count + 1);
    f->errors = ARENA_NEW(f->arena, struct err, items->count + 1);
    f->count = items->count;
    for (size_t i = 0; i < items->count; i++) {
        f->parts[i].item = items->items[i];
        f->errors[i] = items->items[i].err;
    }
}

static bool split(struct pl_file *f, const struct reader *r,
    const struct pl_file_options *o, struct err *err)
{
    struct doc_field *field = ARENA_NEW(f->arena, struct doc_field, 1);
    struct line_index *lines = ARENA_NEW(f->arena, struct line_index, 1);
    struct record_names names = {
        name_of(f->arena, o->text_field, "text"),
        name_of(f->arena, o->id_field, "id"),
    };
    struct items items = {0};

    if (!norm_check(f->text, err))
        return false;
    *lines = line_index_counted(f->arena, f->text);
    *field = (struct doc_field){"text", f->text, lines};
    if (!r->split(f->arena, field, &names, &items, err))
        return false;
    if (items.records > 0 && items.texts == 0)
        return err_set(err, ERR_RECORDS, (struct where){0},
            "no record has a field '" STR_FMT "' (--text-field)",
            STR_ARG(names.text));
    keep_items(f, &items);
    return true;
}

static bool read_file(
    struct pl_file *f, const struct pl_file_options *o, struct err *err)
{
    const struct reader *r = reader_of(o, err);
    if (!r)
        return false;
    f->name = name_of(f->arena, o->name, "-");
    f->text = arena_copy(f->arena, (struct str){o->text, o->text_len});
    /* Nobody asked for a format: the platform may still name one. */
    if (o->input || (o->name && reader_guess(o->name)))
        f->input = str_of(r->name);
    if (is_utf16(f->text))
        return err_set(err, ERR_UTF16, (struct where){0},
            "the text is UTF-16; save it as UTF-8");
    if (r->split)
        return split(f, r, o, err);
    f->count = 1;
    return true;
}

struct pl_file *pl_file_new(
    const struct pl_file_options *options, struct pl_error *error)
{
    struct pl_file *volatile f = calloc(1, sizeof *f);
    struct err err = {0};
    jmp_buf back;

    if (!f || !(f->arena = arena_new(0))) {
        pl_file_free(f);
        api_fail_memory(error);
        return NULL;
    }
    arena_on_failure(f->arena, api_jump, &back);
    if (setjmp(back)) {
        pl_file_free(f);
        api_fail_memory(error);
        return NULL;
    }
    if (!read_file(f, options, &err)) {
        pl_file_free(f);
        api_fail(error, &err);
        return NULL;
    }
    arena_on_failure(f->arena, NULL, NULL);
    return f;
}

static const char *fact(struct str value)
{
    return value.len ? value.ptr : NULL;
}

bool pl_file_at(const struct pl_file *file, size_t index,
    struct pl_post *post, struct pl_error *error)
{
    if (index >= file->count)
        return false;
    *error = (struct pl_error){0};
    *post = (struct pl_post){
        .name = file->name.ptr,
        .text = file->text.ptr,
        .text_len = file->text.len,
        .input = fact(file->input),
    };
    if (!file->parts)
        return true;
    const struct pl_part *part = &file->parts[index];
#define X(member, key) post->member = fact(part->item.member);
    ITEM_LIST(X)
#undef X
    post->part = part;
    if (file->errors[index].code != ERR_NONE)
        (void)api_fail(error, &file->errors[index]);
    return true;
}
