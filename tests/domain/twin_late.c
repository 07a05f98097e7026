/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Late fees: a month begins when the grace days are over, and each is charged for once. */

#include "twin.h"

#include <stdlib.h>

/* The shop opened on 24 November 2026. */
enum { FIRST_YEAR = 2026, FIRST_MONTH = 11, FIRST_DAY = 24 };

struct date {
    int64_t year, month, day;
};

static int64_t days_in(int64_t year, int64_t month)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static struct date date_of(int64_t day)
{
    struct date date = {FIRST_YEAR, FIRST_MONTH, FIRST_DAY + day};

    while (date.day > days_in(date.year, date.month)) {
        date.day -= days_in(date.year, date.month);
        date.year += date.month == 12;
        date.month = date.month % 12 + 1;
    }
    return date;
}

/* The same day of a later month, or its last. */
static bool is_reached(struct date first, int64_t months, struct date today)
{
    struct date then = first;

    then.year += (first.month - 1 + months) / 12;
    then.month = (first.month - 1 + months) % 12 + 1;
    if (then.day > days_in(then.year, then.month))
        then.day = days_in(then.year, then.month);
    if (then.year != today.year)
        return then.year < today.year;
    if (then.month != today.month)
        return then.month < today.month;
    return then.day <= today.day;
}

/* Counted from 1; 0: none has begun. */
static int64_t period_of(const struct twin *twin, const struct twin_invoice *invoice)
{
    const int64_t today = twin_open_day(twin);
    const int64_t first = invoice->due_on + twin->rules.late_grace + 1;
    int64_t months = 0;

    if (today < first)
        return 0;
    while (is_reached(date_of(first), months + 1, date_of(today)))
        months++;
    return months + 1;
}

/* The last one that was charged for, by a charge that stands. */
static int64_t charged_through(struct twin *twin, int64_t invoice)
{
    int64_t last = 0;

    for (int m = 0; m < twin->months; m++) {
        const struct twin_month *month = &twin->month[m];
        if (month->invoice == invoice && month->period > last &&
            !twin_invoice_of(twin, month->charge)->is_void)
            last = month->period;
    }
    return last;
}

static int64_t fee_of(struct twin *twin, const struct twin_invoice *invoice)
{
    const struct twin_rules *rules = &twin->rules;
    const int64_t due = twin_due(invoice), period = period_of(twin, invoice);

    if (due == 0 || (invoice->order == 0 && !rules->late_on_fees) || period == 0 ||
        period <= charged_through(twin, invoice->id))
        return 0;
    return rules->late_amount != 0 ? rules->late_amount
                                   : twin_share(due, rules->late_yearly, 12000000);
}

/* The charge of one customer is the next invoice. */
static int64_t fees_of(struct twin *twin, int customer, int invoices)
{
    int64_t sum = 0;

    for (int i = 0; i < invoices; i++) {
        const struct twin_invoice *invoice = &twin->invoice[i];
        const int64_t fee = invoice->customer == customer ? fee_of(twin, invoice) : 0;
        if (fee == 0)
            continue;
        if (twin->months == TWIN_MONTHS)
            abort(); /* more than a shop of the test can have */
        twin->month[twin->months++] =
            (struct twin_month){invoice->id, 20001 + twin->invoices, period_of(twin, invoice)};
        sum += fee;
    }
    return sum;
}

bool twin_charge_late_fees(struct twin *twin)
{
    const int count = twin->invoices;
    bool any = false;

    for (int c = 1; c <= twin->customers; c++) {
        const int before = twin->months;
        const int64_t fees = fees_of(twin, c, count);
        if (fees > 0)
            twin_charge_to(twin, c, TWIN_LATE_FEE, fees);
        else
            twin->months = before;
        any |= fees > 0;
    }
    return any;
}
