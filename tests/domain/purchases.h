/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_PURCHASES_H
#define PITLANE_TESTS_DOMAIN_PURCHASES_H

/* Vendors, parts and purchase orders that tests of buying are given. */

#include "books.h"
#include "orders.h"

#include "domain/purchase.h"
#include "domain/vendor.h"

/* Vendor 1, Harbor, and vendor 2, Coast. */
static inline void given_vendors(struct shop_test *t)
{
    call(t, &vendor_add_op, NULL,
         "{\"name\":\"Harbor Auto Parts\",\"account_number\":\"88-1402\",\"terms_days\":10,"
         "\"lead_days\":2,\"email\":\"orders@harbor.example\",\"street\":\"7 Quay St\","
         "\"city\":\"San Diego\",\"state\":\"CA\",\"zip\":\"92101\"}");
    call(t, &vendor_add_op, NULL, "{\"name\":\"Coast Supply\",\"terms_days\":30}");
}

/* Part 1: pads of Harbor, sold whole; 2: oil of Coast by the quart; 3: a starter with a core. */
static inline void given_catalog(struct shop_test *t)
{
    given_vendors(t);
    call(
        t, &part_add_op, NULL,
        "{\"sku\":\"BP-1210\",\"upc\":\"012345678905\",\"name\":\"Brake pads\",\"price\":\"89.95\","
        "\"cost\":\"38.00\",\"vendor\":\"Harbor Auto Parts\",\"vendor_number\":\"H-77\","
        "\"whole\":true,\"low\":\"2\",\"high\":\"6\"}");
    call(t, &part_add_op, NULL,
         "{\"sku\":\"OIL-Q\",\"name\":\"0W-20 oil, quart\",\"price\":\"7.49\",\"cost\":\"4.10\","
         "\"vendor\":\"Coast Supply\",\"low\":\"24\",\"high\":\"60\"}");
    call(t, &part_add_op, NULL,
         "{\"sku\":\"ST-9\",\"name\":\"Starter\",\"price\":\"240.00\",\"cost\":\"120.00\","
         "\"core\":\"45.00\",\"vendor\":\"Harbor Auto Parts\",\"whole\":true}");
}

static inline struct purchase purchase_of(struct shop_test *t, int64_t id)
{
    struct purchase page;

    call(t, &purchase_show_op, &page, "{\"purchase\":%lld}", (long long)id);
    return page;
}
static inline const struct purchase_line *purchase_line_of(const struct purchase *page, size_t at)
{
    assert_true(at >= 1 && at <= page->lines.count);
    return (const struct purchase_line *)page->lines.at + (at - 1);
}
static inline long long purchase_line_id(const struct purchase *page, size_t at)
{
    return (long long)purchase_line_of(page, at)->id.v;
}

/* Purchase order 1 to Harbor: 4 pads at 38.00 and 2 starters at 120.00 with 45.00 of core each. */
static inline struct purchase given_draft(struct shop_test *t)
{
    struct purchase page;

    given_catalog(t);
    call(t, &purchase_start_op, &page, "{\"vendor\":1}");
    call(t, &purchase_add_line_op, &page,
         "{\"purchase\":1,\"sku\":\"BP-1210\",\"quantity\":\"4\"}");
    call(t, &purchase_add_line_op, &page, "{\"purchase\":1,\"sku\":\"ST-9\",\"quantity\":\"2\"}");
    return page;
}

static inline struct purchase given_sent(struct shop_test *t)
{
    struct purchase page;

    given_draft(t);
    call(t, &purchase_send_op, &page, "{\"purchase\":1}");
    return page;
}

#endif
