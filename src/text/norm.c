/* SPDX-License-Identifier: MIT */
/*
 * norm.c - normalising text.
 *
 * What keeps its bytes is copied in long runs (simd.h), the usual characters
 * beside it are in a table (pointmap.h), and utf8proc sees only what is left
 * (point.h). What changes:
 *
 *   CRLF, CR, other line ends   \n
 *   tabs, no-break blanks       one blank; a blank behind a blank is dropped
 *   curly quotes, primes        ' and "
 *   dashes                      - for hyphens and inside words and numbers,
 *                               U+2014 for other en and em dashes
 *   compatibility forms         plain ones: full width, mathematical, ligatures
 *   look-alikes                 Latin, inside a word that has Latin letters too
 *   hidden characters           nothing, and a note that they were there
 *   letter and accent           one character, in words of other scripts too
 *   selectors, skin, key caps   nothing
 *   HTML entities               what they stand for
 *
 * Both forms keep the same offsets: a letter whose lower case has another
 * number of bytes is put folded into both.
 *
 * "Ｇａｒｌｉｃ&nbsp; cures" is "Garlic cures": six replacements of three bytes by
 * one, one of six by one, a dropped blank and a copy of five bytes.
 */
#include "text/norm.h"

#include <string.h>

#include "base/limits.h"
#include "base/vec.h"
#include "text/line.h"
#include "text/pointmap.h"
#include "text/simd.h"
#include "text/utf8.h"

/* ---- writing ------------------------------------------------------------ */

static void grow(struct norm *n, size_t more)
{
    size_t cap = n->cap * 2;
    if (cap < n->len + more + SIMD_SLACK)
        cap = n->len + more + SIMD_SLACK;
    char *cased = ARENA_NEW(n->arena, char, cap);
    char *folded = ARENA_NEW(n->arena, char, cap);
    memcpy(cased, n->cased, n->len);
    memcpy(folded, n->folded, n->len);
    n->cased = cased;
    n->folded = folded;
    n->cap = cap;
}

static inline void reserve(struct norm *n, size_t more)
{
    if (more + SIMD_SLACK > n->cap - n->len)
        grow(n, more);
}

static void put_both(struct norm *n, const char *cased, size_t cased_len,
    const char *folded, size_t len)
{
    reserve(n, len);
    memcpy(n->cased + n->len, cased_len == len ? cased : folded, len);
    memcpy(n->folded + n->len, folded, len);
    n->len += len;
}

static inline void put_byte(struct norm *n, char c)
{
    reserve(n, 1);
    n->cased[n->len] = c;
    n->folded[n->len++] = byte_lower(c);
}

static inline char last_byte(const struct norm *n)
{
    return n->len ? n->folded[n->len - 1] : '\n';
}

static uint32_t last_point(const struct norm *n)
{
    size_t at = n->len;
    uint32_t point = 0;
    while (at > 0 && utf8_is_tail(n->folded[--at]))
        continue;
    return n->len && utf8_decode(
                         (struct str){n->folded + at, n->len - at}, &point)
               ? point
               : '\n';
}

static void note_hidden(struct norm *n, size_t at, bool alike)
{
    if (n->hidden_count == n->hidden_cap)
        vec_grow(n->arena, (void **)(void *)&n->hidden, &n->hidden_cap,
            n->hidden_count, sizeof *n->hidden, _Alignof(struct norm_hidden));
    n->hidden[n->hidden_count++] = (struct norm_hidden){(uint32_t)at, alike};
}

/* ---- one run ------------------------------------------------------------ */

struct run_in {
    uint32_t field;
    struct str text; /* what to read */
    uint32_t source; /* offset of text in the field */
    bool replaced;   /* text is not the source: all maps to whole */
    struct span whole;
    /* The word looked at last: where it lies, and whether it mixes scripts. */
    struct span word;
    bool mixed;
};

static void map_copy(
    struct norm *n, const struct run_in *r, size_t beg, size_t len)
{
    if (r->replaced)
        offmap_put(n->map, r->field, r->whole, (uint32_t)len);
    else
        offmap_copy(n->map, r->field, r->source + (uint32_t)beg, (uint32_t)len);
}

static void map_put(
    struct norm *n, const struct run_in *r, size_t beg, size_t size, size_t len)
{
    struct span source = {
        r->source + (uint32_t)beg, r->source + (uint32_t)(beg + size)};
    offmap_put(
        n->map, r->field, r->replaced ? r->whole : source, (uint32_t)len);
}

/* ---- look-alikes -------------------------------------------------------- */

enum { WORD_REACH = 64 }; /* bytes; longer words are looked at in pieces */

/* Size of the letter at i, 0 if there is none. */
static size_t letter_at(struct str s, size_t i, uint32_t *point)
{
    size_t size = i < s.len ? utf8_decode(str_from(s, i), point) : 0;
    struct point_form form;
    if (size == 0 || *point < 0x80)
        return size && byte_is_alpha((char)*point) ? size : 0;
    if (pointmap_is_letter(*point))
        return size;
    if (pointmap_kind(*point) != POINTMAP_RARE)
        return 0; /* it hides nothing */
    point_normalise(*point, &form);
    return form.hides ? size : 0;
}

/* Finds the word around the letter at i, and whether it has Latin letters. */
static void look_at_word(struct run_in *r, size_t i)
{
    uint32_t point = 0;
    size_t beg = i, end = i, size;

    r->mixed = false;
    while (beg > 0 && i - beg < WORD_REACH) {
        size_t before = beg - 1;
        while (before > 0 && utf8_is_tail(r->text.ptr[before]))
            before--;
        if (letter_at(r->text, before, &point) == 0)
            break;
        r->mixed |= point < 0x250;
        beg = before;
    }
    while (
        end - i < WORD_REACH && (size = letter_at(r->text, end, &point)) != 0) {
        r->mixed |= point < 0x250;
        end += size;
    }
    r->word = (struct span){(uint32_t)beg, (uint32_t)end};
}

static bool in_mixed_word(struct run_in *r, size_t i)
{
    if (i < r->word.beg || i >= r->word.end)
        look_at_word(r, i);
    return r->mixed;
}

/* TNF-alpha, beta-hCG and the like are written with a Greek letter at an end
   of the word and hide nothing. */
static bool is_scientific(
    const struct run_in *r, size_t at, size_t size, uint32_t point)
{
    return point < 0x0400 && (at == r->word.beg || at + size == r->word.end);
}

/* ---- single characters -------------------------------------------------- */

/* A joiner between two emoji makes one of them. */
static bool joins_emoji(const struct norm *n, struct str rest)
{
    uint32_t point = 0;
    return pointmap_is_emoji(last_point(n)) && utf8_decode(rest, &point) &&
           pointmap_is_emoji(point);
}

/* A dash without blanks: 18-25, the doctor-patient trust. An em dash between
   words parts them, between digits it does not. */
static bool is_hyphen(const struct norm *n, struct str rest, uint32_t point)
{
    char before = last_byte(n), after = rest.len ? rest.ptr[0] : ' ';
    if (point < POINT_FIGURE_DASH || point > POINT_EM_DASH)
        return false;
    return point == POINT_EM_DASH ? byte_is_digit(before) && byte_is_digit(after)
                            : byte_is_alnum(before) && byte_is_alnum(after);
}

static void put_point(
    struct norm *n, struct run_in *r, size_t at, size_t size, uint32_t point)
{
    struct point_form form;
    size_t beg = n->len;
    char latin = point_alike(point), part = point_parting(point);

    if (latin && in_mixed_word(r, at)) {
        put_byte(n, latin);
        map_put(n, r, at, size, 1);
        if (!is_scientific(r, at, size, point))
            note_hidden(n, beg, true);
        return;
    }
    struct str rest = str_from(r->text, at + size);
    point_normalise(is_hyphen(n, rest, point) ? '-' : point, &form);
    if (point == POINT_JOINER && joins_emoji(n, rest)) {
        put_both(n, r->text.ptr + at, size, r->text.ptr + at, size);
        map_copy(n, r, at, size);
        return;
    }
    if (form.hides)
        note_hidden(n, n->len, false);
    if (form.folded_len == 0)
        return;
    if (form.folded[0] == ' ' && form.folded_len == 1 && last_byte(n) == ' ')
        return;
    if (part && byte_is_alnum(last_byte(n)))
        put_byte(n, part);
    put_both(n, form.cased, form.cased_len, form.folded, form.folded_len);
    if (n->len - beg == size &&
        memcmp(n->cased + beg, r->text.ptr + at, size) == 0)
        map_copy(n, r, at, size);
    else
        map_put(n, r, at, size, n->len - beg);
}

/* Both first bytes of U+0300 to U+036F, and of some letters. */
static bool mark_follows(struct str s, size_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xFE) == 0xCC;
}

static void put_same(struct norm *n, const struct run_in *r, size_t at,
    const struct pointmap_row *row)
{
    for (size_t i = 0; i < row->len; i++) {
        n->cased[n->len + i] = r->text.ptr[at + i];
        n->folded[n->len + i] = (char)(r->text.ptr[at + i] ^ row->folded[i]);
    }
    n->len += row->len;
    map_copy(n, r, at, row->len);
}

/* The usual characters, as the table has them; false if it is not so simple. No
   mark follows. */
static bool put_known(
    struct norm *n, struct run_in *r, size_t at, size_t size, uint32_t point)
{
    if (point >= POINTMAP_END)
        return false;
    const struct pointmap_row *row = pointmap_row(point);
    switch ((enum pointmap_kind)row->kind) {
    case POINTMAP_RARE:
        return false;
    case POINTMAP_ALIKE:
        if (in_mixed_word(r, at))
            return false;
        PL_FALLTHROUGH;
    case POINTMAP_SAME:
        put_same(n, r, at, row);
        return true;
    case POINTMAP_DASH:
        if (is_hyphen(n, str_from(r->text, at + size), point))
            return false;
        PL_FALLTHROUGH;
    case POINTMAP_TEXT:
        break;
    }
    bool blank = row->len == 1 && row->folded[0] == ' ';
    if (row->len > 0 && !(blank && last_byte(n) == ' ')) {
        memcpy(n->cased + n->len, row->cased, sizeof row->cased);
        memcpy(n->folded + n->len, row->folded, sizeof row->folded);
        n->len += row->len;
        if (point == POINT_EM_DASH) /* the one that becomes itself */
            map_copy(n, r, at, size);
        else
            map_put(n, r, at, size, row->len);
    }
    return true;
}

/* A character with the marks behind it; marks that make no character with it
   are dropped. Returns the bytes read. */
static size_t put_marked(
    struct norm *n, struct run_in *r, size_t at, size_t size, uint32_t point)
{
    size_t end = at + size, beg = n->len;
    uint32_t mark, whole;
    bool struck = false;

    if (point_is_mark(point))
        return size; /* over nothing */
    while (mark_follows(r->text, end)) {
        size_t more = utf8_decode(str_from(r->text, end), &mark);
        if (more == 0 || !point_is_mark(mark))
            break;
        if ((whole = point_compose(point, mark)) != 0)
            point = whole;
        else
            struck = true;
        end += more;
    }
    put_point(n, r, at, end - at, point);
    if (struck && n->len > beg)
        note_hidden(n, beg, true);
    return end - at;
}

/* ---- entities ----------------------------------------------------------- */

struct entity {
    const char *name;
    uint32_t point;
};

static const struct entity entities[] = {
    {"amp", '&'},
    {"apos", '\''},
    {"bull", 0x2022},
    {"euro", 0x20AC},
    {"gt", '>'},
    {"hellip", 0x2026},
    {"ldquo", 0x201C},
    {"lsquo", 0x2018},
    {"lt", '<'},
    {"mdash", 0x2014},
    {"nbsp", 0xA0},
    {"ndash", 0x2013},
    {"pound", 0xA3},
    {"quot", '"'},
    {"rdquo", 0x201D},
    {"rsquo", 0x2019},
    {"shy", 0xAD},
    {"zwj", 0x200D},
    {"zwnj", 0x200C},
};

enum { ENTITY_MOST = 10 };

static int digit_value(char c, bool hex)
{
    if (byte_is_digit(c))
        return c - '0';
    char low = byte_lower(c);
    return hex && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* #39, #x27; 0 if it is no character that a text may hold. */
static uint32_t numbered_point(struct str name)
{
    bool hex = name.len > 1 && byte_lower(name.ptr[1]) == 'x';
    uint32_t point = 0;
    size_t at = hex ? 2 : 1;
    if (at >= name.len)
        return 0;
    for (; at < name.len; at++) {
        int digit = digit_value(name.ptr[at], hex);
        if (digit < 0 || point > 0x10FFFF)
            return 0;
        point = point * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) ? 0 : point;
}

/* Bytes of the entity at the start of s, 0 if there is none. */
static size_t entity_read(struct str s, uint32_t *point)
{
    size_t end = 1;
    while (end < s.len && end <= ENTITY_MOST && s.ptr[end] != ';')
        end++;
    if (end >= s.len || s.ptr[end] != ';')
        return 0;
    struct str name = str_part(s, 1, end);
    *point = str_starts(name, STR("#")) ? numbered_point(name) : 0;
    for (size_t i = 0; i < PL_COUNT(entities) && *point == 0; i++)
        if (str_eqz(name, entities[i].name))
            *point = entities[i].point;
    return *point ? end + 1 : 0;
}

/* ---- runs --------------------------------------------------------------- */

static void put_plain(
    struct norm *n, const struct run_in *r, size_t at, size_t size, char c)
{
    if (c != ' ' || last_byte(n) != ' ') {
        put_byte(n, c);
        map_put(n, r, at, size, 1);
    }
}

/* The ASCII byte at which a run of plain ones stopped. */
static size_t put_odd_ascii(struct norm *n, struct run_in *r, size_t at)
{
    struct str s = r->text;
    uint32_t point = '&';
    size_t size = 1;

    switch (s.ptr[at]) {
    case '\t':
        if (last_byte(n) != ' ') {
            put_byte(n, ' ');
            map_copy(n, r, at, 1);
        }
        return 1;
    case '\0':
        n->ill = true;
        break;
    case '\r':
        size += at + 1 < s.len && s.ptr[at + 1] == '\n';
        put_plain(n, r, at, size, '\n');
        return size;
    case '&':
        size = entity_read(str_from(s, at), &point);
        if (size > 0 && point >= 0x80)
            put_point(n, r, at, size, point);
        else if (size > 0)
            put_plain(n, r, at, size, point < ' ' ? ' ' : (char)point);
        else
            put_plain(n, r, at, size = 1, '&');
        return size;
    default:
        break;
    }
    put_plain(n, r, at, 1, ' ');
    return 1;
}

/* The character at which a run of plain ones stopped: the bytes read, 0 if they
   are no character. */
static size_t put_odd(struct norm *n, struct run_in *r, size_t at)
{
    struct str rest = {r->text.ptr + at, r->text.len - at};
    uint32_t point = 0;
    if ((unsigned char)rest.ptr[0] < 0x80 && !byte_is_alnum(rest.ptr[0]))
        return put_odd_ascii(n, r, at);
    size_t size = utf8_decode(rest, &point);
    if (size > 0 && (mark_follows(rest, size) ||
                        !put_known(n, r, at, size, point)))
        size = put_marked(n, r, at, size, point);
    return size;
}

/* Of so many bytes: those before the character that a mark behind them belongs
   to. */
static size_t without_marked(struct str s, size_t len)
{
    size_t beg = len;
    if (len == 0 || !mark_follows(s, len))
        return len;
    do
        beg--;
    while (beg > 0 && utf8_is_tail(s.ptr[beg]));
    return (unsigned char)s.ptr[beg] >= 0x80 || byte_is_alnum(s.ptr[beg]) ? beg
                                                                          : len;
}

/* The size of the character at the start of s if it is one that stays, else 0.
   Its lower case is made of its bytes, which stand at folded. */
static inline size_t fold_same(struct str s, char *folded)
{
    uint32_t point;
    size_t size = utf8_decode(s, &point);
    if (size == 0 || point >= POINTMAP_END)
        return 0;
    const struct pointmap_row *row = pointmap_row(point);
    if (row->kind != POINTMAP_SAME)
        return 0;
    for (size_t i = 0; i < sizeof row->folded; i++)
        folded[i] ^= row->folded[i];
    return size;
}

/* Of a step: where the first character is that does not stay, or that goes on
   behind the step, or where the step ends. *odd: it does not stay. */
static inline size_t pass_same(
    struct str s, struct simd_step step, char *folded, bool *odd)
{
    uint32_t stops = step.stops;
    while (stops) {
        size_t i = (size_t)__builtin_ctz(stops), at = step.beg + i, size = 0;
        if ((unsigned char)s.ptr[at] >= 0x80)
            size =
                fold_same((struct str){s.ptr + at, s.len - at}, folded + at);
        *odd = size == 0;
        if (size == 0 || i + size > step.size)
            return at;
        stops &= (uint32_t)(UINT64_MAX << (i + size));
    }
    return step.beg + step.size;
}

static void put_run(struct norm *n, struct run_in *r)
{
    struct str s = r->text;
    size_t at = 0, size = 1;

    while (at < s.len && size > 0) {
        struct str rest = {s.ptr + at, s.len - at};
        bool odd = false;
        reserve(n, rest.len);
        char *folded = n->folded + n->len;
        struct simd_step step = simd_copy(
            rest, last_byte(n) == ' ', n->cased + n->len, folded);
        size_t end = pass_same(rest, step, folded, &odd);
        size_t len = without_marked(rest, end);
        n->len += len;
        map_copy(n, r, at, len);
        at += len;
        if (odd || len < end)
            at += size = put_odd(n, r, at);
    }
    n->ill |= at < s.len;
}

/* ---- documents ---------------------------------------------------------- */

static struct where place_in(struct str bytes, size_t at)
{
    struct line_place place = line_place_of(bytes, at);
    return (struct where){.line = place.line, .col = place.col};
}

bool norm_check(struct str bytes, struct err *err)
{
    if (bytes.len > LIMIT_POST_MAX)
        return err_set(err, ERR_SIZE, (struct where){0},
            "the text is larger than %d bytes", LIMIT_POST_MAX);
    size_t bad = utf8_check(bytes);
    if (bad < bytes.len)
        return err_set(err, ERR_UTF8, place_in(bytes, bad),
            "the text is not UTF-8 (byte %zu)", bad + 1);
    size_t nul = str_find_byte(bytes, '\0');
    if (nul < bytes.len)
        return err_set(err, ERR_NUL, place_in(bytes, nul),
            "the text holds a NUL byte (byte %zu)", nul + 1);
    return true;
}

/* The bytes that a run is read from. */
static struct str run_text(
    const struct doc *doc, const struct doc_part *part, uint32_t i)
{
    const struct doc_run *run = &part->runs[i];
    return run->text.ptr ? run->text
                         : str_part(doc->fields[part->field].bytes,
                               run->source.beg, run->source.end);
}

static void put_part(struct norm *n, const struct doc *doc, uint32_t index)
{
    const struct doc_part *part = &doc->parts[index];

    n->parts[index].at.beg = (uint32_t)n->len;
    for (uint32_t i = 0; i < part->run_count; i++) {
        const struct doc_run *run = &part->runs[i];
        struct run_in in = {
            .field = part->field,
            .text = run_text(doc, part, i),
            .source = run->source.beg,
            .replaced = run->text.ptr != NULL,
            .whole = run->source,
        };
        put_run(n, &in);
    }
    n->parts[index].at.end = (uint32_t)n->len;
    /* Parts are parted; the newline stands for nothing of the author's. */
    uint32_t end =
        part->run_count ? part->runs[part->run_count - 1].source.end : 0;
    put_byte(n, '\n');
    offmap_put(n->map, part->field, (struct span){end, end}, 1);
}

/* Is all of a field read as it stands? Then reading it tells whether it is ill. */
static bool is_read_whole(const struct doc *doc, uint32_t field)
{
    const struct doc_part *part = doc->parts;
    struct str bytes = doc->fields[field].bytes;
    for (uint32_t i = 0; i < doc->part_count; i++, part++)
        if (part->field == field && part->run_count == 1 &&
            !part->runs[0].text.ptr && part->runs[0].source.beg == 0 &&
            part->runs[0].source.end == bytes.len)
            return bytes.len <= LIMIT_POST_MAX;
    return false;
}

static bool check_fields(const struct doc *doc, struct err *err)
{
    for (uint32_t i = 0; i < doc->field_count; i++)
        if (!doc->fields[i].lines && !norm_check(doc->fields[i].bytes, err))
            return false;
    return true;
}

static bool are_checked(const struct doc *doc)
{
    for (uint32_t i = 0; i < doc->field_count; i++)
        if (!doc->fields[i].lines && !is_read_whole(doc, i))
            return false;
    return true;
}

static void start(struct norm *n, struct arena *a, const struct doc *doc)
{
    size_t size = SIMD_SLACK + 1;
    for (uint32_t i = 0; i < doc->part_count; i++) {
        const struct doc_part *part = &doc->parts[i];
        size++;
        for (uint32_t k = 0; k < part->run_count; k++) {
            const struct doc_run *run = &part->runs[k];
            size += run->text.ptr ? run->text.len
                                  : run->source.end - run->source.beg;
        }
    }
    *n = (struct norm){
        .arena = a,
        .map = offmap_new(a),
        .parts = ARENA_NEW(a, struct norm_part, doc->part_count),
        .cased = ARENA_NEW(a, char, 2 * size),
        .cap = size,
    };
    n->folded = n->cased + size;
}

bool norm_doc(
    struct arena *a, const struct doc *doc, struct norm *n, struct err *err)
{
    if (!are_checked(doc) && !check_fields(doc, err))
        return false;
    start(n, a, doc);
    for (uint32_t i = 0; i < doc->part_count; i++)
        put_part(n, doc, i);
    if (n->ill && !check_fields(doc, err))
        return false;
    reserve(n, 1); /* and as many bytes more as simd.h reads */
    n->cased[n->len] = n->folded[n->len] = '\0';
    return true;
}
