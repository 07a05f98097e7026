/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_REPORT_H
#define PITLANE_DOMAIN_REPORT_H

/* Figures of the shop, each with its formula. Ratios are ratios of sums, never means of ratios, and
 * "-" where there is nothing to divide by. Three dates are never mixed in one row: sold (the
 * customer's answer), produced (the posted invoice), cash (the payment). Files: report.c
 * (produced), report_sold.c, report_people.c. The documents behind a row are invoice.search with
 * the row's days, writer, technician or customer. */

#include "domain/op.h"
#include "domain/price.h"

/* One row for each … */
enum report_by {
    REPORT_DAY,
    REPORT_WEEK,
    REPORT_MONTH,
    REPORT_WRITER,
    REPORT_TECHNICIAN, /* of jobs: an order counts for each who worked on it, once in all */
    REPORT_CUSTOMER
};
extern const struct choices report_by_choices;

/* in of all of them */
struct report_query {
    struct day from_on, to_on; /* none: this month so far */
    enum report_by by;
};

/* A figure and how it is made. */
struct report_formula {
    const char *figure, *formula;
};

/* report.production: what was posted. */
struct production_row {
    int64_t id; /* of the row, from 1 */
    const char
        *key; /* "2026-11-24", a week's Monday, "2026-11", a name or "-", a customer's number */
    const char *name;
    int64_t orders; /* N */
    struct money labor, parts, other;
    struct money sales;                       /* S: after discounts, without tax */
    struct money cost, profit;                /* C, S - C; right costs:view */
    const char *profit_percent;               /* (S - C) / S */
    const char *aro;                          /* S / N */
    struct qty hours;                         /* Hb */
    const char *hours_per_order, *labor_rate; /* Hb / N, labor / Hb */
};
struct production_report {
    struct day from_on, to_on;
    enum report_by by;
    struct rows rows;     /* of struct production_row; the last is the sum of all, with key "" */
    struct rows formulas; /* of struct report_formula */
};
extern const struct shape production_row_shape, report_formula_shape;

/* report.sold: what customers answered, of jobs that cost something; by any of
 * these. */
struct sold_row {
    const char *key, *name;
    int64_t presented, authorized, declined; /* jobs; declined: or put off */
    struct money presented_amount, authorized_amount;
    const char *close_amount; /* authorized / presented */
    const char *close_jobs;   /* authorized / (authorized + declined) */
};
struct sold_report {
    struct day from_on, to_on;
    enum report_by by;
    struct rows rows; /* of struct sold_row, likewise */
    struct rows formulas;
};

/* report.technicians */
struct technician_figures {
    const char *name;
    int64_t jobs;
    struct money labor;           /* sold */
    struct qty billed;            /* Hb */
    struct qty charged;           /* of these, to customers */
    struct qty clocked;           /* Hc: on jobs */
    struct qty attended;          /* Ha: clocked in */
    const char *efficiency;       /* Hb / Hc */
    const char *productivity;     /* Hc / Ha */
    const char *proficiency;      /* Hb / Ha */
    const char *labor_rate;       /* labor / charged */
    int64_t comebacks;            /* jobs that do again what he did */
    const char *comeback_percent; /* comebacks / jobs */
};
/* report.pay: a row for the customer, the shop itself and its warranty. */
struct pay_figures {
    enum job_pay pay;
    int64_t jobs;
    struct qty hours;
    struct money worth;       /* at the prices written up */
    struct money sales, cost; /* cost: right costs:view */
    const char *jobs_percent; /* jobs / all jobs */
};
struct pay_report {
    struct day from_on, to_on;
    struct rows rows; /* of struct pay_figures */
    struct rows formulas;
};

struct technician_report {
    struct day from_on, to_on;
    struct rows rows; /* of struct technician_figures, likewise */
    struct rows formulas;
};

/* The days of a row, within the report's: of a day, a week (by its Monday) or a month; else all. */
void report_row_days(const struct production_report *report, const char *key,
                     struct day *ret_from_on, struct day *ret_to_on);

extern const struct op report_production_op, report_sold_op, report_technicians_op, report_pay_op;

#endif
