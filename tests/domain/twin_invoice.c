/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From a finished order to its invoice: what is frozen, what it means to the books, and what is
 * given up of it later. */

#include "twin.h"

#include <stddef.h>

/* ---- may it be posted? ---- */

static bool work_is_done(const struct twin_order *order)
{
    int done = 0;

    for (int j = 0; j < order->jobs; j++) {
        const struct twin_job *job = &order->job[j];
        if (!twin_counts(job))
            continue;
        if (job->state != TWIN_DONE || job->changed)
            return false;
        done++;
    }
    return done > 0;
}

static bool is_authorized(const struct twin_rules *rules, const struct twin_order *order)
{
    int64_t more = twin_share(order->authorized, rules->tolerance_ppm, 1000000);

    if (rules->tolerance_cap != 0 && more > rules->tolerance_cap)
        more = rules->tolerance_cap;
    return order->totals.total - order->authorized <= more;
}

/* One line after the other takes what is left. */
static bool is_on_hand(const struct twin *twin, const struct twin_order *order)
{
    int64_t left[TWIN_PARTS];

    for (int p = 0; p < TWIN_PARTS; p++)
        left[p] = twin->shelf[p].on_hand;
    for (int j = 0; j < order->jobs; j++)
        for (int i = 0; i < order->job[j].lines && twin_counts(&order->job[j]); i++) {
            const struct twin_line *line = &order->job[j].line[i];
            if (line->kind != TWIN_PART || line->part < 0)
                continue;
            const int64_t rest = line->quantity - line->pulled;
            if (rest > 0 && rest > left[line->part] && !twin->rules.may_be_negative)
                return false;
            left[line->part] -= rest;
        }
    return true;
}

/* ---- what it means to the books ---- */

static int64_t tax_on_core(const struct twin *twin, const struct twin_order *order,
                           const struct twin_line *line)
{
    int64_t sum = 0;

    for (int t = 0; t < twin->rules.taxes && line->taxable; t++)
        if ((twin->rules.classes[t] >> TWIN_CORE & 1) != 0 && order->totals.base[t] != 0)
            sum += twin_share(order->totals.amount[t], line->net, order->totals.base[t]);
    return sum;
}

static void hold_core(struct twin *twin, const struct twin_order *order,
                      const struct twin_line *line)
{
    if (line->quantity == 0)
        return;
    twin->core[twin->cores++] = (struct twin_core){
        .id = twin->cores,
        .customer = order->customer,
        .charge = line->net,
        .tax = tax_on_core(twin, order, line),
        .state = line->net > 0 ? TWIN_CORE_CHARGED : TWIN_CORE_WAIVED,
    };
    twin_post_to(twin, TWIN_CORE_DEPOSIT, -line->net);
    twin_post_to(twin, TWIN_FEE_SALES, line->net);
}

/* With what was sold, or to what the customer does not pay for. */
static void book_cost(struct twin *twin, const struct twin_job *job, enum twin_account sold,
                      int64_t cost)
{
    if (job->pay == TWIN_CUSTOMER_PAYS)
        twin_post_to(twin, sold, cost);
    else
        twin_post_to(twin, job->pay == TWIN_WARRANTY ? TWIN_WARRANTY_COST : TWIN_INTERNAL_COST,
                     cost);
}

static void cost_line(struct twin *twin, const struct twin_order *order, const struct twin_job *job,
                      const struct twin_line *line)
{
    const int64_t cost = twin_share(line->cost, line->quantity, 1000);

    if (line->kind == TWIN_CORE) {
        hold_core(twin, order, line);
    } else if (line->kind == TWIN_PART && line->part >= 0) {
        const int64_t rest = line->quantity - line->pulled;
        const int64_t value = rest > 0 ? twin_take(twin, line->part, rest) : 0;
        book_cost(twin, job, TWIN_PART_COST, value + line->pulled_value);
        twin_post_to(twin, TWIN_WORK_IN_PROCESS, -line->pulled_value);
    } else if (line->kind != TWIN_LABOR) {
        book_cost(twin, job, line->kind == TWIN_PART ? TWIN_PART_COST : TWIN_SUBLET_COST, cost);
        twin_post_to(twin, TWIN_SUBLET_ACCRUED, -cost);
    }
}

static void sell(struct twin *twin, const struct twin_order *order)
{
    const struct twin_totals *sum = &order->totals;

    twin_post_to(twin, TWIN_RECEIVABLE, sum->total);
    twin_post_to(twin, TWIN_LABOR_SALES, -sum->labor);
    twin_post_to(twin, TWIN_PART_SALES, -sum->parts);
    twin_post_to(twin, TWIN_SUBLET_SALES, -sum->sublet);
    twin_post_to(twin, TWIN_FEE_SALES, -sum->fees);
    twin_post_to(twin, TWIN_SUPPLIES_SALES, -sum->supplies);
    twin_post_to(twin, TWIN_TAX, -sum->tax);
    for (int j = 0; j < order->jobs; j++)
        for (int i = 0; i < order->job[j].lines && twin_counts(&order->job[j]); i++)
            cost_line(twin, order, &order->job[j], &order->job[j].line[i]);
}

/* ---- the invoice ---- */

static void follow(struct twin_invoice *invoice)
{
    if (invoice->paid == invoice->total)
        invoice->order_state = TWIN_PAID;
    else
        invoice->order_state = invoice->due_on > invoice->posted_on ? TWIN_ON_ACCOUNT : TWIN_POSTED;
}

bool twin_post(struct twin *twin, struct twin_order *order)
{
    struct twin_order trial = *order;

    if (!twin_settle(twin, &trial))
        return false;
    if (!work_is_done(&trial) || !is_authorized(&twin->rules, &trial) || !is_on_hand(twin, &trial))
        return false;
    const int64_t day = twin_open_day(twin);
    struct twin_invoice *invoice = &twin->invoice[twin->invoices++];
    *invoice = (struct twin_invoice){
        .id = 20000 + twin->invoices,
        .order = order->id,
        .customer = order->customer,
        .total = trial.totals.total,
        .posted_on = day,
        .due_on = day + twin->customer[order->customer].terms,
    };
    follow(invoice);
    sell(twin, &trial);
    twin->customer[order->customer].owes += trial.totals.total;
    *order = trial;
    return true;
}

bool twin_sell(struct twin *twin, struct twin_order *order)
{
    struct twin_order trial = *order;
    int lines = 0, waiting = 0;

    for (int j = 0; j < trial.jobs; j++) {
        lines += trial.job[j].lines;
        waiting += trial.job[j].state == TWIN_DRAFT || trial.job[j].changed;
    }
    if (!trial.is_sale || lines == 0 ||
        (waiting > 0 && !twin_answer(twin, &trial, -1, TWIN_AUTHORIZED)))
        return false;
    for (int j = 0; j < trial.jobs; j++)
        if (trial.job[j].state == TWIN_AUTHORIZED || trial.job[j].state == TWIN_WORKING)
            trial.job[j].state = TWIN_DONE;
    if (!twin_post(twin, &trial))
        return false;
    *order = trial;
    return true;
}

void twin_charge(struct twin *twin, int64_t customer, int64_t amount)
{
    const int64_t day = twin_open_day(twin);
    struct twin_invoice *invoice = &twin->invoice[twin->invoices++];

    *invoice = (struct twin_invoice){.id = 20000 + twin->invoices,
                                     .customer = customer,
                                     .total = amount,
                                     .posted_on = day,
                                     .due_on = day + twin->customer[customer].terms};
    twin_post_to(twin, TWIN_RECEIVABLE, amount);
    twin_post_to(twin, TWIN_FEE_SALES, -amount);
    twin->customer[customer].owes += amount;
}

struct twin_aging twin_aging_of(const struct twin *twin, int64_t customer, int64_t on)
{
    struct twin_aging aging = {.credit = twin->customer[customer].credit};

    for (int i = 0; i < twin->invoices; i++) {
        const struct twin_invoice *invoice = &twin->invoice[i];
        const int64_t late = on - invoice->due_on;
        if (invoice->customer == customer)
            aging.due[late <= 0    ? 0
                      : late <= 30 ? 1
                      : late <= 60 ? 2
                      : late <= 90 ? 3
                                   : 4] += invoice->total - invoice->paid;
    }
    return aging;
}

struct twin_invoice *twin_invoice_of(struct twin *twin, int64_t id)
{
    return id > 20000 && id <= 20000 + twin->invoices ? &twin->invoice[id - 20001] : NULL;
}

void twin_add_paid(struct twin *twin, int64_t id, int64_t amount)
{
    struct twin_invoice *invoice = twin_invoice_of(twin, id);

    invoice->paid += amount;
    twin->customer[invoice->customer].owes -= amount;
    twin_post_to(twin, TWIN_RECEIVABLE, -amount);
    follow(invoice);
}

bool twin_write_off(struct twin *twin, int at, int64_t amount)
{
    struct twin_invoice *invoice = &twin->invoice[at];

    if (invoice->paid == invoice->total || amount > invoice->total - invoice->paid)
        return false;
    invoice->written_off += amount;
    twin_add_paid(twin, invoice->id, amount);
    twin_post_to(twin, TWIN_BAD_DEBT, amount);
    return true;
}

bool twin_write_off_undo(struct twin *twin, int at, int64_t amount)
{
    struct twin_invoice *invoice = &twin->invoice[at];

    if (invoice->written_off == 0 || amount > invoice->written_off)
        return false;
    if (amount == 0)
        amount = invoice->written_off;
    invoice->written_off -= amount;
    twin_add_paid(twin, invoice->id, -amount);
    twin_post_to(twin, TWIN_BAD_DEBT, -amount);
    return true;
}
