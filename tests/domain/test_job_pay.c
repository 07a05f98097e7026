/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "book_rows.h"

#include "domain/invoice.h"
#include "domain/order_input.h"
#include "domain/payment.h"
#include "domain/report.h"

static struct order page_of(struct shop_test *t, struct order_id id)
{
    struct order order;

    expect_ok(t, &order_show_op, &(struct order_ref){.order = id}, &order);
    return order;
}

static struct order pay(struct shop_test *t, int64_t job, enum job_pay who, const char *reason)
{
    const struct job_pay_set in = {.job = {job}, .pay = who, .reason = reason};
    struct order order;

    expect_ok(t, &job_pay_op, &in, &order);
    return order;
}

/* Job 1, done: 2 h at 100.00 and a part of the shelf (10.00 each, 2 of them); job 2, done: 1 h at
 * 120.00. Supplies 6 % of labor, taxed with parts at 8.5 % in all. */
static struct order_id given_two_jobs(struct shop_test *t)
{
    given_taxes_of_the_worked_example(t);
    given_part(t, "BP-1210", (struct qty){10000}, USD(100, 0));
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Brakes", "done");
    given_line(t, "labor", 2000, 10000, 3000, 0);
    given_line(t, "part", 2000, 4000, 1000, 1);
    given_line(t, "sublet", 1000, 9000, 7000, 0);
    given_job(t, order, "Diagnosis", "done");
    given_line(t, "labor", 1000, 12000, 0, 0);
    (void)given_authorized(t, order, 0);
    return order;
}

static void the_customer_owes_nothing_for_warranty_work(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_two_jobs(t);

    const struct order before = page_of(t, id);
    assert_int_equal(before.labor.cents, 32000);
    assert_int_equal(before.parts.cents, 8000);

    const struct order after = pay(t, 1, PAY_WARRANTY, "Pads of last month");

    /* 120.00 labor; supplies 6 % = 7.20, tax 8.5 % of them: 0.45 + 0.07 + 0.09. */
    assert_int_equal(after.labor.cents, 12000);
    assert_int_equal(after.parts.cents, 0);
    assert_int_equal(after.sublet.cents, 0);
    assert_int_equal(after.supplies.cents, 720);
    assert_int_equal(after.tax.cents, 45 + 7 + 9);
    assert_int_equal(after.total.cents, 12000 + 720 + 61);
    assert_int_equal(after.cost.cents, before.cost.cents);
    const struct order_job *jobs = after.jobs.at;
    assert_int_equal(jobs[0].amount.cents, 0);
    assert_int_equal(jobs[0].pay, PAY_WARRANTY);
    assert_string_equal(jobs[0].pay_reason, "Pads of last month");

    const struct order again = pay(t, 1, PAY_CUSTOMER, "");
    assert_int_equal(again.total.cents, before.total.cents);
}

static void posting_books_its_cost_to_warranty_not_to_what_was_sold(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_two_jobs(t);
    struct invoice invoice;

    (void)pay(t, 1, PAY_WARRANTY, "Pads of last month");
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, &invoice);

    assert_int_equal(invoice.total.cents, 12781);
    assert_int_equal(invoice.parts.cents, 0);
    /* Two pads of the shelf and the machine shop; hours reach the books through payroll. */
    assert_int_equal(balance_of(t, ACCOUNT_WARRANTY_COST), 2000 + 7000);
    assert_int_equal(balance_of(t, ACCOUNT_INTERNAL_COST), 0);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 0);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_COST), 0);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), 10000 - 2000);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), -7000);
    const struct invoice_job *jobs = invoice.jobs.at;
    assert_int_equal(jobs[0].pay, PAY_WARRANTY);
    assert_int_equal(jobs[1].pay, PAY_CUSTOMER);
    assert_books_agree(t);

    run_sql(t, "DROP TRIGGER invoice_job_is_frozen");
    run_sql(t, "UPDATE invoice_job SET pay = 'internal' WHERE title = 'Brakes'");
    assert_books_disagree(t, "internal work");
}

static void what_nobody_was_charged_for_is_reported_by_who_paid(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_two_jobs(t);
    const struct report_query month = {.by = REPORT_MONTH};
    struct production_report production;
    struct pay_report report;
    struct invoice invoice;

    (void)pay(t, 1, PAY_WARRANTY, "Pads of last month");
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, &invoice);
    expect_ok(t, &report_pay_op, &month, &report);

    const struct pay_figures *row = report.rows.at;
    assert_int_equal(report.rows.count, 3);
    assert_int_equal(row[PAY_CUSTOMER].sales.cents, 12000);
    assert_int_equal(row[PAY_CUSTOMER].hours.thousandths, 1000);
    assert_int_equal(row[PAY_INTERNAL].jobs, 0);
    assert_int_equal(row[PAY_WARRANTY].jobs, 1);
    assert_int_equal(row[PAY_WARRANTY].sales.cents, 0);
    assert_int_equal(row[PAY_WARRANTY].worth.cents, 20000 + 8000 + 9000);
    assert_int_equal(row[PAY_WARRANTY].cost.cents, 6000 + 2000 + 7000);
    assert_string_equal(row[PAY_WARRANTY].jobs_percent, "50.00");

    /* An hour that nobody was charged for does not lower the effective labor rate. */
    expect_ok(t, &report_production_op, &month, &production);
    const struct production_row *produced = production.rows.at;
    assert_string_equal(produced[0].labor_rate, "120.00");
}

static void an_order_that_is_all_internal_is_paid_when_it_is_posted(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_two_jobs(t);
    struct invoice invoice;

    (void)pay(t, 1, PAY_INTERNAL, "The shop's own truck");
    const struct order free = pay(t, 2, PAY_INTERNAL, "The shop's own truck");
    assert_int_equal(free.total.cents, 0);
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, &invoice);

    assert_int_equal(invoice.status, INVOICE_PAID);
    assert_int_equal(balance_of(t, ACCOUNT_INTERNAL_COST), 9000);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 0);
    assert_string_equal(ask_text(t, "SELECT state FROM repair_order"), "paid");
    assert_books_agree(t);
}

static void discounts_leave_alone_what_the_customer_does_not_pay(void **state)
{
    struct shop_test *t = *state;

    const struct order_id id = given_two_jobs(t);
    run_sql(t, "UPDATE line SET discount_amount = 5000 WHERE id = 1");
    run_sql(t, "INSERT INTO discount (repair_order, job, amount, applies_to)\n"
               "VALUES (10001, 1, 1000, 'all')");
    run_sql(t, "INSERT INTO discount (repair_order, percent, applies_to)\n"
               "VALUES (10001, 100000, 'labor')");

    const struct order after = pay(t, 1, PAY_WARRANTY, "Pads of last month");

    assert_int_equal(after.id.v, id.v);
    assert_int_equal(after.labor.cents, 10800);
    assert_int_equal(after.discount.cents, 1200);
}

static void who_pays_needs_a_reason_and_the_right_to_discount(void **state)
{
    struct shop_test *t = *state;

    (void)given_two_jobs(t);
    const struct job_pay_set in = {.job = {1}, .pay = PAY_WARRANTY, .reason = ""};
    expect_status(t, &job_pay_op, &in, NULL, ERR_INVALID);
    assert_field(t, "reason");

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &job_pay_op, &(struct job_pay_set){{1}, PAY_WARRANTY, "Mine", 0}, NULL,
                  ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    expect_status(t, &job_pay_op, &(struct job_pay_set){{1}, PAY_WARRANTY, "Mine", 99}, NULL,
                  ERR_STALE);
}

static void taken_back_to_the_customer_it_is_asked_again(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_two_jobs(t);
    struct order order;

    (void)pay(t, 1, PAY_WARRANTY, "Pads of last month");
    run_sql(t, "UPDATE job SET state = 'presented', authorized = 0");
    run_sql(t, "UPDATE repair_order SET authorized = 0");
    const struct order_authorize in = {.order = id,
                                       .method = METHOD_IN_PERSON,
                                       .person = "Maria",
                                       .contacted = "",
                                       .reason = "",
                                       .note = ""};
    expect_ok(t, &order_authorize_op, &in, &order);
    assert_int_equal(order.authorized.cents, 12781);

    const struct order after = pay(t, 1, PAY_CUSTOMER, "");
    const struct order_job *jobs = after.jobs.at;
    assert_true(jobs[0].needs_authorization);
    assert_false(jobs[1].needs_authorization);
    expect_status(t, &invoice_post_op, &(struct invoice_post){.order = id}, NULL, ERR_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_customer_owes_nothing_for_warranty_work),
        SHOP_TEST(posting_books_its_cost_to_warranty_not_to_what_was_sold),
        SHOP_TEST(what_nobody_was_charged_for_is_reported_by_who_paid),
        SHOP_TEST(an_order_that_is_all_internal_is_paid_when_it_is_posted),
        SHOP_TEST(discounts_leave_alone_what_the_customer_does_not_pay),
        SHOP_TEST(who_pays_needs_a_reason_and_the_right_to_discount),
        SHOP_TEST(taken_back_to_the_customer_it_is_asked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
