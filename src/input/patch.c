/* SPDX-License-Identifier: MIT */
/*
 * patch.c - a patch of git to the files it makes.
 *
 *     diff --git a/posts/flu.md b/posts/flu.md
 *     index 3b18e51..a042389 100644
 *     --- a/posts/flu.md
 *     +++ b/posts/flu.md
 *     @@ -1,2 +1,2 @@
 *      Flu clinics are open.
 *     -Ask Mrs Patel.
 *     +Ask at the desk.
 *
 * Lines of a hunk are counted, never searched for headers: an added line may
 * well read "+++ b/x". That the text is whole is known from the hunk (it is the
 * only one and begins at line 1) and proved by git's name of the contents in the
 * index line, the SHA-1 of "blob LENGTH", NUL and the text.
 */
#include "input/patch.h"

#include <string.h>

#include "base/sha1.h"
#include "base/vec.h"

#define HOW                                                                    \
    "make it with git diff --unified=2147483647 --full-index --no-color "      \
    "--no-ext-diff --no-textconv, or use git postlint"

enum { NAME_SHOWN = 60 }; /* bytes; a longer one leaves no room for the rest */

struct reading {
    struct arena *a;
    struct str s;
    size_t at;
    uint32_t line; /* of the next line, from 1 */
    struct patch *patch;
    struct err *err;
};

/* What the lines before the hunks say of a file. */
struct head {
    struct str pair;    /* "a/x b/x" of the first line */
    struct str renamed; /* of "rename to", "copy to" */
    struct str name;    /* of "+++", still quoted */
    struct str hash;    /* of the new text, perhaps cut short */
    bool deleted, binary, special;
};

struct hunk {
    uint64_t old_beg, old_left, new_beg, new_left;
};

/* ---- lines -------------------------------------------------------------- */

static bool at_end(const struct reading *r)
{
    return r->at >= r->s.len;
}

static struct str peek_line(const struct reading *r)
{
    return str_cut(str_from(r->s, r->at), '\n').head;
}

static void skip_line(struct reading *r)
{
    r->at += peek_line(r).len + 1;
    r->line++;
}

static bool fail(const struct reading *r, const char *what)
{
    struct where at = {.line = r->line, .col = 1};
    return err_set(r->err, ERR_INPUT, at, "%s", what);
}

static bool fail_part(const struct reading *r, struct str name)
{
    struct where at = {.line = r->line, .col = 1};
    if (name.len > NAME_SHOWN)
        name = STR("a file");
    return err_set(r->err, ERR_INPUT, at,
        "the patch does not show " STR_FMT " as a whole: " HOW, STR_ARG(name));
}

/* The rest of a line that starts with the word. */
static bool take_word(struct str line, struct str word, struct str *rest)
{
    if (!str_starts(line, word))
        return false;
    *rest = str_from(line, word.len);
    return true;
}

/* ---- names -------------------------------------------------------------- */

static char escaped(char c)
{
    static const char from[] = "abtnvfr\"\\", to[] = "\a\b\t\n\v\f\r\"\\";
    const char *at = c ? strchr(from, c) : NULL;
    return at ? to[at - from] : c;
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

/* "caf\303\251 \"x\".md" with its quotes; *rest is what follows. */
static struct str unquote(struct arena *a, struct str s, struct str *rest)
{
    char *out = ARENA_NEW(a, char, s.len);
    size_t len = 0, at = 1;
    while (at < s.len && s.ptr[at] != '"') {
        char c = s.ptr[at++];
        if (c == '\\' && at + 2 < s.len && is_octal(s.ptr[at]) &&
            is_octal(s.ptr[at + 1]) && is_octal(s.ptr[at + 2])) {
            c = (char)((s.ptr[at] - '0') * 64 + (s.ptr[at + 1] - '0') * 8 +
                       (s.ptr[at + 2] - '0'));
            at += 3;
        } else if (c == '\\' && at < s.len) {
            c = escaped(s.ptr[at++]);
        }
        out[len++] = c;
    }
    *rest = str_from(s, at + 1);
    return (struct str){out, len};
}

static struct str plain_name(struct reading *r, struct str s)
{
    struct str rest;
    if (str_starts(s, STR("\"")))
        return unquote(r->a, s, &rest);
    return str_cut(s, '\t').head; /* a tab follows a name with blanks */
}

/* The new name in "a/x b/x": without quotes and blanks known to part them both
   halves are alike. */
static struct str second_of(struct reading *r, struct str pair)
{
    struct str rest;
    if (str_starts(pair, STR("\""))) {
        (void)unquote(r->a, pair, &rest);
        return plain_name(r, str_from(rest, 1));
    }
    size_t quote = str_find(pair, STR(" \""));
    return plain_name(
        r, str_from(pair, quote < pair.len ? quote + 1 : pair.len / 2 + 1));
}

static bool is_prefix(struct str s)
{
    return s.len > 1 && byte_is_lower(s.ptr[0]) && s.ptr[1] == '/';
}

/* Without "b/" (or "w/", "i/" ...), unless the patch was made without: then
   both names begin alike. */
static struct str without_prefix(struct str name, struct str pair)
{
    struct str first = str_starts(pair, STR("\"")) ? str_from(pair, 1) : pair;
    bool both = is_prefix(first) && is_prefix(name);
    return both && first.ptr[0] != name.ptr[0] ? str_from(name, 2) : name;
}

static struct str name_of(struct reading *r, const struct head *h)
{
    struct str name;
    if (h->name.len)
        name = without_prefix(plain_name(r, h->name), h->pair);
    else if (h->renamed.len)
        name = plain_name(r, h->renamed);
    else
        name = without_prefix(second_of(r, h->pair), h->pair);
    return arena_copy(r->a, name);
}

/* ---- the lines before the hunks ----------------------------------------- */

static bool is_special(struct str mode)
{
    return str_starts(mode, STR("120000")) || str_starts(mode, STR("160000"));
}

/* "3b18e51..a042389 100644" */
static void read_index(struct head *h, struct str rest)
{
    struct str_cut mode = str_cut(rest, ' ');
    size_t dots = str_find(mode.head, STR(".."));
    h->hash = str_from(mode.head, dots + 2);
    h->special |= is_special(mode.tail);
}

/* False if the line is none of them. */
static bool read_head_line(struct head *h, struct str line)
{
    static const struct str others[] = {STR_INIT("old mode "),
        STR_INIT("similarity index "), STR_INIT("dissimilarity index "),
        STR_INIT("rename from "), STR_INIT("copy from "), STR_INIT("--- ")};
    struct str rest;
    if (take_word(line, STR("+++ "), &h->name)) {
        h->deleted |= str_eq(h->name, STR("/dev/null"));
    } else if (take_word(line, STR("index "), &rest)) {
        read_index(h, rest);
    } else if (take_word(line, STR("new file mode "), &rest) ||
               take_word(line, STR("new mode "), &rest)) {
        h->special |= is_special(rest);
    } else if (take_word(line, STR("deleted file mode "), &rest)) {
        h->deleted = true;
    } else if (str_starts(line, STR("Binary files ")) ||
               str_starts(line, STR("GIT binary patch"))) {
        h->binary = true;
    } else if (!take_word(line, STR("rename to "), &h->renamed) &&
               !take_word(line, STR("copy to "), &h->renamed)) {
        for (size_t i = 0; i < PL_COUNT(others); i++)
            if (str_starts(line, others[i]))
                return true;
        return false;
    }
    return true;
}

/* ---- hunks -------------------------------------------------------------- */

/* "1,3" or "1", up to the separator. */
static bool read_range(struct str *s, char end, uint64_t *beg, uint64_t *count)
{
    struct str_cut cut = str_cut(*s, end);
    struct str_cut both = str_cut(cut.head, ',');
    *s = cut.tail;
    *count = 1;
    return cut.found && str_uint(both.head, UINT32_MAX, beg) &&
           (!both.found || str_uint(both.tail, UINT32_MAX, count));
}

/* "@@ -1,3 +1,4 @@ ..." */
static bool read_hunk_head(struct str line, struct hunk *h)
{
    struct str s;
    return take_word(line, STR("@@ -"), &s) &&
           read_range(&s, ' ', &h->old_beg, &h->old_left) &&
           take_word(s, STR("+"), &s) &&
           read_range(&s, ' ', &h->new_beg, &h->new_left) &&
           str_starts(s, STR("@@"));
}

struct text {
    char *items;
    size_t count, cap;
};

static struct span append(struct arena *a, struct text *t, struct str s)
{
    while (t->cap - t->count < s.len)
        vec_grow(a, (void **)(void *)&t->items, &t->cap, t->count, 1, 1);
    if (s.len)
        memcpy(t->items + t->count, s.ptr, s.len);
    t->count += s.len;
    return (struct span){(uint32_t)(t->count - s.len), (uint32_t)t->count};
}

struct spans {
    struct span *items;
    size_t count, cap;
};

static void add_span(struct arena *a, struct spans *list, struct span one)
{
    if (list->count && list->items[list->count - 1].end == one.beg)
        list->items[list->count - 1].end = one.end;
    else
        *VEC_PUSH(a, list) = one;
}

struct content {
    struct text text;
    struct spans added;
};

/* One line of a hunk, its end included; false if it is none. */
static bool take_hunk_line(
    struct reading *r, struct hunk *h, struct content *c, char *kind)
{
    struct str line = peek_line(r);
    size_t size = line.len + 1;
    /* An empty context line may have lost its blank (diff.suppressBlankEmpty). */
    *kind = line.len ? line.ptr[0] : ' ';
    struct str body = str_part(r->s, r->at + (line.len > 0), r->at + size);
    bool is_old = *kind == '-' || *kind == ' ';
    bool is_new = *kind == '+' || *kind == ' ';
    if (r->at + size > r->s.len || (!is_old && !is_new) ||
        (is_old && h->old_left == 0) || (is_new && h->new_left == 0))
        return false;
    h->old_left -= is_old;
    h->new_left -= is_new;
    if (is_new) {
        struct span at = append(r->a, &c->text, body);
        if (*kind == '+')
            add_span(r->a, &c->added, at);
    }
    skip_line(r);
    return true;
}

/* "\ No newline at end of file", in any language, of the line before. */
static void take_no_newline(struct reading *r, struct content *c, char kind)
{
    if (at_end(r) || !str_starts(peek_line(r), STR("\\")))
        return;
    skip_line(r);
    if (kind == '-' || c->text.count == 0)
        return;
    c->text.count--;
    if (kind == '+' && c->added.count)
        c->added.items[c->added.count - 1].end--;
}

static bool read_hunk(struct reading *r, struct hunk *h, struct content *c)
{
    skip_line(r);
    while (h->old_left || h->new_left) {
        char kind;
        if (at_end(r) || !take_hunk_line(r, h, c, &kind))
            return fail(r, "the patch is broken: a hunk ends early");
        take_no_newline(r, c, kind);
    }
    return true;
}

/* True where git's name of the contents is not told or cannot be reckoned. */
static bool is_whole(struct reading *r, const struct head *h, struct str text)
{
    char hex[SHA1_HEX + 1];
    bool zero = true;
    for (size_t i = 0; i < h->hash.len; i++)
        zero &= h->hash.ptr[i] == '0';
    if (zero || h->hash.len > SHA1_HEX)
        return true;
    struct str head = arena_printf(r->a, "blob %zu", text.len);
    head.len++; /* its NUL */
    sha1_hex(head, text, hex);
    return str_starts(str_of(hex), h->hash);
}

static void add_file(struct reading *r, const struct head *h, struct str name,
    const struct content *c)
{
    *VEC_PUSH(r->a, r->patch) = (struct patch_file){
        .name = name,
        .text = {c->text.items, c->text.count},
        .added = c->added.items,
        .added_count = c->added.count,
        .binary = h->binary,
    };
}

static bool read_file(struct reading *r)
{
    struct head h = {.pair = str_from(peek_line(r), STR("diff --git ").len)};
    struct content c = {0};
    struct hunk hunk, second;

    skip_line(r);
    while (!at_end(r) && read_head_line(&h, peek_line(r)))
        skip_line(r);
    bool has_hunk = !at_end(r) && read_hunk_head(peek_line(r), &hunk);
    struct str name = name_of(r, &h);
    if (!has_hunk) {
        if (h.binary && !h.deleted && !h.special)
            add_file(r, &h, name, &c);
        return true;
    }
    if (!h.deleted && !h.special && (hunk.old_beg > 1 || hunk.new_beg > 1))
        return fail_part(r, name);
    if (!read_hunk(r, &hunk, &c))
        return false;
    if (h.deleted || h.special)
        return true;
    struct str text = {c.text.items, c.text.count};
    if ((!at_end(r) && read_hunk_head(peek_line(r), &second)) ||
        !is_whole(r, &h, text))
        return fail_part(r, name);
    add_file(r, &h, name, &c);
    return true;
}

/* Lines between files: what git log and git format-patch write. */
static bool read_other(struct reading *r, bool *other)
{
    struct str line = peek_line(r);
    if (str_starts(line, STR("diff --cc ")) ||
        str_starts(line, STR("diff --combined ")))
        return fail(r, "the patch shows a merge against several parents: " HOW);
    if (str_starts(line, STR("+")) || str_starts(line, STR("@@")))
        return fail(r, "the patch is broken: a hunk has lines too many");
    *other |= str_trim(line).len > 0;
    skip_line(r);
    return true;
}

bool patch_parse(
    struct arena *a, struct str bytes, struct patch *patch, struct err *err)
{
    struct reading r = {
        .a = a, .s = bytes, .line = 1, .patch = patch, .err = err};
    bool any = false, other = false;
    *patch = (struct patch){0};
    while (!at_end(&r)) {
        bool file = str_starts(peek_line(&r), STR("diff --git "));
        any |= file;
        if (!(file ? read_file(&r) : read_other(&r, &other)))
            return false;
    }
    r.line = 1;
    return any || !other || fail(&r, "this is no patch of git: " HOW);
}
