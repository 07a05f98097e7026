/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Explanations: every figure is there, says what it is made of, and what it is made of comes to it.
 * The order is worked example A of the pricing rules, with its discount of 10 % on parts: 602.01.
 */

#include "orders.h"

#include "domain/explain.h"
#include "domain/invoice.h"
#include "domain/payment.h"

static const struct explain_row *row_of(const struct explanation *explained, const char *figure)
{
    const struct explain_row *rows = explained->rows.at;

    for (size_t i = 0; i < explained->rows.count; i++)
        if (strcmp(rows[i].figure, figure) == 0)
            return &rows[i];
    print_error("there is no figure %s\n", figure);
    fail_msg("see above");
    return NULL;
}

static struct explanation explain(struct shop_test *t, const struct op *op, const char *json)
{
    struct explanation out;

    expect_ok(t, op, input_json(t, op, json), &out);
    assert_true(out.rows.count > 0);
    return out;
}

/* What is said to be a sum is one: counted here by itself, level by level. */
static void assert_adds_up(const struct explanation *explained)
{
    const struct explain_row *rows = explained->rows.at;

    for (size_t i = 0; i < explained->rows.count; i++) {
        int64_t sum = 0;
        size_t parts = 0;
        for (size_t j = i + 1; j < explained->rows.count && rows[j].depth > rows[i].depth; j++)
            if (rows[j].depth == rows[i].depth + 1 && rows[j].adds) {
                sum += rows[j].amount.cents;
                parts++;
            }
        if (parts > 0 && rows[i].amount.cents != NUMBER_NONE && sum != rows[i].amount.cents) {
            print_error("%s: %s, but its parts come to %lld\n", rows[i].label, rows[i].value,
                        (long long)sum);
            fail_msg("see above");
        }
        assert_null(strstr(rows[i].rule, "Does not add up"));
    }
}

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
    expect_status(t, &order_explain_op,
                  input_json(t, &order_explain_op, of_order(t, &order, "tex")), NULL, ERR_INVALID);
    assert_field(t, "figure");
}

/* 161.91 - 76.00 = 85.91; the whole: 602.01 - 18.77 - 98.55 = 484.69. */
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
    expect_ok(t, &invoice_post_op,
              input_json(t, &invoice_post_op,
                         arena_printf(&t->arena, "{\"order\":%lld}", (long long)order.id.v)),
              &invoice);
    return invoice;
}

static void pay(struct shop_test *t, struct invoice_id invoice, const char *amount)
{
    expect_ok(t, &payment_take_op,
              input_json(t, &payment_take_op,
                         arena_printf(&t->arena,
                                      "{\"invoice\":%lld,\"tenders\":[{\"method\":\"check\","
                                      "\"amount\":\"%s\",\"check_number\":\"7\"}]}",
                                      (long long)invoice.v, amount)),
              NULL);
}

/* 602.01 - 200.00 - 50.00 written off = 352.01. */
static void an_invoice_is_told_from_what_was_frozen_and_what_came_to_it(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t);
    const char *in = arena_printf(&t->arena, "{\"invoice\":%lld}", (long long)invoice.id.v);

    pay(t, invoice.id, "200.00");
    expect_ok(t, &invoice_write_off_op,
              input_json(t, &invoice_write_off_op,
                         arena_printf(&t->arena,
                                      "{\"invoice\":%lld,\"amount\":\"50.00\",\"reason\":\"Gone\"}",
                                      (long long)invoice.id.v)),
              NULL);
    run_sql(t, "UPDATE tax SET rate = 90000, classes = 'part' WHERE name = 'State'");
    const struct explanation all = explain(t, &invoice_explain_op, in);
    assert_adds_up(&all);
    assert_string_equal(row_of(&all, "total")->value, "602.01");
    assert_string_equal(row_of(&all, "tax-1")->formula, "6.25 % of 220.74");
    assert_string_equal(row_of(&all, "balance")->value, "352.01");
    assert_string_equal(row_of(&all, "paid")->value, "-250.00");
    assert_string_equal(row_of(&all, "profit")->value, "484.69");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_orders_total_is_told_down_to_the_lines),
        SHOP_TEST(one_figure_is_told_alone),
        SHOP_TEST(profits_are_told_to_those_who_may_see_costs),
        SHOP_TEST(a_price_by_hand_says_the_list_and_the_reason),
        SHOP_TEST(a_technician_is_told_about_ones_own_orders_only),
        SHOP_TEST(an_invoice_is_told_from_what_was_frozen_and_what_came_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
