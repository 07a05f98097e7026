/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PRICE_H
#define PITLANE_DOMAIN_PRICE_H

/* Pricing of a repair order as pure functions: no database, no session, no clock. Rules: round half
 * away from zero; each discount level applies to what the level before left (line, job, order), and
 * several of one level one after the other; supplies after discounts (a percentage of its base, or
 * a flat amount once there is anything to charge); tax once per jurisdiction per document. */

#include "base/field.h"
#include "domain/op.h"

enum line_kind {
    LINE_LABOR,
    LINE_PART,
    LINE_CORE,
    LINE_SUBLET,
    LINE_FEE,
    LINE_HAZMAT,
    LINE_TIRE_FEE,
    LINE_KIND_COUNT
};
extern const struct choices line_kind_choices; /* labor part core sublet fee hazmat tire_fee */

/* Who pays for a job. Lines of a job that the customer does not pay for come to 0: they are neither
 * discounted nor taxed nor a base of supplies; what they cost is counted. */
enum job_pay { PAY_CUSTOMER, PAY_INTERNAL, PAY_WARRANTY, PAY_COUNT };
extern const struct choices job_pay_choices; /* customer internal warranty */

/* What a jurisdiction can tax: the line kinds and, as one more class, shop supplies. */
#define TAX_CLASS_SUPPLIES LINE_KIND_COUNT
#define TAX_CLASS_COUNT    (LINE_KIND_COUNT + 1)
/* "part supplies" (blanks or commas) to a set of bits 1 << class; ERR_INVALID names the word. */
status tax_classes_parse(const char *text, unsigned *ret_classes, struct fault *fault) MUST_USE;

enum discount_on { DISCOUNT_LABOR, DISCOUNT_PARTS, DISCOUNT_ALL }; /* all = labor, part, sublet */
extern const struct choices discount_on_choices;                   /* labor parts all */

/* Whether a discount on these is taken off lines of this kind. */
bool discount_reaches(enum discount_on on, enum line_kind kind);

/* Percent or amount; both 0 is no discount. */
struct price_discount {
    struct rate percent;
    struct money amount;
    enum discount_on on;
    /* Of an order that is invoiced in parts: what earlier invoices have had of it, and of what. It
     * comes to as much in all as it would have at once. */
    struct money used, used_on;
};

struct price_line {
    enum line_kind kind;
    struct qty quantity; /* hours for labor, units otherwise; 1 for sublet and fees */
    struct money price;  /* an hour or a unit */
    struct money cost;   /* an hour or a unit */
    bool is_fixed;       /* comes to `amount`, whatever quantity and price: menu-priced labor */
    struct money amount;
    bool taxable;
    struct price_discount discount; /* `on` is not looked at */
    /* results */
    struct money gross;    /* round(quantity x price), or the amount */
    struct money reduced;  /* its share of all discounts */
    struct money net;      /* gross - reduced */
    struct money net_cost; /* round(quantity x cost) */
};

struct price_job {
    struct price_line *lines;
    size_t line_count;
    const struct price_discount *discounts;
    size_t discount_count;
    enum job_pay pay;
    /* results */
    struct money before; /* sum of its lines after their own and the job's discounts */
    struct money net;    /* … and after the order's */
};

enum supplies_on { SUPPLIES_LABOR, SUPPLIES_PARTS, SUPPLIES_ALL };
extern const struct choices supplies_on_choices; /* labor parts all */

struct price_supplies {
    struct rate percent;
    struct money flat; /* instead of percent */
    enum supplies_on on;
    struct money min; /* only where the base is above zero */
    struct money cap; /* 0: none */
    bool taxable;
};

/* What earlier invoices of the same order have charged: supplies, and what they are a part of, so
 * that their minimum and cap are of the order and not of each invoice. */
struct price_before {
    struct money labor, parts, lines, supplies; /* lines: labor, parts, sublet and fees */
};

struct price_tax {
    const char *name;
    struct rate rate;
    unsigned classes;  /* bits */
    struct money base; /* results */
    struct money amount;
};

struct price {
    struct price_job *jobs;
    size_t job_count;
    const struct price_discount *discounts; /* of the order */
    size_t discount_count;
    struct money *taken; /* NULL, or room for as many: results, what each of them takes off */
    struct price_supplies supplies_rule;
    struct price_tax *taxes;
    size_t tax_count;
    bool exempt;
    struct price_before before;
    bool caps_discounts; /* amounts above what is eligible shrink to it instead of being refused */
    /* results; class totals are after discounts; fees = all that is not labor, part, sublet,
     * supplies */
    struct money labor, parts, sublet, fees, supplies, discount, tax, total, cost;
};

/* Prices in place. ERR_INVALID names the field: "jobs.1.discounts.2.amount" for a discount above
 * what is eligible, "jobs.1.lines.2.price" for an overflow. */
status price_order(struct price *price, struct fault *fault) MUST_USE;
/* The same of lines whose results stand: class totals, supplies and taxes of a document over some
 * jobs of a priced order. */
status price_document(struct price *price, struct fault *fault) MUST_USE;

/* Shapes of `estimate price --json`: rows of rows, priced without shop or sign-in. */
extern const struct op estimate_price_op;

#endif
