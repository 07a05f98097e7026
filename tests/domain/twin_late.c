/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Late fees: a month begins when the grace days are over, and each is charged for once. */

#include "twin.h"

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

static int64_t fee_of(const struct twin *twin, struct twin_invoice *invoice)
{
    const struct twin_rules *rules = &twin->rules;
    const int64_t due = twin_due(invoice), period = period_of(twin, invoice);

    if (due == 0 || (invoice->order == 0 && !rules->late_on_fees) || period <= invoice->late_period)
        return 0;
    const int64_t fee = rules->late_amount != 0 ? rules->late_amount
                                                : twin_share(due, rules->late_yearly, 12000000);
    if (fee > 0) {
        invoice->late_before = invoice->late_period;
        invoice->late_period = period;
        invoice->late_charge = -1; /* not written yet */
    }
    return fee;
}

bool twin_charge_late_fees(struct twin *twin)
{
    const int count = twin->invoices;
    int64_t fees[TWIN_CUSTOMERS + 1] = {0};
    bool any = false;

    for (int i = 0; i < count; i++)
        fees[twin->invoice[i].customer] += fee_of(twin, &twin->invoice[i]);
    for (int c = 1; c <= TWIN_CUSTOMERS; c++) {
        any |= fees[c] > 0;
        if (fees[c] == 0)
            continue;
        twin_charge_to(twin, c, TWIN_LATE_FEE, fees[c]);
        for (int i = 0; i < count; i++)
            if (twin->invoice[i].customer == c && twin->invoice[i].late_charge == -1)
                twin->invoice[i].late_charge = twin->invoice[twin->invoices - 1].id;
    }
    return any;
}
