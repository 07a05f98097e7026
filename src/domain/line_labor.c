/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labor lines and what an hour is sold for: the rate given by hand, else by labor rate and labor
 * matrix. */

#include "domain/labor_matrix.h"
#include "order_inner.h"

status line_take_rate(struct session *s, const struct order_head *head,
                      struct rate_class_id job_class, struct money by_hand, struct line_new *line)
{
    const struct labor_question question = {
        .line = line->rate_class,
        .job = job_class,
        .vehicle = head->vehicle,
        .customer = head->customer,
        .hours = line->quantity,
    };
    struct labor_price found;

    TRY(labor_find_price(s, &question, &found));
    line->list_price = found.rate;
    if (by_hand.cents != NUMBER_NONE)
        found = (struct labor_price){by_hand, PRICE_RULE_MANUAL, ""};
    line->price = found.rate;
    line->price_rule = found.rule;
    line->price_why = found.why;
    return OK;
}
