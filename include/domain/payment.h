/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PAYMENT_H
#define PITLANE_DOMAIN_PAYMENT_H

/* Payments: money received, applied to invoices; what is left is the customer's credit. */

#include "domain/op.h"

enum payment_method { PAY_CASH, PAY_CHECK, PAY_CARD, PAY_ACH, PAY_OTHER };
extern const struct choices payment_method_choices;

/* One tender of payment.take. Cash above the due gives change; other tender above it becomes
 * credit. */
struct tender {
    enum payment_method method;
    struct money amount; /* tendered */
    const char *check_number, *card_brand, *card_last4, *card_auth, *note;
};
/* in: invoice, use_credit (amount of the customer's credit to apply), tenders (rows of tender) */
struct payment_take {
    struct invoice_id invoice;
    struct money use_credit;
    struct rows tenders;
};
/* out */
struct payment_taken {
    struct invoice_id invoice;
    struct money total, paid, balance, change, credit; /* credit: of the customer, after */
    struct rows payments;                              /* of struct invoice_payment (invoice.h) */
};
struct payment_row {
    struct payment_id id;
    struct day taken_on;
    enum payment_method method;
    const char *details, *customer_name;
    struct money tendered, change, amount, applied;
};

extern const struct op payment_take_op, payment_search_op;
extern const struct op
    payment_deposit_op; /* payment.deposit: customer + one tender, no invoice: becomes credit */

#endif
