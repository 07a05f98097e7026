/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What nobody will pay any more, and what is paid after all. */

#include "paid.h"

static void what_nobody_will_pay_is_written_off_and_settles_the_invoice(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 30);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    given_payment(t, id, PAY_CASH, USD(60, 0));
    struct invoice_write_off in = {id, (struct money){4001}, "Cannot be found"};
    expect_status(t, &invoice_write_off_op, &in, NULL, ERR_INVALID);
    assert_field(t, "amount");
    assert_says(t, "Only 40.00 is due");
    in.amount = MONEY_ZERO;
    expect_status(t, &invoice_write_off_op, &in, NULL, ERR_INVALID);
    in.amount = USD(15, 0);
    expect_ok(t, &invoice_write_off_op, &in, &invoice);
    assert_int_equal(invoice.balance.cents, 2500);
    assert_owed(t, 2500, 0);
    in.amount = USD(25, 0);
    expect_ok(t, &invoice_write_off_op, &in, &invoice);
    assert_int_equal(invoice.status, INVOICE_PAID);
    const struct invoice_payment *shown = invoice.payments.at;
    assert_int_equal(invoice.payments.count, 2); /* what is given up is one line */
    assert_string_equal(shown[1].method, "write-off");
    assert_int_equal(shown[1].applied.cents, 4000);
    assert_int_equal(balance_of(t, ACCOUNT_BAD_DEBT), 4000);
    assert_owed(t, 0, 0);
    expect_status(t, &invoice_write_off_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "there is nothing to give up");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &invoice_write_off_op, &in, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    assert_frozen(t, "UPDATE invoice_write_off SET amount = 1",
                  "What was written off never changes.");
    assert_frozen(t, "DELETE FROM invoice_write_off", "What was written off is never deleted.");
}

static void what_was_written_off_is_owed_again_when_it_is_paid_after_all(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 30);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    struct invoice_write_off_undo in = {id, MONEY_ZERO, "Customer pays after all"};
    expect_status(t, &invoice_write_off_undo_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "Nothing of invoice 20001 is written off");
    const struct invoice_write_off off = {id, USD(100, 0), "Cannot be found"};
    expect_ok(t, &invoice_write_off_op, &off, &invoice);
    assert_owed(t, 0, 0);

    in.amount = (struct money){10001};
    expect_status(t, &invoice_write_off_undo_op, &in, NULL, ERR_INVALID);
    assert_field(t, "amount");
    assert_says(t, "Only 100.00 was written off");
    in.amount = USD(30, 0);
    expect_ok(t, &invoice_write_off_undo_op, &in, &invoice);
    assert_int_equal(invoice.balance.cents, 3000);
    assert_int_equal(((const struct invoice_payment *)invoice.payments.at)->applied.cents, 7000);
    assert_int_equal(balance_of(t, ACCOUNT_BAD_DEBT), 7000);
    assert_owed(t, 3000, 0);

    in.amount = MONEY_ZERO; /* all the rest */
    expect_ok(t, &invoice_write_off_undo_op, &in, &invoice);
    assert_int_equal(invoice.payments.count, 0);
    assert_int_equal(balance_of(t, ACCOUNT_BAD_DEBT), 0);
    assert_string_equal(order_state(t, id), "receivable");
    assert_owed(t, 10000, 0);
    given_payment(t, id, PAY_CASH, USD(100, 0));
    assert_owed(t, 0, 0);

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &invoice_write_off_undo_op, &in, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    assert_frozen(t,
                  "INSERT INTO invoice_write_off (invoice, amount, reason, written_on, written_at, "
                  "entry) VALUES (20001, -1, 'x', '2026-11-24', 0, 1)",
                  "No more is taken back of an invoice than was written off.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(what_nobody_will_pay_is_written_off_and_settles_the_invoice),
        SHOP_TEST(what_was_written_off_is_owed_again_when_it_is_paid_after_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
