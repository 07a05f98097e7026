/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DEMO_H
#define PITLANE_DOMAIN_DEMO_H

/* The demo shop: fictional people, vehicles whose VINs decode, a year of repair orders in every
 * state. The same seed gives the same shop. */

#include "domain/session.h"

struct demo_account {
    const char *login, *name, *role;
};
/* One for each role; all sign in with demo_password. */
extern const struct demo_account demo_accounts[5];
extern const char demo_password[];
/* Who works there has a badge and this PIN; one kiosk is enrolled: terminal_demo_secret. */
extern const char demo_pin[];

/* What the demo shop charges, for a new shop that wants to begin likewise: its taxes as one rate
 * and the labor rate; then what it charges for supplies, with their text. */
struct shop;
struct shop_opening;
void demo_prices(struct shop_opening *opening);
void demo_supplies(struct shop *shop);

struct demo_options {
    int64_t customers; /* 0: 300; vehicles are half as many again */
    uint64_t seed;     /* 0: 1 */
    /* Called now and then; false stops: ERR_CANCELLED. May be NULL. */
    bool (*progress)(void *context, int64_t done, int64_t total);
    void *context;
};

/* Fills a file that holds no shop yet. The session has store, arena and clock, and is as it was
 * afterwards. The file is of no use after a failure: the caller removes it. */
status demo_fill(struct session *s, const struct demo_options *options) MUST_USE;

#endif
