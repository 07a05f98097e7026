/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who pays for a job, or does it: the customer, the shop or its warranty, as a comeback; a vendor,
 * and his bill; and how the order is to be paid at all. */

#include "order_page.h"

#include "base/text.h"
#include "domain/bill.h"
#include "domain/sublet.h"
#include "inner.h"

/* ---------------------------------------------------------------------- pay -- */

void page_set_pay(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_job *job = page_job(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_pay_set *in = desk_input(page->desk, &arena, &job_pay_op);

    (void)action;
    in->job = job->id;
    in->pay = job->pay;
    in->reason = job->pay_reason;
    in->revision = page_order(page)->revision;
    page_form(
        page, &job_pay_op,
        arena_printf(&arena, "Who pays for job %lld, %s", (long long)job->position, job->title), in,
        "pay", SKIP("job"), page_saved);
}

/* ----------------------------------------------------------------- comeback -- */

static void earlier_picked(struct view *asker, const struct shape *shape, const void *row,
                           void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_job *job = page_job(page);
    const struct job_earlier_row *earlier = row;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_comeback *in = desk_input(page->desk, &arena, &job_comeback_op);

    (void)shape;
    (void)context;
    if (job == NULL)
        return;
    in->job = job->id;
    in->of = earlier->job;
    in->revision = page_order(page)->revision;
    if (page_call(page, &job_comeback_op, in) == OK)
        app_say(page->desk->app, "A comeback of RO %lld; warranty pays. W says who else does.",
                (long long)earlier->order.v);
}

/* The link of a comeback goes with the same key. */
static void undo_comeback(struct order_page *page, const struct order_job *job)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_comeback *in = desk_input(page->desk, &arena, &job_comeback_op);

    in->job = job->id;
    in->revision = page_order(page)->revision;
    if (page_call(page, &job_comeback_op, in) == OK)
        app_say(page->desk->app, "No comeback: the customer pays.");
}

void page_set_comeback(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order *order = page_order(page);
    const struct order_job *job = page_job(page);

    (void)action;
    if (job->comeback_of.v != 0) {
        undo_comeback(page, job);
        return;
    }
    if (order->vehicle.v == 0) {
        app_error(view->app, "This order is for no vehicle, so nothing was done to it before.");
        return;
    }
    op_pick_open(page->desk,
                 &(struct op_pick){
                     .op = &job_earlier_op,
                     .title = "Which job does it do again?",
                     .subject = &(struct subject){.noun = "vehicle", .id = order->vehicle.v},
                     .picked = earlier_picked,
                 });
}

/* ------------------------------------------------------------------- sublet -- */

void page_set_vendor(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_line *line = page_line(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (line == NULL) {
        app_error(view->app, "Put the cursor on sublet work first. + adds it to the job.");
        return;
    }
    struct sublet_set *in = desk_input(page->desk, &arena, &sublet_set_op);
    shape_transfer(&order_line_shape, line, sublet_set_op.in, in);
    in->sublet = line->id;
    in->due_on = line->vendor_due_on;
    in->back_on = line->vendor_back_on;
    in->revision = page_order(page)->revision;
    page_form(page, &sublet_set_op, arena_printf(&arena, "Sublet · %s", line->description), in,
              line->vendor.v == 0 ? "vendor" : "vendor_invoice", SKIP("sublet"), page_saved);
}

static void bill_entered(struct view *asker, const void *out, void *context)
{
    const struct bill *bill = out;
    char total[NUMBER_TEXT_MAX];

    (void)context;
    page_of(asker)->load.stale = true;
    app_say(asker->app, "Bill %s of %s is entered: %s.", bill->number, bill->vendor_name,
            money_show(bill->total, total));
}

/* One key: what is on the line is what the bill says, unless the form is told otherwise. */
void page_bill_sublet(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_line *line = page_line(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (line == NULL || line->vendor.v == 0) {
        app_error(view->app, "Put the cursor on sublet work with a vendor first. b names one.");
        return;
    }
    struct sublet_bill *in = desk_input(page->desk, &arena, &sublet_bill_op);
    in->sublet = line->id;
    in->number = line->vendor_invoice;
    page_form(page, &sublet_bill_op,
              arena_printf(&arena, "Bill of %s · %s", line->vendor_name, line->description), in,
              "number", SKIP("sublet"), bill_entered);
}

/* ------------------------------------------------------------------ account -- */

void page_set_account(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order *order = page_order(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_account_set *in = desk_input(page->desk, &arena, &order_account_op);

    (void)action;
    in->order = order->id;
    in->account = order->account;
    in->reason = order->account_reason;
    in->revision = order->revision;
    page_form(page, &order_account_op,
              arena_printf(&arena, "How RO %lld is paid", (long long)order->id.v), in, "account",
              SKIP("order"), page_saved);
}
