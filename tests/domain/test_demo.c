/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The demo shop: as many as promised, every state, books that agree, the same from the same seed,
 * and nobody who lives. */

#include "demos.h"

#include "domain/closed_day.h"
#include "domain/ledger.h"
#include "domain/order.h"
#include "domain/setting.h"
#include "domain/vin.h"

/* One shop of 300 customers for all tests that only look. */
static int open_shared(void **state)
{
    const int64_t start = clock_ticks_ms();

    *state = given_demo(0, 0);
    print_message("300 customers in %lld ms\n", (long long)(clock_ticks_ms() - start));
    return 0;
}

static int close_shared(void **state)
{
    close_demo(*state);
    return 0;
}

static void the_shop_has_what_was_promised(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), 300);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle"), 450);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM canned_job"), 40);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM part"), 200);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM tax"), 3);
    assert_true(ask_number(t, "SELECT count(*) FROM repair_order") > 300);
    assert_true(ask_number(t, "SELECT count(*) FROM contact") > 300);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM shop WHERE demo = 1"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM canned_line WHERE kind = 'part'\n"
                                   "AND part IS NULL"),
                     0);
}

static void who_begins_like_the_demo_charges_what_it_charges(void **state)
{
    struct shop_test *t = *state;
    struct shop_opening opening = {0};
    struct shop shop = {0};

    demo_prices(&opening);
    assert_int_equal(ask_number(t, "SELECT sum(rate) FROM tax"), opening.tax_rate.ppm);
    assert_int_equal(ask_number(t, "SELECT rate FROM rate_class WHERE standard = 1"),
                     opening.labor_rate.cents);
    demo_supplies(&shop);
    assert_int_equal(ask_number(t, "SELECT supplies_ppm FROM shop"), shop.supplies_ppm.ppm);
    assert_int_equal(ask_number(t, "SELECT supplies_cap FROM shop"), shop.supplies_cap.cents);
}

static void every_state_of_an_order_is_there(void **state)
{
    struct shop_test *t = *state;

    for (unsigned i = 0; i < ORDER_STATE_COUNT; i++) {
        const char *word = choice_word(&order_state_choices, i);
        const char *sql =
            arena_printf(&t->arena, "SELECT count(*) FROM repair_order WHERE state = '%s'", word);
        if (ask_number(t, sql) == 0)
            fail_msg("No repair order is “%s”.", word);
    }
    for (unsigned i = 0; i < job_state_choices.count; i++) {
        const char *word = choice_word(&job_state_choices, i);
        const char *sql =
            arena_printf(&t->arena, "SELECT count(*) FROM job WHERE state = '%s'", word);
        if (ask_number(t, sql) == 0)
            fail_msg("No job is “%s”.", word);
    }
}

static void orders_wait_for_each_reason_there_is(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(ask_number(t, "SELECT count(DISTINCT hold) FROM repair_order\n"
                                   "WHERE state = 'hold'"),
                     (int64_t)hold_choices.count - 1);
}

static void payments_are_of_several_kinds(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(ask_number(t, "SELECT count(DISTINCT method) FROM payment"), 5);
    assert_true(ask_number(t, "SELECT count(*) FROM payment WHERE change > 0") > 0);
    assert_true(ask_number(t, "SELECT count(*) FROM invoice WHERE paid > 0 AND paid < total") > 0);
    assert_true(ask_number(t, "SELECT count(*) FROM customer WHERE credit > 0") > 0);
    assert_true(ask_number(t, "SELECT count(*) FROM customer WHERE owes > 0") > 0);
}

/* Once or a few times each, so that no list of the demo is empty. */
static void what_a_shop_does_beside_plain_visits_is_there(void **state)
{
    static const struct {
        const char *what, *sql;
    } deeds[] = {
        {"a coupon on an order", "SELECT count(*) FROM discount WHERE coupon IS NOT NULL"},
        {"a gift certificate that is paid",
         "SELECT count(*) FROM gift_certificate AS g JOIN invoice AS i ON i.id = g.invoice\n"
         "WHERE i.paid = i.total AND g.balance = 10000"},
        {"a store credit", "SELECT count(*) FROM gift_certificate WHERE invoice IS NULL"},
        {"a fleet with open invoices of two units",
         "SELECT count(*) FROM (SELECT customer FROM invoice WHERE paid < total AND\n"
         "state = 'posted' GROUP BY customer HAVING count(DISTINCT vehicle) > 1 AND count(*) > 2)"},
        {"a credit limit", "SELECT count(*) FROM customer WHERE credit_limit IS NOT NULL"},
        {"sublet work with its vendor",
         "SELECT count(*) FROM line WHERE kind = 'sublet' AND vendor IS NOT NULL"},
        {"a comeback under warranty",
         "SELECT count(*) FROM job WHERE comeback_of IS NOT NULL AND pay = 'warranty'\n"
         "AND invoice IS NOT NULL"},
        {"a menu price", "SELECT count(*) FROM job WHERE menu_price = 10995"},
        {"a customer on hold", "SELECT count(*) FROM customer WHERE on_hold = 1 AND owes > 0"},
        {"a late fee", "SELECT count(*) FROM late_fee"},
        {"an order invoiced in part",
         "SELECT count(*) FROM repair_order AS o JOIN invoice AS i ON i.repair_order = o.id\n"
         "WHERE o.invoice IS NULL AND i.state = 'posted' AND i.paid = i.total"},
        {"a credit memo", "SELECT count(*) FROM credit_memo"},
        {"an order template", "SELECT count(*) FROM template"},
        {"an inspection with something to do now",
         "SELECT count(*) FROM inspection_item WHERE result = 'now'"},
    };
    struct shop_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(deeds); i++)
        if (ask_number(t, deeds[i].sql) == 0)
            fail_msg("The demo shop lacks %s.", deeds[i].what);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM coupon"), 2);
}

static void the_books_agree(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(ledger_prove(&t->session), OK);
    assert_true(ask_number(t, "SELECT sum(stock_value) FROM part") > 0);
}

static void the_story_ends_before_today_and_spans_a_year(void **state)
{
    struct shop_test *t = *state;
    const struct day today = instant_day((struct instant){SHOP_TEST_NOW});

    assert_true(ask_number(t, "SELECT max(at) FROM audit") <= SHOP_TEST_NOW);
    assert_true(ask_number(t, "SELECT max(opened_at) FROM repair_order") <= SHOP_TEST_NOW);
    assert_true(strcmp(ask_text(t, "SELECT max(posted_on) FROM invoice"), today.iso) < 0);
    assert_true(
        strcmp(ask_text(t, "SELECT min(posted_on) FROM invoice"), day_add(today, -330).iso) < 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM session WHERE ended_at IS NULL"), 0);
    assert_int_equal(t->session.clock.fixed, SHOP_TEST_NOW);
}

static void every_vehicle_has_a_vin_that_decodes(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(ask_number(t, "SELECT count(DISTINCT vin) FROM vehicle"), 450);
    assert_int_equal(ask_number(t,
                                "SELECT count(*) FROM vehicle WHERE vin_note <> '' OR make = ''\n"
                                "OR model = '' OR year IS NULL OR odometer_mi IS NULL"),
                     0);
    for (int64_t id = 1; id <= 450; id += 37) {
        struct vin_facts facts;
        const char *vin = ask_text(
            t, arena_printf(&t->arena, "SELECT vin FROM vehicle WHERE id = %lld", (long long)id));
        vin_decode(vin, &t->arena, &facts);
        assert_true(facts.valid);
        assert_true(*facts.make != '\0' && facts.year != 0);
    }
}

static void odometers_have_a_history(void **state)
{
    struct shop_test *t = *state;

    assert_true(ask_number(t, "SELECT max(n) FROM (SELECT count(*) AS n FROM odometer\n"
                              "GROUP BY vehicle)") >= 3);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM odometer AS a JOIN odometer AS b\n"
                                   "ON b.vehicle = a.vehicle AND b.read_on > a.read_on\n"
                                   "AND b.miles < a.miles"),
                     0);
}

static void nobody_in_it_lives(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM phone WHERE number NOT LIKE '+1___55501__'"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer WHERE email <> ''\n"
                                   "AND email NOT LIKE '%@example.com'"),
                     0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle\n"
                                   "WHERE plate NOT GLOB '[1-9][QIO][A-Z][A-Z][0-9][0-9][0-9]'"),
                     0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM part WHERE upc NOT LIKE '2%'"), 0);
}

static void every_demo_account_signs_in_with_its_role(void **state)
{
    struct shop_test *t = *state;

    assert_true(strlen(demo_password) >= 15);
    for (size_t i = 0; i < COUNT_OF(demo_accounts); i++) {
        const struct sign_in in = {demo_accounts[i].login, demo_password};
        struct signed_in out;
        struct session guest = {.store = t->store,
                                .keys = t->keys,
                                .arena = &t->arena,
                                .clock = {.fixed = SHOP_TEST_NOW},
                                .terminal = "test"};
        assert_int_equal(op_call(&guest, &session_sign_in_op, &in, &out), OK);
        assert_string_equal(out.role, demo_accounts[i].role);
        assert_string_equal(out.name, demo_accounts[i].name);
        assert_false(out.must_change);
        assert_int_equal(session_resume(&guest, out.access), OK);
        assert_true(guest.demo);
        assert_true(i != 4 || guest.customer.v != 0);
    }
}

/* Everything that does not come from chance of the machine: no hashes, no tokens. */
static const char *digest_of(struct shop_test *t)
{
    static const char *const tables[] = {
        "SELECT group_concat(name || email || note || owes || credit || created_at, '|') FROM "
        "customer",
        "SELECT group_concat(number || customer, '|') FROM phone",
        "SELECT group_concat(vin || plate || customer || odometer_mi, '|') FROM vehicle",
        "SELECT group_concat(id || state || opened_at || total || authorized, '|') FROM "
        "repair_order",
        "SELECT group_concat(title || state || repair_order || cause, '|') FROM job",
        "SELECT group_concat(id || posted_at || total || paid, '|') FROM invoice",
        "SELECT group_concat(id || method || amount || taken_at, '|') FROM payment",
        "SELECT group_concat(entry || account || amount, '|') FROM entry_line",
        "SELECT group_concat(sku || on_hand || stock_value, '|') FROM part",
    };
    AUTO_BUF all = BUF_MIB(16);
    char hex[SECRET_DIGEST_MAX];

    for (size_t i = 0; i < COUNT_OF(tables); i++)
        buf_text(&all, ask_text(t, tables[i]));
    assert_false(all.full);
    secret_digest(buf_str(&all), hex);
    return arena_text(&t->arena, hex);
}

static void the_same_seed_gives_the_same_shop(void **state)
{
    (void)state;
    struct shop_test *a = given_demo(40, 7);
    struct shop_test *b = given_demo(40, 7);
    struct shop_test *c = given_demo(40, 8);

    assert_string_equal(digest_of(a), digest_of(b));
    assert_string_not_equal(digest_of(a), digest_of(c));
    close_demo(a);
    close_demo(b);
    close_demo(c);
}

/* So small a shop has no fleet, nobody who is late, nothing to credit. */
static void a_shop_of_a_few_customers_is_made_as_well(void **state)
{
    (void)state;

    for (int64_t customers = 1; customers <= 16; customers *= 2) {
        struct shop_test *t = given_demo(customers, (uint64_t)customers);
        assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), customers);
        assert_int_equal(ledger_prove(&t->session), OK);
        close_demo(t);
    }
}

static bool stop_after_a_while(void *context, int64_t done, int64_t total)
{
    (void)context;
    assert_true(done <= total);
    return done < 250;
}

static void it_stops_when_told_to(void **state)
{
    (void)state;
    struct shop_test *t = open_empty();
    const struct demo_options options = {.customers = 20, .progress = stop_after_a_while};

    assert_int_equal(demo_fill(&t->session, &options), ERR_CANCELLED);
    assert_false(store_in_transaction(t->store));
    close_demo(t);
}

static void a_shop_that_is_there_is_never_filled(void **state)
{
    struct shop_test *t = *state;
    const struct demo_options options = {.customers = 10};

    assert_int_equal(demo_fill(&t->session, &options), ERR_CONFLICT);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), 300);
}

/* Every evening's figures come to what was left in the drawer; what was short or over is in the
 * books, and what lay above the float was brought to the bank. */
static void every_day_but_the_last_was_counted_and_closed(void **state)
{
    struct shop_test *t = *state;
    const int64_t days = ask_number(t, "SELECT count(*) FROM closed_day");
    int64_t over_short = 0;

    assert_true(days > 300);
    assert_int_equal(ask_number(t, "SELECT count(DISTINCT posted_on) FROM entry\n"
                                   "WHERE posted_on > (SELECT max(day) FROM closed_day)"),
                     1);
    for (int64_t id = 1; id <= days; id++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        const struct day_key key = {{id}};
        struct day_report report;
        assert_int_equal(day_show_op.run(&t->session, &key, &report), OK);
        assert_int_equal(report.before.cents + report.brought.cents + report.taken.cents -
                             report.refunds.cents - report.vendors.cents - report.pay_outs.cents -
                             report.drops.cents + report.over_short.cents + report.other.cents,
                         report.cash.cents);
        assert_true(report.cash.cents <= 20000);
        over_short += report.over_short.cents;
        arena_release(&t->arena, mark);
    }
    assert_int_equal(over_short, ask_number(t, "SELECT sum(credit - debit) FROM account_day\n"
                                               "WHERE account = (SELECT id FROM account\n"
                                               "                 WHERE role = 'cash_short')"));
    const int64_t off = ask_number(t, "SELECT count(*) FROM drawer_move\n"
                                      "WHERE kind = 'count' AND amount <> expected");
    assert_in_range(off, 5, days / 5);
    assert_true(ask_number(t, "SELECT count(*) FROM drawer_move WHERE kind = 'drop'") > 20);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM drawer_move AS m\n"
                                   "WHERE kind = 'count' AND amount <>\n"
                                   "  (SELECT ifnull(sum(p.cents * p.pieces), 0)\n"
                                   "   FROM drawer_piece AS p WHERE p.drawer_move = m.id)"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shop_has_what_was_promised),
        cmocka_unit_test(who_begins_like_the_demo_charges_what_it_charges),
        cmocka_unit_test(every_state_of_an_order_is_there),
        cmocka_unit_test(orders_wait_for_each_reason_there_is),
        cmocka_unit_test(payments_are_of_several_kinds),
        cmocka_unit_test(what_a_shop_does_beside_plain_visits_is_there),
        cmocka_unit_test(the_books_agree),
        cmocka_unit_test(every_day_but_the_last_was_counted_and_closed),
        cmocka_unit_test(the_story_ends_before_today_and_spans_a_year),
        cmocka_unit_test(every_vehicle_has_a_vin_that_decodes),
        cmocka_unit_test(odometers_have_a_history),
        cmocka_unit_test(nobody_in_it_lives),
        cmocka_unit_test(every_demo_account_signs_in_with_its_role),
        cmocka_unit_test(the_same_seed_gives_the_same_shop),
        cmocka_unit_test(a_shop_of_a_few_customers_is_made_as_well),
        cmocka_unit_test(it_stops_when_told_to),
        cmocka_unit_test(a_shop_that_is_there_is_never_filled),
    };

    return cmocka_run_group_tests(tests, open_shared, close_shared);
}
