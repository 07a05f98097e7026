/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Coupons as the counter sees them: the list, and one taken on an order by its code. */

#include "orders.h"

static int64_t given_order_and_coupons(struct desk_test *t)
{
    open_counter(t, 24, 80);
    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    DONE(t, "coupon.add",
         "{\"code\": \"SPRING10\", \"title\": \"Spring special\", \"percent\": \"10\","
         " \"applies_to\": \"parts\", \"until_on\": \"2026-12-31\", \"use_limit\": 200}");
    DONE(t, "coupon.add",
         "{\"code\": \"BIG50\", \"title\": \"50 off big work\", \"amount\": \"50\","
         " \"minimum\": \"1000\", \"customer_limit\": 1}");
    return order;
}

/* Parts 37.45 + 179.90 = 217.35: 10 % is 21.735, so 21.74. */
static void a_coupon_is_taken_and_taken_off(void **state)
{
    (void)state;
    struct desk_test t;

    open_order(&t, given_order_and_coupons(&t));
    keys(&t, "Kspring10<F2>");
    assert_shows(&t, "- Coupon SPRING10, Spring special: 10 % on parts = 21.74");
    assert_both_pictures(&t, "order_coupon");
    keys(&t, "<End><Enter>");
    assert_shows(&t, "A coupon stays as it was made");
    keys(&t, "x");
    assert_shows(&t, "The coupon goes off the order");
    keys(&t, "r");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM discount"), 0);
    desk_test_close(&t);
}

static void a_refusal_stands_at_the_code(void **state)
{
    (void)state;
    struct desk_test t;

    open_order(&t, given_order_and_coupons(&t));
    keys(&t, "Kbig50<F2>");
    assert_picture(&t, "coupon_refused");
    keys(&t, "<Ctrl-u>nothing<F2>");
    assert_shows(&t, "There is no coupon");
    desk_test_close(&t);
}

static void what_is_lacking_is_said_before_the_invoice(void **state)
{
    (void)state;
    struct desk_test t;

    const int64_t order = given_order_and_coupons(&t);
    DONE(&t, "estimate.coupon", "{\"order\": %lld, \"code\": \"SPRING10\"}", (long long)order);
    run_sql(t.shop, "UPDATE coupon SET minimum = 100000");
    open_order(&t, order);
    assert_both_pictures(&t, "order_coupon_lacks");
    keys(&t, "<End><Enter>");
    assert_shows(&t, "Coupon SPRING10 is for sales of 1,000.00");
    desk_test_close(&t);
}

static void the_list_shows_what_is_left(void **state)
{
    (void)state;
    struct desk_test t;

    given_order_and_coupons(&t);
    keys(&t, "<F9>list coupons<Enter><wait 1>");
    assert_both_pictures(&t, "coupons");
    keys(&t, "u");
    assert_shows(&t, "It was not used yet.");
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_coupon_is_taken_and_taken_off),
        cmocka_unit_test(a_refusal_stands_at_the_code),
        cmocka_unit_test(what_is_lacking_is_said_before_the_invoice),
        cmocka_unit_test(the_list_shows_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
