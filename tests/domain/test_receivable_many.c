/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Receivables of a big shop: 100,000 customers, 300,000 invoices, of which 20,000 are open. */

#include "shop.h"

#include <time.h>

#include "domain/customer.h"
#include "domain/receivable.h"

/* Every invoice is 100.00. Number n is customer n % 100,000's; every 15th is open, the others paid;
 * they were due over the last 300 days. */
static void given_a_big_shop(struct shop_test *t)
{
    run_sql(t, "INSERT INTO customer (name, name_key, last_name, terms_days, created_at)\n"
               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)\n"
               "SELECT 'Customer ' || i, 'customer ' || i, 'Customer ' || i, 30, 0 FROM n");
    run_sql(t, "INSERT INTO invoice (id, kind, customer, posted_on, posted_at, due_on, bill_to,\n"
               "  labor, parts, sublet, fees, supplies, discount, tax, total, cost, paid)\n"
               "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 300000)\n"
               "SELECT 20001 + i, 'charge', 1 + i % 100000, '2026-01-01', 0,\n"
               "  date('2026-11-24', '-' || (i % 300) || ' days'), '', 10000, 0, 0, 0, 0, 0, 0,\n"
               "  10000, 0, CASE WHEN i % 15 = 0 THEN 0 ELSE 10000 END FROM n");
    run_sql(t, "INSERT INTO account_day (account, day, debit)\n"
               "SELECT id, '2026-01-01', 200000000 FROM account WHERE role = 'receivable'");
    run_sql(t, "UPDATE customer SET owes = (SELECT ifnull(sum(total - paid), 0) FROM invoice\n"
               "  WHERE customer = customer.id AND paid < total AND state = 'posted')");
}

static double cpu_ms(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

static void who_owes_in_a_big_shop_is_told_at_once(void **state)
{
    struct shop_test *t = *state;
    struct receivable_report report;
    struct statement statement;
    struct customer customer;

    given_a_big_shop(t);
    double began = cpu_ms();
    expect_ok(t, &receivable_aging_op, &(struct receivable_query){0}, &report);
    const double whole = cpu_ms() - began;
    assert_int_equal(report.aged.owes.cents, 200000000);
    assert_int_equal(report.customers, (int64_t)report.rows.count);

    const struct customer_id one = {((const struct receivable_row *)report.rows.at)->id.v};
    const struct statement_query of_one = {.customer = one};
    began = cpu_ms();
    expect_ok(t, &receivable_statement_op, &of_one, &statement);
    expect_ok(t, &customer_show_op, &(struct customer_key){one}, &customer);
    const double single = cpu_ms() - began;
    assert_true(statement.aged.owes.cents > 0);
    assert_int_equal(customer.owes.cents, statement.aged.owes.cents);

    print_message("aging of 20,000 open invoices, %lld customers: %.1f ms; one customer: %.2f ms\n",
                  (long long)report.customers, whole, single);
    assert_true(whole < 1000); /* generous: a scan of all invoices and customers is far above */
    assert_true(single < 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(who_owes_in_a_big_shop_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
