/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Work that the shop or its warranty pays for: nobody is asked to agree to an amount of 0, but
 * where the state wants every work authorized. */

#include "books.h"
#include "orders.h"

#include "domain/invoice.h"
#include "domain/stock.h"

/* Job 1: the customer's brakes. Job 2: an hour that warranty pays for. */
static struct order given_warranty_job(struct shop_test *t)
{
    struct order order = given_brake_job(t);

    order = given_another_job(t, order.id.v, "Squeal");
    return change(t, &job_pay_op,
                  "{\"job\":%lld,\"pay\":\"warranty\",\"reason\":\"Pads of last month\"}",
                  job_id_of(&order, 2));
}

static void nobody_is_asked_about_what_the_customer_does_not_pay(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_warranty_job(t);
    const long long squeal = job_id_of(&order, 2);

    assert_int_equal(job_of(&order, 1)->state, JOB_DRAFT);
    assert_int_equal(job_of(&order, 2)->state, JOB_AUTHORIZED);
    assert_int_equal(order.state, ORDER_APPROVED);
    refuse(t, &job_start_op, ERR_CONFLICT, "is not authorized", "{\"job\":%lld}",
           job_id_of(&order, 1));
    change(t, &job_start_op, "{\"job\":%lld}", squeal);
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"1\"}", squeal);
    order = change(t, &job_done_op, "{\"job\":%lld}", squeal);
    assert_false(job_of(&order, 2)->needs_authorization);

    order = authorize(t, 10001);
    assert_int_equal(order.authorized.cents, 62600);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization_job"), 1);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, input_json(t, &invoice_post_op, "{\"order\":10001}"), NULL);
    assert_books_agree(t);
}

static void an_order_that_is_all_the_shops_own_waits_for_nobody(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    order = given_another_job(t, order.id.v, "The shop's own truck");
    order = change(t, &job_pay_op, "{\"job\":%lld,\"pay\":\"internal\",\"reason\":\"Our truck\"}",
                   job_id_of(&order, 1));
    assert_int_equal(order.state, ORDER_APPROVED);
    refuse(t, &order_authorize_op, ERR_CONFLICT, "No job waits", "{\"order\":10001}");
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, input_json(t, &invoice_post_op, "{\"order\":10001}"), NULL);
    assert_string_equal(ask_text(t, "SELECT state FROM repair_order"), "paid");
    assert_books_agree(t);
}

static void where_the_state_wants_every_work_authorized_it_is_asked_for(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "UPDATE shop SET profile = 'ca', registration = 'ARD 1'");
    struct order order = given_order(t);
    order = given_another_job(t, order.id.v, "Squeal");
    order = change(t, &job_pay_op, "{\"job\":%lld,\"pay\":\"warranty\",\"reason\":\"Again\"}",
                   job_id_of(&order, 1));
    const long long job = job_id_of(&order, 1);
    assert_int_equal(job_of(&order, 1)->state, JOB_DRAFT);
    refuse(t, &job_start_op, ERR_CONFLICT, "whoever pays for it. (16 CCR 3353; BPC 9884.9(a)",
           "{\"job\":%lld}", job);
    refuse(t, &invoice_post_op, ERR_CONFLICT, "whoever pays for it. (16 CCR 3353; BPC 9884.9(a)",
           "{\"order\":10001}");
    order = authorize(t, 10001);
    assert_int_equal(order.authorized.cents, 0);
    change(t, &job_start_op, "{\"job\":%lld}", job);
}

/* Taken back to the customer, it costs 100.00 that nobody has agreed to. */
static void what_the_customer_pays_for_after_all_is_asked_for(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_warranty_job(t);
    const long long squeal = job_id_of(&order, 2);

    order = change(t, &job_pay_op, "{\"job\":%lld,\"pay\":\"customer\"}", squeal);
    assert_true(job_of(&order, 2)->needs_authorization);
    refuse(t, &job_start_op, ERR_CONFLICT, "has changed since", "{\"job\":%lld}", squeal);
    order = authorize(t, 10001);
    assert_false(job_of(&order, 2)->needs_authorization);
    assert_int_equal(job_of(&order, 2)->amount.cents, 10000);
    change(t, &job_start_op, "{\"job\":%lld}", squeal);
}

static void what_was_done_free_and_is_charged_then_is_not_posted_without_an_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_warranty_job(t);

    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 2));
    authorize(t, 10001);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &job_pay_op, "{\"job\":%lld,\"pay\":\"customer\"}", job_id_of(&order, 2));
    /* Looked at again and again, it stays so. */
    order = change(t, &job_edit_op, "{\"job\":%lld,\"concern\":\"Squeals when cold\"}",
                   job_id_of(&order, 2));
    assert_true(job_of(&order, 2)->needs_authorization);
    refuse(t, &invoice_post_op, ERR_CONFLICT, "has changed since", "{\"order\":10001}");
    authorize(t, 10001);
    expect_ok(t, &invoice_post_op, input_json(t, &invoice_post_op, "{\"order\":10001}"), NULL);
    assert_books_agree(t);
}

/* The customer's answer is what kept a job on its order; here there is none. */
static void work_that_has_begun_stays_on_its_order(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_warranty_job(t);
    const long long squeal = job_id_of(&order, 2);

    expect_ok(t, &part_adjust_op,
              input_json(t, &part_adjust_op,
                         "{\"part\":1,\"on_hand\":\"4\",\"unit_cost\":\"41.00\","
                         "\"reason\":\"counted\"}"),
              NULL);
    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"1\"}",
                   squeal);
    change(t, &stock_pull_op, "{\"line\":%lld}", line_id_of(&order, 2, 2));
    refuse(t, &job_remove_op, ERR_CONFLICT, "Parts are pulled", "{\"job\":%lld}", squeal);
    change(t, &stock_put_back_op, "{\"line\":%lld}", line_id_of(&order, 2, 2));
    change(t, &job_start_op, "{\"job\":%lld}", squeal);
    refuse(t, &job_remove_op, ERR_CONFLICT, "has begun, so it stays", "{\"job\":%lld}", squeal);
    assert_books_agree(t);
}

static void a_warranty_job_that_nobody_began_can_be_taken_off(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_warranty_job(t);

    assert_int_equal(change(t, &job_remove_op, "{\"job\":%lld}", job_id_of(&order, 2)).jobs.count,
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(nobody_is_asked_about_what_the_customer_does_not_pay),
        SHOP_TEST(an_order_that_is_all_the_shops_own_waits_for_nobody),
        SHOP_TEST(where_the_state_wants_every_work_authorized_it_is_asked_for),
        SHOP_TEST(what_the_customer_pays_for_after_all_is_asked_for),
        SHOP_TEST(what_was_done_free_and_is_charged_then_is_not_posted_without_an_answer),
        SHOP_TEST(work_that_has_begun_stays_on_its_order),
        SHOP_TEST(a_warranty_job_that_nobody_began_can_be_taken_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
