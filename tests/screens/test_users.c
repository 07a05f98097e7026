/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of who works here, what can be done from it, and the list of who is signed in. */

#include "test.h"

#include "desk_test.h"

static void open_list(struct desk_test *t, int role, const char *op)
{
    sign_in_by_keys(t, role);
    desk_open_op(t->desk, op_find(op), NULL);
    keys(t, "<wait 1>");
}

/* One of each: locked, with a first password, switched off, with codes and a PIN. */
static void accounts_of_every_kind(struct shop_test *shop)
{
    run_sql(shop, "INSERT INTO tries (place, who, failures, wait_until_at) "
                  "VALUES ('', 3, 10, 1795546620)");
    run_sql(shop, "UPDATE user SET must_change = 1 WHERE id = 4");
    run_sql(shop, "UPDATE user SET disabled_at = 1795500000 WHERE id = 5");
    run_sql(shop, "UPDATE user SET pin_hash = 'x' WHERE id = 2");
    run_sql(shop, "INSERT INTO second_factor (user, seed_secret, made_at, on_at) "
                  "VALUES (2, '', 1, 1)");
}

static void the_list_tells_how_each_account_stands(void **state)
{
    struct desk_test *t = *state;

    accounts_of_every_kind(t->shop);
    sign_in_by_keys(t, ROLE_ADMIN);
    desk_open_op(t->desk, op_find("user.list"), NULL);
    keys(t, "<wait 1>f<wait 1>");
    assert_shows(t, "locked until 10:57");
    assert_shows(t, "first password");
    assert_shows(t, "switched off");
    assert_both_pictures(t, "users");
}

static void another_role_is_given_from_the_list(void **state)
{
    struct desk_test *t = *state;

    open_list(t, ROLE_ADMIN, "user.list");
    keys(t, "/mo<Enter><wait 1>r<wait 1>");
    assert_picture(t, "user_role");
    keys(t, "manager<wait 1><Enter><F2><wait 1>");
    assert_int_equal(ask_number(t->shop, "SELECT role FROM user WHERE id = 3"), 2);
    assert_shows(t, "manager");
}

static void somebody_is_unlocked_signed_out_and_switched_off(void **state)
{
    struct desk_test *t = *state;

    open_list(t, ROLE_MANAGER, "user.list");
    run_sql(t->shop, "INSERT INTO tries (place, who, failures, wait_until_at) "
                     "VALUES ('', 3, 10, 1795546620)");
    keys(t, "<F5>/mo<Enter><wait 1>");
    assert_shows(t, "locked until");
    keys(t, "uy<wait 1>");
    assert_shows_not(t, "locked until");
    keys(t, "oy<wait 1>");
    assert_int_equal(
        ask_number(t->shop, "SELECT count(*) FROM session WHERE user = 3 AND ended_at IS NULL"), 0);
    keys(t, "Dy<wait 1>");
    assert_int_equal(
        ask_number(t->shop, "SELECT count(*) FROM user WHERE id = 3 AND disabled_at IS NOT NULL"),
        1);
}

static void who_was_switched_off_is_found_to_be_switched_on_and_in_filters(void **state)
{
    struct desk_test *t = *state;

    run_sql(t->shop, "UPDATE user SET disabled_at = 1 WHERE id = 3");
    sign_in_by_keys(t, ROLE_ADMIN);
    keys(t, "<F9>switch a user on<Enter><wait 1>mo<wait 1>");
    assert_shows(t, "Mo");
    keys(t, "<Enter><F2><wait 1>");
    assert_int_equal(
        ask_number(t->shop, "SELECT count(*) FROM user WHERE id = 3 AND disabled_at IS NULL"), 1);
    run_sql(t->shop, "UPDATE user SET disabled_at = 1 WHERE id = 3");
    desk_open_op(t->desk, op_find("audit.list"), NULL);
    keys(t, "<wait 1>f<wait 1>mo<wait 1><Enter><wait 1><F2><wait 1>");
    assert_shows(t, "Audit log · ");
    assert_shows_not(t, "Nothing matches");
}

/* The row under the cursor is somebody's sign-in, not the user to be switched off. */
static void a_form_is_not_titled_by_a_row_that_it_does_not_take(void **state)
{
    struct desk_test *t = *state;

    open_list(t, ROLE_ADMIN, "session.list");
    keys(t, "<F9>switch a user off<Enter><wait 1>");
    assert_shows(t, " Switch a user off ");
    assert_shows_not(t, "· Switch a user off");
}

static void a_manager_leaves_the_administrator_alone(void **state)
{
    struct desk_test *t = *state;

    open_list(t, ROLE_MANAGER, "user.list");
    keys(t, "Dy<wait 1>");
    assert_shows(t, "may do more than yours");
}

static void everybody_sees_and_ends_his_own_sign_ins(void **state)
{
    struct desk_test *t = *state;

    open_list(t, ROLE_TECHNICIAN, "session.list");
    assert_both_pictures(t, "sessions_own");
    assert_shows_not(t, "Ann Walsh");
    keys(t, "<Down>xy<wait 1>");
    assert_int_equal(
        ask_number(t->shop, "SELECT count(*) FROM session WHERE user = 3 AND ended_at IS NULL"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_list_tells_how_each_account_stands),
        DESK_TEST(another_role_is_given_from_the_list),
        DESK_TEST(somebody_is_unlocked_signed_out_and_switched_off),
        DESK_TEST(who_was_switched_off_is_found_to_be_switched_on_and_in_filters),
        DESK_TEST(a_form_is_not_titled_by_a_row_that_it_does_not_take),
        DESK_TEST(a_manager_leaves_the_administrator_alone),
        DESK_TEST(everybody_sees_and_ends_his_own_sign_ins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
