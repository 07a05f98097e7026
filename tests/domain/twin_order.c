/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An order's life up to its invoice: jobs, lines, discounts, what the customer answered, work, and
 * parts that are pulled for it. */

#include "twin.h"

#include <stddef.h>

/* ---- after every change ---- */

/* -1: as quantity and price make it. */
static int64_t fixed_of(const struct twin_line *line)
{
    return line->is_fixed ? line->fixed : -1;
}

static bool same_as_agreed(const struct twin_job *job)
{
    const struct twin_agreed *agreed = &job->agreed;

    if (job->before > agreed->before || job->lines != agreed->lines)
        return false;
    for (int i = 0; i < job->lines; i++)
        if (job->line[i].kind != agreed->line[i].kind ||
            job->line[i].part != agreed->line[i].part ||
            job->line[i].quantity != agreed->line[i].quantity ||
            job->line[i].price != agreed->line[i].price ||
            fixed_of(&job->line[i]) != agreed->line[i].fixed ||
            job->line[i].taxable != agreed->line[i].taxable)
            return false;
    return true;
}

static void keep_agreed(struct twin_job *job)
{
    job->agreed.before = job->before;
    job->agreed.lines = job->lines;
    for (int i = 0; i < job->lines; i++) {
        job->agreed.line[i].kind = job->line[i].kind;
        job->agreed.line[i].part = job->line[i].part;
        job->agreed.line[i].quantity = job->line[i].quantity;
        job->agreed.line[i].price = job->line[i].price;
        job->agreed.line[i].fixed = fixed_of(&job->line[i]);
        job->agreed.line[i].taxable = job->line[i].taxable;
    }
}

static enum twin_order_state state_of(const struct twin_order *order, bool *ret_is_closed)
{
    int live = 0, agreed = 0, begun = 0, done = 0, open = 0, billed = 0;

    for (int j = 0; j < order->jobs; j++) {
        const struct twin_job *job = &order->job[j];
        live += twin_counts(job);
        open += twin_is_open(job);
        billed += job->invoice != 0;
        agreed += twin_is_agreed(job);
        begun += job->state == TWIN_WORKING || job->state == TWIN_DONE;
        done += job->state == TWIN_DONE;
    }
    *ret_is_closed = open == 0 && billed > 0;
    if (agreed == 0)
        return TWIN_ESTIMATE;
    if (done == live)
        return order->state == TWIN_COMPLETE ? TWIN_COMPLETE : TWIN_QUALITY_CHECK;
    return begun > 0 ? TWIN_IN_PROGRESS : TWIN_APPROVED;
}

/* Nobody is asked about what the customer does not pay for. */
static void let_go(struct twin_job *job)
{
    if (job->pay != TWIN_CUSTOMER_PAYS &&
        (job->state == TWIN_DRAFT || job->state == TWIN_PRESENTED))
        job->state = TWIN_AUTHORIZED;
}

/* What nobody said yes to is asked about when the customer pays for it after all. */
static bool has_changed(const struct twin_job *job)
{
    if (!twin_is_agreed(job) || job->pay != TWIN_CUSTOMER_PAYS)
        return false;
    return job->has_yes ? !same_as_agreed(job) : job->changed;
}

bool twin_settle(const struct twin *twin, struct twin_order *order)
{
    for (int j = 0; j < order->jobs; j++)
        if (order->job[j].invoice == 0)
            let_go(&order->job[j]);
    if (!twin_price(twin, order, false, &order->totals))
        return false;
    for (int j = 0; j < order->jobs; j++)
        if (order->job[j].invoice == 0)
            order->job[j].changed = has_changed(&order->job[j]);
    order->state = state_of(order, &order->is_closed);
    if (order->is_closed)
        order->state = twin_closed_state(twin, order->id);
    return true;
}

/* The change as it would be; it counts only when it can be priced. */
static bool settle(const struct twin *twin, struct twin_order *order,
                   const struct twin_order *trial)
{
    struct twin_order settled = *trial;

    if (!twin_settle(twin, &settled))
        return false;
    *order = settled;
    return true;
}

/* ---- lines ---- */

bool twin_add_line(struct twin *twin, struct twin_order *order, int job,
                   const struct twin_line *line)
{
    struct twin_order trial = *order;
    struct twin_job *at = &trial.job[job];

    if (!twin_is_open(at))
        return false;
    twin_add_to_job(twin, at, line);
    return settle(twin, order, &trial);
}

/* A price by hand stays; one that the hours had made follows them. */
static void edit_price(const struct twin *twin, const struct twin_order *order,
                       const struct twin_line *as, struct twin_line *line)
{
    if (line->kind == TWIN_LABOR && as->price != line->price)
        line->rule = TWIN_BY_HAND;
    line->price = as->price;
    if (line->kind == TWIN_LABOR && line->rule == TWIN_BY_MATRIX && as->quantity != line->quantity)
        line->price = twin_rate(twin, order->customer, as->quantity, &line->rule);
}

/* What is done to a line of a menu-priced job, its labor makes up for. */
static bool keep_menu(struct twin_job *job, const struct twin_line *edited)
{
    if (edited != NULL && edited->kind == TWIN_LABOR && edited->rule == TWIN_BY_HAND) {
        twin_end_menu(job);
        return true;
    }
    return twin_share_menu(job);
}

bool twin_edit_line(struct twin *twin, struct twin_order *order, int job, int line,
                    const struct twin_line *as)
{
    struct twin_order trial = *order;
    struct twin_job *at = &trial.job[job];
    struct twin_line *edited = &at->line[line];

    if (!twin_is_open(at) || as->quantity < edited->pulled ||
        (edited->is_billed && as->quantity != edited->quantity) ||
        ((as->amount != 0 || as->percent != 0) && as->kind != TWIN_LABOR && as->kind != TWIN_PART &&
         as->kind != TWIN_SUBLET))
        return false;
    edit_price(twin, order, as, edited);
    edited->quantity = as->quantity;
    if (as->amount > twin_share(edited->price, edited->quantity, 1000))
        return false;
    edited->percent = as->percent;
    edited->amount = as->amount;
    edited->taxable = as->taxable;
    for (int i = 0; i < at->lines; i++)
        if (at->line[i].core_of == edited->number && edited->kind == TWIN_PART)
            at->line[i].quantity = edited->quantity;
    if (edited->menu && !keep_menu(at, edited))
        return false;
    return settle(twin, order, &trial);
}

static void take_line_out(struct twin_job *job, int line)
{
    job->lines--;
    for (int i = line; i < job->lines; i++)
        job->line[i] = job->line[i + 1];
}

bool twin_remove_line(struct twin *twin, struct twin_order *order, int job, int line)
{
    struct twin_order trial = *order;
    struct twin_job *at = &trial.job[job];
    const int64_t number = at->line[line].number;
    const bool menu = at->line[line].menu;

    if (!twin_is_open(at) || at->line[line].pulled > 0 || at->line[line].is_billed)
        return false;
    take_line_out(at, line);
    for (int i = at->lines - 1; i >= 0; i--)
        if (at->line[i].core_of == number)
            take_line_out(at, i);
    if (menu && !keep_menu(at, NULL))
        return false;
    return settle(twin, order, &trial);
}

bool twin_waive(struct twin *twin, struct twin_order *order, int job, int line, bool waived)
{
    struct twin_order trial = *order;

    if (trial.job[job].line[line].kind != TWIN_CORE || trial.job[job].invoice != 0)
        return false;
    trial.job[job].line[line].waived = waived;
    return settle(twin, order, &trial);
}

/* ---- jobs and discounts ---- */

static bool is_pulled(const struct twin_job *job)
{
    for (int i = 0; i < job->lines; i++)
        if (job->line[i].pulled > 0)
            return true;
    return false;
}

/* A vendor has done and billed some of it. */
static bool is_billed(const struct twin_job *job)
{
    for (int i = 0; i < job->lines; i++)
        if (job->line[i].is_billed)
            return true;
    return false;
}

bool twin_remove_job(struct twin *twin, struct twin_order *order, int job)
{
    struct twin_order trial = *order;
    const int64_t id = trial.job[job].id;

    if (trial.job[job].answered || trial.job[job].invoice != 0 ||
        trial.job[job].state == TWIN_WORKING || trial.job[job].state == TWIN_DONE ||
        is_pulled(&trial.job[job]) || is_billed(&trial.job[job]))
        return false;
    for (int c = trial.cuts - 1; c >= 0; c--)
        if (trial.cut[c].job == id) {
            trial.cuts--;
            for (int i = c; i < trial.cuts; i++)
                trial.cut[i] = trial.cut[i + 1];
        }
    trial.jobs--;
    for (int j = job; j < trial.jobs; j++)
        trial.job[j] = trial.job[j + 1];
    return settle(twin, order, &trial);
}

/* Who pays for it: what the customer does not pay for comes to nothing. */
bool twin_set_pay(struct twin *twin, struct twin_order *order, int job, enum twin_pay pay)
{
    struct twin_order trial = *order;

    if (!twin_is_open(&trial.job[job]))
        return false;
    if (pay == TWIN_CUSTOMER_PAYS && trial.job[job].pay != pay && !trial.job[job].has_yes)
        trial.job[job].changed = twin_is_agreed(&trial.job[job]);
    trial.job[job].pay = pay;
    return settle(twin, order, &trial);
}

/* What an invoice has had of it stays. */
static bool is_used(const struct twin_order *order, int at)
{
    for (int j = 0; j < order->jobs; j++)
        if (order->job[j].id == order->cut[at].job && order->job[j].invoice != 0)
            return true;
    return order->cut[at].used_on != 0;
}

/* ---- coupons ---- */

/* One but this that stands beside no other. */
static bool has_lone_coupon(const struct twin *twin, const struct twin_order *order, int but)
{
    for (int c = 0; c < order->cuts; c++) {
        const int coupon = order->cut[c].coupon;
        if (coupon != 0 && coupon != but && !twin->coupon[coupon - 1].stacks)
            return true;
    }
    return false;
}

/* On how many other orders, of this customer or (0) of anybody, was it used? */
static int64_t uses_of(const struct twin *twin, int coupon, int64_t order, int64_t customer)
{
    int64_t orders[TWIN_INVOICES], count = 0;

    for (int i = 0; i < twin->invoices; i++) {
        const struct twin_invoice *invoice = &twin->invoice[i];
        bool is_counted = false;
        if (invoice->is_void || (invoice->coupons >> coupon & 1) == 0 || invoice->order == order ||
            (customer != 0 && invoice->customer != customer))
            continue;
        for (int n = 0; n < count; n++)
            is_counted |= orders[n] == invoice->order;
        if (!is_counted)
            orders[count++] = invoice->order;
    }
    return count;
}

static int64_t sale_of(const struct twin_order *order)
{
    int64_t sum = 0;

    for (int j = 0; j < order->jobs; j++)
        for (int i = 0; i < order->job[j].lines && twin_counts(&order->job[j]); i++)
            if (twin_reaches(TWIN_ON_ALL, order->job[j].line[i].kind))
                sum += order->job[j].line[i].gross;
    return sum;
}

static bool holds(const struct twin *twin, const struct twin_order *order, int at)
{
    const struct twin_coupon *coupon = &twin->coupon[at];

    if (coupon->limit != 0 && uses_of(twin, at, order->id, 0) >= coupon->limit)
        return false;
    if (coupon->customer_limit != 0 &&
        uses_of(twin, at, order->id, order->customer) >= coupon->customer_limit)
        return false;
    if (sale_of(order) < coupon->minimum)
        return false;
    if (coupon->stacks)
        return !has_lone_coupon(twin, order, at + 1);
    for (int c = 0; c < order->cuts; c++)
        if (order->cut[c].coupon != at + 1)
            return false;
    return true;
}

bool twin_coupons_hold(const struct twin *twin, const struct twin_order *order)
{
    for (int c = 0; c < order->cuts; c++)
        if (order->cut[c].coupon != 0 && !holds(twin, order, order->cut[c].coupon - 1))
            return false;
    return true;
}

static int place_of(const struct twin_order *order, int coupon)
{
    for (int c = 0; c < order->cuts; c++)
        if (order->cut[c].coupon == coupon + 1)
            return c;
    return -1;
}

bool twin_take_coupon(struct twin *twin, struct twin_order *order, int at)
{
    const struct twin_coupon *coupon = &twin->coupon[at];
    struct twin_order trial = *order;

    if (twin->today < coupon->from || twin->today > coupon->until || place_of(&trial, at) >= 0 ||
        !holds(twin, &trial, at))
        return false;
    trial.cut[trial.cuts++] = (struct twin_cut){
        .percent = coupon->percent, .amount = coupon->amount, .on = coupon->on, .coupon = at + 1};
    return settle(twin, order, &trial);
}

bool twin_remove_coupon(struct twin *twin, struct twin_order *order, int at)
{
    struct twin_order trial = *order;
    const int place = place_of(&trial, at);

    if (place < 0 || is_used(&trial, place))
        return false;
    trial.cuts--;
    for (int i = place; i < trial.cuts; i++)
        trial.cut[i] = trial.cut[i + 1];
    return settle(twin, order, &trial);
}

/* at = cuts: one more */
bool twin_set_cut(struct twin *twin, struct twin_order *order, int at, const struct twin_cut *cut)
{
    struct twin_order trial = *order;

    for (int j = 0; j < trial.jobs; j++)
        if (trial.job[j].id == cut->job && !twin_is_open(&trial.job[j]))
            return false;
    if (at < trial.cuts && (is_used(&trial, at) || trial.cut[at].coupon != 0))
        return false;
    if (at == trial.cuts && has_lone_coupon(twin, &trial, 0))
        return false;
    trial.cut[at] = *cut;
    if (at == trial.cuts)
        trial.cuts++;
    return settle(twin, order, &trial);
}

bool twin_remove_cut(struct twin *twin, struct twin_order *order, int at)
{
    struct twin_order trial = *order;

    if (is_used(&trial, at))
        return false;
    trial.cuts--;
    for (int i = at; i < trial.cuts; i++)
        trial.cut[i] = trial.cut[i + 1];
    return settle(twin, order, &trial);
}

/* ---- the customer's answer ---- */

static bool is_waiting(const struct twin_job *job)
{
    return job->state == TWIN_DRAFT || job->state == TWIN_PRESENTED || job->changed;
}

/* Nobody says no to what has begun, or lies beside the car. */
static bool may_answer(const struct twin_job *job, enum twin_job_state answer)
{
    if (job->invoice != 0)
        return false;
    if (answer == TWIN_AUTHORIZED)
        return true;
    return job->state != TWIN_WORKING && job->state != TWIN_DONE && !is_pulled(job) &&
           !is_billed(job);
}

static void decide(struct twin_job *job, enum twin_job_state answer)
{
    const bool has_begun = job->state == TWIN_WORKING || job->state == TWIN_DONE;

    if (answer != TWIN_AUTHORIZED || !has_begun)
        job->state = answer;
    job->answered = true;
    job->has_yes |= answer == TWIN_AUTHORIZED;
    job->changed = false;
}

bool twin_answer(struct twin *twin, struct twin_order *order, int job, enum twin_job_state answer)
{
    struct twin_order trial = *order;
    struct twin_totals agreed;
    bool decided[TWIN_JOBS];
    int count = 0, lines = 0;

    for (int j = 0; j < trial.jobs; j++) {
        decided[j] = job >= 0 ? j == job : is_waiting(&trial.job[j]);
        count += decided[j];
        lines += trial.job[j].lines;
        if (decided[j] ? !may_answer(&trial.job[j], answer) : trial.job[j].changed)
            return false;
    }
    if (count == 0 || (lines == 0 && answer == TWIN_AUTHORIZED))
        return false;
    for (int j = 0; j < trial.jobs; j++)
        if (decided[j])
            decide(&trial.job[j], answer);
    if (!twin_price(twin, &trial, true, &agreed))
        return false;
    if (agreed.total > trial.authorized && !twin_may_owe(twin, &trial, agreed.total, true))
        return false;
    trial.authorized = agreed.total;
    for (int j = 0; j < trial.jobs; j++)
        if (decided[j] && answer == TWIN_AUTHORIZED)
            keep_agreed(&trial.job[j]);
    return settle(twin, order, &trial);
}

/* ---- work ---- */

/* One tax at one rate, on everything that was and will be invoiced. */
struct taxed {
    int64_t rate, base, amount;
};

static void add_taxed(struct taxed sums[TWIN_JOBS + 1], int64_t rate, int64_t base, int64_t amount)
{
    int i = 0;

    while (i < TWIN_JOBS && sums[i].base != 0 && sums[i].rate != rate)
        i++;
    sums[i].rate = rate;
    sums[i].base += base;
    sums[i].amount += amount;
}

/* Taxes rounded on every invoice, less taxes rounded once: nobody was asked about that. A rate that
 * has changed since an invoice was another tax. */
static int64_t split_cents(const struct twin *twin, const struct twin_order *order,
                           const struct twin_totals *rest)
{
    int64_t cents = 0;

    for (int t = 0; t < TWIN_TAXES; t++) {
        struct taxed sums[TWIN_JOBS + 1] = {0};
        if (t < twin->rules.taxes)
            add_taxed(sums, twin->rules.rate[t], rest->base[t], rest->amount[t]);
        for (int i = 0; i < twin->invoices; i++) {
            const struct twin_invoice *invoice = &twin->invoice[i];
            if (invoice->order == order->id && !invoice->is_void && t < invoice->taxes)
                add_taxed(sums, invoice->rate[t], invoice->base[t], invoice->tax[t]);
        }
        for (int i = 0; i <= TWIN_JOBS; i++)
            cents += sums[i].amount - twin_share(sums[i].base, sums[i].rate, 1000000);
    }
    return cents > 0 ? cents : 0;
}

bool twin_is_authorized(const struct twin *twin, const struct twin_order *order,
                        const struct twin_totals *rest, int64_t total)
{
    const struct twin_rules *rules = &twin->rules;
    int64_t more = twin_share(order->authorized, rules->tolerance_ppm, 1000000);

    if (rules->tolerance_cap != 0 && more > rules->tolerance_cap)
        more = rules->tolerance_cap;
    return total - split_cents(twin, order, rest) - order->authorized <= more;
}

/* Nothing begins while what is agreed to comes to more than was authorized by now. */
static bool may_begin(const struct twin *twin, const struct twin_order *order,
                      const struct twin_job *job)
{
    struct twin_order trial = *order;
    struct twin_totals sum;

    return twin_is_agreed(job) && !job->changed && job->invoice == 0 &&
           twin_price(twin, &trial, true, &sum) && twin_is_authorized(twin, order, &sum, sum.total);
}

bool twin_start_job(struct twin *twin, struct twin_order *order, int job)
{
    struct twin_order trial = *order;

    if (trial.job[job].state != TWIN_AUTHORIZED || !may_begin(twin, order, &trial.job[job]))
        return false;
    trial.job[job].state = TWIN_WORKING;
    return settle(twin, order, &trial);
}

/* What changed while it was worked on may be finished, and is asked about before it is invoiced. */
bool twin_finish_job(struct twin *twin, struct twin_order *order, int job)
{
    struct twin_order trial = *order;
    struct twin_job *at = &trial.job[job];

    if (at->invoice != 0)
        return false;
    if (at->state != TWIN_WORKING && (at->state != TWIN_AUTHORIZED || !may_begin(twin, order, at)))
        return false;
    at->state = TWIN_DONE;
    at->done_on = twin->today;
    return settle(twin, order, &trial);
}

bool twin_reopen_job(struct twin *twin, struct twin_order *order, int job)
{
    struct twin_order trial = *order;

    if (trial.job[job].invoice != 0 || trial.job[job].state != TWIN_DONE)
        return false;
    trial.job[job].state = TWIN_WORKING;
    return settle(twin, order, &trial);
}

bool twin_check(struct twin *twin, struct twin_order *order)
{
    struct twin_order trial = *order;

    if (trial.state != TWIN_QUALITY_CHECK)
        return false;
    trial.state = TWIN_COMPLETE;
    return settle(twin, order, &trial);
}

bool twin_void(struct twin_order *order)
{
    for (int j = 0; j < order->jobs; j++)
        if (order->job[j].state == TWIN_WORKING || order->job[j].state == TWIN_DONE ||
            is_pulled(&order->job[j]) || is_billed(&order->job[j]))
            return false;
    order->state = TWIN_VOID;
    return true;
}

/* ---- stock: a moving average kept exact ---- */

int64_t twin_take(struct twin *twin, int part, int64_t quantity)
{
    struct twin_shelf *shelf = &twin->shelf[part];
    const int64_t there = shelf->on_hand > 0 ? shelf->on_hand : 0;
    const int64_t real = quantity < there ? quantity : there;
    const int64_t value = (real > 0 ? twin_share(shelf->value, real, there) : 0) +
                          twin_share(shelf->cost, quantity - real, 1000);

    shelf->on_hand -= quantity;
    shelf->value -= value;
    twin_post_to(twin, TWIN_INVENTORY, -value);
    return value;
}

/* What was sold before it came is costed again: the difference is cost of parts. */
static void bring(struct twin *twin, int part, int64_t quantity, int64_t value)
{
    struct twin_shelf *shelf = &twin->shelf[part];
    int64_t again = 0;

    if (shelf->on_hand < 0) {
        const int64_t below = -shelf->on_hand;
        const int64_t filled = quantity < below ? quantity : below;
        again = twin_share(value, filled, quantity) - twin_share(-shelf->value, filled, below);
    }
    shelf->on_hand += quantity;
    shelf->value += value - again;
    twin_post_to(twin, TWIN_INVENTORY, value - again);
    twin_post_to(twin, TWIN_PART_COST, again);
}

void twin_return(struct twin *twin, int part, int64_t quantity, int64_t value)
{
    bring(twin, part, quantity, value);
}

void twin_put_on_shelf(struct twin *twin, int part, int64_t quantity, int64_t value)
{
    bring(twin, part, quantity, value);
    twin_post_to(twin, TWIN_INVENTORY, -value);
}

void twin_deliver(struct twin *twin, int part, int64_t quantity, int64_t value)
{
    bring(twin, part, quantity, value);
    twin_post_to(twin, TWIN_EQUITY, -value);
}

int64_t twin_committed(const struct twin *twin, int part)
{
    int64_t sum = 0;

    for (int o = 0; o < TWIN_OPEN; o++)
        for (int j = 0; j < twin->order[o].jobs && twin->order[o].id != 0; j++) {
            const struct twin_job *job = &twin->order[o].job[j];
            for (int i = 0; i < job->lines && twin_is_agreed(job) && job->invoice == 0; i++)
                if (job->line[i].kind == TWIN_PART && job->line[i].part == part &&
                    job->line[i].quantity > job->line[i].pulled)
                    sum += job->line[i].quantity - job->line[i].pulled;
        }
    return sum;
}

bool twin_pull(struct twin *twin, struct twin_order *order, int job, int line, int64_t quantity)
{
    struct twin_order trial = *order;
    struct twin_line *at = &trial.job[job].line[line];
    const int64_t left = at->quantity - at->pulled;

    if (quantity < 0)
        quantity = left;
    if (at->kind != TWIN_PART || at->part < 0 || !may_begin(twin, order, &trial.job[job]) ||
        left <= 0 || quantity > left ||
        (quantity > twin->shelf[at->part].on_hand && !twin->rules.may_be_negative))
        return false;
    if (!settle(twin, order, &trial))
        return false;
    const int64_t value = twin_take(twin, at->part, quantity);
    order->job[job].line[line].pulled += quantity;
    order->job[job].line[line].pulled_value += value;
    twin_post_to(twin, TWIN_WORK_IN_PROCESS, value);
    return true;
}

bool twin_put_back(struct twin *twin, struct twin_order *order, int job, int line, int64_t quantity)
{
    struct twin_order trial = *order;
    struct twin_line *at = &trial.job[job].line[line];

    if (quantity < 0)
        quantity = at->pulled;
    if (trial.job[job].invoice != 0 || at->kind != TWIN_PART || at->part < 0 || at->pulled == 0 ||
        quantity > at->pulled)
        return false;
    const int64_t value = twin_share(at->pulled_value, quantity, at->pulled);
    at->pulled -= quantity;
    at->pulled_value -= value;
    if (!settle(twin, order, &trial))
        return false;
    bring(twin, order->job[job].line[line].part, quantity, value);
    twin_post_to(twin, TWIN_WORK_IN_PROCESS, -value);
    return true;
}
