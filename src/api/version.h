/* SPDX-License-Identifier: MIT */
/* version.h - of program and library. */
#ifndef API_VERSION_H
#define API_VERSION_H

#define VERSION "0.1.0"

#endif
