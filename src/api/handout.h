/* SPDX-License-Identifier: MIT */
/* handout.h - what the layers below found, in the structs of postlint.h. */
#ifndef API_HANDOUT_H
#define API_HANDOUT_H

#include "base/arena.h"
#include "base/err.h"
#include "engine/suppress.h"
#include "postlint.h"
#include "report/view.h"

/* Lists are the arena's of `in`, strings the view's. */
struct pl_finding api_finding(const struct view_in *in, const struct view *v);
struct pl_problem api_problem(const struct problem *p);
struct pl_notice api_notice(const struct notice *n);

#endif
