/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A gift certificate by keys: sold and paid for in one go, found, and taken as a tender. */

#include "desk_test.h"
#include "domain/book_rows.h"
#include "domain/gift.h"
#include "domain/invoice.h"

static const char *number_of(struct desk_test *t)
{
    return ask_text(t->shop, "SELECT number FROM gift_certificate");
}

/* Maria buys one of 50.00 in cash. */
static void open_sold(struct desk_test *t)
{
    const struct subject maria = {.noun = "customer", .id = 1};

    given_no_taxes(t->shop);
    desk_open_op(t->desk, &gift_sell_op, &maria);
    keys(t, "");
    assert_shows(t, "Sell a gift certificate");
    keys(t, "50<Tab>Ana<F2>");
    assert_shows(t, "is good once this is paid.");
    keys(t, "c<F2>");
    assert_shows(t, "Invoice 20001 is paid.");
}

static void a_certificate_is_sold_and_paid_for_in_one_go(void **state)
{
    struct desk_test *t = *state;

    open_sold(t);
    assert_shows(t, "good");
    assert_int_equal(ask_number(t->shop, "SELECT balance FROM gift_certificate"), 5000);
    desk_open_op(t->desk, &gift_search_op, NULL);
    keys(t, "");
    assert_shows(t, "With something left");
    assert_shows(t, "Delgado, Maria");
    keys(t, "=");
    assert_shows(t, "50.00 - 0.00 used - 0.00 taken back");
    keys(t, "<Esc><Enter>=");
    assert_shows(t, "Issued for");
    keys(t, "<Esc><Esc><F8>");
    assert_shows(t, "to be handed over");
}

static void it_is_a_tender_up_to_what_is_left(void **state)
{
    struct desk_test *t = *state;
    struct invoice invoice;

    open_sold(t);
    const struct order_id order = given_done_order(t->shop, (struct customer_id){3}, USD(80, 0));
    expect_ok(t->shop, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    desk_open_op(t->desk, op_find("invoice.show"),
                 &(struct subject){.noun = "invoice", .id = 20002});
    keys(t, "<F7>g60<Enter>123456789012<F2>t");
    assert_shows(t, "This is no number of a certificate: a digit is wrong.");
    keys(t, "<Ctrl-U>");
    keys(t, number_of(t));
    keys(t, "<F2>t");
    assert_shows(t, "Only 50.00 is left on certificate");
    keys(t, "<Ctrl-U>50<Ctrl-N>c<F2>");
    assert_shows(t, "Invoice 20002 is paid.");
    assert_int_equal(ask_number(t->shop, "SELECT balance FROM gift_certificate"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT sum(amount) FROM payment WHERE method = 'cash'"),
                     5000 + 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(a_certificate_is_sold_and_paid_for_in_one_go),
        COUNTER_TEST(it_is_a_tender_up_to_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
