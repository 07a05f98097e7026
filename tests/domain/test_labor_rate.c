/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "customers.h"

#include "domain/labor_matrix.h"
#include "domain/labor_rate.h"

static struct rate_class_id given_rate(struct shop_test *t, const char *json)
{
    struct rate_class out;

    expect_ok(t, &labor_rate_add_op, input_json(t, &labor_rate_add_op, json), &out);
    return out.id;
}

static int64_t rate_for(struct shop_test *t, int64_t line, int64_t customer)
{
    const struct labor_question question = {.line = {line}, .customer = {customer}};
    struct labor_price price;

    assert_int_equal(labor_find_price(&t->session, &question, &price), OK);
    return price.rate.cents;
}

static void an_hour_costs_by_line_then_customer_then_standard(void **state)
{
    struct shop_test *t = *state;
    const struct rate_class_id diesel = given_rate(t, "{\"name\":\"Diesel\",\"rate\":\"180\"}");
    const struct rate_class_id fleet = given_rate(t, "{\"name\":\"Fleet\",\"rate\":\"120\"}");

    given_customer(t, MARIA);
    given_customer(t, arena_printf(&t->arena, "{\"company\":\"Delano Fleet\",\"rate_class\":%d}",
                                   (int)fleet.v));
    assert_int_equal(rate_for(t, 0, 0), 14500);
    assert_int_equal(rate_for(t, 0, 1), 14500);
    assert_int_equal(rate_for(t, 0, 2), 12000);
    assert_int_equal(rate_for(t, diesel.v, 2), 18000);
}

static void there_is_always_one_standard_rate(void **state)
{
    struct shop_test *t = *state;
    const struct rate_class_id id =
        given_rate(t, "{\"name\":\"New\",\"rate\":\"150\",\"standard\":true}");
    struct rate_class_entry form = {.rate_class = id, .name = "New", .rate = USD(150, 0)};
    const struct rate_class_key key = {id};

    assert_int_equal(ask_number(t, "SELECT count(*) FROM rate_class WHERE standard = 1"), 1);
    assert_int_equal(rate_for(t, 0, 0), 15000);
    expect_status(t, &labor_rate_edit_op, &form, NULL, ERR_INVALID);
    assert_field(t, "standard");
    expect_status(t, &labor_rate_archive_op, &key, NULL, ERR_CONFLICT);
    assert_says(t, "standard rate");
}

static void names_are_given_once(void **state)
{
    struct shop_test *t = *state;

    expect_status(t, &labor_rate_add_op,
                  input_json(t, &labor_rate_add_op, "{\"name\":\"standard\",\"rate\":\"1\"}"), NULL,
                  ERR_INVALID);
    assert_field(t, "name");
    expect_status(t, &labor_rate_add_op,
                  input_json(t, &labor_rate_add_op, "{\"name\":\"\",\"rate\":\"1\"}"), NULL,
                  ERR_INVALID);
    assert_field(t, "name");
}

static void an_hour_for_nothing_is_refused(void **state)
{
    struct shop_test *t = *state;

    expect_status(t, &labor_rate_add_op, input_json(t, &labor_rate_add_op, "{\"name\":\"Diesel\"}"),
                  NULL, ERR_INVALID);
    assert_field(t, "rate");
    assert_says(t, "at least 0.01");
}

static void an_edit_that_comes_late_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct rate_class_entry form = {.rate_class = {1},
                                    .name = "Standard",
                                    .rate = USD(150, 0),
                                    .standard = true,
                                    .revision = 1};

    expect_ok(t, &labor_rate_edit_op, &form, NULL);
    assert_int_equal(rate_for(t, 0, 0), 15000);
    expect_status(t, &labor_rate_edit_op, &form, NULL, ERR_STALE);
}

static void an_archived_rate_is_not_offered(void **state)
{
    struct shop_test *t = *state;
    const struct rate_class_key key = {given_rate(t, "{\"name\":\"Old\",\"rate\":\"90\"}")};
    struct rate_class_list list = {.query = {.search = "old"}};
    struct page page;

    expect_ok(t, &labor_rate_list_op, &list, &page);
    assert_int_equal(page.rows.count, 1);
    expect_ok(t, &labor_rate_archive_op, &key, NULL);
    expect_ok(t, &labor_rate_list_op, &list, &page);
    assert_int_equal(page.rows.count, 0);
    list.archived = true;
    expect_ok(t, &labor_rate_list_op, &list, &page);
    assert_int_equal(page.rows.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_hour_costs_by_line_then_customer_then_standard),
        SHOP_TEST(there_is_always_one_standard_rate),
        SHOP_TEST(names_are_given_once),
        SHOP_TEST(an_hour_for_nothing_is_refused),
        SHOP_TEST(an_edit_that_comes_late_is_refused),
        SHOP_TEST(an_archived_rate_is_not_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
