/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_PAYMENT_SUM_H
#define PITLANE_SCREENS_PAYMENT_SUM_H

/* What several tenders come to before they are taken: the same rule as payment.take, so that the
 * change on the screen is the change that is given. Credit on account first, then what is no cash,
 * then cash; cash above the due is change, other tender above it becomes credit. */

#include "domain/payment.h"

#define TENDERS_MAX 8

struct tendered {
    bool credit; /* on account; `method` says nothing then */
    enum payment_method method;
    struct money amount;
    /* results */
    struct money applied;
    struct money over; /* cash: change; other: becomes credit */
};
struct tender_sum {
    struct money change, to_credit;
    struct money left; /* of the due */
};
void tenders_sum(struct tendered *tenders, size_t count, struct money due,
                 struct tender_sum *ret_sum);

#endif
