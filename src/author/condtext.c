/* SPDX-License-Identifier: MIT */
/* condtext.c - a compiled condition as its author would write it. */
#include "author/condtext.h"

struct str evid_text(const struct pack *p, uint32_t evid)
{
    static const struct str kinds[] = {
        [PACK_LEXICON] = STR_INIT("words"),
        [PACK_REGEX] = STR_INIT("regex"),
        [PACK_DETECT] = STR_INIT("detect"),
        [PACK_SEQUENCE] = STR_INIT("sequence"),
        [PACK_WEIGH] = STR_INIT("weigh"),
        [PACK_ANY] = STR_INIT("list"),
    };
    if (evid == PACK_NONE)
        return STR("this");
    struct str name = pack_text(p, p->evids[evid].name);
    return name.len ? name : kinds[p->evids[evid].kind];
}

static struct str fact_text(const struct pack *p, uint32_t fact)
{
    if (fact >= p->info->fact_count)
        return STR("?");
    return pack_text(p, p->strs[p->info->fact_beg + fact]);
}

static void add_compare(struct buf *out, const struct pack_cond *c)
{
    static const char *const words[] = {
        [CMP_EQ] = "=", [CMP_LT] = "<", [CMP_GT] = ">", [CMP_LE] = "<=",
        [CMP_GE] = ">="};
    if (c->cmp != CMP_NONE)
        buf_addf(out, " %s %g", words[c->cmp], c->number);
}

/* Kids that are lists themselves stand in brackets. */
static void add_kid(struct buf *out, const struct pack *p, uint32_t kid)
{
    bool inner = p->conds[kid].op == OP_OR || p->conds[kid].op == OP_AND;
    buf_add(out, inner ? STR("(") : STR(""));
    cond_text(out, p, kid);
    buf_add(out, inner ? STR(")") : STR(""));
}

static void add_list(struct buf *out, const struct pack *p,
    const struct pack_cond *c, const char *sep)
{
    for (uint32_t i = c->list.beg; i < c->list.end; i++) {
        buf_addf(out, "%s", i > c->list.beg ? sep : "");
        add_kid(out, p, p->index[i]);
    }
    if (c->list.beg == c->list.end)
        buf_addf(out, "%s", c->op == OP_AND ? "always" : "never");
}

static void add_call(struct buf *out, const struct pack *p,
    const struct pack_cond *c, const char *name)
{
    buf_addf(out, "%s(" STR_FMT ", " STR_FMT, name,
        STR_ARG(evid_text(p, c->a)), STR_ARG(evid_text(p, c->b)));
    if (c->number >= 0)
        buf_addf(out, ", %g", c->number);
    buf_addc(out, ')');
}

static void add_lookup(
    struct buf *out, const struct pack *p, const struct pack_cond *c)
{
    const struct pack_table *t = &p->tables[c->a];
    buf_addf(out, STR_FMT "(", STR_ARG(pack_text(p, t->name)));
    for (uint32_t i = c->list.beg; i < c->list.end; i++)
        buf_addf(out, "%s" STR_FMT, i > c->list.beg ? ", " : "",
            STR_ARG(evid_text(p, p->index[i])));
    buf_addc(out, ')');
    if (c->b != PACK_NONE)
        buf_addf(out, " is " STR_FMT,
            STR_ARG(pack_text(p, p->strs[t->answers.beg + c->b])));
}

static void add_profile(
    struct buf *out, const struct pack *p, const struct pack_cond *c)
{
    static const char *const words[] = {
#define X(name, word) word,
        PROFILE_LIST(X)
#undef X
    };
    struct str value =
        c->b == PACK_NONE ? STR("unset") : pack_text(p, p->strs[c->b]);
    buf_addf(out, "%s is " STR_FMT, words[c->a], STR_ARG(value));
}

static void add_axis(struct buf *out, const struct pack_cond *c)
{
    if (c->a == AXIS_POINTS)
        buf_add(out, STR("points"));
    else if (c->a == AXIS_NARROW)
        buf_add(out, STR("narrow"));
    else
        buf_addf(out, "axis %u", (unsigned)c->a + 1);
    add_compare(out, c);
}

static void add_context(
    struct buf *out, const struct pack *p, const struct pack_cond *c)
{
    buf_addf(out, "%s", context_word((enum context)c->a));
    if (c->b != PACK_NONE)
        buf_addf(out, "(" STR_FMT ")", STR_ARG(evid_text(p, c->b)));
}

void cond_text(struct buf *out, const struct pack *p, uint32_t cond)
{
    const struct pack_cond *c = &p->conds[cond];
    switch ((enum pack_op)c->op) {
    case OP_OR:
        add_list(out, p, c, " or ");
        break;
    case OP_AND:
        add_list(out, p, c, " and ");
        break;
    case OP_NOT:
        buf_add(out, STR("not "));
        add_kid(out, p, c->a);
        break;
    case OP_OF:
        buf_addf(out, "%g of (", c->number);
        add_list(out, p, c, ", ");
        buf_addc(out, ')');
        break;
    case OP_NAME:
        buf_add(out, evid_text(p, c->a));
        break;
    case OP_ANCHOR:
        buf_add(out, STR("this"));
        break;
    case OP_FACT:
        buf_addf(out, STR_FMT "." STR_FMT, STR_ARG(evid_text(p, c->a)),
            STR_ARG(fact_text(p, c->b)));
        add_compare(out, c);
        break;
    case OP_OWN:
        buf_add(out, fact_text(p, c->b));
        add_compare(out, c);
        break;
    case OP_GUARD:
        buf_add(out, pack_text(p, p->guards[c->a].name));
        break;
    case OP_CONTEXT:
        add_context(out, p, c);
        break;
    case OP_NEAR:
        add_call(out, p, c, "near");
        break;
    case OP_BEFORE:
        add_call(out, p, c, "before");
        break;
    case OP_COUNT:
        buf_addf(out, "count(" STR_FMT ")", STR_ARG(evid_text(p, c->a)));
        add_compare(out, c);
        break;
    case OP_LOOKUP:
        add_lookup(out, p, c);
        break;
    case OP_PROFILE:
        add_profile(out, p, c);
        break;
    case OP_LEVEL:
        buf_addf(out, "level is %s", level_word((enum level)c->a));
        break;
    case OP_AXIS:
        add_axis(out, c);
        break;
    case OP_TERM:
    case OP_WITHIN:
        cond_text(out, p, c->a);
        break;
    case OP_COUNT_OPS:
        break;
    }
}
