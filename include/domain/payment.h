/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PAYMENT_H
#define PITLANE_DOMAIN_PAYMENT_H

/* Payments: money received, applied to invoices; what is left is the customer's credit. A payment
 * never changes: what becomes of it later are further rows. */

#include "domain/op.h"

enum payment_method { PAY_CASH, PAY_CHECK, PAY_CARD, PAY_ACH, PAY_OTHER, PAY_GIFT };
extern const struct choices payment_method_choices;

/* One tender of payment.take. Credit on account is used first, then what is no cash, then cash:
 * so cash above the due gives change, and only other tender above the due becomes credit. */
struct tender {
    enum payment_method method;
    struct money amount; /* tendered */
    const char *check_number, *card_brand, *card_last4, *card_auth, *note;
    const char *certificate; /* number of a gift certificate or store credit: never above the due */
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
    const char *check_number, *card_brand, *card_last4, *card_auth, *note, *certificate;
};
/* in, of payment.bulk: one tender for many invoices of one customer. What the items leave of it is
 * change when it is cash, else the customer's credit. */
struct payment_item {
    struct invoice_id invoice;
    struct money amount; /* NUMBER_NONE: all that is due on it */
};
struct payment_bulk {
    struct customer_id customer;
    enum payment_method method;
    struct money amount;
    const char *check_number, *card_brand, *card_last4, *card_auth, *note, *certificate;
    struct rows items; /* of struct payment_item; none: what was due first is paid first */
};
/* out of payment.take and payment.deposit */
struct payment_taken {
    struct invoice_id invoice;                         /* 0 for a deposit */
    struct money total, paid, balance, change, credit; /* credit: of the customer, after */
    struct rows payments;                              /* of struct invoice_payment (invoice.h):
                                                          those of this call */
};
/* What has become of a payment. */
enum payment_status {
    PAYMENT_TAKEN,
    PAYMENT_PART_REFUNDED,
    PAYMENT_REFUNDED,
    PAYMENT_VOID,
    PAYMENT_BOUNCED
};
enum payment_return_kind { RETURN_VOID, RETURN_REFUND, RETURN_BOUNCED };
extern const struct choices payment_status_choices, payment_return_kind_choices;

struct payment_row {
    struct payment_id id;
    struct day taken_on;
    enum payment_method method;
    enum payment_status status;
    const char *details, *customer_name;
    struct money tendered, change, amount, applied;
};

/* What an invoice has of a payment today. */
struct payment_share {
    struct invoice_id invoice;
    struct money amount;
};
/* Money of a payment that is the shop's no more. */
struct payment_return {
    struct day returned_on;
    enum payment_return_kind kind;
    enum payment_method method;
    const char *check_number;                    /* of the shop's own check */
    struct money amount, fee;                    /* fee: the bank's, of a check that came back */
    struct invoice_id charge;                    /* for the fee that the customer is charged then */
    struct gift_certificate_id gift_certificate; /* given as this store credit … */
    const char *certificate;                     /* … and its number */
    const char *reason, *user_name;
};
struct payment {
    struct payment_id id;
    struct customer_id customer;
    const char *customer_name;
    enum payment_status status;
    struct day taken_on;
    struct instant taken_at;
    const char *taken_by;
    enum payment_method method;
    const char *details;
    struct money tendered, change, amount, applied, returned;
    struct money left; /* the customer's credit: can be applied or paid back */
    bool is_core;      /* credit for a core, no money that came in */
    struct rows shares, returns;
    struct letterhead_id letterhead; /* its receipt was printed with */
    const char *payer;               /* the customer's name then, as it is said */
};
extern const struct shape payment_shape;

struct payment_query {
    struct payment_id payment;
};
struct payment_void {
    struct payment_id payment;
    const char *reason;
};

/* in, of payment.refund. REFUND_ORIGINAL: by what it was paid with. */
enum refund_to {
    REFUND_ORIGINAL,
    REFUND_CASH,
    REFUND_CHECK,
    REFUND_CARD,
    REFUND_ACH,
    REFUND_OTHER,
    REFUND_STORE_CREDIT /* new store credit: its number is in the return */
};
struct payment_refund {
    struct payment_id payment;
    struct money amount;
    enum refund_to to;
    const char *check_number; /* of the shop's own check */
    const char *reason;
};
/* in, of payment.apply and payment.unapply. amount 0: as much as there is. */
struct payment_apply {
    struct payment_id payment;
    struct invoice_id invoice;
    struct money amount;
};
struct payment_bounced {
    struct payment_id payment;
    struct money fee; /* the bank's, which the shop pays */
    const char *reason;
    struct money charge; /* to the customer; NUMBER_NONE: what the rules of late fees say */
};

/* payment.returned-fee: what payment.bounced charges when nothing else is said */
struct payment_returned_query {
    struct payment_id payment;
};
struct payment_returned_fee {
    struct payment_id payment;
    struct money charge;
};

struct payment_search {
    struct list_query query; /* newest first */
    struct customer_id customer;
    struct day from_on, to_on;
};

/* Payments of an invoice as rows of struct invoice_payment, oldest first. */
status payment_list(struct session *s, struct invoice_id invoice,
                    struct rows *ret_payments) MUST_USE;

status payment_get(struct session *s, struct payment_id id, struct payment *ret) MUST_USE;

extern const struct op payment_take_op, payment_search_op;
/* out: struct payment. ERR_CONFLICT when the customer owes nothing. */
extern const struct op payment_bulk_op;
extern const struct op payment_show_op;
/* Undoes a payment on the day it was taken: as if it had never been, but for the trace of it.
 * ERR_CONFLICT on another day, when it is void already, or when some of it was paid back. */
extern const struct op payment_void_op;
/* Pays back of what is left of a payment as credit; what is on invoices comes off them first. */
extern const struct op payment_refund_op;
/* Credit of this payment to a chosen invoice of the same customer, and back. */
extern const struct op payment_apply_op, payment_unapply_op;
/* A check or transfer the bank sent back, on any day: as void, with the bank's fee, and a note in
 * the customer's log. */
extern const struct op payment_bounced_op, payment_returned_fee_op;
extern const struct op
    payment_deposit_op; /* payment.deposit: customer + one tender, no invoice: becomes credit */

#endif
