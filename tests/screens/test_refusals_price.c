/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is refused where a price is made, as the screens say it: matrices, lines, discounts and
 * coupons. The oil costs 4.10 and is 7.49 by list, the pads cost 41.00 and are 89.95. */

#include "refusals.h"

#include "domain/setting.h"

/* A writer who may neither go beyond the limits of 10, 20 and 30 % nor below the floor of 25 %. */
static int64_t open_as_writer(struct desk_test *t)
{
    run_sql(t->shop, "DELETE FROM role_right\n"
                     "WHERE role = 2 AND right IN ('prices:override', 'prices:below-floor')");
    run_sql(t->shop, "UPDATE role SET price_cap = 100000, line_cap = 200000, order_cap = 300000\n"
                     "WHERE id = 2");
    sign_in_by_keys(t, ROLE_MANAGER);
    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    return order;
}

static void open_two_jobs(struct desk_test *t)
{
    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
}

/* ---- limits of a person ---- */

static void a_price_below_the_limit_wants_somebody_who_may(void **state)
{
    struct desk_test *t = *state;

    (void)open_as_writer(t);
    refused(t, "<Down><Down><Enter><Ctrl-U>5<Tab><Ctrl-U>6.74<F2>", "Price",
            "The price list says 7.49; 6.74 is more than 10 % below, which is your limit. Ask "
            "somebody who may: Lower prices beyond one's limit, with a reason.");
    keys(t, "<Ctrl-U>6.75<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT price FROM line WHERE id = 2"), 675);
}

static void a_discount_of_a_line_above_the_limit_wants_somebody_who_may(void **state)
{
    struct desk_test *t = *state;

    (void)open_as_writer(t);
    refused(t, "<Down>Dl20.1<F2>", "Discount percent",
            "The discount on this line is more than 20 %, which is your limit. Ask somebody who "
            "may: Lower prices beyond one's limit, with a reason.");
}

/* 60 % of 435.00 labor is 261.00, which is 40 % of 652.35. */
static void a_discount_of_the_order_above_the_limit_wants_somebody_who_may(void **state)
{
    struct desk_test *t = *state;

    (void)open_as_writer(t);
    refused(t, "Do60<Tab><Tab>l<F2>", "Percent",
            "With this the order's discounts are 261.00 of 652.35, more than 30 %, which is your "
            "limit. Ask somebody who may: Lower prices beyond one's limit, with a reason.");
}

/* 37.45 less 30.1 % is 26.18, and a quarter of it stays only down to 27.34. */
static void nothing_goes_below_the_floor_without_the_right(void **state)
{
    struct desk_test *t = *state;

    (void)open_as_writer(t);
    refused(t, "Do30.1<F2>", "Percent",
            "“0W-20 oil, quart” costs 20.50 and would be sold for 26.18: that leaves less than 25 "
            "%, the shop's margin floor. Ask somebody who may: Sell below cost or the margin "
            "floor, with a reason.");
}

static void nothing_goes_below_cost_without_a_reason(void **state)
{
    struct desk_test *t = *state;

    open_two_jobs(t);
    refused(t, "<Down><Down><Enter><Ctrl-U>5<Tab><Ctrl-U>4<F2>", NULL,
            "“0W-20 oil, quart” costs 20.50 and would be sold for 20.00, below cost. Say why.");
    keys(t, "Old stock<F2>");
    assert_string_equal(ask_text(t->shop, "SELECT price_reason FROM line WHERE id = 2"),
                        "Old stock");
}

/* ---- figures that make no sense ---- */

static void a_line_has_no_figure_below_nothing(void **state)
{
    struct desk_test *t = *state;

    open_two_jobs(t);
    refused(t, "<Down><Down><Enter><Ctrl-U>-1<F2>", "Qty/h", "Qty/h cannot be negative.");
    refused(t, "<Ctrl-U>1<Tab><Ctrl-U>-1<F2>", "Price", "Price cannot be negative.");
}

static void a_discount_takes_something_and_not_more_than_there_is(void **state)
{
    struct desk_test *t = *state;

    open_two_jobs(t);
    refused(t, "Do101<F2>", "Percent", "Percent must be at most 100.");
    refused(t, "<Ctrl-U>-1<F2>", "Percent", "Percent cannot be negative.");
    refused(t, "<Ctrl-U>0<F2>", "Percent", "A discount needs a percentage or an amount.");
    refused(t, "<Tab><Ctrl-U>-900<F2>", "Amount", "Amount cannot be negative.");
    refused(t, "<Ctrl-U>652.36<F2>", "Amount",
            "The discount is more than what it can be taken from: lower it.");
}

/* ---- matrices ---- */

static void a_parts_matrix_has_a_price_for_every_cost(void **state)
{
    struct desk_test *t = *state;

    desk_open_op(t->desk, op_find("matrix.add"), NULL);
    refused(t, "<F2>", "Tiers", "Add a tier: from a cost of 0 on, with a multiplier.");
    refused(t, "<Enter><F6>5<Tab>20<Tab>2<F2><F2><F2>", "Tiers",
            "Costs from 0.00 to below 5.00 are in no tier. Begin tier 1 at 0.00.");
    refused(t, "<Enter><Enter><Ctrl-U>0<F2><F2><F2>", "Tiers",
            "Costs from 20.00 up are in no tier. Leave the end of the last one empty.");
    refused(t, "<Enter><F6>25<Tab><Tab>2<F2><F2><F2>", "Tiers",
            "Costs from 20.00 to below 25.00 are in no tier. Begin tier 2 at 20.00.");
    refused(t, "<Enter><Down><Enter><Ctrl-U>15<F2><F2><F2>", "Tiers",
            "Costs from 15.00 to below 20.00 are in two tiers. Begin tier 2 at 20.00.");
    refused(t, "<Enter><Down><Enter><Ctrl-U>20<Tab><Tab><Ctrl-U>0<F2><F2><F2>", "Tiers",
            "With a multiplier of 0 tier 2 would give parts away. Give one above 0.");
    keys(t, "<Enter><Down><Enter><Tab><Tab><Ctrl-U>1.5<F2><F2><F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM matrix_tier"), 2);
}

static void a_labor_matrix_has_a_price_for_every_hour(void **state)
{
    struct desk_test *t = *state;

    desk_open_op(t->desk, op_find("labor-matrix.add"), NULL);
    refused(t, "<F2>", "Tiers", "Add a tier: from 0 hours on, with a multiplier.");
    refused(t, "<Enter><F6>0.5<Tab>2<Tab>1.2<F2><F2><F2>", "Tiers",
            "From 0 to below 0.5 hours is in no tier. Begin tier 1 at 0.");
    refused(t, "<Enter><Enter><Ctrl-U>0<F2><F2><F2>", "Tiers",
            "From 2 hours up there is no tier. Leave the end of the last one empty.");
    keys(t, "<Enter><Enter><Tab><Ctrl-U><F2><F2><F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM labor_tier"), 1);
}

/* ---- coupons ---- */

static void given_coupons(struct desk_test *t)
{
    DONE(t, "coupon.add",
         "{\"code\": \"MAY10\", \"title\": \"May\", \"percent\": \"10\","
         " \"from_on\": \"2026-05-01\", \"until_on\": \"2026-05-31\"}");
    DONE(t, "coupon.add",
         "{\"code\": \"NEXT10\", \"title\": \"Next year\", \"percent\": \"10\","
         " \"from_on\": \"2027-01-01\"}");
    DONE(t, "coupon.add",
         "{\"code\": \"FIRST\", \"title\": \"The first one\", \"percent\": \"10\","
         " \"use_limit\": 1, \"stackable\": true}");
    DONE(t, "coupon.add",
         "{\"code\": \"ONCE\", \"title\": \"Once each\", \"percent\": \"10\","
         " \"customer_limit\": 1, \"stackable\": true}");
}

static void a_coupon_is_good_on_its_days(void **state)
{
    struct desk_test *t = *state;

    open_two_jobs(t);
    given_coupons(t);
    refused(t, "Kmay10<F2>", "Code *", "Coupon MAY10 was good until 31 May 2026.");
    refused(t, "<Ctrl-U>next10<F2>", "Code *", "Coupon NEXT10 is good from 1 Jan 2027 on.");
    refused(t, "<Ctrl-U>nothing<F2>", "Code *",
            "There is no coupon “NOTHING”. Look at the code again.");
}

static void a_coupon_that_is_used_up_is_used_up(void **state)
{
    struct desk_test *t = *state;

    open_two_jobs(t);
    given_coupons(t);
    DONE(t, "estimate.coupon", "{\"order\": 10001, \"code\": \"FIRST\"}");
    DONE(t, "estimate.coupon", "{\"order\": 10001, \"code\": \"ONCE\"}");
    given_work_done(t, 10001);
    DONE(t, "invoice.post", "{\"order\": 10001}");
    const int64_t order = DONE(t, "estimate.start", "{\"vehicle\": 1, \"odometer_mi\": 112900}");
    given_jobs(t, order);
    open_order(t, order);
    refused(t, "Kfirst<F2>", "Code *", "Coupon FIRST is used up: it was good for 1 order.");
    refused(t, "<Ctrl-U>once<F2>", "Code *",
            "The customer has used coupon ONCE once, as often as it may be.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_price_below_the_limit_wants_somebody_who_may),
        DESK_TEST(a_discount_of_a_line_above_the_limit_wants_somebody_who_may),
        DESK_TEST(a_discount_of_the_order_above_the_limit_wants_somebody_who_may),
        DESK_TEST(nothing_goes_below_the_floor_without_the_right),
        COUNTER_TEST(nothing_goes_below_cost_without_a_reason),
        COUNTER_TEST(a_line_has_no_figure_below_nothing),
        COUNTER_TEST(a_discount_takes_something_and_not_more_than_there_is),
        COUNTER_TEST(a_parts_matrix_has_a_price_for_every_cost),
        COUNTER_TEST(a_labor_matrix_has_a_price_for_every_hour),
        COUNTER_TEST(a_coupon_is_good_on_its_days),
        COUNTER_TEST(a_coupon_that_is_used_up_is_used_up),
    };

    return cmocka_run_group_tests_name("refusals_price", tests, NULL, NULL);
}
