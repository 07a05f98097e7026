/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Terms, consent and warranty by version: every wording stays, and an answer or an invoice keeps
 * which one it was. */

#include "orders.h"

#include "domain/invoice.h"
#include "domain/terms.h"

static void given_texts(struct shop_test *t, const char *estimate, const char *warranty)
{
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.estimate_terms = estimate;
    shop.warranty_text = warranty;
    expect_ok(t, &setting_edit_op, &shop, &shop);
}

static struct page versions(struct shop_test *t, const char *kind)
{
    const char *json = arena_printf(&t->arena, "{\"kind\":\"%s\",\"limit\":10}", kind);
    struct page page;

    expect_ok(t, &terms_list_op, input_json(t, &terms_list_op, json), &page);
    return page;
}

static void every_wording_that_was_saved_stays_with_its_number(void **state)
{
    struct shop_test *t = *state;

    given_texts(t, "Good for 30 days.", "12 months");
    given_texts(t, "Good for 30 days.", "24 months");
    given_texts(t, "Good for 14 days.", "24 months");
    given_texts(t, "Good for 30 days.", "24 months"); /* back again: a version of its own */

    const struct page estimate = versions(t, "estimate");
    assert_int_equal(estimate.rows.count, 3);
    assert_int_equal(versions(t, "warranty").rows.count, 2);
    assert_int_equal(versions(t, "consent").rows.count, 1);
    assert_int_equal(versions(t, "invoice").rows.count, 0);
    assert_string_equal(
        ask_text(t, "SELECT text FROM terms_version WHERE kind = 'estimate' AND number = 2"),
        "Good for 14 days.");
    assert_int_equal(store_run(t->store, "UPDATE terms_version SET text = 'x'", NO_ROW, NULL),
                     ERR_CONFLICT);
    assert_int_equal(store_run(t->store, "DELETE FROM terms_version", NO_ROW, NULL), ERR_CONFLICT);
}

static void an_answer_keeps_which_terms_and_consent_it_was_given_to(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order = authorize(t, order.id.v);
    given_texts(t, "Good for 30 days.", "");
    given_texts(t, "Good for 14 days.", "");
    given_another_job(t, order.id.v, "Alignment");
    order = authorize(t, order.id.v);
    const struct order_authorization *answers = order.authorizations.at;
    assert_int_equal(answers[0].terms, 0); /* there were none */
    assert_int_equal(answers[0].consent, 1);
    assert_int_equal(answers[1].terms, 2);
    assert_int_equal(answers[1].consent, 1);
}

static void an_invoice_keeps_which_warranty_it_was_sold_with(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    struct invoice invoice;

    given_texts(t, "", "12 months");
    given_texts(t, "", "24 months");
    order = authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    call(t, &invoice_post_op, &invoice, "{\"order\":10001}");
    assert_string_equal(invoice.law.versions, "warranty version 2");
    given_texts(t, "", "36 months");
    call(t, &invoice_show_op, &invoice, "{\"invoice\":20001}");
    assert_string_equal(invoice.law.versions, "warranty version 2");
    assert_int_equal(store_run(t->store, "DELETE FROM invoice_terms", NO_ROW, NULL), ERR_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(every_wording_that_was_saved_stays_with_its_number),
        SHOP_TEST(an_answer_keeps_which_terms_and_consent_it_was_given_to),
        SHOP_TEST(an_invoice_keeps_which_warranty_it_was_sold_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
