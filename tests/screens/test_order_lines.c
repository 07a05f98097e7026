/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing up by keys: jobs, labor, parts, other lines, discounts, and taking them out again. */

#include "orders.h"

static int64_t open_new_order(struct desk_test *t)
{
    open_counter(t, 24, 80);
    given_catalog(t);
    const int64_t order = given_order(t);
    open_order(t, order);
    return order;
}

static void words_that_match_nothing_become_a_job(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "jrattle at idle<Enter>");
    assert_shows(&t, "1 rattle at idle");
    keys(&t, "joil leak<F6>");
    assert_shows(&t, "2 oil leak");
    keys(&t, "j<Enter>");
    assert_shows(&t, "Type a few letters first");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job"), 2);
    desk_test_close(&t);
}

static void lines_are_added_under_the_job_of_the_cursor(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "jrattle<Enter>l1.5<F2>");
    assert_shows(&t, "217.50");
    keys(&t, "abp1210<Enter>2<Enter>");
    assert_shows(&t, "179.90");
    keys(&t, "aspecial bracket<Enter>");
    assert_picture(&t, "part_from_outside");
    keys(&t, "1<Enter><Enter>12.50<F2>");
    assert_shows(&t, "special bracket");
    assert_picture(&t, "order_lines");
    assert_int_equal(ask_number(t.shop, "SELECT amount FROM job"), 21750 + 17990 + 1250);
    desk_test_close(&t);
}

static void every_other_line_has_its_kind(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "jtires<Enter>+");
    assert_picture(&t, "other_line");
    keys(&t, "tire<Enter>California tire fee<Enter>1.75<F2>");
    assert_string_equal(ask_text(t.shop, "SELECT kind FROM line"), "tire_fee");
    assert_int_equal(ask_number(t.shop, "SELECT net FROM line"), 175);
    desk_test_close(&t);
}

static void a_line_is_changed_where_it_stands(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "joil<Enter><Down><Enter>");
    assert_picture(&t, "line_form");
    keys(&t, "<Ctrl-U>0.75<F2>");
    assert_shows(&t, "108.75");
    keys(&t, "cDrips on the drive<F2>");
    assert_shows(&t, "says   Drips on the drive");
    keys(&t, "tmo<Enter>");
    assert_shows(&t, "Mo H.");
    desk_test_close(&t);
}

static void discounts_are_given_on_line_job_and_order(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "joil<Enter>Dj10<F2>");
    assert_shows(&t, "less   10 % on labor, parts and sublet");
    assert_int_equal(ask_number(t.shop, "SELECT amount FROM job"), 10995 - 1100);
    keys(&t, "Do<Enter>5<F2>");
    assert_shows(&t, "- Discount on the whole order: 5.00");
    assert_picture(&t, "order_discounts");
    assert_int_equal(ask_number(t.shop, "SELECT amount FROM job"), 10995 - 1100 - 500);
    keys(&t, "<End>xr");
    assert_shows_not(&t, "on the whole order");
    desk_test_close(&t);
}

static void nothing_goes_without_a_question(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "joil<Enter>xx");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job"), 1);
    keys(&t, "<Enter>");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job"), 1);
    keys(&t, "xr");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job"), 0);
    assert_shows(&t, "No jobs yet.");
    desk_test_close(&t);
}

static void every_figure_explains_itself(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "joil<Enter>Dj10<F2><Down>=");
    assert_shows(&t, "0.5 hours x 145.00 an hour = 72.50");
    assert_picture(&t, "order_explained");
    keys(&t, "<End>");
    assert_shows(&t, "Sales tax: 7.75 % of");
    desk_test_close(&t);
}

static void what_may_not_be_is_said_in_words(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "l");
    assert_shows(&t, "A line belongs to a job.");
    keys(&t, "joil<Enter>s");
    assert_shows(&t, "Job 1 is not authorized");
    keys(&t, "I");
    assert_shows_not(&t, "invoice 20001");
    keys(&t, "<F7>");
    assert_shows(&t, "There is no invoice to pay yet.");
    keys(&t, "V<Enter>");
    assert_shows(&t, "Say why, in a few words.");
    keys(&t, "written twice<Enter>");
    assert_shows(&t, "void");
    keys(&t, "j");
    assert_shows(&t, "This order is closed");
    desk_test_close(&t);
}

static void an_order_waits_and_goes_on(void **state)
{
    (void)state;
    struct desk_test t;

    open_new_order(&t);
    keys(&t, "joil<Enter>hp");
    assert_shows(&t, "waiting for parts");
    keys(&t, "hg");
    assert_shows(&t, "estimate");
    keys(&t, "e<Ctrl-U>t+1 9:00<F2>");
    assert_shows(&t, "promised 25 Nov 09:00");
    desk_test_close(&t);
}

/* Another terminal was faster: both states are shown and nothing is done. */
static void what_another_terminal_changed_is_shown_first(void **state)
{
    (void)state;
    struct desk_test t;

    const int64_t order = open_new_order(&t);
    keys(&t, "joil<Enter>A");
    DONE(&t, "estimate.add-canned", "{\"order\": %lld, \"code\": \"BRKF\"}", (long long)order);
    keys(&t, "<Enter>");
    assert_shows(&t, "Another terminal changed this order");
    assert_picture(&t, "order_stale");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM authorization"), 0);
    keys(&t, "<Enter>");
    assert_shows(&t, "2 Front brakes");
    desk_test_close(&t);
}

static void who_may_not_see_costs_sees_no_profit(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open(&t, 24, 80);
    given_catalog(&t);
    const int64_t order = given_order(&t);
    given_jobs(&t, order);
    DONE(&t, "estimate.edit-job", "{\"job\": 1, \"title\": \"Oil\", \"technician\": %lld}",
         (long long)t.shop->users[ROLE_TECHNICIAN].v);
    sign_in_by_keys(&t, ROLE_TECHNICIAN);
    open_order(&t, order);
    assert_shows(&t, "1 Oil");
    assert_shows_not(&t, "GP ");
    keys(&t, "j");
    assert_shows(&t, "Your role does not allow this.");
    assert_picture(&t, "order_technician");
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_match_nothing_become_a_job),
        cmocka_unit_test(lines_are_added_under_the_job_of_the_cursor),
        cmocka_unit_test(every_other_line_has_its_kind),
        cmocka_unit_test(a_line_is_changed_where_it_stands),
        cmocka_unit_test(discounts_are_given_on_line_job_and_order),
        cmocka_unit_test(nothing_goes_without_a_question),
        cmocka_unit_test(every_figure_explains_itself),
        cmocka_unit_test(what_may_not_be_is_said_in_words),
        cmocka_unit_test(an_order_waits_and_goes_on),
        cmocka_unit_test(what_another_terminal_changed_is_shown_first),
        cmocka_unit_test(who_may_not_see_costs_sees_no_profit),
    };

    return cmocka_run_group_tests_name("order_lines", tests, NULL, NULL);
}
