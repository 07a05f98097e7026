/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CLOSED_DAY_H
#define PITLANE_DOMAIN_CLOSED_DAY_H

/* Closing the day (module "day"): the books are proved, the drawer is counted, the date is locked,
 * and a checkpoint of audit log and books is signed. A closed day is never opened again: what
 * comes late is posted on the next open day (ledger_open_day). */

#include "domain/op.h"

struct day_close {
    struct day day;      /* "": today. Earlier days that are not closed are closed with it. */
    bool leave_unposted; /* complete orders are posted on a later day */
    bool after_pause;    /* long after the last entry: the shop was closed, the clock is right */
    const char *note;
};
struct day_sum_row {
    const char *name;
    struct money amount;
};
struct day_tax_row {
    const char *name;
    struct rate rate;
    struct money base, amount;
};
struct day_method_row {
    const char *method;
    int64_t count;
    struct money amount;
};

/* The Z report: rows of those days, which never change, and what the books said at their end. */
struct day_report {
    struct closed_day_id id; /* the Z report's number, without gap */
    struct day day, from_on; /* the last and the first day it is of */
    struct instant closed_at;
    struct letterhead_id letterhead; /* it was printed with */
    const char *closed_by, *terminal, *note;
    struct rows sales; /* of struct day_sum_row, by account of income */
    struct money sales_total;
    struct rows taxes; /* of struct day_tax_row, by jurisdiction */
    struct money tax_total;
    struct rows methods; /* of struct day_method_row, received */
    struct money received;
    /* Of the drawer, in those days: cash = before + brought + taken - refunds - vendors - pay_outs
     * - drops + over_short + other. */
    struct money opening; /* the first float of these days */
    struct money before;  /* in it at their beginning */
    struct money brought; /* into it, or out of it, to come to the float */
    struct money taken, refunds, vendors, pay_outs, drops, over_short, other;
    struct money cash;                             /* in it at their end */
    struct money receivable, credit;               /* at their end */
    int64_t unposted;                              /* complete orders that were left */
    int64_t invoices, first_invoice, last_invoice; /* 0: none */
    int64_t payments, first_payment, last_payment;
    int64_t entries, first_entry, last_entry;
    struct audit_checkpoint_id checkpoint;
    const char *head, *books, *signature; /* of the checkpoint */
};

struct day_key {
    struct closed_day_id closed_day;
};
struct day_list {
    struct list_query query; /* newest first */
};
struct day_row {
    struct closed_day_id id;
    struct day day, from_on;
    struct instant closed_at;
    const char *closed_by;
    int64_t unposted;
    const char *note;
};
/* For the counter: the last day before today with entries that is not closed, in a shop that closes
 * its days (or uses the drawer); "" for none. */
struct day_unclosed {
    struct day open_on;
};

/* What stands between a day and its closing. */
struct day_order {
    struct order_id id;
    const char *customer_name;
    struct money total; /* less what is invoiced of it */
};
struct day_check {
    struct day day, from_on;   /* what would be closed: today, with what is open before it */
    bool closed;               /* it is closed already; from_on is the day things are posted on */
    struct day closed_through; /* the last closed day; none: no day is closed yet */
    struct rows unposted;      /* of struct day_order: complete and not invoiced */
    struct rows unpaid;        /* of struct day_order: sold over the counter and due, not paid */
    bool counted;              /* no cash has moved since the drawer was counted */
};

extern const struct op day_check_op;
extern const struct op day_close_op, day_show_op, day_list_op, day_unclosed_op;

#endif
