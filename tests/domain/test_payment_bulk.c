/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One check for many invoices. */

#include "paid.h"

/* Three invoices: 120.00, 80.00 and 200.00 are due, in this order. */
static void given_three(struct shop_test *t)
{
    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    (void)given_invoice(t, USD(120, 0));
    (void)given_invoice(t, USD(80, 0));
    (void)given_invoice(t, USD(200, 0));
    assert_owed(t, 40000, 0);
}

static void assert_paid(struct shop_test *t, int64_t first, int64_t second, int64_t third)
{
    assert_int_equal(paid_on(t, (struct invoice_id){20001}), first);
    assert_int_equal(paid_on(t, (struct invoice_id){20002}), second);
    assert_int_equal(paid_on(t, (struct invoice_id){20003}), third);
}

/* By hand: 250.00 - 120.00 = 130.00; - 80.00 = 50.00; the third has 50.00 of its 200.00. */
static void a_check_pays_the_oldest_first(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_three(t);
    const struct payment_bulk in = {
        .customer = MARIA, .method = PAY_CHECK, .amount = USD(250, 0), .check_number = "8810"};
    expect_ok(t, &payment_bulk_op, &in, &payment);

    assert_paid(t, 12000, 8000, 5000);
    assert_int_equal(payment.shares.count, 3);
    assert_int_equal(payment.left.cents, 0);
    assert_string_equal(payment.details, "check 8810");
    assert_string_equal(order_state(t, (struct invoice_id){20001}), "paid");
    assert_string_equal(order_state(t, (struct invoice_id){20003}), "receivable");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM payment"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry WHERE source = 'payment'"), 1);
    assert_string_equal(ask_text(t, "SELECT memo FROM entry WHERE source = 'payment'"),
                        "Payment of 3 invoices");
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 25000);
    assert_owed(t, 15000, 0);
}

/* Oldest is what was due first, not what was posted first. */
static void what_was_due_first_is_paid_first(void **state)
{
    struct shop_test *t = *state;

    given_three(t);
    run_sql(t, "UPDATE customer SET terms_days = 10");
    (void)given_invoice(t, USD(10, 0));
    const struct payment_bulk in = {.customer = MARIA, .method = PAY_CASH, .amount = USD(10, 0)};
    expect_ok(t, &payment_bulk_op, &in, NULL);
    assert_int_equal(paid_on(t, (struct invoice_id){20004}), 1000);
    assert_paid(t, 0, 0, 0);
}

/* By hand: 200.00 on the third, 60.00 on the first: 260.00 of 300.00; 40.00 become credit. */
static void a_check_pays_what_was_chosen_and_the_rest_is_credit(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_three(t);
    struct payment_item items[] = {{{20003}, {NUMBER_NONE}}, {{20001}, USD(60, 0)}};
    const struct payment_bulk in = {.customer = MARIA,
                                    .method = PAY_CHECK,
                                    .amount = USD(300, 0),
                                    .check_number = "8811",
                                    .items = {items, 2}};
    expect_ok(t, &payment_bulk_op, &in, &payment);
    assert_paid(t, 6000, 0, 20000);
    assert_int_equal(payment.left.cents, 4000);
    assert_owed(t, 14000, 4000);

    /* It comes back: all of it is open again, and the credit is gone. */
    const struct payment_bounced back = {.payment = payment.id, .reason = "Account closed"};
    expect_ok(t, &payment_bounced_op, &back, &payment);
    assert_paid(t, 0, 0, 0);
    assert_owed(t, 40000, 0);
}

static void cash_above_what_is_paid_is_change(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_three(t);
    struct payment_item item = {{20002}, {NUMBER_NONE}};
    struct payment_bulk in = {
        .customer = MARIA, .method = PAY_CASH, .amount = USD(100, 0), .items = {&item, 1}};
    expect_ok(t, &payment_bulk_op, &in, &payment);
    assert_int_equal(payment.change.cents, 2000);
    assert_int_equal(payment.amount.cents, 8000);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 8000);
    in.items.count = 0;
    in.amount = USD(400, 0);
    expect_ok(t, &payment_bulk_op, &in, &payment);
    assert_int_equal(payment.change.cents, 8000);
    assert_owed(t, 0, 0);
    expect_status(t, &payment_bulk_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "Nothing is owed by Delano Fleet. Take the money as a deposit.");
}

static void refuse(struct shop_test *t, const struct payment_bulk *in, const char *field,
                   const char *says)
{
    expect_status(t, &payment_bulk_op, in, NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
    assert_paid(t, 0, 0, 0);
    assert_owed(t, 40000 + 1000, 0);
}

static void what_cannot_be_paid_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_three(t);
    given_customer(t, "Osei, Kofi", 0);
    (void)given_invoice_of(t, (struct customer_id){2}, USD(10, 0));
    struct payment_item items[] = {{{20001}, {NUMBER_NONE}}, {{20002}, {NUMBER_NONE}}};
    struct payment_bulk in = {
        .customer = MARIA, .method = PAY_CHECK, .amount = USD(150, 0), .items = {items, 2}};
    refuse(t, &in, "check_number", "Enter the number of the check");
    in.check_number = "1";
    refuse(t, &in, "items.2.amount", "Only 30.00 of the payment is left for invoice 20002");
    items[1].invoice = items[0].invoice;
    refuse(t, &in, "items.2.invoice", "Invoice 20001 is here twice");
    items[1].invoice.v = 20004;
    refuse(t, &in, "items.2.invoice", "Nothing is due from Delano Fleet on invoice 20004");
    items[0].amount = MONEY_ZERO;
    refuse(t, &in, "items.1.amount", "Amount must be at least 0.01");
    items[0].amount = USD(120, 1);
    refuse(t, &in, "items.1.amount", "Only 120.00 is due on invoice 20001");
    in.amount = MONEY_ZERO;
    refuse(t, &in, "amount", "");
    in.amount = USD(10, 0);
    in.customer.v = 77;
    expect_status(t, &payment_bulk_op, &in, NULL, ERR_NOT_FOUND);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &payment_bulk_op, &in, NULL, ERR_DENIED);
}

static void the_open_invoices_of_one_customer_are_found_by_an_index(void **state)
{
    struct shop_test *t = *state;

    assert_no_scan(t,
                   "SELECT id, total - paid FROM invoice WHERE customer = 1 AND paid < total "
                   "AND state = 'posted' ORDER BY due_on, id",
                   "invoice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_check_pays_the_oldest_first),
        SHOP_TEST(what_was_due_first_is_paid_first),
        SHOP_TEST(a_check_pays_what_was_chosen_and_the_rest_is_credit),
        SHOP_TEST(cash_above_what_is_paid_is_change),
        SHOP_TEST(what_cannot_be_paid_is_refused_at_its_field),
        SHOP_TEST(the_open_invoices_of_one_customer_are_found_by_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
