/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "book_rows.h"
#include "days.h"

#include "domain/drawer.h"
#include "domain/payment.h"

static struct drawer drawer_of(struct shop_test *t)
{
    struct drawer drawer;

    expect_ok(t, &drawer_show_op, NULL, &drawer);
    return drawer;
}

static struct drawer does(struct shop_test *t, const struct op *op, const char *json)
{
    struct drawer drawer;

    expect_ok(t, op, input_json(t, op, json), &drawer);
    return drawer;
}

static void refuses(struct shop_test *t, const struct op *op, status expected, const char *says,
                    const char *json)
{
    expect_status(t, op, input_json(t, op, json), NULL, expected);
    assert_says(t, says);
}

static void given_cash(struct shop_test *t, int64_t cents)
{
    const struct payment_deposit in = {
        .customer = {1}, .method = PAY_CASH, .amount = {cents}, .check_number = ""};
    struct payment_taken out;

    expect_ok(t, &payment_deposit_op, &in, &out);
}

/* By hand: 200.00 float + 362.50 + 45.25 cash − 18.40 towels − 300.00 drop = 289.35; counted 288.85
 * is 0.50 short. */
static void what_should_lie_there_is_worked_out_and_short_is_posted(void **state)
{
    struct shop_test *t = *state;
    struct drawer d;

    given_customer(t, "Delgado, Maria", 0);
    d = does(t, &drawer_open_op, "{\"amount\":\"200.00\",\"place\":\"bank\"}");
    assert_int_equal(d.expected.cents, 20000);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), -20000);
    given_cash(t, 36250);
    given_cash(t, 4525);
    does(t, &drawer_pay_out_op, "{\"amount\":\"18.40\",\"reason\":\"Shop towels\"}");
    d = does(t, &drawer_drop_op, "{\"amount\":\"300\",\"reason\":\"Bag 14\"}");
    assert_int_equal(d.opening.cents, 20000);
    assert_int_equal(d.taken.cents, 40775);
    assert_int_equal(d.pay_outs.cents, 1840);
    assert_int_equal(d.drops.cents, 30000);
    assert_int_equal(d.expected.cents, 28935);
    assert_false(d.settled);
    /* 2 × 100 + 4 × 20 + 8 × 1 + 3 × 0.25 + 1 × 0.10 = 288.85 */
    d = does(t, &drawer_count_op,
             "{\"hundreds\":2,\"twenties\":4,\"ones\":8,\"quarters\":3,\"dimes\":1}");
    assert_int_equal(d.counted.cents, 28885);
    assert_int_equal(d.over_short.cents, -50);
    assert_int_equal(d.expected.cents, 28885);
    assert_true(d.settled);
    assert_int_equal(balance_of(t, ACCOUNT_CASH_SHORT), 50);
    assert_int_equal(balance_of(t, ACCOUNT_PETTY_EXPENSE), 1840);
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 30000);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 28885);
    assert_books_agree(t);
    d = does(t, &drawer_count_op, "{\"total\":\"289.35\"}");
    assert_int_equal(balance_of(t, ACCOUNT_CASH_SHORT), 0);
    assert_int_equal(d.rows.count, 5);
    assert_books_agree(t);
}

static void a_drop_after_the_count_leaves_it_counted_and_cash_does_not(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    does(t, &drawer_open_op, "{\"amount\":\"100.00\"}");
    given_cash(t, 5000);
    does(t, &drawer_count_op, "{\"total\":\"150.00\"}");
    assert_true(does(t, &drawer_drop_op, "{\"amount\":\"50.00\"}").settled);
    assert_int_equal(drawer_of(t).expected.cents, 10000);
    given_cash(t, 100);
    assert_false(drawer_of(t).settled);
    does(t, &drawer_count_op, "{\"total\":\"101.00\"}");
    does(t, &drawer_pay_out_op, "{\"amount\":\"1.00\",\"reason\":\"Stamps\"}");
    assert_false(drawer_of(t).settled);
    assert_books_agree(t);
}

/* A change of shift: 150.00 are counted, 50.00 of it go into the safe, and the next one begins with
 * the 100.00 that are left. */
static void a_drop_between_two_shifts_is_in_the_next_float_no_more(void **state)
{
    struct shop_test *t = *state;
    struct drawer d;

    given_customer(t, "Delgado, Maria", 0);
    does(t, &drawer_open_op, "{\"amount\":\"100.00\"}");
    given_cash(t, 5000);
    does(t, &drawer_count_op, "{\"total\":\"150.00\"}");
    does(t, &drawer_drop_op, "{\"amount\":\"50.00\"}");
    d = does(t, &drawer_open_op, "{\"amount\":\"100.00\"}");
    assert_int_equal(d.expected.cents, 10000);
    assert_int_equal(d.other.cents, 0);
    given_cash(t, 700);
    assert_int_equal(drawer_of(t).expected.cents, 10700);
    assert_books_agree(t);
}

/* Cash taken before the drawer was opened today stays on top of the float; that of yesterday is
 * part of what lay there. */
static void a_drawer_opened_late_is_right_as_well(void **state)
{
    struct shop_test *t = *state;
    struct drawer d;

    given_customer(t, "Delgado, Maria", 0);
    given_cash(t, 90000);
    days_later(t, 1);
    given_cash(t, 4000);
    d = does(t, &drawer_open_op, "{\"amount\":\"200.00\"}");
    assert_int_equal(d.expected.cents, 24000);
    assert_int_equal(d.taken.cents, 4000);
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 70000);
    refuses(t, &drawer_open_op, ERR_CONFLICT, "it was not counted since. Count it first.",
            "{\"amount\":\"200.00\"}");
    does(t, &drawer_count_op, "{\"total\":\"240.00\"}");
    assert_int_equal(balance_of(t, ACCOUNT_CASH_SHORT), 0);
    days_later(t, 1);
    d = does(t, &drawer_open_op, "{\"amount\":\"240.00\"}");
    assert_int_equal(d.taken.cents, 0);
    assert_int_equal(d.expected.cents, 24000);
    assert_books_agree(t);
}

static void what_makes_no_sense_is_told_and_nothing_moves(void **state)
{
    struct shop_test *t = *state;

    refuses(t, &drawer_drop_op, ERR_CONFLICT, "was never opened", "{\"amount\":\"5\"}");
    refuses(t, &drawer_count_op, ERR_CONFLICT, "was never opened", "{\"total\":\"5\"}");
    refuses(t, &drawer_open_op, ERR_INVALID, "", "{\"amount\":\"-1\"}");
    does(t, &drawer_open_op, "{\"amount\":\"50.00\"}");
    refuses(t, &drawer_drop_op, ERR_INVALID, "50.00 should lie in the drawer. Take that much",
            "{\"amount\":\"50.01\"}");
    refuses(t, &drawer_drop_op, ERR_INVALID, "", "{\"amount\":\"0\"}");
    refuses(t, &drawer_pay_out_op, ERR_INVALID, "", "{\"amount\":\"-3\",\"reason\":\"x\"}");
    refuses(t, &drawer_pay_out_op, ERR_INVALID, "", "{\"amount\":\"3\",\"reason\":\"\"}");
    refuses(t, &drawer_pay_out_op, ERR_INVALID, "is kept by its documents",
            "{\"amount\":\"3\",\"reason\":\"x\",\"account\":1200}");
    assert_field(t, "account");
    refuses(t, &drawer_pay_out_op, ERR_INVALID, "There is no account 77",
            "{\"amount\":\"3\",\"reason\":\"x\",\"account\":77}");
    refuses(t, &drawer_count_op, ERR_INVALID, "Nothing is counted", "{}");
    refuses(t, &drawer_count_op, ERR_INVALID, "The pieces come to 20.00, not 21.00",
            "{\"twenties\":1,\"total\":\"21.00\"}");
    refuses(t, &drawer_count_op, ERR_INVALID, "", "{\"twenties\":-1}");
    does(t, &drawer_count_op, "{\"total\":\"0\",\"reason\":\"Stolen over night\"}");
    assert_int_equal(balance_of(t, ACCOUNT_CASH_SHORT), 5000);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM drawer_move"), 2);
    assert_books_agree(t);
}

/* 50.00 lie there and the shop lets 20.00 pass: 30.00 and 70.00 do, a cent more says why. */
static void a_count_far_off_is_asked_about_and_its_reason_kept(void **state)
{
    struct shop_test *t = *state;

    does(t, &drawer_open_op, "{\"amount\":\"50.00\"}");
    refuses(t, &drawer_count_op, ERR_INVALID,
            "20.01 short of 50.00: count again, or say why. It is posted as cash short.",
            "{\"total\":\"29.99\"}");
    assert_field(t, "reason");
    refuses(t, &drawer_count_op, ERR_INVALID, "20.01 over 50.00: count again",
            "{\"total\":\"70.01\"}");
    does(t, &drawer_count_op, "{\"total\":\"30.00\"}");
    does(t, &drawer_count_op, "{\"total\":\"50.01\",\"reason\":\"A bill lay under the tray\"}");
    assert_string_equal(ask_text(t, "SELECT reason FROM drawer_move WHERE amount = 5001"),
                        "A bill lay under the tray");
    run_sql(t, "UPDATE shop SET drawer_limit = 0");
    refuses(t, &drawer_count_op, ERR_INVALID, "0.01 short of 50.01", "{\"total\":\"50.00\"}");
    does(t, &drawer_count_op, "{\"total\":\"50.01\"}");
    assert_int_equal(balance_of(t, ACCOUNT_CASH_SHORT), -1);
    assert_books_agree(t);
}

static void rows_of_the_drawer_stay_and_the_proof_finds_a_cent(void **state)
{
    struct shop_test *t = *state;

    does(t, &drawer_open_op, "{\"amount\":\"50.00\"}");
    assert_frozen(t, "UPDATE drawer_move SET amount = 1", "never changes");
    assert_frozen(t, "DELETE FROM drawer_move", "never deleted");
    does(t, &drawer_count_op, "{\"twenties\":2,\"tens\":1}");
    assert_frozen(t, "UPDATE drawer_piece SET pieces = 1", "never changes");
    run_sql(t, "DROP TRIGGER drawer_move_is_final");
    run_sql(t, "UPDATE drawer_move SET expected = expected - 1, change = change + 1 "
               "WHERE kind = 'open'");
    assert_books_disagree(t, "Drawer row 1: moved it by 50.01, its entry says 50.00");
}

static void a_technician_has_no_business_in_the_drawer(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &drawer_show_op, NULL, NULL, ERR_DENIED);
    refuses(t, &drawer_count_op, ERR_DENIED, "", "{\"total\":\"5\"}");
    sign_in_as(t, ROLE_MANAGER);
    does(t, &drawer_open_op, "{\"amount\":\"50.00\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(what_should_lie_there_is_worked_out_and_short_is_posted),
        SHOP_TEST(a_drop_after_the_count_leaves_it_counted_and_cash_does_not),
        SHOP_TEST(a_drop_between_two_shifts_is_in_the_next_float_no_more),
        SHOP_TEST(a_drawer_opened_late_is_right_as_well),
        SHOP_TEST(what_makes_no_sense_is_told_and_nothing_moves),
        SHOP_TEST(a_count_far_off_is_asked_about_and_its_reason_kept),
        SHOP_TEST(rows_of_the_drawer_stay_and_the_proof_finds_a_cent),
        SHOP_TEST(a_technician_has_no_business_in_the_drawer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
