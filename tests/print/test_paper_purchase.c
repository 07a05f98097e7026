/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Papers for vendors, read back as other people's programs read them. */

#include "../domain/purchases.h"

#include "domain/bill.h"
#include "domain/claim.h"
#include "papers.h"

static void the_order_tells_the_vendor_his_numbers_and_where_to_deliver(void **state)
{
    struct shop_test *t = *state;

    given_sent(t);
    const char *text = paper_pdf_text(t, DOCUMENT_PURCHASE, 1, "purchase");
    assert_has(text, "Purchase order 1");
    assert_has(text, "Harbor Auto Parts");
    assert_has(text, "7 Quay St");
    assert_has(text, "88-1402");
    assert_has(text, "H-77");
    assert_has(text, "BP-1210");
    assert_has(text, "26 Nov 2026");
    assert_has(text, "392.00");
    assert_has(text, "482.00");
    text = paper_text(t, DOCUMENT_PURCHASE, 1); /* what goes into a mail */
    assert_has(text, "H-77");
    assert_has(text, "Starter");
    assert_has(text, "Please write order number 1 on the packing slip");
}

static void who_may_not_see_costs_prints_an_order_without_them(void **state)
{
    struct shop_test *t = *state;

    given_sent(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    const char *text = paper_text(t, DOCUMENT_PURCHASE, 1);
    assert_has(text, "H-77");
    assert_null(strstr(text, "38.00"));
    assert_null(strstr(text, "392.00"));
}

static void a_check_says_its_sum_twice_and_what_it_pays(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF none = BUF_MIB(1);

    given_sent(t);
    call(t, &purchase_receive_op, NULL, "{\"purchase\":1}");
    call(t, &bill_enter_op, NULL, "{\"purchase\":1,\"number\":\"4711\",\"total\":\"482.00\"}");
    call(t, &bill_pay_op, NULL,
         "{\"vendor\":1,\"bills\":[{\"bill\":1}],\"memo\":\"Account 88-1402\"}");
    const char *text = paper_pdf_text(t, DOCUMENT_CHECK, 1, "check");
    assert_has(text, "Check 1001");
    assert_has(text, "**482.00");
    assert_has(text, "Four hundred eighty-two and 00/100 dollars");
    assert_has(text, "Pay to the order of");
    assert_has(text, "Harbor Auto Parts");
    assert_has(text, "4711");
    assert_has(text, "Account 88-1402");
    call(t, &bill_void_payment_op, NULL, "{\"payment\":1,\"reason\":\"Lost\"}");
    assert_int_equal(print_render(&t->session, DOCUMENT_CHECK, 1, PRINT_PDF, &none), ERR_CONFLICT);
    assert_says(t, "This payment is void: Lost");
    call(t, &bill_pay_op, NULL, "{\"vendor\":1,\"bills\":[{\"bill\":1}],\"method\":\"ach\"}");
    text = paper_pdf_text(t, DOCUMENT_CHECK, 2, "check");
    assert_has(text, "Remittance 2");
    assert_has(text, "by bank transfer");
    assert_null(strstr(text, "Pay to the order of"));
}

static void a_slip_goes_back_with_the_part(void **state)
{
    struct shop_test *t = *state;

    given_sent(t);
    call(t, &purchase_receive_op, NULL, "{\"purchase\":1}");
    call(t, &claim_return_op, NULL, "{\"part\":1,\"quantity\":\"2\",\"reason\":\"Wrong pads\"}");
    call(t, &claim_send_op, NULL, "{\"claim\":2,\"rma\":\"RMA-5\"}");
    const char *text = paper_pdf_text(t, DOCUMENT_CLAIM, 2, "claim");
    assert_has(text, "Return 2");
    assert_has(text, "RMA-5");
    assert_has(text, "BP-1210");
    assert_has(text, "76.00");
    assert_has(text, "Wrong pads");
    assert_null(strstr(text, "Still open"));
    call(t, &claim_credit_op, NULL, "{\"claim\":2,\"number\":\"CM-1\",\"amount\":\"70.00\"}");
    text = paper_pdf_text(t, DOCUMENT_CLAIM, 2, "claim-credited");
    assert_has(text, "76.00");
    assert_has(text, "70.00");
    assert_has(text, "Still open");
    assert_has(text, "6.00");
}

static void a_long_order_runs_over_several_pages(void **state)
{
    struct shop_test *t = *state;

    given_draft(t);
    run_sql(t,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)"
            " INSERT INTO purchase_line (purchase, position, description, number, quantity, cost)"
            " SELECT 1, 10 + i, 'Clip number ' || i, 'CL-' || i, 1000, 25 FROM n");
    const char *text = paper_pdf_text(t, DOCUMENT_PURCHASE, 1, "purchase");
    assert_has(text, "Clip number 120");
    assert_has(text, "CL-1");
    assert_has(text, "Draft of");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_order_tells_the_vendor_his_numbers_and_where_to_deliver),
        SHOP_TEST(who_may_not_see_costs_prints_an_order_without_them),
        SHOP_TEST(a_check_says_its_sum_twice_and_what_it_pays),
        SHOP_TEST(a_slip_goes_back_with_the_part),
        SHOP_TEST(a_long_order_runs_over_several_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
