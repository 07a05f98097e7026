/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CLOSED_DAY_INNER_H
#define PITLANE_DOMAIN_CLOSED_DAY_INNER_H

/* What the files of closed days share. */

#include "domain/closed_day.h"

/* The Z report of a closed day (closed_day.c). */
status day_report_get(struct session *s, struct closed_day_id id,
                      struct day_report *ret_report) MUST_USE;
extern const struct shape day_order_shape, day_due_shape; /* of struct day_order */
/* day.close and day.check (closed_day_close.c) */
status day_close(struct session *s, const void *in, void *out) MUST_USE;
/* day.close without its proof: for a shop that is made up as one, and proved when it is whole. */
status day_close_proved_later(struct session *s, const void *in, void *out) MUST_USE;
status day_check(struct session *s, const void *in, void *out) MUST_USE;

#endif
