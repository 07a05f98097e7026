/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "calls.h"

static status try_password(struct shop_test *t, const char *login, const char *password)
{
    const struct sign_in in = {.login = login, .password = password};
    struct signed_in out;

    t->session.id.v = 0;
    return op_call(&t->session, &session_sign_in_op, &in, &out);
}

static void a_wrong_password_and_an_unknown_name_get_the_same_sentence(void **state)
{
    struct shop_test *t = *state;
    char sentence[FAULT_TEXT_MAX];

    assert_int_equal(try_password(t, "ann", "wrong"), ERR_SIGN_IN);
    memcpy(sentence, t->session.fault.text, sizeof sentence);
    assert_int_equal(try_password(t, "nobody", "wrong"), ERR_SIGN_IN);
    assert_string_equal(t->session.fault.text, sentence);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'session.sign-in' "
                                   "AND result = 'sign_in'"),
                     2);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE input LIKE '%wrong%'"), 0);
}

static void ten_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(void **state)
{
    struct shop_test *t = *state;
    int accepted = 0;

    for (int i = 0; i < 200; i++) {
        assert_int_equal(try_password(t, "ann", "wrong"), ERR_SIGN_IN);
        if (strstr(t->session.fault.text, "wrong. Try") != NULL)
            accepted++;
        if (strstr(t->session.fault.text, "minutes") != NULL)
            break;
        t->session.clock.fixed += 1;
    }
    assert_int_equal(accepted, 10);
    assert_int_equal(try_password(t, "ann", "correct horse battery"), ERR_SIGN_IN);
    t->session.clock.fixed += 15 * 60 + 1;
    assert_int_equal(try_password(t, "ann", "correct horse battery"), OK);
    assert_int_equal(ask_number(t, "SELECT sum(failures) FROM tries WHERE who > 0"), 0);
}

static void one_keyboard_trying_every_account_is_slowed_down_itself(void **state)
{
    struct shop_test *t = *state;
    int tried = 0;

    for (int i = 0; i < 100; i++) {
        char login[16];
        snprintf(login, sizeof login, "guess%d", i);
        assert_int_equal(try_password(t, login, "wrong"), ERR_SIGN_IN);
        tried += strstr(t->session.fault.text, "wrong. Try") != NULL;
    }
    assert_int_equal(tried, 5); /* the rest of them had to wait: the clock stands still */
    t->session.terminal = "counter 2";
    assert_int_equal(try_password(t, "ann", "correct horse battery"), OK);
}

static void a_session_ends_after_twelve_hours_or_by_signing_out(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_MANAGER);
    t->session.clock.fixed += 12 * 3600;
    refuse(t, &role_list_op, ERR_SIGN_IN, "Your session is over", "{}");
    t->session.clock.fixed = SHOP_TEST_NOW;
    expect_ok(t, &session_sign_out_op, NULL, NULL);
    expect_status(t, &role_list_op, input_json(t, &role_list_op, "{}"), NULL, ERR_SIGN_IN);
    assert_int_equal(session_resume(&t->session, t->tokens[ROLE_MANAGER]), ERR_SIGN_IN);
    assert_int_equal(session_resume(&t->session, "made-up"), ERR_SIGN_IN);
}

static void a_user_is_added_changed_and_switched_off(void **state)
{
    struct shop_test *t = *state;
    struct user user;

    expect_status(
        t, &user_add_op,
        input_json(t, &user_add_op,
                   "{\"login\":\"ray\",\"name\":\"Ray\",\"role\":3,\"password\":\"short\"}"),
        &user, ERR_INVALID);
    assert_field(t, "password");
    call(t, &user_add_op, &user,
         "{\"login\":\"ray\",\"name\":\"Ray\",\"role\":3,"
         "\"password\":\"four words do well\"}");
    assert_string_equal(user.role_name, "technician");
    assert_int_equal(try_password(t, "ray", "four words do well"), OK);
    /* Caps Lock is no other person. */
    assert_int_equal(try_password(t, "RAY", "four words do well"), OK);
    sign_in_as(t, ROLE_ADMIN);
    struct user edited = user;
    edited.login = "ann";
    expect_status(t, &user_edit_op, &edited, &user, ERR_INVALID);
    assert_says(t, "Ann Walsh already signs in");
    edited.login = "Ann";
    expect_status(t, &user_edit_op, &edited, &user, ERR_INVALID);
    assert_says(t, "Ann Walsh already signs in");
    expect_ok(t, &user_disable_op, &(struct user){.id = edited.id}, &user);
    assert_int_equal(try_password(t, "ray", "four words do well"), ERR_SIGN_IN);
}

static void the_last_person_who_may_change_roles_stays(void **state)
{
    struct shop_test *t = *state;

    expect_status(t, &user_disable_op, &t->users[ROLE_ADMIN], NULL, ERR_CONFLICT);
    assert_says(t, "Nobody could change roles");
    expect_status(
        t, &role_grant_op,
        input_json(t, &role_grant_op, "{\"role\":1,\"right\":\"roles:edit\",\"scope\":\"no\"}"),
        NULL, ERR_CONFLICT);
    call(t, &role_grant_op, NULL, "{\"role\":2,\"right\":\"settings:edit\",\"scope\":\"all\"}");
    sign_in_as(t, ROLE_MANAGER);
    assert_true(right_set_has(&t->session.rights_all, RIGHT_SETTINGS_EDIT));
}

static void a_password_is_changed_by_its_owner_who_knows_it(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(
        t, &user_change_password_op,
        input_json(t, &user_change_password_op,
                   "{\"old_password\":\"nope\",\"new_password\":\"my new long password\"}"),
        NULL, ERR_INVALID);
    assert_field(t, "old_password");
    call(t, &user_change_password_op, NULL,
         "{\"old_password\":\"correct horse battery\","
         "\"new_password\":\"my new long password\"}");
    assert_int_equal(try_password(t, "mo", "my new long password"), OK);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE input LIKE '%long password%' "
                                   "OR changes LIKE '%argon2%'"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_wrong_password_and_an_unknown_name_get_the_same_sentence),
        SHOP_TEST(ten_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour),
        SHOP_TEST(one_keyboard_trying_every_account_is_slowed_down_itself),
        SHOP_TEST(a_session_ends_after_twelve_hours_or_by_signing_out),
        SHOP_TEST(a_user_is_added_changed_and_switched_off),
        SHOP_TEST(the_last_person_who_may_change_roles_stays),
        SHOP_TEST(a_password_is_changed_by_its_owner_who_knows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
