/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Signing in, locking, and who goes on where. */

#include "test.h"

#include "desk_test.h"

static void the_sign_in_screen(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open(&t, 24, 80);
    assert_picture(&t, "sign_in");
    desk_test_close(&t);
    desk_test_open(&t, 40, 120);
    assert_picture(&t, "sign_in");
    desk_test_close(&t);
}

static void a_wrong_password_is_said_and_the_name_stays(void **state)
{
    struct desk_test *t = *state;

    keys(t, "ann<Enter>wrong<Enter>");
    assert_shows(t, "The name or the password is wrong. Try again.");
    assert_shows(t, "Name      ann");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows(t, "Ann W.");
}

static void ten_wrong_passwords_make_one_wait(void **state)
{
    struct desk_test *t = *state;

    keys(t, "ann<Enter>");
    for (int i = 0; i < 6; i++)
        keys(t, "wrong<Enter>");
    assert_shows(t, "Too many wrong tries. Try again in");
}

static void the_demo_shop_names_its_people_and_one_key_signs_one_in(void **state)
{
    struct desk_test *t = *state;

    assert_shows_not(t, "demo shop's people");
    run_sql(t->shop, "UPDATE shop SET demo = 1");
    run_sql(t->shop, "UPDATE user SET login = 'x' || login");
    sign_in_by_keys(t, ROLE_ADMIN); /* no such name any more */
    desk_close(t->desk);
    const struct desk_options options = {
        .shop = {t->shop->store, t->shop->keys},
        .term = t->term,
        .theme = &t->theme,
        .clock = {.fixed = SHOP_TEST_NOW},
        .terminal = "counter 1",
    };
    assert_int_equal(desk_open(&options, &t->desk, NULL), OK);
    keys(t, "<wait 1>");
    assert_shows(t, "DEMO");
    assert_both_pictures(t, "sign_in_demo");
    run_sql(t->shop, "UPDATE user SET login = 'ann' WHERE login = 'xann'");
    keys(t, "2");
    /* The password of this test's shop is another one: what counts is that it was tried. */
    assert_shows(t, "The name or the password is wrong.");
}

static void the_lock_hides_the_screen_and_its_person_goes_on(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    assert_shows(t, "Delgado");
    keys(t, "<Ctrl-X>");
    assert_shows_not(t, "Delgado");
    assert_both_pictures(t, "locked");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows(t, "Find ▸ 0142");
}

static void the_screen_locks_by_itself(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    app_settings(t->desk->app)->lock_after_ms = 50;
    keys(t, "<wait 100>");
    assert_shows(t, "Locked.");
    assert_shows_not(t, "Delgado");
}

static void somebody_else_begins_afresh(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Ctrl-X>");
    keys(t, "<Shift-Tab><Ctrl-U>lee<Enter>" DESK_PASSWORD "<Enter>");
    assert_shows(t, "Lee P.");
    assert_shows_not(t, "0142");
}

static void a_session_that_was_ended_elsewhere_asks_again(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    run_sql(t->shop, "UPDATE session SET ended_at = 1");
    keys(t, "<Backspace>");
    assert_shows(t, "Locked.");
    assert_shows(t, "You have been signed out. Sign in again.");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows(t, "Find ▸ 014");
}

static void a_draft_waits_for_its_person_when_the_session_is_over(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada");
    run_sql(t->shop, "UPDATE session SET ended_at = 1");
    keys(t, "<wait 1000>");
    app_run_until_idle(t->desk->app);
    assert_shows(t, "Locked.");
    assert_shows_not(t, "not being kept"); /* it waits, and nothing is lost */
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows(t, "Ada");
    keys(t, "<Tab>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 1);
}

static void a_given_password_must_be_replaced_first(void **state)
{
    struct desk_test *t = *state;

    run_sql(t->shop, "UPDATE user SET must_change = 1 WHERE login = 'ann'");
    sign_in_by_keys(t, ROLE_MANAGER);
    assert_shows(t, "Choose your own password to go on");
    keys(t, "<Esc>");
    assert_shows(t, "Sign in again when you are ready for it.");
    assert_shows_not(t, "Find ▸");
    assert_int_equal(t->desk->session.id.v, 0);

    sign_in_by_keys(t, ROLE_MANAGER);
    assert_both_pictures(t, "first_password");
    assert_shows_not(t, "Password now"); /* it has just been typed */
    keys(t, "gearbox in four words<wait 1000>");
    app_run_until_idle(t->desk->app);
    assert_shows_not(t, "not being kept"); /* there is nothing to keep of a password */
    keys(t, "<F4>");
    assert_shows(t, "gearbox in four words");
    keys(t, "<F4>");
    assert_shows_not(t, "gearbox in four words");
    keys(t, "<F2>");
    assert_shows(t, "Your new password counts from now on.");
    assert_shows(t, "Find ▸");
}

static void a_given_password_left_alone_is_asked_for_again(void **state)
{
    struct desk_test *t = *state;

    run_sql(t->shop, "UPDATE user SET must_change = 1 WHERE login = 'ann'");
    sign_in_by_keys(t, ROLE_MANAGER);
    t->desk->session.clock.fixed += 61;
    keys(t, "gearbox in four words<F2>");
    assert_shows(t, "Type the password you have once more.");
    assert_int_equal(ask_number(t->shop, "SELECT must_change FROM user WHERE login = 'ann'"), 1);
    keys(t, DESK_PASSWORD "<F2>");
    assert_shows(t, "Your new password counts from now on.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sign_in_screen),
        DESK_TEST(a_wrong_password_is_said_and_the_name_stays),
        DESK_TEST(ten_wrong_passwords_make_one_wait),
        DESK_TEST(the_demo_shop_names_its_people_and_one_key_signs_one_in),
        COUNTER_TEST(the_lock_hides_the_screen_and_its_person_goes_on),
        COUNTER_TEST(the_screen_locks_by_itself),
        COUNTER_TEST(somebody_else_begins_afresh),
        COUNTER_TEST(a_session_that_was_ended_elsewhere_asks_again),
        COUNTER_TEST(a_draft_waits_for_its_person_when_the_session_is_over),
        DESK_TEST(a_given_password_must_be_replaced_first),
        DESK_TEST(a_given_password_left_alone_is_asked_for_again),
    };

    return cmocka_run_group_tests_name("sign-in", tests, NULL, NULL);
}
