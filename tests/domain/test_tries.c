/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How long who has to wait after wrong tries, and who has not. */

#include "calls.h"

#include <unistd.h>

#include "domain/opening.h"
#include "domain/secret.h"
#include "domain/tries.h"

#define PASSWORD "correct horse battery"
#define COUNTER  "account 1000"
#define STRANGER "account 1000, from 203.0.113.9"

static status try_at(struct shop_test *t, const char *place, const char *login,
                     const char *password)
{
    const struct sign_in in = {.login = login, .password = password};
    struct signed_in out;

    t->session.id.v = 0;
    t->session.counted_at = place;
    return op_call(&t->session, &session_sign_in_op, &in, &out);
}

/* Was it compared, or did it have to wait? */
static bool is_compared(struct shop_test *t, const char *place, const char *login)
{
    assert_int_equal(try_at(t, place, login, "wrong"), ERR_SIGN_IN);
    return strstr(t->session.fault.text, "Too many wrong tries") == NULL;
}

/* Tries once a second, so that short waits are over; how many were compared. */
static int guess(struct shop_test *t, const char *place, const char *login, int times)
{
    int compared = 0;

    for (int i = 0; i < times; i++) {
        compared += is_compared(t, place, login);
        t->session.clock.fixed++;
    }
    return compared;
}

static void everybody_knows_the_counter(struct shop_test *t)
{
    assert_int_equal(try_at(t, COUNTER, "ann", PASSWORD), OK);
    assert_int_equal(try_at(t, COUNTER, "mo", PASSWORD), OK);
    assert_int_equal(try_at(t, COUNTER, "lee", PASSWORD), OK);
}

static void five_are_free_then_each_waits_twice_as_long(void **state)
{
    static const int waits[] = {0, 0, 0, 0, 1, 2, 4, 8, 16, 900, 900};
    struct shop_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(waits); i++) {
        assert_true(is_compared(t, STRANGER, "ann"));
        if (waits[i] == 0)
            continue;
        t->session.clock.fixed += waits[i] - 1;
        assert_false(is_compared(t, STRANGER, "ann"));
        t->session.clock.fixed++;
    }
}

static void waiting_is_said_in_seconds_then_in_minutes(void **state)
{
    struct shop_test *t = *state;

    for (int i = 0; i < 5; i++)
        is_compared(t, STRANGER, "ann");
    assert_false(is_compared(t, STRANGER, "ann"));
    assert_says(t, "Try again in 1 second.");
    assert_int_equal(guess(t, STRANGER, "ann", 60), 5);
    assert_false(is_compared(t, STRANGER, "ann"));
    assert_says(t, "minutes or ask a manager");
}

static void a_stranger_elsewhere_keeps_nobody_out_of_his_own_counter(void **state)
{
    struct shop_test *t = *state;

    everybody_knows_the_counter(t);
    assert_int_equal(guess(t, STRANGER, "ann", 800), 10);
    assert_int_equal(try_at(t, STRANGER, "ann", PASSWORD), ERR_SIGN_IN);
    assert_int_equal(try_at(t, COUNTER, "ann", PASSWORD), OK);
    /* Which opens nothing to the stranger. */
    assert_int_equal(try_at(t, STRANGER, "ann", PASSWORD), ERR_SIGN_IN);
}

static void moving_to_another_place_gains_nothing(void **state)
{
    struct shop_test *t = *state;
    int compared = 0;

    for (int i = 0; i < 200; i++) {
        char place[40];
        snprintf(place, sizeof place, "account 1000, from 203.0.113.%d", i);
        compared += is_compared(t, place, "ann");
        t->session.clock.fixed++;
    }
    assert_int_equal(compared, 10);
}

static void one_keyboard_is_slowed_down_before_it_locks_a_second_account(void **state)
{
    static const char *const logins[] = {"root", "ann", "mo", "lee", "maria"};
    struct shop_test *t = *state;
    int compared = 0;

    for (int i = 0; i < 600; i++) {
        compared += is_compared(t, STRANGER, logins[i % 5]);
        t->session.clock.fixed++;
    }
    assert_int_equal(compared, 10);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM tries WHERE place = '' AND failures > 9"),
                     0);
    assert_int_equal(try_at(t, "account 1000, from 192.0.2.1", "ann", PASSWORD), OK);
}

static void a_stranger_at_the_only_keyboard_keeps_nobody_waiting_once_he_has_left(void **state)
{
    struct shop_test *t = *state;

    everybody_knows_the_counter(t);
    for (int i = 0; i < 300; i++) {
        is_compared(t, COUNTER, i % 2 == 0 ? "guess" : "ann");
        t->session.clock.fixed++;
    }
    t->session.clock.fixed += TRIES_PASSING;
    assert_int_equal(try_at(t, COUNTER, "lee", PASSWORD), OK);
    assert_int_equal(try_at(t, COUNTER, "mo", PASSWORD), OK);
    /* Who has never been here waits in full. */
    assert_int_equal(try_at(t, COUNTER, "root", PASSWORD), ERR_SIGN_IN);
}

static void a_place_forgets_after_a_quiet_hour(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(guess(t, STRANGER, "nobody", 200), 10);
    t->session.clock.fixed += TRIES_PLACE_SECONDS + 1;
    assert_int_equal(guess(t, STRANGER, "somebody", 200), 10);
}

static void signing_in_between_guesses_clears_nobody_elses_count(void **state)
{
    struct shop_test *t = *state;
    int compared = 0;

    everybody_knows_the_counter(t);
    for (int i = 0; i < 300; i++) {
        compared += is_compared(t, COUNTER, "ann");
        (void)try_at(t, COUNTER, "mo", PASSWORD);
        t->session.clock.fixed++;
    }
    assert_int_equal(compared, 10);
}

static void the_right_password_clears_ones_own_count(void **state)
{
    struct shop_test *t = *state;

    for (int day = 0; day < 20; day++) {
        assert_int_equal(guess(t, STRANGER, "ann", 4), 4);
        assert_int_equal(try_at(t, STRANGER, "ann", PASSWORD), OK);
    }
    assert_int_equal(ask_number(t, "SELECT sum(failures) FROM tries"), 0);
}

static void a_hundred_in_a_row_open_by_a_manager_alone(void **state)
{
    struct shop_test *t = *state;
    int compared = 0;

    for (int i = 0; i < 300; i++) {
        compared += is_compared(t, STRANGER, "ann");
        t->session.clock.fixed += TRIES_LOCK_SECONDS;
    }
    assert_int_equal(compared, 100);
    assert_says(t, "Ask a manager to unlock");
    run_sql(t, "UPDATE session SET ends_at = ends_at + 1000000");
    sign_in_as(t, ROLE_ADMIN);
    expect_ok(t, &user_unlock_op, &t->users[ROLE_MANAGER], NULL);
    t->session.clock.fixed += TRIES_PLACE_SECONDS + 1;
    assert_int_equal(try_at(t, STRANGER, "ann", PASSWORD), OK);
}

static void a_manager_lets_an_account_and_a_place_try_again(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    assert_int_equal(guess(t, STRANGER, "mo", 100), 10);
    sign_in_as(t, ROLE_MANAGER);
    call(t, &place_list_op, &page, "{}");
    assert_int_equal(page.rows.count, 1);
    assert_int_not_equal(ask_number(t, "SELECT max(wait_until_at) FROM tries"), 0);
    expect_ok(t, &user_unlock_op, &t->users[ROLE_TECHNICIAN], NULL);
    assert_int_equal(try_at(t, STRANGER, "mo", PASSWORD), OK);

    assert_int_equal(guess(t, STRANGER, "nobody", 100), 10);
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &place_unlock_op, input_json(t, &place_unlock_op, "{\"place\":\"moon\"}"),
                  NULL, ERR_NOT_FOUND);
    expect_ok(t, &place_unlock_op, input_json(t, &place_unlock_op, "{\"place\":\"" STRANGER "\"}"),
              NULL);
    assert_int_equal(try_at(t, STRANGER, "lee", PASSWORD), OK);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &place_unlock_op,
                  input_json(t, &place_unlock_op, "{\"place\":\"" STRANGER "\"}"), NULL,
                  ERR_DENIED);
}

static void a_clock_set_back_makes_nobody_wait_longer(void **state)
{
    struct shop_test *t = *state;

    guess(t, STRANGER, "ann", 100);
    t->session.clock.fixed -= INT64_C(10) * 86400;
    assert_int_equal(try_at(t, STRANGER, "ann", PASSWORD), ERR_SIGN_IN);
    assert_says(t, "Try again in 15 minutes");
}

static void a_name_that_nobody_has_is_counted_like_one_that_exists(void **state)
{
    struct shop_test *t = *state;
    char there[FAULT_TEXT_MAX], not_there[FAULT_TEXT_MAX];

    for (int i = 0; i < 400; i++) {
        is_compared(t, "place 1", "ann");
        memcpy(there, t->session.fault.text, sizeof there);
        is_compared(t, "place 2", "nobody at all");
        memcpy(not_there, t->session.fault.text, sizeof not_there);
        assert_string_equal(there, not_there);
        is_compared(t, "place 3", "ann"); /* and the same from further ones */
        is_compared(t, "place 4", "nobody at all");
        t->session.clock.fixed += 1 + i / 10;
    }
    assert_int_equal(ask_number(t, "SELECT count(DISTINCT who) FROM tries WHERE who < 0"), 1);
}

static void somebody_switched_off_is_told_nothing_else(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "UPDATE user SET disabled_at = 1 WHERE login = 'mo'");
    assert_int_equal(try_at(t, STRANGER, "mo", PASSWORD), ERR_SIGN_IN);
    assert_says(t, "The name or the password is wrong.");
}

static void the_present_password_is_guessed_no_more_often_when_changing_it(void **state)
{
    struct shop_test *t = *state;
    int compared = 0;

    sign_in_as(t, ROLE_TECHNICIAN);
    for (int i = 0; i < 200; i++) {
        expect_status(t, &user_change_password_op,
                      input_json(t, &user_change_password_op,
                                 "{\"old_password\":\"wrong\",\"new_password\":\"my new long "
                                 "password\"}"),
                      NULL, ERR_INVALID);
        assert_field(t, "old_password");
        compared += strstr(t->session.fault.text, "This is not your password") != NULL;
        t->session.clock.fixed++;
    }
    assert_int_equal(compared, 10);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'user.change-password' "
                                   "AND result = 'invalid'"),
                     200);
}

static void starting_again_forgets_nothing(void **state)
{
    char folder[] = "/tmp/pitlane-tries-XXXXXX";
    char path[64];
    const struct shop_file_options again = {.create = false};
    (void)state;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/shop.db", folder);
    struct shop_test *t = shop_test_make(path);
    assert_int_equal(guess(t, STRANGER, "ann", 100), 10);
    for (int i = 0; i < 3; i++) {
        struct shop_file shop = {.store = t->store, .keys = t->keys};
        shop_file_close(&shop);
        if (shop_file_open(path, &again, &t->session.fault, &shop) != OK)
            fail_msg("%s", t->session.fault.text);
        t->session.store = t->store = shop.store;
        t->session.keys = t->keys = shop.keys;
        store_report_to(t->store, &t->session.fault);
        assert_int_equal(guess(t, STRANGER, "ann", 100), 0);
    }
    shop_test_remove(t, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(five_are_free_then_each_waits_twice_as_long),
        SHOP_TEST(waiting_is_said_in_seconds_then_in_minutes),
        SHOP_TEST(a_stranger_elsewhere_keeps_nobody_out_of_his_own_counter),
        SHOP_TEST(moving_to_another_place_gains_nothing),
        SHOP_TEST(one_keyboard_is_slowed_down_before_it_locks_a_second_account),
        SHOP_TEST(a_stranger_at_the_only_keyboard_keeps_nobody_waiting_once_he_has_left),
        SHOP_TEST(a_place_forgets_after_a_quiet_hour),
        SHOP_TEST(signing_in_between_guesses_clears_nobody_elses_count),
        SHOP_TEST(the_right_password_clears_ones_own_count),
        SHOP_TEST(a_hundred_in_a_row_open_by_a_manager_alone),
        SHOP_TEST(a_manager_lets_an_account_and_a_place_try_again),
        SHOP_TEST(a_clock_set_back_makes_nobody_wait_longer),
        SHOP_TEST(a_name_that_nobody_has_is_counted_like_one_that_exists),
        SHOP_TEST(somebody_switched_off_is_told_nothing_else),
        SHOP_TEST(the_present_password_is_guessed_no_more_often_when_changing_it),
        cmocka_unit_test(starting_again_forgets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
