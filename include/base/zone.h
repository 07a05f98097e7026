/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_ZONE_H
#define PITLANE_BASE_ZONE_H

/* The time zones this computer knows, from zone1970.tab of the tz database (RFC 6557): those of the
 * United States first, the others as they stand there. */

#include "base/field.h"

struct zone {
    int64_t id;        /* its place in the list, from 1 */
    const char *name;  /* "America/Los_Angeles" */
    const char *where; /* "Pacific"; "" where a country has but one */
};
extern const struct shape zone_shape;

/* Those in whose name or place every word of `search` is found; all of them for "". Rows of struct
 * zone, texts in the arena. ERR_IO when the computer has no such list. */
status zone_find(const char *search, struct arena *arena, struct rows *ret_zones,
                 struct fault *fault) MUST_USE;

#endif
