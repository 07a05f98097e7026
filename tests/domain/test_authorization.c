/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the customer agreed to: recorded once, for good, job by job; noticed when the work changes;
 * and what was declined comes back at the next visit. */

#include "orders.h"

static const struct order_authorization *answer_of(const struct order *order, size_t number)
{
    assert_true(number >= 1 && number <= order->authorizations.count);
    return (const struct order_authorization *)order->authorizations.at + (number - 1);
}

static struct order decide(struct shop_test *t, const struct order *order, size_t job,
                           const char *decision)
{
    return change(t, &order_authorize_op,
                  "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"%s\","
                  "\"reason\":\"because\"}]}",
                  (long long)order->id.v, job_id_of(order, job), decision);
}

/* --------------------------------------------------------------------- the record -- */

static void an_answer_is_recorded_with_who_how_when_and_how_much(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"method\":\"phone\",\"person\":\"Jose D.\","
                   "\"contacted\":\"(619) 555-0199\",\"note\":\"call before tires\"}",
                   (long long)order.id.v);

    const struct order_authorization *answer = answer_of(&order, 1);
    assert_int_equal(answer->method, METHOD_PHONE);
    assert_string_equal(answer->person, "Jose D.");
    assert_string_equal(answer->contacted, "+16195550199");
    assert_string_equal(answer->staff_name, "Ada Admin");
    assert_string_equal(answer->note, "call before tires");
    assert_int_equal(answer->at.seconds, SHOP_TEST_NOW);
    assert_int_equal(answer->added.cents, order.total.cents);
    assert_int_equal(answer->total.cents, order.total.cents);
    assert_int_equal(order.authorized.cents, order.total.cents);
    assert_int_equal(job_of(&order, 1)->authorized.cents, job_of(&order, 1)->amount.cents);
    assert_int_equal(ask_number(t, "SELECT length(digest) FROM authorization"), 64);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization_job"), 1);
}

/* Work that is free is a line at 0.00: then there is something to say yes to. */
static void a_yes_to_nothing_is_refused_and_to_free_work_is_not(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_order(t);

    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Check\"}", (long long)order.id.v);
    const struct order_authorize yes = {.order = order.id,
                                        .reason = "",
                                        .person = "",
                                        .contacted = "",
                                        .note = "",
                                        .signature = ""};
    expect_status(t, &order_authorize_op, &yes, NULL, ERR_CONFLICT);
    assert_says(t, "Nothing is written on order");
    change(t, &line_add_labor_op,
           "{\"job\":%lld,\"hours\":\"0.5\",\"rate\":\"0.00\",\"taxable\":false}",
           job_id_of(&order, 1));
    order = authorize(t, order.id.v);
    assert_int_equal(order.authorizations.count, 1);
    assert_int_equal(order.authorized.cents, 0);
}

static void the_code_to_read_back_is_made_from_the_estimate(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    order = authorize(t, order.id.v);
    const char *code = answer_of(&order, 1)->code;
    assert_int_equal(strlen(code), 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(i == 3 ? code[i] == '-' : strchr(letters, code[i]) != NULL);

    order = decide(t, &order, 1, "authorized");
    assert_string_equal(answer_of(&order, 2)->code, code); /* the same estimate */
    change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"90.95\"}", line_id_of(&order, 1, 2));
    order = authorize(t, order.id.v);
    assert_string_not_equal(answer_of(&order, 3)->code, code);
    assert_string_not_equal(ask_text(t, "SELECT digest FROM authorization WHERE id = 3"),
                            ask_text(t, "SELECT digest FROM authorization WHERE id = 1"));
}

static void the_customer_and_her_number_are_taken_when_no_other_is_given(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    order = change(t, &order_authorize_op, "{\"order\":%lld,\"method\":\"text\"}", id);
    assert_string_equal(answer_of(&order, 1)->person, "Maria Delgado");
    assert_string_equal(answer_of(&order, 1)->contacted, "+16195550142");
    given_another_job(t, order.id.v, "Mail");
    order = change(t, &order_authorize_op, "{\"order\":%lld,\"method\":\"email\"}", id);
    assert_string_equal(answer_of(&order, 2)->contacted, "maria@example.com");
    given_another_job(t, order.id.v, "Signed");
    order = change(t, &order_authorize_op, "{\"order\":%lld,\"method\":\"signed\"}", id);
    assert_string_equal(answer_of(&order, 3)->contacted, "");

    given_another_job(t, order.id.v, "Nowhere");
    run_sql(t, "DELETE FROM phone");
    refuse(t, &order_authorize_op, ERR_INVALID, "number or address that was reached",
           "{\"order\":%lld,\"method\":\"phone\"}", id);
    assert_field(t, "contacted");
}

static void an_answer_never_changes_and_never_goes(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    authorize(t, order.id.v);
    assert_int_equal(store_run(t->store, "UPDATE authorization SET total = 1", NO_ROW, NULL),
                     ERR_CONFLICT);
    assert_int_equal(store_run(t->store, "DELETE FROM authorization", NO_ROW, NULL), ERR_CONFLICT);
}

static void the_running_total_is_of_what_is_agreed_so_far(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const int64_t brakes = order.total.cents;

    order = given_another_job(t, order.id.v, "Alignment");
    order = decide(t, &order, 1, "authorized");
    assert_int_equal(answer_of(&order, 1)->total.cents, brakes);
    assert_true(order.total.cents > order.authorized.cents);
    assert_int_equal(job_of(&order, 2)->state, JOB_DRAFT);

    order = decide(t, &order, 2, "authorized");
    assert_int_equal(answer_of(&order, 2)->total.cents, order.total.cents);
    assert_int_equal(answer_of(&order, 2)->added.cents, order.total.cents - brakes);

    order = decide(t, &order, 2, "declined");
    assert_int_equal(answer_of(&order, 3)->added.cents, brakes - answer_of(&order, 2)->total.cents);
    assert_int_equal(order.total.cents, brakes);
    assert_int_equal(order.authorized.cents, brakes);
    assert_int_equal(job_of(&order, 2)->authorized.cents, 0);
    assert_string_equal(job_of(&order, 2)->reason, "because");
    assert_string_equal(job_of(&order, 2)->decided_on.iso, "2026-11-24");
}

static void an_amount_off_the_order_does_not_stand_in_the_way_of_a_part_of_it(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_another_job(t, given_order(t).id.v, "Small");

    order = given_another_job(t, order.id.v, "Other");
    change(t, &discount_set_op, "{\"order\":%lld,\"amount\":\"150\",\"applies_to\":\"all\"}",
           (long long)order.id.v);
    order = decide(t, &order, 1, "authorized");
    assert_int_equal(order.authorized.cents, 0); /* 100.00 less the 150.00 that were promised */
    assert_int_equal(order.total.cents, 5000);
    order = decide(t, &order, 2, "authorized");
    assert_int_equal(order.authorized.cents, 5000);
    assert_false(job_of(&order, 1)->needs_authorization);
}

/* ------------------------------------------------------------------------ changes -- */

static void a_job_whose_parts_or_prices_change_needs_another_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long pads = line_id_of(&order, 1, 2);
    static const char *const edits[] = {
        ",\"price\":\"90.00\"",
        ",\"price\":\"80.00\"",
        ",\"quantity\":\"3\"",
        ",\"part\":2",
    };

    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        order = authorize(t, given_another_job(t, order.id.v, "More").id.v);
        assert_false(job_of(&order, 1)->needs_authorization);
        order = change(t, &line_edit_op, "{\"line\":%lld%s}", pads, edits[i]);
        assert_true(job_of(&order, 1)->needs_authorization);
        assert_false(job_of(&order, 2)->needs_authorization);
        refuse(t, &job_start_op, ERR_CONFLICT, "Job 1 has changed since it was authorized",
               "{\"job\":%lld}", job_id_of(&order, 1));
    }
    order = authorize(t, order.id.v);
    order = change(t, &line_remove_op, "{\"line\":%lld}", pads);
    assert_true(job_of(&order, 1)->needs_authorization);
    order = authorize(t, order.id.v);
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\"}", job_id_of(&order, 1));
    assert_true(job_of(&order, 1)->needs_authorization);
}

/* Declined with its change, it waits for nothing any more: neither is it among those that the next
 * answer is for, nor in the way of it. */
static void a_changed_job_that_is_declined_waits_for_no_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order = authorize(t, order.id.v);
    order = change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"1\"}", job_id_of(&order, 1));
    assert_true(job_of(&order, 1)->needs_authorization);
    order = change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"declined\"}",
                   (long long)order.id.v);
    assert_int_equal(job_of(&order, 1)->state, JOB_DECLINED);
    assert_false(job_of(&order, 1)->needs_authorization);
    given_another_job(t, order.id.v, "More");
    order = authorize(t, order.id.v);
    assert_int_equal(job_of(&order, 1)->state, JOB_DECLINED);
    assert_int_equal(job_of(&order, 2)->state, JOB_AUTHORIZED);
}

static void a_change_taken_back_needs_no_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long pads = line_id_of(&order, 1, 2);

    authorize(t, order.id.v);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"95\"}", pads);
    assert_true(job_of(&order, 1)->needs_authorization);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"89.95\"}", pads);
    assert_false(job_of(&order, 1)->needs_authorization);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
}

static void words_technicians_and_discounts_need_no_new_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    authorize(t, order.id.v);
    change(t, &line_edit_op, "{\"line\":%lld,\"description\":\"Ceramic pads\",\"technician\":%lld}",
           line_id_of(&order, 1, 2), (long long)t->users[ROLE_TECHNICIAN].v);
    order = change(t, &discount_set_op,
                   "{\"order\":%lld,\"job\":%lld,\"percent\":\"5\",\"applies_to\":\"all\"}", id,
                   job_id_of(&order, 1));
    assert_false(job_of(&order, 1)->needs_authorization);
    assert_true(order.total.cents < order.authorized.cents);
}

static void a_discount_taken_back_after_the_answer_needs_another(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    order = change(t, &discount_set_op,
                   "{\"order\":%lld,\"job\":%lld,\"percent\":\"5\",\"applies_to\":\"all\"}",
                   (long long)order.id.v, job_id_of(&order, 1));
    authorize(t, order.id.v);
    order = change(t, &discount_remove_op, "{\"discount\":1}");
    assert_true(job_of(&order, 1)->needs_authorization);
}

static void work_in_hand_stays_in_hand_when_its_change_is_agreed(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    order = change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"99\"}", line_id_of(&order, 1, 2));
    assert_int_equal(job_of(&order, 1)->state, JOB_IN_PROGRESS);
    refuse(t, &order_authorize_op, ERR_CONFLICT, "Work on job 1 has begun",
           "{\"order\":%lld,\"decision\":\"declined\"}", (long long)order.id.v);
    order = authorize(t, order.id.v);
    assert_int_equal(job_of(&order, 1)->state, JOB_IN_PROGRESS);
    assert_false(job_of(&order, 1)->needs_authorization);
}

static void answers_that_make_no_sense_are_refused(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    const long long job = job_id_of(&order, 1);

    order = given_another_job(t, order.id.v, "Other");
    refuse(t, &order_authorize_op, ERR_INVALID, "not on order",
           "{\"order\":%lld,\"jobs\":[{\"job\":99,\"decision\":\"authorized\"}]}", id);
    assert_field(t, "jobs.1.job");
    refuse(t, &order_authorize_op, ERR_INVALID, "Job 1 is answered twice",
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"},"
           "{\"job\":%lld,\"decision\":\"declined\"}]}",
           id, job, job);
    assert_field(t, "jobs.2.job");
    authorize(t, order.id.v);
    refuse(t, &order_authorize_op, ERR_CONFLICT, "No job waits", "{\"order\":%lld}", id);
    change(t, &line_edit_op, "{\"line\":%lld,\"price\":\"99\"}", line_id_of(&order, 1, 2));
    refuse(t, &order_authorize_op, ERR_CONFLICT, "Include it in the customer's answer",
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\"}]}", id,
           job_id_of(&order, 2));
    refuse(t, &job_remove_op, ERR_CONFLICT, "answer to job 1 is on record", "{\"job\":%lld}", job);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM authorization"), 1);
}

/* ----------------------------------------------------------------------- declined -- */

static struct page declined_of_vehicle(struct shop_test *t)
{
    struct page page;

    call(t, &vehicle_decline_list_op, &page, "{\"vehicle\":1}");
    return page;
}

/* The brake job declined on a first visit; a second one is written up. */
static struct order given_declined_brakes(struct shop_test *t, struct order *ret_first)
{
    const struct order first = given_brake_job(t);

    *ret_first = change(t, &order_authorize_op,
                        "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\","
                        "\"reason\":\"too dear\"}]}",
                        (long long)first.id.v, job_id_of(&first, 1));
    return change(t, &order_start_op, "{\"vehicle\":1}");
}

static void declined_work_is_offered_at_the_next_visit_and_added_at_todays_price(void **state)
{
    struct shop_test *t = *state;
    struct order first;
    struct order order = given_declined_brakes(t, &first);

    assert_int_equal(order.declined, 1);
    const struct page page = declined_of_vehicle(t);
    assert_int_equal(page.rows.count, 1);
    const struct declined_row *row = page.rows.at;
    assert_string_equal(row->title, "Front brakes");
    assert_string_equal(row->reason, "too dear");
    assert_int_equal(row->amount.cents, 36250 + 17990 + 4120);
    assert_int_equal(row->odometer_mi, 112340);

    run_sql(t, "UPDATE part SET price = 10000 WHERE sku = 'BP-1210'");
    run_sql(t, "UPDATE rate_class SET rate = 15000");
    order = change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":%lld}", (long long)order.id.v,
                   (long long)row->job.v);
    assert_int_equal(job_of(&order, 1)->state, JOB_DRAFT);
    assert_int_equal(job_of(&order, 1)->amount.cents, 37500 + 20000 + 4120);
    assert_int_equal(order.declined, 0);
    assert_int_equal(declined_of_vehicle(t).rows.count, 0);
    assert_string_equal(ask_text(t, "SELECT resolved FROM job WHERE id = 1"), "added");
    refuse(t, &job_add_declined_op, ERR_CONFLICT, "has been dealt with",
           "{\"order\":%lld,\"job\":1}", (long long)order.id.v);
}

static void declined_work_comes_back_when_it_is_taken_off_or_the_order_is_void(void **state)
{
    struct shop_test *t = *state;
    struct order first;
    struct order order = given_declined_brakes(t, &first);
    const long long id = (long long)order.id.v;

    order = change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":1}", id);
    order = change(t, &job_remove_op, "{\"job\":%lld}", job_id_of(&order, 1));
    assert_int_equal(order.declined, 1);
    change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":1}", id);
    assert_int_equal(declined_of_vehicle(t).rows.count, 0);
    change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"left\"}", id);
    assert_int_equal(declined_of_vehicle(t).rows.count, 1);
}

static void work_declined_on_an_order_that_is_void_then_is_remembered_once(void **state)
{
    struct shop_test *t = *state;
    struct order first;
    const struct order order = given_declined_brakes(t, &first);

    change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"wants no work\"}",
           (long long)first.id.v);
    assert_int_equal(declined_of_vehicle(t).rows.count, 1);
    assert_int_equal(order_of(t, order.id.v).declined, 1);

    change(t, &job_add_declined_op, "{\"order\":%lld,\"job\":1}", (long long)order.id.v);
    change(t, &order_authorize_op, "{\"order\":%lld,\"decision\":\"declined\"}",
           (long long)order.id.v);
    change(t, &order_void_op, "{\"order\":%lld,\"reason\":\"no again\"}", (long long)order.id.v);
    assert_int_equal(declined_of_vehicle(t).rows.count, 1);
}

static void declined_work_leaves_the_list_when_it_is_not_needed(void **state)
{
    struct shop_test *t = *state;
    struct order first;
    const struct order order = given_declined_brakes(t, &first);

    change(t, &job_drop_declined_op, "{\"job\":1}");
    assert_int_equal(order_of(t, order.id.v).declined, 0);
    assert_int_equal(declined_of_vehicle(t).rows.count, 0);
    refuse(t, &job_drop_declined_op, ERR_CONFLICT, "dealt with", "{\"job\":1}");
}

static void declined_work_stays_as_it_was_offered(void **state)
{
    struct shop_test *t = *state;
    struct order first;
    const struct order order = given_declined_brakes(t, &first);

    assert_int_equal(first.total.cents, 0);
    assert_int_equal(first.state, ORDER_ESTIMATE);
    refuse(t, &line_edit_op, ERR_CONFLICT, "Job 1 was declined and stays as it was offered",
           "{\"line\":%lld,\"price\":\"1\"}", line_id_of(&first, 1, 1));
    refuse(t, &line_add_labor_op, ERR_CONFLICT, "stays as it was offered",
           "{\"job\":1,\"hours\":\"1\"}");
    refuse(t, &discount_set_op, ERR_INVALID, "stays as it was offered",
           "{\"order\":%lld,\"job\":1,\"percent\":\"5\"}", (long long)first.id.v);
    refuse(t, &job_add_declined_op, ERR_CONFLICT, "on this very order",
           "{\"order\":%lld,\"job\":1}", (long long)first.id.v);
    const struct order other = given_another_job(t, order.id.v, "Wipers");
    refuse(t, &job_add_declined_op, ERR_CONFLICT, "neither declined nor deferred",
           "{\"order\":%lld,\"job\":%lld}", (long long)first.id.v, job_id_of(&other, 1));
}

static void a_deferred_job_keeps_until_when(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    refuse(t, &order_authorize_op, ERR_INVALID, "cannot be deferred until 23 Nov 2026",
           "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"deferred\","
           "\"deferred_until_on\":\"2026-11-23\"}]}",
           (long long)order.id.v, job_id_of(&order, 1));
    order = change(t, &order_authorize_op,
                   "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"deferred\","
                   "\"deferred_until_on\":\"2027-03-01\",\"deferred_until_mi\":115000}]}",
                   (long long)order.id.v, job_id_of(&order, 1));
    change(t, &order_start_op, "{\"vehicle\":1}");
    const struct page page = declined_of_vehicle(t);
    const struct declined_row *row = page.rows.at;
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(row->state, JOB_DEFERRED);
    assert_string_equal(row->deferred_until_on.iso, "2027-03-01");
    assert_int_equal(row->deferred_until_mi, 115000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_answer_is_recorded_with_who_how_when_and_how_much),
        SHOP_TEST(a_yes_to_nothing_is_refused_and_to_free_work_is_not),
        SHOP_TEST(the_code_to_read_back_is_made_from_the_estimate),
        SHOP_TEST(the_customer_and_her_number_are_taken_when_no_other_is_given),
        SHOP_TEST(an_answer_never_changes_and_never_goes),
        SHOP_TEST(the_running_total_is_of_what_is_agreed_so_far),
        SHOP_TEST(an_amount_off_the_order_does_not_stand_in_the_way_of_a_part_of_it),
        SHOP_TEST(a_job_whose_parts_or_prices_change_needs_another_answer),
        SHOP_TEST(a_changed_job_that_is_declined_waits_for_no_answer),
        SHOP_TEST(a_change_taken_back_needs_no_answer),
        SHOP_TEST(words_technicians_and_discounts_need_no_new_answer),
        SHOP_TEST(a_discount_taken_back_after_the_answer_needs_another),
        SHOP_TEST(work_in_hand_stays_in_hand_when_its_change_is_agreed),
        SHOP_TEST(answers_that_make_no_sense_are_refused),
        SHOP_TEST(declined_work_is_offered_at_the_next_visit_and_added_at_todays_price),
        SHOP_TEST(declined_work_comes_back_when_it_is_taken_off_or_the_order_is_void),
        SHOP_TEST(work_declined_on_an_order_that_is_void_then_is_remembered_once),
        SHOP_TEST(declined_work_leaves_the_list_when_it_is_not_needed),
        SHOP_TEST(declined_work_stays_as_it_was_offered),
        SHOP_TEST(a_deferred_job_keeps_until_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
