/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts matrices: prices worked out by hand, what a matrix must be, and where its prices go. */

#include "orders.h"

#include "domain/matrix.h"

#define NONE                NUMBER_NONE
#define WHOLE_RANGE(factor) "\"tiers\":[{\"cost_from\":\"0\"," factor "}]"

static void expect_price(struct matrix_tier tier, enum matrix_rounding rounding, int64_t cost,
                         int64_t exact, int64_t price)
{
    struct money ret_exact, ret_price;

    assert_int_equal(matrix_apply(&tier, rounding, (struct money){cost}, &ret_exact, &ret_price),
                     OK);
    assert_int_equal(ret_exact.cents, exact);
    assert_int_equal(ret_price.cents, price);
}

static void a_price_is_made_as_by_hand(void **state)
{
    const struct matrix_tier by_2_5 = {.multiplier = {2500}, .gp_ppm = {NONE}};
    const struct matrix_tier gp_40 = {.multiplier = {NONE}, .gp_ppm = {400000}};
    const struct matrix_tier by_2_616 = {.multiplier = {2616}, .gp_ppm = {NONE}};
    const struct matrix_tier by_1 = {.multiplier = {1000}, .gp_ppm = {NONE}};
    const struct matrix_tier gp_most = {.multiplier = {NONE}, .gp_ppm = {999999}};

    (void)state;
    expect_price(by_2_5, ROUND_CENT, 305, 763, 763); /* 7.625, half away from zero */
    expect_price(by_2_5, ROUND_95, 305, 763, 795);
    expect_price(gp_40, ROUND_CENT, 4150, 6917, 6917); /* 69.1666… */
    expect_price(gp_40, ROUND_99, 4150, 6917, 6999);
    expect_price(gp_40, ROUND_CENT, 10000, 16667, 16667); /* a margin of 40 % is 66.67 % on cost */
    expect_price(by_2_616, ROUND_CENT, 18274, 47805, 47805); /* 478.0478…, 161.6 % on cost */
    expect_price(by_1, ROUND_95, 795, 795, 795);             /* ends so already */
    expect_price(by_1, ROUND_95, 796, 796, 895);             /* up, never down */
    expect_price(by_1, ROUND_99, 700, 700, 799);
    expect_price(by_1, ROUND_99, 799, 799, 799);
    expect_price(gp_most, ROUND_CENT, 1, 1000000, 1000000);
}

static void a_price_that_is_too_large_is_none(void **state)
{
    const struct matrix_tier gp_most = {.multiplier = {NONE}, .gp_ppm = {999999}};
    struct money exact, price;

    (void)state;
    assert_int_equal(
        matrix_apply(&gp_most, ROUND_99, (struct money){MONEY_MAX_CENTS}, &exact, &price),
        ERR_INVALID);
}

static int64_t given_matrix(struct shop_test *t, const char *json)
{
    struct parts_matrix out;

    expect_ok(t, &matrix_add_op, input_json(t, &matrix_add_op, json), &out);
    return out.id.v;
}

static void refuse_tiers(struct shop_test *t, const char *tiers, const char *field,
                         const char *says)
{
    const char *json = arena_printf(&t->arena, "{\"tiers\":[%s]}", tiers);

    expect_status(t, &matrix_add_op, input_json(t, &matrix_add_op, json), NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM matrix"), 0);
}

static void a_matrix_with_a_hole_is_refused_at_its_tier(void **state)
{
    struct shop_test *t = *state;

    refuse_tiers(t, "", "tiers", "Add a tier");
    refuse_tiers(t,
                 "{\"cost_from\":\"0\",\"cost_to\":\"5\",\"multiplier\":\"3\"},"
                 "{\"cost_from\":\"6\",\"multiplier\":\"2\"}",
                 "tiers.2.cost_from", "Costs from 5.00 to below 6.00 are in no tier");
    refuse_tiers(t,
                 "{\"cost_from\":\"0\",\"cost_to\":\"5\",\"multiplier\":\"3\"},"
                 "{\"cost_from\":\"4\",\"multiplier\":\"2\"}",
                 "tiers.2.cost_from", "Costs from 4.00 to below 5.00 are in two tiers");
    refuse_tiers(t, "{\"cost_from\":\"1\",\"multiplier\":\"3\"}", "tiers.1.cost_from",
                 "Costs from 0.00 to below 1.00 are in no tier");
    refuse_tiers(t, "{\"cost_from\":\"0\",\"cost_to\":\"5\",\"multiplier\":\"3\"}",
                 "tiers.1.cost_to", "Costs from 5.00 up are in no tier");
    refuse_tiers(t,
                 "{\"cost_from\":\"0\",\"multiplier\":\"3\"},"
                 "{\"cost_from\":\"4\",\"multiplier\":\"2\"}",
                 "tiers.1.cost_to", "Only the last tier");
    refuse_tiers(t,
                 "{\"cost_from\":\"0\",\"cost_to\":\"0\",\"multiplier\":\"3\"},"
                 "{\"cost_from\":\"0\",\"multiplier\":\"2\"}",
                 "tiers.1.cost_to", "ends before it begins");
}

static void a_matrix_that_gives_away_or_asks_the_impossible_is_refused(void **state)
{
    struct shop_test *t = *state;

    refuse_tiers(t, "{\"cost_from\":\"0\",\"multiplier\":\"0\"}", "tiers.1.multiplier",
                 "give parts away");
    refuse_tiers(t, "{\"cost_from\":\"0\",\"gp_ppm\":\"100\"}", "tiers.1.gp_ppm", "100 % or more");
    refuse_tiers(t, "{\"cost_from\":\"0\"}", "tiers.1.multiplier", "one of them");
    refuse_tiers(t, "{\"cost_from\":\"0\",\"multiplier\":\"2\",\"gp_ppm\":\"40\"}",
                 "tiers.1.gp_ppm", "one of them");
}

static void a_tier_below_cost_needs_the_right_to_sell_there(void **state)
{
    struct shop_test *t = *state;
    const char *half = "{" WHOLE_RANGE("\"multiplier\":\"0.5\"") "}";

    run_sql(t, "DELETE FROM role_right WHERE role = 2 AND right = 'prices:below-floor'");
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &matrix_add_op, input_json(t, &matrix_add_op, half), NULL, ERR_DENIED);
    assert_field(t, "tiers.1.multiplier");
    assert_says(t, "Tier 1 would sell below cost");
    sign_in_as(t, ROLE_ADMIN);
    given_matrix(t, half);
}

static void there_is_one_matrix_of_each(void **state)
{
    struct shop_test *t = *state;
    const char *shop = "{" WHOLE_RANGE("\"multiplier\":\"2\"") "}";
    const char *brakes = "{\"category\":\"Brakes\"," WHOLE_RANGE("\"multiplier\":\"2\"") "}";
    const char *same = "{\"category\":\"brakes\"," WHOLE_RANGE("\"multiplier\":\"2\"") "}";
    const char *both =
        "{\"category\":\"Oil\",\"customer\":1," WHOLE_RANGE("\"multiplier\":\"2\"") "}";

    given_customer(t, MARIA);
    given_matrix(t, shop);
    given_matrix(t, brakes);
    expect_status(t, &matrix_add_op, input_json(t, &matrix_add_op, shop), NULL, ERR_INVALID);
    expect_status(t, &matrix_add_op, input_json(t, &matrix_add_op, same), NULL, ERR_INVALID);
    assert_field(t, "category");
    assert_says(t, "such a matrix already");
    expect_status(t, &matrix_add_op, input_json(t, &matrix_add_op, both), NULL, ERR_INVALID);
    assert_says(t, "customer's or a category's");
}

static struct matrix_price try_price(struct shop_test *t, const char *json)
{
    struct matrix_price out;

    expect_ok(t, &matrix_try_op, input_json(t, &matrix_try_op, json), &out);
    return out;
}

static void customer_goes_before_category_before_shop_before_list(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, MARIA);
    given_parts(t);
    assert_int_equal(try_price(t, "{\"sku\":\"BP-1210\"}").price.cents, 8995);
    assert_int_equal(try_price(t, "{\"sku\":\"BP-1210\"}").rule, PRICE_RULE_LIST);

    given_matrix(t, "{\"rounding\":\"99\",\"tiers\":["
                    "{\"cost_from\":\"0\",\"cost_to\":\"38\",\"multiplier\":\"3\"},"
                    "{\"cost_from\":\"38\",\"cost_to\":\"50\",\"gp_ppm\":\"40\"},"
                    "{\"cost_from\":\"50\",\"multiplier\":\"1.5\"}]}");
    const struct matrix_price shop = try_price(t, "{\"cost\":\"41.50\"}");
    assert_int_equal(shop.price.cents, 6999);
    assert_int_equal(shop.rule, PRICE_RULE_SHOP);
    assert_string_equal(shop.why, "cost 41.50 / (1 - 40 %) = 69.17, up to the next .99 = 69.99; "
                                  "tier from 38.00 to below 50.00");
    assert_int_equal(try_price(t, "{\"cost\":\"37.99\"}").price.cents, 11399); /* 113.97 */
    assert_int_equal(try_price(t, "{\"cost\":\"38\"}").price.cents, 6399);     /* 63.33 */
    assert_int_equal(try_price(t, "{\"cost\":\"50\"}").price.cents, 7599);     /* 75.00 */

    given_matrix(t, "{\"category\":\"Brakes\"," WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    const char *brakes = "{\"cost\":\"38\",\"category\":\"BRAKES\"}";
    assert_int_equal(try_price(t, brakes).price.cents, 7600);
    assert_int_equal(try_price(t, brakes).rule, PRICE_RULE_CATEGORY);

    given_matrix(t, "{\"customer\":1," WHOLE_RANGE("\"multiplier\":\"1.25\"") "}");
    const char *marias = "{\"cost\":\"38\",\"category\":\"Brakes\",\"customer\":1}";
    assert_int_equal(try_price(t, marias).price.cents, 4750);
    assert_int_equal(try_price(t, marias).rule, PRICE_RULE_CUSTOMER);
}

static void a_part_whose_cost_nobody_knows_is_sold_at_list(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    given_matrix(t, "{" WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    run_sql(t, "UPDATE part SET cost = 0");
    assert_int_equal(try_price(t, "{\"sku\":\"BP-1210\"}").rule, PRICE_RULE_LIST);
    assert_int_equal(try_price(t, "{\"sku\":\"BP-1210\"}").price.cents, 8995);
}

static void a_line_takes_the_matrix_and_keeps_its_price(void **state)
{
    struct shop_test *t = *state;
    const int64_t shop = given_matrix(t, "{" WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    struct order order = given_brake_job(t);
    const struct order_line *pads = line_of(&order, 1, 2);

    assert_int_equal(pads->price.cents, 7600);
    assert_int_equal(pads->price_rule, PRICE_RULE_SHOP);
    assert_string_equal(pads->price_why, "cost 38.00 x 2 = 76.00; tier from 0.00 up");
    assert_int_equal(line_of(&order, 1, 1)->price_rule, PRICE_RULE_RATE); /* labor */

    /* Authorized, and then the matrix and the cost change: nothing of the line does. */
    order = authorize(t, order.id.v);
    call(t, &matrix_set_op, NULL, "{\"matrix\":%lld," WHOLE_RANGE("\"multiplier\":\"3\"") "}",
         (long long)shop);
    run_sql(t, "UPDATE part SET cost = 4000");
    order =
        change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"3\"}", line_id_of(&order, 1, 2));
    pads = line_of(&order, 1, 2);
    assert_int_equal(pads->price.cents, 7600);
    assert_int_equal(pads->price_rule, PRICE_RULE_SHOP);

    /* By hand it is by hand. */
    order = change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"80\"}", line_id_of(&order, 1, 2));
    assert_int_equal(line_of(&order, 1, 2)->price_rule, PRICE_RULE_MANUAL);
    assert_string_equal(line_of(&order, 1, 2)->price_why, "");

    /* What is written up from now on has the new ones. */
    order =
        change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\"}", job_id_of(&order, 1));
    assert_int_equal(line_of(&order, 1, 4)->price.cents, 12000);
}

static void another_part_brings_its_own_rule(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_matrix(t, "{" WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    assert_int_equal(line_of(&order, 1, 2)->price_rule, PRICE_RULE_LIST);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"part\":2}", line_id_of(&order, 1, 2));
    assert_int_equal(line_of(&order, 1, 2)->price.cents, 820);
    assert_int_equal(line_of(&order, 1, 2)->price_rule, PRICE_RULE_SHOP);
}

static void a_canned_job_takes_the_matrix_of_the_customer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);
    struct page page;

    given_parts(t);
    given_matrix(t, "{" WHOLE_RANGE("\"multiplier\":\"3\"") "}");
    given_matrix(t, "{\"customer\":1," WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    call(t, &canned_job_add_op, NULL,
         "{\"code\":\"PADS\",\"title\":\"Pads\",\"lines\":["
         "{\"kind\":\"part\",\"sku\":\"BP-1210\"},"
         "{\"kind\":\"part\",\"sku\":\"OIL-Q\",\"price\":\"5\"}]}");
    order =
        change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"PADS\"}", (long long)order.id.v);
    assert_int_equal(line_of(&order, 1, 1)->price.cents, 7600);
    assert_int_equal(line_of(&order, 1, 1)->price_rule, PRICE_RULE_CUSTOMER);
    assert_int_equal(line_of(&order, 1, 2)->price.cents, 500);
    assert_int_equal(line_of(&order, 1, 2)->price_rule, PRICE_RULE_MANUAL);

    /* The list of canned jobs knows no customer: 38.00 x 3 + 5.00. */
    call(t, &canned_job_search_op, &page, "{\"limit\":10}");
    assert_int_equal(((const struct canned_job_row *)page.rows.at)[0].price.cents, 11900);
}

/* The list adds up in SQL what a line is priced by in C. */
static void the_list_of_canned_jobs_agrees_with_the_line(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_parts(t);
    call(t, &canned_job_add_op, NULL,
         "{\"code\":\"PADS\",\"title\":\"Pads\",\"lines\":["
         "{\"kind\":\"part\",\"sku\":\"BP-1210\"}]}");
    given_matrix(t, "{\"tiers\":[{\"cost_from\":\"0\",\"cost_to\":\"7\",\"multiplier\":\"2.125\"},"
                    "{\"cost_from\":\"7\",\"gp_ppm\":\"37.5\"}]}");
    for (int i = 0; i < 300; i++) {
        run_sql(t, arena_printf(&t->arena, "UPDATE part SET cost = %d WHERE id = 1", i * 7));
        run_sql(t, arena_printf(&t->arena, "UPDATE matrix SET rounding = '%s'",
                                choice_word(&matrix_rounding_choices, (unsigned)i % 3)));
        call(t, &canned_job_search_op, &page, "{\"limit\":10}");
        assert_int_equal(((const struct canned_job_row *)page.rows.at)[0].price.cents,
                         try_price(t, "{\"sku\":\"BP-1210\"}").price.cents);
    }
}

static void a_matrix_goes_with_its_customer(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, MARIA);
    given_customer(t, "{\"company\":\"Delano Fleet\"}");
    given_matrix(t, "{\"customer\":2," WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    call(t, &customer_merge_op, NULL, "{\"keep\":1,\"gone\":2}");
    assert_int_equal(ask_number(t, "SELECT customer FROM matrix"), 1);
}

static void who_may_not_see_costs_sees_no_matrix(void **state)
{
    struct shop_test *t = *state;
    const struct matrix_list all = {.query.limit = 10};
    struct order order;

    given_matrix(t, "{" WHOLE_RANGE("\"multiplier\":\"2\"") "}");
    order = given_brake_job(t);
    change(t, &job_edit_op, "{\"job\":%lld,\"title\":\"Pads\",\"technician\":%lld}",
           job_id_of(&order, 1), (long long)t->users[ROLE_TECHNICIAN].v);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &matrix_list_op, &all, NULL, ERR_DENIED);
    expect_status(t, &matrix_try_op, input_json(t, &matrix_try_op, "{\"cost\":\"1\"}"), NULL,
                  ERR_DENIED);
    order = order_of(t, order.id.v);
    assert_int_equal(line_of(&order, 1, 2)->price_rule, PRICE_RULE_SHOP);
    assert_string_equal(line_of(&order, 1, 2)->price_why, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_price_is_made_as_by_hand),
        SHOP_TEST(a_price_that_is_too_large_is_none),
        SHOP_TEST(a_matrix_with_a_hole_is_refused_at_its_tier),
        SHOP_TEST(a_matrix_that_gives_away_or_asks_the_impossible_is_refused),
        SHOP_TEST(a_tier_below_cost_needs_the_right_to_sell_there),
        SHOP_TEST(there_is_one_matrix_of_each),
        SHOP_TEST(customer_goes_before_category_before_shop_before_list),
        SHOP_TEST(a_part_whose_cost_nobody_knows_is_sold_at_list),
        SHOP_TEST(a_line_takes_the_matrix_and_keeps_its_price),
        SHOP_TEST(another_part_brings_its_own_rule),
        SHOP_TEST(a_canned_job_takes_the_matrix_of_the_customer),
        SHOP_TEST(the_list_of_canned_jobs_agrees_with_the_line),
        SHOP_TEST(a_matrix_goes_with_its_customer),
        SHOP_TEST(who_may_not_see_costs_sees_no_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
