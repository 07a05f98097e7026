/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An order invoiced in parts: every sum of the rules worked out by hand. */

#include "books.h"
#include "orders.h"

#include "domain/invoice.h"
#include "domain/payment.h"

static struct invoice PRINTF_LIKE(2, 3) invoiced(struct shop_test *t, const char *json, ...)
{
    struct invoice invoice;
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_ok(t, &invoice_post_op, input_json(t, &invoice_post_op, text), &invoice);
    return invoice;
}

static void finish(struct shop_test *t, const struct order *order, size_t job)
{
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(order, job));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(order, job));
}

/* Labor 362.50, 100.00 and 100.00, parts 221.10; 50.00 off all of it. Authorized at 785.48. */
static struct order given_three_jobs(struct shop_test *t)
{
    struct order order = given_brake_job(t);
    const int64_t id = order.id.v;

    run_sql(t, "UPDATE shop SET negative_stock = 1");
    given_another_job(t, id, "Alignment");
    given_another_job(t, id, "Wipers");
    change(t, &discount_set_op, "{\"order\":%lld,\"amount\":\"50.00\"}", (long long)id);
    order = authorize(t, id);
    assert_int_equal(order.total.cents, 78548);
    return order;
}

static void a_discount_and_supplies_of_the_order_are_shared_by_its_invoices(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_three_jobs(t);

    for (size_t job = 1; job <= 3; job++)
        finish(t, &order, job);
    const struct invoice first =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)order.id.v);

    /* 50.00 over 362.50, 179.90, 41.20, 100.00, 100.00: 23.13, 11.48, 2.63, 6.38, 6.38 */
    assert_int_equal(first.labor.cents, 33937);
    assert_int_equal(first.parts.cents, 20699);
    assert_int_equal(first.discount.cents, 3724);
    assert_int_equal(first.supplies.cents, 2036); /* 6 % of 339.37 */
    assert_int_equal(first.tax.cents, 1421 + 227 + 284);
    assert_int_equal(first.total.cents, 58604);
    assert_books_agree(t);

    struct order rest = order_of(t, order.id.v);
    assert_int_equal(rest.state, ORDER_QUALITY_CHECK);
    assert_int_equal(rest.invoice.v, 0);
    assert_int_equal(rest.total.cents, 58604 + 19943);
    assert_int_equal(rest.discount.cents, 5000);
    assert_int_equal(job_of(&rest, 1)->invoice.v, first.id.v);

    const struct invoice second = invoiced(t, "{\"order\":%lld}", (long long)order.id.v);
    assert_int_equal(second.labor.cents, 18724);
    assert_int_equal(second.parts.cents, 0);
    assert_int_equal(second.discount.cents, 1276);
    assert_int_equal(second.supplies.cents, 3160 - 2036); /* 6 % of 526.61 in all */
    assert_int_equal(second.tax.cents, 70 + 11 + 14);
    assert_int_equal(second.total.cents, 19943);
    assert_books_agree(t);

    rest = order_of(t, order.id.v);
    assert_int_equal(rest.state, ORDER_POSTED);
    assert_int_equal(rest.invoice.v, second.id.v);
    assert_int_equal(rest.total.cents, 78547);
}

static void a_percentage_of_the_order_comes_to_the_same_in_parts(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    /* 10 % of 0.05 and 0.05 is 0.01 in all: the odd cent is given once. */
    for (int i = 0; i < 2; i++) {
        order =
            change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Fuse\"}", (long long)order.id.v);
        change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\",\"rate\":\"0.05\"}",
               job_id_of(&order, order.jobs.count));
    }
    change(t, &discount_set_op, "{\"order\":%lld,\"percent\":\"10\"}", (long long)order.id.v);
    order = authorize(t, order.id.v);
    finish(t, &order, 1);
    finish(t, &order, 2);
    const struct invoice first =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)order.id.v);
    const struct invoice second =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"2\"}", (long long)order.id.v);

    assert_int_equal(first.discount.cents, 1);
    assert_int_equal(second.discount.cents, 0);
    assert_books_agree(t);
}

static void minimum_and_cap_of_supplies_are_of_the_order(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_three_jobs(t);

    run_sql(t, "UPDATE shop SET supplies_cap = 2500");
    for (size_t job = 1; job <= 3; job++)
        finish(t, &order, job);
    const struct invoice first =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)order.id.v);
    const struct invoice second =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"2,3\"}", (long long)order.id.v);
    assert_int_equal(first.supplies.cents, 2036);
    assert_int_equal(second.supplies.cents, 464);

    run_sql(t, "UPDATE shop SET supplies_ppm = 0, supplies_min = 700");
    struct order other = change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1}");
    given_another_job(t, other.id.v, "Bulb");
    given_another_job(t, other.id.v, "Belt");
    other = authorize(t, other.id.v);
    finish(t, &other, 1);
    finish(t, &other, 2);
    const struct invoice third =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"2\"}", (long long)other.id.v);
    const struct invoice fourth = invoiced(t, "{\"order\":%lld}", (long long)other.id.v);
    assert_int_equal(third.supplies.cents, 700);
    assert_int_equal(fourth.supplies.cents, 0);
    assert_books_agree(t);
}

static void an_order_is_paid_once_all_its_invoices_are(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_three_jobs(t);
    struct payment_taken taken;

    finish(t, &order, 1);
    const struct invoice first =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)order.id.v);
    call(t, &payment_take_op, &taken,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"586.04\"}]}");
    assert_int_equal(first.id.v, 20001);
    assert_int_equal(order_of(t, order.id.v).state, ORDER_IN_PROGRESS);
    assert_int_equal(order_of(t, order.id.v).paid.cents, 58604);
    finish(t, &order, 2);
    finish(t, &order, 3);
    invoiced(t, "{\"order\":%lld}", (long long)order.id.v);
    assert_int_equal(order_of(t, order.id.v).state, ORDER_POSTED);
    assert_books_agree(t);
    call(t, &payment_take_op, &taken,
         "{\"invoice\":20002,\"tenders\":[{\"method\":\"cash\",\"amount\":\"199.43\"}]}");
    assert_int_equal(order_of(t, order.id.v).state, ORDER_PAID);
    assert_books_agree(t);
}

static void an_order_is_closed_when_what_is_left_is_declined(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    run_sql(t, "UPDATE shop SET negative_stock = 1");
    order = given_another_job(t, order.id.v, "Alignment");
    order = authorize(t, order.id.v);
    finish(t, &order, 1);
    const struct invoice first =
        invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)order.id.v);
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\","
                   "\"reason\":\"No\"}]}",
                   (long long)order.id.v, job_id_of(&order, 2));
    assert_int_equal(order.state, ORDER_POSTED);
    assert_int_equal(order.invoice.v, first.id.v);
    assert_int_equal(order.total.cents, first.total.cents);
    assert_books_agree(t);
}

static void what_is_authorized_is_the_limit_of_all_invoices_together(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_three_jobs(t);

    for (size_t job = 1; job <= 3; job++)
        finish(t, &order, job);
    run_sql(t, "UPDATE repair_order SET authorized = 60000");
    invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)order.id.v);
    refuse(t, &invoice_post_op, ERR_CONFLICT, "785.47", "{\"order\":%lld}", (long long)order.id.v);
}

/* 0.50 and 0.50 at 6.25, 1 and 1.25 %: taxes are 0.06, 0.01 and 0.01 on one invoice of 1.08, and
 * 0.03, 0.01 and 0.01 on each of two of 0.55. */
static void cents_of_a_second_invoice_need_no_new_answer(void **state)
{
    struct shop_test *t = *state;
    const int64_t id = given_order(t).id.v;

    given_taxes_and_supplies(t);
    run_sql(t, "UPDATE shop SET tolerance_ppm = 0");
    for (size_t job = 1; job <= 2; job++) {
        const struct order with =
            change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Clip\"}", (long long)id);
        change(t, &line_add_part_op,
               "{\"job\":%lld,\"description\":\"Clip\",\"price\":\"0.50\",\"quantity\":\"1\"}",
               job_id_of(&with, job));
    }
    const struct order order = authorize(t, id);
    assert_int_equal(order.authorized.cents, 108);
    finish(t, &order, 1);
    assert_int_equal(invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", (long long)id).total.cents, 55);

    finish(t, &order, 2);
    assert_int_equal(invoiced(t, "{\"order\":%lld}", (long long)id).total.cents, 55);
    assert_books_agree(t);
}

static void what_is_on_an_invoice_does_not_change_on_the_order(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_three_jobs(t);
    const long long id = (long long)order.id.v;
    const long long job = job_id_of(&order, 1);

    refuse(t, &invoice_post_op, ERR_INVALID, "not done", "{\"order\":%lld,\"jobs\":\"1\"}", id);
    assert_field(t, "jobs");
    refuse(t, &invoice_post_op, ERR_INVALID, "has no job 7", "{\"order\":%lld,\"jobs\":\"7\"}", id);
    refuse(t, &invoice_post_op, ERR_INVALID, "no number", "{\"order\":%lld,\"jobs\":\"one\"}", id);
    finish(t, &order, 1);
    invoiced(t, "{\"order\":%lld,\"jobs\":\"1\"}", id);
    refuse(t, &invoice_post_op, ERR_INVALID, "on invoice 20001 already",
           "{\"order\":%lld,\"jobs\":\"1\"}", id);
    refuse(t, &job_reopen_op, ERR_CONFLICT, "on invoice 20001", "{\"job\":%lld}", job);
    refuse(t, &job_remove_op, ERR_CONFLICT, "on invoice 20001", "{\"job\":%lld}", job);
    refuse(t, &line_remove_op, ERR_CONFLICT, "on invoice 20001", "{\"line\":%lld}",
           line_id_of(&order, 1, 1));
    refuse(t, &discount_set_op, ERR_INVALID, "on invoice 20001",
           "{\"order\":%lld,\"job\":%lld,\"percent\":\"5\"}", id, job);
    refuse(t, &discount_set_op, ERR_CONFLICT, "on an invoice",
           "{\"order\":%lld,\"discount\":1,\"percent\":\"5\"}", id);
    refuse(t, &discount_remove_op, ERR_CONFLICT, "on an invoice", "{\"discount\":1}");
    refuse(t, &order_authorize_op, ERR_CONFLICT, "on invoice 20001",
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\",\"reason\":\"No\"}]}",
           id, job);
    refuse(t, &order_void_op, ERR_CONFLICT, "has begun", "{\"order\":%lld,\"reason\":\"No\"}", id);
    assert_int_equal(ask_number(t, "SELECT sum(committed) + sum(pulled) FROM line"), 0);
    assert_books_agree(t);
}

static void history_and_reports_know_both_invoices(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_three_jobs(t);

    for (size_t job = 1; job <= 3; job++)
        finish(t, &order, job);
    invoiced(t, "{\"order\":%lld,\"jobs\":\"2\"}", (long long)order.id.v);
    invoiced(t, "{\"order\":%lld}", (long long)order.id.v);
    assert_int_equal(ask_number(t, "SELECT count(DISTINCT invoice) FROM job"), 2);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice WHERE repair_order = 10001"), 2);
    assert_int_equal(ask_number(t, "SELECT sum(used) FROM invoice_discount"), 5000);
    assert_books_agree(t);

    run_sql(t, "UPDATE job SET invoice = NULL WHERE position = 2");
    assert_books_disagree(t, "Job");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_discount_and_supplies_of_the_order_are_shared_by_its_invoices),
        SHOP_TEST(a_percentage_of_the_order_comes_to_the_same_in_parts),
        SHOP_TEST(minimum_and_cap_of_supplies_are_of_the_order),
        SHOP_TEST(an_order_is_paid_once_all_its_invoices_are),
        SHOP_TEST(an_order_is_closed_when_what_is_left_is_declined),
        SHOP_TEST(what_is_authorized_is_the_limit_of_all_invoices_together),
        SHOP_TEST(cents_of_a_second_invoice_need_no_new_answer),
        SHOP_TEST(what_is_on_an_invoice_does_not_change_on_the_order),
        SHOP_TEST(history_and_reports_know_both_invoices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
