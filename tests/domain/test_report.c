/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Reports: sums, and the ratios of the sums. */

#include "calls.h"

#include "domain/report.h"

/* An invoice of labor and parts, with its hours on one line of a technician, and a core's deposit
 * that costs what it brings. */
static void given_invoice_with_core(struct shop_test *t, int id, const char *day,
                                    const char *writer, const char *technician, int labor,
                                    int parts, int cost, int hours, int core)
{
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO repair_order (id, customer, opened_at) VALUES (%d, 1, 0)",
                            id));
    run_sql(t, arena_printf(
                   &t->arena,
                   "INSERT INTO invoice (id, repair_order, customer, posted_on, posted_at, due_on, "
                   "writer, bill_to, labor, parts, sublet, fees, supplies, discount, tax, total, "
                   "cost) VALUES (%d, %d, 1, '%s', 0, '%s', '%s', '', %d, %d, 0, %d, 0, 0, 777, "
                   "%d, %d)",
                   id, id, day, day, writer, labor, parts, core, labor + parts + core + 777,
                   cost + core));
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO invoice_job (id, invoice, job, position, title, "
                            "technician, amount) VALUES (%d, %d, %d, 1, 'Work', '%s', %d)",
                            id, id, id, technician, labor));
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO invoice_line (invoice_job, line, position, kind, "
                            "description, quantity, price, taxable, gross, discount, net, cost) "
                            "VALUES (%d, %d, 1, 'labor', 'Work', %d, 0, 0, %d, 0, %d, 0)",
                            id, id, hours, labor, labor));
    if (core != 0)
        run_sql(t, arena_printf(&t->arena,
                                "INSERT INTO invoice_line (invoice_job, line, position, kind, "
                                "description, quantity, price, taxable, gross, discount, net, "
                                "cost) VALUES (%d, 90, 2, 'core', 'Core', 1000, %d, 0, %d, 0, %d, "
                                "%d)",
                                id, core, core, core, core));
}

static void given_invoice(struct shop_test *t, int id, const char *day, const char *writer,
                          const char *technician, int labor, int parts, int cost, int hours)
{
    given_invoice_with_core(t, id, day, writer, technician, labor, parts, cost, hours, 0);
}

static void given_customer(struct shop_test *t)
{
    run_sql(t, "INSERT INTO customer (id, name, name_key, created_at) "
               "VALUES (1, 'Delgado, Maria', 'delgado, maria', 0)");
}

/* Mo's, on a job or (NULL) in attendance: these seconds of 2 November, counted from 16:00 UTC. */
static void given_hours(struct shop_test *t, const char *job, int from, int to)
{
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO punch (user, job, in_at, out_at, in_up_s, terminal) "
                            "SELECT u.id, %s, d.began + %d, d.began + %d, 0, '' FROM user AS u, "
                            "(SELECT unixepoch('2026-11-02 16:00') AS began) AS d "
                            "WHERE u.login = 'mo'",
                            job, from, to));
}

static const struct production_row *production(struct shop_test *t, const char *json,
                                               size_t expected)
{
    struct production_report *report = arena_alloc(&t->arena, sizeof *report);

    expect_ok(t, &report_production_op, input_json(t, &report_production_op, json), report);
    assert_int_equal(report->rows.count, expected);
    return report->rows.at;
}

static void the_average_order_is_sales_by_orders(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo", 10000, 5000, 4000, 1000);
    given_invoice(t, 2, "2026-11-03", "Ann", "Mo", 20000, 0, 0, 2000);
    given_invoice(t, 3, "2026-11-03", "Ros", "Ray", 0, 10001, 9000, 0);
    const struct production_row *rows =
        production(t, "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\",\"by\":\"day\"}", 3);
    assert_string_equal(rows[0].name, "2 Nov 2026");
    assert_string_equal(rows[0].aro, "150.00");
    assert_string_equal(rows[0].profit_percent, "73.33");
    assert_int_equal(rows[1].orders, 2);
    assert_string_equal(rows[1].aro, "150.01"); /* 30001 / 2, away from zero */
    assert_string_equal(rows[2].name, "All");
    assert_int_equal(rows[2].sales.cents, 45001);
    assert_string_equal(rows[2].aro, "150.00");
    assert_string_equal(rows[2].hours_per_order, "1.00");
    assert_string_equal(rows[2].labor_rate, "100.00");
}

static void a_core_deposit_is_no_sale(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice_with_core(t, 1, "2026-11-02", "Ann", "Mo", 10000, 5000, 4000, 1000, 4500);
    static const char *const bys[] = {"day", "writer", "technician", "customer"};
    for (size_t i = 0; i < COUNT_OF(bys); i++) {
        const struct production_row *rows = production(
            t, arena_printf(&t->arena, "{\"from_on\":\"2026-11-01\",\"by\":\"%s\"}", bys[i]),
            i == 2 ? 3 : 2);
        const struct production_row *all = &rows[i == 2 ? 2 : 1];
        assert_string_equal(all->name, "All");
        assert_int_equal(all->sales.cents, 15000);
        assert_int_equal(all->other.cents, 0);
        assert_int_equal(all->cost.cents, 4000);
        assert_string_equal(all->aro, "150.00");
        assert_string_equal(all->profit_percent, "73.33");
    }
}

static void weeks_begin_on_monday_and_months_have_names(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice(t, 1, "2026-11-01", "Ann", "Mo", 100, 0, 0, 1000); /* a Sunday */
    given_invoice(t, 2, "2026-11-02", "Ann", "Mo", 100, 0, 0, 1000);
    given_invoice(t, 3, "2026-11-08", "Ann", "Mo", 100, 0, 0, 1000);
    const struct production_row *rows =
        production(t, "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\",\"by\":\"week\"}", 3);
    assert_string_equal(rows[0].name, "week of 26 Oct 2026");
    assert_string_equal(rows[1].name, "week of 2 Nov 2026");
    assert_int_equal(rows[1].orders, 2);
    rows = production(t, "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\"}", 2);
    assert_string_equal(rows[0].name, "November 2026");
}

/* The effective labor rate of 25,000 dollars for 275 hours is 90.91. */
static void the_effective_labor_rate_is_labor_by_hours(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo", 2500000, 0, 0, 275000);
    const struct production_row *rows = production(t, "{\"by\":\"writer\"}", 2);
    assert_string_equal(rows[0].name, "Ann");
    assert_string_equal(rows[0].labor_rate, "90.91");
}

/* Cost 182.74 sold at 478.06: (478.06 - 182.74) / 478.06 = 61.77 %. */
static void the_profit_is_a_share_of_sales_and_not_of_cost(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo", 0, 47806, 18274, 0);
    const struct production_row *rows = production(t, "{\"by\":\"writer\"}", 2);
    assert_int_equal(rows[0].profit.cents, 29532);
    assert_string_equal(rows[0].profit_percent, "61.77");
}

static void nothing_to_divide_by_is_a_dash(void **state)
{
    struct shop_test *t = *state;

    const struct production_row *rows = production(t, "{}", 1);
    assert_string_equal(rows[0].name, "All");
    assert_string_equal(rows[0].aro, "-");
    assert_string_equal(rows[0].profit_percent, "-");
    assert_string_equal(rows[0].labor_rate, "-");
}

/* 16.02 billed for 9.89 clocked is 161.98 %; 9.89 of 41.51 attended
 * is 23.83 %. */
/* Two work on order 1: it counts for both, and once in all. What nobody did is not lost. */
static void a_technicians_average_is_of_what_was_done_by_him(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo", 10000, 5000, 4000, 1000);
    given_invoice(t, 2, "2026-11-03", "Ann", "Mo", 20000, 0, 0, 2000);
    given_invoice(t, 3, "2026-11-03", "Ros", "Ray", 0, 10001, 9000, 0);
    run_sql(t, "INSERT INTO invoice_line (invoice_job, line, position, kind, description,\n"
               "  technician, quantity, price, taxable, gross, discount, net, cost)\n"
               "VALUES (1, 90, 2, 'part', 'Pads', 'Ray', 1000, 5000, 1, 5000, 0, 5000, 4000)");
    const struct production_row *rows =
        production(t, "{\"from_on\":\"2026-11-01\",\"by\":\"technician\"}", 4);
    assert_string_equal(rows[0].name, "Mo");
    assert_int_equal(rows[0].orders, 2);
    assert_int_equal(rows[0].sales.cents, 30000);
    assert_string_equal(rows[0].aro, "150.00");
    assert_string_equal(rows[0].hours_per_order, "1.50"); /* 3 / 2 */
    assert_string_equal(rows[1].name, "Nobody named");
    assert_int_equal(rows[1].orders, 0);
    assert_int_equal(rows[1].parts.cents, 10001);
    assert_int_equal(rows[1].cost.cents, 9000);
    assert_string_equal(rows[1].aro, "-");
    assert_string_equal(rows[2].name, "Ray");
    assert_int_equal(rows[2].orders, 2);
    assert_string_equal(rows[2].aro, "25.00"); /* 50.00 / 2 */
    assert_int_equal(rows[2].profit.cents, 1000);
    assert_string_equal(rows[3].name, "All");
    assert_int_equal(rows[3].orders, 3);
    assert_int_equal(rows[3].sales.cents, 45001);
    assert_int_equal(rows[3].cost.cents, 13000);
    assert_string_equal(rows[3].aro, "150.00");
}

static void what_is_all_of_named_technicians_leaves_no_row_of_nobody(void **state)
{
    struct shop_test *t = *state;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo", 10000, 0, 0, 1000);
    const struct production_row *rows =
        production(t, "{\"from_on\":\"2026-11-01\",\"by\":\"technician\"}", 2);
    assert_string_equal(rows[0].name, "Mo");
    assert_string_equal(rows[1].name, "All");
}

static void technicians_hours_stand_beside_each_other(void **state)
{
    struct shop_test *t = *state;
    struct technician_report report;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo Haddad", 232290, 0, 0, 16020);
    given_hours(t, "NULL", 0, 149436);
    run_sql(t, "INSERT INTO job (id, repair_order, position, title) VALUES (1, 1, 1, 'Work')");
    given_hours(t, "1", 0, 35604);
    call(t, &report_technicians_op, &report, "{}");
    const struct technician_figures *rows = report.rows.at;
    assert_string_equal(rows[0].name, "Mo Haddad");
    assert_int_equal(rows[0].clocked.thousandths, 9890);
    assert_int_equal(rows[0].attended.thousandths, 41510);
    assert_string_equal(rows[0].efficiency, "161.98");
    assert_string_equal(rows[0].labor_rate, "145.00");
    assert_string_equal(rows[0].productivity, "23.83");
    assert_string_equal(rows[0].proficiency, "38.59");
}

/* 28.50 and 2.28 hours on jobs, of 41.51 that he was there: 74.15 %. */
static void productivity_is_the_hours_on_jobs_of_those_attended(void **state)
{
    struct shop_test *t = *state;
    struct technician_report report;

    given_customer(t);
    given_invoice(t, 1, "2026-11-02", "Ann", "Mo Haddad", 100000, 0, 0, 10000);
    given_hours(t, "NULL", 0, 149436);
    run_sql(t, "INSERT INTO job (id, repair_order, position, title) VALUES (1, 1, 1, 'Work')");
    given_hours(t, "1", 0, 102600);
    given_hours(t, "1", 110000, 118208);
    call(t, &report_technicians_op, &report, "{}");
    const struct technician_figures *rows = report.rows.at;
    assert_int_equal(rows[0].clocked.thousandths, 30780);
    assert_string_equal(rows[0].productivity, "74.15");
}

static void the_close_ratio_counts_a_jobs_last_answer(void **state)
{
    struct shop_test *t = *state;
    struct sold_report report;

    given_customer(t);
    run_sql(t, "INSERT INTO repair_order (id, customer, opened_at, writer) VALUES (1, 1, 0, 2)");
    run_sql(t, "INSERT INTO job (id, repair_order, position, title) VALUES "
               "(1, 1, 1, 'A'), (2, 1, 2, 'B'), (3, 1, 3, 'C')");
    run_sql(t, "INSERT INTO authorization (id, repair_order, at, method, person, added, total, "
               "digest, code) VALUES "
               "(1, 1, strftime('%s', '2026-11-03 18:00'), 'phone', 'M', 0, 0, '', ''), "
               "(2, 1, strftime('%s', '2026-11-04 18:00'), 'phone', 'M', 0, 0, '', '')");
    run_sql(t, "INSERT INTO authorization_job (authorization, job, decision, amount) VALUES "
               "(1, 1, 'authorized', 30000), (1, 2, 'declined', 10000), (1, 3, 'declined', 10000), "
               "(2, 3, 'authorized', 20000)");
    call(t, &report_sold_op, &report, "{\"by\":\"writer\"}");
    const struct sold_row *rows = report.rows.at;
    assert_int_equal(report.rows.count, 2);
    assert_string_equal(rows[0].name, "Ann Walsh");
    assert_int_equal(rows[0].presented, 3);
    assert_int_equal(rows[0].authorized, 2);
    assert_string_equal(rows[0].close_amount, "83.33"); /* 500 of 600 */
    assert_string_equal(rows[0].close_jobs, "66.67");
}

static void days_the_wrong_way_round_are_refused_at_their_field(void **state)
{
    struct shop_test *t = *state;

    expect_status(t, &report_production_op,
                  input_json(t, &report_production_op,
                             "{\"from_on\":\"2026-11-30\",\"to_on\":\"2026-11-01\"}"),
                  NULL, ERR_INVALID);
    assert_field(t, "from_on");
}

static void who_may_not_see_reports_sees_none(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &report_production_op, input_json(t, &report_production_op, "{}"), NULL,
                  ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_average_order_is_sales_by_orders),
        SHOP_TEST(a_core_deposit_is_no_sale),
        SHOP_TEST(weeks_begin_on_monday_and_months_have_names),
        SHOP_TEST(the_effective_labor_rate_is_labor_by_hours),
        SHOP_TEST(the_profit_is_a_share_of_sales_and_not_of_cost),
        SHOP_TEST(nothing_to_divide_by_is_a_dash),
        SHOP_TEST(a_technicians_average_is_of_what_was_done_by_him),
        SHOP_TEST(what_is_all_of_named_technicians_leaves_no_row_of_nobody),
        SHOP_TEST(technicians_hours_stand_beside_each_other),
        SHOP_TEST(productivity_is_the_hours_on_jobs_of_those_attended),
        SHOP_TEST(the_close_ratio_counts_a_jobs_last_answer),
        SHOP_TEST(days_the_wrong_way_round_are_refused_at_their_field),
        SHOP_TEST(who_may_not_see_reports_sees_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
