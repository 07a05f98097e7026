/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From a finished order to its invoice: what is frozen, what it means to the books, and what is
 * given up of it later. */

#include "twin.h"

#include <stddef.h>
#include <stdlib.h>

/* ---- may it be posted? ---- */

/* Which jobs the invoice takes, 0 for none: what is not done stands in the way. */
static unsigned choose(const struct twin_order *order, unsigned jobs)
{
    unsigned chosen = 0;

    for (int j = 0; j < order->jobs; j++) {
        const struct twin_job *job = &order->job[j];
        const bool is_named = (jobs >> j & 1) != 0;
        if (jobs == 0 ? !twin_is_open(job) : !is_named)
            continue;
        if (!twin_is_open(job) || job->state != TWIN_DONE || job->changed)
            return 0;
        chosen |= 1u << j;
    }
    return chosen;
}

static bool is_whole(const struct twin_order *order, unsigned chosen)
{
    for (int j = 0; j < order->jobs; j++)
        if (twin_counts(&order->job[j]) && (chosen >> j & 1) == 0)
            return false;
    return true;
}

static bool is_authorized(const struct twin_rules *rules, const struct twin_order *order,
                          int64_t total)
{
    int64_t more = twin_share(order->authorized, rules->tolerance_ppm, 1000000);

    if (rules->tolerance_cap != 0 && more > rules->tolerance_cap)
        more = rules->tolerance_cap;
    return order->billed.total + total - order->authorized <= more;
}

/* One line after the other takes what is left. */
static bool is_on_hand(const struct twin *twin, const struct twin_order *order, unsigned chosen)
{
    int64_t left[TWIN_PARTS];

    for (int p = 0; p < TWIN_PARTS; p++)
        left[p] = twin->shelf[p].on_hand;
    for (int j = 0; j < order->jobs; j++)
        for (int i = 0; i < order->job[j].lines && (chosen >> j & 1) != 0; i++) {
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

static int64_t tax_on_core(const struct twin *twin, const struct twin_totals *sum,
                           const struct twin_line *line)
{
    int64_t tax = 0;

    for (int t = 0; t < twin->rules.taxes && line->taxable; t++)
        if ((twin->rules.classes[t] >> TWIN_CORE & 1) != 0 && sum->base[t] != 0)
            tax += twin_share(sum->amount[t], line->net, sum->base[t]);
    return tax;
}

static void hold_core(struct twin *twin, int64_t customer, const struct twin_totals *sum,
                      const struct twin_line *line)
{
    if (line->quantity == 0)
        return;
    twin->core[twin->cores++] = (struct twin_core){
        .id = twin->cores,
        .customer = customer,
        .charge = line->net,
        .tax = tax_on_core(twin, sum, line),
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

static void cost_line(struct twin *twin, const struct twin_job *job, const struct twin_line *line)
{
    const int64_t cost = twin_share(line->cost, line->quantity, 1000);

    if (line->kind == TWIN_PART && line->part >= 0) {
        const int64_t rest = line->quantity - line->pulled;
        const int64_t value = rest > 0 ? twin_take(twin, line->part, rest) : 0;
        book_cost(twin, job, TWIN_PART_COST, value + line->pulled_value);
        twin_post_to(twin, TWIN_WORK_IN_PROCESS, -line->pulled_value);
    } else if (line->kind != TWIN_LABOR && line->kind != TWIN_CORE) {
        book_cost(twin, job, line->kind == TWIN_PART ? TWIN_PART_COST : TWIN_SUBLET_COST, cost);
        twin_post_to(twin, TWIN_SUBLET_ACCRUED, -cost);
    }
}

static void sell(struct twin *twin, const struct twin_order *order, unsigned chosen,
                 const struct twin_totals *sum)
{
    twin_post_to(twin, TWIN_RECEIVABLE, sum->total);
    twin_post_to(twin, TWIN_LABOR_SALES, -sum->labor);
    twin_post_to(twin, TWIN_PART_SALES, -sum->parts);
    twin_post_to(twin, TWIN_SUBLET_SALES, -sum->sublet);
    twin_post_to(twin, TWIN_FEE_SALES, -sum->fees);
    twin_post_to(twin, TWIN_SUPPLIES_SALES, -sum->supplies);
    twin_post_to(twin, TWIN_TAX, -sum->tax);
    for (int j = 0; j < order->jobs; j++)
        for (int i = 0; i < order->job[j].lines && (chosen >> j & 1) != 0; i++) {
            const struct twin_line *line = &order->job[j].line[i];
            cost_line(twin, &order->job[j], line);
            if (line->kind == TWIN_CORE)
                hold_core(twin, order->customer, sum, line);
        }
}

/* ---- what an invoice had of the order's own discounts ---- */

/* What the chosen lines that a discount reaches come to with the order's first discounts only. */
static int64_t reached(const struct twin *twin, const struct twin_order *order, unsigned chosen,
                       int first, enum twin_on on)
{
    struct twin_order some = *order;
    struct twin_totals ignored;
    int64_t sum = 0;

    some.cuts = 0;
    for (int c = 0; c < order->cuts; c++)
        if (order->cut[c].job != 0 || first-- > 0)
            some.cut[some.cuts++] = order->cut[c];
    (void)twin_price(twin, &some, false, &ignored);
    for (int j = 0; j < some.jobs; j++)
        for (int i = 0; i < some.job[j].lines && (chosen >> j & 1) != 0; i++)
            if (twin_reaches(on, some.job[j].line[i].kind))
                sum += some.job[j].line[i].net;
    return sum;
}

static void use_cuts(const struct twin *twin, const struct twin_order *before, unsigned chosen,
                     struct twin_order *order)
{
    int first = 0;

    for (int c = 0; c < order->cuts; c++) {
        const enum twin_on on = before->cut[c].on;
        if (before->cut[c].job != 0)
            continue;
        const int64_t of = reached(twin, before, chosen, first, on);
        const int64_t left = reached(twin, before, chosen, ++first, on);
        order->cut[c].used += of - left;
        order->cut[c].used_on += of;
    }
}

/* ---- the invoice ---- */

enum twin_order_state twin_closed_state(const struct twin *twin, int64_t order)
{
    bool is_open = false, has_terms = false;

    for (int i = 0; i < twin->invoices; i++) {
        const struct twin_invoice *invoice = &twin->invoice[i];
        if (invoice->order != order || invoice->paid == invoice->total)
            continue;
        is_open = true;
        has_terms |= invoice->due_on > invoice->posted_on;
    }
    if (!is_open)
        return TWIN_PAID;
    return has_terms ? TWIN_ON_ACCOUNT : TWIN_POSTED;
}

static void add_totals(struct twin_totals *sum, const struct twin_totals *more)
{
    sum->labor += more->labor;
    sum->parts += more->parts;
    sum->sublet += more->sublet;
    sum->fees += more->fees;
    sum->supplies += more->supplies;
    sum->discount += more->discount;
    sum->tax += more->tax;
    sum->total += more->total;
}

static int64_t new_invoice(struct twin *twin, int64_t order, int64_t customer, int64_t total)
{
    const int64_t day = twin_open_day(twin);
    struct twin_invoice *invoice = &twin->invoice[twin->invoices++];

    *invoice = (struct twin_invoice){
        .id = 20000 + twin->invoices,
        .order = order,
        .customer = customer,
        .total = total,
        .posted_on = day,
        .due_on = day + twin->customer[customer].terms,
    };
    twin->customer[customer].owes += total;
    return invoice->id;
}

/* Sold: nothing of it is spoken for or lies beside the car any more. */
static void mark_sold(struct twin_job *job, int64_t invoice)
{
    job->invoice = invoice;
    for (int i = 0; i < job->lines; i++)
        job->line[i].pulled = job->line[i].pulled_value = 0;
}

bool twin_post(struct twin *twin, struct twin_order *order, unsigned jobs)
{
    struct twin_order trial = *order;
    struct twin_totals sum;

    if (!twin_settle(twin, &trial))
        return false;
    const unsigned chosen = choose(&trial, jobs);
    const struct twin_order before = trial;
    twin_document(twin, &trial, chosen, &sum);
    if (chosen == 0 || !is_authorized(&twin->rules, &trial, sum.total) ||
        !is_on_hand(twin, &trial, chosen))
        return false;
    const int64_t invoice = new_invoice(twin, order->id, order->customer, sum.total);
    sell(twin, &trial, chosen, &sum);
    if (!is_whole(&before, chosen))
        use_cuts(twin, &before, chosen, &trial);
    for (int j = 0; j < trial.jobs; j++)
        if ((chosen >> j & 1) != 0)
            mark_sold(&trial.job[j], invoice);
    add_totals(&trial.billed, &sum);
    if (!is_whole(&before, chosen)) {
        if (!twin_settle(twin, &trial))
            abort(); /* what is left can be priced if the whole could */
    } else {
        trial.is_closed = true;
        trial.state = twin_closed_state(twin, trial.id);
    }
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
    if (!twin_post(twin, &trial, 0))
        return false;
    *order = trial;
    return true;
}

void twin_charge(struct twin *twin, int64_t customer, int64_t amount)
{
    (void)new_invoice(twin, 0, customer, amount);
    twin_post_to(twin, TWIN_RECEIVABLE, amount);
    twin_post_to(twin, TWIN_FEE_SALES, -amount);
}

/* Good once it is paid: the money is the buyer's until then. */
void twin_sell_gift(struct twin *twin, int64_t customer, int64_t amount)
{
    const int64_t invoice = new_invoice(twin, 0, customer, amount);

    twin_post_to(twin, TWIN_RECEIVABLE, amount);
    twin_post_to(twin, TWIN_GIFT_CERTIFICATE, -amount);
    twin->gift[twin->gifts++] = (struct twin_gift){.balance = amount, .invoice = invoice};
}

void twin_give_gift(struct twin *twin, int64_t amount)
{
    twin_post_to(twin, TWIN_GOODWILL, amount);
    twin_post_to(twin, TWIN_GIFT_CERTIFICATE, -amount);
    twin->gift[twin->gifts++] = (struct twin_gift){.balance = amount};
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
