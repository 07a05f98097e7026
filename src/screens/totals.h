/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_TOTALS_H
#define PITLANE_SCREENS_TOTALS_H

/* What stands below a sheet of jobs: what they come to, the same on order and invoice. */

#include "base/money.h"
#include "ui/surface.h"

struct totals {
    struct money labor, parts, sublet, fees, supplies, tax, discount;
    struct money total, paid, balance;
    struct money profit;
    bool shows_profit;
    const char *profits;    /* behind the profit: those of what the cursor is on; NULL for none */
    const char *authorized; /* by whom and how; cut at the end of its cells */
    const char *note;       /* stands in place of the discounts; "" for none */
    enum ink note_ink;
};

#define TOTALS_ROWS 3
/* Rules a body below its head of two rows and above its foot, and returns what is between. The foot
 * has TOTALS_ROWS rows, or one where there is little room: then the caller says what it holds. */
struct area totals_frame(struct area body, struct area *ret_foot);
/* Cells there are for `authorized`. */
int totals_words_cells(struct area foot);
/* Into a foot of TOTALS_ROWS. */
void totals_draw(struct area foot, const struct totals *totals);

#endif
