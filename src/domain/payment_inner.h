/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PAYMENT_INNER_H
#define PITLANE_DOMAIN_PAYMENT_INNER_H

/* What the files of payments share. */

#include "domain/ledger.h"
#include "domain/payment.h"
#include "gift_inner.h"
#include "invoice_inner.h"

/* Puts an amount of a payment on an invoice; below 0: takes it off again. The row alone. */
status payment_apply_row(struct session *s, struct payment_id payment, struct invoice_id invoice,
                         struct money amount, struct entry_id entry) MUST_USE;

/* From credit to the invoice, with its entry and both balances; below 0 the other way. */
status payment_move(struct session *s, const struct payment *payment, struct invoice_id invoice,
                    struct money amount) MUST_USE;

/* payment.refund's work, with the store credit it was given as; id 0: as money. */
status payment_give_back(struct session *s, const struct payment_refund *in,
                         struct gift_certificate_id *ret_store_credit) MUST_USE;

/* Where money of this kind lies. */
enum account_role payment_account(enum payment_method method);

/* What a person says of one tender; T has the members of struct tender. */
#define TENDER_FIELDS(T)                                                                           \
    FIELD(T, method, .choices = &payment_method_choices, .flags = FIELD_REQUIRED),                 \
        FIELD(T, amount, .help = "What the customer hands over", .example = "300.00", .low = 1,    \
              .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED),                                   \
        FIELD(T, check_number, .label = "Check number", .max = 20),                                \
        FIELD(T, card_brand, .label = "Card", .example = "VISA", .max = 20),                       \
        FIELD(T, card_last4, .label = "Last four digits", .example = "4242", .max = 4,             \
              .help = "Never the whole number of the card"),                                       \
        FIELD(T, card_auth, .label = "Authorization code", .max = 20), FIELD(T, note, .max = 200), \
        FIELD(T, certificate, .label = "Certificate", .example = "4821-0937-5516", .max = 20,      \
              .help = "Number of the gift certificate or store credit")
extern const struct shape tender_shape;

/* Is it of whoever asks? An input that begins with a struct payment_id. */
status payment_key_owns(struct session *s, const void *input, bool *ret_own) MUST_USE;

/* A check has its number, a card its last four digits. */
status payment_check_tender(struct session *s, const struct tender *tender) MUST_USE;

/* One tender and where its money goes: applied + change + credit = tendered. */
struct payment_new {
    const struct tender *tender;
    struct customer_id customer;
    const char *customer_name, *memo;
    struct money applied, change, credit;
};
/* Writes it down: number, entry, row, the keys it is found by. What it is applied to and what the
 * customer owes then is the caller's. */
status payment_write(struct session *s, const struct payment_new *payment,
                     struct payment_id *ret_payment, struct entry_id *ret_entry) MUST_USE;

/* What a customer gets back without money changing hands, as a payment of its own that can be
 * applied or paid out: `from` are the accounts it comes from, debited. The customer's balance is
 * the caller's. */
struct payment_credit {
    struct customer_id customer;
    const char *customer_name, *memo;
    struct money amount;
    struct day given_on;
    const struct ledger_line *from;
    size_t from_count;
};
status payment_write_credit(struct session *s, const struct payment_credit *credit,
                            struct payment_id *ret_payment, struct entry_id *ret_entry) MUST_USE;

/* How a payment was made, in words: "VISA 4242 auth 019381", "check 1042", or its note. */
#define SQL_DETAILS                                                                                \
    "CASE p.method\n"                                                                              \
    "WHEN 'card' THEN trim(p.card_brand || ' ' || p.card_last4)\n"                                 \
    "  || CASE WHEN p.card_auth <> '' THEN ' auth ' || p.card_auth ELSE '' END\n"                  \
    "WHEN 'check' THEN 'check ' || p.check_number\n"                                               \
    "WHEN 'gift' THEN (SELECT " SQL_GIFT_NUMBER(                                                   \
        "g.number") "\n"                                                                           \
                    "  FROM gift_certificate g WHERE g.id = p.gift_certificate)\n"                 \
                    "ELSE p.note END AS details"

/* What became of a payment: a void one and a bounced one have that one return, whole. */
#define SQL_PAYMENT_STATUS                                                                         \
    "(SELECT CASE WHEN count(*) = 0 THEN 'taken'\n"                                                \
    "             WHEN max(r.kind) <> 'refund' THEN max(r.kind)\n"                                 \
    "             WHEN sum(r.amount) < p.amount THEN 'part_refunded'\n"                            \
    "             ELSE 'refunded' END\n"                                                           \
    " FROM payment_return r WHERE r.payment = p.id) AS status"

/* What of a payment is on invoices or went back. */
#define SQL_GONE                                                                                   \
    "(ifnull((SELECT sum(a.amount) FROM payment_application a WHERE a.payment = p.id), 0)\n"       \
    "  + ifnull((SELECT sum(r.amount) FROM payment_return r WHERE r.payment = p.id), 0))"

#endif
