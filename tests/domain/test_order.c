/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The life of a repair order from the write-up to the invoice, and everything that is refused on
 * the way. */

#include "orders.h"

#include "domain/invoice.h"

/* -------------------------------------------------------------------- write up -- */

static void a_vehicle_is_written_up_with_its_reading_and_the_customers_words(void **state)
{
    struct shop_test *t = *state;
    given_maria_and_her_accord(t);

    const struct order order = change(t, &order_start_op,
                                      "{\"vehicle\":1,\"odometer_mi\":112340,\"key_tag\":\"17\","
                                      "\"concern\":\"Squeals when braking\\nmostly downhill\"}");

    assert_int_equal(order.customer.v, 1);
    assert_string_equal(order.customer_name, "Delgado, Maria");
    assert_string_equal(order.bill_to, "Maria Delgado\n12 Harbor Dr\nSan Diego, CA 92101");
    assert_string_equal(order.customer_phone, "+16195550142");
    assert_string_equal(order.vehicle_name, "2014 Honda Accord");
    assert_string_equal(order.writer_name, "Ada Admin");
    assert_int_equal(order.opened_at.seconds, SHOP_TEST_NOW);
    assert_int_equal(order.odometer_in_mi, 112340);
    assert_int_equal(order.state, ORDER_ESTIMATE);
    assert_string_equal(job_of(&order, 1)->title, "Squeals when braking");
    assert_string_equal(job_of(&order, 1)->concern, "Squeals when braking\nmostly downhill");
    assert_int_equal(ask_number(t, "SELECT odometer_mi FROM vehicle"), 112340);
    assert_string_equal(ask_text(t, "SELECT last_visit_on FROM customer"), "2026-11-24");
    assert_int_equal(ask_number(t, "SELECT repair_order FROM odometer ORDER BY id DESC LIMIT 1"),
                     order.id.v);
}

static void a_long_concern_titles_its_job_with_whole_words(void **state)
{
    struct shop_test *t = *state;
    given_maria_and_her_accord(t);

    const struct order order =
        change(t, &order_start_op,
               "{\"vehicle\":1,\"concern\":\"Grinds at 45 mph and above, worse in the rain, after a"
               " long drive, with four people\"}");
    assert_string_equal(
        job_of(&order, 1)->title,
        "Grinds at 45 mph and above, worse in the rain, after a long drive, with four…");
}

static void order_numbers_have_no_gaps(void **state)
{
    struct shop_test *t = *state;
    const int64_t first = given_order(t).id.v;

    refuse(t, &order_start_op, ERR_INVALID, "reason",
           "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":5}");
    assert_field(t, "odometer_mi");

    assert_int_equal(change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1}").id.v, first + 1);
}

static void somebody_elses_vehicle_is_refused(void **state)
{
    struct shop_test *t = *state;
    given_maria_and_her_accord(t);
    given_customer(t, FLEET);

    refuse(t, &order_start_op, ERR_INVALID, "2014 Honda Accord belongs to Delgado, Maria",
           "{\"customer\":2,\"vehicle\":1}");
    assert_field(t, "vehicle");
    refuse(t, &order_start_op, ERR_INVALID, "whose work", "{}");
    assert_field(t, "customer");
    refuse(t, &order_start_op, ERR_INVALID, "no vehicle", "{\"customer\":1,\"odometer_mi\":1}");
    assert_field(t, "odometer_mi");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM repair_order"), 0);
}

static void an_order_without_a_vehicle_says_so_until_it_is_invoiced(void **state)
{
    struct shop_test *t = *state;
    given_maria_and_her_accord(t);
    given_customer(t, FLEET);

    assert_string_equal(change(t, &order_start_op, "{\"customer\":1}").warning,
                        "No vehicle, though the customer has 1: void it unless a part was brought "
                        "in.");
    assert_string_equal(change(t, &order_start_op, "{\"customer\":2}").warning,
                        "No vehicle: this is for a part brought in. Parts alone are a counter "
                        "sale.");
    assert_string_equal(change(t, &order_start_op, "{\"vehicle\":1}").warning, "");
    assert_string_equal(change(t, &counter_sale_op, "{\"customer\":2}").warning, "");
}

static void archived_customers_and_vehicles_are_not_written_up(void **state)
{
    struct shop_test *t = *state;
    given_maria_and_her_accord(t);
    run_sql(t, "UPDATE vehicle SET archived_at = 1");
    refuse(t, &order_start_op, ERR_CONFLICT, "archived", "{\"vehicle\":1}");
    run_sql(t, "UPDATE vehicle SET archived_at = NULL");
    run_sql(t, "UPDATE customer SET archived_at = 1");
    refuse(t, &order_start_op, ERR_CONFLICT, "archived", "{\"vehicle\":1}");
}

static void an_order_of_a_customer_archived_meanwhile_changes_no_more_but_can_be_void(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    run_sql(t, "UPDATE customer SET archived_at = 1");

    refuse(t, &job_add_op, ERR_CONFLICT, "is archived. Restore the customer first.",
           "{\"order\":%lld,\"title\":\"More\"}", (long long)order.id.v);
    refuse(t, &order_authorize_op, ERR_CONFLICT, "archived", "{\"order\":%lld}",
           (long long)order.id.v);
    change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"gone\"}", (long long)order.id.v);
}

/* ---------------------------------------------------------------------- pricing -- */

static void worked_example_a_is_602_01_on_an_order(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order =
        change(t, &discount_set_op, "{\"order\":%lld,\"percent\":\"10\",\"applies_to\":\"parts\"}",
               (long long)order.id.v);

    assert_int_equal(order.labor.cents, 36250);
    assert_int_equal(order.parts.cents, 19899);
    assert_int_equal(order.supplies.cents, 2175);
    assert_int_equal(order.discount.cents, 2211);
    assert_int_equal(order.tax.cents, 1877);
    assert_int_equal(order.total.cents, 60201);
    assert_int_equal(order.cost.cents, 7600 + 2255);
    assert_int_equal(order.profit.cents, 60201 - 1877 - 9855);
    const struct order_tax *tax = order.taxes.at;
    assert_int_equal(order.taxes.count, 3);
    assert_string_equal(tax[2].name, "City");
    assert_int_equal(tax[2].base.cents, 22074);
    assert_int_equal(tax[2].amount.cents, 276);
    assert_int_equal(line_of(&order, 1, 2)->discount.cents, 1799);
    assert_int_equal(line_of(&order, 1, 3)->net.cents, 3708);
    assert_int_equal(job_of(&order, 1)->amount.cents, 36250 + 19899);
}

static void an_exemption_counts_until_it_ends_and_then_warns(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    run_sql(t, "UPDATE customer SET tax_exempt = 1, exempt_until_on = '2026-11-24'");
    struct order page = given_another_job(t, order.id.v, "Exempt");
    assert_int_equal(page.tax.cents, 0);
    assert_string_equal(page.warning, "");

    run_sql(t, "UPDATE customer SET exempt_until_on = '2026-11-23'");
    page = given_another_job(t, order.id.v, "Taxed");
    assert_true(page.tax.cents > 0);
    assert_non_null(strstr(page.warning, "23 Nov 2026"));
}

static void the_jurisdictions_of_today_are_charged_at_the_next_change(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    assert_int_equal(order.taxes.count, 3);
    run_sql(t, "DELETE FROM tax WHERE name <> 'State'");
    assert_int_equal(order_of(t, order.id.v).taxes.count, 3);
    order = given_another_job(t, order.id.v, "Next");
    assert_int_equal(order.taxes.count, 1);
    run_sql(t, "DELETE FROM tax");
    order = given_another_job(t, order.id.v, "Last");
    assert_int_equal(order.taxes.count, 0);
    assert_int_equal(order.tax.cents, 0);
}

static void todays_prices_come_from_rates_and_catalog_unless_given(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    assert_int_equal(line_of(&order, 1, 1)->price.cents, 14500);
    assert_string_equal(line_of(&order, 1, 1)->description, "Front brakes");
    assert_int_equal(line_of(&order, 1, 2)->price.cents, 8995);
    assert_int_equal(line_of(&order, 1, 2)->cost.cents, 3800);
    assert_string_equal(line_of(&order, 1, 2)->description, "Brake pads");
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\",\"rate\":\"0\"}", job);
    assert_int_equal(line_of(&order, 1, 4)->price.cents, 0); /* given away, not forgotten */
    order =
        change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"price\":\"6.00\"}", job);
    assert_int_equal(line_of(&order, 1, 5)->price.cents, 600);
    order = change(t, &line_add_part_op,
                   "{\"job\":%lld,\"description\":\"Hose, dealer\",\"price\":\"31.40\"}", job);
    assert_int_equal(line_of(&order, 1, 6)->part.v, 0);
}

static void another_part_brings_its_own_price_unless_one_is_given(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long line = line_id_of(&order, 1, 2);

    order = change(t, &line_edit_op,
                   "{\"line\":%lld,\"part\":2,\"price\":\"89.95\",\"cost\":\"38.00\"}", line);
    assert_string_equal(line_of(&order, 1, 2)->sku, "OIL-Q");
    assert_string_equal(line_of(&order, 1, 2)->description, "0W-20 oil, quart");
    assert_int_equal(line_of(&order, 1, 2)->price.cents, 749);
    assert_int_equal(line_of(&order, 1, 2)->cost.cents, 410);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"part\":1,\"price\":\"70\"}", line);
    assert_int_equal(line_of(&order, 1, 2)->price.cents, 7000);
    assert_int_equal(line_of(&order, 1, 2)->quantity.thousandths, 2000);
}

static void customers_never_read_what_is_for_the_shop_alone(void **state)
{
    struct shop_test *t = *state;
    const struct order_id id = given_order(t).id;
    const struct order_ref order = {.order = id};
    const struct customer_key customer = {{1}};
    const struct vehicle_key vehicle = {{1}};
    const struct contact_list log = {.customer = {1}};
    struct order page;
    struct page contacts;
    struct customer maria;
    struct vehicle accord;

    run_sql(t, "UPDATE repair_order SET internal_note = 'haggles', customer_note = 'thanks'");
    run_sql(t, "UPDATE customer SET note = 'haggles'");
    run_sql(t, "UPDATE vehicle SET note = 'smells'");
    run_sql(t, "INSERT INTO contact (customer, at, channel, direction, summary) VALUES\n"
               "  (1, 1, 'note', 'in', 'haggles'), (1, 2, 'phone', 'in', 'asked for the price')");
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &customer_contact_list_op, &log, &contacts);
    assert_int_equal(contacts.rows.count, 2);
    expect_ok(t, &order_show_op, &order, &page);
    assert_string_equal(page.internal_note, "haggles");

    run_sql(t, "UPDATE user SET customer = 1, revision = revision + 1 WHERE login = 'maria'");
    sign_in_as(t, ROLE_CUSTOMER);
    expect_ok(t, &order_show_op, &order, &page);
    assert_string_equal(page.internal_note, "");
    assert_string_equal(page.customer_note, "thanks");
    expect_ok(t, &customer_show_op, &customer, &maria);
    assert_string_equal(maria.note, "");
    expect_ok(t, &customer_contact_list_op, &log, &contacts);
    assert_int_equal(contacts.rows.count, 1);
    expect_ok(t, &vehicle_show_op, &vehicle, &accord);
    assert_string_equal(accord.note, "");
}

static void lines_that_cannot_be_are_refused_at_their_field(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);
    const struct {
        const struct op *op;
        const char *rest, *field;
    } cases[] = {
        {&line_add_part_op, "\"sku\":\"NONE\"", "sku"},
        {&line_add_part_op, "\"quantity\":\"1\"", "sku"},
        {&line_add_part_op, "\"description\":\"Hose\"", "price"},
        {&line_add_part_op, "\"sku\":\"OIL-Q\",\"quantity\":\"0\"", "quantity"},
        {&line_add_part_op, "\"sku\":\"OIL-Q\",\"quantity\":\"-1\"", "quantity"},
        {&line_add_part_op, "\"sku\":\"OIL-Q\",\"technician\":2", "technician"},
        {&line_add_labor_op, "\"hours\":\"-1\"", "hours"},
        {&line_add_labor_op, "\"hours\":\"900000000\",\"rate\":\"9000000000\"", "rate"},
        {&line_add_labor_op, "\"hours\":\"1\",\"technician\":99", "technician"},
        {&line_add_other_op, "\"kind\":\"labor\",\"description\":\"x\",\"price\":\"1\"", "kind"},
        {&line_add_other_op, "\"kind\":\"fee\",\"price\":\"1\"", "description"},
        {&line_add_other_op, "\"kind\":\"fee\",\"description\":\"x\",\"price\":\"-1\"", "price"},
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        refuse(t, cases[i].op, ERR_INVALID, "", "{\"job\":%lld,%s}", job, cases[i].rest);
        assert_field(t, cases[i].field);
    }
    refuse(t, &line_edit_op, ERR_INVALID, "take the line off", "{\"line\":%lld,\"quantity\":\"0\"}",
           line_id_of(&order, 1, 2));
    assert_field(t, "quantity");
    run_sql(t, "UPDATE part SET archived_at = 1 WHERE sku = 'OIL-Q'");
    refuse(t, &line_add_part_op, ERR_INVALID, "OIL-Q is archived",
           "{\"job\":%lld,\"sku\":\"OIL-Q\"}", job);
    assert_int_equal(order_of(t, order.id.v).revision, order.revision);
}

static void discounts_of_three_levels_are_stored_and_priced(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    const long long job = job_id_of(&order, 1);

    change(t, &line_edit_op,
           "{\"line\":%lld,\"discount_ppm\":\"50\",\"taxable\":true,"
           "\"price_reason\":\"Ours came late\"}",
           line_id_of(&order, 1, 2));
    change(t, &discount_set_op,
           "{\"order\":%lld,\"job\":%lld,\"amount\":\"10\",\"applies_to\":\"parts\","
           "\"reason\":\"agreed\"}",
           id, job);
    order = change(t, &discount_set_op,
                   "{\"order\":%lld,\"percent\":\"10\",\"applies_to\":\"labor\","
                   "\"reason\":\"loyal\"}",
                   id);
    assert_int_equal(order.labor.cents, 36250 - 3625);
    assert_int_equal(order.parts.cents, 17990 - 8995 + 4120 - 1000);
    assert_int_equal(order.discounts.count, 2);
    const struct order_discount *discount = order.discounts.at;
    assert_int_equal(discount[0].job.v, job);
    assert_string_equal(discount[1].reason, "loyal");

    order = change(t, &discount_set_op,
                   "{\"order\":%lld,\"discount\":%lld,\"percent\":\"20\","
                   "\"applies_to\":\"labor\"}",
                   id, (long long)discount[1].id.v);
    assert_int_equal(order.labor.cents, 36250 - 7250);
    order = change(t, &discount_remove_op, "{\"discount\":%lld}", (long long)discount[0].id.v);
    assert_int_equal(order.parts.cents, 17990 - 8995 + 4120);
    assert_int_equal(order.discounts.count, 1);
}

static void discounts_that_cannot_be_are_refused(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    refuse(t, &discount_set_op, ERR_INVALID, "more than what it can be taken from",
           "{\"order\":%lld,\"amount\":\"221.11\",\"applies_to\":\"parts\"}", id);
    assert_field(t, "amount");
    refuse(t, &discount_set_op, ERR_INVALID, "percentage or an amount", "{\"order\":%lld}", id);
    refuse(t, &discount_set_op, ERR_INVALID, "only one",
           "{\"order\":%lld,\"amount\":\"1\",\"percent\":\"1\"}", id);
    refuse(t, &discount_set_op, ERR_INVALID, "at most", "{\"order\":%lld,\"percent\":\"100.01\"}",
           id);
    refuse(t, &line_edit_op, ERR_INVALID, "more than the line",
           "{\"line\":%lld,\"discount_amount\":\"179.91\"}", line_id_of(&order, 1, 2));
    assert_field(t, "discount_amount");

    change(t, &discount_set_op,
           "{\"order\":%lld,\"amount\":\"221.10\",\"applies_to\":\"parts\","
           "\"reason\":\"Goodwill\"}",
           id);
    refuse(t, &line_remove_op, ERR_CONFLICT, "Lower the discount first", "{\"line\":%lld}",
           line_id_of(&order, 1, 3));
    assert_int_equal(order_of(t, order.id.v).jobs.count, 1);
    assert_int_equal(job_of(&order, 1)->lines.count, 3);
}

/* ------------------------------------------------------------------------ jobs -- */

static void canned_jobs_come_at_todays_prices(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);
    given_parts(t);
    expect_ok(t, &canned_job_add_op,
              input_json(t, &canned_job_add_op,
                         "{\"code\":\"OIL\",\"title\":\"Oil service\",\"correction\":\"Changed\","
                         "\"lines\":[{\"kind\":\"labor\",\"description\":\"Oil and filter\","
                         "\"quantity\":\"0.5\"},{\"kind\":\"part\",\"sku\":\"OIL-Q\","
                         "\"quantity\":\"5\"},{\"kind\":\"part\",\"description\":\"Oil filter\"},"
                         "{\"kind\":\"fee\",\"description\":\"Disposal\",\"price\":\"3.00\"}]}"),
              NULL);
    run_sql(t, "UPDATE part SET price = 800 WHERE sku = 'OIL-Q'");

    order =
        change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"oil\"}", (long long)order.id.v);

    assert_string_equal(job_of(&order, 1)->title, "Oil service");
    assert_string_equal(job_of(&order, 1)->correction, "Changed");
    assert_int_equal(line_of(&order, 1, 1)->net.cents, 7250);
    assert_int_equal(line_of(&order, 1, 2)->net.cents, 4000);
    assert_int_equal(line_of(&order, 1, 4)->net.cents, 300);

    refuse(t, &order_authorize_op, ERR_CONFLICT, "still to be chosen: Oil filter",
           "{\"order\":%lld}", (long long)order.id.v);
    change(t, &line_edit_op, "{\"line\":%lld,\"part\":1}", line_id_of(&order, 1, 3));
    authorize(t, order.id.v);
    refuse(t, &job_add_canned_op, ERR_NOT_FOUND, "", "{\"order\":%lld,\"code\":\"NONE\"}",
           (long long)order.id.v);
    run_sql(t, "UPDATE canned_job SET archived_at = 1");
    refuse(t, &job_add_canned_op, ERR_CONFLICT, "archived", "{\"order\":%lld,\"code\":\"OIL\"}",
           (long long)order.id.v);
}

static void jobs_move_and_close_the_gap_they_leave(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);
    given_another_job(t, order.id.v, "A");
    given_another_job(t, order.id.v, "B");
    given_another_job(t, order.id.v, "C");
    order = given_another_job(t, order.id.v, "D");

    order = change(t, &job_move_op, "{\"job\":%lld,\"position\":2}", job_id_of(&order, 4));
    const char *const moved[] = {"A", "D", "B", "C"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(job_of(&order, i + 1)->title, moved[i]);
        assert_int_equal(job_of(&order, i + 1)->position, i + 1);
    }
    order = change(t, &job_move_op, "{\"job\":%lld,\"position\":4}", job_id_of(&order, 1));
    assert_string_equal(job_of(&order, 4)->title, "A");
    order = change(t, &job_remove_op, "{\"job\":%lld}", job_id_of(&order, 1));
    assert_int_equal(order.jobs.count, 3);
    assert_string_equal(job_of(&order, 1)->title, "B");
    assert_int_equal(job_of(&order, 1)->position, 1);
    assert_int_equal(order.total.cents, 30000);
    refuse(t, &job_move_op, ERR_INVALID, "3 jobs", "{\"job\":%lld,\"position\":4}",
           job_id_of(&order, 1));
    assert_field(t, "position");
}

static void the_three_cs_are_written_into_the_job(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order = change(t, &job_edit_op,
                   "{\"job\":%lld,\"concern\":\"Squeals\",\"cause\":\"Worn\","
                   "\"correction\":\"Replaced\",\"technician\":%lld,\"safety\":true}",
                   job_id_of(&order, 1), (long long)t->users[ROLE_TECHNICIAN].v);

    const struct order_job *job = job_of(&order, 1);
    assert_string_equal(job->title, "Front brakes"); /* not given, so it stays */
    assert_string_equal(job->cause, "Worn");
    assert_string_equal(job->technician_name, "Mo Haddad");
    assert_true(job->safety);
    refuse(t, &job_edit_op, ERR_INVALID, "works on cars", "{\"job\":%lld,\"technician\":%lld}",
           job_id_of(&order, 1), (long long)t->users[ROLE_ACCOUNTANT].v);
}

/* ------------------------------------------------------------------- the life -- */

static void an_order_lives_from_write_up_to_invoice(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    const long long job = job_id_of(&order, 1);

    assert_int_equal(order.state, ORDER_ESTIMATE);
    order = change(t, &order_present_op, "{\"order\":%lld}", id);
    assert_int_equal(job_of(&order, 1)->state, JOB_PRESENTED);
    assert_int_equal(order.state, ORDER_ESTIMATE);
    order = change(t, &order_authorize_op, "{\"order\":%lld,\"method\":\"phone\"}", id);
    assert_int_equal(order.state, ORDER_APPROVED);
    assert_int_equal(order.authorized.cents, order.total.cents);
    order = change(t, &job_start_op, "{\"job\":%lld}", job);
    assert_int_equal(order.state, ORDER_IN_PROGRESS);
    order = change(t, &order_edit_op, "{\"order\":%lld,\"hold\":\"parts\",\"key_tag\":\"9\"}", id);
    assert_int_equal(order.state, ORDER_HOLD);
    assert_int_equal(order.odometer_in_mi, 112340); /* not given, so it stays */
    order = change(t, &order_edit_op, "{\"order\":%lld}", id);
    assert_int_equal(order.state, ORDER_IN_PROGRESS);
    order = change(t, &job_done_op, "{\"job\":%lld}", job);
    assert_int_equal(order.state, ORDER_QUALITY_CHECK);
    order = change(t, &job_reopen_op, "{\"job\":%lld}", job);
    assert_int_equal(order.state, ORDER_IN_PROGRESS);
    change(t, &job_done_op, "{\"job\":%lld}", job);
    order = change(t, &order_check_op, "{\"order\":%lld}", id);
    assert_int_equal(order.state, ORDER_COMPLETE);
    order = change(t, &order_edit_op, "{\"order\":%lld,\"key_tag\":\"10\"}", id);
    assert_int_equal(order.state, ORDER_COMPLETE); /* the check stays passed */

    struct invoice invoice;
    expect_ok(t, &invoice_post_op,
              input_json(t, &invoice_post_op, arena_printf(&t->arena, "{\"order\":%lld}", id)),
              &invoice);
    assert_int_equal(invoice.total.cents, order.total.cents);
    order = order_of(t, order.id.v);
    assert_int_equal(order.state, ORDER_POSTED);
    assert_int_equal(order.invoice.v, invoice.id.v);
}

static struct order_previewed preview(struct shop_test *t, const char *json)
{
    struct order_previewed out;

    expect_ok(t, &order_preview_op, input_json(t, &order_preview_op, json), &out);
    return out;
}

static void a_preview_says_what_the_answer_then_comes_to(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    const int64_t brakes = order.total.cents;

    authorize(t, order.id.v);
    order = given_another_job(t, order.id.v, "Wipers");
    const char *no = arena_printf(
        &t->arena, "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\"}]}", id,
        job_id_of(&order, 2));
    const struct order_previewed with = preview(t, arena_printf(&t->arena, "{\"order\":%lld}", id));
    const struct order_previewed without = preview(t, no);
    assert_int_equal(without.total.cents, brakes);
    assert_int_equal(without.added.cents, 0);
    assert_int_equal(with.authorized.cents, brakes);
    assert_int_equal(with.added.cents, order.total.cents - brakes);
    assert_int_equal(order_of(t, order.id.v).authorized.cents, brakes); /* nothing is recorded */

    order = authorize(t, order.id.v);
    assert_int_equal(order.authorized.cents, with.total.cents);
    refuse(t, &order_preview_op, ERR_CONFLICT, "No job waits", "{\"order\":%lld}", id);
}

static void an_order_with_work_left_is_not_ready_for_its_check(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    refuse(t, &order_check_op, ERR_CONFLICT, "not ready", "{\"order\":%lld}", id);
    authorize(t, order.id.v);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1)); /* started on the way */
    order = given_another_job(t, order.id.v, "Undecided");
    assert_int_equal(order.state, ORDER_IN_PROGRESS);
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"decision\":\"declined\",\"reason\":\"price\"}", id);
    assert_int_equal(order.state, ORDER_QUALITY_CHECK);
    change(t, &order_edit_op, "{\"order\":%lld,\"hold\":\"customer\"}", id);
    refuse(t, &order_check_op, ERR_CONFLICT, "waiting for the customer", "{\"order\":%lld}", id);
}

static void work_that_is_out_of_turn_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    const long long job = job_id_of(&order, 1);

    refuse(t, &job_start_op, ERR_CONFLICT,
           "Job 1 is not authorized. Record the customer's answer first.", "{\"job\":%lld}", job);
    refuse(t, &job_done_op, ERR_CONFLICT, "Job 1 is not authorized.", "{\"job\":%lld}", job);
    refuse(t, &job_reopen_op, ERR_CONFLICT, "not done", "{\"job\":%lld}", job);
    change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"deferred\"}", id);
    refuse(t, &job_start_op, ERR_CONFLICT, "Job 1 was deferred", "{\"job\":%lld}", job);
    change(t, &order_authorize_op,
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"}]}", id, job);
    change(t, &job_start_op, "{\"job\":%lld}", job);
    refuse(t, &job_start_op, ERR_CONFLICT, "Job 1 is already in progress.", "{\"job\":%lld}", job);
    change(t, &job_done_op, "{\"job\":%lld}", job);
    refuse(t, &job_done_op, ERR_CONFLICT, "Job 1 is already done.", "{\"job\":%lld}", job);
    refuse(t, &job_start_op, ERR_NOT_FOUND, "no longer there", "{\"job\":999}");
    refuse(t, &order_show_op, ERR_NOT_FOUND,
           "There is no repair order 5. Look for it by customer or vehicle.", "{\"order\":5}");
}

static void orders_that_are_over_do_not_change(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    const long long job = job_id_of(&order, 1);
    const long long line = line_id_of(&order, 1, 1);
    static const char *const states[] = {"posted", "paid", "receivable", "void"};
    const struct {
        const struct op *op;
        const char *json;
    } cases[] = {
        {&order_edit_op, arena_printf(&t->arena, "{\"order\":%lld}", id)},
        {&order_void_op, arena_printf(&t->arena, "{\"order\":%lld,\"reason\":\"x\"}", id)},
        {&job_add_op, arena_printf(&t->arena, "{\"order\":%lld,\"title\":\"x\"}", id)},
        {&job_edit_op, arena_printf(&t->arena, "{\"job\":%lld}", job)},
        {&job_remove_op, arena_printf(&t->arena, "{\"job\":%lld}", job)},
        {&job_move_op, arena_printf(&t->arena, "{\"job\":%lld,\"position\":1}", job)},
        {&line_add_labor_op, arena_printf(&t->arena, "{\"job\":%lld,\"hours\":\"1\"}", job)},
        {&line_edit_op, arena_printf(&t->arena, "{\"line\":%lld}", line)},
        {&line_remove_op, arena_printf(&t->arena, "{\"line\":%lld}", line)},
        {&discount_set_op, arena_printf(&t->arena, "{\"order\":%lld,\"percent\":\"1\"}", id)},
        {&order_present_op, arena_printf(&t->arena, "{\"order\":%lld}", id)},
        {&order_authorize_op, arena_printf(&t->arena, "{\"order\":%lld}", id)},
        {&job_start_op, arena_printf(&t->arena, "{\"job\":%lld}", job)},
        {&job_done_op, arena_printf(&t->arena, "{\"job\":%lld}", job)},
        {&order_check_op, arena_printf(&t->arena, "{\"order\":%lld}", id)},
    };

    for (size_t i = 0; i < COUNT_OF(states); i++) {
        run_sql(t, arena_printf(&t->arena, "UPDATE repair_order SET state = '%s'", states[i]));
        for (size_t c = 0; c < COUNT_OF(cases); c++) {
            refuse(t, cases[c].op, ERR_CONFLICT, "cannot change", "%s", cases[c].json);
            assert_int_equal(ask_number(t, "SELECT revision FROM repair_order"), order.revision);
        }
    }
}

static void work_that_has_begun_cannot_be_void(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    refuse(t, &order_void_op, ERR_INVALID, "missing", "{\"order\":%lld}", id);
    assert_field(t, "reason");
    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    refuse(t, &order_void_op, ERR_CONFLICT, "has begun", "{\"order\":%lld,\"reason\":\"x\"}", id);
    run_sql(t, "UPDATE job SET state = 'authorized'");
    assert_int_equal(change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"left\"}", id).state,
                     ORDER_VOID);
    assert_string_equal(ask_text(t, "SELECT void_reason FROM repair_order"), "left");
}

/* ------------------------------------------------------------------ two terminals -- */

static void a_change_upon_what_somebody_else_has_changed_is_stale(void **state)
{
    struct shop_test *t = *state;
    const struct order read = given_brake_job(t);
    const long long id = (long long)read.id.v;
    const long long job = job_id_of(&read, 1);

    sign_in_as(t, ROLE_MANAGER);
    change(t, &job_add_op, "{\"order\":%lld,\"title\":\"x\",\"revision\":%lld}", id,
           (long long)read.revision);
    sign_in_as(t, ROLE_ADMIN);
    refuse(t, &job_add_op, ERR_STALE, "Ann Walsh changed order",
           "{\"order\":%lld,\"title\":\"y\",\"revision\":%lld}", id, (long long)read.revision);
    refuse(t, &line_remove_op, ERR_STALE, "Look at it again", "{\"line\":%lld,\"revision\":%lld}",
           line_id_of(&read, 1, 1), (long long)read.revision);
    refuse(t, &job_done_op, ERR_STALE, "", "{\"job\":%lld,\"revision\":%lld}", job,
           (long long)read.revision);
    const struct order now = order_of(t, read.id.v);
    assert_int_equal(now.revision, read.revision + 1);
    assert_int_equal(now.jobs.count, 2);
    change(t, &job_add_op, "{\"order\":%lld,\"title\":\"y\",\"revision\":%lld}", id,
           (long long)now.revision);
}

static void a_full_disk_at_any_statement_leaves_the_order_as_it_was(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    void *in = input_json(t, &order_authorize_op,
                          arena_printf(&t->arena, "{\"order\":%lld}", (long long)order.id.v));
    int64_t statements = 1;

    for (;; statements++) {
        struct order out;
        store_fail_after(t->store, statements);
        const status result = op_call(&t->session, &order_authorize_op, in, &out);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization"), 0);
        assert_int_equal(ask_number(t, "SELECT revision FROM repair_order"), order.revision);
        assert_int_equal(ask_number(t, "SELECT count(*) FROM job WHERE state <> 'draft'"), 0);
    }
    assert_in_range(statements, 15, 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_vehicle_is_written_up_with_its_reading_and_the_customers_words),
        SHOP_TEST(a_long_concern_titles_its_job_with_whole_words),
        SHOP_TEST(order_numbers_have_no_gaps),
        SHOP_TEST(customers_never_read_what_is_for_the_shop_alone),
        SHOP_TEST(somebody_elses_vehicle_is_refused),
        SHOP_TEST(an_order_without_a_vehicle_says_so_until_it_is_invoiced),
        SHOP_TEST(archived_customers_and_vehicles_are_not_written_up),
        SHOP_TEST(an_order_of_a_customer_archived_meanwhile_changes_no_more_but_can_be_void),
        SHOP_TEST(worked_example_a_is_602_01_on_an_order),
        SHOP_TEST(an_exemption_counts_until_it_ends_and_then_warns),
        SHOP_TEST(the_jurisdictions_of_today_are_charged_at_the_next_change),
        SHOP_TEST(todays_prices_come_from_rates_and_catalog_unless_given),
        SHOP_TEST(another_part_brings_its_own_price_unless_one_is_given),
        SHOP_TEST(lines_that_cannot_be_are_refused_at_their_field),
        SHOP_TEST(discounts_of_three_levels_are_stored_and_priced),
        SHOP_TEST(discounts_that_cannot_be_are_refused),
        SHOP_TEST(canned_jobs_come_at_todays_prices),
        SHOP_TEST(jobs_move_and_close_the_gap_they_leave),
        SHOP_TEST(the_three_cs_are_written_into_the_job),
        SHOP_TEST(an_order_lives_from_write_up_to_invoice),
        SHOP_TEST(a_preview_says_what_the_answer_then_comes_to),
        SHOP_TEST(an_order_with_work_left_is_not_ready_for_its_check),
        SHOP_TEST(work_that_is_out_of_turn_is_refused),
        SHOP_TEST(orders_that_are_over_do_not_change),
        SHOP_TEST(work_that_has_begun_cannot_be_void),
        SHOP_TEST(a_change_upon_what_somebody_else_has_changed_is_stale),
        SHOP_TEST(a_full_disk_at_any_statement_leaves_the_order_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
