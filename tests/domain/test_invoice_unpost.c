/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An invoice taken back on its day: all is as it was, and the number is used up. */

#include "books.h"
#include "days.h"
#include "orders.h"

#include "domain/claim.h"
#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/payment.h"
#include "domain/stock.h"

static const enum account_role accounts[] = {
    ACCOUNT_RECEIVABLE,     ACCOUNT_INVENTORY,    ACCOUNT_WORK_IN_PROCESS, ACCOUNT_LABOR_SALES,
    ACCOUNT_PART_SALES,     ACCOUNT_FEE_SALES,    ACCOUNT_SUPPLIES_SALES,  ACCOUNT_TAX_PAYABLE,
    ACCOUNT_PART_COST,      ACCOUNT_CORE_DEPOSIT, ACCOUNT_SUBLET_COST,     ACCOUNT_SUBLET_ACCRUED,
    ACCOUNT_CUSTOMER_CREDIT};

/* Ten pads at 41.00 and twenty quarts at 4.10 on the shelf; the pads are pulled; a core is charged.
 */
static struct order given_work(struct shop_test *t)
{
    struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    run_sql(t, "UPDATE tax SET classes = 'part core supplies'");
    call(t, &part_adjust_op, NULL,
         "{\"part\":1,\"on_hand\":\"10\",\"unit_cost\":\"41.00\",\"reason\":\"x\"}");
    call(t, &part_adjust_op, NULL,
         "{\"part\":2,\"on_hand\":\"20\",\"unit_cost\":\"4.10\",\"reason\":\"x\"}");
    change(t, &line_add_other_op,
           "{\"job\":%lld,\"kind\":\"core\",\"description\":\"Caliper\",\"price\":\"20.00\"}", job);
    order = authorize(t, order.id.v);
    change(t, &stock_pull_op, "{\"line\":%lld}", line_id_of(&order, 1, 2));
    change(t, &job_start_op, "{\"job\":%lld}", job);
    return change(t, &job_done_op, "{\"job\":%lld}", job);
}

static struct invoice post(struct shop_test *t, const struct order *order)
{
    struct invoice invoice;

    call(t, &invoice_post_op, &invoice, "{\"order\":%lld}", (long long)order->id.v);
    return invoice;
}

static void take_cash(struct shop_test *t, long long invoice, const char *amount)
{
    struct payment_taken taken;

    call(t, &payment_take_op, &taken,
         "{\"invoice\":%lld,\"tenders\":[{\"method\":\"cash\","
         "\"amount\":\"%s\"}]}",
         invoice, amount);
}

static struct invoice unpost(struct shop_test *t, long long id)
{
    struct invoice invoice;

    call(t, &invoice_unpost_op, &invoice, "{\"invoice\":%lld,\"reason\":\"Wrong car\"}", id);
    return invoice;
}

static void an_invoice_taken_back_leaves_all_as_it_was(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    int64_t before[COUNT_OF(accounts)];

    for (size_t i = 0; i < COUNT_OF(accounts); i++)
        before[i] = balance_of(t, accounts[i]);
    const int64_t owes = ask_number(t, "SELECT owes FROM customer WHERE id = 1");
    const struct invoice first = post(t, &order);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 2"), 14500);
    const struct invoice undone = unpost(t, first.id.v);

    assert_int_equal(undone.state, INVOICE_VOID);
    assert_int_equal(undone.balance.cents, 0);
    assert_non_null(strstr(undone.void_text, "Wrong car"));
    for (size_t i = 0; i < COUNT_OF(accounts); i++)
        if (balance_of(t, accounts[i]) != before[i])
            fail_msg("account %d: %lld, was %lld", (int)accounts[i],
                     (long long)balance_of(t, accounts[i]), (long long)before[i]);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 1"), owes);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 8000);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 2"), 20000);
    assert_int_equal(ask_number(t, "SELECT stock_value FROM part WHERE id = 2"), 8200);
    assert_books_agree(t);

    const struct order open = order_of(t, order.id.v);
    assert_int_equal(open.state, ORDER_COMPLETE);
    assert_int_equal(open.invoice.v, 0);
    assert_int_equal(line_of(&open, 1, 2)->pulled.thousandths, 2000);
    assert_int_equal(line_of(&open, 1, 2)->pulled_value.cents, 8200);
    assert_int_equal(line_of(&open, 1, 3)->committed.thousandths, 5500);

    const struct invoice second = post(t, &order);
    assert_int_equal(second.id.v, first.id.v + 1);
    assert_int_equal(second.total.cents, first.total.cents);
    assert_int_equal(second.cost.cents, first.cost.cents);
    assert_books_agree(t);
}

static void what_was_paid_on_it_becomes_credit(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    const struct invoice first = post(t, &order);

    take_cash(t, first.id.v, "100.00");
    unpost(t, first.id.v);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer WHERE id = 1"), 10000);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), -10000);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 0);
    assert_books_agree(t);

    const struct invoice second = post(t, &order);
    call(t, &payment_apply_op, NULL, "{\"payment\":1,\"invoice\":%lld}", (long long)second.id.v);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer WHERE id = 1"), 0);
    assert_books_agree(t);
}

static void one_of_several_invoices_is_taken_back(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_another_job(t, order.id.v, "Bulb");
    given_another_job(t, order.id.v, "Belt");
    change(t, &discount_set_op, "{\"order\":%lld,\"amount\":\"30.00\"}", (long long)order.id.v);
    order = authorize(t, order.id.v);
    for (size_t job = 1; job <= 2; job++) {
        change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, job));
        change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, job));
    }
    const int64_t whole = order_of(t, order.id.v).total.cents;
    call(t, &invoice_post_op, NULL, "{\"order\":10001,\"jobs\":\"1\"}");
    const struct invoice second = post(t, &order);
    unpost(t, 20001);
    struct order open = order_of(t, order.id.v);
    assert_int_equal(open.invoice.v, 0);
    assert_int_equal(job_of(&open, 1)->invoice.v, 0);
    assert_int_equal(job_of(&open, 2)->invoice.v, second.id.v);
    assert_int_equal(open.discount.cents, 3000);
    assert_books_agree(t);
    const struct invoice third = post(t, &order);
    assert_int_equal(second.total.cents + third.total.cents, whole);
    assert_int_equal(third.discount.cents, 1500);
    assert_books_agree(t);
}

static void it_is_refused_after_the_day_and_once_more_has_happened(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    static const char in[] = "{\"invoice\":20001,\"reason\":\"Wrong car\"}";

    post(t, &order);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &invoice_unpost_op, input_json(t, &invoice_unpost_op, in), NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    refuse(t, &invoice_unpost_op, ERR_INVALID, "", "{\"invoice\":20001,\"reason\":\"\"}");
    assert_field(t, "reason");
    call(t, &invoice_write_off_op, NULL,
         "{\"invoice\":20001,\"amount\":\"1.00\",\"reason\":\"x\"}");
    refuse(t, &invoice_unpost_op, ERR_CONFLICT, "written off", "%s", in);
    call(t, &invoice_write_off_undo_op, NULL,
         "{\"invoice\":20001,\"amount\":\"1.00\",\"reason\":\"x\"}");
    call(t, &core_refund_op, NULL, "{\"core\":1}");
    refuse(t, &invoice_unpost_op, ERR_CONFLICT, "A core of invoice 20001", "%s", in);
    days_later(t, 1);
    refuse(t, &invoice_unpost_op, ERR_CONFLICT, "that day is over", "%s", in);
    assert_books_agree(t);
}

static void a_charge_is_taken_back_too_and_only_once(void **state)
{
    struct shop_test *t = *state;

    given_maria_and_her_accord(t);
    call(t, &invoice_charge_op, NULL,
         "{\"customer\":1,\"description\":\"Storage\",\"amount\":\"25.00\"}");
    unpost(t, 20001);
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), 0);
    refuse(t, &invoice_unpost_op, ERR_CONFLICT, "void already",
           "{\"invoice\":20001,\"reason\":\"Again\"}");
    expect_status(t, &payment_take_op,
                  input_json(t, &payment_take_op,
                             "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\","
                             "\"amount\":\"25.00\"}]}"),
                  NULL, ERR_CONFLICT);
    assert_frozen(t, "UPDATE invoice SET state = 'posted'", "never changes");
    assert_frozen(t, "UPDATE invoice_unpost SET reason = 'x'", "stays so");
    assert_frozen(t, "DELETE FROM invoice_unpost", "stays so");
    assert_books_agree(t);
}

/* Whatever statement fails, the invoice stands as it was. */
static void taking_back_that_fails_anywhere_leaves_the_invoice(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    const struct invoice first = post(t, &order);
    const struct invoice_unpost in = {.invoice = first.id, .reason = "Wrong car"};
    struct invoice undone;
    int64_t failed = 0;

    take_cash(t, first.id.v, "100.00");
    for (int64_t n = 1;; n++, failed++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &invoice_unpost_op, &in, &undone);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(ask_number(t, "SELECT paid FROM invoice WHERE state = 'posted'"), 10000);
        assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 2"), 14500);
        assert_books_agree(t);
    }
    assert_true(failed > 40);
    assert_books_agree(t);
}

static void take_certificate(struct shop_test *t, long long invoice, const char *number)
{
    call(t, &payment_take_op, NULL,
         "{\"invoice\":%lld,\"tenders\":[{\"method\":\"gift\","
         "\"amount\":\"1.00\",\"certificate\":\"%s\"}]}",
         invoice, number);
}

static void the_sale_of_a_certificate_stays_once_it_is_used(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    const struct invoice work = post(t, &order);
    struct gift used, unused;

    const struct gift_sell fifty = {.customer = {1}, .amount = {5000}};
    const struct gift_sell seven = {.customer = {1}, .amount = {700}};
    expect_ok(t, &gift_sell_op, &fifty, &used);
    expect_ok(t, &gift_sell_op, &seven, &unused);
    take_cash(t, (long long)used.invoice.v, "50.00");
    take_certificate(t, (long long)work.id.v, used.number);

    const struct invoice_unpost in = {.invoice = used.invoice, .reason = "Wrong amount"};
    expect_status(t, &invoice_unpost_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "has been used");
    unpost(t, (long long)unused.invoice.v);
    assert_books_agree(t);
}

/* One of two jobs is invoiced; the other is done, and nobody has looked at it yet. */
static void an_order_that_was_still_open_passes_no_quality_check_by_it(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_work(t);

    order = given_another_job(t, order.id.v, "Wipers");
    order = authorize(t, order.id.v);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 2));
    const struct invoice_post first = {.order = order.id, .jobs = "1"};
    struct invoice invoice;
    expect_ok(t, &invoice_post_op, &first, &invoice);
    unpost(t, (long long)invoice.id.v);
    assert_int_equal(order_of(t, order.id.v).state, ORDER_QUALITY_CHECK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_invoice_taken_back_leaves_all_as_it_was),
        SHOP_TEST(what_was_paid_on_it_becomes_credit),
        SHOP_TEST(one_of_several_invoices_is_taken_back),
        SHOP_TEST(it_is_refused_after_the_day_and_once_more_has_happened),
        SHOP_TEST(a_charge_is_taken_back_too_and_only_once),
        SHOP_TEST(the_sale_of_a_certificate_stays_once_it_is_used),
        SHOP_TEST(an_order_that_was_still_open_passes_no_quality_check_by_it),
        SHOP_TEST(taking_back_that_fails_anywhere_leaves_the_invoice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
