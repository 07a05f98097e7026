/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Selling over the counter by keys: F4, the scanner, F7, the money. */

#include "orders.h"

static void parts_are_scanned_and_paid_with_few_keys(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    fill_catalog(t.shop);
    keys(&t, "<F4>");
    assert_shows(&t, "Scan the parts");
    keys(&t, "<wait 300><fast 071611123457><fast-Enter>");
    keys(&t, "<wait 300><fast 071611123457><fast-Enter>");
    assert_int_equal(ask_number(t.shop, "SELECT quantity FROM line"), 2000);
    assert_both_pictures(&t, "counter_sale");

    keys(&t, "<F7>");
    assert_shows(&t, "Take payment");
    keys(&t, "c<F2>");
    assert_int_equal(ask_number(t.shop, "SELECT total - paid FROM invoice"), 0);
    assert_string_equal(ask_text(t.shop, "SELECT state FROM repair_order"), "paid");
    desk_test_close(&t);
}

static void the_customer_who_was_found_is_sold_to(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    fill_shop(t.shop);
    keys(&t, "delgado<Enter><F4>");
    assert_shows(&t, "Delgado, Maria");
    assert_shows(&t, "counter sale");
    keys(&t, "<F7>");
    assert_shows(&t, "There is nothing to sell yet");
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_scanned_and_paid_with_few_keys),
        cmocka_unit_test(the_customer_who_was_found_is_sold_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
