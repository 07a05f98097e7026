/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "purchases.h"

#include "domain/stock.h"

static int64_t part_number(struct shop_test *t, const char *column, int part)
{
    return ask_number(t,
                      arena_printf(&t->arena, "SELECT %s FROM part WHERE id = %d", column, part));
}

static const struct receipt *receipt_of(const struct purchase *page, size_t at)
{
    assert_true(at >= 1 && at <= page->receipts.count);
    return (const struct receipt *)page->receipts.at + (at - 1);
}

static void a_delivery_goes_to_the_shelf_and_into_the_books(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_sent(t);
    call(t, &purchase_receive_op, &page, "{\"purchase\":1,\"slip\":\"PS-100\"}");
    assert_int_equal(page.state, PURCHASE_RECEIVED);
    assert_int_equal(part_number(t, "on_hand", 1), 4000);
    assert_int_equal(part_number(t, "stock_value", 1), 4 * 3800);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), 4 * 3800 + 2 * 12000);
    assert_int_equal(balance_of(t, ACCOUNT_VENDOR_CREDIT), 2 * 4500);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVED_NOT_BILLED),
                     -(4 * 3800 + 2 * 12000 + 2 * 4500));
    assert_string_equal(receipt_of(&page, 1)->slip, "PS-100");
    assert_int_equal(receipt_of(&page, 1)->total.cents, 4 * 3800 + 2 * 12000 + 2 * 4500);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM claim WHERE kind = 'core'"
                                   " AND state = 'owed' AND expected = 9000"),
                     1);
    assert_books_agree(t);
    refuse(t, &purchase_receive_op, ERR_CONFLICT, "Nothing is still to come", "{\"purchase\":1}");
}

static void part_of_it_comes_by_scan_and_the_rest_later(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_sent(t);
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"lines\":[{\"scanned\":\"0012345678905\"},{\"scanned\":\"h-77\"},"
         "{\"scanned\":\"ST-9\",\"quantity\":\"1\"}]}");
    assert_int_equal(page.state, PURCHASE_PART_RECEIVED);
    assert_int_equal(purchase_line_of(&page, 1)->received.thousandths, 2000);
    assert_int_equal(purchase_line_of(&page, 1)->open.thousandths, 2000);
    assert_int_equal(purchase_line_of(&page, 2)->open.thousandths, 1000);
    call(t, &purchase_receive_op, &page, "{\"purchase\":1}");
    assert_int_equal(page.state, PURCHASE_RECEIVED);
    assert_int_equal(page.receipts.count, 2);
    assert_int_equal(part_number(t, "on_hand", 1), 4000);
    assert_books_agree(t);
}

/* The Accord's brakes, authorized, lacking both pads. */
static struct order given_waiting(struct shop_test *t)
{
    given_catalog(t);
    struct order order = given_order(t);
    run_sql(t, "DELETE FROM tax");

    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Front brakes\"}",
                   (long long)order.id.v);
    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"2\"}",
                   job_id_of(&order, 1));
    return authorize(t, order.id.v);
}

/* Two for Maria's car, two for the shelf: the box says four. */
static void one_number_fills_all_the_lines_it_stands_on(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_waiting(t);
    struct purchase page;

    call(t, &part_set_vendor_op, NULL,
         "{\"part\":1,\"vendor\":\"Harbor Auto Parts\",\"pack\":\"4\"}");
    call(t, &purchase_from_order_op, NULL, "{\"order\":%lld}", (long long)order.id.v);
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    refuse(t, &purchase_receive_op, ERR_INVALID,
           "5 of H-77 came, but of 4 ordered only 4 are still to come.",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"H-77\",\"quantity\":\"5\"}]}");
    assert_field(t, "lines.1.quantity");
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"lines\":[{\"scanned\":\"H-77\",\"quantity\":\"3\"}]}");
    assert_int_equal(purchase_line_of(&page, 1)->open.thousandths, 0);
    assert_int_equal(purchase_line_of(&page, 2)->open.thousandths, 1000);
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"over\":true,"
         "\"lines\":[{\"scanned\":\"0012345678905\",\"quantity\":\"2\"}]}");
    assert_int_equal(page.state, PURCHASE_RECEIVED);
    assert_int_equal(part_number(t, "on_hand", 1), 5000);
    assert_books_agree(t);
}

static void more_than_was_ordered_is_refused_unless_it_is_meant(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_sent(t);
    refuse(t, &purchase_receive_op, ERR_INVALID,
           "5 of BP-1210 came, but of 4 ordered only 4 are still to come.",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"BP-1210\",\"quantity\":\"5\"}]}");
    assert_field(t, "lines.1.quantity");
    refuse(t, &purchase_receive_op, ERR_INVALID, "only 1 are still to come",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"BP-1210\",\"quantity\":\"3\"},"
           "{\"scanned\":\"BP-1210\",\"quantity\":\"2\"}]}");
    assert_field(t, "lines.2.quantity");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM receipt"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM stock_move"), 0);
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"over\":true,"
         "\"lines\":[{\"scanned\":\"BP-1210\",\"quantity\":\"5\"}]}");
    assert_int_equal(purchase_line_of(&page, 1)->received.thousandths, 5000);
    assert_int_equal(purchase_line_of(&page, 1)->open.thousandths, 0);
    assert_int_equal(part_number(t, "on_hand", 1), 5000);
    assert_books_agree(t);
}

static void what_was_not_ordered_and_what_makes_no_sense_is_refused_at_its_row(void **state)
{
    struct shop_test *t = *state;

    given_sent(t);
    refuse(t, &purchase_receive_op, ERR_INVALID, "“OIL-Q” is not on purchase order 1",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"ST-9\"},{\"scanned\":\"OIL-Q\"}]}");
    assert_field(t, "lines.2.scanned");
    refuse(t, &purchase_receive_op, ERR_INVALID, "sold whole",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"ST-9\",\"quantity\":\"0.5\"}]}");
    assert_field(t, "lines.1.quantity");
    refuse(t, &purchase_receive_op, ERR_INVALID, "",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"ST-9\",\"quantity\":\"-1\"}]}");
    assert_field(t, "lines.1.quantity");
    refuse(t, &purchase_receive_op, ERR_INVALID, "scan it or type its number",
           "{\"purchase\":1,\"lines\":[{\"quantity\":\"1\"}]}");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM receipt"), 0);
}

static void a_draft_and_a_void_order_receive_nothing(void **state)
{
    struct shop_test *t = *state;

    given_draft(t);
    refuse(t, &purchase_receive_op, ERR_CONFLICT, "was not sent yet", "{\"purchase\":1}");
    call(t, &purchase_void_op, NULL, "{\"purchase\":1,\"reason\":\"no\"}");
    refuse(t, &purchase_receive_op, ERR_CONFLICT, "is void", "{\"purchase\":1}");
}

static void freight_is_spread_over_the_lines_to_the_cent(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_catalog(t);
    call(t, &purchase_start_op, NULL, "{\"vendor\":1}");
    for (int i = 0; i < 3; i++)
        call(t, &purchase_add_line_op, NULL,
             "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"1\",\"cost\":\"10.00\"}");
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    call(t, &purchase_receive_op, &page, "{\"purchase\":1,\"freight\":\"1.00\"}");
    const struct receipt_line *line = receipt_of(&page, 1)->lines.at;
    assert_int_equal(line[0].freight.cents, 34); /* the odd cent goes to the first */
    assert_int_equal(line[1].freight.cents, 33);
    assert_int_equal(line[2].freight.cents, 33);
    assert_int_equal(part_number(t, "stock_value", 1), 3100);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVED_NOT_BILLED), -3100);
    assert_books_agree(t);
}

static void freight_on_free_parts_follows_their_number(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_catalog(t);
    call(t, &purchase_start_op, NULL, "{\"vendor\":1}");
    call(t, &purchase_add_line_op, NULL,
         "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"1\",\"cost\":\"0.00\"}");
    call(t, &purchase_add_line_op, NULL,
         "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"3\",\"cost\":\"0.00\"}");
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    call(t, &purchase_receive_op, &page, "{\"purchase\":1,\"freight\":\"8.00\"}");
    const struct receipt_line *line = receipt_of(&page, 1)->lines.at;
    assert_int_equal(line[0].freight.cents, 200);
    assert_int_equal(line[1].freight.cents, 600);
    assert_books_agree(t);
}

static void receiving_corrects_the_cost_and_warns_below_the_floor(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_sent(t);
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"lines\":[{\"scanned\":\"BP-1210\",\"cost\":\"80.00\"}]}");
    assert_non_null(strstr(page.warning, "BP-1210 now costs 80.00 (was 38.00)"));
    assert_non_null(strstr(page.warning, "price of 89.95"));
    assert_non_null(strstr(page.warning, "less than 25 %"));
    const struct receipt_line *line = receipt_of(&page, 1)->lines.at;
    assert_int_equal(line->cost.cents, 8000);
    assert_int_equal(line->ordered.cents, 3800);
    assert_int_equal(part_number(t, "cost", 1), 8000);
    assert_int_equal(ask_number(t, "SELECT cost FROM part_vendor WHERE part = 1"), 8000);
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"lines\":[{\"scanned\":\"BP-1210\",\"cost\":\"40.00\"}]}");
    assert_string_equal(page.warning, "");
    assert_books_agree(t);
}

static void parts_sold_before_they_came_are_costed_again(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_sent(t);
    run_sql(t, "INSERT INTO stock_move (part, at, moved_on, kind, quantity, value, reason)"
               " VALUES (1, 0, '2026-11-24', 'issue', -1000, -3800, 'test')");
    run_sql(t, "INSERT INTO entry (posted_on, at, memo, source) VALUES ('2026-11-24', 0, 'x',"
               " 'stock')");
    run_sql(t, "INSERT INTO entry_line (entry, position, account, amount)"
               " SELECT max(e.id), 1, 1300, -3800 FROM entry AS e");
    run_sql(t, "INSERT INTO entry_line (entry, position, account, amount)"
               " SELECT max(e.id), 2, 5010, 3800 FROM entry AS e");
    run_sql(t, "INSERT INTO account_day (account, day, debit, credit) VALUES"
               " (1300, '2026-11-24', 0, 3800), (5010, '2026-11-24', 3800, 0)");
    run_sql(t, "UPDATE entry SET posted = 1");
    assert_books_agree(t);
    call(t, &purchase_receive_op, &page,
         "{\"purchase\":1,\"lines\":[{\"scanned\":\"BP-1210\",\"quantity\":\"4\","
         "\"cost\":\"42.00\"}]}");
    assert_int_equal(part_number(t, "stock_value", 1), 3 * 4200);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 4200);
    assert_books_agree(t);
}

static void an_order_that_waits_for_ordered_parts_is_on_hold_until_they_come(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_waiting(t);
    struct purchase_drafts drafts;
    struct purchase page;
    const long long id = (long long)order.id.v;

    assert_int_equal(order.state, ORDER_APPROVED);
    call(t, &purchase_from_order_op, &drafts, "{\"order\":%lld}", id);
    assert_int_equal(drafts.purchases.count, 1);
    page = purchase_of(t, 1);
    assert_int_equal(purchase_line_of(&page, 1)->quantity.thousandths, 2000);
    assert_int_equal(purchase_line_of(&page, 1)->order.v, id);
    assert_string_equal(purchase_line_of(&page, 1)->order_text,
                        arena_printf(&t->arena, "RO %lld, Delgado, Maria", id));
    assert_int_equal(order_of(t, id).state, ORDER_APPROVED); /* nobody has asked the vendor yet */
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    order = order_of(t, id);
    assert_int_equal(order.state, ORDER_HOLD);
    assert_int_equal(order.hold, HOLD_NONE); /* nobody has set it */
    assert_int_equal(order.waits_for, 1);
    assert_string_equal(order.parts_due_on.iso, "2026-11-26");
    call(t, &purchase_receive_op, NULL, "{\"purchase\":1}");
    order = order_of(t, id);
    assert_int_equal(order.state, ORDER_APPROVED);
    assert_int_equal(order.waits_for, 0);
    assert_int_equal(line_of(&order, 1, 1)->committed.thousandths, 2000);
    refuse(t, &purchase_from_order_op, ERR_CONFLICT, "lacks nothing", "{\"order\":%lld}", id);
    assert_books_agree(t);
}

static int64_t ordered_of(struct shop_test *t, bool for_orders)
{
    return ask_number(t, for_orders ? "SELECT ifnull(sum(quantity), 0) FROM purchase_line"
                                      " WHERE part = 1 AND line IS NOT NULL"
                                    : "SELECT ifnull(sum(quantity), 0) FROM purchase_line"
                                      " WHERE part = 1 AND line IS NULL");
}

static void what_an_order_lacks_is_rounded_up_to_whole_packs(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_waiting(t);
    struct purchase_drafts drafts;

    call(t, &part_set_vendor_op, NULL,
         "{\"part\":1,\"vendor\":\"Harbor Auto Parts\",\"pack\":\"4\"}");
    call(t, &purchase_from_order_op, &drafts, "{\"order\":%lld}", (long long)order.id.v);
    assert_string_equal(drafts.note, "BP-1210 Brake pads: 2 more for the shelf, since Harbor Auto "
                                     "Parts sells it by 4.");
    assert_string_equal(drafts.warning, "");
    assert_int_equal(ordered_of(t, true), 2000);
    assert_int_equal(ordered_of(t, false), 2000);
}

static void what_a_draft_has_for_the_shelf_gives_way_before_another_pack(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_waiting(t);
    struct purchase_drafts drafts;
    const long long id = (long long)order.id.v;

    call(t, &part_set_vendor_op, NULL,
         "{\"part\":1,\"vendor\":\"Harbor Auto Parts\",\"pack\":\"4\"}");
    call(t, &purchase_from_order_op, NULL, "{\"order\":%lld}", id);
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Rear brakes\"}", id);
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"1\"}",
           job_id_of(&order, 2));
    authorize(t, id);

    call(t, &purchase_from_order_op, &drafts, "{\"order\":%lld}", id);
    assert_string_equal(drafts.note, "BP-1210 Brake pads: 1 less for the shelf, so that packs of 4 "
                                     "stay whole.");
    assert_int_equal(ordered_of(t, true), 3000);
    assert_int_equal(ordered_of(t, false), 1000);
}

static void a_part_on_several_lines_is_rounded_once(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_waiting(t);
    struct purchase_drafts drafts;
    const long long id = (long long)order.id.v;

    call(t, &part_set_vendor_op, NULL,
         "{\"part\":1,\"vendor\":\"Harbor Auto Parts\",\"pack\":\"4\"}");
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Rear brakes\"}", id);
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"2\"}",
           job_id_of(&order, 2));
    authorize(t, id);

    call(t, &purchase_from_order_op, &drafts, "{\"order\":%lld}", id);
    assert_string_equal(drafts.note, "");
    assert_int_equal(ordered_of(t, true), 4000);
    assert_int_equal(ordered_of(t, false), 0);
}

static void a_hold_set_by_hand_stays_by_hand(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_waiting(t);
    const long long id = (long long)order.id.v;

    change(t, &order_edit_op, "{\"order\":%lld,\"hold\":\"parts\"}", id);
    call(t, &purchase_from_order_op, NULL, "{\"order\":%lld}", id);
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    call(t, &purchase_receive_op, NULL, "{\"purchase\":1}");
    assert_int_equal(order_of(t, id).state, ORDER_HOLD);
    assert_int_equal(order_of(t, id).hold, HOLD_PARTS);
    change(t, &order_edit_op, "{\"order\":%lld,\"hold\":\"none\"}", id);
    assert_int_equal(order_of(t, id).state, ORDER_APPROVED);
}

static void who_works_on_another_job_meanwhile_does_not_wait(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_waiting(t);
    const long long id = (long long)order.id.v;

    given_another_job(t, order.id.v, "Wipers");
    order = authorize(t, order.id.v);
    call(t, &purchase_from_order_op, NULL, "{\"order\":%lld}", id);
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    assert_int_equal(order_of(t, id).state, ORDER_HOLD);
    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 2));
    assert_int_equal(order_of(t, id).state, ORDER_IN_PROGRESS);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 2));
    assert_int_equal(order_of(t, id).state, ORDER_HOLD);
}

static void cancelling_the_rest_ends_the_wait(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_waiting(t);
    const long long id = (long long)order.id.v;

    call(t, &purchase_from_order_op, NULL, "{\"order\":%lld}", id);
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    call(t, &purchase_close_op, NULL, "{\"purchase\":1}");
    assert_int_equal(order_of(t, id).state, ORDER_APPROVED);
}

static void a_replaced_part_on_a_repair_order_is_not_ordered(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_waiting(t);

    run_sql(t, "UPDATE part SET superseded_by = 3 WHERE id = 1");
    refuse(t, &purchase_from_order_op, ERR_INVALID, "Part BP-1210 is replaced by ST-9",
           "{\"order\":%lld}", (long long)order.id.v);
    assert_field(t, "order");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM purchase"), 0);
}

static void a_part_from_outside_the_catalog_costs_the_job_what_it_really_cost(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_waiting(t);
    struct purchase_drafts drafts;
    const long long id = (long long)order.id.v;

    order = change(t, &line_add_part_op,
                   "{\"job\":%lld,\"description\":\"Door handle\",\"quantity\":\"1\","
                   "\"price\":\"60.00\",\"cost\":\"30.00\"}",
                   job_id_of(&order, 1));
    order = authorize(t, order.id.v);
    refuse(t, &purchase_from_order_op, ERR_INVALID, "Nobody is named who sells “Door handle”",
           "{\"order\":%lld}", id);
    assert_field(t, "vendor");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM purchase"), 0);
    call(t, &purchase_from_order_op, &drafts, "{\"order\":%lld,\"vendor\":2}", id);
    assert_int_equal(drafts.purchases.count, 1);
    call(t, &purchase_send_op, NULL, "{\"purchase\":1}");
    call(t, &purchase_receive_op, NULL,
         "{\"purchase\":1,\"freight\":\"1.00\",\"lines\":[{\"line\":2,\"cost\":\"33.00\"}]}");
    order = order_of(t, id);
    assert_int_equal(line_of(&order, 1, 2)->cost.cents, 3400);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), 3400);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), 0);
    assert_books_agree(t);
}

static void a_technician_receives_but_sets_no_costs(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;

    given_sent(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &purchase_receive_op, ERR_DENIED, "does not allow setting costs",
           "{\"purchase\":1,\"lines\":[{\"scanned\":\"ST-9\",\"cost\":\"1.00\"}]}");
    call(t, &purchase_receive_op, &page, "{\"purchase\":1,\"lines\":[{\"scanned\":\"ST-9\"}]}");
    assert_int_equal(receipt_of(&page, 1)->total.cents, 0);
    assert_int_equal(ask_number(t, "SELECT total FROM receipt"), 16500);
}

static void a_delivery_that_fails_at_any_statement_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    struct purchase page;
    int64_t n;

    given_sent(t);
    const int64_t entries = ask_number(t, "SELECT count(*) FROM entry");
    for (n = 1; n < 400; n++) {
        void *in = input_json(t, &purchase_receive_op, "{\"purchase\":1,\"freight\":\"7.77\"}");
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &purchase_receive_op, in, &page);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(ask_number(t, "SELECT count(*) FROM receipt"), 0);
        assert_int_equal(ask_number(t, "SELECT count(*) FROM stock_move"), 0);
        assert_int_equal(ask_number(t, "SELECT sum(received) FROM purchase_line"), 0);
        assert_int_equal(ask_number(t, "SELECT count(*) FROM entry"), entries);
    }
    print_message("failed at each of %d statements\n", (int)n - 1);
    assert_true(n > 20 && n < 400);
    assert_int_equal(part_number(t, "on_hand", 1), 4000);
    assert_books_agree(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_delivery_goes_to_the_shelf_and_into_the_books),
        SHOP_TEST(part_of_it_comes_by_scan_and_the_rest_later),
        SHOP_TEST(one_number_fills_all_the_lines_it_stands_on),
        SHOP_TEST(more_than_was_ordered_is_refused_unless_it_is_meant),
        SHOP_TEST(what_was_not_ordered_and_what_makes_no_sense_is_refused_at_its_row),
        SHOP_TEST(a_draft_and_a_void_order_receive_nothing),
        SHOP_TEST(freight_is_spread_over_the_lines_to_the_cent),
        SHOP_TEST(freight_on_free_parts_follows_their_number),
        SHOP_TEST(receiving_corrects_the_cost_and_warns_below_the_floor),
        SHOP_TEST(parts_sold_before_they_came_are_costed_again),
        SHOP_TEST(an_order_that_waits_for_ordered_parts_is_on_hold_until_they_come),
        SHOP_TEST(what_an_order_lacks_is_rounded_up_to_whole_packs),
        SHOP_TEST(what_a_draft_has_for_the_shelf_gives_way_before_another_pack),
        SHOP_TEST(a_part_on_several_lines_is_rounded_once),
        SHOP_TEST(a_hold_set_by_hand_stays_by_hand),
        SHOP_TEST(who_works_on_another_job_meanwhile_does_not_wait),
        SHOP_TEST(cancelling_the_rest_ends_the_wait),
        SHOP_TEST(a_replaced_part_on_a_repair_order_is_not_ordered),
        SHOP_TEST(a_part_from_outside_the_catalog_costs_the_job_what_it_really_cost),
        SHOP_TEST(a_technician_receives_but_sets_no_costs),
        SHOP_TEST(a_delivery_that_fails_at_any_statement_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
