/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_COUPON_H
#define PITLANE_DOMAIN_COUPON_H

/* Coupons: a discount on the whole of an order that whoever writes it up may give, within limits
 * that were set beforehand. It is taken with its code on a day it is valid and counts as used from
 * the invoice on: an order uses it once however many invoices it has, and an invoice that is no
 * longer posted has given it back. What it takes off follows the rules of any discount (price.h).
 * Files: coupon.c (the records), coupon_apply.c (on an order and its invoice). */

#include "domain/order.h"
#include "domain/price.h"

struct coupon {
    struct coupon_id id;
    const char *code, *title;
    struct rate percent; /* or amount */
    struct money amount;
    enum discount_on applies_to;
    struct day from_on, until_on; /* both included; none: no limit */
    struct money minimum;   /* labor, parts and sublet work of the order before discounts; 0: any */
    int64_t use_limit;      /* orders in all; 0: any number */
    int64_t customer_limit; /* orders of one customer; 0: any number */
    bool stackable;         /* beside other coupons and discounts of job or order */
    int64_t uses;
    struct instant archived_at;
    int64_t revision;
};
extern const struct shape coupon_shape;

/* What coupon.add (coupon and revision 0) and .edit take. */
struct coupon_entry {
    struct coupon_id coupon;
    const char *code, *title;
    struct rate percent;
    struct money amount;
    enum discount_on applies_to;
    struct day from_on, until_on;
    struct money minimum;
    int64_t use_limit, customer_limit;
    bool stackable;
    int64_t revision;
};
struct coupon_key {
    struct coupon_id coupon;
};
struct coupon_list {
    struct list_query query;
    bool ended; /* those past their last day and archived ones too */
};
/* One invoice it was used on. */
struct coupon_use {
    struct invoice_id invoice;
    struct order_id order;
    struct day posted_on;
    struct customer_id customer;
    const char *customer_name;
    struct money amount; /* taken off on this invoice */
    bool given_back;     /* the invoice is void */
};
struct coupon_uses {
    struct list_query query;
    struct coupon_id coupon;
};

/* estimate.coupon, estimate.remove-coupon */
struct coupon_apply {
    struct order_id order;
    const char *code;
    int64_t revision;
};

/* Why the coupons of an order cannot be posted as things stand; "" when they can. */
status coupon_problem(struct session *s, const struct order *order, const char **ret) MUST_USE;
/* At posting. Refuses as coupon_problem says. */
status coupon_must_hold(struct session *s, const struct order *order) MUST_USE;
/* Keeps with the invoice which coupons of the order took something off it; an invoice of some of
 * its jobs had what invoice_discount says. */
status coupon_use(struct session *s, const struct order *order, struct invoice_id invoice,
                  bool is_whole) MUST_USE;
/* Refuses a discount of job or order beside a coupon that does not stack. */
status coupon_allows_discount(struct session *s, struct order_id order) MUST_USE;

extern const struct op coupon_list_op, coupon_show_op, coupon_add_op, coupon_edit_op,
    coupon_archive_op, coupon_uses_op;
extern const struct op coupon_apply_op, coupon_remove_op; /* of the module order */

#endif
