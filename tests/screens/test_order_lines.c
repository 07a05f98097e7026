/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing up by keys: jobs, labor, parts, other lines, discounts, and taking them out again. */

#include "orders.h"

static int64_t open_new_order(struct desk_test *t)
{
    given_catalog(t);
    const int64_t order = given_order(t);
    open_order(t, order);
    return order;
}

static void words_that_match_nothing_become_a_job(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "jrattle at idle<Enter>");
    assert_shows(t, "1 rattle at idle");
    keys(t, "joil leak<F6>");
    assert_shows(t, "2 oil leak");
    keys(t, "j<Enter>");
    assert_shows(t, "Type a few letters first");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job"), 2);
}

/* Faster than any picture: what is found counts, not what is on the screen. */
static void a_job_typed_in_one_burst_is_the_canned_one(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "<wait 100><fast joil><fast-Enter>");
    assert_shows(t, "1 Oil service, synthetic");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM line"), 2);
}

static void lines_are_added_under_the_job_of_the_cursor(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "jrattle<Enter>l1.5<F2>");
    assert_shows(t, "217.50");
    keys(t, "abp1210<Enter>");
    assert_shows(t, "Empty is 1; 89.95 each by list price");
    keys(t, "2<Enter>");
    assert_shows(t, "179.90");
    keys(t, "aspecial bracket<Enter>");
    assert_both_pictures(t, "part_from_outside");
    keys(t, "1<Enter><Enter>12.50<F2>");
    assert_shows(t, "special bracket");
    assert_both_pictures(t, "order_lines");
    assert_int_equal(ask_number(t->shop, "SELECT amount FROM job"), 21750 + 17990 + 1250);
}

static void every_other_line_has_its_kind(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "jtires<Enter>+");
    assert_both_pictures(t, "other_line");
    keys(t, "t<Enter>California tire fee<Enter>1.75<F2>");
    assert_string_equal(ask_text(t->shop, "SELECT kind FROM line"), "tire_fee");
    assert_int_equal(ask_number(t->shop, "SELECT net FROM line"), 175);
    assert_shows(t, "Fees 1.75");

    /* Too many classes for one row become one figure. */
    keys(t, "jbrkf<Enter>+s<Enter>Machine shop<Enter>1234.50<F2>");
    keys(t, "l20<F2>");
    assert_shows(t, "Labor 3,262.50   Parts 179.90   Other 1,236.25   Tax ");
}

static void a_line_is_changed_where_it_stands(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter><Down><Enter>");
    assert_both_pictures(t, "line_form");
    keys(t, "<Ctrl-U>0.75<F2>");
    assert_shows(t, "108.75");
    keys(t, "cDrips on the drive<F2>");
    assert_shows(t, "says   Drips on the drive");
    keys(t, "tmo<Enter>");
    assert_shows(t, "Mo H.");
}

static void the_three_cs_stand_with_their_job_and_are_changed_there(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "jrattle<Enter>cRattles at idle<Tab>Heat shield loose<Tab>Shield tightened<F2>");
    assert_shows(t, "says   Rattles at idle");
    assert_shows(t, "cause  Heat shield loose");
    assert_shows(t, "to do  Shield tightened");
    assert_both_pictures(t, "order_three_cs");
    keys(t, "<Down><Down><Enter><Ctrl-U>Bracket cracked<F2>");
    assert_shows(t, "cause  Bracket cracked");
    assert_shows(t, "to do  Shield tightened");
}

static void discounts_are_given_on_line_job_and_order(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>Dj10<F2>");
    assert_shows(t, "less   10 % on labor, parts and sublet");
    assert_int_equal(ask_number(t->shop, "SELECT amount FROM job"), 10995 - 1100);
    keys(t, "Do<Enter>5<F2>");
    assert_shows(t, "- Discount on the whole order: 5.00");
    assert_both_pictures(t, "order_discounts");
    assert_int_equal(ask_number(t->shop, "SELECT amount FROM job"), 10995 - 1100 - 500);
    keys(t, "<End>xr");
    assert_shows_not(t, "on the whole order");
}

static void nothing_goes_without_a_question(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>xx");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job"), 1);
    keys(t, "<Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job"), 1);
    keys(t, "xr");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job"), 0);
    assert_shows(t, "No jobs yet.");
}

static void every_figure_explains_itself(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>Dj10<F2><Down>=");
    assert_shows(t, "0.5 h × 145.00 = 72.50, less 7.25");
    assert_both_pictures(t, "order_explained");
    keys(t, "<Home>");
    assert_shows(t, "supplies + tax. Declined and deferred");
    assert_shows(t, "7.75 % of 33.70");
    keys(t, "<Down><Down><Down><Down><Down><Down><Down>");
    assert_shows(t, "Enter opens part 1.");
    keys(t, "<Enter>");
    assert_shows(t, "0W-20 oil, quart");
}

static void what_may_not_be_is_said_in_words(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "l");
    assert_shows(t, "A line belongs to a job.");
    keys(t, "joil<Enter>s");
    assert_shows(t, "Job 1 is not authorized");
    keys(t, "I");
    assert_shows_not(t, "invoice 20001");
    keys(t, "<F7>");
    assert_shows(t, "There is no invoice to pay yet:");
    keys(t, "<Enter>V<Enter>");
    assert_shows(t, "Say why, in a few words.");
    keys(t, "written twice<Enter>");
    assert_shows(t, "void");
    keys(t, "j");
    assert_shows(t, "This order is closed");
}

static void an_order_waits_and_goes_on(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>hp");
    assert_shows(t, "waiting for parts");
    keys(t, "hg");
    assert_shows(t, "estimate");
    keys(t, "e<Ctrl-U>t+1 9:00<F2>");
    assert_shows(t, "promised 25 Nov 09:00");
}

static void a_placeholder_asks_which_part(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    DONE(t, "canned-job.add",
         "{\"code\": \"AIR\", \"title\": \"Air filter\", \"lines\": ["
         "{\"kind\": \"part\", \"description\": \"Filter, by engine\", \"quantity\": \"1\"}]}");
    open_order(t, given_order(t));
    keys(t, "jair<Enter>");
    assert_shows(t, "! to choose");
    keys(t, "A<Enter>");
    assert_shows(t, "still to be chosen");
    keys(t, "<Esc><Down><Enter>cabin<Enter>");
    assert_shows(t, "Cabin air filter");
    assert_shows(t, "24.00");
    assert_shows_not(t, "! to choose");
}

static void a_scanned_part_goes_into_the_job(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    DONE(t, "part.add",
         "{\"sku\": \"WB-22\", \"name\": \"Wiper blade\", \"upc\": \"012345678905\","
         " \"price\": \"14.00\"}");
    open_order(t, given_order(t));
    keys(t, "jwipers<Enter><wait 100><fast 012345678905><fast-Enter>");
    assert_shows(t, "WB-22 · Wiper blade");
    keys(t, "2<Enter>");
    assert_shows(t, "28.00");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM line"), 1);
}

static void jobs_change_places_and_fold(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>jbrkf<Enter>m1<Enter>");
    assert_shows(t, "1 Front brakes");
    assert_shows(t, "2 Oil service, synthetic");
    keys(t, "z");
    assert_shows_not(t, "0W-20 oil, quart");
    assert_shows(t, "Pads, ceramic");
    assert_picture(t, "order_folded");
}

static void a_long_order_folds_on_a_small_terminal(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 20, 60);
    given_catalog(&t);
    const int64_t order = given_order(&t);
    for (int i = 0; i < 3; i++)
        given_jobs(&t, order);
    open_order(&t, order);
    keys(&t, "<Down><Down><Down><Down>");
    assert_picture(&t, "order_long");
    keys(&t, "<End>");
    assert_shows(&t, "6 Front brakes");
    keys(&t, "<Up><Up><Up><Up>");
    assert_shows(&t, "5 Oil service");
    assert_shows(&t, "0W-20 oil, quart");
    desk_test_close(&t);
}

static void an_answer_may_change_later(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "A");
    assert_shows(t, "There is no job to ask the customer about.");
    keys(t, "joil<Enter>A<Enter><Enter>");
    assert_shows(t, "approved");
    keys(t, "A<Enter>");
    assert_shows(t, "No job has an answer yet.");
    keys(t, "lafter the trip<Enter>1 Jan 2020<Enter>");
    assert_shows(t, "That day is past.");
    keys(t, "<Ctrl-U>t+90<Enter><Enter>");
    assert_shows(t, "code");
    assert_string_equal(ask_text(t->shop, "SELECT state FROM job"), "deferred");
    assert_string_equal(ask_text(t->shop, "SELECT reason FROM job"), "after the trip");
    assert_string_equal(ask_text(t->shop, "SELECT deferred_until_on FROM job"), "2027-02-22");
}

static void an_answer_being_typed_outlives_the_terminal(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>jbrkf<Enter>A<Down>dtoo dear<Enter><Tab>t<Esc><Esc>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 1);
    keys(t, "<Ctrl-O>");
    assert_shows(t, "< text >");
    assert_shows(t, "Front brakes: too dear");
    keys(t, "<Enter>");
    assert_string_equal(ask_text(t->shop, "SELECT method FROM authorization"), "text");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

static void work_not_needed_leaves_the_list(void **state)
{
    struct desk_test *t = *state;

    const int64_t first = open_new_order(t);
    keys(t, "joil<Enter>jbrkf<Enter>A<Down>d<Enter><Enter><Enter><Esc>");
    open_order(t, given_order(t));
    assert_shows(t, "! Declined 24 Nov: Front brakes");
    keys(t, "n<Enter>");
    assert_shows(t, "! Declined 24 Nov: Front brakes");
    keys(t, "nn");
    assert_shows_not(t, "! Declined");
    assert_true(first > 0);
}

static void work_is_presented_finished_and_reopened(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter>p");
    assert_shows(t, "presented");
    keys(t, "A<Enter><Enter>sf");
    assert_shows(t, "quality check");
    keys(t, "u");
    assert_shows(t, "in progress");
    keys(t, "H");
    assert_shows(t, "Accord");
    keys(t, "<Esc>o");
    assert_shows(t, "maria@example.com");
    keys(t, "<Esc>v");
    assert_shows(t, "7ABC123");
}

static void the_history_is_read_to_its_end(void **state)
{
    struct desk_test *t = *state;

    const int64_t invoice = given_invoice(t);
    assert_true(invoice > 0);
    run_sql(t->shop,
            "UPDATE job SET correction = 'Drained oil, replaced filter and drain plug gasket,"
            " filled to the mark, reset the reminder.' WHERE id = 1");
    sign_in_by_keys(t, ROLE_MANAGER);
    open_order(t, 10001);
    keys(t, "H");
    assert_shows(t, "[1 History]");
    assert_shows(t, "Correction  Drained oil");
    assert_shows(t, "reset the reminder.");
}

static void money_before_the_invoice_is_a_deposit(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter><F7>d");
    assert_both_pictures(t, "deposit");
    keys(t, "<Enter>50<F2>");
    assert_shows(t, "The customer has 50.00 in credit");
    assert_int_equal(ask_number(t->shop, "SELECT credit FROM customer WHERE id = 1"), 5000);
}

/* Two terminals change the same line: both values are offered. */
static void a_line_changed_by_two_offers_both_values(void **state)
{
    struct desk_test *t = *state;

    open_new_order(t);
    keys(t, "joil<Enter><Down><Enter><Ctrl-U>0.75");
    DONE(t, "estimate.edit-line",
         "{\"line\": 1, \"description\": \"Oil and filter\", \"quantity\": \"0.9\"}");
    keys(t, "<F2>");
    assert_shows(t, "Changed meanwhile");
    assert_shows(t, "0.75");
    assert_shows(t, "0.9");
    assert_both_pictures(t, "line_conflict");
    keys(t, "<Left><F2>");
    assert_int_equal(ask_number(t->shop, "SELECT quantity FROM line WHERE id = 1"), 750);
    assert_shows_not(t, "meanwhile");
}

/* A quantity that a scanner has typed: no figure runs into another. */
static void the_largest_figures_stand_apart(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "apads<Enter>500000<Enter>");
    assert_shows(t, " 500000.00  89.95 44,975,000.00");
    assert_shows(t, " Total ");
    assert_picture(t, "order_largest");
}

/* Another terminal was faster: both states are shown and nothing is done. */
static void what_another_terminal_changed_is_shown_first(void **state)
{
    struct desk_test *t = *state;

    const int64_t order = open_new_order(t);
    keys(t, "joil<Enter>A");
    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"code\": \"BRKF\"}", (long long)order);
    keys(t, "<Enter>");
    assert_shows(t, "Ada Admin changed order 10001 meanwhile");
    assert_both_pictures(t, "order_stale");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM authorization"), 0);
    keys(t, "<Enter>");
    assert_shows(t, "2 Front brakes");

    DONE(t, "estimate.add-job", "{\"order\": %lld, \"title\": \"Wash\"}", (long long)order);
    keys(t, "p");
    assert_shows(t, "Ada Admin changed order 10001 meanwhile");
    assert_shows(t, "jobs: 3");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job WHERE state = 'presented'"), 0);
}

static void who_may_not_see_costs_sees_no_profit(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    DONE(t, "estimate.edit-job", "{\"job\": 1, \"title\": \"Oil\", \"technician\": %lld}",
         (long long)t->shop->users[ROLE_TECHNICIAN].v);
    sign_in_by_keys(t, ROLE_TECHNICIAN);
    open_order(t, order);
    assert_shows(t, "1 Oil");
    assert_shows_not(t, "GP ");
    keys(t, "j");
    assert_shows(t, "Your role does not allow this.");
    assert_both_pictures(t, "order_technician");
}

static void a_technician_starts_writes_the_three_cs_and_finishes(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    DONE(t, "estimate.edit-job", "{\"job\": 1, \"title\": \"Oil\", \"technician\": %lld}",
         (long long)t->shop->users[ROLE_TECHNICIAN].v);
    DONE(t, "estimate.authorize", "{\"order\": %lld, \"method\": \"in_person\"}", (long long)order);
    sign_in_by_keys(t, ROLE_TECHNICIAN);
    open_order(t, order);
    keys(t, "sc");
    assert_shows(t, "Cause");
    assert_shows_not(t, "Title");
    keys(t, "<Tab>Seal dried out<Tab>New seal<F2>f");
    assert_shows(t, "done");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job WHERE id = 1 AND title = 'Oil'"
                                         " AND cause = 'Seal dried out'"
                                         " AND correction = 'New seal' AND technician > 0"),
                     1);
}

static void a_long_title_runs_over_columns_it_leaves_empty(void **state)
{
    struct desk_test *t = *state;

    open_order(t, given_order(t));
    keys(t, "jOil and filter service, full synthetic<Enter>");
    assert_shows(t, "1 Oil and filter service, full synthetic");
}

static void a_whole_code_takes_that_job_wherever_it_stands(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    DONE(t, "canned-job.add",
         "{\"code\": \"OILB\", \"title\": \"A synthetic blend and oil filter\"}");
    open_order(t, given_order(t));
    keys(t, "joil<Enter>");
    assert_shows(t, "1 Oil service, synthetic");
    keys(t, "joil<Down><Up><Enter>");
    assert_shows(t, "2 A synthetic blend");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_history_is_read_to_its_end),
        DESK_TEST(a_technician_starts_writes_the_three_cs_and_finishes),
        COUNTER_TEST(a_long_title_runs_over_columns_it_leaves_empty),
        COUNTER_TEST(a_whole_code_takes_that_job_wherever_it_stands),
        COUNTER_TEST(words_that_match_nothing_become_a_job),
        COUNTER_TEST(a_job_typed_in_one_burst_is_the_canned_one),
        COUNTER_TEST(lines_are_added_under_the_job_of_the_cursor),
        COUNTER_TEST(every_other_line_has_its_kind),
        COUNTER_TEST(a_line_is_changed_where_it_stands),
        COUNTER_TEST(the_three_cs_stand_with_their_job_and_are_changed_there),
        COUNTER_TEST(discounts_are_given_on_line_job_and_order),
        COUNTER_TEST(nothing_goes_without_a_question),
        COUNTER_TEST(every_figure_explains_itself),
        COUNTER_TEST(what_may_not_be_is_said_in_words),
        COUNTER_TEST(an_order_waits_and_goes_on),
        COUNTER_TEST(a_placeholder_asks_which_part),
        COUNTER_TEST(a_scanned_part_goes_into_the_job),
        COUNTER_TEST(jobs_change_places_and_fold),
        cmocka_unit_test(a_long_order_folds_on_a_small_terminal),
        COUNTER_TEST(an_answer_may_change_later),
        COUNTER_TEST(an_answer_being_typed_outlives_the_terminal),
        COUNTER_TEST(work_not_needed_leaves_the_list),
        COUNTER_TEST(work_is_presented_finished_and_reopened),
        COUNTER_TEST(money_before_the_invoice_is_a_deposit),
        COUNTER_TEST(a_line_changed_by_two_offers_both_values),
        COUNTER_TEST(the_largest_figures_stand_apart),
        COUNTER_TEST(what_another_terminal_changed_is_shown_first),
        DESK_TEST(who_may_not_see_costs_sees_no_profit),
    };

    return cmocka_run_group_tests_name("order_lines", tests, NULL, NULL);
}
