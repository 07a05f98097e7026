/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What may go on account: limits, holds, and the way beyond them. */

#include "book_rows.h"
#include "days.h"
#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/order_input.h"
#include "domain/payment.h"

#define NO_VEHICLE "No vehicle: this is for a part brought in. Parts alone are a counter sale."

static const struct customer_id FLEET = {1};

static void allow(struct shop_test *t, struct customer_id customer, int64_t cents)
{
    const struct customer_limit in = {.customer = customer, .credit_limit = {cents}};

    expect_ok(t, &customer_limit_op, &in, NULL);
}

static void put_on_hold(struct shop_test *t, const char *reason)
{
    const struct customer_hold in = {.customer = FLEET, .reason = reason};

    expect_ok(t, &customer_hold_op, &in, NULL);
}

static struct invoice post(struct shop_test *t, struct order_id order)
{
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    return invoice;
}

static void refuse_post(struct shop_test *t, struct order_id order, const char *says)
{
    const int64_t invoices = ask_number(t, "SELECT count(*) FROM invoice");
    struct invoice invoice;

    expect_status(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice,
                  ERR_CONFLICT);
    assert_says(t, says);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice"), invoices);
}

/* An order of one job that waits for the customer's answer. */
static struct order_id given_estimate(struct shop_test *t, int64_t cents)
{
    const struct order_id order = given_done_order(t, FLEET, (struct money){cents});

    run_sql(t, "UPDATE job SET state = 'presented' WHERE id = (SELECT max(id) FROM job)");
    run_sql(t, "UPDATE repair_order SET state = 'estimate', authorized = 0\n"
               "WHERE id = (SELECT max(id) FROM repair_order)");
    return order;
}

static void *answer(struct shop_test *t, struct order_id order, const char *decision)
{
    return input_json(t, &order_authorize_op,
                      arena_printf(&t->arena,
                                   "{\"order\":%lld,\"decision\":\"%s\",\"reason\":\"Asked\"}",
                                   (long long)order.v, decision));
}

static void refuse_answer(struct shop_test *t, struct order_id order, const char *says)
{
    expect_status(t, &order_authorize_op, answer(t, order, "authorized"), NULL, ERR_CONFLICT);
    assert_says(t, says);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization"), 0);
}

static void decide(struct shop_test *t, struct order_id order, enum order_account how,
                   const char *reason)
{
    const struct order_account_set in = {.order = order, .account = how, .reason = reason};

    expect_ok(t, &order_account_op, &in, NULL);
}

/* Delano Fleet, 30 days and 1,000.00 at most: 400.00 is owed, 50.00 in credit, and 300.00 agreed on
 * an order in work. */
static void given_a_fleet_with_a_limit(struct shop_test *t)
{
    const struct payment_deposit deposit = {
        .customer = FLEET, .method = PAY_CHECK, .amount = USD(50, 0), .check_number = "7"};

    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    allow(t, FLEET, 100000);
    (void)post(t, given_done_order(t, FLEET, USD(400, 0)));
    expect_ok(t, &payment_deposit_op, &deposit, NULL);
    (void)given_done_order(t, FLEET, USD(300, 0));
}

/* 400 - 50 + 300 + 350.01 = 1,000.01 */
static void work_is_agreed_to_up_to_the_limit_and_not_a_cent_beyond(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet_with_a_limit(t);
    const struct order_id above = given_estimate(t, 35001);
    refuse_answer(t, above, "With this Delano Fleet would owe 1,000.01, and the limit is 1,000.00");
    expect_ok(t, &order_authorize_op, answer(t, above, "declined"), NULL);
    const struct order_id within = given_estimate(t, 35000);
    expect_ok(t, &order_authorize_op, answer(t, within, "authorized"), NULL);
}

/* 400 - 50 + 650.01 = 1,000.01: what others agreed to is not owed yet. */
static void an_invoice_beyond_the_limit_is_refused_and_takes_no_number(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet_with_a_limit(t);
    refuse_post(t, given_done_order(t, FLEET, USD(650, 1)), "would owe 1,000.01");
    (void)post(t, given_done_order(t, FLEET, USD(650, 0)));
    refuse_post(t, given_done_order(t, FLEET, USD(0, 1)), "would owe 1,000.01");
    assert_books_agree(t);
}

static void an_order_that_is_paid_at_once_needs_no_limit_and_has_no_terms(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet_with_a_limit(t);
    const struct order_id order = given_done_order(t, FLEET, USD(2000, 0));
    refuse_post(t, order, "would owe 2,350.00");
    decide(t, order, ACCOUNT_AT_ONCE, "");
    const struct invoice invoice = post(t, order);
    assert_string_equal(invoice.due_on.iso, invoice.posted_on.iso);
    assert_non_null(strstr(invoice.terms, "Due on receipt"));
    assert_string_equal(ask_text(t, "SELECT state FROM repair_order WHERE id = 10003"), "posted");
}

static void a_hold_stops_new_work_but_no_decline_and_no_free_work(void **state)
{
    struct shop_test *t = *state;
    struct order page;

    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    const struct order_id order = given_estimate(t, 10000);
    put_on_hold(t, "Two checks came back");
    expect_ok(t, &order_show_op, input_json(t, &order_show_op, "{\"order\":10001}"), &page);
    assert_string_equal(page.warning, "On hold: Two checks came back. " NO_VEHICLE);
    refuse_answer(t, order,
                  "Delano Fleet is on hold: Two checks came back. Say on the order that it");
    expect_ok(t, &order_authorize_op, answer(t, order, "declined"), NULL);
    refuse_post(t, given_done_order(t, FLEET, USD(1, 0)), "is on hold");
    const struct order_id warranty = given_done_order(t, FLEET, USD(10, 0));
    run_sql(t, "UPDATE job SET pay = 'warranty', pay_reason = 'Ours'\n"
               "WHERE id = (SELECT max(id) FROM job)");
    assert_int_equal(post(t, warranty).total.cents, 0);

    struct customer_key in = {FLEET};
    expect_ok(t, &customer_release_op, &in, NULL);
    expect_status(t, &customer_release_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "Delano Fleet is not on hold");
}

static void beyond_a_hold_goes_who_has_the_right_and_says_why(void **state)
{
    struct shop_test *t = *state;

    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    const struct order_id order = given_done_order(t, FLEET, USD(100, 0));
    put_on_hold(t, "Two checks came back");
    struct order_account_set in = {.order = order, .account = ACCOUNT_BEYOND, .reason = ""};
    expect_status(t, &order_account_op, &in, NULL, ERR_INVALID);
    assert_field(t, "reason");
    in.reason = "Owner agreed";

    run_sql(t, "DELETE FROM role_right WHERE \"right\" = 'credit:exceed'\n"
               "AND role = (SELECT role FROM user WHERE id = 2)");
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &order_account_op, &in, NULL, ERR_DENIED);
    assert_says(t, "may not put work on account beyond a hold or a limit");
    sign_in_as(t, ROLE_ADMIN);
    expect_ok(t, &order_account_op, &in, NULL);
    assert_string_equal(post(t, order).due_on.iso, "2026-12-24");
    assert_string_equal(ask_text(t, "SELECT account_reason || account_by FROM repair_order"),
                        "Owner agreed1");
    assert_true(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'order.account'") > 0);
}

static void what_makes_no_sense_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;
    struct customer_limit limit = {.customer = FLEET, .credit_limit = {-1}};
    const struct customer_hold hold = {.customer = FLEET, .reason = ""};
    struct customer customer;

    given_customer(t, "Delgado, Maria", 0);
    expect_status(t, &customer_limit_op, &limit, NULL, ERR_INVALID);
    assert_field(t, "credit_limit");
    limit.credit_limit = USD(100, 0);
    expect_status(t, &customer_limit_op, &limit, NULL, ERR_INVALID);
    assert_says(t, "Delgado, Maria has no terms: every invoice is due at once");
    expect_status(t, &customer_hold_op, &hold, NULL, ERR_INVALID);
    assert_field(t, "reason");
    limit.credit_limit = (struct money){NUMBER_NONE};
    expect_ok(t, &customer_limit_op, &limit, &customer);
    assert_int_equal(customer.credit_limit.cents, NUMBER_NONE);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &customer_hold_op, &hold, NULL, ERR_DENIED);
    expect_status(t, &customer_limit_op, &limit, NULL, ERR_DENIED);
}

/* 0.00 is a limit: nothing on account. */
static void a_limit_of_nothing_lets_nothing_go_on_account(void **state)
{
    struct shop_test *t = *state;

    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    allow(t, FLEET, 0);
    refuse_post(t, given_done_order(t, FLEET, USD(0, 1)), "would owe 0.01, and the limit is 0.00");
    allow(t, FLEET, NUMBER_NONE);
    (void)post(t, given_done_order(t, FLEET, USD(99999, 0)));
}

static void what_is_overdue_is_told_wherever_the_customer_is(void **state)
{
    struct shop_test *t = *state;
    struct customer customer;
    struct customer_found found;
    struct page page;
    struct order order;

    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    run_sql(t, "INSERT INTO lookup (noun, key, id) VALUES ('customer', 'delano fleet', 1)");
    (void)post(t, given_done_order(t, FLEET, USD(100, 0)));
    (void)given_done_order(t, FLEET, USD(5, 0));
    days_later(t, 31);

    expect_ok(t, &customer_show_op, &(struct customer_key){FLEET}, &customer);
    assert_int_equal(customer.overdue.cents, 10000);
    assert_string_equal(customer.overdue_since_on.iso, "2026-12-24");
    expect_ok(t, &customer_find_op, &(struct customer_find){.text = "delano"}, &found);
    assert_int_equal(((const struct found_row *)found.rows.at)->overdue.cents, 10000);
    expect_ok(t, &customer_search_op, input_json(t, &customer_search_op, "{}"), &page);
    assert_int_equal(((const struct customer_row *)page.rows.at)->overdue.cents, 10000);
    expect_ok(t, &order_show_op, input_json(t, &order_show_op, "{\"order\":10002}"), &order);
    assert_string_equal(order.warning, "100.00 is overdue since 24 Dec 2026. " NO_VEHICLE);
}

static void a_merged_customer_stays_on_hold(void **state)
{
    struct shop_test *t = *state;
    struct customer kept;

    given_customer(t, "Delano Fleet", 30);
    put_on_hold(t, "Two checks came back");
    given_customer(t, "Delano Fleet LLC", 30);
    const struct customer_merge in = {.keep = {2}, .gone = FLEET};
    expect_ok(t, &customer_merge_op, &in, &kept);
    assert_true(kept.on_hold);
    assert_string_equal(kept.hold_reason, "Two checks came back");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(work_is_agreed_to_up_to_the_limit_and_not_a_cent_beyond),
        SHOP_TEST(an_invoice_beyond_the_limit_is_refused_and_takes_no_number),
        SHOP_TEST(an_order_that_is_paid_at_once_needs_no_limit_and_has_no_terms),
        SHOP_TEST(a_hold_stops_new_work_but_no_decline_and_no_free_work),
        SHOP_TEST(beyond_a_hold_goes_who_has_the_right_and_says_why),
        SHOP_TEST(what_makes_no_sense_is_refused_at_its_field),
        SHOP_TEST(a_limit_of_nothing_lets_nothing_go_on_account),
        SHOP_TEST(what_is_overdue_is_told_wherever_the_customer_is),
        SHOP_TEST(a_merged_customer_stays_on_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
