/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LINE_INNER_H
#define PITLANE_DOMAIN_LINE_INNER_H

/* What adding and changing lines have in common. Writing a new one is line_insert (order_inner.h).
 */

#include "order_inner.h"

/* job_begin for a job that may have other lines: a declined or deferred one stays as it was
 * offered, since it may be offered again. */
status line_begin(struct session *s, struct job_id id, int64_t revision, struct job_head *ret_job,
                  struct order_head *ret_head) MUST_USE;

/* Refuses amounts that many lines could not be added up with, and a discount that does not fit the
 * line. A price that is too high belongs to `price_field`. */
status line_check(struct session *s, const struct line_new *line, const char *price_field) MUST_USE;

/* Writes over line `id`; nothing is checked. */
status line_write(struct session *s, struct line_id id, const struct line_new *line) MUST_USE;

/* The amount, or with NUMBER_NONE (nobody gave one) the other. */
static inline struct money given(struct money amount, struct money otherwise)
{
    return amount.cents == NUMBER_NONE ? otherwise : amount;
}

#define PRICE_REASON_FIELD(T)                                                                      \
    FIELD(T, price_reason, .label = "Reason for price", .example = "Goodwill: came back twice",    \
          .help = "Where it is lower than you may sell it without saying why")

#endif
