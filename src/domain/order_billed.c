/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An order that is invoiced in parts: what is on invoices already, the document over the next jobs,
 * and what the invoices had of the order's own discounts. In all they come to what one invoice
 * would have: only taxes are rounded once per document. */

#include <string.h>

#include "base/text.h"
#include "invoice_inner.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_BILLED[] =
    "SELECT sum(labor) AS labor, sum(parts) AS parts, sum(sublet) AS sublet, sum(fees) AS fees,\n"
    "  sum(supplies) AS supplies, sum(discount) AS discount, sum(tax) AS tax,\n"
    "  sum(total) AS total, sum(cost) AS cost\n"
    "FROM invoice\n"
    "WHERE repair_order = :order AND state = 'posted'";
static const char SQL_BILLED_TAXES[] =
    "SELECT t.name AS name, t.rate AS rate, sum(t.base) AS base, sum(t.amount) AS amount\n"
    "FROM invoice AS i JOIN invoice_tax AS t ON t.invoice = i.id\n"
    "WHERE i.repair_order = :order AND i.state = 'posted'\n"
    "GROUP BY t.name, t.rate\n"
    "ORDER BY min(t.position)";
static const char SQL_USE_DISCOUNT[] =
    "INSERT INTO invoice_discount (invoice, discount, used, used_on)\n"
    "VALUES (:invoice, :discount, :used, :used_on)";
static const char SQL_CLOSE[] =
    "UPDATE repair_order\n"
    "SET invoice = (SELECT max(id) FROM invoice WHERE repair_order = :order AND state = 'posted'),\n"
    "  state = " SQL_ORDER_STATE ", hold = 'none', revision = revision + 1\n"
    "WHERE id = :order";

static const struct field billed_fields[] = {
    FIELD(struct order_billed, labor),    FIELD(struct order_billed, parts),
    FIELD(struct order_billed, sublet),   FIELD(struct order_billed, fees),
    FIELD(struct order_billed, supplies), FIELD(struct order_billed, discount),
    FIELD(struct order_billed, tax),      FIELD(struct order_billed, total),
    FIELD(struct order_billed, cost),
};
/* clang-format on */
static const struct shape billed_shape = SHAPE_OF(struct order_billed, "billed", billed_fields);

status order_billed_get(struct session *s, struct order_id id, struct order_billed *ret)
{
    const struct bind *order = BINDS(BIND_ID("order", id));
    struct order_billed billed = {0};

    TRY(store_get(s->store, SQL_BILLED, NO_ROW, order, s->arena, &billed_shape, &billed));
    TRY(store_list(s->store, SQL_BILLED_TAXES, NO_ROW, order, s->arena, &order_tax_shape,
                   &billed.taxes));
    *ret = billed;
    return OK;
}

struct price_before order_billed_before(const struct order_billed *billed)
{
    return (struct price_before){
        .labor = billed->labor,
        .parts = billed->parts,
        .lines = {billed->labor.cents + billed->parts.cents + billed->sublet.cents +
                  billed->fees.cents},
        .supplies = billed->supplies,
    };
}

/* ---- the whole order ---- */

static struct price_tax *tax_named(struct price *price, const struct order_tax *tax)
{
    for (size_t i = 0; i < price->tax_count; i++)
        if (text_same(price->taxes[i].name, tax->name) && price->taxes[i].rate.ppm == tax->rate.ppm)
            return &price->taxes[i];
    return NULL;
}

/* A rate that has changed between two invoices stands twice. */
static status add_taxes(struct session *s, const struct rows *taxes, struct price *price)
{
    const struct order_tax *tax = taxes->at;
    struct price_tax *all = NEW_ARRAY(s->arena, struct price_tax, price->tax_count + taxes->count);

    if (price->tax_count > 0)
        memcpy(all, price->taxes, price->tax_count * sizeof *all);
    price->taxes = all;
    for (size_t i = 0; i < taxes->count; i++) {
        struct price_tax *same = tax_named(price, &tax[i]);
        if (same == NULL) {
            same = &all[price->tax_count++];
            *same = (struct price_tax){.name = tax[i].name, .rate = tax[i].rate};
        }
        TRY(money_add(same->base, tax[i].base, &same->base));
        TRY(money_add(same->amount, tax[i].amount, &same->amount));
    }
    return OK;
}

status order_split_cents(const struct price *price, struct money *ret)
{
    struct money once, split = MONEY_ZERO;

    for (size_t i = 0; i < price->tax_count; i++) {
        const struct price_tax *tax = &price->taxes[i];
        TRY(money_times_rate(tax->base, tax->rate, &once));
        TRY(money_add(split, tax->amount, &split));
        TRY(money_sub(split, once, &split));
    }
    *ret = split.cents > 0 ? split : MONEY_ZERO;
    return OK;
}

status order_split_cents_of(struct session *s, const struct order *order,
                            const struct order_billed *billed, struct money *ret)
{
    struct price price = {.tax_count = 0};

    TRY(add_taxes(s, &order->taxes, &price));
    TRY(add_taxes(s, &billed->taxes, &price));
    return order_split_cents(&price, ret);
}

status order_billed_add(struct session *s, const struct order_billed *billed, struct price *price)
{
    TRY(money_add(price->labor, billed->labor, &price->labor));
    TRY(money_add(price->parts, billed->parts, &price->parts));
    TRY(money_add(price->sublet, billed->sublet, &price->sublet));
    TRY(money_add(price->fees, billed->fees, &price->fees));
    TRY(money_add(price->supplies, billed->supplies, &price->supplies));
    TRY(money_add(price->discount, billed->discount, &price->discount));
    TRY(money_add(price->tax, billed->tax, &price->tax));
    TRY(money_add(price->total, billed->total, &price->total));
    TRY(money_add(price->cost, billed->cost, &price->cost));
    return add_taxes(s, &billed->taxes, price);
}

/* ---- the next document ---- */

static struct price_job job_as_it_stands(struct session *s, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;
    struct price_job ret = {.lines = NEW_ARRAY(s->arena, struct price_line, job->lines.count),
                            .line_count = job->lines.count,
                            .pay = job->pay};

    for (size_t i = 0; i < job->lines.count; i++)
        ret.lines[i] = (struct price_line){.kind = lines[i].kind,
                                           .taxable = lines[i].taxable,
                                           .gross = lines[i].gross,
                                           .reduced = lines[i].discount,
                                           .net = lines[i].net};
    return ret;
}

static void keep_taxes(struct session *s, const struct price *price, struct order *order)
{
    struct order_tax *taxes = NEW_ARRAY(s->arena, struct order_tax, price->tax_count);

    for (size_t i = 0; i < price->tax_count; i++)
        taxes[i] = (struct order_tax){.name = price->taxes[i].name,
                                      .rate = price->taxes[i].rate,
                                      .base = price->taxes[i].base,
                                      .amount = price->taxes[i].amount};
    order->taxes = (struct rows){taxes, price->tax_count};
}

static void keep_totals(const struct price *price, struct order *order)
{
    order->labor = price->labor;
    order->parts = price->parts;
    order->sublet = price->sublet;
    order->fees = price->fees;
    order->supplies = price->supplies;
    order->discount = price->discount;
    order->tax = price->tax;
    order->total = price->total;
}

status order_make_document(struct session *s, struct order *order, bool exempt,
                           const struct order_billed *billed, const bool *chosen)
{
    const struct order_job *job = order->jobs.at;
    struct order_job *kept = NEW_ARRAY(s->arena, struct order_job, order->jobs.count);
    struct price price = {
        .jobs = NEW_ARRAY(s->arena, struct price_job, order->jobs.count),
        .exempt = exempt,
        .before = order_billed_before(billed),
    };

    for (size_t i = 0; i < order->jobs.count; i++)
        if (chosen[i]) {
            kept[price.job_count] = job[i];
            price.jobs[price.job_count++] = job_as_it_stands(s, &job[i]);
        }
    TRY(order_price_rules(s, &price));
    TRY(price_document(&price, &s->fault));
    order->jobs = (struct rows){kept, price.job_count};
    keep_totals(&price, order);
    keep_taxes(s, &price, order);
    return OK;
}

/* ---- discounts of the whole order ---- */

/* Prices the order with its first discounts only; those of jobs count all. */
static status price_with(struct session *s, const struct order *order, bool exempt, size_t first,
                         struct price *ret)
{
    const struct order_head head = {.id = order->id, .exempt = exempt};
    const struct order_discount *all = order->discounts.at;
    struct order_discount *some =
        NEW_ARRAY(s->arena, struct order_discount, order->discounts.count);
    size_t count = 0;
    size_t of_order = 0;

    for (size_t i = 0; i < order->discounts.count; i++)
        if (all[i].job.v != 0 || of_order++ < first)
            some[count++] = all[i];
    const struct rows discounts = {some, count};
    return order_price(s, &head, &order->jobs, &discounts, PRICE_OF_ALL, ret);
}

/* What the chosen lines that a discount reaches come to in a pricing. */
static struct money reached(const struct order *order, const bool *chosen,
                            const struct price *price, enum discount_on on)
{
    const struct order_job *job = order->jobs.at;
    struct money sum = MONEY_ZERO;
    size_t at = 0;

    for (size_t i = 0; i < order->jobs.count; i++) {
        if (!invoice_takes(&job[i]))
            continue;
        const struct price_job *priced = &price->jobs[at++];
        for (size_t k = 0; k < priced->line_count && chosen[i]; k++)
            if (discount_reaches(on, priced->lines[k].kind))
                sum.cents += priced->lines[k].net.cents;
    }
    return sum;
}

status order_use_discounts(struct session *s, const struct order *order, bool exempt,
                           const bool *chosen, struct invoice_id invoice)
{
    const struct order_discount *all = order->discounts.at;
    size_t first = 0;

    for (size_t i = 0; i < order->discounts.count; i++) {
        struct price without, with;
        if (all[i].job.v != 0)
            continue;
        TRY(price_with(s, order, exempt, first++, &without));
        TRY(price_with(s, order, exempt, first, &with));
        const struct money on = reached(order, chosen, &without, all[i].applies_to);
        const struct money left = reached(order, chosen, &with, all[i].applies_to);
        if (on.cents == 0)
            continue;
        TRY(store_run(s->store, SQL_USE_DISCOUNT, NO_ROW,
                      BINDS(BIND_ID("invoice", invoice), BIND_ID("discount", all[i].id),
                            BIND_INT("used", on.cents - left.cents), BIND_MONEY("used_on", on))));
    }
    return OK;
}

/* ---- closing ---- */

status order_close_billed(struct session *s, struct order_id id)
{
    return store_run(s->store, SQL_CLOSE, NO_ROW, BINDS(BIND_ID("order", id)));
}
