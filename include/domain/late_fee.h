/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LATE_FEE_H
#define PITLANE_DOMAIN_LATE_FEE_H

/* Late fees: looked at first, then charged; run twice, a period is charged once. Where the charge
 * was taken back (invoice.unpost), the period can be charged again; one that was waived by a credit
 * memo was charged.
 *
 * An invoice is late from the day after the one it was due on. Once the grace days are over as
 * well, its first period begins, and each is a month: an invoice due on 10 October with 10 days of
 * grace has its first period from 21 October through 20 November. In every period an invoice that
 * is still open is charged for once: a fixed amount, or what is open x yearly rate / 12. Only the
 * period of today is charged, never one that was let pass. All that a customer is charged at once
 * is one invoice. A late fee must have been agreed to, and states cap it: the terms on the invoice
 * are the place to say it. */

#include "domain/op.h"

enum late_fee_on { LATE_FEE_NONE, LATE_FEE_FIXED, LATE_FEE_RATE };
extern const struct choices late_fee_on_choices;

/* late-fee.rules, and the input of late-fee.set */
struct late_fee_rules {
    enum late_fee_on charged;
    struct money amount; /* fixed: for an invoice and period */
    struct rate yearly;
    int64_t grace_days;
    bool on_fees;              /* also on late fees and other charges that are not paid */
    struct money returned_fee; /* charged to the customer for a check that came back */
};

struct late_fee_row {
    struct invoice_id invoice;
    struct customer_id customer;
    const char *customer_name;
    struct day due_on;
    struct day from_on, to_on; /* the period, both days in it */
    int64_t period;            /* counted from 1 */
    struct money open;         /* what is due on the invoice */
    struct money fee;
    struct invoice_id charge; /* that charges for it; 0: not charged yet */
};
/* in of late-fee.preview and late-fee.charge */
struct late_fee_query {
    struct customer_id customer; /* 0: all */
};
struct late_fee_charge {
    struct customer_id customer;
    struct money total; /* as it was looked at; NUMBER_NONE: does not care */
};
struct late_fee_list {
    int64_t customers;
    struct money total;
    struct rows rows; /* of struct late_fee_row, by customer, what was due first in front */
};
/* in of late-fee.exempt */
struct late_fee_exempt {
    struct customer_id customer;
    bool exempt;
};
extern const struct shape late_fee_row_shape;

status late_fee_rules_get(struct session *s, struct late_fee_rules *ret_rules) MUST_USE;
/* What one invoice costs for a period. */
status late_fee_of(const struct late_fee_rules *rules, struct money open,
                   struct money *ret_fee) MUST_USE;
/* The period in which a day lies, and its days; 0: none has begun. */
int64_t late_fee_period(struct day due_on, int64_t grace_days, struct day today,
                        struct day *ret_from, struct day *ret_to);

/* late-fee.rules, late-fee.set (late_fee_rules), late-fee.preview (→ late_fee_list),
 * late-fee.charge (→ late_fee_list with what charges for each), late-fee.exempt */
extern const struct op late_fee_rules_op, late_fee_set_op, late_fee_preview_op, late_fee_charge_op,
    late_fee_exempt_op;

#endif
