/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Pictures of the lists, records and forms that come from tables, small and wide. */

#include "test.h"

#include "desk_test.h"

static const struct {
    const char *name, *op, *keys;
} pictures[] = {
    {"list_vehicles", "vehicle.search", "<wait 1>"},
    {"list_orders", "order.search", "<wait 1>"},
    {"list_invoices", "invoice.search", "<wait 1>"},
    {"list_payments", "payment.search", "<wait 1>"},
    {"list_parts", "part.search", "<wait 1>"},
    {"list_canned_jobs", "canned-job.search", "<wait 1>"},
    {"list_labor_rates", "labor-rate.list", "<wait 1>"},
    {"list_labor_matrices", "labor-matrix.list", "<wait 1>"},
    {"form_labor_matrix", "labor-matrix.add", "<wait 1>"},
    {"list_contracts", "contract.list", "<wait 1>"},
    {"form_contract", "contract.add", "<wait 1>"},
    {"list_matrices", "matrix.list", "<wait 1>"},
    {"list_users", "user.list", "<wait 1>"},
    {"list_roles", "role.list", "<wait 1>"},
    {"list_rights", "right.list", "<wait 1>"},
    {"list_sessions", "session.list", "<wait 1>"},
    {"list_accounts", "ledger.accounts", "<wait 1>"},
    {"list_entries", "ledger.entries", "<wait 1>"},
    {"list_taxes", "tax.list", "<wait 1>"},
    {"list_drafts", "draft.list", "<wait 1>"},
    {"list_documents", "document.list", "<wait 1>"},
    {"list_search", "part.search", "/oil"},
    {"list_nothing_found", "part.search", "/zebra"},
    {"record_part", "part.search", "<wait 1><Enter>"},
    {"record_right", "right.list", "<wait 1><Down><Enter>"},
    {"record_settings", "setting.show", "<wait 1>"},
    {"record_trial_balance", "ledger.trial-balance", "<wait 1>"},
    {"record_audit", "audit.list", "<wait 1><End><Up><Up><Up><Up><Up><Up><Enter>"},
    {"form_part", "part.add", "<wait 1>"},
    {"form_canned_job", "canned-job.search", "<wait 1>e"},
    {"form_refused", "part.add", "x<Tab><F2>"},
    {"form_matrix", "matrix.list", "<wait 1>e"},
    {"form_matrix_tiers", "matrix.list", "<wait 1>e<Down><Enter>"},
    {"form_pick", "vehicle.add", "<F4>"},
    {"question", "labor-rate.list", "<wait 1>A"},
    {"help", "part.search", "?"},
};

static void take_pictures(int rows, int cols)
{
    struct desk_test t;

    desk_test_open(&t, rows, cols);
    fill_catalog(t.shop);
    sign_in_by_keys(&t, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT_OF(pictures); i++) {
        const struct op *op = op_find(pictures[i].op);
        assert_non_null(op);
        desk_open_op(t.desk, op, NULL);
        keys(&t, pictures[i].keys);
        assert_picture(&t, pictures[i].name);
        while (app_below(t.desk->app, app_top(t.desk->app)) != NULL)
            app_pop(t.desk->app, app_top(t.desk->app));
        keys(&t, "<wait 1>");
    }
    keys(&t, "<F9>delga"); /* few enough commands match that a new one seldom joins them */
    assert_picture(&t, "palette");
    desk_test_close(&t);
}

static void on_a_small_terminal(void **state)
{
    (void)state;
    take_pictures(24, 80);
}

static void on_a_wide_terminal(void **state)
{
    (void)state;
    take_pictures(40, 120);
}

/* No size makes a screen fail, and what is too small says so. */
static void in_any_size(void **state)
{
    static const char *const sizes[] = {"1x1",   "5x2",    "20x10",  "59x19", "60x20",
                                        "61x21", "100x30", "300x90", "80x24"};
    struct desk_test *t = *state;

    fill_catalog(t->shop);
    sign_in_by_keys(t, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT_OF(pictures); i++) {
        desk_open_op(t->desk, op_find(pictures[i].op), NULL);
        keys(t, pictures[i].keys);
        for (size_t s = 0; s < COUNT_OF(sizes); s++) {
            char script[40];
            snprintf(script, sizeof script, "<size %s>", sizes[s]);
            keys(t, script);
        }
        while (app_below(t->desk->app, app_top(t->desk->app)) != NULL)
            app_pop(t->desk->app, app_top(t->desk->app));
        keys(t, "<wait 1>");
    }
    keys(t, "<size 40x10>");
    assert_shows(t, "enlarge");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_a_small_terminal),
        cmocka_unit_test(on_a_wide_terminal),
        DESK_TEST(in_any_size),
    };

    return cmocka_run_group_tests_name("pictures", tests, NULL, NULL);
}
