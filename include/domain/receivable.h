/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_RECEIVABLE_H
#define PITLANE_DOMAIN_RECEIVABLE_H

/* Receivables: who owes how much and since when. Days are counted from the day an invoice was due;
 * what customers have in credit stands apart and is not taken off. */

#include "domain/op.h"

enum receivable_by { RECEIVABLE_BY_NAME, RECEIVABLE_BY_OWED, RECEIVABLE_BY_OVERDUE };
extern const struct choices receivable_by_choices;

/* in, of receivable.aging */
struct receivable_query {
    struct day as_of; /* as it was in the evening of this day; none: as it is now */
    struct customer_id customer;
    bool overdue; /* only who owes something past due */
    enum receivable_by by;
};

/* What is owed, by days past due: the five add up to `owes`. */
struct aging {
    struct money current, to_30, to_60, to_90, over_90, owes;
};
struct receivable_row {
    struct customer_id id;
    const char *name, *phone;
    struct aging aged;
    struct money overdue; /* owes - current */
    struct money credit;
    struct day oldest_on; /* the first due day of what is open */
};
struct receivable_report {
    struct day as_of;
    int64_t customers;
    struct aging aged; /* of all rows */
    struct money overdue, credit;
    struct money ledger; /* of the account; NUMBER_NONE when the report is limited to some */
    struct rows rows;    /* of struct receivable_row */
};
extern const struct shape receivable_row_shape;

/* receivable.aging: receivable_query → receivable_report. Read from the index of open invoices,
 * whatever the number of customers; a past day costs what has been settled since. ERR_CORRUPT when
 * the rows do not add up to the ledger's account. */
extern const struct op receivable_aging_op;

#endif
