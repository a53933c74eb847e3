/* SPDX-License-Identifier: MIT */
/* clock.c - how long something took. */
#include "host/clock.h"

#include <time.h>

uint64_t clock_ticks(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
