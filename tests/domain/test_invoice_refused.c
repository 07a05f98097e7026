/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What cannot be posted, the sentence it gets, and that nothing is left of the attempt. */

#include "book_rows.h"

#include "domain/invoice.h"

static void post(struct shop_test *t, struct order_id order, struct invoice *ret)
{
    const struct invoice_post in = {.order = order};

    expect_ok(t, &invoice_post_op, &in, ret);
}

static void refuse(struct shop_test *t, struct order_id order, status expected, const char *says)
{
    const struct invoice_post in = {.order = order};
    struct invoice out;

    expect_status(t, &invoice_post_op, &in, &out, expected);
    assert_says(t, says);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry WHERE source = 'invoice'"),
                     ask_number(t, "SELECT count(*) FROM invoice"));
}

static void the_second_posting_of_an_order_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 10000);
    post(t, order, &invoice);
    refuse(t, order, ERR_CONFLICT, "Repair order 10001 is already invoiced as 20001.");
    assert_int_equal(ask_number(t, "SELECT next FROM number WHERE name = 'invoice'"), 20002);
    assert_books_agree(t);
}

static void work_that_is_not_done_or_not_authorized_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    refuse(t, order, ERR_CONFLICT, "Repair order 10001 has no finished job to invoice.");
    given_job(t, order, "Oil service", "done");
    given_line(t, "labor", 1000, 10000, 0, 0);
    given_job(t, order, "Front brakes", "presented");
    given_line(t, "labor", 1000, 20000, 0, 0);
    (void)given_authorized(t, order, 0);
    refuse(t, order, ERR_CONFLICT,
           "Job 2 (Front brakes) is not authorized. Record the customer's answer first.");
    run_sql(t, "UPDATE job SET state = 'draft' WHERE position = 2");
    refuse(t, order, ERR_CONFLICT, "Job 2 (Front brakes) is not authorized.");
    run_sql(t, "UPDATE shop SET profile = 'ca', registration = 'R 1'");
    refuse(t, order, ERR_CONFLICT, "Record the customer's answer first. (16 CCR 3353; BPC 9884.9)");
    run_sql(t, "UPDATE shop SET profile = 'tx'");
    refuse(t, order, ERR_CONFLICT, "Record the customer's answer first.");
    assert_null(strstr(t->session.fault.text, "Tex."));
    run_sql(t, "UPDATE shop SET profile = 'plain'");
    run_sql(t, "UPDATE job SET state = 'authorized' WHERE position = 2");
    refuse(t, order, ERR_CONFLICT, "Job 2 (Front brakes) is not done.");
    run_sql(t, "UPDATE job SET state = 'in_progress' WHERE position = 2");
    refuse(t, order, ERR_CONFLICT, "Job 2 (Front brakes) is not done.");
    run_sql(t, "UPDATE job SET state = 'done' WHERE position = 2");
    post(t, order, &invoice);
    assert_int_equal(invoice.total.cents, 30000);
}

static void work_that_changed_since_it_was_authorized_is_refused(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 10000);
    run_sql(t,
            "INSERT INTO authorization (repair_order, at, method, person, added, total, digest,\n"
            "code) VALUES (10001, 0, 'in_person', 'Maria', 9000, 9000, 'd', 'c')");
    run_sql(t,
            "INSERT INTO authorization_job (authorization, job, decision, amount, before, digest)\n"
            "VALUES (1, 1, 'authorized', 9000, 9000, 'other')");
    (void)given_authorized(t, order, 0);
    refuse(t, order, ERR_CONFLICT, "Job 1 (Work) has changed since it was authorized.");
    run_sql(t, "UPDATE shop SET profile = 'ca', registration = 'R 1'");
    refuse(t, order, ERR_CONFLICT, "(16 CCR 3354(a); 16 CCR 3356(e))");
    run_sql(t, "UPDATE shop SET profile = 'mi'");
    refuse(t, order, ERR_CONFLICT, "(MCL 257.1332; 257.1307e(b); check with your state)");
}

static void a_total_above_what_was_authorized_is_refused_with_both_figures(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 69287);
    run_sql(t, "UPDATE repair_order SET authorized = 65235");
    refuse(t, order, ERR_CONFLICT,
           "The total of 692.87 is 40.52 above the 652.35 that the customer authorized.");
    run_sql(t, "UPDATE shop SET tolerance_ppm = 50000"); /* 5 %: 32.62 */
    refuse(t, order, ERR_CONFLICT, "The total of 692.87 is 40.52 above");
    run_sql(t, "UPDATE shop SET tolerance_ppm = 100000, tolerance_cap = 4051"); /* 65.24, capped */
    refuse(t, order, ERR_CONFLICT, "The total of 692.87 is 40.52 above");
    run_sql(t, "UPDATE shop SET tolerance_cap = 4052");
    post(t, order, &invoice);
    assert_int_equal(invoice.total.cents, 69287);
}

static void a_tolerance_without_cap_is_its_share_of_what_was_authorized(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 11000);
    run_sql(t, "UPDATE shop SET tolerance_ppm = 100000");
    run_sql(t, "UPDATE repair_order SET authorized = 9999");
    refuse(t, order, ERR_CONFLICT, "above the 99.99 that the customer authorized");
    run_sql(t, "UPDATE repair_order SET authorized = 10000");
    post(t, order, &invoice);
    assert_int_equal(invoice.total.cents, 11000);
}

static void a_customer_archived_meanwhile_is_refused(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 10000);
    run_sql(t, "UPDATE customer SET archived_at = 1");
    refuse(t, order, ERR_CONFLICT, "Delgado, Maria is archived.");
}

static void an_order_somebody_else_changed_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 10000);
    struct invoice_post in = {.order = order, .revision = 1};
    expect_status(t, &invoice_post_op, &in, &invoice, ERR_STALE);
    in.revision = ask_number(t, "SELECT revision FROM repair_order");
    expect_ok(t, &invoice_post_op, &in, &invoice);
}

static void an_order_that_is_void_or_not_there_is_refused(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_labor_order(t, 10000);
    run_sql(t, "UPDATE repair_order SET state = 'void'");
    refuse(t, order, ERR_CONFLICT, "Repair order 10001 is void.");
    refuse(t, (struct order_id){77}, ERR_NOT_FOUND,
           "There is no repair order 77. Look for it by customer or vehicle.");
}

static void stock_that_is_not_there_stops_the_posting_where_the_shop_says_so(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_no_taxes(t);
    given_part(t, "PAD", (struct qty){3000}, USD(10, 0));
    run_sql(t, "UPDATE part SET cost = 400");
    run_sql(t, "UPDATE shop SET negative_stock = 0");
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Brakes", "done");
    given_line(t, "part", 1000, 900, 0, 1);
    given_line(t, "part", 3000, 900, 0, 1);
    (void)given_authorized(t, order, 0);
    refuse(t, order, ERR_CONFLICT, "PAD");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part"), 3000);
    assert_int_equal(ask_number(t, "SELECT next FROM number WHERE name = 'invoice'"), 20001);
    assert_books_agree(t);

    run_sql(t, "UPDATE shop SET negative_stock = 1");
    post(t, order, &invoice);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part"), -1000);
    assert_int_equal(invoice.cost.cents, 1000 + 400);
    assert_books_agree(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_second_posting_of_an_order_is_refused),
        SHOP_TEST(work_that_is_not_done_or_not_authorized_is_refused),
        SHOP_TEST(work_that_changed_since_it_was_authorized_is_refused),
        SHOP_TEST(a_total_above_what_was_authorized_is_refused_with_both_figures),
        SHOP_TEST(a_tolerance_without_cap_is_its_share_of_what_was_authorized),
        SHOP_TEST(a_customer_archived_meanwhile_is_refused),
        SHOP_TEST(an_order_somebody_else_changed_is_refused),
        SHOP_TEST(an_order_that_is_void_or_not_there_is_refused),
        SHOP_TEST(stock_that_is_not_there_stops_the_posting_where_the_shop_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
