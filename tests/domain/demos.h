/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_DEMOS_H
#define PITLANE_TESTS_DOMAIN_DEMOS_H

/* Demo shops in memory. */

#include "shop.h"

#include "domain/demo.h"
#include "domain/opening.h"
#include "domain/secret.h"

static inline struct shop_test *open_empty(void)
{
    struct shop_test *t = mem_alloc(sizeof *t);
    const struct store_options options = shop_store_options(true);
    struct fault fault = {0};

    *t = (struct shop_test){0};
    secret_use_weak_hashes(true);
    setenv("TZ", "America/Los_Angeles", 1);
    if (store_open(":memory:", &options, &fault, &t->store) != OK)
        fail_msg("%s", fault.text);
    t->keys = key_ring_make();
    t->session = (struct session){.store = t->store,
                                  .keys = t->keys,
                                  .arena = &t->arena,
                                  .clock = {.fixed = SHOP_TEST_NOW},
                                  .terminal = "test"};
    store_report_to(t->store, &t->session.fault);
    return t;
}

static inline struct shop_test *given_demo(int64_t customers, uint64_t seed)
{
    struct shop_test *t = open_empty();
    const struct demo_options options = {.customers = customers, .seed = seed};

    if (demo_fill(&t->session, &options) != OK)
        fail_msg("%s [%s]", t->session.fault.text, t->session.fault.field);
    return t;
}

static inline void close_demo(struct shop_test *t)
{
    void *state = t;

    shop_test_close(&state);
}

#endif
