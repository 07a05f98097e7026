/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "purchases.h"

static void a_draft_takes_numbers_and_costs_from_the_vendor(void **state)
{
    struct shop_test *t = *state;
    const struct purchase page = given_draft(t);

    assert_int_equal(page.id.v, 1);
    assert_int_equal(page.state, PURCHASE_DRAFT);
    assert_int_equal(page.lines.count, 2);
    assert_string_equal(purchase_line_of(&page, 1)->number, "H-77");
    assert_int_equal(purchase_line_of(&page, 1)->cost.cents, 3800);
    assert_int_equal(purchase_line_of(&page, 1)->open.thousandths, 0);
    assert_int_equal(page.total.cents, 4 * 3800 + 2 * 12000);
    assert_int_equal(page.cores.cents, 2 * 4500);
    assert_int_equal(ask_number(t, "SELECT ifnull(sum(open), 0) FROM purchase_line"), 0);
}

static void a_part_is_found_by_its_bar_code_and_by_the_vendors_number(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_draft(t);
    call(t, &purchase_add_line_op, &page, "{\"purchase\":1,\"sku\":\"0012345678905\"}");
    assert_int_equal(purchase_line_of(&page, 3)->part.v, 1);
    call(t, &purchase_add_line_op, &page, "{\"purchase\":1,\"sku\":\"H-77\"}");
    assert_int_equal(purchase_line_of(&page, 4)->part.v, 1);
    refuse(t, &purchase_add_line_op, ERR_INVALID, "There is no part “XYZ”",
           "{\"purchase\":1,\"sku\":\"XYZ\"}");
    assert_field(t, "sku");
}

static void what_is_not_in_the_catalog_is_described_and_has_a_cost(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_draft(t);
    refuse(t, &purchase_add_line_op, ERR_INVALID, "Choose a part, or describe",
           "{\"purchase\":1,\"quantity\":\"1\"}");
    refuse(t, &purchase_add_line_op, ERR_INVALID, "what one of it costs",
           "{\"purchase\":1,\"description\":\"Door handle\"}");
    assert_field(t, "cost");
    call(t, &purchase_add_line_op, &page,
         "{\"purchase\":1,\"description\":\"Door handle\",\"cost\":\"31.50\",\"quantity\":\"2\"}");
    assert_int_equal(purchase_line_of(&page, 3)->part.v, 0);
    assert_int_equal(purchase_line_of(&page, 3)->amount.cents, 6300);
}

static void a_replaced_or_discontinued_part_is_refused_and_the_successor_named(void **state)
{
    struct shop_test *t = *state;

    given_draft(t);
    run_sql(t,
            "INSERT INTO part (sku, name, name_key) VALUES ('BP-1211', 'Pads, new', 'pads new')");
    run_sql(t,
            "INSERT INTO part (sku, name, name_key) VALUES ('BP-1212', 'Pads, newer', 'pads n')");
    run_sql(t, "UPDATE part SET superseded_by = 4, discontinued = 1 WHERE id = 1");
    run_sql(t, "UPDATE part SET superseded_by = 5 WHERE id = 4");
    refuse(t, &purchase_add_line_op, ERR_INVALID,
           "Part BP-1210 is replaced by BP-1212, “Pads, newer”. Order that one instead.",
           "{\"purchase\":1,\"sku\":\"BP-1210\"}");
    assert_field(t, "sku");
    run_sql(t, "UPDATE part SET superseded_by = NULL WHERE id = 1");
    refuse(t, &purchase_add_line_op, ERR_INVALID, "Part BP-1210 is discontinued",
           "{\"purchase\":1,\"sku\":\"BP-1210\"}");
    assert_field(t, "sku");
    run_sql(t, "UPDATE part SET discontinued = 0, archived_at = 1 WHERE id = 1");
    refuse(t, &purchase_add_line_op, ERR_INVALID, "Part BP-1210 is archived",
           "{\"purchase\":1,\"sku\":\"BP-1210\"}");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM purchase_line"), 2);
}

static void pieces_of_what_is_sold_whole_and_less_than_nothing_are_refused(void **state)
{
    struct shop_test *t = *state;
    const struct purchase page = given_draft(t);

    refuse(t, &purchase_add_line_op, ERR_INVALID, "Part BP-1210 is sold whole",
           "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"1.5\"}");
    assert_field(t, "quantity");
    refuse(t, &purchase_add_line_op, ERR_INVALID, "",
           "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"-2\"}");
    assert_field(t, "quantity");
    refuse(t, &purchase_add_line_op, ERR_INVALID, "",
           "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"0\"}");
    assert_field(t, "quantity");
    refuse(t, &purchase_edit_line_op, ERR_INVALID, "sold whole",
           "{\"line\":%lld,\"quantity\":\"0.5\"}", purchase_line_id(&page, 1));
    assert_int_equal(ask_number(t, "SELECT count(*) FROM purchase_line"), 2);
}

static void sending_marks_the_day_and_puts_the_parts_on_order(void **state)
{
    struct shop_test *t = *state;
    struct part part;
    const struct purchase page = given_sent(t);

    assert_int_equal(page.state, PURCHASE_SENT);
    assert_int_equal(page.sent_at.seconds, SHOP_TEST_NOW);
    assert_string_equal(page.due_on.iso, "2026-11-26"); /* two days of lead time */
    assert_int_equal(purchase_line_of(&page, 1)->open.thousandths, 4000);
    call(t, &part_show_op, &part, "{\"part\":1}");
    assert_int_equal(part.on_order.thousandths, 4000);
    refuse(t, &purchase_send_op, ERR_CONFLICT, "was sent already", "{\"purchase\":1}");
    refuse(t, &purchase_add_line_op, ERR_CONFLICT, "has been sent to Harbor Auto Parts",
           "{\"purchase\":1,\"sku\":\"OIL-Q\"}");
    refuse(t, &purchase_edit_line_op, ERR_INVALID, "has been sent",
           "{\"line\":%lld,\"quantity\":\"5\"}", purchase_line_id(&page, 1));
}

static void an_empty_order_and_a_day_that_has_passed_are_not_sent(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    call(t, &purchase_start_op, NULL, "{\"vendor\":2}");
    refuse(t, &purchase_send_op, ERR_CONFLICT, "Nothing is on purchase order 1",
           "{\"purchase\":1}");
    call(t, &purchase_add_line_op, NULL, "{\"purchase\":1,\"sku\":\"OIL-Q\"}");
    refuse(t, &purchase_send_op, ERR_INVALID, "has passed",
           "{\"purchase\":1,\"due_on\":\"2026-11-20\"}");
    assert_field(t, "due_on");
    refuse(t, &purchase_edit_op, ERR_INVALID, "or say yes to a past day",
           "{\"purchase\":1,\"due_on\":\"2026-11-20\"}");
    call(t, &purchase_edit_op, NULL, "{\"purchase\":1,\"due_on\":\"2026-11-20\",\"past\":true}");
    refuse(t, &purchase_send_op, ERR_INVALID, "20 Nov 2026", "{\"purchase\":1}");
    call(t, &purchase_send_op, NULL, "{\"purchase\":1,\"past\":true}");
}

static void a_back_order_has_its_own_day(void **state)
{
    struct shop_test *t = *state;
    struct purchase page = given_sent(t);

    call(t, &purchase_edit_line_op, &page,
         "{\"line\":%lld,\"quantity\":\"2\",\"due_on\":\"2026-12-04\"}",
         purchase_line_id(&page, 2));
    assert_string_equal(purchase_line_of(&page, 1)->due_on.iso, "2026-11-26");
    assert_string_equal(purchase_line_of(&page, 2)->due_on.iso, "2026-12-04");
    assert_int_equal(purchase_line_of(&page, 2)->cost.cents, 12000);
}

static void the_rest_is_cancelled_and_an_order_of_which_nothing_came_is_void(void **state)
{
    struct shop_test *t = *state;
    struct purchase page = given_sent(t);

    call(t, &purchase_close_op, &page, "{\"purchase\":1,\"line\":%lld}",
         purchase_line_id(&page, 1));
    assert_int_equal(page.state, PURCHASE_SENT);
    assert_int_equal(purchase_line_of(&page, 1)->open.thousandths, 0);
    call(t, &purchase_close_op, &page, "{\"purchase\":1}");
    assert_int_equal(page.state, PURCHASE_VOID);
    assert_string_equal(page.void_reason, "Cancelled before anything came");
    refuse(t, &purchase_close_op, ERR_CONFLICT, "Nothing of this", "{\"purchase\":1}");
    refuse(t, &purchase_add_line_op, ERR_CONFLICT, "is void", "{\"purchase\":1,\"sku\":\"ST-9\"}");
}

static void a_draft_is_void_with_a_reason_and_numbers_have_no_gap(void **state)
{
    struct shop_test *t = *state;
    struct purchase page = given_draft(t);

    call(t, &purchase_void_op, &page, "{\"purchase\":1,\"reason\":\"Cheaper elsewhere\"}");
    assert_int_equal(page.state, PURCHASE_VOID);
    refuse(t, &purchase_start_op, ERR_NOT_FOUND, "no vendor 9", "{\"vendor\":9}");
    call(t, &purchase_start_op, &page, "{\"vendor\":2}");
    assert_int_equal(page.id.v, 2);
}

static void a_change_of_an_order_that_changed_meanwhile_is_stale(void **state)
{
    struct shop_test *t = *state;
    const struct purchase page = given_draft(t);

    call(t, &purchase_add_line_op, NULL, "{\"purchase\":1,\"sku\":\"BP-1210\",\"revision\":%lld}",
         (long long)page.revision);
    refuse(t, &purchase_add_line_op, ERR_STALE, "changed this record meanwhile",
           "{\"purchase\":1,\"sku\":\"BP-1210\",\"revision\":%lld}", (long long)page.revision);
}

static void orders_are_found_by_number_vendor_part_and_lateness(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_sent(t);
    call(t, &purchase_start_op, NULL, "{\"vendor\":2}");
    call(t, &purchase_search_op, &page, "{\"search\":\"harbor\"}");
    assert_int_equal(page.rows.count, 1);
    call(t, &purchase_search_op, &page, "{\"search\":\"ST-9\"}");
    assert_int_equal(page.rows.count, 1);
    assert_false(((const struct purchase_row *)page.rows.at)->late);
    assert_int_equal(((const struct purchase_row *)page.rows.at)->open, 2);
    call(t, &purchase_search_op, &page, "{\"vendor\":2}");
    assert_int_equal(page.rows.count, 1);
    run_sql(t, "UPDATE purchase SET due_on = '2026-11-23' WHERE id = 1");
    call(t, &purchase_search_op, &page, "{\"open\":true}");
    assert_int_equal(page.rows.count, 2);
    assert_int_equal(((const struct purchase_row *)page.rows.at)->id.v, 2);
    assert_true(((const struct purchase_row *)page.rows.at)[1].late);
}

static void who_may_not_see_costs_orders_without_them(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_draft(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    page = purchase_of(t, 1);
    assert_int_equal(page.total.cents, 0);
    assert_int_equal(purchase_line_of(&page, 1)->cost.cents, 0);
    refuse(t, &purchase_send_op, ERR_DENIED, "", "{\"purchase\":1}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_draft_takes_numbers_and_costs_from_the_vendor),
        SHOP_TEST(a_part_is_found_by_its_bar_code_and_by_the_vendors_number),
        SHOP_TEST(what_is_not_in_the_catalog_is_described_and_has_a_cost),
        SHOP_TEST(a_replaced_or_discontinued_part_is_refused_and_the_successor_named),
        SHOP_TEST(pieces_of_what_is_sold_whole_and_less_than_nothing_are_refused),
        SHOP_TEST(sending_marks_the_day_and_puts_the_parts_on_order),
        SHOP_TEST(an_empty_order_and_a_day_that_has_passed_are_not_sent),
        SHOP_TEST(a_back_order_has_its_own_day),
        SHOP_TEST(the_rest_is_cancelled_and_an_order_of_which_nothing_came_is_void),
        SHOP_TEST(a_draft_is_void_with_a_reason_and_numbers_have_no_gap),
        SHOP_TEST(a_change_of_an_order_that_changed_meanwhile_is_stale),
        SHOP_TEST(orders_are_found_by_number_vendor_part_and_lateness),
        SHOP_TEST(who_may_not_see_costs_orders_without_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
