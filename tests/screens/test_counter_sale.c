/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Selling over the counter by keys: F4, the scanner, F7, the money. */

#include "orders.h"

static void parts_are_scanned_and_paid_with_few_keys(void **state)
{
    struct desk_test *t = *state;

    fill_catalog(t->shop);
    keys(t, "<F4>");
    assert_shows(t, "Scan the parts");
    keys(t, "<wait 300><fast 071611123457><fast-Enter>");
    keys(t, "<wait 300><fast 071611123457><fast-Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT quantity FROM line"), 2000);
    assert_both_pictures(t, "counter_sale");

    keys(t, "<F7>");
    assert_shows(t, "Take payment");
    keys(t, "c<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    assert_string_equal(ask_text(t->shop, "SELECT state FROM repair_order"), "paid");
}

static void the_customer_who_was_found_is_sold_to(void **state)
{
    struct desk_test *t = *state;

    fill_shop(t->shop);
    keys(t, "delgado<Enter><F4>");
    assert_shows(t, "Delgado, Maria");
    assert_shows(t, "counter sale");
    keys(t, "<F7>");
    assert_shows(t, "There is nothing to sell yet");
}

/* Two quarts of oil scanned and sold to somebody who gives no name; the money is asked for. */
static void open_sold(struct desk_test *t)
{
    fill_catalog(t->shop);
    keys(t, "<F4><wait 300><fast 071611123457><fast-Enter><wait 300><F7>");
    assert_shows(t, "Take payment");
}

static void a_sale_is_not_left_unpaid_without_a_word(void **state)
{
    struct desk_test *t = *state;

    open_sold(t);
    keys(t, "<Esc>");
    assert_shows(t, "Invoice 20001 is posted and not paid");
    assert_shows(t, "is owed by Walk-in customer");
    assert_both_pictures(t, "counter_sale_unpaid");

    keys(t, "<Enter>"); /* the safe answer goes back to the money */
    assert_shows(t, "Take payment");
    keys(t, "c20<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

static void a_sale_left_unpaid_is_gone_on_with(void **state)
{
    struct desk_test *t = *state;

    open_sold(t);
    keys(t, "<Esc>l");
    assert_shows(t, "Ctrl-O at the counter goes on with it");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 1);
    keys(t, "<Esc>");
    assert_shows(t, "1 unfinished: Take payment · invoice 20001");
    keys(t, "<F9>cash drawer<Enter>");
    assert_shows(t, "Sold over the counter and not paid: 10001 Walk-in customer 8.07.");
    keys(t, "<Esc>");
    keys(t, "<Ctrl-O>k<Enter>77<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    assert_shows_not(t, "unfinished");
}

static void a_sale_paid_from_its_page_is_no_longer_unfinished(void **state)
{
    struct desk_test *t = *state;

    open_sold(t);
    keys(t, "k5<Esc>l<F7>");
    assert_shows(t, "Check");
    keys(t, "<Esc>"); /* an invoice that was there already: what was typed is kept or thrown */
    assert_shows(t, "Nothing was taken yet");
    keys(t, "g8.07<Enter>77<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 1);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

static void a_sale_nobody_pays_is_taken_back(void **state)
{
    struct desk_test *t = *state;

    open_sold(t);
    keys(t, "<Esc>t");
    assert_shows(t, "Take back invoice 20001");
    assert_shows(t, "Not paid, goods stay here");
    keys(t, "<F2>y");
    assert_shows(t, "Invoice 20001 is taken back: nothing is owed.");
    assert_string_equal(ask_text(t->shop, "SELECT state FROM invoice"), "void");
    assert_int_equal(ask_number(t->shop, "SELECT sum(owes) FROM customer"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

static void who_has_terms_buys_on_account(void **state)
{
    struct desk_test *t = *state;

    fill_shop(t->shop);
    fill_catalog(t->shop);
    run_sql(t->shop, "UPDATE customer SET terms_days = 30 WHERE id = 1");
    keys(t, "delgado<Enter><F4><wait 300><fast 071611123457><fast-Enter><wait 300><F7><Esc>");
    assert_shows(t, "a On account");
    keys(t, "a");
    assert_shows(t, "is on account.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
    assert_true(ask_number(t->shop, "SELECT owes FROM customer WHERE id = 1") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(parts_are_scanned_and_paid_with_few_keys),
        COUNTER_TEST(the_customer_who_was_found_is_sold_to),
        COUNTER_TEST(a_sale_is_not_left_unpaid_without_a_word),
        COUNTER_TEST(a_sale_left_unpaid_is_gone_on_with),
        COUNTER_TEST(a_sale_paid_from_its_page_is_no_longer_unfinished),
        COUNTER_TEST(a_sale_nobody_pays_is_taken_back),
        COUNTER_TEST(who_has_terms_buys_on_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
