/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The part's page and the counting of a shelf, as the person sees them. */

#include "desk_test.h"
#include "domain/calls.h"

#include <stdlib.h>
#include <unistd.h>

#include "domain/count.h"
#include "domain/part.h"
#include "domain/stock.h"

static void given_shelf(struct desk_test *t)
{
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"OF-7317\",\"name\":\"Oil filter, spin-on\",\"bin\":\"A4\",\"cost\":\"3.05\","
         "\"price\":\"9.99\",\"on_hand\":\"10\",\"upc\":\"036000291452\",\"whole\":true,"
         "\"vendor\":\"Acme Warehouse\",\"vendor_number\":\"AC-100\"}");
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"BP-1210\",\"name\":\"Brake pads front, ceramic\",\"bin\":\"A4\","
         "\"cost\":\"41.50\",\"price\":\"89.95\",\"on_hand\":\"4\"}");
    call(t->shop, &part_adjust_op, NULL,
         "{\"part\":1,\"on_hand\":\"9\",\"reason\":\"one was bent\"}");
}

static void a_part_shows_what_there_is_where_and_who_sells_it(void **state)
{
    struct desk_test *t = *state;

    given_shelf(t);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>part OF-7317<Enter>");
    assert_both_pictures(t, "part_bins");
    keys(t, "2");
    assert_both_pictures(t, "part_moves");
}

static void a_technician_sees_no_cost_of_it(void **state)
{
    struct desk_test *t = *state;

    given_shelf(t);
    sign_in_by_keys(t, ROLE_TECHNICIAN);
    keys(t, "<F9>part OF-7317<Enter>");
    assert_shows(t, "Acme Warehouse");
    assert_shows_not(t, "3.05");
    keys(t, "2<size 120x40>");
    assert_shows_not(t, "30.50");
}

static void labels_are_saved_and_said(void **state)
{
    struct desk_test *t = *state;
    char folder[] = "/tmp/pitlane-labels-XXXXXX";
    char path[100];

    assert_non_null(mkdtemp(folder));
    setenv("XDG_DOCUMENTS_DIR", folder, 1);
    given_shelf(t);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>part OF-7317<Enter>l");
    assert_shows(t, "How many");
    keys(t, "<Ctrl-U>none<Enter>");
    assert_shows(t, "Write how many: 1 to 1000.");
    keys(t, "<Ctrl-U>3<Enter>");
    assert_shows(t, "The labels are in");
    snprintf(path, sizeof path, "%s/labels.pdf", folder);
    assert_int_equal(unlink(path), 0);
    rmdir(folder);
}

static void a_shelf_is_counted_by_digits_and_posted(void **state)
{
    struct desk_test *t = *state;

    given_shelf(t);
    call(t->shop, &count_start_op, NULL, "{\"bin\":\"A4\"}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list count sheets<Enter>");
    assert_both_pictures(t, "count_sheets");
    keys(t, "<Enter>3<Enter>");
    assert_shows(t, "1 counted, 1 to count.");
    keys(t, "<Down>8<Enter>");
    assert_both_pictures(t, "count_page");
    keys(t, "ff");
    assert_shows(t, "BP-1210");
    keys(t, "P<F2>");
    assert_shows(t, "cannot be taken back");
    keys(t, "y");
    assert_shows(t, "Say why");
    keys(t, "found when counting<F2>y");
    assert_shows(t, "posted");
    assert_int_equal(ask_number(t->shop, "SELECT on_hand FROM part WHERE sku = 'BP-1210'"), 3000);
    assert_int_equal(ask_number(t->shop, "SELECT on_hand FROM part WHERE sku = 'OF-7317'"), 8000);
}

static void who_counts_after_somebody_else_is_asked(void **state)
{
    struct desk_test *t = *state;

    given_shelf(t);
    call(t->shop, &count_start_op, NULL, "{\"bin\":\"A4\"}");
    call(t->shop, &count_enter_op, NULL, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"9\"}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list count sheets<Enter><Enter>aOF-7317<Enter>");
    assert_picture(t, "count_again");
    keys(t, "l");
    assert_int_equal(ask_number(t->shop, "SELECT counted FROM stock_count_line WHERE part = 1"),
                     9000);
    keys(t, "aOF-7317<Enter>a");
    assert_int_equal(ask_number(t->shop, "SELECT counted FROM stock_count_line WHERE part = 1"),
                     10000);
}

static void a_scan_counts_one_more(void **state)
{
    struct desk_test *t = *state;

    given_shelf(t);
    call(t->shop, &count_start_op, NULL, "{\"bin\":\"A4\"}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list count sheets<Enter><Enter>");
    keys(t, "<fast 036000291452><fast-Enter>");
    keys(t, "<fast 036000291452><fast-Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT counted FROM stock_count_line WHERE part = 1"),
                     2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_part_shows_what_there_is_where_and_who_sells_it),
        DESK_TEST(a_technician_sees_no_cost_of_it),
        DESK_TEST(labels_are_saved_and_said),
        DESK_TEST(a_shelf_is_counted_by_digits_and_posted),
        DESK_TEST(who_counts_after_somebody_else_is_asked),
        DESK_TEST(a_scan_counts_one_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
