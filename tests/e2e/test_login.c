/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane at a terminal: it leads through whatever has to be shown first, in one flow. */

#include <time.h>

#include "domain/totp.h"
#include "person.h"

static void given_mo(struct person *who, const char *role)
{
    expect_ok(who->shop, arena_printf(&who->shop->arena,
                                      "user add --login mo --name Mo --role %s --password-file %s",
                                      role, path_of(who->shop, "password")));
}

/* The question stands still before it is answered: what is typed ahead is thrown away. */
static void answer(struct person *who, const char *text)
{
    settle(who);
    enter(who, text);
}

/* The secret on the screen is the line of eight groups. */
static void read_seed(struct person *who, unsigned char seed[TOTP_SEED_BYTES])
{
    const char *line = strstr(screen(who), "authenticator app:");

    assert_non_null(line);
    line = strchr(line, '\n');
    assert_non_null(line);
    while (*line == '\n' || *line == ' ')
        line++;
    assert_true(totp_from_base32(arena_text_n(&who->shop->arena, line, 39), seed, TOTP_SEED_BYTES));
}

static void enter_code(struct person *who, const unsigned char seed[TOTP_SEED_BYTES], int64_t step)
{
    char code[TOTP_CODE_MAX];

    assert_true(totp_code(seed, TOTP_SEED_BYTES, step, code));
    answer(who, code);
}

static void a_password_that_was_given_is_changed_at_once(void **state)
{
    struct person *who = *state;

    given_mo(who, "3");
    start(who, &(struct start){.rows = 24, .cols = 80, .words = {"login", "mo"}});
    see(who, "Password:");
    answer(who, PASSWORD);
    see(who, "Choose your own password to go on.");
    see(who, "New password:");
    answer(who, "too short");
    see(who, "The same again:");
    answer(who, "too short");
    see(who, "The password is too short.");
    answer(who, "lantern over the harbor");
    answer(who, "lantern over the harbour");
    see(who, "The two are not the same.");
    answer(who, "lantern over the harbor");
    settle(who);
    see_no(who, "lantern"); /* nothing typed is shown */
    answer(who, "lantern over the harbor");
    see(who, "Your new password counts from now on.");
    expect_end(who, 0, 15000);
    assert_int_equal(ask(who, "SELECT must_change FROM user WHERE login = 'mo'"), 0);
    start(who, &(struct start){.rows = 24, .cols = 80, .words = {"customer", "search"}});
    see(who, "There is nothing here yet.");
}

static void a_second_factor_that_the_role_needs_is_set_up_at_once(void **state)
{
    struct person *who = *state;
    unsigned char seed[TOTP_SEED_BYTES];

    given_mo(who, "3");
    run_sql(who->shop, "UPDATE user SET must_change = 0");
    run_sql(who->shop, "UPDATE role SET needs_second_factor = 1, revision = revision + 1 "
                       "WHERE id = 3");
    start(who, &(struct start){.rows = 24, .cols = 80, .words = {"login", "mo"}});
    see(who, "Password:");
    answer(who, PASSWORD);
    see(who, "Your role needs a second factor.");
    see(who, "Code:");
    read_seed(who, seed);
    answer(who, unfit_code(who->shop, seed));
    see(who, "This code does not fit.");
    const int64_t now = time(NULL) / TOTP_STEP_SECONDS;
    enter_code(who, seed, now);
    see(who, "The second factor is on.");
    expect_end(who, 0, 15000);
    assert_int_equal(ask(who, "SELECT count(*) FROM recovery_code"), 10);

    start(who, &(struct start){.rows = 24, .cols = 80, .words = {"login", "mo"}});
    see(who, "Password:");
    answer(who, PASSWORD);
    see(who, "Code:");
    enter_code(who, seed, now);
    see(who, "or was used already");
    enter_code(who, seed, now + 1);
    see(who, "Signed in as Mo");
    expect_end(who, 0, 15000);
}

static void what_needs_the_password_again_asks_for_it_and_goes_on(void **state)
{
    struct person *who = *state;

    given_mo(who, "3");
    run_sql(who->shop, "UPDATE session SET confirmed_at = 1");
    start(who, &(struct start){.rows = 24, .cols = 80, .words = {"user", "disable", "2"}});
    see(who, "This needs your password again.");
    answer(who, "not the right one");
    see(who, "This is not your password.");
    answer(who, PASSWORD);
    see(who, "Switched off:");
    expect_end(who, 0, 15000);
    assert_int_equal(ask(who, "SELECT disabled_at IS NOT NULL FROM user WHERE login = 'mo'"), 1);
}

static void a_lost_password_is_set_anew(void **state)
{
    struct person *who = *state;

    start(who, &(struct start){.rows = 24, .cols = 80, .words = {"user", "recover", "ada"}});
    see(who, "New password:");
    answer(who, "lantern over the harbor");
    see(who, "The same again:");
    answer(who, "lantern over the harbor");
    see(who, "ada has a new password.");
    expect_end(who, 0, 15000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PERSON_TEST(a_password_that_was_given_is_changed_at_once),
        SHOP_PERSON_TEST(a_second_factor_that_the_role_needs_is_set_up_at_once),
        SHOP_PERSON_TEST(what_needs_the_password_again_asks_for_it_and_goes_on),
        SHOP_PERSON_TEST(a_lost_password_is_set_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
