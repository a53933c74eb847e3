/* SPDX-License-Identifier: MIT */
/* detect_text.c - tags, quotes, emoji, hidden characters, names of files. */
#include <string.h>

#include "match/detector.h"

void detect_hashtag(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->tag_count; i++) {
        const struct tag *tag = &in->text->tags[i];
        struct hit *h = hit_bytes(in, out, tag->at);
        hit_add_fact(in, h, FACT_WORDS, tag->tok_end - tag->tok_beg);
        hit_add_fact(in, h, FACT_RUN, tag->run);
        hit_add_fact(in, h, FACT_POSITION, tag->place);
    }
}

void detect_quote(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->quote_count; i++) {
        if (!in->text->quotes[i].doubled)
            continue;
        struct hit *h = hit_bytes(in, out, in->text->quotes[i].at);
        hit_add_fact(in, h, FACT_WORDS, h->tok_end - h->tok_beg);
    }
}

void detect_emoji(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count; i++)
        if (in->text->tokens[i].kind == TOKEN_EMOJI)
            (void)hit_tokens(in, out, i, i + 1);
}

void detect_hidden(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->hidden_count; i++)
        (void)hit_bytes(in, out, in->text->hidden[i].at);
}

/* ---- file names -------------------------------------------------------- */

static bool is_file_end(struct str s)
{
    static const char *const ends[] = {"jpg", "jpeg", "png", "heic", "webp",
        "tif", "tiff", "gif", "bmp", "pdf", "doc", "docx", "ppt", "pptx", "key",
        "pages", "odt", "odp", "rtf", "txt", "xls", "xlsx", "csv", "dcm", "nii",
        "dicom", "mp4", "mov", "avi", "m4a", "mp3", "wav", "zip", "eml", "msg"};
    for (size_t i = 0; i < PL_COUNT(ends); i++)
        if (str_eqz(s, ends[i]))
            return true;
    return false;
}

static bool is_file_byte(char c)
{
    return byte_is_alnum(c) || c == '_' || c == '-' || (c & 0x80);
}

/* A word of a file's name that is somebody's: of a list of names and no plain
   word, or of no list at all. */
static bool is_name_part(const struct detect_in *in, uint32_t i)
{
    const struct token *t = &in->text->tokens[i];
    double common;
    const struct hit *h = lexicon_at(in, DETECT_FIRST_NAMES, i);
    if (!h)
        h = lexicon_at(in, DETECT_SURNAMES, i);
    if (t->kind != TOKEN_WORD || t->word.len < 3 ||
        token_in(in, i,
            WORDS("img", "dsc", "dscn", "pxl", "vid", "mov", "mvimg", "gopr",
                "dcim", "scan", "doc", "pdf", "screenshot", "rota", "xray",
                "mri", "ecg", "ekg", "usg", "dnacpr", "ppt", "cpd", "nhs")))
        return false;
    return h ? !hit_has(h, FACT_COMMON_WORD, &common) : is_unknown_word(in, i);
}

void detect_file(const struct detect_in *in, struct hits *out)
{
    struct str s = in->text->folded;
    for (uint32_t i = 1; i < s.len; i++) {
        uint32_t beg = i, end = i + 1;
        double names = 0;
        if (s.ptr[i] != '.' || !is_file_byte(s.ptr[i - 1]))
            continue;
        while (end < s.len && byte_is_alnum(s.ptr[end]))
            end++;
        if (!is_file_end(str_part(s, i + 1, end)))
            continue;
        while (beg > 0 && is_file_byte(s.ptr[beg - 1]))
            beg--;
        struct hit *h = hit_bytes(in, out, (struct span){beg, end});
        for (uint32_t k = h->tok_beg;
             k < h->tok_end && in->text->tokens[k].at.end <= i; k++)
            names += is_name_part(in, k);
        hit_add_fact(in, h, FACT_WORDS, h->tok_end - h->tok_beg);
        hit_add_fact(in, h, FACT_NAMES, names);
    }
}
