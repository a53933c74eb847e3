/* SPDX-License-Identifier: MIT */
/*
 * fuzz_config.c - any bytes as settings, front matter, a comment that allows, a
 * path pattern and a baseline.
 *
 * A refusal has a problem with a place. The model of a pattern tries every way;
 * that of a baseline reads again what was printed: the same lines, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/suppress.h"
#include "rules/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_problems(const struct problems *told, bool good)
{
    demand(good == (told->errors == 0) || !good);
    demand(good || told->list.count > 0);
    for (size_t i = 0; i < told->list.count; i++)
        demand(told->list.items[i].at.line > 0 &&
            told->list.items[i].message.len > 0);
}

static void check_settings(struct arena *a, struct str text)
{
    struct problems told = {.arena = a};
    struct config c;
    bool good = config_parse(a, "c.yaml", text, &c, &told);
    check_problems(&told, good);
    for (size_t i = 0; good && i < c.rule_count; i++)
        for (size_t k = 0; k < c.rules[i].allows.count; k++) {
            const struct config_allow *allow = &c.rules[i].allows.items[k];
            demand(str_trim(allow->reason).len > 0);
            demand(str_eq(allow->rule.text, c.rules[i].rule.text));
            demand(allow->until.len == 0 || config_is_date(allow->until));
        }
}

static void check_front(struct arena *a, struct str text)
{
    struct problems told = {.arena = a};
    struct config_allows allows;
    if (!config_front(a, text, &allows, &told))
        return;
    demand(told.errors == 0);
    for (size_t i = 0; i < allows.count; i++)
        demand(allows.items[i].reason.len > 0 &&
            allows.items[i].rule.text.len > 0);
}

static void check_comment(struct str text)
{
    struct allow allow = {0};
    const char *code = NULL, *words = NULL;
    if (!suppress_parse(text, &allow, &code, &words)) {
        demand(code && words && words[0]);
        return;
    }
    demand(allow.reason.len > 0);
    demand(allow.until.len == 0 || config_is_date(allow.until));
}

/* Every way of matching, by recursion. */
static bool glob_slow(struct str p, struct str s)
{
    if (p.len == 0)
        return s.len == 0;
    if (str_starts(p, STR("**"))) {
        struct str rest = str_from(p, 2);
        if (str_starts(rest, STR("/")))
            rest = str_from(rest, 1);
        for (size_t i = 0; i <= s.len; i++)
            if (glob_slow(rest, str_from(s, i)))
                return true;
        return false;
    }
    if (p.ptr[0] == '*') {
        for (size_t i = 0; i <= s.len; i++) {
            if (glob_slow(str_from(p, 1), str_from(s, i)))
                return true;
            if (i < s.len && s.ptr[i] == '/')
                return false;
        }
        return false;
    }
    return s.len > 0 &&
        (p.ptr[0] == s.ptr[0] || (p.ptr[0] == '?' && s.ptr[0] != '/')) &&
        glob_slow(str_from(p, 1), str_from(s, 1));
}

/* The first line is a pattern, the second a path. */
static void check_glob(struct str text)
{
    struct str_cut cut = str_cut(text, '\n');
    struct str pattern = str_part(cut.head, 0, 10);
    struct str path = str_part(str_cut(cut.tail, '\n').head, 0, 12);
    if (str_find_byte(pattern, '/') == pattern.len ||
        str_starts(pattern, STR("./")) || str_starts(path, STR("./")))
        return;
    demand(config_glob(pattern, path) == glob_slow(pattern, path));
}

static void check_baseline(struct arena *a, struct str text)
{
    struct buf once PL_DEFER(buf_free) = {0};
    struct buf twice PL_DEFER(buf_free) = {0};
    struct baseline b, again;
    struct err err = {0};
    if (!baseline_parse(a, text, &b, &err)) {
        demand(err.at.line > 0 && err.msg[0] != '\0');
        return;
    }
    baseline_print(&b, &once);
    demand(baseline_parse(a, buf_str(&once), &again, &err));
    demand(again.count == b.count);
    baseline_print(&again, &twice);
    demand(str_eq(buf_str(&once), buf_str(&twice)));
    demand(baseline_prune(&b) == again.count && b.count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a PL_DEFER(arena_freep) = arena_new(0);
    struct str text = {(const char *)data, size};
    check_settings(a, text);
    check_front(a, text);
    check_comment(text);
    check_glob(text);
    check_baseline(a, text);
    return 0;
}
