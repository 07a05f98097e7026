/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who may owe how much: limits and holds, and two records of one customer that become one. */

#include "twin.h"

#include <stddef.h>

/* Agreed on the customer's other orders, not invoiced yet, and not paid at once. */
static int64_t agreed_elsewhere(const struct twin *twin, const struct twin_order *but)
{
    int64_t sum = 0;

    for (int o = 0; o < TWIN_OPEN; o++) {
        const struct twin_order *order = &twin->order[o];
        const int64_t open = order->authorized - order->billed.total;
        if (order->id != 0 && order->id != but->id && order->customer == but->customer &&
            order->terms != TWIN_AT_ONCE && order->state != TWIN_ESTIMATE && open > 0)
            sum += open;
    }
    return sum;
}

bool twin_may_owe(const struct twin *twin, const struct twin_order *order, int64_t total,
                  bool agreed)
{
    const struct twin_customer *customer = &twin->customer[order->customer];
    const int64_t more = agreed ? total - order->billed.total : total;
    const int64_t others = agreed ? agreed_elsewhere(twin, order) : 0;

    if (total <= 0 || more <= 0 || order->terms != TWIN_ON_TERMS)
        return true;
    if (customer->on_hold)
        return false;
    if (customer->limit < 0 || customer->terms == 0)
        return true;
    return more + others + customer->owes - customer->credit <= customer->limit;
}

bool twin_set_limit(struct twin *twin, int64_t customer, int64_t limit)
{
    if (twin->customer[customer].is_gone || (twin->customer[customer].terms == 0 && limit >= 0))
        return false;
    twin->customer[customer].limit = limit;
    return true;
}

bool twin_hold(struct twin *twin, int64_t customer, bool on_hold)
{
    struct twin_customer *at = &twin->customer[customer];

    if (on_hold ? at->is_gone : !at->on_hold)
        return false;
    at->on_hold = on_hold;
    return true;
}

bool twin_set_terms(const struct twin *twin, struct twin_order *order, enum twin_terms terms,
                    bool has_reason)
{
    struct twin_order trial = *order;

    trial.terms = terms;
    if ((terms == TWIN_BEYOND && !has_reason) || !twin_settle(twin, &trial))
        return false;
    *order = trial;
    return true;
}

static void move_papers(struct twin *twin, int64_t keep, int64_t gone)
{
    for (int o = 0; o < TWIN_OPEN; o++)
        if (twin->order[o].customer == gone)
            twin->order[o].customer = keep;
    for (int c = 0; c < TWIN_CLOSED; c++)
        if (twin->closed[c].customer == gone)
            twin->closed[c].customer = keep;
    for (int i = 0; i < twin->invoices; i++)
        if (twin->invoice[i].customer == gone)
            twin->invoice[i].customer = keep;
    for (int p = 0; p < twin->payments; p++)
        if (twin->payment[p].customer == gone)
            twin->payment[p].customer = keep;
    for (int c = 0; c < twin->cores; c++)
        if (twin->core[c].customer == gone)
            twin->core[c].customer = keep;
}

/* Evenings are told by whose the papers are now. */
static void move_evenings(struct twin *twin, int64_t keep, int64_t gone)
{
    for (int day = 0; day < TWIN_DAYS; day++) {
        struct twin_aging *to = &twin->evening[day][keep], *from = &twin->evening[day][gone];
        for (int i = 0; i < 5; i++)
            to->due[i] += from->due[i];
        to->credit += from->credit;
        *from = (struct twin_aging){0};
    }
}

bool twin_merge(struct twin *twin, int64_t keep, int64_t gone)
{
    struct twin_customer *to = &twin->customer[keep], *from = &twin->customer[gone];

    if (keep == gone || to->is_gone || from->is_gone)
        return false;
    move_papers(twin, keep, gone);
    move_evenings(twin, keep, gone);
    to->owes += from->owes;
    to->credit += from->credit;
    to->on_hold = to->on_hold || from->on_hold;
    from->owes = from->credit = 0;
    from->is_gone = true;
    if (twin->matrix[keep].tiers == 0)
        twin->matrix[keep] = twin->matrix[gone];
    twin->matrix[gone].tiers = 0;
    return true;
}
