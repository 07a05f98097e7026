/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "purchases.h"

#include "domain/list.h"
#include "domain/stock.h"

static struct page reorder(struct shop_test *t, const char *json)
{
    struct page page;

    call(t, &part_reorder_op, &page, "%s", json);
    return page;
}

static const struct reorder_row *row_at(const struct page *page, size_t at)
{
    assert_true(at < page->rows.count);
    return (const struct reorder_row *)page->rows.at + at;
}

static void on_shelf(struct shop_test *t, int part, const char *quantity)
{
    call(t, &part_adjust_op, NULL, "{\"part\":%d,\"on_hand\":\"%s\",\"reason\":\"test\"}", part,
         quantity);
}

/* An authorized job that needs so many of a part. */
static struct order given_need(struct shop_test *t, const char *sku, const char *quantity)
{
    struct order order = given_order(t);

    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Work\"}", (long long)order.id.v);
    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"%s\",\"quantity\":\"%s\"}",
                   job_id_of(&order, 1), sku, quantity);
    return authorize(t, order.id.v);
}

static void what_is_below_its_least_is_suggested_up_to_the_most_in_packs(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_catalog(t);
    run_sql(t, "UPDATE part_vendor SET pack = 12000 WHERE part = 2");
    on_shelf(t, 1, "3");
    on_shelf(t, 2, "20");
    page = reorder(t, "{}");
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(row_at(&page, 0)->why, REORDER_BELOW_LOW);
    assert_string_equal(row_at(&page, 0)->sku, "OIL-Q");
    assert_int_equal(row_at(&page, 0)->suggested.thousandths, 48000); /* 40 in packs of 12 */
    on_shelf(t, 1, "2"); /* at the least, not below it */
    page = reorder(t, "{\"sort\":\"sku\"}");
    assert_int_equal(page.rows.count, 2);
    assert_string_equal(row_at(&page, 0)->sku, "BP-1210");
    assert_int_equal(row_at(&page, 0)->suggested.thousandths, 4000);
    assert_int_equal(reorder(t, "{\"vendor\":2}").rows.count, 1);
    assert_int_equal(reorder(t, "{\"search\":\"brake\"}").rows.count, 1);
}

static void what_authorized_work_needs_comes_first_and_names_the_order(void **state)
{
    struct shop_test *t = *state;
    struct page page;
    struct part_alerts alerts;

    given_catalog(t);
    const struct order order = given_need(t, "ST-9", "2");
    page = reorder(t, "{}");
    assert_int_equal(row_at(&page, 0)->why, REORDER_NEEDED);
    assert_string_equal(row_at(&page, 0)->sku, "ST-9");
    assert_int_equal(row_at(&page, 0)->suggested.thousandths, 2000);
    assert_string_equal(row_at(&page, 0)->about,
                        arena_printf(&t->arena, "RO %lld", (long long)order.id.v));
    expect_ok(t, &part_alerts_op, NULL, &alerts);
    assert_int_equal(alerts.needed, 1);
    assert_int_equal(alerts.low, 2); /* pads and oil, of which nothing is there */
    assert_int_equal(alerts.due, 0);
    on_shelf(t, 3, "2");
    assert_int_equal(reorder(t, "{\"why\":\"needed\"}").rows.count, 0);
}

static void what_is_committed_counts_as_gone(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_catalog(t);
    on_shelf(t, 1, "4");
    on_shelf(t, 2, "60");
    assert_int_equal(reorder(t, "{}").rows.count, 0);
    given_need(t, "BP-1210", "3");
    page = reorder(t, "{}");
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(row_at(&page, 0)->why, REORDER_BELOW_LOW);
    assert_int_equal(row_at(&page, 0)->available.thousandths, 1000);
    assert_int_equal(row_at(&page, 0)->suggested.thousandths, 5000);
}

static void one_key_writes_a_draft_for_each_vendor_and_a_second_adds_nothing(void **state)
{
    struct shop_test *t = *state;
    struct purchase_drafts drafts;
    struct purchase page;

    given_catalog(t);
    const struct order order = given_need(t, "ST-9", "1");
    call(t, &purchase_from_alerts_op, &drafts, "{}");
    assert_int_equal(drafts.purchases.count, 2);
    assert_string_equal(drafts.warning, "");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM purchase WHERE state = 'draft'"), 2);
    assert_int_equal(
        ask_number(t, "SELECT repair_order FROM purchase_line WHERE part = 3 AND quantity = 1000"),
        order.id.v);
    refuse(t, &purchase_from_alerts_op, ERR_CONFLICT, "There is nothing to order", "{}");
    page = purchase_of(t, 2);
    assert_string_equal(row_at((struct page[]){reorder(t, "{\"why\":\"needed\"}")}, 0)->about,
                        arena_printf(&t->arena, "RO %lld, on draft PO %lld", (long long)order.id.v,
                                     (long long)page.id.v));
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    call(t, &purchase_send_op, NULL, "{\"purchase\":2}");
    assert_int_equal(reorder(t, "{}").rows.count, 0);
}

static void a_replaced_part_and_one_nobody_sells_are_told_and_keep_no_other_back(void **state)
{
    struct shop_test *t = *state;
    struct purchase_drafts drafts;

    given_catalog(t);
    given_need(t, "ST-9", "1");
    run_sql(t,
            "INSERT INTO part (sku, name, name_key) VALUES ('ST-10', 'Starter, new', 'starter')");
    run_sql(t, "UPDATE part SET superseded_by = 4 WHERE id = 3");
    run_sql(t, "DELETE FROM part_vendor WHERE part = 2");
    call(t, &purchase_from_alerts_op, &drafts, "{}");
    assert_int_equal(drafts.purchases.count, 1);
    assert_non_null(strstr(drafts.warning, "ST-9 is not ordered: Part ST-9 is replaced by ST-10"));
    assert_non_null(strstr(drafts.warning, "OIL-Q is not ordered: nobody is named who sells it"));
}

static void special_orders_that_are_due_are_told_until_they_come(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_catalog(t);
    on_shelf(t, 1, "6");
    on_shelf(t, 2, "60");
    const struct order order = given_need(t, "ST-9", "1");
    call(t, &purchase_from_order_op, NULL, "{\"order\":%lld}", (long long)order.id.v);
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    assert_int_equal(reorder(t, "{}").rows.count, 0);
    run_sql(t, "UPDATE purchase SET due_on = '2026-11-24'");
    page = reorder(t, "{}");
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(row_at(&page, 0)->why, REORDER_DUE);
    assert_string_equal(
        row_at(&page, 0)->about,
        arena_printf(&t->arena, "PO 1 for RO %lld, due 24 Nov 26", (long long)order.id.v));
    call(t, &purchase_receive_op, NULL, "{\"purchase\":1}");
    assert_int_equal(reorder(t, "{}").rows.count, 0);
}

static void what_does_not_move_and_what_is_too_much_is_listed_last(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_catalog(t);
    on_shelf(t, 1, "9");
    on_shelf(t, 2, "30");
    run_sql(t, "UPDATE part SET moved_on = '2026-03-01' WHERE id = 2");
    page = reorder(t, "{}");
    assert_int_equal(page.rows.count, 2);
    assert_int_equal(row_at(&page, 0)->why, REORDER_NO_MOVEMENT);
    assert_string_equal(row_at(&page, 0)->about, "not moved since 1 Mar 2026");
    assert_int_equal(row_at(&page, 0)->suggested.thousandths, 0);
    assert_int_equal(row_at(&page, 1)->why, REORDER_OVERSTOCK);
    assert_int_equal(reorder(t, "{\"why\":\"no_movement\",\"days\":365}").rows.count, 0);
    assert_int_equal(reorder(t, "{\"why\":\"overstock\"}").rows.count, 1);
    refuse(t, &part_reorder_op, ERR_INVALID, "There is no kind “late”", "{\"why\":\"late\"}");
    assert_field(t, "why");
}

static void the_alerts_scan_no_catalog(void **state)
{
    struct shop_test *t = *state;

    for (size_t l = 0; l < part_reorder_op.list_count; l++)
        for (size_t i = 0; i < 2; i++) {
            const char *sql = list_sql(&part_reorder_op.lists[l], i, &t->arena);
            assert_no_scan(t, sql, "p");
            assert_no_scan(t, sql, "part");
            assert_no_scan(t, sql, "line");
        }
}

/* A page is asked for row by row: that must not count all alerts for each. */
static void two_thousand_alerts_are_paged_without_a_wait(void **state)
{
    struct shop_test *t = *state;

    given_vendors(t);
    run_sql(t, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
               " INSERT INTO part (sku, name, name_key, low, high)"
               " SELECT 'P-' || i, 'Part', 'part', 2000, 4000 FROM n");
    const int64_t from = clock_ticks_ms();
    const struct page page = reorder(t, "{}");
    const int64_t took = clock_ticks_ms() - from;
    assert_int_equal(page.rows.count, 50);
    print_message("a page of 50 among 2,000 alerts: %lld ms\n", (long long)took);
    assert_true(took < 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(what_is_below_its_least_is_suggested_up_to_the_most_in_packs),
        SHOP_TEST(what_authorized_work_needs_comes_first_and_names_the_order),
        SHOP_TEST(what_is_committed_counts_as_gone),
        SHOP_TEST(one_key_writes_a_draft_for_each_vendor_and_a_second_adds_nothing),
        SHOP_TEST(a_replaced_part_and_one_nobody_sells_are_told_and_keep_no_other_back),
        SHOP_TEST(special_orders_that_are_due_are_told_until_they_come),
        SHOP_TEST(what_does_not_move_and_what_is_too_much_is_listed_last),
        SHOP_TEST(the_alerts_scan_no_catalog),
        SHOP_TEST(two_thousand_alerts_are_paged_without_a_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
