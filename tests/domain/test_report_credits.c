/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What every report counts, on one history worked out by hand: an invoice of which some is credited
 * the next day, an invoice that is taken back, a charge without an order, a gift certificate sold
 * and a job of the shop's warranty. */

#include "books.h"
#include "days.h"
#include "orders.h"

#include "domain/credit.h"
#include "domain/gift.h"
#include "domain/receivable.h"
#include "domain/report.h"
#include "domain/stock.h"

#define MONTH        "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\"}"
#define CREDITED_DAY "{\"from_on\":\"2026-11-25\",\"to_on\":\"2026-11-25\"}"

static long long line_number(struct shop_test *t, const char *words)
{
    return (long long)ask_number(
        t, arena_printf(&t->arena,
                        "SELECT min(id) FROM invoice_line WHERE description = '%s' OR kind = '%s'",
                        words, words));
}

static void confirm(struct shop_test *t)
{
    expect_ok(t, &session_confirm_op, &(struct confirm){.password = "correct horse battery"}, NULL);
}

static void shelf(struct shop_test *t, const char *part, const char *on_hand, const char *cost)
{
    call(t, &part_adjust_op, NULL,
         "{\"part\":%s,\"on_hand\":\"%s\",\"unit_cost\":\"%s\","
         "\"reason\":\"counted\"}",
         part, on_hand, cost);
}

/* Labor 2.5 h x 145.00 = 362.50, two pads 179.90 that cost 82.00, 5.5 quarts 41.20 that cost 22.55,
 * supplies 21.75: all by Mo. */
static void given_brakes_invoiced(struct shop_test *t)
{
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    shelf(t, "1", "10", "41.00");
    shelf(t, "2", "20", "4.10");
    authorize(t, order.id.v);
    run_sql(t, arena_printf(&t->arena, "UPDATE job SET technician = %lld",
                            (long long)t->users[ROLE_TECHNICIAN].v));
    change(t, &job_start_op, "{\"job\":%lld}", job);
    change(t, &job_done_op, "{\"job\":%lld}", job);
    call(t, &invoice_post_op, NULL, "{\"order\":10001}");
    confirm(t);
}

/* What counts for nothing: a second order's invoice that is taken back, a charge, a certificate. */
static void given_what_is_not_counted(struct shop_test *t)
{
    struct order order = change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1}");

    order = given_another_job(t, order.id.v, "Diagnosis");
    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    call(t, &invoice_post_op, NULL, "{\"order\":10002}");
    call(t, &invoice_unpost_op, NULL, "{\"invoice\":20002,\"reason\":\"The wrong order\"}");
    call(t, &invoice_charge_op, NULL,
         "{\"customer\":1,\"description\":\"Storage\",\"amount\":\"125.00\"}");
    call(t, &gift_sell_op, NULL, "{\"customer\":1,\"amount\":\"50.00\"}");
}

/* The day after: one pad back on the shelf, the oil thrown away, an hour of labor given back. */
static void given_credits(struct shop_test *t)
{
    days_later(t, 1);
    call(t, &credit_issue_op, NULL,
         "{\"invoice\":20001,\"reason\":\"Pad not used, oil spilled\","
         "\"lines\":[{\"line\":%lld,\"quantity\":\"1\",\"back\":"
         "\"restock\"},{\"line\":%lld,\"back\":\"scrap\"},"
         "{\"line\":%lld,\"quantity\":\"1\"}]}",
         line_number(t, "Brake pads"), line_number(t, "0W-20 oil, quart"), line_number(t, "labor"));
}

static void given_history(struct shop_test *t)
{
    given_brakes_invoiced(t);
    given_what_is_not_counted(t);
    given_credits(t);
    assert_books_agree(t);
}

static void production_takes_credit_memos_off_and_counts_no_charge(void **state)
{
    struct shop_test *t = *state;
    struct production_report report;

    given_history(t);
    expect_ok(t, &report_production_op, input_json(t, &report_production_op, MONTH), &report);
    const struct production_row *row = report.rows.at;
    assert_int_equal(report.rows.count, 2);
    assert_int_equal(row->orders, 1);
    assert_int_equal(row->labor.cents, 36250 - 14500);
    assert_int_equal(row->parts.cents, 17990 + 4120 - 8995 - 4120);
    assert_int_equal(row->other.cents, 2175);
    assert_int_equal(row->sales.cents, 32920);
    assert_int_equal(row->cost.cents, 8200 + 2255 - 4100);
    assert_string_equal(row->profit_percent, "80.70"); /* 265.65 / 329.20 */
    assert_string_equal(row->aro, "329.20");
    assert_int_equal(row->hours.thousandths, 1500);
    assert_string_equal(row->labor_rate, "145.00"); /* 217.50 / 1.5 */

    expect_ok(t, &report_production_op, input_json(t, &report_production_op, CREDITED_DAY),
              &report);
    row = report.rows.at;
    assert_int_equal(row->orders, 0);
    assert_int_equal(row->sales.cents, -14500 - 8995 - 4120);
    assert_string_equal(row->aro, "-");
}

static void who_paid_counts_the_same_hours_and_money(void **state)
{
    struct shop_test *t = *state;
    struct pay_report report;

    given_history(t);
    expect_ok(t, &report_pay_op, input_json(t, &report_pay_op, MONTH), &report);
    const struct pay_figures *row = report.rows.at;
    assert_int_equal(row[PAY_CUSTOMER].jobs, 1);
    assert_int_equal(row[PAY_CUSTOMER].hours.thousandths, 1500);
    assert_int_equal(row[PAY_CUSTOMER].worth.cents, 21750 + 8995);
    assert_int_equal(row[PAY_CUSTOMER].sales.cents, 21750 + 8995);
    assert_int_equal(row[PAY_CUSTOMER].cost.cents, 4100 + 2255);
    assert_string_equal(row[PAY_CUSTOMER].jobs_percent, "100.00");

    expect_ok(t, &report_pay_op, input_json(t, &report_pay_op, CREDITED_DAY), &report);
    row = report.rows.at;
    assert_int_equal(row[PAY_CUSTOMER].jobs, 0);
    assert_int_equal(row[PAY_CUSTOMER].hours.thousandths, -1000);
    assert_int_equal(row[PAY_CUSTOMER].sales.cents, -14500 - 8995 - 4120);
    assert_int_equal(row[PAY_CUSTOMER].cost.cents, -4100);
    assert_string_equal(row[PAY_CUSTOMER].jobs_percent, "-");
}

static void a_technicians_flagged_hours_go_back(void **state)
{
    struct shop_test *t = *state;
    struct technician_report report;

    given_history(t);
    expect_ok(t, &report_technicians_op, input_json(t, &report_technicians_op, MONTH), &report);
    const struct technician_figures *row = report.rows.at;
    assert_string_equal(row->name, "Mo Haddad");
    assert_int_equal(row->billed.thousandths, 1500);
    assert_int_equal(row->charged.thousandths, 1500);
    assert_int_equal(row->labor.cents, 21750);
    assert_string_equal(row->labor_rate, "145.00");
}

static void usage_takes_off_what_came_back_on_its_own_day(void **state)
{
    struct shop_test *t = *state;
    struct stock_usage_report report;

    given_history(t);
    expect_ok(t, &stock_usage_op, input_json(t, &stock_usage_op, MONTH), &report);
    const struct stock_usage_row *row = report.rows.at;
    assert_int_equal(report.rows.count, 2);
    assert_string_equal(row[0].key, "BP-1210");
    assert_int_equal(row[0].quantity.thousandths, 1000);
    assert_int_equal(row[0].sales.cents, 8995);
    assert_int_equal(row[0].cost.cents, 4100);
    assert_int_equal(row[1].quantity.thousandths, 0); /* scrapped: paid for all the same */
    assert_int_equal(row[1].sales.cents, 0);
    assert_int_equal(row[1].cost.cents, 2255);
    assert_string_equal(row[1].margin_percent, "-");
    assert_string_equal(report.margin_percent, "29.35"); /* (89.95 - 63.55) / 89.95 */

    expect_ok(t, &stock_usage_op, input_json(t, &stock_usage_op, CREDITED_DAY), &report);
    row = report.rows.at;
    assert_int_equal(row[1].quantity.thousandths, -1000);
    assert_int_equal(row[1].sales.cents, -8995);
    assert_int_equal(report.cost.cents, -4100);

    call(t, &stock_usage_op, &report,
         "{\"invoice\":20001,\"by\":\"technician\",\"from_on\":\"2026-11-24\","
         "\"to_on\":\"2026-11-24\"}");
    row = report.rows.at;
    assert_int_equal(report.rows.count, 1);
    assert_string_equal(row->name, "Mo Haddad");
    assert_int_equal(row->sales.cents, 8995);
}

static void every_part_line_says_what_came_back_of_it(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_history(t);
    call(t, &stock_used_op, &page, "{\"search\":\"BP-1210\"}");
    const struct stock_used_row *row = page.rows.at;
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(row->quantity.thousandths, 1000);
    assert_int_equal(row->returned.thousandths, 1000);
    assert_int_equal(row->sales.cents, 8995);
    assert_int_equal(row->cost.cents, 4100);
    assert_int_equal(row->margin.cents, 4895);
}

/* The customer is given the price of the other pad, and keeps it. */
static void a_part_that_is_credited_and_kept_was_used(void **state)
{
    struct shop_test *t = *state;
    struct stock_usage_report report;
    struct page page;

    given_history(t);
    call(t, &credit_issue_op, NULL,
         "{\"invoice\":20001,\"reason\":\"Goodwill\",\"lines\":["
         "{\"line\":%lld,\"quantity\":\"1\",\"back\":\"kept\"}]}",
         line_number(t, "Brake pads"));
    call(t, &stock_usage_op, &report,
         "{\"part\":1,\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\"}");
    assert_int_equal(report.quantity.thousandths, 1000);
    assert_int_equal(report.sales.cents, 0);
    assert_int_equal(report.cost.cents, 4100);
    call(t, &stock_used_op, &page, "{\"part\":1}");
    const struct stock_used_row *row = page.rows.at;
    assert_int_equal(row->quantity.thousandths, 1000);
    assert_int_equal(row->margin.cents, -4100);
}

/* Invoiced 626.00, 125.00 and 50.00; credited 145.00 + 89.95 + 41.20 with 8.20 + 1.31 + 1.64 of tax
 * = 287.30, which nobody owes either: 513.70 / 513.70 x 25 days. */
static void days_of_sales_take_credit_memos_off(void **state)
{
    struct shop_test *t = *state;
    struct dso_report report;

    given_history(t);
    call(t, &receivable_dso_op, &report, "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-25\"}");
    const struct dso_row *row = report.rows.at;
    assert_int_equal(row->invoiced.cents, 62600 + 12500 + 5000 - 28730);
    assert_int_equal(row->receivable.cents, 51370);
    assert_string_equal(row->dso, "25.00");
    expect_ok(t, &receivable_dso_op, input_json(t, &receivable_dso_op, CREDITED_DAY), &report);
    assert_string_equal(((const struct dso_row *)report.rows.at)->dso, "-");
}

/* 100.00 for one hour to the customer, two hours of warranty: the rate is 100.00, not 33.33. */
static void an_hour_nobody_pays_for_is_billed_but_not_charged(void **state)
{
    struct shop_test *t = *state;
    struct technician_report report;
    struct order order = given_order(t);

    order = given_another_job(t, order.id.v, "Diagnosis");
    order = change(t, &job_add_op, "{\"order\":10001,\"title\":\"Again\"}");
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"2\",\"rate\":\"100.00\"}",
           job_id_of(&order, 2));
    change(t, &job_pay_op, "{\"job\":%lld,\"pay\":\"warranty\",\"reason\":\"Noise is back\"}",
           job_id_of(&order, 2));
    authorize(t, 10001);
    for (size_t i = 1; i <= 2; i++) {
        change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, i));
        change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, i));
    }
    call(t, &invoice_post_op, NULL, "{\"order\":10001}");
    expect_ok(t, &report_technicians_op, input_json(t, &report_technicians_op, MONTH), &report);
    const struct technician_figures *row = report.rows.at;
    assert_int_equal(row->billed.thousandths, 3000);
    assert_int_equal(row->charged.thousandths, 1000);
    assert_string_equal(row->labor_rate, "100.00");
}

/* Presented: 300.00 yes, 100.00 no, and a free check: 300 / 400 and 1 / 2. */
static void a_free_job_is_not_sold(void **state)
{
    struct shop_test *t = *state;
    struct sold_report report;
    struct order order = given_order(t);

    order = change(t, &job_add_op, "{\"order\":10001,\"title\":\"Brakes\"}");
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"3\",\"rate\":\"100.00\"}",
           job_id_of(&order, 1));
    order = given_another_job(t, 10001, "Hoses");
    order = change(t, &job_add_op, "{\"order\":10001,\"title\":\"Free check\"}");
    change(t, &order_authorize_op,
           "{\"order\":10001,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"},"
           "{\"job\":%lld,\"decision\":\"declined\",\"reason\":\"Later\"},"
           "{\"job\":%lld,\"decision\":\"authorized\"}]}",
           job_id_of(&order, 1), job_id_of(&order, 2), job_id_of(&order, 3));
    call(t, &report_sold_op, &report, "{\"by\":\"writer\"}");
    const struct sold_row *row = report.rows.at;
    assert_int_equal(row->presented, 2);
    assert_int_equal(row->authorized, 1);
    assert_string_equal(row->close_amount, "75.00");
    assert_string_equal(row->close_jobs, "50.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(production_takes_credit_memos_off_and_counts_no_charge),
        SHOP_TEST(who_paid_counts_the_same_hours_and_money),
        SHOP_TEST(a_technicians_flagged_hours_go_back),
        SHOP_TEST(usage_takes_off_what_came_back_on_its_own_day),
        SHOP_TEST(every_part_line_says_what_came_back_of_it),
        SHOP_TEST(a_part_that_is_credited_and_kept_was_used),
        SHOP_TEST(days_of_sales_take_credit_memos_off),
        SHOP_TEST(an_hour_nobody_pays_for_is_billed_but_not_charged),
        SHOP_TEST(a_free_job_is_not_sold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
