/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An order is settled by every change of it; what can make it old without one are the shop's taxes
 * and supplies and the day an exemption ends. So posting prices it once more in memory, and writes
 * only when that gives something else. */

#include "base/text.h"
#include "order_inner.h"

static bool is_same(struct money a, struct money b)
{
    return a.cents == b.cents;
}

static bool has_totals(const struct order *page, const struct price *price)
{
    return is_same(page->labor, price->labor) && is_same(page->parts, price->parts) &&
           is_same(page->sublet, price->sublet) && is_same(page->fees, price->fees) &&
           is_same(page->supplies, price->supplies) && is_same(page->discount, price->discount) &&
           is_same(page->tax, price->tax) && is_same(page->total, price->total);
}

static bool has_taxes(const struct order *page, const struct price *price)
{
    const struct order_tax *tax = page->taxes.at;

    if (page->taxes.count != price->tax_count)
        return false;
    for (size_t i = 0; i < price->tax_count; i++)
        if (!text_same(tax[i].name, price->taxes[i].name) ||
            tax[i].rate.ppm != price->taxes[i].rate.ppm ||
            !is_same(tax[i].base, price->taxes[i].base) ||
            !is_same(tax[i].amount, price->taxes[i].amount))
            return false;
    return true;
}

status order_get_settled(struct session *s, struct order_id id, int64_t revision, struct order *ret)
{
    struct order_head head;
    struct order page;
    struct price price;

    TRY(order_begin(s, id, revision, &head));
    TRY(order_get(s, id, &page));
    TRY(order_price(s, &head, &page.jobs, &page.discounts, PRICE_OF_ALL, &price));
    if (!has_totals(&page, &price) || !has_taxes(&page, &price)) {
        TRY(order_settle(s, id, 0));
        TRY(order_get(s, id, &page));
    }
    *ret = page;
    return OK;
}
