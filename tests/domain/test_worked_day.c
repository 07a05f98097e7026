/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A day of a shop, worked out by hand before it was tried: three orders, a deposit, a core, a
 * credit memo, a refund, the drawer, the trial balance in the evening, and a late fee weeks later.
 *
 * On the shelf: 100 quarts of oil at 4.10, ten pads at 41.00, two alternators at 120.00 with a core
 * of 40.00: 410.00 + 410.00 + 240.00 = 1,060.00. Taxes and supplies are those of worked example A.
 */

#include <stdarg.h>

#include "domain/closed_day.h"
#include "domain/late_fee.h"
#include "paid.h"

/* An operation by name; the number of what comes back. */
static int64_t PRINTF_LIKE(3, 4) done(struct shop_test *t, const char *name, const char *json, ...)
{
    const struct op *op = op_find(name);
    int64_t id = 0;
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    if (op == NULL)
        fail_msg("There is no operation %s.", name);
    void *out = arena_alloc(&t->arena, (op->out != NULL ? op->out->size : 0) + 64);
    expect_ok(t, op, input_json(t, op, text), out);
    memcpy(&id, out, sizeof id);
    return id;
}

static void given_shop(struct shop_test *t)
{
    given_taxes_of_the_worked_example(t);
    given_customer(t, "Maria", 0);
    given_customer(t, "Fleet", 30);
    done(t, "part.add",
         "{\"sku\": \"OIL-Q\", \"name\": \"Oil, quart\", \"price\": \"7.49\", \"cost\": \"4.10\","
         " \"on_hand\": \"100\"}");
    done(t, "part.add",
         "{\"sku\": \"PAD\", \"name\": \"Pad\", \"price\": \"89.95\", \"cost\": \"41\","
         " \"on_hand\": \"10\"}");
    done(t, "part.add",
         "{\"sku\": \"ALT\", \"name\": \"Alternator\", \"price\": \"200\", \"cost\": \"120\","
         " \"core\": \"40\", \"on_hand\": \"2\"}");
}

static void finish(struct shop_test *t, int64_t order, int64_t job)
{
    done(t, "estimate.authorize", "{\"order\": %lld, \"method\": \"in_person\"}", (long long)order);
    done(t, "job.done", "{\"job\": %lld}", (long long)job);
}

/* 362.50 labor; 179.90 + 41.20 parts, less 10 % = 22.11, so 161.91 + 37.08; supplies 21.75; tax
 * 13.80 + 2.21 + 2.76. Cost 2 x 41.00 + 5.5 x 4.10 = 104.55. */
static void worked_example_a(struct shop_test *t)
{
    done(t, "estimate.start", "{\"customer\": 1, \"concern\": \"Brakes\"}");
    done(t, "estimate.add-labor", "{\"job\": 1, \"hours\": \"2.5\", \"rate\": \"145\"}");
    done(t, "estimate.add-part", "{\"job\": 1, \"sku\": \"PAD\", \"quantity\": \"2\"}");
    done(t, "estimate.add-part", "{\"job\": 1, \"sku\": \"OIL-Q\", \"quantity\": \"5.5\"}");
    done(t, "estimate.discount",
         "{\"order\": 10001, \"percent\": \"10\", \"applies_to\": \"parts\","
         " \"reason\": \"Regular\"}");
    finish(t, 10001, 1);
    assert_int_equal(done(t, "invoice.post", "{\"order\": 10001}"), 20001);
    assert_int_equal(ask_number(t, "SELECT total FROM invoice WHERE id = 20001"), 60201);
    assert_int_equal(ask_number(t, "SELECT cost FROM invoice WHERE id = 20001"), 10455);
}

/* 1.3 h x 145.00 = 188.50, less 5 % = 9.425, so 9.43: 179.07. Alternator 200.00, core 40.00.
 * Supplies 6 % = 10.7442, so 10.74. Tax on 210.74: 13.17125, 2.1074, 2.63425: 13.17 + 2.11 + 2.63
 * = 17.91. Together 447.72. */
static void an_alternator_on_account(struct shop_test *t)
{
    done(t, "estimate.start", "{\"customer\": 2, \"concern\": \"No charge\"}");
    done(t, "estimate.add-labor", "{\"job\": 2, \"hours\": \"1.3\", \"rate\": \"145\"}");
    done(t, "estimate.edit-line",
         "{\"line\": 4, \"discount_ppm\": \"5\", \"price_reason\": \"Fleet\"}");
    done(t, "estimate.add-part", "{\"job\": 2, \"sku\": \"ALT\", \"quantity\": \"1\"}");
    finish(t, 10002, 2);
    assert_int_equal(done(t, "invoice.post", "{\"order\": 10002}"), 20002);
    assert_int_equal(ask_number(t, "SELECT total FROM invoice WHERE id = 20002"), 44772);
    assert_int_equal(ask_number(t, "SELECT tax FROM invoice WHERE id = 20002"), 1791);
}

/* Nothing to the customer; a pad of 41.00 to the warranty. */
static void a_pad_under_warranty(struct shop_test *t)
{
    done(t, "estimate.start", "{\"customer\": 1, \"concern\": \"Squeals again\"}");
    done(t, "estimate.add-labor", "{\"job\": 3, \"hours\": \"0.5\", \"rate\": \"145\"}");
    done(t, "estimate.add-part", "{\"job\": 3, \"sku\": \"PAD\", \"quantity\": \"1\"}");
    done(t, "job.pay", "{\"job\": 3, \"pay\": \"warranty\", \"reason\": \"Pad of this morning\"}");
    done(t, "job.done", "{\"job\": 3}");
    done(t, "invoice.post", "{\"order\": 10003}");
    assert_int_equal(ask_number(t, "SELECT total FROM invoice WHERE id = 20003"), 0);
}

/* A deposit of 100.00, 400.00 by card, and 120.00 in cash for the 102.01 that are left. */
static void maria_pays(struct shop_test *t)
{
    done(t, "payment.take",
         "{\"invoice\": 20001, \"use_credit\": \"100\", \"tenders\": ["
         "{\"method\": \"card\", \"amount\": \"400\", \"card_last4\": \"4242\"},"
         "{\"method\": \"cash\", \"amount\": \"120\"}]}");
    assert_int_equal(ask_number(t, "SELECT change FROM payment WHERE change > 0"), 1799);
    assert_int_equal(ask_number(t, "SELECT total - paid FROM invoice WHERE id = 20001"), 0);
}

/* One of two pads for 161.91: 80.955, so 80.96, with 5.06 + 0.81 + 1.01 of tax: 87.84; its 41.00
 * are on the shelf again. Paid back in cash. */
static void a_pad_comes_back(struct shop_test *t)
{
    const int64_t line = ask_number(t, "SELECT id FROM invoice_line WHERE net = 16191");

    done(t, "credit.issue",
         "{\"invoice\": 20001, \"reason\": \"Not needed\", \"lines\": ["
         "{\"line\": %lld, \"quantity\": \"1\", \"back\": \"restock\"}]}",
         (long long)line);
    assert_int_equal(ask_number(t, "SELECT total FROM credit_memo"), 8784);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer WHERE id = 1"), 8784);
    done(t, "payment.refund",
         "{\"payment\": %lld, \"amount\": \"87.84\", \"to\": \"cash\", \"reason\": \"Not needed\"}",
         (long long)ask_number(t, "SELECT max(id) FROM payment"));
}

/* The old alternator is here: 40.00 of credit, which the open invoice takes. 407.72 stay. */
static void the_core_comes_back(struct shop_test *t)
{
    done(t, "core.refund", "{\"core\": 1}");
    assert_int_equal(ask_number(t, "SELECT credit FROM customer WHERE id = 2"), 4000);
    done(t, "payment.apply", "{\"payment\": %lld, \"invoice\": 20002, \"amount\": \"40\"}",
         (long long)ask_number(t, "SELECT max(id) FROM payment"));
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 2"), 40772);
}

/* 150.00 + 100.00 + 102.01 - 87.84 - 18.40 - 200.00 = 45.77; 45.00 are there. */
static void the_drawer_is_counted(struct shop_test *t)
{
    done(t, "drawer.pay-out", "{\"amount\": \"18.40\", \"reason\": \"Towels\"}");
    done(t, "drawer.drop", "{\"amount\": \"200\", \"place\": \"safe\"}");
    done(t, "drawer.count", "{\"total\": \"45\", \"reason\": \"Short\"}");
}

static void the_day(struct shop_test *t)
{
    given_shop(t);
    done(t, "drawer.open", "{\"amount\": \"150\", \"place\": \"safe\"}");
    done(t, "payment.deposit", "{\"customer\": 1, \"method\": \"cash\", \"amount\": \"100\"}");
    worked_example_a(t);
    an_alternator_on_account(t);
    a_pad_under_warranty(t);
    maria_pays(t);
    a_pad_comes_back(t);
    the_core_comes_back(t);
    the_drawer_is_counted(t);
}

static void the_trial_balance_of_the_evening_is_the_one_by_hand(void **state)
{
    struct shop_test *t = *state;
    static const struct {
        enum account_role account;
        int64_t balance;
    } evening[] = {
        {ACCOUNT_CASH, 4500},
        {ACCOUNT_UNDEPOSITED, 20000 - 15000},
        {ACCOUNT_CARD_CLEARING, 40000},
        {ACCOUNT_RECEIVABLE, 40772},
        {ACCOUNT_INVENTORY, 106000 - 10455 - 12000 - 4100 + 4100},
        {ACCOUNT_CUSTOMER_CREDIT, 0},
        {ACCOUNT_CORE_DEPOSIT, 0},
        {ACCOUNT_TAX_PAYABLE, -(1877 + 1791 - 688)},
        {ACCOUNT_LABOR_SALES, -(36250 + 17907)},
        {ACCOUNT_PART_SALES, -(19899 + 20000 - 8096)},
        {ACCOUNT_SUPPLIES_SALES, -(2175 + 1074)},
        {ACCOUNT_PART_COST, 10455 + 12000 - 4100},
        {ACCOUNT_WARRANTY_COST, 4100},
        {ACCOUNT_PETTY_EXPENSE, 1840},
        {ACCOUNT_CASH_SHORT, 77},
        {ACCOUNT_STOCK_ADJUSTMENT, -106000}, /* was there when it was added */
    };
    int64_t debit = 0, sum = 0;

    the_day(t);
    for (size_t i = 0; i < COUNT_OF(evening); i++) {
        assert_int_equal(balance_of(t, evening[i].account), evening[i].balance);
        debit += evening[i].balance > 0 ? evening[i].balance : 0;
        sum += evening[i].balance;
    }
    assert_int_equal(sum, 0); /* so no other account has anything */
    assert_int_equal(debit, 198189);
    assert_books_agree(t);
}

static void the_z_report_says_what_the_day_was(void **state)
{
    struct shop_test *t = *state;
    const struct day_close in = {.note = ""};
    struct day_report z;

    the_day(t);
    expect_ok(t, op_find("day.close"), &in, &z);
    assert_int_equal(z.before.cents + z.brought.cents, 15000);
    assert_int_equal(z.taken.cents, 10000 + 10201);
    assert_int_equal(z.refunds.cents, 8784);
    assert_int_equal(z.pay_outs.cents, 1840);
    assert_int_equal(z.drops.cents, 20000);
    assert_int_equal(z.over_short.cents, -77);
    assert_int_equal(z.cash.cents, 4500);
    assert_int_equal(z.receivable.cents, 40772);
    assert_int_equal(z.credit.cents, 0);
    assert_int_equal(z.tax_total.cents, 1877 + 1791 - 688);
    assert_int_equal(z.sales_total.cents, 54157 + 31803 + 3249);
    assert_int_equal(z.first_invoice, 20001);
    assert_int_equal(z.last_invoice, 20003);
}

/* Due on 24 December; the grace of ten days is over on 4 January. 18 % a year is 1.5 % a month:
 * 407.72 x 1.5 % = 6.1158. */
static void what_the_fleet_owes_costs_a_late_fee_once(void **state)
{
    struct shop_test *t = *state;
    const struct late_fee_charge in = {.total = {NUMBER_NONE}};

    the_day(t);
    done(t, "late-fee.set",
         "{\"charged\": \"rate\", \"yearly\": \"18\", \"grace_days\": 10, \"on_fees\": false}");
    days_later(t, 40);
    expect_status(t, &late_fee_charge_op, &in, NULL, ERR_CONFLICT);
    days_later(t, 1);
    expect_ok(t, &late_fee_charge_op, &in, NULL);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 2"), 40772 + 612);
    expect_status(t, &late_fee_charge_op, &in, NULL, ERR_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_trial_balance_of_the_evening_is_the_one_by_hand),
        SHOP_TEST(the_z_report_says_what_the_day_was),
        SHOP_TEST(what_the_fleet_owes_costs_a_late_fee_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
