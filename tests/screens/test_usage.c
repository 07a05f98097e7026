/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts usage month by month, and parts pulled from the order's page, as the person sees them. */

#include "desk_test.h"
#include "domain/calls.h"

#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/stock.h"

/* Two filters and five quarts on an authorized job of order 10001. */
static void given_work(struct desk_test *t)
{
    run_sql(t->shop, "INSERT INTO customer (name, name_key, last_name, created_at)\n"
                     "VALUES ('Delgado, Maria', 'delgado maria', 'Delgado', 0)");
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"OF-7317\",\"name\":\"Oil filter, spin-on\",\"bin\":\"A4\",\"cost\":\"3.05\","
         "\"price\":\"9.99\",\"on_hand\":\"10\",\"whole\":true,\"category\":\"Filters\"}");
    call(t->shop, &part_add_op, NULL,
         "{\"sku\":\"OIL\",\"name\":\"0W-20 oil, quart\",\"cost\":\"4.10\",\"price\":\"7.49\","
         "\"on_hand\":\"20\",\"category\":\"Fluids\"}");
    call(t->shop, &order_start_op, NULL, "{\"customer\":1,\"concern\":\"Oil change\"}");
    call(t->shop, &line_add_part_op, NULL, "{\"job\":1,\"sku\":\"OF-7317\",\"quantity\":\"2\"}");
    call(t->shop, &line_add_part_op, NULL, "{\"job\":1,\"sku\":\"OIL\",\"quantity\":\"4.5\"}");
    call(t->shop, &order_authorize_op, NULL, "{\"order\":10001}");
}

static void parts_are_pulled_and_put_back_on_the_page(void **state)
{
    struct desk_test *t = *state;

    given_work(t);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>10001<Enter>P");
    assert_shows(t, "Off the shelf. B puts a part back.");
    assert_both_pictures(t, "order_pulled");
    keys(t, "P");
    assert_shows(t, "Every part of order 10001's authorized jobs is pulled.");
    keys(t, "B");
    assert_shows(t, "Put the cursor on a part of the catalog first.");
    keys(t, "<Down><Down>B");
    assert_shows(t, "Back on the shelf.");
    assert_int_equal(ask_number(t->shop, "SELECT sum(pulled) FROM line"), 4500);
}

static void usage_goes_back_a_month_and_changes_its_rows(void **state)
{
    struct desk_test *t = *state;

    given_work(t);
    call(t->shop, &job_done_op, NULL, "{\"job\":1}");
    call(t->shop, &invoice_post_op, NULL, "{\"order\":10001}");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>which parts invoices took<Enter>");
    assert_both_pictures(t, "usage_by_part");
    keys(t, "bbb");
    assert_shows(t, "Fluids");
    keys(t, "<Left>");
    assert_shows(t, "No invoice took a part in this month.");
    keys(t, "<Right>l");
    assert_shows(t, "Parts used");
    assert_shows(t, "OF-7317");
}

static void a_technician_sees_no_margin(void **state)
{
    struct desk_test *t = *state;

    given_work(t);
    call(t->shop, &job_done_op, NULL, "{\"job\":1}");
    call(t->shop, &invoice_post_op, NULL, "{\"order\":10001}");
    sign_in_by_keys(t, ROLE_TECHNICIAN);
    keys(t, "<F9>which parts invoices took<Enter>");
    assert_shows(t, "Sales 53.69");
    assert_shows_not(t, "Margin");
    assert_shows_not(t, "6.10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(parts_are_pulled_and_put_back_on_the_page),
        DESK_TEST(usage_goes_back_a_month_and_changes_its_rows),
        DESK_TEST(a_technician_sees_no_margin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
