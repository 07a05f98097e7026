/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane import and pitlane demo, as a person would run them. */

#include "program.h"

#include <sys/stat.h>
#include <unistd.h>

#define FILE_TEXT                                                                                  \
    "Cust;Nachname;Fon\n1;Lee;6195550101\n2;;6195550102\n3;Park;card 4111111111111111\n"

static void a_file_is_shown_refused_and_taken(void **state)
{
    struct program *p = *state;
    const char *file = file_with(p, "c.csv", FILE_TEXT);
    const char *match = "--match Cust=external_number --match Fon=phone";

    expect_ok(p, arena_printf(&p->arena, "import customers %s --dry-run %s", file, match));
    assert_out(p, "3 lines, UTF-8, semicolons");
    assert_out(p, "Nothing was changed. It would be: 1 new, 0 completed, 0 there already, 2 "
                  "refused.");
    expect_code(p, 4, arena_printf(&p->arena, "import customers %s %s", file, match));
    assert_err(p, "2 of 3 lines can't be imported, so nothing was.");
    expect_ok(p, "customer search --json");
    assert_out(p, "\"total\":0");
    expect_ok(p, arena_printf(&p->arena, "import customers %s %s --skip-bad --rejects %s --json",
                              file, match, path_of(p, "r.csv")));
    assert_int_equal(json_number(p, "new"), 1);
    assert_int_equal(json_number(p, "bad"), 2);
    assert_out(p, "\"done\":true");
    expect_ok(p, arena_printf(&p->arena, "import customers %s --skip-bad --json", file));
    assert_int_equal(json_number(p, "new"), 0);
    assert_int_equal(json_number(p, "same"), 1);
}

static void the_rejects_file_is_for_the_owner_alone(void **state)
{
    struct program *p = *state;
    const char *rejects = path_of(p, "r.csv");
    AUTO_BUF text = BUF(65536);
    struct stat at;

    expect_ok(p, arena_printf(&p->arena,
                              "import customers %s --match Fon=phone --skip-bad --rejects %s",
                              file_with(p, "c.csv", FILE_TEXT), rejects));
    assert_int_equal(stat(rejects, &at), 0);
    assert_int_equal(at.st_mode & 0777, 0600);
    assert_int_equal(buf_read_file(&text, rejects, NULL), OK);
    assert_non_null(strstr(buf_str(&text), "line,column,reason,Cust,Nachname,Fon"));
    assert_non_null(strstr(buf_str(&text), "3,Nachname,"));
}

static void columns_nobody_knows_are_asked_for(void **state)
{
    struct program *p = *state;

    expect_code(
        p, 2, arena_printf(&p->arena, "import parts %s", file_with(p, "p.csv", "Aaa,Bbb\n1,2\n")));
    assert_err(p, "No column of this file is matched with a part number.");
    expect_code(p, 2,
                arena_printf(&p->arena, "import parts %s --match Zzz=sku", path_of(p, "p.csv")));
    assert_err(p, "The file has no column “Zzz”.");
    expect_code(p, 6, "import parts nowhere.csv");
}

static void what_is_listed_can_be_imported_elsewhere(void **state)
{
    struct program *p = *state;
    const char *listed;

    expect_ok(p,
              "part add --sku BP-1 --name 'Brake pads' --price 89.95 --cost 41.20 --vendor Mesa");
    expect_ok(p, "part search --csv");
    listed = arena_text(&p->arena, p->out);
    expect_ok(p, arena_printf(&p->arena, "import parts %s", file_with(p, "p.csv", listed)));
    assert_out(p, "Imported: 0 new, 0 completed, 1 there already, 0 refused.");
}

static void the_demo_shop_is_made_once_and_signs_in(void **state)
{
    struct program *p = *state;
    const char *folder = path_of(p, "demo");
    const char *password = file_with(p, "pw", "bayside auto care");

    expect_ok(p, arena_printf(&p->arena, "demo %s --customers 12 --seed 4", folder));
    assert_out(p, "bayside auto care");
    assert_out(p, "maria");
    expect_code(p, 4, arena_printf(&p->arena, "demo %s --customers 12", folder));
    expect_ok(p, arena_printf(&p->arena, "login ann --password-file %s --db %s/shop.db", password,
                              folder));
    expect_ok(p, arena_printf(&p->arena, "customer search --json --db %s/shop.db", folder));
    assert_int_equal(json_number(p, "total"), 12);
    expect_ok(p, arena_printf(&p->arena, "verify --db %s/shop.db", folder));
}

static void the_demo_shop_goes_where_db_says(void **state)
{
    struct program *p = *state;
    const char *file = path_of(p, "bay.db");

    expect_code(p, 2, arena_printf(&p->arena, "demo %s --db %s", path_of(p, "other"), file));
    assert_err(p, "Name the demo shop's file once: here or with --db.");
    assert_int_not_equal(access(file, F_OK), 0);

    expect_ok(p, arena_printf(&p->arena, "demo --customers 3 --db %s", file));
    assert_out(p, arena_printf(&p->arena, "The demo shop is in %s.", file));
    assert_int_equal(access(file, F_OK), 0);
    expect_code(p, 4, arena_printf(&p->arena, "demo --customers 3 --db %s", file));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(a_file_is_shown_refused_and_taken),
        SHOP_PROGRAM_TEST(the_rejects_file_is_for_the_owner_alone),
        SHOP_PROGRAM_TEST(columns_nobody_knows_are_asked_for),
        SHOP_PROGRAM_TEST(what_is_listed_can_be_imported_elsewhere),
        PROGRAM_TEST(the_demo_shop_is_made_once_and_signs_in),
        PROGRAM_TEST(the_demo_shop_goes_where_db_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
