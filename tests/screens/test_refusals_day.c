/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is refused where work becomes an invoice, on account, credited, and where a day ends, as the
 * screens say it. The order comes to 669.19. */

#include "refusals.h"

#include "domain/closed_day.h"
#include "domain/credit.h"
#include "domain/invoice.h"
#include "domain/payment.h"

/* Two jobs, nobody has answered yet. */
static int64_t open_estimate(struct desk_test *t)
{
    open_counter(t, 24, 80);
    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    return order;
}

static int64_t open_done(struct desk_test *t)
{
    const int64_t order = open_estimate(t);

    given_work_done(t, order);
    keys(t, "<F5>");
    return order;
}

static void open_invoice(struct desk_test *t)
{
    open_counter(t, 24, 80);
    invoice_page_open(t->desk, (struct invoice_id){given_invoice(t)});
    keys(t, "");
}

/* ---- what the customer has agreed to ---- */

static void nothing_is_invoiced_above_what_was_authorized(void **state)
{
    (void)state;
    struct desk_test t;

    (void)open_done(&t);
    run_sql(t.shop, "UPDATE tax SET rate = 200000");
    refused(&t, "I", NULL,
            "The total of 695.82 is 26.63 above the 669.19 that the customer authorized. Record "
            "the customer's answer to the new total, or take work off.");
    desk_test_close(&t);
}

/* The tolerance is 10 %, at most 10.00: 679.19. 217.35 x 12.35 % = 26.84, 435.00 + 217.35 + 26.84
 * = 679.19; at 12.36 % it is 26.86, two cents more. */
static void the_tolerance_of_the_state_is_used_to_its_last_cent(void **state)
{
    (void)state;
    struct desk_test t;

    (void)open_done(&t);
    run_sql(t.shop, "UPDATE shop SET tolerance_ppm = 100000, tolerance_cap = 1000");
    run_sql(t.shop, "UPDATE tax SET rate = 123600");
    refused(&t, "I", NULL,
            "The total of 679.21 is 10.02 above the 669.19 that the customer authorized. Record "
            "the customer's answer to the new total, or take work off.");
    run_sql(t.shop, "UPDATE tax SET rate = 123500");
    keys(&t, "I");
    assert_int_equal(ask_number(t.shop, "SELECT total FROM invoice"), 67919);
    desk_test_close(&t);
}

static void a_change_is_asked_about_before_the_invoice(void **state)
{
    (void)state;
    struct desk_test t;

    (void)open_done(&t);
    DONE(&t, "estimate.edit-line", "{\"line\": 1, \"quantity\": \"3\"}");
    DONE(&t, "estimate.edit-line", "{\"line\": 3, \"quantity\": \"3\"}");
    refused(&t, "<F5>I", NULL,
            "Job 1 (Oil service, synthetic) has changed since it was authorized. Record the "
            "customer's answer to the change first.");
    desk_test_close(&t);
}

static void nobody_works_before_the_customer_has_agreed(void **state)
{
    (void)state;
    struct desk_test t;

    (void)open_estimate(&t);
    refused(&t, "s", NULL, "Job 1 is not authorized. Record the customer's answer first.");
    refused(&t, "P", NULL,
            "Order 10001 has no part to pull: only authorized jobs take parts of the catalog.");
    desk_test_close(&t);
}

/* ---- on account ---- */

static void who_is_on_hold_gets_nothing_more_on_account(void **state)
{
    (void)state;
    struct desk_test t;

    const int64_t order = open_estimate(&t);
    DONE(&t, "customer.hold", "{\"customer\": 1, \"reason\": \"Two checks came back\"}");
    keys(&t, "<F5>");
    assert_says_whole(&t, "! On hold: Two checks came back.");
    refused(&t, "A<Enter><Enter><F2>", NULL,
            "Delgado, Maria is on hold: Two checks came back. Say on the order that it is paid at "
            "once, or let somebody with the right put it on account.");
    desk_test_close(&t);

    (void)open_done(&t);
    DONE(&t, "customer.hold", "{\"customer\": 1, \"reason\": \"Two checks came back\"}");
    refused(&t, "<F5>I", NULL,
            "Delgado, Maria is on hold: Two checks came back. Say on the order that it is paid at "
            "once, or let somebody with the right put it on account.");
    DONE(&t, "order.account", "{\"order\": %lld, \"account\": \"at_once\"}", (long long)order);
    keys(&t, "<F5>I");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM invoice"), 1);
    desk_test_close(&t);
}

static void nobody_owes_more_than_the_limit(void **state)
{
    (void)state;
    struct desk_test t;

    (void)open_estimate(&t);
    run_sql(t.shop, "UPDATE customer SET terms_days = 30, credit_limit = 66918 WHERE id = 1");
    refused(&t, "<F5>A<Enter><Enter><F2>", NULL,
            "With this Delgado, Maria would owe 669.19, and the limit is 669.18. Take a deposit, "
            "say on the order that it is paid at once, or let somebody with the right put it on "
            "account.");
    run_sql(t.shop, "UPDATE customer SET credit_limit = 66919 WHERE id = 1");
    keys(&t, "<F2>");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM authorization"), 1);
    desk_test_close(&t);
}

/* Taxed all the same, and said: on the page before anybody asks. */
static void an_exemption_that_has_ended_is_said_on_the_order(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    given_catalog(&t);
    run_sql(t.shop, "UPDATE customer\n"
                    "SET tax_exempt = 1, exempt_certificate = 'E1', exempt_until_on = '2026-11-23'"
                    "WHERE id = 1");
    const int64_t order = given_order(&t);
    given_jobs(&t, order);
    open_order(&t, order);
    assert_says_whole(&t, "! The customer's tax exemption ended on 23 Nov 2026, so tax is charged. "
                          "Ask for the new certificate.");
    assert_shows(&t, "Tax 16.84");
    assert_both_pictures(&t, "order_exemption_ended");
    run_sql(t.shop, "UPDATE customer SET exempt_until_on = '2026-11-24' WHERE id = 1");
    keys(&t, "<Down><Enter><Ctrl-U>0.6<F2>");
    assert_shows_not(&t, "tax exemption ended");
    assert_shows(&t, "Tax 0.00");
    desk_test_close(&t);
}

/* ---- taking back ---- */

static void no_more_is_credited_than_was_sold(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    refused(&t, "C<F2>", NULL, "Nothing is chosen: Space chooses a line, * all of them.");
    refused(&t, "<Down><Down>2.6<Enter>", NULL, "Only 2.5 is left. Credit that much at most.");
    keys(&t, "<Esc>");
    refused(&t, "-1<Enter>", NULL, "Write how much of it is credited, like 1.");
    keys(&t, "<Esc>*");
    DONE(&t, "credit.issue",
         "{\"invoice\": 20001, \"lines\": [{\"line\": 2, \"quantity\": \"1\"}],"
         " \"reason\": \"One quart\"}");
    refused(&t, "<F2>Cracked<F2>y", NULL,
            "Only 4 of “0W-20 oil, quart” is left. Credit that much at most.");
    desk_test_close(&t);
}

static void an_invoice_of_a_closed_day_stays(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "day.close", "{}");
    refused(&t, "UWrong car<F2>y", NULL,
            "Invoice 20001 was posted on 24 Nov 2026, and that day is over. Give a credit memo "
            "instead.");
    desk_test_close(&t);
}

static void a_payment_of_a_closed_day_stays(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "payment.take",
         "{\"invoice\": 20001, \"tenders\": [{\"method\": \"ach\", \"amount\": \"100\"}]}");
    DONE(&t, "day.close", "{}");
    desk_open_op(t.desk, &payment_search_op, NULL);
    refused(&t, "vTwice<F2>y", NULL,
            "Payment 1 was taken on 24 Nov 2026, and that day is over. Take it off its invoices "
            "and refund it instead.");
    desk_test_close(&t);
}

/* ---- the end of the day ---- */

static void open_day(struct desk_test *t)
{
    keys(t, "<Esc><F9>cash drawer<Enter>");
    assert_shows(t, "Drawer and day");
}

static void a_day_with_work_to_invoice_stays_open(void **state)
{
    (void)state;
    struct desk_test t;

    (void)open_done(&t);
    open_day(&t);
    assert_says_whole(&t, "Complete and not invoiced: 10001 Delgado, Maria 669.19.");
    refused(&t, "z<F2>y", "Leave complete orders",
            "Repair order 10001 of Delgado, Maria is complete and not invoiced. Make the invoice, "
            "or say yes to leaving it for a later day.");
    desk_test_close(&t);
}

static void a_day_whose_cash_nobody_has_counted_stays_open(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    DONE(&t, "drawer.open", "{\"amount\": \"100\"}");
    DONE(&t, "payment.deposit", "{\"customer\": 1, \"method\": \"cash\", \"amount\": \"50\"}");
    open_day(&t);
    refused(&t, "z<F2>y", NULL,
            "Cash has moved since the drawer was last counted. Count it, then close the day.");
    desk_test_close(&t);
}

static void a_closed_day_is_not_closed_again(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "day.close", "{}");
    open_day(&t);
    refused(&t, "z<F2>y", NULL,
            "24 Nov 2026 was closed by Ada Admin on 24 Nov 2026 10:42. What comes now is posted "
            "on the next day.");
    refused(&t, "<Ctrl-U>t-2<F2>y", "Day",
            "The days up to 24 Nov 2026 are closed already. Close a later one.");
    refused(&t, "<Ctrl-U>t+1<F2>y", "Day",
            "25 Nov 2026 has not come yet. Close today, or a day before.");
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_invoiced_above_what_was_authorized),
        cmocka_unit_test(the_tolerance_of_the_state_is_used_to_its_last_cent),
        cmocka_unit_test(a_change_is_asked_about_before_the_invoice),
        cmocka_unit_test(nobody_works_before_the_customer_has_agreed),
        cmocka_unit_test(who_is_on_hold_gets_nothing_more_on_account),
        cmocka_unit_test(nobody_owes_more_than_the_limit),
        cmocka_unit_test(an_exemption_that_has_ended_is_said_on_the_order),
        cmocka_unit_test(no_more_is_credited_than_was_sold),
        cmocka_unit_test(an_invoice_of_a_closed_day_stays),
        cmocka_unit_test(a_payment_of_a_closed_day_stays),
        cmocka_unit_test(a_day_with_work_to_invoice_stays_open),
        cmocka_unit_test(a_day_whose_cash_nobody_has_counted_stays_open),
        cmocka_unit_test(a_closed_day_is_not_closed_again),
    };

    return cmocka_run_group_tests_name("refusals_day", tests, NULL, NULL);
}
