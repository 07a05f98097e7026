/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Numbers as fingers slip: a minus, letters, two points, a comma for a point, too many digits,
 * full-width digits. Each box that takes an amount or a quantity says what is wrong with them and
 * stays; none drops a sign and takes the rest. */

#include "orders.h"

#define FULL_WIDTH_5 "\xef\xbc\x95"

struct slip {
    const char *typed, *sentence;
};

/* Typed into an open box, one after the other. */
static void refuses(struct desk_test *t, const struct slip *slips, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        keys(t, "<Ctrl-U>");
        keys(t, slips[i].typed);
        keys(t, "<Enter>");
        assert_shows(t, slips[i].sentence);
    }
}

static void refuses_amounts(struct desk_test *t)
{
    static const struct slip slips[] = {
        {"twelve", "Write an amount like 12.50."},
        {"1.2.3", "Write an amount like 12.50."},
        {"1,50", "Write an amount like 12.50."},
        {"--5", "Write an amount like 12.50."},
        {FULL_WIDTH_5, "Write an amount like 12.50."},
        {"1.999", "An amount has at most two decimals"},
        {"1234567890123", "The largest amount is 9,999,999,999.99."},
    };

    refuses(t, slips, COUNT_OF(slips));
}

static void refuses_quantities(struct desk_test *t)
{
    static const struct slip slips[] = {
        {"two", "Write a number like 2.5."},
        {"1.2.3", "Write a number like 2.5."},
        {"1,5", "Write a number like 2.5."},
        {FULL_WIDTH_5, "Write a number like 2.5."},
        {"1.9999", "Write at most three decimals"},
        {"1234567890123", "The largest number here is 999,999,999.999."},
    };

    refuses(t, slips, COUNT_OF(slips));
}

/* Typed over the row under the cursor, where the first character opens the box. */
static void refuses_below_zero(struct desk_test *t, const char *sentence)
{
    keys(t, "-5<Enter>");
    assert_shows(t, sentence);
}

static void a_payment_shared_out_takes_whole_amounts_only(void **state)
{
    struct desk_test *t = *state;

    given_invoice(t);
    desk_open_op(t->desk, op_find("payment.bulk"), &(struct subject){.noun = "customer", .id = 1});
    keys(t, "");
    refuses_below_zero(t, "Write an amount like 300 or 267.87.");
    refuses_amounts(t);
    keys(t, "<Esc>a");
    refuses(t, &(struct slip){"-5", "Write an amount like 300 or 267.87."}, 1);
    refuses_amounts(t);
    keys(t, "<Ctrl-U>1,000.00<Enter>");
    assert_shows(t, "Payment 1,000.00");
}

static void a_credit_memo_takes_whole_quantities_only(void **state)
{
    struct desk_test *t = *state;

    credit_page_open(t->desk, (struct invoice_id){given_invoice(t)});
    keys(t, "");
    refuses_below_zero(t, "Write how much of it is credited, like 1.");
    refuses_quantities(t);
    keys(t, "<Esc>s");
    refuses_amounts(t);
}

static void a_delivery_takes_whole_quantities_and_costs_only(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    DONE(t, "vendor.add", "{\"name\": \"Harbor Auto Parts\"}");
    DONE(t, "purchase.start", "{\"vendor\": 1}");
    DONE(t, "purchase.add-line", "{\"purchase\": 1, \"sku\": \"OIL-0W20\", \"quantity\": \"12\"}");
    DONE(t, "purchase.send", "{\"purchase\": 1}");
    keys(t, "<F9>list purchase orders<Enter>r");
    refuses_below_zero(t, "Nothing less than 0 can come.");
    refuses_quantities(t);
    keys(t, "<Esc>c");
    refuses(t, &(struct slip){"-5", "Nothing costs less than 0."}, 1);
    refuses_amounts(t);
    keys(t, "<Esc>d");
    refuses(t, &(struct slip){"-5", "Nothing costs less than 0."}, 1);
    refuses_amounts(t);
}

static void a_count_takes_whole_quantities_only(void **state)
{
    struct desk_test *t = *state;

    DONE(t, "part.add",
         "{\"sku\": \"OF-7317\", \"name\": \"Oil filter\", \"bin\": \"A4\", \"cost\": \"3.05\","
         " \"on_hand\": \"10\"}");
    DONE(t, "count.start", "{\"bin\": \"A4\"}");
    keys(t, "<F9>list count sheets<Enter><Enter>");
    refuses_below_zero(t, "Nothing less than 0 can lie there.");
    refuses_quantities(t);
    assert_int_equal(
        ask_number(t->shop, "SELECT count(*) FROM stock_count_line WHERE counted IS NOT NULL"), 0);
}

static void a_part_of_an_order_takes_whole_quantities_only(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "aBP-1210<Enter>");
    refuses(t, &(struct slip){"-1", "Enter how many, more than 0."}, 1);
    refuses(t, &(struct slip){"0", "Enter how many, more than 0."}, 1);
    refuses_quantities(t);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM line"), 4);
}

/* Forms say it as soon as the field is left. */
static void refuses_in_form(struct desk_test *t, const struct slip *slips, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        keys(t, "<Ctrl-U>");
        keys(t, slips[i].typed);
        keys(t, "<Enter>");
        assert_shows(t, slips[i].sentence);
        keys(t, "<Up>");
    }
}

static void forms_of_money_take_whole_amounts_only(void **state)
{
    static const char *const forms[] = {"petty cash", "cash drop"};
    static const struct slip slips[] = {
        {"-5", "Amount must be at least 0.01."},   {"0", "Amount must be at least 0.01."},
        {"twelve", "Write an amount like 12.50."}, {"1.2.3", "Write an amount like 12.50."},
        {"1,50", "Write an amount like 12.50."},   {FULL_WIDTH_5, "Write an amount like 12.50."},
        {"1234567890123", "The largest amount is"}};
    struct desk_test *t = *state;

    DONE(t, "drawer.open", "{\"amount\": \"200\"}");
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        keys(t, "<F9>");
        keys(t, forms[i]);
        keys(t, "<Enter>");
        refuses_in_form(t, slips, COUNT_OF(slips));
        keys(t, "<F2><Esc>t");
    }
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM drawer_move"), 1);
}

static void a_drawer_counts_whole_pieces_only(void **state)
{
    static const struct slip slips[] = {
        {"-5", "100.00 notes cannot be negative."},
        {"two", "Write a whole number"},
        {"1.5", "Write a whole number"},
        {"1,5", "Write a whole number"},
        {FULL_WIDTH_5, "Write a whole number"},
        {"1234567890123", "must be at most 100000."},
    };
    struct desk_test *t = *state;

    DONE(t, "drawer.open", "{\"amount\": \"200\"}");
    keys(t, "<F9>count till<Enter>");
    refuses_in_form(t, slips, COUNT_OF(slips));
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM drawer_move"), 1);
}

static const struct slip AMOUNTS[] = {
    {"twelve", "Write an amount like 12.50."},       {"1.2.3", "Write an amount like 12.50."},
    {"1,50", "Write an amount like 12.50."},         {FULL_WIDTH_5, "Write an amount like 12.50."},
    {"1.999", "An amount has at most two decimals"}, {"1234567890123", "The largest amount is"},
};

static void a_gift_certificate_is_sold_for_a_whole_amount_only(void **state)
{
    static const struct slip more[] = {{"-5", "Amount must be at least 0.01."},
                                       {"0", "Amount must be at least 0.01."}};
    struct desk_test *t = *state;

    desk_open_op(t->desk, op_find("gift.sell"), &(struct subject){.noun = "customer", .id = 1});
    keys(t, "");
    refuses_in_form(t, AMOUNTS, COUNT_OF(AMOUNTS));
    refuses_in_form(t, more, COUNT_OF(more));
    keys(t, "<F2>");
    assert_shows(t, "Amount must be at least 0.01.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM gift_certificate"), 0);
}

static void late_fees_take_whole_amounts_rates_and_days_only(void **state)
{
    static const struct slip below[] = {{"-5", "Fixed amount cannot be negative."}};
    static const struct slip rates[] = {{"-5", "Yearly rate % cannot be negative."},
                                        {"much", "Write a percentage"},
                                        {"1.2.3", "Write a percentage"},
                                        {"18,5", "Write a percentage"},
                                        {FULL_WIDTH_5, "Write a percentage"},
                                        {"61", "Yearly rate % must be at most 60"}};
    static const struct slip days[] = {{"-1", "Days of grace cannot be negative."},
                                       {"ten", "Write a whole number"},
                                       {"1.5", "Write a whole number"},
                                       {"366", "Days of grace must be at most 365."}};
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    desk_open_op(t->desk, op_find("late-fee.set"), NULL);
    keys(t, "<Down>");
    refuses_in_form(t, below, COUNT_OF(below));
    refuses_in_form(t, AMOUNTS, COUNT_OF(AMOUNTS));
    keys(t, "<Ctrl-U>15<Down>");
    refuses_in_form(t, rates, COUNT_OF(rates));
    keys(t, "<Ctrl-U>18<Down>");
    refuses_in_form(t, days, COUNT_OF(days));
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM late_fee_rule"), 0);
}

static void labor_takes_whole_hours_and_rates_only(void **state)
{
    static const struct slip hours[] = {
        {"two", "Write a number like 2.5."},        {"1.2.3", "Write a number like 2.5."},
        {"1,5", "Write a number like 2.5."},        {FULL_WIDTH_5, "Write a number like 2.5."},
        {"1.9999", "Write at most three decimals"}, {"-1", "negative"}};
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    const int64_t lines = ask_number(t->shop, "SELECT count(*) FROM line");
    keys(t, "l");
    refuses_in_form(t, hours, COUNT_OF(hours));
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM line"), lines);
}

static void another_line_takes_whole_amounts_only(void **state)
{
    static const struct slip below[] = {{"-5", "Price cannot be negative."}};
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    const int64_t lines = ask_number(t->shop, "SELECT count(*) FROM line");
    keys(t, "+<Down>Tire disposal<Down>");
    refuses_in_form(t, below, COUNT_OF(below));
    refuses_in_form(t, AMOUNTS, COUNT_OF(AMOUNTS));
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM line"), lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(a_payment_shared_out_takes_whole_amounts_only),
        COUNTER_TEST(a_credit_memo_takes_whole_quantities_only),
        COUNTER_TEST(a_delivery_takes_whole_quantities_and_costs_only),
        COUNTER_TEST(a_count_takes_whole_quantities_only),
        COUNTER_TEST(a_part_of_an_order_takes_whole_quantities_only),
        COUNTER_TEST(forms_of_money_take_whole_amounts_only),
        COUNTER_TEST(a_drawer_counts_whole_pieces_only),
        COUNTER_TEST(a_gift_certificate_is_sold_for_a_whole_amount_only),
        DESK_TEST(late_fees_take_whole_amounts_rates_and_days_only),
        COUNTER_TEST(labor_takes_whole_hours_and_rates_only),
        COUNTER_TEST(another_line_takes_whole_amounts_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
