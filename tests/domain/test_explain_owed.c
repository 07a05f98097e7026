/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is owed, explained: by customers on any day, in days of sales, on certificates, and as late
 * fees. The shop's clock begins on 24 November 2026. */

#include "calls.h"
#include "explains.h"
#include "paid.h"

#include "domain/gift.h"
#include "domain/late_fee.h"
#include "domain/receivable.h"

static const struct customer_id FLEET = {2};

static const char *day_text(struct shop_test *t, int64_t days)
{
    return arena_text(&t->arena, day_add((struct day){"2026-11-24"}, (int)days).iso);
}

/* Day 0: 300.00 on 30 days; day 5: 100.00; day 10: a check of 150.00 on the first, of which 50.00
 * are taken off again on day 20; day 12: a deposit of 20.00. */
static void given_a_fleet_that_pays_slowly(struct shop_test *t)
{
    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Delano Fleet", 30);
    const struct invoice_id first = given_invoice_of(t, FLEET, USD(300, 0));
    on_day(t, 5);
    (void)given_invoice_of(t, FLEET, USD(100, 0));
    on_day(t, 10);
    const struct payment_id check = given_payment(t, first, PAY_CHECK, USD(150, 0));
    on_day(t, 12);
    call(t, &payment_deposit_op, NULL,
         "{\"customer\":2,\"method\":\"check\",\"amount\":\"20.00\",\"check_number\":\"7\"}");
    on_day(t, 20);
    call(t, &payment_unapply_op, NULL, "{\"payment\":%lld,\"invoice\":%lld,\"amount\":\"50.00\"}",
         (long long)check.v, (long long)first.v);
}

static struct explanation owed_on(struct shop_test *t, const char *day)
{
    const struct explanation all =
        explain(t, &receivable_explain_op,
                arena_printf(&t->arena, "{\"customer\":2,\"as_of\":\"%s\"}", day));

    assert_adds_up(&all);
    return all;
}

/* Day 4: 300.00. Day 11: 300.00 - 150.00 + 100.00 = 250.00. Day 15: 250.00 and 20.00 in credit.
 * Day 34: 200.00 due 4 days ago, 100.00 not yet; 50.00 + 20.00 in credit. */
static void what_was_owed_on_a_past_day_is_told_by_what_made_it_then(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet_that_pays_slowly(t);
    on_day(t, 34);
    struct explanation all = owed_on(t, day_text(t, 4));
    assert_string_equal(row_of(&all, "owes")->value, "300.00");
    assert_string_equal(row_of(&all, "current")->value, "300.00");
    assert_string_equal((row_of(&all, "current") + 1)->formula, "300.00 - 0.00 paid");
    all = owed_on(t, day_text(t, 11));
    assert_string_equal(row_of(&all, "owes")->value, "250.00");
    const struct explain_row *first = row_of(&all, "current") + 1;
    assert_string_equal(first->value, "150.00");
    assert_string_equal(first[2].noun, "payment");
    assert_string_equal(first[2].value, "-150.00");
    assert_string_equal(row_of(&all, "credit")->value, "0.00");
    all = owed_on(t, day_text(t, 15));
    assert_string_equal(row_of(&all, "balance")->value, "230.00");
    all = owed_on(t, "");
    assert_string_equal(row_of(&all, "to-30")->value, "200.00");
    assert_string_equal((row_of(&all, "to-30") + 1)->rule, "Due 24 Dec 2026: 4 days past due.");
    assert_string_equal(row_of(&all, "current")->value, "100.00");
    assert_string_equal(row_of(&all, "credit")->value, "70.00");
    assert_string_equal(row_of(&all, "balance")->value, "230.00");
    expect_status(
        t, &receivable_explain_op,
        input_json(t, &receivable_explain_op, "{\"customer\":2,\"as_of\":\"2027-12-31\"}"), NULL,
        ERR_INVALID);
    assert_field(t, "as_of");
}

/* All: 300.00 + 100.00 + 40.00 invoiced from day 0 to 34 = 440.00, 340.00 open: 340 / 440 x 35 =
 * 27.05. On terms: 300 / 400 x 35 = 26.25. */
static void days_of_sales_are_told_by_customer_and_by_invoice(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet_that_pays_slowly(t);
    on_day(t, 34);
    (void)given_invoice(t, USD(40, 0));
    const struct explanation all =
        explain(t, &receivable_explain_dso_op, "{\"from_on\":\"2026-11-24\"}");
    assert_adds_up(&all);
    const struct explain_row *row = row_of(&all, "all");
    assert_string_equal(row->value, "27.05");
    assert_string_equal(row->formula, "R / S x D = 340.00 / 440.00 x 35");
    assert_string_equal(row[1].value, "340.00");
    assert_string_equal(row[2].label, "    Delano Fleet");
    assert_string_equal(row[2].value, "300.00");
    assert_string_equal(row[4].value, "440.00");
    assert_string_equal(row[5].noun, "invoice");
    row = row_of(&all, "on-terms");
    assert_string_equal(row->value, "26.25");
    assert_string_equal(row[1].value, "300.00");
    assert_string_equal(row[3].value, "400.00");
}

/* 100.00 sold and paid; 60.25 used: 39.75 left, then that is credited. */
static void a_certificate_is_told_by_every_use_of_it(void **state)
{
    struct shop_test *t = *state;
    struct gift gift;

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    call(t, &gift_sell_op, &gift, "{\"customer\":1,\"amount\":\"100.00\"}");
    struct explanation all = explain(t, &gift_explain_op, "{\"certificate\":1}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "status")->rule, "! Good once invoice 20001 is paid.");
    (void)given_payment(t, gift.invoice, PAY_CARD, USD(100, 0));
    const struct invoice_id invoice = given_invoice(t, USD(60, 25));
    call(t, &payment_take_op, NULL,
         "{\"invoice\":%lld,\"tenders\":[{\"method\":\"gift\",\"amount\":\"60.25\","
         "\"certificate\":\"%s\"}]}",
         (long long)invoice.v, gift.number);
    all = explain(t, &gift_explain_op, "{\"certificate\":1}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "left")->value, "39.75");
    assert_string_equal(row_of(&all, "left")->formula, "100.00 - 60.25 used - 0.00 taken back");
    assert_int_equal(row_of(&all, "issued")->record.v, gift.invoice.v);
    assert_string_equal((row_of(&all, "used") + 1)->noun, "payment");
    assert_string_equal((row_of(&all, "used") + 1)->value, "-60.25");
    assert_string_equal(row_of(&all, "status")->value, "good");
    run_sql(t, "UPDATE gift_certificate SET balance = balance - 1");
    all = explain(t, &gift_explain_op, "{\"certificate\":1}");
    assert_non_null(strstr(row_of(&all, "used")->rule, "Does not add up"));
}

static struct explanation fee_of(struct shop_test *t)
{
    const struct explanation all = explain(t, &late_fee_explain_op, "{\"invoice\":20001}");

    assert_adds_up(&all);
    return all;
}

/* Due 24 Nov, grace through 4 Dec. 300.00 - 20.00 paid = 280.00 x 18 % / 12 = 4.20. */
static void a_late_fee_is_told_by_what_is_open_and_by_its_month(void **state)
{
    struct shop_test *t = *state;
    const struct late_fee_rules rules = {
        .charged = LATE_FEE_RATE, .yearly = {180000}, .grace_days = 10};

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    (void)given_payment(t, given_invoice(t, USD(300, 0)), PAY_CHECK, USD(20, 0));
    struct explanation all = fee_of(t);
    assert_string_equal(row_of(&all, "fee")->rule, "The shop charges no late fees.");
    confirm(t);
    expect_ok(t, &late_fee_set_op, &rules, NULL);
    all = fee_of(t);
    assert_string_equal(row_of(&all, "fee")->value, "0.00");
    assert_string_equal(row_of(&all, "fee")->rule,
                        "Due 24 Nov 2026; the days of grace end 4 Dec 2026.");
    on_day(t, 11);
    all = fee_of(t);
    assert_string_equal(row_of(&all, "fee")->value, "4.20");
    assert_string_equal(row_of(&all, "fee")->formula, "280.00 x 18 % / 12");
    assert_string_equal(row_of(&all, "open")->formula, "300.00 - 20.00 paid");
    assert_string_equal(row_of(&all, "period")->formula, "5 Dec 2026 to 4 Jan 2027");
    call(t, &late_fee_charge_op, NULL, "{\"total\":\"4.20\"}");
    all = fee_of(t);
    assert_string_equal(row_of(&all, "fee")->value, "0.00");
    assert_string_equal(row_of(&all, "fee")->rule,
                        "This month of it was charged on invoice 20002.");
    assert_string_equal(row_of(&all, "charged")->value, "4.20");
    assert_int_equal((row_of(&all, "charged") + 1)->record.v, 20002);
    on_day(t, 45);
    all = fee_of(t);
    assert_string_equal(row_of(&all, "fee")->value, "4.20");
    assert_string_equal(row_of(&all, "period")->value, "2");
    run_sql(t, "UPDATE shop SET profile = 'tx'");
    assert_non_null(strstr(row_of(&(struct explanation){.rows = fee_of(t).rows}, "fee")->source,
                           "Tex. Fin. Code 303.002; 303.009(a)"));
    call(t, &late_fee_exempt_op, NULL, "{\"customer\":1,\"exempt\":true}");
    all = fee_of(t);
    assert_string_equal(row_of(&all, "fee")->rule, "Delgado, Maria is charged no late fees.");
    expect_status(t, &late_fee_explain_op, input_json(t, &late_fee_explain_op, "{\"invoice\":9}"),
                  NULL, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(what_was_owed_on_a_past_day_is_told_by_what_made_it_then),
        SHOP_TEST(days_of_sales_are_told_by_customer_and_by_invoice),
        SHOP_TEST(a_certificate_is_told_by_every_use_of_it),
        SHOP_TEST(a_late_fee_is_told_by_what_is_open_and_by_its_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
