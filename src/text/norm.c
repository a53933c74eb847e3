/* SPDX-License-Identifier: MIT */
/*
 * norm.c - normalising text.
 *
 * ASCII goes through a table, one copy for a whole run; utf8proc sees only the
 * other characters. What changes:
 *
 *   CRLF, CR, other line ends   \n
 *   no-break and other blanks   one blank
 *   curly quotes, primes        ' and "
 *   dashes                      U+2014 for en and em dash, - for hyphens
 *   compatibility forms         plain ones: full width, mathematical, ligatures
 *   look-alikes                 Latin, inside a word that has Latin letters too
 *   hidden characters           nothing, and a note that they were there
 *   variation selectors, skin   nothing
 *   HTML entities               what they stand for
 *
 * Both forms keep the same offsets: a letter whose lower case has another number
 * of bytes is put folded into both.
 */
#include "text/norm.h"

#include <string.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "text/utf8.h"

/* ---- writing ---------------------------------------------------------------- */

static void reserve(struct norm *n, size_t more)
{
    if (n->len + more + 1 <= n->cap)
        return;
    size_t cap = n->cap ? n->cap : 256;
    while (cap < n->len + more + 1)
        cap *= 2;
    char *cased = ARENA_NEW(n->arena, char, cap);
    char *folded = ARENA_NEW(n->arena, char, cap);
    if (n->len) {
        memcpy(cased, n->cased, n->len);
        memcpy(folded, n->folded, n->len);
    }
    n->cased = cased;
    n->folded = folded;
    n->cap = cap;
}

static void put_ascii(struct norm *n, struct str s)
{
    reserve(n, s.len);
    memcpy(n->cased + n->len, s.ptr, s.len);
    char *out = n->folded + n->len;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        out[i] = (char)(c | ((unsigned char)(c - 'A') < 26 ? 0x20 : 0));
    }
    n->len += s.len;
}

static void put_both(struct norm *n, struct str cased, struct str folded)
{
    reserve(n, folded.len);
    memcpy(n->cased + n->len, cased.len == folded.len ? cased.ptr : folded.ptr,
        folded.len);
    memcpy(n->folded + n->len, folded.ptr, folded.len);
    n->len += folded.len;
}

/* ---- single characters ---------------------------------------------------------- */

struct swap {
    uint32_t first, last;
    const char *text;
};

/* Sorted; an empty text drops the character. */
static const struct swap swaps[] = {
    {0x0085, 0x0085, "\n"},
    {0x00A0, 0x00A0, " "},
    {0x00AD, 0x00AD, ""},
    {0x00B4, 0x00B4, "'"},
    {0x034F, 0x034F, ""},
    {0x061C, 0x061C, ""},
    {0x1680, 0x1680, " "},
    {0x180B, 0x180E, ""},
    {0x2000, 0x200A, " "},
    {0x200B, 0x200F, ""},
    {0x2010, 0x2011, "-"},
    {0x2012, 0x2015, "\xE2\x80\x94"},
    {0x2018, 0x201B, "'"},
    {0x201C, 0x201F, "\""},
    {0x2026, 0x2026, "..."},
    {0x2028, 0x2029, "\n"},
    {0x202A, 0x202E, ""},
    {0x202F, 0x202F, " "},
    {0x2032, 0x2032, "'"},
    {0x2033, 0x2033, "\""},
    {0x205F, 0x205F, " "},
    {0x2060, 0x2064, ""},
    {0x2066, 0x206F, ""},
    {0x2212, 0x2212, "-"},
    {0x3000, 0x3000, " "},
    {0xFE00, 0xFE0F, ""},
    {0xFEFF, 0xFEFF, ""},
    {0x1F3FB, 0x1F3FF, ""},
    {0xE0000, 0xE0FFF, ""},
};

static const struct swap *swap_find(uint32_t point)
{
    size_t low = 0, high = PL_COUNT(swaps);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (point > swaps[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    return low < PL_COUNT(swaps) && point >= swaps[low].first ? &swaps[low]
                                                               : NULL;
}

/* Not selectors and skin tones, which belong to emoji, nor the joiner between
   emoji; those say nothing of a wish to hide. */
static bool is_hiding(uint32_t point)
{
    return point == 0x00AD || point == 0x180E ||
        (point >= 0x200B && point <= 0x200F && point != 0x200D) ||
        (point >= 0x202A && point <= 0x202E) ||
        (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF;
}

struct alike {
    uint16_t point;
    char latin;
};

/* Cyrillic and Greek letters that look like Latin ones; sorted. */
static const struct alike alikes[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'},
    {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'},
    {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03B1, 'a'},
    {0x03B5, 'e'}, {0x03B9, 'i'}, {0x03BA, 'k'}, {0x03BD, 'v'}, {0x03BF, 'o'},
    {0x03C1, 'p'}, {0x03C4, 't'}, {0x03C5, 'u'}, {0x03C7, 'x'}, {0x0405, 'S'},
    {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'},
    {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'},
    {0x0421, 'C'}, {0x0422, 'T'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'},
    {0x043A, 'k'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0443, 'y'},
    {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x0501, 'd'},
};

static char alike_find(uint32_t point)
{
    size_t low = 0, high = PL_COUNT(alikes);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (alikes[mid].point < point)
            low = mid + 1;
        else
            high = mid;
    }
    return low < PL_COUNT(alikes) && alikes[low].point == point
        ? alikes[low].latin
        : 0;
}

/* Does the word around offset i of s hold an ASCII letter as well? */
static bool is_mixed(struct str s, size_t i)
{
    for (size_t k = i; k > 0; k--) {
        if (byte_is_alpha(s.ptr[k - 1]))
            return true;
        if ((unsigned char)s.ptr[k - 1] < 0x80)
            break;
    }
    for (size_t k = i; k < s.len; k++) {
        if (byte_is_alpha(s.ptr[k]))
            return true;
        if ((unsigned char)s.ptr[k] < 0x80)
            break;
    }
    return false;
}

struct out { /* what one character becomes */
    char cased[64], folded[64];
    size_t cased_len, folded_len;
};

static void out_point(struct out *out, uint32_t point)
{
    if (out->cased_len + 4 > sizeof out->cased ||
        out->folded_len + 4 > sizeof out->folded)
        return;
    uint32_t lower =
        (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
    out->cased_len += utf8_encode(point, out->cased + out->cased_len);
    out->folded_len += utf8_encode(lower, out->folded + out->folded_len);
}

/* Compatibility decomposition, then composition of what it gives: full-width
   and mathematical letters, ligatures, circled digits. */
static void out_compatible(struct out *out, uint32_t point)
{
    utf8proc_int32_t points[32];
    int last = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)point, points, 32,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last);
    if (count <= 0 || count > 32) {
        out_point(out, point);
        return;
    }
    if (count > 1) {
        utf8proc_ssize_t composed = utf8proc_normalize_utf32(points, count,
            UTF8PROC_COMPOSE | UTF8PROC_STABLE);
        if (composed > 0)
            count = composed;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        out_point(out, (uint32_t)points[i]);
}

/* A letter and the combining mark behind it as one character, if there is
   one; *size grows by the mark. */
static uint32_t compose_next(struct str s, size_t at, size_t *size,
    uint32_t point)
{
    uint32_t mark;
    while (at + *size < s.len) {
        size_t more = utf8_decode(str_from(s, at + *size), &mark);
        if (more == 0 || mark < 0x0300 || mark > 0x036F)
            break;
        utf8proc_int32_t pair[2] = {
            (utf8proc_int32_t)point, (utf8proc_int32_t)mark};
        if (utf8proc_normalize_utf32(
                pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) != 1)
            break;
        point = (uint32_t)pair[0];
        *size += more;
    }
    return point;
}

/* ---- runs ------------------------------------------------------------------------ */

struct run_in {
    uint32_t field;
    struct str text;    /* what to read */
    uint32_t source;    /* offset of text in the field */
    bool replaced;      /* text is not the source: all maps to whole */
    struct span whole;
};

static void map_copy(
    struct norm *n, const struct run_in *r, size_t beg, size_t len)
{
    if (r->replaced)
        offmap_put(n->map, r->field, r->whole, (uint32_t)len);
    else
        offmap_copy(n->map, r->field, r->source + (uint32_t)beg, (uint32_t)len);
}

static void map_put(struct norm *n, const struct run_in *r, size_t beg,
    size_t size, size_t len)
{
    struct span source = {
        r->source + (uint32_t)beg, r->source + (uint32_t)(beg + size)};
    offmap_put(n->map, r->field, r->replaced ? r->whole : source,
        (uint32_t)len);
}

static void note_hidden(struct norm *n)
{
    if (n->hidden_count == n->hidden_cap)
        vec_grow(n->arena, (void **)(void *)&n->hidden, &n->hidden_cap,
            n->hidden_count, sizeof *n->hidden,
            _Alignof(struct norm_hidden));
    n->hidden[n->hidden_count++] = (struct norm_hidden){(uint32_t)n->len};
}

static void put_point(
    struct norm *n, const struct run_in *r, size_t at, size_t size,
    uint32_t point)
{
    const struct swap *swap = swap_find(point);
    struct out out = {0};
    char latin;

    if (swap) {
        struct str text = str_of(swap->text);
        put_both(n, text, text);
        map_put(n, r, at, size, text.len);
        if (is_hiding(point))
            note_hidden(n);
        return;
    }
    if ((latin = alike_find(point)) != 0 && is_mixed(r->text, at)) {
        char folded = byte_lower(latin);
        put_both(n, (struct str){&latin, 1}, (struct str){&folded, 1});
        map_put(n, r, at, size, 1);
        note_hidden(n);
        return;
    }
    out_compatible(&out, point);
    put_both(n, (struct str){out.cased, out.cased_len},
        (struct str){out.folded, out.folded_len});
    map_put(n, r, at, size, out.folded_len);
}

struct entity {
    const char *name;
    const char *text;
};

static const struct entity entities[] = {{"&amp;", "&"}, {"&lt;", "<"},
    {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"},
    {"&nbsp;", " "}, {"&pound;", "GBP"}, {"&hellip;", "..."},
    {"&ndash;", "-"}, {"&mdash;", "-"}, {"&rsquo;", "'"}, {"&lsquo;", "'"},
    {"&ldquo;", "\""}, {"&rdquo;", "\""}};

static size_t put_entity(struct norm *n, const struct run_in *r, size_t at)
{
    for (size_t i = 0; i < PL_COUNT(entities); i++) {
        struct str name = str_of(entities[i].name);
        struct str text = str_of(entities[i].text);
        if (!str_starts(str_from(r->text, at), name))
            continue;
        put_ascii(n, text);
        map_put(n, r, at, name.len, text.len);
        return name.len;
    }
    return 0;
}

/* Plain ASCII up to the next byte that needs a thought. */
static size_t plain_end(struct str s, size_t at)
{
    while (at < s.len) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c >= 0x80 || c == '\r' || c == '&' || c == '\f' || c == '\v')
            break;
        at++;
    }
    return at;
}

static void put_run(struct norm *n, const struct run_in *r)
{
    struct str s = r->text;
    uint32_t point = 0;
    size_t at = 0;

    reserve(n, s.len);
    while (at < s.len) {
        size_t end = plain_end(s, at);
        if (end > at) {
            /* A combining mark belongs to the letter before it. */
            bool marked = end < s.len && (unsigned char)s.ptr[end] == 0xCC;
            if (marked)
                end--;
            put_ascii(n, str_part(s, at, end));
            map_copy(n, r, at, end - at);
            at = end;
            if (at >= s.len)
                return;
        }
        if (s.ptr[at] == '\r') {
            size_t size = at + 1 < s.len && s.ptr[at + 1] == '\n' ? 2 : 1;
            put_ascii(n, STR("\n"));
            map_put(n, r, at, size, 1);
            at += size;
            continue;
        }
        size_t size = s.ptr[at] == '&' ? put_entity(n, r, at) : 0;
        if (size > 0) {
            at += size;
            continue;
        }
        size = utf8_decode(str_from(s, at), &point);
        if (size == 0)
            return; /* checked before */
        if (point < 0x80 && !(at + 1 < s.len &&
                (unsigned char)s.ptr[at + 1] == 0xCC)) {
            put_ascii(n, str_part(s, at, at + 1));
            map_copy(n, r, at, 1);
        } else {
            point = compose_next(s, at, &size, point);
            put_point(n, r, at, size, point);
        }
        at += size;
    }
}

/* ---- documents ----------------------------------------------------------------------- */

static struct where place_in(struct str bytes, size_t at)
{
    struct where where = {.line = 1, .col = 1};
    for (size_t i = 0; i < at; i++) {
        where.col++;
        if (bytes.ptr[i] == '\n') {
            where.line++;
            where.col = 1;
        }
    }
    return where;
}

static bool check_field(const struct doc_field *f, struct err *err)
{
    size_t nul = str_find_byte(f->bytes, '\0');
    size_t bad = utf8_check(f->bytes);

    if (f->bytes.len > LIMIT_POST_MAX)
        return err_set(err, ERR_SIZE, (struct where){0},
            "the text is larger than %d bytes", LIMIT_POST_MAX);
    if (bad < f->bytes.len)
        return err_set(err, ERR_UTF8, place_in(f->bytes, bad),
            "the text is not UTF-8 (byte %zu)", bad + 1);
    if (nul < f->bytes.len)
        return err_set(err, ERR_NUL, place_in(f->bytes, nul),
            "the text holds a NUL byte (byte %zu)", nul + 1);
    return true;
}

static void put_part(struct norm *n, const struct doc *doc, uint32_t index)
{
    const struct doc_part *part = &doc->parts[index];
    struct str bytes = doc->fields[part->field].bytes;

    n->parts[index].at.beg = (uint32_t)n->len;
    for (uint32_t i = 0; i < part->run_count; i++) {
        const struct doc_run *run = &part->runs[i];
        struct run_in in = {
            .field = part->field,
            .text = run->text,
            .source = run->source.beg,
            .replaced = run->text.ptr != NULL,
            .whole = run->source,
        };
        if (!in.replaced)
            in.text = str_part(bytes, run->source.beg, run->source.end);
        put_run(n, &in);
    }
    n->parts[index].at.end = (uint32_t)n->len;
    /* Parts are parted; the newline stands for nothing of the author's. */
    uint32_t end =
        part->run_count ? part->runs[part->run_count - 1].source.end : 0;
    put_ascii(n, STR("\n"));
    offmap_put(n->map, part->field, (struct span){end, end}, 1);
}

bool norm_doc(struct arena *a, const struct doc *doc, struct norm *n,
    struct err *err)
{
    for (uint32_t i = 0; i < doc->field_count; i++)
        if (!check_field(&doc->fields[i], err))
            return false;
    *n = (struct norm){.arena = a, .map = offmap_new(a)};
    n->parts = ARENA_NEW(a, struct norm_part, doc->part_count + (size_t)1);
    reserve(n, 1);
    for (uint32_t i = 0; i < doc->part_count; i++)
        put_part(n, doc, i);
    n->cased[n->len] = n->folded[n->len] = '\0';
    return true;
}
