/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "books.h"

#define TODAY ((struct day){"2026-11-24"})

static status post(struct shop_test *t, struct day day, const struct ledger_line *lines,
                   size_t count, struct entry_id *ret_entry)
{
    const struct arena_mark mark = arena_mark(&t->arena);

    assert_int_equal(store_begin_write(t->store), OK);
    const status result =
        ledger_post(&t->session, day, "hand", 0, "A test", lines, count, ret_entry);
    if (result == OK)
        assert_int_equal(store_commit(t->store), OK);
    else
        store_rollback(t->store);
    arena_release(&t->arena, mark);
    return result;
}

static struct entry_id post_pair(struct shop_test *t, enum account_role debit,
                                 enum account_role credit, struct money amount)
{
    const struct ledger_line lines[] = {
        {debit, amount, {0}},
        {credit, money_negate(amount), {0}},
    };
    struct entry_id entry = {0};

    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), OK);
    return entry;
}

static void a_new_shop_has_one_account_for_every_role(void **state)
{
    struct shop_test *t = *state;

    for (unsigned role = 0; role < ACCOUNT_ROLE_COUNT; role++) {
        const char *sql = arena_printf(&t->arena, "SELECT count(*) FROM account WHERE role = '%s'",
                                       choice_word(&account_role_choices, role));
        if (ask_number(t, sql) != 1)
            fail_msg("%s", sql);
    }
    assert_int_equal(ask_number(t, "SELECT count(*) FROM account WHERE role IS NOT NULL"),
                     ACCOUNT_ROLE_COUNT);
    assert_true(ask_number(t, "SELECT count(*) FROM account") > 60);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM account WHERE name = ''"), 0);
    assert_books_agree(t);
}

/* 100.00 of labor and 50.00 of parts sold with 7.75 tax on account; the parts had cost 30.00. */
static void an_entry_moves_every_account_it_names(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_RECEIVABLE, USD(157, 75), {0}},   {ACCOUNT_LABOR_SALES, USD(-100, 0), {0}},
        {ACCOUNT_PART_SALES, USD(-50, 0), {0}},    {ACCOUNT_TAX_PAYABLE, USD(-7, -75), {0}},
        {ACCOUNT_SUPPLIES_SALES, MONEY_ZERO, {0}}, {ACCOUNT_PART_COST, USD(30, 0), {0}},
        {ACCOUNT_INVENTORY, USD(-30, 0), {0}},
    };
    struct entry_id entry = {0};

    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), OK);

    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 15775);
    assert_int_equal(balance_of(t, ACCOUNT_LABOR_SALES), -10000);
    assert_int_equal(balance_of(t, ACCOUNT_PART_SALES), -5000);
    assert_int_equal(balance_of(t, ACCOUNT_TAX_PAYABLE), -775);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 3000);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), -3000);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry_line"), 6); /* no line of 0 */
    assert_int_equal(ask_number(t, "SELECT posted FROM entry"), 1);
    assert_int_equal(ask_number(t, "SELECT sum(debit) FROM account_day"), 18775);
    assert_int_equal(ask_number(t, "SELECT sum(credit) FROM account_day"), 18775);
}

static void two_lines_on_one_account_make_one_day_sum(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_CASH, USD(10, 0), {0}},
        {ACCOUNT_CASH, USD(-4, 0), {0}},
        {ACCOUNT_EQUITY, USD(-6, 0), {0}},
    };
    struct entry_id entry = {0};

    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), OK);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM account_day"), 2);
    assert_int_equal(ask_number(t, "SELECT debit FROM account_day WHERE account = 1010"), 1000);
    assert_int_equal(ask_number(t, "SELECT credit FROM account_day WHERE account = 1010"), 400);
    assert_books_agree(t);
}

static void an_entry_that_does_not_balance_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_CASH, USD(10, 0), {0}},
        {ACCOUNT_EQUITY, USD(-9, -99), {0}},
    };
    struct entry_id entry = {77};

    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), ERR_CORRUPT);
    assert_says(t, "does not balance");
    assert_int_equal(entry.v, 77);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM account_day"), 0);
}

static void an_entry_beyond_all_numbers_is_refused(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_CASH, {INT64_MAX}, {0}},
        {ACCOUNT_BANK, {1}, {0}},
        {ACCOUNT_EQUITY, {INT64_MIN + 1}, {0}},
    };
    struct entry_id entry = {77};

    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), ERR_CORRUPT);
    assert_says(t, "too large");
}

static void an_entry_of_nothing_is_none(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {{ACCOUNT_CASH, MONEY_ZERO, {0}}};
    struct entry_id entry = {77};

    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), OK);
    assert_int_equal(entry.v, 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry"), 0);
}

static void a_role_without_account_is_named(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_CASH, USD(1, 0), {0}},
        {ACCOUNT_EQUITY, USD(-1, 0), {0}},
    };
    struct entry_id entry = {77};

    run_sql(t, "UPDATE account SET role = NULL WHERE role = 'equity'");
    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), ERR_CORRUPT);
    assert_says(t, "“equity”");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry"), 0);
}

static void a_posted_entry_never_changes(void **state)
{
    struct shop_test *t = *state;

    (void)post_pair(t, ACCOUNT_CASH, ACCOUNT_EQUITY, USD(5, 0));
    assert_frozen(t, "UPDATE entry SET memo = 'other'", "A posted ledger entry never changes.");
    assert_frozen(t, "UPDATE entry SET posted = 0", "A posted ledger entry never changes.");
    assert_frozen(t, "DELETE FROM entry", "A ledger entry is never deleted.");
    assert_frozen(t,
                  "INSERT OR REPLACE INTO entry (id, posted_on, at, memo, source)\n"
                  "VALUES (1, '2026-11-24', 0, 'other', 'hand')",
                  "A ledger entry is never replaced.");
    assert_frozen(t,
                  "INSERT INTO entry (posted_on, at, memo, source, posted)\n"
                  "VALUES ('2026-11-24', 0, 'empty', 'hand', 1)",
                  "A ledger entry is posted once it has its lines.");
    assert_frozen(t, "UPDATE entry_line SET amount = amount * 2", "A ledger line never changes.");
    assert_frozen(t, "DELETE FROM entry_line", "A ledger line is never deleted.");
    assert_frozen(t, "INSERT OR REPLACE INTO entry_line VALUES (1, 1, 1010, 1, NULL)",
                  "A posted ledger entry never changes.");
    assert_frozen(t, "INSERT INTO entry_line VALUES (1, 3, 1010, 1, NULL)",
                  "A posted ledger entry never changes.");
    assert_books_agree(t);
}

static void an_entry_with_one_line_is_not_posted(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "INSERT INTO entry (posted_on, at, memo, source) VALUES ('2026-11-24', 0, 'm', "
               "'hand')");
    run_sql(t, "INSERT INTO entry_line VALUES (1, 1, 1010, 5, NULL)");
    assert_frozen(t, "UPDATE entry SET posted = 1", "The ledger entry does not balance.");
    run_sql(t, "INSERT INTO entry_line VALUES (1, 2, 3010, -4, NULL)");
    assert_frozen(t, "UPDATE entry SET posted = 1", "The ledger entry does not balance.");
    assert_books_disagree(t, "Ledger entry 1");
}

/* Whatever sum somebody turns by hand, the proof finds it and names it. */
static void the_proof_names_what_differs(void **state)
{
    static const struct {
        const char *spoil, *says, *repair;
    } cases[] = {
        {"UPDATE account_day SET debit = debit + 1 WHERE account = 1010",
         "Account 1010 on 2026-11-24: its day sums say 5.01, its lines 5.00",
         "UPDATE account_day SET debit = debit - 1 WHERE account = 1010"},
        {"UPDATE account_day SET debit = debit + 1, credit = credit + 1 WHERE account = 1010",
         "Account 1010 on 2026-11-24",
         "UPDATE account_day SET debit = debit - 1, credit = credit - 1 WHERE account = 1010"},
        {"INSERT INTO account_day (account, day, debit) VALUES (1020, '2026-11-25', 7)",
         "Account 1020 on 2026-11-25: its day sums say 0.07, its lines 0.00",
         "DELETE FROM account_day WHERE account = 1020"},
        {"UPDATE customer SET owes = 300",
         "Customer 1: owes 3.00, the ledger's receivables say 0.00",
         "UPDATE customer SET owes = 0"},
        {"UPDATE customer SET credit = 300",
         "Customer 1: credit is 3.00, the ledger's customer credit says 0.00",
         "UPDATE customer SET credit = 0"},
        {"UPDATE part SET stock_value = 100",
         "Account 1300: the ledger says 0.00, the parts' stock is worth 1.00",
         "UPDATE part SET stock_value = 0"},
        {"UPDATE part SET on_hand = 2500", "Part 1: on hand is 2.5, its movements say 0",
         "UPDATE part SET on_hand = 0"},
    };
    struct shop_test *t = *state;

    (void)post_pair(t, ACCOUNT_CASH, ACCOUNT_EQUITY, USD(5, 0));
    run_sql(t, "INSERT INTO customer (name, name_key, created_at) VALUES ('Doe', 'doe', 0)");
    run_sql(t, "INSERT INTO part (sku, name, name_key) VALUES ('A', 'a', 'a')");
    assert_books_agree(t);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        run_sql(t, cases[i].spoil);
        assert_books_disagree(t, cases[i].says);
        run_sql(t, cases[i].repair);
        assert_books_agree(t);
    }
}

static void a_merged_customers_lines_count_for_the_one_that_is_kept(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_CASH, USD(20, 0), {0}},
        {ACCOUNT_CUSTOMER_CREDIT, USD(-20, 0), {1}},
    };
    struct entry_id entry = {0};

    run_sql(t, "INSERT INTO customer (name, name_key, created_at)\n"
               "VALUES ('A', 'a', 0), ('B', 'b', 0), ('C', 'c', 0)");
    assert_int_equal(post(t, TODAY, lines, COUNT_OF(lines), &entry), OK);
    run_sql(t,
            "INSERT INTO payment (customer, method, taken_on, taken_at, tendered, amount, entry)\n"
            "VALUES (1, 'cash', '2026-11-24', 0, 2000, 2000, 1)");
    run_sql(t, "UPDATE customer SET credit = 2000 WHERE id = 1");
    assert_books_agree(t);

    run_sql(t, "UPDATE customer SET merged_into = 2, credit = 0 WHERE id = 1");
    run_sql(t, "UPDATE customer SET credit = 2000 WHERE id = 2");
    assert_books_agree(t);
    run_sql(t, "UPDATE payment SET customer = 2");
    run_sql(t, "UPDATE customer SET merged_into = 3, credit = 0 WHERE id = 2");
    run_sql(t, "UPDATE customer SET credit = 2000 WHERE id = 3");
    assert_books_agree(t);
    run_sql(t, "UPDATE customer SET credit = 1999 WHERE id = 3");
    assert_books_disagree(t, "Customer 3: credit is 19.99");
}

/* Two thousand entries of random lines on random days, each account and day counted beside. */
static void two_thousand_random_entries_add_up(void **state)
{
    enum { DAYS = 40, ENTRIES = 2000, LINES = 6 };
    static int64_t model[ACCOUNT_ROLE_COUNT];
    struct shop_test *t = *state;
    uint64_t seed = 20261124;
    int64_t moved = 0;

    memset(model, 0, sizeof model);
    for (int i = 0; i < ENTRIES; i++) {
        struct ledger_line lines[LINES];
        struct entry_id entry = {0};
        int64_t sum = 0;
        for (size_t k = 0; k < LINES; k++) {
            const int64_t amount = k + 1 < LINES ? dice(&seed, 20001) - 10000 : -sum;
            lines[k] = (struct ledger_line){
                .account = (enum account_role)dice(&seed, ACCOUNT_INVENTORY), .amount = {amount}};
            if (lines[k].account == ACCOUNT_RECEIVABLE)
                lines[k].account = ACCOUNT_EQUITY;
            sum += amount;
            model[lines[k].account] += amount;
            moved += amount > 0 ? amount : 0;
        }
        assert_int_equal(post(t, day_add(TODAY, (int)dice(&seed, DAYS)), lines, LINES, &entry), OK);
    }
    for (unsigned role = 0; role < ACCOUNT_ROLE_COUNT; role++)
        assert_int_equal(balance_of(t, (enum account_role)role), model[role]);
    assert_int_equal(ask_number(t, "SELECT sum(debit) FROM account_day"), moved);
    assert_int_equal(ask_number(t, "SELECT sum(credit) FROM account_day"), moved);
    assert_books_agree(t);
}

/* ---- reading ---- */

static void the_trial_balance_is_that_of_the_day(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {
        {ACCOUNT_CASH, USD(10, 0), {0}},
        {ACCOUNT_EQUITY, USD(-10, 0), {0}},
    };
    struct entry_id entry = {0};
    struct trial_balance before;
    struct trial_balance now;
    const struct trial_balance_query yesterday = {{"2026-11-23"}};
    const struct trial_balance_query today = {DAY_NONE};

    assert_int_equal(post(t, (struct day){"2026-11-23"}, lines, 2, &entry), OK);
    (void)post_pair(t, ACCOUNT_BANK, ACCOUNT_CASH, USD(7, 50));
    expect_ok(t, &ledger_trial_balance_op, &yesterday, &before);
    expect_ok(t, &ledger_trial_balance_op, &today, &now);

    assert_int_equal(before.accounts.count, 2);
    assert_int_equal(before.debit.cents, 1000);
    assert_int_equal(now.accounts.count, 3);
    assert_string_equal(now.as_of.iso, "2026-11-24");
    assert_int_equal(now.debit.cents, 1000);
    assert_int_equal(now.credit.cents, 1000);
    const struct trial_balance_row *row = now.accounts.at;
    assert_int_equal(row[0].account.v, 1010);
    assert_int_equal(row[0].debit.cents, 250);
    assert_int_equal(row[1].debit.cents, 750);
    assert_int_equal(row[2].kind, ACCOUNT_KIND_EQUITY);
    assert_int_equal(row[2].credit.cents, 1000);
    assert_int_equal(row[2].debit.cents, 0);
}

static void the_chart_shows_balances_in_their_own_direction(void **state)
{
    struct shop_test *t = *state;
    const struct {
        struct list_query query;
    } in = {.query = {.search = "equity"}}, all = {.query = {.limit = 10000}};
    struct page page;

    (void)post_pair(t, ACCOUNT_CASH, ACCOUNT_EQUITY, USD(5, 0));
    expect_ok(t, &ledger_account_list_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    const struct account_row *row = page.rows.at;
    assert_string_equal(row->name, "Owner's equity");
    assert_string_equal(row->role, "equity");
    assert_int_equal(row->balance.cents, 500);
    expect_ok(t, &ledger_account_list_op, &all, &page);
    assert_int_equal(page.rows.count, ask_number(t, "SELECT count(*) FROM account"));
}

static void entries_are_found_by_account_and_day_and_shown_with_their_lines(void **state)
{
    struct shop_test *t = *state;
    struct entry_list in = {.query = {.search = ""}};
    struct page page;
    struct entry entry;

    (void)post_pair(t, ACCOUNT_CASH, ACCOUNT_EQUITY, USD(5, 0));
    const struct entry_id second = post_pair(t, ACCOUNT_BANK, ACCOUNT_CASH, USD(2, 0));
    expect_ok(t, &ledger_entry_list_op, &in, &page);
    assert_int_equal(page.rows.count, 2);
    assert_int_equal(((const struct entry_row *)page.rows.at)->id.v, second.v); /* newest first */
    assert_int_equal(((const struct entry_row *)page.rows.at)->amount.cents, 200);
    in.account = (struct account_id){3010};
    expect_ok(t, &ledger_entry_list_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    in = (struct entry_list){.to_on = {"2026-11-23"}};
    expect_ok(t, &ledger_entry_list_op, &in, &page);
    assert_int_equal(page.rows.count, 0);
    in = (struct entry_list){.query = {.search = "a test", .sort = "id", .limit = 1}};
    expect_ok(t, &ledger_entry_list_op, &in, &page);
    assert_int_equal(page.total, 2);

    expect_ok(t, &ledger_entry_show_op, &(struct entry_query){second}, &entry);
    assert_int_equal(entry.lines.count, 2);
    const struct entry_line_row *line = entry.lines.at;
    assert_int_equal(line[0].debit.cents, 200);
    assert_int_equal(line[1].credit.cents, 200);
    expect_status(t, &ledger_entry_show_op, &(struct entry_query){{99}}, &entry, ERR_NOT_FOUND);
    assert_says(t, "There is no ledger entry 99. See the list of entries.");
}

static void the_proof_says_what_it_has_looked_at(void **state)
{
    struct shop_test *t = *state;
    struct ledger_proof proof;

    (void)post_pair(t, ACCOUNT_CASH, ACCOUNT_EQUITY, USD(5, 0));
    expect_ok(t, &ledger_prove_op, NULL, &proof);
    assert_int_equal(proof.entries, 1);
    assert_int_equal(proof.receivable.cents, 0);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &ledger_prove_op, NULL, &proof, ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_new_shop_has_one_account_for_every_role),
        SHOP_TEST(an_entry_moves_every_account_it_names),
        SHOP_TEST(two_lines_on_one_account_make_one_day_sum),
        SHOP_TEST(an_entry_that_does_not_balance_leaves_nothing),
        SHOP_TEST(an_entry_beyond_all_numbers_is_refused),
        SHOP_TEST(an_entry_of_nothing_is_none),
        SHOP_TEST(a_role_without_account_is_named),
        SHOP_TEST(a_posted_entry_never_changes),
        SHOP_TEST(an_entry_with_one_line_is_not_posted),
        SHOP_TEST(the_proof_names_what_differs),
        SHOP_TEST(a_merged_customers_lines_count_for_the_one_that_is_kept),
        SHOP_TEST(two_thousand_random_entries_add_up),
        SHOP_TEST(the_trial_balance_is_that_of_the_day),
        SHOP_TEST(the_chart_shows_balances_in_their_own_direction),
        SHOP_TEST(entries_are_found_by_account_and_day_and_shown_with_their_lines),
        SHOP_TEST(the_proof_says_what_it_has_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
