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

/* The cost of sublet work is owed to somebody. */
static bool is_owed(const struct twin_order *order, unsigned chosen)
{
    for (int j = 0; j < order->jobs; j++)
        for (int i = 0; i < order->job[j].lines && (chosen >> j & 1) != 0; i++) {
            const struct twin_line *line = &order->job[j].line[i];
            if (line->kind == TWIN_SUBLET && line->cost > 0 && line->quantity > 0 &&
                !line->has_vendor)
                return false;
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
    if (twin->cores == TWIN_CORES)
        abort(); /* more than a shop of the test can have */
    struct twin_core *core = &twin->core[twin->cores++];
    *core = (struct twin_core){
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

static int64_t cost_line(struct twin *twin, const struct twin_job *job,
                         const struct twin_line *line, struct twin_posting *posting)
{
    int64_t cost = twin_share(line->cost, line->quantity, 1000);

    if (line->kind == TWIN_PART && line->part >= 0) {
        const int64_t rest = line->quantity - line->pulled;
        const int64_t value = rest > 0 ? twin_take(twin, line->part, rest) : 0;
        posting->taken[line->part] += rest > 0 ? rest : 0;
        posting->value[line->part] += value;
        book_cost(twin, job, TWIN_PART_COST, value + line->pulled_value);
        twin_post_to(twin, TWIN_WORK_IN_PROCESS, -line->pulled_value);
        cost = value + line->pulled_value;
    } else if (line->kind != TWIN_LABOR && line->kind != TWIN_CORE) {
        book_cost(twin, job, line->kind == TWIN_PART ? TWIN_PART_COST : TWIN_SUBLET_COST, cost);
        twin_post_to(twin, TWIN_SUBLET_ACCRUED, -cost);
    }
    return cost;
}

/* What credit memos will need to know. */
static void keep_sold(const struct twin *twin, const struct twin_order *order,
                      const struct twin_totals *sum, struct twin_invoice *invoice)
{
    const bool is_exempt = twin_is_exempt(twin, order->customer);

    invoice->supplies = sum->supplies;
    invoice->taxes = twin->rules.taxes;
    for (int t = 0; t < invoice->taxes; t++) {
        invoice->rate[t] = twin->rules.rate[t];
        invoice->base[t] = sum->base[t];
        invoice->tax[t] = sum->amount[t];
        invoice->classes[t] = is_exempt ? 0 : twin->rules.classes[t];
        if (!twin->rules.supplies_taxable)
            invoice->classes[t] &= ~(1u << TWIN_SUPPLIES);
    }
}

static void keep_line(struct twin_invoice *invoice, const struct twin_job *job,
                      const struct twin_line *line, int64_t cost, int core)
{
    invoice->sold[invoice->solds++] = (struct twin_sold){
        .kind = line->kind,
        .part = line->kind == TWIN_PART ? line->part : -1,
        .core = core,
        .pay = job->pay,
        .account = TWIN_ACCOUNTS,
        .taxable = line->taxable,
        .quantity = line->quantity,
        .net = line->net,
        .cost = cost,
    };
}

static void sell(struct twin *twin, const struct twin_order *order, unsigned chosen,
                 const struct twin_totals *sum, struct twin_invoice *invoice)
{
    struct twin_posting *posting = &invoice->posting;

    keep_sold(twin, order, sum, invoice);
    posting->sum = *sum;
    posting->first_core = twin->cores;
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
            posting->job[j] = order->job[j].id;
            posting->pulled[j][i] = line->pulled;
            posting->pulled_value[j][i] = line->pulled_value;
            const int64_t cost = cost_line(twin, &order->job[j], line, posting);
            keep_line(invoice, &order->job[j], line, cost,
                      line->kind == TWIN_CORE && line->quantity != 0 ? twin->cores : -1);
            if (line->kind == TWIN_CORE)
                hold_core(twin, order->customer, sum, line);
        }
    posting->cores = twin->cores - posting->first_core;
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
                     struct twin_order *order, struct twin_posting *posting)
{
    int first = 0;

    for (int c = 0; c < order->cuts; c++) {
        const enum twin_on on = before->cut[c].on;
        if (before->cut[c].job != 0)
            continue;
        const int64_t of = reached(twin, before, chosen, first, on);
        const int64_t left = reached(twin, before, chosen, ++first, on);
        posting->cut[c] = before->cut[c].id;
        posting->used[c] = of - left;
        posting->used_on[c] = of;
        order->cut[c].used += of - left;
        order->cut[c].used_on += of;
    }
}

/* ---- the invoice ---- */

int64_t twin_due(const struct twin_invoice *invoice)
{
    return invoice->is_void ? 0 : invoice->total - invoice->paid;
}

enum twin_order_state twin_closed_state(const struct twin *twin, int64_t order)
{
    bool is_open = false, has_terms = false;

    for (int i = 0; i < twin->invoices; i++) {
        const struct twin_invoice *invoice = &twin->invoice[i];
        if (invoice->order != order || twin_due(invoice) == 0)
            continue;
        is_open = true;
        has_terms |= invoice->due_on > invoice->posted_on;
    }
    if (!is_open)
        return TWIN_PAID;
    return has_terms ? TWIN_ON_ACCOUNT : TWIN_POSTED;
}

static void add_totals(struct twin_totals *sum, const struct twin_totals *more, int64_t sign)
{
    sum->labor += sign * more->labor;
    sum->parts += sign * more->parts;
    sum->sublet += sign * more->sublet;
    sum->fees += sign * more->fees;
    sum->supplies += sign * more->supplies;
    sum->discount += sign * more->discount;
    sum->tax += sign * more->tax;
    sum->total += sign * more->total;
    for (int t = 0; t < TWIN_TAXES; t++) {
        sum->base[t] += sign * more->base[t];
        sum->amount[t] += sign * more->amount[t];
    }
}

static int64_t new_invoice(struct twin *twin, int64_t order, int64_t customer, int64_t total,
                           int64_t terms)
{
    const int64_t day = twin_open_day(twin);
    struct twin_invoice *invoice = &twin->invoice[twin->invoices++];

    *invoice = (struct twin_invoice){
        .id = 20000 + twin->invoices,
        .order = order,
        .customer = customer,
        .total = total,
        .posted_on = day,
        .due_on = day + terms,
    };
    twin->customer[customer].owes += total;
    return invoice->id;
}

/* Those that took something off. */
static void use_coupons(const struct twin_order *order, bool whole, struct twin_invoice *invoice)
{
    for (int c = 0; c < order->cuts; c++) {
        const int64_t taken = whole ? order->cut[c].taken : invoice->posting.used[c];
        if (order->cut[c].coupon != 0 && taken > 0)
            invoice->coupons |= 1u << (order->cut[c].coupon - 1);
    }
}

static void begin_entry(const struct twin *twin, struct twin_posting *posting)
{
    for (int a = 0; a < TWIN_ACCOUNTS; a++)
        posting->ledger[a] = -twin->ledger[a];
}

static void end_entry(const struct twin *twin, struct twin_posting *posting)
{
    for (int a = 0; a < TWIN_ACCOUNTS; a++)
        posting->ledger[a] += twin->ledger[a];
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
    if (chosen == 0 || !twin_coupons_hold(twin, &before) ||
        !twin_is_authorized(twin, &trial, &sum, trial.billed.total + sum.total) ||
        !twin_may_owe(twin, &trial, sum.total, false) || !is_on_hand(twin, &trial, chosen) ||
        !is_owed(&trial, chosen))
        return false;
    const int64_t invoice =
        new_invoice(twin, order->id, order->customer, sum.total,
                    order->terms == TWIN_AT_ONCE ? 0 : twin->customer[order->customer].terms);
    struct twin_posting *posting = &twin_invoice_of(twin, invoice)->posting;
    begin_entry(twin, posting);
    sell(twin, &trial, chosen, &sum, twin_invoice_of(twin, invoice));
    end_entry(twin, posting);
    if (!is_whole(&before, chosen))
        use_cuts(twin, &before, chosen, &trial, posting);
    use_coupons(&before, is_whole(&before, chosen), twin_invoice_of(twin, invoice));
    for (int j = 0; j < trial.jobs; j++)
        if ((chosen >> j & 1) != 0)
            mark_sold(&trial.job[j], invoice);
    add_totals(&trial.billed, &sum, 1);
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
        if (trial.job[j].state == TWIN_AUTHORIZED || trial.job[j].state == TWIN_WORKING) {
            trial.job[j].state = TWIN_DONE;
            trial.job[j].done_on = twin->today;
        }
    if (!twin_post(twin, &trial, 0))
        return false;
    *order = trial;
    return true;
}

static void keep_charge(struct twin_invoice *invoice, enum twin_account account, int64_t amount)
{
    invoice->sold[invoice->solds++] = (struct twin_sold){.kind = TWIN_FEE,
                                                         .part = -1,
                                                         .core = -1,
                                                         .account = account,
                                                         .quantity = 1000,
                                                         .net = amount};
}

void twin_charge(struct twin *twin, int64_t customer, int64_t amount)
{
    twin_charge_to(twin, customer, TWIN_FEE_SALES, amount);
}

void twin_charge_to(struct twin *twin, int64_t customer, enum twin_account account, int64_t amount)
{
    const int64_t invoice = new_invoice(twin, 0, customer, amount, twin->customer[customer].terms);
    struct twin_posting *posting = &twin_invoice_of(twin, invoice)->posting;

    begin_entry(twin, posting);
    twin_post_to(twin, TWIN_RECEIVABLE, amount);
    twin_post_to(twin, account, -amount);
    end_entry(twin, posting);
    if (account == TWIN_FEE_SALES) /* those for late fees have several lines */
        keep_charge(twin_invoice_of(twin, invoice), account, amount);
}

/* Good once it is paid: the money is the buyer's until then. */
void twin_sell_gift(struct twin *twin, int64_t customer, int64_t amount)
{
    const int64_t invoice = new_invoice(twin, 0, customer, amount, twin->customer[customer].terms);
    struct twin_posting *posting = &twin_invoice_of(twin, invoice)->posting;

    begin_entry(twin, posting);
    twin_post_to(twin, TWIN_RECEIVABLE, amount);
    twin_post_to(twin, TWIN_GIFT_CERTIFICATE, -amount);
    end_entry(twin, posting);
    keep_charge(twin_invoice_of(twin, invoice), TWIN_GIFT_CERTIFICATE, amount);
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
                                   : 4] += twin_due(invoice);
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

/* ---- taking it back ---- */

struct twin_order *twin_order_of(struct twin *twin, int64_t order)
{
    struct twin_order *free = NULL;

    for (int o = 0; o < TWIN_OPEN; o++) {
        if (twin->order[o].id == order)
            return &twin->order[o];
        if (twin->order[o].id == 0)
            free = &twin->order[o];
    }
    for (int64_t c = twin->closings - 1; c >= 0 && c >= twin->closings - TWIN_CLOSED; c--)
        if (twin->closed[c % TWIN_CLOSED].id == order && free != NULL) {
            *free = twin->closed[c % TWIN_CLOSED];
            return free;
        }
    return NULL;
}

static bool may_unpost(const struct twin *twin, const struct twin_invoice *invoice)
{
    const struct twin_posting *posting = &invoice->posting;

    for (int c = posting->first_core; c < posting->first_core + posting->cores; c++)
        if (twin->core[c].state != TWIN_CORE_CHARGED && twin->core[c].state != TWIN_CORE_WAIVED)
            return false;
    for (int g = 0; g < twin->gifts; g++)
        if (twin->gift[g].invoice == invoice->id && twin->gift[g].balance != invoice->total)
            return false;
    return !invoice->is_void && !invoice->is_credited &&
           invoice->posted_on == twin_open_day(twin) && invoice->written_off == 0;
}

/* Its jobs are open again, with what was pulled for them; an order that was closed is complete. */
static bool open_again(const struct twin *twin, const struct twin_invoice *invoice,
                       struct twin_order *order)
{
    const struct twin_posting *posting = &invoice->posting;

    for (int j = 0; j < order->jobs; j++) {
        if (order->job[j].invoice != invoice->id)
            continue;
        int then = 0;
        while (posting->job[then] != order->job[j].id && then < TWIN_JOBS - 1)
            then++;
        order->job[j].invoice = 0;
        for (int i = 0; i < order->job[j].lines; i++) {
            order->job[j].line[i].pulled = posting->pulled[then][i];
            order->job[j].line[i].pulled_value = posting->pulled_value[then][i];
        }
    }
    for (int c = 0; c < order->cuts; c++)
        for (int then = 0; then < TWIN_CUTS; then++)
            if (posting->cut[then] == order->cut[c].id) {
                order->cut[c].used -= posting->used[then];
                order->cut[c].used_on -= posting->used_on[then];
            }
    add_totals(&order->billed, &posting->sum, -1);
    if (order->is_closed)
        order->state = TWIN_COMPLETE;
    return twin_settle(twin, order);
}

bool twin_unpost(struct twin *twin, int at, struct twin_order *order)
{
    struct twin_invoice *invoice = &twin->invoice[at];
    const struct twin_posting *posting = &invoice->posting;

    if (!may_unpost(twin, invoice))
        return false;
    invoice->is_void = true;
    if (order != NULL && !open_again(twin, invoice, order)) {
        invoice->is_void = false;
        return false;
    }
    invoice->is_void = false;
    twin_free_payments(twin, invoice->id);
    invoice->is_void = true;
    for (int a = 0; a < TWIN_ACCOUNTS; a++)
        twin_post_to(twin, (enum twin_account)a, -posting->ledger[a]);
    for (int p = 0; p < TWIN_PARTS; p++)
        if (posting->taken[p] != 0 || posting->value[p] != 0)
            twin_put_on_shelf(twin, p, posting->taken[p], posting->value[p]);
    for (int c = posting->first_core; c < posting->first_core + posting->cores; c++)
        twin->core[c].state = TWIN_CORE_VOID;
    twin->customer[invoice->customer].owes -= invoice->total;
    return true;
}

struct twin_gift *twin_gift_of(struct twin *twin, int64_t invoice)
{
    for (int g = 0; g < twin->gifts; g++)
        if (twin->gift[g].invoice == invoice)
            return &twin->gift[g];
    return NULL;
}

/* What is not used of a certificate that nobody pays for is no debt, but is worth nothing. */
static void post_written_off(struct twin *twin, struct twin_invoice *invoice, int64_t amount,
                             int64_t off_gift)
{
    struct twin_gift *gift = twin_gift_of(twin, invoice->id);

    if (gift != NULL)
        gift->balance -= off_gift;
    invoice->off_gift += off_gift;
    invoice->written_off += amount;
    twin_add_paid(twin, invoice->id, amount);
    twin_post_to(twin, TWIN_BAD_DEBT, amount - off_gift);
    twin_post_to(twin, TWIN_GIFT_CERTIFICATE, off_gift);
}

bool twin_write_off(struct twin *twin, int at, int64_t amount)
{
    struct twin_invoice *invoice = &twin->invoice[at];
    const struct twin_gift *gift = twin_gift_of(twin, invoice->id);
    const int64_t left = gift != NULL ? gift->balance : 0;

    if (twin_due(invoice) == 0 || amount > twin_due(invoice))
        return false;
    post_written_off(twin, invoice, amount, amount < left ? amount : left);
    return true;
}

bool twin_write_off_undo(struct twin *twin, int at, int64_t amount)
{
    struct twin_invoice *invoice = &twin->invoice[at];

    if (invoice->written_off == 0 || amount > invoice->written_off)
        return false;
    if (amount == 0)
        amount = invoice->written_off;
    post_written_off(twin, invoice, -amount,
                     -(amount < invoice->off_gift ? amount : invoice->off_gift));
    return true;
}
