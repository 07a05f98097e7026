/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TIERS_H
#define PITLANE_DOMAIN_TIERS_H

/* Tiers of a matrix, of costs or of hours: each begins where the one before it ends, the first at
 * 0, and the last has no end. */

#include "domain/op.h"

#define TIERS_MAX 200

struct tiers_kind {
    const char *from, *to; /* fields of a tier: from here to below there, NUMBER_NONE: no end */
    /* "Costs from 5.00 to below 6.00 are in no tier"; without an `end`, all from there up. */
    const char *(*says)(struct arena *arena, const char *begin, const char *end, bool twice);
    const char *add_one; /* said where there is none: "Add a tier: from 0 hours on …" */
    const char *name;    /* "A matrix" */
    /* What one tier must be, apart from its edges; numbered from 1. */
    status (*check)(struct session *s, const void *tier, size_t number);
};

/* ERR_INVALID at the tier's field, "tiers.2.cost_from". */
status tiers_check(struct session *s, const struct tiers_kind *kind, const struct shape *shape,
                   const struct rows *tiers) MUST_USE;
#define fail_tier(s, number, field, ...)                                                           \
    fail_field((s), arena_printf((s)->arena, "tiers.%zu.%s", (number), (field)), __VA_ARGS__)

#endif
