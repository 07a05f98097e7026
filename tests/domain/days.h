/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_DAYS_H
#define PITLANE_TESTS_DOMAIN_DAYS_H

/* Other days of the shop's calendar, for tests of what time does to documents. */

#include "shop.h"

/* The same time so many days later; everybody has signed in and shown his password again. */
static inline void days_later(struct shop_test *t, int64_t days)
{
    const long long seconds = (long long)days * 86400;

    t->session.clock.fixed += seconds;
    t->session.access_until = INSTANT_NONE;
    t->session.confirmed_at = session_now(&t->session);
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE session\n"
                            "SET ends_at = ends_at + %lld,\n"
                            "  confirmed_at = ifnull(confirmed_at, started_at) + %lld",
                            seconds, seconds));
}

/* So many days after the one the shop was opened on. */
static inline void on_day(struct shop_test *t, int64_t days)
{
    days_later(t, days - (t->session.clock.fixed - SHOP_TEST_NOW) / 86400);
}

#endif
