/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who has which role, who gets at whose account, and what the list of users says of each. */

#include "calls.h"

static struct user user_of(struct shop_test *t, int role)
{
    struct user user;

    expect_ok(t, &user_show_op, &(struct user){.id = t->users[role]}, &user);
    return user;
}

static void *set_role(struct shop_test *t, int user, int role)
{
    return input_json(t, &user_set_role_op,
                      arena_printf(&t->arena, "{\"id\":%lld,\"new_role\":%d}",
                                   (long long)t->users[user].v, role + 1));
}

static void a_role_is_given_with_the_password_fresh(void **state)
{
    struct shop_test *t = *state;
    struct user user;

    expect_ok(t, &user_set_role_op, set_role(t, ROLE_TECHNICIAN, ROLE_MANAGER), &user);
    assert_string_equal(user.role_name, "manager");
    sign_in_as(t, ROLE_ADMIN);
    t->session.clock.fixed += 301;
    expect_status(t, &user_set_role_op, set_role(t, ROLE_TECHNICIAN, ROLE_TECHNICIAN), NULL,
                  ERR_CONFIRM);
}

static void a_new_role_counts_from_the_next_operation(void **state)
{
    struct shop_test *t = *state;
    struct shop_test admin = *t;

    /* The old role is one revision ahead of the new one, as the user will be of himself. */
    run_sql(t, "UPDATE role SET revision = 2 WHERE id = 3");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &user_list_op, input_json(t, &user_list_op, "{}"), NULL, ERR_DENIED);
    const struct session technician = t->session;
    *t = admin;
    expect_ok(t, &user_set_role_op, set_role(t, ROLE_TECHNICIAN, ROLE_MANAGER), NULL);
    t->session = technician;
    call(t, &user_list_op, NULL, "{}");
}

static void the_last_who_may_change_roles_keeps_the_role_and_stays_on(void **state)
{
    struct shop_test *t = *state;

    expect_status(t, &user_set_role_op, set_role(t, ROLE_ADMIN, ROLE_MANAGER), NULL, ERR_CONFLICT);
    assert_says(t, "Nobody could change roles");
    expect_status(t, &user_disable_op, &t->users[ROLE_ADMIN], NULL, ERR_CONFLICT);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM session WHERE user = 1 "
                                   "AND ended_at IS NOT NULL"),
                     0);
    expect_ok(t, &user_set_role_op, set_role(t, ROLE_MANAGER, ROLE_ADMIN), NULL);
    expect_ok(t, &user_set_role_op, set_role(t, ROLE_ADMIN, ROLE_MANAGER), NULL);
    expect_status(t, &user_set_role_op, set_role(t, ROLE_ADMIN, ROLE_ADMIN), NULL, ERR_DENIED);
}

/* Else a manager would sign in as the administrator with a password of his own making. */
static void nobody_gets_at_an_account_that_may_do_more(void **state)
{
    struct shop_test *t = *state;
    struct user admin = user_of(t, ROLE_ADMIN);

    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &user_edit_op, &admin, NULL, ERR_DENIED);
    assert_says(t, "may do more than yours");
    expect_status(t, &user_disable_op, &t->users[ROLE_ADMIN], NULL, ERR_DENIED);
    expect_status(t, &user_set_role_op, set_role(t, ROLE_MANAGER, ROLE_ADMIN), NULL, ERR_DENIED);
    expect_status(t, &user_add_op,
                  input_json(t, &user_add_op,
                             "{\"login\":\"x\",\"name\":\"X\",\"role\":1,"
                             "\"password\":\"four words do well\"}"),
                  NULL, ERR_DENIED);
    static const char *const others[] = {"2", "3", "4", "5"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        call(t, &user_add_op, NULL,
             "{\"login\":\"x%s\",\"name\":\"X\",\"role\":%s,"
             "\"password\":\"four words do well\"}",
             others[i], others[i]);
    expect_ok(t, &user_disable_op, &t->users[ROLE_TECHNICIAN], NULL);
}

static void a_change_of_a_user_leaves_the_role_alone_and_minds_the_revision(void **state)
{
    struct shop_test *t = *state;
    struct user user = user_of(t, ROLE_TECHNICIAN), old = user;

    user.role.v = 1;
    expect_status(t, &user_edit_op, &user, NULL, ERR_INVALID);
    assert_field(t, "role");
    user = old;
    user.name = "Mo H.";
    expect_ok(t, &user_edit_op, &user, &user);
    assert_string_equal(user.name, "Mo H.");
    expect_status(t, &user_edit_op, &old, NULL, ERR_STALE);
}

static void the_list_says_how_each_account_stands(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(user_of(t, ROLE_MANAGER).state, USER_ACTIVE);
    assert_int_equal(user_of(t, ROLE_MANAGER).sessions, 1);
    assert_false(user_of(t, ROLE_MANAGER).has_pin);
    run_sql(t, "UPDATE user SET must_change = 1, pin_hash = 'x' WHERE id = 2");
    assert_int_equal(user_of(t, ROLE_MANAGER).state, USER_MUST_CHANGE);
    assert_true(user_of(t, ROLE_MANAGER).has_pin);
    run_sql(t, "INSERT INTO second_factor (user, seed_secret, made_at, on_at) "
               "VALUES (2, '', 1, 1)");
    assert_true(user_of(t, ROLE_MANAGER).two_factor);
    expect_ok(t, &user_disable_op, &t->users[ROLE_MANAGER], NULL);
    assert_int_equal(user_of(t, ROLE_MANAGER).state, USER_OFF);
    assert_int_equal(user_of(t, ROLE_MANAGER).sessions, 0);
    assert_string_equal(ask_text(t, "SELECT ended_why FROM session WHERE user = 2"), "disabled");
}

static void a_user_is_signed_out_everywhere(void **state)
{
    struct shop_test *t = *state;

    expect_ok(t, &user_end_sessions_op, &t->users[ROLE_TECHNICIAN], NULL);
    assert_int_equal(user_of(t, ROLE_TECHNICIAN).sessions, 0);
    assert_int_equal(session_resume(&t->session, t->tokens[ROLE_TECHNICIAN]), ERR_SIGN_IN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_role_is_given_with_the_password_fresh),
        SHOP_TEST(a_new_role_counts_from_the_next_operation),
        SHOP_TEST(the_last_who_may_change_roles_keeps_the_role_and_stays_on),
        SHOP_TEST(nobody_gets_at_an_account_that_may_do_more),
        SHOP_TEST(a_change_of_a_user_leaves_the_role_alone_and_minds_the_revision),
        SHOP_TEST(the_list_says_how_each_account_stands),
        SHOP_TEST(a_user_is_signed_out_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
