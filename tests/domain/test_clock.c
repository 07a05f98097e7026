/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Hours: two clocks, nobody twice, nothing guessed, everything corrected with a reason. */

#include "orders.h"

#include "domain/clock.h"

#define HOUR  3600
#define UP_AT 5000 /* seconds the machine runs when a test begins */

static struct clock_status punch(struct shop_test *t, const struct op *op, const char *json)
{
    struct clock_status now;

    expect_ok(t, op, op->in != NULL ? input_json(t, op, json) : NULL, &now);
    return now;
}

static void pass(struct shop_test *t, int64_t seconds)
{
    t->session.clock.fixed += seconds;
    if (t->session.clock.fixed_up != 0)
        t->session.clock.fixed_up += seconds;
}

/* 7:42 of the next day, and everybody has signed in again. */
static void sleep_a_night(struct shop_test *t)
{
    t->session.clock.fixed = SHOP_TEST_NOW + 21 * HOUR;
    t->session.access_until = INSTANT_NONE;
    run_sql(t, "UPDATE session SET ends_at = ends_at + 86400");
}

/* Mo has the brakes and the filter to do, both authorized; he sits at the keyboard. */
static struct order given_two_jobs_of_mo(struct shop_test *t)
{
    struct order order = given_brake_job(t);

    order = given_another_job(t, order.id.v, "Cabin air filter");
    for (size_t i = 1; i <= 2; i++)
        change(t, &job_edit_op, "{\"job\":%lld,\"technician\":%lld}", job_id_of(&order, i),
               (long long)t->users[ROLE_TECHNICIAN].v);
    order = authorize(t, order.id.v);
    t->session.clock.fixed_up = UP_AT;
    sign_in_as(t, ROLE_TECHNICIAN);
    t->session.clock.fixed_up = UP_AT;
    return order;
}

static const char *job_json(struct shop_test *t, const struct order *order, size_t position)
{
    return arena_printf(&t->arena, "{\"job\":%lld}", job_id_of(order, position));
}

static void a_shift_runs_from_clocking_in_to_clocking_out(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    assert_false(punch(t, &clock_status_op, NULL).clocked_in);
    assert_true(punch(t, &clock_in_op, NULL).clocked_in);
    pass(t, 3 * HOUR);
    assert_int_equal(punch(t, &clock_status_op, NULL).today_s, 3 * HOUR);
    const struct clock_status out = punch(t, &clock_out_op, NULL);
    assert_false(out.clocked_in);
    assert_int_equal(out.today_s, 3 * HOUR);
    expect_status(t, &clock_out_op, NULL, NULL, ERR_CONFLICT);
    assert_says(t, "You are not clocked in. Clock in first.");
}

static void nobody_is_clocked_in_twice(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    punch(t, &clock_in_op, NULL);
    expect_status(t, &clock_in_op, NULL, NULL, ERR_CONFLICT);
    assert_says(t, "You are clocked in since 10:42.");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch"), 1);
    sign_in_as(t, ROLE_MANAGER); /* another person's clock is another one */
    punch(t, &clock_in_op, NULL);
}

static void starting_a_job_ends_the_one_before(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_two_jobs_of_mo(t);

    struct clock_status now = punch(t, &job_clock_on_op, job_json(t, &order, 1));
    assert_int_equal(now.position, 1);
    assert_string_equal(now.job_title, "Front brakes");
    assert_string_equal(now.vehicle_name, "2014 Honda Accord");
    pass(t, HOUR);
    now = punch(t, &job_clock_on_op, job_json(t, &order, 2));
    assert_int_equal(now.position, 2);
    assert_int_equal(now.job_s, 0);
    pass(t, HOUR / 2);
    now = punch(t, &job_clock_on_op, job_json(t, &order, 1)); /* back on the first */
    assert_int_equal(now.job_s, HOUR);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch WHERE out_at IS NULL"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM job WHERE state = 'in_progress'"), 2);
}

static void a_job_that_is_done_has_nobody_on_it(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_two_jobs_of_mo(t);

    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1)); /* starts him on it, too */
    assert_int_equal(punch(t, &clock_status_op, NULL).job.v, job_id_of(&order, 1));
    pass(t, HOUR);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    assert_int_equal(punch(t, &clock_status_op, NULL).job.v, 0);
    assert_int_equal(ask_number(t, "SELECT out_at - in_at FROM punch"), HOUR);
    refuse(t, &job_clock_on_op, ERR_CONFLICT, "Job 1 is already done.", "{\"job\":%lld}",
           job_id_of(&order, 1));
}

static void a_manager_who_starts_a_job_for_somebody_is_not_on_it(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_two_jobs_of_mo(t);

    sign_in_as(t, ROLE_MANAGER);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch"), 0);
}

static void clocking_out_ends_the_job_too(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_two_jobs_of_mo(t);

    punch(t, &clock_in_op, NULL);
    punch(t, &job_clock_on_op, job_json(t, &order, 1));
    pass(t, HOUR);
    punch(t, &clock_out_op, NULL);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch WHERE out_at IS NULL"), 0);
    expect_status(t, &job_clock_off_op, NULL, NULL, ERR_CONFLICT);
}

static void no_time_goes_on_a_job_that_is_not_authorized_or_not_mine(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_two_jobs_of_mo(t);

    sign_in_as(t, ROLE_MANAGER);
    const struct order with = given_another_job(t, order.id.v, "Rear shocks");
    change(t, &job_edit_op, "{\"job\":%lld,\"technician\":%lld}", job_id_of(&with, 3),
           (long long)t->users[ROLE_TECHNICIAN].v);
    change(t, &job_edit_op, "{\"job\":%lld}", job_id_of(&with, 2)); /* nobody's now */
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &job_clock_on_op, ERR_CONFLICT, "Job 3 is not authorized.", "{\"job\":%lld}",
           job_id_of(&with, 3));
    refuse(t, &job_clock_on_op, ERR_DENIED, "not one of yours", "{\"job\":%lld}",
           job_id_of(&with, 2));
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch"), 0);
}

static void a_punch_that_was_forgotten_is_flagged_and_said_the_next_day(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    punch(t, &clock_in_op, NULL);
    sleep_a_night(t);
    const struct clock_status now = punch(t, &clock_status_op, NULL);
    assert_false(now.clocked_in);
    assert_string_equal(now.notice,
                        "You did not clock out on 24 Nov 2026. Tell a manager when you left.");
    expect_status(t, &clock_out_op, NULL, NULL, ERR_CONFLICT);
    assert_says(t, "clock in for today");
    assert_true(punch(t, &clock_in_op, NULL).clocked_in);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch WHERE left_open = 1"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch WHERE out_at IS NOT NULL"), 0);
}

static void a_manager_corrects_with_a_reason_and_what_stood_there_stays(void **state)
{
    struct shop_test *t = *state;
    struct punch out;
    const char *right = "{\"punch\":1,\"in_at\":\"2026-11-24T18:42:00Z\","
                        "\"out_at\":\"2026-11-25T01:00:00Z\",\"reason\":\"Forgot to clock out\"}";

    sign_in_as(t, ROLE_MANAGER);
    struct session manager = t->session;
    sign_in_as(t, ROLE_TECHNICIAN);
    punch(t, &clock_in_op, NULL);
    sleep_a_night(t);
    punch(t, &clock_in_op, NULL);
    expect_status(t, &clock_correct_op, input_json(t, &clock_correct_op, right), NULL, ERR_DENIED);
    t->session = manager;
    sleep_a_night(t);
    refuse(t, &clock_correct_op, ERR_INVALID, "Out must be later than in.",
           "{\"punch\":1,\"in_at\":\"2026-11-24T18:42:00Z\",\"out_at\":\"2026-11-24T18:42:00Z\","
           "\"reason\":\"x\"}");
    refuse(t, &clock_correct_op, ERR_INVALID, "more than 16 hours",
           "{\"punch\":1,\"in_at\":\"2026-11-23T18:42:00Z\",\"out_at\":\"2026-11-25T01:00:00Z\","
           "\"reason\":\"x\"}");
    refuse(t, &clock_correct_op, ERR_INVALID, "still to come",
           "{\"punch\":1,\"in_at\":\"2026-11-25T14:42:00Z\",\"out_at\":\"2026-11-25T23:00:00Z\","
           "\"reason\":\"x\"}");
    expect_ok(t, &clock_correct_op, input_json(t, &clock_correct_op, right), &out);
    assert_string_equal(out.remark, "corrected");
    assert_int_equal(out.seconds, 6 * HOUR + 18 * 60);
    assert_int_equal(out.hours.thousandths, 6300);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM punch_correction WHERE out_before IS NULL "
                                   "AND in_before = 1795545720"),
                     1);
    assert_int_not_equal(
        store_run(t->store, "UPDATE punch_correction SET reason = 'other'", NO_ROW, NULL), OK);
    assert_int_not_equal(store_run(t->store, "DELETE FROM punch_correction", NO_ROW, NULL), OK);
    assert_int_not_equal(store_run(t->store, "DELETE FROM punch", NO_ROW, NULL), OK);
}

static void a_wall_clock_that_was_set_is_flagged_and_the_hours_are_right(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    sign_in_as(t, ROLE_TECHNICIAN);
    t->session.clock.fixed_up = UP_AT;
    punch(t, &clock_in_op, NULL);
    pass(t, 2 * HOUR);
    t->session.clock.fixed -= HOUR; /* somebody set the clock back */
    assert_int_equal(punch(t, &clock_out_op, NULL).today_s, 2 * HOUR);
    const struct punch_list in = {.query.limit = 10};
    expect_ok(t, &clock_list_op, &in, &page);
    const struct punch *row = page.rows.at;
    assert_int_equal(page.rows.count, 1);
    assert_string_equal(row->remark, "clock was set");
    assert_int_equal(row->seconds, 2 * HOUR);
}

static void one_sees_ones_own_hours_and_a_manager_everybodys(void **state)
{
    struct shop_test *t = *state;
    const struct punch_list in = {.query.limit = 10};
    struct page page;

    punch(t, &clock_in_op, NULL);
    sign_in_as(t, ROLE_TECHNICIAN);
    punch(t, &clock_in_op, NULL);
    expect_ok(t, &clock_list_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &clock_list_op, &in, &page);
    assert_int_equal(page.rows.count, 2);
    sign_in_as(t, ROLE_CUSTOMER);
    expect_status(t, &clock_in_op, NULL, NULL, ERR_DENIED);
}

static void my_jobs_are_those_i_can_work_on(void **state)
{
    struct shop_test *t = *state;
    const struct list_query in = {.limit = 10};
    struct page page;
    const struct order order = given_two_jobs_of_mo(t);

    punch(t, &job_clock_on_op, job_json(t, &order, 2));
    pass(t, HOUR);
    expect_ok(t, &job_mine_op, &in, &page);
    assert_int_equal(page.rows.count, 2);
    const struct my_job *jobs = page.rows.at;
    assert_string_equal(jobs[0].title, "Front brakes");
    assert_int_equal(jobs[0].hours.thousandths, 2500);
    assert_false(jobs[0].running);
    assert_true(jobs[1].running);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 2));
    expect_ok(t, &job_mine_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &job_mine_op, &in, &page);
    assert_int_equal(page.rows.count, 0);
}

static void a_note_keeps_what_is_there_and_says_who_and_when(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_two_jobs_of_mo(t);
    const long long job = job_id_of(&order, 1);

    change(t, &job_note_op, "{\"job\":%lld,\"cause\":\"Pads at 2 mm\"}", job);
    change(t, &job_note_op, "{\"job\":%lld,\"correction\":\"Replaced pads\"}", job);
    const struct order now =
        change(t, &job_note_op, "{\"job\":%lld,\"note\":\"Needs wipers\"}", job);
    assert_string_equal(job_of(&now, 1)->cause, "Pads at 2 mm");
    assert_string_equal(job_of(&now, 1)->correction, "Replaced pads");
    assert_string_equal(now.internal_note, "24 Nov 2026 10:42, Mo Haddad, job 1: Needs wipers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_shift_runs_from_clocking_in_to_clocking_out),
        SHOP_TEST(nobody_is_clocked_in_twice),
        SHOP_TEST(starting_a_job_ends_the_one_before),
        SHOP_TEST(a_job_that_is_done_has_nobody_on_it),
        SHOP_TEST(a_manager_who_starts_a_job_for_somebody_is_not_on_it),
        SHOP_TEST(clocking_out_ends_the_job_too),
        SHOP_TEST(no_time_goes_on_a_job_that_is_not_authorized_or_not_mine),
        SHOP_TEST(a_punch_that_was_forgotten_is_flagged_and_said_the_next_day),
        SHOP_TEST(a_manager_corrects_with_a_reason_and_what_stood_there_stays),
        SHOP_TEST(a_wall_clock_that_was_set_is_flagged_and_the_hours_are_right),
        SHOP_TEST(one_sees_ones_own_hours_and_a_manager_everybodys),
        SHOP_TEST(my_jobs_are_those_i_can_work_on),
        SHOP_TEST(a_note_keeps_what_is_there_and_says_who_and_when),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
