/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's keys by command: where they are, passphrase, paper, change. */

#include "program.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define PASSPHRASE "four words do well"

static const char *key_path(struct program *p)
{
    return path_of(p, "data/pitlane/shop.db.key");
}

static const char *key_text(struct program *p)
{
    AUTO_BUF text = BUF(65536);

    assert_int_equal(buf_read_file(&text, key_path(p), NULL), OK);
    return arena_text(&p->arena, buf_str(&text));
}

/* No key of the file in anything that was printed. */
static void assert_no_key_told(struct program *p, const char *keys)
{
    for (const char *line = keys; *line != '\0'; line += strcspn(line, "\n") + 1) {
        const char *blank = strchr(line, ' ');
        const size_t length = strcspn(line, "\n");
        if (length < 30)
            continue;
        const char *key = arena_text_n(&p->arena, line + length - 20, 20);
        assert_non_null(blank);
        assert_null(strstr(p->out, key));
        assert_null(strstr(p->err, key));
    }
}

static void key_show_tells_everything_but_the_keys(void **state)
{
    struct program *p = *state;
    const char *keys = key_text(p);

    expect_ok(p, "key show --json");
    assert_out(p, "\"guarded_by\":\"file\"");
    assert_int_equal(json_number(p, "data_key"), 1);
    assert_no_key_told(p, keys);
    expect_ok(p, "key show");
    assert_out(p, "shop.db.key");
    assert_no_key_told(p, keys);
}

static void under_a_passphrase_nothing_opens_without_it(void **state)
{
    struct program *p = *state;
    const char *old = key_text(p);
    const char *good = file_with(p, "pass", PASSPHRASE "\n");
    const char *wrong = file_with(p, "wrong", "some other words here\n");
    struct stat at;

    expect_ok(p, arena_printf(&p->arena, "key passphrase --new-passphrase-file %s", good));
    assert_int_equal(stat(key_path(p), &at), 0);
    assert_int_equal(at.st_mode & 07777, 0600);
    assert_null(strstr(key_text(p), strchr(strchr(old, '\n') + 1, ' ') + 1));
    expect_code(p, 2, "customer search");
    assert_err(p, "--passphrase-file");
    expect_code(p, 3, arena_printf(&p->arena, "customer search --passphrase-file %s", wrong));
    assert_err(p, "not the passphrase");
    expect_ok(p, arena_printf(&p->arena, "customer search --passphrase-file %s", good));
    assert_int_equal(run_with(p, PASSPHRASE "\n", "customer search --passphrase-file -"), 0);
    /* A copy, and the check of a file, need no keys. */
    expect_ok(p, "verify");

    expect_ok(p, arena_printf(&p->arena, "key passphrase --remove --passphrase-file %s", good));
    expect_ok(p, "customer search");
    assert_string_equal(key_text(p), old);
    expect_ok(p, "audit list --json");
    assert_out(p, "keys.passphrase");
}

static void a_short_passphrase_is_refused_and_nothing_changes(void **state)
{
    struct program *p = *state;
    const char *old = key_text(p);
    const char *weak = file_with(p, "pass", "short\n");

    expect_code(p, 2, arena_printf(&p->arena, "key passphrase --new-passphrase-file %s", weak));
    assert_err(p, "15 characters");
    expect_code(p, 2, "key passphrase --new-passphrase geheim");
    assert_err(p, "never written on the command line");
    expect_code(p, 2, "key passphrase");
    assert_string_equal(key_text(p), old);
}

static void the_sheet_brings_the_keys_back(void **state)
{
    struct program *p = *state;
    const char *old = key_text(p);
    const char *pass = file_with(p, "pass", PASSPHRASE "\n");
    const char *sheet = path_of(p, "sheet.txt");

    expect_ok(
        p, arena_printf(&p->arena, "key sheet --new-passphrase-file %s --output %s", pass, sheet));
    expect_ok(p, arena_printf(&p->arena, "key sheet --new-passphrase-file %s", pass));
    assert_no_key_told(p, old);
    const char *restore =
        arena_printf(&p->arena, "key restore %s --sheet-passphrase-file %s", sheet, pass);
    expect_code(p, 4, restore);
    assert_err(p, "already");
    assert_int_equal(unlink(key_path(p)), 0);
    expect_code(p, 6, "customer search");
    assert_err(p, "missing");
    expect_ok(p, restore);
    assert_string_equal(key_text(p), old);
    expect_ok(p, "customer search");
}

static void a_sheet_from_before_a_change_of_keys_is_refused(void **state)
{
    struct program *p = *state;
    const char *pass = file_with(p, "pass", PASSPHRASE "\n");
    const char *sheet = path_of(p, "sheet.pdf");

    expect_ok(p, arena_printf(&p->arena, "key sheet --new-passphrase-file %s", pass));
    const char *before = file_with(p, "before.txt", p->out);
    expect_ok(
        p, arena_printf(&p->arena, "key sheet --new-passphrase-file %s --output %s", pass, sheet));
    expect_ok(p, "rekey");
    assert_out(p, "Key 2 seals");
    unlink(key_path(p));
    expect_code(p, 5,
                arena_printf(&p->arena, "key restore %s --sheet-passphrase-file %s", before, pass));
    assert_err(p, "older than the shop");
    assert_int_not_equal(access(key_path(p), F_OK), 0);
}

static void another_shops_keys_open_nothing(void **state)
{
    struct program *p = *state;
    AUTO_BUF text = BUF(65536);

    expect_ok(p, arena_printf(&p->arena, "demo %s --customers 3", path_of(p, "other.db")));
    assert_int_equal(buf_read_file(&text, path_of(p, "other.db.key"), NULL), OK);
    assert_int_equal(buf_write_file(&text, key_path(p), 0600, NULL), OK);
    expect_code(p, 5, "customer search");
    assert_err(p, "another shop");
}

static void a_systemd_credential_is_used_and_not_written(void **state)
{
    struct program *p = *state;
    const char *folder = path_of(p, "credentials");
    const char *key = path_of(p, "credentials/pitlane.key");

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(rename(key_path(p), key), 0);
    expect_code(p, 6, "customer search");
    setenv("CREDENTIALS_DIRECTORY", folder, 1);
    expect_ok(p, "customer search");
    expect_ok(p, "key show");
    assert_out(p, "A systemd credential");
    expect_code(p, 4, "rekey");
    assert_err(p, "systemd-creds");
    expect_code(p, 4, "key passphrase --remove");
    unsetenv("CREDENTIALS_DIRECTORY");
}

static void a_backup_has_no_keys_and_says_where_they_are(void **state)
{
    struct program *p = *state;
    AUTO_BUF copy = BUF_MIB(64);

    expect_ok(p, arena_printf(&p->arena, "backup %s", path_of(p, "copy.db")));
    assert_out(p, "shop.db.key");
    assert_int_not_equal(access(path_of(p, "copy.db.key"), F_OK), 0);
    assert_int_equal(buf_read_file(&copy, path_of(p, "copy.db"), NULL), OK);
    const char *line = key_text(p);
    for (int keys = 0; (line = strchr(line, '\n')) != NULL && line[1] != '\0'; keys++) {
        line++;
        const char *key = strrchr(arena_text_n(&p->arena, line, strcspn(line, "\n")), ' ') + 1;
        assert_null(memmem(copy.at, copy.length, key, strlen(key)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(key_show_tells_everything_but_the_keys),
        SHOP_PROGRAM_TEST(under_a_passphrase_nothing_opens_without_it),
        SHOP_PROGRAM_TEST(a_short_passphrase_is_refused_and_nothing_changes),
        SHOP_PROGRAM_TEST(the_sheet_brings_the_keys_back),
        SHOP_PROGRAM_TEST(a_sheet_from_before_a_change_of_keys_is_refused),
        SHOP_PROGRAM_TEST(another_shops_keys_open_nothing),
        SHOP_PROGRAM_TEST(a_systemd_credential_is_used_and_not_written),
        SHOP_PROGRAM_TEST(a_backup_has_no_keys_and_says_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
