/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_ORDERS_H
#define PITLANE_TESTS_DOMAIN_ORDERS_H

/* Repair orders that tests of several nouns are given: a customer with a vehicle, parts, a canned
 * job, and operations as the command line would call them. */

#include "calls.h"
#include "customers.h"

#include "domain/canned_job.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "domain/setting.h"
#include "domain/vehicle.h"

/* One operation from JSON, with the order that comes back. */
static inline struct order PRINTF_LIKE(3, 4)
    change(struct shop_test *t, const struct op *op, const char *json, ...)
{
    struct order order;
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_ok(t, op, input_json(t, op, text), &order);
    return order;
}

static inline struct order order_of(struct shop_test *t, int64_t id)
{
    return change(t, &order_show_op, "{\"order\":%lld}", (long long)id);
}
static inline const struct order_job *job_of(const struct order *order, size_t position)
{
    assert_true(position >= 1 && position <= order->jobs.count);
    return (const struct order_job *)order->jobs.at + (position - 1);
}
static inline const struct order_line *line_of(const struct order *order, size_t job, size_t line)
{
    const struct order_job *at = job_of(order, job);

    assert_true(line >= 1 && line <= at->lines.count);
    return (const struct order_line *)at->lines.at + (line - 1);
}
static inline long long job_id_of(const struct order *order, size_t position)
{
    return (long long)job_of(order, position)->id.v;
}
static inline long long line_id_of(const struct order *order, size_t job, size_t line)
{
    return (long long)line_of(order, job, line)->id.v;
}

/* Customer 1 with vehicle 1, Maria's Accord, last read at 112,000 miles. */
static inline void given_maria_and_her_accord(struct shop_test *t)
{
    assert_int_equal(given_customer(t, MARIA).v, 1);
    expect_ok(t, &vehicle_add_op,
              input_json(t, &vehicle_add_op,
                         "{\"customer\":1,\"year\":2014,\"make\":\"Honda\",\"model\":\"Accord\","
                         "\"plate\":\"7ABC123\",\"plate_state\":\"CA\",\"odometer_mi\":112000}"),
              NULL);
}

/* Three jurisdictions on parts and supplies, 6 % supplies on labor with a cap: worked example A. */
static inline void given_taxes_and_supplies(struct shop_test *t)
{
    run_sql(t, "DELETE FROM tax");
    run_sql(t, "INSERT INTO tax (position, name, rate, classes) VALUES"
               " (1, 'State', 62500, 'part supplies'), (2, 'County', 10000, 'part supplies'),"
               " (3, 'City', 12500, 'part supplies')");
    run_sql(t, "UPDATE shop SET supplies_ppm = 60000, supplies_on = 'labor', supplies_cap = 3500,"
               " supplies_taxable = 1");
}

static inline void given_parts(struct shop_test *t)
{
    expect_ok(t, &part_add_op,
              input_json(t, &part_add_op,
                         "{\"sku\":\"BP-1210\",\"name\":\"Brake pads\",\"price\":\"89.95\","
                         "\"cost\":\"38.00\"}"),
              NULL);
    expect_ok(t, &part_add_op,
              input_json(t, &part_add_op,
                         "{\"sku\":\"OIL-Q\",\"name\":\"0W-20 oil, quart\",\"price\":\"7.49\","
                         "\"cost\":\"4.10\"}"),
              NULL);
}

/* The Accord written up, without a job. */
static inline struct order given_order(struct shop_test *t)
{
    given_maria_and_her_accord(t);
    return change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":112340}");
}

/* One job of 2.5 hours, two brake pads and 5.5 quarts of oil: worked example A but its discount. */
static inline struct order given_brake_job(struct shop_test *t)
{
    struct order order = given_order(t);

    given_parts(t);
    given_taxes_and_supplies(t);
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Front brakes\"}",
                   (long long)order.id.v);
    const long long job = job_id_of(&order, 1);
    change(t, &line_add_labor_op, "{\"job\":%lld,\"hours\":\"2.5\",\"taxable\":false}", job);
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"bp-1210\",\"quantity\":\"2\"}", job);
    return change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"5.5\"}",
                  job);
}

static inline struct order authorize(struct shop_test *t, int64_t order)
{
    return change(t, &order_authorize_op, "{\"order\":%lld}", (long long)order);
}

/* Labor, price 100.00: a second, third … job that needs nothing else. */
static inline struct order given_another_job(struct shop_test *t, int64_t order, const char *title)
{
    const struct order with =
        change(t, &job_add_op, "{\"order\":%lld,\"title\":\"%s\"}", (long long)order, title);

    return change(t, &line_add_labor_op,
                  "{\"job\":%lld,\"hours\":\"1\",\"rate\":\"100.00\",\"taxable\":false}",
                  job_id_of(&with, with.jobs.count));
}

#endif
