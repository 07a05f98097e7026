/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Prices agreed with a customer, worked out by hand; the shop's clock stands at 24 November 2026.
 */

#include "orders.h"

#include "domain/contract.h"

static int64_t given_contract(struct shop_test *t, const char *json)
{
    struct contract out;

    expect_ok(t, &contract_add_op, input_json(t, &contract_add_op, json), &out);
    return out.id.v;
}

static struct matrix_price pads_for_maria(struct shop_test *t)
{
    struct matrix_price out;

    call(t, &matrix_try_op, &out, "{\"sku\":\"BP-1210\",\"customer\":1}");
    return out;
}

static void given_maria_and_parts(struct shop_test *t)
{
    given_customer(t, MARIA);
    given_parts(t);
    run_sql(t, "UPDATE part SET category = 'Brakes' WHERE id = 1");
}

static void a_contract_goes_before_the_customers_matrix(void **state)
{
    struct shop_test *t = *state;

    given_maria_and_parts(t);
    call(t, &matrix_add_op, NULL,
         "{\"customer\":1,\"tiers\":[{\"cost_from\":\"0\",\"multiplier\":\"2\"}]}");
    assert_int_equal(pads_for_maria(t).price.cents, 7600);

    given_contract(t, "{\"customer\":1,\"category\":\"brakes\",\"off_ppm\":\"10\"}");
    const struct matrix_price off = pads_for_maria(t);
    assert_int_equal(off.price.cents, 8096); /* 89.95 x 0.9 = 80.955 */
    assert_int_equal(off.rule, PRICE_RULE_CONTRACT);
    assert_string_equal(off.why, "contract price 1: list 89.95 less 10 % = 80.96");

    given_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"70.01\"}");
    assert_int_equal(pads_for_maria(t).price.cents, 7001);
    assert_string_equal(pads_for_maria(t).why, "contract price 2: fixed at 70.01");
}

static void a_contract_holds_on_its_days_alone(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_maria_and_parts(t);
    given_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"60\",\"until_on\":\"2026-11-23\"}");
    assert_int_equal(pads_for_maria(t).rule, PRICE_RULE_LIST);
    given_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"62\",\"from_on\":\"2026-11-25\"}");
    assert_int_equal(pads_for_maria(t).rule, PRICE_RULE_LIST);
    given_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"61\",\"from_on\":\"2026-11-24\","
                      "\"until_on\":\"2026-11-24\"}");
    assert_int_equal(pads_for_maria(t).price.cents, 6100);

    call(t, &contract_list_op, &page, "{\"customer\":1}");
    assert_int_equal(page.rows.count, 2);
    call(t, &contract_list_op, &page, "{\"ended\":true}");
    assert_int_equal(page.rows.count, 3);
}

static void refuse_contract(struct shop_test *t, const char *json, const char *field,
                            const char *says)
{
    expect_status(t, &contract_add_op, input_json(t, &contract_add_op, json), NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

static void a_contract_that_is_none_is_refused_in_words(void **state)
{
    struct shop_test *t = *state;

    given_maria_and_parts(t);
    refuse_contract(t, "{\"customer\":1,\"part\":1}", "price", "one of them");
    refuse_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"1\",\"off_ppm\":\"1\"}", "off_ppm",
                    "one of them");
    refuse_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"0\"}", "price", "give parts away");
    refuse_contract(t, "{\"customer\":1,\"part\":1,\"off_ppm\":\"100\"}", "off_ppm", "below 100");
    refuse_contract(t, "{\"customer\":1,\"price\":\"1\"}", "part", "Choose a part");
    refuse_contract(t, "{\"customer\":1,\"part\":1,\"category\":\"Brakes\",\"price\":\"1\"}",
                    "category", "Leave one empty");
    refuse_contract(t,
                    "{\"customer\":1,\"part\":1,\"price\":\"1\",\"from_on\":\"2026-12-02\","
                    "\"until_on\":\"2026-12-01\"}",
                    "until_on", "ends before it begins");
    given_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"60\",\"until_on\":\"2026-11-30\"}");
    refuse_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"9\",\"from_on\":\"2026-11-30\"}",
                    "from_on", "another contract price holds");
}

static void a_line_takes_the_contract_and_keeps_it(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_parts(t);
    const int64_t id = given_contract(t, "{\"customer\":1,\"part\":1,\"price\":\"70\"}");
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Brakes\"}", (long long)order.id.v);
    order =
        change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\"}", job_id_of(&order, 1));
    assert_int_equal(line_of(&order, 1, 1)->price.cents, 7000);
    assert_int_equal(line_of(&order, 1, 1)->price_rule, PRICE_RULE_CONTRACT);

    call(t, &contract_edit_op, NULL,
         "{\"contract\":%lld,\"customer\":1,\"part\":1,\"price\":\"75\"}", (long long)id);
    assert_int_equal(pads_for_maria(t).price.cents, 7500);
    order = order_of(t, order.id.v);
    assert_int_equal(line_of(&order, 1, 1)->price.cents, 7000);
    call(t, &contract_remove_op, NULL, "{\"contract\":%lld}", (long long)id);
    assert_int_equal(pads_for_maria(t).rule, PRICE_RULE_LIST);
}

static void contracts_go_with_their_customer(void **state)
{
    struct shop_test *t = *state;

    given_maria_and_parts(t);
    given_customer(t, "{\"company\":\"Delano Fleet\"}");
    given_contract(t, "{\"customer\":2,\"part\":1,\"price\":\"70\"}");
    call(t, &customer_merge_op, NULL, "{\"keep\":1,\"gone\":2}");
    assert_int_equal(pads_for_maria(t).price.cents, 7000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_contract_goes_before_the_customers_matrix),
        SHOP_TEST(a_contract_holds_on_its_days_alone),
        SHOP_TEST(a_contract_that_is_none_is_refused_in_words),
        SHOP_TEST(a_line_takes_the_contract_and_keeps_it),
        SHOP_TEST(contracts_go_with_their_customer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
