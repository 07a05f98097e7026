/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What an hour is sold for: worked out by hand from rate and hours, what a labor matrix must be,
 * and where its prices go. The shop's standard is 145.00. */

#include "orders.h"

#include "domain/labor_matrix.h"
#include "domain/labor_rate.h"

#define NONE NUMBER_NONE
/* Short work dearer, long work a little dearer. */
#define SHOP_TIERS                                                                                 \
    "\"tiers\":[{\"hours_from\":\"0\",\"hours_to\":\"1\",\"multiplier\":\"1.5\"},"                 \
    "{\"hours_from\":\"1\",\"hours_to\":\"4\",\"multiplier\":\"1\"},"                              \
    "{\"hours_from\":\"4\",\"multiplier\":\"1.1\"}]"
#define FLAT(rate) "\"tiers\":[{\"hours_from\":\"0\",\"rate\":\"" rate "\"}]"

static int64_t given_matrix(struct shop_test *t, const char *json)
{
    struct labor_matrix out;

    expect_ok(t, &labor_matrix_add_op, input_json(t, &labor_matrix_add_op, json), &out);
    return out.id.v;
}

static int64_t given_rate(struct shop_test *t, const char *name, const char *rate)
{
    struct rate_class out;
    const char *json = arena_printf(&t->arena, "{\"name\":\"%s\",\"rate\":\"%s\"}", name, rate);

    expect_ok(t, &labor_rate_add_op, input_json(t, &labor_rate_add_op, json), &out);
    return out.id.v;
}

static struct labor_price ask(struct shop_test *t, struct labor_question question)
{
    struct labor_price price;

    assert_int_equal(labor_find_price(&t->session, &question, &price), OK);
    return price;
}

static void an_hour_is_made_as_by_hand(void **state)
{
    const struct labor_tier by_1_1 = {.multiplier = {1100}, .rate = {NONE}};
    const struct labor_tier by_1_5 = {.multiplier = {1500}, .rate = {NONE}};
    const struct labor_tier flat = {.multiplier = {NONE}, .rate = {16500}};
    struct money rate;

    (void)state;
    assert_int_equal(labor_tier_apply(&by_1_5, USD(145, 0), &rate), OK);
    assert_int_equal(rate.cents, 21750);
    assert_int_equal(labor_tier_apply(&by_1_1, USD(181, 25), &rate), OK);
    assert_int_equal(rate.cents, 19938); /* 199.375, half away from zero */
    assert_int_equal(labor_tier_apply(&flat, USD(181, 25), &rate), OK);
    assert_int_equal(rate.cents, 16500);
    assert_int_equal(labor_tier_apply(&by_1_5, (struct money){MONEY_MAX_CENTS}, &rate),
                     ERR_INVALID);
    assert_int_equal(rate.cents, 16500);
}

/* Line, job, vehicle, customer, shop: each one's rate goes before the next one's. */
static void the_nearest_rate_goes_first(void **state)
{
    struct shop_test *t = *state;
    struct labor_question question = {.hours = {1000}};

    given_maria_and_her_accord(t);
    assert_string_equal(ask(t, question).why, "Standard 145.00, the shop's standard");
    question.customer.v = question.vehicle.v = 1;
    assert_int_equal(ask(t, question).rate.cents, 14500);
    run_sql(t, arena_printf(&t->arena, "UPDATE customer SET rate_class = %lld",
                            (long long)given_rate(t, "Fleet", "120")));
    assert_string_equal(ask(t, question).why, "Fleet 120.00, of the customer");
    run_sql(t, arena_printf(&t->arena, "UPDATE vehicle SET rate_class = %lld",
                            (long long)given_rate(t, "Diesel", "181.25")));
    assert_string_equal(ask(t, question).why, "Diesel 181.25, of the vehicle");
    question.job.v = given_rate(t, "Diagnostic", "165");
    assert_string_equal(ask(t, question).why, "Diagnostic 165.00, of the job");
    question.line.v = given_rate(t, "Welding", "190");
    assert_string_equal(ask(t, question).why, "Welding 190.00, of the line");
    assert_int_equal(ask(t, question).rule, PRICE_RULE_RATE);
}

static void hours_fall_into_the_tier_that_begins_with_them(void **state)
{
    struct shop_test *t = *state;
    static const struct {
        int64_t hours, rate;
    } cases[] = {{0, 21750},    {300, 21750},  {999, 21750},  {1000, 14500},
                 {3999, 14500}, {4000, 15950}, {80000, 15950}};

    given_matrix(t, "{" SHOP_TIERS "}");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct labor_price price = ask(t, (struct labor_question){.hours = {cases[i].hours}});
        assert_int_equal(price.rate.cents, cases[i].rate);
        assert_int_equal(price.rule, PRICE_RULE_LABOR_MATRIX);
    }
    assert_string_equal(ask(t, (struct labor_question){.hours = {500}}).why,
                        "Standard 145.00, the shop's standard x 1.5 = 217.50; tier from 0 to below "
                        "1 hours of the shop's labor matrix");
    assert_string_equal(ask(t, (struct labor_question){.hours = {4200}}).why,
                        "Standard 145.00, the shop's standard x 1.1 = 159.50; tier from 4 hours up "
                        "of the shop's labor matrix");
}

static void the_customers_matrix_goes_before_the_rates_before_the_shops(void **state)
{
    struct shop_test *t = *state;
    const int64_t diesel = given_rate(t, "Diesel", "181.25");
    struct labor_question question = {.hours = {4200}, .line = {diesel}};

    given_maria_and_her_accord(t);
    given_matrix(t, "{" SHOP_TIERS "}");
    assert_int_equal(ask(t, question).rate.cents, 19938);
    given_matrix(
        t, arena_printf(&t->arena, "{\"rate_class\":%lld," FLAT("175") "}", (long long)diesel));
    assert_string_equal(ask(t, question).why,
                        "175.00 an hour; tier from 0 hours up of the labor rate's labor matrix");
    question.customer.v = 1;
    given_matrix(t, "{\"customer\":1," FLAT("111.11") "}");
    assert_int_equal(ask(t, question).rate.cents, 11111);
    question.line.v = 0;
    assert_int_equal(ask(t, question).rate.cents, 11111);
    question.customer.v = 0;
    assert_int_equal(ask(t, question).rate.cents, 15950);
}

static void refuse_tiers(struct shop_test *t, const char *tiers, const char *field,
                         const char *says)
{
    const char *json = arena_printf(&t->arena, "{\"tiers\":[%s]}", tiers);

    expect_status(t, &labor_matrix_add_op, input_json(t, &labor_matrix_add_op, json), NULL,
                  ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM labor_matrix"), 0);
}

static void a_labor_matrix_with_a_hole_is_refused_at_its_tier(void **state)
{
    struct shop_test *t = *state;

    refuse_tiers(t, "", "tiers", "Add a tier");
    refuse_tiers(t,
                 "{\"hours_from\":\"0\",\"hours_to\":\"1\",\"multiplier\":\"2\"},"
                 "{\"hours_from\":\"1.5\",\"multiplier\":\"1\"}",
                 "tiers.2.hours_from", "From 1 to below 1.5 hours is in no tier");
    refuse_tiers(t,
                 "{\"hours_from\":\"0\",\"hours_to\":\"2\",\"multiplier\":\"2\"},"
                 "{\"hours_from\":\"1.5\",\"multiplier\":\"1\"}",
                 "tiers.2.hours_from", "From 1.5 to below 2 hours is in two tiers");
    refuse_tiers(t, "{\"hours_from\":\"0.1\",\"multiplier\":\"1\"}", "tiers.1.hours_from",
                 "From 0 to below 0.1 hours is in no tier");
    refuse_tiers(t, "{\"hours_from\":\"0\",\"hours_to\":\"5\",\"multiplier\":\"1\"}",
                 "tiers.1.hours_to", "From 5 hours up there is no tier");
    refuse_tiers(t,
                 "{\"hours_from\":\"0\",\"multiplier\":\"1\"},"
                 "{\"hours_from\":\"4\",\"multiplier\":\"1\"}",
                 "tiers.1.hours_to", "Only the last tier");
    refuse_tiers(t,
                 "{\"hours_from\":\"0\",\"hours_to\":\"0\",\"multiplier\":\"1\"},"
                 "{\"hours_from\":\"0\",\"multiplier\":\"1\"}",
                 "tiers.1.hours_to", "ends before it begins");
}

static void a_labor_matrix_that_gives_labor_away_is_refused(void **state)
{
    struct shop_test *t = *state;

    refuse_tiers(t, "{\"hours_from\":\"0\",\"multiplier\":\"0\"}", "tiers.1.multiplier",
                 "give labor away");
    refuse_tiers(t, "{\"hours_from\":\"0\",\"rate\":\"0\"}", "tiers.1.rate", "give labor away");
    refuse_tiers(t, "{\"hours_from\":\"0\"}", "tiers.1.multiplier", "one of them");
    refuse_tiers(t, "{\"hours_from\":\"0\",\"multiplier\":\"1\",\"rate\":\"140\"}", "tiers.1.rate",
                 "one of them");
}

static void refuse_matrix(struct shop_test *t, const char *json, const char *field,
                          const char *says)
{
    expect_status(t, &labor_matrix_add_op, input_json(t, &labor_matrix_add_op, json), NULL,
                  ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

static void there_is_one_labor_matrix_of_each(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, MARIA);
    given_matrix(t, "{" FLAT("150") "}");
    given_matrix(t, "{\"rate_class\":1," FLAT("150") "}");
    given_matrix(t, "{\"customer\":1," FLAT("150") "}");
    refuse_matrix(t, "{" FLAT("150") "}", "rate_class", "already");
    refuse_matrix(t, "{\"rate_class\":1," FLAT("150") "}", "rate_class", "already");
    refuse_matrix(t, "{\"customer\":1," FLAT("150") "}", "customer", "already");
    refuse_matrix(t, "{\"customer\":1,\"rate_class\":1," FLAT("150") "}", "rate_class",
                  "one of them empty");
    refuse_matrix(t, "{\"rate_class\":99," FLAT("150") "}", "rate_class", "no labor rate 99");
}

static void a_labor_matrix_changes_once_for_each_reading(void **state)
{
    struct shop_test *t = *state;
    const char *twice = "{\"labor_matrix\":1,\"revision\":1," FLAT("150") "}";
    const struct labor_matrix_key key = {{1}};
    struct labor_matrix out;

    given_matrix(t, "{" SHOP_TIERS "}");
    expect_ok(t, &labor_matrix_set_op, input_json(t, &labor_matrix_set_op, twice), &out);
    assert_int_equal(out.tiers.count, 1);
    assert_string_equal(out.name, "The shop");
    expect_status(t, &labor_matrix_set_op, input_json(t, &labor_matrix_set_op, twice), NULL,
                  ERR_STALE);
    expect_ok(t, &labor_matrix_remove_op, &key, &out);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM labor_tier"), 0);
    assert_int_equal(ask(t, (struct labor_question){.hours = {500}}).rate.cents, 14500);
}

static const struct order_line *labor_of(const struct order *order)
{
    return line_of(order, 1, 1);
}

/* 0.3 h x 217.50 = 65.25; 4.2 h x 159.50 = 669.90 */
static void labor_on_an_order_is_priced_by_its_hours(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_matrix(t, "{" SHOP_TIERS "}");
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Hose\"}", (long long)order.id.v);
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"0.3\"}", job_id_of(&order, 1));
    assert_int_equal(labor_of(&order)->gross.cents, 6525);
    assert_int_equal(labor_of(&order)->price_rule, PRICE_RULE_LABOR_MATRIX);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"4.2\",\"price\":\"217.50\"}",
                   line_id_of(&order, 1, 1));
    assert_int_equal(labor_of(&order)->gross.cents, 66990);
    assert_non_null(strstr(labor_of(&order)->price_why, "from 4 hours up"));
}

static void a_rate_given_by_hand_stays_whatever_the_hours(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_matrix(t, "{" SHOP_TIERS "}");
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Hose\"}", (long long)order.id.v);
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"0.3\",\"rate\":\"100\"}",
                   job_id_of(&order, 1));
    assert_int_equal(labor_of(&order)->price_rule, PRICE_RULE_MANUAL);
    order =
        change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"5\"}", line_id_of(&order, 1, 1));
    assert_int_equal(labor_of(&order)->price.cents, 10000);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"120\"}", line_id_of(&order, 1, 1));
    assert_int_equal(labor_of(&order)->price_rule, PRICE_RULE_MANUAL);
    assert_int_equal(labor_of(&order)->gross.cents, 60000);
}

static void what_is_written_up_keeps_its_rate(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Hose\"}", (long long)order.id.v);
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"0.5\"}", job_id_of(&order, 1));
    given_matrix(t, "{" SHOP_TIERS "}");
    order =
        change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"0.4\"}", line_id_of(&order, 1, 1));
    assert_int_equal(labor_of(&order)->price.cents, 14500);
}

static void a_job_and_a_vehicle_have_labor_rates(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);
    const long long diesel = (long long)given_rate(t, "Diesel", "180");
    const long long welding = (long long)given_rate(t, "Welding", "190");
    struct vehicle vehicle;

    call(t, &vehicle_edit_op, &vehicle, "{\"vehicle\":1,\"make\":\"Honda\",\"rate_class\":%lld}",
         diesel);
    assert_int_equal(vehicle.rate_class.v, diesel);
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Hose\"}", (long long)order.id.v);
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Frame\",\"rate_class\":%lld}",
                   (long long)order.id.v, welding);
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\"}", job_id_of(&order, 1));
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\"}", job_id_of(&order, 2));
    assert_int_equal(line_of(&order, 1, 1)->price.cents, 18000);
    assert_int_equal(line_of(&order, 2, 1)->price.cents, 19000);
    assert_int_equal(job_of(&order, 2)->rate_class.v, welding);
    refuse(t, &job_add_op, ERR_INVALID, "no labor rate 77",
           "{\"order\":%lld,\"title\":\"Frame\",\"rate_class\":77}", (long long)order.id.v);
    assert_field(t, "rate_class");
}

/* 0.5 h x 217.50 = 108.75 */
static void the_list_of_canned_jobs_says_what_inserting_one_comes_to(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job_search search = {.query = {.search = ""}};
    struct order order = given_order(t);
    struct page page;

    given_matrix(t, "{" SHOP_TIERS "}");
    call(t, &canned_job_add_op, NULL,
         "{\"code\":\"HOSE\",\"title\":\"Hose\",\"lines\":[{\"kind\":\"labor\","
         "\"description\":\"Hose\",\"quantity\":\"0.5\"}]}");
    expect_ok(t, &canned_job_search_op, &search, &page);
    assert_int_equal(((const struct canned_job_row *)page.rows.at)->price.cents, 10875);
    order =
        change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"HOSE\"}", (long long)order.id.v);
    assert_int_equal(order.labor.cents, 10875);
    run_sql(t, "UPDATE rate_class SET rate = 18125");
    expect_ok(t, &canned_job_search_op, &search, &page);
    assert_int_equal(((const struct canned_job_row *)page.rows.at)->price.cents, 13594);
    order =
        change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"HOSE\"}", (long long)order.id.v);
    assert_int_equal(order.labor.cents, 10875 + 13594); /* 271.875 -> 271.88, half: 135.94 */
}

static void trying_asks_for_the_vehicles_owner(void **state)
{
    struct shop_test *t = *state;
    struct labor_price price;

    given_maria_and_her_accord(t);
    given_matrix(t, "{\"customer\":1," FLAT("111.11") "}");
    call(t, &labor_matrix_try_op, &price, "{\"hours\":\"2\",\"vehicle\":1}");
    assert_int_equal(price.rate.cents, 11111);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &labor_matrix_try_op, input_json(t, &labor_matrix_try_op, "{\"hours\":\"2\"}"),
                  NULL, ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_hour_is_made_as_by_hand),
        SHOP_TEST(the_nearest_rate_goes_first),
        SHOP_TEST(hours_fall_into_the_tier_that_begins_with_them),
        SHOP_TEST(the_customers_matrix_goes_before_the_rates_before_the_shops),
        SHOP_TEST(a_labor_matrix_with_a_hole_is_refused_at_its_tier),
        SHOP_TEST(a_labor_matrix_that_gives_labor_away_is_refused),
        SHOP_TEST(there_is_one_labor_matrix_of_each),
        SHOP_TEST(a_labor_matrix_changes_once_for_each_reading),
        SHOP_TEST(labor_on_an_order_is_priced_by_its_hours),
        SHOP_TEST(a_rate_given_by_hand_stays_whatever_the_hours),
        SHOP_TEST(what_is_written_up_keeps_its_rate),
        SHOP_TEST(a_job_and_a_vehicle_have_labor_rates),
        SHOP_TEST(the_list_of_canned_jobs_says_what_inserting_one_comes_to),
        SHOP_TEST(trying_asks_for_the_vehicles_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
