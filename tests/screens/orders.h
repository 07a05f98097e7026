/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_SCREENS_ORDERS_H
#define PITLANE_TESTS_SCREENS_ORDERS_H

/* Orders that tests of the shop's main screens are given. */

#include "desk_test.h"
#include "domain/order.h"
#include "screens/order_page.h"

/* An operation by name and JSON; the id of what comes back. */
static inline int64_t done(struct desk_test *t, const char *name, const char *json)
{
    struct shop_test *shop = t->shop;
    const struct op *op = op_find(name);
    int64_t id = 0;

    if (op == NULL)
        fail_msg("There is no operation %s.", name);
    void *out = op->out != NULL ? arena_alloc(&shop->arena, op->out->size + 64) : NULL;
    expect_ok(shop, op, input_json(shop, op, json), out);
    if (out != NULL)
        memcpy(&id, out, sizeof id);
    return id;
}
#define DONE(t, name, ...) done((t), (name), arena_printf(&(t)->shop->arena, __VA_ARGS__))

/* Two canned jobs and three parts. */
static inline void given_catalog(struct desk_test *t)
{
    DONE(t, "part.add",
         "{\"sku\": \"OIL-0W20\", \"name\": \"0W-20 oil, quart\", \"price\": \"7.49\","
         " \"cost\": \"4.10\"}");
    DONE(t, "part.add",
         "{\"sku\": \"BP-1210\", \"name\": \"Pads, ceramic\", \"price\": \"89.95\","
         " \"cost\": \"41.00\"}");
    DONE(t, "part.add",
         "{\"sku\": \"AF-20\", \"name\": \"Cabin air filter\", \"price\": \"24.00\","
         " \"cost\": \"11.00\"}");
    DONE(t, "canned-job.add",
         "{\"code\": \"OIL\", \"title\": \"Oil service, synthetic\", \"lines\": ["
         "{\"kind\": \"labor\", \"description\": \"Oil and filter\", \"quantity\": \"0.5\"},"
         "{\"kind\": \"part\", \"part\": 1, \"quantity\": \"5\"}]}");
    DONE(t, "canned-job.add",
         "{\"code\": \"BRKF\", \"title\": \"Front brakes\", \"concern\": \"Squeals when braking\","
         " \"lines\": ["
         "{\"kind\": \"labor\", \"description\": \"Pads and rotors\", \"quantity\": \"2.5\"},"
         "{\"kind\": \"part\", \"part\": 2, \"quantity\": \"2\"}]}");
}

/* Maria's Accord, promised for three in the afternoon. */
static inline int64_t given_order(struct desk_test *t)
{
    return DONE(t, "estimate.start",
                "{\"vehicle\": 1, \"odometer_mi\": 112400, \"key_tag\": \"17\","
                " \"promised_at\": \"2026-11-24T23:00:00Z\"}");
}

static inline void given_jobs(struct desk_test *t, int64_t order)
{
    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"code\": \"OIL\"}", (long long)order);
    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"code\": \"BRKF\"}", (long long)order);
}

static inline void open_order(struct desk_test *t, int64_t order)
{
    order_page_open(t->desk, (struct order_id){order});
    keys(t, "");
}

/* Everything that waits is authorized, worked on and checked. */
static inline void given_work_done(struct desk_test *t, int64_t order)
{
    DONE(t, "estimate.authorize", "{\"order\": %lld, \"method\": \"in_person\"}", (long long)order);
    const int64_t jobs = ask_number(t->shop, "SELECT count(*) FROM job");
    for (int64_t job = 1; job <= jobs; job++) {
        DONE(t, "job.start", "{\"job\": %lld}", (long long)job);
        DONE(t, "job.done", "{\"job\": %lld}", (long long)job);
    }
    DONE(t, "order.check", "{\"order\": %lld}", (long long)order);
}

/* An order of two jobs, invoiced: 669.19 are due. */
static inline int64_t given_invoice(struct desk_test *t)
{
    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    given_work_done(t, order);
    return DONE(t, "invoice.post", "{\"order\": %lld}", (long long)order);
}

#endif
