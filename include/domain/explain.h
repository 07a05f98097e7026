/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_EXPLAIN_H
#define PITLANE_DOMAIN_EXPLAIN_H

/* Where a figure comes from: the same for every document. An explanation is a tree of figures
 * written down from the top: each with its formula filled in, what it comes to, the rule that made
 * it with the place where that rule is, and the record behind it. What a sum is made of stands
 * below it and is added up again; a sum that its parts do not come to says so.
 *
 * Every operation named <noun>.explain, or <noun>.explain-<verb> for another than its record, has
 * struct explanation as its output, and is what the key = asks on that screen. Costs and profits
 * are in it for holders of costs:view only. */

#include "domain/op.h"
#include "domain/report.h"

ID_TYPE(explain_record);

struct explain_row {
    int64_t id;                      /* from 1 */
    int64_t depth;                   /* 0: a figure of the document, 1: what it is made of, … */
    const char *figure;              /* names it: "total", "tax", "line-17" */
    const char *label;               /* "  Tax", indented by its depth */
    const char *formula;             /* "6.25 % of 220.74"; "" none */
    const char *value;               /* "13.80" */
    const char *rule;                /* "Rounded once for the whole document." */
    const char *source;              /* where the rule is: "Settings, Shop supplies %", a law */
    const char *noun;                /* the record it comes from: "part"; "" none */
    struct explain_record_id record; /* its number; 0 none */
    struct money amount;             /* the value where it is money, else NUMBER_NONE */
    bool adds;                       /* one of the parts of the sum above it */
};
struct explanation {
    const char *title; /* "RO 10001" */
    struct rows rows;  /* of struct explain_row */
};
extern const struct shape explain_row_shape, explanation_shape;

/* Which figure is asked for, in an input that has such a member. */
#define EXPLAIN_FIGURE_FIELD(T)                                                                    \
    FIELD(T, figure, .flags = FIELD_ARGUMENT, .example = "tax",                                    \
          .help = "Only this one, with what it is made of; empty: all")

struct order_explain {
    struct order_id order;
    const char *figure;
};
struct invoice_explain {
    struct invoice_id invoice;
    const char *figure;
};
struct credit_explain {
    struct credit_id credit;
    const char *figure;
};
struct payment_explain {
    struct payment_id payment;
    const char *figure;
};
struct customer_explain {
    struct customer_id customer;
    const char *figure;
};
struct part_explain {
    struct part_id part;
    const char *figure;
};
struct gift_explain {
    struct gift_certificate_id certificate;
    const char *figure;
};
struct late_fee_explain {
    struct invoice_id invoice;
    const char *figure;
};
struct receivable_explain {
    struct customer_id customer;
    struct day as_of; /* in the evening of this day; none: as it is now */
    const char *figure;
};
struct dso_explain {
    struct day from_on, to_on;
    const char *figure; /* "all", "on-terms" */
};
struct day_explain {
    struct closed_day_id closed_day;
    const char *figure;
};
struct drawer_explain {
    const char *figure;
};
struct report_explain {
    struct day from_on, to_on;
    enum report_by by;
    const char *figure; /* one row, by its key or a technician's name */
};

extern const struct op order_explain_op, invoice_explain_op, credit_explain_op, payment_explain_op,
    customer_explain_op, part_explain_op, drawer_explain_op, day_explain_op, report_explain_op,
    report_explain_sold_op, report_explain_technicians_op, gift_explain_op, late_fee_explain_op,
    receivable_explain_op, receivable_explain_dso_op;

#endif
