/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Starting where something is wrong: the terminal, the folder, the file, the disk. */

#include "person.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/opening.h"

#define START_MS 10000

static void start_file(struct person *who, const char *path)
{
    start(who, &(struct start){.words = {"--db", path}});
}

static void without_a_terminal_type_it_says_how_to_set_one(void **state)
{
    struct person *who = *state;

    start(who, &(struct start){.term = ""});
    expect_end(who, 6, START_MS);
    assert_true(pty_has(who->pty, "TERM is not set"));
    assert_true(pty_has(who->pty, "export TERM=xterm"));
    assert_false(pty_on_alternate(who->pty));
}

static void an_unknown_or_too_simple_terminal_is_told(void **state)
{
    struct person *who = *state;

    start(who, &(struct start){.term = "flurb-9000"});
    expect_end(who, 6, START_MS);
    assert_true(pty_has(who->pty, "\"flurb-9000\" is not known"));
    start(who, &(struct start){.term = "dumb"});
    expect_end(who, 6, START_MS);
    assert_true(pty_has(who->pty, "cannot place the cursor"));
}

static void what_is_no_shop_is_refused_and_left_as_it_is(void **state)
{
    struct person *who = *state;
    const char *letter = file_with(who->shop, "letter.db", "This is a letter, not a shop.\n");
    const char *empty = file_with(who->shop, "empty.db", "");
    struct stat at;

    start_file(who, letter);
    expect_end(who, 5, START_MS);
    assert_false(pty_on_alternate(who->pty));
    start_file(who, empty);
    expect_end(who, 5, START_MS);
    assert_int_equal(stat(letter, &at), 0);
    assert_int_equal(at.st_size, 30);
    assert_int_equal(stat(empty, &at), 0);
    assert_int_equal(at.st_size, 0);
}

static void a_damaged_shop_is_not_opened(void **state)
{
    struct person *who = *state;
    char bytes[4096];
    const int file = open(shop_path(who->shop), O_WRONLY);

    memset(bytes, 0x5a, sizeof bytes);
    assert_int_equal(pwrite(file, bytes, sizeof bytes, 200), sizeof bytes);
    close(file);
    start(who, &(struct start){.rows = 24});
    expect_end(who, 5, START_MS);
    assert_false(pty_on_alternate(who->pty));
}

static void a_newer_shop_asks_for_a_newer_program(void **state)
{
    struct person *who = *state;

    run_sql(who->shop, "PRAGMA user_version = 999");
    start(who, &(struct start){.rows = 24});
    expect_end(who, 6, START_MS);
    assert_true(pty_has(who->pty, "newer"));
    assert_false(pty_on_alternate(who->pty));
}

/* Root writes anywhere: the folder is read-only for it only on a read-only file system. */
static void a_folder_that_cannot_be_written_is_named(void **state)
{
    struct person *who = *state;
    const char *folder = path_of(who->shop, "data/pitlane");

    if (geteuid() == 0 && mount(folder, folder, NULL, MS_BIND, NULL) != 0)
        skip();
    if (geteuid() == 0)
        assert_int_equal(mount(NULL, folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL), 0);
    else
        chmod(folder, 0500);
    start(who, &(struct start){.rows = 24});
    int code = 0;
    const bool ended = pty_wait_exit(who->pty, START_MS, &code);
    if (geteuid() == 0)
        umount(folder);
    else
        chmod(folder, 0700);
    assert_true(ended);
    assert_int_equal(code, 6);
    assert_true(pty_has(who->pty, "pitlane: "));
    assert_false(pty_on_alternate(who->pty));
}

static void keys_under_a_passphrase_are_asked_for_before_anything_is_drawn(void **state)
{
    struct person *who = *state;
    const char *pass = file_with(who->shop, "pass", "four words do well\n");

    expect_ok(who->shop,
              arena_printf(&who->shop->arena, "key passphrase --new-passphrase-file %s", pass));
    start(who, &(struct start){.rows = 24});
    see(who, "Passphrase of the shop's keys:");
    assert_false(pty_on_alternate(who->pty));
    assert_false(pty_echoes(who->pty));
    enter(who, "some other words");
    see(who, "not the passphrase");
    pty_settle(who->pty, 300, START_MS);
    enter(who, "four words do well");
    see(who, "Sign in to begin");
    assert_true(pty_on_alternate(who->pty));
    size_t length = 0;
    assert_null(strstr(pty_raw(who->pty, &length), "four words"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PERSON_TEST(without_a_terminal_type_it_says_how_to_set_one),
        SHOP_PERSON_TEST(an_unknown_or_too_simple_terminal_is_told),
        PERSON_TEST(what_is_no_shop_is_refused_and_left_as_it_is),
        SHOP_PERSON_TEST(a_damaged_shop_is_not_opened),
        SHOP_PERSON_TEST(a_newer_shop_asks_for_a_newer_program),
        SHOP_PERSON_TEST(a_folder_that_cannot_be_written_is_named),
        SHOP_PERSON_TEST(keys_under_a_passphrase_are_asked_for_before_anything_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
