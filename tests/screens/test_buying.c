/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Buying as the person sees it: what is to be ordered, the order, the delivery unpacked, the bill,
 * the check, what goes back. */

#include "desk_test.h"
#include "domain/calls.h"

#include "domain/bill.h"
#include "domain/claim.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "domain/purchase.h"
#include "domain/stock.h"
#include "domain/vendor.h"

/* Two vendors, three parts of which nothing is there, and Delgado's order that needs a starter. */
static void given_shop(struct desk_test *t)
{
    fill_shop(t->shop);
    call(t->shop, &vendor_add_op, NULL,
         "{\"name\":\"Harbor Auto Parts\",\"account_number\":\"88-1402\",\"contact\":\"Ruth\","
         "\"phone\":\"619-555-0142\",\"email\":\"orders@harbor.example\",\"terms_days\":10,"
         "\"lead_days\":2,\"city\":\"San Diego\",\"state\":\"CA\"}");
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"BP-1210\",\"upc\":\"012345678905\",\"name\":\"Brake pads front, ceramic\","
         "\"price\":\"89.95\",\"cost\":\"38.00\",\"vendor\":\"Harbor Auto Parts\","
         "\"vendor_number\":\"H-77\",\"whole\":true,\"low\":\"2\",\"high\":\"6\"}");
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"OIL-Q\",\"name\":\"0W-20 oil, quart\",\"price\":\"7.49\",\"cost\":\"4.10\","
         "\"vendor\":\"Coast Supply\",\"low\":\"24\",\"high\":\"60\"}");
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"ST-9\",\"name\":\"Starter, rebuilt\",\"price\":\"240.00\",\"cost\":\"120.00\","
         "\"core\":\"45.00\",\"vendor\":\"Harbor Auto Parts\",\"whole\":true}");
    call(t->shop, &order_start_op, NULL,
         "{\"customer\":1,\"vehicle\":1,\"concern\":\"Will not start\"}");
    call(t->shop, &line_add_part_op, NULL, "{\"job\":%lld,\"sku\":\"ST-9\",\"quantity\":\"1\"}",
         (long long)ask_number(t->shop, "SELECT max(id) FROM job"));
    call(t->shop, &order_authorize_op, NULL, "{\"order\":%lld}",
         (long long)ask_number(t->shop, "SELECT max(id) FROM repair_order"));
}

static void given_orders(struct desk_test *t)
{
    given_shop(t);
    call(t->shop, &purchase_from_alerts_op, NULL, "{\"vendor\":1}");
    call(t->shop, &purchase_send_op, NULL, "{\"purchase\":1,\"reference\":\"C-5521\"}");
}

static void given_delivery(struct desk_test *t)
{
    given_orders(t);
    call(t->shop, &purchase_receive_op, NULL, "{\"purchase\":1,\"slip\":\"PS-100\"}");
}

static void the_counter_says_what_cannot_wait_and_one_key_orders_it(void **state)
{
    struct desk_test *t = *state;

    given_shop(t);
    sign_in_by_keys(t, ROLE_MANAGER);
    assert_shows(t, "Parts: 1 needed, 2 low");
    keys(t, "<F9>list what is to be ordered<Enter>");
    assert_both_pictures(t, "reorder");
    keys(t, "o");
    assert_both_pictures(t, "purchase_drafts");
    keys(t, "<Esc>o");
    assert_shows(t, "There is nothing to order");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM purchase"), 2);
}

static void an_order_is_written_sent_and_waited_for(void **state)
{
    struct desk_test *t = *state;

    given_shop(t);
    call(t->shop, &purchase_from_alerts_op, NULL, "{\"vendor\":1}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list purchase orders<Enter><Enter>");
    assert_both_pictures(t, "purchase_draft");
    keys(t, "aOIL-Q<F2>");
    assert_shows(t, "OIL-Q");
    keys(t, "t<F2>");
    assert_shows(t, "due 26 Nov 2026");
    keys(t, "<F8>");
    assert_shows(t, "o Purchase order");
    keys(t, "<Esc>");
    keys(t, "x");
    assert_shows(t, "It has been sent: cancel the rest instead.");
    keys(t, "<Esc><Esc><F9>list repair orders<Enter>");
    assert_both_pictures(t, "board_waiting");
    keys(t, "<Enter>");
    assert_shows(t, "parts due 26 Nov");
}

static void a_new_order_asks_for_its_vendor_whatever_row_is_chosen(void **state)
{
    struct desk_test *t = *state;

    given_shop(t);
    call(t->shop, &purchase_from_alerts_op, NULL, "{\"vendor\":1}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list purchase orders<Enter><F6>");
    assert_shows(t, "New purchase order");
    assert_shows_not(t, "Harbor");
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM purchase"), 1);
}

static void what_a_repair_order_lacks_is_ordered_in_packs_and_shown(void **state)
{
    struct desk_test *t = *state;

    given_shop(t);
    call(t->shop, &part_set_vendor_op, NULL,
         "{\"part\":3,\"vendor\":\"Harbor Auto Parts\",\"pack\":\"4\"}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list repair orders<Enter><Enter>O<F2>");
    assert_shows(t, "Whole packs are ordered");
    assert_shows(t, "3 more for the shelf");
    keys(t, "<Enter>");
    assert_shows(t, "PO 1");
    assert_shows(t, "Harbor Auto Parts");
    keys(t, "<Esc>O<F2>");
    assert_shows(t, "lacks nothing");
}

static void a_replaced_part_is_refused_at_its_field(void **state)
{
    struct desk_test *t = *state;

    given_shop(t);
    call(t->shop, &purchase_start_op, NULL, "{\"vendor\":1}");
    run_sql(t->shop, "UPDATE part SET superseded_by = 3 WHERE id = 1");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list purchase orders<Enter><Enter>aBP-1210<F2>");
    assert_shows(t, "Part BP-1210 is replaced by ST-9");
}

static void a_delivery_is_unpacked_by_scan_and_digits(void **state)
{
    struct desk_test *t = *state;

    given_orders(t);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list purchase orders<Enter>r");
    assert_shows(t, "no packing slip");
    keys(t, "<F2>");
    assert_shows(t, "Nothing is here yet");
    keys(t, "aH-77<Enter>a0012345678905<Enter>");
    assert_shows(t, "2 of BP-1210: 2 of 6");
    keys(t, "aXYZ<Enter>");
    assert_shows(t, "is not on this order");
    keys(t, "nPS-100<Enter>d6.50<Enter>c<Ctrl-U>41.00<Enter>");
    assert_both_pictures(t, "receive");
    keys(t, "7<Enter><F2>");
    assert_picture(t, "receive_over");
    keys(t, "c");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM receipt"), 0);
    keys(t, "2<Enter><F2>");
    assert_shows(t, "Received on purchase order 1.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM receipt"), 1);
    keys(t, "<Enter><Esc>");
    assert_shows(t, "partly received");
}

static void leaving_a_delivery_half_unpacked_is_asked(void **state)
{
    struct desk_test *t = *state;

    given_orders(t);
    sign_in_by_keys(t, ROLE_TECHNICIAN);
    keys(t, "<F9>list purchase orders<Enter>r*");
    assert_shows_not(t, "38.00"); /* a technician receives without seeing costs */
    keys(t, "<Esc>");
    assert_shows(t, "What was counted here is forgotten.");
    keys(t, "s<F2>");
    assert_shows(t, "Received on purchase order 1.");
}

static void a_bill_is_entered_from_the_order_and_paid_by_check(void **state)
{
    struct desk_test *t = *state;

    given_delivery(t);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list purchase orders<Enter>f<Enter>");
    assert_both_pictures(t, "purchase_received");
    keys(t, "b4711");
    assert_shows(t, "1 · Harbor Auto Parts"); /* the order, not any of the vendor's */
    keys(t, "<F2>");
    assert_shows(t, "billed");
    keys(t, "<Esc><Esc><F9>list vendors' bills<Enter>");
    assert_both_pictures(t, "bills");
    keys(t, "p<F2>");
    assert_shows(t, "cannot be taken back");
    keys(t, "y");
    assert_int_equal(ask_number(t->shop, "SELECT check_number FROM vendor_payment"), 1001);
    keys(t, "<Esc><Esc><Esc><F9>list vendors, by<Enter><Enter>3");
    assert_both_pictures(t, "vendor_payments");
}

static void what_goes_back_stands_in_its_queue(void **state)
{
    struct desk_test *t = *state;

    given_delivery(t);
    call(t->shop, &claim_return_op, NULL,
         "{\"part\":1,\"quantity\":\"2\",\"reason\":\"Wrong pads\"}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>list what goes back<Enter>");
    assert_both_pictures(t, "claims");
    keys(t, "a");
    assert_both_pictures(t, "claim_aging");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_counter_says_what_cannot_wait_and_one_key_orders_it),
        DESK_TEST(an_order_is_written_sent_and_waited_for),
        DESK_TEST(a_new_order_asks_for_its_vendor_whatever_row_is_chosen),
        DESK_TEST(what_a_repair_order_lacks_is_ordered_in_packs_and_shown),
        DESK_TEST(a_replaced_part_is_refused_at_its_field),
        DESK_TEST(a_delivery_is_unpacked_by_scan_and_digits),
        DESK_TEST(leaving_a_delivery_half_unpacked_is_asked),
        DESK_TEST(a_bill_is_entered_from_the_order_and_paid_by_check),
        DESK_TEST(what_goes_back_stands_in_its_queue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
