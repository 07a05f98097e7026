/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "orders.h"

#include "domain/invoice.h"
#include "domain/report.h"

/* The Accord's front brakes by Mo Haddad (user 3), invoiced; and the order it came back with. */
static struct order given_comeback(struct shop_test *t)
{
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    authorize(t, order.id.v);
    run_sql(t, "UPDATE job SET technician = 3");
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    struct invoice invoice;
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {id}}, &invoice);

    order = change(t, &order_start_op, "{\"vehicle\":1,\"odometer_mi\":112900}");
    return given_another_job(t, order.id.v, "Squeal is back");
}

static void a_comeback_names_the_job_and_who_did_it_and_warranty_pays(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_comeback(t);
    const long long job = job_id_of(&order, 1);

    const struct order back = change(t, &job_comeback_op, "{\"job\":%lld,\"of\":1}", job);
    const struct order_job *now = job_of(&back, 1);
    assert_int_equal(now->comeback_of.v, 1);
    assert_int_equal(now->comeback_order.v, 10001);
    assert_string_equal(now->comeback_technician, "Mo Haddad");
    assert_int_equal(now->pay, PAY_WARRANTY);
    assert_string_equal(now->pay_reason, "Comeback of RO 10001, Front brakes");
    assert_int_equal(back.total.cents, 0);

    const struct order none = change(t, &job_comeback_op, "{\"job\":%lld}", job);
    assert_int_equal(job_of(&none, 1)->comeback_of.v, 0);
    assert_int_equal(job_of(&none, 1)->pay, PAY_CUSTOMER);
}

static void only_what_was_invoiced_for_this_vehicle_comes_back(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_comeback(t);
    const long long job = job_id_of(&order, 1);

    refuse(t, &job_comeback_op, ERR_INVALID, "this very order", "{\"job\":%lld,\"of\":%lld}", job,
           job);
    assert_field(t, "of");
    refuse(t, &job_comeback_op, ERR_NOT_FOUND, "no longer there", "{\"job\":%lld,\"of\":99}", job);

    const struct order open = change(t, &order_start_op, "{\"vehicle\":1,\"odometer_mi\":112901}");
    const struct order other = given_another_job(t, open.id.v, "Not done yet");
    refuse(t, &job_comeback_op, ERR_INVALID, "never invoiced", "{\"job\":%lld,\"of\":%lld}", job,
           job_id_of(&other, 1));
    run_sql(t, "INSERT INTO vehicle (customer, name, name_key) VALUES (1, 'Van', 'van')");
    run_sql(t, "UPDATE repair_order SET vehicle = 2 WHERE id = 10001");
    refuse(t, &job_comeback_op, ERR_INVALID, "another vehicle", "{\"job\":%lld,\"of\":1}", job);
}

static void what_was_done_before_is_listed_with_who_did_it(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    (void)given_comeback(t);
    call(t, &job_earlier_op, &page, "{\"vehicle\":1}");
    assert_int_equal(page.rows.count, 1);
    const struct job_earlier_row *row = page.rows.at;
    assert_string_equal(row->title, "Front brakes");
    assert_string_equal(row->technician, "Mo Haddad");
    assert_int_equal(row->order.v, 10001);
}

static void a_comeback_counts_for_who_did_it_the_first_time(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_comeback(t);
    struct technician_report report;
    struct invoice invoice;

    change(t, &job_comeback_op, "{\"job\":%lld,\"of\":1}", job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order.id}, &invoice);

    call(t, &report_technicians_op, &report, "{}");
    const struct technician_figures *row = report.rows.at;
    size_t found = 0;
    for (size_t i = 0; i < report.rows.count; i++)
        if (strcmp(row[i].name, "Mo Haddad") == 0) {
            assert_int_equal(row[i].jobs, 1);
            assert_int_equal(row[i].comebacks, 1);
            assert_string_equal(row[i].comeback_percent, "100.00");
            found++;
        }
    assert_int_equal(found, 1);
    assert_int_equal(row[report.rows.count - 1].comebacks, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_comeback_names_the_job_and_who_did_it_and_warranty_pays),
        SHOP_TEST(only_what_was_invoiced_for_this_vehicle_comes_back),
        SHOP_TEST(what_was_done_before_is_listed_with_who_did_it),
        SHOP_TEST(a_comeback_counts_for_who_did_it_the_first_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
