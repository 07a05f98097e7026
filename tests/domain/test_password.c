/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What will do for a password, how it is kept, and what an unknown name costs. */

#include "calls.h"

#include <time.h>

#include "domain/access.h"
#include "domain/password.h"
#include "domain/recover.h"
#include "domain/secret.h"
#include "domain/setting.h"

#define PASSWORD "correct horse battery"

static const struct password_of ann = {
    .login = "ann", .name = "Ann Walsh", .shop = "Bayside Auto Care"};

static status check(struct shop_test *t, const char *password, bool has_factor)
{
    struct password_of of = ann;

    of.has_factor = has_factor;
    fault_clear(&t->session.fault);
    return password_check(&t->session, "password", password, &of);
}

static void assert_good(struct shop_test *t, const char *password)
{
    if (check(t, password, false) != OK)
        fail_msg("“%s”: %s", password, t->session.fault.text);
}

static void assert_refused(struct shop_test *t, const char *password, const char *why)
{
    if (check(t, password, false) != ERR_INVALID || strstr(t->session.fault.text, why) == NULL)
        fail_msg("“%s”: %s", password, t->session.fault.text);
    assert_field(t, "password");
}

static void length_counts_in_characters(void **state)
{
    struct shop_test *t = *state;
    char text[PASSWORD_BYTES_MAX + 8] = "";

    assert_refused(t, "river boat can", "too short");
    assert_good(t, "river boat cand");
    assert_refused(t, "größe über ölü", "too short"); /* 14 characters, 18 bytes */
    assert_good(t, "größe über ölüm");
    assert_good(t, "川の船とろうそくの月と夜の風と海");
    assert_int_equal(password_length("größe"), 5);

    for (int i = 0; i < 15; i++)
        strcat(text, "River7ü!");
    strcat(text, "Lantern!");
    assert_int_equal(password_length(text), 128);
    assert_good(t, text);
    strcat(text, "x");
    assert_refused(t, text, "longer than 128 characters");
}

static void eight_do_beside_a_second_factor(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(check(t, "kestrel9", true), OK);
    assert_int_equal(check(t, "kestre9", true), ERR_INVALID);
    assert_says(t, "8 characters");
    assert_int_equal(check(t, "password", true), ERR_INVALID);
    assert_int_equal(check(t, "12345678", true), ERR_INVALID);
    assert_int_equal(check(t, "annwalsh", true), ERR_INVALID);
}

static void there_are_no_rules_of_composition(void **state)
{
    static const char *const good[] = {"correct horse battery", "all lower case words",
                                       "ALL UPPER CASE WORDS",  "12345678 0293 7758 10",
                                       "?!~+ $%&/ ()=* <>|",    "  river boat candle  ",
                                       "tabs\tare fine as well"};
    struct shop_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_good(t, good[i]);
}

static void those_that_are_tried_first_are_refused(void **state)
{
    static const char *const common[] = {"password12345678", "1234567890password",
                                         "Iloveyou1234567", "!!!!!!Superman!!!!!!",
                                         "PassWord$$$$$$$$$"};
    struct shop_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(common); i++)
        assert_refused(t, common[i], "tried first");
    assert_true(password_is_common(&t->arena, "sunshine"));
    assert_true(password_is_common(&t->arena, "BASEBALL"));
    assert_false(password_is_common(&t->arena, "river boat candle"));
    assert_false(password_is_common(&t->arena, ""));
    assert_false(password_is_common(&t->arena, "# Passwords that are tried first"));
    assert_false(password_is_common(&t->arena, "password\nsunshine"));
}

/* data/passwords.txt */
extern const unsigned char embed_passwords[];
extern const size_t embed_passwords_size;

/* Whoever has a second factor may use eight characters: none of the list gets through, plain, with
 * a capital, or with a year and a sign behind it. */
static void nothing_of_the_list_gets_through(void **state)
{
    struct shop_test *t = *state;
    const char *at = (const char *)embed_passwords, *end = at + embed_passwords_size;
    int listed = 0, plain = 0, dressed = 0;
    char word[PASSWORD_BYTES_MAX];

    for (const char *next; at < end; at = next + 1) {
        next = memchr(at, '\n', (size_t)(end - at));
        assert_non_null(next);
        if (*at == '#')
            continue;
        listed++;
        snprintf(word, sizeof word, "%.*s", (int)(next - at), at);
        word[0] = (char)(word[0] >= 'a' && word[0] <= 'z' ? word[0] - 32 : word[0]);
        plain += check(t, word, true) == OK;
        strcat(word, "2026!");
        dressed += check(t, word, true) == OK;
        arena_reset(&t->arena);
    }
    print_message("%d listed passwords: %d got through plain, %d with a year and a sign\n", listed,
                  plain, dressed);
    assert_true(listed > 8000);
    assert_int_equal(plain, 0);
    assert_true(dressed < listed / 20);
}

static void rows_of_keys_and_repetitions_are_refused(void **state)
{
    static const char *const rows[] = {
        "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrst", "qwertyuiopasdfgh",     "zxcvbnmasdfghjkl",
        "blueblueblueblue",     "ab1ab1ab1ab1ab1ab1",   "zzzzzyyyyyxxxxxwwwww", "asdfghjkl;asdfgh"};
    struct shop_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_refused(t, rows[i], "row of keys");
}

static void names_that_others_know_are_refused(void **state)
{
    static const char *const names[] = {"Ann Walsh Bayside", "bayside auto care",
                                        "pitlane pitlane 1", "Walsh!!Walsh!!2026",
                                        "ánn wàlsh baysidé 7"};
    struct shop_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_refused(t, names[i], "name that others know");
    assert_good(t, "ann likes river boats");
}

static void a_refused_one_is_never_repeated(void **state)
{
    struct shop_test *t = *state;

    assert_refused(t, "password12345678", "tried first");
    assert_null(strstr(t->session.fault.text, "password12345678"));
}

static status sign_in(struct shop_test *t, const char *login, const char *password)
{
    const struct sign_in in = {.login = login, .password = password};
    struct signed_in out;

    t->session.id.v = 0;
    return op_call(&t->session, &session_sign_in_op, &in, &out);
}

static void change(struct shop_test *t, const char *new, status expected)
{
    expect_status(
        t, &user_change_password_op,
        input_json(t, &user_change_password_op,
                   arena_printf(&t->arena,
                                "{\"old_password\":\"" PASSWORD "\",\"new_password\":\"%s\"}",
                                new)),
        NULL, expected);
}

static void however_a_letter_is_typed_it_is_the_same_password(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_MANAGER);
    change(t,
           "caf\xC3\xA9 am gro\xC3\x9F"
           "en hafen",
           OK);
    assert_int_equal(sign_in(t, "ann",
                             "cafe\xCC\x81 am gro\xC3\x9F"
                             "en hafen"),
                     OK);
    assert_int_equal(sign_in(t, "ann",
                             "cafe am gro\xC3\x9F"
                             "en hafen"),
                     ERR_SIGN_IN);
}

static void a_hash_of_less_work_is_made_anew_at_sign_in(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(sign_in(t, "ann", PASSWORD), OK);
    const char *weak = ask_text(t, "SELECT password_hash FROM user WHERE login = 'ann'");
    secret_use_weak_hashes(false);
    assert_true(secret_hash_is_weak(weak));
    assert_int_equal(sign_in(t, "ann", "wrong"), ERR_SIGN_IN);
    assert_string_equal(ask_text(t, "SELECT password_hash FROM user WHERE login = 'ann'"), weak);
    assert_int_equal(sign_in(t, "ann", PASSWORD), OK);
    const char *strong = ask_text(t, "SELECT password_hash FROM user WHERE login = 'ann'");
    assert_false(secret_hash_is_weak(strong));
    assert_true(secret_password_matches(strong, PASSWORD));
    assert_non_null(strstr(strong, "$argon2id$v=19$m=65536,t=2,p=1$"));
    assert_int_equal(sign_in(t, "ann", PASSWORD), OK);
    assert_string_equal(ask_text(t, "SELECT password_hash FROM user WHERE login = 'ann'"), strong);
    secret_use_weak_hashes(true);
}

static double milliseconds(struct shop_test *t, const char *login)
{
    struct timespec from, to;

    run_sql(t, "DELETE FROM tries");
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    assert_int_equal(sign_in(t, login, "not the right password"), ERR_SIGN_IN);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

/* The quickest of both in turns, until what others do with the machine's memory meanwhile no longer
 * tells them apart. */
static bool take_as_long(struct shop_test *t, double *ret_known, double *ret_unknown)
{
    *ret_known = *ret_unknown = 1e9;
    for (int i = 0; i < 40; i++) {
        const double known = milliseconds(t, "ann"), unknown = milliseconds(t, "nobody");
        *ret_known = known < *ret_known ? known : *ret_known;
        *ret_unknown = unknown < *ret_unknown ? unknown : *ret_unknown;
        if (i >= 2 && *ret_unknown > *ret_known * 0.6 && *ret_unknown < *ret_known * 1.6)
            return true;
    }
    return false;
}

static void an_unknown_name_takes_as_long_as_a_known_one(void **state)
{
    struct shop_test *t = *state;
    char hash[SECRET_HASH_MAX];

    secret_use_weak_hashes(false);
    assert_int_equal(secret_hash_password(PASSWORD, hash, NULL), OK);
    run_sql(t, arena_printf(&t->arena, "UPDATE user SET password_hash = '%s'", hash));
    double known, unknown;
    const bool alike = take_as_long(t, &known, &unknown);
    print_message("a wrong password: %.1f ms for a known name, %.1f ms for an unknown one\n", known,
                  unknown);
    secret_use_weak_hashes(true);
    assert_true(unknown > 10); /* a hash is really computed */
    assert_true(alike);
}

static void a_password_that_was_given_is_changed_before_anything_else(void **state)
{
    struct shop_test *t = *state;
    struct page page;
    struct user user;
    struct signed_in out;

    expect_ok(t, &user_add_op,
              input_json(t, &user_add_op,
                         "{\"login\":\"ray\",\"name\":\"Ray\",\"role\":2,"
                         "\"password\":\"" PASSWORD "\"}"),
              &user);
    const struct sign_in in = {.login = "ray", .password = PASSWORD};
    expect_ok(t, &session_sign_in_op, &in, &out);
    assert_true(out.must_change);
    assert_int_equal(session_resume(&t->session, out.access), OK);
    expect_status(t, &user_list_op, input_json(t, &user_list_op, "{}"), &page, ERR_CONFIRM);
    assert_says(t, "Choose your own password first");
    change(t, PASSWORD, ERR_INVALID);
    assert_says(t, "This is the password you have");
    change(t, "lantern over the harbor", OK);
    call(t, &user_list_op, &page, "{}");
}

static void a_new_password_ends_the_other_sign_ins(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(sign_in(t, "ann", PASSWORD), OK);
    sign_in_as(t, ROLE_MANAGER);
    change(t, "lantern over the harbor", OK);
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM session WHERE user = 2 AND ended_at IS NULL"), 1);
    change(t, "another lantern by the sea", ERR_INVALID); /* the old one is gone */
    assert_field(t, "old_password");
}

static void nobody_gets_hold_of_an_account_that_may_do_more(void **state)
{
    struct shop_test *t = *state;
    char json[200];

    sign_in_as(t, ROLE_MANAGER);
    for (int user = 1; user <= 2; user++) {
        snprintf(json, sizeof json, "{\"id\":%d,\"new_password\":\"lantern over the harbor\"}",
                 user == 1 ? 1 : 3);
        expect_status(t, &user_set_password_op, input_json(t, &user_set_password_op, json), NULL,
                      user == 1 ? ERR_DENIED : OK);
    }
    expect_status(t, &user_disable_op, &t->users[ROLE_ADMIN], NULL, ERR_DENIED);
    expect_status(t, &user_add_op,
                  input_json(t, &user_add_op,
                             "{\"login\":\"eve\",\"name\":\"Eve\",\"role\":1,"
                             "\"password\":\"" PASSWORD "\"}"),
                  NULL, ERR_DENIED);
    assert_says(t, "may do more than yours");
}

static void what_could_harm_others_wants_the_password_again(void **state)
{
    static const struct op *const ops[] = {&user_add_op, &user_set_password_op, &user_disable_op,
                                           &user_enable_op};
    struct shop_test *t = *state;
    const struct confirm right = {.password = PASSWORD, .code = ""};
    struct shop shop;

    for (size_t i = 0; i < COUNT_OF(ops); i++)
        assert_true((ops[i]->flags & OP_REAUTH) != 0);
    expect_ok(t, &setting_show_op, NULL, &shop);
    t->session.clock.fixed += 301;
    expect_status(t, &user_disable_op, &t->users[ROLE_CUSTOMER], NULL, ERR_CONFIRM);
    shop.idle_lock_s = 60;
    expect_ok(t, &setting_edit_op, &shop, &shop);
    shop.idle_lock_s = 3600;
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_CONFIRM);
    expect_ok(t, &session_confirm_op, &right, NULL);
    expect_ok(t, &setting_edit_op, &shop, &shop);
    expect_ok(t, &user_disable_op, &t->users[ROLE_CUSTOMER], NULL);
    /* A clock that was set back does not keep the door open. */
    t->session.clock.fixed -= 3600;
    expect_status(t, &user_enable_op, &t->users[ROLE_CUSTOMER], NULL, ERR_CONFIRM);
}

static void the_owner_of_the_file_sets_a_lost_password_anew(void **state)
{
    struct shop_test *t = *state;
    struct recovery in = {.login = "root", .password = "short"};

    for (int i = 0; i < 300; i++) {
        (void)sign_in(t, "root", "wrong");
        t->session.clock.fixed++;
    }
    assert_int_equal(sign_in(t, "root", PASSWORD), ERR_SIGN_IN);
    assert_int_equal(user_recover(&t->session, &in), ERR_INVALID);
    assert_field(t, "password");
    in.password = "lantern over the harbor";
    in.login = "nobody";
    assert_int_equal(user_recover(&t->session, &in), ERR_NOT_FOUND);
    in.login = "root";
    assert_int_equal(user_recover(&t->session, &in), OK);
    t->session.clock.fixed += 30;
    assert_int_equal(sign_in(t, "root", "lantern over the harbor"), OK);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'user.recover' "
                                   "AND noun = 'user' AND subject = 1"),
                     1);
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM session WHERE user = 1 AND ended_at IS NULL"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(length_counts_in_characters),
        SHOP_TEST(eight_do_beside_a_second_factor),
        SHOP_TEST(there_are_no_rules_of_composition),
        SHOP_TEST(those_that_are_tried_first_are_refused),
        SHOP_TEST(nothing_of_the_list_gets_through),
        SHOP_TEST(rows_of_keys_and_repetitions_are_refused),
        SHOP_TEST(names_that_others_know_are_refused),
        SHOP_TEST(a_refused_one_is_never_repeated),
        SHOP_TEST(however_a_letter_is_typed_it_is_the_same_password),
        SHOP_TEST(a_hash_of_less_work_is_made_anew_at_sign_in),
        SHOP_TEST(an_unknown_name_takes_as_long_as_a_known_one),
        SHOP_TEST(a_password_that_was_given_is_changed_before_anything_else),
        SHOP_TEST(a_new_password_ends_the_other_sign_ins),
        SHOP_TEST(nobody_gets_hold_of_an_account_that_may_do_more),
        SHOP_TEST(what_could_harm_others_wants_the_password_again),
        SHOP_TEST(the_owner_of_the_file_sets_a_lost_password_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
