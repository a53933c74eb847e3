/* SPDX-License-Identifier: MIT */
/*
 * crowd.c - how many people could this describe?
 *
 * Each axis (age, place, time ...) counts once, with the highest points that
 * some evidence in the window earns. Levels are conditions over axes and sums,
 * tried from error down. Then sets of axes are taken out on trial, smallest sets
 * first, until the level falls: these details are the ones to leave out.
 *
 *     34yo (4) . this morning (5) . our ED (5) . glioblastoma (7): 21, warning;
 *     without "this morning" and "our ED" 11, note.
 */
#include "engine/crowd.h"
#include "engine/state.h"

static void find_axes(
    struct trial *t, const struct pack_crowd *crowd, struct crowd_result *r)
{
    const struct pack *p = t->s->pack;
    for (uint32_t i = crowd->axes.beg; i < crowd->axes.end; i++) {
        const struct pack_axis *axis = &p->axes[i];
        uint32_t at = i - crowd->axes.beg;
        r->axis_points[at] = 0;
        r->axis_hits[at] = NULL;
        for (uint32_t j = axis->points.beg; j < axis->points.end; j++) {
            const struct hit *h = trial_hit(t, p->points[j].evid);
            if (!h)
                continue;
            r->axis_points[at] = p->points[j].points;
            r->axis_hits[at] = h;
            break;
        }
    }
}

static enum level level_without(struct trial *t, const struct pack_crowd *crowd,
    const struct crowd_result *r, uint32_t removed, uint32_t *points,
    uint32_t *narrow)
{
    uint32_t count = crowd->axes.end - crowd->axes.beg;
    uint32_t left[CROWD_AXES];
    struct trial trial = *t;

    trial.points = trial.narrow = 0;
    trial.removed = removed;
    for (uint32_t i = 0; i < count; i++) {
        left[i] = removed & (1u << i) ? 0 : r->axis_points[i];
        trial.points += left[i];
        trial.narrow += left[i] >= 2;
    }
    trial.axis_points = left;
    if (points)
        *points = trial.points;
    if (narrow)
        *narrow = trial.narrow;
    for (int level = LEVEL_ERROR; level > LEVEL_SILENT; level--)
        if (crowd->levels[level] != PACK_NONE &&
            cond_holds(&trial, crowd->levels[level]))
            return (enum level)level;
    return LEVEL_SILENT;
}

static uint32_t bit_count(uint32_t set)
{
    uint32_t count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* The smallest set whose removal lowers the level; of two of one size the one
   that says less (fewer points are lost). */
static uint32_t removable_set(struct trial *t, const struct pack_crowd *crowd,
    const struct crowd_result *r)
{
    uint32_t count = crowd->axes.end - crowd->axes.beg;
    uint32_t best = 0, best_size = CROWD_AXES + 1, best_left = 0;
    uint32_t present = 0;

    for (uint32_t i = 0; i < count; i++)
        if (r->axis_points[i] > 0)
            present |= 1u << i;
    for (uint32_t set = 1; set <= present; set++) {
        uint32_t size = bit_count(set), left = 0;
        if ((set & ~present) != 0 || size > best_size || size > 4)
            continue;
        if (level_without(t, crowd, r, set, &left, NULL) >= r->level)
            continue;
        if (size < best_size || left > best_left) {
            best = set;
            best_size = size;
            best_left = left;
        }
    }
    return best;
}

bool crowd_judge(
    struct trial *t, const struct pack_crowd *crowd, struct crowd_result *r)
{
    find_axes(t, crowd, r);
    r->level = level_without(t, crowd, r, 0, &r->points, &r->narrow);
    if (r->level == LEVEL_SILENT)
        return false;
    r->removable = removable_set(t, crowd, r);
    return true;
}

/* ---- in words ------------------------------------------------------------------ */

static const char *sign_of(uint32_t cmp)
{
    static const char *const signs[] = {[CMP_NONE] = "",
        [CMP_EQ] = "=",
        [CMP_LT] = "<",
        [CMP_GT] = ">",
        [CMP_LE] = "<=",
        [CMP_GE] = ">="};
    return cmp < PL_COUNT(signs) ? signs[cmp] : "?";
}

static struct str axis_word(
    const struct pack *p, const struct pack_crowd *crowd, uint32_t axis)
{
    return axis == AXIS_POINTS ? STR("points")
           : axis == AXIS_NARROW
               ? STR("narrow axes")
               : pack_text(p, p->axes[crowd->axes.beg + axis].name);
}

/* Axes, numbers, and, or, not: of what else a level may ask, no more than that it
   asks. */
static void say_cond(struct buf *out, const struct pack *p,
    const struct pack_crowd *crowd, uint32_t cond, bool inner)
{
    const struct pack_cond *c = &p->conds[cond];
    switch (c->op) {
    case OP_TERM:
        say_cond(out, p, crowd, c->a, inner);
        return;
    case OP_NOT:
        buf_add(out, STR("not "));
        say_cond(out, p, crowd, c->a, true);
        return;
    case OP_AXIS:
        buf_addf(out, STR_FMT, STR_ARG(axis_word(p, crowd, c->a)));
        if (c->cmp)
            buf_addf(out, " %s %g", sign_of(c->cmp), c->number);
        return;
    case OP_AND:
    case OP_OR:
        for (uint32_t i = c->list.beg; i < c->list.end; i++) {
            buf_addf(out, "%s",
                i > c->list.beg ? c->op == OP_AND ? " and " : " or "
                : inner         ? "("
                                : "");
            say_cond(out, p, crowd, p->index[i], true);
        }
        buf_addf(out, "%s", inner ? ")" : "");
        return;
    default:
        buf_add(out, STR("something else in the post"));
    }
}

void crowd_say_axis(struct buf *out, const struct pack *p, uint32_t axis)
{
    const struct pack_axis *a = &p->axes[axis];
    buf_addf(out, STR_FMT ": ", STR_ARG(pack_text(p, a->name)));
    for (uint32_t i = a->points.end; i > a->points.beg; i--)
        buf_addf(out, "%s%u",
            i < a->points.end ? i > a->points.beg + 1 ? ", " : " or " : "",
            (unsigned)p->points[i - 1].points);
    buf_add(out, a->points.end - a->points.beg == 1 &&
                         p->points[a->points.beg].points == 1
                     ? STR(" point")
                     : STR(" points"));
}

bool crowd_say_level(struct buf *out, const struct pack *p,
    const struct pack_crowd *crowd, enum level level, const char *word)
{
    if (crowd->levels[level] == PACK_NONE)
        return false;
    buf_addf(out, "%s: ", word);
    say_cond(out, p, crowd, crowd->levels[level], false);
    return true;
}
