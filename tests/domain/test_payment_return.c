/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Payments that are undone or paid back: what was posted stays, further rows say the rest, and the
 * books agree to the cent after each of them. */

#include "book_rows.h"
#include "domain/invoice.h"
#include "domain/payment.h"

static const struct customer_id MARIA = {1};

static struct invoice_id given_invoice(struct shop_test *t, struct money total)
{
    const struct order_id order = given_done_order(t, MARIA, total);
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    return invoice.id;
}

static struct payment_id given_payment(struct shop_test *t, struct invoice_id invoice,
                                       enum payment_method method, struct money amount)
{
    struct tender tender = {
        .method = method, .amount = amount, .check_number = "1042", .card_last4 = "4242"};
    const struct payment_take in = {.invoice = invoice, .tenders = {&tender, 1}};
    struct payment_taken out;

    expect_ok(t, &payment_take_op, &in, &out);
    return ((const struct invoice_payment *)out.payments.at)->payment;
}

static int64_t paid(struct shop_test *t, struct invoice_id invoice)
{
    return ask_number(t, arena_printf(&t->arena, "SELECT paid FROM invoice WHERE id = %lld",
                                      (long long)invoice.v));
}

static const char *order_state(struct shop_test *t, struct invoice_id invoice)
{
    return ask_text(t,
                    arena_printf(&t->arena, "SELECT state FROM repair_order WHERE invoice = %lld",
                                 (long long)invoice.v));
}

static void assert_customer(struct shop_test *t, int64_t owes, int64_t credit)
{
    assert_int_equal(ask_number(t, "SELECT owes FROM customer"), owes);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer"), credit);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), owes);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), -credit);
    assert_books_agree(t);
}

static void confirm(struct shop_test *t)
{
    const struct confirm in = {.password = "correct horse battery", .code = ""};

    expect_ok(t, &session_confirm_op, &in, NULL);
}

static void on_another_day(struct shop_test *t)
{
    t->session.clock.fixed += INT64_C(24) * 3600;
    t->session.access_until = INSTANT_NONE;
    run_sql(t, "UPDATE session SET ends_at = ends_at + 86400");
    confirm(t);
}

/* ---- void ---- */

/* A check of 150.00 on 100.00: 50.00 became credit, 30.00 of that paid another invoice. */
static void a_void_payment_opens_its_invoices_again_and_takes_its_credit(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id first = given_invoice(t, USD(100, 0));
    const struct invoice_id second = given_invoice(t, USD(30, 0));
    const struct payment_id check = given_payment(t, first, PAY_CHECK, USD(150, 0));
    const struct payment_take credit = {.invoice = second, .use_credit = USD(30, 0)};
    expect_ok(t, &payment_take_op, &credit, NULL);
    assert_customer(t, 0, 2000);
    assert_string_equal(order_state(t, first), "paid");

    const struct payment_void in = {check, "Wrong customer"};
    expect_ok(t, &payment_void_op, &in, &payment);

    assert_int_equal(payment.status, PAYMENT_VOID);
    assert_int_equal(payment.left.cents, 0);
    assert_int_equal(payment.shares.count, 0);
    assert_int_equal(payment.returns.count, 1);
    const struct payment_return *back = payment.returns.at;
    assert_int_equal(back->amount.cents, 15000);
    assert_string_equal(back->reason, "Wrong customer");
    assert_int_equal(paid(t, first), 0);
    assert_int_equal(paid(t, second), 0);
    assert_string_equal(order_state(t, first), "posted");
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 0);
    assert_customer(t, 13000, 0);
}

static void an_invoice_shows_no_payment_that_is_void(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;
    struct page page;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_void in = {given_payment(t, id, PAY_CASH, USD(40, 0)), "Entered twice"};
    expect_ok(t, &payment_void_op, &in, NULL);

    expect_ok(t, &invoice_show_op, &(struct invoice_query){id}, &invoice);
    assert_int_equal(invoice.status, INVOICE_UNPAID);
    assert_int_equal(invoice.payments.count, 0);
    expect_ok(t, &payment_search_op, &(struct payment_search){0}, &page);
    const struct payment_row *row = page.rows.at;
    assert_int_equal(row->status, PAYMENT_VOID);
    assert_int_equal(row->applied.cents, 0);
    (void)given_payment(t, id, PAY_CASH, USD(100, 0));
    assert_customer(t, 0, 0);
}

static void a_payment_is_void_once_today_and_by_right(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    struct payment_void in = {given_payment(t, id, PAY_CARD, USD(40, 0)), ""};
    expect_status(t, &payment_void_op, &in, NULL, ERR_INVALID);
    assert_field(t, "reason");
    in.reason = "Entered twice";
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &payment_void_op, &in, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_MANAGER);
    t->session.clock.fixed += 400;
    expect_status(t, &payment_void_op, &in, NULL, ERR_CONFIRM);
    confirm(t);
    expect_ok(t, &payment_void_op, &in, NULL);
    expect_status(t, &payment_void_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "void already: Entered twice");

    in.payment = given_payment(t, id, PAY_CARD, USD(40, 0));
    on_another_day(t);
    expect_status(t, &payment_void_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "was taken on 24 Nov 2026");
    in.payment.v = 99;
    expect_status(t, &payment_void_op, &in, NULL, ERR_NOT_FOUND);
    assert_customer(t, 6000, 0);
}

static void what_went_back_never_changes(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_void in = {given_payment(t, id, PAY_CASH, USD(40, 0)), "Entered twice"};
    expect_ok(t, &payment_void_op, &in, NULL);

    assert_frozen(t, "UPDATE payment_return SET amount = 1", "A payment never changes.");
    assert_frozen(t, "DELETE FROM payment_return", "A payment is never deleted.");
    assert_frozen(t,
                  "INSERT INTO payment_return (payment, kind, method, amount, reason,\n"
                  "returned_on, returned_at, entry) VALUES (1, 'refund', 'cash', 1, 'x', '', 0, 1)",
                  "No more goes back of a payment than is left of it.");
    assert_frozen(t,
                  "INSERT INTO payment_application (payment, invoice, amount, applied_on)\n"
                  "VALUES (1, 20001, -1, '2026-11-24')",
                  "No more comes off an invoice than it had of a payment.");
    run_sql(t, "INSERT INTO payment_application (payment, invoice, amount, applied_on)\n"
               "VALUES (1, 20001, 1, '2026-11-24')");
    assert_books_disagree(t, "credit is");
}

/* Whatever statement fails, the payment stands as it did. */
static void a_void_that_fails_anywhere_leaves_the_payment(void **state)
{
    struct shop_test *t = *state;
    struct payment out;
    int64_t failed = 0;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_void in = {given_payment(t, id, PAY_CHECK, USD(120, 0)), "Entered twice"};
    for (int64_t n = 1;; n++, failed++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &payment_void_op, &in, &out);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_customer(t, 0, 2000);
    }
    assert_true(failed > 10);
    assert_customer(t, 10000, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_void_payment_opens_its_invoices_again_and_takes_its_credit),
        SHOP_TEST(an_invoice_shows_no_payment_that_is_void),
        SHOP_TEST(a_payment_is_void_once_today_and_by_right),
        SHOP_TEST(what_went_back_never_changes),
        SHOP_TEST(a_void_that_fails_anywhere_leaves_the_payment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
