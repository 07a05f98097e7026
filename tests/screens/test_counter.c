/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter: one box, what it finds, and what is done next. */

#include "test.h"

#include "desk_test.h"

#include "domain/customer.h"

static void typing_goes_to_the_box_and_finds_at_once(void **state)
{
    struct desk_test *t = *state;

    assert_both_pictures(t, "counter_empty");
    keys(t, "0142");
    assert_shows(t, "Delgado, Maria");
    assert_shows(t, "2014 Honda Accord EX-L");
    assert_shows_not(t, "Dela Cruz");
    assert_picture(t, "counter_found");
}

static void letters_match_names_plates_and_units(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 40, 120);
    keys(&t, "del");
    assert_shows(&t, "Delgado, Maria");
    assert_shows(&t, "Dela Cruz, Jun");
    assert_shows(&t, "Delano Fleet");
    assert_shows(&t, "3 customers");
    assert_picture(&t, "counter_found");
    keys(&t, "<Ctrl-U>6klm");
    assert_shows(&t, "Dela Cruz, Jun");
    assert_shows_not(&t, "Delgado");
    desk_test_close(&t);
}

static void letters_are_actions_once_enter_has_chosen(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter>");
    assert_shows(t, "w write up");
    keys(t, "w");
    assert_shows(t, "Write up · 2014 Honda Accord EX-L");
    assert_both_pictures(t, "write_up");
    keys(t, "<Esc><Esc>w");
    assert_shows(t, "Find ▸ 0142w");
}

static void a_refusal_at_a_field_is_readable_to_its_end(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter>w100<F2>");
    assert_shows(t, "such as a new instrument");
    assert_shows(t, "cluster.");
}

static void with_several_vehicles_one_is_asked_for(void **state)
{
    struct desk_test *t = *state;

    expect_ok(t->shop, op_find("vehicle.add"),
              input_json(t->shop, op_find("vehicle.add"),
                         "{\"customer\": 1, \"year\": 2019, \"make\": \"Ford\","
                         " \"model\": \"F-150\"}"),
              NULL);
    keys(t, "0142<Enter>w");
    assert_shows(t, "Write up which vehicle?");
    keys(t, "ford<Enter>112500");
    assert_shows(t, "Write up · Delgado, Maria · 2019 Ford F-150");
    assert_shows(t, "Odometer         112500");
}

static void keys_typed_ahead_of_the_screen_are_none_lost(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<fast 0142><Enter>w");
    assert_shows(t, "Write up · 2014 Honda Accord EX-L");
}

/* A key each: characters of the script, names in angle brackets. */
static int count_keys(const char *script)
{
    int count = 0;

    for (; *script != '\0'; script++, count++)
        if (*script == '<')
            script = strchr(script, '>');
    return count;
}

static void an_oil_change_is_authorized_in_twenty_five_keystrokes(void **state)
{
    static const char script[] = "0142<Enter>w112900<F2>joil<Enter>A<Enter>";
    struct desk_test *t = *state;

    fill_catalog(t->shop);
    keys(t, script);
    assert_string_equal(ask_text(t->shop, "SELECT state FROM repair_order"), "approved");
    print_message("%d keystrokes\n", count_keys(script));
    assert_true(count_keys(script) <= 25);
    keys(t, "<Esc>");
    assert_shows(t, "RO 10001");
    assert_both_pictures(t, "counter_open_order");
}

static void the_empty_counter_lists_open_orders(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter>w112900<F2><Esc><Esc><Esc>");
    assert_shows(t, "Open repair orders");
    assert_shows(t, "10001 Delgado, Maria");
    assert_both_pictures(t, "counter_orders");
    keys(t, "<Down><Enter>");
    assert_shows(t, "RO 10001");
}

static void an_order_number_and_enter_open_the_order(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter>w112900<F2><Esc><Esc><Esc>10001<Enter>");
    assert_shows(t, "RO 10001 ○ estimate");
}

static void nobody_found_says_what_adds_one(void **state)
{
    struct desk_test *t = *state;

    keys(t, "zebra");
    const char *said = strstr(term_memory_picture(t->term, false), "Nobody matches");
    assert_non_null(said);
    assert_null(strstr(said + 1, "Nobody matches")); /* once is enough */
    keys(t, "<Enter>");
    assert_shows(t, "Nobody matches. F6 adds a new customer.");
    assert_shows(t, "There is nothing to open.");
}

static void a_vin_typed_by_hand_is_as_good_as_a_scanned_one(void **state)
{
    struct desk_test *t = *state;

    keys(t, "1hgcm82633a004352");
    assert_shows(t, "No vehicle has this number. Enter adds it.");
    keys(t, "<Enter>");
    assert_shows(t, "New vehicle");
    assert_shows(t, "1HGCM82633A004352");
    assert_shows(t, "Accord");
}

static void a_ringing_phone_parks_the_screen_as_it_is(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<Tab>Okaf<Ctrl-T>");
    assert_shows(t, "Find ▸");
    keys(t, "0118");
    assert_shows(t, "Dela Cruz");
    keys(t, "<Ctrl-T>");
    assert_shows(t, "Okaf");
    keys(t, "or");
    assert_shows(t, "Okafor");
}

static void a_scanned_vin_goes_to_its_vehicle_or_begins_a_new_one(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<fast 1HGCR2F83EA012345><fast-Enter>");
    assert_shows(t, "New vehicle");
    assert_shows(t, "Honda");
    assert_shows(t, "2014");
    keys(t, "<Esc><Esc>");
    run_sql(t->shop, "UPDATE vehicle SET vin = '1HGCR2F83EA012345' WHERE id = 1");
    run_sql(t->shop, "INSERT INTO lookup (noun, key, id) "
                     "VALUES ('vehicle', '1hgcr2f83ea012345', 1)");
    keys(t, "<fast 1HGCR2F83EA012345><fast-Enter>");
    assert_shows(t, "Owner Delgado, Maria");
}

static void a_scanned_bar_code_opens_its_part(void **state)
{
    struct desk_test *t = *state;

    fill_catalog(t->shop);
    keys(t, "<fast 071611123457><fast-Enter>");
    assert_shows(t, "OIL-0W20");
}

static void what_was_found_is_counted_by_its_kind(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    assert_shows(t, "1 customer");
    keys(t, "<Enter>w112900<F2><Esc><Esc><Esc>10001");
    assert_shows(t, "1 repair order");
    assert_shows_not(t, "customer");
}

static void another_terminals_change_shows_by_itself(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    run_sql(t->shop, "UPDATE customer SET owes = 21240 WHERE id = 1");
    keys(t, "<F5>");
    assert_shows(t, "212.40");
}

static void a_list_that_is_cut_says_so(void **state)
{
    struct desk_test *t = *state;
    struct customer zapata = {.last_name = "Zapata"};

    for (int i = 0; i < 8; i++)
        expect_ok(t->shop, &customer_add_op, &zapata, NULL);
    keys(t, "zapata");
    assert_shows(t, "8 customers shown; type more to find others");
}

static void everything_is_told_without_colour_and_in_ascii(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open_as(&t, 24, 80, (struct theme){.ascii = true, .ascii_only = true});
    sign_in_by_keys(&t, ROLE_MANAGER);
    keys(&t, "0142<Enter>w112900<F2><Esc>");
    assert_picture(&t, "counter_ascii");
    for (const char *c = term_memory_picture(t.term, false); *c != '\0'; c++)
        assert_true((unsigned char)*c < 0x80);
    desk_test_close(&t);
}

static void a_narrow_terminal_shows_what_matters_most(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 20, 60);
    keys(&t, "del");
    assert_shows(&t, "Delgado, Maria");
    assert_shows(&t, "(619) 555-0142");
    assert_picture(&t, "counter_found");
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(typing_goes_to_the_box_and_finds_at_once),
        cmocka_unit_test(letters_match_names_plates_and_units),
        COUNTER_TEST(letters_are_actions_once_enter_has_chosen),
        COUNTER_TEST(a_list_that_is_cut_says_so),
        COUNTER_TEST(a_refusal_at_a_field_is_readable_to_its_end),
        COUNTER_TEST(with_several_vehicles_one_is_asked_for),
        COUNTER_TEST(keys_typed_ahead_of_the_screen_are_none_lost),
        COUNTER_TEST(an_oil_change_is_authorized_in_twenty_five_keystrokes),
        COUNTER_TEST(the_empty_counter_lists_open_orders),
        COUNTER_TEST(an_order_number_and_enter_open_the_order),
        COUNTER_TEST(a_vin_typed_by_hand_is_as_good_as_a_scanned_one),
        COUNTER_TEST(nobody_found_says_what_adds_one),
        COUNTER_TEST(a_ringing_phone_parks_the_screen_as_it_is),
        COUNTER_TEST(a_scanned_vin_goes_to_its_vehicle_or_begins_a_new_one),
        COUNTER_TEST(a_scanned_bar_code_opens_its_part),
        COUNTER_TEST(what_was_found_is_counted_by_its_kind),
        COUNTER_TEST(another_terminals_change_shows_by_itself),
        cmocka_unit_test(everything_is_told_without_colour_and_in_ascii),
        cmocka_unit_test(a_narrow_terminal_shows_what_matters_most),
    };

    return cmocka_run_group_tests_name("counter", tests, NULL, NULL);
}
