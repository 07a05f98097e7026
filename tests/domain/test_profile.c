/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the states ask of a repair shop: how far an invoice may go beyond the estimate, what must be
 * there before one is posted, what settings they forbid; each refusal names its source. */

#include "orders.h"

#include "domain/invoice.h"
#include "domain/profile.h"
#include "domain/terms.h"

static void given_state(struct shop_test *t, const char *profile)
{
    run_sql(t, arena_printf(&t->arena, "UPDATE shop SET profile = '%s'", profile));
}

static int64_t most_for(struct shop_test *t, int64_t authorized_cents)
{
    struct money most;
    const char *why;

    assert_int_equal(law_limit(&t->session, (struct money){authorized_cents}, &most, &why), OK);
    return most.cents;
}

/* One job of labor alone, authorized and done: 362.50 on order 10001, or 100.00 more. */
static struct order given_done_work(struct shop_test *t)
{
    struct order order = given_order(t);

    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Front brakes\"}",
                   (long long)order.id.v);
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"2.5\",\"taxable\":false}",
                   job_id_of(&order, 1));
    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    return change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
}

static void refuse_posting(struct shop_test *t, const char *says)
{
    refuse(t, &invoice_post_op, ERR_CONFLICT, says, "{\"order\":10001}");
}

static struct invoice post(struct shop_test *t)
{
    struct invoice invoice;

    call(t, &invoice_post_op, &invoice, "{\"order\":10001}");
    return invoice;
}

/* ------------------------------------------------------------------- the table -- */

static void every_rule_has_a_sentence_and_a_source(void **state)
{
    (void)state;
    for (enum profile p = PROFILE_PLAIN; p < PROFILE_COUNT; p++) {
        size_t rules = 0;
        for (enum law_rule r = 0; r < LAW_RULE_COUNT; r++) {
            const struct law *law = law_find(p, r);
            if (law == NULL)
                continue;
            rules++;
            assert_true(law->says[0] != '\0');
            assert_true(law->source[0] != '\0');
        }
        assert_true(rules >= 2);
        assert_non_null(law_find(p, LAW_RECORDS));
    }
}

static void the_list_shows_the_rules_of_one_state_with_their_sources(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    call(t, &profile_list_op, &page, "{\"state\":\"ny\"}");
    assert_int_equal(page.rows.count, 10);
    call(t, &profile_list_op, &page, "{\"search\":\"82.9\",\"limit\":10}");
    assert_int_equal(page.rows.count, 1);
}

static void a_rule_and_a_wording_are_read_in_full(void **state)
{
    struct shop_test *t = *state;

    call(t, &profile_show_op, NULL, "{\"rule\":1}");
    expect_status(t, &profile_show_op, input_json(t, &profile_show_op, "{\"rule\":4711}"), NULL,
                  ERR_NOT_FOUND);
    expect_status(t, &terms_show_op, input_json(t, &terms_show_op, "{\"terms\":1}"), NULL,
                  ERR_NOT_FOUND);
    assert_int_equal(terms_keep(&t->session), OK);
    call(t, &terms_show_op, NULL, "{\"terms\":1}");
}

/* ------------------------------------------------------------------- tolerance -- */

/* By hand: Florida 10 % or $10, the greater, at most $50; Michigan 10 % or $50, the lesser;
 * California and New York nothing; without a state what the shop says, and its own when tighter. */
static void each_state_says_how_far_an_invoice_may_go_beyond_the_estimate(void **state)
{
    struct shop_test *t = *state;

    given_state(t, "fl");
    assert_int_equal(most_for(t, 5000), 6000);   /* 50.00: 10 % is 5.00, so 10.00 */
    assert_int_equal(most_for(t, 20000), 22000); /* 200.00: 20.00 */
    assert_int_equal(most_for(t, 60000), 65000); /* 600.00: 60.00, capped at 50.00 */
    given_state(t, "mi");
    assert_int_equal(most_for(t, 5000), 5500);
    assert_int_equal(most_for(t, 60000), 65000);
    given_state(t, "ca");
    assert_int_equal(most_for(t, 60000), 60000);
    given_state(t, "ny");
    assert_int_equal(most_for(t, 60000), 60000);
    given_state(t, "tx");
    assert_int_equal(most_for(t, 60000), 60000);
    run_sql(t, "UPDATE shop SET tolerance_ppm = 50000, tolerance_cap = 2000");
    assert_int_equal(most_for(t, 60000), 62000); /* 5 % is 30.00, the shop's cap 20.00 */
    given_state(t, "fl");
    assert_int_equal(most_for(t, 20000), 21000); /* 5 %, tighter than Florida's 20.00 */
    given_state(t, "ca");
    assert_int_equal(most_for(t, 60000), 60000);
}

/* Supplies that are charged since the answer make the difference: 16.50 on 362.50. */
static void posting_stops_where_the_states_tolerance_ends_and_says_why(void **state)
{
    struct shop_test *t = *state;

    given_done_work(t);
    run_sql(t, "UPDATE shop SET supplies_flat = 1650, supplies_taxable = 0, registration = 'X1'");
    given_state(t, "mi");
    run_sql(t, "UPDATE line SET technician = 3");
    run_sql(t, "UPDATE user SET certificate = 'M123456' WHERE id = 3");
    run_sql(t, "UPDATE repair_order SET authorized = 34400");
    refuse_posting(t, "MCL 257.1332");
    assert_says(t, "35.00 above the 344.00");
    run_sql(t, "UPDATE repair_order SET authorized = 36250");
    assert_int_equal(post(t).total.cents, 37900);
}

/* --------------------------------------------------------------------- posting -- */

static void california_wants_the_registration_number_on_the_invoice(void **state)
{
    struct shop_test *t = *state;

    given_done_work(t);
    given_state(t, "ca");
    refuse_posting(t, "16 CCR 3356(b)");
    assert_says(t, "under Registration");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice"), 0);
    run_sql(t, "UPDATE shop SET registration = 'ARD00123456'");
    const struct invoice invoice = post(t);
    assert_int_equal(invoice.law.profile, PROFILE_CA);
    assert_string_equal(invoice.law.mechanics, "");
}

static void a_disposal_charge_needs_the_epa_number_in_california(void **state)
{
    struct shop_test *t = *state;

    const struct order order = given_done_work(t);
    change(t, &line_add_other_op,
           "{\"job\":%lld,\"kind\":\"hazmat\",\"description\":\"Used oil\",\"price\":\"3.00\"}",
           job_id_of(&order, 1));
    authorize(t, order.id.v);
    run_sql(t, "UPDATE shop SET registration = 'ARD00123456'");
    given_state(t, "ca");
    refuse_posting(t, "16 CCR 3357");
    run_sql(t, "UPDATE shop SET epa_id = 'CAL000123456'");
    post(t);
}

static void a_charge_without_a_name_is_not_billed_in_california(void **state)
{
    struct shop_test *t = *state;

    const struct order order = given_done_work(t);
    change(t, &line_add_other_op,
           "{\"job\":%lld,\"kind\":\"fee\",\"description\":\"Shop Supplies\",\"price\":\"9.00\"}",
           job_id_of(&order, 1));
    authorize(t, order.id.v);
    run_sql(t, "UPDATE shop SET registration = 'ARD00123456'");
    given_state(t, "ca");
    refuse_posting(t, "Job 1 charges for “Shop Supplies”");
    run_sql(t, "UPDATE line SET description = 'Brake cleaner, shop supplies' WHERE kind = 'fee'");
    post(t);
}

static void michigan_wants_each_mechanic_by_name_and_number(void **state)
{
    struct shop_test *t = *state;

    given_done_work(t);
    run_sql(t, "UPDATE shop SET registration = 'F123456'");
    given_state(t, "mi");
    refuse_posting(t, "Say who did the work of job 1");
    run_sql(t, "UPDATE job SET technician = 3");
    refuse_posting(t, "Mo Haddad's number");
    run_sql(t, "UPDATE user SET certificate = 'M123456' WHERE id = 3");
    const struct invoice invoice = post(t);
    assert_string_equal(invoice.law.mechanics, "Mo Haddad, certification M123456");
    assert_non_null(strstr(invoice.law.completed, "MCL 257.1334(g)"));
    assert_int_equal(store_run(t->store, "UPDATE invoice_law SET mechanics = ''", NO_ROW, NULL),
                     ERR_CONFLICT);
}

static void florida_wants_the_odometer_and_explains_supplies(void **state)
{
    struct shop_test *t = *state;

    given_done_work(t);
    run_sql(t, "UPDATE shop SET registration = 'MV12345', supplies_flat = 500");
    run_sql(t, "UPDATE repair_order SET odometer_in_mi = NULL");
    given_state(t, "fl");
    refuse_posting(t, "Fla. Stat. 559.911");
    run_sql(t, "UPDATE repair_order SET odometer_in_mi = 112340");
    const struct invoice invoice = post(t);
    assert_non_null(strstr(invoice.law.disclosures, "costs and profits"));
    assert_non_null(strstr(invoice.law.disclosures, "Fla. Stat. 559.905"));
    assert_null(strstr(invoice.law.disclosures, "check with your state"));
}

static void a_shop_of_no_state_posts_as_before(void **state)
{
    struct shop_test *t = *state;

    given_done_work(t);
    assert_int_equal(post(t).law.profile, PROFILE_PLAIN);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice_law"), 0);
}

/* -------------------------------------------------------------------- settings -- */

static void settings_that_the_state_forbids_are_refused_with_its_source(void **state)
{
    struct shop_test *t = *state;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.profile = PROFILE_CA;
    shop.supplies_ppm = (struct rate){60000};
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_field(t, "supplies_ppm");
    assert_says(t, "16 CCR 3356(c)(2)");
    shop.profile = PROFILE_NY;
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_says(t, "check with your state");
    shop.supplies_ppm = (struct rate){0};
    shop.supplies_flat = USD(5, 0);
    expect_ok(t, &setting_edit_op, &shop, &shop);
    shop.profile = PROFILE_CA;
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_field(t, "supplies_flat");
    shop.profile = PROFILE_FL;
    shop.supplies_flat = USD(0, 0);
    shop.supplies_ppm = (struct rate){60000};
    expect_ok(t, &setting_edit_op, &shop, &shop);
    assert_int_equal(shop.profile, PROFILE_FL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_a_sentence_and_a_source),
        SHOP_TEST(the_list_shows_the_rules_of_one_state_with_their_sources),
        SHOP_TEST(a_rule_and_a_wording_are_read_in_full),
        SHOP_TEST(each_state_says_how_far_an_invoice_may_go_beyond_the_estimate),
        SHOP_TEST(posting_stops_where_the_states_tolerance_ends_and_says_why),
        SHOP_TEST(california_wants_the_registration_number_on_the_invoice),
        SHOP_TEST(a_disposal_charge_needs_the_epa_number_in_california),
        SHOP_TEST(a_charge_without_a_name_is_not_billed_in_california),
        SHOP_TEST(michigan_wants_each_mechanic_by_name_and_number),
        SHOP_TEST(florida_wants_the_odometer_and_explains_supplies),
        SHOP_TEST(a_shop_of_no_state_posts_as_before),
        SHOP_TEST(settings_that_the_state_forbids_are_refused_with_its_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
