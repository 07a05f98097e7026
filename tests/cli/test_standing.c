/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What has to be shown on the way, from the command line and without a terminal to ask on: codes,
 * the password again, a lost password set anew. */

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/totp.h"
#include "program.h"

/* Of the half minute that is `off` from now: each works once, and the next one early. */
static const char *code_file(struct program *p, const char *seed, int off)
{
    unsigned char bytes[TOTP_SEED_BYTES];
    char code[TOTP_CODE_MAX];

    assert_true(totp_from_base32(seed, bytes, sizeof bytes));
    assert_true(totp_code(bytes, sizeof bytes, time(NULL) / TOTP_STEP_SECONDS + off, code));
    return file_with(p, "code", arena_printf(&p->arena, "%s\n", code));
}

static const char *given_a_second_factor(struct program *p)
{
    expect_ok(p, "factor begin --only secret");
    const char *seed = text_clean(&p->arena, p->out, TEXT_ONE_LINE);
    expect_ok(
        p, arena_printf(&p->arena, "factor turn-on --code-file %s --json", code_file(p, seed, 0)));
    return seed;
}

static void a_code_comes_from_a_file(void **state)
{
    struct program *p = *state;
    const char *password = path_of(p, "password");
    unsigned char bytes[TOTP_SEED_BYTES];

    const char *seed = given_a_second_factor(p);
    expect_ok(p, "factor show --json");
    assert_out(p, "\"on\":true");
    assert_out(p, "\"codes_left\":10");
    expect_code(p, 2, arena_printf(&p->arena, "login ada --password-file %s", password));
    assert_err(p, "Type the code that your authenticator app shows now");
    assert_true(totp_from_base32(seed, bytes, sizeof bytes));
    expect_code(p, 2,
                arena_printf(&p->arena, "login ada --password-file %s --code-file %s", password,
                             file_with(p, "wrong", unfit_code(p, bytes))));
    const char *sign_in = arena_printf(&p->arena, "login ada --password-file %s --code-file %s",
                                       password, code_file(p, seed, 1));
    expect_ok(p, sign_in);
    expect_code(p, 2, sign_in); /* once only */
}

static void the_password_again_comes_from_a_file(void **state)
{
    struct program *p = *state;
    const char *again = "user disable 2 --confirm-file ";

    expect_ok(p,
              arena_printf(&p->arena, "user add --login mo --name Mo --role 3 --password-file %s",
                           path_of(p, "password")));
    run_sql(p, "UPDATE session SET confirmed_at = 1");
    expect_code(p, 3, "user disable 2");
    assert_err(p, "This needs your password again. Give --confirm-file FILE");
    expect_code(
        p, 2,
        arena_printf(&p->arena, "%s%s", again, file_with(p, "wrong", "not the right password\n")));
    assert_err(p, "This is not your password.");
    expect_ok(p, "user show 2 --json");
    assert_out(p, "\"disabled_at\":null");
    expect_ok(p, arena_printf(&p->arena, "%s%s", again, path_of(p, "password")));
    /* That holds for five minutes. */
    expect_ok(p, "user enable 2");
}

static void with_a_second_factor_the_code_stands_under_the_password(void **state)
{
    struct program *p = *state;

    const char *seed = given_a_second_factor(p);
    run_sql(p, "UPDATE session SET confirmed_at = 1");
    expect_code(
        p, 2, arena_printf(&p->arena, "factor turn-off --confirm-file %s", path_of(p, "password")));
    assert_err(p, "There is no password in"); /* nor a code: the file has one line */
    const char *code = code_file(p, seed, 1);
    AUTO_BUF text = BUF(200);
    struct fault fault = {0};
    assert_int_equal(buf_read_file(&text, code, &fault), OK);
    expect_ok(p,
              arena_printf(&p->arena, "factor turn-off --confirm-file %s",
                           file_with(p, "both",
                                     arena_printf(&p->arena, "%s\n%s", PASSWORD, buf_str(&text)))));
    expect_ok(p, "factor show --json");
    assert_out(p, "\"on\":false");
}

static void codes_are_shown_once_and_sent_under_no_name(void **state)
{
    struct program *p = *state;

    expect_code(p, 2, "factor begin --command-id once");
    assert_err(p, "shown once");
    given_a_second_factor(p);
    expect_ok(p, "factor new-codes");
    expect_ok(p, "audit list --json");
    assert_not_out(p, "otpauth");
}

static void the_owner_of_the_file_recovers_a_lost_password(void **state)
{
    struct program *p = *state;
    const char *new_password = file_with(p, "new", "lantern over the harbor\n");
    const char *command =
        arena_printf(&p->arena, "user recover ada --password-file %s", new_password);

    given_a_second_factor(p);
    for (int i = 0; i < 12; i++) /* and locked out besides */
        (void)run_with(p, "wrong wrong wrong wrong\n", "login ada --password-file -");
    expect_code(p, 2,
                arena_printf(&p->arena, "user recover ada --password-file %s",
                             file_with(p, "short", "short\n")));
    assert_err(p, "too short");
    expect_code(p, 1,
                arena_printf(&p->arena, "user recover nobody --password-file %s", new_password));
    expect_ok(p, arena_printf(&p->arena, "%s --second-factor", command));
    assert_out(p, "no second factor any more");
    expect_code(p, 3, "user list"); /* whoever was signed in is not any more */
    expect_ok(p, arena_printf(&p->arena, "login ada --password-file %s", new_password));
    expect_ok(p, "audit list --json");
    assert_out(p, "user.recover");
}

static void nobody_else_recovers_it(void **state)
{
    struct program *p = *state;
    const char *command =
        arena_printf(&p->arena, "user recover ada --password-file %s", path_of(p, "password"));
    const char *key = arena_printf(&p->arena, "%s.key", shop_path(p));

    if (geteuid() != 0) /* only root can give a file away */
        skip();
    assert_int_equal(chown(key, 12345, (gid_t)-1), 0);
    expect_code(p, 3, command);
    assert_err(p, "Only the account of the machine that owns");
    assert_int_equal(chown(key, 0, (gid_t)-1), 0);
    assert_int_equal(chown(shop_path(p), 12345, (gid_t)-1), 0);
    expect_code(p, 3, command);
    assert_int_equal(chown(shop_path(p), 0, (gid_t)-1), 0);
    assert_int_equal(chmod(key, 0644), 0);
    expect_code(p, 6, command);
    assert_int_equal(chmod(key, 0600), 0);
    expect_ok(p, command);
}

static void a_first_administrator_keeps_the_rules_of_passwords(void **state)
{
    struct program *p = *state;
    const char *database = path_of(p, "other.db");
    const char *command =
        "init --name 'Harbor Garage' --admin-name 'Ada Moss' --admin-login ada --labor-rate 100";

    expect_code(p, 2,
                arena_printf(&p->arena, "%s --db %s --admin-password-file %s", command, database,
                             file_with(p, "name", "harbor garage ada moss\n")));
    assert_err(p, "a name that others know");
    expect_code(p, 2,
                arena_printf(&p->arena, "%s --db %s --admin-password-file %s", command, database,
                             file_with(p, "common", "1234password1234\n")));
    assert_err(p, "tried first");
    assert_int_not_equal(access(database, F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(a_code_comes_from_a_file),
        SHOP_PROGRAM_TEST(the_password_again_comes_from_a_file),
        SHOP_PROGRAM_TEST(with_a_second_factor_the_code_stands_under_the_password),
        SHOP_PROGRAM_TEST(codes_are_shown_once_and_sent_under_no_name),
        SHOP_PROGRAM_TEST(the_owner_of_the_file_recovers_a_lost_password),
        SHOP_PROGRAM_TEST(nobody_else_recovers_it),
        SHOP_PROGRAM_TEST(a_first_administrator_keeps_the_rules_of_passwords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
