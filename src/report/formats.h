/* SPDX-License-Identifier: MIT */
/* formats.h - one line for each format. */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/report.h"

#define FORMAT_LIST(X)                                                         \
    X(pretty)                                                                  \
    X(compact)                                                                 \
    X(json)                                                                    \
    X(jsonl)                                                                   \
    X(sarif)                                                                   \
    X(rdjson)                                                                  \
    X(github)                                                                  \
    X(gitlab)                                                                  \
    X(checkstyle)                                                              \
    X(junit)                                                                   \
    X(masked)                                                                  \
    X(count)                                                                   \
    X(none)

#define X(name) extern const struct reporter report_##name;
FORMAT_LIST(X)
#undef X

#endif
