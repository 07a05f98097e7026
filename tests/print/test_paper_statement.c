/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Statements, read back as other people's programs read them. */

#include "../domain/book_rows.h"
#include "../domain/days.h"

#include "domain/invoice.h"
#include "domain/payment.h"
#include "papers.h"

static void post(struct shop_test *t, int64_t customer, int vehicle, int64_t days,
                 struct money total)
{
    struct invoice invoice;

    on_day(t, days);
    const struct order_id order = given_done_order(t, (struct customer_id){customer}, total);
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE repair_order SET vehicle = nullif(%d, 0), po_number = 'P-77'\n"
                            "WHERE id = %lld",
                            vehicle, (long long)order.v));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
}

/* Delano Fleet, 30 days: unit 2 owes 100.00 (10 days late) and 30.00, unit 10 owes 200.00 (40 days
 * late), and 57.00 is in credit: 273.00. Maria owes 50.00. Ada owes nothing. */
static void given_what_is_owed(struct shop_test *t)
{
    const struct payment_deposit deposit = {
        .customer = {1}, .method = PAY_CHECK, .amount = USD(57, 0), .check_number = "4711"};

    given_no_taxes(t);
    given_customer(t, "Delano Fleet", 30);
    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Zimmer, Ada", 0);
    run_sql(t, "UPDATE customer SET company = 'Delano Fleet' WHERE id = 1");
    run_sql(t, "INSERT INTO vehicle (customer, unit_number, name, name_key) VALUES\n"
               "(1, '10', '2016 Ford Transit', 'x'), (1, '2', '2019 Ram 1500', 'x')");
    run_sql(t, "INSERT INTO address (customer, position, kind, street, city, state, zip)\n"
               "VALUES (1, 1, 'billing', '12 Harbor Dr', 'San Diego', 'CA', '92101')");
    post(t, 1, 1, -70, USD(200, 0));
    post(t, 1, 2, -40, USD(100, 0));
    post(t, 1, 2, -5, USD(30, 0));
    post(t, 2, 0, -1, USD(50, 0));
    on_day(t, 0);
    expect_ok(t, &payment_deposit_op, &deposit, NULL);
}

static void assert_is_the_fleets(const char *text)
{
    assert_has(text, "Statement");
    assert_has(text, "Delano Fleet");
    assert_has(text, "12 Harbor Dr");
    assert_has(text, "Unit 2 · 2019 Ram 1500");
    assert_has(text, "130.00");
    assert_has(text, "Unit 10 · 2016 Ford Transit");
    assert_has(text, "15 Oct 2026");
    assert_has(text, "PO P-77");
    assert_has(text, "check 4711");
    assert_has(text, "-57.00");
    assert_has(text, "273.00");
    assert_has(text, "300.00 of this is past due");
    assert_true(strstr(text, "Unit 2 ·") < strstr(text, "Unit 10 ·"));
}

static void a_fleets_statement_has_its_units_and_adds_up(void **state)
{
    struct shop_test *t = *state;

    given_what_is_owed(t);
    assert_is_the_fleets(paper_pdf_text(t, DOCUMENT_STATEMENT, 1, "statement"));
    assert_is_the_fleets(paper_text(t, DOCUMENT_STATEMENT, 1));
    assert_has(paper_text(t, DOCUMENT_STATEMENT, 3), "No invoice is open.");
}

static void one_run_makes_a_statement_of_everybody_who_owes(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF pdf = BUF_MIB(4);

    given_what_is_owed(t);
    const char *text = paper_pdf_text(t, DOCUMENT_STATEMENTS, 20261124, "statements");
    assert_is_the_fleets(text);
    assert_has(text, "Delgado, Maria");
    assert_null(strstr(text, "Zimmer"));
    paper_render(t, DOCUMENT_STATEMENTS, 20261124, PRINT_PDF, &pdf);
    assert_has(read_back(&t->arena, &pdf, "pdfinfo", ""), "Pages:           2");
    assert_has(strstr(text, "Page 1 of 1") + 1, "Page 1 of 1");
    assert_has(paper_text(t, DOCUMENT_STATEMENTS, 20261124), "\f");
    assert_null(strstr(paper_text(t, DOCUMENT_STATEMENTS, 20261122), "Delgado"));
}

static void a_run_of_no_day_or_of_nobody_is_refused(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF out = BUF_MIB(1);

    given_what_is_owed(t);
    assert_int_equal(print_render(&t->session, DOCUMENT_STATEMENTS, 20261399, PRINT_TEXT, &out),
                     ERR_INVALID);
    assert_says(t, "20261399 is no day");
    assert_int_equal(print_render(&t->session, DOCUMENT_STATEMENTS, 20200101, PRINT_TEXT, &out),
                     ERR_CONFLICT);
    assert_says(t, "Nobody owed anything");
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_int_equal(print_render(&t->session, DOCUMENT_STATEMENT, 1, PRINT_TEXT, &out),
                     ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_fleets_statement_has_its_units_and_adds_up),
        SHOP_TEST(one_run_makes_a_statement_of_everybody_who_owes),
        SHOP_TEST(a_run_of_no_day_or_of_nobody_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
