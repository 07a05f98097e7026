/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The editor of canned jobs: lines in a grid at today's prices, and the menu price. */

#include "desk_test.h"

/* OIL: 0.5 h at 145.00 and five quarts at 7.49, cost 4.10: 72.50 + 37.45 = 109.95. */
static void open_editor(struct desk_test *t, int role)
{
    fill_catalog(t->shop);
    sign_in_by_keys(t, role);
    keys(t, "<F9>list canned jobs<Enter><wait 1><Enter>");
    assert_shows(t, "0.5 h labor 72.50 + parts 37.45 = 109.95");
}

static int64_t canned_lines(struct desk_test *t)
{
    return ask_number(t->shop, "SELECT count(*) FROM canned_line");
}

static void a_menu_price_is_given_and_ended(void **state)
{
    struct desk_test *t = *state;

    open_editor(t, ROLE_MANAGER);
    assert_both_pictures(t, "canned_job");
    keys(t, "m30<F2>");
    assert_shows(t, "Parts and fees come to 37.45");
    keys(t, "<Ctrl-u>89.95<F2>");
    assert_shows(t, "Menu price 89.95: labor 20.00 less, 52.50");
    keys(t, "=");
    assert_both_pictures(t, "canned_job_explained");
    keys(t, "<Esc>m<Ctrl-u><F2>");
    assert_shows(t, "As its lines come to.");
}

static void lines_are_added_changed_moved_and_removed(void **state)
{
    struct desk_test *t = *state;

    open_editor(t, ROLE_MANAGER);
    keys(t, "lDrain plug<Tab>0.1<F2>");
    assert_int_equal(canned_lines(t), 3);
    assert_shows(t, "0.6 h labor 87.00");
    keys(t, "K");
    assert_string_equal(ask_text(t->shop, "SELECT description FROM canned_line WHERE position = 2"),
                        "Drain plug");
    keys(t, "<Enter><Ctrl-u>0.2<F2>");
    assert_shows(t, "0.7 h labor 101.50");
    keys(t, "x");
    keys(t, "r");
    assert_int_equal(canned_lines(t), 2);
    keys(t, "+<Tab>Disposal<F2>");
    assert_shows(t, "What is charged for it?");
    keys(t, "3<F2>");
    assert_shows(t, "sublet and fees 3.00");
}

static void a_part_is_found_or_left_to_be_chosen(void **state)
{
    struct desk_test *t = *state;

    open_editor(t, ROLE_MANAGER);
    keys(t, "aoil<wait 1><Enter><Ctrl-u>1<F2>");
    assert_int_equal(canned_lines(t), 3);
    assert_shows(t, "parts 44.94");
    keys(t, "aoil filter, any<wait 1><Enter><F2>");
    assert_int_equal(
        ask_number(t->shop,
                   "SELECT count(*) FROM canned_line WHERE kind = 'part' AND part IS NULL"),
        1);
    assert_both_pictures(t, "canned_job_placeholder");
}

static void a_technician_looks_and_changes_nothing(void **state)
{
    struct desk_test *t = *state;

    open_editor(t, ROLE_TECHNICIAN);
    assert_shows_not(t, "GP ");
    keys(t, "<size 120x40>");
    assert_shows_not(t, "Cost");
    keys(t, "<size 80x24>");
    keys(t, "m");
    assert_shows(t, "does not allow");
    keys(t, "x");
    assert_int_equal(canned_lines(t), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_menu_price_is_given_and_ended),
        DESK_TEST(lines_are_added_changed_moved_and_removed),
        DESK_TEST(a_part_is_found_or_left_to_be_chosen),
        DESK_TEST(a_technician_looks_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
