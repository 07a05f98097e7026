/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PAYMENT_INNER_H
#define PITLANE_DOMAIN_PAYMENT_INNER_H

/* What the files of payments share. */

#include "domain/ledger.h"
#include "domain/payment.h"
#include "invoice_inner.h"

/* Puts an amount of a payment on an invoice; below 0: takes it off again. The row alone. */
status payment_apply_row(struct session *s, struct payment_id payment, struct invoice_id invoice,
                         struct money amount, struct entry_id entry) MUST_USE;

/* Where money of this kind lies. */
enum account_role payment_account(enum payment_method method);

/* How a payment was made, in words: "VISA 4242 auth 019381", "check 1042", or its note. */
#define SQL_DETAILS                                                                                \
    "CASE p.method\n"                                                                              \
    "WHEN 'card' THEN trim(p.card_brand || ' ' || p.card_last4)\n"                                 \
    "  || CASE WHEN p.card_auth <> '' THEN ' auth ' || p.card_auth ELSE '' END\n"                  \
    "WHEN 'check' THEN 'check ' || p.check_number\n"                                               \
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
