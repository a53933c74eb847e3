/* SPDX-License-Identifier: MIT */
/* attr.h - compiler attributes and two macros for everybody. */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#define PL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define PL_MUST_USE          __attribute__((warn_unused_result))
#define PL_NORETURN          __attribute__((noreturn))
#define PL_FALLTHROUGH       __attribute__((fallthrough))

/* Runs fn(&variable) when the variable goes out of scope. */
#define PL_DEFER(fn) __attribute__((cleanup(fn)))

#define PL_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
