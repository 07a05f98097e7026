/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From the page of an order to the pure pricing functions, for jobs the customer has not answered
 * yet. What is recorded is priced by the domain itself. */

#include "authorize.h"

#include "domain/setting.h"

static struct price_supplies supplies_of(const struct shop *shop)
{
    const bool flat = shop->supplies_flat.cents != 0;

    return (struct price_supplies){
        .percent = flat ? (struct rate){0} : shop->supplies_ppm,
        .flat = shop->supplies_flat,
        .on = shop->supplies_on,
        .min = shop->supplies_min,
        .cap = shop->supplies_cap,
        .taxable = shop->supplies_taxable,
    };
}

status agreed_rules_read(struct desk *desk, bool exempt, struct arena *arena,
                         struct agreed_rules *ret_rules)
{
    struct list_query *in = desk_input(desk, arena, &tax_list_op);
    struct page page;

    in->limit = 100;
    TRY(desk_try(desk, arena, &tax_list_op, in, &page));
    const struct tax *taxes = page.rows.at;
    struct agreed_rules rules = {
        .supplies = supplies_of(&desk->shop),
        .taxes = NEW_ARRAY(arena, struct price_tax, page.rows.count),
        .tax_count = page.rows.count,
        .exempt = exempt,
    };
    for (size_t i = 0; i < rules.tax_count; i++) {
        rules.taxes[i] = (struct price_tax){.name = taxes[i].name, .rate = taxes[i].rate};
        TRY(tax_classes_parse(taxes[i].classes, &rules.taxes[i].classes, NULL));
    }
    *ret_rules = rules;
    return OK;
}

static const struct price_discount *discounts_of(const struct order *order, struct job_id job,
                                                 struct arena *arena, size_t *ret_count)
{
    const struct order_discount *all = order->discounts.at;
    struct price_discount *some = NEW_ARRAY(arena, struct price_discount, order->discounts.count);
    size_t count = 0;

    for (size_t i = 0; i < order->discounts.count; i++)
        if (all[i].job.v == job.v)
            some[count++] = (struct price_discount){
                .percent = all[i].percent, .amount = all[i].amount, .on = all[i].applies_to};
    *ret_count = count;
    return some;
}

static struct price_job job_of(const struct order *order, const struct order_job *job,
                               struct arena *arena)
{
    const struct order_line *lines = job->lines.at;
    struct price_job ret = {
        .lines = NEW_ARRAY(arena, struct price_line, job->lines.count),
        .line_count = job->lines.count,
    };

    for (size_t i = 0; i < job->lines.count; i++)
        ret.lines[i] = (struct price_line){
            .kind = lines[i].kind,
            .quantity = lines[i].quantity,
            .price = lines[i].price,
            .taxable = lines[i].taxable,
            .discount = {.percent = lines[i].discount_ppm, .amount = lines[i].discount_amount},
        };
    ret.discounts = discounts_of(order, job->id, arena, &ret.discount_count);
    return ret;
}

status agreed_total(const struct order *order, const bool *counts, const struct agreed_rules *rules,
                    struct arena *arena, struct money *ret_total)
{
    const struct order_job *jobs = order->jobs.at;
    struct price price = {
        .jobs = NEW_ARRAY(arena, struct price_job, order->jobs.count),
        .supplies_rule = rules->supplies,
        .taxes = rules->taxes,
        .tax_count = rules->tax_count,
        .exempt = rules->exempt,
        .caps_discounts = true,
    };

    for (size_t i = 0; i < order->jobs.count; i++)
        if (counts[i])
            price.jobs[price.job_count++] = job_of(order, &jobs[i], arena);
    price.discounts = discounts_of(order, (struct job_id){0}, arena, &price.discount_count);
    TRY(price_order(&price, NULL));
    *ret_total = price.total;
    return OK;
}
