/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Lists written to files from the terminal. */

#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "desk_test.h"

static const char *path_of(struct desk_test *t, const char *name)
{
    return arena_printf(&t->shop->arena, "/tmp/pitlane-export-%ld-%s", (long)getpid(), name);
}

static const char *text_of(struct desk_test *t, const char *path)
{
    AUTO_BUF text = BUF_MIB(8);
    struct fault fault = {0};

    if (buf_read_file(&text, path, &fault) != OK)
        fail_msg("%s", fault.text);
    return arena_text(&t->shop->arena, buf_str(&text));
}

static void open_list(struct desk_test *t, const char *op)
{
    desk_open_op(t->desk, op_find(op), NULL);
    keys(t, "<wait 1>");
}

static void export_to(struct desk_test *t, const char *path)
{
    keys(t, "x<Ctrl-U>");
    keys(t, path);
    keys(t, "<Enter>");
}

static size_t lines(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

static void what_the_search_found_is_written_as_csv(void **state)
{
    struct desk_test *t = *state;

    open_list(t, "customer.search");
    keys(t, "/delano<Enter>x");
    assert_shows(t, "customers-2026-11-24.csv");
    assert_both_pictures(t, "export");
    keys(t, "<Esc>");
    const char *path = path_of(t, "delano.csv");
    export_to(t, path);
    assert_shows(t, arena_printf(&t->shop->arena, "1 row is in %s.", path));
    const char *text = text_of(t, path);
    assert_int_equal(lines(text), 2);
    assert_non_null(strstr(text, "Delano Fleet"));
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM audit WHERE op = 'data.export' "
                                         "AND input LIKE '%\"search\":\"delano\"%' "
                                         "AND input LIKE '%\"rows\":1,%' "
                                         "AND input LIKE '%delano.csv%'"),
                     1);
    unlink(path);
}

static void every_page_is_written_not_only_the_one_on_screen(void **state)
{
    struct desk_test *t = *state;

    run_sql(t->shop,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
            " INSERT INTO part (sku, name, name_key, price)"
            " SELECT 'P' || i, '=1+1', '=1+1', 100 FROM n");
    open_list(t, "part.search");
    const char *csv = path_of(t, "parts.csv"), *json = path_of(t, "parts.json");
    export_to(t, csv);
    assert_shows(t, "2500 rows are in");
    const char *text = text_of(t, csv);
    assert_int_equal(lines(text), 2501);
    assert_null(strstr(text, ",=1+1"));
    export_to(t, json);
    text = text_of(t, json);
    assert_non_null(strstr(text, "\"total\": 2500}"));
    assert_non_null(strstr(text, "\"price\":"));
    unlink(csv);
    unlink(json);
}

static void a_name_without_a_known_ending_is_asked_again(void **state)
{
    struct desk_test *t = *state;

    open_list(t, "customer.search");
    export_to(t, "/tmp/customers.xls");
    assert_shows(t, "End the name in .csv or in .json.");
    keys(t, "<Ctrl-U><Enter>");
    assert_shows(t, "Write where to save it.");
    keys(t, "/nowhere/at/all.csv<Enter>");
    assert_shows(t, "/nowhere/at/all.csv");
    assert_shows_not(t, "rows are in");
}

static void who_may_not_export_has_no_such_key(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_TECHNICIAN);
    open_list(t, "part.search");
    assert_shows(t, "Parts");
    keys(t, "x");
    assert_shows_not(t, "Export");
}

static void a_list_with_a_command_at_x_exports_at_capital_x(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    open_list(t, "session.list");
    keys(t, "X");
    assert_shows(t, "Export every row of this list");
}

int main(void)
{
    setenv("HOME", "/tmp", 1);
    unsetenv("XDG_DOCUMENTS_DIR");
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(what_the_search_found_is_written_as_csv),
        COUNTER_TEST(every_page_is_written_not_only_the_one_on_screen),
        COUNTER_TEST(a_name_without_a_known_ending_is_asked_again),
        DESK_TEST(who_may_not_export_has_no_such_key),
        DESK_TEST(a_list_with_a_command_at_x_exports_at_capital_x),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
