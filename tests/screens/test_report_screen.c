/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The report of what was produced, and the way from a figure to its documents. */

#include "desk_test.h"

static void given_invoice(struct shop_test *shop, int id, const char *day, const char *writer,
                          int labor)
{
    run_sql(shop, arena_printf(
                      &shop->arena,
                      "INSERT INTO repair_order (id, customer, opened_at) VALUES (%d, 1, 0)", id));
    run_sql(shop,
            arena_printf(&shop->arena,
                         "INSERT INTO invoice (id, repair_order, customer, posted_on, posted_at, "
                         "due_on, writer, bill_to, labor, parts, sublet, fees, supplies, discount, "
                         "tax, total, cost) VALUES (%d, %d, 1, '%s', 0, '%s', '%s', '', %d, 0, 0, "
                         "0, 0, 0, 0, %d, 0)",
                         id, id, day, day, writer, labor, labor));
}

static void a_figure_leads_to_its_invoices(void **state)
{
    struct desk_test *t = *state;

    given_invoice(t->shop, 20001, "2026-11-03", "Ann Walsh", 30000);
    given_invoice(t->shop, 20002, "2026-11-17", "Ann Walsh", 50000);
    given_invoice(t->shop, 20003, "2026-11-18", "Rosa Quintana", 12345);
    given_invoice(t->shop, 20004, "2026-10-18", "Rosa Quintana", 99900);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>average<Enter>");
    assert_both_pictures(t, "report_weeks");
    keys(t, "<Down><Enter>");
    assert_shows(t, "Invoices · week of 16 Nov 2026");
    assert_shows(t, "20002");
    assert_shows(t, "20003");
    assert_shows_not(t, "20001");
    keys(t, "<Esc>gg");
    assert_shows(t, "by writer");
    keys(t, "<Home><Enter>");
    assert_shows(t, "20002");
    assert_shows_not(t, "20003");
    keys(t, "<Esc>=");
    assert_shows(t, "Sales, S · Ann Walsh");
    assert_shows(t, "S / N = 800.00 / 2");
    keys(t, "<End>");
    assert_shows(t, "Enter opens invoice 20002.");
    keys(t, "<Esc><Left>");
    assert_shows(t, "1 Oct 2026 to 31 Oct 2026");
    assert_shows(t, "999.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_figure_leads_to_its_invoices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
