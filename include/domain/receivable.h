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

/* in, of receivable.statement */
struct statement_query {
    struct customer_id customer;
    struct day as_of; /* as it was in the evening of this day; none: as it is now */
};
/* An invoice that is not paid, or not in full. */
struct statement_item {
    struct invoice_id invoice;
    struct vehicle_id vehicle;
    const char *unit; /* of a fleet's vehicle: its number there */
    const char *vehicle_name, *po_number;
    struct day posted_on, due_on;
    int64_t days_late; /* 0: not due yet, or due that day */
    struct money total, settled, balance;
};
/* What the open invoices of one vehicle come to. */
struct statement_unit {
    struct vehicle_id vehicle; /* 0: invoices without a vehicle */
    const char *unit;          /* its number in the fleet, "" for none */
    const char *name;          /* "Unit 12 · 2016 Ford Transit" */
    int64_t items;
    struct money balance;
};
/* A payment that is on no invoice, or not all of it. */
struct statement_credit {
    struct payment_id payment; /* 0: credit that no payment stands behind */
    struct day taken_on;
    const char *details;
    struct money amount;
};
struct statement {
    struct customer_id customer;
    const char *customer_name, *bill_to, *email;
    struct day as_of;
    struct aging aged;
    struct money overdue, credit;
    struct money balance; /* owes - credit */
    struct rows items;    /* of struct statement_item: by unit, then by due day */
    struct rows units;    /* of struct statement_unit, in the same order; none where one vehicle is
                             all */
    struct rows credits;  /* of struct statement_credit */
};

/* in, of receivable.dso */
struct dso_query {
    struct day from_on, to_on; /* none: the 90 days up to today, or to `to_on` */
};
/* receivable / invoiced x days, rounded to a hundredth half away from zero. */
struct dso_row {
    const char *name; /* "all", "on terms" */
    struct money receivable, invoiced;
    int64_t days;
    const char *dso; /* "41.25", "-" when nothing was invoiced */
};
struct dso_report {
    struct day from_on, to_on;
    struct rows rows;     /* of struct dso_row */
    struct rows formulas; /* of struct report_formula (report.h) */
};

/* receivable.dso: dso_query → dso_report */
extern const struct op receivable_dso_op;
/* receivable.statement: statement_query → statement. The items add up to what is owed, the units to
 * the items, the credits to what is in credit. */
extern const struct op receivable_statement_op;
/* receivable.aging: receivable_query → receivable_report. Read from the index of open invoices,
 * whatever the number of customers; a past day costs what has been settled since. ERR_CORRUPT when
 * the rows do not add up to the ledger's account. */
extern const struct op receivable_aging_op;
/* receivable.list: the same rows as they are now, as a list (of receivable_row), page by page */
extern const struct op receivable_list_op;

#endif
