/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Files that people name at a screen. */

#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "domain/chosen_file.h"
#include "domain/opening.h"

struct place {
    char folder[64];
    struct arena arena;
    struct shop_file shop;
    struct session session;
};

static const char *in(struct place *p, const char *name)
{
    return arena_printf(&p->arena, "%s/%s", p->folder, name);
}

static int open_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    const struct shop_file_options options = {.create = true};

    snprintf(p->folder, sizeof p->folder, "/tmp/pitlane-files-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    assert_int_equal(shop_file_open(in(p, "shop.db"), &options, &p->session.fault, &p->shop), OK);
    p->session.store = p->shop.store;
    p->session.keys = p->shop.keys;
    p->session.arena = &p->arena;
    *state = p;
    return 0;
}

static int close_place(void **state)
{
    struct place *p = *state;
    char command[128];

    unsetenv("PITLANE_FILES");
    shop_file_close(&p->shop);
    arena_done(&p->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    assert_int_equal(system(command), 0);
    free(p);
    return 0;
}

static void refused(struct place *p, const char *path)
{
    if (chosen_file_check(&p->session, path) != ERR_INVALID)
        fail_msg("%s is not refused", path);
    assert_string_equal(p->session.fault.field, "path");
}

static void allowed(struct place *p, const char *path)
{
    if (chosen_file_check(&p->session, path) != OK)
        fail_msg("%s: %s", path, p->session.fault.text);
}

static void the_shops_own_files_are_nobodys_choice(void **state)
{
    struct place *p = *state;
    static const char *const names[] = {"shop.db",      "shop.db-wal", "shop.db-shm",
                                        "shop.db.lock", "shop.db.key", "shop.db.key.1.new"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        refused(p, in(p, names[i]));
    refused(p, in(p, "../../tmp/x/../y")); /* no such folder */
    refused(p, arena_printf(&p->arena, "%s/../%s/shop.db", p->folder, strrchr(p->folder, '/') + 1));
    /* Under other names, too. */
    assert_int_equal(link(in(p, "shop.db.key"), in(p, "letter.csv")), 0);
    refused(p, in(p, "letter.csv"));
    allowed(p, in(p, "customers.csv"));
}

static void settings_links_folders_and_devices_are_refused(void **state)
{
    struct place *p = *state;

    assert_int_equal(mkdir(in(p, ".ssh"), 0700), 0);
    refused(p, in(p, ".ssh/authorized_keys"));
    refused(p, in(p, ".bashrc"));
    assert_int_equal(symlink(".ssh", in(p, "innocent")), 0);
    refused(p, in(p, "innocent/authorized_keys"));
    assert_int_equal(symlink("/etc/passwd", in(p, "people.csv")), 0);
    refused(p, in(p, "people.csv"));
    refused(p, p->folder);
    refused(p, "/dev/tty");
    refused(p, "/dev/null");
}

static void with_a_folder_for_files_nothing_outside_of_it(void **state)
{
    struct place *p = *state;

    assert_int_equal(mkdir(in(p, "files"), 0700), 0);
    assert_int_equal(mkdir(in(p, "files/invoices"), 0700), 0);
    assert_int_equal(mkdir(in(p, "files-of-others"), 0700), 0);
    setenv("PITLANE_FILES", in(p, "files"), 1);
    allowed(p, in(p, "files/customers.csv"));
    allowed(p, in(p, "files/invoices/20881.pdf"));
    refused(p, in(p, "customers.csv"));
    refused(p, in(p, "files/../customers.csv"));
    refused(p, in(p, "files-of-others/customers.csv"));
    refused(p, "/etc/passwd");
    assert_int_equal(symlink("/etc", in(p, "files/etc")), 0);
    refused(p, in(p, "files/etc/passwd"));
    setenv("PITLANE_FILES", in(p, "nowhere"), 1);
    refused(p, in(p, "files/customers.csv"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_shops_own_files_are_nobodys_choice, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(settings_links_folders_and_devices_are_refused, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(with_a_folder_for_files_nothing_outside_of_it, open_place,
                                        close_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
