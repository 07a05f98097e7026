/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A big demo shop: its many customers are written faster, and must be found just the same. */

#include "demos.h"

#include "domain/customer.h"
#include "domain/vehicle.h"

static void many_customers_are_as_sound_as_few(void **state)
{
    (void)state;
    struct shop_test *t = given_demo(5000, 3);
    struct shop_test *fresh = open_empty();

    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), 5000);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle"), 7500);
    assert_int_equal(ask_number(t, "SELECT count(DISTINCT vin) FROM vehicle"), 7500);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer AS c WHERE NOT EXISTS\n"
                                   "(SELECT 1 FROM phone WHERE customer = c.id)"),
                     0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle AS v WHERE NOT EXISTS\n"
                                   "(SELECT 1 FROM vehicle_owner WHERE vehicle = v.id\n"
                                   "AND customer = v.customer AND until_on IS NULL)"),
                     0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"),
                     ask_number(fresh, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"));
    close_demo(fresh);
    close_demo(t);
}

static void the_last_of_many_is_found_at_the_counter(void **state)
{
    (void)state;
    struct shop_test *t = given_demo(2500, 3);
    struct signed_in in;
    const struct sign_in ann = {"ann", demo_password};
    struct customer_found found;

    expect_ok(t, &session_sign_in_op, &ann, &in);
    assert_int_equal(session_resume(&t->session, in.access), OK);
    const struct customer_find by_plate = {
        .text = ask_text(t, "SELECT plate FROM vehicle ORDER BY id DESC LIMIT 1")};
    expect_ok(t, &customer_find_op, &by_plate, &found);
    const struct found_row *row = found.rows.at;
    assert_true(found.rows.count >= 2);
    assert_int_equal(row[0].customer.v, ask_number(t, "SELECT customer FROM vehicle\n"
                                                      "ORDER BY id DESC LIMIT 1"));
    const struct customer_find by_name = {
        .text = ask_text(t, "SELECT name FROM customer ORDER BY id DESC LIMIT 1"), .limit = 100};
    expect_ok(t, &customer_find_op, &by_name, &found);
    assert_true(found.rows.count >= 1);
    close_demo(t);
}

/* The keys that were written sorted are those that an edit would write. */
static void the_keys_are_those_of_a_form(void **state)
{
    (void)state;
    struct shop_test *t = given_demo(2300, 5);
    struct signed_in in;
    const struct sign_in ann = {"ann", demo_password};
    struct customer customer;

    expect_ok(t, &session_sign_in_op, &ann, &in);
    assert_int_equal(session_resume(&t->session, in.access), OK);
    const int64_t before = ask_number(t, "SELECT count(*) FROM lookup WHERE noun = 'customer'");
    for (int64_t id = 2290; id <= 2300; id++) {
        const struct customer_key key = {{id}};
        struct customer_entry entry;
        expect_ok(t, &customer_show_op, &key, &customer);
        memset(&entry, 0, sizeof entry);
        shape_tidy(customer_edit_op.in, &entry);
        shape_transfer(&customer_shape, &customer, customer_edit_op.in, &entry);
        entry.customer = customer.id;
        expect_ok(t, &customer_edit_op, &entry, &customer);
    }
    assert_int_equal(ask_number(t, "SELECT count(*) FROM lookup WHERE noun = 'customer'"), before);
    close_demo(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_customers_are_as_sound_as_few),
        cmocka_unit_test(the_last_of_many_is_found_at_the_counter),
        cmocka_unit_test(the_keys_are_those_of_a_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
