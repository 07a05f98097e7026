/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LINE_PART_H
#define PITLANE_DOMAIN_LINE_PART_H

/* Part lines of a repair order and the catalog. */

#include "domain/part.h"
#include "order_inner.h"

/* The part a line may be written up with: by id, or with id 0 by number. Refuses archived parts,
 * and those that another one replaces, with its name. */
status line_part_find(struct session *s, struct part_id id, const char *sku,
                      struct part *ret) MUST_USE;

/* What the part is sold for to this customer, on the line's unit cost: the price given by hand
 * (NUMBER_NONE: none), else by matrix, else the catalog's. Fills in price, rule and why, and what
 * it would be sold for without a price given by hand. */
status line_take_price(struct session *s, const struct part *part, struct customer_id customer,
                       struct money by_hand, struct line_new *line) MUST_USE;

/* Charges the cores of a job's part lines (line 0: of all) that have none yet. */
status line_cores_add(struct session *s, struct job_id job, struct line_id line) MUST_USE;
/* The same after a job was copied: cores that came along belong to their part lines. */
status line_cores_copied(struct session *s, struct job_id job) MUST_USE;
/* The core follows its part line to another quantity or part. */
status line_core_follow(struct session *s, const struct order_line *present,
                        const struct line_new *line) MUST_USE;
status line_core_remove(struct session *s, struct line_id line) MUST_USE;

/* Refuses a change of a line that would leave more pulled than it sells. */
status line_check_pulled(struct session *s, const struct order_line *present, struct part_id part,
                         struct qty quantity) MUST_USE;

/* Tire identification numbers as they are kept: upper case, one blank between two. */
status line_dot_clean(struct session *s, const char *text, const char **ret) MUST_USE;
/* Refuses to sell tires whose numbers nobody has written down (49 CFR 574.8 has the dealer record
 * them). */
status line_check_dot(struct session *s, const struct order_job *job,
                      const struct order_line *line) MUST_USE;
/* Refuses to sell what a vendor was given to do, and sublet work of anybody, while nobody has
 * written down what it costs, nor why it costs nothing; and sublet work whose cost is owed to
 * nobody. */
status line_check_sublet(struct session *s, const struct order_job *job,
                         const struct order_line *line) MUST_USE;
/* A reason on sublet work without a cost, which lets it be sold like this: who may give one? It is
 * `before` that reason, cost before and now; NULL: a new line. */
status line_check_costless(struct session *s, const struct order_line *before, struct money cost,
                           const char *reason) MUST_USE;

#endif
