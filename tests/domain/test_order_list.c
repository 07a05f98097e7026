/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who sees which orders, how they are found, and what the counter's strip counts. */

#include "orders.h"

#include "domain/list.h"

#include "../../src/domain/order_inner.h"

/* --------------------------------------------------------------------- technician -- */

static void a_technician_sees_and_works_on_his_own_jobs_only(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;
    struct page page;
    const void *all = input_json(t, &order_search_op, "{}");

    order = given_another_job(t, order.id.v, "Somebody else's");
    authorize(t, order.id.v);
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &order_show_op, ERR_DENIED, "not one of yours", "{\"order\":%lld}", id);
    expect_ok(t, &order_search_op, all, &page);
    assert_int_equal(page.rows.count, 0);

    sign_in_as(t, ROLE_ADMIN);
    change(t, &line_edit_op, "{\"line\":%lld,\"technician\":%lld,\"taxable\":false}",
           line_id_of(&order, 1, 1), (long long)t->users[ROLE_TECHNICIAN].v);
    sign_in_as(t, ROLE_TECHNICIAN);
    const struct order seen = order_of(t, order.id.v);
    assert_int_equal(seen.jobs.count, 2);
    assert_int_equal(seen.cost.cents, 0); /* costs are not his to see */
    assert_int_equal(seen.profit.cents, 0);
    assert_int_equal(line_of(&seen, 1, 2)->cost.cents, 0);
    expect_ok(t, &order_search_op, all, &page);
    assert_int_equal(page.rows.count, 1);

    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    order = change(t, &job_edit_op, "{\"job\":%lld,\"cause\":\"Worn\"}", job_id_of(&order, 1));
    assert_string_equal(job_of(&order, 1)->title, "Front brakes");
    refuse(t, &job_edit_op, ERR_DENIED, "Title", "{\"job\":%lld,\"title\":\"Mine\"}",
           job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    refuse(t, &job_start_op, ERR_DENIED, "not one of yours", "{\"job\":%lld}",
           job_id_of(&order, 2));
    refuse(t, &line_edit_op, ERR_DENIED, "", "{\"line\":%lld}", line_id_of(&order, 1, 1));
    refuse(t, &order_authorize_op, ERR_DENIED, "", "{\"order\":%lld}", id);
    refuse(t, &discount_set_op, ERR_DENIED, "", "{\"order\":%lld,\"percent\":\"1\"}", id);
}

/* -------------------------------------------------------------------- lists, today -- */

static void orders_are_found_by_number_name_plate_and_state(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    static const char *const hits[] = {"delga", "maria", "7abc1"};
    struct page page;

    for (size_t i = 0; i < COUNT_OF(hits); i++) {
        call(t, &order_search_op, &page, "{\"search\":\"%s\"}", hits[i]);
        assert_int_equal(page.rows.count, 1);
    }
    const char *const filters[] = {
        arena_printf(&t->arena, "{\"search\":\"%lld\"}", (long long)order.id.v),
        "{\"open\":true}",
        "{\"state\":\"estimate\"}",
        "{\"state\":\"estimate\",\"sort\":\"customer_name\"}",
        "{\"customer\":1}",
        "{\"vehicle\":1,\"sort\":\"promised_at\"}",
    };
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        expect_ok(t, &order_search_op, input_json(t, &order_search_op, filters[i]), &page);
        assert_int_equal(page.rows.count, 1);
        assert_int_equal(((const struct order_row *)page.rows.at)->total.cents, order.total.cents);
    }
    const char *const misses[] = {"{\"state\":\"paid\"}", "{\"customer\":2}",
                                  "{\"vehicle\":2,\"open\":true}", "{\"search\":\"zz\"}"};
    for (size_t i = 0; i < COUNT_OF(misses); i++) {
        expect_ok(t, &order_search_op, input_json(t, &order_search_op, misses[i]), &page);
        assert_int_equal(page.rows.count, 0);
    }
    refuse(t, &order_search_op, ERR_INVALID, "no state \"gone\"", "{\"state\":\"gone\"}");
}

static void given_maria_is_called_now(struct shop_test *t, const char *last_name)
{
    const struct customer_key key = {{1}};
    struct customer stored;
    struct customer_entry *entry = input_json(t, &customer_edit_op, "{\"customer\":1}");

    expect_ok(t, &customer_show_op, &key, &stored);
    shape_transfer(&customer_shape, &stored, customer_edit_op.in, entry);
    entry->customer = key.customer;
    entry->last_name = last_name;
    expect_ok(t, &customer_edit_op, entry, NULL);
}

static void given_the_accord_has_the_plate(struct shop_test *t, const char *plate)
{
    const struct vehicle_key key = {{1}};
    struct vehicle stored;
    struct vehicle_entry *entry = input_json(t, &vehicle_edit_op, "{\"vehicle\":1}");

    expect_ok(t, &vehicle_show_op, &key, &stored);
    shape_transfer(&vehicle_shape, &stored, vehicle_edit_op.in, entry);
    entry->vehicle = key.vehicle;
    entry->plate = plate;
    expect_ok(t, &vehicle_edit_op, entry, NULL);
}

static void orders_are_found_by_the_name_and_plate_of_today_and_of_then(void **state)
{
    struct shop_test *t = *state;
    static const char *const hits[] = {"ibarra", "delga", "9zz", "7abc1"};
    struct page page;

    given_brake_job(t);
    given_maria_is_called_now(t, "Ibarra");
    given_the_accord_has_the_plate(t, "9ZZZ999");
    for (size_t i = 0; i < COUNT_OF(hits); i++) {
        call(t, &order_search_op, &page, "{\"search\":\"%s\"}", hits[i]);
        if (page.rows.count != 1)
            fail_msg("%s finds %zu orders", hits[i], page.rows.count);
    }
}

static void the_counters_strip_counts_today(void **state)
{
    struct shop_test *t = *state;
    struct {
        int64_t in_shop, to_approve, promised, late, ready;
    } today;
    given_maria_and_her_accord(t);
    run_sql(t, "INSERT INTO repair_order (id, customer, state, hold, opened_at, promised_at) VALUES"
               " (1, 1, 'estimate', 'none', 1, NULL), (2, 1, 'approved', 'none', 1, 1795545719),"
               " (3, 1, 'hold', 'customer', 1, 1795549999),"
               " (4, 1, 'complete', 'none', 1, 1795545000), (5, 1, 'posted', 'none', 1, 1),"
               " (6, 1, 'in_progress', 'none', 1, 1795999999)");

    expect_ok(t, &order_today_op, NULL, &today);

    assert_int_equal(today.in_shop, 4);
    assert_int_equal(today.to_approve, 2);
    assert_int_equal(today.promised, 2);
    assert_int_equal(today.late, 1);
    assert_int_equal(today.ready, 1);
}

static void no_list_scans_a_big_table(void **state)
{
    struct shop_test *t = *state;

    for (size_t i = 0; i < order_search_op.list_count; i++) {
        const struct list_source *source = &order_search_op.lists[i];
        if (i > 0) /* the first is the list of all, in the order of the table itself */
            assert_no_scan(t, list_sql(source, 0, &t->arena), "o");
        assert_no_scan(t, list_sql(source, 1, &t->arena), "o");
        assert_no_scan(t, list_sql(source, 0, &t->arena), "ml");
    }
    assert_no_scan(t, order_today_sql(), "o");
}

/* What refers to a job, its declined job of an earlier visit among it, is looked for by index. */
static void taking_a_job_off_scans_no_table(void **state)
{
    static const char *const tables[] = {"job", "line", "discount", "authorization_job"};

    for (size_t i = 0; i < COUNT_OF(tables); i++)
        assert_no_scan(*state, "DELETE FROM job WHERE id = :job", tables[i]);
}

static const struct order_row *only_row(struct shop_test *t, const char *json)
{
    struct page page;

    expect_ok(t, &order_search_op, input_json(t, &order_search_op, json), &page);
    assert_int_equal(page.rows.count, 1);
    return page.rows.at;
}

static void the_board_says_in_words_what_holds_an_order(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_order(t);
    const long long id = (long long)order.id.v;

    change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Windshield\"}", id);
    change(t, &line_add_other_op,
           "{\"job\":1,\"kind\":\"sublet\",\"description\":\"Glass\",\"price\":\"400\"}");
    assert_string_equal(only_row(t, "{}")->waits, "1 answer");

    change(t, &order_authorize_op, "{\"order\":%lld}", id);
    assert_string_equal(only_row(t, "{}")->waits, "technician");

    run_sql(t, "INSERT INTO vendor (name, name_key) VALUES ('Bay Glass', 'bay glass')");
    run_sql(t, "UPDATE line SET vendor = 1, vendor_due_on = '2026-11-20'");
    run_sql(t, "UPDATE job SET technician = 3");
    assert_string_equal(only_row(t, "{}")->waits, "Bay Glass late since 20 Nov");
    run_sql(t, "UPDATE line SET vendor_due_on = '2026-11-26'");
    assert_string_equal(only_row(t, "{}")->waits, "Bay Glass 26 Nov");

    run_sql(t, "UPDATE line SET vendor_back_on = '2026-11-24'");
    change(t, &job_done_op, "{\"job\":1}");
    assert_string_equal(only_row(t, "{}")->waits, "quality check");
    change(t, &order_check_op, "{\"order\":%lld}", id);
    assert_string_equal(only_row(t, "{}")->waits, "invoice");
}

static void what_is_late_can_be_listed_alone(void **state)
{
    struct shop_test *t = *state;
    struct page page;
    const struct order order = given_order(t);

    (void)order;
    run_sql(t, "UPDATE repair_order SET promised_at = 1795545719");
    assert_true(only_row(t, "{\"late\":true}")->late);
    run_sql(t, "UPDATE repair_order SET promised_at = 1795545721");
    assert_false(only_row(t, "{}")->late);
    call(t, &order_search_op, &page, "{\"late\":true}");
    assert_int_equal(page.rows.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_technician_sees_and_works_on_his_own_jobs_only),
        SHOP_TEST(orders_are_found_by_number_name_plate_and_state),
        SHOP_TEST(orders_are_found_by_the_name_and_plate_of_today_and_of_then),
        SHOP_TEST(the_counters_strip_counts_today),
        SHOP_TEST(the_board_says_in_words_what_holds_an_order),
        SHOP_TEST(what_is_late_can_be_listed_alone),
        SHOP_TEST(no_list_scans_a_big_table),
        SHOP_TEST(taking_a_job_off_scans_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
