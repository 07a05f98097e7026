/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The screens of a customer and a vehicle, with what belongs to them. */

#include "test.h"

#include "desk_test.h"

static void a_customer_with_what_belongs_to_it(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter>");
    assert_shows(t, "Delgado, Maria   (619) 555-0142");
    assert_shows(t, "2014 Honda Accord EX-L");
    assert_picture(t, "customer");
    keys(t, "2");
    assert_shows(t, "No repair order yet. w writes one up.");
    keys(t, "1<Enter>");
    assert_shows(t, "Owner Delgado, Maria");
}

static void wide_terminals_show_more_of_it(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 40, 120);
    keys(&t, "0142<Enter><Enter>");
    assert_picture(&t, "customer");
    keys(&t, "<Enter>");
    assert_picture(&t, "vehicle");
    desk_test_close(&t);
}

static void what_was_said_is_noted(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter>cAsked about the brakes<F2>");
    assert_shows(t, "Saved.");
    keys(t, "4");
    assert_shows(t, "Asked about the brakes");
}

static void a_merge_is_asked_for_first(void **state)
{
    struct desk_test *t = *state;

    run_sql(t->shop,
            "INSERT INTO customer (name, name_key, created_at) VALUES ('Twin', 'twin', 1)");
    run_sql(t->shop,
            "INSERT INTO lookup (noun, key, id) SELECT 'customer', 'twin', max(id) FROM customer");
    keys(t, "0142<Enter><Enter>mtwin<Enter><F2>");
    assert_shows(t, "into one? This");
    keys(t, "<Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM customer WHERE merged_into > 0"), 0);
    keys(t, "<F2>y");
    assert_shows(t, "Saved.");
    assert_int_equal(ask_number(t->shop, "SELECT merged_into FROM customer WHERE name = 'Twin'"),
                     1);
}

static void a_vehicle_is_added_from_its_owner(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter><F6>1hgcr2f83ea012345<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM vehicle WHERE customer = 1"), 2);
}

static void a_vehicle_shows_its_history_and_readings(void **state)
{
    struct desk_test *t = *state;

    fill_catalog(t->shop);
    keys(t, "0142<Enter>w112900<F2>joil<Enter>A<Enter><Esc><Esc><Enter><Enter><Enter>");
    assert_shows(t, "RO 10001");
    assert_shows(t, "Oil service, synthetic");
    assert_both_pictures(t, "vehicle_history");
    keys(t, "4");
    assert_shows(t, "Odometer readings:");
    assert_shows(t, "112,900");
    assert_both_pictures(t, "vehicle_owners");
}

static void an_odometer_running_backwards_needs_a_reason(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter><Enter>o100000<F2>");
    assert_shows(t, "100000");
    assert_int_equal(ask_number(t->shop, "SELECT odometer_mi FROM vehicle WHERE id = 1"), 112340);
    keys(t, "<Tab>cluster replaced<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT odometer_mi FROM vehicle WHERE id = 1"), 100000);
}

static void a_technician_sees_no_way_to_change_a_customer(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_TECHNICIAN);
    assert_shows(t, "Find ▸");
    keys(t, "<F6>");
    assert_shows(t, "Your role does not allow this.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(a_customer_with_what_belongs_to_it),
        cmocka_unit_test(wide_terminals_show_more_of_it),
        COUNTER_TEST(what_was_said_is_noted),
        COUNTER_TEST(a_merge_is_asked_for_first),
        COUNTER_TEST(a_vehicle_is_added_from_its_owner),
        COUNTER_TEST(a_vehicle_shows_its_history_and_readings),
        COUNTER_TEST(an_odometer_running_backwards_needs_a_reason),
        DESK_TEST(a_technician_sees_no_way_to_change_a_customer),
    };

    return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
