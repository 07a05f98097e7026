/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter's main job through its operations alone: from the phone call to the paid invoice. */

#include "books.h"
#include "orders.h"

#include "domain/invoice.h"
#include "domain/payment.h"
#include "domain/stock.h"

/* Ten pads worth 410.00 and twenty quarts worth 82.00 on the shelf. */
static void given_stock(struct shop_test *t)
{
    call(t, &part_adjust_op, NULL,
         "{\"part\":1,\"on_hand\":\"10\",\"unit_cost\":\"41.00\","
         "\"reason\":\"First count\"}");
    call(t, &part_adjust_op, NULL,
         "{\"part\":2,\"on_hand\":\"20\",\"unit_cost\":\"4.10\","
         "\"reason\":\"First count\"}");
    assert_books_agree(t);
}

/* Worked example A as job 1, and new tires as job 2, which Maria does not want today. */
static struct order given_answered_order(struct shop_test *t)
{
    struct order order = given_brake_job(t);
    const int64_t id = order.id.v;

    given_stock(t);
    order = change(t, &discount_set_op,
                   "{\"order\":%lld,\"percent\":\"10\",\"applies_to\":\"parts\"}", (long long)id);
    order = given_another_job(t, id, "New tires");
    order = change(t, &order_present_op, "{\"order\":%lld}", (long long)id);
    return change(t, &order_authorize_op,
                  "{\"order\":%lld,\"method\":\"phone\",\"person\":\"Maria Delgado\","
                  "\"contacted\":\"619 555 0142\",\"jobs\":["
                  "{\"job\":%lld,\"decision\":\"authorized\"},"
                  "{\"job\":%lld,\"decision\":\"declined\",\"reason\":\"Next month\"}]}",
                  (long long)id, job_id_of(&order, 1), job_id_of(&order, 2));
}

static struct order given_finished_order(struct shop_test *t)
{
    struct order order = given_answered_order(t);
    const long long job = job_id_of(&order, 1);

    change(t, &job_start_op, "{\"job\":%lld}", job);
    change(t, &job_edit_op,
           "{\"job\":%lld,\"title\":\"Front brakes\",\"correction\":\"Pads replaced\"}", job);
    change(t, &job_done_op, "{\"job\":%lld}", job);
    return change(t, &order_check_op, "{\"order\":%lld}", (long long)order.id.v);
}

static struct invoice post(struct shop_test *t, const struct order *order)
{
    const struct invoice_post in = {.order = order->id, .revision = order->revision};
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &in, &invoice);
    return invoice;
}

static void from_the_phone_call_to_the_paid_invoice(void **state)
{
    struct shop_test *t = *state;
    struct tender tenders[] = {
        {.method = PAY_CARD, .amount = USD(400, 0), .card_brand = "VISA", .card_last4 = "4242"},
        {.method = PAY_CASH, .amount = USD(300, 0)},
    };
    struct payment_taken taken;

    struct order order = given_finished_order(t);
    assert_int_equal(order.state, ORDER_COMPLETE);
    assert_int_equal(order.total.cents, 60201);
    const struct invoice invoice = post(t, &order);
    assert_int_equal(invoice.total.cents, 60201);
    assert_int_equal(invoice.jobs.count, 1);
    assert_int_equal(invoice.cost.cents, 10455);
    assert_non_null(strstr(invoice.authorized_text, "By phone: Maria Delgado"));
    assert_string_equal(invoice.bill_to, "Maria Delgado\n12 Harbor Dr\nSan Diego, CA 92101");
    assert_books_agree(t);

    const struct payment_take take = {.invoice = invoice.id, .tenders = {tenders, 2}};
    expect_ok(t, &payment_take_op, &take, &taken);
    assert_int_equal(taken.balance.cents, 0);
    assert_int_equal(taken.change.cents, 9799);
    order = order_of(t, order.id.v);
    assert_int_equal(order.state, ORDER_PAID);
    assert_int_equal(order.paid.cents, 60201);
    assert_int_equal(order.invoice.v, invoice.id.v);
    assert_int_equal(customer_of(t, order.customer).owes.cents, 0);
    assert_books_agree(t);
}

static void what_was_declined_waits_for_the_next_visit(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_finished_order(t);

    (void)post(t, &order);
    const struct order next =
        change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":113000}");
    assert_int_equal(next.declined, 1);
}

static void an_invoiced_order_cannot_be_changed(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_finished_order(t);

    (void)post(t, &order);
    refuse(t, &job_add_op, ERR_CONFLICT, "already invoiced", "{\"order\":%lld,\"title\":\"More\"}",
           (long long)order.id.v);
    refuse(t, &line_add_labor_op, ERR_CONFLICT, "already invoiced",
           "{\"job\":%lld,\"hours\":\"1\"}", job_id_of(&order, 1));
    refuse(t, &job_reopen_op, ERR_CONFLICT, "already invoiced", "{\"job\":%lld}",
           job_id_of(&order, 1));
    refuse(t, &order_void_op, ERR_CONFLICT, "already invoiced",
           "{\"order\":%lld,\"reason\":\"Mistake\"}", (long long)order.id.v);
    assert_books_agree(t);
}

static void added_work_needs_an_answer_before_the_invoice(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_finished_order(t);
    const struct invoice_post in = {.order = order.id};
    struct invoice invoice;

    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"0.5\",\"taxable\":false}",
           job_id_of(&order, 1));
    expect_status(t, &invoice_post_op, &in, &invoice, ERR_CONFLICT);
    assert_says(t, "Job 1 (Front brakes)");
    order = order_of(t, order.id.v);
    change(t, &order_authorize_op,
           "{\"order\":%lld,\"method\":\"in_person\",\"person\":\"Maria Delgado\"}",
           (long long)order.id.v);
    order = order_of(t, order.id.v);
    if (job_of(&order, 1)->state != JOB_DONE) {
        change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
        change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    }
    order = order_of(t, order.id.v);
    invoice = post(t, &order);
    assert_int_equal(invoice.total.cents, order.total.cents);
    assert_true(invoice.total.cents > 60201);
    assert_books_agree(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(from_the_phone_call_to_the_paid_invoice),
        SHOP_TEST(what_was_declined_waits_for_the_next_visit),
        SHOP_TEST(an_invoiced_order_cannot_be_changed),
        SHOP_TEST(added_work_needs_an_answer_before_the_invoice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
