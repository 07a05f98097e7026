/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One random step of an order: from write-up over lines, discounts, answers, work and parts to the
 * invoice. Most are what people do; some are what must be refused. */

#include "histories.h"

#include <stdio.h>

#include "domain/claim.h"
#include "domain/coupon.h"
#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/stock.h"

static const struct money no_money = {NUMBER_NONE};
const char *const coupon_codes[TWIN_COUPONS] = {"C0", "C1", "C2", "C3"};
const char *const part_numbers[TWIN_PARTS] = {"P0", "P1", "P2", "P3", "P4"};

/* Nothing of it is left: it is remembered, in case an invoice of it is taken back. */
static void close_order(struct run *run, struct twin_order *order)
{
    run->twin.closed[run->twin.closings++ % TWIN_CLOSED] = *order;
    order->id = 0;
}

void change_order(struct run *run, const struct op *op, const void *in, struct twin_order *order,
                  bool allowed)
{
    struct order page;

    if (!both(run, op, in, &page, allowed))
        return;
    check_order(run, order, &page);
    if (order->is_closed)
        close_order(run, order);
}

static int any_job(struct run *run, const struct twin_order *order)
{
    return (int)roll(run, order->jobs);
}

static bool pick_line(struct run *run, const struct twin_order *order, int *ret_job, int *ret_line)
{
    *ret_job = any_job(run, order);
    if (order->job[*ret_job].lines == 0)
        return false;
    *ret_line = (int)roll(run, order->job[*ret_job].lines);
    return true;
}

/* ---- write-up ---- */

static void write_up(struct run *run, struct twin_order *order)
{
    const int64_t customer = any_customer(run);
    const struct order_start in = {
        .customer = {customer}, .odometer_mi = NUMBER_NONE, .concern = "Noise"};
    struct order page;

    both(run, &order_start_op, &in, &page, true);
    *order = (struct twin_order){.id = page.id.v, .customer = customer, .jobs = 1};
    twin_settle(&run->twin, order);
    check_order(run, order, &page);
    run->histories++;
}

/* Parts over the counter, one or more at once. */
static void sell_parts(struct run *run, struct twin_order *order)
{
    const int64_t customer = any_customer(run);
    const int count = 1 + (int)roll(run, 2);
    struct counter_sale_part parts[2];
    struct order page;

    *order = (struct twin_order){.customer = customer, .jobs = 1, .is_sale = true};
    for (int i = 0; i < count; i++) {
        const int part = (int)roll(run, TWIN_PARTS);
        const bool by_hand = one_in(run, 4);
        const struct twin_line line = {.kind = TWIN_PART,
                                       .part = part,
                                       .quantity = 500 * (1 + roll(run, 6)),
                                       .price = by_hand ? 2 * run->twin.shelf[part].price
                                                        : run->twin.shelf[part].price,
                                       .cost = run->twin.shelf[part].cost,
                                       .taxable = true};
        parts[i] = (struct counter_sale_part){.sku = part_numbers[part],
                                              .quantity = {line.quantity},
                                              .price = {by_hand ? line.price : NUMBER_NONE}};
        assert_true(twin_add_line(&run->twin, order, 0, &line));
    }
    const struct counter_sale in = {.customer = {customer}, .parts = {parts, (size_t)count}};
    both(run, &counter_sale_op, &in, &page, true);
    order->id = page.id.v;
    check_order(run, order, &page);
    run->histories++;
}

static void add_job(struct run *run, struct twin_order *order)
{
    const struct job_add in = {.order = {order->id}, .title = "More"};

    if (order->jobs == TWIN_JOBS)
        return;
    order->job[order->jobs++] = (struct twin_job){.state = TWIN_DRAFT};
    change_order(run, &job_add_op, &in, order, twin_settle(&run->twin, order));
}

static int64_t any_price(struct run *run)
{
    return one_in(run, 4) ? 1 + roll(run, 99) : 1 + roll(run, 40000);
}

static void add_labor(struct run *run, struct twin_order *order, int job)
{
    struct twin_line line = {.kind = TWIN_LABOR,
                             .part = -1,
                             .quantity = 100 * (1 + roll(run, 40)),
                             .price = 9000 + roll(run, 9000),
                             .taxable = one_in(run, 2)};
    const bool by_hand = one_in(run, 2);
    if (!by_hand)
        line.price = twin_rate(&run->twin, order->customer, line.quantity, &line.rule);
    const struct line_add_labor in = {.job = {order->job[job].id},
                                      .hours = {line.quantity},
                                      .rate = {by_hand ? line.price : NUMBER_NONE},
                                      .cost = no_money,
                                      .taxable = line.taxable,
                                      .price_reason = "Agreed"};

    change_order(run, &line_add_labor_op, &in, order, twin_add_line(&run->twin, order, job, &line));
}

static void add_part(struct run *run, struct twin_order *order, int job)
{
    const int part = (int)roll(run, TWIN_PARTS);
    const struct twin_line line = {.kind = TWIN_PART,
                                   .part = part,
                                   .quantity = 250 * (1 + roll(run, 16)),
                                   .price = run->twin.shelf[part].price,
                                   .cost = run->twin.shelf[part].cost,
                                   .taxable = true};
    const struct line_add_part in = {.job = {order->job[job].id},
                                     .part = {part + 1},
                                     .quantity = {line.quantity},
                                     .price = no_money,
                                     .cost = no_money,
                                     .price_reason = "Agreed"};

    change_order(run, &line_add_part_op, &in, order, twin_add_line(&run->twin, order, job, &line));
}

static void add_outside_part(struct run *run, struct twin_order *order, int job)
{
    const int64_t price = any_price(run);
    const struct twin_line line = {.kind = TWIN_PART,
                                   .part = -1,
                                   .quantity = 500 * (1 + roll(run, 8)),
                                   .price = price,
                                   .cost = roll(run, price),
                                   .taxable = true};
    const struct line_add_part in = {.job = {order->job[job].id},
                                     .description = "From elsewhere",
                                     .quantity = {line.quantity},
                                     .price = {line.price},
                                     .cost = {line.cost},
                                     .price_reason = "Agreed"};

    change_order(run, &line_add_part_op, &in, order, twin_add_line(&run->twin, order, job, &line));
}

static void add_other(struct run *run, struct twin_order *order, int job)
{
    const int64_t price = any_price(run);
    struct twin_line line = {
        .kind = (enum twin_kind)(TWIN_CORE + roll(run, TWIN_TIRE_FEE - TWIN_CORE + 1)),
        .part = -1,
        .quantity = 1000 * (1 + roll(run, 2)),
        .price = price,
        .cost = one_in(run, 2) ? 0 : roll(run, price),
        .taxable = one_in(run, 2)};
    line.has_vendor = line.kind == TWIN_SUBLET && !one_in(run, 3);
    const struct line_add_other in = {.job = {order->job[job].id},
                                      .kind = (enum line_kind)line.kind,
                                      .description = "This",
                                      .price = {line.price},
                                      .quantity = {line.quantity},
                                      .cost = {line.cost},
                                      .taxable = line.taxable,
                                      .price_reason = "Agreed",
                                      .vendor = {line.has_vendor ? 1 : 0}};

    change_order(run, &line_add_other_op, &in, order, twin_add_line(&run->twin, order, job, &line));
}

static void add_line(struct run *run, struct twin_order *order)
{
    static void (*const adds[])(struct run *, struct twin_order *, int) = {
        add_labor, add_labor, add_part, add_part, add_outside_part, add_other};
    const int job = any_job(run, order);

    if (order->job[job].lines + 2 <= TWIN_LINES)
        adds[roll(run, (int64_t)COUNT_OF(adds))](run, order, job);
}

static void edit_line(struct run *run, struct twin_order *order)
{
    int job, line;

    if (!pick_line(run, order, &job, &line))
        return;
    struct twin_line as = order->job[job].line[line];
    const int64_t what = roll(run, 6);
    if (what == 0)
        as.price = any_price(run);
    else if (what == 1)
        as.taxable = !as.taxable;
    else if (what == 2)
        as.percent = as.amount = 0;
    else if (what == 3)
        as.percent = 1 + roll(run, one_in(run, 9) ? 1000000 : 300000), as.amount = 0;
    else if (what == 4)
        as.amount = 1 + roll(run, as.gross + as.gross / 8 + 2), as.percent = 0;
    else
        as.quantity = 250 * (1 + roll(run, 16));
    const struct line_edit in = {.line = {as.id},
                                 .quantity = {as.quantity},
                                 .price = {as.price},
                                 .cost = no_money,
                                 .discount_ppm = {as.percent},
                                 .discount_amount = {as.amount},
                                 .taxable = as.taxable,
                                 .price_reason = "Agreed"};
    change_order(run, &line_edit_op, &in, order, twin_edit_line(&run->twin, order, job, line, &as));
}

static void remove_line(struct run *run, struct twin_order *order)
{
    int job, line;

    if (!pick_line(run, order, &job, &line))
        return;
    const struct line_ref in = {.line = {order->job[job].line[line].id}};
    change_order(run, &line_remove_op, &in, order, twin_remove_line(&run->twin, order, job, line));
}

static void waive_core(struct run *run, struct twin_order *order)
{
    int job, line;

    if (!pick_line(run, order, &job, &line) || order->job[job].line[line].kind != TWIN_CORE)
        return;
    const bool charge = one_in(run, 3);
    const struct core_waive in = {.line = {order->job[job].line[line].id}, .charge = charge};
    change_order(run, &core_waive_op, &in, order,
                 twin_waive(&run->twin, order, job, line, !charge));
}

static void remove_job(struct run *run, struct twin_order *order)
{
    const int job = any_job(run, order);
    const struct job_ref in = {.job = {order->job[job].id}};

    if (order->jobs > 1)
        change_order(run, &job_remove_op, &in, order, twin_remove_job(&run->twin, order, job));
}

static void set_discount(struct run *run, struct twin_order *order)
{
    const bool is_new = order->cuts == 0 || (order->cuts < TWIN_CUTS && one_in(run, 2));
    const int at = is_new ? order->cuts : (int)roll(run, order->cuts);
    const bool by_percent = one_in(run, 2);
    const int64_t sum = order->totals.labor + order->totals.parts + order->totals.sublet;
    const struct twin_cut cut = {
        .id = is_new ? 0 : order->cut[at].id,
        .job = one_in(run, 2) ? order->job[any_job(run, order)].id : 0,
        .percent = by_percent ? 1 + roll(run, one_in(run, 9) ? 1000000 : 250000) : 0,
        .amount = by_percent ? 0 : 1 + roll(run, sum / (1 + roll(run, 6)) + 2),
        .on = (enum twin_on)roll(run, 3)};
    const struct discount_set in = {.order = {order->id},
                                    .job = {cut.job},
                                    .discount = {cut.id},
                                    .percent = {cut.percent},
                                    .amount = {cut.amount},
                                    .applies_to = (enum discount_on)cut.on,
                                    .reason = "Regular"};

    change_order(run, &discount_set_op, &in, order, twin_set_cut(&run->twin, order, at, &cut));
}

static void remove_discount(struct run *run, struct twin_order *order)
{
    if (order->cuts == 0)
        return;
    const int at = (int)roll(run, order->cuts);
    const struct discount_ref in = {.discount = {order->cut[at].id}};
    change_order(run, &discount_remove_op, &in, order, twin_remove_cut(&run->twin, order, at));
}

static void take_coupon(struct run *run, struct twin_order *order)
{
    const int at = (int)roll(run, TWIN_COUPONS);
    const struct coupon_apply in = {.order = {order->id}, .code = coupon_codes[at]};

    if (order->cuts < TWIN_CUTS)
        change_order(run, &coupon_apply_op, &in, order, twin_take_coupon(&run->twin, order, at));
}

static void remove_coupon(struct run *run, struct twin_order *order)
{
    int at = (int)roll(run, TWIN_COUPONS);

    for (int c = 0; c < order->cuts; c++)
        at = order->cut[c].coupon != 0 ? order->cut[c].coupon - 1 : at;
    const struct coupon_apply in = {.order = {order->id}, .code = coupon_codes[at]};
    change_order(run, &coupon_remove_op, &in, order, twin_remove_coupon(&run->twin, order, at));
}

static void set_pay(struct run *run, struct twin_order *order)
{
    const int job = any_job(run, order);
    const enum twin_pay pay = (enum twin_pay)roll(run, 3);
    const struct job_pay_set in = {.job = {order->job[job].id},
                                   .pay = (enum job_pay)pay,
                                   .reason = pay == TWIN_CUSTOMER_PAYS ? "" : "Came back"};

    change_order(run, &job_pay_op, &in, order, twin_set_pay(&run->twin, order, job, pay));
}

/* ---- answers and work ---- */

/* Margins and missing costs are not done by hand here: what came on the order without a reason for
 * its price, from a canned job or a copy, is given one, as lines added by hand are. */
static void agree_prices(struct run *run, const struct twin_order *order)
{
    run_sql(run->t, arena_printf(&run->t->arena,
                                 "UPDATE line SET price_reason = 'Agreed' WHERE price_reason = ''"
                                 " AND job IN (SELECT id FROM job WHERE repair_order = %lld)",
                                 (long long)order->id));
}

static void answer_all(struct run *run, struct twin_order *order)
{
    const struct order_authorize in = {.order = {order->id}, .method = METHOD_IN_PERSON};

    agree_prices(run, order);
    change_order(run, &order_authorize_op, &in, order,
                 twin_answer(&run->twin, order, -1, TWIN_AUTHORIZED));
}

static void answer_one(struct run *run, struct twin_order *order)
{
    static const enum twin_job_state states[] = {TWIN_AUTHORIZED, TWIN_DECLINED, TWIN_DEFERRED};
    const int job = any_job(run, order);
    const int64_t which = roll(run, 3);
    struct job_decision decision = {.job = {order->job[job].id},
                                    .decision = (enum decision)which,
                                    .reason = which > 0 ? "Later" : ""};
    const struct order_authorize in = {
        .order = {order->id}, .method = METHOD_IN_PERSON, .jobs = {&decision, 1}};

    agree_prices(run, order);
    change_order(run, &order_authorize_op, &in, order,
                 twin_answer(&run->twin, order, job, states[which]));
}

static void start_job(struct run *run, struct twin_order *order)
{
    const int job = any_job(run, order);
    const struct job_ref in = {.job = {order->job[job].id}};

    change_order(run, &job_start_op, &in, order, twin_start_job(&run->twin, order, job));
}

static void finish_job(struct run *run, struct twin_order *order)
{
    int job = any_job(run, order);

    for (int tries = 0; tries < 6 && order->job[job].state != TWIN_AUTHORIZED &&
                        order->job[job].state != TWIN_WORKING;
         tries++)
        job = any_job(run, order);
    const struct job_ref in = {.job = {order->job[job].id}};

    change_order(run, &job_done_op, &in, order, twin_finish_job(&run->twin, order, job));
}

static void reopen_job(struct run *run, struct twin_order *order)
{
    const int job = any_job(run, order);
    const struct job_ref in = {.job = {order->job[job].id}};

    change_order(run, &job_reopen_op, &in, order, twin_reopen_job(&run->twin, order, job));
}

static void check_quality(struct run *run, struct twin_order *order)
{
    const struct order_ref in = {.order = {order->id}};

    change_order(run, &order_check_op, &in, order, twin_check(&run->twin, order));
}

static void give_up(struct run *run, struct twin_order *order)
{
    const struct order_void in = {.order = {order->id}, .reason = "Changed his mind"};

    if (both(run, &order_void_op, &in, NULL, twin_void(order)))
        order->id = 0;
}

/* ---- parts ---- */

static void pull_or_put_back(struct run *run, struct twin_order *order, bool pulls)
{
    int job, line;

    if (!pick_line(run, order, &job, &line))
        return;
    const struct twin_line *at = &order->job[job].line[line];
    const int64_t most = pulls ? at->quantity - at->pulled : at->pulled;
    const int64_t quantity = one_in(run, 2) || most <= 0 ? -1 : 1 + roll(run, most + most / 8);
    const struct stock_pull in = {.line = {at->id},
                                  .quantity = {quantity < 0 ? NUMBER_NONE : quantity}};
    const bool allowed = pulls ? twin_pull(&run->twin, order, job, line, quantity)
                               : twin_put_back(&run->twin, order, job, line, quantity);
    change_order(run, pulls ? &stock_pull_op : &stock_put_back_op, &in, order, allowed);
}

static void pull(struct run *run, struct twin_order *order)
{
    pull_or_put_back(run, order, true);
}

static void put_back(struct run *run, struct twin_order *order)
{
    pull_or_put_back(run, order, false);
}

/* ---- the invoice ---- */

static void check_invoice(struct run *run, const struct twin_invoice *twin,
                          const struct invoice *real)
{
    same(run, "the number of an invoice", real->id.v, twin->id);
    same(run, "the total of an invoice", real->total.cents, twin->total);
    same(run, "what is due on an invoice", real->balance.cents, twin->total - twin->paid);
}

/* Some of the jobs, finished ones as a rule, by their numbers. */
static unsigned some_jobs(struct run *run, const struct twin_order *order)
{
    unsigned jobs = 0;

    for (int j = 0; j < order->jobs; j++) {
        const bool fits = order->job[j].state == TWIN_DONE && order->job[j].invoice == 0;
        if (fits ? one_in(run, 2) : one_in(run, 16))
            jobs |= 1u << j;
    }
    return jobs;
}

static void post_jobs(struct run *run, struct twin_order *order, unsigned jobs)
{
    char numbers[32] = "";
    struct invoice invoice;

    for (int j = 0, at = 0; j < order->jobs; j++)
        if ((jobs >> j & 1) != 0)
            at += snprintf(numbers + at, sizeof numbers - (size_t)at, "%d ", j + 1);
    const struct invoice_post in = {.order = {order->id}, .jobs = numbers};
    agree_prices(run, order);
    if (run->twin.invoices == TWIN_INVOICES ||
        !both(run, &invoice_post_op, &in, &invoice, twin_post(&run->twin, order, jobs)))
        return;
    check_invoice(run, &run->twin.invoice[run->twin.invoices - 1], &invoice);
    if (order->is_closed)
        close_order(run, order);
}

static void post_some(struct run *run, struct twin_order *order)
{
    const unsigned jobs = some_jobs(run, order);

    if (jobs != 0)
        post_jobs(run, order, jobs);
}

static bool has_changed(const struct twin_order *order)
{
    for (int j = 0; j < order->jobs; j++)
        if (order->job[j].changed || order->job[j].state == TWIN_DRAFT)
            return true;
    return false;
}

/* Now and then before its time. */
static void post(struct run *run, struct twin_order *order)
{
    const bool is_early = one_in(run, 12);

    if (!is_early && has_changed(order))
        answer_all(run, order);
    else if (!is_early && order->state != TWIN_QUALITY_CHECK && order->state != TWIN_COMPLETE)
        finish_job(run, order);
    else
        post_jobs(run, order, 0);
}

static void sell(struct run *run, struct twin_order *order)
{
    const struct order_ref in = {.order = {order->id}};
    struct invoice invoice;

    if (run->twin.invoices == TWIN_INVOICES)
        return;
    agree_prices(run, order);
    if (!both(run, &order_sell_op, &in, &invoice, twin_sell(&run->twin, order)))
        return;
    check_invoice(run, &run->twin.invoice[run->twin.invoices - 1], &invoice);
    close_order(run, order);
}

/* ---- which step ---- */

struct chance {
    int weight;
    void (*step)(struct run *run, struct twin_order *order);
};

static void any_of(struct run *run, struct twin_order *order, const struct chance *chances,
                   size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += chances[i].weight;
    int64_t at = roll(run, sum);
    for (size_t i = 0; i < count; i++) {
        if (at < chances[i].weight) {
            chances[i].step(run, order);
            return;
        }
        at -= chances[i].weight;
    }
}

/* clang-format off */
static const struct chance of_estimate[] = {
    {45, add_line}, {6, add_job}, {8, edit_line}, {3, remove_line}, {2, remove_job}, {3, waive_core},
    {7, set_discount}, {2, remove_discount}, {3, set_pay}, {5, take_coupon}, {1, remove_coupon}, {22, answer_all}, {6, answer_one}, {2, give_up},
    {1, start_job}, {1, finish_job}, {1, pull}, {1, post}, {1, put_back}, {10, add_canned}, {2, keep_template}, {3, use_template},
    {2, set_vendor}, {1, bill_sublet}, {2, set_terms},
};
static const struct chance of_work[] = {
    {20, finish_job}, {35, post}, {7, answer_all}, {6, answer_one}, {3, start_job}, {2, reopen_job},
    {5, check_quality}, {7, pull}, {3, put_back}, {4, add_line}, {5, edit_line}, {1, remove_line},
    {2, set_discount}, {2, remove_discount}, {3, waive_core}, {1, remove_job}, {1, give_up},
    {3, add_job}, {2, set_pay}, {6, post_some}, {2, take_coupon}, {2, remove_coupon},
    {2, add_canned}, {1, keep_template}, {1, use_template}, {3, set_vendor}, {3, bill_sublet}, {2, set_terms},
};
/* clang-format on */

static void begin_order(struct run *run, struct twin_order *order)
{
    const int64_t what = roll(run, 12);

    if (what < 2)
        sell_parts(run, order);
    else if (what < 4)
        copy_order(run, order);
    else
        write_up(run, order);
}

void order_step(struct run *run)
{
    struct twin_order *order = &run->twin.order[roll(run, TWIN_OPEN)];

    if (order->id == 0)
        begin_order(run, order);
    else if (order->is_sale ? one_in(run, 2) : one_in(run, 150))
        sell(run, order);
    else if (order->state == TWIN_ESTIMATE)
        any_of(run, order, of_estimate, COUNT_OF(of_estimate));
    else
        any_of(run, order, of_work, COUNT_OF(of_work));
}
