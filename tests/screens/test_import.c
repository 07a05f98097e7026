/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Importing at the screen: the match, what would become of each line, and the deed. */

#include "test.h"

#include <unistd.h>

#include "desk_test.h"

static const char good[] = "Last;First;Phone;City\n"
                           "Okafor;Ada;(619) 555-0177;San Diego\n"
                           "Williams;Björn;619-555-0175;Chula Vista\n";

static void write_file(const char *path, const char *text)
{
    AUTO_BUF buf = BUF(100000);

    buf_text(&buf, text);
    assert_int_equal(buf_write_file(&buf, path, 0600, NULL), OK);
}

/* Opens the import of customers on a file with this text. */
static void open_import(struct desk_test *t, char path[40], const char *text)
{
    strcpy(path, "/tmp/pitlane-import-XXXXXX");
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    write_file(path, text);
    keys(t, "<F9>import customers<Enter>");
    assert_shows(t, "Import customers from a file");
    keys(t, path);
    keys(t, "<Enter>");
}

static int64_t customers(struct desk_test *t)
{
    return ask_number(t->shop, "SELECT count(*) FROM customer");
}

static void nothing_is_written_before_the_question_is_answered(void **state)
{
    struct desk_test *t = *state;
    char path[40];

    open_import(t, path, good);
    assert_shows(t, "2 lines, 4 columns, parted by semicolon, UTF-8");
    assert_shows(t, "new 2");
    keys(t, "2");
    assert_shows(t, "Okafor");
    assert_shows(t, "Williams");
    keys(t, "3");
    assert_shows(t, "How often");
    assert_int_equal(customers(t), 3);
    keys(t, "<F2><Enter>");
    assert_int_equal(customers(t), 3);
    keys(t, "<F2>i");
    assert_shows(t, "Imported: 2 new");
    assert_int_equal(customers(t), 5);
    unlink(path);
}

static void a_column_can_be_sent_to_another_field(void **state)
{
    struct desk_test *t = *state;
    char path[40];

    open_import(t, path, "Last;First;Zzz\nOkafor;Ada;619 555 0177\n");
    assert_shows(t, "- left out -");
    keys(t, "<Down><Down><Enter>phone<Enter>");
    assert_shows_not(t, "- left out -");
    keys(t, "<Enter><Enter>"); /* a slip takes what there is */
    assert_shows_not(t, "- left out -");
    keys(t, "<F2>i");
    assert_string_equal(ask_text(t->shop, "SELECT number FROM phone WHERE customer = 4"),
                        "+16195550177");
    unlink(path);
}

static void a_second_run_changes_nothing(void **state)
{
    struct desk_test *t = *state;
    char path[40];

    open_import(t, path, good);
    keys(t, "<F2>i<Esc>");
    keys(t, "<F9>import customers<Enter>");
    keys(t, path);
    keys(t, "<Enter>");
    assert_shows(t, "new 0");
    keys(t, "<F2>i");
    assert_int_equal(customers(t), 5);
    unlink(path);
}

static void bad_lines_are_skipped_and_written_to_a_file(void **state)
{
    struct desk_test *t = *state;
    char path[40], rejects[80];
    AUTO_BUF written = BUF(10000);

    open_import(t, path,
                "Last;First;Phone;City\n"
                "Okafor;Ada;(619) 555-0177;San Diego\n"
                ";;;Chula Vista\n");
    assert_shows(t, "refused 1");
    keys(t, "2ffff");
    assert_shows_not(t, "Okafor");
    keys(t, "<Enter>");
    assert_shows(t, "Line 3 · refused");
    keys(t, "<Enter>");
    keys(t, "<F2>");
    assert_shows(t, "s Skip those lines");
    keys(t, "s");
    assert_shows(t, "Imported: 1 new, 0 completed, 0 there already, 1 refused.");
    assert_int_equal(customers(t), 4);
    keys(t, "r<Enter>");
    snprintf(rejects, sizeof rejects, "%s.rejects.csv", path);
    assert_int_equal(buf_read_file(&written, rejects, NULL), OK);
    assert_non_null(strstr(buf_str(&written), "Chula Vista"));
    unlink(rejects);
    unlink(path);
}

static void a_price_file_shows_what_becomes_of_every_line(void **state)
{
    struct desk_test *t = *state;
    char path[40];

    run_sql(t->shop, "INSERT INTO vendor (id, name, name_key) VALUES (9, 'Acme', 'acme')");
    run_sql(t->shop, "INSERT INTO part (id, sku, name, name_key, cost, price) "
                     "VALUES (901, 'BP-1', 'Pads', 'pads', 4150, 8995)");
    run_sql(t->shop, "INSERT INTO part_vendor (part, vendor, position, number, cost) "
                     "VALUES (901, 9, 1, 'AC-100', 4150)");
    strcpy(path, "/tmp/pitlane-import-XXXXXX");
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    write_file(path, "Number,Name,Cost,List\nAC-100,Pads,43.00,92.50\nAC-300,Rotor,80.00,160.00\n");
    keys(t, "<F9>import a vendor's price<Enter>");
    keys(t, path);
    keys(t, "<Enter>");
    assert_shows(t, "Whose prices are these?");
    keys(t, "acm<Enter>");
    assert_shows(t, "Acme · costs and prices · new parts are left out");
    assert_shows(t, "new 0   changed 1   the same 0   unknown 1   refused 0");
    keys(t, "2");
    assert_shows(t, "cost 41.50 → 43.00; list 89.95 → 92.50");
    keys(t, "n");
    assert_shows(t, "new 1   changed 1   the same 0   unknown 0   refused 0");
    keys(t, "c");
    assert_shows(t, "Acme · costs only · new parts are added");
    assert_shows_not(t, "list 89.95");
    keys(t, "n<F2>i");
    assert_shows(t, "Imported: 0 new, 1 changed, 0 the same, 1 unknown, 0 refused.");
    assert_int_equal(ask_number(t->shop, "SELECT cost FROM part WHERE id = 901"), 4300);
    assert_int_equal(ask_number(t->shop, "SELECT price FROM part WHERE id = 901"), 8995);
    unlink(path);
}

static void a_file_that_is_not_there_is_said(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F9>import customers<Enter>/tmp/no such file<Enter>");
    assert_shows(t, "no such file");
    assert_shows(t, "Find ▸");
}

static void who_may_not_import_is_not_offered_it(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ACCOUNTANT);
    keys(t, "<F9>import customers");
    assert_shows_not(t, "Import customers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(nothing_is_written_before_the_question_is_answered),
        COUNTER_TEST(a_column_can_be_sent_to_another_field),
        COUNTER_TEST(a_second_run_changes_nothing),
        COUNTER_TEST(bad_lines_are_skipped_and_written_to_a_file),
        COUNTER_TEST(a_price_file_shows_what_becomes_of_every_line),
        COUNTER_TEST(a_file_that_is_not_there_is_said),
        DESK_TEST(who_may_not_import_is_not_offered_it),
    };

    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
