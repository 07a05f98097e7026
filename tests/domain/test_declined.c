/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Declined and deferred work is carried to the next visit, whatever becomes of the orders. */

#include "orders.h"

#include "domain/invoice.h"
#include "domain/list.h"

static size_t on_list(struct shop_test *t)
{
    struct page page;

    call(t, &vehicle_decline_list_op, &page, "{\"vehicle\":1}");
    return page.rows.count;
}

/* The brakes are authorized, the struts (job 2 of RO 10001) declined. */
static struct order given_declined_struts(struct shop_test *t)
{
    const struct order order = given_brake_job(t);
    const struct order both = given_another_job(t, order.id.v, "Rear struts");

    return change(t, &order_authorize_op,
                  "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"},"
                  "{\"job\":%lld,\"decision\":\"declined\",\"reason\":\"Next month\"}]}",
                  (long long)order.id.v, job_id_of(&both, 1), job_id_of(&both, 2));
}

static struct order next_visit(struct shop_test *t)
{
    return change(t, &order_start_op, "{\"vehicle\":1,\"odometer_mi\":112500}");
}

static struct order taken_up(struct shop_test *t, const struct order *next, long long job)
{
    return change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":%lld}", (long long)next->id.v,
                  job);
}

static void it_stays_when_the_rest_is_invoiced(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);
    struct invoice invoice;

    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order.id}, &invoice);
    assert_int_equal(on_list(t), 1);
    assert_int_equal(next_visit(t).declined, 1);
}

static void it_stays_when_the_order_is_void(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);

    change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"Towed away\"}", (long long)order.id.v);
    assert_int_equal(on_list(t), 1);
}

static void it_stays_when_the_order_is_copied_or_kept_as_a_template(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);

    const struct order copy = change(t, &order_copy_op, "{\"order\":%lld}", (long long)order.id.v);
    assert_int_equal(copy.jobs.count, 1);
    assert_int_equal(copy.declined, 1);
    assert_int_equal(on_list(t), 1);
}

static void taken_up_it_leaves_the_list_and_is_not_answered_twice(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);
    const long long struts = job_id_of(&order, 2);
    const struct order next = next_visit(t);

    (void)taken_up(t, &next, struts);
    assert_int_equal(on_list(t), 0);
    refuse(t, &order_authorize_op, ERR_CONFLICT, "taken up on a later order",
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"}]}",
           (long long)order.id.v, struts);
    /* Said again it is still the later order's. */
    change(t, &order_authorize_op,
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"deferred\"}]}",
           (long long)order.id.v, struts);
    assert_int_equal(on_list(t), 0);
    const struct order first = order_of(t, order.id.v);
    assert_true(job_of(&first, 2)->carried);
    assert_false(job_of(&first, 1)->carried);
}

static void taken_off_again_it_is_back_on_the_list(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);
    struct order next = next_visit(t);

    next = taken_up(t, &next, job_id_of(&order, 2));
    change(t, &job_remove_op, "{\"job\":%lld}", job_id_of(&next, 1));
    assert_int_equal(on_list(t), 1);

    (void)taken_up(t, &next, job_id_of(&order, 2));
    assert_int_equal(on_list(t), 0);
    change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"No show\"}", (long long)next.id.v);
    assert_int_equal(on_list(t), 1);
    change(t, &order_authorize_op,
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"}]}",
           (long long)order.id.v, job_id_of(&order, 2));
    assert_int_equal(on_list(t), 0);
}

static void declined_again_it_is_there_once(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);
    struct order next = next_visit(t);

    next = taken_up(t, &next, job_id_of(&order, 2));
    change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"declined\"}",
           (long long)next.id.v);
    assert_int_equal(on_list(t), 1);
    change(t, &job_drop_declined_op, "{\"job\":%lld}", job_id_of(&next, 1));
    assert_int_equal(on_list(t), 0);
}

static void done_on_the_next_visit_it_is_done(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_declined_struts(t);
    struct order next = next_visit(t);
    struct invoice invoice;

    next = taken_up(t, &next, job_id_of(&order, 2));
    authorize(t, next.id.v);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&next, 1));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = next.id}, &invoice);
    assert_int_equal(on_list(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(it_stays_when_the_rest_is_invoiced),
        SHOP_TEST(it_stays_when_the_order_is_void),
        SHOP_TEST(it_stays_when_the_order_is_copied_or_kept_as_a_template),
        SHOP_TEST(taken_up_it_leaves_the_list_and_is_not_answered_twice),
        SHOP_TEST(taken_off_again_it_is_back_on_the_list),
        SHOP_TEST(declined_again_it_is_there_once),
        SHOP_TEST(done_on_the_next_visit_it_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
