/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "orders.h"

#include "books.h"

#include "domain/invoice.h"

/* Two parts on the shelf: BP-1210 at 89.95 and 0W20 at 7.49, both with stock. */
static void given_shelf(struct shop_test *t)
{
    run_sql(t, "DELETE FROM tax");
    run_sql(t, "UPDATE shop SET supplies_ppm = 0, supplies_flat = 0");
    run_sql(t, "INSERT INTO part (sku, name, name_key, price, cost)\n"
               "VALUES ('BP-1210', 'Brake pads', 'brake pads', 8995, 4100),\n"
               "       ('0W20', 'Oil 0W20', 'oil 0w20', 749, 410)");
}

static struct invoice sold(struct shop_test *t, int64_t order)
{
    struct invoice invoice;
    const struct order_ref in = {.order = {order}};

    expect_ok(t, &order_sell_op, &in, &invoice);
    return invoice;
}

static void parts_are_sold_to_somebody_who_gives_no_name(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    const struct order order = change(t, &counter_sale_op,
                                      "{\"parts\":[{\"sku\":\"BP-1210\",\"quantity\":\"2\"},"
                                      "{\"sku\":\"0W20\",\"quantity\":\"5\"}]}");
    assert_true(order.counter_sale);
    assert_int_equal(order.vehicle.v, 0);
    assert_string_equal(order.customer_name, "Walk-in customer");
    assert_int_equal(order.total.cents, 2 * 8995 + 5 * 749);

    const struct invoice invoice = sold(t, order.id.v);
    assert_int_equal(invoice.total.cents, 21735);
    assert_string_equal(invoice.vehicle_text, "");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE sku = '0W20'"), -5000);
    assert_string_equal(ask_text(t, "SELECT method || ' ' || person FROM authorization"),
                        "in_person Walk-in customer");
    assert_books_agree(t);
}

static void all_who_give_no_name_are_one_customer_until_he_is_archived(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    const struct order first = change(t, &counter_sale_op, "{\"sku\":\"0W20\"}");
    const struct order second = change(t, &counter_sale_op, "{}");
    assert_int_equal(first.customer.v, second.customer.v);
    assert_int_equal(first.total.cents, 749);

    run_sql(t, "UPDATE customer SET archived_at = 1");
    const struct order third = change(t, &counter_sale_op, "{}");
    assert_int_not_equal(third.customer.v, first.customer.v);
}

static void what_is_sold_below_cost_is_sold_with_its_reason(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    refuse(t, &counter_sale_op, ERR_INVALID, "Say why",
           "{\"parts\":[{\"sku\":\"0W20\"},{\"sku\":\"BP-1210\",\"price\":\"30.00\"}]}");
    assert_field(t, "parts.2.price_reason");
    const struct order order =
        change(t, &counter_sale_op,
               "{\"parts\":[{\"sku\":\"0W20\"},{\"sku\":\"BP-1210\",\"price\":\"30.00\","
               "\"price_reason\":\"Box was open\"}]}");
    assert_string_equal(line_of(&order, 1, 2)->price_reason, "Box was open");
    assert_int_equal(order.total.cents, 749 + 3000);

    run_sql(t, "UPDATE part SET price = 400 WHERE sku = '0W20'");
    refuse(t, &counter_sale_op, ERR_INVALID, "Say why", "{\"sku\":\"0W20\"}");
    assert_field(t, "price_reason");
    const struct order cheap =
        change(t, &counter_sale_op, "{\"sku\":\"0W20\",\"price_reason\":\"Last bottle\"}");
    assert_string_equal(line_of(&cheap, 1, 1)->price_reason, "Last bottle");
}

static void only_counter_sales_with_something_on_them_are_sold_in_one_go(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    const struct order empty = change(t, &counter_sale_op, "{}");
    refuse(t, &order_sell_op, ERR_CONFLICT, "nothing to sell", "{\"order\":%lld}",
           (long long)empty.id.v);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization"), 0);

    const struct order work =
        change(t, &order_start_op, "{\"customer\":%lld}", (long long)empty.customer.v);
    refuse(t, &order_sell_op, ERR_CONFLICT, "no counter sale", "{\"order\":%lld}",
           (long long)work.id.v);
    refuse(t, &order_sell_op, ERR_NOT_FOUND, "There is no repair order", "{\"order\":7}");

    refuse(t, &counter_sale_op, ERR_INVALID, "",
           "{\"parts\":[{\"sku\":\"0W20\"},"
           "{\"sku\":\"none\"}]}");
    assert_field(t, "parts.2.sku");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM repair_order"), 2);
}

static void what_changed_meanwhile_is_not_sold(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    const struct order order = change(t, &counter_sale_op, "{\"sku\":\"0W20\"}");
    refuse(t, &order_sell_op, ERR_STALE, "", "{\"order\":%lld,\"revision\":%lld}",
           (long long)order.id.v, (long long)order.revision - 1);
    (void)sold(t, order.id.v);
    refuse(t, &order_sell_op, ERR_CONFLICT, "already invoiced", "{\"order\":%lld}",
           (long long)order.id.v);
}

static void a_technician_does_not_sell_over_the_counter(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &counter_sale_op, ERR_DENIED, "", "{\"sku\":\"0W20\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(parts_are_sold_to_somebody_who_gives_no_name),
        SHOP_TEST(all_who_give_no_name_are_one_customer_until_he_is_archived),
        SHOP_TEST(what_is_sold_below_cost_is_sold_with_its_reason),
        SHOP_TEST(only_counter_sales_with_something_on_them_are_sold_in_one_go),
        SHOP_TEST(what_changed_meanwhile_is_not_sold),
        SHOP_TEST(a_technician_does_not_sell_over_the_counter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
