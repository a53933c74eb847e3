/* SPDX-License-Identifier: MIT */
/* crowd.h - a combination rule in words, for whoever asks why it exists. */
#ifndef ENGINE_CROWD_H
#define ENGINE_CROWD_H

#include "base/buf.h"
#include "engine/pack.h"

/* "age: 2, 4 or 6 points" */
void crowd_say_axis(struct buf *out, const struct pack *p, uint32_t axis);
/* "note: points >= 11 and narrow axes >= 3"; false if the rule has no such level. */
bool crowd_say_level(struct buf *out, const struct pack *p,
    const struct pack_crowd *crowd, enum level level, const char *word);

#endif
