/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One check for many invoices, by keys. */

#include "desk_test.h"
#include "domain/book_rows.h"
#include "domain/invoice.h"
#include "domain/payment.h"

static const struct customer_id FLEET = {3};

/* The fleet owes 120.00, 80.00 and 200.00, due on the same day. */
static void open_fleet(struct desk_test *t)
{
    static const int64_t cents[] = {12000, 8000, 20000};

    given_no_taxes(t->shop);
    for (size_t i = 0; i < COUNT_OF(cents); i++) {
        const struct order_id order = given_done_order(t->shop, FLEET, (struct money){cents[i]});
        struct invoice invoice;
        run_sql(t->shop, "UPDATE repair_order SET vehicle = 3");
        expect_ok(t->shop, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    }
    desk_open_op(t->desk, op_find("customer.show"),
                 &(struct subject){.noun = "customer", .id = FLEET.v});
    keys(t, "");
    keys(t, "<F7>");
}

static int64_t paid(struct desk_test *t, int64_t invoice)
{
    return ask_number(t->shop,
                      arena_printf(&t->shop->arena, "SELECT paid FROM invoice WHERE id = %lld",
                                   (long long)invoice));
}

static void what_is_chosen_is_paid_by_one_check(void **state)
{
    struct desk_test *t = *state;

    open_fleet(t);
    assert_both_pictures(t, "payment_bulk");
    keys(t, "<Space><Down><Space>");
    assert_shows(t, "Chosen 320.00");
    keys(t, "<F2>");
    assert_both_pictures(t, "payment_bulk_how");
    keys(t, "<F2>");
    assert_shows(t, "Enter the number of the check.");
    keys(t, "8810<F2>");
    assert_shows(t, "Payment 1 of 320.00 is taken on 2 invoices.");
    assert_shows(t, "Print · payment 1");
    assert_int_equal(paid(t, 20001), 12000);
    assert_int_equal(paid(t, 20002), 0);
    assert_int_equal(paid(t, 20003), 20000);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 1);
}

/* 250.00: 120.00, then 80.00, then 50.00 of the 200.00. */
static void the_oldest_first_uses_an_amount_up(void **state)
{
    struct desk_test *t = *state;

    open_fleet(t);
    keys(t, "o250<Enter>");
    assert_shows(t, "Payment 250.00");
    assert_both_pictures(t, "payment_bulk_oldest");
    keys(t, "<F2>8811<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT amount FROM payment"), 25000);
    assert_int_equal(paid(t, 20003), 5000);
}

static void the_rest_of_a_check_is_seen_and_becomes_credit(void **state)
{
    struct desk_test *t = *state;

    open_fleet(t);
    keys(t, "a300<Enter><Down>50<Enter>");
    assert_shows(t, "Left         250.00");
    keys(t, "<Space>"); /* out again */
    keys(t, "a<Ctrl-U>30<Enter><Home><Down><Space>");
    assert_shows(t, "Chosen 30.00");
    keys(t, "<Space>");
    assert_shows(t, "Nothing is left of the payment for this invoice.");
    keys(t, "a<Ctrl-U>20<Enter><F2>");
    assert_shows(t, "10.00 more is chosen than the payment is. Leave some out.");
    keys(t, "a<Ctrl-U>100<Enter><F2>8812<F2>");
    assert_shows(t, "to credit 70.00");
    assert_int_equal(ask_number(t->shop, "SELECT credit FROM customer WHERE id = 3"), 7000);
}

static void cash_gives_change_and_nothing_is_taken_by_mistake(void **state)
{
    struct desk_test *t = *state;

    open_fleet(t);
    keys(t, "<F2>");
    assert_shows(t, "Nothing is chosen: Space chooses an invoice, o the oldest first.");
    keys(t, "200.01<Enter>");
    assert_shows(t, "Only 120.00 is due on it.");
    keys(t, "<Ctrl-U>12x<Enter>");
    assert_shows(t, "Pays");
    keys(t, "<Esc>*<Esc>");
    assert_shows(t, "Nothing was taken yet");
    keys(t, "<Enter>n<Space>a150<Enter><F2><Up><Up><Left><F2>");
    assert_shows(t, "Hand back 30.00.");
    assert_int_equal(paid(t, 20001), 12000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(what_is_chosen_is_paid_by_one_check),
        COUNTER_TEST(the_oldest_first_uses_an_amount_up),
        COUNTER_TEST(the_rest_of_a_check_is_seen_and_becomes_credit),
        COUNTER_TEST(cash_gives_change_and_nothing_is_taken_by_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
