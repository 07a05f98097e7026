/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every figure of an order in words: the formula and what went into it. The one under the cursor
 * comes first, the totals after it. */

#include "order_page.h"

#include "base/text.h"
#include "ui/pages.h"

/* Amounts in a sentence: several in one call, each in its own buffer. */
struct shown {
    char text[NUMBER_TEXT_MAX];
};
#define SHOW(amount) money_show((amount), (struct shown){{0}}.text)

static struct money sum_gross(const struct order *order)
{
    const struct order_job *jobs = order->jobs.at;
    struct money sum = MONEY_ZERO;

    for (size_t i = 0; i < order->jobs.count; i++) {
        const struct order_line *lines = jobs[i].lines.at;
        if (jobs[i].state == JOB_DECLINED || jobs[i].state == JOB_DEFERRED)
            continue;
        for (size_t l = 0; l < jobs[i].lines.count; l++)
            sum.cents += lines[l].gross.cents;
    }
    return sum;
}

static void explain_line_discount(struct buf *out, const struct order_line *line)
{
    char number[NUMBER_TEXT_MAX];

    if (line->discount_ppm.ppm != 0)
        buf_printf(out, "  Its own discount is %s %%.\n", rate_text(line->discount_ppm, number));
    if (line->discount_amount.cents != 0)
        buf_printf(out, "  Its own discount is %s.\n", SHOW(line->discount_amount));
    if (line->discount.cents != 0)
        buf_printf(out,
                   "  Its share of the discounts of line, job and order, spread to the cent:\n"
                   "  %s - %s = %s\n",
                   SHOW(line->gross), SHOW(line->discount), SHOW(line->net));
}

/* The figures tell the cost, and come for those only who may see it. */
static void explain_price(struct buf *out, const struct order_line *line)
{
    if (line->price_rule == PRICE_RULE_NONE)
        return;
    buf_printf(out, "  Price %s: %s", SHOW(line->price),
               choice_label(&price_rule_choices, line->price_rule));
    if (!text_is_empty(line->price_why))
        buf_printf(out, "\n  (%s)", line->price_why);
    buf_text(out, "\n");
}

static void explain_line(struct buf *out, const struct order_line *line)
{
    char quantity[NUMBER_TEXT_MAX];
    const bool labor = line->kind == LINE_LABOR;

    buf_printf(out, "The %s line \"%s\"\n", choice_label(&line_kind_choices, line->kind),
               line->description);
    buf_printf(out, "  %s %s x %s %s = %s, to the nearest cent\n",
               qty_text(line->quantity, quantity),
               labor ? (line->clocked ? "clocked hours" : "hours") : "pieces", SHOW(line->price),
               labor ? "an hour" : "each", SHOW(line->gross));
    explain_price(out, line);
    explain_line_discount(out, line);
    buf_printf(out, "  Amount %s, %s\n\n", SHOW(line->net),
               line->taxable ? "taxed where its class is" : "not taxable");
}

static void explain_job(struct buf *out, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;

    buf_printf(out, "Job %lld, %s: the sum of its lines after discounts\n",
               (long long)job->position, job->title);
    for (size_t i = 0; i < job->lines.count; i++)
        buf_printf(out, "  %14s  %s\n", SHOW(lines[i].net), lines[i].description);
    buf_printf(out, "  %14s  together\n", SHOW(job->amount));
    if (job->pay != PAY_CUSTOMER)
        buf_printf(out, "  Its lines come to 0: it is %s work, which the customer does not pay.\n",
                   choice_label(&job_pay_choices, job->pay));
    if (job->authorized.cents != 0)
        buf_printf(out, "  The customer agreed to %s for it, before tax.\n", SHOW(job->authorized));
    if (job->needs_authorization)
        buf_text(out, "  It was changed since, so the customer has to be asked again.\n");
    buf_char(out, '\n');
}

static void explain_supplies(struct buf *out, const struct shop *shop, const struct order *order)
{
    char number[NUMBER_TEXT_MAX];

    if (order->supplies.cents == 0)
        return;
    buf_printf(out, "Supplies %s: ", SHOW(order->supplies));
    if (shop->supplies_flat.cents != 0)
        buf_printf(out, "a flat %s", SHOW(shop->supplies_flat));
    else
        buf_printf(out, "%s %% of %s after discounts", rate_text(shop->supplies_ppm, number),
                   choice_label(&supplies_on_choices, shop->supplies_on));
    if (shop->supplies_min.cents != 0)
        buf_printf(out, ", at least %s", SHOW(shop->supplies_min));
    if (shop->supplies_cap.cents != 0)
        buf_printf(out, ", at most %s", SHOW(shop->supplies_cap));
    buf_text(out, "\n");
}

static void explain_taxes(struct buf *out, const struct order *order)
{
    const struct order_tax *taxes = order->taxes.at;
    char rate[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < order->taxes.count; i++)
        buf_printf(out, "  %s: %s %% of %s = %s\n", taxes[i].name, rate_text(taxes[i].rate, rate),
                   SHOW(taxes[i].base), SHOW(taxes[i].amount));
    buf_printf(out, "Tax %s: each jurisdiction rounded once, on what is taxable after discounts\n",
               SHOW(order->tax));
    if (order->warning[0] != '\0')
        buf_printf(out, "  %s\n", order->warning);
}

static void explain_total(struct buf *out, const struct desk *desk, const struct order *order)
{
    buf_printf(out, "The order. Declined and deferred jobs do not count.\n\n");
    buf_printf(out, "All lines before discounts %s, discounts %s\n", SHOW(sum_gross(order)),
               SHOW(order->discount));
    buf_printf(out, "Labor %s, parts %s, sublet %s, fees %s, all after discounts\n",
               SHOW(order->labor), SHOW(order->parts), SHOW(order->sublet), SHOW(order->fees));
    explain_supplies(out, &desk->shop, order);
    explain_taxes(out, order);
    buf_printf(out, "Total: %s + %s + %s + %s + %s + %s = %s\n", SHOW(order->labor),
               SHOW(order->parts), SHOW(order->sublet), SHOW(order->fees), SHOW(order->supplies),
               SHOW(order->tax), SHOW(order->total));
    buf_printf(out, "Balance: total %s - paid %s = %s\n", SHOW(order->total), SHOW(order->paid),
               SHOW(((struct money){order->total.cents - order->paid.cents})));
    if (desk_holds(desk, RIGHT_COSTS_VIEW))
        buf_printf(out, "Gross profit: total %s - tax %s - cost %s = %s\n", SHOW(order->total),
                   SHOW(order->tax), SHOW(order->cost), SHOW(order->profit));
}

static void explain_answers(struct buf *out, const struct order *order)
{
    const struct order_authorization *answers = order->authorizations.at;
    char when[DAY_TEXT_MAX];

    if (order->authorizations.count == 0)
        return;
    buf_printf(out, "\nAuthorized %s, tax and supplies included. The customer's answers:\n",
               SHOW(order->authorized));
    for (size_t i = 0; i < order->authorizations.count; i++)
        buf_printf(out, "  %s  %s, %s: %s more, %s in all, code %s, recorded by %s\n",
                   instant_show(answers[i].at, when), answers[i].person,
                   choice_label(&authorization_method_choices, answers[i].method),
                   SHOW(answers[i].added), SHOW(answers[i].total), answers[i].code,
                   answers[i].staff_name);
}

void page_explain(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    const struct order *order = page_order(page);
    const struct order_line *line = page_line(page);
    const struct order_job *job = page_job(page);
    AUTO_BUF out = BUF(1u << 20);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (line != NULL)
        explain_line(&out, line);
    if (job != NULL)
        explain_job(&out, job);
    explain_total(&out, page->desk, order);
    explain_answers(&out, order);
    textpage_open(
        view->app,
        arena_printf(&arena, "RO %lld · where the figures come from", (long long)order->id.v),
        buf_str(&out));
}
