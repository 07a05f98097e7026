/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An order's less common ways by keys: who pays, comebacks, copies, templates, sublet work. */

#include "orders.h"

static void who_pays_is_a_key_and_a_reason(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "Wwarranty<Tab><F2>");
    assert_shows(t, "Say why the customer does not pay");
    assert_both_pictures(t, "order_who_pays");
    keys(t, "Pads of last month<F2>");
    assert_shows(t, "warranty");
    assert_shows(t, "reason Pads of last month");
    assert_int_equal(ask_number(t->shop, "SELECT amount FROM job WHERE id = 1"), 0);
}

static void a_comeback_is_picked_from_what_was_done_before(void **state)
{
    struct desk_test *t = *state;

    (void)given_invoice(t);
    const int64_t order = DONE(t, "estimate.start", "{\"vehicle\": 1, \"odometer_mi\": 112900}");
    open_order(t, order);
    keys(t, "jsqueal is back<Enter>C");
    assert_shows(t, "Which job does it do again?");
    assert_both_pictures(t, "order_comeback");
    keys(t, "<Enter>");
    assert_shows(t, "comeback of RO 10001, warranty");
    assert_string_equal(ask_text(t->shop, "SELECT pay FROM job WHERE comeback_of IS NOT NULL"),
                        "warranty");
    keys(t, "C");
    assert_shows(t, "No comeback: the customer pays.");
}

static void taking_apart_is_told_with_what_putting_together_costs(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    open_order(t, order);
    keys(t, "jnoise in the gearbox<Enter>R");
    assert_shows(t, "Teardown notice");
    keys(t, "350<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT reassembly FROM teardown"), 35000);
}

static void an_order_is_copied_with_two_keys(void **state)
{
    struct desk_test *t = *state;

    (void)given_invoice(t);
    open_order(t, 10001);
    keys(t, "Y<F2>");
    assert_shows(t, "RO 10002");
    assert_shows(t, "2 Front brakes");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job WHERE repair_order = 10002"), 2);
}

static void a_template_is_kept_and_written_up(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "SSixty thousand<F2>");
    assert_shows(t, "Kept as “Sixty thousand”");
    const int64_t next = DONE(t, "estimate.start", "{\"vehicle\": 2, \"odometer_mi\": 189000}");
    open_order(t, next);
    keys(t, "T");
    assert_both_pictures(t, "order_template");
    keys(t, "<Enter>");
    assert_shows(t, "2 Front brakes");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job WHERE repair_order = 10002"), 2);
}

static void sublet_work_has_its_vendor_and_its_bill(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    DONE(t, "vendor.add", "{\"name\": \"Bay Glass\", \"terms_days\": 30}");
    const int64_t order = given_order(t);
    open_order(t, order);
    keys(t, "jwindshield<Enter>b");
    assert_shows(t, "Put the cursor on sublet work first");
    keys(t, "+s<Enter>Windshield<Enter>400<F2>");
    keys(t, "b");
    assert_both_pictures(t, "sublet_vendor");
    keys(t, "bay<Enter>G-20417<Enter><Ctrl-U>250<F2>");
    assert_string_equal(ask_text(t->shop, "SELECT vendor_invoice FROM line"), "G-20417");
    assert_shows(t, "Bay Glass");
    keys(t, "y<F2>");
    assert_shows(t, "Bill G-20417 of Bay Glass is entered: 250.00.");
    assert_shows(t, "billed");
    desk_open_op(t->desk, op_find("sublet.search"), NULL);
    keys(t, "f");
    assert_shows(t, "G-20417");
    assert_both_pictures(t, "sublet_list");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(who_pays_is_a_key_and_a_reason),
        COUNTER_TEST(a_comeback_is_picked_from_what_was_done_before),
        COUNTER_TEST(taking_apart_is_told_with_what_putting_together_costs),
        COUNTER_TEST(an_order_is_copied_with_two_keys),
        COUNTER_TEST(a_template_is_kept_and_written_up),
        COUNTER_TEST(sublet_work_has_its_vendor_and_its_bill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
