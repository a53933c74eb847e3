/* SPDX-License-Identifier: MIT */
/*
 * overlay.h - a pack with words added to its lexicons and taken away from them.
 *
 * The pack itself stays as it is; sections that change are copied, so that
 * everything that reads a pack, the gate too, sees the new words.
 */
#ifndef ENGINE_OVERLAY_H
#define ENGINE_OVERLAY_H

#include "engine/pack.h"
#include "rules/config.h"

/* Lexicons that include one of those changed change with it. On an unknown
   lexicon, or a phrase that is to go and is not there, a problem is told at its
   place and the answer is false. */
bool overlay_words(struct arena *a, const struct pack *base,
    const struct config_words *words, size_t count, struct pack *out,
    struct problems *problems) PL_MUST_USE;

/* What a lexicon of `case: exact` knows a spelling by; never 0. */
uint32_t overlay_exact(struct arena *a, struct str spelling);

#endif
