/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The session of who sits at the terminal: renewed while he works, over when it is over, locked
 * when he is away. */

#include "test.h"

#include "desk_test.h"
#include "domain/access.h"

static void pass(struct desk_test *t, int64_t seconds)
{
    t->desk->session.clock.fixed += seconds;
    t->shop->session.clock.fixed += seconds;
}

static int64_t renewals(struct desk_test *t)
{
    return ask_number(t->shop, "SELECT count(*) FROM refresh_token WHERE used_at IS NOT NULL");
}

/* As if another terminal had committed. */
static void let_poll(struct desk_test *t)
{
    t->desk->data_version--;
    keys(t, "<wait 1100>");
    app_run_until_idle(t->desk->app);
}

static void the_session_is_renewed_while_somebody_works(void **state)
{
    struct desk_test *t = *state;

    const int64_t session = t->desk->session.id.v;
    for (int i = 1; i <= 3; i++) {
        pass(t, 600);
        keys(t, "0142<Ctrl-U>");
        assert_int_equal(renewals(t), i);
    }
    assert_int_equal(t->desk->session.id.v, session);
    assert_shows(t, "Ann W.");
    assert_string_equal(t->desk->login, "ann");
    keys(t, "0142");
    assert_shows(t, "Delgado");
    assert_int_equal(renewals(t), 3);
    keys(t, "<Ctrl-X>" DESK_PASSWORD "<Enter>");
    assert_shows(t, "Delgado");
}

static void nothing_is_renewed_while_nobody_does_anything(void **state)
{
    struct desk_test *t = *state;

    app_settings(t->desk->app)->lock_after_ms = 0;
    keys(t, "0142");
    pass(t, 1200);
    keys(t, "<wait 10000>");
    let_poll(t);
    assert_int_equal(renewals(t), 0);
    assert_shows(t, "Delgado");
    keys(t, "<Backspace>");
    assert_int_equal(renewals(t), 1);
    assert_shows(t, "Delgado");
}

static void after_twelve_hours_one_signs_in_again_and_goes_on(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada");
    pass(t, 12 * 3600);
    keys(t, "m<wait 1000>");
    app_run_until_idle(t->desk->app);
    assert_shows(t, "Locked.");
    assert_shows_not(t, "Adam");
    assert_shows(t, "Your session is over. Sign in again.");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows(t, "Adam");
}

static void a_user_who_is_switched_off_is_out_at_the_next_key(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    assert_shows(t, "Delgado");
    sign_in_as(t->shop, ROLE_ADMIN);
    expect_ok(t->shop, &user_disable_op, &t->shop->users[ROLE_MANAGER], NULL);
    store_report_to(t->shop->store, &t->desk->session.fault);
    keys(t, "<Backspace>");
    assert_shows(t, "Locked.");
    assert_shows(t, "This account is switched off. Ask a manager.");
    assert_shows_not(t, "Delgado");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows_not(t, "Delgado");
}

static void a_right_that_was_taken_away_is_missing_at_the_next_key(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    assert_shows(t, "Delgado");
    run_sql(t->shop, "DELETE FROM role_right WHERE role = 2 AND right = 'customers:view'");
    run_sql(t->shop, "UPDATE role SET revision = revision + 1 WHERE id = 2");
    keys(t, "<Backspace>");
    assert_shows(t, "Your role does not allow this");
}

static void a_sign_in_that_was_used_elsewhere_too_is_over(void **state)
{
    struct desk_test *t = *state;
    struct signed_in out;

    char copy[SECRET_TOKEN_MAX];
    memcpy(copy, t->desk->refresh, sizeof copy);
    const struct session_refresh stolen = {copy};
    t->shop->session.id.v = 0;
    expect_ok(t->shop, &session_refresh_op, &stolen, &out);
    store_report_to(t->shop->store, &t->desk->session.fault);
    pass(t, 600);
    keys(t, "0142");
    assert_shows(t, "Locked.");
    assert_shows(t, "This sign-in was used in two places, so it was ended.");
    assert_string_equal(ask_text(t->shop, "SELECT ended_why FROM session ORDER BY id DESC LIMIT 1"),
                        "reused");
}

static void signing_out_late_still_ends_the_session(void **state)
{
    struct desk_test *t = *state;

    pass(t, 3600);
    keys(t, "<Ctrl-X><Shift-Tab><Ctrl-U>lee<Enter>" DESK_PASSWORD "<Enter>");
    assert_shows(t, "Lee P.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM session AS s JOIN user AS u "
                                         "ON u.id = s.user WHERE u.login = 'ann' "
                                         "AND s.ended_why = 'signed_out'"),
                     1);
}

static int64_t lock_s(struct desk_test *t)
{
    return app_settings(t->desk->app)->lock_after_ms / 1000;
}

static void each_kind_of_terminal_has_its_own_time_to_lock(void **state)
{
    static const struct {
        enum terminal_kind kind;
        int64_t lock_s;
    } kinds[] = {{TERMINAL_COUNTER, 300}, {TERMINAL_KIOSK, 90}, {TERMINAL_SSH, 900}};
    struct desk_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        desk_close(t->desk);
        const struct desk_options options = {
            .shop = {t->shop->store, t->shop->keys},
            .term = t->term,
            .theme = &t->theme,
            .clock = {.fixed = SHOP_TEST_NOW},
            .terminal = "counter 1",
            .terminal_kind = kinds[i].kind,
        };
        assert_int_equal(desk_open(&options, &t->desk, NULL), OK);
        assert_int_equal(lock_s(t), kinds[i].lock_s);
        sign_in_by_keys(t, ROLE_MANAGER);
        assert_int_equal(lock_s(t), kinds[i].lock_s);
    }
}

static void a_changed_time_to_lock_counts_at_once_everywhere(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142");
    run_sql(t->shop, "UPDATE shop SET idle_lock_s = 60, revision = revision + 1");
    let_poll(t);
    assert_int_equal(lock_s(t), 60);
    assert_shows(t, "Delgado");
    keys(t, "<wait 60000>");
    app_run_until_idle(t->desk->app);
    assert_shows(t, "Locked.");
    assert_shows_not(t, "Delgado");
    assert_shows_not(t, "0142");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows(t, "Find ▸ 0142");
    assert_shows(t, "Delgado");
}

static void the_lock_keeps_what_was_typed(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F6>Ada<wait 301000>");
    app_run_until_idle(t->desk->app);
    assert_shows(t, "Locked.");
    assert_shows_not(t, "Ada");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft WHERE body LIKE '%Ada%'"), 1);
    keys(t, "x<Ctrl-U>" DESK_PASSWORD "<Enter>");
    assert_shows(t, "Ada");
    keys(t, "m");
    assert_shows(t, "Adam");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(the_session_is_renewed_while_somebody_works),
        COUNTER_TEST(nothing_is_renewed_while_nobody_does_anything),
        COUNTER_TEST(after_twelve_hours_one_signs_in_again_and_goes_on),
        COUNTER_TEST(a_user_who_is_switched_off_is_out_at_the_next_key),
        COUNTER_TEST(a_right_that_was_taken_away_is_missing_at_the_next_key),
        COUNTER_TEST(a_sign_in_that_was_used_elsewhere_too_is_over),
        COUNTER_TEST(signing_out_late_still_ends_the_session),
        DESK_TEST(each_kind_of_terminal_has_its_own_time_to_lock),
        COUNTER_TEST(a_changed_time_to_lock_counts_at_once_everywhere),
        COUNTER_TEST(the_lock_keeps_what_was_typed),
    };
    return cmocka_run_group_tests_name("desk session", tests, NULL, NULL);
}
