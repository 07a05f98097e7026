/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "purchases.h"

#include "domain/list.h"
#include "domain/part_request.h"

/* Delgado's brakes, authorized and the technician's. */
static struct order given_work(struct shop_test *t)
{
    given_catalog(t);
    struct order order = given_order(t);

    run_sql(t, "DELETE FROM tax");
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Front brakes\"}",
                   (long long)order.id.v);
    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"2\"}",
                   job_id_of(&order, 1));
    order = authorize(t, order.id.v);
    run_sql(t, arena_printf(&t->arena, "UPDATE job SET technician = %lld",
                            (long long)t->users[ROLE_TECHNICIAN].v));
    return order;
}

static struct part_request ask(struct shop_test *t, const struct order *order, const char *what)
{
    struct part_request out;

    call(t, &part_request_add_op, &out,
         "{\"job\":%lld,\"what\":\"%s\",\"quantity\":\"2\",\"note\":\"left side\"}",
         job_id_of(order, 1), what);
    return out;
}

static int64_t waiting(struct shop_test *t)
{
    return ask_number(t, "SELECT count(*) FROM part_request WHERE state = 'open'");
}

static void a_part_is_asked_for_by_any_of_its_numbers_or_in_words(void **state)
{
    struct shop_test *t = *state;
    static const char *const numbers[] = {"BP-1210", "bp-1210", "012345678905", "0012345678905",
                                          "H-77"};
    const struct order order = given_work(t);

    sign_in_as(t, ROLE_TECHNICIAN);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        assert_string_equal(ask(t, &order, numbers[i]).sku, "BP-1210");
    const struct part_request words = ask(t, &order, "front hub nut");
    assert_int_equal(words.part.v, 0);
    assert_string_equal(words.what, "front hub nut");
    assert_int_equal(words.quantity.thousandths, 2000);
    assert_string_equal(words.note, "left side");
    assert_string_equal(words.asked_by, t->session.user_name);
}

static void asking_changes_nothing_of_the_order(void **state)
{
    struct shop_test *t = *state;
    const struct order before = given_work(t);

    ask(t, &before, "BP-1210");
    const struct order after = order_of(t, before.id.v);
    assert_int_equal(after.total.cents, before.total.cents);
    assert_int_equal(job_of(&after, 1)->lines.count, job_of(&before, 1)->lines.count);
    assert_string_equal(after.warning, "1 part is asked for from the bays.");
    struct part_alerts alerts;
    expect_ok(t, &part_alerts_op, NULL, &alerts);
    assert_int_equal(alerts.asked, 1);
}

static void what_is_put_on_the_job_is_a_line_like_any_other(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_work(t);
    const struct part_request request = ask(t, &order, "OIL-Q");
    const size_t before = job_of(&order, 1)->lines.count;

    order = change(t, &part_request_put_op, "{\"request\":%lld}", (long long)request.id.v);
    const struct order_line *line = line_of(&order, 1, before + 1);
    assert_string_equal(line->sku, "OIL-Q");
    assert_int_equal(line->quantity.thousandths, 2000);
    assert_int_equal(line->price.cents, 749);
    assert_int_equal(waiting(t), 0);
    assert_string_equal(order_of(t, order.id.v).warning, "");
    refuse(t, &part_request_put_op, ERR_CONFLICT, "has answered this already: on the job",
           "{\"request\":%lld}", (long long)request.id.v);
    assert_books_agree(t);
}

static void words_want_the_part_that_is_meant(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_work(t);
    const long long id = (long long)ask(t, &order, "some oil").id.v;

    refuse(t, &part_request_put_op, ERR_INVALID, "“some oil” is no part of the catalog",
           "{\"request\":%lld}", id);
    assert_field(t, "sku");
    assert_int_equal(waiting(t), 1);
    order = change(t, &part_request_put_op,
                   "{\"request\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"5.5\"}", id);
    assert_int_equal(line_of(&order, 1, job_of(&order, 1)->lines.count)->quantity.thousandths,
                     5500);
}

static void a_no_says_why_to_the_one_who_asked(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    const long long id = (long long)ask(t, &order, "OIL-Q").id.v;
    const struct part_request_search all = {
        .query.limit = 10, .job = {job_id_of(&order, 1)}, .answered = true};
    struct page page;

    refuse(t, &part_request_refuse_op, ERR_INVALID, "missing", "{\"request\":%lld}", id);
    call(t, &part_request_refuse_op, NULL,
         "{\"request\":%lld,\"reason\":\"There is some in bay 2\"}", id);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_ok(t, &part_request_search_op, &all, &page);
    assert_int_equal(page.rows.count, 1);
    const struct part_request *seen = page.rows.at;
    assert_int_equal(seen->state, PART_REQUEST_REFUSED);
    assert_string_equal(seen->answer, "There is some in bay 2");
}

static void bad_requests_are_refused_at_their_field(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);
    const long long job = (long long)job_id_of(&order, 1);

    refuse(t, &part_request_add_op, ERR_INVALID, "sold whole",
           "{\"job\":%lld,\"what\":\"BP-1210\",\"quantity\":\"0.5\"}", job);
    assert_field(t, "quantity");
    refuse(t, &part_request_add_op, ERR_INVALID, "", "{\"job\":%lld,\"what\":\"\"}", job);
    assert_field(t, "what");
    assert_int_equal(waiting(t), 0);
}

static void a_job_that_is_another_ones_is_not_asked_for(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_work(t);

    run_sql(t, "UPDATE job SET technician = NULL");
    run_sql(t, "UPDATE line SET technician = NULL");
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &part_request_add_op, ERR_DENIED, "", "{\"job\":%lld,\"what\":\"OIL-Q\"}",
           (long long)job_id_of(&order, 1));
    refuse(t, &part_request_put_op, ERR_DENIED, "", "{\"request\":1}");
}

static void requests_are_found_by_index(void **state)
{
    struct shop_test *t = *state;
    const char *sql;

    for (size_t l = 0; l < part_request_search_op.list_count; l++)
        for (size_t i = 0; (sql = list_sql(&part_request_search_op.lists[l], i, &t->arena)) != NULL;
             i++) {
            assert_no_scan(t, sql, "j");
            if (l == 2)
                assert_no_scan(t, sql, "r");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_part_is_asked_for_by_any_of_its_numbers_or_in_words),
        SHOP_TEST(asking_changes_nothing_of_the_order),
        SHOP_TEST(what_is_put_on_the_job_is_a_line_like_any_other),
        SHOP_TEST(words_want_the_part_that_is_meant),
        SHOP_TEST(a_no_says_why_to_the_one_who_asked),
        SHOP_TEST(bad_requests_are_refused_at_their_field),
        SHOP_TEST(a_job_that_is_another_ones_is_not_asked_for),
        SHOP_TEST(requests_are_found_by_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
