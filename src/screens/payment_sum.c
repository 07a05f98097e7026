/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who pays what, tender by tender. */

#include "payment_sum.h"

static int rank(const struct tendered *tender)
{
    return tender->credit ? 0 : tender->method == PAY_CASH ? 2 : 1;
}

void tenders_sum(struct tendered *tenders, size_t count, struct money due,
                 struct tender_sum *ret_sum)
{
    struct tender_sum sum = {.left = due};

    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < count; i++) {
            struct tendered *tender = &tenders[i];
            if (rank(tender) != turn)
                continue;
            tender->applied = money_min(tender->amount, sum.left);
            tender->over.cents = tender->amount.cents - tender->applied.cents;
            sum.left.cents -= tender->applied.cents;
            if (turn == 2)
                sum.change.cents += tender->over.cents;
            if (turn == 1)
                sum.to_credit.cents += tender->over.cents;
        }
    *ret_sum = sum;
}
