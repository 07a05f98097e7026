/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Forms made from shapes: saved, refused at the field, kept as drafts, put beside what somebody
 * else changed. */

#include "test.h"

#include "desk_test.h"

static int64_t drafts(struct desk_test *t)
{
    return ask_number(t->shop, "SELECT count(*) FROM draft");
}

static void a_new_customer_is_saved_and_the_vehicle_asked_for(void **state)
{
    struct desk_test *t = *state;

    keys(t, "Okafor, Ada<F6>");
    assert_shows(t, "Okafor");
    assert_both_pictures(t, "customer_form");
    keys(t, "<F2>");
    assert_shows(t, "Vehicle of Okafor, Ada");
    assert_shows(t, "Okafor, Ada is saved.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM customer"), 4);
    keys(t, "<Esc>");
    assert_shows(t, "Owes 0.00");
}

/* May change everybody's, sees his own alone. */
static void a_customer_that_is_saved_but_not_ones_own_is_said_to_be_saved(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open(&t, 24, 80);
    fill_shop(t.shop);
    run_sql(t.shop,
            "INSERT INTO role_right (role, right, scope) VALUES (3, 'customers:edit', 'all')");
    run_sql(t.shop, "UPDATE role SET revision = revision + 1 WHERE id = 3");
    sign_in_by_keys(&t, ROLE_TECHNICIAN);
    keys(&t, "Okafor, Ada<F6><F2>");
    assert_shows(&t, "Saved. It is not opened, since your role shows you your own");
    assert_shows(&t, "Find ");
    assert_shows_not(&t, "Ask a manager");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM customer WHERE last_name = 'Okafor'"),
                     1);
    desk_test_close(&t);
}

static void a_refusal_stands_at_its_field_and_nothing_is_lost(void **state)
{
    struct desk_test *t = *state;

    keys(t, "Okafor<F6><Tab><Tab><Tab>12345<F2>");
    assert_shows(t, "New customer");
    assert_shows(t, "Okafor");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM customer"), 3);
}

static void what_is_typed_is_a_draft_within_a_second(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada");
    assert_int_equal(drafts(t), 0);
    keys(t, "<wait 1000>");
    app_run_until_idle(t->desk->app);
    assert_int_equal(drafts(t), 1);
}

static void what_a_list_said_goes_with_it(void **state)
{
    struct desk_test *t = *state;

    desk_open_op(t->desk, op_find("payment.deposit"), NULL);
    keys(t, "zzz<Enter>");
    assert_shows(t, "Nothing matches.");
    keys(t, "<Esc>");
    assert_shows(t, "Amount");
    assert_shows_not(t, "Nothing matches.");
}

static void leaving_a_field_keeps_the_draft_at_once(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<Tab>");
    assert_int_equal(drafts(t), 1);
}

static void a_draft_is_offered_again_and_gone_once_saved(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<Tab>Okafor<Esc>");
    assert_shows(t, "1 unfinished: New customer, today 10:42. Ctrl-O goes on.");
    assert_shows_not(t, "Ctrl-O on the counter");
    assert_both_pictures(t, "counter_unfinished");
    keys(t, "<Ctrl-O>");
    assert_shows(t, "Okafor");
    keys(t, "<F2>");
    assert_int_equal(drafts(t), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM customer"), 4);
}

static void the_sign_in_offers_what_is_unfinished(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<Tab><Esc>");
    run_sql(t->shop, "UPDATE user SET start_screen = 'order.search'");
    keys(t, "<F9>sign out<Enter><wait 1>");
    sign_in_by_keys(t, ROLE_MANAGER);
    assert_shows(t, "Repair orders");
    assert_shows(t, "1 unfinished: New customer, today 10:42. Ctrl-O at the counter goes on.");
}

static void who_goes_on_is_not_told_of_the_form_before_his_eyes(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<Tab>");
    assert_int_equal(drafts(t), 1);
    keys(t, "<Ctrl-X>" DESK_PASSWORD "<Enter>");
    assert_shows(t, "New customer");
    assert_shows_not(t, "unfinished");
}

static void a_form_thrown_away_leaves_no_draft(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<Tab><Ctrl-D>");
    keys(t, "<Enter>");
    assert_shows(t, "New customer");
    assert_int_equal(drafts(t), 1);
    keys(t, "<Ctrl-D>t");
    assert_int_equal(drafts(t), 0);
    assert_shows(t, "Thrown away.");
}

static void hanging_up_keeps_the_draft(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<hangup>");
    assert_int_equal(drafts(t), 1);
}

static void somebody_elses_change_stands_beside_mine(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter>e<Ctrl-U>Mary");
    run_sql(t->shop, "UPDATE customer SET email = 'new@example.com', revision = revision + 1 "
                     "WHERE first_name = 'Maria'");
    keys(t, "<F2>");
    assert_shows(t, "Mary");
    assert_shows(t, "Maria");
    assert_both_pictures(t, "conflict");
    keys(t, "<F2>");
    assert_shows(t, "Saved.");
    assert_string_equal(ask_text(t->shop, "SELECT email FROM customer WHERE id = 1"),
                        "new@example.com");
}

static void a_draft_remembers_whose_vehicle_it_is_about(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter>w112900<Tab><Esc><Esc><Esc>");
    assert_shows(t, "1 unfinished: Write up · 2014 Honda Accord EX-L");
    keys(t, "<Ctrl-O>");
    assert_shows(t, "2014 Honda Accord EX-L ");
    keys(t, "<F2>");
    assert_shows(t, "RO 10001");
    assert_int_equal(ask_number(t->shop, "SELECT vehicle FROM repair_order"), 1);
    assert_int_equal(drafts(t), 0);
}

static void a_draft_remembers_what_was_searched_for(void **state)
{
    struct desk_test *t = *state;

    keys(t, "Ada Okafor<F6><Down><Down>Fleet<Tab><Esc>");
    keys(t, "<Ctrl-U><Ctrl-O>");
    assert_shows(t, "Okafor");
    assert_shows(t, "Fleet");
}

static void the_settings_form_begins_with_the_settings(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    desk_open_op(t->desk, op_find("setting.show"), NULL);
    keys(t, "<wait 1>");
    assert_shows(t, "Bayside Auto Care");
    keys(t, "e");
    assert_shows(t, "100 Harbor Dr");
    keys(t, "<End> East<F2>");
    assert_string_equal(ask_text(t->shop, "SELECT name || street FROM shop"),
                        "Bayside Auto Care East100 Harbor Dr");
    assert_string_equal(t->desk->shop.name, "Bayside Auto Care East");
}

static void the_tax_form_begins_with_the_taxes(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    desk_open_op(t->desk, op_find("tax.set"), NULL);
    keys(t, "<wait 1>");
    assert_shows(t, "1, Enter opens");
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT rate FROM tax"), 77500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(a_new_customer_is_saved_and_the_vehicle_asked_for),
        cmocka_unit_test(a_customer_that_is_saved_but_not_ones_own_is_said_to_be_saved),
        COUNTER_TEST(a_refusal_stands_at_its_field_and_nothing_is_lost),
        COUNTER_TEST(what_is_typed_is_a_draft_within_a_second),
        COUNTER_TEST(leaving_a_field_keeps_the_draft_at_once),
        COUNTER_TEST(what_a_list_said_goes_with_it),
        COUNTER_TEST(a_draft_is_offered_again_and_gone_once_saved),
        COUNTER_TEST(the_sign_in_offers_what_is_unfinished),
        COUNTER_TEST(who_goes_on_is_not_told_of_the_form_before_his_eyes),
        COUNTER_TEST(a_form_thrown_away_leaves_no_draft),
        COUNTER_TEST(hanging_up_keeps_the_draft),
        COUNTER_TEST(somebody_elses_change_stands_beside_mine),
        COUNTER_TEST(a_draft_remembers_whose_vehicle_it_is_about),
        COUNTER_TEST(a_draft_remembers_what_was_searched_for),
        DESK_TEST(the_settings_form_begins_with_the_settings),
        DESK_TEST(the_tax_form_begins_with_the_taxes),
    };

    return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}
