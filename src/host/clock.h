/* SPDX-License-Identifier: MIT */
/* clock.h - how long something took. */
#ifndef HOST_CLOCK_H
#define HOST_CLOCK_H

#include <stdint.h>

/* Nanoseconds since some moment in the past; never goes back. */
uint64_t clock_ticks(void);

#endif
