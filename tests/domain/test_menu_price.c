/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Menu-priced canned jobs: one price for all of it, worked out by hand to the cent, whatever parts
 * are chosen; and canned jobs changed line by line. The shop's standard is 145.00. */

#include "orders.h"

#include "domain/canned_quote.h"
#include "domain/invoice.h"

/* 0.5 h x 145.00 = 72.50; 5.5 x 7.49 = 41.195, so 41.20; disposal 3.00: together 116.70. */
#define OIL(menu)                                                                                  \
    "{\"code\":\"OIL\",\"title\":\"Oil service\"," menu "\"lines\":["                              \
    "{\"kind\":\"labor\",\"description\":\"Oil and filter\",\"quantity\":\"0.5\"},"                \
    "{\"kind\":\"part\",\"sku\":\"OIL-Q\",\"quantity\":\"5.5\"},"                                  \
    "{\"kind\":\"fee\",\"description\":\"Disposal\",\"price\":\"3.00\"}]}"
/* 2.5 h and 0.7 h: 362.50 and 101.50; two pads 179.90. */
#define BRAKES                                                                                     \
    "{\"code\":\"BRK\",\"title\":\"Brakes\",\"menu_price\":\"599.00\",\"lines\":["                 \
    "{\"kind\":\"labor\",\"description\":\"Pads and rotors\",\"quantity\":\"2.5\"},"               \
    "{\"kind\":\"labor\",\"description\":\"Bleed\",\"quantity\":\"0.7\"},"                         \
    "{\"kind\":\"part\",\"sku\":\"BP-1210\",\"quantity\":\"2\"}]}"

static struct canned_job given_canned(struct shop_test *t, const char *json)
{
    struct canned_job out;

    expect_ok(t, &canned_job_add_op, input_json(t, &canned_job_add_op, json), &out);
    return out;
}

static struct order given_inserted(struct shop_test *t, const char *json, const char *code)
{
    const struct order order = given_order(t);

    given_parts(t);
    given_canned(t, json);
    return change(t, &job_add_canned_op, "{\"order\":%lld,\"code\":\"%s\"}", (long long)order.id.v,
                  code);
}

static struct canned_quote quote_of(struct shop_test *t, const char *code)
{
    struct canned_quote quote;

    call(t, &canned_job_quote_op, &quote, "{\"code\":\"%s\"}", code);
    return quote;
}

/* 99.95 - 41.20 - 3.00 = 55.75, which is 111.50 an hour */
static void the_difference_goes_to_labor(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_inserted(t, OIL("\"menu_price\":\"99.95\","), "OIL");
    const struct order_line *labor = line_of(&order, 1, 1);

    assert_int_equal(job_of(&order, 1)->amount.cents, 9995);
    assert_int_equal(labor->gross.cents, 5575);
    assert_int_equal(labor->price.cents, 11150);
    assert_int_equal(labor->price_rule, PRICE_RULE_MENU);
    assert_string_equal(labor->price_why,
                        "menu price 99.95 - 44.20 for parts and all else = 55.75");
}

/* Up as well as down: 130.00 - 44.20 = 85.80 */
static void a_menu_price_may_be_above_the_sum(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_inserted(t, OIL("\"menu_price\":\"130\","), "OIL");

    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 8580);
    assert_int_equal(order.labor.cents + order.parts.cents + order.fees.cents, 13000);
}

/* 599.00 - 179.90 = 419.10. By 362.50 : 101.50 it is 327.421… and 91.678…: the odd cent goes to the
 * larger remainder, the second. An hour of the first is 130.968, and 2.5 h x 130.97 would be
 * 327.43: the line comes to its share all the same. */
static void several_labor_lines_share_it_to_the_cent(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_inserted(t, BRAKES, "BRK");

    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 32742);
    assert_int_equal(line_of(&order, 1, 2)->gross.cents, 9168);
    assert_int_equal(line_of(&order, 1, 1)->price.cents, 13097);
    assert_int_equal(line_of(&order, 1, 1)->menu_amount.cents, 32742);
    assert_int_equal(job_of(&order, 1)->amount.cents, 59900);
    assert_int_equal(order.labor.cents, 41910);
}

/* Every price from where nothing is left for labor to twice the sum comes out exact. */
static void every_menu_price_comes_out_exact(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, BRAKES, "BRK");
    const long long id = job_id_of(&order, 1);

    for (int64_t cents = 17990; cents < 120000; cents += 997) {
        run_sql(t, arena_printf(&t->arena, "UPDATE job SET menu_price = %lld", (long long)cents));
        order = change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"2\"}",
                       line_id_of(&order, 1, 3));
        assert_int_equal(job_of(&order, 1)->amount.cents, cents);
    }
    assert_int_equal(job_id_of(&order, 1), id);
}

static void a_part_that_is_chosen_later_is_in_the_price(void **state)
{
    struct shop_test *t = *state;
    struct order order =
        given_inserted(t,
                       "{\"code\":\"LOF\",\"title\":\"Oil\",\"menu_price\":\"89.95\",\"lines\":["
                       "{\"kind\":\"labor\",\"description\":\"Oil\",\"quantity\":\"0.5\"},"
                       "{\"kind\":\"part\",\"description\":\"Oil filter\",\"quantity\":\"1\"}]}",
                       "LOF");
    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 8995);

    call(t, &part_add_op, NULL,
         "{\"sku\":\"OF-7317\",\"name\":\"Oil filter\",\"price\":\"12.95\"}");
    order = change(t, &line_edit_op, "{\"line\":%lld,\"part\":3}", line_id_of(&order, 1, 2));
    assert_int_equal(line_of(&order, 1, 2)->gross.cents, 1295);
    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 7700);
    assert_int_equal(job_of(&order, 1)->amount.cents, 8995);
}

static void what_is_added_later_comes_on_top(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, OIL("\"menu_price\":\"99.95\","), "OIL");

    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"1\"}",
                   job_id_of(&order, 1));
    assert_int_equal(job_of(&order, 1)->amount.cents, 9995 + 749);
    order = change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, 1, 2));
    assert_int_equal(job_of(&order, 1)->amount.cents, 9995 + 749);
    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 9695);
}

static void a_core_comes_on_top(void **state)
{
    struct shop_test *t = *state;

    call(t, &part_add_op, NULL,
         "{\"sku\":\"ALT\",\"name\":\"Alternator\",\"price\":\"200\","
         "\"core\":\"40\"}");
    const struct order order =
        given_inserted(t,
                       "{\"code\":\"ALT\",\"title\":\"Alternator\",\"menu_price\":\"300\","
                       "\"lines\":["
                       "{\"kind\":\"labor\",\"description\":\"Alternator\",\"quantity\":\"1\"},"
                       "{\"kind\":\"part\",\"sku\":\"ALT\",\"quantity\":\"1\"}]}",
                       "ALT");
    assert_int_equal(job_of(&order, 1)->amount.cents, 34000);
    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 10000);
    const struct canned_quote quote = quote_of(t, "ALT");
    assert_int_equal(quote.total.cents, 30000);
    assert_int_equal(quote.cores.cents, 4000);
}

static void hours_by_hand_leave_the_price_and_a_rate_by_hand_ends_it(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, OIL("\"menu_price\":\"99.95\","), "OIL");

    order =
        change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"0.8\"}", line_id_of(&order, 1, 1));
    assert_int_equal(job_of(&order, 1)->amount.cents, 9995);
    assert_int_equal(line_of(&order, 1, 1)->price.cents, 6969); /* 55.75 / 0.8 = 69.6875 */
    order = change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"100\"}", line_id_of(&order, 1, 1));
    assert_int_equal(line_of(&order, 1, 1)->gross.cents, 8000);
    assert_int_equal(job_of(&order, 1)->amount.cents, 8000 + 4120 + 300);
    assert_int_equal(job_of(&order, 1)->menu_price.cents, NUMBER_NONE);
    order = change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, 1, 3));
    assert_int_equal(job_of(&order, 1)->amount.cents, 8000 + 4120);
}

static void labor_below_zero_is_refused_and_nothing_is_half_done(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, OIL("\"menu_price\":\"99.95\","), "OIL");

    refuse(t, &line_edit_op, ERR_CONFLICT, "above the menu price of 99.95",
           "{\"line\":%lld,\"price\":\"18\"}", line_id_of(&order, 1, 2));
    refuse(t, &line_edit_op, ERR_CONFLICT, "needs hours", "{\"line\":%lld,\"quantity\":\"0\"}",
           line_id_of(&order, 1, 1));
    assert_int_equal(order_of(t, order.id.v).revision, order.revision);
    run_sql(t, "UPDATE part SET price = 2000");
    refuse(t, &job_add_canned_op, ERR_CONFLICT, "Its parts and fees come to 113.00",
           "{\"order\":%lld,\"code\":\"OIL\"}", (long long)order.id.v);
    assert_int_equal(order_of(t, order.id.v).jobs.count, 1);
}

static void refuse_menu(struct shop_test *t, const char *json, const char *says)
{
    expect_status(t, &canned_job_add_op, input_json(t, &canned_job_add_op, json), NULL,
                  ERR_INVALID);
    assert_field(t, "menu_price");
    assert_says(t, says);
}

static void a_menu_price_that_cannot_hold_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    refuse_menu(t, OIL("\"menu_price\":\"0\","), "give the job away");
    refuse_menu(t, OIL("\"menu_price\":\"44.19\","), "come to 44.20 today, above 44.19");
    refuse_menu(t,
                "{\"code\":\"FEE\",\"title\":\"Fee\",\"menu_price\":\"10\",\"lines\":["
                "{\"kind\":\"fee\",\"description\":\"Disposal\",\"price\":\"3.00\"}]}",
                "needs labor with hours");
    given_canned(t, OIL("\"menu_price\":\"44.20\","));
    refuse(t, &canned_line_remove_op, ERR_INVALID, "needs labor with hours",
           "{\"canned_job\":1,\"line\":1}");
}

static void a_menu_price_may_end(void **state)
{
    struct shop_test *t = *state;
    struct canned_job job;

    given_parts(t);
    given_canned(t, OIL("\"menu_price\":\"99.95\","));
    assert_int_equal(quote_of(t, "OIL").total.cents, 9995);
    assert_int_equal(quote_of(t, "OIL").difference.cents, -1675);
    call(t, &canned_menu_price_op, &job, "{\"canned_job\":1,\"menu_price\":null}");
    assert_int_equal(job.menu_price.cents, NUMBER_NONE);
    assert_int_equal(quote_of(t, "OIL").total.cents, 11670);
    assert_int_equal(ask_number(t, "SELECT ifnull(menu_price, 0) FROM canned_job"), 0);
}

static void the_list_shows_the_menu_price(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job_search search = {.query = {.search = ""}};
    struct page page;

    given_parts(t);
    given_canned(t, OIL("\"menu_price\":\"99.95\","));
    expect_ok(t, &canned_job_search_op, &search, &page);
    assert_int_equal(((const struct canned_job_row *)page.rows.at)->price.cents, 9995);
}

/* Supplies none, no tax: what the customer pays is the menu price, on estimate and invoice. */
static void the_invoice_comes_to_the_menu_price(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, BRAKES, "BRK");
    struct invoice invoice;

    run_sql(t, "DELETE FROM tax");
    order = authorize(t, order.id.v);
    assert_false(job_of(&order, 1)->needs_authorization);
    order = change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    call(t, &invoice_post_op, &invoice, "{\"order\":%lld}", (long long)order.id.v);
    assert_int_equal(invoice.total.cents, 59900);
    assert_int_equal(ask_number(t, "SELECT sum(gross) FROM invoice_line"), 59900);
}

static void another_part_asks_the_customer_again_though_the_price_stays(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, OIL("\"menu_price\":\"99.95\","), "OIL");

    order = authorize(t, order.id.v);
    order = change(t, &line_edit_op,
                   "{\"line\":%lld,\"part\":1,\"price\":\"7.00\",\"price_reason\":\"As agreed\"}",
                   line_id_of(&order, 1, 2));
    assert_true(job_of(&order, 1)->needs_authorization);
}

static void declined_menu_work_comes_back_at_todays_menu_price(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_inserted(t, OIL("\"menu_price\":\"99.95\","), "OIL");

    change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"declined\"}",
           (long long)order.id.v);
    call(t, &canned_menu_price_op, NULL, "{\"canned_job\":1,\"menu_price\":\"109.95\"}");
    const struct order next = change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1}");
    order = change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":%lld}", (long long)next.id.v,
                   job_id_of(&order, 1));
    assert_int_equal(job_of(&order, 1)->amount.cents, 10995);
    assert_int_equal(job_of(&order, 1)->menu_price.cents, 10995);
}

static const struct canned_line *canned_line_of(const struct canned_job *job, size_t line)
{
    assert_true(line >= 1 && line <= job->lines.count);
    return (const struct canned_line *)job->lines.at + (line - 1);
}

static struct canned_job PRINTF_LIKE(3, 4)
    change_canned(struct shop_test *t, const struct op *op, const char *json, ...)
{
    struct canned_job job;
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_ok(t, op, input_json(t, op, text), &job);
    return job;
}

static void a_canned_job_is_changed_line_by_line(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    given_canned(t, OIL(""));
    struct canned_job job = change_canned(
        t, &canned_line_add_op,
        "{\"canned_job\":1,\"kind\":\"part\",\"part\":1,\"quantity\":\"2\",\"revision\":1}");
    assert_int_equal(job.lines.count, 4);
    assert_string_equal(canned_line_of(&job, 4)->description, "Brake pads");
    assert_int_equal(job.revision, 2);
    job = change_canned(t, &canned_line_move_op, "{\"canned_job\":1,\"line\":4,\"to\":1}");
    assert_string_equal(canned_line_of(&job, 1)->sku, "BP-1210");
    assert_int_equal(canned_line_of(&job, 2)->kind, LINE_LABOR);
    job = change_canned(t, &canned_line_move_op, "{\"canned_job\":1,\"line\":1,\"to\":3}");
    assert_string_equal(canned_line_of(&job, 3)->sku, "BP-1210");
    job = change_canned(t, &canned_line_edit_op,
                        "{\"canned_job\":1,\"line\":3,\"kind\":\"part\",\"part\":2,"
                        "\"description\":\"Brake pads\",\"quantity\":\"1.5\"}");
    assert_string_equal(canned_line_of(&job, 3)->description, "0W-20 oil, quart");
    assert_int_equal(canned_line_of(&job, 3)->quantity.thousandths, 1500);
    job = change_canned(t, &canned_line_remove_op, "{\"canned_job\":1,\"line\":3}");
    assert_int_equal(job.lines.count, 3);
    assert_int_equal(canned_line_of(&job, 3)->kind, LINE_FEE);
    assert_int_equal(job.revision, 6);
}

static void a_line_that_makes_no_sense_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    given_canned(t, OIL(""));
    refuse(t, &canned_line_add_op, ERR_INVALID, "Give a price",
           "{\"canned_job\":1,\"kind\":\"fee\",\"description\":\"Disposal\"}");
    assert_field(t, "price");
    refuse(t, &canned_line_add_op, ERR_INVALID, "Give a quantity",
           "{\"canned_job\":1,\"kind\":\"labor\",\"description\":\"Oil\",\"quantity\":\"0\"}");
    refuse(t, &canned_line_add_op, ERR_INVALID, "Write what the customer will read",
           "{\"canned_job\":1,\"kind\":\"labor\"}");
    assert_field(t, "description");
    refuse(t, &canned_line_add_op, ERR_INVALID, "Only a part line",
           "{\"canned_job\":1,\"kind\":\"labor\",\"part\":1}");
    assert_field(t, "part");
    refuse(t, &canned_line_add_op, ERR_INVALID, "Only labor",
           "{\"canned_job\":1,\"kind\":\"part\",\"part\":1,\"rate_class\":1}");
    refuse(t, &canned_line_remove_op, ERR_INVALID, "has 3 lines", "{\"canned_job\":1,\"line\":4}");
    refuse(t, &canned_line_move_op, ERR_INVALID, "has 3 lines",
           "{\"canned_job\":1,\"line\":1,\"to\":4}");
    assert_field(t, "to");
    refuse(t, &canned_line_remove_op, ERR_STALE, "",
           "{\"canned_job\":1,\"line\":1,\"revision\":9}");
    assert_int_equal(ask_number(t, "SELECT revision FROM canned_job"), 1);
}

static void a_quote_shows_every_line_at_todays_price(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    given_canned(t, OIL(""));
    const struct canned_quote quote = quote_of(t, "OIL");
    const struct canned_quote_line *line = quote.lines.at;

    assert_int_equal(quote.lines.count, 3);
    assert_int_equal(line[0].amount.cents, 7250);
    assert_true(line[0].is_today);
    assert_int_equal(line[1].amount.cents, 4120);
    assert_int_equal(line[1].cost.cents, 2255);
    assert_false(line[2].is_today);
    assert_int_equal(quote.hours.thousandths, 500);
    assert_int_equal(quote.sum.cents, 11670);
    assert_int_equal(quote.profit.cents, 11670 - 2255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_difference_goes_to_labor),
        SHOP_TEST(a_menu_price_may_be_above_the_sum),
        SHOP_TEST(several_labor_lines_share_it_to_the_cent),
        SHOP_TEST(every_menu_price_comes_out_exact),
        SHOP_TEST(a_part_that_is_chosen_later_is_in_the_price),
        SHOP_TEST(what_is_added_later_comes_on_top),
        SHOP_TEST(a_core_comes_on_top),
        SHOP_TEST(hours_by_hand_leave_the_price_and_a_rate_by_hand_ends_it),
        SHOP_TEST(labor_below_zero_is_refused_and_nothing_is_half_done),
        SHOP_TEST(a_menu_price_that_cannot_hold_is_refused_at_its_field),
        SHOP_TEST(a_menu_price_may_end),
        SHOP_TEST(the_list_shows_the_menu_price),
        SHOP_TEST(the_invoice_comes_to_the_menu_price),
        SHOP_TEST(another_part_asks_the_customer_again_though_the_price_stays),
        SHOP_TEST(declined_menu_work_comes_back_at_todays_menu_price),
        SHOP_TEST(a_canned_job_is_changed_line_by_line),
        SHOP_TEST(a_line_that_makes_no_sense_is_refused_at_its_field),
        SHOP_TEST(a_quote_shows_every_line_at_todays_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
