/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_STOCK_INNER_H
#define PITLANE_DOMAIN_STOCK_INNER_H

/* What the files of the stock ledger share. */

#include "domain/stock.h"

/* What a movement has to know of its part. */
struct stock_part {
    struct part_id id;
    const char *sku, *bin;
    struct money cost;
    struct qty on_hand;
    struct money stock_value;
    struct qty main_on_hand; /* in the main bin */
};
status stock_part_get(struct session *s, struct part_id id, struct stock_part *ret) MUST_USE;
status stock_too_much(struct session *s);

/* Sets what is on the shelf and posts what the stock's value changes by. unit_cost 0: what they are
 * worth now, or the last cost. bin NULL: the main one takes the difference. */
status stock_set_on_hand(struct session *s, struct part_id id, struct qty on_hand, const char *bin,
                         struct money unit_cost, const char *reason) MUST_USE;

#endif
