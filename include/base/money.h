/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_MONEY_H
#define PITLANE_BASE_MONEY_H

/* Exact money. Cents, thousandths and parts per million in 64-bit integers; every operation is
 * checked for overflow; rounding is half away from zero (trade rules, section 2). No floats. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct money {
    int64_t cents;
};
/* Quantities and hours: thousandths. */
struct qty {
    int64_t thousandths;
};
/* A rate or percentage: parts per million. 8.875 % is 88,750. */
struct rate {
    int64_t ppm;
};

#define MONEY_ZERO           ((struct money){0})
#define USD(dollars, cents_) ((struct money){(int64_t)(dollars)*100 + (cents_)})

/* Overflow is ERR_INVALID; the callers name the field. Results are untouched on failure. */
status money_add(struct money a, struct money b, struct money *ret) MUST_USE;
status money_sub(struct money a, struct money b, struct money *ret) MUST_USE;
status money_sum(const struct money *items, size_t count, struct money *ret) MUST_USE;
/* round(unit x quantity) */
status money_times_qty(struct money unit, struct qty quantity, struct money *ret) MUST_USE;
/* round(amount x rate) */
status money_times_rate(struct money amount, struct rate rate, struct money *ret) MUST_USE;
/* round(amount x part / whole); whole must not be 0. For averages and shares. */
status money_share(struct money amount, int64_t part, int64_t whole, struct money *ret) MUST_USE;

/* Below 0, 0 or above 0 as a x b is less than, equal to or more than c x d: compares shares without
 * dividing. */
int money_compare_products(int64_t a, int64_t b, int64_t c, int64_t d);

/* Spreads `amount` over `count` weights exactly: each share is in proportion, the odd cents go by
 * largest remainder, ties to the earlier. All weights >= 0; when all are 0 the amount must be 0. */
status money_spread(struct money amount, const struct money *weights, size_t count,
                    struct money *ret_shares) MUST_USE;

static inline struct money money_negate(struct money a)
{
    return (struct money){-a.cents};
}
static inline struct money money_min(struct money a, struct money b)
{
    return a.cents < b.cents ? a : b;
}
static inline struct money money_max(struct money a, struct money b)
{
    return a.cents > b.cents ? a : b;
}

#define NUMBER_TEXT_MAX 32

/* "602.01"; negative "-3.50". Plain is for JSON and CSV; shown has grouping: "1,234.50". */
const char *money_text(struct money amount, char ret_text[NUMBER_TEXT_MAX]);
const char *money_show(struct money amount, char ret_text[NUMBER_TEXT_MAX]);
/* Shortest exact text: "2.5", "5", "0.125". */
const char *qty_text(struct qty quantity, char ret_text[NUMBER_TEXT_MAX]);
/* In percent: "6.25" for 62,500 ppm. */
const char *rate_text(struct rate rate, char ret_text[NUMBER_TEXT_MAX]);

/* Parsers take "12", "12.5", "$1,234.50", "-3", blanks around. ERR_INVALID with a sentence (no
 * field) for anything else, for more decimals than the type holds and for values out of range. */
status money_parse(const char *text, struct money *ret, struct fault *fault) MUST_USE;
status qty_parse(const char *text, struct qty *ret, struct fault *fault) MUST_USE;
status rate_parse(const char *text, struct rate *ret, struct fault *fault) MUST_USE;
status number_parse(const char *text, int64_t *ret, struct fault *fault) MUST_USE;

/* The largest amounts a person may enter: ten digits before the point. */
#define MONEY_MAX_CENTS     INT64_C(999999999999)
#define QTY_MAX_THOUSANDTHS INT64_C(999999999999)

#endif
