/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Signed in on the command line: where the tokens are kept, how they are renewed, who ends what. */

#include "program.h"

#include <glob.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

/* The file in which the sign-in of this account is kept; NULL when there is none. */
static const char *kept_file(struct program *p)
{
    glob_t found;
    const char *path = NULL;

    if (glob(path_of(p, "state/pitlane/token-*"), 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (strstr(found.gl_pathv[i], ".lock") == NULL)
                path = arena_text(&p->arena, found.gl_pathv[i]);
    globfree(&found);
    return path;
}

static const char *text_of(struct program *p, const char *path)
{
    AUTO_BUF text = BUF(8192);

    assert_int_equal(buf_read_file(&text, path, NULL), OK);
    return arena_text(&p->arena, buf_str(&text));
}

static void write_to(const char *path, const char *text)
{
    AUTO_BUF bytes = BUF(8192);

    buf_text(&bytes, text);
    assert_int_equal(buf_write_file(&bytes, path, 0600, NULL), OK);
}

static const char *refresh_line(const char *tokens)
{
    return strchr(tokens, '\n') + 1;
}

/* As ten minutes later: the access token is worth nothing, the refresh token is what it was. */
static void let_run_out(struct program *p, const char *path)
{
    write_to(path, arena_printf(&p->arena, "x.y.z\n%s", refresh_line(text_of(p, path))));
}

static const char *sign_in_to(struct program *p, const char *name)
{
    expect_ok(p, arena_printf(&p->arena, "login ada --print-token --password-file %s",
                              path_of(p, "password")));
    return file_with(p, name, p->out);
}

static void expect_with(struct program *p, int code, const char *command, const char *file)
{
    expect_code(p, code, arena_printf(&p->arena, "%s --token-file %s", command, file));
}

static long asked(struct program *p, const char *sql)
{
    return (long)ask_number(p, sql);
}

static void signing_in_keeps_tokens_that_only_the_owner_can_read(void **state)
{
    struct program *p = *state;
    struct stat at;
    const char *path = kept_file(p);

    assert_int_equal(stat(path, &at), 0);
    assert_int_equal(at.st_mode & 0777, 0600);
    expect_ok(p, "logout");
    assert_null(kept_file(p));
    expect_code(p, 3, "customer find x");
    assert_err(p, "pitlane login");
    expect_ok(p, "logout");
    assert_out(p, "Nobody was signed in.");
}

static void signing_in_again_ends_the_former_sign_in(void **state)
{
    struct program *p = *state;

    expect_ok(p, arena_printf(&p->arena, "login ada --password-file %s", path_of(p, "password")));
    expect_ok(p, "sessions --json");
    assert_int_equal(json_number(p, "total"), 1);
    assert_int_equal(asked(p, "SELECT count(*) FROM session WHERE ended_why = 'signed_out'"), 1);
}

static void a_shop_taken_back_from_a_copy_is_signed_in_to_as_ever(void **state)
{
    struct program *p = *state;
    const char *sign_in =
        arena_printf(&p->arena, "login ada --password-file %s", path_of(p, "password"));

    expect_ok(p, arena_printf(&p->arena, "backup %s", path_of(p, "copy.db")));
    expect_ok(p, sign_in);
    (void)unlink(arena_printf(&p->arena, "%s-wal", shop_path(p)));
    (void)unlink(arena_printf(&p->arena, "%s-shm", shop_path(p)));
    assert_int_equal(rename(path_of(p, "copy.db"), shop_path(p)), 0);
    /* The kept tokens name the very number that this sign-in gets. */
    expect_ok(p, sign_in);
    expect_ok(p, "sessions --json");
    assert_int_equal(json_number(p, "total"), 2);
}

static void a_damaged_sign_in_asks_for_a_new_one(void **state)
{
    struct program *p = *state;

    write_to(kept_file(p), "no token\n"
                           "and this is longer than any refresh token could ever have been\n");
    expect_code(p, 3, "user list");
    assert_err(p, "The sign-in that was kept here is damaged. Run pitlane login.");
    expect_ok(p, arena_printf(&p->arena, "login ada --password-file %s", path_of(p, "password")));
    expect_ok(p, "user list");
}

static void tokens_can_come_from_a_file_or_from_standard_input(void **state)
{
    struct program *p = *state;
    const char *file = sign_in_to(p, "token");
    const char *text = p->out;

    expect_ok(p, "logout");
    expect_code(p, 3, "user list");
    expect_with(p, 0, "user list", file);
    assert_int_equal(run_with(p, text, "user list --token-file -"), 0);
    /* What follows on standard input is still there. */
    const char *input = arena_printf(&p->arena, "%s{\"id\":1,\"name\":\"Ada A.\"}", text);
    assert_int_equal(run_with(p, input, "user edit --token-file - --input -"), 0);
    assert_out(p, "Ada A.");
    assert_int_equal(run_with(p, "made-up\n", "user list --token-file -"), 3);
    assert_int_equal(run_with(p, "", "user list --token-file -"), 3);
    expect_with(p, 3, "user list", "/nonexistent");
    assert_err(p, "Run: pitlane login NAME --token-file /nonexistent");
    assert_int_equal(chmod(file, 0644), 0);
    expect_with(p, 6, "user list", file);
    assert_err(p, "chmod 600");
}

/* A secret in the environment is seen by every child and many a log: it is not even looked at. */
static void a_token_in_the_environment_is_not_taken(void **state)
{
    struct program *p = *state;
    const char *text = text_of(p, sign_in_to(p, "token"));

    expect_ok(p, "logout");
    setenv("PITLANE_TOKEN", arena_text_n(&p->arena, text, strcspn(text, "\n")), 1);
    expect_code(p, 3, "user list");
    unsetenv("PITLANE_TOKEN");
}

static void tokens_that_have_run_out_are_renewed_and_kept(void **state)
{
    struct program *p = *state;
    const char *path = kept_file(p);
    const char *before = text_of(p, path);
    struct stat at;

    let_run_out(p, path);
    expect_ok(p, "user list");
    const char *after = text_of(p, path);
    assert_string_not_equal(refresh_line(before), refresh_line(after));
    assert_true(text_starts(after, "eyJ"));
    assert_int_equal(stat(path, &at), 0);
    assert_int_equal(at.st_mode & 0777, 0600);
    expect_ok(p, "user list");
    assert_string_equal(text_of(p, path), after);
    const char *file = sign_in_to(p, "token");
    let_run_out(p, file);
    expect_with(p, 0, "user list", file);
    assert_true(text_starts(text_of(p, file), "eyJ"));
}

/* Renewing them would take them away from whoever sent them. */
static void tokens_from_standard_input_are_never_renewed(void **state)
{
    struct program *p = *state;
    const char *file = sign_in_to(p, "token");

    let_run_out(p, file);
    assert_int_equal(run_with(p, text_of(p, file), "user list --token-file -"), 3);
    expect_with(p, 0, "user list", file);
}

#define MANY 8

static void commands_at_the_same_time_share_one_renewal(void **state)
{
    struct program *p = *state;
    pid_t pids[MANY];

    let_run_out(p, kept_file(p));
    for (size_t i = 0; i < MANY; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            _exit(run(p, "user list"));
    }
    for (size_t i = 0; i < MANY; i++) {
        int how = 0;
        waitpid(pids[i], &how, 0);
        assert_true(WIFEXITED(how));
        assert_int_equal(WEXITSTATUS(how), 0);
    }
    assert_int_equal(asked(p, "SELECT count(*) FROM refresh_token WHERE used_at IS NOT NULL"), 1);
    expect_ok(p, "user list");
}

static void a_copy_of_the_tokens_that_is_used_too_ends_the_session(void **state)
{
    struct program *p = *state;
    const char *path = kept_file(p);
    const char *copy = file_with(p, "copy", text_of(p, path));

    let_run_out(p, path);
    expect_ok(p, "user list");
    run_sql(p, "UPDATE refresh_token SET used_at = used_at - 60 WHERE used_at IS NOT NULL");
    let_run_out(p, copy);
    expect_with(p, 3, "user list", copy);
    assert_err(p, "used in two places");
    expect_code(p, 3, "user list");
    assert_int_equal(asked(p, "SELECT count(*) FROM session WHERE ended_why = 'reused'"), 1);
    assert_int_equal(asked(p, "SELECT count(*) FROM audit WHERE op = 'session.reuse'"), 1);
}

static void a_user_who_is_switched_off_is_out_at_the_next_command(void **state)
{
    struct program *p = *state;

    expect_ok(p,
              arena_printf(&p->arena, "user add --login mo --name Mo --role 2 --password-file %s",
                           path_of(p, "password")));
    run_sql(p, "UPDATE user SET must_change = 0");
    expect_ok(p, arena_printf(&p->arena, "login mo --print-token --password-file %s",
                              path_of(p, "password")));
    const char *mo = file_with(p, "mo", p->out);
    expect_with(p, 0, "user list", mo);
    expect_ok(p, "role grant 2 users:view --scope no");
    expect_with(p, 3, "user list", mo);
    assert_err(p, "Your role does not allow this");
    expect_ok(p, "role grant 2 users:view --scope all");
    expect_with(p, 0, "user list", mo);
    expect_ok(p, "user disable 2");
    expect_with(p, 3, "user list", mo);
    let_run_out(p, mo);
    expect_with(p, 3, "user list", mo);
}

static void ones_own_sign_ins_are_listed_and_ended(void **state)
{
    struct program *p = *state;
    const char *other = sign_in_to(p, "other");

    expect_ok(p, "sessions --json");
    assert_int_equal(json_number(p, "total"), 2);
    assert_out(p, "no terminal, account ");
    expect_with(p, 0, "user list", other);
    expect_code(p, 2, "sessions ende");
    assert_err(p, "one word too many");
    expect_ok(p, "sessions end 2");
    assert_out(p, "That sign-in is over.");
    expect_with(p, 3, "user list", other);
    expect_code(p, 1, "sessions end 2");
    expect_ok(p, "user list");
}

static void a_sign_in_over_ssh_says_from_where(void **state)
{
    struct program *p = *state;

    setenv("SSH_CONNECTION", "10.0.0.7 51422 10.0.0.1 22", 1);
    sign_in_to(p, "near");
    setenv("SSH_CONNECTION", "\x1b[31mred 1 2 3", 1);
    sign_in_to(p, "far");
    unsetenv("SSH_CONNECTION");
    expect_ok(p, "sessions");
    assert_out(p, ", from 10.0.0.7");
    assert_not_out(p, "red");
    assert_int_equal(asked(p, "SELECT count(*) FROM session WHERE place LIKE '%from%'"), 1);
    assert_int_equal(asked(p, "SELECT count(*) FROM audit WHERE place LIKE '%from 10.0.0.7'"), 1);
}

static void changing_the_password_ends_all_other_sign_ins(void **state)
{
    struct program *p = *state;
    const char *other = sign_in_to(p, "other");

    const char *lines = arena_printf(&p->arena, "%s\nanother long password\n", PASSWORD);
    assert_int_equal(
        run_with(p, lines, "user change-password --old-password-file - --new-password-file -"), 0);
    expect_ok(p, "user list");
    expect_with(p, 3, "user list", other);
    assert_int_equal(asked(p, "SELECT count(*) FROM session WHERE ended_why = 'password'"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(signing_in_keeps_tokens_that_only_the_owner_can_read),
        SHOP_PROGRAM_TEST(signing_in_again_ends_the_former_sign_in),
        SHOP_PROGRAM_TEST(a_damaged_sign_in_asks_for_a_new_one),
        SHOP_PROGRAM_TEST(a_shop_taken_back_from_a_copy_is_signed_in_to_as_ever),
        SHOP_PROGRAM_TEST(tokens_can_come_from_a_file_or_from_standard_input),
        SHOP_PROGRAM_TEST(a_token_in_the_environment_is_not_taken),
        SHOP_PROGRAM_TEST(tokens_that_have_run_out_are_renewed_and_kept),
        SHOP_PROGRAM_TEST(tokens_from_standard_input_are_never_renewed),
        SHOP_PROGRAM_TEST(commands_at_the_same_time_share_one_renewal),
        SHOP_PROGRAM_TEST(a_copy_of_the_tokens_that_is_used_too_ends_the_session),
        SHOP_PROGRAM_TEST(a_user_who_is_switched_off_is_out_at_the_next_command),
        SHOP_PROGRAM_TEST(ones_own_sign_ins_are_listed_and_ended),
        SHOP_PROGRAM_TEST(a_sign_in_over_ssh_says_from_where),
        SHOP_PROGRAM_TEST(changing_the_password_ends_all_other_sign_ins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
