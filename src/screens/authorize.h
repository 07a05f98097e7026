/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_AUTHORIZE_H
#define PITLANE_SCREENS_AUTHORIZE_H

/* What a customer's answer would come to, before it is recorded: the revised total has to be said
 * before the customer agrees to it. */

#include "domain/order_input.h"
#include "domain/price.h"
#include "screens/desk.h"

/* The rules that price an order just now. */
struct agreed_rules {
    struct price_supplies supplies;
    struct price_tax *taxes;
    size_t tax_count;
    bool exempt;
};
status agreed_rules_read(struct desk *desk, bool exempt, struct arena *arena,
                         struct agreed_rules *ret_rules) MUST_USE;
/* The total of the jobs that count, `counts[i]` for the i-th job of the order. */
status agreed_total(const struct order *order, const bool *counts, const struct agreed_rules *rules,
                    struct arena *arena, struct money *ret_total) MUST_USE;

#endif
