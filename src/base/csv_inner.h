/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_CSV_INNER_H
#define PITLANE_BASE_CSV_INNER_H

/* The bytes of a file as UTF-8, however they were written. */

#include "base/arena.h"
#include "base/status.h"

struct csv_text {
    const char *at; /* points into the file, or into the arena when it had to be converted */
    size_t length;
    const char *encoding;
};

/* UTF-8 when all of it is valid, else Windows-1252. Refuses NUL bytes, UTF-16, spreadsheets. */
status csv_decode(const char *bytes, size_t length, struct arena *arena, struct csv_text *ret,
                  struct fault *fault) MUST_USE;

#endif
