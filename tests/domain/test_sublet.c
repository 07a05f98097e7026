/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "book_rows.h"

#include "domain/bill.h"
#include "domain/invoice.h"
#include "domain/order_input.h"
#include "domain/sublet.h"

/* A done job with a windshield put in by Bay Glass: sold for 400.00. */
static struct order_id given_windshield(struct shop_test *t, int64_t cost)
{
    given_no_taxes(t);
    run_sql(t, "UPDATE shop SET supplies_ppm = 0, supplies_flat = 0");
    run_sql(t, "INSERT INTO vendor (name, name_key, terms_days)\n"
               "VALUES ('Bay Glass', 'bay glass', 30)");
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Windshield", "done");
    given_line(t, "sublet", 1000, 40000, cost, 0);
    (void)given_authorized(t, order, 0);
    return order;
}

static struct sublet_set windshield(void)
{
    return (struct sublet_set){
        .sublet = {1}, .vendor = {1}, .vendor_invoice = "G-20417", .cost = {25000}};
}

static struct bill billed(struct shop_test *t, const struct sublet_bill *in)
{
    struct bill bill;

    expect_ok(t, &sublet_bill_op, in, &bill);
    return bill;
}

static const struct sublet_bill THE_BILL = {
    .sublet = {1}, .number = "", .total = {NUMBER_NONE}, .reason = ""};

static void its_cost_is_owed_from_posting_until_the_bill_clears_it(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 0);
    const struct sublet_set set = windshield();
    struct order order;
    struct invoice invoice;

    expect_ok(t, &sublet_set_op, &set, &order);
    const struct order_job *job = order.jobs.at;
    const struct order_line *line = job->lines.at;
    assert_string_equal(line->vendor_name, "Bay Glass");
    assert_int_equal(order.cost.cents, 25000);

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, &invoice);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_COST), 25000);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), -25000);

    const struct bill bill = billed(t, &THE_BILL);
    assert_string_equal(bill.number, "G-20417");
    assert_int_equal(bill.total.cents, 25000);
    assert_string_equal(bill.due_on.iso, "2026-12-24");
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 0);
    assert_int_equal(balance_of(t, ACCOUNT_PAYABLE), -25000);
    assert_int_equal(ask_number(t, "SELECT owes FROM vendor"), 25000);
    assert_books_agree(t);
}

static void a_bill_that_comes_first_waits_for_the_invoice(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 0);
    const struct sublet_set set = windshield();
    struct sublet_set dearer = set;
    struct invoice invoice;

    expect_ok(t, &sublet_set_op, &set, NULL);
    (void)billed(t, &THE_BILL);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 25000);
    expect_status(t, &sublet_bill_op, &THE_BILL, NULL, ERR_CONFLICT);
    assert_says(t, "billed already");
    dearer.cost.cents = 26000;
    expect_status(t, &sublet_set_op, &dearer, NULL, ERR_CONFLICT);
    expect_status(t, &line_remove_op, &(struct line_ref){.line = {1}}, NULL, ERR_CONFLICT);
    assert_says(t, "the line stays");

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, &invoice);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 0);
    assert_books_agree(t);
}

static void sublet_work_without_a_cost_is_not_invoiced(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 0);
    struct sublet_set set = windshield();

    set.cost.cents = 0;
    expect_ok(t, &sublet_set_op, &set, NULL);
    expect_status(t, &invoice_post_op, &(struct invoice_post){.order = id}, NULL, ERR_CONFLICT);
    assert_says(t, "sublet work without a cost");
}

static struct line_edit reason_for(const char *reason)
{
    return (struct line_edit){.line = {1},
                              .description = "",
                              .quantity = {NUMBER_NONE},
                              .price = {NUMBER_NONE},
                              .cost = {NUMBER_NONE},
                              .discount_ppm = {NUMBER_NONE},
                              .discount_amount = {NUMBER_NONE},
                              .taxable = true,
                              .dot = "",
                              .price_reason = reason};
}

/* Its cost of goods would be 0. */
static void sublet_work_of_nobody_without_a_cost_wants_the_right_and_the_reason(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 0);
    const struct line_edit edit = reason_for("The vendor owes us one");
    struct order order;

    expect_status(t, &invoice_post_op, &(struct invoice_post){.order = id}, NULL, ERR_CONFLICT);
    assert_says(t, "without vendor and cost: ");
    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'prices:below-floor'");
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &line_edit_op, &edit, NULL, ERR_DENIED);
    assert_field(t, "cost");
    const struct line_add_other more = {.job = {1},
                                        .kind = LINE_SUBLET,
                                        .description = "Tint",
                                        .price = {5000},
                                        .quantity = {1000},
                                        .cost = {0},
                                        .price_reason = "Because"};
    expect_status(t, &line_add_other_op, &more, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    expect_ok(t, &line_edit_op, &edit, &order);
    sign_in_as(t, ROLE_ACCOUNTANT);
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, NULL);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_COST), 0);
    assert_books_agree(t);
}

/* 250.00 would be owed to nobody. On a purchase order it is owed to whom that was sent. */
static void sublet_work_with_a_cost_and_no_vendor_is_not_sold(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 25000);
    const struct invoice_post in = {.order = id};
    struct sublet_set set = windshield();
    struct order order;

    run_sql(t, "UPDATE line SET vendor = NULL");
    expect_status(t, &invoice_post_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "Job 1 (Windshield) has sublet work with a cost and no vendor: A sublet.");
    set.cost.cents = NUMBER_NONE;
    expect_ok(t, &sublet_set_op, &set, NULL);
    expect_ok(t, &invoice_post_op, &in, NULL);
    assert_books_agree(t);

    const struct order_id next = given_order(t, 1);
    given_job(t, next, "Tint", "draft");
    struct line_add_other tint = {.job = {2},
                                  .kind = LINE_SUBLET,
                                  .description = "Tint",
                                  .price = {5000},
                                  .quantity = {1000},
                                  .cost = {3000},
                                  .price_reason = "",
                                  .vendor = {7}};
    expect_status(t, &line_add_other_op, &tint, NULL, ERR_NOT_FOUND);
    tint.kind = LINE_CORE;
    expect_status(t, &line_add_other_op, &tint, NULL, ERR_INVALID);
    assert_field(t, "vendor");
    tint.kind = LINE_SUBLET;
    tint.vendor.v = 1;
    expect_ok(t, &line_add_other_op, &tint, &order);
    const struct order_job *job = order.jobs.at;
    assert_int_equal(((const struct order_line *)job->lines.at)->vendor.v, 1);
}

/* A reason that stood for something else does not stand for a cost that is taken off. */
static void who_may_not_takes_no_cost_off(void **state)
{
    struct shop_test *t = *state;
    struct sublet_set set = windshield();

    (void)given_windshield(t, 25000);
    run_sql(t, "UPDATE line SET price_reason = 'Goodwill'");
    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'prices:below-floor'");
    sign_in_as(t, ROLE_MANAGER);
    set.cost.cents = 0;
    expect_status(t, &sublet_set_op, &set, NULL, ERR_DENIED);
    assert_field(t, "cost");
}

static void a_bill_that_says_something_else_needs_a_reason(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 25000);
    struct sublet_set set = windshield();
    struct sublet_bill bill = THE_BILL;
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = id}, &invoice);
    set.cost.cents = 26000;
    expect_status(t, &sublet_set_op, &set, NULL, ERR_INVALID);
    assert_field(t, "cost");
    set.cost.cents = NUMBER_NONE;
    set.vendor_invoice = "";
    expect_ok(t, &sublet_set_op, &set, NULL);

    expect_status(t, &sublet_bill_op, &bill, NULL, ERR_INVALID);
    assert_field(t, "number");
    bill.number = "G-20418";
    bill.total.cents = 26500;
    expect_status(t, &sublet_bill_op, &bill, NULL, ERR_INVALID);
    assert_field(t, "reason");
    bill.reason = "Molding was extra";
    sign_in_as(t, ROLE_ACCOUNTANT);
    expect_status(t, &sublet_bill_op, &bill, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_MANAGER);
    assert_int_equal(billed(t, &bill).difference.cents, 1500);
    assert_int_equal(balance_of(t, ACCOUNT_PURCHASE_DIFFERENCE), 1500);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 0);
    assert_books_agree(t);

    run_sql(t, "UPDATE line SET billed = 1");
    assert_books_disagree(t, "sublet work");
}

static void one_bill_is_for_all_lines_with_its_number(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 25000);
    struct sublet_set set = windshield();

    given_line(t, "fee", 3000, 1000, 333, 0);
    (void)given_authorized(t, id, 0);
    expect_ok(t, &sublet_set_op, &set, NULL);
    set.sublet.v = 2;
    set.cost.cents = NUMBER_NONE;
    expect_ok(t, &sublet_set_op, &set, NULL);
    assert_int_equal(billed(t, &THE_BILL).total.cents, 25000 + 999);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM line WHERE bill = 1"), 2);
    assert_books_agree(t);
}

static void a_bill_that_is_taken_back_leaves_the_work_to_be_billed(void **state)
{
    struct shop_test *t = *state;
    const struct sublet_set set = windshield();

    (void)given_windshield(t, 25000);
    expect_ok(t, &sublet_set_op, &set, NULL);
    const struct bill bill = billed(t, &THE_BILL);
    const struct bill_void back = {.bill = bill.id, .reason = "Of another shop"};
    expect_ok(t, &bill_void_op, &back, NULL);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 0);
    assert_books_agree(t);
    const struct sublet_bill again = {
        .sublet = {1}, .number = "G-20419", .total = {NUMBER_NONE}, .reason = ""};
    assert_int_equal(billed(t, &again).total.cents, 25000);
    assert_books_agree(t);
}

static void what_a_vendor_has_billed_is_neither_declined_nor_void(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 25000);
    const struct sublet_set set = windshield();
    struct job_decision no = {.job = {1}, .decision = DECISION_DECLINED, .reason = "Too dear"};
    const struct order_authorize answer = {
        .order = id, .method = METHOD_IN_PERSON, .jobs = {&no, 1}};

    run_sql(t, "UPDATE job SET state = 'authorized'");
    expect_ok(t, &sublet_set_op, &set, NULL);
    (void)billed(t, &THE_BILL);
    expect_status(t, &order_authorize_op, &answer, NULL, ERR_CONFLICT);
    assert_says(t, "Bay Glass has billed work of job 1");
    expect_status(t, &order_void_op, &(struct order_void){.order = id, .reason = "Sold"}, NULL,
                  ERR_CONFLICT);
    assert_says(t, "Take the bill back first");
}

/* One job is invoiced, the order is still open. */
static void the_cost_of_an_invoiced_job_stays(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_windshield(t, 25000);
    struct sublet_set set = windshield();

    given_job(t, id, "Wipers", "draft");
    given_line(t, "labor", 1000, 1000, 0, 0);
    (void)given_authorized(t, id, 0);
    const struct invoice_post first = {.order = id, .jobs = "1"};
    expect_ok(t, &invoice_post_op, &first, NULL);
    set.cost.cents = 26000;
    expect_status(t, &sublet_set_op, &set, NULL, ERR_INVALID);
    assert_field(t, "cost");
    set.cost.cents = NUMBER_NONE;
    expect_ok(t, &sublet_set_op, &set, NULL);
    assert_int_equal(billed(t, &THE_BILL).total.cents, 25000);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 0);
    assert_books_agree(t);
}

static void what_the_shop_does_itself_has_no_vendor(void **state)
{
    struct shop_test *t = *state;
    struct sublet_set set = windshield();

    (void)given_windshield(t, 25000);
    given_line(t, "labor", 1000, 10000, 0, 0);
    set.sublet.v = 2;
    expect_status(t, &sublet_set_op, &set, NULL, ERR_CONFLICT);
    assert_says(t, "no work given away");
    set.sublet.v = 1;
    set.back_on = (struct day){"2026-11-25"};
    expect_status(t, &sublet_set_op, &set, NULL, ERR_INVALID);
    assert_field(t, "back_on");
}

static void what_is_out_is_listed_until_it_is_billed(void **state)
{
    struct shop_test *t = *state;
    struct sublet_set set = windshield();
    const struct sublet_search all = {.query.limit = 10, .query.search = ""};
    struct page page;

    (void)given_windshield(t, 25000);
    set.due_on = (struct day){"2026-11-23"};
    expect_ok(t, &sublet_set_op, &set, NULL);
    expect_ok(t, &sublet_search_op, &all, &page);
    const struct sublet *row = page.rows.at;
    assert_int_equal(page.rows.count, 1);
    assert_true(row->late);
    assert_int_equal(row->amount.cents, 25000);

    (void)billed(t, &THE_BILL);
    expect_ok(t, &sublet_search_op, &all, &page);
    assert_int_equal(page.rows.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(its_cost_is_owed_from_posting_until_the_bill_clears_it),
        SHOP_TEST(a_bill_that_comes_first_waits_for_the_invoice),
        SHOP_TEST(sublet_work_without_a_cost_is_not_invoiced),
        SHOP_TEST(sublet_work_of_nobody_without_a_cost_wants_the_right_and_the_reason),
        SHOP_TEST(sublet_work_with_a_cost_and_no_vendor_is_not_sold),
        SHOP_TEST(who_may_not_takes_no_cost_off),
        SHOP_TEST(a_bill_that_says_something_else_needs_a_reason),
        SHOP_TEST(one_bill_is_for_all_lines_with_its_number),
        SHOP_TEST(a_bill_that_is_taken_back_leaves_the_work_to_be_billed),
        SHOP_TEST(what_a_vendor_has_billed_is_neither_declined_nor_void),
        SHOP_TEST(the_cost_of_an_invoiced_job_stays),
        SHOP_TEST(what_the_shop_does_itself_has_no_vendor),
        SHOP_TEST(what_is_out_is_listed_until_it_is_billed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
