/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "orders.h"

static void a_copy_is_a_new_estimate_at_todays_prices(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_brake_job(t);

    authorize(t, from.id.v);
    run_sql(t, "UPDATE part SET price = 9995 WHERE sku = 'BP-1210'");
    run_sql(t, "UPDATE job SET technician = 3, concern = 'Squeals', pay = 'warranty'");
    const struct order copy = change(t, &order_copy_op, "{\"order\":%lld}", (long long)from.id.v);

    assert_int_not_equal(copy.id.v, from.id.v);
    assert_int_equal(copy.vehicle.v, 1);
    assert_int_equal(copy.state, ORDER_ESTIMATE);
    assert_int_equal(copy.authorized.cents, 0);
    const struct order_job *job = job_of(&copy, 1);
    assert_string_equal(job->title, "Front brakes");
    assert_string_equal(job->concern, "Squeals");
    assert_int_equal(job->state, JOB_DRAFT);
    assert_int_equal(job->technician.v, 0);
    assert_int_equal(job->pay, PAY_CUSTOMER);
    assert_int_equal(job->lines.count, 3);
    assert_int_equal(line_of(&copy, 1, 2)->price.cents, 9995);
    assert_int_equal(line_of(&copy, 1, 3)->quantity.thousandths, 5500);
    /* The first one is as it was. */
    const struct order still = order_of(t, from.id.v);
    assert_int_equal(line_of(&still, 1, 2)->price.cents, 8995);
}

static void a_copy_may_be_for_another_vehicle_with_its_own_customer(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_brake_job(t);

    run_sql(t, "INSERT INTO customer (name, name_key, last_name, created_at)\n"
               "VALUES ('Fleet', 'fleet', 'Fleet', 0)");
    run_sql(t, "INSERT INTO vehicle (customer, name, name_key) VALUES (2, 'Van', 'van')");
    const struct order copy =
        change(t, &order_copy_op, "{\"order\":%lld,\"vehicle\":2,\"odometer_mi\":5000}",
               (long long)from.id.v);
    assert_int_equal(copy.vehicle.v, 2);
    assert_int_equal(copy.customer.v, 2);
    assert_int_equal(copy.odometer_in_mi, 5000);
}

static void what_was_declined_is_not_copied(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_brake_job(t);
    const long long id = (long long)from.id.v;

    change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"declined\"}", id);
    refuse(t, &order_copy_op, ERR_CONFLICT, "no job to copy", "{\"order\":%lld}", id);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM repair_order"), 1);

    given_another_job(t, from.id.v, "Wipers");
    const struct order copy = change(t, &order_copy_op, "{\"order\":%lld}", id);
    assert_int_equal(copy.jobs.count, 1);
    assert_string_equal(job_of(&copy, 1)->title, "Wipers");
    assert_int_equal(copy.declined, 1);
}

/* Two alternators on two lines: two cores of 40.00, in the copy and in the copy of the copy. */
static void a_core_is_charged_once_for_each_part_in_a_copy_too(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    expect_ok(t, &part_add_op,
              input_json(t, &part_add_op,
                         "{\"sku\":\"ALT\",\"name\":\"Alternator\",\"price\":\"200\","
                         "\"core\":\"40\"}"),
              NULL);
    order = given_another_job(t, order.id.v, "Both alternators");
    const size_t job = order.jobs.count;
    for (int i = 0; i < 2; i++)
        change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"ALT\"}", job_id_of(&order, job));
    for (int i = 0; i < 2; i++) {
        order = change(t, &order_copy_op, "{\"order\":%lld}", (long long)order.id.v);
        assert_int_equal(order.fees.cents, 8000);
        assert_int_equal(job_of(&order, order.jobs.count)->lines.count, 5);
    }
    order = change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, order.jobs.count, 2));
    assert_int_equal(order.fees.cents, 4000);
}

/* 2 x 12.00, written up by hand beside no part of the catalog. */
static void a_core_by_hand_is_copied(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    change(t, &line_add_other_op,
           "{\"job\":%lld,\"kind\":\"core\",\"description\":\"Caliper core\",\"price\":\"12\","
           "\"quantity\":\"2\"}",
           job_id_of(&order, 1));
    order = change(t, &order_copy_op, "{\"order\":%lld}", (long long)order.id.v);
    assert_int_equal(order.fees.cents, 2400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_copy_is_a_new_estimate_at_todays_prices),
        SHOP_TEST(a_copy_may_be_for_another_vehicle_with_its_own_customer),
        SHOP_TEST(what_was_declined_is_not_copied),
        SHOP_TEST(a_core_is_charged_once_for_each_part_in_a_copy_too),
        SHOP_TEST(a_core_by_hand_is_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
