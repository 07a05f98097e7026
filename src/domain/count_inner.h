/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_COUNT_INNER_H
#define PITLANE_DOMAIN_COUNT_INNER_H

/* What the files of counting share. */

#include "domain/count.h"

/* The sheet, open; ERR_CONFLICT with a sentence when it is posted or void, ERR_STALE when somebody
 * has changed it since `revision` (0: does not care). */
status count_get_open(struct session *s, struct stock_count_id id, int64_t revision,
                      struct count *ret) MUST_USE;
/* Bumps the revision and gives the page back. */
status count_settle(struct session *s, struct stock_count_id id, struct count *ret) MUST_USE;

#endif
