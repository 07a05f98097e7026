/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CANNED_QUOTE_H
#define PITLANE_DOMAIN_CANNED_QUOTE_H

/* What a canned job comes to today, line by line, before it is on any order. */

#include "domain/canned_job.h"
#include "domain/matrix.h"

/* A line of it with today's price. */
struct canned_quote_line {
    int64_t line; /* from 1 */
    enum line_kind kind;
    const char *description, *sku;
    struct qty quantity;
    struct money price; /* an hour or a unit */
    bool is_today;      /* today's; else the one written in the job */
    bool is_open;       /* a part that is chosen at write-up: no price yet */
    struct money amount;
    struct money cost; /* of the line; right costs:view */
    enum price_rule price_rule;
    const char *price_why; /* right costs:view */
};
struct canned_quote {
    struct canned_job_id id;
    const char *code, *title, *concern, *correction;
    struct rows lines; /* of struct canned_quote_line */
    struct qty hours;
    struct money labor, parts, others; /* others: sublet and fees; none with cores */
    struct money cores;                /* on top */
    struct money sum;                  /* of labor, parts and others, as the lines come to */
    struct money menu_price;           /* NUMBER_NONE: none */
    struct money difference;           /* by so much it raises labor, or lowers it */
    struct money total;                /* the menu price, else the sum */
    struct money cost, profit;         /* right costs:view; profit of the total */
    struct instant archived_at;
    int64_t revision;
};
extern const struct shape canned_quote_shape, canned_quote_line_shape;

/* canned-job.quote: by number or code, at a customer's and a vehicle's prices or anybody's. */
struct canned_quote_ask {
    struct canned_job_id canned_job;
    const char *code;
    struct customer_id customer;
    struct vehicle_id vehicle;
};

extern const struct op canned_job_quote_op;

#endif
