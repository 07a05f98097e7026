/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Receivables on screen: from who owes how much to the invoices behind it, and back to past months.
 */

#include "desk_test.h"

#include "../domain/book_rows.h"
#include "../domain/days.h"
#include "domain/invoice.h"

static void post(struct shop_test *t, int64_t customer, int64_t days, struct money total)
{
    struct invoice invoice;

    on_day(t, days);
    const struct order_id order = given_done_order(t, (struct customer_id){customer}, total);
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
}

/* Maria Delgado (30 days): 100.00 due 9 October, 250.00 due 24 November; Jun Dela Cruz 80.00 due 4
 * November. */
static void given_what_is_owed(struct shop_test *t)
{
    given_no_taxes(t);
    run_sql(t, "UPDATE customer SET terms_days = 30 WHERE id = 1");
    post(t, 1, -76, USD(100, 0));
    post(t, 1, -30, USD(250, 0));
    post(t, 2, -20, USD(80, 0));
    on_day(t, 0);
}

static void a_balance_leads_to_its_invoices(void **state)
{
    struct desk_test *t = *state;

    given_what_is_owed(t->shop);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>past due<Enter>");
    assert_both_pictures(t, "receivables");
    assert_shows(t, "Owed 430.00");
    keys(t, "<Enter>");
    assert_shows(t, "Invoices · Delgado, Maria");
    assert_shows(t, "20001");
    assert_shows(t, "20002");
    assert_shows_not(t, "20003");
    keys(t, "<Esc>=");
    assert_shows(t, "350.00 owed - 0.00 in credit");
    assert_shows(t, "Invoice 20001");
    keys(t, "<Esc>o");
    assert_shows(t, "past due only");
    keys(t, "ogg");
    assert_shows(t, "by most owed");
    keys(t, "<Left>");
    assert_shows(t, "In the evening of 31 Oct 2026");
    assert_shows(t, "Owed 350.00");
    assert_shows_not(t, "Dela Cruz");
    keys(t, "=");
    assert_shows(t, "in the evening of 31 Oct 2026");
    assert_shows(t, "350.00 owed - 0.00 in credit");
    assert_shows(t, "days past due");
    keys(t, "<Esc>d=");
    assert_shows(t, "DSO, all");
    assert_shows(t, "R, receivable");
    keys(t, "<Esc><Esc><Right>");
    assert_shows(t, "Now, 24 Nov 2026");
    keys(t, "<F8>");
    assert_shows(t, "Statement  what the customer owes");
    assert_shows(t, "Statements  of everybody who owes");
    keys(t, "<Enter>");
    assert_shows(t, "Days late");
    keys(t, "<Esc><Esc>d");
    assert_shows(t, "R / S x D");
    keys(t, "<Esc>l");
    assert_both_pictures(t, "receivable_list");
    keys(t, "<Enter>");
    assert_shows(t, "Owes");
    keys(t, "<Esc><Esc>c");
    assert_shows(t, "Owes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_balance_leads_to_its_invoices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
