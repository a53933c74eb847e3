/* SPDX-License-Identifier: MIT */
/*
 * cond.c - the text of a condition to a tree: rule-language, section 6.
 *
 *   condition = term { "or" term }    term = factor { "and" factor }
 *   factor = "not" factor | "(" condition ")" | test
 */
#include <string.h>

#include "base/limits.h"
#include "rules/load.h"

struct parser {
    struct arena *a;
    struct problems *problems;
    struct str text;
    struct where at; /* of the first byte */
    size_t pos;
    unsigned depth;
    bool failed;
};

static struct where here(const struct parser *p, size_t pos, size_t len)
{
    struct where at = p->at;
    at.col += (uint32_t)pos;
    at.len = (uint32_t)(len ? len : 1);
    return at;
}

static struct cond *fail(struct parser *p, const char *what)
{
    if (!p->failed)
        problem_add(p->problems, here(p, p->pos, 1), "bad-condition", NULL,
            "%s", what);
    p->failed = true;
    return NULL;
}

static void skip(struct parser *p)
{
    while (p->pos < p->text.len && byte_is_blank(p->text.ptr[p->pos]))
        p->pos++;
}

static bool is_name_byte(char c)
{
    return byte_is_alnum(c) || c == '-' || c == '_';
}

static struct str peek_word(struct parser *p)
{
    skip(p);
    size_t end = p->pos;
    while (end < p->text.len && is_name_byte(p->text.ptr[end]))
        end++;
    return str_part(p->text, p->pos, end);
}

static bool take_word(struct parser *p, struct str word)
{
    if (!str_eq(peek_word(p), word))
        return false;
    p->pos += word.len;
    return true;
}

static bool take_byte(struct parser *p, char c)
{
    skip(p);
    if (p->pos >= p->text.len || p->text.ptr[p->pos] != c)
        return false;
    p->pos++;
    return true;
}

static struct cond *cond_new(struct parser *p, enum cond_op op, size_t pos)
{
    struct cond *c = ARENA_NEW(p->a, struct cond, 1);
    c->op = op;
    c->at = here(p, pos, 1);
    return c;
}

static bool is_operator(struct str word)
{
    return str_eq(word, STR("and")) || str_eq(word, STR("or")) ||
        str_eq(word, STR("not")) || str_eq(word, STR("is"));
}

static bool take_name(struct parser *p, struct name *name)
{
    struct str word = peek_word(p);
    if (word.len == 0 || is_operator(word))
        return fail(p, "a name is due here") != NULL;
    name->at = here(p, p->pos, word.len);
    name->text = word;
    p->pos += word.len;
    return true;
}

static bool take_number(struct parser *p, double *number)
{
    skip(p);
    size_t end = p->pos;
    while (end < p->text.len &&
        (byte_is_digit(p->text.ptr[end]) || p->text.ptr[end] == '.' ||
            p->text.ptr[end] == '-'))
        end++;
    if (!str_number(str_part(p->text, p->pos, end), number))
        return fail(p, "a number is due here") != NULL;
    p->pos = end;
    return true;
}

static enum cmp take_cmp(struct parser *p)
{
    if (take_byte(p, '='))
        return CMP_EQ;
    if (take_byte(p, '<'))
        return take_byte(p, '=') ? CMP_LE : CMP_LT;
    if (take_byte(p, '>'))
        return take_byte(p, '=') ? CMP_GE : CMP_GT;
    return CMP_NONE;
}

static struct cond *parse_or(struct parser *p);

/* The rest of a call: names, and perhaps a number at the end. */
static bool parse_args(struct parser *p, struct cond *c)
{
    VEC(struct name) args = {0};
    do {
        skip(p);
        if (p->pos < p->text.len && byte_is_digit(p->text.ptr[p->pos])) {
            double number;
            if (!take_number(p, &number))
                return false;
            c->has_distance = true;
            /* The compiler tells whoever asks for more than it allows. */
            c->distance =
                number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
            break;
        }
        struct name name;
        if (!take_name(p, &name))
            return false;
        *VEC_PUSH(p->a, &args) = name;
    } while (take_byte(p, ','));
    c->args = (struct names){args.items, args.count};
    if (!take_byte(p, ')'))
        return fail(p, "a closing bracket is due here") != NULL;
    return true;
}

static struct cond *parse_is(struct parser *p, struct cond *c)
{
    struct name word;
    if (!take_name(p, &word))
        return NULL;
    c->op = COND_IS;
    c->word = word.text;
    return c;
}

/* "2 of (quiz, step, question)" */
static struct cond *parse_of(struct parser *p)
{
    struct cond *c = cond_new(p, COND_OF, p->pos);
    VEC(struct cond *) kids = {0};
    if (!take_number(p, &c->number))
        return NULL;
    if (!take_word(p, STR("of")) || !take_byte(p, '('))
        return fail(p, "after a number, `of (name, name)` is due");
    do {
        struct name name;
        if (!take_name(p, &name))
            return NULL;
        struct cond *kid = cond_new(p, COND_NAME, p->pos);
        kid->at = name.at;
        kid->name = name.text;
        if (take_byte(p, '.')) {
            if (!take_name(p, &name))
                return NULL;
            kid->fact = name.text;
        }
        *VEC_PUSH(p->a, &kids) = kid;
    } while (take_byte(p, ','));
    c->kids = kids.items;
    c->kid_count = kids.count;
    return take_byte(p, ')') ? c : fail(p, "a closing bracket is due here");
}

static struct cond *parse_test(struct parser *p)
{
    skip(p);
    if (p->pos < p->text.len && byte_is_digit(p->text.ptr[p->pos]))
        return parse_of(p);
    struct name name;
    if (!take_name(p, &name))
        return NULL;
    struct cond *c = cond_new(p, COND_NAME, p->pos);
    c->at = name.at;
    c->name = name.text;
    if (take_byte(p, '(')) {
        c->op = COND_CALL;
        if (!parse_args(p, c))
            return NULL;
    } else if (take_byte(p, '.')) {
        if (!take_name(p, &name))
            return NULL;
        c->fact = name.text;
    }
    if (take_word(p, STR("is")))
        return c->fact.len ? fail(p, "`is` asks a table, the level or the "
                                     "profile, not a fact: name.fact >= 2")
                           : parse_is(p, c);
    c->cmp = take_cmp(p);
    if (c->cmp != CMP_NONE && !take_number(p, &c->number))
        return NULL;
    return c;
}

static struct cond *parse_factor(struct parser *p)
{
    if (++p->depth > LIMIT_COND_DEPTH)
        return fail(p, "the condition is nested too deeply");
    size_t pos = p->pos;
    struct cond *out;
    if (take_word(p, STR("not"))) {
        struct cond *kid = parse_factor(p);
        out = kid ? cond_new(p, COND_NOT, pos) : NULL;
        if (out) {
            out->kids = ARENA_NEW(p->a, struct cond *, 1);
            out->kids[0] = kid;
            out->kid_count = 1;
        }
    } else if (take_byte(p, '(')) {
        out = parse_or(p);
        if (out && !take_byte(p, ')'))
            out = fail(p, "a closing bracket is due here");
    } else {
        out = parse_test(p);
    }
    p->depth--;
    return out;
}

static struct cond *parse_list(struct parser *p, enum cond_op op,
    struct str word, struct cond *(*kid)(struct parser *))
{
    VEC(struct cond *) kids = {0};
    size_t pos = p->pos;
    do {
        struct cond *c = kid(p);
        if (!c)
            return NULL;
        *VEC_PUSH(p->a, &kids) = c;
    } while (take_word(p, word));
    if (kids.count == 1)
        return kids.items[0];
    struct cond *c = cond_new(p, op, pos);
    c->kids = kids.items;
    c->kid_count = kids.count;
    return c;
}

static struct cond *parse_and(struct parser *p)
{
    return parse_list(p, COND_AND, STR("and"), parse_factor);
}

static struct cond *parse_or(struct parser *p)
{
    return parse_list(p, COND_OR, STR("or"), parse_and);
}

struct cond *cond_parse(struct arena *a, struct str text, struct where at,
    struct problems *problems)
{
    struct parser p = {
        .a = a, .problems = problems, .text = text, .at = at};
    struct cond *c = parse_or(&p);
    skip(&p);
    if (c && p.pos < text.len)
        return fail(&p, "`and`, `or` or the end is due here");
    return c;
}
