/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_RECEIPT_INNER_H
#define PITLANE_DOMAIN_RECEIPT_INNER_H

/* A delivery on its way to the shelf and into the books. */

#include "domain/stock.h"
#include "purchase_inner.h"

/* One line of the delivery on its way. */
struct coming {
    const struct purchase_line *line;
    struct part part; /* id 0: from outside the catalog */
    struct qty quantity;
    struct money cost, amount, freight, core;
    const char *bin;
};
struct delivery {
    const struct purchase_receive *in;
    struct purchase_head head;
    struct rows lines; /* of struct purchase_line, the order's */
    struct coming *coming;
    size_t count;
    struct money total, cores;
    struct receipt_id id;
    struct stock_effect stock;
    struct money accrued; /* from outside the catalog, as the invoice will take it */
    struct money used;    /* the same, what nobody's invoice will take */
    const char *warning;
};

/* Fills `coming` with what the input says came, or where it names nothing, with all that is still
 * to come. Refuses what is not on the order, and too much of it unless the input allows that. */
status receipt_take_lines(struct session *s, struct delivery *d) MUST_USE;

#endif
