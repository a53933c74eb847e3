/* SPDX-License-Identifier: MIT */
/* scanner.h - rules and scanners as the files of api/ see them. */
#ifndef API_SCANNER_H
#define API_SCANNER_H

#include <setjmp.h>

#include "api/settings.h"
#include "author/trace.h"
#include "base/buf.h"
#include "postlint.h"
#include "report/view.h"

struct pl_rules {
    struct arena *arena;
    struct pack pack;
    struct ruleset set;
    const struct pl_settings *settings; /* may be null */
    struct pl_rule *facts; /* made when they are first asked for */
    uint32_t own; /* first folder of the pack that was handed in */
    struct pl_pack *lent; /* those to be released */
    size_t lent_count;
};

struct pl_baseline {
    struct baseline lines;
};

struct pl_scanner {
    const struct pl_rules *rules;
    struct scratch *scratch;
    struct arena *arena; /* document, views, findings handed out */
    struct pl_scan_options options;
    uint32_t trace_rule;
    struct allow *settled; /* those of the settings, with what was used */
    jmp_buf back;
    /* the last scan */
    struct profile profile;
    struct doc doc;
    bool has_doc;
    struct findings every; /* those a masked text must know of */
    struct findings found; /* those to be told */
    struct suppress_out suppressed;
    enum level fail_on, locked_fail_on; /* LEVEL_COUNT: never */
    struct buf text; /* of a record */
    struct trace_log steps;
    struct scan_cost *costs; /* one for each rule, null without a clock */
};

struct view_in scanner_views(struct pl_scanner *s, enum show show);
/* Is the rule of a finding locked? */
bool scanner_locked(const struct pl_scanner *s, const struct finding *f);

#endif
