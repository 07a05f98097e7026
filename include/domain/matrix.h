/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_MATRIX_H
#define PITLANE_DOMAIN_MATRIX_H

/* What a catalog part is sold for, by what it costs (trade rules, section 2). A matrix is the
 * shop's, a category's or a customer's; its tiers cover every cost without gap or overlap. Files:
 * matrix_price.c (from a cost to a price), matrix.c (the records).
 *
 * A price is made in two steps: times the multiplier, or cost / (1 - GP), to the nearest cent, half
 * away from zero; then up to the next price that ends as the matrix says, which may be this one.
 * Never to the nearest, so that a tier yields at least what it promises: 69.17 is 69.99, not 68.99.
 * A cost of 0 says nothing about a price: no matrix is asked. */

#include "domain/op.h"

enum matrix_rounding { ROUND_CENT, ROUND_95, ROUND_99 };
/* What a price came from; none: neither labor nor a part of the catalog, or written up before this
 * was kept. */
enum price_rule {
    PRICE_RULE_NONE,
    PRICE_RULE_MANUAL,
    PRICE_RULE_CONTRACT,
    PRICE_RULE_CUSTOMER,
    PRICE_RULE_CATEGORY,
    PRICE_RULE_SHOP,
    PRICE_RULE_LIST,
    PRICE_RULE_RATE,         /* labor: its rate (labor_matrix.h) */
    PRICE_RULE_LABOR_MATRIX, /* … and what its hours made of it */
    PRICE_RULE_MENU          /* labor: what its job's menu price leaves for it */
};
extern const struct choices matrix_rounding_choices, price_rule_choices;

/* From this unit cost to below that one; a multiplier, or a target gross profit. */
struct matrix_tier {
    struct money cost_from;
    struct money cost_to;  /* NUMBER_NONE: no end */
    struct qty multiplier; /* NUMBER_NONE: by gross profit */
    struct rate gp_ppm;    /* NUMBER_NONE: by multiplier */
};
struct parts_matrix {
    struct matrix_id id;
    const char *name; /* "The shop", the category or the customer's name */
    struct customer_id customer;
    const char *category;
    enum matrix_rounding rounding;
    struct rows tiers; /* of struct matrix_tier, by cost */
    int64_t revision;
};

/* What matrix.add takes (matrix and revision 0; neither customer nor category: the shop's), and
 * matrix.set, which changes rounding and tiers. */
struct matrix_entry {
    struct matrix_id matrix;
    struct customer_id customer;
    const char *category;
    enum matrix_rounding rounding;
    struct rows tiers;
    int64_t revision;
};
struct matrix_key {
    struct matrix_id matrix;
};
struct matrix_list {
    struct list_query query;
};
struct matrix_row {
    struct matrix_id id;
    enum price_rule rule; /* whose it is */
    const char *name;
    int64_t tiers;
    enum matrix_rounding rounding;
    int64_t revision;
};
/* matrix.try: a part, or a cost and a category. */
struct matrix_try {
    struct money cost; /* NUMBER_NONE: the part's */
    const char *sku;
    struct customer_id customer;
    const char *category; /* "": the part's */
};

struct matrix_price {
    struct money price;
    enum price_rule rule;
    const char *why; /* the figures it was made of; they tell the cost: right costs:view */
};

/* What is asked for a part: the customer may be 0. */
struct matrix_question {
    struct customer_id customer;
    struct part_id part; /* 0: of the category */
    const char *category;
    struct money cost; /* a unit */
    struct money list; /* charged where no matrix is */
};
/* What was agreed with the customer (contract.h), else the customer's matrix, else the category's,
 * else the shop's, else the list price: at most two look-ups by index. Refuses a price beyond what
 * an amount may be, at the field `cost`. */
status matrix_find_price(struct session *s, const struct matrix_question *question,
                         struct matrix_price *ret) MUST_USE;

/* One tier on a cost: before and after the rounding rule. ERR_INVALID when it is too large. */
status matrix_apply(const struct matrix_tier *tier, enum matrix_rounding rounding,
                    struct money cost, struct money *ret_exact, struct money *ret_price) MUST_USE;

extern const struct op matrix_list_op, matrix_show_op, matrix_add_op, matrix_set_op,
    matrix_remove_op, matrix_try_op;

#endif
