/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_COUNTER_H
#define PITLANE_SCREENS_COUNTER_H

/* The counter's state, shared by what it does (counter.c) and how it looks (counter_draw.c). */

#include "domain/customer.h"
#include "domain/order.h"
#include "domain/vehicle.h"
#include "inner.h"

struct counter {
    struct editor box;
    bool in_rows; /* Enter has moved the cursor from the box to the rows */
    bool stale;   /* the box changed since `rows` were found */
    bool old;     /* somebody changed the shop's data */
    struct arena arena;
    struct rows found;  /* of struct found_row, for what is in the box */
    struct rows orders; /* of struct order_row: open ones, while the box is empty */
    struct loading today;
    struct loading alerts; /* of struct part_alerts */
    struct loading open;   /* of struct day_unclosed */
    const char *drafts;    /* what is unfinished, or NULL */
    size_t selected;
    size_t top; /* first line shown */
};

/* Rows a person can stand on: found ones, or the open orders. */
size_t counter_count(const struct counter *counter);
void counter_draw(struct view *view, struct area body);
/* What to say when nothing is found: what this person can do then. */
const char *counter_nothing(const struct counter *counter, const struct desk *desk);

#endif
