/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every way a line comes on an order without a price given by hand: none walks around the shop's
 * margin floor. The customer's yes waits for the right and the reason. */

#include "books.h"
#include "orders.h"

#include "domain/template.h"

/* Pads at 89.95 that cost 80.00: 11 % where the shop wants 25 %. */
static void given_dear_pads(struct shop_test *t)
{
    given_parts(t);
    run_sql(t, "UPDATE part SET cost = 8000 WHERE sku = 'BP-1210'");
    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'prices:below-floor'");
}

static struct order given_canned(struct shop_test *t)
{
    const struct order order = given_order(t);

    given_dear_pads(t);
    expect_ok(t, &canned_job_add_op,
              input_json(t, &canned_job_add_op,
                         "{\"code\":\"BRK\",\"title\":\"Brakes\",\"lines\":["
                         "{\"kind\":\"labor\",\"description\":\"Pads\",\"quantity\":\"1\"},"
                         "{\"kind\":\"part\",\"sku\":\"bp-1210\",\"quantity\":\"2\"}]}"),
              NULL);
    return change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"BRK\"}",
                  (long long)order.id.v);
}

/* Neither the customer's yes nor the reason for it from whoever may not; then both. `line` is short
 * in job 1. */
static void assert_wants_a_reason(struct shop_test *t, int64_t id, size_t line, const char *says)
{
    const struct order order = order_of(t, id);
    const long long number = line_id_of(&order, 1, line);

    sign_in_as(t, ROLE_MANAGER);
    refuse(t, &order_authorize_op, ERR_DENIED, "ask somebody who may", "{\"order\":%lld}",
           (long long)id);
    refuse(t, &line_edit_op, ERR_DENIED, "Ask somebody who may",
           "{\"line\":%lld,\"price_reason\":\"Because\"}", number);
    sign_in_as(t, ROLE_ADMIN);
    refuse(t, &order_authorize_op, ERR_CONFLICT, says, "{\"order\":%lld}", (long long)id);
    assert_says(t, "write the reason for it on the line");
    change(t, &line_edit_op, "{\"line\":%lld,\"price_reason\":\"Loss leader\"}", number);
    sign_in_as(t, ROLE_MANAGER);
    assert_int_equal(authorize(t, id).state, ORDER_APPROVED);
}

static void a_canned_job_is_answered_for(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_canned(t);

    assert_wants_a_reason(t, order.id.v, 2, "costs 160.00 and would be sold for 179.90");
}

/* 220.00 - 179.90 leaves 40.10 for an hour that costs 60.00. */
static void a_menu_price_is_answered_for(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_parts(t);
    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'prices:below-floor'");
    expect_ok(t, &canned_job_add_op,
              input_json(t, &canned_job_add_op,
                         "{\"code\":\"BRK\",\"title\":\"Brakes\",\"menu_price\":\"220.00\","
                         "\"lines\":[{\"kind\":\"labor\",\"description\":\"Pads\","
                         "\"quantity\":\"1\",\"cost\":\"60.00\"},"
                         "{\"kind\":\"part\",\"sku\":\"bp-1210\",\"quantity\":\"2\"}]}"),
              NULL);
    order = change(t, &job_add_canned_op, "{\"order\":10001,\"code\":\"BRK\"}");
    run_sql(t, "UPDATE line SET cost = 6000 WHERE kind = 'labor'");
    assert_wants_a_reason(t, order.id.v, 1, "costs 60.00 and would be sold for 40.10, below cost");
}

static struct order given_next_order(struct shop_test *t)
{
    return change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":112400}");
}

static void a_template_is_answered_for(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_canned(t);
    const struct template_save keep = {.order = from.id, .name = "Brakes"};

    expect_ok(t, &template_save_op, &keep, NULL);
    const struct order next = given_next_order(t);
    change(t, &template_add_op, "{\"order\":%lld,\"template\":1}", (long long)next.id.v);
    assert_wants_a_reason(t, next.id.v, 2, "margin floor");
}

/* The reason of the order it is copied from was for that one. */
static void a_copy_of_an_order_is_answered_for_anew(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_canned(t);

    assert_wants_a_reason(t, from.id.v, 2, "margin floor");
    sign_in_as(t, ROLE_ADMIN);
    const struct order copy = change(t, &order_copy_op, "{\"order\":10001}");
    assert_wants_a_reason(t, copy.id.v, 2, "margin floor");
}

static void declined_work_that_is_taken_up_again_is_answered_for(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_canned(t);

    change(t, &order_authorize_op,
           "{\"order\":10001,\"decision\":\"declined\",\"reason\":\"Next month\"}");
    const struct order next = given_next_order(t);
    change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":%lld}", (long long)next.id.v,
           job_id_of(&from, 1));
    assert_wants_a_reason(t, next.id.v, 2, "margin floor");
}

/* A price file has made the part dearer than it is sold for, and it is added at its list price. */
static void a_part_that_got_dearer_since_is_answered_for(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_parts(t);
    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'prices:below-floor'");
    order = change(t, &job_add_op, "{\"order\":10001,\"title\":\"Brakes\"}");
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\"}", job_id_of(&order, 1));
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\"}", job_id_of(&order, 1));
    run_sql(t, "UPDATE line SET cost = 9500 WHERE kind = 'part'");
    assert_wants_a_reason(t, 10001, 2, "below cost");
}

/* 10 % off: 80.96 a pad that cost 60.00 is 25.9 %; 20 % off would leave 71.96, 16.6 %. */
static void a_discount_with_its_reason_answers_for_what_it_makes_short(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_canned(t);

    run_sql(t, "UPDATE part SET cost = 6000 WHERE sku = 'BP-1210'");
    run_sql(t, "UPDATE line SET cost = 6000 WHERE kind = 'part'");
    change(t, &discount_set_op,
           "{\"order\":10001,\"percent\":\"20\",\"applies_to\":\"all\",\"reason\":\"Goodwill\"}");
    assert_int_equal(authorize(t, order.id.v).state, ORDER_APPROVED);
}

static void what_comes_under_a_discount_later_is_answered_for(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_dear_pads(t);
    run_sql(t, "UPDATE part SET cost = 6000 WHERE sku = 'BP-1210'");
    order = given_another_job(t, order.id.v, "Diagnosis");
    change(t, &discount_set_op, "{\"order\":10001,\"percent\":\"20\",\"applies_to\":\"all\"}");
    expect_ok(t, &canned_job_add_op,
              input_json(t, &canned_job_add_op,
                         "{\"code\":\"BRK\",\"title\":\"Brakes\",\"lines\":["
                         "{\"kind\":\"part\",\"sku\":\"bp-1210\",\"quantity\":\"2\"}]}"),
              NULL);
    change(t, &job_add_canned_op, "{\"order\":10001,\"code\":\"BRK\"}");
    refuse(t, &order_authorize_op, ERR_CONFLICT, "margin floor", "{\"order\":10001}");
}

static void what_the_customer_does_not_pay_is_not_sold(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_canned(t);

    assert_int_equal(change(t, &job_pay_op,
                            "{\"job\":%lld,\"pay\":\"internal\",\"reason\":\"Our truck\"}",
                            job_id_of(&order, 1))
                         .state,
                     ORDER_APPROVED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_canned_job_is_answered_for),
        SHOP_TEST(a_menu_price_is_answered_for),
        SHOP_TEST(a_template_is_answered_for),
        SHOP_TEST(a_copy_of_an_order_is_answered_for_anew),
        SHOP_TEST(declined_work_that_is_taken_up_again_is_answered_for),
        SHOP_TEST(a_part_that_got_dearer_since_is_answered_for),
        SHOP_TEST(a_discount_with_its_reason_answers_for_what_it_makes_short),
        SHOP_TEST(what_comes_under_a_discount_later_is_answered_for),
        SHOP_TEST(what_the_customer_does_not_pay_is_not_sold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
