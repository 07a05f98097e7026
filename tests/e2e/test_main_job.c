/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter's main job at the screen: from the phone call to the paid invoice. */

#include "person.h"

static void given_catalog(struct person *who)
{
    expect_ok(who->shop, "part add --sku OIL-Q --name '0W-20 oil, quart' --price 7.49 --cost 4.10");
    expect_ok(who->shop, "canned-job add --code OIL --title 'Oil service, synthetic' "
                         "--lines 'kind=labor description=\"Oil and filter\" quantity=0.5' "
                         "--lines 'kind=part sku=OIL-Q quantity=5'");
}

static void given_maria(struct person *who)
{
    given_catalog(who);
    expect_ok(who->shop, "customer add --first-name Maria --last-name Delgado --phone 6195550142");
    expect_ok(who->shop, "vehicle add --customer 1 --year 2014 --make Honda --model Accord "
                         "--plate 7ABC123 --plate-state CA --odometer-mi 112000");
}

/* From the order's page with an authorized job to the paid invoice: 112.85, paid with 120 in cash.
 */
static void finish_and_take_the_money(struct person *who)
{
    press(who, "s");
    see(who, "in progress");
    press(who, "f");
    see(who, "quality check");
    press(who, "q");
    see(who, "I makes the invoice");
    press(who, "I");
    see(who, "Invoice 20001 is posted.");
    see(who, "Due 112.85");
    press(who, "c");
    type(who, "120");
    see(who, "Change 7.15");
    press(who, "F2");
    see(who, "Hand back 7.15.");
    press(who, "Enter");
    see(who, "$ paid");
}

static void expect_paid(struct person *who)
{
    expect_ok(who->shop, "invoice show 20001 --json");
    assert_out(who->shop, "\"total\":\"112.85\"");
    assert_out(who->shop, "\"balance\":\"0.00\"");
    assert_out(who->shop, "\"status\":\"paid\"");
    expect_ok(who->shop, "verify");
    assert_out(who->shop, "the books agree");
}

static void leave(struct person *who)
{
    press(who, "Ctrl-Q");
    expect_end(who, 0, 5000);
    assert_false(pty_on_alternate(who->pty));
}

static void a_returning_customers_oil_change_takes_25_keys_at_most(void **state)
{
    struct person *who = *state;

    given_maria(who);
    sit_down(who, "ada");
    const long before = pty_key_count(who->pty);
    type(who, "0142");
    see(who, "Delgado, Maria");
    press(who, "Enter w");
    see(who, "Write up");
    type(who, "112340");
    press(who, "F2");
    see(who, "No jobs yet");
    press(who, "j");
    see(who, "Add a job");
    type(who, "oil");
    press(who, "Enter");
    see(who, "112.85");
    press(who, "A");
    see(who, "The customer's answer");
    press(who, "Enter");
    see(who, "Read back: total 112.85");
    const long keys = pty_key_count(who->pty) - before;
    print_message("authorized after %ld keys\n", keys);
    assert_true(keys <= 25);
    assert_int_equal(ask(who, "SELECT authorized FROM repair_order WHERE id = 10001"), 11285);

    press(who, "Enter");
    see(who, "Authorized 112.85 by Maria D., phone");
    finish_and_take_the_money(who);
    print_message("paid after %ld keys\n", pty_key_count(who->pty) - before);
    leave(who);
    expect_paid(who);
}

static void the_same_in_one_burst_ends_the_same(void **state)
{
    struct person *who = *state;
    static const char keys[] = "0142\rw112340\033OQjoil\rA\r\rsfqIc120\033OQ\r";

    given_maria(who);
    sit_down(who, "ada");
    pty_send(who->pty, keys, sizeof keys - 1);
    see(who, "$ paid");
    settle(who);
    leave(who);
    expect_paid(who);
}

static void a_new_caller_is_added_with_the_vehicle_and_served(void **state)
{
    struct person *who = *state;

    given_catalog(who);
    sit_down(who, "ada");
    press(who, "F6");
    see(who, "New customer");
    type(who, "Wanda");
    press(who, "Tab");
    type(who, "Zimmer");
    press(who, "Tab Tab");
    type(who, "6195550177");
    press(who, "F2");
    see(who, "Now the vehicle");
    enter(who, "1HGCM82633A004352");
    press(who, "F2");
    see(who, "2003 Honda Accord");
    press(who, "w");
    see(who, "Write up");
    type(who, "81200");
    press(who, "F2");
    see(who, "No jobs yet");
    press(who, "j");
    enter(who, "oil");
    see(who, "112.85");
    press(who, "A");
    see(who, "The customer's answer");
    press(who, "Enter");
    see(who, "Read back: total 112.85");
    press(who, "Enter");
    finish_and_take_the_money(who);
    leave(who);
    expect_paid(who);
    expect_ok(who->shop, "vehicle show 1 --json");
    assert_out(who->shop, "\"odometer_mi\":81200");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PERSON_TEST(a_returning_customers_oil_change_takes_25_keys_at_most),
        SHOP_PERSON_TEST(the_same_in_one_burst_ends_the_same),
        SHOP_PERSON_TEST(a_new_caller_is_added_with_the_vehicle_and_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
