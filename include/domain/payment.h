/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PAYMENT_H
#define PITLANE_DOMAIN_PAYMENT_H

/* Payments: money received, applied to invoices; what is left is the customer's credit. */

#include "domain/op.h"

enum payment_method { PAY_CASH, PAY_CHECK, PAY_CARD, PAY_ACH, PAY_OTHER };
extern const struct choices payment_method_choices;

/* One tender of payment.take. Credit on account is used first, then what is no cash, then cash:
 * so cash above the due gives change, and only other tender above the due becomes credit. */
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
/* in, of payment.deposit: money before there is an invoice, one tender */
struct payment_deposit {
    struct customer_id customer;
    enum payment_method method;
    struct money amount;
    const char *check_number, *card_brand, *card_last4, *card_auth, *note;
};
/* out of both */
struct payment_taken {
    struct invoice_id invoice;                         /* 0 for a deposit */
    struct money total, paid, balance, change, credit; /* credit: of the customer, after */
    struct rows payments;                              /* of struct invoice_payment (invoice.h):
                                                          those of this call */
};
struct payment_row {
    struct payment_id id;
    struct day taken_on;
    enum payment_method method;
    const char *details, *customer_name;
    struct money tendered, change, amount, applied;
};
struct payment_search {
    struct list_query query; /* newest first */
    struct customer_id customer;
    struct day from_on, to_on;
};

/* Payments of an invoice as rows of struct invoice_payment, oldest first. */
status payment_list(struct session *s, struct invoice_id invoice,
                    struct rows *ret_payments) MUST_USE;

extern const struct op payment_take_op, payment_search_op;
extern const struct op
    payment_deposit_op; /* payment.deposit: customer + one tender, no invoice: becomes credit */

#endif
