/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_PAID_H
#define PITLANE_TESTS_DOMAIN_PAID_H

/* Invoices and what is paid on them, for tests of receivables. */

#include "book_rows.h"
#include "days.h"
#include "domain/invoice.h"
#include "domain/payment.h"

static const struct customer_id MARIA = {1};

static inline struct invoice_id given_invoice_of(struct shop_test *t, struct customer_id customer,
                                                 struct money total)
{
    const struct order_id order = given_done_order(t, customer, total);
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    return invoice.id;
}

static inline struct invoice_id given_invoice(struct shop_test *t, struct money total)
{
    return given_invoice_of(t, MARIA, total);
}

static inline struct payment_id given_payment(struct shop_test *t, struct invoice_id invoice,
                                              enum payment_method method, struct money amount)
{
    struct tender tender = {
        .method = method, .amount = amount, .check_number = "1042", .card_last4 = "4242"};
    const struct payment_take in = {.invoice = invoice, .tenders = {&tender, 1}};
    struct payment_taken out;

    expect_ok(t, &payment_take_op, &in, &out);
    return ((const struct invoice_payment *)out.payments.at)->payment;
}

static inline int64_t paid_on(struct shop_test *t, struct invoice_id invoice)
{
    return ask_number(t, arena_printf(&t->arena, "SELECT paid FROM invoice WHERE id = %lld",
                                      (long long)invoice.v));
}

static inline const char *order_state(struct shop_test *t, struct invoice_id invoice)
{
    return ask_text(t,
                    arena_printf(&t->arena, "SELECT state FROM repair_order WHERE invoice = %lld",
                                 (long long)invoice.v));
}

/* Of all customers together. */
static inline void assert_owed(struct shop_test *t, int64_t owes, int64_t credit)
{
    assert_int_equal(ask_number(t, "SELECT sum(owes) FROM customer"), owes);
    assert_int_equal(ask_number(t, "SELECT sum(credit) FROM customer"), credit);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), owes);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), -credit);
    assert_books_agree(t);
}

static inline void confirm(struct shop_test *t)
{
    const struct confirm in = {.password = "correct horse battery", .code = ""};

    expect_ok(t, &session_confirm_op, &in, NULL);
}

#endif
