/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How low somebody may sell. The examples were worked out by hand. The brake job of orders.h: 2.5
 * hours at 145.00 = 362.50; two pads at 89.95, cost 38.00 each; 5.5 quarts at 7.49 = 41.20, cost
 * 22.55. What discounts may be taken from: 362.50 + 179.90 + 41.20 = 583.60. */

#include "orders.h"

/* A service writer: the manager's role without the two rights, with these caps in percent. */
static void given_a_writer_with_caps(struct shop_test *t, const char *price, const char *line,
                                     const char *order)
{
    run_sql(t, "DELETE FROM role_right WHERE role = 2\n"
               "AND right IN ('prices:override', 'prices:below-floor')");
    call(t, &role_set_caps_op, NULL,
         "{\"id\":2,\"price_cap\":\"%s\",\"line_cap\":\"%s\","
         "\"order_cap\":\"%s\"}",
         price, line, order);
    sign_in_as(t, ROLE_MANAGER);
}

static long long pads_of(const struct order *order)
{
    return line_id_of(order, 1, 2);
}

/* 10 % below 89.95 is 80.955: 80.96 is not more than that, 80.95 is. */
static void a_price_goes_down_to_the_limit_and_no_cent_further(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    given_a_writer_with_caps(t, "10", "100", "100");
    refuse(t, &line_edit_op, ERR_DENIED, "89.95", "{\"line\":%lld,\"price\":\"80.95\"}",
           pads_of(&order));
    assert_field(t, "price");
    assert_says(t, "10 %");
    assert_says(t, "Ask somebody who may");
    const struct order after =
        change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"80.96\"}", pads_of(&order));
    assert_int_equal(line_of(&after, 1, 2)->list_price.cents, 8995);
    assert_int_equal(line_of(&after, 1, 2)->price_rule, PRICE_RULE_MANUAL);
}

/* Of the labor rate: 145.00 x 0.9 = 130.50. */
static void a_labor_rate_is_held_to_the_limit_too(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    given_a_writer_with_caps(t, "10", "100", "100");
    refuse(t, &line_add_labor_op, ERR_DENIED, "145.00",
           "{\"job\":%lld,\"hours\":\"1\",\"rate\":\"130.49\"}", job);
    assert_field(t, "rate");
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\",\"rate\":\"130.50\"}", job);
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\",\"rate\":\"200.00\"}", job);
}

static void who_holds_the_right_says_why_and_it_stays_with_the_line(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    given_a_writer_with_caps(t, "10", "100", "100");
    sign_in_as(t, ROLE_ADMIN);
    run_sql(t, "UPDATE user SET price_cap = 50000, revision = revision + 1");
    refuse(t, &line_edit_op, ERR_INVALID, "Say why", "{\"line\":%lld,\"price\":\"70.00\"}",
           pads_of(&order));
    assert_field(t, "price_reason");
    const struct order after =
        change(t, &line_edit_op,
               "{\"line\":%lld,\"price\":\"70.00\",\"price_reason\":\"Came back twice\"}",
               pads_of(&order));
    assert_string_equal(line_of(&after, 1, 2)->price_reason, "Came back twice");
    assert_int_equal(ask_number(t, "SELECT reason_by FROM line WHERE price_reason <> ''"),
                     t->users[ROLE_ADMIN].v);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'estimate.edit-line'\n"
                                   "AND result = 'ok' AND input LIKE '%Came back twice%'"),
                     1);
    const char *list = "{\"said_by\":1}";
    struct page page;
    expect_ok(t, &order_overrides_op, input_json(t, &order_overrides_op, list), &page);
    assert_int_equal(page.rows.count, 1);
    /* What stands is no new decision: the technician of the line is nobody's discount. */
    sign_in_as(t, ROLE_MANAGER);
    change(t, &line_edit_op, "{\"line\":%lld,\"description\":\"Pads\"}", pads_of(&order));
    refuse(t, &line_edit_op, ERR_DENIED, "89.95", "{\"line\":%lld,\"price\":\"69.99\"}",
           pads_of(&order));
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'estimate.edit-line'\n"
                                   "AND result = 'denied'"),
                     1);
}

/* 15 % of 179.90 = 26.985: 26.98 is less, 26.99 more. */
static void a_line_discount_is_held_to_its_limit_in_percent_and_in_dollars(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    given_a_writer_with_caps(t, "100", "15", "100");
    change(t, &line_edit_op, "{\"line\":%lld,\"discount_ppm\":\"15\"}", pads_of(&order));
    refuse(t, &line_edit_op, ERR_DENIED, "15 %", "{\"line\":%lld,\"discount_ppm\":\"15.01\"}",
           pads_of(&order));
    assert_field(t, "discount_ppm");
    change(t, &line_edit_op, "{\"line\":%lld,\"discount_ppm\":\"0\",\"discount_amount\":\"26.98\"}",
           pads_of(&order));
    refuse(t, &line_edit_op, ERR_DENIED, "15 %",
           "{\"line\":%lld,\"discount_ppm\":\"0\",\"discount_amount\":\"26.99\"}", pads_of(&order));
    assert_field(t, "discount_amount");
}

/* 10 % of 583.60 = 58.36. */
static void all_discounts_of_an_order_are_held_to_its_limit_together(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    given_a_writer_with_caps(t, "100", "100", "10");
    refuse(t, &discount_set_op, ERR_DENIED, "583.60",
           "{\"order\":%lld,\"amount\":\"58.37\",\"reason\":\"Nice\"}", id);
    assert_field(t, "amount");
    change(t, &discount_set_op, "{\"order\":%lld,\"amount\":\"50.00\"}", id);
    change(t, &line_edit_op, "{\"line\":%lld,\"discount_amount\":\"8.36\"}", pads_of(&order));
    refuse(t, &line_edit_op, ERR_DENIED, "58.37", "{\"line\":%lld,\"discount_amount\":\"8.37\"}",
           pads_of(&order));
    /* Taking lines away makes the same dollars weigh more. */
    refuse(t, &line_remove_op, ERR_DENIED, "10 %", "{\"line\":%lld}", line_id_of(&order, 1, 1));
    sign_in_as(t, ROLE_ADMIN);
    change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, 1, 1));
}

/* A floor of 25 % on a cost of 38.00: 38.00 / 0.75 = 50.666…, so 50.67 leaves 25.004 % and 50.66
 * leaves 24.990 %. */
static void a_part_is_not_sold_below_the_floor_or_below_cost_without_a_reason(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"50.67\"}", pads_of(&order));
    refuse(t, &line_edit_op, ERR_INVALID, "25 %", "{\"line\":%lld,\"price\":\"50.66\"}",
           pads_of(&order));
    assert_field(t, "price_reason");
    refuse(t, &line_edit_op, ERR_INVALID, "below cost", "{\"line\":%lld,\"price\":\"37.99\"}",
           pads_of(&order));
    const struct order after =
        change(t, &line_edit_op,
               "{\"line\":%lld,\"price\":\"37.99\",\"price_reason\":\"Ours by mistake\"}",
               pads_of(&order));
    assert_int_equal(line_of(&after, 1, 2)->profit.cents, 7598 - 7600);
    /* Less bad than it was needs nobody's leave; worse does. */
    given_a_writer_with_caps(t, "100", "100", "100");
    change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"45.00\"}", pads_of(&order));
    refuse(t, &line_edit_op, ERR_DENIED, "25 %", "{\"line\":%lld,\"price\":\"44.99\"}",
           pads_of(&order));
    assert_field(t, "price");
}

/* Parts at 179.90 + 41.20 = 221.10. The pads reach the floor at 101.34 (76.00 / 0.75 = 101.333…),
 * the oil at 30.07 (22.55 / 0.75 = 30.066…). 25 % off everything leaves 134.925 and 30.90; 30 % off
 * parts leaves 28.84 of the oil. */
static void a_discount_of_the_order_is_measured_by_what_it_leaves_of_each_line(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    change(t, &discount_set_op, "{\"order\":%lld,\"percent\":\"25\",\"applies_to\":\"parts\"}", id);
    const struct order with = order_of(t, order.id.v);
    const long long discount =
        (long long)((const struct order_discount *)with.discounts.at)[0].id.v;
    refuse(t, &discount_set_op, ERR_INVALID, "0W-20 oil",
           "{\"order\":%lld,\"discount\":%lld,\"percent\":\"30\",\"applies_to\":\"parts\"}", id,
           discount);
    assert_field(t, "reason");
    change(t, &discount_set_op,
           "{\"order\":%lld,\"discount\":%lld,\"percent\":\"30\",\"applies_to\":\"parts\","
           "\"reason\":\"Fleet week\"}",
           id, discount);
    given_a_writer_with_caps(t, "100", "100", "100");
    refuse(t, &discount_set_op, ERR_DENIED, "margin floor",
           "{\"order\":%lld,\"discount\":%lld,\"percent\":\"31\",\"applies_to\":\"parts\","
           "\"reason\":\"More\"}",
           id, discount);
    assert_field(t, "percent");
}

static void a_part_whose_cost_nobody_knows_wants_the_right_or_its_cost(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    given_a_writer_with_caps(t, "100", "100", "100");
    refuse(t, &line_add_part_op, ERR_DENIED, "is not known",
           "{\"job\":%lld,\"description\":\"Hose\",\"price\":\"20.00\"}", job);
    assert_field(t, "cost");
    change(t, &line_add_part_op,
           "{\"job\":%lld,\"description\":\"Hose\",\"price\":\"20.00\",\"cost\":\"9.00\"}", job);
    sign_in_as(t, ROLE_ADMIN);
    change(t, &line_add_part_op, "{\"job\":%lld,\"description\":\"Clip\",\"price\":\"2.00\"}", job);
}

static void who_may_not_see_costs_is_not_told_them(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'costs:view'");
    given_a_writer_with_caps(t, "100", "100", "100");
    refuse(t, &line_edit_op, ERR_DENIED, "may not be sold for as little as 60.00",
           "{\"line\":%lld,\"price\":\"30.00\"}", pads_of(&order));
    assert_null(strstr(t->session.fault.text, "76.00"));
    const struct order seen = order_of(t, order.id.v);
    assert_int_equal(line_of(&seen, 1, 2)->profit.cents, 0);
    assert_int_equal(line_of(&seen, 1, 2)->total_cost.cents, 0);
    assert_int_equal(job_of(&seen, 1)->profit.cents, 0);
}

/* Made by whoever wrote them: 38.00 x 1.2 = 45.60 leaves 16.7 %; 30.00 agreed is below cost. */
static void prices_by_the_shops_own_rules_are_not_asked_for_again(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    run_sql(t, "INSERT INTO matrix (id, rounding) VALUES (1, 'cent')");
    run_sql(t, "INSERT INTO matrix_tier (matrix, cost_from, multiplier) VALUES (1, 0, 1200)");
    given_a_writer_with_caps(t, "10", "10", "10");
    const struct order after =
        change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\"}", job);
    assert_int_equal(line_of(&after, 1, 4)->price.cents, 4560);
    refuse(t, &line_edit_op, ERR_DENIED, "margin floor", "{\"line\":%lld,\"discount_ppm\":\"1\"}",
           line_id_of(&after, 1, 4));
    assert_field(t, "discount_ppm");
}

/* 362.50 of labor without cost; 179.90 - 76.00 = 103.90; 41.20 - 22.55 = 18.65. */
static void what_each_line_and_job_earns_is_on_the_page(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    assert_int_equal(line_of(&order, 1, 1)->profit.cents, 36250);
    assert_int_equal(line_of(&order, 1, 2)->profit.cents, 10390);
    assert_int_equal(line_of(&order, 1, 3)->profit.cents, 1865);
    assert_int_equal(job_of(&order, 1)->cost.cents, 9855);
    assert_int_equal(job_of(&order, 1)->profit.cents, 58360 - 9855);
    assert_int_equal(order.cost.cents, 9855);
}

static void a_person_has_the_limits_of_the_role_but_for_ones_own(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    struct user user;
    struct role_page role;

    given_a_writer_with_caps(t, "10", "100", "100");
    sign_in_as(t, ROLE_ADMIN);
    call(t, &user_set_caps_op, &user, "{\"id\":%lld,\"price_cap\":\"30\"}",
         (long long)t->users[ROLE_MANAGER].v);
    assert_int_equal(user.price_cap.ppm, 300000);
    assert_int_equal(user.line_cap.ppm, NUMBER_NONE);
    call(t, &role_add_op, &role, "{\"name\":\"service writer\",\"like\":2}");
    assert_int_equal(role.price_cap.ppm, 100000);
    sign_in_as(t, ROLE_MANAGER);
    change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"63.00\"}", pads_of(&order));
    refuse(t, &line_edit_op, ERR_DENIED, "30 %", "{\"line\":%lld,\"price\":\"62.96\"}",
           pads_of(&order));
    expect_status(t, &user_set_caps_op,
                  input_json(t, &user_set_caps_op, "{\"id\":2,\"price_cap\":\"90\"}"), NULL,
                  ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_price_goes_down_to_the_limit_and_no_cent_further),
        SHOP_TEST(a_labor_rate_is_held_to_the_limit_too),
        SHOP_TEST(who_holds_the_right_says_why_and_it_stays_with_the_line),
        SHOP_TEST(a_line_discount_is_held_to_its_limit_in_percent_and_in_dollars),
        SHOP_TEST(all_discounts_of_an_order_are_held_to_its_limit_together),
        SHOP_TEST(a_part_is_not_sold_below_the_floor_or_below_cost_without_a_reason),
        SHOP_TEST(a_discount_of_the_order_is_measured_by_what_it_leaves_of_each_line),
        SHOP_TEST(a_part_whose_cost_nobody_knows_wants_the_right_or_its_cost),
        SHOP_TEST(who_may_not_see_costs_is_not_told_them),
        SHOP_TEST(prices_by_the_shops_own_rules_are_not_asked_for_again),
        SHOP_TEST(what_each_line_and_job_earns_is_on_the_page),
        SHOP_TEST(a_person_has_the_limits_of_the_role_but_for_ones_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
