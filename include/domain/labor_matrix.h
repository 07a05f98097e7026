/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LABOR_MATRIX_H
#define PITLANE_DOMAIN_LABOR_MATRIX_H

/* What an hour of labor is sold for (trade rules, section 2). First the labor rate: the line's,
 * else the job's, the vehicle's, the customer's, the shop's standard. Then, by the hours of the
 * line, a tier of a labor matrix: the rate times a multiplier, to the nearest cent, half away from
 * zero, or a rate of its own. The matrix is the customer's, else the labor rate's, else the shop's;
 * its tiers cover all hours without gap or overlap. Files: labor_price.c (from hours to a price),
 * labor_matrix.c (the records). */

#include "domain/matrix.h"

/* From these hours to below those; a multiplier, or a rate. */
struct labor_tier {
    struct qty hours_from;
    struct qty hours_to;   /* NUMBER_NONE: no end */
    struct qty multiplier; /* NUMBER_NONE: by rate */
    struct money rate;     /* an hour; NUMBER_NONE: by multiplier */
};
struct labor_matrix {
    struct labor_matrix_id id;
    const char *name; /* "The shop", the labor rate's or the customer's name */
    struct customer_id customer;
    struct rate_class_id rate_class;
    struct rows tiers; /* of struct labor_tier, by hours */
    int64_t revision;
};

/* What labor-matrix.add takes (labor_matrix and revision 0; neither customer nor rate_class: the
 * shop's), and labor-matrix.set, which changes the tiers. */
struct labor_matrix_entry {
    struct labor_matrix_id labor_matrix;
    struct customer_id customer;
    struct rate_class_id rate_class;
    struct rows tiers;
    int64_t revision;
};
struct labor_matrix_key {
    struct labor_matrix_id labor_matrix;
};
struct labor_matrix_list {
    struct list_query query;
};
struct labor_matrix_row {
    struct labor_matrix_id id;
    const char *name;
    const char *whose; /* "the shop", "a labor rate", "a customer" */
    int64_t tiers;
    int64_t revision;
};

/* What is asked for labor; any may be 0. */
struct labor_question {
    struct rate_class_id line, job;
    struct vehicle_id vehicle;
    struct customer_id customer;
    struct qty hours;
};
/* labor-matrix.try: the same, as a person asks. */
struct labor_try {
    struct qty hours;
    struct rate_class_id rate_class;
    struct vehicle_id vehicle;
    struct customer_id customer;
};
struct labor_price {
    struct money rate;    /* an hour */
    enum price_rule rule; /* PRICE_RULE_RATE or PRICE_RULE_LABOR_MATRIX */
    const char *why;      /* the rate, whose it is, and what the tier made of it */
};

/* Two look-ups by index. Refuses a rate beyond what an amount may be, at the field `hours`. */
status labor_find_price(struct session *s, const struct labor_question *question,
                        struct labor_price *ret) MUST_USE;

/* One tier on a rate. ERR_INVALID when it is too large. */
status labor_tier_apply(const struct labor_tier *tier, struct money rate,
                        struct money *ret_rate) MUST_USE;

extern const struct op labor_matrix_list_op, labor_matrix_show_op, labor_matrix_add_op,
    labor_matrix_set_op, labor_matrix_remove_op, labor_matrix_try_op;

#endif
