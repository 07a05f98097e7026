/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is asked and told before the customer answers: replaced parts, a teardown, who else may
 * answer; and how papers and invoices show it. */

#include "orders.h"

#include "domain/clock.h"
#include "domain/invoice.h"
#include "domain/stock.h"

static const struct order_authorization *answer_of(const struct order *order, size_t number)
{
    assert_true(number >= 1 && number <= order->authorizations.count);
    return (const struct order_authorization *)order->authorizations.at + (number - 1);
}

static void given_state(struct shop_test *t, const char *profile)
{
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE shop SET profile = '%s', registration = 'R-1',"
                            " supplies_ppm = 0",
                            profile));
}

/* ---------------------------------------------------------------- replaced parts -- */

static void replaced_parts_are_asked_for_once_an_order_where_the_state_has_it(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    given_state(t, "ca");
    refuse(t, &order_authorize_op, ERR_INVALID, "16 CCR 3355; BPC 9884.10", "{\"order\":%lld}", id);
    assert_field(t, "parts_back");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization"), 0);
    struct order with =
        change(t, &order_authorize_op, "{\"order\":%lld,\"parts_back\":\"yes\"}", id);
    assert_int_equal(answer_of(&with, 1)->parts_back, PARTS_WANTED);
    assert_int_equal(order_parts_back(&with), PARTS_WANTED);

    with = given_another_job(t, order.id.v, "Alignment");
    with = authorize(t, order.id.v); /* asked before */
    assert_int_equal(answer_of(&with, 2)->parts_back, PARTS_NOT_ASKED);
    assert_int_equal(order_parts_back(&with), PARTS_WANTED);
}

static void nothing_is_asked_where_no_part_is_replaced_or_no_state_asks(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    given_state(t, "mi");
    given_another_job(t, order.id.v, "Alignment");
    authorize(t, order.id.v);

    given_parts(t);
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Pads\"}", (long long)order.id.v);
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"1\"}",
           job_id_of(&order, 2));
    refuse(t, &order_authorize_op, ERR_INVALID, "MCL 257.1333", "{\"order\":%lld}",
           (long long)order.id.v);
    given_state(t, "tx");
    authorize(t, order.id.v);
}

static void declining_needs_no_word_about_parts(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    given_state(t, "ca");
    change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"declined\",\"reason\":\"no\"}",
           (long long)order.id.v);
}

/* ------------------------------------------------------------------- who answers -- */

static void somebody_else_answers_only_when_the_customer_has_named_that_person(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    refuse(t, &order_authorize_op, ERR_INVALID, "has named nobody else",
           "{\"order\":%lld,\"method\":\"phone\",\"answered_by\":\"designated\"}", id);
    assert_field(t, "answered_by");
    run_sql(t, "UPDATE customer SET authorized_person = 'Jose Delgado',"
               " authorized_phone = '+16195550177'");
    refuse(t, &order_authorize_op, ERR_INVALID, "has named Jose Delgado, not Ann",
           "{\"order\":%lld,\"method\":\"phone\",\"answered_by\":\"designated\","
           "\"person\":\"Ann\"}",
           id);
    assert_field(t, "person");
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"method\":\"phone\",\"answered_by\":\"designated\"}", id);
    assert_string_equal(answer_of(&order, 1)->person, "Jose Delgado");
    assert_string_equal(answer_of(&order, 1)->contacted, "+16195550177");
    assert_int_equal(answer_of(&order, 1)->answered_by, ANSWERED_BY_DESIGNATED);
}

static void the_invoice_says_that_the_customer_had_named_who_answered(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    struct invoice invoice;

    run_sql(t, "UPDATE customer SET authorized_person = 'Jose Delgado'");
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"answered_by\":\"designated\",\"method\":\"phone\","
                   "\"contacted\":\"6195550177\"}",
                   (long long)order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    call(t, &invoice_post_op, &invoice, "{\"order\":10001}");
    assert_non_null(
        strstr(invoice.authorized_text, "By phone: Jose Delgado, named by the customer, "));
}

/* ---------------------------------------------------------------------- teardown -- */

static void a_teardown_is_told_with_what_putting_together_costs(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    order = change(t, &job_teardown_op,
                   "{\"job\":%lld,\"reassembly\":\"120\",\"parts\":\"15\",\"days\":5,"
                   "\"restorable\":false}",
                   job);
    assert_int_equal(order.teardowns.count, 1);
    const char *text = order_teardown_text(&t->session, &order, job_of(&order, 1)->id);
    assert_non_null(strstr(text, "costs 120.00, 15.00 for parts"));
    assert_non_null(strstr(text, "within 5 days"));
    assert_non_null(strstr(text, "may not be possible"));

    order = change(t, &job_teardown_op, "{\"job\":%lld,\"reassembly\":\"80\",\"days\":1}", job);
    text = order_teardown_text(&t->session, &order, job_of(&order, 1)->id);
    assert_non_null(strstr(text, "costs 80.00, and is done within 1 day."));
    order = change(t, &job_no_teardown_op, "{\"job\":%lld}", job);
    assert_int_equal(order.teardowns.count, 0);
}

static void the_notice_comes_before_the_answer_and_is_in_its_code(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    order = authorize(t, order.id.v);
    const char *without = answer_of(&order, 1)->code;
    refuse(t, &job_teardown_op, ERR_CONFLICT, "comes before that",
           "{\"job\":%lld,\"reassembly\":\"120\"}", job);
    change(t, &order_authorize_op,
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,"
           "\"decision\":\"declined\",\"reason\":\"too much\"}]}",
           (long long)order.id.v, job);
    change(t, &job_teardown_op, "{\"job\":%lld,\"reassembly\":\"120\"}", job);
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"}]}",
                   (long long)order.id.v, job);
    assert_string_not_equal(answer_of(&order, 3)->code, without);
    refuse(t, &job_no_teardown_op, ERR_CONFLICT, "authorized already", "{\"job\":%lld}", job);
}

static void a_teardown_goes_with_its_job(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    change(t, &job_teardown_op, "{\"job\":%lld,\"reassembly\":\"120\"}", job);
    refuse(t, &job_teardown_op, ERR_INVALID, "", "{\"job\":%lld,\"reassembly\":\"-1\"}", job);
    refuse(t, &job_teardown_op, ERR_INVALID, "", "{\"job\":%lld,\"days\":0}", job);
    change(t, &job_remove_op, "{\"job\":%lld}", job);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM teardown"), 0);
}

/* --------------------------------------------------------------------- signature -- */

static void a_drawn_signature_is_kept_with_a_signed_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    static const char *const none[] = {"1000,1", "1,", "1,2;", "1,2;;3,4", "x", "-1,2", "1 2"};

    for (size_t i = 0; i < COUNT_OF(none); i++) {
        refuse(t, &order_authorize_op, ERR_INVALID, "no drawn signature",
               "{\"order\":%lld,\"method\":\"signed\",\"signature\":\"%s\"}", id, none[i]);
        assert_field(t, "signature");
    }
    refuse(t, &order_authorize_op, ERR_INVALID, "so the answer is signed",
           "{\"order\":%lld,\"method\":\"phone\",\"signature\":\"1,2 3,4\"}", id);
    assert_field(t, "method");
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"method\":\"signed\",\"signature\":\"0,0 999,999;5,5\"}", id);
    assert_string_equal(answer_of(&order, 1)->signature, "0,0 999,999;5,5");
}

/* ---------------------------------------------------------------- not beyond it -- */

static void authorize_with(struct shop_test *t, int64_t order)
{
    change(t, &order_authorize_op, "{\"order\":%lld,\"parts_back\":\"no\"}", (long long)order);
}

static void nothing_begins_when_the_agreed_work_costs_more_than_was_authorized(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    authorize(t, order.id.v);
    run_sql(t,
            "UPDATE shop SET supplies_cap = 4000, supplies_ppm = 80000"); /* 7.25 more, and tax */
    refuse(t, &job_start_op, ERR_CONFLICT, "comes to", "{\"job\":%lld}", job);
    refuse(t, &job_clock_on_op, ERR_CONFLICT, "new total first", "{\"job\":%lld}", job);
    refuse(t, &stock_pull_op, ERR_CONFLICT, "new total first", "{\"line\":%lld}",
           line_id_of(&order, 1, 2));
    run_sql(t, "UPDATE shop SET profile = 'fl'"); /* at most the larger of 10.00 and 10 % */
    change(t, &job_start_op, "{\"job\":%lld}", job);
}

static void the_order_says_that_the_state_wants_an_estimate_on_paper(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_state(t, "mi");
    order = order_of(t, order.id.v);
    assert_non_null(strstr(order.warning, "No estimate printed or sent yet"));
    assert_non_null(strstr(order.warning, "MCL 257.1332"));
    run_sql(t, "INSERT INTO document (kind, subject, sent, target, at)"
               " VALUES ('estimate', 10001, 'printed', 'front', 1)");
    order = order_of(t, order.id.v);
    assert_string_equal(order.warning, "");
    run_sql(t, "DELETE FROM document");
    authorize_with(t, order.id.v);
    assert_string_equal(order_of(t, order.id.v).warning, ""); /* nothing waits any more */
}

static void nobody_clocks_onto_a_begun_job_that_has_changed(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job);
    change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"99.95\"}", line_id_of(&order, 1, 2));
    refuse(t, &job_clock_on_op, ERR_CONFLICT, "changed since it was authorized", "{\"job\":%lld}",
           job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(replaced_parts_are_asked_for_once_an_order_where_the_state_has_it),
        SHOP_TEST(nothing_is_asked_where_no_part_is_replaced_or_no_state_asks),
        SHOP_TEST(declining_needs_no_word_about_parts),
        SHOP_TEST(somebody_else_answers_only_when_the_customer_has_named_that_person),
        SHOP_TEST(the_invoice_says_that_the_customer_had_named_who_answered),
        SHOP_TEST(a_teardown_is_told_with_what_putting_together_costs),
        SHOP_TEST(the_notice_comes_before_the_answer_and_is_in_its_code),
        SHOP_TEST(a_teardown_goes_with_its_job),
        SHOP_TEST(nothing_begins_when_the_agreed_work_costs_more_than_was_authorized),
        SHOP_TEST(a_drawn_signature_is_kept_with_a_signed_answer),
        SHOP_TEST(the_order_says_that_the_state_wants_an_estimate_on_paper),
        SHOP_TEST(nobody_clocks_onto_a_begun_job_that_has_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
