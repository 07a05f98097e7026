/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Ten thousand guesses at every way in, by somebody who never tires: how many of them are compared
 * within a quarter of an hour, an hour, a day. The clock is moved by hand. */

#include "shop.h"

#include "domain/factor.h"
#include "domain/terminal.h"
#include "domain/totp.h"
#include "domain/tries.h"

#define PASSWORD "correct horse battery"
#define PIN      "804259"
#define COUNTER  "account 1000"
#define STRANGER "account 1000, from 203.0.113.9"
#define GUESSES  10000

/* One guess; true when it was compared and not told to wait. */
typedef bool (*way)(struct shop_test *t, int i);

struct result {
    int quarter, hour, day, all;
};

/* Once a second for the first hour, then every 13 seconds: ten thousand in a little over a day. */
static struct result guess(struct shop_test *t, way try)
{
    const int64_t began = t->session.clock.fixed;
    struct result result = {0};

    for (int i = 0; i < GUESSES; i++) {
        const int64_t passed = t->session.clock.fixed - began;
        const bool compared = try(t, i);
        result.quarter += compared && passed < 900;
        result.hour += compared && passed < 3600;
        result.day += compared && passed < 86400;
        result.all += compared;
        t->session.clock.fixed += passed < 3600 ? 1 : 13;
        arena_reset(&t->arena);
    }
    return result;
}

static void assert_at_most(const char *name, struct result result, int quarter, int hour, int day)
{
    print_message("%-34s %5d guesses: %3d compared in 15 minutes, %3d in an hour, %3d in a day\n",
                  name, GUESSES, result.quarter, result.hour, result.day);
    assert_in_range(result.quarter, 1, quarter);
    assert_in_range(result.hour, result.quarter, hour);
    assert_in_range(result.day, result.hour, day);
    assert_in_range(result.all, result.day, day + 4);
}

/* What one account stands: ten, then one each quarter of an hour, a hundred in a row. */
#define ONE_ACCOUNT 10, 14, 100

static bool was_compared(const struct shop_test *t, status result)
{
    assert_true(result == ERR_SIGN_IN || result == ERR_INVALID);
    return strstr(t->session.fault.text, "Too many wrong tries") == NULL;
}

static bool sign_in_at(struct shop_test *t, const char *place, const char *login,
                       const char *password, const char *code)
{
    const struct sign_in in = {.login = login, .password = password, .code = code};
    struct signed_in out;

    t->session.id.v = 0;
    t->session.counted_at = place;
    return was_compared(t, op_call(&t->session, &session_sign_in_op, &in, &out));
}

static const char *number(struct shop_test *t, int i)
{
    return arena_printf(&t->arena, "%06d", (i * 7919 + 13) % 1000000);
}

/* The seed of has_a_second_factor. Three codes of a million fit at any time: without knowing them,
 * a hundred guesses would hit one in every 3,333rd run. */
static unsigned char seed[TOTP_SEED_BYTES];

static const char *wrong_code(struct shop_test *t, int i)
{
    const char *guessed = number(t, i);
    int64_t step;

    while (totp_matches(seed, sizeof seed, t->session.clock.fixed, 0, guessed, &step))
        guessed = number(t, i += GUESSES);
    return guessed;
}

static bool password_from_elsewhere(struct shop_test *t, int i)
{
    return sign_in_at(t, STRANGER, "ann", number(t, i), "");
}

static bool password_at_his_own_counter(struct shop_test *t, int i)
{
    return sign_in_at(t, COUNTER, "ann", number(t, i), "");
}

static bool password_from_everywhere(struct shop_test *t, int i)
{
    return sign_in_at(t, arena_printf(&t->arena, "account 1000, from 10.%d.%d.1", i / 256, i % 256),
                      "ann", number(t, i), "");
}

static bool name_of_nobody(struct shop_test *t, int i)
{
    return sign_in_at(t, STRANGER, "nobody", number(t, i), "");
}

static bool one_password_at_many_names(struct shop_test *t, int i)
{
    return sign_in_at(t, STRANGER, arena_printf(&t->arena, "name%d", i), "summer of this year", "");
}

static bool one_password_at_those_who_work_here(struct shop_test *t, int i)
{
    static const char *const logins[] = {"ann", "mo", "lee"};

    return sign_in_at(t, COUNTER, logins[i % 3], "summer of this year", "");
}

static bool code(struct shop_test *t, int i)
{
    return sign_in_at(t, STRANGER, "ann", PASSWORD, wrong_code(t, i));
}

static bool recovery_code(struct shop_test *t, int i)
{
    return sign_in_at(t, STRANGER, "ann", PASSWORD,
                      arena_printf(&t->arena, "ABCD-EFGH-%04d", 2000 + i));
}

/* The password between guesses of the code, as who has stolen it would. */
static bool code_after_the_password_alone(struct shop_test *t, int i)
{
    const struct sign_in in = {.login = "ann", .password = PASSWORD, .code = ""};
    struct signed_in out;

    t->session.id.v = 0;
    t->session.counted_at = STRANGER;
    (void)!op_call(&t->session, &session_sign_in_op, &in, &out);
    return code(t, i);
}

static bool confirm(struct shop_test *t, int i)
{
    const struct confirm in = {.password = number(t, i), .code = ""};

    return was_compared(t, op_call(&t->session, &session_confirm_op, &in, NULL));
}

static bool confirm_code(struct shop_test *t, int i)
{
    const struct confirm in = {.password = PASSWORD, .code = wrong_code(t, i)};

    return was_compared(t, op_call(&t->session, &session_confirm_op, &in, NULL));
}

static bool present_password(struct shop_test *t, int i)
{
    const char *json = arena_printf(
        &t->arena, "{\"old_password\":\"%s\",\"new_password\":\"my new long password\"}",
        number(t, i));

    return was_compared(t, op_call(&t->session, &user_change_password_op,
                                   input_json(t, &user_change_password_op, json), NULL));
}

static bool pin(struct shop_test *t, int i)
{
    const struct pin_sign_in in = {"mo", number(t, i)};
    struct signed_in out;

    return was_compared(t, op_call(&t->session, &session_pin_op, &in, &out));
}

/* Who has seen a PIN uses it to begin anew with the password. */
static bool password_between_right_pins(struct shop_test *t, int i)
{
    const struct pin_sign_in right = {"mo", PIN};
    struct signed_in out;

    if (i % 5 == 0)
        (void)!op_call(&t->session, &session_pin_op, &right, &out);
    return sign_in_at(t, NULL, "mo", number(t, i), "");
}

/* --- */

static void knows_the_counter(struct shop_test *t)
{
    static const char *const logins[] = {"ann", "mo", "lee"};
    struct signed_in out;

    t->session.counted_at = COUNTER;
    for (size_t i = 0; i < COUNT_OF(logins); i++) {
        const struct sign_in in = {.login = logins[i], .password = PASSWORD};
        expect_ok(t, &session_sign_in_op, &in, &out);
    }
}

static void has_a_second_factor(struct shop_test *t)
{
    struct factor_begun begun;
    struct recovery_codes codes;
    char now[TOTP_CODE_MAX];

    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &factor_begin_op, NULL, &begun);
    assert_true(totp_from_base32(begun.secret, seed, sizeof seed));
    assert_true(totp_code(seed, sizeof seed, t->session.clock.fixed / TOTP_STEP_SECONDS, now));
    expect_ok(t, &factor_turn_on_op, &(struct factor_code){now}, &codes);
}

/* Signed in for longer than anybody is. */
static void sits_at_an_open_terminal(struct shop_test *t)
{
    run_sql(t, "UPDATE session SET ends_at = ends_at + 1000000");
    sign_in_as(t, ROLE_MANAGER);
    t->session.user_name = "Ann Walsh"; /* its text goes with the arena */
    t->session.role = "manager";
}

static void at_a_kiosk_where_mo_has_a_pin(struct shop_test *t)
{
    const struct terminal_enroll in = {.name = "kiosk 2", .kind = TERMINAL_KIOSK};
    struct terminal_enrolled kiosk;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_ok(t, &user_set_pin_op, &(struct pin_set){PIN}, NULL);
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &terminal_enroll_op, &in, &kiosk);
    t->session.id = (struct session_id){0};
    if (terminal_recognise(&t->session, kiosk.secret) != OK)
        fail_msg("%s", t->session.fault.text);
    t->session.terminal = "kiosk 2";
}

static void passwords_of_one_account(void **state)
{
    struct shop_test *t = *state;

    knows_the_counter(t);
    assert_at_most("password, from elsewhere", guess(t, password_from_elsewhere), ONE_ACCOUNT);
    assert_at_most("password, at his own counter", guess(t, password_at_his_own_counter),
                   ONE_ACCOUNT);
    assert_at_most("name that nobody has", guess(t, name_of_nobody), ONE_ACCOUNT);
}

static void passwords_from_ten_thousand_addresses(void **state)
{
    assert_at_most("password, each from another place", guess(*state, password_from_everywhere),
                   ONE_ACCOUNT);
}

static void one_password_at_every_name(void **state)
{
    struct shop_test *t = *state;

    /* One place: ten, then one each quarter of an hour, and as many again once an hour is over. */
    assert_at_most("one password, many names", guess(t, one_password_at_many_names), 10, 14, 264);
    knows_the_counter(t);
    /* Three who know the place: each stands for himself, the place lets one try in half a minute.
     */
    assert_at_most("one password, three who work here",
                   guess(t, one_password_at_those_who_work_here), 30, 42, 300);
}

static void codes_of_who_has_the_password(void **state)
{
    struct shop_test *t = *state;

    has_a_second_factor(t);
    assert_at_most("one-time code", guess(t, code), ONE_ACCOUNT);
}

static void codes_with_the_password_shown_in_between(void **state)
{
    struct shop_test *t = *state;

    has_a_second_factor(t);
    assert_at_most("one-time code, password between", guess(t, code_after_the_password_alone),
                   ONE_ACCOUNT);
}

static void recovery_codes_of_who_has_the_password(void **state)
{
    struct shop_test *t = *state;

    has_a_second_factor(t);
    assert_at_most("recovery code", guess(t, recovery_code), ONE_ACCOUNT);
}

static void the_password_again_at_an_open_terminal(void **state)
{
    struct shop_test *t = *state;

    sits_at_an_open_terminal(t);
    assert_at_most("password again", guess(t, confirm), ONE_ACCOUNT);
}

static void the_code_again_at_an_open_terminal(void **state)
{
    struct shop_test *t = *state;

    has_a_second_factor(t);
    sits_at_an_open_terminal(t);
    assert_at_most("code again", guess(t, confirm_code), ONE_ACCOUNT);
}

static void the_present_password_at_an_open_terminal(void **state)
{
    struct shop_test *t = *state;

    sits_at_an_open_terminal(t);
    assert_at_most("present password, to change it", guess(t, present_password), ONE_ACCOUNT);
}

static void pins_at_a_kiosk(void **state)
{
    struct shop_test *t = *state;

    at_a_kiosk_where_mo_has_a_pin(t);
    assert_at_most("PIN", guess(t, pin), ONE_ACCOUNT);
    assert_string_equal(ask_text(t, "SELECT pin_hash FROM user WHERE login = 'mo'"), "");
}

static void passwords_at_a_kiosk_by_who_has_seen_a_pin(void **state)
{
    struct shop_test *t = *state;

    at_a_kiosk_where_mo_has_a_pin(t);
    assert_at_most("password, right PIN between", guess(t, password_between_right_pins),
                   ONE_ACCOUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(passwords_of_one_account),
        SHOP_TEST(passwords_from_ten_thousand_addresses),
        SHOP_TEST(one_password_at_every_name),
        SHOP_TEST(codes_of_who_has_the_password),
        SHOP_TEST(codes_with_the_password_shown_in_between),
        SHOP_TEST(recovery_codes_of_who_has_the_password),
        SHOP_TEST(the_password_again_at_an_open_terminal),
        SHOP_TEST(the_code_again_at_an_open_terminal),
        SHOP_TEST(the_present_password_at_an_open_terminal),
        SHOP_TEST(pins_at_a_kiosk),
        SHOP_TEST(passwords_at_a_kiosk_by_who_has_seen_a_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
