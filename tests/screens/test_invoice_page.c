/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Invoicing some jobs of an order, taking an invoice back, and giving credit on it, by keys. */

#include "orders.h"

#include "domain/invoice.h"

/* Pads on the shelf; job 1 is done, job 2 authorized. */
static int64_t open_two_jobs(struct desk_test *t)
{
    given_catalog(t);
    run_sql(t->shop, "UPDATE shop SET negative_stock = 1");
    const int64_t order = given_order(t);

    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"canned_job\": 2}", (long long)order);
    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"canned_job\": 1}", (long long)order);
    DONE(t, "estimate.authorize", "{\"order\": %lld}", (long long)order);
    DONE(t, "job.start", "{\"job\": 1}");
    DONE(t, "job.done", "{\"job\": 1}");
    order_page_open(t->desk, (struct order_id){order});
    keys(t, "");
    return order;
}

static void some_jobs_of_an_order_are_invoiced_alone(void **state)
{
    struct desk_test *t = *state;

    open_two_jobs(t);
    keys(t, "I");
    assert_both_pictures(t, "invoice_part");
    keys(t, "<Backspace>2<F2>");
    assert_shows(t, "is not done");
    keys(t, "<Backspace>1<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM invoice"), 1);
    assert_int_equal(ask_number(t->shop, "SELECT invoice FROM job WHERE id = 1"), 20001);
    keys(t, "<Esc>");
    assert_shows(t, "inv. 20001");
    keys(t, "<End><F7>");
    assert_shows(t, "Take payment · invoice 20001");
    keys(t, "k<Enter>77<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    keys(t, "<F7>");
    assert_shows(t, "Nothing is due yet");
}

static void open_invoice(struct desk_test *t)
{
    const int64_t order = open_two_jobs(t);

    DONE(t, "invoice.post", "{\"order\": %lld, \"jobs\": \"1\"}", (long long)order);
    invoice_page_open(t->desk, (struct invoice_id){20001});
    keys(t, "");
}

static void an_invoice_of_today_is_taken_back(void **state)
{
    struct desk_test *t = *state;

    open_invoice(t);
    keys(t, "U<F2>");
    assert_shows(t, "Reason is missing");
    keys(t, "Wrong car<F2>");
    assert_shows(t, "Invoice 20001 of 556.34 becomes void");
    keys(t, "y");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM invoice WHERE state = 'void'"), 1);
    assert_both_pictures(t, "invoice_void");
    keys(t, "U");
    assert_shows(t, "This invoice is void already.");
}

static void what_was_written_off_is_owed_again(void **state)
{
    struct desk_test *t = *state;

    open_invoice(t);
    keys(t, "u");
    assert_shows(t, "Nothing of this invoice is written off.");
    keys(t, "wMoved away<F2>y");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    keys(t, "uPays after all<F2>y");
    assert_true(ask_number(t->shop, "SELECT total - paid FROM invoice") > 0);
    keys(t, "u");
    assert_shows(t, "Nothing of this invoice is written off.");
}

static void lines_of_an_invoice_are_credited(void **state)
{
    struct desk_test *t = *state;

    open_invoice(t);
    keys(t, "C");
    assert_both_pictures(t, "credit");
    keys(t, "<F2>");
    assert_shows(t, "Nothing is chosen");
    keys(t, "<Down>3<Enter>");
    assert_shows(t, "Only 2 is left");
    keys(t, "<Backspace>1<Enter>b");
    assert_shows(t, "scrapped");
    assert_both_pictures(t, "credit_chosen");
    keys(t, "<Esc>");
    assert_shows(t, "Nothing was credited yet");
    keys(t, "<Enter><F2>Cracked<F2>");
    assert_shows(t, "89.95 and the tax on it go back on invoice 20001.");
    keys(t, "y");
    assert_int_equal(ask_number(t->shop, "SELECT quantity FROM credit_line"), 1000);
    assert_string_equal(ask_text(t->shop, "SELECT back FROM credit_line"), "scrap");
    assert_shows(t, "Credit memo 1 of");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(some_jobs_of_an_order_are_invoiced_alone),
        COUNTER_TEST(an_invoice_of_today_is_taken_back),
        COUNTER_TEST(what_was_written_off_is_owed_again),
        COUNTER_TEST(lines_of_an_invoice_are_credited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
