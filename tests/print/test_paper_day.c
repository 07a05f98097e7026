/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The Z report, read back as other people's programs read it. */

#include "../domain/book_rows.h"

#include "domain/closed_day.h"
#include "domain/drawer.h"
#include "domain/invoice.h"
#include "domain/payment.h"
#include "papers.h"

/* Labor 1,450.00 with the seeded 7.75 % on nothing but parts: no tax. Cash 1,450.00 on a float of
 * 200.00, 18.40 for towels, 1,000.00 dropped: 631.60; counted 632.00, 0.40 over. */
static void given_closed_day(struct shop_test *t)
{
    struct tender cash = {.method = PAY_CASH, .amount = USD(1450, 0)};
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 0);
    expect_ok(t, &drawer_open_op, input_json(t, &drawer_open_op, "{\"amount\":\"200\"}"), NULL);
    const struct order_id order = given_done_order(t, (struct customer_id){1}, USD(1450, 0));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    const struct payment_take in = {.invoice = invoice.id, .tenders = {&cash, 1}};
    expect_ok(t, &payment_take_op, &in, NULL);
    expect_ok(t, &drawer_pay_out_op,
              input_json(t, &drawer_pay_out_op, "{\"amount\":\"18.40\",\"reason\":\"Towels\"}"),
              NULL);
    expect_ok(t, &drawer_drop_op, input_json(t, &drawer_drop_op, "{\"amount\":\"1000\"}"), NULL);
    expect_ok(t, &drawer_count_op, input_json(t, &drawer_count_op, "{\"total\":\"632.00\"}"), NULL);
    expect_ok(t, &day_close_op, input_json(t, &day_close_op, "{\"note\":\"Quiet day\"}"), NULL);
}

static void assert_tells_the_day(const char *text)
{
    assert_has(text, "Z report 1");
    assert_has(text, "24 Nov 2026");
    assert_has(text, "Labor sales");
    assert_has(text, "1,450.00");
    assert_has(text, "cash");
    assert_has(text, "18.40");
    assert_has(text, "1,000.00");
    assert_has(text, "0.40");
    assert_has(text, "632.00");
    assert_has(text, "Customers owe");
    assert_has(text, "1: 20001 to 20001");
    assert_has(text, "Quiet day");
    assert_has(text, "Audit head");
}

static void the_report_tells_the_day_on_paper_and_as_text(void **state)
{
    struct shop_test *t = *state;

    given_closed_day(t);
    assert_tells_the_day(paper_pdf_text(t, DOCUMENT_DAY, 1, "day"));
    const char *first = paper_text(t, DOCUMENT_DAY, 1);
    assert_tells_the_day(first);
    assert_has(first, ask_text(t, "SELECT substr(head, 1, 20) FROM audit_checkpoint"));
}

static void printed_again_after_more_business_it_is_the_same(void **state)
{
    struct shop_test *t = *state;
    const struct payment_deposit in = {
        .customer = {1}, .method = PAY_CASH, .amount = {4200}, .check_number = ""};

    given_closed_day(t);
    const char *first = paper_text(t, DOCUMENT_DAY, 1);
    expect_ok(t, &payment_deposit_op, &in, NULL);
    assert_string_equal(paper_text(t, DOCUMENT_DAY, 1), first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_report_tells_the_day_on_paper_and_as_text),
        SHOP_TEST(printed_again_after_more_business_it_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
