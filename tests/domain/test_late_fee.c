/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Late fees: after the grace days, a month at a time, never twice for the same one. The shop's
 * clock begins on 24 November 2026. */

#include "domain/credit.h"
#include "domain/late_fee.h"
#include "domain/setting.h"
#include "paid.h"

static const struct customer_id KOFI = {2};

static void given_rules(struct shop_test *t, struct late_fee_rules rules)
{
    confirm(t);
    expect_ok(t, &late_fee_set_op, &rules, NULL);
}

/* 18 % a year after 10 days of grace; two customers who pay at once. */
static void given_rate(struct shop_test *t)
{
    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Osei, Kofi", 0);
    given_rules(
        t, (struct late_fee_rules){.charged = LATE_FEE_RATE, .yearly = {180000}, .grace_days = 10});
}

static struct late_fee_list previewed(struct shop_test *t)
{
    struct late_fee_list list;

    expect_ok(t, &late_fee_preview_op, &(struct late_fee_query){{0}}, &list);
    return list;
}

static struct late_fee_list charged(struct shop_test *t)
{
    const struct late_fee_charge in = {.total = {NUMBER_NONE}};
    struct late_fee_list list;

    expect_ok(t, &late_fee_charge_op, &in, &list);
    return list;
}

static void refuse_charge(struct shop_test *t)
{
    const struct late_fee_charge in = {.total = {NUMBER_NONE}};

    expect_status(t, &late_fee_charge_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "No late fee is due");
}

/* By hand: due 24 Nov, grace through 4 Dec. 300.00 x 18 % / 12 = 4.50; 33.67 x 0.18 / 12 = 0.50505
 * = 0.51; together 5.01. Kofi: 123.45 x 0.18 / 12 = 1.85175 = 1.85. All: 6.86. */
static void after_the_grace_days_a_twelfth_of_the_yearly_rate_is_charged_once(void **state)
{
    struct shop_test *t = *state;

    given_rate(t);
    const struct invoice_id first = given_invoice(t, USD(300, 0));
    (void)given_invoice(t, (struct money){3367});
    (void)given_invoice_of(t, KOFI, (struct money){12345});
    days_later(t, 10); /* 4 December */
    assert_int_equal(previewed(t).rows.count, 0);
    refuse_charge(t);
    days_later(t, 1);
    const struct late_fee_list seen = previewed(t);
    assert_int_equal(seen.rows.count, 3);
    assert_int_equal(seen.customers, 2);
    assert_int_equal(seen.total.cents, 686);
    assert_owed(t, 30000 + 3367 + 12345, 0);

    const struct late_fee_list done = charged(t);
    const struct late_fee_row *row = done.rows.at;
    assert_int_equal(row[0].invoice.v, first.v);
    assert_int_equal(row[0].fee.cents, 450);
    assert_string_equal(row[0].from_on.iso, "2026-12-05");
    assert_string_equal(row[0].to_on.iso, "2027-01-04");
    assert_int_equal(row[1].fee.cents, 51);
    assert_int_equal(row[0].charge.v, row[1].charge.v);
    assert_int_equal(row[2].fee.cents, 185);
    assert_int_equal(balance_of(t, ACCOUNT_LATE_FEE), -686);
    assert_owed(t, 30000 + 3367 + 12345 + 686, 0);

    struct invoice invoice;
    expect_ok(t, &invoice_show_op, &(struct invoice_query){row[0].charge}, &invoice);
    assert_int_equal(invoice.total.cents, 501);
    const struct invoice_job *job = invoice.jobs.at;
    const struct invoice_line *line = job->lines.at;
    assert_string_equal(line->description, "Late fee on invoice 20001, 5 Dec 2026 to 4 Jan 2027: "
                                           "300.00 x 18 % / 12");

    refuse_charge(t);  /* run twice: charged once */
    days_later(t, 30); /* 4 January: still the same month of it */
    refuse_charge(t);
    assert_owed(t, 30000 + 3367 + 12345 + 686, 0);
}

/* By hand: in the second month 300.00 - 100.00 = 200.00 x 18 % / 12 = 3.00; nothing on the fee. */
static void each_month_what_is_open_then_is_charged_for_but_no_fee(void **state)
{
    struct shop_test *t = *state;

    given_rate(t);
    const struct invoice_id id = given_invoice(t, USD(300, 0));
    days_later(t, 11);
    assert_int_equal(charged(t).total.cents, 450);
    (void)given_payment(t, id, PAY_CASH, USD(100, 0));
    days_later(t, 31); /* 5 January */
    assert_int_equal(charged(t).total.cents, 300);
    days_later(t, 59); /* 5 March: the month that was let pass is not charged */
    const struct late_fee_list third = charged(t);
    assert_int_equal(third.total.cents, 300);
    assert_int_equal(((const struct late_fee_row *)third.rows.at)->period, 4);

    given_rules(
        t, (struct late_fee_rules){
               .charged = LATE_FEE_RATE, .yearly = {180000}, .grace_days = 10, .on_fees = true});
    /* 4.50 and 3.00, due since long: 0.0675 = 0.07 and 0.045 = 0.05. */
    assert_int_equal(charged(t).total.cents, 12);
    assert_owed(t, 20000 + 450 + 300 + 300 + 12, 0);
}

/* 15.00 for each of two invoices; nothing for who is exempt, pays, or has time. */
static void a_month_whose_charge_was_taken_back_is_charged_again(void **state)
{
    struct shop_test *t = *state;

    given_rate(t);
    (void)given_invoice(t, USD(300, 0));
    days_later(t, 11);
    const struct invoice_id first = ((const struct late_fee_row *)charged(t).rows.at)->charge;
    refuse_charge(t);
    const struct invoice_unpost back = {.invoice = first, .reason = "He had paid by mail"};
    expect_ok(t, &invoice_unpost_op, &back, NULL);
    assert_owed(t, 30000, 0);

    const struct late_fee_list again = charged(t);
    const struct late_fee_row *row = again.rows.at;
    assert_int_equal(again.rows.count, 1);
    assert_int_equal(row->period, 1);
    assert_int_equal(row->fee.cents, 450);
    assert_int_not_equal(row->charge.v, first.v);
    refuse_charge(t);
    assert_owed(t, 30450, 0);
    assert_frozen(t,
                  "INSERT INTO late_fee (invoice, period, from_on, to_on, open, amount, charge,"
                  " charged_on) SELECT invoice, period, from_on, to_on, open, amount,"
                  " (SELECT min(id) FROM invoice), charged_on FROM late_fee LIMIT 1",
                  "charged already");
}

/* Waived is not taken back: the month was charged, and forgiven. */
static void a_month_whose_fee_was_waived_is_not_charged_again(void **state)
{
    struct shop_test *t = *state;

    given_rate(t);
    (void)given_invoice(t, USD(300, 0));
    days_later(t, 11);
    const struct credit_issue waived = {
        .invoice = ((const struct late_fee_row *)charged(t).rows.at)->charge,
        .all = true,
        .reason = "A good customer"};
    expect_ok(t, &credit_issue_op, &waived, NULL);
    assert_owed(t, 30000, 0);
    refuse_charge(t);
    days_later(t, 31);
    assert_int_equal(charged(t).total.cents, 450);
    assert_owed(t, 30450, 0);
}

static void a_fixed_fee_is_for_each_invoice_and_not_for_who_is_exempt(void **state)
{
    struct shop_test *t = *state;

    given_rate(t);
    given_rules(t, (struct late_fee_rules){.charged = LATE_FEE_FIXED, .amount = USD(15, 0)});
    const struct invoice_id paid = given_invoice(t, USD(20, 0));
    (void)given_payment(t, paid, PAY_CASH, USD(20, 0));
    (void)given_invoice(t, USD(20, 0));
    (void)given_invoice(t, USD(5, 0));
    (void)given_invoice_of(t, KOFI, USD(50, 0));
    run_sql(t, "UPDATE customer SET terms_days = 30");
    (void)given_invoice(t, USD(70, 0));
    assert_int_equal(previewed(t).rows.count, 0);
    days_later(t, 1);
    assert_int_equal(previewed(t).total.cents, 4500);
    expect_ok(t, &late_fee_exempt_op, (&(struct late_fee_exempt){KOFI, true}), NULL);
    const struct late_fee_list list = charged(t);
    assert_int_equal(list.total.cents, 3000);
    assert_int_equal(list.customers, 1);
    expect_ok(t, &late_fee_exempt_op, (&(struct late_fee_exempt){KOFI, false}), NULL);
    assert_int_equal(charged(t).total.cents, 1500);
    assert_owed(t, 2000 + 500 + 5000 + 7000 + 4500, 0);
}

static void what_was_looked_at_is_what_is_charged(void **state)
{
    struct shop_test *t = *state;

    given_rate(t);
    (void)given_invoice(t, USD(300, 0));
    days_later(t, 11);
    struct late_fee_charge in = {.total = previewed(t).total};
    const struct late_fee_charge other = {.customer = KOFI, .total = {NUMBER_NONE}};
    expect_status(t, &late_fee_charge_op, &other, NULL, ERR_CONFLICT);
    (void)given_payment(t, (struct invoice_id){20001}, PAY_CASH, USD(100, 0));
    expect_status(t, &late_fee_charge_op, &in, NULL, ERR_STALE);
    assert_says(t, "come to 3.00 by now");
    in.total = USD(3, 0);
    expect_ok(t, &late_fee_charge_op, &in, NULL);
    assert_frozen(t, "UPDATE late_fee SET amount = 1", "A late fee never changes.");
    assert_frozen(t, "DELETE FROM late_fee", "A late fee is never deleted.");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &late_fee_preview_op, &(struct late_fee_query){{0}}, NULL, ERR_DENIED);
    expect_status(t, &late_fee_charge_op, &in, NULL, ERR_DENIED);
}

static void rules_that_say_nothing_are_refused(void **state)
{
    struct shop_test *t = *state;
    struct late_fee_rules rules = {.charged = LATE_FEE_FIXED};
    const struct late_fee_charge in = {.total = {NUMBER_NONE}};

    expect_status(t, &late_fee_charge_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "The shop charges no late fees");
    expect_status(t, &late_fee_set_op, &rules, NULL, ERR_INVALID);
    assert_field(t, "amount");
    rules.charged = LATE_FEE_RATE;
    expect_status(t, &late_fee_set_op, &rules, NULL, ERR_INVALID);
    assert_field(t, "yearly");
    rules.yearly.ppm = 600001;
    expect_status(t, &late_fee_set_op, &rules, NULL, ERR_INVALID);
    assert_field(t, "yearly");
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &late_fee_set_op, &rules, NULL, ERR_DENIED);
}

/* The last day of a short month ends a period that began on a 31st. */
static void months_are_counted_by_the_calendar(void **state)
{
    struct day from, to, due = {"2026-12-30"}, today = {"2027-03-01"};

    (void)state;
    assert_int_equal(late_fee_period(due, 0, (struct day){"2026-12-30"}, &from, &to), 0);
    assert_int_equal(late_fee_period(due, 0, (struct day){"2026-12-31"}, &from, &to), 1);
    assert_string_equal(to.iso, "2027-01-30");
    assert_int_equal(late_fee_period(due, 0, today, &from, &to), 3);
    assert_string_equal(from.iso, "2027-02-28");
    assert_string_equal(to.iso, "2027-03-30");
}

/* By hand: the check of 120.00 bounces; the bank takes 12.00 from the shop, the shop 25.00 from the
 * customer: she owes 100.00 + 25.00. */
static void a_check_that_came_back_is_charged_to_the_customer(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_rate(t);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    struct payment_bounced in = {.payment = given_payment(t, id, PAY_CHECK, USD(120, 0)),
                                 .fee = USD(12, 0),
                                 .charge = USD(25, 0),
                                 .reason = "Insufficient funds"};
    expect_ok(t, &payment_bounced_op, &in, &payment);
    const struct payment_return *back = payment.returns.at;
    assert_int_equal(back->charge.v, 20002);
    assert_int_equal(balance_of(t, ACCOUNT_LATE_FEE), -2500);
    assert_int_equal(balance_of(t, ACCOUNT_BANK_CHARGE), 1200);
    assert_string_equal(ask_text(t, "SELECT description FROM invoice_line WHERE kind = 'fee'"),
                        "Payment 1 (check 1042) came back");
    assert_owed(t, 12500, 0);

    given_rules(t, (struct late_fee_rules){.returned_fee = USD(30, 0)});
    in.payment = given_payment(t, id, PAY_CHECK, USD(100, 0));
    in.charge.cents = NUMBER_NONE; /* as the shop has it */
    expect_ok(t, &payment_bounced_op, &in, &payment);
    assert_owed(t, 12500 + 3000, 0);
    in.payment = given_payment(t, id, PAY_CHECK, USD(100, 0));
    in.charge = MONEY_ZERO;
    expect_ok(t, &payment_bounced_op, &in, &payment);
    assert_int_equal(((const struct payment_return *)payment.returns.at)->charge.v, 0);
    assert_owed(t, 12500 + 3000, 0);
}

static void given_state(struct shop_test *t, const char *profile)
{
    run_sql(t, arena_printf(&t->arena, "UPDATE shop SET profile = '%s', registration = 'R 1'",
                            profile));
}

static void refuse_rules(struct shop_test *t, struct late_fee_rules rules, const char *field,
                         const char *says)
{
    expect_status(t, &late_fee_set_op, &rules, NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

/* By hand, from the texts: California 25.00, 35.00 from the second on, New York 20.00, Texas 30.00,
 * Florida at most 40.00. */
static void what_a_returned_check_costs_is_capped_by_the_state(void **state)
{
    struct shop_test *t = *state;
    static const struct {
        const char *profile;
        int64_t most;
        const char *source;
    } caps[] = {
        {"ca", 3500, "Cal. Civ. Code 1719(a)(1)"},
        {"fl", 4000, "Fla. Stat. 68.065(2)"},
        {"mi", 2500, "MCL 600.2952"},
        {"ny", 2000, "N.Y. Gen. Oblig. Law 5-328(2)(a)"},
        {"tx", 3000, "Tex. Bus. & Com. Code 3.506(b)"},
    };

    for (size_t i = 0; i < COUNT_OF(caps); i++) {
        given_state(t, caps[i].profile);
        given_rules(t, (struct late_fee_rules){.returned_fee = {caps[i].most}});
        refuse_rules(t, (struct late_fee_rules){.returned_fee = {caps[i].most + 1}}, "returned_fee",
                     caps[i].source);
    }
    given_state(t, "plain");
    given_rules(t, (struct late_fee_rules){.returned_fee = USD(50, 0)});
}

static void what_is_late_bears_no_more_than_the_state_allows(void **state)
{
    struct shop_test *t = *state;
    const struct late_fee_rules most = {.charged = LATE_FEE_RATE, .yearly = {180000}};
    const struct late_fee_rules more = {.charged = LATE_FEE_RATE, .yearly = {180001}};

    given_state(t, "tx");
    given_rules(t, most);
    refuse_rules(t, more, "yearly", "Tex. Fin. Code 303.002; 303.009(a)");
    given_state(t, "fl");
    refuse_rules(t, more, "yearly", "18 % a year");
    given_state(t, "ny"); /* a late charge is no interest there; nor in California */
    given_rules(t, more);
    given_state(t, "ca");
    given_rules(t, more);
    given_state(t, "mi");
    given_rules(t, (struct late_fee_rules){.charged = LATE_FEE_RATE, .yearly = {250000}});
    refuse_rules(t, (struct late_fee_rules){.charged = LATE_FEE_RATE, .yearly = {250001}}, "yearly",
                 "MCL 438.31; 438.41; check with your state");
}

/* Florida: 25.00 on a check of up to 50.00, 30.00 up to 300.00, then 40.00. */
static void the_charge_goes_by_the_check_that_came_back(void **state)
{
    struct shop_test *t = *state;
    static const struct {
        int64_t check, charged;
    } worked[] = {{5000, 2500}, {5001, 3000}, {30000, 3000}, {30001, 4000}};

    given_rate(t);
    given_state(t, "fl");
    given_rules(t, (struct late_fee_rules){.returned_fee = USD(40, 0)});
    for (size_t i = 0; i < COUNT_OF(worked); i++) {
        const struct invoice_id id = given_invoice(t, (struct money){worked[i].check});
        struct payment_bounced in = {
            .payment = given_payment(t, id, PAY_CHECK, (struct money){worked[i].check}),
            .charge = {worked[i].charged + 1},
            .reason = "No funds"};
        struct payment payment;
        expect_status(t, &payment_bounced_op, &in, NULL, ERR_INVALID);
        assert_field(t, "charge");
        assert_says(t, "Fla. Stat. 68.065(2)");
        in.charge.cents = NUMBER_NONE;
        expect_ok(t, &payment_bounced_op, &in, &payment);
        assert_int_equal(ask_number(t, "SELECT total FROM invoice ORDER BY id DESC LIMIT 1"),
                         worked[i].charged);
    }
    assert_books_agree(t);
}

static struct payment bounced(struct shop_test *t, struct payment_bounced in)
{
    struct payment payment;

    expect_ok(t, &payment_bounced_op, &in, &payment);
    return payment;
}

static int64_t fee_seen(struct shop_test *t, struct payment_id id)
{
    struct payment_returned_fee fee;

    expect_ok(t, &payment_returned_fee_op, &(struct payment_returned_query){id}, &fee);
    return fee.charge.cents;
}

/* California: 25.00 for a customer's first, 35.00 for each further one; Kofi's first is his. */
static void a_further_check_of_the_same_customer_may_cost_more_in_california(void **state)
{
    struct shop_test *t = *state;
    const struct money none = {NUMBER_NONE};

    given_rate(t);
    given_state(t, "ca");
    given_rules(t, (struct late_fee_rules){.returned_fee = USD(35, 0)});
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    struct payment_bounced in = {
        .payment = given_payment(t, id, PAY_CHECK, USD(100, 0)), .charge = none, .reason = "NSF"};
    assert_int_equal(fee_seen(t, in.payment), 2500);
    (void)bounced(t, in);
    assert_owed(t, 10000 + 2500, 0);
    in.payment = given_payment(t, id, PAY_CHECK, USD(100, 0));
    assert_int_equal(fee_seen(t, in.payment), 3500);
    in.charge = (struct money){3501};
    expect_status(t, &payment_bounced_op, &in, NULL, ERR_INVALID);
    assert_field(t, "charge");
    assert_says(t, "further check of the same customer");
    in.charge = USD(35, 0);
    (void)bounced(t, in);
    assert_owed(t, 10000 + 2500 + 3500, 0);
    in.payment = given_payment(t, given_invoice_of(t, KOFI, USD(80, 0)), PAY_CHECK, USD(80, 0));
    expect_status(t, &payment_bounced_op, &in, NULL, ERR_INVALID);
    assert_says(t, "first check that came back at most $25.00");
    assert_books_agree(t);
}

static void a_state_is_chosen_once_the_fees_are_as_it_allows(void **state)
{
    struct shop_test *t = *state;
    struct shop shop;

    given_rules(t, (struct late_fee_rules){.returned_fee = USD(25, 0)});
    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.profile = PROFILE_NY;
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_field(t, "profile");
    assert_says(t, "5-328(2)(a)");
    given_rules(t, (struct late_fee_rules){.returned_fee = USD(20, 0)});
    expect_ok(t, &setting_edit_op, &shop, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(after_the_grace_days_a_twelfth_of_the_yearly_rate_is_charged_once),
        SHOP_TEST(each_month_what_is_open_then_is_charged_for_but_no_fee),
        SHOP_TEST(a_month_whose_charge_was_taken_back_is_charged_again),
        SHOP_TEST(a_month_whose_fee_was_waived_is_not_charged_again),
        SHOP_TEST(a_fixed_fee_is_for_each_invoice_and_not_for_who_is_exempt),
        SHOP_TEST(what_was_looked_at_is_what_is_charged),
        SHOP_TEST(rules_that_say_nothing_are_refused),
        cmocka_unit_test(months_are_counted_by_the_calendar),
        SHOP_TEST(a_check_that_came_back_is_charged_to_the_customer),
        SHOP_TEST(what_a_returned_check_costs_is_capped_by_the_state),
        SHOP_TEST(what_is_late_bears_no_more_than_the_state_allows),
        SHOP_TEST(the_charge_goes_by_the_check_that_came_back),
        SHOP_TEST(a_further_check_of_the_same_customer_may_cost_more_in_california),
        SHOP_TEST(a_state_is_chosen_once_the_fees_are_as_it_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
