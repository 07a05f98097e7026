/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Late fees by keys: looked at, charged, and nothing left to charge. */

#include "desk_test.h"
#include "domain/book_rows.h"
#include "domain/invoice.h"
#include "domain/late_fee.h"
#include "domain/payment.h"

/* The fleet has had an invoice of 300.00 since 30 days longer than its terms allow. */
static void open_late(struct desk_test *t)
{
    struct shop_test *shop = NULL;

    shop = t->shop;
    given_no_taxes(shop);
    run_sql(shop, "INSERT INTO late_fee_rule (id, charged, yearly, grace_days)\n"
                  "VALUES (1, 'rate', 180000, 10)");
    for (int64_t customer = 1; customer <= 3; customer += 2) {
        const struct order_id order =
            given_done_order(shop, (struct customer_id){customer}, USD(100 * customer, 0));
        struct invoice invoice;
        expect_ok(shop, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    }
    run_sql(shop, "DROP TRIGGER invoice_is_frozen");
    run_sql(shop, "UPDATE invoice SET posted_on = '2026-09-20', due_on = '2026-10-20'");
    desk_open_op(t->desk, &late_fee_preview_op, NULL);
    keys(t, "");
}

/* By hand: 300.00 x 18 % / 12 = 4.50, 100.00 x 18 % / 12 = 1.50. */
static void late_fees_are_looked_at_then_charged(void **state)
{
    struct desk_test *t = *state;

    open_late(t);
    assert_shows(t, "Fees           6.00");
    assert_both_pictures(t, "late_fees");
    keys(t, "=");
    assert_shows(t, "300.00 x 18 % / 12");
    assert_shows(t, "Late fee of invoice 20002");
    keys(t, "<Esc>");
    keys(t, "<F2>");
    assert_shows(t, "6.00 for 2 invoices of 2 customers.");
    keys(t, "<Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM late_fee"), 0);
    keys(t, "<F2>c");
    assert_shows(t, "Charged: 2 invoices, 6.00 in all.");
    assert_shows(t, "No late fee is due.");
    assert_int_equal(ask_number(t->shop, "SELECT sum(amount) FROM late_fee"), 600);
    keys(t, "<F2>");
    assert_shows(t, "No late fee is due.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM late_fee"), 2);
}

static void who_is_exempt_is_charged_nothing(void **state)
{
    struct desk_test *t = *state;

    open_late(t);
    keys(t, "x");
    assert_shows(t, "No late fees");
    keys(t, "<F2>");
    assert_shows(t, "Saved.");
    assert_int_equal(ask_number(t->shop, "SELECT sum(late_fee_exempt) FROM customer"), 1);
}

/* The shop's fee stands in the form; the bank's is typed. */
static void a_check_that_came_back_shows_what_the_customer_is_charged(void **state)
{
    struct desk_test *t = *state;

    open_late(t);
    run_sql(t->shop, "UPDATE late_fee_rule SET returned_fee = 2500");
    struct tender check = {.method = PAY_CHECK, .amount = USD(100, 0), .check_number = "77"};
    const struct payment_take in = {.invoice = {20001}, .tenders = {&check, 1}};
    expect_ok(t->shop, &payment_take_op, &in, NULL);
    desk_open_op(t->desk, &payment_search_op, NULL);
    keys(t, "b");
    assert_shows(t, "25.00");
    keys(t, "12<Tab><Tab>No funds<F2>y");

    assert_int_equal(ask_number(t->shop, "SELECT fee FROM payment_return"), 1200);
    assert_int_equal(ask_number(t->shop, "SELECT total FROM invoice WHERE kind = 'charge'"), 2500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(late_fees_are_looked_at_then_charged),
        COUNTER_TEST(who_is_exempt_is_charged_nothing),
        COUNTER_TEST(a_check_that_came_back_shows_what_the_customer_is_charged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
