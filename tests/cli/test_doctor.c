/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The doctor: each finding made for real, then mended as it says. */

#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

/* The line of a check, with its finding, is in the answer. */
static void assert_finding(struct program *p, const char *check, const char *finding)
{
    const char *part =
        arena_printf(&p->arena, "{\"check\":\"%s\",\"finding\":\"%s\"", check, finding);
    assert_out(p, part);
}

static void doctor(struct program *p, int code)
{
    expect_code(p, code,
                arena_printf(&p->arena, "doctor --json --backups %s", path_of(p, "backups")));
}

static void given_backups(struct program *p)
{
    assert_int_equal(mkdir(path_of(p, "backups"), 0700), 0);
    expect_ok(p, arena_printf(&p->arena, "backup %s", path_of(p, "backups/shop-1.db")));
}

static const char *shell(struct program *p, const char *command)
{
    FILE *out = popen(command, "r");
    char text[4096] = "";

    assert_non_null(out);
    (void)!fread(text, 1, sizeof text - 1, out);
    pclose(out);
    return arena_text(&p->arena, text);
}

/* Wrong now; right again after the very command that it gives. */
static void found_and_mended(struct program *p, const char *check, const char *mend)
{
    doctor(p, 1);
    assert_finding(p, check, "wrong");
    assert_out(p, "\"ok\":false");
    assert_out(p, mend);
    shell(p, mend);
    doctor(p, 0);
    assert_out(p, "\"ok\":true");
}

static void in_a_shop_as_it_should_be_nothing_is_wrong(void **state)
{
    struct program *p = *state;

    given_backups(p);
    doctor(p, 0);
    assert_not_out(p, "\"wrong\"");
    assert_finding(p, "guard", "ok");
    assert_finding(p, "keys", "ok");
    assert_finding(p, "settings", "ok");
    assert_finding(p, "backups_without_keys", "ok");
    expect_ok(p, "doctor");
    assert_out(p, "Nothing is wrong");
}

static void what_others_can_read_is_named_with_its_chmod(void **state)
{
    struct program *p = *state;
    static const struct {
        const char *check, *file;
        mode_t wrong;
    } files[] = {
        {"folder", "data/pitlane", 0755},
        {"database", "data/pitlane/shop.db", 0640},
        {"beside", "data/pitlane/shop.db.lock", 0666},
        {"backups", "backups", 0750},
        {"backup", "backups/shop-1.db", 0644},
    };

    given_backups(p);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const char *path = path_of(p, files[i].file);
        assert_int_equal(chmod(path, files[i].wrong), 0);
        found_and_mended(p, files[i].check,
                         arena_printf(&p->arena, "chmod %s %s",
                                      (files[i].wrong & 0100) != 0 ? "700" : "600", path));
    }
    /* The key file open to others keeps the shop from opening at all. */
    chmod(path_of(p, "data/pitlane/shop.db.key"), 0604);
    expect_code(p, 1, "doctor");
    assert_out(p, "does not open with its keys");
    assert_out(p, "chmod 600");
}

static void what_belongs_to_another_account_is_named_with_its_chown(void **state)
{
    struct program *p = *state;

    if (geteuid() != 0)
        skip();
    given_backups(p);
    assert_int_equal(chown(shop_path(p), 65534, (gid_t)-1), 0);
    found_and_mended(p, "database", arena_printf(&p->arena, "chown root: %s", shop_path(p)));
    const char *above = path_of(p, "data");
    assert_int_equal(chmod(above, 0777), 0);
    found_and_mended(p, "folders_above",
                     arena_printf(&p->arena, "chown root: %s && chmod go-w %s", above, above));
}

/* Root, as the night's jobs run: nothing is given to root, and nothing of root's left there. */
static void a_shop_of_another_account_is_told_whose_it_is(void **state)
{
    struct program *p = *state;

    if (geteuid() != 0)
        skip();
    given_backups(p);
    shell(p, arena_printf(&p->arena, "chown -R 65534 %s", path_of(p, "data/pitlane")));
    doctor(p, 1);
    assert_finding(p, "owner", "wrong");
    assert_out(p, "runuser -u nobody -- pitlane doctor --db ");
    assert_finding(p, "database", "ok");
    assert_not_out(p, "chown root: ");
    assert_not_out(p, "\"opens\"");
}

static void backups_that_are_not_made_any_more_are_told(void **state)
{
    struct program *p = *state;
    struct timespec old[2] = {{.tv_sec = time(NULL) - 3 * 86400}, {0}};

    given_backups(p);
    old[1] = old[0];
    assert_int_equal(utimensat(AT_FDCWD, path_of(p, "backups/shop-1.db"), old, 0), 0);
    doctor(p, 1);
    assert_finding(p, "backups_there", "wrong");
    assert_out(p, "is 3 days old");
    assert_out(p, "pitlane backup ");
}

/* LANG does nothing where LC_ALL is set: the command names the one that counts. */
static void the_locale_is_mended_by_the_variable_that_counts(void **state)
{
    struct program *p = *state;

    given_backups(p);
    setenv("LC_ALL", "C", 1);
    doctor(p, 0);
    unsetenv("LC_ALL");
    assert_finding(p, "locale", "advice");
    assert_out(p, "export LC_ALL=C.UTF-8");
}

static void an_access_control_list_is_seen(void **state)
{
    struct program *p = *state;
    /* acl(5) as the kernel keeps it: owner rw, user 65534 r, group, mask and others nothing. */
    static const unsigned char list[] = {
        2, 0,   0,   0,   1,   0,   6,  0, 255, 255, 255, 255, 2,   0,   4,
        0, 254, 255, 0,   0,   4,   0,  0, 0,   255, 255, 255, 255, 16,  0,
        0, 0,   255, 255, 255, 255, 32, 0, 0,   0,   255, 255, 255, 255,
    };

    given_backups(p);
    if (setxattr(shop_path(p), "system.posix_acl_access", list, sizeof list, 0) != 0)
        skip(); /* a disk without them */
    doctor(p, 1);
    assert_finding(p, "database", "wrong");
    assert_out(p, "setfacl -b");
}

static void the_reserve_on_the_disk_is_made_missed_and_done_without(void **state)
{
    struct program *p = *state;
    const char *reserve = path_of(p, "data/pitlane/shop.db.reserve");
    struct stat at;

    given_backups(p);
    expect_ok(p, "setting show");
    assert_int_equal(stat(reserve, &at), 0);
    assert_int_equal(at.st_size, 16 << 20);
    doctor(p, 0);
    assert_finding(p, "reserve", "ok");

    assert_int_equal(unlink(reserve), 0);
    doctor(p, 1);
    assert_finding(p, "reserve", "wrong");
    assert_out(p, "Free some space");

    expect_ok(p, "setting edit --reserve-mib 0");
    expect_ok(p, "setting show");
    assert_int_not_equal(stat(reserve, &at), 0);
    doctor(p, 0);
    assert_finding(p, "reserve", "advice");
}

static void keys_beside_backups_are_told(void **state)
{
    struct program *p = *state;

    given_backups(p);
    shell(p, arena_printf(&p->arena, "cp %s.key %s", shop_path(p), path_of(p, "backups/k")));
    doctor(p, 1);
    assert_finding(p, "backups_without_keys", "wrong");
    unlink(path_of(p, "backups/k"));
    shell(p, arena_printf(&p->arena, "cp %s %s", path_of(p, "backups/shop-1.db"),
                          path_of(p, "data/pitlane/old.db")));
    doctor(p, 0);
    assert_finding(p, "keys_apart", "advice");
    unlink(path_of(p, "backups/shop-1.db"));
    doctor(p, 1);
    assert_finding(p, "backups_there", "wrong");
}

static void a_nearly_full_disk_is_told_with_its_space(void **state)
{
    struct program *p = *state;
    const char *folder = path_of(p, "data/pitlane");

    if (geteuid() != 0 || mount("none", path_of(p, "state"), "tmpfs", 0, "size=20m") != 0)
        skip();
    shell(p, arena_printf(&p->arena, "cp -a %s/. %s && chmod 700 %s", folder, path_of(p, "state"),
                          path_of(p, "state")));
    run(p, arena_printf(&p->arena, "doctor --json --db %s", path_of(p, "state/shop.db")));
    umount2(path_of(p, "state"), MNT_DETACH);
    assert_int_equal(p->code, 1);
    assert_finding(p, "space", "wrong");
    assert_out(p, "500 MiB");
    assert_finding(p, "opens", "ok");
}

/* A stopped writer: the lock is held for good. The doctor does not hang, and says who to look for.
 */
static void a_writer_that_hangs_is_told(void **state)
{
    struct program *p = *state;
    const char *lock = arena_printf(&p->arena, "%s.lock", shop_path(p));
    const pid_t writer = fork();

    if (writer == 0) {
        const int file = open(lock, O_RDWR);
        if (file < 0 || flock(file, LOCK_EX) != 0)
            _exit(1);
        raise(SIGSTOP);
        _exit(0);
    }
    int how = 0;
    waitpid(writer, &how, WUNTRACED);
    run(p, "doctor --json");
    kill(writer, SIGKILL);
    waitpid(writer, &how, 0);
    assert_int_equal(p->code, 1);
    assert_finding(p, "opens", "wrong");
    assert_out(p, "Another terminal is saving");
    assert_finding(p, "space", "ok");
}

static void a_clock_that_stands_back_is_told(void **state)
{
    struct program *p = *state;

    given_backups(p);
    run_sql(p, "INSERT INTO audit (at, terminal, op, result, mac) "
               "VALUES (unixepoch() + 7200, 'pts/9', 'customer.add', 'ok', printf('%064d', 0))");
    doctor(p, 1);
    assert_finding(p, "last_action", "wrong");
    assert_out(p, "timedatectl");
}

static void the_wrong_keys_are_told_and_how_to_get_the_right_ones(void **state)
{
    struct program *p = *state;
    const char *key = path_of(p, "data/pitlane/shop.db.key");

    given_backups(p);
    shell(p, arena_printf(&p->arena, "mv %s %s.away", key, key));
    doctor(p, 1);
    assert_finding(p, "key_file", "wrong");
    assert_finding(p, "keys", "wrong");
    assert_finding(p, "opens", "ok");
    assert_out(p, "pitlane key restore");
    file_with(p, "data/pitlane/shop.db.key", "pitlane keys 1\ngarbage\n");
    doctor(p, 1);
    assert_finding(p, "keys", "wrong");
    shell(p, arena_printf(&p->arena, "mv %s.away %s", key, key));

    const char *pass = file_with(p, "pass", "four words do well\n");
    expect_ok(p, arena_printf(&p->arena, "key passphrase --new-passphrase-file %s", pass));
    doctor(p, 0);
    assert_finding(p, "keys", "skipped");
    expect_ok(p, arena_printf(&p->arena, "doctor --json --passphrase-file %s", pass));
    assert_finding(p, "key_guard", "ok");
    assert_out(p, "under a passphrase");
}

static void with_a_broken_shop_the_other_checks_still_speak(void **state)
{
    struct program *p = *state;
    char bytes[4096];
    const int file = open(shop_path(p), O_WRONLY);

    given_backups(p);
    memset(bytes, 0x5a, sizeof bytes);
    assert_int_equal(pwrite(file, bytes, sizeof bytes, 0), sizeof bytes);
    close(file);
    doctor(p, 1);
    assert_finding(p, "opens", "wrong");
    assert_finding(p, "database", "ok");
    assert_finding(p, "key_file", "ok");
    assert_finding(p, "umask", "ok");
    unlink(shop_path(p));
    doctor(p, 1);
    assert_finding(p, "database", "wrong");
    assert_finding(p, "opens", "wrong");
}

static void a_shop_that_was_just_set_up_has_its_reserve(void **state)
{
    struct program *p = *state;

    expect_ok(p, arena_printf(&p->arena,
                              "init --admin-name Ada --admin-login ada --admin-password-file %s",
                              file_with(p, "password", PASSWORD "\n")));
    run(p, "doctor --json");
    assert_finding(p, "reserve", "ok");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROGRAM_TEST(a_shop_that_was_just_set_up_has_its_reserve),
        SHOP_PROGRAM_TEST(in_a_shop_as_it_should_be_nothing_is_wrong),
        SHOP_PROGRAM_TEST(what_others_can_read_is_named_with_its_chmod),
        SHOP_PROGRAM_TEST(what_belongs_to_another_account_is_named_with_its_chown),
        SHOP_PROGRAM_TEST(a_shop_of_another_account_is_told_whose_it_is),
        SHOP_PROGRAM_TEST(backups_that_are_not_made_any_more_are_told),
        SHOP_PROGRAM_TEST(the_locale_is_mended_by_the_variable_that_counts),
        SHOP_PROGRAM_TEST(an_access_control_list_is_seen),
        SHOP_PROGRAM_TEST(the_reserve_on_the_disk_is_made_missed_and_done_without),
        SHOP_PROGRAM_TEST(keys_beside_backups_are_told),
        SHOP_PROGRAM_TEST(a_nearly_full_disk_is_told_with_its_space),
        SHOP_PROGRAM_TEST(a_writer_that_hangs_is_told),
        SHOP_PROGRAM_TEST(a_clock_that_stands_back_is_told),
        SHOP_PROGRAM_TEST(the_wrong_keys_are_told_and_how_to_get_the_right_ones),
        SHOP_PROGRAM_TEST(with_a_broken_shop_the_other_checks_still_speak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
