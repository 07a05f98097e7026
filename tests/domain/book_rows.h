/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_BOOK_ROWS_H
#define PITLANE_TESTS_DOMAIN_BOOK_ROWS_H

/* Customers and finished orders as bare rows, for tests that post thousands of them or need states
 * that no operation leads to. */

#include "books.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/stock.h"

/* A customer; the first one is number 1. */
static inline void given_customer(struct shop_test *t, const char *name, int64_t terms_days)
{
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO customer (name, name_key, last_name, terms_days,\n"
                            "created_at) VALUES ('%s', '%s', '%s', %lld, 0)",
                            name, name, name, (long long)terms_days));
}

/* An authorized order of one finished job: an hour of labor at this price. */
static inline struct order_id given_done_order(struct shop_test *t, struct customer_id customer,
                                               struct money price)
{
    struct order_id order = {1 + ask_number(t, "SELECT ifnull(max(id), 10000) FROM repair_order")};

    run_sql(t,
            arena_printf(&t->arena,
                         "INSERT INTO repair_order (id, customer, opened_at, state, authorized)\n"
                         "VALUES (%lld, %lld, 0, 'quality_check', %lld)",
                         (long long)order.v, (long long)customer.v, (long long)price.cents));
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO job (repair_order, position, title, state)\n"
                            "VALUES (%lld, 1, 'Work', 'done')",
                            (long long)order.v));
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO line (job, position, kind, description, quantity, price)\n"
                            "SELECT max(id), 1, 'labor', 'An hour', 1000, %lld FROM job",
                            (long long)price.cents));
    return order;
}

static inline void given_taxes_of_the_worked_example(struct shop_test *t)
{
    run_sql(t, "UPDATE shop SET supplies_ppm = 60000, supplies_on = 'labor', supplies_cap = 3500,\n"
               "supplies_taxable = 1, supplies_text = 'Supplies: 6 % of labor, at most 35.00.',\n"
               "invoice_terms = 'Thank you.', warranty_text = '12 months or 12,000 miles.'");
    run_sql(t, "DELETE FROM tax");
    run_sql(t,
            "INSERT INTO tax (position, name, rate, classes)\n"
            "VALUES (1, 'State', 62500, 'part supplies'), (2, 'County', 10000, 'part supplies'),\n"
            "(3, 'City', 12500, 'part supplies')");
}

static inline void given_no_taxes(struct shop_test *t)
{
    run_sql(t, "DELETE FROM tax");
}

/* A part of the catalog with this on its shelf, bought on account. */
static inline void given_part(struct shop_test *t, const char *sku, struct qty on_hand,
                              struct money value)
{
    const struct ledger_line lines[] = {
        {ACCOUNT_INVENTORY, value, {0}},
        {ACCOUNT_EQUITY, money_negate(value), {0}},
    };
    struct entry_id entry;

    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO part (sku, name, name_key) VALUES ('%s', '%s', '%s')", sku,
                            sku, sku));
    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(stock_put(&t->session,
                               (struct part_id){ask_number(t, "SELECT max(id) FROM part")},
                               STOCK_RECEIVE, on_hand, value, "Opening"),
                     OK);
    assert_int_equal(ledger_post(&t->session, session_today(&t->session), "stock", 0, "Opening",
                                 lines, COUNT_OF(lines), &entry),
                     OK);
    assert_int_equal(store_commit(t->store), OK);
}

static inline struct order_id given_order(struct shop_test *t, int64_t customer)
{
    const struct order_id order = {
        1 + ask_number(t, "SELECT ifnull(max(id), 10000) FROM repair_order")};

    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO repair_order (id, customer, opened_at, state, writer)\n"
                            "VALUES (%lld, %lld, 0, 'quality_check', 1)",
                            (long long)order.v, (long long)customer));
    return order;
}

static inline void given_job(struct shop_test *t, struct order_id order, const char *title,
                             const char *state)
{
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO job (repair_order, position, title, state)\n"
                            "SELECT %lld, count(*) + 1, '%s', '%s' FROM job\n"
                            "WHERE repair_order = %lld",
                            (long long)order.v, title, state, (long long)order.v));
}

/* A line of the newest job; part 0 for one that is not in the catalog. */
/* Sublet work with a cost is somebody's. */
static inline void given_line(struct shop_test *t, const char *kind, int64_t quantity,
                              int64_t price, int64_t cost, int64_t part)
{
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO line (job, position, kind, description, part, quantity,\n"
                            "                  price, cost)\n"
                            "SELECT (SELECT max(id) FROM job), count(*) + 1, '%s', 'A %s',\n"
                            "       nullif(%lld, 0), %lld, %lld, %lld\n"
                            "FROM line WHERE job = (SELECT max(id) FROM job)",
                            kind, kind, (long long)part, (long long)quantity, (long long)price,
                            (long long)cost));
    if (strcmp(kind, "sublet") != 0 || cost == 0)
        return;
    run_sql(t, "INSERT INTO vendor (name, name_key)\n"
               "SELECT 'Machine shop', 'machine shop' WHERE NOT EXISTS (SELECT 1 FROM vendor)");
    run_sql(t, "UPDATE line SET vendor = (SELECT min(id) FROM vendor)\n"
               "WHERE id = (SELECT max(id) FROM line)");
}

/* Prices the order; the customer has agreed to what it comes to, less or more. */
static inline struct money given_authorized(struct shop_test *t, struct order_id order,
                                            int64_t more)
{
    const struct session kept = t->session;
    struct order page;

    assert_int_equal(store_begin_write(t->store), OK);
    if (order_settle(&t->session, order, 0) != OK || order_get(&t->session, order, &page) != OK)
        fail_msg("%s", t->session.fault.text);
    assert_int_equal(store_commit(t->store), OK);
    t->session = kept;
    run_sql(t, arena_printf(&t->arena, "UPDATE repair_order SET authorized = %lld WHERE id = %lld",
                            (long long)(page.total.cents + more), (long long)order.v));
    return page.total;
}

static inline struct order_id given_labor_order(struct shop_test *t, int64_t price)
{
    const struct order_id order = given_order(t, 1);

    given_job(t, order, "Work", "done");
    given_line(t, "labor", 1000, price, 0, 0);
    (void)given_authorized(t, order, 0);
    return order;
}

#endif
