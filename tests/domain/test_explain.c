/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Explanations: every figure is there, says what it is made of, and what it is made of comes to it.
 * The order is worked example A of the pricing rules, with its discount of 10 % on parts: 602.01.
 */

#include "explains.h"
#include "orders.h"

#include "domain/closed_day.h"
#include "domain/credit.h"
#include "domain/drawer.h"
#include "domain/invoice.h"
#include "domain/payment.h"
#include "domain/stock.h"

static struct order given_example_a(struct shop_test *t)
{
    const struct order order = given_brake_job(t);

    return change(t, &discount_set_op,
                  "{\"order\":%lld,\"percent\":\"10\",\"applies_to\":\"parts\","
                  "\"reason\":\"Regular\"}",
                  (long long)order.id.v);
}

static const char *of_order(struct shop_test *t, const struct order *order, const char *figure)
{
    return arena_printf(&t->arena, "{\"order\":%lld,\"figure\":\"%s\"}", (long long)order->id.v,
                        figure);
}

static void an_orders_total_is_told_down_to_the_lines(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_example_a(t);
    const struct explanation all = explain(t, &order_explain_op, of_order(t, &order, ""));

    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "total")->value, "602.01");
    assert_string_equal(row_of(&all, "labor")->value, "362.50");
    assert_string_equal(row_of(&all, "parts")->value, "198.99");
    assert_string_equal(row_of(&all, "supplies")->formula, "6 % of labor 362.50");
    assert_string_equal(row_of(&all, "supplies")->rule, "At most 35.00.");
    assert_string_equal(row_of(&all, "tax-1")->formula, "6.25 % of 220.74");
    assert_string_equal(row_of(&all, "tax-1")->value, "13.80");
    assert_string_equal(row_of(&all, "discount")->value, "22.11");
    assert_string_equal(
        row_of(&all, arena_printf(&t->arena, "line-%lld", line_id_of(&order, 1, 2)))->formula,
        "2 × 89.95 = 179.90, less 17.99");
}

static void one_figure_is_told_alone(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_example_a(t);
    const struct explanation tax = explain(t, &order_explain_op, of_order(t, &order, "tax"));
    const struct explain_row *rows = tax.rows.at;

    assert_adds_up(&tax);
    assert_int_equal(rows[0].depth, 0);
    assert_string_equal(rows[0].label, "Tax");
    assert_string_equal(rows[0].value, "18.77");
    assert_string_equal(rows[0].rule, "");
    expect_status(t, &order_explain_op,
                  input_json(t, &order_explain_op, of_order(t, &order, "tex")), NULL, ERR_INVALID);
    assert_field(t, "figure");
}

/* 161.91 - 76.00 = 85.91; the whole: 602.01 - 18.77 - 98.55 = 484.69. */
static void who_is_exempt_is_told_why_no_tax_is_charged(void **state)
{
    struct shop_test *t = *state;

    const struct order order = given_example_a(t);
    run_sql(t, "UPDATE customer SET tax_exempt = 1, exempt_kind = 'resale',\n"
               "  exempt_certificate = 'R-123', exempt_until_on = '2026-12-31'");
    change(t, &job_edit_op, "{\"job\":%lld,\"title\":\"Pads\"}", job_id_of(&order, 1));
    const struct explanation tax = explain(t, &order_explain_op, of_order(t, &order, "tax"));

    assert_string_equal(row_of(&tax, "tax")->value, "0.00");
    assert_string_equal(row_of(&tax, "tax")->rule,
                        "Tax exempt: resale, certificate R-123, valid until 31 Dec 2026");
}

static void what_an_order_warns_of_stands_with_its_total(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "UPDATE shop SET profile = 'ca'");
    const struct order order = given_example_a(t);
    const struct explanation all = explain(t, &order_explain_op, of_order(t, &order, ""));

    assert_non_null(strstr(row_of(&all, "total")->rule, "No estimate printed or sent yet"));
    assert_string_equal(row_of(&all, "tax")->rule, "");
}

static void profits_are_told_to_those_who_may_see_costs(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_example_a(t);
    const char *pads = arena_printf(&t->arena, "line-%lld-profit", line_id_of(&order, 1, 2));
    struct explanation all = explain(t, &order_explain_op, of_order(t, &order, ""));

    assert_string_equal(row_of(&all, "profit")->value, "484.69");
    assert_string_equal(row_of(&all, pads)->value, "85.91");
    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'costs:view'");
    sign_in_as(t, ROLE_MANAGER);
    all = explain(t, &order_explain_op, of_order(t, &order, ""));
    const struct explain_row *rows = all.rows.at;
    for (size_t i = 0; i < all.rows.count; i++) {
        assert_null(strstr(rows[i].label, "profit"));
        assert_null(strstr(rows[i].formula, "76.00"));
    }
    assert_adds_up(&all);
}

static void a_price_by_hand_says_the_list_and_the_reason(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order = change(t, &line_edit_op,
                   "{\"line\":%lld,\"price\":\"40.00\",\"price_reason\":\"Came back twice\"}",
                   line_id_of(&order, 1, 2));
    const struct explanation line = explain(
        t, &order_explain_op,
        of_order(t, &order, arena_printf(&t->arena, "line-%lld", line_id_of(&order, 1, 2))));
    const struct explain_row *rows = line.rows.at;
    assert_string_equal(rows[2].label, "  Price list");
    assert_string_equal(rows[2].formula, "49.95 (55.5 %) below");
    assert_string_equal(rows[3].formula, "Came back twice");
    assert_string_equal(rows[3].rule, "Given by Ada Admin");
    assert_non_null(strstr(rows[4].rule, "Below the shop's margin floor of 25 %"));
}

static void a_technician_is_told_about_ones_own_orders_only(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_example_a(t);

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &order_explain_op, input_json(t, &order_explain_op, of_order(t, &order, "")),
                  NULL, ERR_DENIED);
}

static struct invoice given_invoice(struct shop_test *t)
{
    const struct order order = given_example_a(t);
    struct invoice invoice;

    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &order_check_op, "{\"order\":%lld}", (long long)order.id.v);
    call(t, &invoice_post_op, &invoice, "{\"order\":%lld}", (long long)order.id.v);
    return invoice;
}

static void pay(struct shop_test *t, struct invoice_id invoice, const char *amount)
{
    call(t, &payment_take_op, NULL,
         "{\"invoice\":%lld,\"tenders\":[{\"method\":\"check\","
         "\"amount\":\"%s\",\"check_number\":\"7\"}]}",
         (long long)invoice.v, amount);
}

/* 602.01 - 200.00 - 50.00 written off = 352.01. */
static void an_invoice_is_told_from_what_was_frozen_and_what_came_to_it(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);
    const char *in = arena_printf(&t->arena, "{\"invoice\":%lld}", (long long)invoice.id.v);

    pay(t, invoice.id, "200.00");
    call(t, &invoice_write_off_op, NULL,
         "{\"invoice\":%lld,\"amount\":\"50.00\",\"reason\":\"Gone\"}", (long long)invoice.id.v);
    run_sql(t, "UPDATE tax SET rate = 90000, classes = 'part' WHERE name = 'State'");
    const struct explanation all = explain(t, &invoice_explain_op, in);
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "total")->value, "602.01");
    assert_string_equal(row_of(&all, "tax-1")->formula, "6.25 % of 220.74");
    assert_string_equal(row_of(&all, "balance")->value, "352.01");
    assert_string_equal(row_of(&all, "paid")->value, "-250.00");
    assert_string_equal(row_of(&all, "profit")->value, "484.69");
}

/* The second job, 100.00 of labor, is invoiced by itself first. */
static void an_order_invoiced_in_parts_still_adds_up(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_example_a(t);
    struct invoice invoice;

    order = given_another_job(t, order.id.v, "Wipers");
    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 2));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 2));
    call(t, &invoice_post_op, &invoice, "{\"order\":%lld,\"jobs\":\"2\"}", (long long)order.id.v);
    pay(t, invoice.id, "40.00");
    const struct explanation all = explain(t, &order_explain_op, of_order(t, &order, ""));
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "paid")->value, "40.00");
    assert_int_equal((row_of(&all, "paid") + 1)->record.v, invoice.id.v);
    const struct explanation part =
        explain(t, &invoice_explain_op,
                arena_printf(&t->arena, "{\"invoice\":%lld}", (long long)invoice.id.v));
    assert_adds_up(&part);
}

/* 602.01 - 200.00 paid by check = 402.01 owed; a deposit of 75.00 nobody has applied. */
static void a_customers_balance_is_told_invoice_by_invoice(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);

    pay(t, invoice.id, "200.00");
    call(t, &payment_deposit_op, NULL, "{\"customer\":1,\"method\":\"cash\",\"amount\":\"75.00\"}");
    const struct explanation all = explain(t, &customer_explain_op, "{\"customer\":1}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "owes")->value, "402.01");
    assert_string_equal(row_of(&all, "credit")->value, "75.00");
    assert_string_equal(row_of(&all, "balance")->value, "327.01");
    const struct explain_row *first = row_of(&all, "owes") + 1;
    assert_string_equal(first->noun, "invoice");
    assert_int_equal(first->record.v, invoice.id.v);
    assert_string_equal(first->formula, "602.01 - 200.00 paid");
    run_sql(t, "UPDATE customer SET owes = owes + 1 WHERE id = 1");
    const struct explanation wrong = explain(t, &customer_explain_op, "{\"customer\":1}");
    assert_non_null(strstr(row_of(&wrong, "owes")->rule, "Does not add up"));
}

/* 10 received for 380.00; 2 authorized: 8 available. List 89.95 on 38.00: 51.95 (57.8 %). */
static void a_parts_stock_is_told_by_its_movements(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_example_a(t);

    call(t, &part_adjust_op, NULL,
         "{\"part\":1,\"on_hand\":\"10\",\"unit_cost\":\"38.00\",\"reason\":\"Found\"}");
    authorize(t, order.id.v);
    const struct explanation all = explain(t, &part_explain_op, "{\"part\":1}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "on-hand")->value, "10");
    assert_string_equal(row_of(&all, "committed")->value, "2");
    assert_string_equal(row_of(&all, "available")->formula, "10 on hand - 2 committed");
    assert_string_equal(row_of(&all, "available")->value, "8");
    assert_string_equal(row_of(&all, "value")->value, "380.00");
    assert_string_equal(row_of(&all, "average")->formula, "380.00 / 10");
    assert_string_equal(row_of(&all, "profit")->value, "51.95");
    const struct explain_row *wanted_by = row_of(&all, "committed") + 1;
    assert_string_equal(wanted_by->noun, "order");
    assert_int_equal(wanted_by->record.v, order.id.v);
    run_sql(t, "UPDATE part SET on_hand = on_hand + 1000 WHERE id = 1");
    const struct explanation wrong = explain(t, &part_explain_op, "{\"part\":1}");
    assert_non_null(strstr(row_of(&wrong, "on-hand")->rule, "Does not add up"));
}

/* Taken today before the float was laid in counts on top of it: 200.00 + 30.00 + 75.00 - 18.40 -
 * 100.00 = 186.60; 186.00 found: short 0.60.
 */
static void the_drawer_is_told_document_by_document(void **state)
{
    struct shop_test *t = *state;

    given_maria_and_her_accord(t);
    call(t, &payment_deposit_op, NULL, "{\"customer\":1,\"method\":\"cash\",\"amount\":\"30.00\"}");
    const struct explanation never = explain(t, &drawer_explain_op, "{}");
    assert_adds_up(&never);
    assert_string_equal(row_of(&never, "expected")->value, "30.00");
    assert_int_equal(never.rows.count, 2);
    call(t, &drawer_open_op, NULL, "{\"amount\":\"200.00\"}");
    call(t, &payment_deposit_op, NULL, "{\"customer\":1,\"method\":\"cash\",\"amount\":\"75.00\"}");
    call(t, &drawer_pay_out_op, NULL, "{\"amount\":\"18.40\",\"reason\":\"Towels\"}");
    call(t, &drawer_drop_op, NULL, "{\"amount\":\"100.00\"}");
    struct explanation all = explain(t, &drawer_explain_op, "{}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "expected")->value, "186.60");
    assert_int_equal(row_of(&all, "expected")->record.v, 0);
    assert_string_equal(row_of(&all, "taken")->value, "105.00");
    assert_string_equal((row_of(&all, "taken") + 1)->noun, "payment");
    assert_string_equal((row_of(&all, "pay-outs") + 1)->formula, "Towels");
    call(t, &drawer_count_op, NULL, "{\"total\":\"186.00\"}");
    all = explain(t, &drawer_explain_op, "{}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "over-short")->value, "-0.60");
    assert_string_equal(row_of(&all, "expected")->value, "186.00");
}

static void a_closed_days_figures_add_up(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);

    pay(t, invoice.id, "200.00");
    call(t, &day_close_op, NULL, "{}");
    const struct explanation all = explain(t, &day_explain_op, "{\"closed_day\":1}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "sales")->value, "583.24");
    assert_string_equal(row_of(&all, "tax")->value, "18.77");
    assert_string_equal(row_of(&all, "received")->value, "200.00");
    assert_string_equal(row_of(&all, "receivable")->value, "402.01");
}

/* S = 602.01 - 18.77 = 583.24, N = 1, Hb = 2.5: ARO 583.24, ELR 362.50 / 2.5 = 145.00. */
static void a_reports_row_is_told_with_its_invoices(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);
    const struct explanation day =
        explain(t, &report_explain_op,
                "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\",\"by\":\"day\","
                "\"figure\":\"2026-11-24\"}");
    const struct explain_row *rows = day.rows.at;

    assert_adds_up(&day);
    assert_string_equal(rows[0].value, "583.24");
    assert_string_equal(rows[5].label, "  ARO");
    assert_string_equal(rows[5].formula, "S / N = 583.24 / 1");
    assert_string_equal(rows[5].value, "583.24");
    assert_string_equal(rows[7].formula, "Labor / Hb = 362.50 / 2.5");
    assert_string_equal(rows[7].value, "145.00");
    assert_int_equal((row_of(&day, "invoices") + 1)->record.v, invoice.id.v);
    const struct explanation all =
        explain(t, &report_explain_op,
                "{\"from_on\":\"2026-11-01\",\"to_on\":\"2026-11-30\",\"by\":\"writer\"}");
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "all")->value, "583.24");
}

/* Example A's job is nobody's: all of it, and what was credited of it, stands where no name does.
 */
static void a_technicians_row_is_told_with_his_part_of_each_invoice(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);
    static const char of_nobody[] = "{\"by\":\"technician\",\"figure\":\"-\"}";

    const struct explanation nobody = explain(t, &report_explain_op, of_nobody);
    assert_adds_up(&nobody);
    assert_string_equal(row_of(&nobody, "-")->value, "583.24");
    assert_string_equal(row_of(&nobody, "invoices")->value, "583.24");
    assert_int_equal((row_of(&nobody, "invoices") + 1)->record.v, invoice.id.v);
    struct credit credit;
    call(t, &credit_issue_op, &credit, "{\"invoice\":%lld,\"all\":true,\"reason\":\"Wrong car\"}",
         (long long)invoice.id.v);
    const struct explanation credited = explain(t, &report_explain_op, of_nobody);
    assert_adds_up(&credited);
    assert_string_equal(row_of(&credited, "-")->value, "0.00");
    assert_string_equal((row_of(&credited, "invoices") + 2)->value, "-583.24");
}

/* Before tax the first job is 561.49 (362.50 + 198.99); the second, 100.00, is declined: closed
 * 561.49 / 661.49 = 84.88 % in dollars, 1 / 2 = 50 % in jobs. */
static void what_was_sold_is_told_answer_by_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_example_a(t);

    order = given_another_job(t, order.id.v, "Wipers");
    change(t, &order_authorize_op,
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"},"
           "{\"job\":%lld,\"decision\":\"declined\"}]}",
           (long long)order.id.v, job_id_of(&order, 1), job_id_of(&order, 2));
    const struct explanation sold =
        explain(t, &report_explain_sold_op, "{\"by\":\"day\",\"figure\":\"2026-11-24\"}");
    const struct explain_row *rows = sold.rows.at;
    assert_adds_up(&sold);
    assert_string_equal(rows[1].value, "661.49");
    assert_string_equal(rows[2].noun, "order");
    assert_int_equal(rows[2].record.v, order.id.v);
    assert_string_equal(rows[4].value, "561.49");
    assert_string_equal(rows[6].formula, "Sold / presented = 561.49 / 661.49");
    assert_string_equal(rows[6].value, "84.88");
    assert_string_equal(rows[7].value, "50.00");
    const struct explanation writers = explain(t, &report_explain_sold_op, "{\"by\":\"writer\"}");
    assert_adds_up(&writers);
}

/* 2.5 hours billed for 362.50; nobody clocked: "-" where there is nothing to divide by. */
static void technicians_are_told_by_the_lines_they_billed(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);
    const struct explanation all = explain(t, &report_explain_technicians_op, "{}");
    const struct explain_row *rows = all.rows.at;

    assert_adds_up(&all);
    assert_string_equal(rows[1].value, "362.50");
    assert_int_equal(rows[2].record.v, invoice.id.v);
    assert_string_equal(rows[2].formula, "2.5 h");
    assert_string_equal(rows[3].value, "-");
    assert_string_equal(rows[3].formula, "Hb / Hc = 2.5 / 0");
    assert_string_equal(rows[6].value, "145.00");
}

/* Both pads go back: what was charged for them is off the invoice, the sales and its balance. */
static void a_credit_memo_is_part_of_every_sum_it_changes(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);
    const char *in = arena_printf(&t->arena, "{\"invoice\":%lld}", (long long)invoice.id.v);
    struct credit credit;

    call(t, &credit_issue_op, &credit, "{\"invoice\":%lld,\"all\":true,\"reason\":\"Wrong car\"}",
         (long long)invoice.id.v);
    const struct explanation told = explain(t, &invoice_explain_op, in);
    assert_adds_up(&told);
    assert_string_equal(row_of(&told, "balance")->value, "0.00");
    assert_string_equal((row_of(&told, "paid") + 1)->noun, "credit");
    const struct explanation customer = explain(t, &customer_explain_op, "{\"customer\":1}");
    assert_adds_up(&customer);
    const struct explanation memo = explain(t, &credit_explain_op, "{\"credit\":1}");
    assert_adds_up(&memo);
    assert_int_equal(row_of(&memo, "total")->amount.cents, invoice.total.cents);
    assert_int_equal(row_of(&memo, "total")->record.v, invoice.id.v);
    assert_string_equal(row_of(&memo, "credit")->value, "0.00");
    const struct explanation day =
        explain(t, &report_explain_op, "{\"by\":\"day\",\"figure\":\"2026-11-24\"}");
    assert_adds_up(&day);
    assert_string_equal(row_of(&day, "invoices")->value, "0.00");
    const struct explanation people = explain(t, &report_explain_technicians_op, "{}");
    assert_adds_up(&people);
}

/* A check of 100.00 on an invoice, of which 40.00 are taken off again and 15.00 paid back. */
static void a_payment_is_told_by_what_has_it(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);

    pay(t, invoice.id, "100.00");
    call(t, &payment_unapply_op, NULL, "{\"payment\":1,\"invoice\":%lld,\"amount\":\"40.00\"}",
         (long long)invoice.id.v);
    call(t, &payment_refund_op, NULL,
         "{\"payment\":1,\"amount\":\"15.00\",\"to\":\"check\","
         "\"check_number\":\"801\",\"reason\":\"Less work\"}");
    const struct explanation all = explain(t, &payment_explain_op, "{\"payment\":1}");

    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "amount")->formula, "100.00 handed over - 0.00 change");
    assert_string_equal(row_of(&all, "left")->value, "25.00");
    assert_string_equal(row_of(&all, "left")->formula,
                        "100.00 - 60.00 on invoices - 15.00 gone back");
    assert_int_equal((row_of(&all, "applied") + 1)->record.v, invoice.id.v);
    assert_string_equal((row_of(&all, "returned") + 1)->rule, "Less work");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_orders_total_is_told_down_to_the_lines),
        SHOP_TEST(one_figure_is_told_alone),
        SHOP_TEST(who_is_exempt_is_told_why_no_tax_is_charged),
        SHOP_TEST(what_an_order_warns_of_stands_with_its_total),
        SHOP_TEST(profits_are_told_to_those_who_may_see_costs),
        SHOP_TEST(a_price_by_hand_says_the_list_and_the_reason),
        SHOP_TEST(a_technician_is_told_about_ones_own_orders_only),
        SHOP_TEST(an_invoice_is_told_from_what_was_frozen_and_what_came_to_it),
        SHOP_TEST(an_order_invoiced_in_parts_still_adds_up),
        SHOP_TEST(a_customers_balance_is_told_invoice_by_invoice),
        SHOP_TEST(a_parts_stock_is_told_by_its_movements),
        SHOP_TEST(the_drawer_is_told_document_by_document),
        SHOP_TEST(a_closed_days_figures_add_up),
        SHOP_TEST(a_reports_row_is_told_with_its_invoices),
        SHOP_TEST(a_credit_memo_is_part_of_every_sum_it_changes),
        SHOP_TEST(a_payment_is_told_by_what_has_it),
        SHOP_TEST(a_technicians_row_is_told_with_his_part_of_each_invoice),
        SHOP_TEST(what_was_sold_is_told_answer_by_answer),
        SHOP_TEST(technicians_are_told_by_the_lines_they_billed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
