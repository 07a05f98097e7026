/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "orders.h"

#include "domain/template.h"

/* Brakes with lines of their own, a canned oil service, and a part from outside: an order to keep.
 */
static struct order given_order_to_keep(struct shop_test *t)
{
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    expect_ok(t, &canned_job_add_op,
              input_json(t, &canned_job_add_op,
                         "{\"code\":\"OIL\",\"title\":\"Oil service\",\"lines\":["
                         "{\"kind\":\"labor\",\"description\":\"Oil\",\"quantity\":\"0.5\"}]}"),
              NULL);
    change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"OIL\"}", id);
    change(t, &line_add_part_op,
           "{\"job\":%lld,\"description\":\"Clip\",\"price\":\"2.50\",\"quantity\":\"2\"}",
           job_id_of(&order, 1));
    change(t, &line_add_other_op,
           "{\"job\":%lld,\"kind\":\"core\",\"description\":\"Caliper core\",\"price\":\"12\"}",
           job_id_of(&order, 1));
    return order_of(t, order.id.v);
}

static struct order_template keep(struct shop_test *t, int64_t order, const char *name)
{
    const struct template_save in = {.order = {order}, .name = name};
    struct order_template template;

    expect_ok(t, &template_save_op, &in, &template);
    return template;
}

static void a_template_writes_up_its_jobs_at_the_prices_of_the_day(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_order_to_keep(t);
    const struct order_template template = keep(t, from.id.v, "Brakes and oil");
    const struct template_job *jobs = template.jobs.at;

    assert_int_equal(template.jobs.count, 2);
    assert_string_equal(jobs[0].title, "Front brakes");
    assert_int_equal(jobs[0].lines, 5);
    assert_string_equal(jobs[1].code, "OIL");
    assert_int_equal(jobs[1].lines, 0);

    run_sql(t, "UPDATE part SET price = 9995 WHERE sku = 'BP-1210'");
    run_sql(t, "UPDATE canned_line SET quantity = 700");
    const struct order empty = change(t, &order_start_op, "{\"vehicle\":1,\"odometer_mi\":112400}");
    const struct order order =
        change(t, &template_add_op, "{\"order\":%lld,\"template\":1}", (long long)empty.id.v);
    assert_int_equal(order.jobs.count, 2);
    assert_int_equal(line_of(&order, 1, 2)->price.cents, 9995);
    assert_int_equal(line_of(&order, 1, 3)->quantity.thousandths, 5500);
    assert_int_equal(line_of(&order, 1, 4)->price.cents, 250);
    assert_int_equal(line_of(&order, 1, 5)->price.cents, 1200);
    assert_int_equal(line_of(&order, 2, 1)->quantity.thousandths, 700);
    assert_int_equal(order.state, ORDER_ESTIMATE);
}

static void the_order_it_was_saved_from_may_change_and_go(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_order_to_keep(t);

    (void)keep(t, from.id.v, "Brakes and oil");
    change(t, &job_remove_op, "{\"job\":%lld}", job_id_of(&from, 1));
    const struct order order =
        change(t, &template_add_op, "{\"order\":%lld,\"template\":1}", (long long)from.id.v);
    assert_int_equal(order.jobs.count, 3);
}

static void a_name_is_one_template_until_it_is_replaced(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_order_to_keep(t);
    const long long id = (long long)from.id.v;

    (void)keep(t, from.id.v, "Brakes and oil");
    refuse(t, &template_save_op, ERR_INVALID, "already",
           "{\"order\":%lld,\"name\":\"BRAKES and oil\"}", id);
    assert_field(t, "name");
    change(t, &job_remove_op, "{\"job\":%lld}", job_id_of(&from, 2));
    const struct template_save again = {.order = from.id, .name = "Brakes", .replace = true};
    struct order_template template;
    expect_ok(t, &template_save_op, &again, &template);
    assert_int_equal(template.id.v, 2);
    const struct template_save same = {.order = from.id, .name = "BRAKES AND OIL", .replace = true};
    expect_ok(t, &template_save_op, &same, &template);
    assert_int_equal(template.id.v, 1);
    assert_int_equal(template.jobs.count, 1);

    struct page page;
    expect_ok(t, &template_search_op, input_json(t, &template_search_op, "{}"), &page);
    assert_int_equal(page.rows.count, 2);
    assert_string_equal(((const struct template_row *)page.rows.at)->titles, "Front brakes");
}

static void an_archived_canned_job_is_said_and_nothing_is_half_written_up(void **state)
{
    struct shop_test *t = *state;
    const struct order from = given_order_to_keep(t);

    (void)keep(t, from.id.v, "Brakes and oil");
    run_sql(t, "UPDATE canned_job SET archived_at = 1");
    refuse(t, &template_add_op, ERR_CONFLICT, "Oil service", "{\"order\":%lld,\"template\":1}",
           (long long)from.id.v);
    assert_int_equal(order_of(t, from.id.v).jobs.count, 2);
    refuse(t, &template_add_op, ERR_NOT_FOUND, "no longer there", "{\"order\":%lld,\"template\":9}",
           (long long)from.id.v);
    expect_ok(t, &template_remove_op, input_json(t, &template_remove_op, "{\"template\":1}"), NULL);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM template_line"), 0);
}

static void nothing_is_no_template(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_order(t);

    refuse(t, &template_save_op, ERR_CONFLICT, "no job to keep", "{\"order\":%lld,\"name\":\"X\"}",
           (long long)order.id.v);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM template"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_template_writes_up_its_jobs_at_the_prices_of_the_day),
        SHOP_TEST(the_order_it_was_saved_from_may_change_and_go),
        SHOP_TEST(a_name_is_one_template_until_it_is_replaced),
        SHOP_TEST(an_archived_canned_job_is_said_and_nothing_is_half_written_up),
        SHOP_TEST(nothing_is_no_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
